use std::fmt;

use super::header::CsvField;
use crate::events::EventFault;
use crate::journey::{UnknownFeeling, UnknownWord, list};

/// Why a table was not read, or not to its end.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// The delimiter that was stated means something else in a table.
    #[error("{delimiter:?} cannot be the delimiter: it ends lines or quotes cells")]
    Delimiter {
        /// The delimiter.
        delimiter: char,
    },
    /// There is no header line.
    #[error("there is no header line; the first line names the columns")]
    NoHeader,
    /// The header line is not UTF-8 text.
    #[error("the header line is not UTF-8 text; save the table as UTF-8")]
    HeaderNotText,
    /// No column feeds a field that events need.
    #[error(
        "no column feeds the {field}; state one of {}{}",
        list(headers),
        Persons(persons)
    )]
    NoColumn {
        /// The field.
        field: CsvField,
        /// The headers that there are.
        headers: Vec<String>,
        /// Those that name persons.
        persons: Vec<String>,
    },
    /// The column that was stated for a field is not there.
    #[error(
        "there is no column {header:?} to feed the {field}; there are {}",
        list(headers)
    )]
    UnknownColumn {
        /// The field.
        field: CsvField,
        /// The header that was stated.
        header: String,
        /// The headers that there are.
        headers: Vec<String>,
    },
    /// The column that was stated for a field is there more than once.
    #[error("there are several columns {header:?} to feed the {field}; give each header once")]
    AmbiguousColumn {
        /// The field.
        field: CsvField,
        /// The header that was stated.
        header: String,
    },
    /// A row was not counted. The rows before it are.
    #[error(transparent)]
    Row(#[from] CsvFault),
    /// The source failed. The rows before are counted.
    #[error("the table cannot be read after line {line}: {message}")]
    Source {
        /// The line that was being read.
        line: u64,
        /// The kind of failure.
        kind: std::io::ErrorKind,
        /// What the source says.
        message: String,
    },
}

struct Persons<'a>(&'a [String]);

impl fmt::Display for Persons<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        write!(
            f,
            " ({} may name persons: state such a column where one person is one journey)",
            list(self.0)
        )
    }
}

/// A row that was not counted, and why.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CsvFault {
    /// The line on which the row begins, from 1 for the header.
    pub line: u64,
    /// The position and the header of the column, where the fault lies in one.
    pub column: Option<(usize, String)>,
    /// What is wrong.
    pub fault: CellFault,
}

impl CsvFault {
    /// Whether the row is sound and out of its order.
    pub(super) fn goes_back(&self) -> bool {
        matches!(
            self.fault,
            CellFault::Event {
                fault: EventFault::TimeBack { .. } | EventFault::SequenceBack { .. },
                ..
            }
        )
    }
}

impl fmt::Display for CsvFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some((number, header)) = &self.column {
            write!(f, ", column {number} ({header:?})")?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl std::error::Error for CsvFault {}

/// What is wrong with a row of a table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CellFault {
    /// It has more or fewer cells than the header.
    #[error("the row has {found} cells and the header {expected}")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// There is text between a closing quote and the end of its cell.
    #[error("text follows a closing quote; a quote within a quoted cell is doubled")]
    TextAfterQuote,
    /// A quote is opened and never closed.
    #[error("a quoted cell is never closed")]
    OpenQuote,
    /// The row is longer than any row may be.
    #[error(
        "the row is longer than 16 MiB, as happens when a quote is left open; nothing after it is read"
    )]
    TooLong,
    /// A time in no form that is read.
    #[error(
        "{0:?} is not a time; write yyyy-MM-dd, yyyy-MM-dd HH:mm:ss or RFC 3339, or a number in a stated unit"
    )]
    Time(String),
    /// A time that is a bare number, without a unit.
    #[error("time {0:?} is a bare number; state its unit: seconds, milliseconds or microseconds")]
    NoUnit(String),
    /// A time without a zone in a table that has times with one, or the other way round.
    #[error(
        "time {0:?} and others of the table differ in whether they state a zone; state the offset of those without"
    )]
    Zone(String),
    /// A sequence number that is not a whole number.
    #[error("{0:?} is not a sequence number; it is a whole number")]
    Sequence(String),
    /// A phase that is none.
    #[error("{0}; where the column means something else, read the table without the phase")]
    Phase(Box<UnknownWord>),
    /// An emotion that is neither a number nor a known feeling.
    #[error(transparent)]
    Feeling(#[from] UnknownFeeling),
    /// A promise result that is none.
    #[error(
        "{0:?} is not a promise result; write true, false, 1, 0, yes, no, ja, nei, kept, broken, unknown or nothing"
    )]
    Promise(String),
    /// A cell is not UTF-8 text.
    #[error("the cell is not UTF-8 text")]
    NotText,
    /// The event that the row tells of was not counted.
    #[error("the event of journey {journey:?} {fault}")]
    Event {
        /// The journey.
        journey: String,
        /// What is wrong with its event.
        fault: EventFault,
    },
}
