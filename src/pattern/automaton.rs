//! Patterns as automata: nondeterministic by position in their chains, and made deterministic as far as somebody walks.
//!
//! State `i` of a chain waits for its item `i`; it was reached when item `i - 1` was matched. With an untied chain the
//! first state is always there. Reading a moment, a state moves on where the moment is its item, and stays where its arrow
//! lets it: never (`->`), always (`=>`), or unless the moment is the one that must not come between.

use std::collections::BTreeMap;
use std::ops::Range;

use super::resolve::{Resolved, Target, Via};

/// The nondeterministic automaton of a pattern.
#[derive(Debug)]
pub(crate) struct Automaton {
    pub(super) states: Vec<State>,
    chains: Vec<Range<usize>>,
    /// The states before the first moment, and those behind a match.
    pub(super) begin: Vec<usize>,
    pub(super) again: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) wants: Target,
    pub(super) stays: Stay,
    /// Whether its item is the last of its chain.
    pub(super) last: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Stay {
    Never,
    Always,
    Unless(usize),
}

impl Automaton {
    pub(crate) fn new(resolved: &Resolved) -> Self {
        let mut automaton = Self {
            states: Vec::new(),
            chains: Vec::new(),
            begin: Vec::new(),
            again: Vec::new(),
        };
        for chain in &resolved.chains {
            let first = automaton.states.len();
            automaton.begin.push(first);
            if !chain.tied {
                automaton.again.push(first);
            }
            for (via, target) in &chain.items {
                automaton.states.push(State {
                    wants: target.clone(),
                    stays: match via {
                        Some(Via::Next) => Stay::Never,
                        Some(Via::Without(check)) => Stay::Unless(*check),
                        Some(Via::Later) | None => Stay::Always,
                    },
                    last: false,
                });
            }
            let end = automaton.states.len();
            if let Some(last) = automaton.states[first..].last_mut() {
                last.last = true;
            }
            automaton.chains.push(first..end);
        }
        automaton
    }

    /// Whether a journey in these states matches by ending with an outcome.
    fn ends(&self, states: &[u64], outcome: usize) -> bool {
        let wanted = |state: &State| match &state.wants {
            Target::End(Some(wanted)) => wanted.get(outcome) == Some(&true),
            Target::End(None) => true,
            Target::Step(_) => false,
        };
        members(states).any(|state| wanted(&self.states[state]))
    }

    /// Leaves out what adds nothing: a state that stays for ever can do whatever one before it in its chain can.
    fn prune(&self, states: &mut [u64]) {
        for chain in &self.chains {
            let lasting = chain.clone().rev().find(|&state| {
                has(states, state) && matches!(self.states[state].stays, Stay::Always)
            });
            for state in chain.start..lasting.unwrap_or(chain.start) {
                states[state / 64] &= !(1 << (state % 64));
            }
        }
    }
}

fn has(states: &[u64], state: usize) -> bool {
    states[state / 64] >> (state % 64) & 1 == 1
}

fn members(states: &[u64]) -> impl Iterator<Item = usize> + '_ {
    states.iter().enumerate().flat_map(|(word, &bits)| {
        (0..64)
            .filter(move |bit| bits >> bit & 1 == 1)
            .map(move |bit| word * 64 + bit)
    })
}

/// Why a pattern is not answered: what must be told apart grows beyond a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    /// So many states of the automaton were allowed.
    pub(crate) states: usize,
}

/// Where a moment leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Landing {
    State(u32),
    Match,
}

/// The deterministic automaton, made while it is walked; its letters are classes of moments.
#[derive(Debug)]
pub(crate) struct Subsets<'a> {
    automaton: &'a Automaton,
    /// By class, which checks hold.
    classes: Vec<Vec<bool>>,
    sets: Vec<Box<[u64]>>,
    known: BTreeMap<Box<[u64]>, u32>,
    /// By state and class.
    landings: Vec<Option<Landing>>,
    steps: usize,
}

impl<'a> Subsets<'a> {
    /// More states than this are never told apart; a pattern that asks for more asks for all combinations of what came
    /// before.
    pub(crate) const MOST_STATES: usize = 4_096;
    /// Steps of single states in all.
    const MOST_STEPS: usize = 50_000_000;

    pub(crate) fn new(automaton: &'a Automaton, classes: Vec<Vec<bool>>) -> Self {
        Self {
            automaton,
            classes,
            sets: Vec::new(),
            known: BTreeMap::new(),
            landings: Vec::new(),
            steps: 0,
        }
    }

    /// The state before the first moment.
    pub(crate) fn begin(&mut self) -> Result<u32, Budget> {
        let begin = self.set_of(&self.automaton.begin);
        self.number(begin)
    }

    /// The state behind a match.
    pub(crate) fn again(&mut self) -> Result<u32, Budget> {
        let again = self.set_of(&self.automaton.again);
        self.number(again)
    }

    fn set_of(&self, members: &[usize]) -> Box<[u64]> {
        let mut set = vec![0; self.automaton.states.len().div_ceil(64)];
        for &state in members {
            set[state / 64] |= 1 << (state % 64);
        }
        set.into()
    }

    fn number(&mut self, mut set: Box<[u64]>) -> Result<u32, Budget> {
        self.automaton.prune(&mut set);
        if let Some(&known) = self.known.get(&set) {
            return Ok(known);
        }
        let number = self.sets.len();
        if number >= Self::MOST_STATES {
            return Err(Budget {
                states: Self::MOST_STATES,
            });
        }
        let number_32 = u32::try_from(number).unwrap_or(u32::MAX);
        self.known.insert(set.clone(), number_32);
        self.sets.push(set);
        let all = self.sets.len() * self.classes.len();
        self.landings.resize(all, None);
        Ok(number_32)
    }

    /// Where a moment of a class leads.
    pub(crate) fn step(&mut self, state: u32, class: u32) -> Result<Landing, Budget> {
        let place = state as usize * self.classes.len() + class as usize;
        if let Some(known) = self.landings[place] {
            return Ok(known);
        }
        let holds = &self.classes[class as usize];
        let set = &self.sets[state as usize];
        let mut next: Box<[u64]> = vec![0; set.len()].into();
        let mut matched = false;
        let mut add = |state: usize| next[state / 64] |= 1 << (state % 64);
        for member in members(set) {
            self.steps += 1;
            let State { wants, stays, last } = &self.automaton.states[member];
            if matches!(wants, Target::Step(check) if holds[*check]) {
                if *last {
                    matched = true;
                } else {
                    add(member + 1);
                }
            }
            let stay = match stays {
                Stay::Never => false,
                Stay::Always => true,
                Stay::Unless(check) => !holds[*check],
            };
            if stay {
                add(member);
            }
        }
        if self.steps > Self::MOST_STEPS {
            return Err(Budget {
                states: self.sets.len(),
            });
        }
        let landing = if matched {
            Landing::Match
        } else {
            Landing::State(self.number(next)?)
        };
        self.landings[place] = Some(landing);
        Ok(landing)
    }

    /// Whether a journey in this state matches by ending with an outcome.
    pub(crate) fn ends(&self, state: u32, outcome: usize) -> bool {
        self.automaton.ends(&self.sets[state as usize], outcome)
    }
}
