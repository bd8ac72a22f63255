use std::fmt;

use super::field::CsvField;
use super::told::CsvRead;
use crate::events::EventFault;
use crate::journey::{OutOfRange, Scale, UnknownFeeling, UnknownWord, list};

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
    /// The file is no table of text.
    #[error("this is no table but {format}; {advice}")]
    NoTable {
        /// What it is.
        format: &'static str,
        /// How to make a table of it.
        advice: &'static str,
    },
    /// The text is not UTF-8 and no encoding was stated.
    #[error(
        "line {line} is not UTF-8 text and looks like {looks_like}; state the encoding, or save the table as UTF-8"
    )]
    NotUtf8 {
        /// The first such line.
        line: u64,
        /// The encoding that it looks like.
        looks_like: &'static str,
    },
    /// No delimiter was recognised.
    #[error(
        "the header line has one cell only, and {likely:?} stands in each line as often; state it as the delimiter if it is one"
    )]
    NoDelimiter {
        /// What may be the delimiter.
        likely: char,
    },
    /// The form of times that was stated cannot be one.
    #[error("{form:?} is no form of a date; write it as %d.%m.%Y %H:%M:%S or dd.MM.yyyy HH:mm:ss")]
    TimeFormat {
        /// The form.
        form: String,
    },
    /// The rows are to be taken from the last to the first by what counts them as they come.
    #[error(
        "a tally counts rows as they come and cannot take them from the last to the first; read them into a log of journeys"
    )]
    NewestFirst,
    /// No column names touchpoints, and several hold times: a row seems to be a whole journey, with a column a step.
    #[error(
        "no column names touchpoints, and {} hold times: this looks like a table with one row a case and a column a step, and not with one row an event",
        list(headers)
    )]
    Wide {
        /// The columns that hold times.
        headers: Vec<String>,
    },
    /// A row seems to be a whole path, as `search > shop > purchase`.
    #[error(
        "column {header:?} holds whole paths: this looks like a table with one row a path and how many went it, and not with one row an event"
    )]
    Paths {
        /// The column that holds paths.
        header: String,
    },
    /// The table was read to its end, and what is wrong with it is more than may be. What was counted of it is not to be
    /// used.
    #[error("{}", Refused(.0))]
    Refused(Box<CsvRead>),
    /// There is no header line.
    #[error("there is no header line; the first line names the columns")]
    NoHeader,
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

struct Refused<'a>(&'a CsvRead);

impl fmt::Display for Refused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, refusal) in self.0.refusals.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{refusal}")?;
        }
        for total in &self.0.faults {
            write!(f, "\n{total}")?;
        }
        Ok(())
    }
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
        "{0:?} is not a time that can be read in one way; write yyyy-MM-dd HH:mm:ss or RFC 3339, or state the form"
    )]
    Time(String),
    /// A time that is a bare number, without a unit.
    #[error("time {:?} is a bare number; state its unit{}", .0, Likely(.0))]
    NoUnit(String),
    /// A date whose day and month could change places, in a column that settles nowhere which comes first.
    #[error("{0:?} can have the day or the month first; state which")]
    DateOrder(String),
    /// A time of the day without a date.
    #[error("{0:?} is a time of the day without a date; name the column of the date")]
    NoDate(String),
    /// A word for the lifecycle of an activity that is not known.
    #[error("{0:?} is not known as a stage of an activity's lifecycle; the event counts")]
    Lifecycle(String),
    /// A time without a zone in a table that has times with one, or the other way round.
    #[error(
        "time {0:?} and others of the table differ in whether they state a zone; state the offset of those without"
    )]
    Zone(String),
    /// The name of a zone that means different zones in different countries.
    #[error("the zone {0:?} is not the same in all countries; state how far it is ahead of UTC")]
    ZoneName(String),
    /// A zone that is named by a place.
    #[error(
        "the zone {0:?} is named by a place, whose distance to UTC changes within the year; write the offset with each time, as +01:00, or state it where it is the same for all"
    )]
    ZonePlace(String),
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
        "{0:?} is not known as a promise result; write kept, broken, yes, no, true or false, or state what it means"
    )]
    Promise(String),
    /// The row has no journey.
    #[error("the row has no journey{}", Word(.0))]
    NoJourney(String),
    /// The row has no touchpoint.
    #[error("the row has no touchpoint{}", Word(.0))]
    NoTouchpoint(String),
    /// A rating that is not on the scale.
    #[error("{0}")]
    Rating(OutOfRange),
    /// A rating that says how many there are, as `4/5`, and they are not as many as the scale has.
    #[error("{cell:?} counts up to {of}, and {}", Stated(*.scale))]
    OtherScale {
        /// The cell.
        cell: String,
        /// The highest, as the cell says.
        of: f64,
        /// The scale, if it was stated.
        scale: Option<Scale>,
    },
    /// A number and a word beside it of which one is good and the other bad.
    #[error(
        "the number and the word in {cell:?} say the contrary of each other on the scale {scale}"
    )]
    Contrary {
        /// The cell.
        cell: String,
        /// The scale.
        scale: Scale,
    },
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

/// What is known of the scale.
struct Stated(Option<Scale>);

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(scale) => write!(f, "the scale stated is {scale}"),
            None => f.write_str("no scale is stated"),
        }
    }
}

/// A word that stands for nothing, behind a sentence that says so.
struct Word<'a>(&'a str);

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => Ok(()),
            word => write!(f, " but {word:?}"),
        }
    }
}

/// The unit that makes a bare number a time of our days.
struct Likely<'a>(&'a str);

impl fmt::Display for Likely<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.split(['.', ',']).next().unwrap_or_default();
        f.write_str(match whole.len() {
            10 => "; of its length are seconds since 1970",
            13 => "; of its length are milliseconds since 1970",
            16 => "; of its length are microseconds since 1970",
            19 => "; of its length are nanoseconds since 1970",
            _ => ": seconds, milliseconds, microseconds, nanoseconds or days of a spreadsheet",
        })
    }
}
