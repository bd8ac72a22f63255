//! All journeys under way, by their names.

use std::hint::black_box;

use super::hash::{Key, Name, Seed};
use super::index::Index;
use super::open::Open;

/// Stands for a journey of which nobody knows where it is.
const UNKNOWN: u32 = u32::MAX;

/// A journey that is asked for next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Awaited {
    key: Key,
    /// Where it seems to be.
    at: u32,
}

impl Default for Awaited {
    fn default() -> Self {
        Self {
            key: Key::default(),
            at: UNKNOWN,
        }
    }
}

/// All journeys under way.
#[derive(Debug, Clone)]
pub(super) struct Opens {
    seed: Seed,
    index: Index,
    open: Vec<Open>,
    /// The names that are too long to be kept beside the state.
    long: Vec<u8>,
}

impl Opens {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            open: Vec::new(),
            long: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// A journey that is asked for soon.
    #[inline]
    pub(super) fn await_by(&self, name: &[u8]) -> Awaited {
        let key = self.seed.key(name);
        Awaited { key, at: UNKNOWN }
    }

    /// Looks where journeys seem to be, and fetches their states. Where a log holds a million journeys, each look-up
    /// waits for memory twice; here many of them wait at once.
    #[inline]
    pub(super) fn foresee(&self, awaited: &mut [Awaited]) {
        for awaited in &*awaited {
            self.index.fetch(awaited.key.hash());
        }
        for awaited in awaited {
            // Two names with one hash are rare: the first one found will do.
            if let Some(at) = self.index.find(awaited.key.hash(), |_| true) {
                awaited.at = at;
                black_box(self.open.get(at as usize).map(|open| open.marks));
            }
        }
    }

    #[inline]
    pub(super) fn find(&mut self, name: &[u8]) -> Option<&mut Open> {
        let awaited = self.await_by(name);
        self.find_awaited(&awaited, name)
    }

    /// The state of a journey that is awaited under this name.
    #[inline]
    pub(super) fn find_awaited(&mut self, awaited: &Awaited, name: &[u8]) -> Option<&mut Open> {
        let key = awaited.key.name;
        let at = if self.is(awaited.at, key, name) {
            awaited.at
        } else {
            self.index
                .find(awaited.key.hash(), |at| self.is(at, key, name))?
        };
        self.open.get_mut(at as usize)
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<&Open> {
        let key = self.seed.key(name);
        let is = |at| self.is(at, key.name, name);
        let at = self.index.find(key.hash(), is)?;
        self.open.get(at as usize)
    }

    /// Adds a journey that is not there yet; `None` where there are too many.
    pub(super) fn insert(&mut self, name: &[u8], mut open: Open) -> Option<()> {
        let number = u32::try_from(self.open.len()).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        let key = self.seed.key(name);
        open.length = key.name.length;
        open.name = if key.name.is_long() {
            let place = pair_wide(self.long.len(), name.len());
            self.long.extend_from_slice(name);
            place.to_le_bytes()
        } else {
            key.name.letters.to_le_bytes()
        };
        self.open.push(open);
        self.index.insert(key.hash(), number);
        Some(())
    }

    #[inline]
    fn is(&self, at: u32, key: Name, name: &[u8]) -> bool {
        self.open.get(at as usize).is_some_and(|open| {
            open.length == key.length
                && if key.is_long() {
                    self.long_name(open) == name
                } else {
                    u128::from_le_bytes(open.name) == key.letters
                }
        })
    }

    fn name<'a>(&'a self, open: &'a Open) -> &'a [u8] {
        match open.name.get(..usize::from(open.length)) {
            Some(name) => name,
            None => self.long_name(open),
        }
    }

    #[cold]
    fn long_name(&self, open: &Open) -> &[u8] {
        let wide = u128::from_le_bytes(open.name);
        let part = |bits: u128| usize::try_from(bits & u128::from(u64::MAX)).unwrap_or(0);
        let (at, length) = (part(wide), part(wide >> 64));
        self.long.get(at..at + length).unwrap_or_default()
    }

    /// Every journey with its name, in the order of first appearance.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Open)> + '_ {
        self.open.iter().map(|open| {
            let name = std::str::from_utf8(self.name(open)).unwrap_or_default();
            (name, open)
        })
    }

    /// The states alone, in that order.
    pub(super) fn states(&self) -> &[Open] {
        &self.open
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.seed);
    }
}

/// A place and a length as one number.
fn pair_wide(at: usize, length: usize) -> u128 {
    at as u128 | (length as u128) << 64
}
