//! Our side of the comparison of fixes with other tools: see `benches/peers/README.md`.
//!
//! `peer_fixes --document FILE [--repeat N]` reads a journey document, makes its flow, and asks it for the exact effect of
//! every single fix, N times over. It prints one line of JSON: the seconds of each repetition for the flow alone and for
//! the fixes alone, and the change of churn that listed fixes of feelings bring about, for a check. Without a document, as
//! in a plain `cargo bench`, it does nothing.
#![expect(
    clippy::print_stdout,
    reason = "the result goes to the script that compares"
)]

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use customer_journey::{FixKind, Journey, Outcome};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = option("--document") else {
        return Ok(());
    };
    let repeat: usize = option("--repeat").map_or(Ok(9), |n| n.parse())?;
    let journey: Journey = serde_json::from_str(&fs::read_to_string(path)?)?;

    let (mut flow_seconds, mut fixes_seconds) = (Vec::new(), Vec::new());
    let mut churn = Vec::new();
    for _ in 0..repeat {
        let start = Instant::now();
        let flow = black_box(&journey).flow()?;
        flow_seconds.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let fixes = black_box(&flow).single_fixes(&[FixKind::KeepPromise]);
        fixes_seconds.push(start.elapsed().as_secs_f64());
        churn = fixes
            .iter()
            .map(|fix| {
                fix.effect
                    .as_ref()
                    .map(|effect| effect.change_of(&Outcome::Churn))
            })
            .collect();
    }
    println!(
        "{}",
        serde_json::json!({ "flow_seconds": flow_seconds, "seconds": fixes_seconds, "churn": churn })
    );
    Ok(())
}

/// The argument after `name`; `cargo bench` adds arguments of its own, which are ignored.
fn option(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}
