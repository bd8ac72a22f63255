//! Tables as they are found: each kind of slip with several inputs of it.

#![allow(
    clippy::too_many_lines,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::cast_possible_truncation,
    clippy::items_after_statements,
    reason = "tables are written row by row, and many inputs of a kind stand in one list"
)]

mod clocks;
mod columns;
mod dates;
mod exports;
mod meant;
mod mess;
mod midway;
mod order;
mod quotes;
mod ratings;
mod shapes;
mod variants;
mod words;

use customer_journey::events::{Backlog, CsvError, CsvRead, CsvRemark, TallyOptions};
use customer_journey::{CsvOptions, EventLog, EventRef, Scale, Tally};

/// A table read into what leaves journeys out and sorts, on a scale or on none.
fn read_on(
    table: &[u8],
    options: &CsvOptions,
    scale: Option<Scale>,
) -> Result<(CsvRead, Tally), CsvError> {
    let tally_options =
        scale.map_or_else(TallyOptions::new, |scale| TallyOptions::new().scale(scale));
    let mut backlog = Backlog::new(tally_options.clone());
    let read = backlog.read_csv(table, options)?;
    let sorted = backlog.sorted();
    // A log of whole journeys holds the same.
    let mut log = EventLog::new(tally_options);
    let read_again = log.read_csv(table, options)?;
    assert_eq!(
        (read_again.rows, &read_again.faults),
        (read.rows, &read.faults)
    );
    assert!(log.tally() == sorted, "a log and a backlog hold the same");
    Ok((read, sorted))
}

fn read(table: &str, options: &CsvOptions) -> Result<(CsvRead, Tally), CsvError> {
    read_on(table.as_bytes(), options, None)
}

/// A table that is read without options and without a fault.
fn plain(table: &str) -> (CsvRead, Tally) {
    let (read, tally) = read(table, &CsvOptions::new()).unwrap();
    assert_eq!(read.faulty, 0, "{:?}", read.faults);
    (read, tally)
}

fn refused(table: &str, options: &CsvOptions) -> String {
    let read = read(table, options).map(|(read, _)| read);
    read.unwrap_err().to_string()
}

fn tally(events: &[EventRef<'_>]) -> Tally {
    let mut tally = Tally::default();
    tally.record_all(events.iter().copied()).unwrap();
    tally
}

fn says(read: &CsvRead, sentence: &str) -> bool {
    read.remarks
        .iter()
        .any(|remark| remark.to_string().contains(sentence))
}

fn remarks(read: &CsvRead) -> Vec<String> {
    read.remarks.iter().map(CsvRemark::to_string).collect()
}
