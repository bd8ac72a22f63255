//! `journey ask`: a question in the language of patterns.

use clap::Args;
use customer_journey::{OutcomeShare, Pattern, PatternFigures};
use serde_json::{Value, json};

use super::failure::Failure;
use super::input::Map;
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey ask my-map.json 'payment => *{feels < 0}'        who pays and later feels bad
  journey ask my-map.json '*{promise = broken} =[not *{can = resolve}]=> end(churn)'
                                                            who is let down, never helped, and leaves
  journey ask my-map.json 'start -> *{channel = web} => *{channel = phone}' --json

The language: -> the very next moment, => some later one, =[not X]=> some later one with no X in between; `start`, `end`
and `end(churn)` are the ends of the journey, * is any touchpoint, { } tests channel, phase, stage, owner, need, makes,
can, promise and feels, `or` joins patterns.";

/// Answers a question: how many journeys go so, how they end, what they feel afterwards
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Ask {
    #[command(flatten)]
    map: Map,
    /// What must follow what, in quotes for the shell
    #[arg(value_name = "PATTERN")]
    pattern: String,
    /// Answers as JSON, for other programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    output: Output,
}

impl Ask {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let pattern: Pattern = self.pattern.parse().map_err(Failure::call)?;
        let flow = self.map.flow()?;
        let found = flow.ask(&pattern).map_err(Failure::call)?;
        if self.json {
            self.output.json(&document(&found))
        } else {
            self.output.text(&found)
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
        "error_bound": found.error_bound,
        "counted": found.counted,
    })
}
