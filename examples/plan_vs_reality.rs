//! A plan and what became of it: how a boiler is meant to be replaced, and the journeys of 400 customers.
//!
//! ```text
//! cargo run --example plan_vs_reality
//! ```
//!
//! Prints who follows the plan, where the others leave it, and what differs, and writes both pictures to `target`.

#![expect(
    clippy::print_stdout,
    clippy::type_complexity,
    reason = "an example prints, and keeps its figures in plain tuples"
)]

use std::error::Error;
use std::fs;

use customer_journey::compare::Side;
use customer_journey::journey::JourneyKind;
use customer_journey::{
    Channel, EventLog, EventRef, Feeling, Journey, LearnOptions, Outcome, Phase, PromiseResult,
    Touchpoint,
};

/// The journey as it is meant to go, drawn in a workshop.
fn plan() -> Result<Journey, customer_journey::Error> {
    let at = |id: &str, phase, channel| Touchpoint::new(id, phase, channel);
    let journey = Journey::builder("A new boiler")
        .kind(JourneyKind::Planned)
        .touchpoint(at("request", Phase::Before, Channel::Web).feels(Feeling::Hope))
        .touchpoint(
            at("visit", Phase::Before, Channel::Store)
                .feels(0.5)
                .intended(0.4),
        )
        .touchpoint(
            at("offer", Phase::Before, Channel::Email)
                .feels(0.4)
                .makes("one day"),
        )
        .touchpoint(
            at("installation", Phase::During, Channel::Store)
                .feels(0.6)
                .intended(0.3),
        )
        .touchpoint(
            at("invoice", Phase::After, Channel::Email)
                .feels(0.2)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("request", "visit", 1.0)
        .transition("visit", "offer", 1.0)
        .transition("offer", "installation", 1.0)
        .transition("installation", "invoice", 1.0)
        .build()?;
    Ok(journey)
}

/// What happened: how many customers went which way, with their feelings on a scale from -1 to 1.
const HAPPENED: [(usize, &[(&str, f64)], &str); 6] = [
    (
        188,
        &[
            ("request", 0.5),
            ("visit", 0.5),
            ("offer", 0.3),
            ("installation", 0.6),
            ("invoice", 0.1),
        ],
        "loyalty",
    ),
    // Nobody came: the customer calls, and is visited at last.
    (
        64,
        &[
            ("request", 0.4),
            ("call", -0.5),
            ("visit", 0.1),
            ("offer", 0.2),
            ("installation", 0.5),
            ("invoice", 0.0),
        ],
        "loyalty",
    ),
    // The offer was made without a visit, and was wrong.
    (
        52,
        &[
            ("request", 0.5),
            ("offer", 0.1),
            ("visit", -0.2),
            ("offer", 0.0),
            ("installation", 0.3),
            ("invoice", -0.2),
        ],
        "loyalty",
    ),
    // The installation takes two days.
    (
        40,
        &[
            ("request", 0.5),
            ("visit", 0.4),
            ("offer", 0.3),
            ("installation", -0.4),
            ("installation", -0.1),
            ("invoice", -0.3),
        ],
        "loyalty",
    ),
    (
        36,
        &[("request", 0.3), ("visit", 0.3), ("offer", -0.4)],
        "churn",
    ),
    (20, &[("request", 0.2), ("call", -0.6)], "churn"),
];

fn log() -> Result<EventLog, Box<dyn Error>> {
    let mut log = EventLog::default();
    let mut customers = 0;
    for (many, moments, outcome) in HAPPENED {
        for nth in 0..many {
            customers += 1;
            let name = format!("customer {customers}");
            for (place, &(id, felt)) in moments.iter().enumerate() {
                // No two people feel the same.
                let felt = felt + [-0.2, -0.1, 0.0, 0.1, 0.2][(nth + place) % 5];
                let (phase, channel) = match id {
                    "request" => (Phase::Before, "web"),
                    "visit" => (Phase::Before, "store"),
                    "installation" => (Phase::During, "store"),
                    "invoice" => (Phase::After, "email"),
                    "call" => (Phase::Before, "phone"),
                    _ => (Phase::Before, "email"),
                };
                let mut event = EventRef::new(&name, id)
                    .channel(channel)
                    .phase(phase)
                    .emotion(felt);
                let twice = moments.iter().filter(|(other, _)| *other == id).count() > 1;
                if id == "installation" {
                    let result = if twice {
                        PromiseResult::Broken
                    } else {
                        PromiseResult::Kept
                    };
                    event = event.promise(result).promise_name("one day");
                }
                if place + 1 == moments.len() {
                    event = event.outcome(outcome);
                }
                log.record(event)?;
            }
        }
    }
    Ok(log)
}

fn main() -> Result<(), Box<dyn Error>> {
    let plan = plan()?;
    // The plan's touchpoints keep their ids; what happens beside them is added.
    let options = LearnOptions::new().onto(&plan);
    let planned = Side::of_flow("planned", &plan.flow()?);
    let experienced = Side::of_log("experienced", &log()?, &options)?;
    let comparison = planned.compare(&experienced);
    println!("{comparison}");

    let follows = comparison.plan.as_ref().map(|plan| plan.follows);
    assert_eq!(follows, Some(0.47));
    fs::create_dir_all("target")?;
    fs::write(
        "target/plan-vs-reality-curves.svg",
        comparison.svg().to_string(),
    )?;
    if let Some(picture) = comparison.plan_svg() {
        fs::write("target/plan-vs-reality.svg", picture.to_string())?;
        println!("\nThe pictures: target/plan-vs-reality.svg, target/plan-vs-reality-curves.svg");
    }
    Ok(())
}
