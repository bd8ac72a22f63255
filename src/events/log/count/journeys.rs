//! One journey as the figures see it.

use super::ground::Ground;
use crate::events::log::LoggedJourney;
use crate::events::tally::under_way::UNSTATED;
use crate::journey::PromiseResult;

/// A moment on the map.
#[derive(Debug, Clone, Copy)]
pub(in crate::events::log) struct Step {
    pub(in crate::events::log) node: u32,
    /// Kept or broken, where it is known.
    pub(in crate::events::log) result: Option<PromiseResult>,
    /// What is felt; nothing at a measurement.
    pub(in crate::events::log) valence: Option<f64>,
    /// The number of what was felt, or answered.
    pub(in crate::events::log) level: Option<u32>,
    /// Seconds since the moment before, where both times are known and do not go back.
    pub(in crate::events::log) wait: Option<f64>,
    /// In nanoseconds since 1970.
    pub(in crate::events::log) time: Option<i128>,
}

/// The journey that is being looked at; its room is used again for the next one.
#[derive(Debug, Default)]
pub(in crate::events::log) struct Walk {
    pub(in crate::events::log) steps: Vec<Step>,
    /// The position of its outcome.
    pub(in crate::events::log) outcome: Option<u32>,
    /// What was answered last at a measurement.
    pub(in crate::events::log) answer: Option<f64>,
}

impl Walk {
    pub(in crate::events::log) fn go(&mut self, ground: &Ground<'_>, journey: &LoggedJourney<'_>) {
        self.steps.clear();
        self.answer = None;
        let mut stated = UNSTATED;
        let mut last = UNSTATED;
        let mut before: Option<i128> = None;
        for moment in journey.moments() {
            let Some(kind) = moment.kind() else { continue };
            let Some(node) = ground.node(kind.place()) else {
                continue;
            };
            let time = moment.time_ns();
            let since = before.zip(time).map(|(before, now)| now - before);
            before = time;
            if kind.outcome != UNSTATED {
                stated = kind.outcome;
            }
            last = kind.place();
            let rating = ground.valence(kind.level());
            let measures = ground.measures.get(node as usize) == Some(&true);
            if measures {
                self.answer = rating.or(self.answer);
            }
            self.steps.push(Step {
                node,
                result: ground.result(node, kind.slot()),
                valence: rating.filter(|_| !measures),
                level: kind.level(),
                wait: since
                    .filter(|&since| since >= 0)
                    .map(|since| since as f64 / 1e9),
                time,
            });
        }
        self.outcome = ground.outcome(stated, last);
    }

    pub(in crate::events::log) fn valences(&self) -> impl Iterator<Item = f64> + '_ {
        self.steps.iter().filter_map(|step| step.valence)
    }

    /// The most intense valence; of two as intense the negative one.
    pub(in crate::events::log) fn peak(&self) -> Option<f64> {
        self.valences().reduce(|peak, valence| {
            let stronger = valence.abs() > peak.abs();
            let as_strong = valence.abs() >= peak.abs();
            if stronger || (as_strong && valence < peak) {
                valence
            } else {
                peak
            }
        })
    }
}
