//! Touchpoints taken away, with their customers passed on.

use customer_journey::{
    Change, Flow, Journey, Outcome, Promise, PromiseResult, Transition, Warning,
};

use super::{at, changed, churn, close, way};

#[test]
fn customers_of_a_removed_touchpoint_are_passed_on() {
    let journey = changed(&[Change::remove("middle")]);
    assert_eq!(journey.touchpoints().len(), 2);
    let way = way(&journey, "first", "last").unwrap();
    close(way.weight, 25.0 / 13.0);
    // 12/13 wait 5 s, go round 11/13 times for 10 s each, and wait 100 s; one waits 1 s.
    close(way.wait_s.unwrap(), 17_869.0 / 325.0);
    let first = journey.touchpoint("first").unwrap();
    let [ending] = &first.ends[..] else {
        panic!("{:?}", first.ends)
    };
    assert_eq!((&ending.outcome, ending.when), (&Outcome::Churn, None));
    close(ending.weight, 27.0 / 13.0);
    close(churn(&journey), churn(&changed(&[])));
    assert_eq!(first.starts, None);
}

#[test]
fn a_condition_on_the_way_to_a_removed_touchpoint_goes_with_it() {
    let journey = Journey::builder("conditions")
        .touchpoint(at("a").promise(Promise::new("p").kept(1.0).broken(1.0)))
        .touchpoint(at("k").ends(Outcome::Churn, 1.0))
        .touchpoint(at("z").ends(Outcome::Loyalty, 1.0))
        .transition_when(PromiseResult::Broken, "a", "k", 8.0)
        .transition("a", "z", 2.0)
        .transition("k", "z", 3.0)
        .build()
        .unwrap();
    let short = journey.with_changes(&[Change::remove("k")]).unwrap();
    let ways: Vec<_> = short
        .transitions()
        .map(|(from, to, way)| (from.id.as_str(), to.id.as_str(), way.when, way.weight))
        .collect();
    let broken = Some(PromiseResult::Broken);
    assert_eq!(ways, [("a", "z", None, 2.0), ("a", "z", broken, 6.0)]);
    let ends = &short.touchpoint("a").unwrap().ends;
    assert_eq!((ends[0].weight, ends[0].when), (2.0, broken));
    close(churn(&short), churn(&journey));
}

#[test]
fn who_begins_at_a_removed_touchpoint_begins_after_it() {
    let line = |starts: bool| {
        let door = if starts {
            at("door").starts(8.0)
        } else {
            at("door")
        };
        Journey::builder("shop")
            .touchpoint(door)
            .touchpoint(at("left").ends(Outcome::Churn, 1.0))
            .touchpoint(at("right").ends(Outcome::Loyalty, 1.0))
            .transition("door", "left", 1.0)
            .transition("door", "right", 3.0)
            .build()
            .unwrap()
            .with_changes(&[Change::remove("door")])
            .unwrap()
    };
    for (stated, weights) in [(true, [2.0, 6.0]), (false, [0.25, 0.75])] {
        let journey = line(stated);
        let starts: Vec<_> = journey.starts().map(|(_, weight)| weight).collect();
        assert_eq!(starts, weights);
        close(churn(&journey), 0.25);
    }
}

#[test]
fn a_loop_by_way_of_a_removed_touchpoint_stays_a_loop() {
    let journey = Journey::builder("loop")
        .touchpoint(at("call").starts(1.0).ends(Outcome::Churn, 1.0))
        .touchpoint(at("hold"))
        .transition("call", "hold", 3.0)
        .transition("hold", "call", 1.0)
        .build()
        .unwrap();
    let short = journey.with_changes(&[Change::remove("hold")]).unwrap();
    assert_eq!(way(&short, "call", "call").unwrap().weight, 3.0);
    assert_eq!(short.flow().unwrap().visits("call"), Some(4.0));
}

#[test]
fn a_dead_end_that_is_removed_ends_journeys_before_it() {
    let journey = Journey::builder("dead end")
        .touchpoint(at("a").ends(Outcome::Loyalty, 1.0))
        .touchpoint(at("b"))
        .transition("a", "b", 1.0)
        .build()
        .unwrap();
    let short = journey.with_changes(&[Change::remove("b")]).unwrap();
    assert_eq!(short.flow().unwrap().probability(&Outcome::Unstated), 0.5);
}

#[test]
fn waits_are_unknown_where_a_part_of_them_is() {
    let wait = |to: Option<f64>, on: Option<f64>| {
        let transition = |wait_s| {
            let mut way = Transition::new(1.0);
            way.wait_s = wait_s;
            way
        };
        let journey = Journey::builder("waits")
            .touchpoint(at("a"))
            .touchpoint(at("b"))
            .touchpoint(at("c"))
            .connect("a", "b", transition(to))
            .connect("b", "c", transition(on))
            .build()
            .unwrap()
            .with_changes(&[Change::remove("b")])
            .unwrap();
        way(&journey, "a", "c").unwrap().wait_s
    };
    assert_eq!(wait(Some(5.0), Some(2.0)), Some(7.0));
    assert_eq!(wait(None, Some(2.0)), None);
    assert_eq!(wait(Some(5.0), None), None);
}

#[test]
fn a_promise_that_was_made_at_a_removed_touchpoint_only_is_never_made() {
    let journey = Journey::builder("promises")
        .touchpoint(at("a").makes("p"))
        .touchpoint(at("b").promise(Promise::new("p").kept(1.0)))
        .transition("a", "b", 1.0)
        .build()
        .unwrap();
    let never = |journey: &Journey| {
        let mut warnings = journey.warnings().into_iter();
        warnings.any(|warning| matches!(warning, Warning::NeverMade { .. }))
    };
    assert!(!never(&journey));
    assert!(never(
        &journey.with_changes(&[Change::remove("a")]).unwrap()
    ));
}

#[test]
fn changes_are_made_before_touchpoints_are_removed() {
    // Kept always, the middle passes everybody on.
    let journey = changed(&[Change::remove("middle"), Change::keep("middle")]);
    close(churn(&journey), 0.0);
    close(way(&journey, "first", "last").unwrap().weight, 4.0);
}

#[test]
fn many_touchpoints_are_removed_from_a_large_map() {
    // Every other touchpoint of a long line with ways back.
    const STEPS: usize = 20_000;
    let id = |step: usize| format!("step {step}");
    let mut builder = Journey::builder("line");
    for step in 0..STEPS {
        let touchpoint = at(&id(step)).ends(Outcome::Churn, 0.001);
        builder = builder.touchpoint(if step == 0 {
            touchpoint.starts(1.0)
        } else {
            touchpoint
        });
    }
    for step in 1..STEPS {
        builder = builder.transition(id(step - 1), id(step), 3.0);
        builder = builder.transition(id(step), id(step - 1), 1.0);
    }
    let journey = builder.build().unwrap();
    let changes: Vec<_> = (1..STEPS)
        .step_by(2)
        .map(|step| Change::remove(id(step)))
        .collect();
    let half = journey.with_changes(&changes).unwrap();
    assert_eq!(half.touchpoints().len(), STEPS / 2);
    let visits = |flow: &Flow| flow.visits(&id(1000)).unwrap();
    close(
        visits(&half.flow().unwrap()),
        visits(&journey.flow().unwrap()),
    );
}
