//! What views decide, by hand: every limit at the limit and just beyond it.

mod columns;
mod fixes;
mod graph;
mod map;
#[cfg(feature = "serde")]
mod touchpoint_curve;
mod trajectory;
mod wall;
mod ways;

use super::map::{Column, Detail, JourneyMap};
use crate::flow::Flow;
use crate::journey::{Channel, Journey, JourneyBuilder, Outcome, Phase, Touchpoint};

/// A touchpoint of which only the place is known.
fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

fn journey(drawn: JourneyBuilder) -> Journey {
    match drawn.build() {
        Ok(journey) => journey,
        Err(invalid) => panic!("{invalid}"),
    }
}

fn flow(drawn: JourneyBuilder) -> Flow {
    match journey(drawn).flow() {
        Ok(flow) => flow,
        Err(error) => panic!("{error}"),
    }
}

/// Everything that the map of a drawing shows.
fn whole(drawn: JourneyBuilder) -> JourneyMap {
    JourneyMap::of(&flow(drawn), &Outcome::Churn, Detail::Whole)
}

fn overview(drawn: JourneyBuilder) -> JourneyMap {
    JourneyMap::of(&flow(drawn), &Outcome::Churn, Detail::Overview)
}

/// Touchpoints one after the other, each with its own details.
fn row(touchpoints: impl IntoIterator<Item = Touchpoint>) -> JourneyBuilder {
    let mut drawn = Journey::builder("row");
    let mut last: Option<String> = None;
    for touchpoint in touchpoints {
        let id = touchpoint.id.clone();
        drawn = drawn.touchpoint(touchpoint);
        if let Some(last) = last.replace(id.clone()) {
            drawn = drawn.transition(last, id, 1.0);
        }
    }
    drawn
}

fn column<'m>(map: &'m JourneyMap, label: &str) -> &'m Column {
    let found = map.columns.iter().find(|column| column.label == label);
    found.unwrap_or_else(|| panic!("no column {label}"))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}
