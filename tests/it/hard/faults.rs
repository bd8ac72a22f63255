//! Faults of a map or of a call that are accepted, and said.

use customer_journey::analysis::FixOptions;
use customer_journey::events::{MergeError, TallyOptions};
use customer_journey::{
    Channel, EventRef, FixKind, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Tally,
    Touchpoint, Warning,
};

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web).feels(0.0)
}

fn warnings(map: customer_journey::JourneyBuilder) -> Vec<Warning> {
    map.build().unwrap().warnings()
}

#[test]
fn the_same_ending_twice_is_added_up_and_said() {
    let (kept, broken) = (PromiseResult::Kept, PromiseResult::Broken);
    let twice =
        Journey::builder("twice").touchpoint(at("a").ends("x", 1.0).ends("x", 2.0).ends("y", 1.0));
    let flow = twice.clone().build().unwrap().flow().unwrap();
    assert_eq!(flow.probability(&Outcome::from("x")), 0.75);
    let expected = Warning::RepeatedEnding {
        touchpoints: vec!["a".to_owned()],
    };
    assert_eq!(warnings(twice), std::slice::from_ref(&expected));
    // After different results it is not the same.
    let told = Journey::builder("once").touchpoint(
        at("a")
            .promise(Promise::new("p").kept(1.0).broken(1.0))
            .makes("p")
            .ends_when(kept, "x", 1.0)
            .ends_when(broken, "x", 2.0),
    );
    assert!(!warnings(told).contains(&expected));
}

#[test]
fn a_value_for_an_outcome_that_no_ending_has_is_said() {
    let map = Journey::builder("slip")
        .value("loyality", 10.0)
        .value(Outcome::Loyalty, 5.0)
        .touchpoint(at("a").ends(Outcome::Loyalty, 1.0));
    let idle = Warning::IdleValue {
        outcome: "loyality".to_owned(),
    };
    assert!(warnings(map).contains(&idle));
    // Journeys that stop without an ending end unstated, which may have a value.
    let unstated = Journey::builder("stops")
        .value(Outcome::Unstated, 1.0)
        .touchpoint(at("a"));
    assert!(
        !warnings(unstated)
            .iter()
            .any(|warning| matches!(warning, Warning::IdleValue { .. }))
    );
}

#[test]
fn a_way_after_a_result_without_weight_is_said() {
    let broken = PromiseResult::Broken;
    let promise = || Promise::new("p").kept(1.0);
    let ending = Journey::builder("ending").touchpoint(
        at("a")
            .makes("p")
            .promise(promise())
            .ends("x", 1.0)
            .ends_when(broken, "y", 1.0),
    );
    let way = Journey::builder("way")
        .touchpoint(at("a").makes("p").promise(promise()).ends("x", 1.0))
        .touchpoint(at("b").ends("x", 1.0).starts(1.0))
        .transition_when(broken, "a", "b", 1.0);
    for map in [ending, way] {
        let found = warnings(map);
        let idle = Warning::IdleWay {
            touchpoints: vec!["a".to_owned()],
        };
        assert!(found.contains(&idle), "{found:?}");
    }
    let tested = Journey::builder("tested").touchpoint(
        at("a")
            .makes("p")
            .promise(promise().broken(1.0))
            .ends("x", 1.0)
            .ends_when(broken, "y", 1.0),
    );
    assert_eq!(warnings(tested), []);
}

#[test]
fn ids_that_look_the_same_are_said() {
    for other in [
        "Shop",
        "shop ",
        "s hop",
        "shop\u{200b}",
        "\u{feff}shop",
        "sho\u{ad}p",
    ] {
        let map = Journey::builder("alike")
            .touchpoint(at("shop").starts(1.0).ends("x", 1.0))
            .touchpoint(at(other).starts(1.0).ends("x", 1.0));
        let alike = |warning: &Warning| matches!(warning, Warning::SimilarNames { what: "touchpoint", names } if names.len() == 2);
        match map.build() {
            Ok(journey) => assert!(journey.warnings().iter().any(alike), "{other:?}"),
            // Blanks at the ends of an id may be refused instead.
            Err(error) => assert!(error.to_string().contains("id"), "{error}"),
        }
    }
    let unlike = Journey::builder("unlike")
        .touchpoint(at("shop").starts(1.0).ends("x", 1.0))
        .touchpoint(at("shop 2").starts(1.0).ends("x", 1.0));
    assert_eq!(warnings(unlike), []);
}

#[test]
fn journeys_that_run_through_their_phases_backwards_are_said() {
    let phases = [Phase::After, Phase::During, Phase::Before];
    let map = |phases: [Phase; 3]| {
        let [a, b, c] = phases;
        Journey::builder("order")
            .touchpoint(Touchpoint::new("a", a, Channel::Web).feels(0.0))
            .touchpoint(Touchpoint::new("b", b, Channel::Web).feels(0.0))
            .touchpoint(
                Touchpoint::new("c", c, Channel::Web)
                    .feels(0.0)
                    .ends("x", 1.0),
            )
            .transition("a", "b", 1.0)
            .transition("b", "c", 1.0)
    };
    let backwards = Warning::BackwardPhases {
        touchpoints: vec!["a".to_owned(), "b".to_owned()],
    };
    assert_eq!(warnings(map(phases)), [backwards]);
    // A new round that begins after the last phase is how customers come back.
    let [a, b, c] = phases;
    assert_eq!(warnings(map([c, b, a]).transition("c", "a", 1.0)), []);
}

#[test]
fn a_budget_that_is_no_number_buys_nothing() {
    let flow = Journey::builder("plan")
        .touchpoint(
            at("a")
                .promise(Promise::new("p").kept(1.0).broken(1.0))
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let goal = Goal::Reduce(Outcome::Churn);
    let options = FixOptions::new().cost_of_others(FixKind::KeepPromise, 1.0);
    let plan = flow.best_fixes(&goal, f64::NAN, &options);
    assert_eq!((plan.budget, plan.spent, plan.steps.len()), (0.0, 0.0, 0));
    assert!(!plan.to_string().contains("NaN"), "{plan}");
    let rich = flow.best_fixes(&goal, f64::INFINITY, &options);
    assert_eq!((rich.spent, rich.steps.len()), (1.0, 1));
}

#[test]
fn tallies_of_different_segments_are_not_put_together() {
    let of = |segment: Option<&str>, journey: &'static str| {
        let options = TallyOptions::new();
        let options = segment.map_or(options.clone(), |segment| options.segment(segment));
        let mut tally = Tally::new(options);
        let event = EventRef::new(journey, "search");
        tally
            .record(segment.map_or(event, |segment| event.segment(segment)))
            .unwrap();
        tally
    };
    for (ours, theirs) in [(Some("a"), Some("b")), (Some("a"), None), (None, Some("b"))] {
        let (mut one, other) = (of(ours, "c1"), of(theirs, "c2"));
        let before = one.clone();
        for refused in [one.merge(&other), one.clone().join(&other)] {
            assert!(
                matches!(refused, Err(MergeError::Segments { .. })),
                "{refused:?}"
            );
        }
        assert_eq!(one, before);
    }
    let mut same = of(Some("a"), "c1");
    same.merge(&of(Some("a"), "c2")).unwrap();
    // A tally of nothing takes in any other, and adds nothing to any.
    Tally::default().merge(&same).unwrap();
    same.merge(&Tally::default()).unwrap();
}

/// The first time that a later part states may contradict the sequence although it is not its first event's.
#[test]
fn joined_parts_contradict_themselves_as_often_as_the_whole() {
    let a = EventRef::new("c1", "a").sequence(3).time_ms(2);
    let b = EventRef::new("c1", "b").sequence(3);
    let again = EventRef::new("c1", "a").sequence(4).time_ms(1);
    let tally = |events: &[EventRef<'static>]| {
        let mut tally = Tally::default();
        tally.record_all(events.iter().copied()).unwrap();
        tally
    };
    let whole = tally(&[a, b, again]);
    for cut in 0..=3 {
        let events = [a, b, again];
        let mut joined = tally(&events[..cut]);
        joined.join(&tally(&events[cut..])).unwrap();
        assert_eq!(joined, whole, "{cut}");
    }
}
