//! The journeys of a log on the map that was learned from it, for questions that look at each of them.

use super::ground::Ground;
use super::journeys::Walk;
use super::{InClusters, Times, times};
use crate::events::error::LearnError;
use crate::events::learned::Learned;
use crate::events::log::EventLog;
use crate::events::options::LearnOptions;
use crate::journey::{Outcome, PromiseResult};

/// Whole journeys on a map.
#[derive(Debug, Clone)]
pub(crate) struct Walked {
    /// Those of one customer stand together.
    pub(crate) journeys: Vec<WalkedJourney>,
    /// The outcomes of the map, in the order of their names.
    pub(crate) outcomes: Vec<Outcome>,
    /// How long things took.
    pub(crate) times: Times,
}

/// A whole journey on a map.
#[derive(Debug, Clone)]
pub(crate) struct WalkedJourney {
    /// The customer who made it, or the journey itself, numbered from 0 without a gap.
    pub(crate) cluster: u32,
    pub(crate) moments: Vec<WalkedMoment>,
    /// The position of its outcome in [`Walked::outcomes`].
    pub(crate) outcome: Option<u32>,
}

/// A moment of a whole journey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WalkedMoment {
    /// The position of its touchpoint on the map.
    pub(crate) touchpoint: u32,
    /// Kept or broken, where it is known.
    pub(crate) result: Option<PromiseResult>,
    pub(crate) valence: Option<f64>,
}

impl EventLog {
    /// Learns the map, and keeps the journeys as they went on it.
    ///
    /// # Errors
    /// As [`EventLog::learn`].
    pub(crate) fn learn_walked(
        &self,
        options: &LearnOptions,
    ) -> Result<(Learned, Walked), LearnError> {
        let (learned, node_of) = self.learn_counted(options)?;
        let ground = Ground::new(self, &learned.journey, &node_of, options);
        let clusters = InClusters::new(self);
        let mut walk = Walk::default();
        let mut journeys = Vec::with_capacity(self.len());
        clusters.each(|cluster, journey| {
            let Some(journey) = journey else { return };
            walk.go(&ground, &self.journey(journey));
            let moments = walk.steps.iter().map(|step| WalkedMoment {
                touchpoint: step.node,
                result: step.result,
                valence: step.valence,
            });
            journeys.push(WalkedJourney {
                cluster,
                moments: moments.collect(),
                outcome: walk.outcome,
            });
        });
        let outcomes = ground.outcomes.clone();
        let walked = Walked {
            journeys,
            outcomes,
            times: times(self, &ground),
        };
        Ok((learned, walked))
    }
}
