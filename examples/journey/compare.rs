//! `journey compare`: two maps, reports or tables of events side by side.

use std::io::BufRead;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use customer_journey::compare::{CompareOptions, Comparison, Side, SideError};
use customer_journey::events::{CsvField, LearnError};
use customer_journey::journey::JourneyKind;
use customer_journey::{EventLog, LearnOptions, Phase, Report};
use serde_json::Value;

use super::failure::Failure;
use super::input::{Reading, Source, is_table};
use super::learn;
use super::notes::tell;
use super::output::Output;
use super::shaped::Shapes;
use super::table::{NamedColumns, WrittenCells, named_options, scaled_options};

const EXAMPLES: &str = "\
Examples:
  journey compare plan.json reality.json                     a plan (`\"kind\": \"planned\"`) and what happens
  journey compare plan.json events.csv --case order --phase during
                                                             the same, counted on whole journeys
  journey compare may.csv june.csv --labels May,June --phase during
                                                             two periods: what differs, how surely, and where
  journey compare plan.json reality.json --as plan -o plan.svg
                                                             where journeys leave the plan, as a picture
  journey compare plan.json events.csv --as html -o compared.html
                                                             all of it as a page, with its pictures
  journey compare map.json kart.json --same shop=butikk --same order=bestilling
                                                             two maps that name their touchpoints otherwise
  journey compare old-report.json new-report.json --json     two stored reports, for other programs

Each side is a map (a journey document, a Mermaid journey, CJML), a report of `journey analyse`, or a table of events. With
tables the unit is the whole journey: there are verdicts, and whether both are one process.";

/// Puts two journeys side by side: what differs and how surely, where, how far apart, and a plan against what happens
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    /// The one side: a map, a report or a table of events
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The other side
    #[arg(value_name = "B")]
    b: PathBuf,
    /// What both sides are called, as May,June
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1..=2)]
    labels: Vec<String>,
    /// Says that a touchpoint of A is one of B that is called otherwise, by both ids, as shop=butikk; can be repeated
    #[arg(long, value_name = "A=B", value_parser = pair)]
    same: Vec<(String, String)>,
    /// Prints it as JSON, for other programs
    #[arg(long, conflicts_with = "form")]
    json: bool,
    /// What it becomes
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Text)]
    form: Form,
    /// How often whole journeys are dealt anew to find out whether both are one process
    #[arg(long, value_name = "NUMBER", default_value_t = 999)]
    permutations: u32,
    /// The seed of these deals
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal
    Text,
    /// For a wiki or a pull request
    Markdown,
    /// All of it in JSON, a comparison document
    Document,
    /// One page with its pictures (HTML)
    Html,
    /// Both curves as a picture (SVG)
    Curve,
    /// What happens on the plan as a picture (SVG)
    Plan,
}

impl Compare {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (mut a, b) = (self.side(&self.a)?, self.side(&self.b)?);
        for (own, other) in &self.same {
            known(&self.a, &a, own)?;
            known(&self.b, &b, other)?;
            a = a.same(own, other);
        }
        let options = CompareOptions::new()
            .seed(self.seed)
            .permutations(self.permutations);
        let mut comparison = a.compare_with(&b, &options);
        comparison.labels = self.named(&a, &b)?;
        if self.json {
            return self.output.json(&document(&comparison)?);
        }
        match self.form {
            Form::Text => self.output.text(&comparison),
            Form::Markdown => self.output.text(comparison.markdown()),
            Form::Document => self.output.json(&comparison),
            Form::Html => self.output.text(comparison.html()),
            Form::Curve => self.output.text(comparison.svg()),
            Form::Plan => match comparison.plan_svg() {
                Some(picture) => self.output.text(picture),
                None => Err(Failure::call(
                    "neither side is a plan with its map: a plan has \"kind\": \"planned\" in its document",
                )),
            },
        }
    }

    /// The labels that the call states, or what tells both sides apart.
    fn named(&self, a: &Side, b: &Side) -> Result<[String; 2], Failure> {
        match self.labels.as_slice() {
            [a, b] => return Ok([a.clone(), b.clone()]),
            [] => {}
            _ => {
                return Err(Failure::call(
                    "--labels takes two labels, as in --labels May,June",
                ));
            }
        }
        let is_plan = |side: &Side| {
            let flow = side.flow();
            flow.is_some_and(|flow| flow.journey().kind() == JourneyKind::Planned)
        };
        let words = match (is_plan(a), is_plan(b)) {
            (true, false) => ["planned", "experienced"].map(str::to_owned),
            (false, true) => ["experienced", "planned"].map(str::to_owned),
            _ if a.label() == b.label() => {
                [self.a.display().to_string(), self.b.display().to_string()]
            }
            _ => [a.label().to_owned(), b.label().to_owned()],
        };
        Ok(words)
    }

    fn side(&self, path: &std::path::Path) -> Result<Side, Failure> {
        let source = Source::from(path.to_owned());
        let (mut input, length) = source.open()?;
        let head = input.fill_buf();
        let head = head.map_err(|error| Failure::input(&source, error))?;
        if !self.reading.is_stated() && is_table(head) {
            return self.of_table(&source, input, length);
        }
        let text = source.rest(input)?;
        if let Some(report) = report(&source, &text)? {
            return Ok(Side::of_report(report.journey.clone(), report));
        }
        let flow = self.reading.flow(&source, &text)?;
        Ok(Side::of_flow(flow.journey().name(), &flow))
    }

    fn of_table(
        &self,
        source: &Source,
        input: Box<dyn BufRead>,
        length: Option<u64>,
    ) -> Result<Side, Failure> {
        let mut options = named_options(&self.columns, &self.cells, self.reading.is_lenient());
        if let Some(header) = self.reading.channel() {
            options = options.column(CsvField::Channel, header);
        }
        let log = EventLog::new(scaled_options(&self.columns, self.reading.scale()));
        let table = self.shapes.table(source, (input, length), options)?;
        let (read, log) = learn::counted(source, table, log)?;
        tell(&read);
        let mut options = LearnOptions::new().stages(&read);
        let name = learn::name_of(source).unwrap_or_else(|| source.to_string());
        options = options.name(&name);
        for (touchpoint, phase) in self.reading.phases() {
            options = match touchpoint {
                Some(touchpoint) => options.phase(touchpoint, *phase),
                None => options.other_phases(*phase),
            };
        }
        let side = match Side::of_log(&name, &log, &options) {
            Err(SideError::Learn(LearnError::NoPhase { touchpoints })) => {
                eprintln!(
                    "note: all touchpoints of unknown phase are taken as `during` ({} of them); --phase says otherwise",
                    touchpoints.len()
                );
                Side::of_log(&name, &log, &options.other_phases(Phase::During))
            }
            side => side,
        };
        side.map_err(|error| Failure::input(source, error))
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok((a.to_owned(), b.to_owned())),
        _ => Err("two ids with = between them, as shop=butikk".to_owned()),
    }
}

/// Whether a side has a touchpoint.
fn known(path: &std::path::Path, side: &Side, id: &str) -> Result<(), Failure> {
    let ids: Vec<&str> = side
        .report()
        .touchpoints
        .iter()
        .map(|known| known.id.as_str())
        .collect();
    if ids.contains(&id) {
        return Ok(());
    }
    let few: Vec<&str> = ids.iter().copied().take(12).collect();
    let more = if ids.len() > few.len() { ", ..." } else { "" };
    Err(Failure::call(format!(
        "--same names {id:?}, which is no touchpoint of {}; there are {}{more}",
        path.display(),
        few.join(", ")
    )))
}

/// A stored report, where the text is one.
fn report(source: &Source, text: &str) -> Result<Option<Report>, Failure> {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Ok(None);
    };
    let format = value
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !format.starts_with("customer-journey-report/") {
        return Ok(None);
    }
    let report = serde_json::from_value(value).map_err(|error| Failure::input(source, error))?;
    Ok(Some(report))
}

/// The keys that other programs rely on.
fn document(comparison: &Comparison) -> Result<Value, Failure> {
    let whole = serde_json::to_value(comparison)
        .map_err(|error| Failure::input("the comparison", error))?;
    let keys = ["labels", "figures", "same_process", "divergence", "plan"];
    let kept = keys.into_iter().map(|key| {
        (
            key.to_owned(),
            whole.get(key).cloned().unwrap_or(Value::Null),
        )
    });
    Ok(Value::Object(kept.collect()))
}
