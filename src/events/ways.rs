//! What was counted of the ways from one place to the next.

use std::hint::black_box;

use super::hash::Seed;
use super::index::{Index, pair};
use super::open::Wait;

/// A way that one journey went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved {
    /// Where from, and with which promise result, as one number.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) wait: Wait,
}

/// A way with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) count: u64,
    /// How often the time it took is known.
    pub(super) timed: u64,
    /// The sum of those times.
    pub(super) wait_ms: u128,
}

/// Between how many places ways are counted in flat tables: at most 2 MiB each.
const FLAT: u32 = 256;

/// A way in a flat table, in eight bytes, so that much of the table stays near the processor: its count above, and
/// below it the sum of its waits.
#[derive(Debug, Clone, Copy, Default)]
struct Cell(u64);

/// For the waits: 34 years in milliseconds.
const WAIT_BITS: u32 = 40;
const LONGEST: u64 = (1 << WAIT_BITS) - 1;
/// What is left for the count.
const MOST: u64 = u64::MAX >> WAIT_BITS;

/// All ways.
///
/// Those between the first 256 places have cells in tables, so that a step costs one look at memory. Ways between
/// others, and the counts that outgrow their cells, are found by their hash.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// By where from and to, then by the promise result found before: what most journeys do lies close together. First
    /// the steps whose time is not known, then the others.
    tables: [Vec<Cell>; 2],
    /// Between how many places there are cells: zero or a power of two.
    room: u32,
    seed: Seed,
    index: Index,
    counted: Vec<Way>,
}

impl Ways {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            tables: [Vec::new(), Vec::new()],
            room: 0,
            seed,
            index: Index::default(),
            counted: Vec::new(),
        }
    }

    /// Every way, by where from and to.
    pub(super) fn all(&self) -> Vec<Way> {
        let mut all = self.counted.clone();
        for (timed, cells) in [false, true].into_iter().zip(&self.tables) {
            let went = (0..).zip(cells).filter(|(_, cell)| cell.0 > 0);
            all.extend(went.map(|(at, cell)| {
                let (places, result) = (at >> 2, at & 3);
                let (from, to) = (places / self.room, places % self.room);
                cell.way(from << 2 | result, to, timed)
            }));
        }
        all.sort_unstable();
        all.dedup_by(|next, kept| {
            let same = (next.from, next.to) == (kept.from, kept.to);
            if same {
                kept.add(next);
            }
            same
        });
        all
    }

    /// Fetches what a step will be added to.
    #[inline]
    pub(super) fn fetch(&self, moved: &Moved) {
        let [_, timed] = &self.tables;
        black_box(timed.get(self.cell(moved.from, moved.to)).copied());
    }

    /// Adds one step.
    #[inline]
    pub(super) fn go(&mut self, moved: Moved) -> Option<()> {
        let (timed, wait) = match moved.wait {
            Wait::Known(wait) => (true, wait),
            Wait::Unknown | Wait::Contradicted => (false, 0),
        };
        let at = self.cell(moved.from, moved.to);
        if let Some(cell) = self.tables[usize::from(timed)].get_mut(at)
            && let Some(more) = cell.after(wait)
        {
            *cell = more;
            return Some(());
        }
        self.go_far(moved, timed, wait)
    }

    /// Adds a step for which there is no cell, or whose cell is full.
    #[inline(never)]
    fn go_far(&mut self, moved: Moved, timed: bool, wait: u64) -> Option<()> {
        let Moved { from, to, .. } = moved;
        let most = (from >> 2).max(to);
        if most < FLAT && most >= self.room {
            self.grow(most);
            return self.go(moved);
        }
        let at = self.cell(from, to);
        if let Some(full) = self.tables[usize::from(timed)].get_mut(at) {
            let full = std::mem::take(full);
            self.add(full.way(from, to, timed))?;
        }
        self.add(Way {
            from,
            to,
            count: 1,
            timed: u64::from(timed),
            wait_ms: u128::from(wait),
        })
    }

    /// Adds steps that were counted elsewhere; `None` where there are too many ways.
    pub(super) fn add(&mut self, way: Way) -> Option<()> {
        let hash = self.seed.number(pair(way.from, way.to));
        let is = |at: u32| {
            let known = self.counted.get(at as usize);
            known.is_some_and(|known| (known.from, known.to) == (way.from, way.to))
        };
        if let Some(at) = self.index.find(hash, is) {
            self.counted.get_mut(at as usize)?.add(&way);
            return Some(());
        }
        let at = u32::try_from(self.counted.len()).ok()?;
        if at >= u32::MAX - 1 {
            return None;
        }
        self.counted.push(way);
        self.index.insert(hash, at);
        Some(())
    }

    /// Where the cell of a way is; nowhere for places beyond those that have cells.
    #[inline]
    fn cell(&self, from: u32, to: u32) -> usize {
        if to < self.room && from >> 2 < self.room {
            (((from >> 2) * self.room + to) << 2 | from & 3) as usize
        } else {
            usize::MAX
        }
    }

    /// Makes cells for the ways of a place.
    fn grow(&mut self, place: u32) {
        let (old, room) = (self.room, (place + 1).next_power_of_two().max(16));
        self.room = room;
        for cells in &mut self.tables {
            let new = vec![Cell::default(); 4 * (room * room) as usize];
            let before = std::mem::replace(cells, new);
            // Of each place, the cells of its ways to the places known before.
            let rows = before.chunks(4 * old.max(1) as usize);
            for (new, old) in cells.chunks_mut(4 * room as usize).zip(rows) {
                for (new, old) in new.iter_mut().zip(old) {
                    *new = *old;
                }
            }
        }
    }
}

impl Cell {
    /// With one more step; `None` where that is more than a cell can hold.
    #[inline]
    fn after(self, wait: u64) -> Option<Self> {
        let waits = (self.0 & LONGEST).checked_add(wait)?;
        let count = (self.0 >> WAIT_BITS) + 1;
        (waits <= LONGEST && count <= MOST).then_some(Self(count << WAIT_BITS | waits))
    }

    fn way(self, from: u32, to: u32, timed: bool) -> Way {
        let count = self.0 >> WAIT_BITS;
        Way {
            from,
            to,
            count,
            timed: if timed { count } else { 0 },
            wait_ms: u128::from(self.0 & LONGEST),
        }
    }
}

impl Way {
    fn add(&mut self, more: &Self) {
        self.count += more.count;
        self.timed += more.timed;
        // Sums of at most 2^64 times below 2^64.
        self.wait_ms = self.wait_ms.saturating_add(more.wait_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Moved, Seed, Wait, Ways};

    /// More steps than a cell can count, every other one of unknown time.
    #[test]
    fn a_cell_that_is_full_is_emptied_elsewhere() {
        let mut ways = Ways::new(Seed::new());
        let steps = 2 * (MOST + 3);
        for step in 0..steps {
            let wait = if step % 2 == 0 {
                Wait::Known(5)
            } else {
                Wait::Unknown
            };
            let moved = Moved {
                from: 4,
                to: 0,
                wait,
            };
            assert!(ways.go(moved).is_some());
        }
        let all = ways.all();
        let [way] = all.as_slice() else {
            unreachable!("one way was gone: {all:?}");
        };
        assert_eq!((way.from, way.to, way.count), (4, 0, steps));
        assert_eq!(
            (way.timed, way.wait_ms),
            (steps / 2, u128::from(steps / 2 * 5))
        );
    }
}
