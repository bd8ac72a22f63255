//! Whether both sides are one process, and where they are not.

use std::collections::BTreeMap;

use super::CompareOptions;
use super::matching::{Matching, Target};
use crate::events::Walked;
use crate::flow::Flow;
use crate::journey::{Evidence, Outcome};
use crate::statistics::{Deals, Likelihood, Units, benjamini_hochberg, homogeneity, likelihood};

/// Whether the journeys of both sides go alike: the likelihood ratio of the tables of side and next touchpoint (or ending), one for
/// how journeys begin and one for each touchpoint.
///
/// p comes from dealing whole journeys (or all journeys of a customer) anew to the sides: what a journey does at one place hangs on what
/// it did before, and a chi-square on single steps finds differences too often. Where whole journeys are not at hand there is no p.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SameProcess {
    /// The sum of G2 over the tables; 0 or more.
    pub g2: f64,
    /// Its degrees of freedom, by the rows and columns that are observed.
    pub df: usize,
    /// The chance of a G2 at least as large if both sides were one process; `None` where whole journeys are not at hand.
    pub p: Option<f64>,
    /// The tables: how journeys begin first, and then the touchpoints in the order of A and those that only B has. Touchpoints that
    /// one side never comes to have none.
    pub touchpoints: Vec<TouchpointProcess>,
}

/// Whether both sides go on alike from a touchpoint.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TouchpointProcess {
    /// The touchpoint's id; `None` for how journeys begin.
    pub id: Option<String>,
    /// G2 of its table.
    pub g2: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// Its p, by dealing whole journeys anew.
    pub p: Option<f64>,
    /// p adjusted for the number of tables (Benjamini and Hochberg 1995).
    pub p_adjusted: Option<f64>,
}

/// The cells of all tables under numbers. Table 0 is the start, and table n + 1 the touchpoint with the common number n.
#[derive(Debug, Default)]
struct Cells {
    numbers: BTreeMap<(usize, Target), u32>,
    table_of: Vec<u32>,
}

impl Cells {
    fn number(&mut self, table: usize, to: Target) -> u32 {
        let next = u32::try_from(self.table_of.len()).unwrap_or(u32::MAX);
        *self.numbers.entry((table, to)).or_insert_with(|| {
            self.table_of.push(u32::try_from(table).unwrap_or(u32::MAX));
            next
        })
    }
}

impl SameProcess {
    fn of(
        matching: &Matching,
        total: (Likelihood, Option<f64>),
        tables: &[(Likelihood, Option<f64>)],
    ) -> Self {
        let tested: Vec<f64> = tables
            .iter()
            .filter(|(found, _)| found.freedom > 0)
            .filter_map(|&(_, p)| p)
            .collect();
        let mut adjusted = benjamini_hochberg(&tested).into_iter();
        let ids = std::iter::once(None).chain(matching.ids.iter().cloned().map(Some));
        let known = ids.zip(tables).filter(|(_, (found, _))| found.freedom > 0);
        Self {
            g2: total.0.g2,
            df: total.0.freedom,
            p: total.1,
            touchpoints: known
                .map(|(id, &(found, p))| TouchpointProcess {
                    id,
                    g2: found.g2,
                    df: found.freedom,
                    p,
                    p_adjusted: p.and_then(|_| adjusted.next()),
                })
                .collect(),
        }
    }

    /// By whole journeys.
    pub(super) fn of_journeys(
        (a, b): (&Walked, &Walked),
        matching: &Matching,
        options: &CompareOptions,
    ) -> Option<Self> {
        let mut cells = Cells::default();
        let mut units = Units::default();
        push(&mut units, &mut cells, 0, a, &matching.of_a);
        push(&mut units, &mut cells, 1, b, &matching.of_b);
        let deals = Deals {
            number: options.permutations,
            seed: options.seed,
        };
        let tables = matching.len() + 1;
        let tested = homogeneity(&units, 2, &cells.table_of, tables, deals);
        let each: Vec<(Likelihood, Option<f64>)> = tested
            .tables
            .iter()
            .map(|table| (table.found, Some(table.p)))
            .collect();
        let total = (tested.total.found, Some(tested.total.p));
        (tested.total.found.freedom > 0).then(|| Self::of(matching, total, &each))
    }

    /// By the counts of two maps; `None` where they are no counts.
    pub(super) fn of_counts(a: &Flow, b: &Flow, matching: &Matching) -> Option<Self> {
        let mut cells = Cells::default();
        let in_a = counts(&mut cells, a, &matching.of_a)?;
        let in_b = counts(&mut cells, b, &matching.of_b)?;
        let mut tables = vec![[Vec::new(), Vec::new()]; matching.len() + 1];
        for (cell, &table) in (0_u32..).zip(&cells.table_of) {
            let count = |counts: &BTreeMap<u32, f64>| counts.get(&cell).copied().unwrap_or(0.0);
            if let Some([of_a, of_b]) = tables.get_mut(table as usize) {
                of_a.push(count(&in_a));
                of_b.push(count(&in_b));
            }
        }
        let each: Vec<(Likelihood, Option<f64>)> = tables
            .iter()
            .map(|table| (likelihood(table.as_slice()), None))
            .collect();
        let total = Likelihood {
            g2: each.iter().map(|(found, _)| found.g2).sum(),
            freedom: each.iter().map(|(found, _)| found.freedom).sum(),
        };
        (total.freedom > 0).then(|| Self::of(matching, (total, None), &each))
    }
}

/// Adds the journeys of a side, those of one customer as one unit.
fn push(units: &mut Units, cells: &mut Cells, side: u32, walked: &Walked, number_of: &[usize]) {
    let number = |touchpoint: u32| number_of.get(touchpoint as usize).copied();
    for same in walked.journeys.chunk_by(|a, b| a.cluster == b.cluster) {
        let mut moves = Vec::new();
        for journey in same.iter().filter(|journey| !journey.moments.is_empty()) {
            let mut table = 0;
            let numbers = journey.moments.iter().map(|moment| moment.touchpoint);
            for number in numbers.filter_map(number) {
                moves.push(cells.number(table, Target::Touchpoint(number)));
                table = number + 1;
            }
            let ending = journey
                .outcome
                .and_then(|at| walked.outcomes.get(at as usize));
            let ending = ending.cloned().unwrap_or(Outcome::Unstated);
            moves.push(cells.number(table, Target::End(ending)));
        }
        units.push(side, moves);
    }
}

/// The weights of a map as counts by cell, where it was counted everywhere.
fn counts(cells: &mut Cells, flow: &Flow, number_of: &[usize]) -> Option<BTreeMap<u32, f64>> {
    let journey = flow.journey();
    let number = |place: usize| number_of.get(place).copied().unwrap_or(usize::MAX);
    let mut counts = BTreeMap::new();
    let mut add = |table: usize, to: Target, weight: f64| {
        if weight > 0.0 {
            *counts.entry(cells.number(table, to)).or_default() += weight;
        }
    };
    for (place, touchpoint) in journey.touchpoints().enumerate() {
        if touchpoint.evidence != Evidence::Observed {
            return None;
        }
        if let Some(starts) = touchpoint.starts {
            add(0, Target::Touchpoint(number(place)), starts);
        }
        for ending in &touchpoint.ends {
            let to = Target::End(ending.outcome.clone());
            add(number(place) + 1, to, ending.weight);
        }
    }
    for edge in journey.graph().raw_edges() {
        let to = Target::Touchpoint(number(edge.target().index()));
        add(number(edge.source().index()) + 1, to, edge.weight.weight);
    }
    Some(counts)
}
