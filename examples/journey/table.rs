//! The options of tables.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use customer_journey::events::{
    CsvField, DateOrder, EventEmotion, TallyOptions, TextEncoding, TimeUnit,
};
use customer_journey::{CsvOptions, Feeling, Scale};

/// Which column feeds what.
#[derive(Debug, Args)]
#[command(next_help_heading = "Columns")]
pub(super) struct Columns {
    /// The column that names the channel
    #[arg(long, value_name = "COLUMN")]
    channel: Option<String>,
    #[command(flatten)]
    named: NamedColumns,
}

/// The same without the option whose name means something else where maps are read as well.
#[derive(Debug, Args)]
#[command(next_help_heading = "Columns")]
pub(super) struct NamedColumns {
    /// The column that names the journey (the case)
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// The column that names the touchpoint (the activity)
    #[arg(long, value_name = "COLUMN")]
    touchpoint: Option<String>,
    /// The column that says when it happened
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// The column that states a feeling or a rating
    #[arg(long, value_name = "COLUMN")]
    emotion: Option<String>,
    /// The column that says whether the promise was kept
    #[arg(long, value_name = "COLUMN")]
    promise: Option<String>,
    /// The column that feeds any field; fields: journey, touchpoint, time, sequence, channel, phase, emotion, promise,
    /// promise-name, outcome, owner, segment, customer, lifecycle,
    /// start, start-time-of-day, time-of-day, zone, person, person-part, batch, batch-order, event-id, stage; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = column)]
    column: Vec<(CsvField, String)>,
    /// A field for which no column is read; may be repeated
    #[arg(long, value_name = "FIELD", value_parser = fields())]
    without: Vec<CsvField>,
    /// Only the events with this value
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = pair)]
    segment: Option<(String, String)>,
}

/// How cells are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cells")]
pub(super) struct Cells {
    /// The scale of ratings, as 1..5 (-1..1 unless stated)
    #[arg(long, value_name = "MIN..MAX", allow_hyphen_values = true)]
    pub(super) scale: Option<Scale>,
    /// Learns from the table however many of its rows have faults
    #[arg(long, conflicts_with = "tolerance")]
    lenient: bool,
    #[command(flatten)]
    written: WrittenCells,
}

/// The same without the options that maps have as well.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cells")]
// Each is a flag of the command line.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct WrittenCells {
    /// The unit of times that are bare numbers
    #[arg(long, value_enum, value_name = "UNIT")]
    time_unit: Option<Unit>,
    /// How many minutes times without a zone are ahead of UTC
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true)]
    utc_offset: Option<i32>,
    /// How many minutes a zone is ahead of UTC whose name means several, as CST=-360
    #[arg(long = "zone", value_name = "NAME=MINUTES", value_parser = zone)]
    zones: Vec<(String, i32)>,
    /// Which comes first in dates whose year is last: dmy (31/12/2024) or mdy (12/31/2024)
    #[arg(long, value_enum, value_name = "ORDER")]
    dates: Option<Order>,
    /// How times are written, as '%d.%m.%Y %H:%M' or 'dd.MM.yyyy HH:mm'
    #[arg(long, value_name = "FORM")]
    time_format: Option<String>,
    /// Takes improbable times (0001, 1900, 1970, 9999) as unknown
    #[arg(long)]
    improbable_unknown: bool,
    /// Reads 1,234 as little more than one (3,5 is read without this)
    #[arg(long)]
    decimal_comma: bool,
    /// A word or code that stands for nothing, as 99 or 'no data'; may be repeated
    #[arg(long, value_name = "WORD", allow_hyphen_values = true)]
    missing: Vec<String>,
    /// A word for a promise that was kept; may be repeated
    #[arg(long, value_name = "WORD")]
    kept: Vec<String>,
    /// A word for a promise that was broken; may be repeated
    #[arg(long, value_name = "WORD")]
    broken: Vec<String>,
    /// What a word says of a feeling: a feeling, or a number from -1 to 1; may be repeated
    #[arg(long, value_name = "WORD=FEELING", value_parser = felt)]
    feeling: Vec<(String, EventEmotion)>,
    /// Counts rows once that repeat another one, or its event id
    #[arg(long)]
    once: bool,
    /// The table lists what happened last first: at equal times the later row counts as the earlier event
    #[arg(long)]
    newest_first: bool,
    /// How many percent of the rows may have faults before the table is refused
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = percent)]
    tolerance: f64,
    /// The encoding, unless the table is UTF-8 or marked
    #[arg(long, value_enum, value_name = "ENCODING")]
    encoding: Option<Letters>,
    /// How many rows stand before the header
    #[arg(long, value_name = "ROWS", default_value_t = 0)]
    skip_rows: usize,
    /// How many rows below the header describe the columns
    #[arg(long, value_name = "ROWS")]
    label_rows: Option<usize>,
    /// What stands between cells: a character, or tab; seen in the header line unless stated
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Seconds since 1970
    S,
    /// Milliseconds
    Ms,
    /// Microseconds
    Us,
    /// Nanoseconds
    Ns,
    /// Days of a spreadsheet, since the end of 1899
    Excel,
}

impl From<Unit> for TimeUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::S => Self::Seconds,
            Unit::Ms => Self::Milliseconds,
            Unit::Us => Self::Microseconds,
            Unit::Ns => Self::Nanoseconds,
            Unit::Excel => Self::SpreadsheetDays,
        }
    }
}

const FIELDS: [(&str, CsvField); 24] = [
    ("journey", CsvField::Journey),
    ("touchpoint", CsvField::Touchpoint),
    ("time", CsvField::Time),
    ("sequence", CsvField::Sequence),
    ("channel", CsvField::Channel),
    ("phase", CsvField::Phase),
    ("emotion", CsvField::Emotion),
    ("promise", CsvField::Promise),
    ("promise-name", CsvField::PromiseName),
    ("outcome", CsvField::Outcome),
    ("owner", CsvField::Owner),
    ("segment", CsvField::Segment),
    ("customer", CsvField::Customer),
    ("lifecycle", CsvField::Lifecycle),
    ("start", CsvField::Start),
    ("time-of-day", CsvField::TimeOfDay),
    ("person", CsvField::Person),
    ("person-part", CsvField::PersonPart),
    ("zone", CsvField::Zone),
    ("batch", CsvField::Batch),
    ("event-id", CsvField::EventId),
    ("stage", CsvField::Stage),
    ("start-time-of-day", CsvField::StartTimeOfDay),
    ("batch-order", CsvField::BatchOrder),
];

fn field(name: &str) -> Result<CsvField, String> {
    let known = FIELDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, field)| *field).ok_or_else(|| {
        let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        format!("{name:?} is no field; the fields are {}", names.join(", "))
    })
}

fn fields() -> impl TypedValueParser<Value = CsvField> {
    let names = FIELDS.iter().map(|(name, _)| *name);
    PossibleValuesParser::new(names).try_map(|name| field(&name))
}

fn column(text: &str) -> Result<(CsvField, String), String> {
    let (name, header) = text
        .split_once('=')
        .ok_or("it needs a field and a header with = between")?;
    Ok((field(name)?, header.to_owned()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Dmy => Self::DayFirst,
            Order::Mdy => Self::MonthFirst,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Letters {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "utf-16", alias = "utf-16le")]
    Utf16,
    #[value(name = "utf-16be")]
    Utf16Be,
    #[value(name = "windows-1252", aliases = ["latin1", "iso-8859-1", "cp1252"])]
    Windows1252,
}

impl From<Letters> for TextEncoding {
    fn from(letters: Letters) -> Self {
        match letters {
            Letters::Utf8 => Self::Utf8,
            Letters::Utf16 => Self::Utf16Le,
            Letters::Utf16Be => Self::Utf16Be,
            Letters::Windows1252 => Self::Windows1252,
        }
    }
}

fn zone(text: &str) -> Result<(String, i32), String> {
    let (name, minutes) = text.split_once('=').unwrap_or_default();
    match minutes.trim().parse() {
        Ok(minutes) if !name.trim().is_empty() => Ok((name.trim().to_owned(), minutes)),
        _ => Err(format!(
            "{text:?} is no name of a zone with its minutes ahead of UTC, as CST=-360"
        )),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [byte]) => Ok(*byte),
        _ => Err("it is one character, as ; or |, or the word tab".to_owned()),
    }
}

/// The two sides of the last equals sign.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text
        .rsplit_once('=')
        .ok_or("it needs two names with = between")?;
    Ok((left.to_owned(), right.to_owned()))
}

fn felt(text: &str) -> Result<(String, EventEmotion), String> {
    let (word, means) = pair(text)?;
    if let Ok(valence) = means.trim().parse::<f64>() {
        if !(-1.0..=1.0).contains(&valence) {
            return Err(format!("{means} is not between -1 and 1"));
        }
        return Ok((word, valence.into()));
    }
    let feeling: Feeling = means
        .parse()
        .map_err(|error: customer_journey::journey::UnknownFeeling| error.to_string())?;
    Ok((word, feeling.into()))
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').trim().parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("it is a number from 0 to 100".to_owned()),
    }
}

/// How the table is read.
pub(super) fn table_options(columns: &Columns, cells: &Cells) -> CsvOptions {
    let table = named_options(&columns.named, &cells.written, cells.lenient);
    match &columns.channel {
        Some(header) => table.column(CsvField::Channel, header),
        None => table,
    }
}

/// The same without the options that maps have as well.
pub(super) fn named_options(
    columns: &NamedColumns,
    cells: &WrittenCells,
    lenient: bool,
) -> CsvOptions {
    let mut table = CsvOptions::new()
        .skip_rows(cells.skip_rows)
        .tolerance(if lenient { 1.0 } else { cells.tolerance });
    let named = [
        (CsvField::Journey, &columns.case),
        (CsvField::Touchpoint, &columns.touchpoint),
        (CsvField::Time, &columns.time),
        (CsvField::Emotion, &columns.emotion),
        (CsvField::Promise, &columns.promise),
    ];
    for (field, header) in named {
        if let Some(header) = header {
            table = table.column(field, header);
        }
    }
    for (field, header) in &columns.column {
        table = table.column(*field, header);
    }
    for field in &columns.without {
        table = table.without(*field);
    }
    if let Some((header, _)) = &columns.segment {
        table = table.column(CsvField::Segment, header);
    }
    if let Some(unit) = cells.time_unit {
        table = table.time_unit(unit.into());
    }
    if let Some(minutes) = cells.utc_offset {
        table = table.utc_offset_minutes(minutes);
    }
    for (name, minutes) in &cells.zones {
        table = table.zone(name, *minutes);
    }
    if let Some(order) = cells.dates {
        table = table.dates(order.into());
    }
    if let Some(form) = &cells.time_format {
        table = table.time_format(form);
    }
    if cells.improbable_unknown {
        table = table.improbable_times_unknown();
    }
    if cells.once {
        table = table.once();
    }
    if cells.newest_first {
        table = table.newest_first();
    }
    if let Some(encoding) = cells.encoding {
        table = table.encoding(encoding.into());
    }
    if let Some(rows) = cells.label_rows {
        table = table.label_rows(rows);
    }
    for word in &cells.missing {
        table = table.missing(word);
    }
    for word in &cells.kept {
        table = table.kept(word);
    }
    for word in &cells.broken {
        table = table.broken(word);
    }
    for (word, means) in &cells.feeling {
        table = table.feeling(word, *means);
    }
    if cells.decimal_comma {
        table = table.decimal_comma();
    }
    if let Some(delimiter) = cells.delimiter {
        table = table.delimiter(delimiter);
    }
    table
}

/// What is counted of it.
pub(super) fn tally_options(columns: &Columns, cells: &Cells) -> TallyOptions {
    scaled_options(&columns.named, cells.scale)
}

/// The same for answers on a scale of their own.
pub(super) fn survey_options(columns: &Columns, scale: Scale) -> TallyOptions {
    scaled_options(&columns.named, Some(scale))
}

/// The same with a scale that is stated elsewhere.
pub(super) fn scaled_options(columns: &NamedColumns, scale: Option<Scale>) -> TallyOptions {
    let mut tally = TallyOptions::new();
    if let Some(scale) = scale {
        tally = tally.scale(scale);
    }
    if let Some((_, segment)) = &columns.segment {
        tally = tally.segment(segment);
    }
    tally
}
