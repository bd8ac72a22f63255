//! Rows that an engine has counted, as CSV with a header line or as JSON lines.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use customer_journey::Tally;
use customer_journey::events::{MoveRow, TallyOptions, VisitRow};
use serde::Deserialize;
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

/// A part by its name, with a tally for each bucket of its journeys.
pub(super) type Part = (String, Vec<Tally>);

/// The parts into which the rows are put by a column, each with a tally for each bucket of its journeys, in the order of the column's
/// cells (numbers as numbers); and how many rows have nothing in that column.
pub(super) fn parts(
    files: &[impl AsRef<Path>],
    by: &str,
    options: &TallyOptions,
) -> Result<(Vec<Part>, usize), Failure> {
    type Rows = BTreeMap<(Cell, Cell), (Vec<VisitRow>, Vec<MoveRow>)>;
    let mut all = Rows::new();
    let mut unstated = 0;
    let mut place = |group: Grouping| {
        let stated = group.part.map(Cell::from);
        unstated += usize::from(stated.is_none());
        Some((stated?, group.bucket.map_or(Cell::Number(0), Cell::from)))
    };
    if let Some(file) = files.first() {
        for (group, row) in grouped::<MoveRow>(file, by)? {
            if let Some(at) = place(group) {
                all.entry(at).or_default().1.push(row);
            }
        }
    }
    if let Some(file) = files.get(1) {
        for (group, row) in grouped::<VisitRow>(file, by)? {
            if let Some(at) = place(group) {
                all.entry(at).or_default().0.push(row);
            }
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for ((part, _), (visits, moves)) in all {
        let tally = Tally::from_rows(options.clone(), visits, moves)
            .map_err(|error| Failure::input("the rows", error))?;
        let name = part.to_string();
        match parts.last_mut() {
            Some((last, tallies)) if *last == name => tallies.push(tally),
            _ => parts.push((name, vec![tally])),
        }
    }
    Ok((parts, unstated))
}

/// A cell by which rows are put into parts: numbers come in their order, and before words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Number(i64),
    Word(String),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.parse().map_or(Self::Word(text), Self::Number)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

/// What a row belongs to.
struct Grouping {
    part: Option<String>,
    bucket: Option<String>,
}

/// The rows of a file, each with what it belongs to.
fn grouped<R: DeserializeOwned>(
    file: impl AsRef<Path>,
    by: &str,
) -> Result<Vec<(Grouping, R)>, Failure> {
    #[derive(Deserialize)]
    struct Named(BTreeMap<String, Option<Text>>);
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Text {
        Number(serde_json::Number),
        Word(String),
    }
    let named: Vec<Named> = rows(&file)?;
    if let Some(first) = named.first().filter(|first| !first.0.contains_key(by)) {
        let known: Vec<&str> = first.0.keys().map(String::as_str).collect();
        return Err(Failure::input(
            file.as_ref().display(),
            format!(
                "the rows have no column {by:?}; there are {}",
                known.join(", ")
            ),
        ));
    }
    let cell = |row: &mut Named, column: &str| {
        let text = match row.0.remove(column)?? {
            Text::Number(number) => number.to_string(),
            Text::Word(word) => word,
        };
        Some(text).filter(|text| !text.is_empty())
    };
    let groups = named.into_iter().map(|mut row| Grouping {
        part: cell(&mut row, by),
        bucket: cell(&mut row, "bucket"),
    });
    Ok(groups.zip(rows(&file)?).collect())
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
