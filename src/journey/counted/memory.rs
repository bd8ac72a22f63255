//! What customers were chosen to remember.

/// Which facts the customers of a learned map were chosen to remember, and how far the map is off without and with them. Where it is
/// off is the worst of the figures of how journeys end, given what happened to them, in points of 100 journeys beyond the interval of
/// what was counted, times the share of the journeys that it is about: see [`Remembered`](crate::events::Remembered).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedMemory {
    /// How far it is off where nothing is remembered.
    pub off_before: f64,
    /// How far it is off with all facts.
    pub off_after: f64,
    /// The facts, in the order in which they were chosen.
    pub facts: Vec<CountedFact>,
}

/// A fact that was chosen, and what it put right.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedFact {
    /// The fact's name.
    pub fact: String,
    /// How far the map was off before it was taken.
    pub off_before: f64,
    /// How far it is off with it.
    pub off_after: f64,
}

impl CountedMemory {
    pub(crate) fn new(facts: Vec<CountedFact>, off_before: f64, off_after: f64) -> Self {
        Self {
            off_before,
            off_after,
            facts,
        }
    }
}

impl CountedFact {
    pub(crate) fn new(fact: &str, off_before: f64, off_after: f64) -> Self {
        Self {
            fact: fact.to_owned(),
            off_before,
            off_after,
        }
    }
}
