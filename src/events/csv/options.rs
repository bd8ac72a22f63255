use super::error::CsvFault;
use super::header::{CsvColumn, CsvField};
use super::time::TimeUnit;

/// How a table is read.
///
/// ```
/// use customer_journey::{CsvOptions, CsvField, TimeUnit};
/// let options = CsvOptions::new()
///     .column(CsvField::Journey, "customer")
///     .without(CsvField::Phase)
///     .time_unit(TimeUnit::Milliseconds)
///     .skip_faulty(20);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct CsvOptions {
    pub(super) columns: Vec<(CsvField, Option<String>)>,
    pub(super) delimiter: Option<u8>,
    pub(super) unit: Option<TimeUnit>,
    pub(super) offset_minutes: Option<i32>,
    pub(super) decimal_comma: bool,
    pub(super) skip: Option<usize>,
}

impl CsvOptions {
    /// Columns are found by [their headers](CsvField::headers), the delimiter by the header line (whichever of comma,
    /// semicolon and tab it has most of). Times that are bare numbers need a unit, unless the header states it
    /// (`timestamp_ms`; `event_timestamp` is in microseconds); times without a zone are taken as UTC, and a table
    /// in which some have a zone and some have none is refused. Decimals have a point. The first faulty row is an error.
    pub fn new() -> Self {
        Self {
            columns: Vec::new(),
            delimiter: None,
            unit: None,
            offset_minutes: None,
            decimal_comma: false,
            skip: None,
        }
    }

    /// Names the column that feeds a field, by its header. The column then feeds no other field that is not stated as
    /// well, unless it is stated for the segment: events may be chosen by their channel and keep it.
    pub fn column(mut self, field: CsvField, header: impl Into<String>) -> Self {
        self.columns.push((field, Some(header.into())));
        self
    }

    /// Reads no column for a field.
    pub fn without(mut self, field: CsvField) -> Self {
        self.columns.push((field, None));
        self
    }

    /// States the delimiter, as `b';'`: any byte but a quote and those that end lines.
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// States the unit of times that are bare numbers.
    pub fn time_unit(mut self, unit: TimeUnit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// States how many minutes times without a zone are ahead of UTC; taken as the nearest number from -1439 to 1439, as no
    /// clock on earth differs by a day.
    pub fn utc_offset_minutes(mut self, minutes: i32) -> Self {
        self.offset_minutes = Some(minutes.clamp(-1439, 1439));
        self
    }

    /// Reads `0,5` as one half.
    pub fn decimal_comma(mut self) -> Self {
        self.decimal_comma = true;
        self
    }

    /// Skips and counts faulty rows, and keeps the faults of so many of them. A journey that goes back in time or
    /// sequence is an error all the same: its rows are sound, and to leave some out would miscount the ways. Sort them,
    /// with [`Backlog::read_csv`](crate::Backlog::read_csv).
    pub fn skip_faulty(mut self, keep: usize) -> Self {
        self.skip = Some(keep);
        self
    }
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// What was read of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CsvRead {
    /// Which column feeds which field.
    pub fields: Vec<CsvColumn>,
    /// The headers of columns that feed none.
    pub unused: Vec<String>,
    /// The delimiter.
    pub delimiter: char,
    /// Rows with an event, those of other segments among them.
    pub rows: u64,
    /// Rows left out as they tell of a beginning: [`CsvField::Lifecycle`].
    pub incomplete: u64,
    /// Rows skipped as they are faulty.
    pub skipped: u64,
    /// The first of them with their faults, as many as were asked for.
    pub faults: Vec<CsvFault>,
}
