//! Patterns as automata: nondeterministic by position in their chains, and made deterministic as far as somebody walks.
//!
//! State `i` of a chain waits for its item `i`; it was reached when item `i - 1` was matched. With an untied chain the
//! first state is always there. Reading a moment, a state moves on where the moment is its item, and stays where its arrow
//! lets it: never (`->`), always (`=>`), or unless the moment is the one that must not come between.

use std::collections::BTreeMap;
use std::ops::Range;

use super::resolve::{Resolved, Target, Via};

/// The nondeterministic automaton of a pattern.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    states: Vec<State>,
    chains: Vec<Range<usize>>,
    /// The states before the first moment, and those behind a match.
    begin: Vec<usize>,
    again: Vec<usize>,
}

#[derive(Debug, Clone)]
struct State {
    wants: Target,
    stays: Stay,
    /// Whether its item is the last of its chain.
    last: bool,
}

#[derive(Debug, Clone, Copy)]
enum Stay {
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

    /// Words of 64 bits that hold a set of its states.
    pub(crate) fn words(&self) -> usize {
        self.states.len().div_ceil(64)
    }

    /// How many times a walk keeps: one a state where waits are tested, else none.
    pub(crate) fn times(&self, resolved: &Resolved) -> usize {
        if resolved.asks_waits() {
            self.states.len()
        } else {
            0
        }
    }

    /// The states before the first moment of a journey.
    pub(crate) fn begin(&self, set: &mut [u64]) {
        fill(set, &self.begin);
    }

    /// The states behind a match.
    pub(crate) fn again(&self, set: &mut [u64]) {
        fill(set, &self.again);
    }

    /// Reads a moment, of which `holds` says which checks hold when it comes so many seconds after the step before; whether it
    /// completes a match. The clock is that of a pattern that tests waits.
    pub(super) fn advance(
        &self,
        from: &[u64],
        to: &mut [u64],
        mut clock: Option<Clock<'_>>,
        holds: impl Fn(usize, Option<f64>) -> bool,
    ) -> bool {
        let mut matched = false;
        to.fill(0);
        for member in members(from) {
            let State { wants, stays, last } = &self.states[member];
            let wait = clock.as_ref().and_then(|clock| clock.wait(member));
            if matches!(wants, Target::Step(check) if holds(*check, wait)) {
                if *last {
                    matched = true;
                } else {
                    if let Some(clock) = &mut clock {
                        clock.reach(member + 1, clock.now, has(to, member + 1));
                    }
                    add(to, member + 1);
                }
            }
            let stays = match stays {
                Stay::Never => false,
                Stay::Always => true,
                Stay::Unless(check) => !holds(*check, wait),
            };
            if stays {
                if let Some(clock) = &mut clock {
                    clock.reach(member, clock.since[member], has(to, member));
                }
                add(to, member);
            }
        }
        matched
    }

    /// The steps that test a wait and are reached now, each with the seconds since the step before, where these are known.
    pub(crate) fn waits<'w>(
        &'w self,
        resolved: &'w Resolved,
        there: &'w [u64],
        since: &'w [Option<i128>],
        now: Option<i128>,
    ) -> impl Iterator<Item = (usize, Option<f64>)> + 'w {
        // Where no wait is tested, no time is kept.
        let members = members(there).take(if since.is_empty() { 0 } else { usize::MAX });
        members.filter_map(move |member| match self.states[member].wants {
            Target::Step(check) if resolved.is_timed(check) => {
                Some((check, seconds(since[member], now)))
            }
            _ => None,
        })
    }

    /// Whether a journey in these states matches by ending with an outcome.
    pub(crate) fn ends(&self, states: &[u64], outcome: usize) -> bool {
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

fn add(states: &mut [u64], state: usize) {
    states[state / 64] |= 1 << (state % 64);
}

fn fill(set: &mut [u64], states: &[usize]) {
    set.fill(0);
    for &state in states {
        add(set, state);
    }
}

fn members(states: &[u64]) -> impl Iterator<Item = usize> + '_ {
    states.iter().enumerate().flat_map(|(word, &bits)| {
        let mut left = bits;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 64).then_some(word * 64 + bit)
        })
    })
}

/// By state, the latest time in nanoseconds at which it was reached, where that is known. Whatever a run that came there earlier
/// can still do, one that came later can do as well, since waits are only ever tested for being short enough.
pub(super) struct Clock<'c> {
    pub(super) since: &'c [Option<i128>],
    pub(super) next: &'c mut [Option<i128>],
    pub(super) now: Option<i128>,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a wait of years is compared to a microsecond"
)]
fn seconds(since: Option<i128>, now: Option<i128>) -> Option<f64> {
    let (since, now) = since.zip(now)?;
    Some(now.saturating_sub(since) as f64 / 1e9)
}

impl Clock<'_> {
    fn wait(&self, state: usize) -> Option<f64> {
        seconds(self.since[state], self.now)
    }

    fn reach(&mut self, state: usize, time: Option<i128>, known: bool) {
        let latest = &mut self.next[state];
        *latest = if known { time.max(*latest) } else { time };
    }
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
        let mut set = self.none();
        self.automaton.begin(&mut set);
        self.number(set)
    }

    /// The state behind a match.
    pub(crate) fn again(&mut self) -> Result<u32, Budget> {
        let mut set = self.none();
        self.automaton.again(&mut set);
        self.number(set)
    }

    fn none(&self) -> Box<[u64]> {
        vec![0; self.automaton.words()].into()
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
        let mut next = self.none();
        self.steps += members(set).count();
        let matched = self
            .automaton
            .advance(set, &mut next, None, |check, _| holds[check]);
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

    /// Whether no moment leads out of a state, so that only the ending decides.
    pub(crate) fn is_settled(&mut self, state: u32) -> Result<bool, Budget> {
        for class in 0..self.classes.len() {
            // There are no more classes than moments.
            let class = u32::try_from(class).unwrap_or(u32::MAX);
            if self.step(state, class)? != Landing::State(state) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a journey in this state matches by ending with an outcome.
    pub(crate) fn ends(&self, state: u32, outcome: usize) -> bool {
        self.automaton.ends(&self.sets[state as usize], outcome)
    }
}
