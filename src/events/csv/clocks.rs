//! Dates and the times of the day beside them: which belong together.

use super::content::Sample;
use super::error::CellFault;
use super::field::CsvField;
use super::header::{self, CsvColumn, speaks_of_time};
use super::reader::Reader;
use super::text::RowCells;
use super::value::times::Told;

/// Which end of a visit a header speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Start,
    Finish,
    Neither,
}

fn end_of(header: &str) -> End {
    const STARTS: [&str; 5] = ["start", "begin", "anfang", "début", "inicio"];
    const ENDS: [&str; 7] = ["end", "slut", "ende", "fin", "stop", "complet", "close"];
    let header = header::normal(header);
    let says = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if says(&STARTS) {
        End::Start
    } else if says(&ENDS) {
        End::Finish
    } else {
        End::Neither
    }
}

/// Joins each date with the time of the day that stands beside it.
pub(super) fn pair(fields: &mut Vec<CsvColumn>, sample: &Sample, told: &impl Fn(CsvField) -> bool) {
    let of = |fields: &[CsvColumn], field| fields.iter().find(|fed| fed.field == field).cloned();
    let Some(time) = of(fields, CsvField::Time) else {
        fields.retain(|fed| fed.field != CsvField::TimeOfDay || fed.stated);
        return;
    };
    let clocks = clocks(fields, sample);
    if !told(CsvField::TimeOfDay) {
        let given = of(fields, CsvField::TimeOfDay).map(|fed| fed.column - 1);
        fields.retain(|fed| fed.field != CsvField::TimeOfDay);
        // A date with a time of its own needs no other.
        if !sample.are_days(time.column - 1) {
            return;
        }
        let with = |end| {
            let mut of_end = clocks.iter().copied();
            of_end.find(|&clock| end_of(sample.header(clock)) == end)
        };
        let (start, finish) = (with(End::Start), with(End::Finish));
        let neither = with(End::Neither);
        let own = finish
            .or(given.filter(|given| Some(*given) != start))
            .or(neither);
        let begun = of(fields, CsvField::Start);
        let dated = |fed: &CsvColumn| sample.are_days(fed.column - 1);
        match (own, start) {
            (Some(own), start) => {
                add(fields, sample, CsvField::TimeOfDay, own, given != Some(own));
                if let Some(start) = start
                    && begun.is_none_or(|begun| dated(&begun))
                    && !told(CsvField::StartTimeOfDay)
                {
                    add(fields, sample, CsvField::StartTimeOfDay, start, true);
                }
            }
            // When on its last day it ended is not known: it counts by when it began.
            (None, Some(start)) => {
                if begun.is_some_and(|begun| dated(&begun)) && !time.stated {
                    fields.retain(|fed| fed.field != CsvField::Time);
                    let fed = fields.iter_mut().find(|fed| fed.field == CsvField::Start);
                    if let Some(fed) = fed {
                        fed.field = CsvField::Time;
                    }
                }
                add(fields, sample, CsvField::TimeOfDay, start, true);
            }
            (None, None) => {}
        }
    }
}

/// The columns of times of the day that feed nothing else.
fn clocks(fields: &[CsvColumn], sample: &Sample) -> Vec<usize> {
    let free = |column: usize| {
        let mut fed = fields.iter().filter(|fed| fed.column == column + 1);
        fed.all(|fed| fed.field == CsvField::TimeOfDay && !fed.stated)
    };
    // Numbers are times of the day where the header says so.
    let said = |column: usize| {
        let by_name = fields.iter().any(|fed| fed.column == column + 1);
        (by_name || speaks_of_time(sample.header(column))) && sample.looks_of_day(column)
    };
    let columns = 0..sample.headers.len();
    columns
        .filter(|&column| free(column) && (sample.is_of_day(column) || said(column)))
        .collect()
}

fn add(
    fields: &mut Vec<CsvColumn>,
    sample: &Sample,
    field: CsvField,
    column: usize,
    by_content: bool,
) {
    fields.push(CsvColumn {
        by_content,
        ..header::found(field, &sample.headers, column, false)
    });
}

impl Reader {
    /// The cell of the beginning, and what it says beside its own time of the day, if it has one.
    pub(super) fn start<'a>(
        &mut self,
        cells: &RowCells<'a>,
        time: &'a [u8],
        zone: &[u8],
    ) -> (&'a [u8], Result<Told, CellFault>) {
        let columns = &self.plan.columns;
        // A visit of one day states it once.
        let start = if columns.has(CsvField::Start) {
            columns.cell(cells, CsvField::Start)
        } else {
            time
        };
        if !columns.has(CsvField::StartTimeOfDay) {
            return (start, self.plan.start_times.read(start));
        }
        let of_day = columns.cell(cells, CsvField::StartTimeOfDay);
        let told = self.plan.start_times.read_joined(start, of_day, zone);
        (start, told)
    }
}
