//! The chain over states, which are touchpoints where nothing is remembered. What a visit finds of a promise depends on nothing else
//! that went before, so arriving at states is a Markov chain of its own, a third of the size of the chain over moments, and the visits
//! to a moment are those to its state times its share.

use super::moment::{Moment, Moments, as_u32};
use crate::chain::Structure;

/// The pattern of the chain over states: who can follow whom, in the order of the map.
#[derive(Debug)]
pub(crate) struct Network {
    /// Where the successors of each state begin; one entry more than there are states.
    first: Vec<usize>,
    successors: Vec<u32>,
    /// For each onward way of the states that test a promise, its place in `successors`. At the others the ways
    /// are in the order of the successors.
    slots: Vec<u32>,
    reachable: Vec<bool>,
    /// Touchpoints from which journeys can end.
    ending: Vec<bool>,
}

/// What remains of the visits at a moment when a question follows only some of them: the share that goes on, and
/// the share that is left out. They sum to 1 and both are given, so that neither is found by subtraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) on: f64,
    pub(crate) out: f64,
}

impl Kept {
    pub(crate) const ALL: Self = Self { on: 1.0, out: 0.0 };
    pub(crate) const NONE: Self = Self { on: 0.0, out: 1.0 };
}

impl Network {
    pub(crate) fn new(moments: &Moments, starts: &[f64]) -> Self {
        let n = moments.states();
        let mut network = Self {
            first: Vec::with_capacity(n + 1),
            successors: Vec::with_capacity(moments.way_count()),
            slots: Vec::new(),
            reachable: Vec::new(),
            ending: Vec::with_capacity(n),
        };
        // Where the current state has its way to each state; stale entries point before its first.
        let mut slot_of = Vec::new();
        for state in 0..n {
            network.first.push(network.successors.len());
            // Without a promise no two open ways lead to the same place.
            let ends = if let Some(moment) = moments.single(state) {
                network.successors.extend(moment.onward().map(|(to, _)| to));
                moment.ends_sometimes()
            } else {
                slot_of.resize(n, 0);
                network.join(moments, state, &mut slot_of)
            };
            network.ending.push(ends);
        }
        network.first.push(network.successors.len());
        network.reachable = network.reach_from(starts);
        network.spread_ending();
        network
    }

    /// Joins the ways of several moments that lead to the same place; whether some of them lead out.
    fn join(&mut self, moments: &Moments, state: usize, slot_of: &mut [usize]) -> bool {
        let begin = self.successors.len();
        let mut ends = false;
        for moment in moments.at(state) {
            for (to, _) in moment.onward() {
                let slot = &mut slot_of[to as usize];
                let known =
                    (begin..self.successors.len()).contains(slot) && self.successors[*slot] == to;
                if !known {
                    *slot = self.successors.len();
                    self.successors.push(to);
                }
                self.slots.push(as_u32(*slot));
            }
            ends |= moment.ends_sometimes();
        }
        ends
    }

    pub(crate) fn successors(&self, state: usize) -> &[u32] {
        &self.successors[self.first[state]..self.first[state + 1]]
    }

    fn reach_from(&self, starts: &[f64]) -> Vec<bool> {
        let mut reached: Vec<bool> = starts.iter().map(|&share| share > 0.0).collect();
        let mut open: Vec<usize> = (0..starts.len()).filter(|&state| reached[state]).collect();
        while let Some(state) = open.pop() {
            for &next in self.successors(state) {
                let next = next as usize;
                if !reached[next] {
                    reached[next] = true;
                    open.push(next);
                }
            }
        }
        reached
    }

    /// Spreads `ending` against the direction of the ways.
    fn spread_ending(&mut self) {
        let n = self.ending.len();
        if self.ending.iter().all(|&ending| ending) {
            return;
        }
        // Most maps are drawn from start to end, and then one sweep backwards tells all.
        for state in (0..n).rev() {
            self.ending[state] |= self
                .successors(state)
                .iter()
                .any(|&to| self.ending[to as usize]);
        }
        if self.ending.iter().all(|&ending| ending) {
            return;
        }
        let mut first = vec![0_usize; n + 1];
        for &to in &self.successors {
            first[to as usize + 1] += 1;
        }
        for state in 1..=n {
            first[state] += first[state - 1];
        }
        let mut next = first.clone();
        let mut predecessors = vec![0_u32; self.successors.len()];
        for state in 0..n {
            for &to in self.successors(state) {
                predecessors[next[to as usize]] = as_u32(state);
                next[to as usize] += 1;
            }
        }
        let mut open: Vec<usize> = (0..n).filter(|&state| self.ending[state]).collect();
        while let Some(state) = open.pop() {
            for &from in &predecessors[first[state]..first[state + 1]] {
                let from = from as usize;
                if !self.ending[from] {
                    self.ending[from] = true;
                    open.push(from);
                }
            }
        }
    }

    /// Whether journeys can come to a state.
    pub(crate) fn is_reachable(&self, state: usize) -> bool {
        self.reachable[state]
    }

    /// Positions of the states that can be reached and from which no journey can end.
    pub(crate) fn trapped(&self) -> Vec<usize> {
        (0..self.ending.len())
            .filter(|&t| self.reachable[t] && !self.ending[t])
            .collect()
    }

    /// The pattern for the chain.
    pub(crate) fn structure(&self) -> Structure {
        Structure::new(&self.first, &self.successors)
    }

    /// The numbers for the chain when a question follows only the visits that `keep` keeps: the probability of each
    /// successor, and of not going on at all. Nobody leaves a state that nobody reaches.
    pub(crate) fn thinned(
        &self,
        moments: &Moments,
        keep: impl Fn(&Moment<'_>) -> Kept,
    ) -> (Vec<f64>, Vec<f64>) {
        let mut p = vec![0.0; self.successors.len()];
        let mut exit = vec![0.0; self.ending.len()];
        self.thin(moments, keep, &mut p, &mut exit);
        (p, exit)
    }

    /// The numbers for the chain of the journeys that never go on from one touchpoint to another where `stops` says so.
    pub(crate) fn without_ways(
        &self,
        moments: &Moments,
        stops: impl Fn(usize, usize) -> bool,
    ) -> (Vec<f64>, Vec<f64>) {
        let (mut p, mut exit) = self.thinned(moments, |_| Kept::ALL);
        for (state, exit) in exit.iter_mut().enumerate() {
            let here = self.first[state]..self.first[state + 1];
            for (p, &to) in p[here].iter_mut().zip(self.successors(state)) {
                if stops(moments.touchpoint(state), moments.touchpoint(to as usize)) {
                    *exit += std::mem::take(p);
                }
            }
        }
        (p, exit)
    }

    /// As [`Network::thinned`], into lists that are there already.
    pub(crate) fn thin(
        &self,
        moments: &Moments,
        keep: impl Fn(&Moment<'_>) -> Kept,
        p: &mut [f64],
        exit: &mut [f64],
    ) {
        p.fill(0.0);
        let mut slots = self.slots.iter();
        for (state, exit) in exit.iter_mut().enumerate() {
            let reachable = self.reachable[state];
            *exit = if reachable { 0.0 } else { 1.0 };
            if let Some(moment) = moments.single(state) {
                if !reachable {
                    continue;
                }
                let kept = keep(&moment);
                *exit = kept.out + kept.on * moment.ends();
                let p = &mut p[self.first[state]..];
                for ((_, way), p) in moment.onward().zip(p) {
                    *p = kept.on * way;
                }
                continue;
            }
            for moment in moments.at(state) {
                let kept = keep(&moment);
                let on = if reachable {
                    moment.share * kept.on
                } else {
                    0.0
                };
                for ((_, way), &slot) in moment.onward().zip(slots.by_ref()) {
                    p[slot as usize] += on * way;
                }
                if reachable {
                    *exit += moment.share * kept.out + on * moment.ends();
                }
            }
        }
    }
}
