//! What was counted of the ways from one place to the next.

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

/// Between how many places ways are counted in a flat table: at most 4 MiB.
const FLAT: u32 = 256;

/// A way in the flat table: its counts as long as they are small.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    count: u32,
    timed: u32,
    wait_ms: u64,
}

/// All ways.
///
/// Those between the first 256 places have cells in a table, so that a step costs one look at memory. Ways between
/// others, and the counts that outgrow their cells, are found by their hash.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// By where from and to; rows of [`room`](Self::room) cells.
    cells: Vec<Cell>,
    /// Between how many places there are cells: zero or a power of two.
    room: u32,
    seed: Seed,
    index: Index,
    counted: Vec<Way>,
}

impl Ways {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            cells: Vec::new(),
            room: 0,
            seed,
            index: Index::default(),
            counted: Vec::new(),
        }
    }

    /// Every way, by where from and to.
    pub(super) fn all(&self) -> Vec<Way> {
        let mut all = self.counted.clone();
        let row = self.room.max(1) as usize;
        for (from, row) in (0..).zip(self.cells.chunks(row)) {
            for (to, cell) in (0..).zip(row) {
                if cell.count > 0 {
                    all.push(cell.way(from, to));
                }
            }
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

    /// Adds one step.
    #[inline]
    pub(super) fn go(&mut self, moved: Moved) -> Option<()> {
        let (timed, wait) = match moved.wait {
            Wait::Known(wait) => (1, wait),
            Wait::Unknown | Wait::Contradicted => (0, 0),
        };
        let at = self.cell(moved.from, moved.to);
        if let Some(cell) = self.cells.get_mut(at)
            && let (Some(count), Some(sum)) =
                (cell.count.checked_add(1), cell.wait_ms.checked_add(wait))
        {
            cell.count = count;
            // There are at most as many as steps.
            cell.timed += timed;
            cell.wait_ms = sum;
            return Some(());
        }
        self.go_far(moved, timed, wait)
    }

    /// Adds a step for which there is no cell, or whose cell is full.
    #[inline(never)]
    fn go_far(&mut self, moved: Moved, timed: u32, wait: u64) -> Option<()> {
        let Moved { from, to, .. } = moved;
        let cell = Cell {
            count: 1,
            timed,
            wait_ms: wait,
        };
        let most = (from >> 2).max(to);
        if most >= FLAT || most < self.room {
            return self.add(cell.way(from, to));
        }
        self.grow(most);
        let at = self.cell(from, to);
        *self.cells.get_mut(at)? = cell;
        Some(())
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
            from as usize * self.room as usize + to as usize
        } else {
            usize::MAX
        }
    }

    /// Makes cells for the ways of a place.
    fn grow(&mut self, place: u32) {
        let old = self.room.max(1) as usize;
        self.room = (place + 1).next_power_of_two().max(16);
        let room = self.room as usize;
        let mut cells = vec![Cell::default(); 4 * room * room];
        for (new, old) in cells.chunks_mut(room).zip(self.cells.chunks(old)) {
            for (new, old) in new.iter_mut().zip(old) {
                *new = *old;
            }
        }
        self.cells = cells;
    }
}

impl Cell {
    fn way(self, from: u32, to: u32) -> Way {
        Way {
            from,
            to,
            count: u64::from(self.count),
            timed: u64::from(self.timed),
            wait_ms: u128::from(self.wait_ms),
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
