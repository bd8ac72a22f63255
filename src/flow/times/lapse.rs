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

impl Flow {
    /// From the first broken promise to the first later touchpoint that can resolve. `None` where nobody meets one, or the
    /// spread of some wait is unknown.
    pub(crate) fn lapse_to_recovery(&self) -> Option<Lapse> {
        let begins = |_: usize, result: Option<PromiseResult>, _: f64| {
            (result == Some(PromiseResult::Broken)).then_some(false)
        };
        self.lapse(begins, Ability::Resolve, |_| [0.0, 1.0], false)
    }

    /// From the first time that somebody who has been unhappy is heard to the first answer, there or later.
    pub(crate) fn lapse_to_answer(&self, threshold: f64) -> Option<Lapse> {
        let nodes = self.journey.graph().raw_nodes();
        let begins = |touchpoint: usize, _: Option<PromiseResult>, unhappy: f64| {
            let node = nodes.get(self.moments.touchpoint(touchpoint))?;
            let heard = unhappy > 0.0 && node.weight.is_able_to(Ability::Listen);
            heard.then(|| node.weight.is_able_to(Ability::Answer))
        };
        let mood = |position: usize| self.unhappy(&self.moments.moment(position), threshold);
        self.lapse(begins, Ability::Answer, mood, true)
    }

    /// Three layers of states: before (not unhappy yet), before (unhappy), and on the way. `begins` says whether the stretch
    /// begins at a moment, and whether it ends there at once; `mood` the shares of a moment that turn unhappy and that do not.
    fn lapse(
        &self,
        begins: impl Fn(usize, Option<PromiseResult>, f64) -> Option<bool>,
        end: Ability,
        mood: impl Fn(usize) -> [f64; 2],
        needs_mood: bool,
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
                if layer == 2 && ends_at(as_u32(touchpoint)) {
                    building.done(state, 1.0);
                    continue;
                }
                if !self.is_reached(touchpoint) {
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
                        if begun.is_some() {
                            entries.done(state, part);
                        }
                        if begun == Some(true) {
                            building.done(state, part);
                            continue;
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
