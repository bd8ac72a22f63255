//! What tells the states of a touchpoint apart.

use std::collections::BTreeSet;

use crate::flow::error::FlowError;
use crate::journey::{Journey, Memory, Remembered};

/// So many states may be told apart.
pub(super) const MOST_STATES: usize = 50_000;
/// So many facts are named where there are more.
const NAMED: usize = 3;

/// A group of customers that begins at a touchpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begun {
    /// The group, by its position.
    pub(crate) group: usize,
    /// The touchpoint, by its position.
    pub(crate) touchpoint: usize,
    /// The state in which they arrive there.
    pub(crate) state: u32,
    /// Of all in the group, the share that begins there.
    pub(crate) share: f64,
    /// The weights by which it does.
    pub(crate) weight: f64,
}

/// The states of a map whose customers remember.
#[derive(Debug)]
pub(crate) struct States {
    /// The touchpoint of each state.
    pub(super) of: Vec<u32>,
    /// Where the states of each touchpoint begin; one entry more than there are touchpoints.
    pub(super) first: Vec<u32>,
    /// What is remembered on arriving, by state.
    pub(super) arriving: Vec<Remembered>,
    /// What is remembered on leaving, by moment.
    pub(super) after: Vec<Remembered>,
    pub(super) memory: Memory,
    /// The facts that are kept until journeys end.
    pub(super) kept: Vec<usize>,
    /// The groups of customers, each with its share of the journeys.
    pub(super) groups: Vec<(Remembered, f64)>,
    /// How they begin.
    pub(super) begun: Vec<Begun>,
    /// Where customers find no way on that is open to them, although ways are drawn: the touchpoint and what they remember.
    pub(super) stuck: Vec<(u32, Remembered)>,
}

impl States {
    /// The position of the value that a fact has on leaving a moment.
    pub(crate) fn value_after(&self, moment: usize, fact: usize) -> usize {
        self.memory.value(fact, self.after[moment][fact])
    }

    /// What is remembered on arriving in a state.
    pub(crate) fn arriving(&self, state: usize) -> &[u16] {
        &self.arriving[state]
    }

    /// What is remembered on leaving a moment, as far as something asks about it.
    pub(crate) fn leaving(&self, moment: usize) -> &[u16] {
        &self.after[moment]
    }

    /// The groups of customers with their shares of the journeys, before the first touchpoint is known.
    pub(crate) fn groups(&self) -> &[(Remembered, f64)] {
        &self.groups
    }

    /// Where each group begins, and how much of it.
    pub(crate) fn begun(&self) -> &[Begun] {
        &self.begun
    }

    /// By fact, the position of the value that it has on leaving a moment.
    pub(crate) fn values_after(&self, moment: usize) -> Vec<usize> {
        let facts = 0..self.memory.len();
        facts.map(|fact| self.value_after(moment, fact)).collect()
    }

    /// The refusal of a map with so many states that it would take too long.
    pub(crate) fn too_many(&self, journey: &Journey) -> FlowError {
        too_many(journey, &self.of.iter().copied().zip(&self.arriving))
    }

    /// Whether these facts are kept until journeys end.
    pub(crate) fn keeps(&self, facts: &[usize]) -> bool {
        facts.iter().all(|fact| self.kept.contains(fact))
    }

    /// The facts.
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Where no way on is open although ways are drawn: the touchpoint, and what is remembered on leaving, for each moment.
    pub(crate) fn stuck(&self) -> &[(u32, Remembered)] {
        &self.stuck
    }
}

/// A group of customers in words.
pub(super) fn told(journey: &Journey, memory: &Memory, remembered: &Remembered) -> String {
    let facts = journey.remembers().iter().enumerate();
    let groups = facts.filter(|(_, fact)| fact.is_group());
    let told = groups.map(|(at, fact)| {
        let value = memory.value(at, remembered[at]);
        let value = memory.values(at).get(value);
        format!("{} is {}", fact.name, value.map_or("", String::as_str))
    });
    told.collect::<Vec<_>>().join(" and ")
}

/// The refusal of a map that remembers too much, with the facts that multiply the states most: were they not remembered, the states
/// found so far would be fewest.
pub(super) fn too_many<'a>(
    journey: &Journey,
    states: &(impl Iterator<Item = (u32, &'a Remembered)> + Clone),
) -> FlowError {
    let facts = journey.remembers().iter().enumerate();
    let mut costs: Vec<(usize, &str)> = facts
        .map(|(fact, of)| {
            let without = states.clone().map(|(touchpoint, remembered)| {
                let mut remembered = remembered.clone();
                remembered[fact] = 0;
                (touchpoint, remembered)
            });
            (without.collect::<BTreeSet<_>>().len(), of.name.as_str())
        })
        .collect();
    costs.sort_unstable();
    let costliest = costs.into_iter().take(NAMED);
    FlowError::TooManyStates {
        most: MOST_STATES,
        facts: costliest.map(|(_, name)| name.to_owned()).collect(),
    }
}
