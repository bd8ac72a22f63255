//! Which touchpoints of two journeys are the same.

use std::collections::BTreeMap;

use super::spoken::{Spoken, matched};
use crate::flow::{Flow, Next, To};
use crate::journey::{Journey, Outcome, PromiseResult};

/// The touchpoints and endings of two journeys under common numbers: those of A first, in its order, and then those that only B
/// has.
#[derive(Debug, Clone)]
pub(super) struct Matching {
    /// The common number of each touchpoint of A, and of B, by position.
    pub(super) of_a: Vec<usize>,
    pub(super) of_b: Vec<usize>,
    /// The positions of each common number on both sides.
    pub(super) places: Vec<(Option<usize>, Option<usize>)>,
    /// The id under which it is told: that of A where A has it.
    pub(super) ids: Vec<String>,
}

impl Matching {
    /// As [`matched`] says.
    pub(super) fn new(a: &Journey, b: &Journey, same: &[(String, String)]) -> Self {
        let spoken = |journey: &Journey| -> Vec<Spoken> {
            journey.touchpoints().map(Spoken::of_touchpoint).collect()
        };
        let (spoken_a, spoken_b) = (spoken(a), spoken(b));
        let matched = matched(&spoken_a, &spoken_b, same);
        let mut matching = Self {
            of_a: (0..a.graph().node_count()).collect(),
            of_b: Vec::new(),
            places: (0..a.graph().node_count())
                .map(|place| (Some(place), None))
                .collect(),
            ids: a.touchpoints().map(|known| known.id.clone()).collect(),
        };
        for (place, touchpoint) in b.touchpoints().enumerate() {
            let number = matched.get(&place).copied().unwrap_or_else(|| {
                matching.places.push((None, None));
                let spoken = Spoken::of_touchpoint(touchpoint);
                matching.ids.push(spoken.told(&matching.ids));
                matching.places.len() - 1
            });
            if let Some(places) = matching.places.get_mut(number) {
                places.1 = Some(place);
            }
            matching.of_b.push(number);
        }
        matching
    }

    /// The same with the sides changed; numbers and ids stay.
    pub(super) fn turned(&self) -> Self {
        Self {
            of_a: self.of_b.clone(),
            of_b: self.of_a.clone(),
            places: self.places.iter().map(|&(a, b)| (b, a)).collect(),
            ids: self.ids.clone(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn id(&self, number: usize) -> &str {
        self.ids.get(number).map_or("", String::as_str)
    }

    /// The ids of B that have another one here.
    pub(super) fn renamed(&self, b: &Journey) -> BTreeMap<String, String> {
        let renamed = b
            .touchpoints()
            .zip(&self.of_b)
            .filter_map(|(known, &number)| {
                let id = self.id(number);
                (known.id != id).then(|| (known.id.clone(), id.to_owned()))
            });
        renamed.collect()
    }
}

/// Where a way leads, under common numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Touchpoint(usize),
    End(Outcome),
}

/// A step onward: what is found of the promise, where that is told apart, and where it leads.
pub(super) type Step = (Option<PromiseResult>, Target);

/// A step onward of a flow, with the state in which the next touchpoint is met.
pub(super) struct Onwards {
    pub(super) step: Step,
    pub(super) state: Option<usize>,
    pub(super) p: f64,
}

/// The chances of a flow, under common numbers.
pub(super) struct Law<'a> {
    pub(super) flow: &'a Flow,
    number_of: &'a [usize],
}

impl<'a> Law<'a> {
    pub(super) fn new(flow: &'a Flow, number_of: &'a [usize]) -> Self {
        Self { flow, number_of }
    }

    /// The common number of the touchpoint at a position.
    pub(super) fn number(&self, place: usize) -> usize {
        self.number_of.get(place).copied().unwrap_or(usize::MAX)
    }

    /// How journeys begin.
    pub(super) fn starts(&self) -> BTreeMap<usize, f64> {
        let mut starts = BTreeMap::new();
        for (state, &share) in self.flow.starts().iter().enumerate() {
            if share > 0.0 {
                let place = self.flow.moments().touchpoint(state);
                *starts.entry(self.number(place)).or_insert(0.0) += share;
            }
        }
        starts
    }

    /// The ways onward from the touchpoint at a position, without what is found of its promise.
    pub(super) fn ways(&self, place: usize) -> BTreeMap<Target, f64> {
        let ways = self.flow.onward_from(place).into_iter();
        let target = |to: Next| match to {
            Next::Touchpoint(to) => Target::Touchpoint(self.number(to as usize)),
            Next::End(outcome) => self.ending(outcome),
        };
        ways.map(|(to, p)| (target(to), p)).collect()
    }

    /// The states in which journeys begin: where customers remember, a touchpoint is several states.
    pub(super) fn first_states(&self) -> impl Iterator<Item = (usize, f64)> {
        let starts = self.flow.starts().iter().copied().enumerate();
        starts.filter(|&(_, share)| share > 0.0)
    }

    /// The common number of a state's touchpoint.
    pub(super) fn number_of(&self, state: usize) -> usize {
        self.number(self.flow.moments().touchpoint(state))
    }

    /// The only state of the touchpoint with a common number; `None` where there are several, or none.
    pub(super) fn only_state(&self, place: Option<usize>) -> Option<usize> {
        let mut states = self.flow.moments().states_of(place?);
        states.next().filter(|_| states.next().is_none())
    }

    /// The steps onward from a state.
    pub(super) fn onward(&self, state: usize) -> impl Iterator<Item = Onwards> + '_ {
        self.flow.moments().at(state).flat_map(move |moment| {
            let steps = moment.ways.iter().map(move |way| Onwards {
                step: (moment.result, self.target(way.to())),
                state: match way.to() {
                    To::State(to) => Some(to as usize),
                    To::End(_) => None,
                },
                p: moment.share * way.p,
            });
            steps.filter(|onward| onward.p > 0.0)
        })
    }

    fn target(&self, to: To) -> Target {
        match to {
            To::State(to) => Target::Touchpoint(self.number_of(to as usize)),
            To::End(outcome) => self.ending(outcome),
        }
    }

    fn ending(&self, outcome: u32) -> Target {
        let outcome = self.flow.moments().outcomes().get(outcome as usize);
        Target::End(outcome.cloned().unwrap_or(Outcome::Unstated))
    }
}
