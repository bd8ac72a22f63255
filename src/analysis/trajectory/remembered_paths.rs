//! The most likely paths where customers remember: a path over touchpoints is gone in many states at once.
//!
//! A partial path holds the share of journeys in each state of its last touchpoint. What it can still become is at most the sum of
//! these shares times the best that can follow each state, which a few steps of the recursion
//! `b_s = max(an ending, max over touchpoints t of sum over states r of t of P_sr b_r)` bound from above.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use ordered_float::OrderedFloat;

use super::paths::LikelyPath;
use crate::flow::{Felt, Flow, To};

/// So many steps bring the bound down.
const STEPS: usize = 100;
/// So many partial paths are looked at.
const MOST_PARTIALS: usize = 200_000;

struct Partial {
    previous: Option<usize>,
    touchpoint: usize,
    /// Shares of journeys by state.
    here: Vec<(usize, f64)>,
}

/// What to look at next: what it can become at most, the partial path, and the outcome if it ends here.
type Next = (OrderedFloat<f64>, Reverse<usize>, Option<usize>);

impl Flow {
    /// The most likely paths over touchpoints, as [`Flow::likely_paths`] lists them.
    pub(super) fn likely_paths_in_states(&self, most: usize) -> Vec<LikelyPath> {
        let best = self.best_ahead();
        let mut partials: Vec<Partial> = Vec::new();
        let mut open: BinaryHeap<Next> = BinaryHeap::new();
        let begin = |open: &mut BinaryHeap<Next>, partials: &mut Vec<Partial>, partial: Partial| {
            let shares = partial.here.iter();
            let promise: f64 = shares.map(|&(state, share)| share * best[state]).sum();
            if promise > 0.0 {
                open.push((OrderedFloat(promise), Reverse(partials.len()), None));
                partials.push(partial);
            }
        };
        for (touchpoint, here) in self.by_touchpoint(self.starts().iter().copied().enumerate()) {
            let previous = None;
            begin(
                &mut open,
                &mut partials,
                Partial {
                    previous,
                    touchpoint,
                    here,
                },
            );
        }
        let mut found = Vec::new();
        while let Some((OrderedFloat(promise), Reverse(id), ended)) = open.pop() {
            if let Some(outcome) = ended {
                found.push((id, outcome, promise));
                if found.len() >= most {
                    break;
                }
                continue;
            }
            if partials.len() >= MOST_PARTIALS {
                break;
            }
            let (mut onward, mut ends) = (Vec::new(), BTreeMap::<usize, f64>::new());
            for &(state, share) in &partials[id].here {
                for way in self.likely_ways(state) {
                    match way.to {
                        To::State(to) => onward.push((to as usize, share * way.p)),
                        To::End(outcome) => {
                            *ends.entry(outcome as usize).or_default() += share * way.p;
                        }
                    }
                }
            }
            for (outcome, share) in ends {
                open.push((OrderedFloat(share), Reverse(id), Some(outcome)));
            }
            for (touchpoint, here) in self.by_touchpoint(onward.into_iter()) {
                let previous = Some(id);
                begin(
                    &mut open,
                    &mut partials,
                    Partial {
                        previous,
                        touchpoint,
                        here,
                    },
                );
            }
        }
        let path = |&(last, outcome, probability): &(usize, usize, f64)| {
            let mut touchpoints = Vec::new();
            let mut at = Some(last);
            while let Some(partial) = at.and_then(|id| partials.get(id)) {
                touchpoints.push(partial.touchpoint);
                at = partial.previous;
            }
            touchpoints.reverse();
            let valences = self.felt_on(&touchpoints, outcome);
            self.path_told(&touchpoints, outcome, probability, valences)
        };
        let mut paths: Vec<LikelyPath> = found.iter().map(path).collect();
        paths.sort_by_key(|path| Reverse(OrderedFloat(path.probability)));
        paths
    }

    /// Shares of states, those of a touchpoint together.
    fn by_touchpoint(
        &self,
        shares: impl Iterator<Item = (usize, f64)>,
    ) -> BTreeMap<usize, Vec<(usize, f64)>> {
        let mut sums = BTreeMap::<usize, f64>::new();
        for (state, share) in shares.filter(|&(_, share)| share > 0.0) {
            *sums.entry(state).or_default() += share;
        }
        let mut by = BTreeMap::<usize, Vec<(usize, f64)>>::new();
        for (state, share) in sums {
            by.entry(self.moments().touchpoint(state))
                .or_default()
                .push((state, share));
        }
        by
    }

    /// By state, more than any single path over touchpoints can make of a journey from there on, or as much.
    fn best_ahead(&self) -> Vec<f64> {
        let count = self.moments().states();
        let ways: Vec<_> = (0..count).map(|state| self.likely_ways(state)).collect();
        let mut best = vec![1.0; count];
        for _ in 0..STEPS {
            let better = ways.iter().map(|ways| {
                let mut ends = 0.0_f64;
                let mut onward = BTreeMap::<usize, f64>::new();
                for way in ways {
                    match way.to {
                        To::End(_) => ends = ends.max(way.p),
                        To::State(to) => {
                            let touchpoint = self.moments().touchpoint(to as usize);
                            *onward.entry(touchpoint).or_default() += way.p * best[to as usize];
                        }
                    }
                }
                onward.into_values().fold(ends, f64::max).min(1.0)
            });
            best = better.collect();
        }
        best
    }

    /// The mean valence at each touchpoint of a path, of the journeys that go all of it to an outcome.
    fn felt_on(&self, path: &[usize], outcome: usize) -> Vec<Option<f64>> {
        let moments = self.moments();
        // Backwards: by state of each step, the chance of going the rest of the path.
        let mut ahead: Vec<Vec<f64>> = vec![Vec::new(); path.len()];
        let onward = |moment: &crate::flow::Moment<'_>, step: usize, ahead: &[Vec<f64>]| {
            let next = path.get(step + 1).map(|&next| moments.states_of(next));
            let rest = |to: usize| match &next {
                Some(there) if there.contains(&to) => ahead[step + 1][to - there.start],
                _ => 0.0,
            };
            let end = |end: usize| f64::from(u8::from(next.is_none() && end == outcome));
            moment.expected(rest, end)
        };
        for (step, &touchpoint) in path.iter().enumerate().rev() {
            let states = moments.states_of(touchpoint);
            let chances = states.map(|state| {
                let parts = moments.at(state);
                let parts = parts.map(|moment| moment.share * onward(&moment, step, &ahead));
                parts.sum()
            });
            ahead[step] = chances.collect();
        }
        let mut here: BTreeMap<usize, f64> = path.first().map_or_else(BTreeMap::new, |&first| {
            let states = moments.states_of(first);
            states.map(|state| (state, self.starts()[state])).collect()
        });
        let mut valences = Vec::with_capacity(path.len());
        for step in 0..path.len() {
            let mut felt = Felt::default();
            let mut next = BTreeMap::new();
            for (&state, &share) in &here {
                for moment in moments.at(state) {
                    let going = share * moment.share;
                    if let Some(here) = self.feelings().felt(moment.position) {
                        felt.join(going * onward(&moment, step, &ahead), here);
                    }
                    for (to, p) in moment.onward() {
                        let to = to as usize;
                        if path
                            .get(step + 1)
                            .is_some_and(|&at| moments.states_of(at).contains(&to))
                        {
                            *next.entry(to).or_insert(0.0) += going * p;
                        }
                    }
                }
            }
            valences.push(felt.mean());
            here = next;
        }
        valences
    }
}
