//! Learns a journey from a table of events and prints its journey document.
//!
//! ```text
//! cargo run --release --features csv --example learn -- EVENTS.csv --scale 1..5 --phase during
//! cargo run --release --features csv --example learn -- - --case customer --time-unit ms < EVENTS.csv
//! ```
//!
//! Columns are found by their headers unless an option names them. Rows that cannot be read are skipped, counted and
//! listed; a journey whose events are not in order is an error unless `--sort` sorts them. The document goes to
//! standard output, a summary to standard error.
//!
//! Exit status: 0 with the document; 1 with what is wrong on standard error; 2 if it is called the wrong way.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use customer_journey::{
    Backlog, CsvField, CsvOptions, CsvRead, LearnOptions, Learned, Scale, Tally, TallyOptions,
    TimeUnit,
};

const USAGE: &str = "\
usage: learn FILE.csv [OPTION...]    (- reads standard input)
  --scale MIN..MAX              the scale of emotions that are numbers; -1..1 unless stated
  --case COLUMN                 the column that names the journey
  --touchpoint COLUMN           the column that names the touchpoint
  --time COLUMN                 the column that states the time
  --time-unit s|ms|us           the unit of times that are bare numbers
  --channel COLUMN              the column that names the channel
  --emotion COLUMN              the column that states a feeling or a number
  --promise COLUMN              the column that states whether the promise was kept
  --phase before|during|after   the phase of touchpoints whose phase nobody states
  --outcome TOUCHPOINT=OUTCOME  how journeys end that end there; may be repeated
  --segment COLUMN=VALUE        only the events with this value
  --sort                        sort the events of each journey (needs memory for all events)";

/// Larger files are read behind a progress bar.
const LARGE: u64 = 50_000_000;
/// Faulty rows that are listed.
const LISTED: usize = 10;

struct Arguments {
    file: String,
    table: CsvOptions,
    tally: TallyOptions,
    learn: LearnOptions,
    sort: bool,
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match learn(&arguments).and_then(|learned| print(&learned)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", arguments.file);
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let mut file = None;
    let mut table = CsvOptions::new().skip_faulty(LISTED);
    let mut tally = TallyOptions::new();
    let mut learn = LearnOptions::new();
    let mut sort = false;
    while let Some(option) = given.next() {
        if option == "--sort" {
            sort = true;
            continue;
        }
        if !option.starts_with("--") {
            if file.replace(option).is_some() {
                return Err("there is more than one file".into());
            }
            continue;
        }
        let value = given
            .next()
            .ok_or_else(|| format!("{option} needs a value"))?;
        match option.as_str() {
            "--scale" => tally = tally.scale(value.parse::<Scale>()?),
            "--case" => table = table.column(CsvField::Journey, value),
            "--touchpoint" => table = table.column(CsvField::Touchpoint, value),
            "--time" => table = table.column(CsvField::Time, value),
            "--channel" => table = table.column(CsvField::Channel, value),
            "--emotion" => table = table.column(CsvField::Emotion, value),
            "--promise" => table = table.column(CsvField::Promise, value),
            "--time-unit" => table = table.time_unit(unit(&value)?),
            "--phase" => learn = learn.other_phases(value.parse()?),
            "--outcome" => {
                let (touchpoint, outcome) = pair(&option, &value)?;
                learn = learn.outcome(touchpoint, outcome);
            }
            "--segment" => {
                let (column, segment) = pair(&option, &value)?;
                table = table.column(CsvField::Segment, column);
                tally = tally.segment(segment);
            }
            _ => return Err(format!("{option} is not an option").into()),
        }
    }
    let file = file.ok_or("there is no file")?;
    let name = file.rsplit(['/', '\\']).next().unwrap_or(&file);
    let name = name.strip_suffix(".csv").unwrap_or(name);
    let name = if file == "-" { "learned journey" } else { name };
    Ok(Arguments {
        learn: learn.name(name),
        file,
        table,
        tally,
        sort,
    })
}

fn unit(name: &str) -> Result<TimeUnit, String> {
    match name {
        "s" => Ok(TimeUnit::Seconds),
        "ms" => Ok(TimeUnit::Milliseconds),
        "us" => Ok(TimeUnit::Microseconds),
        _ => Err(format!("{name:?} is not a unit; it is s, ms or us")),
    }
}

/// The two sides of the last equals sign.
fn pair<'a>(option: &str, value: &'a str) -> Result<(&'a str, &'a str), String> {
    value
        .rsplit_once('=')
        .ok_or_else(|| format!("{option} needs two names with = between, not {value:?}"))
}

fn learn(arguments: &Arguments) -> Result<Learned, Box<dyn Error>> {
    let read = |table: &mut dyn Read| -> Result<(CsvRead, Tally), Box<dyn Error>> {
        if arguments.sort {
            let mut backlog = Backlog::new(arguments.tally.clone());
            let read = backlog.read_csv(table, &arguments.table)?;
            return Ok((read, backlog.sorted()));
        }
        let mut tally = Tally::new(arguments.tally.clone());
        let read = tally.read_csv(table, &arguments.table)?;
        Ok((read, tally))
    };
    let (read, tally) = if arguments.file == "-" {
        read(&mut io::stdin().lock())?
    } else {
        let file = File::open(&arguments.file)?;
        let size = file.metadata()?.len();
        if size >= LARGE && io::stderr().is_terminal() {
            let mut progress = Progress::new(file, size);
            let read = read(&mut progress);
            eprint!("\r{:60}\r", "");
            read?
        } else {
            read(&mut &file)?
        }
    };
    for field in &read.fields {
        eprintln!("{field}");
    }
    for fault in &read.faults {
        eprintln!("skipped: {fault}");
    }
    let learned = tally.learn(&arguments.learn)?;
    summarise(&read, &learned);
    Ok(learned)
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
    for remark in &learned.remarks {
        eprintln!("note: {remark}");
    }
}

fn print(learned: &Learned) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = serde_json::to_writer_pretty(&mut out, &learned.journey)
        .map_err(io::Error::from)
        .and_then(|()| writeln!(out))
        .and_then(|()| out.flush());
    match printed {
        // The reader has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
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

/// A file that shows how much of it was read.
struct Progress {
    file: File,
    size: u64,
    read: u64,
    shown: Instant,
}

impl Progress {
    fn new(file: File, size: u64) -> Self {
        Self {
            file,
            size,
            read: 0,
            shown: Instant::now(),
        }
    }
}

impl Read for Progress {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read += read as u64;
        if self.shown.elapsed() >= Duration::from_millis(100) {
            self.shown = Instant::now();
            let share = self.read.min(self.size) * 40 / self.size.max(1);
            let done = usize::try_from(share).unwrap_or(0);
            eprint!("\r[{:40}] {:3} %", "=".repeat(done), done * 5 / 2);
            io::stderr().flush()?;
        }
        Ok(read)
    }
}
