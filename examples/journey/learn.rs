//! `journey learn`: a journey from a table of events.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use customer_journey::{
    CsvField, CsvOptions, CsvRead, EventLog, Journey, LearnOptions, Learned, Phase, Scale,
    TallyOptions, TimeUnit,
};

use super::failure::Failure;
use super::input::Source;
use super::output::Output;
use super::progress;

const EXAMPLES: &str = "\
Examples:
  journey learn events.csv --explain                what every column would be taken for
  journey learn events.csv --phase during > learned.json
  journey learn events.csv --scale 1..5 --outcome complaint=churn --outcome renewal=loyalty > learned.json
  journey learn events.csv --case customer --column owner=team --phase before --phase delivery=during
  journey learn - < events.csv | journey show - > learned.html

Columns are found by their headers unless an option names them. Rows that cannot be read are skipped, counted and
listed on standard error, where the summary goes too; a journey whose events are not in order is an error unless
--sort sorts them.";

/// Faulty rows that are listed.
const LISTED: usize = 10;

/// So much of a table is looked at to explain its columns.
const EXPLAINED: u64 = 1_000_000;

/// Learns a map from a table of events (CSV) and prints it as a journey document
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Learn {
    /// The table of events; - reads standard input
    #[arg(value_name = "TABLE")]
    source: PathBuf,
    /// Says how every column is understood, and learns nothing
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    cells: Cells,
    #[command(flatten)]
    journey: JourneyArgs,
}

/// Which column feeds what.
#[derive(Debug, Args)]
#[command(next_help_heading = "Columns")]
struct Columns {
    /// The column that names the journey (the case)
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// The column that names the touchpoint (the activity)
    #[arg(long, value_name = "COLUMN")]
    touchpoint: Option<String>,
    /// The column that says when it happened
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// The column that names the channel
    #[arg(long, value_name = "COLUMN")]
    channel: Option<String>,
    /// The column that states a feeling or a rating
    #[arg(long, value_name = "COLUMN")]
    emotion: Option<String>,
    /// The column that says whether the promise was kept
    #[arg(long, value_name = "COLUMN")]
    promise: Option<String>,
    /// The column that feeds any field; fields: journey, touchpoint, time, sequence, channel, phase, emotion, promise,
    /// promise-name, outcome, owner, segment, lifecycle; may be repeated
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
struct Cells {
    /// The scale of ratings, as 1..5 (-1..1 unless stated)
    #[arg(long, value_name = "MIN..MAX", allow_hyphen_values = true)]
    scale: Option<Scale>,
    /// The unit of times that are bare numbers
    #[arg(long, value_enum, value_name = "UNIT")]
    time_unit: Option<Unit>,
    /// How many minutes times without a zone are ahead of UTC
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true)]
    utc_offset: Option<i32>,
    /// Reads 0,5 as one half
    #[arg(long)]
    decimal_comma: bool,
    /// What stands between cells: a character, or tab; seen in the header line unless stated
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
}

/// What becomes of the events.
#[derive(Debug, Args)]
#[command(next_help_heading = "Journey")]
struct JourneyArgs {
    /// The name of the journey; that of the file unless stated
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The phase of touchpoints whose phase no column states, or of one touchpoint; may be repeated
    #[arg(long, value_name = "PHASE or TOUCHPOINT=PHASE", value_parser = super::input::phase)]
    phase: Vec<(Option<String>, Phase)>,
    /// How journeys end that end at a touchpoint; may be repeated
    #[arg(long, value_name = "TOUCHPOINT=OUTCOME", value_parser = pair)]
    outcome: Vec<(String, String)>,
    /// Puts touchpoints with fewer visits than this together as `other`
    #[arg(long, value_name = "VISITS", default_value_t = 0)]
    fold_below: u64,
    /// A planned map, from which the learned one takes names, phases and promises
    #[arg(long, value_name = "FILE")]
    onto: Option<PathBuf>,
    /// Sorts the events of each journey by time
    #[arg(long)]
    sort: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Seconds since 1970
    S,
    /// Milliseconds
    Ms,
    /// Microseconds
    Us,
}

impl From<Unit> for TimeUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::S => Self::Seconds,
            Unit::Ms => Self::Milliseconds,
            Unit::Us => Self::Microseconds,
        }
    }
}

const FIELDS: [(&str, CsvField); 13] = [
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
    ("lifecycle", CsvField::Lifecycle),
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

/// The two sides of the last equals sign.
fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text
        .rsplit_once('=')
        .ok_or("it needs two names with = between")?;
    Ok((left.to_owned(), right.to_owned()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [byte]) => Ok(*byte),
        _ => Err("it is one character, as ; or |, or the word tab".to_owned()),
    }
}

impl Learn {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let source = Source::from(self.source.clone());
        if self.explain {
            return self.explain(&source);
        }
        let options = self.journey.options(&source)?;
        let (read, log) = self.read(&source)?;
        for field in &read.fields {
            eprintln!("{field}");
        }
        for fault in &read.faults {
            eprintln!("skipped: {fault}");
        }
        let reordered = log.reordered();
        if reordered > 0 && !self.journey.sort {
            let problem = format!(
                "journeys are not in their order: {reordered} events belong before others that were given earlier; --sort sorts them"
            );
            return Err(Failure::input(&source, problem));
        }
        let learned = log.learn(&options);
        let learned = learned.map_err(|error| Failure::input(&source, error))?;
        summarise(&read, &learned);
        self.output.json(&learned.journey)
    }

    /// Whole journeys, so that the map carries what was counted on them.
    fn read(&self, source: &Source) -> Result<(CsvRead, EventLog), Failure> {
        let (table, options) = (self.table(), self.tally());
        let count = |input: &mut dyn Read| {
            let mut log = EventLog::new(options.clone());
            let read = log.read_csv(input, &table)?;
            Ok((read, log))
        };
        let counted: Result<_, customer_journey::CsvError> = if source.is_standard_input() {
            progress::reading(io::stdin().lock(), None, count)
        } else {
            let file = File::open(source.path());
            let file = file.map_err(|error| Failure::input(source, error))?;
            let length = file.metadata().map(|about| about.len()).ok();
            progress::reading(file, length, count)
        };
        counted.map_err(|error| Failure::input(source, error))
    }

    /// Prints how every column is understood, from the beginning of the table.
    fn explain(&self, source: &Source) -> Result<(), Failure> {
        let mut beginning = Vec::new();
        let read = if source.is_standard_input() {
            io::stdin()
                .lock()
                .take(EXPLAINED)
                .read_to_end(&mut beginning)
        } else {
            File::open(source.path())
                .and_then(|file| file.take(EXPLAINED).read_to_end(&mut beginning))
        };
        let length = read.map_err(|error| Failure::input(source, error))?;
        // The last row of a part of a table may be half of one.
        if length as u64 == EXPLAINED
            && let Some(end) = beginning.iter().rposition(|byte| *byte == b'\n')
        {
            beginning.truncate(end);
        }
        let mut log = EventLog::new(self.tally());
        let read = log.read_csv(Cursor::new(beginning), &self.table());
        let read = read.map_err(|error| Failure::input(source, error))?;
        let mut text: Vec<String> = read.fields.iter().map(ToString::to_string).collect();
        for header in &read.unused {
            text.push(format!("nothing from column {header:?}"));
        }
        text.push(format!("cells are separated by {:?}", read.delimiter));
        text.extend(read.faults.iter().map(|fault| format!("not read: {fault}")));
        self.output.text(text.join("\n"))
    }

    fn table(&self) -> CsvOptions {
        let (columns, cells) = (&self.columns, &self.cells);
        let mut table = CsvOptions::new().skip_faulty(LISTED);
        let named = [
            (CsvField::Journey, &columns.case),
            (CsvField::Touchpoint, &columns.touchpoint),
            (CsvField::Time, &columns.time),
            (CsvField::Channel, &columns.channel),
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
        if cells.decimal_comma {
            table = table.decimal_comma();
        }
        if let Some(delimiter) = cells.delimiter {
            table = table.delimiter(delimiter);
        }
        table
    }

    fn tally(&self) -> TallyOptions {
        let mut tally = TallyOptions::new();
        if let Some(scale) = self.cells.scale {
            tally = tally.scale(scale);
        }
        if let Some((_, segment)) = &self.columns.segment {
            tally = tally.segment(segment);
        }
        tally
    }
}

impl JourneyArgs {
    fn options(&self, source: &Source) -> Result<LearnOptions, Failure> {
        let mut options = LearnOptions::new().fold_below(self.fold_below);
        if let Some(name) = &self.name {
            options = options.name(name);
        } else if !source.is_standard_input()
            && let Some(name) = source.path().file_name()
        {
            let name = name.to_string_lossy();
            options = options.name(name.strip_suffix(".csv").unwrap_or(&name));
        }
        for (touchpoint, phase) in &self.phase {
            options = match touchpoint {
                Some(touchpoint) => options.phase(touchpoint, *phase),
                None => options.other_phases(*phase),
            };
        }
        for (touchpoint, outcome) in &self.outcome {
            options = options.outcome(touchpoint, outcome.as_str());
        }
        if let Some(plan) = &self.onto {
            let source = Source::from(plan.clone());
            let plan: Result<Journey, _> = serde_json::from_str(&source.text()?);
            options = options.onto(&plan.map_err(|error| Failure::input(&source, error))?);
        }
        Ok(options)
    }
}

fn summarise(read: &CsvRead, learned: &Learned) {
    eprintln!("{}", learned.summary);
    eprintln!(
        "{} rows skipped, {} touchpoints folded",
        read.skipped,
        learned.folded.len()
    );
    if read.incomplete > 0 {
        eprintln!("{} rows left out: they tell of beginnings", read.incomplete);
    }
    match learned.summary.span_ms {
        Some((first, last)) => eprintln!("from {} to {}", date(first), date(last)),
        None => eprintln!("no times"),
    }
    for folded in &learned.folded {
        eprintln!(
            "note: {:?} ({} visits) is part of {:?}",
            folded.id, folded.visits, folded.into
        );
    }
    for id in &learned.added {
        eprintln!("note: {id:?} is not in the plan");
    }
    for id in &learned.unvisited {
        eprintln!("note: nobody came to {id:?} of the plan");
    }
    for remark in &learned.remarks {
        eprintln!("note: {remark}");
    }
}

/// A date and time in UTC from milliseconds since 1970.
fn date(time_ms: i64) -> String {
    let (days, rest) = (
        time_ms.div_euclid(86_400_000),
        time_ms.rem_euclid(86_400_000),
    );
    // Four hundred years have 146,097 days; years begin in March here, so that the leap day is the last.
    let shifted = i128::from(days) + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i128::from(month > 9);
    let month = if month > 9 { month - 9 } else { month + 3 };
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
