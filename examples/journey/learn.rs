//! `journey learn`: a journey from a table of events.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::PathBuf;

use clap::Args;
use customer_journey::events::{Beyond, CsvField, CsvRead, Remember};
use customer_journey::facts::Fact;
use customer_journey::{CsvOptions, EventLog, LearnOptions, Phase};

use super::advice::advice;
use super::facts::Stated;
use super::failure::Failure;
use super::input::Source;
use super::notes::{summarise, tell, tell_rows};
use super::output::Output;
use super::parts::Parts;
use super::shaped::{Shapes, Table};
use super::surveys::{Answers, Surveys};
use super::table::{Cells, Columns, pair, survey_options, table_options, tally_options};
use super::{progress, rows};

const EXAMPLES: &str = "\
Examples:
  journey learn events.csv --explain                what every column would be taken for
  journey learn events.csv --phase during > learned.json
  journey learn events.csv --scale 1..5 --outcome complaint=churn --outcome renewal=loyalty > learned.json
  journey learn events.csv --case customer --column owner=team --phase before --phase delivery=during
  journey learn events.csv --phase during --remember 'visited:complaint' > learned.json
  journey learn events.csv --phase during --nps recommend --csat satisfied --csat-cut 4 --csat-scale 1..5
  journey learn events.csv --phase during --by region --compare
  journey learn events.csv --phase during --by region --by plan
  journey learn events.csv --phase during --windows month --picture months.svg
  journey learn events.csv --alarm cancelled --usual 0.02
  journey learn --rows moves.csv visits.csv --phase during --by segment --compare
  journey learn - < events.csv | journey show - > learned.html

Columns are found by their headers and cells unless an option names them. A cell that cannot be read counts as
unknown; a journey of which a row lacks its touchpoint or time is left out as a whole. Both are told in total on
standard error, where the summary goes too, and beyond 1 % of the rows the table is refused unless --lenient or
--tolerance says otherwise. The events of each journey are sorted by their times.

A map forgets how its customers came. Where it would therefore tell untruly how journeys end, its customers remember the
facts that put this right: what a promise came to first, where the journey began, what was visited or felt. Which were
chosen, and why, is told too; --forget draws the map without, and --remember states them.";

/// Learns a map from a table of events (CSV) and prints it as a journey document
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Learn {
    /// The table of events; - reads standard input
    #[arg(value_name = "TABLE", required_unless_present = "rows")]
    source: Option<PathBuf>,
    /// Learns from rows that an engine has counted: those of `moves`, and those of `visits`; see `journey help sql`
    #[arg(long, value_name = "FILE", num_args = 1..=2, conflicts_with = "source")]
    rows: Vec<PathBuf>,
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
    shapes: Shapes,
    #[command(flatten)]
    surveys: Surveys,
    #[command(flatten)]
    parts: Parts,
    #[command(flatten)]
    journey: JourneyArgs,
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
    /// The stage of a touchpoint, as Awareness, where no column states it; may be repeated
    #[arg(long, value_name = "TOUCHPOINT=STAGE", value_parser = pair)]
    stage: Vec<(String, String)>,
    /// A touchpoint at which journeys end, with the outcome that it means if that is stated, as purchase=conversion: what
    /// follows is left out, and counted; may be repeated
    #[arg(long, value_name = "TOUCHPOINT or TOUCHPOINT=OUTCOME")]
    ends_at: Vec<String>,
    /// What follows on --ends-at is another journey of the same customer instead
    #[arg(long, requires = "ends_at")]
    again: bool,
    /// A touchpoint at which customers are only asked something, such as a review; may be repeated
    #[arg(long, value_name = "TOUCHPOINT")]
    measurement: Vec<String>,
    /// Puts touchpoints with fewer visits than this together as `other`
    #[arg(long, value_name = "VISITS", default_value_t = 0)]
    fold_below: u64,
    /// A planned map, from which the learned one takes names, phases and promises
    #[arg(long, value_name = "FILE")]
    onto: Option<PathBuf>,
    /// What customers remember: auto, unless stated, for the facts without which the map would tell untruly how journeys end, or one of
    /// first:PROMISE, start:channel, start:touchpoint, start:segment, visited:TOUCHPOINT, times:TOUCHPOINT, felt:TOUCHPOINT<=-0.25,
    /// felt<=-0.25, felt>=0.25, lowest:-0.25,0.25, highest:-0.25,0.25, broken, moments:6 (each number of moments up to 6, since only
    /// then the counted endings come out) or mood, each with NAME= before it if it is to have another name; may be repeated
    #[arg(long, value_name = "FACT", value_parser = super::facts::stated, conflicts_with = "forget")]
    remember: Vec<Stated>,
    /// Customers remember nothing
    #[arg(long)]
    forget: bool,
    /// Does what is done anyway: the events of each journey are sorted by time
    #[arg(long, hide = true)]
    sort: bool,
}

impl Learn {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if let [moves, ..] = self.rows.as_slice() {
            let options = self.journey.options(&Source::from(moves.clone()))?;
            let counting = tally_options(&self.columns, &self.cells);
            if self.parts.is_asked() {
                let parts = &self.parts;
                return parts.of_rows(&self.rows, &counting, &options, &self.output);
            }
            let learned = rows::tally(&self.rows, counting)?.learn(&options);
            let learned = learned.map_err(|error| Failure::input("the rows", error))?;
            tell_rows(&learned);
            return self.output.json(&learned.journey);
        }
        let source = Source::from(self.source.clone().unwrap_or_else(|| PathBuf::from("-")));
        if self.explain {
            return self.explain(&source);
        }
        let mut options = self.journey.options(&source)?;
        if let [first, others @ ..] = self.parts.columns() {
            return self.telling(&source, first, others, options);
        }
        let columns = table_options(&self.columns, &self.cells);
        let (read, log) = if self.surveys.is_asked() {
            let table = Surveys::table(&source, &self.shapes)?;
            let columns = table.apart(&self.surveys, columns)?;
            options = self.answered(&table, options, &columns)?;
            self.read(&source, table.open(), columns)?
        } else {
            self.read(&source, source.open()?, columns)?
        };
        tell(&read);
        let options = options.stages(&read);
        let log = self.journey.ended(&source, log)?;
        if self.parts.is_asked() {
            return self.parts.run(&log, &options, &source, &self.output);
        }
        let learned = log.learn(&options);
        let learned = learned.map_err(|error| Failure::input(&source, error))?;
        summarise(&read, &learned);
        self.output.json(&learned.journey)
    }

    /// Whole journeys, so that the map carries what was counted on them.
    fn read(
        &self,
        source: &Source,
        input: (Box<dyn BufRead>, Option<u64>),
        mut options: CsvOptions,
    ) -> Result<(CsvRead, EventLog), Failure> {
        if let Some(column) = self.parts.column() {
            options = options.column(CsvField::Segment, column);
        }
        let table = self.shapes.table(source, input, options)?;
        let log = EventLog::new(tally_options(&self.columns, &self.cells));
        counted(source, table, log)
    }

    /// Says which of several columns tells most; the table is read once for each of them.
    fn telling(
        &self,
        source: &Source,
        first: &str,
        others: &[String],
        options: LearnOptions,
    ) -> Result<(), Failure> {
        if source.is_standard_input() {
            return Err(Failure::call(
                "with several --by the table is read several times; name a file",
            ));
        }
        let read = |column: &str| {
            let columns = table_options(&self.columns, &self.cells);
            let columns = columns.column(CsvField::Segment, column);
            let table = self.shapes.table(source, source.open()?, columns)?;
            let log = EventLog::new(tally_options(&self.columns, &self.cells));
            let (read, log) = counted(source, table, log)?;
            Ok::<_, Failure>((read, self.journey.ended(source, log)?))
        };
        let of = |log: &EventLog| -> BTreeMap<String, String> {
            let named = log.journeys().filter_map(|journey| {
                Some((journey.name().into_owned(), journey.segment()?.to_owned()))
            });
            named.collect()
        };
        let (seen, log) = read(first)?;
        tell(&seen);
        let mut columns = vec![(first, of(&log))];
        for column in others {
            columns.push((column.as_str(), of(&read(column)?.1)));
        }
        let options = options.stages(&seen);
        self.parts
            .most_telling(&log, &columns, &options, &self.output)
    }

    /// With the answers to survey questions, which are read before the events.
    fn answered(
        &self,
        table: &Answers,
        mut options: LearnOptions,
        columns: &CsvOptions,
    ) -> Result<LearnOptions, Failure> {
        for measure in self.surveys.measures(self.cells.scale)? {
            let tally = |scale| survey_options(&self.columns, scale);
            let log = table.read(&measure, columns, tally)?;
            let log = self.journey.ended(&table.source, log)?;
            options = table.put(&log, &measure, options)?;
        }
        Ok(options)
    }

    /// Prints how every column is understood, from the beginning of the table.
    fn explain(&self, source: &Source) -> Result<(), Failure> {
        let options = table_options(&self.columns, &self.cells);
        let table = self.shapes.table(source, source.open()?, options)?;
        let explained = table.explained();
        self.output
            .text(explained.map_err(|error| Failure::input(source, advice(&error)))?)
    }
}

/// A table read into a log of whole journeys.
pub(super) fn counted(
    source: &Source,
    table: Table,
    mut log: EventLog,
) -> Result<(CsvRead, EventLog), Failure> {
    let read = table.read(|rows, length, options| {
        progress::reading(rows, length, |rows| log.read_csv(rows, options))
    });
    let read = read.map_err(|error| Failure::input(source, advice(&error)))?;
    Ok((read, log))
}

/// The name of a journey that is learned from a file.
pub(super) fn name_of(source: &Source) -> Option<String> {
    let name = source.path().file_name()?.to_string_lossy().into_owned();
    let unpacked = name.strip_suffix(".gz").unwrap_or(&name);
    let endings = [".csv", ".tsv", ".txt", ".xes"];
    let plain = endings
        .iter()
        .find_map(|ending| unpacked.strip_suffix(ending));
    Some(plain.unwrap_or(unpacked).to_owned()).filter(|_| !source.is_standard_input())
}

impl JourneyArgs {
    fn memory(&self) -> Result<Remember, Failure> {
        let facts: Vec<Fact> = self
            .remember
            .iter()
            .filter_map(|stated| match stated {
                Stated::Fact(fact) => Some(fact.clone()),
                Stated::Auto => None,
            })
            .collect();
        let auto = facts.len() < self.remember.len();
        if auto && !facts.is_empty() {
            return Err(Failure::call(
                "--remember auto chooses by itself; state facts, or auto",
            ));
        }
        Ok(match facts.is_empty() {
            _ if self.forget => Remember::None,
            true => Remember::Auto,
            false => Remember::Facts(facts),
        })
    }

    /// The touchpoints at which journeys end, each with the outcome that is stated.
    fn ends(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.ends_at
            .iter()
            .map(|stated| match stated.rsplit_once('=') {
                Some((touchpoint, outcome)) => (touchpoint, Some(outcome)),
                None => (stated.as_str(), None),
            })
    }

    /// The journeys up to where they end.
    fn ended(&self, source: &Source, log: EventLog) -> Result<EventLog, Failure> {
        let touchpoints: Vec<&str> = self.ends().map(|(touchpoint, _)| touchpoint).collect();
        if touchpoints.is_empty() {
            return Ok(log);
        }
        let beyond = if self.again {
            Beyond::Another
        } else {
            Beyond::LeftOut
        };
        let ended = log.ended_at(&touchpoints, beyond);
        let (log, ended) = ended.map_err(|error| Failure::input(source, error))?;
        eprintln!("note: {ended}");
        Ok(log)
    }

    fn options(&self, source: &Source) -> Result<LearnOptions, Failure> {
        let mut options = LearnOptions::new().fold_below(self.fold_below);
        if let Some(name) = self.name.clone().or_else(|| name_of(source)) {
            options = options.name(name);
        }
        for (touchpoint, phase) in &self.phase {
            options = match touchpoint {
                Some(touchpoint) => options.phase(touchpoint, *phase),
                None => options.other_phases(*phase),
            };
        }
        for (touchpoint, outcome) in self.ends() {
            if let Some(outcome) = outcome {
                options = options.outcome(touchpoint, outcome);
            }
        }
        for (touchpoint, outcome) in &self.outcome {
            options = options.outcome(touchpoint, outcome.as_str());
        }
        for (touchpoint, stage) in &self.stage {
            options = options.stage(touchpoint, stage);
        }
        for touchpoint in &self.measurement {
            options = options.measurement(touchpoint);
        }
        if let Some(plan) = &self.onto {
            let source = Source::from(plan.clone());
            options = options.onto(&super::input::document(&source, &source.text()?)?);
        }
        Ok(options.remembering(self.memory()?))
    }
}
