//! Journeys followed layer by layer: until they first meet something, from there until they next do, and so on.
//!
//! A layer is the chain of journeys that have not yet met a certain thing: at the moments that are that thing they leave
//! it. With `P_L` for that chain and `s` for how journeys enter it,
//!
//! ```text
//! u = s (I - P_L)^-1             visits of journeys still in the layer
//! u_i share_x                    journeys that leave it at moment x of touchpoint i, which each does at most once
//! entries of the next layer      sum over the moments x that are left at, of what leaves there times its ways onward
//! c = (I - P_L)^-1 leaving       chance of leaving it sometime
//! ```
//!
//! Journeys are told apart by sums over where they cross from layer to layer, never by differences of probabilities, so
//! that what is rare is as exact as what is common.

use super::stopped::{Proven, Stopped};
use crate::flow::measures::conditions::{among, mean_of};
use crate::flow::moments::{Kept, Moment, To, Way, as_u32};
use crate::flow::solved::Flow;

/// The chain of journeys that have not yet met a certain thing.
pub(crate) struct Layer<'f> {
    flow: &'f Flow,
    stopped: Stopped<'f>,
    /// The touchpoints at which journeys may leave it.
    at: Vec<u32>,
    /// Whether they leave it at a moment, by its position.
    leaves: Vec<bool>,
}

/// Journeys that leave a layer at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crossing {
    pub(crate) touchpoint: u32,
    /// Position of the moment.
    pub(crate) moment: usize,
    /// Share of all journeys.
    pub(crate) share: f64,
}

/// How far it is from arriving at each touchpoint until journeys leave a layer, counted over those that do.
pub(crate) struct Until {
    chance: Vec<f64>,
    /// By touchpoint: ways still to go, known waits on them, and how many of the ways have one; each times the chance.
    sums: Vec<[f64; 3]>,
    pub(crate) error_bound: f64,
}

/// Sums over stretches of journeys, from a moment to where they leave a layer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stretch {
    /// Journeys that begin one, and those that come to its end.
    begun: f64,
    ended: f64,
    ways: f64,
    wait: f64,
    known: f64,
}

impl Flow {
    /// The layer that nobody leaves but by ending, from which others are made by [`Layer::restart`].
    pub(crate) fn layer(&self) -> Layer<'_> {
        Layer {
            flow: self,
            stopped: self.stopped(|_| Kept::ALL),
            at: Vec::new(),
            leaves: vec![false; self.moments.len()],
        }
    }

    /// How much work it is to restart a layer, or to find one set of values or visits in it, in multiplications and
    /// steps.
    pub(crate) fn layer_work(&self) -> f64 {
        let everywhere: Vec<u32> = (0..self.starts.len()).map(as_u32).collect();
        self.meeting_work(&everywhere) + self.moments.way_count() as f64
    }

    /// What journeys earn from each touchpoint on, for `width` gains a visit, row by row.
    pub(crate) fn earned(&self, mut gains: Vec<f64>, width: usize) -> Proven {
        let error_bound = self.factor.solve(&mut gains, width);
        Proven {
            values: gains,
            error_bound,
        }
    }

    /// For each of some touchpoints, the share of journeys of which it is the first of them that they meet.
    pub(crate) fn first_met(&self, touchpoints: &[u32]) -> Proven {
        let first = self
            .factor
            .first_hits(&self.starts, &self.visits, touchpoints);
        Proven {
            values: first.values,
            error_bound: first.bound,
        }
    }

    /// The known wait on a way onward, in seconds.
    pub(crate) fn known_wait(&self, way: &Way) -> Option<f64> {
        let edges = self.journey.graph().raw_edges();
        edges.get(way.transition()?)?.weight.wait_s
    }

    /// The chance of an outcome, by its position, for a journey that is at a moment.
    pub(crate) fn chance_after(&self, moment: &Moment<'_>, outcome: usize) -> f64 {
        moment.chance_of(outcome, |to| self.chance_from(to, outcome))
    }
}

impl<'f> Layer<'f> {
    /// Makes this the layer of journeys that leave at the moments of some touchpoints for which `leaves` says so.
    pub(crate) fn restart(&mut self, at: &[u32], leaves: impl Fn(&Moment<'_>) -> bool) {
        let moments = &self.flow.moments;
        for &before in &self.at {
            for moment in moments.at(before as usize) {
                self.leaves[moment.position] = false;
            }
        }
        self.at.clear();
        self.at.extend_from_slice(at);
        for &touchpoint in at {
            for moment in moments.at(touchpoint as usize) {
                self.leaves[moment.position] = leaves(&moment);
            }
        }
        let leaves = &self.leaves;
        self.stopped.restart(|moment| {
            if leaves[moment.position] {
                Kept::NONE
            } else {
                Kept::ALL
            }
        });
    }

    /// Visits of journeys still in the layer, from how they enter it.
    pub(crate) fn visits(&self, entries: Vec<f64>) -> Proven {
        self.stopped.visits(entries)
    }

    /// What journeys earn from each touchpoint on while they stay, for `width` gains a visit, row by row.
    pub(crate) fn values(&self, gains: Vec<f64>, width: usize) -> Proven {
        self.stopped.values(gains, width)
    }

    /// Where journeys leave the layer, from their visits in it.
    pub(crate) fn crossings(&self, visits: &[f64]) -> Vec<Crossing> {
        let mut crossings = Vec::new();
        for &touchpoint in &self.at {
            for moment in self.flow.moments.at(touchpoint as usize) {
                if self.leaves[moment.position] {
                    crossings.push(Crossing {
                        touchpoint,
                        moment: moment.position,
                        share: visits[touchpoint as usize] * moment.share,
                    });
                }
            }
        }
        crossings
    }

    /// The moments of a touchpoint at which journeys stay in the layer; none where nobody comes.
    pub(crate) fn staying(&self, touchpoint: usize) -> impl Iterator<Item = Moment<'f>> + '_ {
        let reachable = self.flow.network.is_reachable(touchpoint);
        self.flow
            .moments
            .at(touchpoint)
            .filter(move |moment| reachable && !self.leaves[moment.position])
    }

    /// For each touchpoint, the chance that a visit leaves the layer there.
    pub(crate) fn leaving(&self) -> Vec<f64> {
        let mut leaving = vec![0.0; self.flow.starts.len()];
        for &touchpoint in &self.at {
            let moments = self.flow.moments.at(touchpoint as usize);
            let left = moments.filter(|moment| self.leaves[moment.position]);
            leaving[touchpoint as usize] = left.map(|moment| moment.share).sum();
        }
        leaving
    }

    /// For each touchpoint, the chance that a visit stays in the layer and ends with an outcome there.
    pub(crate) fn ending_with(&self, outcome: usize) -> Vec<f64> {
        let here = |touchpoint: usize| {
            let staying = self.staying(touchpoint);
            staying
                .map(|moment| moment.share * moment.chance_of(outcome, |_| 0.0))
                .fold(0.0, |sum, chance| sum + chance)
        };
        (0..self.flow.starts.len()).map(here).collect()
    }

    /// How far it is until journeys leave the layer.
    pub(crate) fn until(&self) -> Until {
        let chance = self.values(self.leaving(), 1);
        let mut gains = Vec::with_capacity(3 * self.flow.starts.len());
        for touchpoint in 0..self.flow.starts.len() {
            let mut row = [0.0; 3];
            for moment in self.staying(touchpoint) {
                for (to, way) in onward_ways(&moment) {
                    let going = moment.share * way.p * chance.values[to];
                    add_way(&mut row, going, self.flow.known_wait(way));
                }
            }
            gains.extend(row);
        }
        let sums = self.values(gains, 3);
        Until {
            chance: chance.values,
            sums: sums.values.as_chunks().0.to_vec(),
            error_bound: chance.error_bound + sums.error_bound,
        }
    }
}

fn onward_ways<'a>(moment: &Moment<'a>) -> impl Iterator<Item = (usize, &'a Way)> {
    moment.ways.iter().map_while(|way| match way.to() {
        To::State(to) => Some((to as usize, way)),
        To::End(_) => None,
    })
}

/// Adds a way that some journeys go.
fn add_way(sums: &mut [f64; 3], going: f64, wait: Option<f64>) {
    sums[0] += going;
    if let Some(wait) = wait {
        sums[1] += going * wait;
        sums[2] += going;
    }
}

impl Until {
    /// The chance of leaving the layer sometime, on arriving at a touchpoint.
    pub(crate) fn chance(&self, touchpoint: usize) -> f64 {
        self.chance[touchpoint]
    }
}

impl Stretch {
    /// Adds the journeys, a share of all, that go on from a moment.
    pub(crate) fn add(&mut self, flow: &Flow, until: &Until, moment: &Moment<'_>, share: f64) {
        self.begun += share;
        let mut sums = [self.ways, self.wait, self.known];
        for (to, way) in onward_ways(moment) {
            let going = share * way.p;
            self.ended += going * until.chance[to];
            add_way(&mut sums, going * until.chance[to], flow.known_wait(way));
            for (sum, further) in sums.iter_mut().zip(until.sums[to]) {
                *sum += going * further;
            }
        }
        [self.ways, self.wait, self.known] = sums;
    }

    /// Share of all journeys that come to the end of one.
    pub(crate) fn ended(&self) -> f64 {
        self.ended
    }

    /// Chance of coming to the end, of those who begin.
    pub(crate) fn chance(&self) -> Option<f64> {
        among(self.ended, self.begun)
    }

    /// Expected number of moments until the end, the last one included.
    pub(crate) fn moments(&self) -> Option<f64> {
        mean_of(self.ways, self.ended)
    }

    /// Expected total of the known waits until the end.
    pub(crate) fn wait_s(&self) -> Option<f64> {
        mean_of(self.wait, self.ended).filter(|wait| self.known > 0.0 && wait.is_finite())
    }

    /// Share of the ways until the end whose wait is known.
    pub(crate) fn wait_coverage(&self) -> Option<f64> {
        among(self.known, self.ways)
    }
}
