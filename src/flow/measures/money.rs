//! What visits cost and what endings are worth, as lists that expectations are linear in.

use super::conditions::among;
use crate::flow::solved::Flow;

/// A sum of money over what is known of it, weighted by how often each part occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Worth {
    /// How often anything occurs.
    pub(crate) weight: f64,
    /// How often something of known worth occurs.
    known: f64,
    sum: f64,
}

/// How much of what occurs a sum of money is told by, before and after something is done differently.
///
/// Where the two differ, part of a change of the sum may be that more or fewer visits or endings are counted in it, and
/// not that anything became dearer or cheaper.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CoverageChange {
    /// The share before, in 0..=1; 0 where nothing is stated.
    pub before: f64,
    /// The share after, in 0..=1; what is less than a ten thousand millionth of what it was counts as 0.
    pub after: f64,
}

/// What is left of a sum after a change is rounding if it is at most this part of what it was.
const ROUNDING: f64 = 1e-10;

impl CoverageChange {
    /// The same before and after.
    pub(crate) fn stays(share: f64) -> Self {
        Self {
            before: share,
            after: share,
        }
    }

    /// Between two sums.
    pub(crate) fn between(before: Worth, after: Worth) -> Self {
        let share = |worth: Worth| worth.coverage().unwrap_or(0.0);
        Self {
            before: share(before),
            after: share(after),
        }
    }

    /// From what is known and what is not, and how much more of each there is after.
    pub(crate) fn of(before: Worth, known: (f64, f64), unknown: (f64, f64)) -> Self {
        let left = |(was, more): (f64, f64)| {
            let is = was + more;
            if is > ROUNDING * was { is } else { 0.0 }
        };
        let (known, unknown) = (left(known), left(unknown));
        let all = known + unknown;
        Self {
            before: before.coverage().unwrap_or(0.0),
            after: if all > 0.0 { known / all } else { 0.0 },
        }
    }
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
        among(self.known, self.weight)
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

    /// What the visits of a journey cost.
    pub(crate) fn cost_to_serve(&self) -> Worth {
        let mut all = Worth::default();
        for (position, cost) in self.costs().enumerate() {
            all.add(self.visits_at(position), cost);
        }
        all
    }

    /// What the endings of journeys are worth.
    pub(crate) fn worth_of_endings(&self) -> Worth {
        let mut all = Worth::default();
        for (outcome, value) in self.values().into_iter().enumerate() {
            all.add(self.outcome_probability(outcome), value);
        }
        all
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
