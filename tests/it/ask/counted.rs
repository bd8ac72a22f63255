//! Patterns counted on whole journeys, against a plain loop that tries all positions.

use customer_journey::analysis::AskError;
use customer_journey::{EventLog, EventRef, LearnOptions, Pattern, Phase};

use super::naive::{Question, Walked, small, walks};
use crate::generate::Rng;
use crate::moments::{Chain, without_trap};

/// The events of a walked journey.
pub(super) fn events_of<'a>(
    chain: &'a Chain<'_>,
    name: &'a str,
    journey: &Walked,
) -> Vec<EventRef<'a>> {
    let last = journey.moments.len() - 1;
    let moments = journey.moments.iter().enumerate();
    let event = |(position, seen): (usize, &super::naive::Seen)| {
        let spot = &chain.drawing.spots[seen.spot];
        let mut event = EventRef::new(name, &spot.id).channel(spot.channel);
        if let Some(result) = seen.result {
            event = event.promise(result);
        }
        if let Some(valence) = seen.valence {
            event = event.emotion(valence);
        }
        if position == last {
            event = event.outcome(&chain.outcomes[journey.outcome]);
        }
        event
    };
    moments.map(event).collect()
}

fn log_of(chain: &Chain<'_>, journeys: &[Walked]) -> EventLog {
    let mut log = EventLog::default();
    for (number, journey) in journeys.iter().enumerate() {
        let name = format!("j{number}");
        log.record_all(events_of(chain, &name, journey)).unwrap();
    }
    log
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1e-3)
}

#[test]
fn counted_equals_a_plain_loop() {
    let mut rng = Rng::new(18);
    let (mut judged, mut some, mut errors) = (0, 0, 0);
    while judged < 60 {
        let drawing = without_trap(&mut rng, small(judged));
        let chain = Chain::new(&drawing);
        let journeys: Vec<Walked> = walks(&chain, &mut rng, 200);
        let log = log_of(&chain, &journeys);
        let question = Question::draw(&mut rng, &chain);
        let pattern: Pattern = question.text(&chain).parse().unwrap();
        let Ok(counted) = log.ask(&pattern) else {
            // It names what nobody came to.
            continue;
        };
        judged += 1;
        let found: Vec<Vec<usize>> = journeys
            .iter()
            .map(|journey| question.tries_all(&chain, journey))
            .collect();
        let n = journeys.len() as f64;
        let matching = found.iter().filter(|found| !found.is_empty()).count();
        assert_eq!(
            (counted.journeys, counted.matching),
            (journeys.len() as u64, matching as u64),
            "{pattern}"
        );
        let share = matching as f64 / n;
        assert!(near(counted.probability, share), "{pattern}");
        let matches: usize = found.iter().map(Vec::len).sum();
        assert!(near(counted.expected, matches as f64 / n), "{pattern}");
        // The standard error of a share of independent journeys.
        let expected = (share * (1.0 - share) / (n - 1.0)).sqrt();
        assert!(near(counted.standard_error.unwrap(), expected), "{pattern}");
        let names: Vec<String> = log
            .matches(&pattern)
            .unwrap()
            .iter()
            .map(|journey| journey.name().into_owned())
            .collect();
        let looped = found
            .iter()
            .enumerate()
            .filter(|(_, found)| !found.is_empty());
        let looped: Vec<String> = looped.map(|(number, _)| format!("j{number}")).collect();
        assert_eq!(names, looped, "{pattern}");
        let until: usize = journeys
            .iter()
            .zip(&found)
            .filter_map(|(journey, found)| {
                found.first().map(|&first| first.min(journey.moments.len()))
            })
            .sum();
        if matching > 0 {
            assert!(
                near(
                    counted.moments_until.unwrap(),
                    until as f64 / matching as f64
                ),
                "{pattern}"
            );
        }
        for share in &counted.outcomes_given_match {
            let ends = journeys.iter().zip(&found).filter(|(journey, found)| {
                !found.is_empty() && chain.outcomes[journey.outcome] == share.outcome.as_str()
            });
            assert!(
                near(share.probability, ends.count() as f64 / matching as f64),
                "{pattern}"
            );
        }
        some += usize::from(matching > 0);
        errors += usize::from(counted.given_start_standard_error.is_some());
    }
    assert!(some > 35 && errors > 35, "{some} {errors}");
}

/// A wait is counted from the step before, and the latest such step counts.
#[test]
fn waits_are_counted_from_the_step_before() {
    const MINUTE: i64 = 60_000_000_000;
    let mut log = EventLog::default();
    for (journey, steps) in [
        ("quick", vec![("a", 0), ("b", 60)]),
        ("slow", vec![("a", 0), ("b", 61)]),
        ("again", vec![("a", 0), ("x", 50), ("a", 55), ("b", 115)]),
        (
            "blocked",
            vec![("a", 0), ("a", 10), ("stop", 20), ("b", 30)],
        ),
    ] {
        for (touchpoint, minute) in steps {
            let event = EventRef::new(journey, touchpoint).time_ns(minute * MINUTE);
            log.record(event).unwrap();
        }
    }
    let mut asked = log.clone();
    asked.record(EventRef::new("untimed", "a")).unwrap();
    asked.record(EventRef::new("untimed", "b")).unwrap();
    let names = |text: &str| -> Vec<String> {
        let pattern: Pattern = text.parse().unwrap();
        asked
            .matches(&pattern)
            .unwrap()
            .iter()
            .map(|journey| journey.name().into_owned())
            .collect()
    };
    assert_eq!(names("a => b{wait <= 1h}"), ["quick", "again", "blocked"]);
    assert_eq!(names("a => b{wait <= 59m}"), ["blocked"]);
    assert_eq!(names("a -> b{wait <= 2h}"), ["quick", "slow", "again"]);
    assert_eq!(names("a =[not stop]=> b{wait <= 1h}"), ["quick", "again"]);
    assert_eq!(
        names("a => (b{wait <= 1h} | x)"),
        ["quick", "again", "blocked"]
    );
    assert_eq!(
        names("a => b"),
        ["quick", "slow", "again", "blocked", "untimed"]
    );
    let quick = log.ask(&"a -> b".parse().unwrap()).unwrap();
    // 60, 61 and, from the first moment on, 115 minutes.
    assert_eq!(quick.wait_until_s, Some((60.0 + 61.0 + 115.0) * 60.0 / 3.0));
    let Err(AskError::Pattern(error)) = log.ask(&"c => b".parse().unwrap()) else {
        panic!()
    };
    assert!(error.to_string().contains("no touchpoint is called c"));
}

/// Customers with several journeys are one unit each.
#[test]
fn standard_errors_take_customers_as_units() {
    let mut log = EventLog::default();
    // Two customers of two journeys each: one always matches, one never.
    for (journey, customer, touchpoint) in [
        ("1", "x", "a"),
        ("2", "x", "a"),
        ("3", "y", "b"),
        ("4", "y", "b"),
    ] {
        log.record(EventRef::new(journey, touchpoint).customer(customer))
            .unwrap();
    }
    let counted = log.ask(&"a".parse().unwrap()).unwrap();
    assert_eq!(counted.probability, 0.5);
    // 2/1 times (2 - 1)^2 + (0 - 1)^2, its root divided by 4.
    assert_eq!(counted.standard_error, Some(0.5));
}

/// What happened stands first, and beside it what the map says that was learned from it.
#[test]
fn counted_and_modelled_stand_side_by_side() {
    let mut log = EventLog::default();
    // The map forgets how somebody came to "call": one of two calls ends badly, whoever calls.
    for (journey, first, outcome) in [("1", "web", "stays"), ("2", "shop", "leaves")] {
        log.record(EventRef::new(journey, first)).unwrap();
        log.record(EventRef::new(journey, "call").outcome(outcome))
            .unwrap();
    }
    let options = LearnOptions::new().other_phases(Phase::During);
    let flow = log.learn(&options).unwrap().journey.flow().unwrap();
    let pattern: Pattern = "shop => end(leaves)".parse().unwrap();
    let counted = log.ask(&pattern).unwrap();
    let found = flow.ask(&pattern).unwrap().with_counted(counted.clone());
    assert_eq!((counted.probability, found.probability), (0.5, 0.25));
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let both = words(found.to_string());
    for said in [
        "Counted: 1 of 2 journeys match (50 of 100, give or take 50 of 100). The map says 25 of 100.",
        "journeys that match 50.0 % 50.0 % 25.0 %",
        "of those that come to its first step 100.0 % - 50.0 %",
        "that ending, times as frequent as among all 2.00 - 1.00",
        "leaves 100.0 % 100.0 %",
    ] {
        assert!(both.contains(said), "{said:?} is not in {both}");
    }
    let alone = words(counted.text().to_string());
    assert!(
        alone.contains("journeys that match 50.0 % 50.0 %"),
        "{alone}"
    );
    assert!(!alone.contains("map"), "{alone}");
    let markdown = found.markdown().to_string();
    assert!(
        markdown.contains("| journeys that match | 50.0 % | 50.0 % | 25.0 % |"),
        "{markdown}"
    );
}
