//! A passenger's journey in the week of a snowstorm: promises counted from a table of real flights, feelings
//! assumed, the two kept apart.
//!
//! ```text
//! cargo run --release --example delayed_flight
//! ```
//!
//! It prints what it finds, and writes the map as a picture and the whole report as a page into `target/`. `flights.rs` reads the table and counts,
//! `map.rs` draws the journey around the counts, and this file asks.

mod flights;
mod map;

use std::error::Error;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use customer_journey::{Evidence, Flow, Outcome, Report};
use flights::{Arrivals, Counts, Flight};

/// Where map and report go, seen from where the example is run.
const FOLDER: &str = "target";

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
    let flights = flights::read()?;
    let (storm, quiet): (Vec<Flight>, Vec<Flight>) =
        flights.iter().partition(|flight| flights::is_storm(flight));
    let storm = Days::new("Out of New York, 8 to 11 February 2013", &storm)?;
    let quiet = Days::new("Out of New York, ten quieter days", &quiet)?;

    writeln!(
        out,
        "A snowstorm week: promises counted, feelings assumed.\n"
    )?;
    writeln!(out, "{}", storm.report)?;
    heading(
        out,
        "The storm days beside the ten other days, 4 to 17 February",
    )?;
    contrast(out, &quiet, &storm)?;
    heading(out, "What is counted and what is assumed")?;
    account(out, &quiet, &storm)?;
    fs::create_dir_all(FOLDER)?;
    let picture = Path::new(FOLDER).join("delayed-flight.svg");
    fs::write(&picture, map::picture(&storm.flow))?;
    let page = Path::new(FOLDER).join("delayed-flight.html");
    fs::write(&page, storm.flow.html().to_string())?;
    writeln!(
        out,
        "\nThe map of the storm days is in {},\ntheir whole report, to open in a browser and to print, in {}",
        picture.display(),
        page.display()
    )?;
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{text}\n{}", "═".repeat(text.chars().count()))
}

/// Some days of the table, and the journey of their passengers.
struct Days {
    counts: Counts,
    flow: Flow,
    report: Report,
}

impl Days {
    fn new(name: &str, flights: &[Flight]) -> Result<Self, customer_journey::Error> {
        let counts = Counts::of(flights);
        let flow = map::draw(name, &counts)?.flow()?;
        let report = flow.report();
        Ok(Self {
            counts,
            flow,
            report,
        })
    }
}

/// What to compare, and how it stands on these days.
fn figures(days: &Days) -> [(&'static str, String); 17] {
    let Days {
        counts,
        flow,
        report,
    } = days;
    let feelings = &report.trajectory;
    let hurt: f64 = report
        .touchpoints
        .iter()
        .filter_map(|place| place.hurt)
        .sum();
    let asking: f64 = report.channels.needs.iter().map(|need| need.exposure).sum();
    let header = String::new;
    [
        ("Counted: flights", grouped(counts.flights())),
        (
            "  left on time",
            of(counts.left_on_time.all(), counts.flights()),
        ),
        ("  left late", of(counts.left_late.all(), counts.flights())),
        ("  cancelled", of(counts.cancelled, counts.flights())),
        (
            "  mean delay of the late ones",
            format!("{:.0} minutes", counts.mean_minutes_late()),
        ),
        ("Counted: arrived on time", header()),
        ("  having left on time", arrived(counts.left_on_time)),
        ("  having left late", arrived(counts.left_late)),
        ("Computed: feelings, -1 to 1", header()),
        ("  mean of a journey", feeling(feelings.mean)),
        ("  at its end", feeling(feelings.end)),
        ("  at its worst moment", feeling(feelings.worst.mean)),
        ("  hurt, its bad moments added", format!("{hurt:.2}")),
        (
            "Computed: lost as customers",
            percent(flow.probability(&Outcome::Churn)),
        ),
        ("Computed: delay information", header()),
        ("  answers to one passenger", format!("{asking:.2}")),
        (
            "  how they differ, 0 to 1",
            known(report.channels.inconsistency),
        ),
    ]
}

fn contrast(out: &mut impl Write, quiet: &Days, storm: &Days) -> io::Result<()> {
    let mut row = |what: &str, quiet: &str, storm: &str| {
        let line = format!("{what:<32}{quiet:>24}{storm:>24}");
        writeln!(out, "{}", line.trim_end())
    };
    row("", "ten other days", "four storm days")?;
    for ((what, quiet), (_, storm)) in figures(quiet).iter().zip(&figures(storm)) {
        row(what, quiet, storm)?;
    }
    Ok(())
}

fn account(out: &mut impl Write, quiet: &Days, storm: &Days) -> io::Result<()> {
    let counted = |days: &Days| {
        let grades = days.report.evidence.iter();
        let observed = grades.filter(|grade| grade.evidence == Evidence::Observed);
        percent(observed.map(|grade| grade.share).sum())
    };
    let journey = storm.flow.journey();
    writeln!(
        out,
        "Counted, of {} touchpoints:",
        journey.touchpoints().len()
    )?;
    for touchpoint in journey.touchpoints() {
        if touchpoint.evidence == Evidence::Observed {
            writeln!(out, "  - {}", touchpoint.label())?;
        }
    }
    writeln!(
        out,
        "They hold {} of a passenger's moments on storm days, {} on the others.",
        counted(storm),
        counted(quiet),
    )?;
    out.write_all(ASSUMED.as_bytes())
}

const ASSUMED: &str = "
Assumed: every feeling, also at the touchpoints that are counted; who asks where
and what each channel says; what passengers do afterwards, and how long they
wait for a new seat or a reply; that those whose arrival is not on record go on
like the rest. Both columns assume the same, so it is the counts that make them
differ; how far, and how high the computed figures are, rests on both. That
answers differ as much on quiet days as in a storm is assumed, not found: what
changes is how many have to ask.

The table counts flights and not passengers, a full flight as much as an empty
one. It does not say when a flight was cancelled, nor how its passengers
travelled in the end. Not all of 11 February, which had rain and fog, is the
storm's doing.
";

fn of(part: u32, whole: u32) -> String {
    let share = f64::from(part) / f64::from(whole);
    format!(
        "{} of {} {:>7}",
        grouped(part),
        grouped(whole),
        percent(share)
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// The flights of which nobody knows how they arrived are left out.
fn arrived(arrivals: Arrivals) -> String {
    of(arrivals.on_time, arrivals.on_time + arrivals.late)
}

/// 12345 as 12,345.
fn grouped(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}

fn feeling(valence: Option<f64>) -> String {
    valence.map_or_else(unknown, |valence| format!("{valence:+.2}"))
}

fn known(figure: Option<f64>) -> String {
    figure.map_or_else(unknown, |figure| format!("{figure:.2}"))
}

fn unknown() -> String {
    "not known".to_owned()
}

/// Whether the reader has had enough, as `head` does.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
