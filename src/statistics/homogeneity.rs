//! Whether what happened at some places happened alike in several groups: the likelihood ratio, and its p by dealing whole
//! units (journeys, or customers) anew to the groups.

use super::draws::Stream;

/// G2 with its degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likelihood {
    /// `2 sum n ln(n n.. / (n_g. n_.c))` over groups and columns; 0 or more.
    pub(crate) g2: f64,
    /// (groups - 1)(columns - 1) over those observed.
    pub(crate) freedom: usize,
}

impl Likelihood {
    /// How much a case tells on average, where so many were counted: G2 / (2 n ln 2), in bits.
    pub(crate) fn bits(&self, cases: usize) -> f64 {
        self.g2 / (2.0 * cases.max(1) as f64 * std::f64::consts::LN_2)
    }
}

/// The likelihood ratio of one table: the counts of each group, by column (Kullback, Kupperman and Ku 1962). Takes O(groups x
/// columns).
pub(crate) fn likelihood(groups: &[Vec<f64>]) -> Likelihood {
    let columns = groups.iter().map(Vec::len).max().unwrap_or(0);
    let in_column = |column| groups.iter().filter_map(move |group| group.get(column));
    let of_column: Vec<f64> = (0..columns).map(|column| in_column(column).sum()).collect();
    let of_group: Vec<f64> = groups.iter().map(|group| group.iter().sum()).collect();
    let all: f64 = of_group.iter().sum();
    let mut half = 0.0;
    for (group, &sum) in groups.iter().zip(&of_group) {
        for (&count, &column) in group.iter().zip(&of_column) {
            if count > 0.0 {
                half += count * ((count / sum) * (all / column)).ln();
            }
        }
    }
    let seen = |sums: &[f64]| sums.iter().filter(|&&sum| sum > 0.0).count();
    let freedom = seen(&of_group).saturating_sub(1) * seen(&of_column).saturating_sub(1);
    Likelihood {
        g2: (2.0 * half).max(0.0),
        freedom,
    }
}

/// What units did: each is in a group, and made moves, each a cell of some table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    /// The group of each unit.
    group: Vec<u32>,
    /// Where the moves of each unit end.
    end: Vec<usize>,
    /// The cell of each move, unit after unit.
    moves: Vec<u32>,
}

impl Units {
    /// Adds a unit with its moves.
    pub(crate) fn push(&mut self, group: u32, moves: impl IntoIterator<Item = u32>) {
        self.group.push(group);
        self.moves.extend(moves);
        self.end.push(self.moves.len());
    }

    /// The group of each unit.
    pub(super) fn groups(&self) -> &[u32] {
        &self.group
    }

    /// How many moves all units made.
    pub(super) fn moves(&self) -> usize {
        self.moves.len()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &[u32]> {
        let mut from = 0;
        self.end.iter().map(move |&end| {
            let moves = self.moves.get(from..end).unwrap_or_default();
            from = end;
            moves
        })
    }
}

/// How a homogeneity is tested.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deals {
    /// So often units are dealt anew; fewer where that would be too much work, and never below [`FEWEST_DEALS`].
    pub(crate) number: u32,
    pub(crate) seed: u64,
}

/// A table, or all of them, tested.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tested {
    pub(crate) found: Likelihood,
    /// The chance of a G2 at least as large where units are dealt anew to the groups; above 0, up to 1.
    pub(crate) p: f64,
}

/// Several tables tested together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Homogeneity {
    /// All tables: the sum of their G2.
    pub(crate) total: Tested,
    /// Each table.
    pub(crate) tables: Vec<Tested>,
    /// How often units were dealt anew.
    pub(crate) deals: u32,
}

/// At least so often units are dealt anew.
pub(crate) const FEWEST_DEALS: u32 = 199;
/// So many moves may be looked at; a few seconds' work.
const BUDGET: u64 = 1_000_000_000;

/// Tests whether groups of units go alike. `table_of` says for each cell which table it is of.
///
/// Units stay whole: what a journey does at one place hangs on what it did before, and a chi-square on single moves finds
/// differences too often. The moves of several journeys of one customer belong into one unit. Takes O(moves x deals).
pub(crate) fn homogeneity(
    units: &Units,
    groups: usize,
    table_of: &[u32],
    tables: usize,
    deals: Deals,
) -> Homogeneity {
    let layout = Layout::new(table_of, tables);
    let found: Vec<Likelihood> = layout.tables(&layout.count(units, &units.group, groups));
    let total = sum(&found);
    let most = BUDGET / (units.moves.len() as u64).max(1);
    let number = u64::from(deals.number).min(most);
    let number = u32::try_from(number).unwrap_or(u32::MAX).max(FEWEST_DEALS);
    let mut stream = Stream::new(deals.seed, &["homogeneity"]);
    let mut group = units.group.clone();
    let mut as_far = vec![0_u32; tables];
    let mut all_as_far = 0_u32;
    for _ in 0..number {
        stream.shuffle(&mut group);
        let dealt = layout.tables(&layout.count(units, &group, groups));
        for ((as_far, dealt), found) in as_far.iter_mut().zip(&dealt).zip(&found) {
            *as_far += u32::from(is_as_far(dealt.g2, found.g2));
        }
        all_as_far += u32::from(is_as_far(sum(&dealt).g2, total.g2));
    }
    let p = |as_far: u32| (1.0 + f64::from(as_far)) / (1.0 + f64::from(number));
    let test = |(&found, &as_far): (&Likelihood, &u32)| Tested {
        found,
        p: p(as_far),
    };
    Homogeneity {
        total: Tested {
            found: total,
            p: p(all_as_far),
        },
        tables: found.iter().zip(&as_far).map(test).collect(),
        deals: number,
    }
}

/// Ways of dealing that are as far apart may differ by rounding.
pub(super) fn is_as_far(dealt: f64, found: f64) -> bool {
    dealt >= found * (1.0 - 1e-12) - 1e-9
}

fn sum(tables: &[Likelihood]) -> Likelihood {
    tables.iter().fold(
        Likelihood {
            g2: 0.0,
            freedom: 0,
        },
        |sum, table| Likelihood {
            g2: sum.g2 + table.g2,
            freedom: sum.freedom + table.freedom,
        },
    )
}

/// Which cells belong to which table.
struct Layout {
    cells: usize,
    of: Vec<Vec<usize>>,
}

impl Layout {
    fn new(table_of: &[u32], tables: usize) -> Self {
        let mut of = vec![Vec::new(); tables];
        for (cell, &table) in table_of.iter().enumerate() {
            if let Some(cells) = of.get_mut(table as usize) {
                cells.push(cell);
            }
        }
        Self {
            cells: table_of.len(),
            of,
        }
    }

    /// How often each group was in each cell.
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

    fn tables(&self, counts: &[Vec<f64>]) -> Vec<Likelihood> {
        let of_table = |cells: &Vec<usize>| {
            let of_group = |group: &Vec<f64>| {
                let count = |&cell: &usize| group.get(cell).copied().unwrap_or(0.0);
                cells.iter().map(count).collect()
            };
            let groups: Vec<Vec<f64>> = counts.iter().map(of_group).collect();
            likelihood(&groups)
        };
        self.of.iter().map(of_table).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Deals, Units, homogeneity, likelihood};
    use crate::statistics::Stream;

    const A: [[f64; 6]; 6] = [
        [22.0, 11.0, 24.0, 2.0, 2.0, 7.0],
        [5.0, 23.0, 15.0, 3.0, 42.0, 6.0],
        [4.0, 21.0, 190.0, 25.0, 20.0, 34.0],
        [0.0, 2.0, 14.0, 56.0, 14.0, 28.0],
        [32.0, 15.0, 20.0, 10.0, 56.0, 14.0],
        [5.0, 22.0, 31.0, 18.0, 13.0, 134.0],
    ];
    const B: [[f64; 6]; 6] = [
        [3.0, 6.0, 9.0, 3.0, 0.0, 8.0],
        [1.0, 9.0, 3.0, 12.0, 27.0, 5.0],
        [2.0, 9.0, 208.0, 32.0, 5.0, 18.0],
        [0.0, 14.0, 32.0, 108.0, 40.0, 40.0],
        [22.0, 14.0, 9.0, 26.0, 224.0, 14.0],
        [1.0, 5.0, 13.0, 53.0, 13.0, 116.0],
    ];
    const EACH: [f64; 6] = [
        11.786_341, 17.982_453, 21.229_466, 7.076_439, 62.649_929, 40.235_973,
    ];

    /// Two matrices of counts that Kullback, Kupperman and Ku compared (Technometrics 4, 1962).
    #[test]
    fn published_tables() {
        let (mut g2, mut freedom) = (0.0, 0);
        for ((a, b), expected) in A.iter().zip(&B).zip(EACH) {
            let found = likelihood(&[a.to_vec(), b.to_vec()]);
            assert!((found.g2 - expected).abs() < 1e-6, "{found:?}");
            g2 += found.g2;
            freedom += found.freedom;
        }
        assert!((g2 - 160.960_600).abs() < 1e-6, "{g2}");
        assert_eq!(freedom, 29);
    }

    /// The same tables, each move a unit of its own: what is counted is the same, and chance makes nothing like it.
    #[test]
    fn units_count_as_the_tables_do() {
        let mut units = Units::default();
        for (group, matrix) in [(0, &A), (1, &B)] {
            for (row, cells) in (0_u32..).zip(matrix) {
                for (column, &count) in (0_u32..).zip(cells) {
                    let each = (1_u32..).take_while(|&nth| f64::from(nth) <= count);
                    for _ in each {
                        units.push(group, [row * 6 + column]);
                    }
                }
            }
        }
        let table_of: Vec<u32> = (0..36).map(|cell| cell / 6).collect();
        let deals = Deals {
            number: 199,
            seed: 1,
        };
        let found = homogeneity(&units, 2, &table_of, 6, deals);
        assert!((found.total.found.g2 - 160.960_600).abs() < 1e-6);
        assert_eq!(found.total.found.freedom, 29);
        assert!((found.total.p - 0.005).abs() < 1e-12, "{}", found.total.p);
        assert!((found.tables[4].found.g2 - EACH[4]).abs() < 1e-6);
    }

    /// Units that repeat their moves: by single moves nearly every pair of groups differs, by units one in twenty.
    #[test]
    fn chance_is_found_as_often_as_it_says() {
        let mut stream = Stream::new(5, &["null"]);
        let mut found = 0;
        for seed in 0..200 {
            let mut units = Units::default();
            for unit in 0..40 {
                let cell = u32::try_from(stream.below(2)).unwrap_or(0);
                units.push(unit % 2, [cell; 10]);
            }
            let deals = Deals { number: 199, seed };
            let tested = homogeneity(&units, 2, &[0, 0], 1, deals);
            found += u32::from(tested.total.p <= 0.05);
        }
        assert!((2..=18).contains(&found), "{found}");
    }
}
