//! Turns a journey into another format: from a journey document, Mermaid text or CJML, into a document or a drawing.
//!
//! ```text
//! cargo run --release --example convert -- --to flowchart examples/data/delayed-flight.json
//! cargo run --release --example convert -- --from mermaid --phase during - < my-day.mmd
//! ```
//!
//! Exit status: 0 with the result on standard output, and what it can not show on standard error; 1 with every
//! problem of the journey on standard error; 2 if it is called the wrong way.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::{env, fs};

#[cfg(feature = "cjml")]
use customer_journey::CjmlOptions;
use customer_journey::{
    JOURNEY_SCHEMA, Journey, MermaidActors, MermaidOptions, MermaidStyle, MissingScore,
    PainOptions, Phase, REPORT_SCHEMA,
};

const USAGE: &str = "\
usage: convert [--from FORMAT] [--to FORMAT] [OPTIONS] FILE    (- reads standard input)
       convert --to journey-schema | report-schema

  --from  document (unless stated), mermaid, cjml
  --to    document (unless stated), mermaid, flowchart, dot, vega-lite, cjml

  --phase before|during|after  of sections whose name does not say it (mermaid, cjml)
  --lenient                    reads what was probably meant (from mermaid)
  --actors-are-channels        takes and draws actors as channels (mermaid)
  --plain                      writes the drawing without the lines that keep the rest (to mermaid)
  cjml needs the feature cjml: cargo run --features cjml --example convert -- ...";

/// What the command line asks for.
#[derive(Default)]
struct Order {
    from: Option<String>,
    to: Option<String>,
    phase: Option<Phase>,
    lenient: bool,
    channels: bool,
    plain: bool,
    file: Option<String>,
}

/// The result, and what is to be said about it.
struct Converted {
    text: String,
    notes: Vec<String>,
}

fn main() -> ExitCode {
    let order = match order() {
        Ok(order) => order,
        Err(slip) => {
            eprintln!("{slip}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let schema = match order.to.as_deref() {
        Some("journey-schema") => Some(JOURNEY_SCHEMA),
        Some("report-schema") => Some(REPORT_SCHEMA),
        _ => None,
    };
    if let Some(schema) = schema {
        return finish("the schema", print(schema));
    }
    let Some(file) = &order.file else {
        eprintln!("no file is named\n{USAGE}");
        return ExitCode::from(2);
    };
    let (name, text) = if file == "-" {
        ("standard input", io::read_to_string(io::stdin()))
    } else {
        (file.as_str(), fs::read_to_string(file))
    };
    let converted = text
        .map_err(Box::from)
        .and_then(|text| convert(&text, &order));
    let printed = converted.and_then(|converted| {
        for note in &converted.notes {
            eprintln!("{name}: {note}");
        }
        print(&converted.text)
    });
    finish(name, printed)
}

fn finish(name: &str, printed: Result<(), Box<dyn Error>>) -> ExitCode {
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn order() -> Result<Order, String> {
    let mut order = Order::default();
    let mut words = env::args_os().skip(1);
    while let Some(word) = words.next() {
        let word = word
            .into_string()
            .map_err(|word| format!("{} is no text", word.display()))?;
        let mut value = || {
            let value = words.next().and_then(|value| value.into_string().ok());
            value.ok_or(format!("{word} needs a value"))
        };
        match word.as_str() {
            "--from" => order.from = Some(value()?),
            "--to" => order.to = Some(value()?),
            "--phase" => {
                let phase = value()?.parse::<Phase>();
                order.phase = Some(phase.map_err(|error| error.to_string())?);
            }
            "--lenient" => order.lenient = true,
            "--actors-are-channels" => order.channels = true,
            "--plain" => order.plain = true,
            option if option.starts_with("--") => return Err(format!("{option} is no option")),
            _ if order.file.is_some() => return Err("more than one file is named".to_owned()),
            _ => order.file = Some(word),
        }
    }
    let known = |format: &Option<String>, known: &[&str]| match format {
        Some(format) if !known.contains(&format.as_str()) => {
            Err(format!("{format:?} is no format here"))
        }
        _ => Ok(()),
    };
    let from = ["document", "mermaid", "cjml"];
    let to = [
        "document",
        "mermaid",
        "flowchart",
        "dot",
        "vega-lite",
        "cjml",
        "journey-schema",
        "report-schema",
    ];
    known(&order.from, &from)?;
    known(&order.to, &to)?;
    Ok(order)
}

fn convert(text: &str, order: &Order) -> Result<Converted, Box<dyn Error>> {
    let mut notes = Vec::new();
    let journey = match order.from.as_deref().unwrap_or("document") {
        "mermaid" => {
            let mut options = MermaidOptions::new();
            if order.lenient {
                options = options.lenient();
            }
            if order.channels {
                options = options.actors(MermaidActors::Channels);
            }
            if let Some(phase) = order.phase {
                options = options.other_phases(phase);
            }
            let read = Journey::from_mermaid(text, &options)?;
            notes.extend(read.notes.iter().map(ToString::to_string));
            read.journey
        }
        "cjml" => from_cjml(text, order, &mut notes)?,
        // Some editors put a byte order mark first, which is no JSON.
        _ => serde_json::from_str(text.trim_start_matches('\u{feff}'))?,
    };
    let text = match order.to.as_deref().unwrap_or("document") {
        "mermaid" => {
            let mut style = MermaidStyle::new(MissingScore::Skip);
            if order.plain {
                style = style.without_details();
            }
            if order.channels {
                style = style.channels_as_actors();
            }
            let drawn = journey.to_mermaid(style)?;
            let what = drawn.not_drawn.iter();
            notes.extend(what.map(|loss| format!("not drawn: {loss}")));
            drawn.text
        }
        // A draft that has no flow yet is drawn without its pains.
        "flowchart" => {
            let pains = pains(&journey);
            journey.flowchart().pains(&pains).to_string()
        }
        "dot" => {
            let pains = pains(&journey);
            journey.dot().pains(&pains).to_string()
        }
        "vega-lite" => journey.vega_lite().to_string(),
        "cjml" => to_cjml(&journey, &mut notes)?,
        _ => serde_json::to_string_pretty(&journey)?,
    };
    Ok(Converted { text, notes })
}

fn pains(journey: &Journey) -> Vec<customer_journey::PainPoint> {
    let flow = journey.flow();
    flow.map_or_else(|_| Vec::new(), |flow| flow.pain_points(&PainOptions::new()))
}

#[cfg(feature = "cjml")]
fn from_cjml(
    text: &str,
    order: &Order,
    notes: &mut Vec<String>,
) -> Result<Journey, Box<dyn Error>> {
    let mut options = CjmlOptions::new();
    if let Some(phase) = order.phase {
        options = options.other_phases(phase);
    }
    let read = Journey::from_cjml(text, &options)?;
    notes.extend(read.notes.iter().map(ToString::to_string));
    let mut journeys = read.journeys.into_iter();
    let first = journeys.next().ok_or("there is no journey")?;
    notes.extend(journeys.map(|other| {
        format!(
            "only the first journey is converted; {:?} is left out",
            other.name()
        )
    }));
    Ok(first)
}

#[cfg(feature = "cjml")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it can fail")]
fn to_cjml(journey: &Journey, notes: &mut Vec<String>) -> Result<String, Box<dyn Error>> {
    let written = journey.to_cjml();
    let what = written.lost.iter();
    notes.extend(what.map(|loss| format!("not written: {loss}")));
    Ok(written.text)
}

#[cfg(not(feature = "cjml"))]
const NO_CJML: &str = "CJML needs the feature cjml: cargo run --features cjml --example convert";

#[cfg(not(feature = "cjml"))]
fn from_cjml(_: &str, _: &Order, _: &mut Vec<String>) -> Result<Journey, Box<dyn Error>> {
    Err(NO_CJML.into())
}

#[cfg(not(feature = "cjml"))]
fn to_cjml(_: &Journey, _: &mut Vec<String>) -> Result<String, Box<dyn Error>> {
    Err(NO_CJML.into())
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let printed = out
        .write_all(text.trim_end().as_bytes())
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush());
    match printed {
        // The reader has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
}
