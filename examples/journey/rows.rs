//! Rows that an engine has counted, as CSV with a header line or as JSON lines.

use std::path::Path;

use customer_journey::Tally;
use customer_journey::events::{MoveRow, TallyOptions, VisitRow};
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::input::Source;

/// The tally of the rows of `moves`, and of `visits` where they are given.
pub(super) fn tally(files: &[impl AsRef<Path>], options: TallyOptions) -> Result<Tally, Failure> {
    let moves: Vec<MoveRow> = files.first().map_or_else(|| Ok(Vec::new()), rows)?;
    let visits: Vec<VisitRow> = files.get(1).map_or_else(|| Ok(Vec::new()), rows)?;
    let tally = Tally::from_rows(options, visits, moves);
    tally.map_err(|error| Failure::input("the rows", error))
}

fn rows<R: DeserializeOwned>(file: impl AsRef<Path>) -> Result<Vec<R>, Failure> {
    let source = Source::from(file.as_ref().to_path_buf());
    let text = source.text()?;
    let row =
        |number: usize, error: String| Failure::input(&source, format!("row {number}: {error}"));
    if text.trim_start().starts_with('{') {
        let lines = (1..).zip(text.lines());
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        return lines
            .map(|(number, line)| {
                serde_json::from_str(line).map_err(|error| row(number, error.to_string()))
            })
            .collect();
    }
    let mut table = csv::Reader::from_reader(text.as_bytes());
    (1..)
        .zip(table.deserialize())
        .map(|(number, read)| read.map_err(|error| row(number, error.to_string())))
        .collect()
}
