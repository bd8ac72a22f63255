//! Maps beyond what numbers hold or people read: refused or bounded, and never answered with nonsense.

use customer_journey::analysis::PainOptions;
use customer_journey::{
    Channel, FlowError, Journey, JourneyBuilder, Outcome, Phase, Promise, Touchpoint, Warning,
};

use crate::figures::figures;
use crate::generate::Rng;

fn at(id: impl Into<String>) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web).feels(-0.5)
}

/// Half of the journeys begin anew at every step: the expected length is 2^1100 and more, and no number holds it.
#[test]
fn journeys_without_end_are_refused_by_name() {
    let mut map = Journey::builder("restart");
    for step in 0..1100 {
        let mut touchpoint = at(format!("t{step}"));
        if step == 0 {
            touchpoint = touchpoint.starts(1.0);
        }
        if step == 1099 {
            touchpoint = touchpoint.ends("a", 1.0).ends("b", 3.0);
        } else {
            map = map.transition(format!("t{step}"), format!("t{}", step + 1), 1.0);
        }
        if step > 0 {
            map = map.transition(format!("t{step}"), "t0", 1.0);
        }
        map = map.touchpoint(touchpoint);
    }
    let error = map.build().unwrap().flow().unwrap_err();
    let FlowError::Endless { touchpoints } = &error else {
        panic!("{error}")
    };
    assert_eq!(touchpoints[0], "t0");
    assert!(error.to_string().contains("\"t0\""), "{error}");
}

/// Weights from the smallest to the greatest number: a flow is refused, or all its figures are numbers and its
/// outcomes are shares of one whole.
#[test]
fn no_weight_makes_a_figure_that_is_no_number() {
    const WEIGHTS: [f64; 7] = [5e-324, 1e-300, 1e-150, 1.0, 7.0, 1e150, 1e300];
    let mut rng = Rng::new(11);
    let (mut answered, mut refused) = (0, 0);
    for _ in 0..400 {
        let weight = |rng: &mut Rng| rng.pick(&WEIGHTS);
        let ids = ["a", "b", "c", "d"];
        let mut map = Journey::builder("extreme");
        for id in ids {
            let promise = Promise::new("p")
                .kept(weight(&mut rng))
                .broken(weight(&mut rng));
            let touchpoint = at(id)
                .starts(weight(&mut rng))
                .promise(promise)
                .need("help")
                .ends("a", weight(&mut rng))
                .ends("b", weight(&mut rng));
            map = map.touchpoint(touchpoint);
            for to in ids {
                map = map.transition(id, to, weight(&mut rng));
            }
        }
        let Ok(flow) = map.build().unwrap().flow() else {
            refused += 1;
            continue;
        };
        answered += 1;
        let report = flow.report();
        for (name, figure) in figures(&report) {
            assert!(figure.is_none_or(f64::is_finite), "{name}: {figure:?}");
        }
        let all: f64 = report.outcomes.iter().map(|share| share.probability).sum();
        assert!((all - 1.0).abs() < 1e-9, "{all}");
    }
    assert!(
        answered > 50 && refused > 20,
        "{answered} answered, {refused} refused"
    );
}

/// Everybody promises and everybody is held to it: the places where the promise was made are bounded.
#[test]
fn the_makers_of_a_promise_are_bounded() {
    let n = 3_000;
    let mut map: JourneyBuilder = Journey::builder("promises");
    for step in 0..n {
        let promise = Promise::new("p").kept(1.0).broken(1.0);
        map = map.touchpoint(at(format!("t{step:04}")).makes("p").promise(promise));
        if step > 0 {
            map = map.transition(format!("t{:04}", step - 1), format!("t{step:04}"), 1.0);
        }
    }
    let pains = map
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .pain_points(&PainOptions::new());
    assert_eq!(pains.len(), n);
    assert_eq!(pains[0].promise_made_at, ["t0000"]);
    assert_eq!(pains[2].promise_made_at, ["t0000", "t0001", "t0002"]);
    assert_eq!(pains[n - 1].promise_made_at.len(), 100);
}

/// One forgotten transition makes a second start, and every figure changes: that is said.
#[test]
fn starts_that_nobody_stated_are_pointed_out() {
    let draw = |starts: Option<f64>| {
        let mut first = at("first").ends(Outcome::Loyalty, 1.0);
        first.starts = starts;
        let forgotten = at("forgotten").ends(Outcome::Churn, 1.0);
        Journey::builder("draft")
            .touchpoint(first)
            .touchpoint(forgotten)
            .build()
            .unwrap()
    };
    let assumed = |journey: Journey| {
        journey
            .warnings()
            .into_iter()
            .find_map(|warning| match warning {
                Warning::AssumedStarts { touchpoints } => Some(touchpoints),
                _ => None,
            })
    };
    assert_eq!(assumed(draw(None)).unwrap(), ["first", "forgotten"]);
    assert_eq!(assumed(draw(Some(1.0))), None);
}

/// Names that differ only in capitals or blanks are pointed out, whatever they name.
#[test]
fn names_that_are_nearly_the_same_are_pointed_out() {
    let journey = Journey::builder("draft")
        .touchpoint(at("a").need("Rate").makes("fast").ends("Churn", 1.0))
        .touchpoint(at("b").need("rate ").makes("Fast").ends("churn", 1.0))
        .build()
        .unwrap();
    let what: Vec<_> = journey
        .warnings()
        .into_iter()
        .filter_map(|warning| match warning {
            Warning::SimilarNames { what, names } => Some((what, names.len())),
            _ => None,
        })
        .collect();
    assert_eq!(what, [("need", 2), ("outcome", 2), ("promise", 2)]);
}

/// What is said of one touchpoint is said of several in the plural.
#[test]
fn warnings_agree_with_how_many_they_name() {
    let said = |ids: &[&str]| {
        let idle = |id: &&str| at(*id).feels_when_broken(-1.0);
        let touchpoints = ids.iter().map(idle);
        let builder = touchpoints.fold(Journey::builder("draft"), JourneyBuilder::touchpoint);
        let warnings = builder.build().unwrap().warnings();
        let said = warnings.iter().filter(|warning| {
            matches!(
                warning,
                Warning::IdleEmotion { .. } | Warning::DeadEnd { .. }
            )
        });
        said.map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let one = said(&["delivery"]);
    assert!(one.contains("\"delivery\" has no way on"), "{one}");
    assert!(one.contains("\"delivery\" states an emotion"), "{one}");
    assert!(one.contains("that its visits never have"), "{one}");
    let two = said(&["delivery", "assembly"]);
    for part in [
        "\"assembly\" have no way on",
        "\"assembly\" state an emotion",
        "that their visits never have",
    ] {
        assert!(two.contains(part), "{part:?} is missing from:\n{two}");
    }
}
