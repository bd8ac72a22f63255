//! `journey learn` under a name of its own: learns a journey from a table of events and prints its journey document.
//!
//! ```text
//! cargo run --release --example learn -- EVENTS.csv --scale 1..5 --phase during
//! cargo run --release --example learn -- - --case customer --time-unit ms < EVENTS.csv
//! ```

#[path = "journey/main.rs"]
#[expect(dead_code, reason = "the program's own `main` is not called here")]
mod journey;

fn main() -> std::process::ExitCode {
    let mut words = std::env::args_os();
    let program = words.next().unwrap_or_default();
    journey::run([program, "learn".into()].into_iter().chain(words))
}
