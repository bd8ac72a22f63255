//! What is meant and what is expected, beside what is felt: sums over visits.

use super::conditions::among;
use super::valences::{Felt, NEUTRAL};
use crate::flow::solved::Flow;
use crate::journey::Emotion;

/// Visits to some touchpoints, with what the provider means to give and what customers expect there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meant {
    /// Expected visits of a journey.
    pub(crate) visits: f64,
    /// Of these, the visits that are meant to feel good and whose feeling is known.
    believed: f64,
    /// What is felt where the provider says what it means to give.
    felt: Felt,
    /// What is felt where it is known what customers expect.
    found: Felt,
    /// What they expect there, with the same weights.
    expected: Felt,
}

impl Meant {
    /// Adds other visits.
    pub(crate) fn join(&mut self, other: &Self) {
        self.visits += other.visits;
        self.believed += other.believed;
        self.felt.join(1.0, &other.felt);
        self.found.join(1.0, &other.found);
        self.expected.join(1.0, &other.expected);
    }

    /// Share of the visits of which it is known what is meant and what is felt; `None` where there are none.
    pub(crate) fn coverage(&self) -> Option<f64> {
        among(self.felt.known, self.visits)
    }

    /// Share of those that are meant to feel good.
    pub(crate) fn believed(&self) -> Option<f64> {
        among(self.believed, self.felt.known)
    }

    /// Share of those that do.
    pub(crate) fn positive(&self) -> Option<f64> {
        among(self.felt.positive, self.felt.known)
    }

    /// Share of the visits of which it is known what is expected and what is felt; `None` where there are none.
    pub(crate) fn expectation_coverage(&self) -> Option<f64> {
        among(self.found.known, self.visits)
    }

    /// Mean valence that customers expect, over those visits.
    pub(crate) fn expected(&self) -> Option<f64> {
        self.expected.mean()
    }

    /// Mean valence that they find.
    pub(crate) fn found(&self) -> Option<f64> {
        self.found.mean()
    }
}

impl Flow {
    /// The visits to one touchpoint.
    pub(crate) fn meant_at(&self, touchpoint: usize) -> Meant {
        let at = &self.journey.graph().raw_nodes()[touchpoint].weight;
        let visits = self.visits_at(touchpoint);
        let here = &self.arriving(touchpoint).felt;
        let mut meant = Meant {
            visits,
            ..Meant::default()
        };
        if let Some(intended) = at.intended.as_ref().and_then(Emotion::mean) {
            meant.felt.join(visits, here);
            if intended > NEUTRAL {
                meant.believed = meant.felt.known;
            }
        }
        if let Some(expected) = at.expected.as_ref().and_then(Emotion::mean) {
            meant.found.join(visits, here);
            let expected = std::iter::once((expected, meant.found.known));
            meant.expected = Felt::of(expected);
        }
        meant
    }
}
