//! What is told of a table beside its events: how it was understood, its faults in total, remarks.

mod far;
mod faults;
mod no_event;
mod outcomes;
mod remark;

use std::fmt;

use super::error::CellFault;
use super::header::CsvColumn;
use super::options::TextEncoding;
use crate::journey::Scale;
pub(super) use faults::{Faults, Met, most_frequent};
pub(super) use outcomes::Outcomes;
pub use remark::CsvRemark;

/// How a table is understood before its rows are read. `Display` says it, a line for each column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CsvPlan {
    /// The encoding, stated or recognised.
    pub encoding: TextEncoding,
    /// The delimiter.
    pub delimiter: char,
    /// Lines end in a carriage return alone, as old programs of the Macintosh write them.
    pub carriage_returns: bool,
    /// Rows before the header that are none of the table: titles, a statement of the delimiter.
    pub before: Vec<String>,
    /// The line of the header.
    pub header_line: u64,
    /// Rows below the header that describe its columns.
    pub label_rows: usize,
    /// The first column has no header and numbers the rows.
    pub row_names: bool,
    /// Which column feeds which field.
    pub fields: Vec<CsvColumn>,
    /// Columns that feed none.
    pub unused: Vec<UnusedColumn>,
    /// What is worth knowing before any row is read; [`CsvRead::remarks`] has it as well. Not in what `Display` says.
    pub remarks: Vec<CsvRemark>,
}

/// A column that feeds no field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedColumn {
    /// Its position, from 1.
    pub column: usize,
    /// Its header.
    pub header: String,
    /// What the row below the header says of it, in tables that have one.
    pub label: Option<String>,
    /// The first values in it that differ.
    pub examples: Vec<String>,
    /// Whether these are times.
    pub times: bool,
}

impl fmt::Display for UnusedColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.header)?;
        if let Some(label) = &self.label {
            write!(f, " ({label})")?;
        }
        Ok(())
    }
}

impl fmt::Display for CsvPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let delimiter = match self.delimiter {
            '\t' => "tabs".to_owned(),
            other => format!("{other:?}"),
        };
        write!(
            f,
            "{}, cells between {delimiter}, the header on line {}",
            self.encoding.as_str(),
            self.header_line
        )?;
        if self.carriage_returns {
            f.write_str("; lines end in carriage returns")?;
        }
        for before in &self.before {
            write!(f, "\nnot of the table, before its header: {before:?}")?;
        }
        if self.label_rows > 0 {
            write!(
                f,
                "\nrows below the header that describe its columns: {}",
                self.label_rows
            )?;
        }
        if self.row_names {
            f.write_str("\nthe first column has no header and numbers the rows")?;
        }
        for field in &self.fields {
            write!(f, "\ncolumn {}: {field}", field.column)?;
        }
        for unused in &self.unused {
            write!(f, "\ncolumn {}: {unused} is not used", unused.column)?;
            if !unused.examples.is_empty() {
                let times = if unused.times { "times, as " } else { "" };
                write!(f, "; it holds {times}{}", unused.examples.join(", "))?;
            }
        }
        Ok(())
    }
}

/// What was read of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CsvRead {
    /// How the table was understood.
    pub plan: CsvPlan,
    /// Rows with an event, those of other segments among them.
    pub rows: u64,
    /// Rows left out as they tell of a beginning, or of what did not take place: [`CsvField::Lifecycle`](super::CsvField::Lifecycle).
    pub incomplete: u64,
    /// Rows with a fault.
    pub faulty: u64,
    /// The faults by column and kind, in the order of columns.
    pub faults: Vec<CsvFaultTotal>,
    /// Journeys that a fault touches.
    pub touched: u64,
    /// Journeys left out as a whole, since a row of theirs lacks what orders it or says what it was.
    pub left_out: u64,
    /// The first of their names, in alphabetical order.
    pub left_out_names: Vec<String>,
    /// Rows that name no journey; whose they are is not known.
    pub without_journey: u64,
    /// How long visits lasted that have a beginning and an end, by touchpoint.
    pub durations: Vec<VisitDuration>,
    /// The stages that visits state, such as Awareness or Consideration, by touchpoint:
    /// [`LearnOptions::stages`](crate::LearnOptions::stages) puts them on the map.
    pub stages: Vec<TouchpointStages>,
    /// What is worth knowing about the table.
    pub remarks: Vec<CsvRemark>,
    /// Why the table is refused; empty where it is not.
    pub refusals: Vec<CsvRefusal>,
}

impl CsvRead {
    pub(super) fn new(plan: CsvPlan, remarks: Vec<CsvRemark>) -> Self {
        Self {
            plan,
            rows: 0,
            incomplete: 0,
            faulty: 0,
            faults: Vec::new(),
            touched: 0,
            left_out: 0,
            left_out_names: Vec::new(),
            without_journey: 0,
            durations: Vec::new(),
            stages: Vec::new(),
            remarks,
            refusals: Vec::new(),
        }
    }
}

/// How long visits at a touchpoint lasted.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct VisitDuration {
    /// The touchpoint.
    pub touchpoint: String,
    /// Visits of which beginning and end are known.
    pub visits: u64,
    /// Their mean duration, in seconds.
    pub mean_s: f64,
}

/// The stages that visits to a touchpoint state.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TouchpointStages {
    /// The touchpoint.
    pub touchpoint: String,
    /// Each stage and how many visits state it, the most frequent first, the alphabetically first of equals.
    pub stages: Vec<(String, u64)>,
}

/// Faults of one kind in one column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CsvFaultTotal {
    /// The position and the header of the column, where the fault lies in one.
    pub column: Option<(usize, String)>,
    /// The first one.
    pub fault: CellFault,
    /// Its line, from 1 for the first of the file.
    pub line: u64,
    /// Rows that have it.
    pub rows: u64,
    /// The values, the most frequent first; at most twenty.
    pub values: Vec<(String, u64)>,
    /// Whether the journeys are left out as a whole; otherwise the cell counts as unknown.
    pub leaves_out: bool,
}

/// How many values a sentence names.
const NAMED: usize = 5;
/// How many codes one names.
const TOLD_CODES: usize = 12;

impl fmt::Display for CsvFaultTotal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((number, header)) = &self.column {
            write!(f, "column {number} ({header:?}), ")?;
        }
        let rows = if self.rows == 1 { "row" } else { "rows" };
        write!(
            f,
            "{} {rows}, first on line {}: {}",
            self.rows, self.line, self.fault
        )?;
        if self.values.len() > 1 {
            let named = self.values.iter().take(NAMED);
            let named: Vec<String> = named
                .map(|(value, rows)| format!("{value:?} {rows}"))
                .collect();
            let more = if self.values.len() > NAMED {
                ", ..."
            } else {
                ""
            };
            write!(f, " (by value: {}{more})", named.join(", "))?;
        }
        let so = match (self.leaves_out, self.rows) {
            (true, 1) => "this journey is left out",
            (true, _) => "these journeys are left out",
            (false, 1) => "the visit counts, with this unknown",
            (false, _) => "the visits count, with this unknown",
        };
        write!(f, "; {so}")
    }
}

/// A number of things, with the word for one of them or for several.
fn many(number: u64, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Why a table is refused as a whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CsvRefusal {
    /// More rows have faults than may.
    TooManyFaults {
        /// Rows with a fault.
        faulty: u64,
        /// All rows.
        rows: u64,
        /// The share of rows that may have one.
        tolerance: f64,
        /// Journeys that they touch.
        journeys: u64,
    },
    /// Ratings lie outside -1 to 1, and nobody stated their scale.
    NoScale {
        /// The header of the column.
        header: String,
        /// The lowest and the highest rating, without the codes.
        range: (f64, f64),
        /// The scale that they may have.
        likely: &'static str,
        /// Values off that scale that look like codes for no answer, such as 99 beside 1 to 5, from the lowest on, and
        /// how many rows have each. Of codes from -1 to 1 the rows before the first rating off -1 to 1 may not be counted.
        codes: Vec<(String, u64)>,
    },
    /// Ratings lie outside the scale that was stated; beside [`TooManyFaults`](Self::TooManyFaults).
    OffScale {
        /// The header of the column.
        header: String,
        /// The scale.
        scale: Scale,
        /// The values off it, if all look like codes for no answer, and how many rows have each.
        codes: Vec<(String, u64)>,
        /// The scale that the ratings may have, if not all look so.
        likely: Option<&'static str>,
    },
}

impl fmt::Display for CsvRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyFaults {
                faulty,
                rows,
                tolerance,
                journeys,
            } => write!(
                f,
                "{faulty} of {} {} faults, which touch {}; more than {} % of the rows are refused",
                many(*rows, "row", "rows"),
                if *faulty == 1 { "has" } else { "have" },
                many(*journeys, "journey", "journeys"),
                (tolerance * 1e6).round() / 1e4
            ),
            Self::NoScale {
                header,
                range: (low, high),
                likely,
                codes,
            } => {
                let from = if low < high {
                    format!("from {low} to {high}")
                } else {
                    format!("to {high}")
                };
                write!(
                    f,
                    "the ratings in {header:?} go {from} and their scale is not stated; state it, such as {likely}"
                )?;
                told_codes(f, codes)
            }
            Self::OffScale {
                header,
                scale,
                codes,
                likely,
            } => {
                write!(
                    f,
                    "not all ratings in {header:?} are on the scale stated, {scale}"
                )?;
                if let Some(likely) = likely {
                    write!(f, "; theirs may be {likely}")?;
                }
                told_codes(f, codes)
            }
        }
    }
}

/// Which values look like codes for no answer.
fn told_codes(f: &mut fmt::Formatter<'_>, codes: &[(String, u64)]) -> fmt::Result {
    if codes.is_empty() {
        return Ok(());
    }
    let rows = |rows| many(rows, "row", "rows");
    let named = codes.iter().take(TOLD_CODES);
    let named: Vec<String> = named
        .map(|(code, of)| format!("{code} ({})", rows(*of)))
        .collect();
    let more = if codes.len() > TOLD_CODES {
        ", ..."
    } else {
        ""
    };
    let (verb, noun) = if codes.len() == 1 {
        ("looks", "a code")
    } else {
        ("look", "codes")
    };
    write!(
        f,
        "; {}{more} {verb} like {noun} for no answer: state what stands for nothing",
        named.join(", ")
    )
}
