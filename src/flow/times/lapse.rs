//! How long it takes from one thing on a journey to another: from a broken promise to somebody who can put it right, from being
//! heard to an answer.

use super::transform::Times;
use super::whole::Building;
use crate::flow::moments::{To, as_u32};
use crate::flow::solved::Flow;
use crate::journey::{Ability, PromiseResult};
use crate::statistics::inverted;

/// A stretch of journeys with its distribution of time.
#[derive(Debug)]
pub(crate) struct Lapse {
    times: Times,
    /// Share of journeys that begin it.
    pub(crate) begun: f64,
    /// Share of journeys that come to its end.
    pub(crate) ended: f64,
}

/// What begins a stretch at a moment.
#[derive(Debug, Clone, Copy)]
struct Begins {
    /// Whether it ends there as well.
    at_once: bool,
    /// Whether it is one that is looked at; others are let go.
    counts: bool,
}

/// Which answers to complaints are looked at.
#[derive(Clone, Copy)]
pub(crate) struct Answers<'a> {
    /// Whether those count that a touchpoint hears, by its position.
    pub(crate) heard_by: &'a dyn Fn(usize) -> bool,
    /// Only journeys that end so, by the position of the outcome.
    pub(crate) ending: Option<usize>,
}

impl Flow {
    /// From the first broken promise to the first later touchpoint that can resolve. `None` where nobody meets one, or the
    /// spread of some wait is unknown.
    pub(crate) fn lapse_to_recovery(&self) -> Option<Lapse> {
        let begins = |_: usize, result: Option<PromiseResult>, _: f64| {
            (result == Some(PromiseResult::Broken)).then_some(Begins {
                at_once: false,
                counts: true,
            })
        };
        self.lapse(begins, Ability::Resolve, |_| [0.0, 1.0], (false, None))
    }

    /// From the first time that somebody who has been unhappy is heard to the first answer, there or later.
    pub(crate) fn lapse_to_answer(&self, threshold: f64) -> Option<Lapse> {
        let all = Answers {
            heard_by: &|_| true,
            ending: None,
        };
        self.lapse_to_answers(threshold, all)
    }

    /// The same for some of them; where they must end in some way, `begun` and what comes within a time are of different
    /// journeys: all that begin, and those that end so.
    pub(crate) fn lapse_to_answers(&self, threshold: f64, answers: Answers<'_>) -> Option<Lapse> {
        let nodes = self.journey.graph().raw_nodes();
        let begins = |touchpoint: usize, _: Option<PromiseResult>, unhappy: f64| {
            let position = self.moments.touchpoint(touchpoint);
            let node = nodes.get(position)?;
            let heard = unhappy > 0.0 && node.weight.is_able_to(Ability::Listen);
            heard.then(|| Begins {
                at_once: node.weight.is_able_to(Ability::Answer),
                counts: (answers.heard_by)(position),
            })
        };
        let mood = |position: usize| self.unhappy(&self.moments.moment(position), threshold);
        self.lapse(begins, Ability::Answer, mood, (true, answers.ending))
    }

    /// Three layers of states: before (not unhappy yet), before (unhappy), and on the way. `begins` says whether the stretch
    /// begins at a moment, and whether it ends there at once; `mood` the shares of a moment that turn unhappy and that do not.
    fn lapse(
        &self,
        begins: impl Fn(usize, Option<PromiseResult>, f64) -> Option<Begins>,
        end: Ability,
        mood: impl Fn(usize) -> [f64; 2],
        (needs_mood, ending): (bool, Option<usize>),
    ) -> Option<Lapse> {
        if !self.knows_spreads() {
            return None;
        }
        let n = self.starts.len();
        let (mut building, mut entries) = (Building::new(self)?, Building::new(self)?);
        let ends_at = |to: u32| self.touchpoint_of(to as usize).is_able_to(end);
        for layer in 0..3_usize {
            for touchpoint in 0..n {
                building.state();
                entries.state();
                let state = layer * n + touchpoint;
                if !self.is_reached(touchpoint) {
                    continue;
                }
                if layer == 2 && ends_at(as_u32(touchpoint)) {
                    let so = ending.map(|ending| self.chance_from(touchpoint, ending));
                    building.done(state, so.unwrap_or(1.0));
                    continue;
                }
                for moment in self.moments.at(touchpoint) {
                    let [bad, other] = mood(moment.position);
                    // By layer from which, and unhappy by then or not.
                    let parts = match layer {
                        0 => [(bad, 1_usize), (other, 0)],
                        _ => [(bad + other, layer), (0.0, layer)],
                    };
                    for (part, then) in parts {
                        let part = part * moment.share;
                        let unhappy = if then > 0 || !needs_mood { 1.0 } else { 0.0 };
                        let begun = if layer < 2 && part > 0.0 {
                            begins(touchpoint, moment.result, unhappy)
                        } else {
                            None
                        };
                        if let Some(begun) = begun {
                            if begun.counts {
                                entries.done(state, part);
                            }
                            if begun.counts && begun.at_once {
                                let so = ending.map(|ending| self.chance_after(&moment, ending));
                                building.done(state, part * so.unwrap_or(1.0));
                            }
                            if begun.at_once || !begun.counts {
                                continue;
                            }
                        }
                        let to_layer = if begun.is_some() { 2 } else { then };
                        for way in moment.ways {
                            let To::State(to) = way.to() else {
                                continue;
                            };
                            let (p, next) = (part * way.p, as_u32(to_layer * n) + to);
                            let clock = way.transition().filter(|_| to_layer == 2);
                            building.way(next, p, clock);
                            if begun.is_none() {
                                entries.way(next, p, None);
                            }
                        }
                    }
                }
            }
        }
        let starts: Vec<(u32, f64)> = (0..).zip(self.starts.iter().copied()).collect();
        let begun = entries.finish(starts.clone()).share(None)?;
        let times = building.finish(starts);
        let ended = times.share(None)?;
        (begun > 0.0).then_some(Lapse {
            times,
            begun,
            ended,
        })
    }
}

impl Lapse {
    /// The share of all journeys that come to its end within so many seconds of known waits.
    pub(crate) fn ended_within(&self, seconds: f64) -> Option<f64> {
        Some(self.times.share(Some(seconds))?.min(self.ended))
    }

    /// Of the journeys that begin it, the share that come to its end within so many seconds of known waits.
    pub(crate) fn within(&self, seconds: f64) -> Option<f64> {
        let share = self.times.share(Some(seconds))?;
        Some((share.min(self.ended) / self.begun).min(1.0))
    }

    /// Of those that come to its end, the seconds within which a share of them do.
    pub(crate) fn quantiles(&self, shares: &[f64]) -> Option<Vec<f64>> {
        if self.ended <= 0.0 {
            return None;
        }
        // From the shortest to the longest wait that is counted with, whatever the mean.
        let longest = self
            .times
            .buckets
            .iter()
            .map(|&(_, high)| high)
            .fold(0.0, f64::max);
        if longest <= 0.0 {
            return Some(vec![0.0; shares.len()]);
        }
        inverted(shares, (longest, longest), |time| {
            Some(self.times.share(Some(time))? / self.ended)
        })
    }
}
