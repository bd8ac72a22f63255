//! What events say beside whose they are and when: a log of millions of events knows a few thousand kinds.

use crate::events::hash::Seed;
use crate::events::index::{Keys, pair};
use crate::events::tally::record::Visit;
use crate::events::tally::under_way::UNSTATED;
use crate::events::tally::visits::UNFELT;
use crate::journey::Phase;

/// Everything that an event says beside whose it is and when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// The number of the place and the position of the promise result, as one number.
    pub(super) moment: u32,
    /// The number of the emotion, or [`UNFELT`].
    pub(super) level: u32,
    /// Numbers of labels, or [`UNSTATED`].
    pub(super) owner: u32,
    pub(super) promise: u32,
    pub(super) outcome: u32,
    pub(super) phase: Option<Phase>,
}

impl Kind {
    pub(super) fn place(&self) -> u32 {
        self.moment >> 2
    }

    /// The position of the promise result.
    pub(super) fn slot(&self) -> u8 {
        (self.moment & 3) as u8
    }

    pub(super) fn level(&self) -> Option<u32> {
        (self.level != UNFELT).then_some(self.level)
    }

    fn is_plain(&self) -> bool {
        self.phase.is_none() && [self.owner, self.promise, self.outcome] == [UNSTATED; 3]
    }
}

impl From<&Visit> for Kind {
    #[inline]
    fn from(visit: &Visit) -> Self {
        Self {
            moment: visit.step.moment,
            level: visit.level,
            owner: visit.owner,
            promise: visit.promise,
            outcome: visit.step.outcome,
            phase: visit.phase,
        }
    }
}

/// All kinds, numbered in the order of their first appearance.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    all: Vec<Kind>,
    /// (moment, emotion), then (that, details) of those that have details.
    plain: Keys,
    detailed: Keys,
    /// (owner, promise), then (that, outcome and phase).
    names: Keys,
    details: Keys,
    /// By number of the plain part: the kind without details.
    of_plain: Vec<u32>,
    of_detailed: Vec<u32>,
    /// The kind asked for last.
    recent: u32,
}

impl Kinds {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            all: Vec::new(),
            plain: Keys::new(seed),
            detailed: Keys::new(seed),
            names: Keys::new(seed),
            details: Keys::new(seed),
            of_plain: Vec::new(),
            of_detailed: Vec::new(),
            recent: 0,
        }
    }

    /// The number of a kind, a new one where it is new; `None` where there are too many.
    #[inline]
    pub(super) fn number(&mut self, kind: &Kind) -> Option<u32> {
        if self.all.get(self.recent as usize) == Some(kind) {
            return Some(self.recent);
        }
        self.recent = self.find(kind)?;
        Some(self.recent)
    }

    fn find(&mut self, kind: &Kind) -> Option<u32> {
        let plain = self.plain.enter(pair(kind.moment, kind.level))?;
        if kind.is_plain() {
            return enter(&mut self.all, &mut self.of_plain, plain, kind);
        }
        let names = self.names.enter(pair(kind.owner, kind.promise))?;
        let phase = kind.phase.map_or(0, |phase| phase as u32 + 1);
        // Fewer than 2^30 pairs of names: each takes a name, which takes far more memory.
        let named = names.checked_mul(4)?.checked_add(phase)?;
        let details = self.details.enter(pair(named, kind.outcome))?;
        let whole = self.detailed.enter(pair(plain, details))?;
        enter(&mut self.all, &mut self.of_detailed, whole, kind)
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> Option<&Kind> {
        self.all.get(number as usize)
    }

    pub(super) fn all(&self) -> &[Kind] {
        &self.all
    }
}

/// The number of the kind that has this number among those like it.
fn enter(all: &mut Vec<Kind>, of: &mut Vec<u32>, number: u32, kind: &Kind) -> Option<u32> {
    if of.len() <= number as usize {
        of.resize(number as usize + 1, UNSTATED);
    }
    let known = of.get_mut(number as usize)?;
    if *known == UNSTATED {
        *known = u32::try_from(all.len())
            .ok()
            .filter(|&new| new != UNSTATED)?;
        all.push(*kind);
    }
    Some(*known)
}
