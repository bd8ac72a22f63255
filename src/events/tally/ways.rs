//! What was counted of the ways from one place to the next.

use std::hint::black_box;

use super::under_way::Wait;
use super::waits::Spreads;
use crate::events::hash::Seed;
use crate::events::index::{Index, pair};

/// A way that one journey went.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Moved {
    /// Where from, and with which promise result, as one number.
    pub(in crate::events) from: u32,
    pub(in crate::events) to: u32,
    pub(in crate::events) wait: Wait,
    /// Where it is counted, once that is known.
    cell: u32,
}

/// Stands for a cell that there is not.
const NOWHERE: u32 = u32::MAX;

impl Moved {
    #[inline]
    pub(in crate::events) fn new(from: u32, to: u32, wait: Wait) -> Self {
        Self {
            from,
            to,
            wait,
            cell: NOWHERE,
        }
    }
}

/// A way with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::events) struct Way {
    pub(in crate::events) from: u32,
    pub(in crate::events) to: u32,
    pub(in crate::events) count: u64,
    /// How often the time it took is known.
    pub(in crate::events) timed: u64,
    /// The sum of those times.
    pub(in crate::events) wait_ms: u128,
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

/// All ways.
///
/// Those between the first 256 places have cells in tables, so that a step costs one look at memory. Ways between
/// others, and the counts that outgrow their cells, are found by their hash.
#[derive(Debug, Clone)]
pub(in crate::events) struct Ways {
    /// By where from and to, then by the promise result found before: what most journeys do lies close together. First
    /// the steps whose time is not known, then the others.
    tables: [Vec<Cell>; 2],
    /// Between how many places there are cells: zero or a power of two.
    room: u32,
    seed: Seed,
    index: Index,
    counted: Vec<Way>,
    pub(in crate::events) spreads: Spreads,
}

impl Ways {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            tables: [Vec::new(), Vec::new()],
            room: 0,
            seed,
            index: Index::default(),
            counted: Vec::new(),
            spreads: Spreads::new(seed),
        }
    }

    /// Every way, by where from and to.
    pub(in crate::events) fn all(&self) -> Vec<Way> {
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

    /// Makes cells for the ways of a place, if those between it and all places before it shall have any.
    pub(in crate::events) fn make_room(&mut self, place: u32) {
        if place < FLAT && place >= self.room {
            self.grow(place);
        }
    }

    /// Adds steps, so that many of them wait for memory at a time.
    #[inline]
    pub(in crate::events) fn go_all(&mut self, moves: &mut Vec<Moved>) -> Option<()> {
        let [_, timed] = &self.tables;
        for moved in &mut *moves {
            moved.cell = self.cell(moved.from, moved.to);
            black_box(timed.get(moved.cell as usize).copied());
        }
        for moved in moves.drain(..) {
            if let Wait::Known(wait) = moved.wait {
                self.spreads.of(moved.from, moved.to)?.add(wait);
            }
            let [_, timed] = &mut self.tables;
            if let Wait::Known(wait) = moved.wait
                && let Some(cell) = timed.get_mut(moved.cell as usize)
                && let Some(more) = cell.after(wait)
            {
                *cell = more;
            } else {
                self.go(moved)?;
            }
        }
        Some(())
    }

    /// Adds a step, whatever is known of it.
    #[inline(never)]
    fn go(&mut self, moved: Moved) -> Option<()> {
        let Moved { from, to, .. } = moved;
        let (timed, wait) = match moved.wait {
            Wait::Known(wait) => (true, wait),
            Wait::Unknown | Wait::Contradicted => (false, 0),
        };
        let cells = &mut self.tables[usize::from(timed)];
        if cells.is_empty() && moved.cell != NOWHERE {
            *cells = no_cells(self.room);
        }
        if let Some(cell) = cells.get_mut(moved.cell as usize) {
            if let Some(more) = cell.after(wait) {
                *cell = more;
                return Some(());
            }
            let full = std::mem::take(cell);
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
    pub(in crate::events) fn add(&mut self, way: Way) -> Option<()> {
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
    fn cell(&self, from: u32, to: u32) -> u32 {
        if to < self.room && from >> 2 < self.room {
            ((from >> 2) * self.room + to) << 2 | from & 3
        } else {
            NOWHERE
        }
    }

    /// Makes room for the ways of a place.
    fn grow(&mut self, place: u32) {
        let (old, room) = (self.room, (place + 1).next_power_of_two().max(16));
        self.room = room;
        for cells in self.tables.iter_mut().filter(|cells| !cells.is_empty()) {
            let before = std::mem::replace(cells, no_cells(room));
            // Of each place, the cells of its ways to the places known before.
            let rows = before.chunks(4 * old as usize);
            for (new, old) in cells.chunks_mut(4 * room as usize).zip(rows) {
                for (new, old) in new.iter_mut().zip(old) {
                    *new = *old;
                }
            }
        }
    }
}

/// Cells between so many places.
fn no_cells(room: u32) -> Vec<Cell> {
    vec![Cell::default(); 4 * (room * room) as usize]
}

impl Cell {
    /// With one more step; `None` where that is more than a cell can hold.
    #[inline]
    fn after(self, wait: u64) -> Option<Self> {
        if wait > LONGEST - (self.0 & LONGEST) {
            return None;
        }
        Some(Self(self.0.checked_add((1 << WAIT_BITS) + wait)?))
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
    use super::{Moved, Seed, WAIT_BITS, Wait, Ways};

    /// What a cell can count.
    const MOST: u64 = u64::MAX >> WAIT_BITS;

    /// More steps than a cell can count, every other one of unknown time.
    #[test]
    fn a_cell_that_is_full_is_emptied_elsewhere() {
        let mut ways = Ways::new(Seed::new());
        ways.make_room(1);
        let steps = 2 * (MOST + 3);
        let mut moves = Vec::new();
        for step in 0..steps {
            let wait = if step % 2 == 0 {
                Wait::Known(5)
            } else {
                Wait::Unknown
            };
            moves.push(Moved::new(4, 0, wait));
            assert!(ways.go_all(&mut moves).is_some());
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
