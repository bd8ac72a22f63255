//! How often each emotion was stated where.

use super::hash::Seed;
use super::index::Counts;

/// How many emotions have cells: more than any scale of stars or points.
const LEVELS: u32 = 16;
/// How many moments (places by promise results) have cells: at most 1 MiB.
const MOMENTS: u32 = 1 << 13;

/// How often each emotion was stated at each moment: in a flat table for the first emotions of the first moments,
/// by their hashes for the others.
#[derive(Debug, Clone)]
pub(super) struct Felt {
    cells: Vec<[u64; LEVELS as usize]>,
    others: Counts,
}

impl Felt {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            cells: Vec::new(),
            others: Counts::new(seed),
        }
    }

    /// Adds to the count of an emotion; `None` where there are too many.
    #[inline]
    pub(super) fn add(&mut self, moment: u32, level: u32, count: u64) -> Option<()> {
        let cells = self.cells.get_mut(moment as usize);
        if let Some(cell) = cells.and_then(|cells| cells.get_mut(level as usize)) {
            *cell += count;
            return Some(());
        }
        self.add_other(moment, level, count)
    }

    #[inline(never)]
    fn add_other(&mut self, moment: u32, level: u32, count: u64) -> Option<()> {
        if level >= LEVELS || moment >= MOMENTS {
            return self.others.add(moment, level, count);
        }
        self.cells.resize(moment as usize + 1, [0; LEVELS as usize]);
        *self.cells.last_mut()?.get_mut(level as usize)? += count;
        Some(())
    }

    /// Every emotion with its count: moment, number of the emotion, how often.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        let cells = (0..).zip(&self.cells).flat_map(|(moment, cells)| {
            let stated = (0..).zip(cells).filter(|&(_, &count)| count > 0);
            stated.map(move |(level, &count)| (moment, level, count))
        });
        cells.chain(self.others.iter())
    }
}
