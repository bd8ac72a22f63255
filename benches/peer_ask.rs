//! Our side of the comparison of patterns with Storm: see `benches/peers/README.md`.
//!
//! `peer_ask --document FILE --pattern PATTERN [--repeat N]` reads a journey document, then makes its flow and asks it the
//! pattern, N times over. It prints one line of JSON: the seconds of each repetition with all figures of the answer, with
//! the probability alone, and that probability. Without a document, as in a plain `cargo bench`, it does nothing.
#![expect(
    clippy::print_stdout,
    reason = "the result goes to the script that compares"
)]

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use customer_journey::analysis::AskError;
use customer_journey::{Flow, Journey, Pattern};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = option("--document") else {
        return Ok(());
    };
    let pattern: Pattern = option("--pattern").unwrap_or_default().parse()?;
    let repeat: usize = option("--repeat").map_or(Ok(9), |n| n.parse())?;
    let journey: Journey = serde_json::from_str(&fs::read_to_string(path)?)?;

    let (mut seconds, mut alone) = (Vec::new(), Vec::new());
    let mut probability = f64::NAN;
    for _ in 0..repeat {
        let (all, took) = timed(&journey, |flow| Ok(flow.ask(&pattern)?.probability))?;
        seconds.push(took);
        let (share, took) = timed(&journey, |flow| flow.share_matching(&pattern))?;
        alone.push(took);
        if (all - share).abs() > 1e-12 * share {
            return Err(format!("{all} and {share} are answers to the same question").into());
        }
        probability = share;
    }
    println!(
        "{}",
        serde_json::json!({ "seconds": seconds, "alone_seconds": alone, "probability": probability })
    );
    Ok(())
}

/// From the journey to the answer, and letting go of both, as the peer does.
fn timed(
    journey: &Journey,
    ask: impl Fn(&Flow) -> Result<f64, AskError>,
) -> Result<(f64, f64), Box<dyn Error>> {
    let start = Instant::now();
    let answer = {
        let flow = black_box(journey).flow()?;
        black_box(ask(&flow)?)
    };
    Ok((answer, start.elapsed().as_secs_f64()))
}

/// The argument after `name`; `cargo bench` adds arguments of its own, which are ignored.
fn option(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}
