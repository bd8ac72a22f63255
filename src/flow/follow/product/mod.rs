//! A journey and a pattern's automaton walked together: states are touchpoints on arrival with what has been matched so
//! far, found by search from the start.
//!
//! With `P` over these states, what completes a match leaves the chain, so that
//!
//! ```text
//! v = s (I - P)^-1              visits, v_x of state x
//! P(match)                      sum over x of v_x times what completes a match there
//! h = (I - P)^-1 completing     chance of a match on arriving at a state
//! E[moments until; match]       sum over x of v_x h_x
//! ```
//!
//! Nothing is subtracted: matches and journeys without one are separate sums.
//!
//! Two things keep the chain small. States of one touchpoint from which every moment leads to the same are one state. And
//! where the automaton does not move any more, whatever comes, only the ending decides: what lies ahead then the flow knows.

mod reading;
mod search;
mod settled;
mod solved;

use std::sync::Arc;

use crate::chain::{Factor, Structure};
use crate::flow::solved::Flow;
use crate::pattern::Budget;

pub(crate) use reading::Reading;
pub(crate) use search::Extent;
pub(crate) use settled::UntilMatch;
pub(crate) use solved::Solved;

/// The chain of states with what happens in them.
pub(crate) struct Product {
    states: Vec<(u32, u32)>,
    offsets: Vec<usize>,
    targets: Vec<u32>,
    p: Vec<f64>,
    exit: Vec<f64>,
    starts: Vec<f64>,
    crossings: Vec<Crossed>,
    endings: Vec<Ended>,
    /// For each way onward, the share of its state's visits that go it with a known wait, times that wait; empty where
    /// none is known.
    waits: Vec<Waited>,
    settled: Vec<Settled>,
    /// By the kind of what is settled and by outcome, whether the ending completes a match.
    wanted: Vec<Vec<bool>>,
}

/// A share of the visits to a state at a moment from which on only the ending decides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settled {
    state: u32,
    /// Position of the moment.
    moment: u32,
    share: f64,
    /// Position of what is wanted.
    kind: u32,
    /// The chance of a match.
    chance: f64,
}

/// A share of the visits to a state that completes a match at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crossed {
    pub(crate) state: u32,
    /// Position of the moment.
    pub(crate) moment: u32,
    pub(crate) share: f64,
}

/// A share of the visits to a state that ends the journey.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) state: u32,
    /// Position of the outcome.
    pub(crate) outcome: u32,
    pub(crate) share: f64,
    /// Whether the ending completes a match.
    pub(crate) matches: bool,
}

/// A share of the visits to a state that goes on to another one, and how long that takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waited {
    pub(crate) state: u32,
    pub(crate) to: u32,
    pub(crate) share: f64,
    pub(crate) wait: Option<f64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NoProduct {
    /// The automaton has more than so many states.
    Automaton(usize),
    /// Map and automaton together have more than so many states.
    States(usize),
    /// Nothing better than this bound on the relative error could be proven.
    NotProven(f64),
}

impl From<Budget> for NoProduct {
    fn from(budget: Budget) -> Self {
        Self::Automaton(budget.states)
    }
}

impl Product {
    fn empty() -> Self {
        Self {
            states: Vec::new(),
            offsets: vec![0],
            targets: Vec::new(),
            p: Vec::new(),
            exit: Vec::new(),
            starts: Vec::new(),
            crossings: Vec::new(),
            endings: Vec::new(),
            waits: Vec::new(),
            settled: Vec::new(),
            wanted: Vec::new(),
        }
    }

    /// Finds the visits to every state. It is eliminated in the order of the flow, which knows one already.
    ///
    /// # Errors
    /// [`NoProduct::NotProven`] where the chain is iterated and its figures are not proven to be exact enough.
    pub(crate) fn solve(self, flow: &Flow) -> Result<Solved, NoProduct> {
        let order = flow.factor.structure();
        let structure = Structure::of_copies(&self.offsets, &self.targets, order, |state| {
            self.state(state)
        });
        let factor = Factor::new(Arc::new(structure), &self.p, &self.exit);
        let mut visits = self.starts.clone();
        let error_bound = factor.solve_transposed(&mut visits);
        Solved::new(self, factor, visits, error_bound)
    }

    /// Which state of the flow a state is.
    pub(crate) fn state(&self, state: u32) -> u32 {
        self.states[state as usize].0
    }

    /// The states with the share of journeys that begin in each.
    pub(crate) fn starts(&self) -> &[f64] {
        &self.starts
    }

    /// The states that follow a state, with their probabilities.
    pub(crate) fn successors(&self, state: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.offsets[state as usize]..self.offsets[state as usize + 1];
        let targets = self.targets[row.clone()].iter().copied();
        targets.zip(self.p[row].iter().copied())
    }

    pub(crate) fn crossings(&self) -> &[Crossed] {
        &self.crossings
    }

    pub(crate) fn endings(&self) -> &[Ended] {
        &self.endings
    }

    pub(crate) fn waits(&self) -> &[Waited] {
        &self.waits
    }
}
