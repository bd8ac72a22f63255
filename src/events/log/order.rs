//! The moments of each journey together, in their order.

use super::Moment;
use super::sequences::Sequences;
use super::times::{NEVER, Times};

/// Where the moments of each journey are.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// By journey: where its moments begin; one more at the end.
    bounds: Vec<u32>,
    /// Positions of moments, journey by journey; empty where they lie like that in the log.
    at: Vec<u32>,
    /// Moments that came before one that belongs before them.
    pub(super) moved: u64,
}

impl Order {
    /// Takes O(n), and O(k log k) for each journey of k moments that came out of order.
    pub(super) fn new(
        moments: &[Moment],
        sequences: &Sequences,
        times: &Times,
        journeys: usize,
    ) -> Self {
        let mut bounds = vec![0_u32; journeys + 1];
        for moment in moments {
            if let Some(next) = bounds.get_mut(moment.journey as usize + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for bound in &mut bounds {
            sum += *bound;
            *bound = sum;
        }
        let grouped = moments.is_sorted_by_key(|moment| moment.journey);
        let mut at: Vec<u32> = Vec::new();
        if grouped {
            at.extend(0..sum);
        } else {
            at.resize(moments.len(), 0);
            let mut next = bounds.clone();
            for (position, moment) in (0..).zip(moments) {
                if let Some(free) = next.get_mut(moment.journey as usize)
                    && let Some(slot) = at.get_mut(*free as usize)
                {
                    *slot = position;
                    *free += 1;
                }
            }
        }
        let mut order = Self {
            bounds,
            at,
            moved: 0,
        };
        order.sort(moments, sequences, times);
        if grouped && order.moved == 0 {
            order.at = Vec::new();
        }
        order
    }

    /// Sorts each journey by sequence number where each of its events has one, otherwise by time. Those without a time
    /// stay behind the one before them, and equal ones as they came.
    fn sort(&mut self, moments: &[Moment], sequences: &Sequences, times: &Times) {
        let mut keyed: Vec<(i128, u32)> = Vec::new();
        for bounds in self.bounds.windows(2) {
            let &[start, end] = bounds else { continue };
            let Some(same) = self.at.get_mut(start as usize..end as usize) else {
                continue;
            };
            let number = |at: u32| sequences.get(at as usize);
            let time = |at: u32| moments.get(at as usize).map_or(NEVER, |moment| moment.time);
            let numbered = sequences.stated() && same.iter().all(|&at| number(at).is_some());
            // Most journeys come in their order.
            let sorted = if numbered {
                same.is_sorted_by_key(|&at| number(at))
            } else {
                let mut latest = NEVER;
                same.iter().all(|&at| {
                    let (before, now) = (latest, time(at));
                    latest = if now == NEVER { latest } else { now };
                    now == NEVER || before == NEVER || times.nanos(before) <= times.nanos(now)
                })
            };
            if sorted {
                continue;
            }
            let mut latest = i128::MIN;
            keyed.clear();
            for &at in same.iter() {
                let own = if numbered {
                    number(at).map(i128::from)
                } else {
                    times.nanos(time(at))
                };
                latest = own.unwrap_or(latest);
                keyed.push((latest, at));
            }
            keyed.sort_by_key(|&(key, _)| key);
            for (slot, &(_, at)) in same.iter_mut().zip(&keyed) {
                *slot = at;
            }
            let back = same.windows(2).filter(|pair| pair[0] > pair[1]).count();
            self.moved += back as u64;
        }
    }

    /// The range of a journey's moments, for [`position`](Self::position).
    #[inline]
    pub(super) fn range(&self, journey: u32) -> std::ops::Range<u32> {
        let at = journey as usize;
        match (self.bounds.get(at), self.bounds.get(at + 1)) {
            (Some(&start), Some(&end)) => start..end,
            _ => 0..0,
        }
    }

    /// Where a moment lies in the log.
    #[inline]
    pub(super) fn position(&self, place: u32) -> u32 {
        self.at.get(place as usize).copied().unwrap_or(place)
    }
}
