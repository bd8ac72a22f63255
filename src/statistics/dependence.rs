//! Whether what happens next hangs on what was before: the likelihood ratio of a table, and its p by dealing what was before anew
//! among whole units.
//!
//! Units (journeys, or customers) come to a place once or several times. All that was before of a unit is dealt together, to
//! another unit that comes as often. That leaves as it is whatever hangs on which time it is: everybody may come from the form the
//! second time, and go on to the desk then. So where units come several times, single pairs are dealt as well, and G2 is divided
//! by how much more the pairs of a unit are alike than single ones (Rao and Scott 1981), as two kinds of customers repeat what
//! they do. Of both chances the smaller one counts, doubled.

use super::draws::Stream;
use super::homogeneity::{Likelihood, is_as_far, likelihood};
use super::quantiles::chi_square_tail;

/// What was before and what came next, unit by unit (journeys, or customers).
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    all: Vec<(u32, u32)>,
    /// Where each unit begins.
    begins: Vec<usize>,
    unit: Option<u32>,
}

/// A table of what was before by what came next, tested.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dependence {
    pub(crate) found: Likelihood,
    /// The chance of a G2 at least as large where what was before is dealt anew; `None` where nothing can be dealt, or too much
    /// would have to be.
    pub(crate) p: Option<f64>,
}

/// So often what was before is dealt anew, and no more often than this where there is much of it.
const DEALS: u32 = 199;
const FEW_DEALS: u32 = 99;
const MUCH: usize = 250_000;
/// More pairs are not dealt: some seconds' work.
const MOST: usize = 5_000_000;
/// Where at least so many deals reach the table, they are counted; below that, their mean and variance tell.
const COUNTED: u32 = 10;

impl Pairs {
    /// Adds a pair to a unit; those of one unit come one after the other.
    pub(crate) fn push(&mut self, unit: u32, before: u32, next: u32) {
        if self.unit != Some(unit) {
            self.unit = Some(unit);
            self.begins.push(self.all.len());
        }
        self.all.push((before, next));
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// How many have this next.
    pub(crate) fn with_next(&self, next: u32) -> usize {
        self.all.iter().filter(|pair| pair.1 == next).count()
    }

    fn unit(&self, unit: usize) -> &[(u32, u32)] {
        let begin = self.begins.get(unit).copied().unwrap_or_default();
        let end = self.begins.get(unit + 1).copied();
        let end = end.unwrap_or(self.all.len());
        self.all.get(begin..end).unwrap_or_default()
    }

    /// The units that have equally many pairs stand together, with where each such group ends.
    fn alike(&self) -> (Vec<usize>, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.begins.len()).collect();
        order.sort_by_key(|&unit| self.unit(unit).len());
        let mut ends: Vec<usize> = Vec::new();
        for group in order.chunk_by(|&a, &b| self.unit(a).len() == self.unit(b).len()) {
            ends.push(ends.last().copied().unwrap_or_default() + group.len());
        }
        (order, ends)
    }

    /// Tests whether what comes next hangs on what was before. Takes O(pairs x deals).
    pub(crate) fn dependence(&self, names: &[&str]) -> Dependence {
        let table = Table::new(&self.all);
        let found = likelihood(&table.rows(&self.all));
        if found.freedom == 0 || self.all.len() > MOST {
            return Dependence { found, p: None };
        }
        let mut stream = Stream::new(1, names);
        let whole = self.dealt_whole(&table, found.g2, &mut stream);
        let single = (self.begins.len() < self.all.len())
            .then(|| self.dealt_singly(&table, found, &mut stream))
            .flatten();
        let p = match (whole, single) {
            (Some(whole), Some(single)) => Some((2.0 * whole.min(single)).min(1.0)),
            (whole, single) => whole.or(single),
        };
        Dependence { found, p }
    }

    fn deals(&self) -> u32 {
        if self.all.len() > MUCH {
            FEW_DEALS
        } else {
            DEALS
        }
    }

    /// With what was before of each unit dealt to another one with as many pairs.
    fn dealt_whole(&self, table: &Table, found: f64, stream: &mut Stream) -> Option<f64> {
        let (units, ends) = self.alike();
        let mut counts = Cells::new(table, &self.all, found);
        let mut givers = units.clone();
        let mut drawn = Drawn::default();
        for _ in 0..self.deals() {
            let mut from = 0;
            for &end in &ends {
                stream.shuffle(givers.get_mut(from..end).unwrap_or_default());
                from = end;
            }
            let pairs = units.iter().zip(&givers).flat_map(|(&taker, &giver)| {
                let both = self.unit(giver).iter().zip(self.unit(taker));
                both.map(|(given, taken)| table.cell(given.0, taken.1))
            });
            drawn.add(counts.likelihood(pairs), found);
        }
        drawn.chance(found)
    }

    /// With single pairs dealt, and G2 divided by how much the pairs of a unit are alike.
    fn dealt_singly(&self, table: &Table, found: Likelihood, stream: &mut Stream) -> Option<f64> {
        let corrected = found.g2 / self.alikeness(table, found.freedom);
        let mut counts = Cells::new(table, &self.all, found.g2);
        let mut before: Vec<u32> = self.all.iter().map(|pair| pair.0).collect();
        let mut drawn = Drawn::default();
        for _ in 0..self.deals() {
            stream.shuffle(&mut before);
            let pairs = before.iter().zip(&self.all);
            let cells = pairs.map(|(&before, &(_, next))| table.cell(before, next));
            drawn.add(counts.likelihood(cells), corrected);
        }
        drawn.chance(corrected)
    }

    /// By how much the statistic grows as the pairs of a unit are alike (Rao and Scott 1981, first order): the mean over the
    /// table of the variance of a cell with units as they are, by that with single pairs; at least 1.
    fn alikeness(&self, table: &Table, freedom: usize) -> f64 {
        let n = self.all.len() as f64;
        let (rows, columns) = table.shares(&self.all);
        let part = |shares: &[f64], a: usize, b: usize| {
            let same = shares.get(a).filter(|_| a == b);
            same.map_or(-1.0, |share| 1.0 / share - 1.0)
        };
        let mut sum = 0.0;
        let mut cells: Vec<(usize, usize)> = Vec::new();
        for unit in 0..self.begins.len() {
            let pairs = self.unit(unit).iter();
            cells.clear();
            cells.extend(pairs.map(|&(before, next)| table.place(before, next)));
            cells.sort_unstable();
            let kinds = || cells.chunk_by(|a, b| a == b);
            for a in kinds() {
                for b in kinds() {
                    if let (Some(&left), Some(&right)) = (a.first(), b.first()) {
                        let both = part(&rows, left.0, right.0) * part(&columns, left.1, right.1);
                        sum += both * a.len() as f64 * b.len() as f64;
                    }
                }
            }
        }
        (sum / n / freedom as f64).max(1.0)
    }
}

/// What is drawn by chance.
#[derive(Debug, Default)]
struct Drawn {
    number: u32,
    as_far: u32,
    mean: f64,
    squares: f64,
}

impl Drawn {
    fn add(&mut self, dealt: f64, found: f64) {
        self.number += 1;
        self.as_far += u32::from(is_as_far(dealt, found));
        let step = dealt - self.mean;
        self.mean += step / f64::from(self.number);
        self.squares += step * (dealt - self.mean);
    }

    /// The share of deals that reach what was found. Where these are few, the tail of the gamma distribution that has the mean
    /// and the variance of all deals, so that many tests can be told apart with few deals.
    fn chance(&self, found: f64) -> Option<f64> {
        const STILL: f64 = 1e-9;
        let number = f64::from(self.number);
        let variance = self.squares / (number - 1.0);
        if !variance.is_finite() || variance <= STILL * (1.0 + self.mean * self.mean) {
            return None;
        }
        let counted = (1.0 + f64::from(self.as_far)) / (1.0 + number);
        if self.as_far >= COUNTED {
            return Some(counted);
        }
        let freedom = 2.0 * self.mean * self.mean / variance;
        let tail = chi_square_tail(2.0 * found * self.mean / variance, freedom);
        Some(tail.clamp(f64::MIN_POSITIVE, f64::from(COUNTED + 1) / (1.0 + number)))
    }
}

/// Rows and columns that occur, numbered.
struct Table {
    rows: Vec<u32>,
    columns: Vec<u32>,
    row_of: Vec<u32>,
    column_of: Vec<u32>,
}

fn numbered(values: impl Iterator<Item = u32>) -> (Vec<u32>, Vec<u32>) {
    let mut known: Vec<u32> = values.collect();
    known.sort_unstable();
    known.dedup();
    let room = known.last().map_or(0, |&last| last as usize + 1);
    let mut number_of = vec![0; room];
    for (number, &value) in (0..).zip(&known) {
        if let Some(place) = number_of.get_mut(value as usize) {
            *place = number;
        }
    }
    (known, number_of)
}

impl Table {
    fn new(pairs: &[(u32, u32)]) -> Self {
        let (rows, row_of) = numbered(pairs.iter().map(|pair| pair.0));
        let (columns, column_of) = numbered(pairs.iter().map(|pair| pair.1));
        Self {
            rows,
            columns,
            row_of,
            column_of,
        }
    }

    /// Row and column.
    fn place(&self, before: u32, next: u32) -> (usize, usize) {
        let at = |numbers: &[u32], value: u32| {
            numbers.get(value as usize).copied().unwrap_or_default() as usize
        };
        (at(&self.row_of, before), at(&self.column_of, next))
    }

    fn cell(&self, before: u32, next: u32) -> usize {
        let (row, column) = self.place(before, next);
        row * self.columns.len() + column
    }

    /// The share of each row and of each column.
    fn shares(&self, pairs: &[(u32, u32)]) -> (Vec<f64>, Vec<f64>) {
        let each = 1.0 / pairs.len().max(1) as f64;
        let mut shares = (vec![0.0; self.rows.len()], vec![0.0; self.columns.len()]);
        for &(before, next) in pairs {
            let (row, column) = self.place(before, next);
            if let Some(share) = shares.0.get_mut(row) {
                *share += each;
            }
            if let Some(share) = shares.1.get_mut(column) {
                *share += each;
            }
        }
        shares
    }

    fn rows(&self, pairs: &[(u32, u32)]) -> Vec<Vec<f64>> {
        let width = self.columns.len().max(1);
        let mut rows = vec![vec![0.0; width]; self.rows.len()];
        for &(before, next) in pairs {
            let cell = self.cell(before, next);
            let place = rows.get_mut(cell / width);
            if let Some(count) = place.and_then(|row| row.get_mut(cell % width)) {
                *count += 1.0;
            }
        }
        rows
    }
}

/// Counts by cell, of which only those that are touched cost anything.
struct Cells {
    counts: Vec<u32>,
    touched: Vec<usize>,
    /// What the sums of rows and columns give to G2, which dealing does not change.
    fixed: f64,
}

impl Cells {
    fn new(table: &Table, pairs: &[(u32, u32)], found: f64) -> Self {
        let mut cells = Self {
            counts: vec![0; table.rows.len() * table.columns.len()],
            touched: Vec::new(),
            fixed: 0.0,
        };
        let all = pairs.iter().map(|pair| table.cell(pair.0, pair.1));
        cells.fixed = found - 2.0 * cells.add_up(all);
        cells
    }

    fn likelihood(&mut self, cells: impl Iterator<Item = usize>) -> f64 {
        self.fixed + 2.0 * self.add_up(cells)
    }

    /// Sum of n ln n over the cells.
    fn add_up(&mut self, cells: impl Iterator<Item = usize>) -> f64 {
        for cell in cells {
            if let Some(count) = self.counts.get_mut(cell) {
                if *count == 0 {
                    self.touched.push(cell);
                }
                *count += 1;
            }
        }
        let mut sum = 0.0;
        for cell in self.touched.drain(..) {
            if let Some(count) = self.counts.get_mut(cell) {
                let n = f64::from(std::mem::take(count));
                sum += n * n.ln();
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::Pairs;
    use crate::statistics::Stream;

    /// Rain at Alofi, published with the package markovchain for R: three tables, and what they come to.
    #[test]
    fn published_sequence() {
        let tables = [
            ([[247, 86, 29], [86, 27, 23], [29, 13, 8]], 9.775_375),
            ([[70, 32, 24], [29, 35, 26], [37, 23, 18]], 11.764_228),
            ([[13, 16, 31], [17, 17, 34], [20, 45, 59]], 4.297_416),
        ];
        let (mut g2, mut freedom) = (0.0, 0);
        for (table, expected) in tables {
            let mut pairs = Pairs::default();
            let mut unit = 0;
            for (before, row) in (0..).zip(table) {
                for (next, count) in (0..).zip(row) {
                    for _ in 0..count {
                        pairs.push(unit, before, next);
                        unit += 1;
                    }
                }
            }
            let found = pairs.dependence(&["rain"]);
            assert!((found.found.g2 - expected).abs() < 1e-6, "{found:?}");
            // Each day a unit of its own: as the chi-square of four degrees of freedom has it.
            let tail = crate::statistics::chi_square_tail(expected, 4.0);
            assert!(
                found.p.is_some_and(|p| (p - tail).abs() < 0.04),
                "{found:?} {tail}"
            );
            g2 += found.found.g2;
            freedom += found.found.freedom;
        }
        assert!(
            (g2 - 25.837_020).abs() < 1e-6 && freedom == 12,
            "{g2} {freedom}"
        );
    }

    /// Two kinds of customers, each of which repeats one thing: what came before does not matter where nothing does, and does
    /// where it is all that matters.
    #[test]
    fn finds_as_often_as_it_says_by_chance_and_always_what_is_there() {
        let mut stream = Stream::new(9, &["dependence"]);
        let mut found = [0; 2];
        for round in 0..100 {
            for (found, hangs) in found.iter_mut().zip([false, true]) {
                if hangs && round >= 10 {
                    continue;
                }
                let mut pairs = Pairs::default();
                for unit in 0..80 {
                    let before = u32::try_from(stream.below(2)).unwrap_or(0);
                    let kind = u32::try_from(stream.below(2)).unwrap_or(0);
                    for _ in 0..=stream.below(3) {
                        pairs.push(unit, before, if hangs { before } else { kind });
                    }
                }
                let p = pairs.dependence(&["chance"]).p;
                *found += i32::from(p.is_some_and(|p| p <= 0.05));
            }
        }
        assert!((1..=12).contains(&found[0]), "{found:?}");
        assert_eq!(found[1], 10);
    }

    #[test]
    fn nothing_is_said_where_nothing_can_be_dealt() {
        let mut pairs = Pairs::default();
        pairs.push(0, 0, 0);
        assert_eq!(pairs.dependence(&[]).p, None);
        // Two units of different lengths have nobody to exchange with.
        pairs.push(1, 1, 0);
        pairs.push(1, 1, 1);
        assert_eq!(pairs.dependence(&[]).found.freedom, 1);
        assert_eq!((pairs.len(), pairs.with_next(1)), (3, 1));
    }

    /// Everybody comes from the start and goes to the form, and then comes from the form and goes to the desk.
    #[test]
    fn finds_what_hangs_on_which_time_it_is() {
        let mut pairs = Pairs::default();
        for unit in 0..50 {
            pairs.push(unit, 0, 1);
            pairs.push(unit, 1, 2);
        }
        let found = pairs.dependence(&["time"]);
        let expected = 2.0 * 100.0 * std::f64::consts::LN_2;
        assert!((found.found.g2 - expected).abs() < 1e-9);
        assert!(found.p.is_some_and(|p| p < 1e-4), "{found:?}");
    }

    /// By hand: two units of two like pairs in a table of four pairs. Each unit gives (1/.5 - 1)^2 over all four orders of its
    /// pairs: 4, in all 8, by 4 pairs and 1 degree of freedom 2.
    #[test]
    fn pairs_that_repeat_each_other_are_half_as_many() {
        let mut pairs = Pairs::default();
        for unit in 0..2 {
            pairs.push(unit, unit, unit);
            pairs.push(unit, unit, unit);
        }
        let table = super::Table::new(&pairs.all);
        assert!((pairs.alikeness(&table, 1) - 2.0).abs() < 1e-12);
    }
}
