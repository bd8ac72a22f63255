//! One journey that happened, walked from moment to moment.
//!
//! Of each state of the automaton only the latest time is kept at which it was reached: whatever a run that came there
//! earlier can still do, one that came later can do as well, since waits are only ever tested for being short enough.

use super::automaton::{Automaton, Stay};
use super::resolve::{Resolved, Seen, Target};

/// A match of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// Completed by the moment at this position.
    Moment(usize),
    /// Completed by the ending.
    End,
}

/// What has been matched so far; begins again behind each match.
#[derive(Debug)]
#[expect(
    clippy::option_option,
    reason = "whether it is there, and whether its time is known; in this order the greatest is the latest"
)]
pub(crate) struct Walk<'a> {
    resolved: &'a Resolved,
    automaton: &'a Automaton,
    /// By state: whether it is there, and the latest time at which it was reached, if that is known.
    there: Vec<Option<Option<i128>>>,
    next: Vec<Option<Option<i128>>>,
}

/// Times are in nanoseconds.
#[expect(
    clippy::cast_precision_loss,
    reason = "a wait of years is compared to a microsecond"
)]
fn seconds(from: i128, to: i128) -> f64 {
    to.saturating_sub(from) as f64 / 1e9
}

impl<'a> Walk<'a> {
    pub(crate) fn new(resolved: &'a Resolved, automaton: &'a Automaton) -> Self {
        let mut walk = Self {
            resolved,
            automaton,
            there: vec![None; automaton.states.len()],
            next: vec![None; automaton.states.len()],
        };
        walk.restart();
        walk
    }

    /// Before the first moment of a journey.
    pub(crate) fn restart(&mut self) {
        self.there.fill(None);
        for &state in &self.automaton.begin {
            self.there[state] = Some(None);
        }
    }

    /// Reads a moment; whether it completes a match.
    pub(crate) fn moment(&mut self, seen: &Seen<'_>, time: Option<i128>) -> bool {
        let mut matched = false;
        self.next.fill(None);
        for (position, state) in self.automaton.states.iter().enumerate() {
            let Some(since) = self.there[position] else {
                continue;
            };
            let wait = since.zip(time).map(|(since, now)| seconds(since, now));
            let holds = |check: usize| self.resolved.checks[check].holds(seen, wait);
            if matches!(state.wants, Target::Step(check) if holds(check)) {
                if state.last {
                    matched = true;
                } else {
                    self.next[position + 1] = self.next[position + 1].max(Some(time));
                }
            }
            let stays = match state.stays {
                Stay::Never => false,
                Stay::Always => true,
                Stay::Unless(check) => !holds(check),
            };
            if stays {
                self.next[position] = self.next[position].max(Some(since));
            }
        }
        std::mem::swap(&mut self.there, &mut self.next);
        if matched {
            self.there.fill(None);
            for &state in &self.automaton.again {
                self.there[state] = Some(None);
            }
        }
        matched
    }

    /// Whether the ending, by its position among the outcomes, completes a match.
    pub(crate) fn ends(&self, outcome: usize) -> bool {
        let states = self.automaton.states.iter().zip(&self.there);
        let mut there = states.filter(|(_, there)| there.is_some());
        there.any(|(state, _)| match &state.wants {
            Target::End(Some(wanted)) => wanted.get(outcome) == Some(&true),
            Target::End(None) => true,
            Target::Step(_) => false,
        })
    }

    /// The matches of a whole journey, from the left.
    pub(crate) fn journey<'s>(
        &mut self,
        moments: impl IntoIterator<Item = (Seen<'s>, Option<i128>)>,
        outcome: usize,
    ) -> Vec<Match> {
        self.restart();
        let mut matches = Vec::new();
        for (position, (seen, time)) in moments.into_iter().enumerate() {
            if self.moment(&seen, time) {
                matches.push(Match::Moment(position));
            }
        }
        if self.ends(outcome) {
            matches.push(Match::End);
        }
        matches
    }
}
