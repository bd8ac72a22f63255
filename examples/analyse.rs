//! Reads a journey document and prints its report document.
//!
//! ```text
//! cargo run --release --example analyse -- examples/data/delayed-flight.json
//! cargo run --release --example analyse -- - < examples/data/delayed-flight.json
//! ```
//!
//! Exit status: 0 with the report on standard output; 1 with every problem of the document on standard error; 2 if
//! it is called the wrong way.

use std::error::Error;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;
use std::{env, fs};

use customer_journey::{Journey, Report};

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [file] = arguments.as_slice() else {
        eprintln!("usage: analyse FILE.json    (a journey document; - reads standard input)");
        return ExitCode::from(2);
    };
    let (name, text) = if file == "-" {
        ("standard input".into(), io::read_to_string(io::stdin()))
    } else {
        (file.to_string_lossy(), fs::read_to_string(file))
    };
    let report = text.map_err(Box::from).and_then(|text| analyse(&text));
    let printed = report.and_then(|report| print(&report));
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn analyse(document: &str) -> Result<Report, Box<dyn Error>> {
    // Some editors put a byte order mark first, which is no JSON.
    let document = document.trim_start_matches('\u{feff}');
    let journey: Journey = serde_json::from_str(document)?;
    Ok(journey.flow()?.report())
}

fn print(report: &Report) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = serde_json::to_writer_pretty(&mut out, report)
        .map_err(io::Error::from)
        .and_then(|()| writeln!(out))
        .and_then(|()| out.flush());
    match printed {
        // The reader has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
}
