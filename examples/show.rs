//! Shows a journey to people: as a page for the browser, as text, as a picture, as a table for a spreadsheet.
//!
//! ```text
//! cargo run --release --example show -- examples/data/delayed-flight.json > target/delayed-flight.html
//! cargo run --release --example show -- --as map --preset workshop examples/data/delayed-flight.json > target/map.svg
//! cargo run --release --example show -- --table pain_points examples/data/delayed-flight.json > target/pains.csv
//! ```
//!
//! Exit status: 0 with the result on standard output; 1 with every problem of the journey on standard error; 2 if it
//! is called the wrong way.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::{env, fs};

use customer_journey::{Goal, Journey, Outcome, Preset, Table, UnknownWord};

const USAGE: &str = "\
usage: show [--as FORM | --table TABLE] [--preset PRESET] [--outcome OUTCOME] FILE    (a journey document; - reads standard input)

  --as page       the whole report with its pictures, for a browser or a printer (unless stated)
       text       the report for a terminal
       markdown   the report for a wiki or a pull request
       map        the journey map as a picture (SVG)
       curve      feelings before, during and after as a picture (SVG)
       fixes      what each single fix changes, as a picture (SVG)
  --table         one table as comma-separated values:";

const USAGE_END: &str = "
  --preset overview | workshop | print  how the map is drawn (overview unless stated)
  --outcome OUTCOME  the ending that should become rarer (churn unless stated)";

/// What the command line asks for.
struct Order {
    form: Form,
    preset: Preset,
    outcome: Outcome,
    file: String,
}

#[derive(Clone, Copy)]
enum Form {
    Page,
    Text,
    Markdown,
    Map,
    Curve,
    Fixes,
    Table(Table),
}

fn main() -> ExitCode {
    let order = match order() {
        Ok(order) => order,
        Err(slip) => {
            eprintln!("{slip}\n{}", usage());
            return ExitCode::from(2);
        }
    };
    let (name, document) = if order.file == "-" {
        ("standard input", io::read_to_string(io::stdin()))
    } else {
        (order.file.as_str(), fs::read_to_string(&order.file))
    };
    let shown = document
        .map_err(Box::from)
        .and_then(|document| show(&document, &order));
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn show(document: &str, order: &Order) -> Result<(), Box<dyn Error>> {
    // Some editors put a byte order mark first, which is no JSON.
    let journey: Journey = serde_json::from_str(document.trim_start_matches('\u{feff}'))?;
    let flow = journey.flow()?;
    let (preset, outcome) = (order.preset, &order.outcome);
    match order.form {
        Form::Page => print(flow.html().preset(preset).outcome(outcome.clone())),
        Form::Text => print(flow.report()),
        Form::Markdown => print(flow.report().markdown()),
        Form::Map => print(flow.svg().preset(preset).outcome(outcome.clone())),
        Form::Curve => print(flow.trajectory().svg().preset(preset)),
        Form::Fixes => print(
            flow.fixes(&Goal::Reduce(outcome.clone()))
                .svg()
                .preset(preset),
        ),
        Form::Table(table) => print(flow.report().csv(table)),
    }
}

fn print(shown: impl Display) -> Result<(), Box<dyn Error>> {
    let text = shown.to_string();
    let mut out = io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| {
        let ended = text.ends_with('\n');
        out.write_all(if ended { b"" } else { b"\n" })?;
        out.flush()
    });
    match printed {
        // The reader has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
}

fn order() -> Result<Order, String> {
    let (mut form, mut preset, mut outcome, mut file) =
        (Form::Page, Preset::default(), Outcome::Churn, None);
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
            "--as" => form = form_of(&value()?)?,
            "--table" => form = Form::Table(value()?.parse().map_err(|unknown| told(&unknown))?),
            "--preset" => preset = value()?.parse().map_err(|unknown| told(&unknown))?,
            "--outcome" => outcome = Outcome::from(value()?),
            option if option.starts_with("--") => return Err(format!("{option} is no option")),
            _ if file.is_some() => return Err("more than one file is named".to_owned()),
            _ => file = Some(word),
        }
    }
    let file = file.ok_or("no file is named")?;
    Ok(Order {
        form,
        preset,
        outcome,
        file,
    })
}

fn told(unknown: &UnknownWord) -> String {
    unknown.to_string()
}

fn form_of(word: &str) -> Result<Form, String> {
    Ok(match word {
        "page" => Form::Page,
        "text" => Form::Text,
        "markdown" => Form::Markdown,
        "map" => Form::Map,
        "curve" => Form::Curve,
        "fixes" => Form::Fixes,
        _ => return Err(format!("{word:?} is no form to show a journey in")),
    })
}

/// How to call this program, with the names of all tables.
fn usage() -> String {
    let mut usage = USAGE.to_owned();
    let mut column = usize::MAX;
    for table in Table::ALL {
        let word = table.as_str();
        if column.saturating_add(word.len()) > 100 {
            usage += "\n                 ";
            column = 17;
        }
        usage += " ";
        usage += word;
        column += word.len() + 1;
    }
    usage + USAGE_END
}
