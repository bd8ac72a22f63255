//! Our side of the comparison with other tools: see `benches/peers/README.md`.
//!
//! `peer_flow --document FILE [--repeat N]` reads a journey document, then makes its flow and asks
//! it for outcomes, visits and reach, N times over. It prints one line of JSON: the seconds of each
//! repetition and the probability of churn. Without a document, as in a plain `cargo bench`, it
//! does nothing.
#![expect(
    clippy::print_stdout,
    reason = "the result goes to the script that compares"
)]

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use customer_journey::{Journey, Outcome};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = option("--document") else {
        return Ok(());
    };
    let repeat: usize = option("--repeat").map_or(Ok(9), |n| n.parse())?;
    let journey: Journey = serde_json::from_str(&fs::read_to_string(path)?)?;

    let mut seconds = Vec::with_capacity(repeat);
    let mut churn = f64::NAN;
    for _ in 0..repeat {
        let start = Instant::now();
        churn = ask(black_box(&journey))?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    println!(
        "{}",
        serde_json::json!({ "seconds": seconds, "churn": churn })
    );
    Ok(())
}

/// What is timed: from the journey to the answers, and letting go of both, as the peers do.
fn ask(journey: &Journey) -> Result<f64, Box<dyn Error>> {
    let flow = journey.flow()?;
    for traffic in flow.traffic() {
        black_box((traffic.visits, traffic.reach));
    }
    let outcomes = black_box(flow.outcomes());
    let churn = outcomes
        .iter()
        .find(|share| share.outcome == Outcome::Churn);
    Ok(churn.map_or(0.0, |share| share.probability))
}

/// The argument after `name`; `cargo bench` adds arguments of its own, which are ignored.
fn option(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}
