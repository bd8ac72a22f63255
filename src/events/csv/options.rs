use super::field::CsvField;
use super::value::dates::DateOrder;
use super::value::time::TimeUnit;
use crate::events::event::EventEmotion;

/// How the letters of a table are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the lower byte first: "Unicode text" of spreadsheets on Windows.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1252, which holds Latin-1: tables of older programs in Western Europe and America.
    Windows1252,
}

impl TextEncoding {
    /// Its usual name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (lower byte first)",
            Self::Utf16Be => "UTF-16 (higher byte first)",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// How a table is read.
///
/// ```
/// use customer_journey::events::{CsvField, TimeUnit};
/// use customer_journey::CsvOptions;
/// let options = CsvOptions::new()
///     .column(CsvField::Journey, "customer")
///     .without(CsvField::Phase)
///     .time_unit(TimeUnit::Milliseconds)
///     .missing("99")
///     .tolerance(0.05);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct CsvOptions {
    pub(super) columns: Vec<(CsvField, Option<String>)>,
    pub(super) delimiter: Option<u8>,
    pub(super) encoding: Option<TextEncoding>,
    pub(super) skip_rows: usize,
    pub(super) label_rows: Option<usize>,
    pub(super) unit: Option<TimeUnit>,
    pub(super) offset_minutes: Option<i32>,
    pub(super) zones: Vec<(String, i64)>,
    pub(super) dates: Option<DateOrder>,
    pub(super) time_format: Option<String>,
    pub(super) improbable_unknown: bool,
    pub(super) decimal_comma: bool,
    pub(super) missing: Vec<String>,
    pub(super) kept: Vec<String>,
    pub(super) broken: Vec<String>,
    pub(super) feelings: Vec<(String, EventEmotion)>,
    pub(super) once: bool,
    pub(super) newest_first: bool,
    pub(super) tolerance: f64,
}

impl CsvOptions {
    /// Columns are found by [their headers](CsvField::headers), and where these say nothing, by their cells; the delimiter
    /// is the one of comma, semicolon, tab and bar that splits the lines alike. Times that are bare numbers need a unit,
    /// unless the header states it (`timestamp_ms`; `event_timestamp` is in microseconds); times without a zone are
    /// taken as UTC, and one that differs from the others in whether it states a zone is a fault. Up to 1 % of the rows
    /// may have faults.
    pub fn new() -> Self {
        Self {
            columns: Vec::new(),
            delimiter: None,
            encoding: None,
            skip_rows: 0,
            label_rows: None,
            unit: None,
            offset_minutes: None,
            zones: Vec::new(),
            dates: None,
            time_format: None,
            improbable_unknown: false,
            decimal_comma: false,
            missing: Vec::new(),
            kept: Vec::new(),
            broken: Vec::new(),
            feelings: Vec::new(),
            once: false,
            newest_first: false,
            tolerance: 0.01,
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

    /// States the encoding. Unless stated, it is UTF-8, or UTF-16 where a byte order mark or the zeros between letters
    /// show it.
    pub fn encoding(mut self, encoding: TextEncoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// States how many rows stand before the header. Unless stated, titles with a single cell are recognised.
    pub fn skip_rows(mut self, rows: usize) -> Self {
        self.skip_rows = rows;
        self
    }

    /// States how many rows below the header describe the columns, as surveys have them. Unless stated, those of Qualtrics
    /// and `SurveyMonkey` are recognised.
    pub fn label_rows(mut self, rows: usize) -> Self {
        self.label_rows = Some(rows);
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

    /// States how many minutes a zone with this name is ahead of UTC, for names that mean different zones in different
    /// countries (CST, IST, BST) and such that are not known; taken as
    /// [`utc_offset_minutes`](Self::utc_offset_minutes) are.
    ///
    /// ```
    /// use customer_journey::{CsvOptions, EventLog};
    /// let table = "case,event,time\n1,call,2024-03-01 09:00 CST\n1,answer,2024-03-01 09:30 CST\n";
    /// let told = EventLog::default().read_csv(table.as_bytes(), &CsvOptions::new()).unwrap_err();
    /// assert!(told.to_string().contains("the zone \"CST\" is not the same in all countries"));
    /// let china = CsvOptions::new().zone("CST", 480);
    /// assert_eq!(EventLog::default().read_csv(table.as_bytes(), &china)?.faulty, 0);
    /// # Ok::<(), customer_journey::events::CsvError>(())
    /// ```
    pub fn zone(mut self, name: impl Into<String>, minutes: i32) -> Self {
        let minutes = i64::from(minutes.clamp(-1439, 1439));
        self.zones.push((name.into(), minutes));
        self
    }

    /// States whether the day or the month comes first in dates whose year is last. Unless stated, the column settles it if
    /// any of its dates does (`31/12/2024`), and otherwise such dates are faults.
    pub fn dates(mut self, order: DateOrder) -> Self {
        self.dates = Some(order);
        self
    }

    /// States how times are written, as `%d.%m.%Y %H:%M` or `dd.MM.yyyy HH:mm`; times in other forms are read as well
    /// where these can be read in one way.
    pub fn time_format(mut self, format: impl Into<String>) -> Self {
        self.time_format = Some(format.into());
        self
    }

    /// Takes improbable times (0001, 1900, 1970, 9999) as unknown in a table whose other times lie between 1971 and 2090.
    /// Unless stated, they count as any time, and a [remark](crate::events::CsvRemark::ImprobableTimes) tells of them.
    pub fn improbable_times_unknown(mut self) -> Self {
        self.improbable_unknown = true;
        self
    }

    /// Reads `0,5` as one half even where it could be more: `1,234` is then hardly more than one. Numbers such as `3,5`
    /// are read without this.
    pub fn decimal_comma(mut self) -> Self {
        self.decimal_comma = true;
        self
    }

    /// States a further word, or a code such as `99`, that stands for nothing in any column. Capitals do not count. In a
    /// column that numbers something (journeys, positions, promises as 1 and 0), a code is a number like any other.
    /// A row whose journey is called so has none and is left out, and so is a journey that comes to a touchpoint called so; as that
    /// is what was stated, such rows are told and are no faults.
    pub fn missing(mut self, word: impl Into<String>) -> Self {
        self.missing.push(word.into());
        self
    }

    /// States a further word for a promise that was kept. Capitals do not count.
    pub fn kept(mut self, word: impl Into<String>) -> Self {
        self.kept.push(word.into());
        self
    }

    /// States a further word for a promise that was broken. Capitals do not count.
    pub fn broken(mut self, word: impl Into<String>) -> Self {
        self.broken.push(word.into());
        self
    }

    /// States what a word says of a feeling: a feeling of the catalogue, or a valence from -1 to 1, whatever the scale of
    /// ratings. Capitals do not count.
    pub fn feeling(mut self, word: impl Into<String>, means: impl Into<EventEmotion>) -> Self {
        self.feelings.push((word.into(), means.into()));
        self
    }

    /// Counts rows once that repeat another one letter by letter, or the [event id](CsvField::EventId) of another one where a
    /// column states such ids. Keeps the text of each row.
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Says that the table lists what happened last first: of rows with equal times, or with none at all, the later one happened
    /// first. Unless stated, that is recognised where times go back from row to row. A [`Tally`](crate::Tally), which
    /// counts rows as they come, refuses it.
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// States the share of rows that may have faults before the table is refused, from 0 to 1.
    pub fn tolerance(mut self, share: f64) -> Self {
        self.tolerance = share;
        self
    }
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self::new()
    }
}
