//! An analyst's program: what do late departures cost, which airport should mend them first, and how sure is that?
//!
//! ```text
//! cargo run --release --example broken_promise
//! ```
//!
//! It learns the journey of every flight of two weeks from their records, so that all weights are counts and every figure
//! has an error bar. Only the money is assumed: change the two sums below and run it again.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::{
    Channel, EventRef, FixKind, Flow, Goal, Journey, LearnOptions, Phase, Tally, Touchpoint,
};

/// Every flight planned out of New York from 4 to 17 February 2013; `examples/data/README.md` has the source.
const TABLE: &str = include_str!("data/flights-2013-02.csv");

/// A flight is on time if it is less than so many minutes behind the timetable, as the source has it.
const ON_TIME: i32 = 15;

/// What an ending is worth to the airline, a flight at a time. Assumed, in dollars.
const LATE: f64 = -2_000.0;
const CANCELLED: f64 = -15_000.0;

const AIRPORTS: [(&str, &str); 3] = [("EWR", "Newark"), ("JFK", "Kennedy"), ("LGA", "LaGuardia")];

fn main() -> ExitCode {
    match tell(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tell(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let flow = learned()?.flow()?;

    writeln!(out, "{}", flow.promises())?;
    cost(out, &flow)?;
    let goal = Goal::Reduce("late".into());
    writeln!(out, "\n{}", flow.fixes(&goal))?;
    writeln!(out, "\n{}", flow.error_bars())?;
    Ok(())
}

/// The journey of a flight, learned from all of them.
pub(crate) fn learned() -> Result<Journey, Box<dyn Error>> {
    let mut tally = Tally::default();
    for (line, row) in (1..).zip(TABLE.lines()).skip(1) {
        record(&mut tally, line, row)?;
    }
    let learned = tally.learn(&LearnOptions::new().onto(&plan()?))?;
    Ok(learned.journey)
}

/// Records what happened to one flight, in the order in which it happened.
fn record(tally: &mut Tally, line: usize, row: &str) -> Result<(), Box<dyn Error>> {
    let fields: Vec<&str> = row.split(',').collect();
    let &[_day, origin, _carrier, departure, arrival] = fields.as_slice() else {
        return Err(format!("line {line}: {} fields instead of 5", fields.len()).into());
    };
    let minutes = |field: &str| match field {
        "" => Ok(None),
        number => number
            .parse::<i32>()
            .map(Some)
            .map_err(|_| format!("line {line}: {number:?} is not a number of minutes")),
    };
    let kept = |delay: i32| if delay < ON_TIME { Kept } else { Broken };
    let journey = line.to_string();
    let leaves = EventRef::new(&journey, "departure")
        .channel(origin)
        .promise_name("leave on time");
    let Some(delay) = minutes(departure)? else {
        tally.record(leaves.promise(Broken).outcome("cancelled"))?;
        return Ok(());
    };
    tally.record(leaves.promise(kept(delay)))?;
    // A chain remembers only where it is: flights that left late are a touchpoint of their own.
    let flies = EventRef::new(
        &journey,
        if delay < ON_TIME {
            "flight"
        } else {
            "late flight"
        },
    );
    tally.record(match minutes(arrival)? {
        None => flies.outcome("not on record"),
        Some(delay) => flies
            .promise_name("arrive on time")
            .promise(kept(delay))
            .outcome(if delay < ON_TIME { "on time" } else { "late" }),
    })?;
    Ok(())
}

/// The touchpoints as people call them, and what endings are worth. What is counted is filled in.
fn plan() -> Result<Journey, customer_journey::Invalid> {
    let mut plan = Journey::builder("A flight out of New York")
        .value("late", LATE)
        .value("cancelled", CANCELLED)
        .value("on time", 0.0)
        .currency("USD");
    for (code, name) in AIRPORTS {
        plan = plan.touchpoint(
            Touchpoint::new(format!("departure @ {code}"), Phase::During, code)
                .name("departure")
                .owner(name)
                .need("departure")
                .makes("leave on time"),
        );
    }
    for id in ["flight", "late flight"] {
        plan = plan.touchpoint(Touchpoint::new(id, Phase::After, Channel::from("cabin")));
    }
    plan.build()
}

/// What the broken promise costs: each departure that leaves late or not at all, and all of them together.
fn cost(out: &mut impl Write, flow: &Flow) -> io::Result<()> {
    let money = flow.money();
    let value = money.value.unwrap_or(0.0);
    writeln!(out, "\nWhat it costs\n─────────────")?;
    writeln!(
        out,
        "A flight's ending is worth {value:.0} USD on average (sums assumed, shares counted)."
    )?;
    for fix in flow.single_fixes(&[FixKind::KeepPromise]) {
        let Some(gain) = fix.effect.and_then(|effect| effect.value) else {
            continue;
        };
        writeln!(out, "- {} always on time: {gain:+.0} USD a flight", fix.id)?;
    }
    Ok(())
}

/// Whether the reader has had enough, as `head` does.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
