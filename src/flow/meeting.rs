//! Whether one journey meets any, or both, of two sets of touchpoints.

use super::Flow;

impl Flow {
    /// The chance that a journey meets at least one of the touchpoints, in 0..=1. One elimination of the components
    /// of the chain that they lie in.
    pub(crate) fn meets_any(&self, touchpoints: &[u32]) -> f64 {
        self.first_met(touchpoints).iter().sum::<f64>().min(1.0)
    }

    /// The chance that one journey meets touchpoints of both sets, which share none: it meets one of either first,
    /// and then one of the other. Nothing is subtracted, so that rare meetings are exact too.
    pub(crate) fn meets_both(&self, a: &Meeting<'_>, b: &Meeting<'_>) -> f64 {
        let either: Vec<u32> = a.touchpoints.iter().chain(b.touchpoints).copied().collect();
        let first = self.first_met(&either);
        let onward = |met: &u32, other: &Meeting<'_>| other.chance_from(*met);
        let a_first = a
            .touchpoints
            .iter()
            .zip(&first)
            .map(|(met, p)| p * onward(met, b));
        let b_first = b
            .touchpoints
            .iter()
            .zip(&first[a.touchpoints.len()..])
            .map(|(met, p)| p * onward(met, a));
        a_first.chain(b_first).sum::<f64>().min(1.0)
    }

    fn first_met(&self, touchpoints: &[u32]) -> Vec<f64> {
        self.factor
            .first_hits(&self.structure, &self.starts, &self.visits, touchpoints)
    }

    /// Prepares a set for [`Flow::meets_both`]: the chance of meeting it from each touchpoint of interest.
    pub(crate) fn meeting<'a>(&self, touchpoints: &'a [u32], from: &'a [u32]) -> Meeting<'a> {
        Meeting {
            touchpoints,
            from,
            chance: self.factor.hitting(&self.structure, touchpoints, from),
        }
    }
}

/// A set of touchpoints, with the chance that a journey that is at some other touchpoint comes to one of them.
#[derive(Debug)]
pub(crate) struct Meeting<'a> {
    touchpoints: &'a [u32],
    /// Ascending.
    from: &'a [u32],
    chance: Vec<f64>,
}

impl Meeting<'_> {
    fn chance_from(&self, touchpoint: u32) -> f64 {
        let place = self.from.binary_search(&touchpoint).ok();
        place
            .and_then(|place| self.chance.get(place))
            .copied()
            .unwrap_or(0.0)
    }
}
