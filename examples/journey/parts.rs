//! Journeys in parts: by a column, by windows of time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use customer_journey::drift::{AlarmOptions, Every, PartOptions, Windows};
use customer_journey::events::{LoggedJourney, TallyOptions};
use customer_journey::segments::{By, Segments};
use customer_journey::{EventLog, LearnOptions};
use serde_json::json;

use super::failure::Failure;
use super::input::Source;
use super::output::Output;
use super::rows;

/// Into which parts journeys are put, and what is told of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Parts")]
pub(super) struct Parts {
    /// Groups journeys by this column: one learned map each, as a list. Of several columns (it may be repeated) says which of them
    /// tells most about where journeys go
    #[arg(long, value_name = "COLUMN", conflicts_with = "segment")]
    pub(super) by: Vec<String>,
    /// With --by: compares each group with all others, and says what differs, where and how surely
    #[arg(long, requires = "by")]
    compare: bool,
    /// Puts journeys into windows by when they begin, and says what changed: day, week, month, a number of journeys, or the dates at
    /// which windows begin, as 2024-01-01,2024-03-15. With --rows: the days that --window of `journey sql` has
    #[arg(long, value_name = "EVERY", value_parser = every, conflicts_with = "by")]
    windows: Option<Every>,
    /// Watches how often journeys end so, in the order in which they end, and says where an alarm would have gone off
    #[arg(long, value_name = "OUTCOME", conflicts_with_all = ["by", "windows"])]
    alarm: Option<String>,
    /// With --alarm: the share that is usual, from 0 to 1; learned from the first 200 journeys unless stated
    #[arg(long, value_name = "SHARE", requires = "alarm", value_parser = share)]
    usual: Option<f64>,
    /// With --alarm: a false alarm is to be expected after no fewer journeys than this
    #[arg(
        long,
        value_name = "JOURNEYS",
        requires = "alarm",
        default_value_t = 1000
    )]
    false_alarm_after: u32,
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

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1, as 0.05".to_owned()),
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
        !self.by.is_empty() || self.windows.is_some() || self.alarm.is_some()
    }

    /// The column by which journeys are grouped.
    pub(super) fn column(&self) -> Option<&str> {
        self.by.first().map(String::as_str)
    }

    /// The columns of which the most telling one is asked for; none where there are not several.
    pub(super) fn columns(&self) -> &[String] {
        if self.by.len() > 1 { &self.by } else { &[] }
    }

    pub(super) fn run(
        &self,
        log: &EventLog,
        options: &LearnOptions,
        source: &Source,
        output: &Output,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::input(source, error);
        let options = PartOptions::new(options.clone());
        if let Some(outcome) = &self.alarm {
            return self.watch(log, outcome, output);
        }
        if let Some(every) = &self.windows {
            let windows = log.windows(every, &options).map_err(failed)?;
            return self.tell_windows(&windows, output);
        }
        let by = |journey: &LoggedJourney<'_>| journey.segment().map(str::to_owned);
        let segments = log.segments(by, &options).map_err(failed)?;
        self.tell_segments(&segments, output)
    }

    /// The same of rows that an engine has counted by segment or window, in buckets of journeys.
    pub(super) fn of_rows(
        &self,
        files: &[PathBuf],
        counting: &TallyOptions,
        options: &LearnOptions,
        output: &Output,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::input("the rows", error);
        let options = PartOptions::new(options.clone());
        let Some(every) = &self.windows else {
            let [by] = self.by.as_slice() else {
                return Err(Failure::call(
                    "of counted rows there are only --windows and one --by: --alarm, and the most telling of several columns, need whole journeys",
                ));
            };
            let (parts, unstated) = rows::parts(files, by, counting)?;
            note_unstated(unstated, by);
            let segments = Segments::of_tallies(&parts, &options).map_err(failed)?;
            return self.tell_segments(&segments, output);
        };
        let days = match every {
            Every::Day => 1,
            Every::Week => 7,
            Every::Journeys(days) => i64::try_from(*days).unwrap_or(i64::MAX),
            _ => {
                return Err(Failure::call(
                    "with --rows, --windows is the number of days that --window of `journey sql` has",
                ));
            }
        };
        let (mut parts, unstated) = rows::parts(files, "window", counting)?;
        note_unstated(unstated, "window");
        for (name, _) in &mut parts {
            if let Some(begins) = name.parse::<i64>().ok().and_then(|at| day(at, days)) {
                *name = format!("from {begins}");
            }
        }
        let windows = Windows::of_tallies(&parts, &options).map_err(failed)?;
        self.tell_windows(&windows, output)
    }

    fn tell_windows(&self, windows: &Windows, output: &Output) -> Result<(), Failure> {
        self.draw(&windows.svg().to_string())?;
        if self.json {
            output.json(windows)
        } else {
            output.text(windows)
        }
    }

    fn tell_segments(&self, segments: &Segments, output: &Output) -> Result<(), Failure> {
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
            output.json(segments)
        } else {
            output.text(segments)
        }
    }

    fn watch(&self, log: &EventLog, outcome: &str, output: &Output) -> Result<(), Failure> {
        let stated: BTreeSet<String> = log
            .journeys()
            .filter_map(|journey| journey.outcome().map(str::to_owned))
            .collect();
        if !stated.contains(outcome) {
            let known: Vec<&str> = stated.iter().map(String::as_str).take(12).collect();
            let known = if known.is_empty() {
                "no journey states an ending; --outcome TOUCHPOINT=OUTCOME does not count here, --ends-at TOUCHPOINT=OUTCOME and a column do".to_owned()
            } else {
                format!("there are {}", known.join(", "))
            };
            return Err(Failure::call(format!(
                "--alarm names {outcome:?}, and no journey ends so; {known}"
            )));
        }
        let mut options = AlarmOptions::new().threshold(f64::from(self.false_alarm_after));
        if let Some(usual) = self.usual {
            options = options.usual(usual);
        }
        let ends_so = |journey: &LoggedJourney<'_>| {
            Some(f64::from(u8::from(journey.outcome() == Some(outcome))))
        };
        let watched = log.alarm(ends_so, &options);
        if self.json {
            output.json(&watched)
        } else {
            output.text(format!("{outcome}: {watched}"))
        }
    }

    /// Which of several columns tells most: for each, the segment of each journey by its name.
    pub(super) fn most_telling(
        &self,
        log: &EventLog,
        columns: &[(&str, BTreeMap<String, String>)],
        options: &LearnOptions,
        output: &Output,
    ) -> Result<(), Failure> {
        let by: Vec<_> = columns
            .iter()
            .map(|(_, of)| |journey: &LoggedJourney<'_>| of.get(journey.name().as_ref()).cloned())
            .collect();
        let columns: Vec<(&str, By<'_>)> = columns
            .iter()
            .zip(&by)
            .map(|((column, _), by)| (*column, by as By<'_>))
            .collect();
        let splits = log
            .most_telling(&columns, &PartOptions::new(options.clone()))
            .map_err(|error| Failure::input("the table", error))?;
        if self.json {
            return output.json(&splits);
        }
        let lines: Vec<String> = splits.iter().map(ToString::to_string).collect();
        output.text(lines.join("\n"))
    }

    fn draw(&self, picture: &str) -> Result<(), Failure> {
        let Some(file) = &self.picture else {
            return Ok(());
        };
        std::fs::write(file, picture).map_err(|error| Failure::input(file.display(), error))
    }
}

/// The day on which a window of so many days begins, by its number from the beginning of 1970 on.
fn day(number: i64, days: i64) -> Option<String> {
    let seconds = number.checked_mul(days)?.checked_mul(86_400)?;
    let begins = jiff::Timestamp::from_second(seconds).ok()?;
    let begins = jiff::tz::Offset::UTC.to_datetime(begins);
    Some(begins.date().to_string())
}

fn note_unstated(rows: usize, column: &str) {
    if rows > 0 {
        eprintln!("note: {rows} rows have nothing in the column {column:?} and are left out");
    }
}
