//! How long a whole journey takes: mean and variance by first-step analysis, quantiles from the transform.

use std::collections::BTreeMap;

use super::transform::{TimedWay, Times};
use crate::flow::moments::{To, Way, as_u32};
use crate::flow::solved::Flow;
use crate::statistics::{Complex, Waits, inverted, share_up_to};

/// Beyond so many ways on which customers go, no quantile of a sum of waits is worked out.
const MOST_WAYS: usize = 20_000;

/// States being put together.
pub(super) struct Building<'f> {
    flow: &'f Flow,
    times: Times,
    bucket_at: BTreeMap<u16, u32>,
    wait_at: BTreeMap<usize, u32>,
}

impl Flow {
    /// How the waits on a way spread, by the position of its transition.
    pub(crate) fn waits_on(&self, transition: usize) -> Option<&Waits> {
        let edges = self.journey.graph().raw_edges();
        edges.get(transition)?.weight.known_waits()
    }

    /// Whether every known wait that customers meet has a known spread.
    pub(crate) fn knows_spreads(&self) -> bool {
        self.visited().all(|(_, moment)| {
            let ways = moment.ways.iter().filter(|way| way.p > 0.0);
            ways.filter_map(Way::transition).all(|at| {
                let edge = self.journey.graph().raw_edges().get(at);
                edge.is_none_or(|edge| edge.weight.wait_s.is_none() || self.waits_on(at).is_some())
            })
        })
    }

    /// The variance of the known waits of a whole journey, in square seconds: exact over all paths and loops, for waits that do
    /// not depend on each other. `None` where no wait is known, or the spread of some.
    ///
    /// ```text
    /// E[T_i^2] = sum over ways p (E[w^2] + 2 E[w] E[T_to] + E[T_to^2])
    /// ```
    pub(crate) fn variance_of_wait(&self) -> Option<f64> {
        let mean = self.wait_s()?;
        if !self.knows_spreads() {
            return None;
        }
        let mut squares = vec![0.0; self.starts.len()];
        for (touchpoint, moment) in self.visited() {
            for way in moment.ways {
                let (Some(at), To::State(to)) = (way.transition(), way.to()) else {
                    continue;
                };
                let Some((wait, sd)) = self.waits_on(at).and_then(|w| w.mean_s().zip(w.sd_s()))
                else {
                    continue;
                };
                let (_, ahead) = self.outlook.left(to as usize);
                let earned = wait * wait + sd * sd + 2.0 * wait * ahead;
                squares[touchpoint] += moment.share * way.p * earned;
            }
        }
        self.factor.solve(&mut squares, 1);
        let square: f64 = self
            .starts
            .iter()
            .zip(&squares)
            .map(|(s, square)| s * square)
            .sum();
        Some((square - mean * mean).max(0.0))
    }

    /// Quantiles of the known waits of a whole journey, in seconds, for waits that do not depend on each other. `None` where the
    /// spread of some wait is unknown, or the map is too large for it.
    pub(crate) fn quantiles_of_wait(&self, shares: &[f64]) -> Option<Vec<f64>> {
        let mean = self.wait_s()?;
        let sd = self.variance_of_wait()?.sqrt();
        if sd <= 0.0 {
            return Some(vec![mean; shares.len()]);
        }
        let mut building = Building::new(self)?;
        for touchpoint in 0..self.starts.len() {
            building.state();
            if !self.is_reached(touchpoint) {
                continue;
            }
            for moment in self.moments.at(touchpoint) {
                building.done(touchpoint, moment.share * moment.ends());
                for way in moment.ways {
                    if let To::State(to) = way.to() {
                        building.way(to, moment.share * way.p, way.transition());
                    }
                }
            }
        }
        let starts = (0..).zip(self.starts.iter().copied());
        let times = building.finish(starts.filter(|&(_, share)| share > 0.0).collect());
        inverted(shares, (mean, sd), |time| {
            share_up_to(time, |z| times.at(z))
        })
    }
}

impl<'f> Building<'f> {
    /// `None` where there are more ways than can be gone through so often.
    pub(super) fn new(flow: &'f Flow) -> Option<Self> {
        (flow.moments.way_count() <= MOST_WAYS).then(|| Self {
            flow,
            times: Times::default(),
            bucket_at: BTreeMap::new(),
            wait_at: BTreeMap::new(),
        })
    }

    /// Begins the next state.
    pub(super) fn state(&mut self) {
        self.times.first.push(self.times.ways.len());
        self.times.done.push(0.0);
    }

    /// What is followed comes about in a state for so large a share of arrivals.
    pub(super) fn done(&mut self, state: usize, share: f64) {
        self.times.done[state] += share;
    }

    /// A way from the state that was begun last; time passes on it where it has a transition.
    pub(super) fn way(&mut self, to: u32, p: f64, transition: Option<usize>) {
        if p <= 0.0 {
            return;
        }
        let wait = transition.and_then(|at| self.wait(at));
        self.times.ways.push(TimedWay { to, p, wait });
    }

    fn wait(&mut self, transition: usize) -> Option<u32> {
        if let Some(&known) = self.wait_at.get(&transition) {
            return Some(known);
        }
        let waits = self.flow.waits_on(transition)?;
        let all = waits.count() as f64;
        let edges = waits.buckets();
        let mut parts = Vec::new();
        for (&(number, count), (low, high, _)) in waits.numbered().iter().zip(edges) {
            let next = as_u32(self.times.buckets.len());
            let at = *self.bucket_at.entry(number).or_insert(next);
            if at == next {
                self.times.buckets.push((low, high));
            }
            parts.push((at, count as f64 / all));
        }
        let number = as_u32(self.times.waits.len());
        self.times.waits.push(parts);
        self.wait_at.insert(transition, number);
        Some(number)
    }

    pub(super) fn finish(mut self, starts: Vec<(u32, f64)>) -> Times {
        self.times.first.push(self.times.ways.len());
        self.times.starts = starts;
        self.times
    }
}

impl Times {
    /// The share for which what is followed comes about at all, and the share up to a time.
    pub(super) fn share(&self, time: Option<f64>) -> Option<f64> {
        match time {
            None => self
                .at(Complex::default())
                .map(|all| all.re.clamp(0.0, 1.0)),
            Some(time) => share_up_to(time, |z| self.at(z)),
        }
    }
}
