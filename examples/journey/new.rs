//! `journey new`: templates to begin with.

use clap::{Args, ValueEnum};
use customer_journey::formats::spreadsheet::template;
use customer_journey::language::Language;

use super::failure::Failure;
use super::output::Output;
use super::workbook;

const EXAMPLES: &str = "\
Examples:
  journey new -o my-map.json              then change it, and: journey show my-map.json -o my-map.html
  journey new service -o my-service.json
  journey new --spreadsheet --language no -o kart.xlsx
                                          then: journey show kart.xlsx -o kart.html
  journey new table -o events.csv         then: journey learn events.csv --scale 1..5 --outcome complaint=churn
  journey new diagram -o my-day.mmd       then: journey show my-day.mmd -o my-day.html";

/// Writes a template to change: a first map, one with branches and promises, a table of events, a diagram
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// Which template
    #[arg(value_enum, default_value_t = Template::Map)]
    template: Template,
    /// A spreadsheet with a small example and lists to pick words from: a workbook, or text where the file is called .csv
    #[arg(long, conflicts_with = "template")]
    spreadsheet: bool,
    /// The language of the spreadsheet: en, no or sv
    #[arg(long, value_name = "LANGUAGE", value_parser = super::input::language, requires = "spreadsheet")]
    language: Option<Language>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    /// A first map of four touchpoints
    Map,
    /// A map with branches, a promise, costs, what customers are told, and what endings are worth
    Service,
    /// A table of events, from which `journey learn` makes a map
    Table,
    /// A Mermaid journey diagram
    Diagram,
}

impl New {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.spreadsheet {
            return self.spreadsheet();
        }
        let text = match self.template {
            Template::Map => include_str!("templates/map.json"),
            Template::Service => include_str!("templates/service.json"),
            Template::Table => include_str!("templates/table.csv"),
            Template::Diagram => include_str!("templates/diagram.mmd"),
        };
        // Work that somebody put into a map is not written over with a template.
        self.output.refuse_existing()?;
        self.output.text(text)
    }

    fn spreadsheet(&self) -> Result<(), Failure> {
        self.output.refuse_existing()?;
        let language = self.language.clone().unwrap_or_default();
        if self.output.ends_with(".csv") {
            return self.output.text(template(&language).to_text(&language));
        }
        let bytes = workbook::of_template(&language);
        let bytes = bytes.map_err(|error| Failure::input("the template", error))?;
        self.output.bytes(&bytes)
    }
}
