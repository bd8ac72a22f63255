//! How journeys end that came as far as a touchpoint and did not meet it.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::journeys::Walk;
use super::plan::MOST_PAIRS;
use super::ratios::Ratios;
use crate::journey::{CountedFigure, CountedName, Outcome};

/// In the first pass, from where journeys first come to each touchpoint.
#[derive(Default)]
pub(super) struct Before {
    /// By touchpoint and the one before it.
    first_steps: BTreeMap<(u32, u32), u64>,
}

impl Before {
    /// Adds a journey.
    pub(super) fn add(&mut self, walk: &Walk) {
        let mut met = BTreeSet::new();
        for pair in walk.steps.windows(2) {
            let [before, after] = pair else { continue };
            met.insert(before.node);
            if met.insert(after.node) {
                *self
                    .first_steps
                    .entry((after.node, before.node))
                    .or_default() += 1;
            }
        }
    }

    /// By touchpoint: the one from which most journeys first come to it, of several the first on the map.
    fn most(&self) -> BTreeMap<u32, u32> {
        let mut most: BTreeMap<u32, (u32, u64)> = BTreeMap::new();
        for (&(node, before), &count) in &self.first_steps {
            let known = most.entry(node).or_insert((before, count));
            if count > known.1 {
                *known = (before, count);
            }
        }
        let most = most.into_iter();
        most.map(|(node, (before, _))| (node, before)).collect()
    }
}

/// In the second pass, the journeys that came as far and went on without it.
pub(super) struct AsFar {
    /// By the touchpoint before: the touchpoints that are next from there, each with the number of its first figure.
    next: BTreeMap<u32, Vec<(u32, usize)>>,
    outcomes: usize,
    ratios: Ratios,
}

impl AsFar {
    pub(super) fn new(before: &Before, ground: &Ground<'_>) -> Self {
        let outcomes: Vec<&str> = ground.outcomes.iter().map(Outcome::as_str).collect();
        let few = ground.ids.len() * outcomes.len() <= MOST_PAIRS;
        let mut ratios = Ratios::new();
        let mut next: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        let id = |node: u32| ground.ids.get(node as usize).copied().unwrap_or_default();
        for (node, before) in before.most().into_iter().filter(|_| few) {
            let numbers = outcomes.iter().map(|outcome| {
                let of = [id(node), id(before), outcome];
                ratios.add(CountedName::OutcomeAsFar, &of, true)
            });
            let numbers: Vec<usize> = numbers.collect();
            if let Some(&first) = numbers.first() {
                next.entry(before).or_default().push((node, first));
            }
        }
        Self {
            next,
            outcomes: outcomes.len(),
            ratios,
        }
    }

    /// Adds a journey.
    pub(super) fn add(&mut self, walk: &Walk) {
        let visited: BTreeSet<u32> = walk.steps.iter().map(|step| step.node).collect();
        for before in &visited {
            for &(node, first) in self.next.get(before).into_iter().flatten() {
                if visited.contains(&node) {
                    continue;
                }
                for outcome in 0..self.outcomes {
                    let ended = walk.outcome.is_some_and(|at| at as usize == outcome);
                    self.ratios
                        .give(first + outcome, f64::from(u8::from(ended)), 1.0);
                }
            }
        }
        self.ratios.end();
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        self.ratios.close();
    }

    pub(super) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        self.ratios.figures(by_customer)
    }
}
