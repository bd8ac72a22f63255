//! Each of several groups of units against all others together, over many tables at once.
//!
//! Units (journeys, or customers) are dealt anew to the groups, whole. That gives a p to each group for all tables of a kind
//! together, and to each group at each table one that holds for all of them at the same time: how often the largest of all
//! scores comes out as large by chance (Westfall and Young 1993). A score is the tail of the chi-square distribution, which
//! makes tables of different sizes alike; what it is worth the dealing says.

use super::draws::Stream;
use super::homogeneity::{Deals, FEWEST_DEALS, Likelihood, Units, is_as_far, likelihood};
use super::quantiles::chi_square_tail;

/// A group against all others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Against {
    /// The tables that count for the whole, together.
    pub(crate) whole: Likelihood,
    /// The chance of a G2 at least as large for this group, where units are dealt anew.
    pub(crate) p: f64,
    /// By table: G2, and the chance that any group has as large a score at any table.
    pub(crate) tables: Vec<(Likelihood, f64)>,
}

/// All groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AllAgainst {
    pub(crate) groups: Vec<Against>,
    /// All groups at once, over the tables that count for the whole: G2, what it is by chance on average, and its p.
    pub(crate) together: (f64, f64, f64),
    pub(crate) deals: u32,
}

/// So many logarithms may be taken; some seconds' work.
const BUDGET: u64 = 400_000_000;

/// Cells by table, and which tables count for the whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'a> {
    /// By cell: its table.
    pub(crate) of: &'a [u32],
    /// By table: whether it is part of the whole.
    pub(crate) whole: &'a [bool],
}

/// Tests each group. Takes O((moves + groups x cells) x deals).
pub(crate) fn each_against_rest(
    units: &Units,
    groups: usize,
    tables: Tables<'_>,
    deals: Deals,
) -> AllAgainst {
    let layout = Layout::new(tables);
    let found = layout.score(units, units.groups(), groups);
    let work = (units.moves() + 4 * groups * tables.of.len()).max(1) as u64;
    let number = u64::from(deals.number).min(BUDGET / work);
    let number = u32::try_from(number).unwrap_or(u32::MAX).max(FEWEST_DEALS);
    let mut stream = Stream::new(deals.seed, &["each against the rest"]);
    let mut group = units.groups().to_vec();
    let mut as_far = vec![0_u32; groups];
    let mut tables_as_far: Vec<Vec<u32>> = vec![vec![0; tables.whole.len()]; groups];
    let (mut all_as_far, mut by_chance) = (0_u32, 0.0);
    for _ in 0..number {
        stream.shuffle(&mut group);
        let dealt = layout.score(units, &group, groups);
        let largest = dealt.scores.iter().flatten().copied().fold(0.0, f64::max);
        for ((as_far, dealt), found) in as_far.iter_mut().zip(&dealt.wholes).zip(&found.wholes) {
            *as_far += u32::from(is_as_far(dealt.g2, found.g2));
        }
        for (as_far, found) in tables_as_far.iter_mut().zip(&found.scores) {
            for (as_far, &found) in as_far.iter_mut().zip(found) {
                *as_far += u32::from(is_as_far(largest, found));
            }
        }
        all_as_far += u32::from(is_as_far(dealt.together, found.together));
        by_chance += dealt.together;
    }
    let p = |as_far: u32| (1.0 + f64::from(as_far)) / (1.0 + f64::from(number));
    let of_group = |at: usize| Against {
        whole: found.wholes.get(at).copied().unwrap_or(NOTHING),
        p: as_far.get(at).map_or(1.0, |&as_far| p(as_far)),
        tables: found
            .tables
            .get(at)
            .into_iter()
            .flatten()
            .zip(tables_as_far.get(at).into_iter().flatten())
            .map(|(&table, &as_far)| (table, p(as_far)))
            .collect(),
    };
    AllAgainst {
        groups: (0..groups).map(of_group).collect(),
        together: (found.together, by_chance / f64::from(number), p(all_as_far)),
        deals: number,
    }
}

/// Groups in a row that differ from all others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    /// The first group of it, and the first one behind it.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The tables that count for the whole, together.
    pub(crate) whole: Likelihood,
    /// The chance of as large a difference where the order of the groups means nothing.
    pub(crate) p: f64,
    /// By table: G2, and the chance that any run scores as high at any table where the order of the groups means nothing.
    pub(crate) tables: Vec<(Likelihood, f64)>,
}

/// Where groups in a row are cut in two so that both sides differ most (a run up to the last group), by all tables that count for
/// the whole; and the run that differs most from all others at any table. `None` for fewer than three groups.
///
/// Of more than forty groups only runs of some lengths are looked at, each a third to a half longer than the one before.
pub(crate) fn change_points(
    units: &Units,
    groups: usize,
    tables: Tables<'_>,
    deals: Deals,
) -> Option<[Run; 2]> {
    let counts = Layout::new(tables).count(units, units.groups(), groups);
    change_points_of(&counts, tables, deals)
}

/// The same where only the counts of each group are at hand, by cell.
pub(crate) fn change_points_of(
    counts: &[Vec<f64>],
    tables: Tables<'_>,
    deals: Deals,
) -> Option<[Run; 2]> {
    let groups = counts.len();
    if groups < 3 {
        return None;
    }
    let layout = Layout::new(tables);
    let mut order: Vec<usize> = (0..groups).collect();
    let lengths = lengths(groups);
    let found = layout.runs(counts, &order, &lengths);
    let work = (groups * (lengths.len() + 1) * tables.of.len()).max(1) as u64;
    let number = u64::from(deals.number).min(BUDGET / work);
    let number = u32::try_from(number).unwrap_or(u32::MAX).max(FEWEST_DEALS);
    let mut stream = Stream::new(deals.seed, &["change points"]);
    let (mut cut_as_far, mut run_as_far) = (0_u32, 0_u32);
    let mut as_far = vec![0_u32; found.tables.len()];
    for _ in 0..number {
        stream.shuffle(&mut order);
        let dealt = layout.runs(counts, &order, &lengths);
        cut_as_far += u32::from(is_as_far(dealt.cut.2.g2, found.cut.2.g2));
        run_as_far += u32::from(is_as_far(dealt.score, found.score));
        for (as_far, &table) in as_far.iter_mut().zip(&found.tables) {
            *as_far += u32::from(is_as_far(dealt.score, score(table)));
        }
    }
    let p = |as_far: u32| (1.0 + f64::from(as_far)) / (1.0 + f64::from(number));
    let (from, to, whole) = found.cut;
    let cut = Run {
        from,
        to,
        whole,
        p: p(cut_as_far),
        tables: Vec::new(),
    };
    let each = found.tables.iter().zip(&as_far);
    let run = Run {
        from: found.run.0,
        to: found.run.1,
        whole: found.run.2,
        p: p(run_as_far),
        tables: each.map(|(&table, &as_far)| (table, p(as_far))).collect(),
    };
    Some([cut, run])
}

/// The lengths of runs that are looked at.
fn lengths(groups: usize) -> Vec<usize> {
    /// Of so many groups all lengths are.
    const ALL: usize = 40;
    let mut lengths = Vec::new();
    let mut length = 1;
    while length < groups {
        lengths.push(length);
        length += if groups <= ALL { 1 } else { length.div_ceil(3) };
    }
    lengths
}

const NOTHING: Likelihood = Likelihood {
    g2: 0.0,
    freedom: 0,
};

struct Layout {
    cells: usize,
    of: Vec<Vec<usize>>,
    whole: Vec<bool>,
}

/// What a dealing comes to.
struct Scored {
    /// By group: the tables of the whole.
    wholes: Vec<Likelihood>,
    /// By group and table.
    tables: Vec<Vec<Likelihood>>,
    scores: Vec<Vec<f64>>,
    together: f64,
}

impl Layout {
    fn new(tables: Tables<'_>) -> Self {
        let mut of = vec![Vec::new(); tables.whole.len()];
        for (cell, &table) in tables.of.iter().enumerate() {
            if let Some(cells) = of.get_mut(table as usize) {
                cells.push(cell);
            }
        }
        Self {
            cells: tables.of.len(),
            whole: tables.whole.to_vec(),
            of,
        }
    }

    fn count(&self, units: &Units, group: &[u32], groups: usize) -> Vec<Vec<f64>> {
        let mut counts = vec![vec![0.0; self.cells]; groups];
        for (moves, &group) in units.each().zip(group) {
            let Some(counts) = counts.get_mut(group as usize) else {
                continue;
            };
            for &cell in moves {
                if let Some(count) = counts.get_mut(cell as usize) {
                    *count += 1.0;
                }
            }
        }
        counts
    }

    fn score(&self, units: &Units, group: &[u32], groups: usize) -> Scored {
        let counts = self.count(units, group, groups);
        let mut all = vec![0.0; self.cells];
        for counts in &counts {
            for (sum, count) in all.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let mut scored = Scored {
            wholes: vec![NOTHING; groups],
            tables: vec![Vec::new(); groups],
            scores: vec![Vec::new(); groups],
            together: 0.0,
        };
        for (cells, &is_part) in self.of.iter().zip(&self.whole) {
            let part = |counts: &Vec<f64>| -> Vec<f64> {
                cells
                    .iter()
                    .filter_map(|&cell| counts.get(cell).copied())
                    .collect()
            };
            let total = part(&all);
            let mut each = Vec::with_capacity(groups);
            for (at, counts) in counts.iter().enumerate() {
                let own = part(counts);
                let rest: Vec<f64> = total.iter().zip(&own).map(|(all, own)| all - own).collect();
                let here = likelihood(&[own.clone(), rest]);
                if let Some(whole) = scored.wholes.get_mut(at).filter(|_| is_part) {
                    whole.g2 += here.g2;
                    whole.freedom += here.freedom;
                }
                if let Some(tables) = scored.tables.get_mut(at) {
                    tables.push(here);
                }
                if let Some(scores) = scored.scores.get_mut(at) {
                    scores.push(score(here));
                }
                each.push(own);
            }
            if is_part {
                scored.together += likelihood(&each).g2;
            }
        }
        scored
    }

    /// The best cut and the best run of these lengths, for groups in this order.
    fn runs(&self, counts: &[Vec<f64>], order: &[usize], lengths: &[usize]) -> Runs {
        // Sums of the groups up to each place.
        let mut sums = vec![vec![0.0; self.cells]];
        for counts in order.iter().filter_map(|&group| counts.get(group)) {
            let mut next = sums.last().cloned().unwrap_or_default();
            for (sum, count) in next.iter_mut().zip(counts) {
                *sum += count;
            }
            sums.push(next);
        }
        let n = order.len();
        let mut best = Runs {
            cut: (1, n, NOTHING),
            run: (0, 1, NOTHING),
            score: 0.0,
            tables: Vec::new(),
        };
        for from in 0..n {
            let behind = lengths.iter().map(|length| from + length);
            let behind = behind.filter(|&to| to < n).chain([n]);
            for to in behind.filter(|&to| (from, to) != (0, n)) {
                let (tables, whole) = self.run(&sums, from, to);
                if to == n && whole.g2 > best.cut.2.g2 {
                    best.cut = (from, to, whole);
                }
                let highest = tables.iter().map(|&table| score(table)).fold(0.0, f64::max);
                // A run to either end and what it leaves are one cut: the shorter one is what is out of the ordinary.
                let is_same = is_as_far(highest, best.score) && is_as_far(best.score, highest);
                let is_shorter = to - from < best.run.1 - best.run.0;
                if is_same && is_shorter || !is_same && highest > best.score {
                    best.score = highest.max(best.score);
                    best.run = (from, to, whole);
                    best.tables = tables;
                }
            }
        }
        best
    }

    /// A run against all others: each table, and those of the whole together.
    fn run(&self, sums: &[Vec<f64>], from: usize, to: usize) -> (Vec<Likelihood>, Likelihood) {
        let at = |place: usize, cell: usize| {
            let sums = sums.get(place);
            sums.and_then(|sums| sums.get(cell).copied()).unwrap_or(0.0)
        };
        let last = sums.len().saturating_sub(1);
        let mut whole = NOTHING;
        let mut tables = Vec::with_capacity(self.of.len());
        for (cells, &is_part) in self.of.iter().zip(&self.whole) {
            let inside = |cell: usize| at(to, cell) - at(from, cell);
            let own: Vec<f64> = cells.iter().map(|&cell| inside(cell)).collect();
            let others: Vec<f64> = cells
                .iter()
                .map(|&cell| at(last, cell) - inside(cell))
                .collect();
            let here = likelihood(&[own, others]);
            if is_part {
                whole.g2 += here.g2;
                whole.freedom += here.freedom;
            }
            tables.push(here);
        }
        (tables, whole)
    }
}

/// The best of all runs.
struct Runs {
    cut: (usize, usize, Likelihood),
    run: (usize, usize, Likelihood),
    /// The highest score of any run at any table, which is the best run's.
    score: f64,
    tables: Vec<Likelihood>,
}

/// How unlikely a table is, on a scale that is the same for tables of all sizes: the larger the less likely.
fn score(table: Likelihood) -> f64 {
    /// Beyond this the tail is no number any more; tables are told apart by their size then.
    const LEAST: f64 = 1e-290;
    let freedom = table.freedom as f64;
    if table.freedom == 0 {
        return 0.0;
    }
    let tail = chi_square_tail(table.g2, freedom);
    if tail > LEAST {
        -tail.ln()
    } else {
        -LEAST.ln() + table.g2 / (freedom * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::{Tables, change_points, each_against_rest};
    use crate::statistics::{Deals, Stream, Units};

    const DEALS: Deals = Deals {
        number: 199,
        seed: 1,
    };
    const TABLES: Tables<'_> = Tables {
        of: &[0, 0, 1, 1],
        whole: &[true, true],
    };

    /// Five groups of 200 units that move in two tables, in all groups alike.
    fn units(seed: u64) -> Units {
        let mut stream = Stream::new(seed, &[]);
        let mut units = Units::default();
        for unit in 0..1000_u32 {
            let first = u32::from(stream.below(100) < 30);
            let second = 2 + u32::from(stream.below(100) < 40);
            units.push(unit % 5, [first, second]);
        }
        units
    }

    /// The same without chance: in each group exactly 30 and 40 of 100 move so, in the last `changed` ones 70.
    fn even(changed: u32) -> Units {
        let mut units = Units::default();
        for unit in 0..1000_u32 {
            let (group, place) = (unit % 5, unit / 5 % 100);
            let often = if group >= 5 - changed { 70 } else { 40 };
            let first = u32::from(place * 37 % 100 < 30);
            units.push(group, [first, 2 + u32::from(place < often)]);
        }
        units
    }

    #[test]
    fn the_group_and_the_table_that_differ_are_found() {
        let found = each_against_rest(&even(1), 5, TABLES, DEALS);
        let p: Vec<f64> = found.groups.iter().map(|group| group.tables[1].1).collect();
        assert!(p[4] <= 0.005 && p[..4].iter().all(|&p| p > 0.05), "{p:?}");
        assert!(found.groups.iter().all(|group| group.tables[0].1 > 0.05));
        assert!(found.groups[4].p <= 0.005 && found.together.2 <= 0.005);
    }

    #[test]
    fn the_cut_and_the_run_are_where_groups_change() {
        let Some([cut, run]) = change_points(&even(2), 5, TABLES, DEALS) else {
            unreachable!("there are five groups");
        };
        assert!(cut.from == 3 && cut.p <= 0.25, "{cut:?}");
        assert_eq!((run.from, run.to), (3, 5));
    }

    /// In at most about 5 of 100 samples without a difference any place of any group is called different.
    #[test]
    fn nothing_is_found_where_nothing_is() {
        let alarms = (0..100).filter(|&seed| {
            let found = each_against_rest(&units(1000 + seed), 5, TABLES, DEALS);
            let mut tables = found.groups.iter().flat_map(|group| &group.tables);
            tables.any(|&(_, p)| p < 0.05)
        });
        assert!(alarms.count() <= 10);
    }
}
