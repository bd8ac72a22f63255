//! Facts as automata: what each moment of a journey does to what a customer remembers.

use std::collections::BTreeMap;

use super::{Fact, FactKind, FeltLevel, Given, OTHER, StartOf};
use crate::journey::numbers::Shares;
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;
use crate::statistics::{coarse_mean, with_one_more};

/// What a customer remembers: for each fact the state of its automaton.
pub(crate) type Remembered = Vec<u16>;

/// The facts of a map, ready to be walked.
#[derive(Debug)]
pub(crate) struct Memory {
    keepers: Vec<Keeper>,
    /// The values of each fact.
    values: Vec<Vec<String>>,
    names: BTreeMap<String, usize>,
}

/// A [`Given`] by positions: of each fact, which of its values are allowed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolved(Vec<(usize, Vec<bool>)>);

#[derive(Debug)]
enum Keeper {
    /// Where the promise is tested, by touchpoint.
    First(Vec<bool>),
    /// The value of a journey that begins there, by touchpoint.
    Start(Vec<u16>),
    /// Shares of the values.
    Shares(Vec<f64>),
    Visited(usize),
    Times(usize),
    Felt(Option<usize>, FeltLevel),
    Lowest(Vec<f64>),
    Highest(Vec<f64>),
    Broken,
    Moments(Vec<u32>),
    Mood,
}

/// The state of a promise whose first result nobody knows yet.
const UNKNOWN: u16 = 1 + PromiseResult::Unknown as u16;

/// Moods at or beyond this are low or high.
const MOOD: f64 = 0.25;

impl Memory {
    /// Of facts that were checked against these touchpoints.
    pub(crate) fn new<'a>(
        facts: &[Fact],
        touchpoints: &(impl Iterator<Item = &'a Touchpoint> + Clone),
    ) -> Self {
        let names = facts.iter().enumerate();
        let values: Vec<Vec<String>> = facts
            .iter()
            .map(|fact| fact.values(touchpoints.clone()))
            .collect();
        let keepers = facts.iter().zip(&values);
        Self {
            keepers: keepers
                .map(|(fact, values)| Keeper::new(&fact.kind, values, touchpoints.clone()))
                .collect(),
            names: names.map(|(at, fact)| (fact.name.clone(), at)).collect(),
            values,
        }
    }

    /// How many facts there are.
    pub(crate) fn len(&self) -> usize {
        self.keepers.len()
    }

    /// The values of a fact, by its position.
    pub(crate) fn values(&self, fact: usize) -> &[String] {
        self.values.get(fact).map_or(&[], Vec::as_slice)
    }

    /// The position of a fact.
    pub(crate) fn position(&self, fact: &str) -> Option<usize> {
        self.names.get(fact).copied()
    }

    /// A condition by positions. Facts and values that the map does not have never hold.
    pub(crate) fn resolve(&self, given: &Given) -> Resolved {
        let conditions = given.facts().map(|(fact, wanted)| {
            let Some(fact) = self.position(fact) else {
                return (usize::MAX, Vec::new());
            };
            let values = self.values(fact).iter();
            let allowed = values.map(|value| wanted.clone().any(|wanted| wanted == value));
            (fact, allowed.collect())
        });
        Resolved(conditions.collect())
    }

    /// Every combination of the groups of customers, with its share of the journeys, before the first touchpoint is known.
    pub(crate) fn groups(&self) -> Vec<(Remembered, f64)> {
        let mut groups = vec![(vec![0; self.keepers.len()], 1.0)];
        for (fact, keeper) in self.keepers.iter().enumerate() {
            if let Keeper::Shares(shares) = keeper {
                let each = |(remembered, share): (Remembered, f64)| {
                    let values = (0_u16..).zip(shares).filter(|&(_, &of)| of > 0.0);
                    let split = values.map(move |(value, of)| {
                        let mut remembered = remembered.clone();
                        if let Some(state) = remembered.get_mut(fact) {
                            *state = value;
                        }
                        (remembered, share * of)
                    });
                    split.collect::<Vec<_>>()
                };
                groups = groups.into_iter().flat_map(each).collect();
            }
        }
        groups
    }

    /// Remembers where a journey begins.
    pub(crate) fn begin(&self, remembered: &mut [u16], touchpoint: usize) {
        for (keeper, state) in self.keepers.iter().zip(remembered) {
            if let Keeper::Start(value_of) = keeper {
                *state = value_of.get(touchpoint).copied().unwrap_or(0);
            }
        }
    }

    /// Remembers a moment, by the position of its touchpoint; the valence is `None` where nobody knows it.
    pub(crate) fn update(
        &self,
        remembered: &mut [u16],
        touchpoint: usize,
        result: Option<PromiseResult>,
        valence: Option<f64>,
    ) {
        for (keeper, state) in self.keepers.iter().zip(remembered) {
            keeper.update(state, touchpoint, result, valence);
        }
    }

    /// The position of the value that a fact has.
    pub(crate) fn value(&self, fact: usize, state: u16) -> usize {
        let keeper = self.keepers.get(fact);
        keeper.map_or(0, |keeper| keeper.value(state))
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&self, given: &Resolved, remembered: &[u16]) -> bool {
        given.0.iter().all(|(fact, allowed)| {
            let state = remembered.get(*fact);
            let value = state.map(|&state| self.value(*fact, state));
            value.and_then(|value| allowed.get(value)).copied() == Some(true)
        })
    }
}

impl Resolved {
    /// The facts that it asks about, by position.
    pub(crate) fn asks(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|&(fact, _)| fact)
    }
}

impl Keeper {
    fn new<'a>(
        kind: &FactKind,
        values: &[String],
        touchpoints: impl Iterator<Item = &'a Touchpoint> + Clone,
    ) -> Self {
        let at = |id: &str| {
            let mut ids = touchpoints.clone().map(|touchpoint| touchpoint.id.as_str());
            ids.position(|known| known == id).unwrap_or(usize::MAX)
        };
        let value_of = |name: &str| {
            let find = |name: &str| values.iter().position(|value| value == name);
            let value = find(name).or_else(|| find(OTHER)).unwrap_or(0);
            u16::try_from(value).unwrap_or(u16::MAX)
        };
        match kind {
            FactKind::First { promise } => {
                let tests = |touchpoint: &Touchpoint| {
                    let tested = touchpoint.promise.as_ref();
                    tested.is_some_and(|tested| tested.name == *promise)
                };
                Self::First(touchpoints.map(tests).collect())
            }
            FactKind::Start(StartOf::Channel(_)) => {
                let names = touchpoints.map(|touchpoint| value_of(touchpoint.channel.as_str()));
                Self::Start(names.collect())
            }
            FactKind::Start(StartOf::Touchpoint(named)) if named.is_empty() => {
                // The values are the touchpoints in their order.
                let positions = touchpoints.enumerate();
                let value = |(at, _)| u16::try_from(at).unwrap_or(u16::MAX);
                Self::Start(positions.map(value).collect())
            }
            FactKind::Start(StartOf::Touchpoint(_)) => Self::Start(
                touchpoints
                    .map(|touchpoint| value_of(&touchpoint.id))
                    .collect(),
            ),
            // Of a drawing that is refused.
            FactKind::Start(StartOf::Segment(_)) => Self::Start(Vec::new()),
            FactKind::Start(StartOf::Shares(shares)) => {
                let total = Shares::of(shares.iter().map(|&(_, weight)| weight));
                let share = |&(_, weight): &(String, f64)| total.share(weight);
                Self::Shares(shares.iter().map(share).collect())
            }
            FactKind::Visited { touchpoint } => Self::Visited(at(touchpoint)),
            FactKind::Times { touchpoint } => Self::Times(at(touchpoint)),
            FactKind::Felt { touchpoint, level } => {
                Self::Felt(touchpoint.as_deref().map(at), *level)
            }
            FactKind::Lowest { levels } => Self::Lowest(levels.clone()),
            FactKind::Highest { levels } => Self::Highest(levels.clone()),
            FactKind::Broken => Self::Broken,
            FactKind::Moments { from } => Self::Moments(from.clone()),
            FactKind::Mood => Self::Mood,
        }
    }

    fn update(
        &self,
        state: &mut u16,
        touchpoint: usize,
        result: Option<PromiseResult>,
        valence: Option<f64>,
    ) {
        match self {
            Self::First(tests) => {
                // A result that is not known gives way to the first one that is.
                let is_open = *state == 0 || *state == UNKNOWN;
                if let Some(result) = result
                    && is_open
                    && tests.get(touchpoint) == Some(&true)
                {
                    *state = 1 + result as u16;
                }
            }
            Self::Visited(at) if touchpoint == *at => *state = 1,
            Self::Times(at) if touchpoint == *at => *state = (*state + 1).min(2),
            Self::Start(_) | Self::Shares(_) | Self::Visited(_) | Self::Times(_) => {}
            Self::Felt(at, level) => {
                let met = valence.is_some_and(|valence| match level {
                    FeltLevel::AtMost(level) => valence <= *level,
                    FeltLevel::AtLeast(level) => valence >= *level,
                });
                if met && at.is_none_or(|at| at == touchpoint) {
                    *state = 1;
                }
            }
            Self::Lowest(levels) => {
                if let Some(valence) = valence {
                    let class = class(levels, valence);
                    *state = if *state == 0 {
                        class
                    } else {
                        class.min(*state)
                    };
                }
            }
            Self::Highest(levels) => {
                if let Some(valence) = valence {
                    *state = class(levels, valence).max(*state);
                }
            }
            Self::Broken => {
                if result == Some(PromiseResult::Broken) {
                    *state = (*state + 1).min(2);
                }
            }
            Self::Moments(from) => {
                let last = from.last().map_or(0, |&last| last.min(u32::from(u16::MAX)));
                if u32::from(*state) < last {
                    *state += 1;
                }
            }
            Self::Mood => {
                if let Some(valence) = valence {
                    *state = with_one_more(*state, valence);
                }
            }
        }
    }

    fn value(&self, state: u16) -> usize {
        match self {
            Self::Moments(from) => from.partition_point(|&begin| begin <= u32::from(state)),
            Self::Mood => match coarse_mean(state) {
                None => 0,
                Some(mean) if mean <= -MOOD => 1,
                Some(mean) if mean < MOOD => 2,
                Some(_) => 3,
            },
            _ => usize::from(state),
        }
    }
}

/// Which class a valence is in; "none" is the first.
fn class(levels: &[f64], valence: f64) -> u16 {
    let below = levels.partition_point(|&level| level < valence);
    u16::try_from(1 + below).unwrap_or(u16::MAX)
}
