//! What is felt from the result of a promise on, kept and broken.

use crate::flow::Flow;
use crate::journey::{CountedFigure, CountedName};
use crate::page::number::{count, feeling};

/// What is felt from the first known result of a promise on, at that moment and at all later ones, where it is kept and where it is
/// broken: counted on whole journeys.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PromiseFeelings {
    /// Where the first known result is kept.
    pub when_kept: FeltAfter,
    /// Where it is broken.
    pub when_broken: FeltAfter,
    /// The mean when broken minus that when kept, -2 to 2: what goes with a break.
    pub change: f64,
}

/// A mean of feelings, counted on whole journeys.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FeltAfter {
    /// Mean valence, -1 to 1.
    pub mean: f64,
    /// Its standard error; `None` for a single journey or customer.
    pub standard_error: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Journeys that it rests on.
    pub journeys: u64,
}

impl From<&CountedFigure> for FeltAfter {
    fn from(counted: &CountedFigure) -> Self {
        Self {
            mean: counted.value,
            standard_error: counted.standard_error,
            low: counted.low,
            high: counted.high,
            journeys: counted.journeys,
        }
    }
}

impl FeltAfter {
    /// "+0.64 (+0.60 to +0.68, 900 journeys)"
    fn said(&self) -> String {
        let range = self.low.zip(self.high);
        let range = range.map_or_else(String::new, |(low, high)| {
            format!("{} to {}, ", feeling(low.max(-1.0)), feeling(high.min(1.0)))
        });
        let journeys = match self.journeys {
            1 => "one journey".to_owned(),
            journeys => format!("{} journeys", count(journeys as f64)),
        };
        format!("{} ({range}{journeys})", feeling(self.mean))
    }
}

impl PromiseFeelings {
    pub(super) fn counted(flow: &Flow, promise: &str) -> Option<Self> {
        let felt = |name| flow.counted(name, &[promise]).map(FeltAfter::from);
        let when_kept = felt(CountedName::FeelingWhenKept)?;
        let when_broken = felt(CountedName::FeelingWhenBroken)?;
        Some(Self {
            change: when_broken.mean - when_kept.mean,
            when_kept,
            when_broken,
        })
    }

    pub(super) fn sentence(&self) -> String {
        format!(
            "From there on customers feel {} where it is first found kept, and {} where it is first found broken (counted).",
            self.when_kept.said(),
            self.when_broken.said()
        )
    }
}
