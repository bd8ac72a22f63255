//! Whether one journey meets any, or both, of two sets of touchpoints.

use super::stopped::is_proven;
use crate::chain::Answer;
use crate::flow::moments::as_u32;
use crate::flow::solved::Flow;

/// A probability with the proven bound on the relative error that iteration leaves in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chance {
    pub(crate) value: f64,
    pub(crate) error_bound: f64,
}

impl Chance {
    /// The value, where it is proven to be as exact as an answer must be.
    pub(crate) fn proven(self) -> Option<f64> {
        is_proven(self.error_bound).then_some(self.value)
    }
}

impl Flow {
    /// The chance that a journey meets at least one of the touchpoints, in 0..=1. One elimination of the components
    /// of the chain that they lie in.
    pub(crate) fn meets_any(&self, touchpoints: &[u32]) -> Chance {
        let first = self
            .factor
            .first_hits(&self.starts, &self.visits, touchpoints);
        Chance {
            value: first.values.iter().fold(0.0, |sum, p| sum + p).min(1.0),
            error_bound: first.bound,
        }
    }

    /// The same for positions, where it is proven to be exact enough; 0 of none.
    pub(crate) fn meets_any_of(&self, places: &[usize]) -> Option<f64> {
        let touchpoints: Vec<u32> = places.iter().copied().map(as_u32).collect();
        self.meets_any(&touchpoints).proven()
    }

    /// The chance that a journey meets one touchpoint before another one, or without it; `None` where it is not proven to be exact
    /// enough. One elimination of the components of the chain that they lie in.
    pub(crate) fn meets_before(&self, one: usize, other: usize) -> Option<f64> {
        let targets = [as_u32(one), as_u32(other)];
        let first = self.factor.first_hits(&self.starts, &self.visits, &targets);
        let value = first.values.first().copied()?;
        is_proven(first.bound).then_some(value.min(1.0))
    }

    /// How much work it is to find whether journeys meet some of these touchpoints, in multiplications and steps.
    pub(crate) fn meeting_work(&self, touchpoints: &[u32]) -> f64 {
        self.factor.structure().closing_work(touchpoints)
    }

    /// The chance that one journey meets touchpoints of both sets, which share none: it meets one of either first,
    /// and then one of the other. Nothing is subtracted, so that rare meetings are exact too.
    pub(crate) fn meets_both(&self, a: &Meeting<'_>, b: &Meeting<'_>) -> Chance {
        let either: Vec<u32> = a.touchpoints.iter().chain(b.touchpoints).copied().collect();
        let first = self.factor.first_hits(&self.starts, &self.visits, &either);
        let onward = a.touchpoints.iter().map(|&met| b.chance_from(met));
        let onward = onward.chain(b.touchpoints.iter().map(|&met| a.chance_from(met)));
        let both = first
            .values
            .iter()
            .zip(onward)
            .fold(0.0, |sum, (p, onward)| sum + p * onward);
        Chance {
            value: both.min(1.0),
            error_bound: first.bound + f64::max(a.chance.bound, b.chance.bound),
        }
    }

    /// Prepares a set for [`Flow::meets_both`]: the chance of meeting it from each touchpoint of interest.
    pub(crate) fn meeting<'a>(&self, touchpoints: &'a [u32], from: &'a [u32]) -> Meeting<'a> {
        Meeting {
            touchpoints,
            from,
            chance: self.factor.hitting(touchpoints, from),
        }
    }
}

/// A set of touchpoints, with the chance that a journey that is at some other touchpoint comes to one of them.
#[derive(Debug)]
pub(crate) struct Meeting<'a> {
    touchpoints: &'a [u32],
    /// Ascending.
    from: &'a [u32],
    chance: Answer,
}

impl Meeting<'_> {
    fn chance_from(&self, touchpoint: u32) -> f64 {
        let place = self.from.binary_search(&touchpoint).ok();
        place
            .and_then(|place| self.chance.values.get(place))
            .copied()
            .unwrap_or(0.0)
    }
}
