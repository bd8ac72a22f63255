//! How long something took, as it was counted: mean, spread, and a distribution in buckets that can be put together.

mod buckets;

#[cfg(any(feature = "serde", test))]
pub(crate) use buckets::LAST;
pub(crate) use buckets::bucket_of;
use buckets::{edges_s, middle_s};

/// How long something took, of many times that were counted: the mean, the standard deviation, and how many times fell into
/// each of sixteen buckets an octave, so that a quantile is within 2.2 % of that of the times themselves.
///
/// Two of them can be [merged](Waits::merge): the buckets exactly, mean and deviation but for rounding. A
/// [`Tally`](crate::Tally) keeps them for every way, and a journey that was learned carries them in its
/// [`Transition`](crate::Transition)s.
///
/// ```
/// use customer_journey::time::Waits;
/// let mut waits = Waits::of([60.0, 120.0, 120.0, 3600.0]);
/// let median = waits.quantile(0.5).expect("there are four");
/// assert!((median / 120.0 - 1.0).abs() < 0.022);
/// waits.merge(&Waits::of([86_400.0]));
/// assert_eq!((waits.count(), waits.mean_s()), (5, Some(18_060.0)));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waits {
    count: u64,
    mean_s: f64,
    sd_s: f64,
    /// Bucket and count, in the order of the buckets; no count is 0.
    buckets: Vec<(u16, u64)>,
}

/// The first number beyond those that milliseconds are counted with.
const TOO_LONG_MS: f64 = 18_446_744_073_709_551_616.0;

impl Waits {
    /// Counts times in seconds, each rounded to the millisecond for its bucket. Those that are negative or not a number are
    /// left out.
    #[must_use]
    pub fn of(seconds: impl IntoIterator<Item = f64>) -> Self {
        let mut numbers: Vec<u16> = Vec::new();
        let (mut mean, mut squares) = (0.0, 0.0);
        for time in seconds {
            if !(time >= 0.0 && time.is_finite()) {
                continue;
            }
            let ms = (time * 1000.0).round().min(TOO_LONG_MS / 2.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number from 0 to 2^63"
            )]
            numbers.push(bucket_of(ms as u64));
            // Welford 1962.
            let away = time - mean;
            mean += away / numbers.len() as f64;
            squares += away * (time - mean);
        }
        numbers.sort_unstable();
        let count = numbers.len() as u64;
        let sd_s = (squares.max(0.0) / (count as f64).max(1.0)).sqrt();
        let same = numbers.chunk_by(|a, b| a == b);
        let buckets = same.filter_map(|same| Some((*same.first()?, same.len() as u64)));
        Self {
            count,
            mean_s: mean,
            sd_s,
            buckets: buckets.collect(),
        }
    }

    /// From counts, whose sum and sum of squares are in milliseconds. `buckets` are in order, with counts above 0.
    pub(crate) fn counted(buckets: Vec<(u16, u64)>, sum_ms: u128, squares_ms2: u128) -> Self {
        let count: u64 = buckets.iter().map(|&(_, count)| count).sum();
        let n = count as f64;
        // In whole numbers as far as they reach, since the difference of two large ones is what matters.
        let spread = u128::from(count)
            .checked_mul(squares_ms2)
            .zip(sum_ms.checked_mul(sum_ms))
            .map_or_else(
                || n * squares_ms2 as f64 - (sum_ms as f64).powi(2),
                |(squares, square)| squares.saturating_sub(square) as f64,
            );
        Self {
            count,
            mean_s: sum_ms as f64 / n.max(1.0) / 1000.0,
            sd_s: spread.max(0.0).sqrt() / n.max(1.0) / 1000.0,
            buckets,
        }
    }

    /// As a document tells it: `None` where that contradicts itself.
    #[cfg(feature = "serde")]
    pub(crate) fn told(mean_s: f64, sd_s: f64, buckets: Vec<(u16, u64)>) -> Option<Self> {
        let is_amount = |value: f64| value.is_finite() && value >= 0.0;
        let ordered = buckets.is_sorted_by(|a, b| a.0 < b.0);
        let counts = buckets.iter().map(|&(_, count)| count);
        let count = counts.clone().try_fold(0_u64, u64::checked_add)?;
        let fits = ordered && buckets.iter().all(|&(bucket, n)| bucket <= LAST && n > 0);
        (fits && count > 0 && is_amount(mean_s) && is_amount(sd_s)).then_some(Self {
            count,
            mean_s,
            sd_s,
            buckets,
        })
    }

    /// How many times were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean, in seconds; `None` where there are none.
    #[must_use]
    pub fn mean_s(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean_s)
    }

    /// Their standard deviation (divisor n), in seconds; `None` where there are none.
    #[must_use]
    pub fn sd_s(&self) -> Option<f64> {
        (self.count > 0).then_some(self.sd_s)
    }

    /// The time up to which a share `p` of them lies, in seconds: the middle of the first bucket at which so many are
    /// reached, within 2.2 % of the time itself. `None` where there are none or `p` is outside 0..=1. Takes O(buckets).
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        let mut reached = 0_u64;
        let found = self.buckets.iter().find(|&&(_, count)| {
            reached += count;
            reached as f64 >= p * self.count as f64
        });
        found
            .or(self.buckets.last())
            .map(|&(bucket, _)| middle_s(bucket))
    }

    /// The share that took at most so many seconds, in 0..=1; inside a bucket as if times lay evenly in it. `None` where
    /// there are none.
    #[must_use]
    pub fn within(&self, seconds: f64) -> Option<f64> {
        let parts = self.buckets.iter().map(|&(bucket, count)| {
            let (low, high) = edges_s(bucket);
            let part = if seconds >= high {
                1.0
            } else if seconds <= low {
                0.0
            } else {
                (seconds - low) / (high - low)
            };
            part * count as f64
        });
        (self.count > 0).then(|| parts.sum::<f64>() / self.count as f64)
    }

    /// Adds the times of others. Takes O(buckets).
    pub fn merge(&mut self, other: &Self) {
        let (ours, theirs) = (self.count as f64, other.count as f64);
        let all = ours + theirs;
        if all > 0.0 {
            let apart = other.mean_s - self.mean_s;
            let within = ours * self.sd_s.powi(2) + theirs * other.sd_s.powi(2);
            let between = ours * theirs / all * apart * apart;
            self.mean_s += apart * theirs / all;
            self.sd_s = ((within + between) / all).sqrt();
        }
        self.count = self.count.saturating_add(other.count);
        self.buckets.extend_from_slice(&other.buckets);
        self.buckets.sort_unstable();
        self.buckets.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
    }

    /// From where to where each bucket reaches that holds any, in seconds, and how many it holds.
    #[must_use]
    pub fn buckets(&self) -> impl ExactSizeIterator<Item = (f64, f64, u64)> + '_ {
        self.buckets.iter().map(|&(bucket, count)| {
            let (low, high) = edges_s(bucket);
            (low, high, count)
        })
    }

    /// The same by the numbers of the buckets.
    pub(crate) fn numbered(&self) -> &[(u16, u64)] {
        &self.buckets
    }
}

#[cfg(test)]
mod tests {
    use super::{LAST, Waits, bucket_of, edges_s, middle_s};

    #[test]
    fn every_time_lies_in_its_bucket_and_near_its_middle() {
        assert_eq!((bucket_of(0), bucket_of(1), bucket_of(2)), (0, 1, 17));
        assert!(bucket_of(u64::MAX) <= LAST);
        let mut ms = 1_u64;
        while ms < u64::MAX / 3 {
            for near in [ms - 1, ms, ms + 1] {
                let (low, high) = edges_s(bucket_of(near));
                let seconds = near as f64 / 1000.0;
                assert!(low <= seconds && (seconds < high || near == 0), "{near}");
                let off = middle_s(bucket_of(near)) - seconds;
                assert!(off.abs() <= 0.0219 * seconds, "{near}");
            }
            ms += ms / 8 + 1;
        }
    }

    /// The same as of all times at once: the buckets exactly.
    #[test]
    fn parts_put_together_are_the_whole() {
        let all: Vec<f64> = (0..500_u32).map(|i| f64::from(i * i % 977) * 3.7).collect();
        let whole = Waits::of(all.iter().copied());
        let mut merged = Waits::default();
        for part in all.chunks(33) {
            merged.merge(&Waits::of(part.iter().copied()));
        }
        assert_eq!(merged.numbered(), whole.numbered());
        let near = |a: Option<f64>, b: Option<f64>| {
            a.zip(b).is_some_and(|(a, b)| (a / b - 1.0).abs() < 1e-12)
        };
        assert!(near(merged.mean_s(), whole.mean_s()) && near(merged.sd_s(), whole.sd_s()));
    }
}
