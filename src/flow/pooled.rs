//! Figures of a touchpoint from those of its states, which are what customers remember on arriving there. Where nothing is
//! remembered, a touchpoint is one state and has its figures.
//!
//! Visits add up, and what is felt or found at a visit is pooled by them. What journeys do that come to a touchpoint at all is told by
//! the states in which they come there first:
//!
//! ```text
//! f_s = chance that s is the first state of its touchpoint that a journey meets     one elimination with these states closed
//! reach = sum of f_s             chance of an outcome after = sum of f_s h_s / reach
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use super::measures::conditions::mean_of;
use super::measures::feelings::Arriving;
use super::measures::outlook::Arrivals;
use super::measures::valences::{Felt, Valences};
use crate::flow::follow::is_proven;
use crate::flow::moments::{Kept, Moment, To, as_u32};
use crate::flow::solved::Flow;
use crate::journey::Touchpoint;

/// Where a way leads from a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// To a touchpoint, by its position on the map.
    Touchpoint(u32),
    /// Out of the journey, by the position of the outcome.
    End(u32),
}

impl Flow {
    /// The touchpoint of a state.
    pub(crate) fn touchpoint_of(&self, state: usize) -> &Touchpoint {
        &self.journey.graph().raw_nodes()[self.moments.touchpoint(state)].weight
    }

    /// The states of some touchpoints that journeys come to, in the order of the map.
    pub(crate) fn states_at(&self, touchpoints: &[u32]) -> Vec<u32> {
        let states = touchpoints
            .iter()
            .flat_map(|&at| self.moments.states_of(at as usize));
        states
            .filter(|&state| self.is_reached(state))
            .map(as_u32)
            .collect()
    }

    /// How many touchpoints the map has.
    pub(crate) fn touchpoint_count(&self) -> usize {
        self.journey.graph().node_count()
    }

    /// Whether journeys come to a state.
    pub(crate) fn is_reached(&self, state: usize) -> bool {
        self.network.is_reachable(state)
    }

    /// Whether journeys come to a touchpoint.
    pub(crate) fn is_visited(&self, touchpoint: usize) -> bool {
        self.moments
            .states_of(touchpoint)
            .any(|state| self.is_reached(state))
    }

    /// Expected visits of a journey to a state.
    pub(crate) fn visits_to(&self, state: usize) -> f64 {
        self.visits[state]
    }

    /// Expected visits of a journey to a touchpoint.
    pub(crate) fn visits_at(&self, touchpoint: usize) -> f64 {
        self.pooled(touchpoint, |state| self.visits[state])
    }

    /// Sums a figure over the states of a touchpoint.
    pub(crate) fn pooled(&self, touchpoint: usize, figure: impl Fn(usize) -> f64) -> f64 {
        let mut states = self.moments.states_of(touchpoint);
        let first = states.next().map_or(0.0, &figure);
        states.fold(first, |sum, state| sum + figure(state))
    }

    /// The states of a touchpoint, each with its part of the visits there; parts alike where nobody comes.
    pub(crate) fn parts_of(&self, touchpoint: usize) -> impl Iterator<Item = (usize, f64)> + use<> {
        let states: Range<usize> = self.moments.states_of(touchpoint);
        let number = states.len();
        let visits = self.visits_at(touchpoint);
        let all = self.visits.clone();
        states.map(move |state| {
            let part = if number == 1 {
                1.0
            } else if visits > 0.0 {
                all[state] / visits
            } else {
                1.0 / number as f64
            };
            (state, part)
        })
    }

    /// The moments of a touchpoint in all its states, with shares of the visits to the touchpoint.
    pub(crate) fn moments_at(&self, touchpoint: usize) -> impl Iterator<Item = Moment<'_>> + '_ {
        self.parts_of(touchpoint).flat_map(|(state, part)| {
            self.moments.at(state).map(move |moment| Moment {
                share: part * moment.share,
                ..moment
            })
        })
    }

    /// What is met on arriving at a touchpoint, before its promise is tested.
    pub(crate) fn arriving(&self, touchpoint: usize) -> Arriving {
        let states = self.moments.states_of(touchpoint);
        if states.len() == 1 {
            return *self.feelings().arriving(states.start);
        }
        let mut pooled = Arriving::default();
        for (state, part) in self.parts_of(touchpoint) {
            let here = self.feelings().arriving(state);
            pooled.felt.join(part, &here.felt);
            pooled.broken += part * here.broken;
        }
        pooled
    }

    /// What is felt at a touchpoint, weighted by the share of visits.
    pub(crate) fn valences_at(&self, touchpoint: usize) -> Valences {
        let levels = self.moments.levels();
        Valences::of(self.moments_at(touchpoint).flat_map(|moment| {
            let shades = moment.shades.iter();
            shades.map(move |&(level, share)| (levels[level as usize], moment.share * share))
        }))
    }

    /// Share of visits to a touchpoint that find the promise broken.
    pub(crate) fn broken_share(&self, touchpoint: usize) -> f64 {
        let parts = self.parts_of(touchpoint);
        parts.fold(0.0, |sum, (state, part)| {
            sum + part * self.moments.broken(state)
        })
    }

    /// Where journeys go on from a touchpoint, with the share of visits that go each way, those to the same place merged, in
    /// the order of the map.
    pub(crate) fn onward_from(&self, touchpoint: usize) -> Vec<(Next, f64)> {
        let mut onward = BTreeMap::new();
        for (state, part) in self.parts_of(touchpoint) {
            for way in self.likely_ways(state) {
                let next = match way.to {
                    To::State(to) => Next::Touchpoint(as_u32(self.moments.touchpoint(to as usize))),
                    To::End(outcome) => Next::End(outcome),
                };
                *onward.entry(next).or_insert(0.0) += part * way.p;
            }
        }
        onward
            .into_iter()
            .filter(|&(_, share)| share > 0.0)
            .collect()
    }

    /// In which states journeys come to a touchpoint first, each with the share of journeys; and the proven bound on their error.
    fn arrivals(&self, touchpoint: usize) -> (impl Iterator<Item = (usize, f64)> + '_, f64) {
        let arrivals = self.answered.arrivals.get_or_init(|| self.solve_arrivals());
        let states = self.moments.states_of(touchpoint);
        let first = states.map(|state| (state, arrivals.first[state]));
        (first, arrivals.error_bound[touchpoint])
    }

    /// One elimination for each touchpoint of several states.
    fn solve_arrivals(&self) -> Arrivals {
        let mut arrivals = Arrivals {
            first: vec![0.0; self.visits.len()],
            error_bound: vec![0.0; self.touchpoint_count()],
        };
        for touchpoint in 0..self.touchpoint_count() {
            let states = self.states_at(&[as_u32(touchpoint)]);
            let first = self.first_met(&states);
            arrivals.error_bound[touchpoint] = first.error_bound;
            for (state, share) in states.into_iter().zip(first.values) {
                arrivals.first[state as usize] = share;
            }
        }
        arrivals
    }

    /// The only state of a touchpoint, if it is one.
    fn single_state(&self, touchpoint: usize) -> Option<usize> {
        let states = self.moments.states_of(touchpoint);
        (states.len() == 1).then_some(states.start)
    }

    /// The mean of a figure on coming to a touchpoint first; 0 where nobody comes.
    fn on_first_arrival(&self, touchpoint: usize, figure: impl Fn(usize) -> f64) -> f64 {
        if let Some(state) = self.single_state(touchpoint) {
            return figure(state);
        }
        let (mut sum, mut all) = (0.0, 0.0);
        for (state, share) in self.arrivals(touchpoint).0 {
            sum += share * figure(state);
            all += share;
        }
        mean_of(sum, all).unwrap_or(0.0)
    }

    /// The chance of an outcome, by its position, for journeys that come to a touchpoint, on arriving there first.
    pub(crate) fn chance_ahead(&self, touchpoint: usize, outcome: usize) -> f64 {
        let chance = |state| self.outlook.chance(state, outcome);
        self.on_first_arrival(touchpoint, chance).min(1.0)
    }

    /// The same for each outcome by position in their order; on a map of more than 32 only those that can follow.
    pub(crate) fn chances_ahead(&self, touchpoint: usize) -> Vec<(usize, f64)> {
        let with_chance = |outcome| (outcome, self.chance_ahead(touchpoint, outcome));
        if !self.outlook.is_thin() {
            return (0..self.moments.outcomes().len())
                .map(with_chance)
                .collect();
        }
        let mut outcomes = Vec::new();
        for state in self.moments.states_of(touchpoint) {
            self.outlook
                .each_chance(state, |outcome, _| outcomes.push(outcome));
        }
        outcomes.sort_unstable();
        outcomes.dedup();
        outcomes.into_iter().map(with_chance).collect()
    }

    /// Expected moments and known waits still to come on arriving at a touchpoint first.
    pub(crate) fn left_from(&self, touchpoint: usize) -> (f64, f64) {
        let moments = self.on_first_arrival(touchpoint, |state| self.outlook.left(state).0);
        let waits = self.on_first_arrival(touchpoint, |state| self.outlook.left(state).1);
        (moments, waits)
    }

    /// Expected visits of a journey that comes to a touchpoint at all; `None` where nobody does, and where the
    /// chain's solver does not know it for all touchpoints at once.
    pub(crate) fn repeats_at(&self, touchpoint: usize) -> Option<f64> {
        let visits = self.visits_at(touchpoint);
        let repeats = match self.single_state(touchpoint) {
            Some(state) => self.inverse.diagonal(state),
            None => mean_of(visits, self.reach_at(touchpoint)?),
        };
        repeats.filter(|_| visits > 0.0)
    }

    /// The share of journeys that come to a touchpoint; `None` where the chain's solver does not know it for all
    /// touchpoints at once.
    pub(crate) fn reach_at(&self, touchpoint: usize) -> Option<f64> {
        if !self.is_visited(touchpoint) {
            return Some(0.0);
        }
        if let Some(state) = self.single_state(touchpoint) {
            let repeats = self.inverse.diagonal(state);
            return repeats.map(|repeats| (self.visits[state] / repeats).min(1.0));
        }
        let (first, error_bound) = self.arrivals(touchpoint);
        let reach = first.fold(0.0, |sum, (_, share)| sum + share);
        is_proven(error_bound).then_some(reach.min(1.0))
    }

    /// Where journeys first meet a kind of moment at a touchpoint, with the share of journeys: `divide` says which part of a moment
    /// is of the kind, and which is not. `None` where it is not proven.
    pub(crate) fn first_of_kind(
        &self,
        touchpoint: usize,
        divide: impl Fn(&Moment<'_>) -> [f64; 2],
    ) -> Option<Vec<(Moment<'_>, f64)>> {
        let states = self.moments.states_of(touchpoint);
        if states.is_empty() {
            return Some(Vec::new());
        }
        let here = self.moments.range(states.start).start..self.moments.range(states.end - 1).end;
        let stopped = self.stopped(|moment| {
            if !here.contains(&moment.position) {
                return Kept::ALL;
            }
            let [out, on] = divide(moment);
            Kept { on, out }
        });
        let visits = stopped.visits_from_start();
        let met =
            states.flat_map(|state| self.moments.at(state).map(move |moment| (state, moment)));
        let met = met.map(|(state, moment)| {
            let share = visits.values[state] * moment.share * divide(&moment)[0];
            (moment, share)
        });
        let met = met.filter(|&(_, share)| share > 0.0).collect();
        is_proven(visits.error_bound).then_some(met)
    }

    /// The mean of what is felt at some moments, weighted by their shares; `None` where nothing is known.
    pub(crate) fn mean_felt<'a>(&self, moments: impl Iterator<Item = Moment<'a>>) -> Option<f64> {
        let mut all = Felt::default();
        for moment in moments {
            if let Some(felt) = self.feelings().felt(moment.position) {
                all.join(moment.share, felt);
            }
        }
        all.mean()
    }

    /// The chance that a journey is exactly at these touchpoints, by position, and then ends; `None` of none.
    pub(crate) fn chance_of_path(&self, touchpoints: &[usize]) -> Option<f64> {
        let (&first, others) = touchpoints.split_first()?;
        let states = self.moments.states_of(first);
        let mut here: Vec<(usize, f64)> = states.map(|state| (state, self.starts[state])).collect();
        for &next in others {
            let there = self.moments.states_of(next);
            let mut shares = vec![0.0; there.len()];
            for (state, share) in here {
                for moment in self.moments.at(state) {
                    for (to, p) in moment
                        .onward()
                        .filter(|&(to, _)| there.contains(&(to as usize)))
                    {
                        shares[to as usize - there.start] += share * moment.share * p;
                    }
                }
            }
            here = there.zip(shares).collect();
        }
        let ends = here.into_iter().map(|(state, share)| {
            let ending = self
                .moments
                .at(state)
                .map(|moment| moment.share * moment.ends());
            share * ending.sum::<f64>()
        });
        Some(ends.sum())
    }

    /// Whether a promise is tested at a touchpoint.
    pub(crate) fn tests_at(&self, touchpoint: usize) -> bool {
        self.moments_at(touchpoint)
            .any(|moment| moment.result.is_some())
    }
}
