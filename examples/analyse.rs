//! `journey analyse` under a name of its own: reads a journey document and prints its report document.
//!
//! ```text
//! cargo run --release --example analyse -- examples/data/delayed-flight.json
//! cargo run --release --example analyse -- - < examples/data/delayed-flight.json
//! ```

#[path = "journey/main.rs"]
#[expect(dead_code, reason = "the program's own `main` is not called here")]
mod journey;

fn main() -> std::process::ExitCode {
    let mut words = std::env::args_os();
    let program = words.next().unwrap_or_default();
    journey::run([program, "analyse".into()].into_iter().chain(words))
}
