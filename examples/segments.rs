//! Which carriers differ, and which days: the flights out of New York in two weeks of February 2013, as an analyst would ask.
//!
//! ```text
//! cargo run --release --example segments
//! cargo run --release --example segments -- carriers.svg days.svg
//! ```

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;

use customer_journey::drift::{AlarmOptions, Every, PartOptions};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult};

/// Every flight planned out of New York from 4 to 17 February 2013; `examples/data/README.md` has the source.
const TABLE: &str = include_str!("data/flights-2013-02.csv");
/// A flight is on time if it is less than so many minutes behind the timetable, as the source has it.
const ON_TIME: i32 = 15;
const DAY_MS: i64 = 86_400_000;
/// The day before the first of February 2013, counted from 1970.
const JANUARY: i64 = 15_736;

/// Each flight is a journey: it leaves or does not, and arrives. The carrier is its segment.
fn flights() -> Result<EventLog, Box<dyn Error>> {
    let mut log = EventLog::default();
    for (number, row) in TABLE.lines().enumerate().skip(1) {
        let [day, origin, carrier, departure, arrival] = row.split(',').collect::<Vec<_>>()[..]
        else {
            return Err(format!("line {} has not five cells", number + 1).into());
        };
        let name = format!("flight {number}");
        let time = (JANUARY + day.parse::<i64>()?) * DAY_MS;
        let kept = |minutes: &str| match minutes.parse::<i32>() {
            Ok(minutes) if minutes < ON_TIME => PromiseResult::Kept,
            _ => PromiseResult::Broken,
        };
        let gate = EventRef::new(&name, "departure")
            .channel(origin)
            .segment(carrier)
            .time_ms(time);
        let gate = gate.phase(Phase::Before).promise(kept(departure));
        if departure.is_empty() {
            log.record(gate.outcome("cancelled"))?;
            continue;
        }
        log.record(gate)?;
        if !arrival.is_empty() {
            let landed = EventRef::new(&name, "arrival")
                .channel("aeroplane")
                .time_ms(time);
            let outcome = match kept(arrival) {
                PromiseResult::Kept => "on time",
                _ => "late",
            };
            log.record(
                landed
                    .phase(Phase::After)
                    .promise(kept(arrival))
                    .outcome(outcome),
            )?;
        }
    }
    Ok(log)
}

fn main() -> Result<(), Box<dyn Error>> {
    let log = flights()?;
    let learn = LearnOptions::new().name("Flights out of New York");

    // Which of these tells most about how a flight goes?
    let options = PartOptions::new(learn.clone()).deals(199);
    let day = |journey: &customer_journey::events::LoggedJourney<'_>| {
        let time = journey.moments().next()?.time_ns()?;
        Some((time / 86_400_000_000_000 - i128::from(JANUARY)).to_string())
    };
    let splits = log.most_telling(
        &[
            ("carrier", &|journey| journey.segment().map(str::to_owned)),
            ("airport", &|journey| {
                journey.moments().next()?.channel().map(str::to_owned)
            }),
            ("day", &day),
        ],
        &options,
    )?;
    for split in &splits {
        println!("{split}");
    }
    println!();

    let carriers = log.segments(|journey| journey.segment().map(str::to_owned), &options)?;
    println!("{}", carriers.text().width(100));

    let days = log.windows(&Every::Day, &PartOptions::new(learn).deals(199))?;
    println!("{}", days.text().width(100));

    // What somebody would have been told who looked at cancellations flight by flight.
    let cancelled = |journey: &customer_journey::events::LoggedJourney<'_>| {
        Some(f64::from(u8::from(journey.outcome() == Some("cancelled"))))
    };
    let watched = log.alarm(cancelled, &AlarmOptions::new().learn_from(1000));
    println!("Cancellations: {watched}");

    let mut files = std::env::args().skip(1);
    if let Some(file) = files.next() {
        write(&file, &carriers.svg().to_string())?;
    }
    if let Some(file) = files.next() {
        write(&file, &days.svg().to_string())?;
    }
    Ok(())
}

fn write(file: &str, picture: &str) -> Result<(), Box<dyn Error>> {
    std::fs::write(Path::new(file), picture).map_err(|error| format!("{file}: {error}").into())
}
