//! How waits spread: counts in logarithmic buckets, which merge exactly.

use crate::events::hash::Seed;
use crate::events::index::{Keys, pair, split};
use crate::statistics::{Waits, bucket_of};

/// Times that were counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::events) struct Spread {
    /// The bucket of the first count.
    low: u16,
    counts: Vec<u64>,
    pub(in crate::events) sum_ms: u128,
    pub(in crate::events) squares_ms2: u128,
}

impl Spread {
    #[inline]
    pub(in crate::events) fn add(&mut self, wait_ms: u64) {
        let wide = u128::from(wait_ms);
        self.sum_ms = self.sum_ms.saturating_add(wide);
        self.squares_ms2 = self.squares_ms2.saturating_add(wide * wide);
        self.add_to(bucket_of(wait_ms), 1);
    }

    #[inline]
    fn add_to(&mut self, bucket: u16, count: u64) {
        let known = bucket.checked_sub(self.low);
        if let Some(sum) = known.and_then(|at| self.counts.get_mut(usize::from(at))) {
            *sum = sum.saturating_add(count);
        } else {
            self.widen(bucket, count);
        }
    }

    #[cold]
    fn widen(&mut self, bucket: u16, count: u64) {
        if self.counts.is_empty() {
            self.low = bucket;
        }
        let below = usize::from(self.low.saturating_sub(bucket));
        self.counts.splice(0..0, std::iter::repeat_n(0, below));
        self.low = self.low.min(bucket);
        let at = usize::from(bucket - self.low);
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        if let Some(sum) = self.counts.get_mut(at) {
            *sum = sum.saturating_add(count);
        }
    }

    /// Bucket and count, those of 0 left out.
    pub(in crate::events) fn buckets(&self) -> Vec<(u16, u64)> {
        let numbered = (self.low..).zip(self.counts.iter().copied());
        numbered.filter(|&(_, count)| count > 0).collect()
    }

    pub(in crate::events) fn count(&self) -> u64 {
        self.counts.iter().copied().fold(0, u64::saturating_add)
    }

    pub(in crate::events) fn merge(&mut self, other: &Self) {
        self.add_all(&other.buckets(), other.sum_ms, other.squares_ms2);
    }

    pub(in crate::events) fn add_all(
        &mut self,
        buckets: &[(u16, u64)],
        sum_ms: u128,
        squares_ms2: u128,
    ) {
        for &(bucket, count) in buckets {
            self.add_to(bucket, count);
        }
        self.sum_ms = self.sum_ms.saturating_add(sum_ms);
        self.squares_ms2 = self.squares_ms2.saturating_add(squares_ms2);
    }

    /// None where nothing was counted.
    pub(in crate::events) fn waits(&self) -> Option<Waits> {
        let waits = Waits::counted(self.buckets(), self.sum_ms, self.squares_ms2);
        (waits.count() > 0).then_some(waits)
    }
}

/// The spread of every way, by where from (with the promise result) and to.
#[derive(Debug, Clone)]
pub(in crate::events) struct Spreads {
    keys: Keys,
    of: Vec<Spread>,
    /// The way that was asked for last, and where it is.
    recent: (u64, usize),
}

impl Spreads {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            keys: Keys::new(seed),
            of: Vec::new(),
            recent: (u64::MAX, usize::MAX),
        }
    }

    /// The spread of a way; `None` where there are too many.
    #[inline]
    pub(in crate::events) fn of(&mut self, from: u32, to: u32) -> Option<&mut Spread> {
        let key = pair(from, to);
        if self.recent.0 != key {
            let at = self.keys.enter(key)? as usize;
            if at == self.of.len() {
                self.of.push(Spread::default());
            }
            self.recent = (key, at);
        }
        self.of.get_mut(self.recent.1)
    }

    /// Every way with its spread, in the order of their first appearance: whoever lets it reach a result sorts it.
    pub(in crate::events) fn iter(&self) -> impl Iterator<Item = (u32, u32, &Spread)> + '_ {
        self.keys.iter().zip(&self.of).map(|(key, spread)| {
            let (from, to) = split(key);
            (from, to, spread)
        })
    }
}
