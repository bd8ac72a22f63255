//! Segments and windows of which only tallies are at hand, beside those of the log.

use std::collections::BTreeMap;

use super::{log, segments};
use crate::generate::Rng;
use customer_journey::drift::{Every, PartOptions, Windows};
use customer_journey::events::LoggedJourney;
use customer_journey::segments::{PartFigure, PlaceAspect, Segments, Verdict};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, Tally};

fn options() -> PartOptions {
    PartOptions::new(LearnOptions::new().other_phases(Phase::During)).deals(199)
}

/// The tallies of each part, in buckets of journeys as they come.
fn tallies(
    log: &EventLog,
    buckets: usize,
    of: impl Fn(&LoggedJourney<'_>) -> Option<String>,
) -> Vec<(String, Vec<Tally>)> {
    let mut parts = BTreeMap::<String, Vec<EventLog>>::new();
    for (name, part) in log.split(of) {
        let parts = parts.entry(name).or_default();
        for bucket in 0..buckets {
            let mut number = 0;
            parts.push(part.filter(|_| {
                number += 1;
                number % buckets == bucket
            }));
        }
    }
    let tally = |logs: Vec<EventLog>| logs.iter().map(EventLog::tally).collect();
    parts
        .into_iter()
        .map(|(name, logs)| (name, tally(logs)))
        .collect()
}

fn segment(journey: &LoggedJourney<'_>) -> Option<String> {
    journey.segment().map(str::to_owned)
}

fn same(counted: &PartFigure, tallied: &PartFigure) {
    let close = |a: Option<f64>, b: Option<f64>, tolerance: f64| match (a, b) {
        (Some(a), Some(b)) => assert!(
            (a - b).abs() <= tolerance * a.abs().max(1e-9),
            "{:?} {:?}: {a} {b}",
            counted.figure,
            counted.of
        ),
        (a, b) => assert_eq!(a, b),
    };
    let is_time = counted.figure.as_str() == "lasted";
    let tolerance = if is_time { 0.022 } else { 1e-9 };
    close(counted.value, tallied.value, tolerance);
    close(counted.others, tallied.others, tolerance);
    assert_eq!(counted.journeys, tallied.journeys);
    if counted.figure.as_str() == "outcome" {
        close(counted.low, tallied.low, 1e-9);
        close(counted.high, tallied.high, 1e-9);
        close(counted.standard_error, tallied.standard_error, 1e-9);
    }
}

#[test]
fn segments_of_tallies_are_those_of_the_log() {
    let log = log(1, Some("south"), 200);
    let counted = segments(&log);
    let tallied = Segments::of_tallies(&tallies(&log, 16, segment), &options()).unwrap();
    assert_eq!((tallied.journeys, tallied.buckets), (607, Some(16)));
    for (counted, tallied) in counted.segments.iter().zip(&tallied.segments) {
        assert_eq!(
            (&counted.segment, counted.journeys, counted.too_small),
            (&tallied.segment, tallied.journeys, tallied.too_small)
        );
        assert!(
            (counted.g2 - tallied.g2).abs() < 1e-9 && counted.df == tallied.df,
            "{}: {} {} {} {} {:?} {:?}",
            counted.segment,
            counted.g2,
            tallied.g2,
            counted.df,
            tallied.df,
            counted.places,
            tallied.places
        );
        let mut known = 0;
        for figure in &tallied.figures {
            let mut figures = counted.figures.iter();
            let other =
                figures.find(|other| other.figure == figure.figure && other.of == figure.of);
            same(other.unwrap(), figure);
            known += 1;
        }
        // Length, mean, kept, both endings, how long it lasts; and the ending that nobody stated.
        assert!((6..=7).contains(&known), "{known}");
        let learned = tallied.journey.as_ref().unwrap();
        assert_eq!(
            learned.touchpoints().count(),
            counted.journey.as_ref().unwrap().touchpoints().count()
        );
    }
    let south = &tallied.segments[1];
    assert!(south.p_adjusted.unwrap() < 0.01);
    let broken = south
        .places
        .iter()
        .find(|place| place.aspect == PlaceAspect::Promise)
        .unwrap();
    assert_eq!(broken.id.as_deref(), Some("delivery"));
    let kept = south
        .figures
        .iter()
        .find(|figure| figure.figure.as_str() == "kept_rate")
        .unwrap();
    assert_eq!(kept.verdict, Some(Verdict::Different));
    let text = tallied.text().width(300).to_string();
    assert!(text.contains("Rao and Scott"), "{text}");
}

/// Without buckets nothing is said of chance.
#[test]
fn a_single_tally_tells_no_chance() {
    let log = log(1, Some("south"), 60);
    let found = Segments::of_tallies(&tallies(&log, 1, segment), &options()).unwrap();
    assert_eq!((found.p, found.segments[0].p_adjusted), (None, None));
    assert!(
        found
            .segments
            .iter()
            .all(|segment| segment.places.is_empty())
    );
    let text = found.text().width(300).to_string();
    assert!(
        text.contains("cannot be told") && !text.contains("NaN"),
        "{text}"
    );
}

/// Journeys whose moves go together, in segments that are alike: a chi-square of single moves would part them too often.
#[test]
fn alike_segments_are_told_apart_in_few_of_a_hundred_tallies() {
    let mut rng = Rng::new(8);
    let (mut parted, mut placed) = (0, 0);
    for _ in 0..40 {
        let mut log = EventLog::default();
        for number in 0..240 {
            let name = format!("j{number}");
            let segment = if number % 2 == 0 { "a" } else { "b" };
            let next = if rng.chance(0.5) { "x" } else { "y" };
            for _ in 0..6 {
                log.record(EventRef::new(&name, "hub").segment(segment))
                    .unwrap();
                log.record(EventRef::new(&name, next).segment(segment))
                    .unwrap();
            }
        }
        let found = Segments::of_tallies(&tallies(&log, 16, segment), &options()).unwrap();
        parted += u32::from(found.segments[0].p.unwrap() < 0.05);
        placed += u32::from(
            found
                .segments
                .iter()
                .any(|segment| !segment.places.is_empty()),
        );
    }
    // Of 40, 5 of 100 are 2.
    assert!(parted <= 6 && placed <= 6, "{parted} {placed}");
}

/// Twelve days of orders; from the seventh on more of them fail.
#[test]
fn windows_of_tallies_are_those_of_the_log() {
    const DAY: i64 = 86_400_000;
    let mut rng = Rng::new(4);
    let mut log = EventLog::default();
    for number in 0..1200_i64 {
        let name = format!("j{number}");
        let day = number / 100;
        let time = day * DAY + number % 100 * 1000;
        let fails = rng.chance(if day >= 7 { 0.5 } else { 0.2 });
        log.record(EventRef::new(&name, "order").time_ms(time))
            .unwrap();
        let next = if fails { "error" } else { "thanks" };
        log.record(EventRef::new(&name, next).time_ms(time + 500 - number % 3 * 50))
            .unwrap();
    }
    let day = |journey: &LoggedJourney<'_>| {
        let time = journey.moments().next()?.time_ns()?;
        Some(format!("1970-01-{:02}", time / 86_400_000_000_000 + 1))
    };
    let counted = log.windows(&Every::Day, &options()).unwrap();
    let tallied = Windows::of_tallies(&tallies(&log, 16, day), &options()).unwrap();
    assert_eq!(counted.windows.len(), tallied.windows.len());
    for (counted, tallied) in counted.windows.iter().zip(&tallied.windows) {
        assert_eq!(
            (&counted.window, counted.journeys, counted.unfinished),
            (&tallied.window, tallied.journeys, tallied.unfinished)
        );
        assert_eq!(counted.first_ms, tallied.first_ms);
        match (counted.g2, tallied.g2) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9),
            (a, b) => assert_eq!(a, b),
        }
    }
    let (cut, other) = (counted.change.unwrap(), tallied.change.clone().unwrap());
    assert_eq!(
        (&cut.first, &cut.last, cut.df),
        (&other.first, &other.last, other.df)
    );
    assert!(
        (cut.g2 - other.g2).abs() < 1e-9 && cut.first == "1970-01-08",
        "{cut:?}"
    );
    let text = tallied.text().width(300).to_string();
    assert!(
        text.contains("1970-01-08") && text.contains("window is left out"),
        "{text}"
    );
}
