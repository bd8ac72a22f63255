//! What visits cost and what endings are worth, as lists that expectations are linear in.

use super::Flow;

/// A sum of money over what is known of it, weighted by how often each part occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Worth {
    /// How often anything occurs.
    pub(crate) weight: f64,
    /// How often something of known worth occurs.
    known: f64,
    sum: f64,
}

impl Worth {
    /// Adds something that occurs so often and is worth so much each time.
    pub(crate) fn add(&mut self, weight: f64, worth: Option<f64>) {
        self.weight += weight;
        if let Some(worth) = worth.filter(|_| weight > 0.0) {
            self.known += weight;
            self.sum += weight * worth;
        }
    }

    /// Share of what occurs whose worth is known; `None` where nothing occurs.
    pub(crate) fn coverage(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| (self.known / self.weight).min(1.0))
    }

    /// The expected money, of what is known; `None` where nothing is, and beyond what a number holds.
    pub(crate) fn sum(&self) -> Option<f64> {
        (self.known > 0.0 && self.sum.is_finite()).then_some(self.sum)
    }
}

impl Flow {
    /// What one visit to each touchpoint costs, in the order of the map; `None` where nobody says.
    pub(crate) fn costs(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        self.journey.touchpoints().map(|touchpoint| touchpoint.cost)
    }

    /// What each outcome is worth to the provider, in the order of their names; `None` where nobody says.
    pub(crate) fn values(&self) -> Vec<Option<f64>> {
        let stated = self.journey.values();
        let value = |outcome| {
            let value = stated.iter().find(|(known, _)| known == outcome);
            value.map(|&(_, value)| value)
        };
        self.moments.outcomes().iter().map(value).collect()
    }
}
