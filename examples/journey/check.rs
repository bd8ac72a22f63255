//! `journey check`: a map held to rules.

use std::path::PathBuf;

use clap::Args;
use customer_journey::Rules;
use customer_journey::rules::Findings;
use serde_json::json;

use super::failure::Failure;
use super::input::{Map, Source};
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey check my-map.json                          the built-in rules
  journey check my-map.json --rules our-rules.json   and those of the house
  journey check my-map.json --sarif > found.sarif    for code-scanning viewers
  journey convert --to rules-schema > rules.schema.json

A file of rules: {\"format\": \"customer-journey-rules/1\", \"rules\": [
  {\"code\": \"map-too-long\", \"bound\": 60}, {\"code\": \"no-owner\", \"off\": true},
  {\"code\": \"bad-after-payment\", \"severity\": \"error\", \"pattern\": \"payment => *{feels < 0}\", \"at_most\": 0.05}]}

Exit status 3 where a rule of severity error is broken.";

/// Holds a map to rules: what breaks them, where, by how much, and what to do
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    map: Map,
    /// Rules of the house, a document customer-journey-rules/1; - reads standard input
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// SARIF 2.1.0, for code-scanning viewers
    #[arg(long, group = "form")]
    sarif: bool,
    /// JSON, for other programs
    #[arg(long, group = "form")]
    json: bool,
    /// Markdown, for a wiki or a pull request
    #[arg(long, group = "form")]
    markdown: bool,
    #[command(flatten)]
    output: Output,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let rules = self.rules()?;
        let found = self.map.journey()?.check(&rules);
        if self.sarif {
            self.output.json(&found.sarif(&self.map.path()))?;
        } else if self.json {
            self.output.json(&json!({ "findings": found.findings }))?;
        } else if self.markdown {
            self.output.text(found.markdown())?;
        } else {
            self.output.text(&found)?;
        }
        verdict(&found)
    }

    fn rules(&self) -> Result<Rules, Failure> {
        let Some(path) = &self.rules else {
            return Ok(Rules::new());
        };
        let source = Source::from(path.clone());
        let text = source.text()?;
        Rules::from_json(&text).map_err(|error| Failure::input(&source, error))
    }
}

fn verdict(found: &Findings) -> Result<(), Failure> {
    if found.passes() {
        Ok(())
    } else {
        Err(Failure::RuleBroken)
    }
}
