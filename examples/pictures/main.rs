//! Draws the maps of the examples, and of journeys that are hard to draw, into a folder, with the report of each.
//!
//! ```text
//! cargo run --release --example pictures -- target/pictures
//! cargo run --release --example pictures -- target/pictures my-journey.json
//! ```
//!
//! Every journey is drawn as overview, for the workshop, for print, for a phone, as a chart of its trajectory, step by step and with
//! its fixes as bars; and its whole report is a page of HTML. Then come journeys beside each other.

mod beside;
#[path = "../broken_promise.rs"]
#[expect(dead_code, reason = "the journey is drawn, and not analysed")]
mod broken_promise;
#[path = "../budget.rs"]
#[expect(dead_code, reason = "the journey is drawn, and nothing is bought")]
mod budget;
#[path = "../delayed_flight/flights.rs"]
#[expect(dead_code, reason = "the map needs a part of the counts")]
mod flights;
#[path = "../graph_algorithms.rs"]
#[expect(dead_code, reason = "the journey is drawn, and not explored")]
mod graph_algorithms;
mod hard;
#[path = "../delayed_flight/map.rs"]
mod map;
#[path = "../workshop.rs"]
#[expect(dead_code, reason = "the journey is drawn, and not analysed")]
mod workshop;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use customer_journey::render::Preset;
use customer_journey::{Goal, Journey, Outcome};
use flights::{Counts, Flight};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: pictures FOLDER [JOURNEY.json...]");
        return ExitCode::from(2);
    };
    match draw_all(Path::new(&folder), arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn draw_all(folder: &Path, documents: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let flights = flights::read()?;
    let storm: Vec<Flight> = flights.into_iter().filter(flights::is_storm).collect();
    let storm = map::draw(
        "Out of New York, 8 to 11 February 2013",
        &Counts::of(&storm),
    )?;
    draw(folder, "storm", &storm)?;
    draw_for(
        folder,
        "flights",
        &broken_promise::learned()?,
        "late".into(),
    )?;
    draw(folder, "kitchen", &budget::kitchen()?)?;
    fs::write(folder.join("readme.svg"), map::picture(&storm.flow()?))?;
    draw(folder, "workshop", &workshop::draw()?)?;
    draw(folder, "parcel", &graph_algorithms::parcel()?)?;
    for (name, journey) in hard::journeys()? {
        draw(folder, name, &journey)?;
    }
    beside::draw(folder)?;
    for document in ["examples/data/delayed-flight.json".to_owned()]
        .into_iter()
        .chain(documents)
    {
        let path = Path::new(&document);
        let name = path.file_stem().and_then(|name| name.to_str());
        let text = fs::read_to_string(path).map_err(|error| format!("{document}: {error}"))?;
        let journey: Journey =
            serde_json::from_str(&text).map_err(|error| format!("{document}: {error}"))?;
        draw(folder, name.unwrap_or("journey"), &journey)?;
    }
    Ok(())
}

fn draw(folder: &Path, name: &str, journey: &Journey) -> Result<(), Box<dyn Error>> {
    draw_for(folder, name, journey, Outcome::Churn)
}

/// Draws a journey whose ending to be avoided is another than churn.
fn draw_for(
    folder: &Path,
    name: &str,
    journey: &Journey,
    outcome: Outcome,
) -> Result<(), Box<dyn Error>> {
    let flow = journey.flow()?;
    let page = flow.html().outcome(outcome.clone());
    fs::write(folder.join(format!("{name}.html")), page.to_string())?;
    let (hurt, ending) = (
        flow.fixes(&Goal::ReduceHurt),
        flow.fixes(&Goal::Reduce(outcome)),
    );
    let trajectory = flow.trajectory();
    let steps = flow.steps(8);
    let map = || flow.svg();
    let chart = || trajectory.svg();
    for (kind, picture) in [
        ("overview", map()),
        ("workshop", map().preset(Preset::Workshop)),
        ("print", map().preset(Preset::Print).width(1040)),
        ("phone", map().width(390)),
        ("phone-workshop", map().preset(Preset::Workshop).width(390)),
        ("chart", chart()),
        ("phone-chart", chart().width(390)),
        ("print-chart", chart().preset(Preset::Print)),
        ("steps", steps.svg()),
        ("phone-steps", steps.svg().width(390)),
        ("fixes", ending.svg()),
        ("phone-fixes", ending.svg().width(390)),
        ("hurt", hurt.svg().preset(Preset::Print).limit(40)),
    ] {
        let name = format!("{name}-{kind}");
        let picture = picture.id_prefix(&format!("map-{name}"));
        fs::write(folder.join(format!("{name}.svg")), picture.to_string())?;
    }
    Ok(())
}
