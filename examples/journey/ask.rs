//! `journey ask`: a question in the language of patterns, of a map or of a table of events.

use std::io::BufRead;
use std::path::PathBuf;

use clap::Args;
use customer_journey::asking::{CountedPattern, PatternFigures, Watch};
use customer_journey::events::{CsvField, CsvRead, LearnError, Remember};
use customer_journey::flow::OutcomeShare;
use customer_journey::{EventLog, Flow, LearnOptions, Learned, Pattern, Phase};
use serde_json::{Value, json};

use super::advice::advice;
use super::failure::Failure;
use super::input::{Reading, Source, is_table};
use super::learn;
use super::notes;
use super::output::Output;
use super::progress;
use super::shaped::Shapes;
use super::table::{NamedColumns, WrittenCells, named_options, scaled_options};

const EXAMPLES: &str = "\
Examples:
  journey ask my-map.json 'payment => *{feels < 0}'        who pays and later feels bad
  journey ask my-map.json '*{promise = broken} =[not *{can = resolve}]=> end(churn)'
                                                            who is let down, never helped, and leaves
  journey ask my-map.json 'start -> *{channel = web} => *{channel = phone}' --json
  journey ask events.csv 'payment => *{feels < 0}' --case customer --scale 1..5
                                                            the same, counted on what happened
  journey ask events.csv 'complaint -> answer{wait <= 2 d}'
                                                            how long it took; of tables alone
  journey ask huge.csv 'payment => *{feels < 0}' --in-order
                                                            counted while reading; no event is kept

Of a table of events, all is counted on its journeys, and beside it stands what the map says that is learned from them:
where both differ, the counted figure is what happened. A table that does not fit into memory is counted with --in-order,
which wants the events of each journey in their order. --scale and --phase hold for tables too; the column of
channels is --column channel=COLUMN. How the table is understood is told on standard error.

The language: -> the very next moment, => some later one, =[not X]=> some later one with no X in between; `start`, `end`
and `end(churn)` are the ends of the journey, `start =[not a]=> end` are those without any a, * is any touchpoint, { } tests channel, phase, stage, owner, need, makes,
can, promise, feels and wait, `or` joins patterns.";

/// Answers a question: how many journeys go so, how they end, what they feel afterwards
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Ask {
    /// A map (a journey document, a Mermaid journey, CJML) or a table of events; - reads standard input
    #[arg(value_name = "MAP or TABLE")]
    source: PathBuf,
    /// What must follow what, in quotes for the shell
    #[arg(value_name = "PATTERN")]
    pattern: String,
    /// Takes the file for a table of events; seen by its content unless stated
    #[arg(long, conflicts_with = "from")]
    table: bool,
    /// Counts a table while reading it and keeps none of its events: for tables that do not fit into memory, in which the events
    /// of each journey stand in their order
    #[arg(long, conflicts_with = "from")]
    in_order: bool,
    /// Answers as JSON, for other programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    columns: NamedColumns,
    #[command(flatten)]
    cells: WrittenCells,
    #[command(flatten)]
    shapes: Shapes,
}

impl Ask {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let pattern: Pattern = self.pattern.parse().map_err(Failure::call)?;
        let source = Source::from(self.source.clone());
        let (mut input, length) = source.open()?;
        let head = input.fill_buf();
        let head = head.map_err(|error| Failure::input(&source, error))?;
        if self.table || self.in_order || !self.reading.is_stated() && is_table(head) {
            return self.of_table(&source, input, length, &pattern);
        }
        let flow = self.reading.flow(&source, &source.rest(input)?)?;
        self.answer(&flow.ask(&pattern).map_err(Failure::call)?)
    }

    /// Counts on the journeys of the table, and asks the map that is learned from them.
    fn of_table(
        &self,
        source: &Source,
        input: Box<dyn BufRead>,
        length: Option<u64>,
        pattern: &Pattern,
    ) -> Result<(), Failure> {
        let mut options = named_options(&self.columns, &self.cells, self.reading.is_lenient());
        if let Some(header) = self.reading.channel() {
            options = options.column(CsvField::Channel, header);
        }
        let table = self.shapes.table(source, (input, length), options)?;
        let tally = scaled_options(&self.columns, self.reading.scale());
        let (counted, learned) = if self.in_order {
            let mut watch = Watch::new(tally, [pattern.clone()]);
            let read = table.read(|rows, length, options| {
                progress::reading(rows, length, |rows| watch.read_csv(rows, options))
            });
            let read = read.map_err(|error| Failure::input(source, advice(&error)))?;
            notes::tell(&read);
            let counted = watch.counted().pop();
            let counted = counted.ok_or_else(|| Failure::call("there is no pattern"))?;
            let learned = self.learned(source, pattern, &read, |options| {
                watch.tally().learn(options)
            });
            (counted, learned)
        } else {
            let log = EventLog::new(tally);
            let (read, log) = learn::counted(source, table, log)?;
            notes::tell(&read);
            let learned = self.learned(source, pattern, &read, |options| log.learn(options));
            (log.ask(pattern), learned)
        };
        let counted = counted.map_err(Failure::call)?;
        let modelled =
            learned.and_then(|flow| flow.ask(pattern).map_err(|error| error.to_string()));
        match modelled {
            Ok(found) => self.answer(&found.with_counted(counted)),
            Err(reason) => {
                eprintln!("note: counted only: {reason}");
                self.answer_counted(pattern, &counted)
            }
        }
    }

    /// The map that is learned from the same events.
    fn learned(
        &self,
        source: &Source,
        pattern: &Pattern,
        read: &CsvRead,
        learn: impl Fn(&LearnOptions) -> Result<Learned, LearnError>,
    ) -> Result<Flow, String> {
        if pattern.is_timed() {
            return Err("a map does not know how long it took on single journeys".to_owned());
        }
        let mut options = LearnOptions::new().stages(read).remembering(Remember::Auto);
        if let Some(name) = learn::name_of(source) {
            options = options.name(name);
        }
        for (touchpoint, phase) in self.reading.phases() {
            options = match touchpoint {
                Some(touchpoint) => options.phase(touchpoint, *phase),
                None => options.other_phases(*phase),
            };
        }
        let learned = match learn(&options) {
            Err(LearnError::NoPhase { touchpoints }) => {
                eprintln!(
                    "note: on the map all touchpoints of unknown phase are taken as `during` ({} of them); --phase says otherwise",
                    touchpoints.len()
                );
                learn(&options.other_phases(Phase::During))
            }
            learned => learned,
        };
        let learned = learned.map_err(|error| error.to_string())?;
        for remark in &learned.remarks {
            eprintln!("note: {remark}");
        }
        learned.journey.flow().map_err(|error| error.to_string())
    }

    fn answer(&self, found: &PatternFigures) -> Result<(), Failure> {
        if self.json {
            self.output.json(&document(found))
        } else {
            self.output.text(found)
        }
    }

    fn answer_counted(&self, pattern: &Pattern, counted: &CountedPattern) -> Result<(), Failure> {
        if self.json {
            let unknown = json!({ "pattern": pattern, "probability": null, "given_start": null, "expected": null,
                "lift": null, "outcomes_given_match": [], "outcomes_given_none": [], "counted": counted });
            self.output.json(&unknown)
        } else {
            self.output.text(format!("{pattern}\n\n{counted}"))
        }
    }
}

fn shares(shares: &[OutcomeShare]) -> Vec<Value> {
    let share = |share: &OutcomeShare| json!({ "outcome": share.outcome.as_str(), "probability": share.probability });
    shares.iter().map(share).collect()
}

fn document(found: &PatternFigures) -> Value {
    json!({
        "pattern": found.pattern,
        "probability": found.probability,
        "given_start": found.given_start,
        "expected": found.expected,
        "lift": found.lift,
        "outcomes_given_match": shares(&found.outcomes_given_match),
        "outcomes_given_none": shares(&found.outcomes_given_none),
        "feeling_after": found.feeling_after,
        "feeling_after_coverage": found.feeling_after_coverage,
        "moments_until": found.moments_until,
        "wait_until_s": found.wait_until_s,
        "wait_coverage": found.wait_coverage,
        "coverage": found.coverage,
        "error_bound": found.error_bound,
        "counted": found.counted,
    })
}
