//! Questions of an analyst: two weeks of flights out of New York, asked in the language of patterns.
//!
//! ```text
//! cargo run --release --example ask
//! cargo run --release --example ask -- 'departure{promise = broken} => end(late)'
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::{EventRef, Flow, LearnOptions, Pattern, Phase, Tally};

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
    let flow = learned()?;
    let usual = QUESTIONS.map(str::to_owned);
    let questions = if asked.is_empty() { &usual } else { asked };
    for question in questions {
        let pattern: Pattern = question.parse()?;
        writeln!(io::stdout(), "{}", flow.ask(&pattern)?)?;
    }
    Ok(())
}

/// The journey of a flight, learned from all of them.
pub(crate) fn learned() -> Result<Flow, Box<dyn Error>> {
    let mut tally = Tally::default();
    for (line, row) in (1..).zip(TABLE.lines()).skip(1) {
        record(&mut tally, line, row)?;
    }
    let options = LearnOptions::new()
        .name("A flight out of New York")
        .other_phases(Phase::During);
    Ok(tally.learn(&options)?.journey.flow()?)
}

fn record(tally: &mut Tally, line: usize, row: &str) -> Result<(), Box<dyn Error>> {
    let fields: Vec<&str> = row.split(',').collect();
    let &[_day, origin, _carrier, departure, arrival] = fields.as_slice() else {
        return Err(format!("line {line}: {} fields instead of 5", fields.len()).into());
    };
    let kept = |delay: i32| if delay < ON_TIME { Kept } else { Broken };
    let flight = line.to_string();
    let leaves = EventRef::new(&flight, "departure").channel(origin);
    let Ok(late) = departure.parse() else {
        tally.record(leaves.promise(Broken).outcome("cancelled"))?;
        return Ok(());
    };
    tally.record(leaves.promise(kept(late)))?;
    // A map remembers only where a journey is: flights that left late are a touchpoint of their own.
    let flies = if late < ON_TIME {
        "flight"
    } else {
        "late flight"
    };
    let flies = EventRef::new(&flight, flies);
    tally.record(match arrival.parse::<i32>() {
        Err(_) => flies.outcome("not on record"),
        Ok(delay) => flies.outcome(if delay < ON_TIME { "on time" } else { "late" }),
    })?;
    Ok(())
}
