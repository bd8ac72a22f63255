//! Journeys learned from events: order and ties, emotions, promises, outcomes, folding, plans, refusals.

mod crowds;
mod decisions;
mod feelings;
mod order;
mod tables;
mod tallies;

use customer_journey::journey::JourneyKind;
use customer_journey::{
    EventRef, Evidence, Journey, LearnOptions, Learned, Phase, PromiseResult, Tally,
};

fn tally<'a>(events: impl IntoIterator<Item = EventRef<'a>>) -> Tally {
    let mut tally = Tally::default();
    tally.record_all(events).unwrap();
    tally
}

fn during() -> LearnOptions {
    LearnOptions::new().other_phases(Phase::During)
}

fn learn<'a>(events: impl IntoIterator<Item = EventRef<'a>>) -> Learned {
    tally(events).learn(&during()).unwrap()
}

/// Journeys as lists of touchpoints, without times.
fn paths<'a>(paths: &[(&'a str, &[&'a str])]) -> Vec<EventRef<'a>> {
    let steps = paths.iter().flat_map(|&(journey, path)| {
        path.iter()
            .map(move |&touchpoint| EventRef::new(journey, touchpoint))
    });
    steps.collect()
}

fn weight(journey: &Journey, from: &str, to: &str, when: Option<PromiseResult>) -> f64 {
    journey
        .transitions()
        .filter(|(a, b, way)| a.id == from && b.id == to && way.when == when)
        .map(|(_, _, way)| way.weight)
        .sum()
}

fn ids(journey: &Journey) -> Vec<&str> {
    journey.touchpoints().map(|t| t.id.as_str()).collect()
}
#[test]
fn a_published_funnel() {
    // A process-analysis guide's worked funnel, interleaved as a log would hold it.
    let log = [
        ("a", "home"),
        ("b", "home"),
        ("a", "catalog"),
        ("c", "home"),
        ("d", "home"),
        ("c", "catalog"),
        ("b", "catalog"),
        ("a", "cart"),
        ("e", "home"),
        ("c", "catalog"),
        ("d", "search"),
        ("d", "cart"),
        ("a", "purchase"),
        ("b", "cart"),
        ("e", "search"),
        ("b", "purchase"),
        ("c", "cart"),
        ("e", "search"),
    ];
    let journey =
        learn(log.map(|(journey, touchpoint)| EventRef::new(journey, touchpoint))).journey;
    let into_cart = |from| weight(&journey, from, "cart", None);
    assert_eq!((into_cart("catalog"), into_cart("search")), (3.0, 1.0));
    assert_eq!(
        into_cart("catalog") / (into_cart("catalog") + into_cart("search")),
        0.75
    );
    let bought = weight(&journey, "cart", "purchase", None);
    let cart = journey.touchpoint("cart").unwrap();
    assert_eq!((bought, cart.ends[0].weight), (2.0, 2.0));
    assert_eq!(bought / (bought + cart.ends[0].weight), 0.5);
    // Of five journeys three are at the cart on their third step.
    assert_eq!(journey.touchpoint("home").unwrap().starts, Some(5.0));
    assert_eq!(
        journey
            .flow()
            .unwrap()
            .reach("cart")
            .map(|r| (r * 1e12).round() / 1e12),
        Some(0.8)
    );
}

#[test]
fn a_learned_journey_is_experienced_and_observed() {
    let learned = learn(paths(&[("a", &["search", "buy"])]));
    assert_eq!(learned.journey.name(), "learned journey");
    assert_eq!(learned.journey.kind(), JourneyKind::Experienced);
    assert!(
        learned
            .journey
            .touchpoints()
            .all(|t| t.evidence == Evidence::Observed)
    );
    let summary = learned.summary;
    assert_eq!((summary.events, summary.journeys), (2, 1));
    assert_eq!((summary.touchpoints, summary.transitions), (2, 1));
}

#[test]
fn ids_needs_and_channels() {
    let at = |journey, touchpoint, channel| EventRef::new(journey, touchpoint).channel(channel);
    let journey = learn([
        at("a", "call", "phone"),
        at("a", "call", "chat"),
        at("a", "visit", "store"),
        EventRef::new("a", "wait"),
        EventRef::new("a", "call").channel("  "),
    ])
    .journey;
    let expected = [
        "call @ unstated",
        "call @ chat",
        "call @ phone",
        "visit",
        "wait",
    ];
    assert_eq!(ids(&journey), expected);
    let channels: Vec<_> = journey.touchpoints().map(|t| t.channel.as_str()).collect();
    assert_eq!(channels, ["unstated", "chat", "phone", "store", "unstated"]);
    let needs: Vec<_> = journey
        .touchpoints()
        .map(|t| t.need.as_deref().unwrap())
        .collect();
    assert_eq!(needs, ["call", "call", "call", "visit", "wait"]);
}

#[test]
fn ids_that_meet_are_kept_apart() {
    let at = |touchpoint, channel| EventRef::new("a", touchpoint).channel(channel);
    let journey = learn([
        at("call", "web"),
        at("call", "app"),
        at("call @ web", "fax"),
    ])
    .journey;
    assert_eq!(
        ids(&journey),
        ["call @ app", "call @ web", "call @ web (2)"]
    );
}
