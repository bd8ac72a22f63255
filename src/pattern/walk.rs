//! Journeys that happened, read moment by moment.

use super::automaton::{Automaton, Clock};
use super::check::Seen;
use super::resolve::Resolved;

/// Where a journey is in an automaton.
#[derive(Debug)]
pub(crate) struct Standing<'s> {
    /// The states, as bits.
    pub(crate) there: &'s mut [u64],
    /// Where waits are tested: by state, the latest time in nanoseconds at which it was reached, if that is known. Else empty.
    pub(crate) since: &'s mut [Option<i128>],
}

/// Reads moments; begins again behind each match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    next: Vec<u64>,
    next_since: Vec<Option<i128>>,
}

impl Reader {
    /// Reads a moment; whether it completes a match.
    pub(crate) fn moment(
        &mut self,
        automaton: &Automaton,
        resolved: &Resolved,
        at: &mut Standing<'_>,
        seen: &Seen<'_>,
        time: Option<i128>,
    ) -> bool {
        self.next.resize(at.there.len(), 0);
        self.next_since.resize(at.since.len(), None);
        let clock = (!at.since.is_empty()).then(|| Clock {
            since: at.since,
            next: &mut self.next_since,
            now: time,
        });
        let holds = |check: usize, wait| resolved.checks[check].holds(seen, wait);
        let matched = automaton.advance(at.there, &mut self.next, clock, holds);
        if matched {
            automaton.again(at.there);
            at.since.fill(None);
        } else {
            at.there.copy_from_slice(&self.next);
            at.since.copy_from_slice(&self.next_since);
        }
        matched
    }
}
