//! `journey analyse`: the report for other programs.

use clap::Args;

use super::failure::Failure;
use super::input::Map;
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey analyse my-map.json > report.json
  journey analyse - < my-map.json";

/// Prints the whole report as JSON, for other programs
///
/// The keys are explained in `journey convert --to report-schema`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Analyse {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    map: Map,
}

impl Analyse {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let flow = self.map.flow()?;
        self.output.json(&flow.report())
    }
}
