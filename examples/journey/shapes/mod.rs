//! Tables of other shapes than a row an event, brought into that: one row a case (`wide`), paths with their counts
//! (`paths`), event logs in XES (`xes`). What was understood of them is told, and whatever is found later is said at its
//! place in the file that was given.

pub(crate) mod paths;
pub(crate) mod text;
pub(crate) mod wide;
pub(crate) mod xes;

use std::fmt;
use std::io::Read;

use customer_journey::CsvOptions;
use customer_journey::events::{CsvError, CsvField, CsvRead, CsvRefusal, CsvRemark};

/// Rows of events that were made of a file of another shape.
pub(crate) struct Shaped {
    /// A table with a row an event.
    pub(crate) rows: Box<dyn Read>,
    /// How each field is fed from it; `None` where it is not.
    pub(crate) columns: Vec<(CsvField, Option<&'static str>)>,
    /// Where its rows stand in the file.
    pub(crate) places: Places,
    /// How the file was understood, a sentence each.
    pub(crate) told: Vec<String>,
}

impl Shaped {
    /// The options with which its rows are read.
    pub(crate) fn options(&self, options: CsvOptions) -> CsvOptions {
        let mut options = options.delimiter(b',').skip_rows(0).label_rows(0);
        options = options.encoding(customer_journey::events::TextEncoding::Utf8);
        for (field, header) in &self.columns {
            options = match header {
                Some(header) => options.column(*field, *header),
                None => options.without(*field),
            };
        }
        options
    }
}

/// Why a file was not brought into rows of events.
#[derive(Debug)]
pub(crate) enum Misshapen {
    /// It is no table that can be understood.
    Table(CsvError),
    /// Everything else that is wrong with it.
    Told(String),
}

impl fmt::Display for Misshapen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Told(told) => f.write_str(told),
        }
    }
}

impl From<CsvError> for Misshapen {
    fn from(error: CsvError) -> Self {
        Self::Table(error)
    }
}

impl From<String> for Misshapen {
    fn from(told: String) -> Self {
        Self::Told(told)
    }
}

/// From which line of the file rows of events were made.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The first row made, its line in the file, and the number of the column.
    runs: Vec<(u64, u64, u32)>,
    /// The columns of the file, by number from 1.
    headers: Vec<String>,
    /// What is said in place of the headers of columns that were made.
    made: Vec<(&'static str, String)>,
}

impl Places {
    fn new(headers: Vec<String>) -> Self {
        Self {
            runs: Vec::new(),
            headers,
            made: Vec::new(),
        }
    }

    /// Says whence the rows from this line on come.
    fn add(&mut self, made: u64, line: u64, column: usize) {
        let column = u32::try_from(column).unwrap_or(0);
        self.runs.push((made, line, column));
    }

    fn find(&self, made: u64) -> Option<(u64, u32)> {
        let after = self.runs.partition_point(|(first, ..)| *first <= made);
        let (_, line, column) = self.runs.get(after.checked_sub(1)?)?;
        Some((*line, *column))
    }

    fn line(&self, made: u64) -> u64 {
        self.find(made).map_or(made, |(line, _)| line)
    }

    /// The column of the file, where one is known.
    fn column(&self, made: u64) -> Option<(usize, String)> {
        let (_, column) = self.find(made)?;
        let column = column as usize;
        let header = self.headers.get(column.checked_sub(1)?)?;
        Some((column, header.clone()))
    }

    /// The number of a column of the file.
    pub(crate) fn number(&self, header: &str) -> Option<usize> {
        let at = self.headers.iter().position(|known| known == header);
        at.map(|at| at + 1)
    }

    fn rename(&self, header: &mut String) {
        if let Some((_, own)) = self.made.iter().find(|(made, _)| made == header) {
            header.clone_from(own);
        }
    }

    /// Says the lines and columns of the file in place of those of the rows made.
    pub(crate) fn restore(&self, read: &mut CsvRead) {
        for refusal in &mut read.refusals {
            if let CsvRefusal::NoScale { header, .. } | CsvRefusal::OffScale { header, .. } =
                refusal
            {
                self.rename(header);
            }
        }
        for total in &mut read.faults {
            if let Some((number, header)) = self.column(total.line) {
                // Several rows may be of several columns.
                let made = total
                    .column
                    .take()
                    .map_or_else(String::new, |(_, made)| made);
                let all = self.made.iter().find(|(known, _)| *known == made);
                let all = all.filter(|_| total.rows > 1);
                total.column = Some((number, all.map_or(header, |(_, all)| all.clone())));
            }
            total.line = self.line(total.line);
        }
        for remark in &mut read.remarks {
            match remark {
                CsvRemark::Doubled { line, .. } | CsvRemark::Total { line, .. } => {
                    *line = self.line(*line);
                }
                CsvRemark::Nothing { header, .. }
                | CsvRemark::OneSided { header }
                | CsvRemark::Alike { header, .. }
                | CsvRemark::Stages { header, .. } => self.rename(header),
                _ => {}
            }
        }
    }

    /// The same in an error.
    pub(crate) fn restored(&self, error: CsvError) -> CsvError {
        match error {
            CsvError::Refused(mut read) => {
                self.restore(&mut read);
                CsvError::Refused(read)
            }
            CsvError::Row(mut fault) => {
                if let Some(column) = self.column(fault.line) {
                    fault.column = Some(column);
                }
                fault.line = self.line(fault.line);
                CsvError::Row(fault)
            }
            other => other,
        }
    }
}

/// The fields that belong to single events, none of which a row tells that stands for a whole journey.
const OF_EVENTS: [CsvField; 14] = [
    CsvField::Time,
    CsvField::Start,
    CsvField::TimeOfDay,
    CsvField::Sequence,
    CsvField::Emotion,
    CsvField::Promise,
    CsvField::PromiseName,
    CsvField::Lifecycle,
    CsvField::Batch,
    CsvField::EventId,
    CsvField::Stage,
    CsvField::Person,
    CsvField::PersonPart,
    CsvField::Zone,
];

/// A few words of a list, for a sentence.
fn quoted<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("{word:?}")).collect();
    words.join(", ")
}
