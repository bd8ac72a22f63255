//! What was counted of the ways from one place to the next.

use std::hint::black_box;

use super::index::{Index, Seed, pair};
use super::open::{EXPECTED, Wait};

/// A way that one journey went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved {
    /// Where from, and with which promise result, as one number.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) wait: Wait,
}

/// A way with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) count: u64,
    /// How often the time it took is known.
    pub(super) timed: u64,
    /// The sum of those times.
    pub(super) wait_ms: u128,
}

/// All ways.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    seed: Seed,
    index: Index,
    counted: Vec<Way>,
}

impl Ways {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            counted: Vec::new(),
        }
    }

    /// Every way, in the order of first appearance: whoever lets it reach a result sorts it.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Way> + '_ {
        self.counted.iter()
    }

    /// Fetches the counts of ways that are added to next, [`EXPECTED`] at most.
    #[inline]
    pub(super) fn foresee(&self, moves: &[Moved]) {
        let mut hashes = [0; EXPECTED];
        for (hash, moved) in hashes.iter_mut().zip(moves) {
            *hash = self.seed.number(pair(moved.from, moved.to));
            self.index.fetch(*hash);
        }
        for hash in hashes.into_iter().take(moves.len()) {
            let way = self.index.find(hash, |_| true);
            black_box(way.and_then(|at| Some(self.counted.get(at as usize)?.count)));
        }
    }

    /// Adds one step.
    #[inline]
    pub(super) fn go(&mut self, moved: Moved) -> Option<()> {
        let way = self.enter(moved.from, moved.to)?;
        way.count += 1;
        if let Wait::Known(wait) = moved.wait {
            way.timed += 1;
            way.wait_ms += u128::from(wait);
        }
        Some(())
    }

    /// Adds steps that were counted elsewhere; `None` where there are too many ways.
    pub(super) fn add(&mut self, way: Way) -> Option<()> {
        let sum = self.enter(way.from, way.to)?;
        sum.count += way.count;
        sum.timed += way.timed;
        // Sums of at most 2^64 times below 2^64.
        sum.wait_ms = sum.wait_ms.saturating_add(way.wait_ms);
        Some(())
    }

    #[inline]
    fn enter(&mut self, from: u32, to: u32) -> Option<&mut Way> {
        let hash = self.seed.number(pair(from, to));
        let is = |at: u32| {
            let way = self.counted.get(at as usize);
            way.is_some_and(|way| (way.from, way.to) == (from, to))
        };
        let at = match self.index.find(hash, is) {
            Some(at) => at,
            None => self.begin(hash, from, to)?,
        };
        self.counted.get_mut(at as usize)
    }

    #[cold]
    fn begin(&mut self, hash: u32, from: u32, to: u32) -> Option<u32> {
        let at = u32::try_from(self.counted.len()).ok()?;
        if at >= u32::MAX - 1 {
            return None;
        }
        self.counted.push(Way {
            from,
            to,
            count: 0,
            timed: 0,
            wait_ms: 0,
        });
        self.index.insert(hash, at);
        Some(at)
    }
}
