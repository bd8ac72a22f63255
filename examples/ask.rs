//! Questions of an analyst: two weeks of flights out of New York, asked in the language of patterns. Each is counted on the
//! flights and answered by the map that is learned from them, side by side.
//!
//! ```text
//! cargo run --release --example ask
//! cargo run --release --example ask -- 'departure{promise = broken} => end(late)'
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::{EventLog, EventRef, Flow, LearnOptions, Pattern, Phase};

/// Every flight planned out of New York from 4 to 17 February 2013; `examples/data/README.md` has the source.
const TABLE: &str = include_str!("data/flights-2013-02.csv");

/// A flight is on time if it is less than so many minutes behind the timetable, as the source has it.
const ON_TIME: i32 = 15;

const QUESTIONS: [&str; 4] = [
    // Who leaves late and arrives late?
    "departure{promise = broken} => end(late)",
    // Who leaves on time and is late all the same?
    "departure{promise = kept} => end(late)",
    // The same from one airport: an exact id means one channel.
    "\"departure @ EWR\"{promise = broken} => end(late)",
    // Who never takes off?
    "start -> departure -> end(cancelled)",
];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    match tell(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tell(asked: &[String]) -> Result<(), Box<dyn Error>> {
    let log = flights()?;
    let flow = learned(&log)?;
    let usual = QUESTIONS.map(str::to_owned);
    let questions = if asked.is_empty() { &usual } else { asked };
    for question in questions {
        let pattern: Pattern = question.parse()?;
        let found = flow.ask(&pattern)?.with_counted(log.ask(&pattern)?);
        writeln!(io::stdout(), "{found}")?;
    }
    Ok(())
}

/// All flights, each with what happened to it.
fn flights() -> Result<EventLog, Box<dyn Error>> {
    let mut log = EventLog::default();
    for (line, row) in (1..).zip(TABLE.lines()).skip(1) {
        record(&mut log, line, row)?;
    }
    Ok(log)
}

/// The journey of a flight, learned from all of them.
fn learned(log: &EventLog) -> Result<Flow, Box<dyn Error>> {
    let options = LearnOptions::new()
        .name("A flight out of New York")
        .other_phases(Phase::During);
    Ok(log.learn(&options)?.journey.flow()?)
}

fn record(log: &mut EventLog, line: usize, row: &str) -> Result<(), Box<dyn Error>> {
    let fields: Vec<&str> = row.split(',').collect();
    let &[_day, origin, _carrier, departure, arrival] = fields.as_slice() else {
        return Err(format!("line {line}: {} fields instead of 5", fields.len()).into());
    };
    let kept = |delay: i32| if delay < ON_TIME { Kept } else { Broken };
    let flight = line.to_string();
    let leaves = EventRef::new(&flight, "departure").channel(origin);
    let Ok(late) = departure.parse() else {
        log.record(leaves.promise(Broken).outcome("cancelled"))?;
        return Ok(());
    };
    log.record(leaves.promise(kept(late)))?;
    // A map remembers only where a journey is: flights that left late are a touchpoint of their own.
    let flies = if late < ON_TIME {
        "flight"
    } else {
        "late flight"
    };
    let flies = EventRef::new(&flight, flies);
    log.record(match arrival.parse::<i32>() {
        Err(_) => flies.outcome("not on record"),
        Ok(delay) => flies.outcome(if delay < ON_TIME { "on time" } else { "late" }),
    })?;
    Ok(())
}
