//! Journeys in parts: by a column, by windows of time.

use std::path::PathBuf;

use clap::Args;
use customer_journey::drift::{Every, PartOptions};
use customer_journey::{EventLog, LearnOptions};
use serde_json::json;

use super::failure::Failure;
use super::input::Source;
use super::output::Output;

/// Into which parts journeys are put, and what is told of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Parts")]
pub(super) struct Parts {
    /// Groups journeys by this column: one learned map each, as a list
    #[arg(long, value_name = "COLUMN", conflicts_with = "segment")]
    pub(super) by: Option<String>,
    /// With --by: compares each group with all others, and says what differs, where and how surely
    #[arg(long, requires = "by")]
    compare: bool,
    /// Puts journeys into windows by when they begin, and says what changed: day, week, month, a number of journeys, or the dates at
    /// which windows begin, as 2024-01-01,2024-03-15
    #[arg(long, value_name = "EVERY", value_parser = every, conflicts_with = "by")]
    windows: Option<Every>,
    /// Prints a comparison as JSON
    #[arg(long)]
    json: bool,
    /// Writes the comparison as small pictures beside each other (SVG) to this file as well
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
}

fn every(word: &str) -> Result<Every, String> {
    match word {
        "day" => Ok(Every::Day),
        "week" => Ok(Every::Week),
        "month" => Ok(Every::Month),
        dates if dates.contains('-') => {
            let days: Result<Vec<i64>, String> = dates.split(',').map(day_ms).collect();
            Ok(Every::From(days?))
        }
        number => match number.parse() {
            Ok(journeys) if journeys > 0 => Ok(Every::Journeys(journeys)),
            _ => Err(format!(
                "{number:?} is neither day, week, month, a number of journeys nor dates as 2024-01-01,2024-03-15"
            )),
        },
    }
}

/// When a day begins (UTC), in milliseconds since 1970.
fn day_ms(text: &str) -> Result<i64, String> {
    let date: Result<jiff::civil::Date, _> = text.trim().parse();
    let date = date.map_err(|_| format!("{text:?} is no date as 2024-03-15"))?;
    let begins = jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0));
    begins
        .map(jiff::Timestamp::as_millisecond)
        .map_err(|error| error.to_string())
}

impl Parts {
    /// Whether anything but one map is asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.by.is_some() || self.windows.is_some()
    }

    pub(super) fn run(
        &self,
        log: &EventLog,
        options: &LearnOptions,
        source: &Source,
        output: &Output,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::input(source, error);
        if let Some(every) = &self.windows {
            let windows = log
                .windows(every, &PartOptions::new(options.clone()))
                .map_err(failed)?;
            self.draw(&windows.svg().to_string())?;
            return if self.json {
                output.json(&windows)
            } else {
                output.text(&windows)
            };
        }
        let by = |journey: &customer_journey::events::LoggedJourney<'_>| {
            journey.segment().map(str::to_owned)
        };
        let segments = log
            .segments(by, &PartOptions::new(options.clone()))
            .map_err(failed)?;
        self.draw(&segments.svg().to_string())?;
        if !self.compare {
            let maps: Vec<_> = segments
                .segments
                .iter()
                .map(|segment| json!({"segment": segment.segment, "journeys": segment.journeys, "journey": segment.journey}))
                .collect();
            return output.json(&maps);
        }
        if self.json {
            output.json(&segments)
        } else {
            output.text(&segments)
        }
    }

    fn draw(&self, picture: &str) -> Result<(), Failure> {
        let Some(file) = &self.picture else {
            return Ok(());
        };
        std::fs::write(file, picture).map_err(|error| Failure::input(file.display(), error))
    }
}
