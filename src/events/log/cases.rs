//! The journeys of a log by their names, and the customers by theirs.

use std::borrow::Cow;

use crate::events::hash::{Name, Seed};
use crate::events::index::Index;
use crate::events::tally::journeys::{Awaited, LongNames};
use crate::events::tally::under_way::UNSTATED;

/// How many names are remembered as recent: four times as many as there are, but not more than this.
const MOST_RECENT: usize = 1 << 17;
const FEWEST_RECENT: usize = 1 << 6;

/// Very many names and their numbers, in the order of their first appearance: about 40 bytes each, and the name where it
/// is longer than 15 bytes.
#[derive(Debug, Clone)]
pub(super) struct Cases {
    seed: Seed,
    index: Index,
    recent: Vec<u32>,
    names: Vec<Name>,
    long: LongNames,
}

impl Cases {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            recent: vec![UNSTATED; FEWEST_RECENT],
            names: Vec::new(),
            long: LongNames::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn await_by(&self, name: &[u8]) -> Awaited {
        Awaited::new(self.seed.key(name))
    }

    /// Looks where names seem to be, so that many of them wait for memory at once.
    #[inline]
    pub(super) fn foresee(&self, awaited: &mut [Awaited]) {
        for awaited in &mut *awaited {
            let hash = awaited.key.hash() as usize;
            let short = hash & self.recent.len().wrapping_sub(1);
            awaited.at = self.recent.get(short).copied().unwrap_or(UNSTATED);
            if self.names.get(awaited.at as usize) != Some(&awaited.key.name) {
                self.index.fetch(awaited.key.hash());
            }
        }
    }

    /// The number of a name, if it is where it seems to be or is known at all.
    #[inline]
    pub(super) fn find(&mut self, awaited: &Awaited, name: &[u8]) -> Option<u32> {
        if self.is(awaited.at, awaited.key.name, name) {
            return Some(awaited.at);
        }
        let is = |at| self.is(at, awaited.key.name, name);
        let at = self.index.find(awaited.key.hash(), is)?;
        self.remember(awaited, at);
        Some(at)
    }

    pub(super) fn find_name(&self, name: &[u8]) -> Option<u32> {
        let key = self.seed.key(name);
        self.index
            .find(key.hash(), |at| self.is(at, key.name, name))
    }

    #[inline]
    fn remember(&mut self, awaited: &Awaited, at: u32) {
        let short = awaited.key.hash() as usize & self.recent.len().wrapping_sub(1);
        if let Some(recent) = self.recent.get_mut(short) {
            *recent = at;
        }
    }

    /// Adds a name that is not there yet; `None` where there are too many.
    pub(super) fn insert(&mut self, awaited: &Awaited, name: &[u8]) -> Option<u32> {
        let at = self.names.len();
        let number = u32::try_from(at).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        if awaited.key.name.is_long() {
            self.long.push(at, name);
        }
        super::push(&mut self.names, awaited.key.name);
        self.index.insert(awaited.key.hash(), number);
        if at > self.recent.len() / 4 && self.recent.len() < MOST_RECENT {
            self.recent = vec![UNSTATED; 2 * self.recent.len()];
        }
        self.remember(awaited, number);
        Some(number)
    }

    /// The number of a name, a new one where it is new; `None` where there are too many.
    pub(super) fn enter(&mut self, name: &[u8]) -> Option<u32> {
        let awaited = self.await_by(name);
        self.find(&awaited, name)
            .or_else(|| self.insert(&awaited, name))
    }

    #[inline]
    fn is(&self, at: u32, known: Name, name: &[u8]) -> bool {
        let at = at as usize;
        self.names.get(at) == Some(&known) && (!known.is_long() || self.long.get(at) == Some(name))
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> Cow<'_, str> {
        let at = number as usize;
        match (self.names.get(at), self.long.get(at)) {
            (Some(name), Some(long)) if name.is_long() => String::from_utf8_lossy(long),
            (Some(name), _) => Cow::Owned(name.text()),
            (None, _) => Cow::Borrowed(""),
        }
    }
}

/// What some journeys state of themselves as a whole, as numbers: nothing as long as none does.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated {
    of: Vec<u32>,
    /// Events that state something else than the first one of their journey.
    pub(super) contradicted: u64,
}

impl Stated {
    #[inline]
    pub(super) fn state(&mut self, journey: u32, number: u32) {
        if number == UNSTATED {
            return;
        }
        let at = journey as usize;
        if self.of.len() <= at {
            self.of.resize(at + 1, UNSTATED);
        }
        match self.of.get_mut(at) {
            Some(known) if *known == UNSTATED => *known = number,
            Some(known) if *known != number => self.contradicted += 1,
            _ => {}
        }
    }

    pub(super) fn get(&self, journey: u32) -> Option<u32> {
        let number = *self.of.get(journey as usize)?;
        (number != UNSTATED).then_some(number)
    }
}
