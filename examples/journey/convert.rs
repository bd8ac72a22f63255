//! `journey convert`: from one format into another.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use customer_journey::Journey;
use customer_journey::analysis::{PainOptions, PainPoint};
use customer_journey::formats::{MermaidStyle, MissingScore};
use customer_journey::language::Language;
use customer_journey::schema::{
    COMPARISON_SCHEMA, JOURNEY_SCHEMA, PARTS_SCHEMA, REPORT_SCHEMA, RULES_SCHEMA,
};

use super::failure::Failure;
use super::input::{Reading, Source};
use super::output::Output;
use super::workbook;

const EXAMPLES: &str = "\
Examples:
  journey convert my-day.mmd --phase during > my-map.json
  journey convert README.md --scale 0..10 > my-map.json
  journey convert my-map.json --to mermaid > my-map.mmd
  journey convert my-map.json --to xlsx --language no -o kart.xlsx
  journey convert kart.xlsx > my-map.json
  journey convert --to journey-schema > journey.schema.json    (for editors)

What a format cannot say is named on standard error.";

#[cfg(not(feature = "cjml"))]
pub(super) const NO_CJML: &str = "this program was built without CJML; build it with \
    `cargo install --path . --example journey --features cjml`";

/// Turns a map into another format: from a document, Mermaid or CJML into a document or a drawing
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Convert {
    /// The map: a journey document, a Mermaid journey (also inside a README) or CJML; - reads standard input
    #[arg(value_name = "FILE")]
    source: Option<PathBuf>,
    /// What it becomes
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = To::Document)]
    to: To,
    /// Writes the drawing without the comments that keep the rest of the map (to mermaid)
    #[arg(long)]
    plain: bool,
    /// Draws the channel as the actor of each task (to mermaid)
    #[arg(long)]
    channels_as_actors: bool,
    /// What becomes of touchpoints whose feeling nobody knows (to mermaid)
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Unscored::Skip)]
    unknown_scores: Unscored,
    /// The language of the spreadsheet: en, no or sv
    #[arg(long, value_name = "LANGUAGE", value_parser = super::input::language)]
    language: Option<Language>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// A journey document
    Document,
    /// A Mermaid journey diagram
    Mermaid,
    /// A Mermaid flowchart with the pains
    Flowchart,
    /// A Graphviz graph with the pains
    Dot,
    /// The emotional curve for Vega-Lite
    VegaLite,
    /// CJML 2.0
    Cjml,
    /// A spreadsheet as text: comma-separated, or with semicolons where the language has a decimal comma
    Spreadsheet,
    /// A workbook with lists to pick words from
    Xlsx,
    /// The JSON Schema of journey documents; needs no file
    JourneySchema,
    /// The JSON Schema of reports; needs no file
    ReportSchema,
    /// The JSON Schema of rules for `journey check`; needs no file
    RulesSchema,
    /// The JSON Schema of `journey compare --json` and of comparison documents; needs no file
    ComparisonSchema,
    /// The JSON Schema of `journey learn --by COLUMN --compare --json` and of `--windows`; needs no file
    PartsSchema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unscored {
    /// They are left out of the drawing
    Skip,
    /// They are drawn with the middle score
    Neutral,
    /// Nothing is written
    Refuse,
}

impl From<Unscored> for MissingScore {
    fn from(unscored: Unscored) -> Self {
        match unscored {
            Unscored::Skip => Self::Skip,
            Unscored::Neutral => Self::Neutral,
            Unscored::Refuse => Self::Refuse,
        }
    }
}

impl Convert {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match self.to {
            To::JourneySchema => return self.output.text(JOURNEY_SCHEMA),
            To::ReportSchema => return self.output.text(REPORT_SCHEMA),
            To::RulesSchema => return self.output.text(RULES_SCHEMA),
            To::ComparisonSchema => return self.output.text(COMPARISON_SCHEMA),
            To::PartsSchema => return self.output.text(PARTS_SCHEMA),
            _ => {}
        }
        let source = self.source.clone();
        let source =
            source.ok_or_else(|| Failure::call("no file is named; - reads standard input"))?;
        let source = Source::from(source);
        let journey = self.reading.read(&source)?;
        let language = self.language.clone().unwrap_or_default();
        if self.to == To::Xlsx {
            let bytes = workbook::of_journey(&journey, &language);
            return self
                .output
                .bytes(&bytes.map_err(|error| Failure::input(&source, error))?);
        }
        let (text, notes) = self.written(&source, &journey)?;
        for note in notes {
            eprintln!("{source}: {note}");
        }
        self.output.text(text)
    }

    /// The text, and what it does not say.
    fn written(
        &self,
        source: &Source,
        journey: &Journey,
    ) -> Result<(String, Vec<String>), Failure> {
        let text = match self.to {
            To::Mermaid => {
                let mut style = MermaidStyle::new(self.unknown_scores.into());
                if self.plain {
                    style = style.without_details();
                }
                if self.channels_as_actors || self.reading.has_channels_as_actors() {
                    style = style.channels_as_actors();
                }
                let drawn = journey.met().to_mermaid(style);
                let drawn = drawn.map_err(|error| Failure::input(source, error))?;
                let lost = drawn.not_drawn.iter();
                let notes = lost.map(|loss| format!("not drawn: {loss}")).collect();
                return Ok((drawn.text, notes));
            }
            To::Cjml => return cjml(source, journey),
            To::Spreadsheet | To::Xlsx => {
                let language = self.language.clone().unwrap_or_default();
                journey.to_spreadsheet(&language).to_text(&language)
            }
            // A draft that has no flow yet is drawn without its pains.
            To::Flowchart => journey.flowchart().pains(&pains(journey)).to_string(),
            To::Dot => journey.dot().pains(&pains(journey)).to_string(),
            To::VegaLite => journey.vega_lite().to_string(),
            To::Document
            | To::JourneySchema
            | To::ReportSchema
            | To::RulesSchema
            | To::ComparisonSchema
            | To::PartsSchema => {
                let document = serde_json::to_string_pretty(journey);
                document.map_err(|error| Failure::input(source, error))?
            }
        };
        Ok((text, Vec::new()))
    }
}

fn pains(journey: &Journey) -> Vec<PainPoint> {
    let flow = journey.flow();
    flow.map_or_else(|_| Vec::new(), |flow| flow.pain_points(&PainOptions::new()))
}

#[cfg(feature = "cjml")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it can fail")]
fn cjml(_: &Source, journey: &Journey) -> Result<(String, Vec<String>), Failure> {
    let written = journey.met().to_cjml();
    let lost = written.lost.iter();
    let notes = lost.map(|loss| format!("not written: {loss}")).collect();
    Ok((written.text, notes))
}

#[cfg(not(feature = "cjml"))]
fn cjml(source: &Source, _: &Journey) -> Result<(String, Vec<String>), Failure> {
    Err(Failure::input(source, NO_CJML))
}
