//! Answers to patterns: the journey W by hand, and random journeys against a matcher that tries all positions and against
//! mass that is followed step by step.

mod counted;
mod known;
mod likeliest;
mod naive;
mod uses;
mod watch;

use crate::generate::{Rng, Taste};
use crate::moments::{Chain, without_trap};
use customer_journey::analysis::PatternFigures;
use customer_journey::{Channel, Flow, Journey, Outcome, Pattern, Phase, Touchpoint};
use known::answered;
use naive::{Followed, Question, follow, small, walk};

pub(crate) fn ask(flow: &Flow, text: &str) -> PatternFigures {
    let pattern: Pattern = text
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    flow.ask(&pattern)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn close(found: f64, expected: f64, tolerance: f64, about: &str) {
    let near = (found - expected).abs() <= tolerance * expected.abs();
    assert!(near, "{about}: {found} instead of {expected}");
}

pub(crate) fn journey_w() -> Flow {
    let at = |id| Touchpoint::new(id, Phase::During, Channel::Web);
    Journey::builder("W")
        .touchpoint(at("a").starts(1.0).ends("churn", 0.1))
        .touchpoint(at("b").ends("churn", 0.1).ends("loyal", 0.2))
        .touchpoint(at("c").ends("churn", 0.3).ends("loyal", 0.6))
        .transition("a", "b", 0.6)
        .transition("a", "c", 0.3)
        .transition("b", "a", 0.2)
        .transition("b", "c", 0.5)
        .transition("c", "b", 0.1)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

/// To the digits that were worked out by hand.
#[test]
fn journey_w_by_hand() {
    let flow = journey_w();
    let chain = ask(&flow, "b =[not a]=> c => end(loyal)");
    close(chain.probability, 0.239_691_408_767, 1e-11, "probability");
    close(
        chain.given_start.unwrap(),
        0.380_462_553_6,
        1e-9,
        "given_start",
    );
    close(chain.lift.unwrap(), 1.127_572, 1e-6, "lift");
    assert_eq!(chain.expected, chain.probability);
    for (text, probability) in [
        ("b =[not a]=> c", 0.360_411_899_3),
        ("b =[not a]=> c -> end(loyal)", 0.229_368_932_0),
        ("start =[not b]=> c", 0.30),
        ("start =[not b]=> end", 0.37),
        ("a => a", 0.132_631_578_9),
    ] {
        close(ask(&flow, text).probability, probability, 3e-9, text);
    }
    for (text, expected) in [
        ("b -> c", 0.382_281_553_4),
        ("a => c", 0.691_747_572_8),
        ("b => b", 0.114_424_410_5),
        ("a", 1.152_912_62),
        ("b", 0.764_563_11),
        ("c", 0.728_155_34),
    ] {
        close(ask(&flow, text).expected, expected, 1e-8, text);
    }
}

/// What is stated beside the probability, on a line that can be worked out in the head.
#[test]
fn what_surrounds_a_match() {
    let flow = Journey::builder("line")
        .touchpoint(
            Touchpoint::new("a", Phase::Before, Channel::Web)
                .starts(1.0)
                .feels(0.5),
        )
        .touchpoint(
            Touchpoint::new("b", Phase::During, Channel::Web)
                .feels(-0.5)
                .ends("lost", 1.0),
        )
        .touchpoint(
            Touchpoint::new("c", Phase::After, Channel::Web)
                .feels(0.25)
                .ends("won", 1.0),
        )
        .connect(
            "a",
            "b",
            customer_journey::Transition::new(1.0).wait_s(60.0),
        )
        .transition("b", "c", 3.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let found = ask(&flow, "a -> b");
    assert_eq!(
        (found.probability, found.given_start, found.expected),
        (1.0, Some(1.0), 1.0)
    );
    assert_eq!(
        (found.moments_until, found.wait_until_s),
        (Some(2.0), Some(60.0))
    );
    assert_eq!(found.wait_coverage, Some(1.0));
    assert_eq!(
        (found.feeling_after, found.feeling_after_coverage),
        (Some(0.25), Some(1.0))
    );
    assert_eq!(found.lift, None);
    let shares: Vec<_> = found
        .outcomes_given_match
        .iter()
        .map(|share| share.probability)
        .collect();
    assert_eq!(shares, [0.25, 0.75]);
    assert!(found.outcomes_given_none.is_empty());
    let found = ask(&flow, "b -> c => end(won)");
    assert_eq!((found.probability, found.lift), (0.75, Some(1.0 / 0.75)));
    assert_eq!(
        (found.feeling_after, found.feeling_after_coverage),
        (None, None)
    );
    assert_eq!(found.moments_until, Some(3.0));
    assert_eq!(found.outcomes_given_none[0].probability, 1.0);
    // Nobody comes so far: nothing is known of what follows.
    let none = ask(&flow, "c -> a");
    assert_eq!((none.probability, none.given_start), (0.0, Some(0.0)));
    assert_eq!(
        (none.moments_until, none.feeling_after, none.lift),
        (None, None, None)
    );
    assert!(none.outcomes_given_match.is_empty() && none.outcomes_given_none.len() == 2);
    assert_eq!(ask(&flow, "start -> c => b").given_start, None);
    assert_eq!(ask(&flow, "start => end(won)").given_start, Some(0.75));
    assert_eq!(ask(&flow, "start => end(won)").lift, None);
}

/// A chance of 1 in 10^12 is as exact as any, and so is its ratio.
#[test]
fn what_is_rare_is_as_exact() {
    let flow = Journey::builder("rare")
        .touchpoint(
            Touchpoint::new("try", Phase::During, Channel::Web)
                .starts(1.0)
                .ends("gives up", 1e-6),
        )
        .touchpoint(
            Touchpoint::new("help", Phase::During, Channel::Phone)
                .ends("done", 1e-12)
                .ends("gives up", 1.0),
        )
        .transition("try", "try", 1.0)
        .transition("try", "help", 1e-12)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let found = ask(&flow, "try => help -> end(done)");
    let expected = (1e-12 / (1e-6 + 1e-12)) * (1e-12 / (1.0 + 1e-12));
    close(
        found.probability,
        expected,
        1e-14,
        "try => help -> end(done)",
    );
    close(found.given_start.unwrap(), expected, 1e-14, "given try");
    close(found.lift.unwrap(), 1e6 + 1.0, 1e-9, "lift");
}

/// 300 journeys with loops, each with a question of its own: mass followed step by step agrees to 1e-12 in every figure.
#[test]
fn random_journeys_with_loops_agree_with_followed_mass() {
    let mut rng = Rng::new(15);
    let (mut judged, mut some, mut certain, mut lifts, mut several) = (0, 0, 0, 0, 0);
    while judged < 300 {
        let taste = Taste {
            spots: 2 + judged % 6,
            ways: 1.5 + (judged % 3) as f64 / 2.0,
            loops: true,
        };
        let drawing = without_trap(&mut rng, taste);
        let chain = Chain::new(&drawing);
        let question = Question::draw(&mut rng, &chain);
        let Some(expected) = follow(&chain, &question) else {
            continue;
        };
        let flow = drawing.journey().flow().unwrap();
        let Some(found) = answered(&flow, &chain, &question) else {
            continue;
        };
        judged += 1;
        let text = question.text(&chain);
        let about = format!("{text} on {drawing:#?}");
        agree(&found, &expected, 1e-12, &about);
        some += usize::from(found.probability > 0.0);
        certain += usize::from(found.probability == 1.0);
        lifts += usize::from(found.lift.is_some());
        several += usize::from(found.expected > found.probability * 1.000_001);
    }
    assert!(
        some > 150 && certain < 60 && lifts > 10 && several > 20,
        "{some} {certain} {lifts} {several}"
    );
}

/// The same on maps whose components are so large that an order of elimination matters.
#[test]
fn large_journeys_with_loops_agree_with_followed_mass() {
    let mut rng = Rng::new(20);
    let (mut judged, mut some) = (0, 0);
    while judged < 12 {
        let taste = Taste {
            spots: 60 + 10 * judged,
            ways: 3.0,
            loops: true,
        };
        let drawing = without_trap(&mut rng, taste);
        let chain = Chain::new(&drawing);
        let question = Question::draw(&mut rng, &chain);
        let Some(expected) = follow(&chain, &question) else {
            continue;
        };
        let flow = drawing.journey().flow().unwrap();
        let Some(found) = answered(&flow, &chain, &question) else {
            continue;
        };
        judged += 1;
        let text = question.text(&chain);
        // What is left of the followed mass weighs more where few match.
        agree(&found, &expected, 1e-9, &text);
        some += usize::from(found.probability > 0.0);
    }
    assert!(some > 4, "{some}");
}

fn agree(found: &PatternFigures, expected: &Followed, exact: f64, about: &str) {
    let mean = |sum: f64, of: f64| (of > 0.0).then(|| sum / of);
    let both = |name: &str, found: Option<f64>, expected: Option<f64>| match (found, expected) {
        (Some(found), Some(expected)) => {
            // Feelings above and below 0 cancel each other in a mean.
            let least = if name == "after" { 1.0 } else { 1e-3 };
            let near = (found - expected).abs() <= exact * expected.abs().max(least);
            assert!(near, "{name}: {found} instead of {expected}: {about}");
        }
        (None, None) => {}
        (found, expected) => panic!("{name}: {found:?} instead of {expected:?}: {about}"),
    };
    let matched = expected.matched;
    close(found.probability, matched, exact, about);
    close(found.expected, expected.matches, exact, about);
    both(
        "given_start",
        found.given_start,
        mean(matched, expected.begun).map(|share| share.min(1.0)),
    );
    both("lift", found.lift, expected.lift);
    both(
        "until",
        found.moments_until,
        mean(expected.moments, matched),
    );
    both(
        "wait",
        found.wait_until_s,
        expected.knows_wait.then(|| expected.wait / matched),
    );
    both(
        "after",
        found.feeling_after,
        mean(expected.felt_after, expected.known_after),
    );
    for (shares, sums) in [
        (&found.outcomes_given_match, &expected.with),
        (&found.outcomes_given_none, &expected.without),
    ] {
        let total: f64 = sums.values().sum();
        for share in shares {
            let expected = sums.get(share.outcome.as_str()).copied().unwrap_or(0.0) / total;
            both("ending", Some(share.probability), Some(expected));
        }
        assert_eq!(shares.is_empty(), total == 0.0, "{about}");
    }
}

/// The step-by-step matcher is itself on trial: on walked journeys it agrees with one that tries all positions, and the
/// share of those walks that match with the answer.
#[test]
fn walked_journeys_agree_with_trying_all_positions() {
    const WALKS: usize = 4_000;
    let mut rng = Rng::new(16);
    let (mut judged, mut matches) = (0, 0);
    while judged < 40 {
        let drawing = without_trap(&mut rng, small(judged));
        let chain = Chain::new(&drawing);
        let flow = drawing.journey().flow().unwrap();
        let question = Question::draw(&mut rng, &chain);
        let Some(found) = answered(&flow, &chain, &question) else {
            continue;
        };
        judged += 1;
        let text = question.text(&chain);
        let (mut matched, mut long) = (0, 0);
        for _ in 0..WALKS {
            let journey = walk(&chain, &mut rng);
            if journey.moments.len() > 30 {
                long += 1;
                continue;
            }
            let tried = question.tries_all(&chain, &journey);
            assert_eq!(
                question.runs(&chain, &journey),
                tried,
                "{text} on {journey:?}"
            );
            matched += usize::from(!tried.is_empty());
        }
        matches += matched;
        let p = found.probability;
        let share = matched as f64 / WALKS as f64;
        let error = (p * (1.0 - p) / WALKS as f64).sqrt();
        assert!(
            // Nobody tried the long ones.
            (share - p).abs() <= 5.0 * error + 0.01 + f64::from(long) / WALKS as f64,
            "{text}: {p}, walked {share}"
        );
    }
    assert!(matches > 20_000, "{matches}");
}

#[test]
fn outcomes_are_named_as_the_map_names_them() {
    let found = ask(&journey_w(), "a => a");
    let names: Vec<_> = found
        .outcomes_given_match
        .iter()
        .map(|share| &share.outcome)
        .collect();
    assert_eq!(names, [&Outcome::from("churn"), &Outcome::from("loyal")]);
}
