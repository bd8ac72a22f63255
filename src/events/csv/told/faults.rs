//! The faults of a table, in total.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::CsvFaultTotal;
use crate::events::csv::error::CellFault;
use crate::events::csv::field::CsvField;
use crate::events::csv::header::CsvColumn;
use crate::events::csv::value::cells;

/// How many different values of a fault are told apart.
const VALUES: usize = 1000;
/// How many of them are told.
const TOLD: usize = 20;

/// What is known of the faults so far.
#[derive(Debug, Default)]
pub(in crate::events::csv) struct Faults {
    totals: Vec<Total>,
    /// The row of the last fault, so that a row with several faults counts once.
    last: u64,
    pub(in crate::events::csv) rows: u64,
    pub(in crate::events::csv) touched: BTreeSet<Vec<u8>>,
    pub(in crate::events::csv) left_out: BTreeSet<Vec<u8>>,
    pub(in crate::events::csv) without_journey: u64,
}

#[derive(Debug)]
struct Total {
    field: Option<CsvField>,
    fault: CellFault,
    line: u64,
    rows: u64,
    values: BTreeMap<String, u64>,
    leaves_out: bool,
}

/// A fault and where it was met.
pub(in crate::events::csv) struct Met<'a> {
    pub(in crate::events::csv) field: Option<CsvField>,
    pub(in crate::events::csv) fault: CellFault,
    pub(in crate::events::csv) line: u64,
    pub(in crate::events::csv) cell: &'a [u8],
    pub(in crate::events::csv) journey: &'a [u8],
    /// Whether the journey is left out for it.
    pub(in crate::events::csv) leaves_out: bool,
    /// Whether the caller said what the cell means: what is left out for it is told, and is no fault.
    pub(in crate::events::csv) stated: bool,
}

impl Faults {
    #[cold]
    pub(in crate::events::csv) fn add(&mut self, met: Met<'_>) {
        if self.last != met.line && !met.stated {
            self.last = met.line;
            self.rows += 1;
        }
        if met.journey.is_empty() {
            self.without_journey += u64::from(met.leaves_out);
        } else {
            self.touched.insert(met.journey.to_vec());
            if met.leaves_out {
                self.left_out.insert(met.journey.to_vec());
            }
        }
        let same = |total: &Total| {
            total.field == met.field
                && total.leaves_out == met.leaves_out
                && discriminant(&total.fault) == discriminant(&met.fault)
        };
        let value = cells::text(met.cell);
        let at = self
            .totals
            .iter()
            .position(same)
            .unwrap_or(self.totals.len());
        if at == self.totals.len() {
            self.totals.push(Total {
                field: met.field,
                fault: met.fault,
                line: met.line,
                rows: 0,
                values: BTreeMap::new(),
                leaves_out: met.leaves_out,
            });
        }
        let Some(total) = self.totals.get_mut(at) else {
            return;
        };
        total.rows += 1;
        if total.values.len() < VALUES || total.values.contains_key(&value) {
            *total.values.entry(value).or_default() += 1;
        }
    }

    /// The totals in the order of columns.
    pub(in crate::events::csv) fn totals(&self, fields: &[CsvColumn]) -> Vec<CsvFaultTotal> {
        let mut totals: Vec<CsvFaultTotal> = self
            .totals
            .iter()
            .map(|total| told(total, fields))
            .collect();
        totals.sort_by_key(|total| {
            (
                total.column.as_ref().map_or(0, |(column, _)| *column),
                total.line,
            )
        });
        totals
    }
}

fn told(total: &Total, fields: &[CsvColumn]) -> CsvFaultTotal {
    let column = total
        .field
        .and_then(|field| fields.iter().find(|fed| fed.field == field));
    CsvFaultTotal {
        column: column.map(|fed| (fed.column, fed.header.clone())),
        fault: total.fault.clone(),
        line: total.line,
        rows: total.rows,
        values: most_frequent(&total.values, TOLD),
        leaves_out: total.leaves_out,
    }
}

/// The values met most often, the alphabetically first of equals.
pub(in crate::events::csv) fn most_frequent(
    values: &BTreeMap<String, u64>,
    most: usize,
) -> Vec<(String, u64)> {
    let mut told: Vec<(String, u64)> = values
        .iter()
        .map(|(value, rows)| (value.clone(), *rows))
        .collect();
    told.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    told.truncate(most);
    told
}
