//! Our side of the comparison with other tools on event logs: see `benches/peers/README.md`.
//!
//! `peer_events --log FILE --task TASK [--repeat N]` does one task N times over and prints one line of JSON: the
//! seconds of each repetition and sums to compare. Without a log, as in a plain `cargo bench`, it does nothing.
//! The tasks are `journey` (from the text of the table to the journey), `memory` (from records in memory, borrowed
//! strings, to the journey) and `minimal` (a hand-written reader of exactly this table with the same sums).
#![expect(
    clippy::print_stdout,
    reason = "the result goes to the script that compares"
)]

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::time::Instant;
use std::{env, fs};

use customer_journey::events::{CsvField, TallyOptions};
use customer_journey::{
    CsvOptions, EventRef, LearnOptions, Learned, Phase, PromiseResult, Scale, Tally,
};

#[path = "journeys/minimal.rs"]
mod minimal;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(log) = option("--log") else {
        return Ok(());
    };
    let repeat: usize = option("--repeat").map_or(Ok(1), |n| n.parse())?;
    let task = option("--task").unwrap_or_else(|| "journey".to_owned());
    let mut seconds = Vec::with_capacity(repeat);
    let mut sums = serde_json::Value::Null;
    let text = if task == "memory" {
        fs::read_to_string(&log)?
    } else {
        String::new()
    };
    let records = records(&text);
    for _ in 0..repeat {
        let start = Instant::now();
        sums = match task.as_str() {
            "journey" => {
                let mut tally = tally();
                let options = CsvOptions::new().column(CsvField::Journey, "customer");
                tally.read_csv(File::open(&log)?, &options)?;
                sums_of(&learn(&tally)?)
            }
            "memory" => {
                let mut tally = tally();
                tally.record_all(&records)?;
                sums_of(&learn(&tally)?)
            }
            "minimal" => {
                let sums = black_box(minimal::read(File::open(&log)?)?);
                serde_json::json!({ "events": sums.events, "journeys": sums.journeys })
            }
            other => return Err(format!("{other} is not a task").into()),
        };
        seconds.push(start.elapsed().as_secs_f64());
    }
    println!(
        "{}",
        serde_json::json!({ "seconds": seconds, "sums": sums })
    );
    Ok(())
}

fn tally() -> Tally {
    Tally::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE))
}

fn learn(tally: &Tally) -> Result<Learned, Box<dyn Error>> {
    Ok(tally.learn(&LearnOptions::new().other_phases(Phase::During))?)
}

fn sums_of(learned: &Learned) -> serde_json::Value {
    let summary = black_box(learned).summary;
    serde_json::json!({
        "events": summary.events, "journeys": summary.journeys, "promises": summary.promises,
        "transitions": learned.journey.transitions().map(|(_, _, way)| way.weight).sum::<f64>(),
    })
}

/// A row of the log as a program may hold it: texts borrowed, numbers read.
#[derive(Clone, Copy)]
struct Record<'a> {
    customer: &'a str,
    touchpoint: &'a str,
    channel: &'a str,
    time: i64,
    rating: u8,
    promise: Option<PromiseResult>,
}

impl<'a> From<&Record<'a>> for EventRef<'a> {
    fn from(record: &Record<'a>) -> Self {
        let event = EventRef::new(record.customer, record.touchpoint)
            .channel(record.channel)
            .time_ms(record.time)
            .emotion(f64::from(record.rating));
        match record.promise {
            Some(result) => event.promise(result),
            None => event,
        }
    }
}

/// The rows of the log; outside the clock.
fn records(text: &str) -> Vec<Record<'_>> {
    let rows = text.lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split(',');
        Some(Record {
            customer: cells.next()?,
            time: cells.next()?.parse().ok()?,
            touchpoint: cells.next()?,
            channel: cells.next()?,
            rating: cells.next()?.parse().ok()?,
            promise: match cells.next()? {
                "kept" => Some(PromiseResult::Kept),
                "broken" => Some(PromiseResult::Broken),
                _ => None,
            },
        })
    })
    .collect()
}

/// The argument after `name`; `cargo bench` adds arguments of its own, which are ignored.
fn option(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}
