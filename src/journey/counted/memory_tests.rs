//! Whether what journeys do hangs on how they came, tested on whole journeys.

use crate::journey::words;

words! {
    /// What a [`MemoryTest`] holds against each other.
    pub enum MemoryOf as "test of memory" {
        /// Where visits to a touchpoint came from, and where they go next; the start and the end are such places too.
        CameFrom = "came_from",
        /// The first known result of a promise, and how the journey ends.
        FirstResult = "first_result",
        /// The channel of the first moment, and how the journey ends.
        StartChannel = "start_channel",
        /// The segment, and how the journey ends.
        Segment = "segment",
        /// Whether some feeling at a touchpoint was bad (-0.25 or less), of those whose feeling there is known, and how the
        /// journey ends.
        FeltBad = "felt_bad",
    }
}

/// Whether what comes next hangs on what was before, which a map forgets: the likelihood ratio of a table of both, with whole
/// journeys (or customers) as the unit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MemoryTest {
    /// What is held against each other.
    pub about: MemoryOf,
    /// The id of the touchpoint, or the name of the promise; `None` for the start channel and the segment.
    pub of: Option<String>,
    /// Visits to the touchpoint, or journeys.
    pub cases: u64,
    /// `2 sum n ln(n n.. / (n_i. n_.k))` over the table, 0 or more.
    pub g2: f64,
    /// (rows - 1)(columns - 1) over those that occur.
    pub df: u64,
    /// How much of what comes next is known by what was before: G2 / (2 n ln 2), bits a visit or a journey.
    pub bits: f64,
    /// The chance of a G2 at least as large where what was before is dealt anew to whole journeys; `None` where nothing can be
    /// dealt, or there are too many visits to deal.
    pub p: Option<f64>,
    /// The same, adjusted for the number of touchpoints, or of tests of endings (Benjamini and Hochberg 1995).
    pub p_adjusted: Option<f64>,
}

impl MemoryTest {
    pub(crate) fn new(
        about: MemoryOf,
        of: Option<&str>,
        cases: usize,
        (g2, freedom): (f64, usize),
        (bits, p): (f64, Option<f64>),
    ) -> Self {
        Self {
            about,
            of: of.map(str::to_owned),
            cases: cases as u64,
            g2,
            df: freedom as u64,
            bits,
            p,
            p_adjusted: None,
        }
    }

    /// Whether chance seldom does as well: the adjusted p is below 0.05.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        const CHANCE: f64 = 0.05;
        self.p_adjusted.is_some_and(|p| p < CHANCE)
    }
}
