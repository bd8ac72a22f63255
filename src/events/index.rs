//! The one hash table of the learner: from keys to small numbers, never walked, so that no order of it can reach a
//! result.
//!
//! Keys live with their owners, in flat arrays; the table holds a number and 32 bits of the key's hash in eight bytes,
//! so that a look-up in a table too large for the caches costs one miss here and one at the key. A general hash map
//! costs one or two more. Positions are probed one after the other; at most half of them are taken, and at most an
//! eighth in small tables, so that nearly every search ends where it begins.

use std::hint::black_box;

use super::hash::{Seed, Wide};

/// Two small numbers as one.
#[inline]
pub(super) fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// The two numbers of a [`pair`].
#[inline]
pub(super) fn split(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, ((pair << 32) >> 32) as u32)
}

/// Below how many positions a table is small: it fits the nearest cache.
const SMALL: usize = 1 << 12;

/// From hashes to the numbers of keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// 32 bits of the hash, then the number plus one; 0 where nothing is. The length is a power of two.
    entries: Vec<u64>,
    taken: usize,
}

impl Index {
    /// The number of the key with this hash that `is` the one.
    #[inline]
    pub(super) fn find(&self, hash: u32, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
        let last = self.entries.len().wrapping_sub(1);
        let mut at = hash as usize & last;
        while let Some(&entry) = self.entries.get(at) {
            if entry == 0 {
                return None;
            }
            let (tag, number) = split(entry);
            if tag == hash && is(number - 1) {
                return Some(number - 1);
            }
            at = (at + 1) & last;
        }
        None
    }

    /// Fetches the place where the search for a hash begins.
    #[inline]
    pub(super) fn fetch(&self, hash: u32) {
        let last = self.entries.len().wrapping_sub(1);
        black_box(self.entries.get(hash as usize & last).copied());
    }

    /// Adds a key that is not there yet.
    pub(super) fn insert(&mut self, hash: u32, number: u32) {
        let sparse = if self.entries.len() < SMALL { 8 } else { 2 };
        if (self.taken + 1) * sparse > self.entries.len() {
            self.grow();
        }
        self.taken += 1;
        self.put(pair(hash, number + 1));
    }

    fn grow(&mut self) {
        let room = (self.entries.len() * 2).max(64);
        for entry in std::mem::replace(&mut self.entries, vec![0; room]) {
            if entry != 0 {
                self.put(entry);
            }
        }
    }

    fn put(&mut self, entry: u64) {
        let last = self.entries.len() - 1;
        let mut at = (entry >> 32) as usize & last;
        while self.entries[at] != 0 {
            at = (at + 1) & last;
        }
        self.entries[at] = entry;
    }
}

/// Names and their numbers, in the order of their first appearance.
#[derive(Debug, Clone)]
pub(super) struct Names {
    seed: Seed,
    index: Index,
    /// The number of the name that was looked up last of those with the same short hash: logs repeat a few names. At least
    /// four times as many places as names, up to [`MOST_RECENT`].
    recent: Vec<u32>,
    /// The names in the form in which they are compared.
    wides: Vec<Wide>,
    texts: Vec<Box<str>>,
}

const RECENT: usize = 1 << 9;
const MOST_RECENT: usize = 1 << 14;

impl Names {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            recent: vec![0; RECENT],
            wides: Vec::new(),
            texts: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn name(&self, number: u32) -> &str {
        self.texts
            .get(number as usize)
            .map_or("", |name| name.as_ref())
    }

    #[inline(always)]
    pub(super) fn find(&mut self, name: &[u8]) -> Option<u32> {
        let wide = Wide::of(name);
        let recent = self.recent.get(self.short(&wide));
        if let Some(&recent) = recent
            && let Some(known) = self.wides.get(recent as usize)
            && known.is(wide)
        {
            return Some(recent);
        }
        self.find_old(name)
    }

    #[inline(never)]
    fn find_old(&mut self, name: &[u8]) -> Option<u32> {
        let wide = Wide::of(name);
        let number = self.find_hashed(&wide, self.seed.text(&wide, name), name)?;
        let short = self.short(&wide);
        self.recent[short] = number;
        Some(number)
    }

    #[inline]
    fn short(&self, wide: &Wide) -> usize {
        wide.mixed() as usize & self.recent.len().wrapping_sub(1)
    }

    fn find_hashed(&self, wide: &Wide, hash: u32, name: &[u8]) -> Option<u32> {
        self.index.find(hash, |number| {
            self.wides.get(number as usize) == Some(wide)
                && (!wide.is_long() || self.name(number).as_bytes() == name)
        })
    }

    /// The number of a name, a new one where it is new. `None` where there are too many names, which is beyond
    /// four thousand million.
    pub(super) fn intern(&mut self, name: &str) -> Option<u32> {
        let wide = Wide::of(name.as_bytes());
        let hash = self.seed.text(&wide, name.as_bytes());
        let known = self.find_hashed(&wide, hash, name.as_bytes());
        if known.is_some() {
            return known;
        }
        let number = u32::try_from(self.texts.len()).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        self.wides.push(wide);
        self.texts.push(name.into());
        if self.texts.len() > self.recent.len() / 4 && self.recent.len() < MOST_RECENT {
            self.recent = vec![0; 2 * self.recent.len()];
        }
        self.index.insert(hash, number);
        Some(number)
    }
}

/// Numbers (pairs of smaller ones, mostly) and their places in a flat array.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    seed: Seed,
    index: Index,
    entered: Vec<u64>,
}

impl Keys {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            entered: Vec::new(),
        }
    }

    /// The keys in the order of their first appearance.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = u64> + '_ {
        self.entered.iter().copied()
    }

    /// The key at a place.
    #[inline]
    pub(super) fn get(&self, at: u32) -> Option<u64> {
        self.entered.get(at as usize).copied()
    }

    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        let hash = self.seed.number(key);
        let is = |at: u32| self.entered.get(at as usize) == Some(&key);
        self.index.find(hash, is)
    }

    /// The place of a key, a new one at the end where it is new; `None` where there are too many.
    #[inline]
    pub(super) fn enter(&mut self, key: u64) -> Option<u32> {
        if let Some(at) = self.find(key) {
            return Some(at);
        }
        let number = u32::try_from(self.entered.len()).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        self.entered.push(key);
        self.index.insert(self.seed.number(key), number);
        Some(number)
    }
}

/// How often each pair of small numbers was seen.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    keys: Keys,
    sums: Vec<u64>,
}

impl Counts {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            keys: Keys::new(seed),
            sums: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn add(&mut self, a: u32, b: u32, count: u64) -> Option<()> {
        let at = self.keys.enter(pair(a, b))? as usize;
        if at == self.sums.len() {
            self.sums.push(0);
        }
        *self.sums.get_mut(at)? += count;
        Some(())
    }

    /// Every pair with its count, in the order of first appearance: whoever lets it reach a result sorts it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        self.keys.iter().zip(&self.sums).map(|(key, &count)| {
            let (a, b) = split(key);
            (a, b, count)
        })
    }
}
