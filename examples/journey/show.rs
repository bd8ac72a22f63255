//! `journey show`: the report and its pictures for people.

use std::fmt::Display;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use customer_journey::analysis::Fixes;
use customer_journey::language::Language;
use customer_journey::render::{Lane, Preset, Table};
use customer_journey::{Flow, Goal, Outcome};

use super::failure::Failure;
use super::input::Map;
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey show my-map.json -o my-map.html           a page for the browser, to print and pass on
  journey show my-map.json --as text                in the terminal
  journey show my-map.json --as map --preset workshop --width 2400 -o my-wall.svg
  journey show my-map.json --as map --lanes does,quotes,feeling,ideas -o my-map.svg
  journey show kart.xlsx --as map --preset workshop --language no -o kart.svg
  journey show my-map.json --table pain_points -o pains.csv";

/// Shows a map to people: as a page for the browser, as text, as a picture, as a table for a spreadsheet
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// What it becomes
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Page)]
    form: Form,
    /// One table as comma-separated values
    #[arg(long, value_name = "TABLE", value_parser = table(), conflicts_with = "form")]
    table: Option<Table>,
    /// How the map is drawn: overview, workshop (with ways, promises and all words), print (the same in black and white),
    /// or blueprint (with the line of visibility)
    #[arg(long, value_name = "PRESET", value_parser = preset(), default_value = "overview")]
    preset: Preset,
    /// Rows of the map, from top to bottom, instead of those of the preset (picture of the map)
    #[arg(long, value_name = "LANE,LANE", value_delimiter = ',', value_parser = lane())]
    lanes: Vec<Lane>,
    /// How many touchpoints the map may show, those that customers meet most (picture of the map; beyond 60 it is an overview
    /// unless stated)
    #[arg(long, value_name = "NUMBER")]
    columns: Option<usize>,
    /// The ending that should become rarer; churn unless stated. Stated, text and Markdown end with the fixes that bring it
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// How wide it may become: columns of text (80 unless stated), pixels of a picture
    #[arg(long, value_name = "NUMBER")]
    width: Option<u16>,
    /// After how many entries lists and bars stop on a page or picture (10 unless stated)
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// The language of the map's names, as nb or pt-BR, so that screen readers read them well (page, pictures)
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The language of what the map says by itself, also on the page: en, no or sv; sentences and tables stay English
    #[arg(long, value_name = "LANGUAGE", value_parser = super::input::language)]
    language: Option<Language>,
    /// With what the ids in a picture begin, for several pictures on one page
    #[arg(long, value_name = "PREFIX")]
    id_prefix: Option<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    map: Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The whole report with its pictures, for a browser or a printer
    Page,
    /// The report for a terminal
    Text,
    /// The report for a wiki or a pull request
    Markdown,
    /// The journey map as a picture (SVG)
    Map,
    /// Feelings before, during and after as a picture (SVG)
    Curve,
    /// Where journeys go moment by moment, with others and those that are over (SVG)
    Steps,
    /// What each single fix changes, as a picture (SVG)
    Fixes,
}

fn table() -> impl TypedValueParser<Value = Table> {
    let words = Table::ALL.iter().map(|table| table.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Table>())
}

fn lane() -> impl TypedValueParser<Value = Lane> {
    let words = Lane::ALL.iter().map(|lane| lane.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Lane>())
}

fn preset() -> impl TypedValueParser<Value = Preset> {
    let words = Preset::ALL.iter().map(|preset| preset.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Preset>())
}

/// So many endings are named.
const NAMED: usize = 12;

/// The report with what comes after it.
fn with(report: impl Display, ranking: Option<impl Display>) -> String {
    match ranking {
        None => report.to_string(),
        Some(ranking) => format!("{}\n\n{ranking}", report.to_string().trim_end()),
    }
}

impl Show {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let flow = self.map.flow()?;
        let outcome = self.outcome(&flow)?;
        if let Some(table) = self.table {
            return self.output.text(flow.report().csv(table));
        }
        match self.form {
            Form::Page => {
                let mut page = flow.html().preset(self.preset).outcome(outcome);
                if let Some(limit) = self.limit {
                    page = page.limit(limit);
                }
                if let Some(language) = &self.language {
                    page = page.language(language.clone());
                }
                if let Some(lang) = &self.lang {
                    page = page.lang(lang);
                }
                self.output.text(page)
            }
            Form::Text => {
                let report = flow.report();
                let fixes = self.stated(&flow, outcome);
                let (mut text, mut ranking) = (report.text(), fixes.as_ref().map(Fixes::text));
                if let Some(width) = self.width {
                    text = text.width(width.into());
                    ranking = ranking.map(|ranking| ranking.width(width.into()));
                }
                self.output.text(with(text, ranking))
            }
            Form::Markdown => {
                let report = flow.report();
                let fixes = self.stated(&flow, outcome);
                let ranking = fixes.as_ref().map(Fixes::markdown);
                self.output.text(with(report.markdown(), ranking))
            }
            Form::Map => {
                let mut map = flow.svg().outcome(outcome);
                if !self.lanes.is_empty() {
                    map = map.lanes(self.lanes.iter().copied());
                }
                if let Some(columns) = self.columns {
                    map = map.columns(columns);
                }
                self.picture(map)
            }
            Form::Curve => self.picture(flow.trajectory().svg()),
            Form::Steps => self.picture(flow.steps(8).svg()),
            Form::Fixes => self.picture(flow.fixes(&Goal::Reduce(outcome)).svg()),
        }
    }

    /// The ending that should become rarer. One that no journey can have is refused.
    fn outcome(&self, flow: &Flow) -> Result<Outcome, Failure> {
        let Some(stated) = &self.outcome else {
            return Ok(Outcome::Churn);
        };
        let outcome = Outcome::from(stated.as_str());
        let known = flow.outcomes();
        if known.iter().any(|known| known.outcome == outcome) {
            return Ok(outcome);
        }
        let known = known.iter().map(|known| known.outcome.as_str());
        let known: Vec<&str> = known.take(NAMED).collect();
        Err(Failure::call(format!(
            "--outcome names {stated:?}, and no journey ends so; the endings are {}",
            known.join(", ")
        )))
    }

    /// The fixes ranked for the ending that was stated.
    fn stated(&self, flow: &Flow, outcome: Outcome) -> Option<Fixes> {
        self.outcome
            .as_ref()
            .map(|_| flow.fixes(&Goal::Reduce(outcome)))
    }

    fn picture(&self, picture: customer_journey::Svg<'_>) -> Result<(), Failure> {
        let mut picture = picture.preset(self.preset);
        if let Some(width) = self.width {
            picture = picture.width(width);
        }
        if let Some(limit) = self.limit {
            picture = picture.limit(limit);
        }
        if let Some(language) = &self.language {
            picture = picture.language(language.clone());
        }
        if let Some(lang) = &self.lang {
            picture = picture.lang(lang);
        }
        if let Some(prefix) = &self.id_prefix {
            picture = picture.id_prefix(prefix);
        }
        self.output.text(picture)
    }
}
