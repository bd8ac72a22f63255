//! How often each place was visited, by promise result and by what was felt.

use crate::events::hash::Seed;
use crate::events::index::Counts;

/// Stands for an emotion that nobody stated.
pub(in crate::events) const UNFELT: u32 = u32::MAX;

/// How many emotions have cells, and no emotion: more than any scale of stars or points.
const FEELINGS: usize = 16;
/// How many places have cells: at most 512 KiB.
const PLACES: u32 = 1 << 11;

/// The visits of a place by emotion, the first of which is none, and by promise result: what a log repeats most lies
/// close together.
type Cells = [[u32; 4]; FEELINGS];

/// How often each place was visited: in a flat table for the first emotions at the first places, by their hashes for the
/// others and for what outgrows its cell.
#[derive(Debug, Clone)]
pub(in crate::events) struct Visits {
    cells: Vec<Cells>,
    others: Counts,
}

/// Visits of a place that found the same of its promise, as one number, and felt the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::events) struct Visited {
    pub(in crate::events) moment: u32,
    /// The number of the emotion, unless none was stated.
    pub(in crate::events) level: Option<u32>,
    pub(in crate::events) count: u64,
}

impl Visits {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            cells: Vec::new(),
            others: Counts::new(seed),
        }
    }

    /// Adds one visit of which the emotion, or [`UNFELT`], is stated; `None` where there are too many kinds.
    #[inline]
    pub(in crate::events) fn add_one(&mut self, moment: u32, level: u32) -> Option<()> {
        let cells = self.cells.get_mut((moment >> 2) as usize);
        if let Some(feelings) = cells
            && let Some(cells) = feelings.get_mut(level.wrapping_add(1) as usize)
            && let Some(more) = cells[(moment & 3) as usize].checked_add(1)
        {
            cells[(moment & 3) as usize] = more;
            return Some(());
        }
        self.add(moment, level, 1)
    }

    /// Adds visits.
    #[inline(never)]
    pub(in crate::events) fn add(&mut self, moment: u32, level: u32, count: u64) -> Option<()> {
        let (place, feeling) = (moment >> 2, level.wrapping_add(1));
        if place < PLACES && self.cells.len() <= place as usize {
            self.cells.resize(place as usize + 1, Cells::default());
        }
        let cells = self.cells.get_mut(place as usize);
        if let Some(cells) = cells.and_then(|feelings| feelings.get_mut(feeling as usize)) {
            let cell = &mut cells[(moment & 3) as usize];
            let sum = u64::from(*cell).checked_add(count);
            if let Some(sum) = sum.and_then(|sum| u32::try_from(sum).ok()) {
                *cell = sum;
                return Some(());
            }
        }
        self.others.add(moment, feeling, count)
    }

    /// All visits, by moment and emotion.
    pub(in crate::events) fn all(&self) -> Vec<Visited> {
        let cells = (0..).zip(&self.cells).flat_map(|(place, feelings)| {
            let cells = (0..).zip(feelings.as_flattened());
            cells.map(move |(at, &count)| (place << 2 | at & 3, at >> 2, u64::from(count)))
        });
        let counted = cells.chain(self.others.iter());
        let mut all: Vec<Visited> = counted
            .filter(|&(_, _, count)| count > 0)
            .map(|(moment, feeling, count)| Visited {
                moment,
                level: feeling.checked_sub(1),
                count,
            })
            .collect();
        all.sort_unstable();
        // What has outgrown its cell is counted in two places.
        all.dedup_by(|next, kept| {
            let same = (next.moment, next.level) == (kept.moment, kept.level);
            if same {
                kept.count += next.count;
            }
            same
        });
        all
    }

    /// The visits of which an emotion is stated: moment, number of the emotion, how often.
    pub(in crate::events) fn felt(&self) -> impl Iterator<Item = (u32, u32, u64)> {
        self.all()
            .into_iter()
            .filter_map(|visited| Some((visited.moment, visited.level?, visited.count)))
    }

    /// The visits of so many places, by promise result.
    pub(in crate::events) fn by_place(&self, places: usize) -> Vec<[u64; 4]> {
        let mut sums = vec![[0; 4]; places];
        for Visited { moment, count, .. } in self.all() {
            if let Some(sums) = sums.get_mut((moment >> 2) as usize) {
                sums[(moment & 3) as usize] += count;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::{Seed, UNFELT, Visited, Visits};

    /// More visits than a cell can count, and a moment and an emotion without cells.
    #[test]
    fn what_outgrows_its_cell_is_counted_elsewhere() {
        let mut visits = Visits::new(Seed::new());
        let most = u64::from(u32::MAX);
        let (far, many) = (1 << 20, 40);
        for (moment, level) in [(5, 2), (5, UNFELT), (far, 2), (5, many)] {
            assert!(visits.add(moment, level, most).is_some());
            assert!(visits.add_one(moment, level).is_some());
            assert!(visits.add_one(moment, level).is_some());
        }
        let visited = |moment, level| Visited {
            moment,
            level,
            count: most + 2,
        };
        let expected = [
            visited(5, None),
            visited(5, Some(2)),
            visited(5, Some(many)),
            visited(far, Some(2)),
        ];
        assert_eq!(visits.all(), expected);
        assert_eq!(visits.by_place(2), [[0; 4], [0, 3 * (most + 2), 0, 0]]);
        assert_eq!(visits.felt().count(), 3);
    }
}
