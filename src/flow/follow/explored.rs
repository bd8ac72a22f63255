//! A chain that a question makes out of one flow or two: states found by search from the start, with the chances of the ways
//! between them, solved for the visits to each. What leaves the chain is stated, and never what the ways leave of one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::product::NoProduct;
use super::stopped::is_proven;
use crate::chain::{Factor, Structure};
use crate::flow::moments::as_u32;

/// So many states are looked at.
const MOST: usize = 2_000_000;

/// What happens in a state.
#[derive(Debug, Clone)]
pub(crate) struct Onward<S> {
    /// Where it goes on, each state once or several times.
    pub(crate) ways: Vec<(S, f64)>,
    /// What leaves the chain for good.
    pub(crate) out: f64,
}

/// The states that journeys come to, with the expected visits to each.
#[derive(Debug, Clone)]
pub(crate) struct Explored<S> {
    pub(crate) states: Vec<S>,
    pub(crate) visits: Vec<f64>,
}

impl<S> Explored<S> {
    /// Each state with its visits.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&S, f64)> {
        self.states.iter().zip(self.visits.iter().copied())
    }
}

/// Finds all states from those where journeys begin, and solves the chain of them. Ways of chance 0 are none.
///
/// # Errors
/// [`NoProduct`] beyond two million states, or where visits are not proven to be as exact as an answer must be.
pub(crate) fn explore<S: Ord + Clone>(
    starts: impl IntoIterator<Item = (S, f64)>,
    mut step: impl FnMut(&S) -> Onward<S>,
) -> Result<Explored<S>, NoProduct> {
    let mut states: Vec<S> = Vec::new();
    let mut numbers = BTreeMap::<S, u32>::new();
    let mut number = |state: S, states: &mut Vec<S>| {
        *numbers.entry(state).or_insert_with_key(|state| {
            states.push(state.clone());
            as_u32(states.len() - 1)
        })
    };
    let mut begin = Vec::new();
    for (state, share) in starts {
        if share > 0.0 {
            let at = number(state, &mut states) as usize;
            begin.resize(states.len(), 0.0);
            begin[at] += share;
        }
    }
    let (mut offsets, mut targets, mut p, mut exit) = (vec![0], Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    while let Some(state) = states.get(next).cloned() {
        let onward = step(&state);
        let mut row = BTreeMap::<u32, f64>::new();
        for (to, chance) in onward.ways {
            if chance > 0.0 {
                *row.entry(number(to, &mut states)).or_default() += chance;
            }
        }
        if states.len() > MOST {
            return Err(NoProduct::States(MOST));
        }
        targets.extend(row.keys().copied());
        p.extend(row.values().copied());
        offsets.push(targets.len());
        exit.push(onward.out);
        next += 1;
    }
    begin.resize(states.len(), 0.0);
    let mut visits = begin;
    let structure = Structure::new(&offsets, &targets);
    let factor = Factor::new(Arc::new(structure), &p, &exit);
    let error_bound = factor.solve_transposed(&mut visits);
    if !is_proven(error_bound) {
        return Err(NoProduct::NotProven(error_bound));
    }
    Ok(Explored { states, visits })
}
