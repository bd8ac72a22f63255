//! What a journey adds up: endings, pleasure and hurt, known moments, cost, visits. All of it is linear in N, and every
//! column is non-negative, so that nothing cancels before a question asks for a difference.

use super::valences::mean;

/// A column of [`Sums`]. Where the outcomes are among them, they come first, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sum {
    /// Expected positive valence, E[max(0, V)] added up over moments.
    Pleasure,
    /// Expected negative valence, E[max(0, -V)] added up over moments.
    Hurt,
    /// Moments whose emotion is known.
    Known,
    /// Positive valence of the last moment.
    LastPleasure,
    /// Negative valence of the last moment.
    LastHurt,
    /// Journeys whose last moment has a known emotion.
    LastKnown,
    /// Cost to serve, over the visits whose cost is stated.
    Cost,
    /// Visits whose cost is stated.
    Costed,
    /// Visits whose cost is not stated.
    Uncosted,
}

/// How many columns follow those of the outcomes.
pub(crate) const SUMS: usize = 9;

/// What a whole journey adds up, by [`Sum`].
pub(crate) type JourneySums = [f64; SUMS];

/// What something changes in the chance of each outcome, by position, and in what a whole journey adds up.
#[derive(Debug, Clone, Default)]
pub(crate) struct SumChange {
    pub(crate) outcomes: Vec<f64>,
    pub(crate) sums: JourneySums,
}

impl SumChange {
    pub(crate) fn sum(&self, sum: Sum) -> f64 {
        self.sums[sum as usize]
    }
}

/// The columns ahead of each touchpoint.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    /// Row by row: on arriving at each touchpoint.
    pub(crate) ahead: Vec<f64>,
    pub(crate) width: usize,
    /// What the whole journey adds up.
    pub(crate) journey: JourneySums,
    /// The proven bound on the relative error that iteration leaves.
    pub(crate) error_bound: f64,
}

impl Sums {
    /// The columns ahead of a touchpoint.
    pub(crate) fn row(&self, touchpoint: usize) -> &[f64] {
        &self.ahead[touchpoint * self.width..(touchpoint + 1) * self.width]
    }

    /// Where a column is.
    pub(crate) fn column(&self, sum: Sum) -> usize {
        self.width - SUMS + sum as usize
    }
}

/// A mean valence as sums: (pleasure - hurt) / known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio(pub(crate) [Sum; 3]);

/// Over all moments.
pub(crate) const MEAN: Ratio = Ratio([Sum::Pleasure, Sum::Hurt, Sum::Known]);
/// Over the last moments.
pub(crate) const END: Ratio = Ratio([Sum::LastPleasure, Sum::LastHurt, Sum::LastKnown]);

impl Ratio {
    /// `None` where nothing is known.
    pub(crate) fn of(self, sums: &JourneySums) -> Option<f64> {
        let [pleasure, hurt, known] = self.0.map(|sum| sums[sum as usize]);
        mean(pleasure, hurt, known)
    }
}
