//! Changes that can not be made, and what people are told about them.

use super::{at, detour};
use customer_journey::journey::{Fault, Place};
use customer_journey::report::WhatIfError;
use customer_journey::{
    Change, Error, FlowError, Journey, Outcome, Promise, PromiseResult, Transition,
};

fn told(changes: &[Change]) -> String {
    detour()
        .build()
        .unwrap()
        .with_changes(changes)
        .unwrap_err()
        .to_string()
}

#[test]
fn every_problem_of_every_change_is_told_at_once() {
    let text = told(&[
        Change::keep("midle"),
        Change::keep_rate("middle", 1.4),
        Change::keep("first"),
        Change::weight("first", "last", f64::NAN),
        Change::weight("middle", "last", 2.0),
        Change::weight("last", "first", 2.0),
        Change::add_transition("first", "last", 2.0),
        Change::add_transition(
            "first",
            "middle",
            Transition::new(-1.0).when(PromiseResult::Broken),
        ),
        Change::remove_transition("fist", "lost"),
        Change::feels("first", "angr"),
        Change::feels("first", -1.4),
        Change::feels_when_broken("first", 0.5),
        Change::ends("last", " ", f64::INFINITY),
        Change::makes("last", ""),
        Change::starts("last", -1.0),
        Change::ends_when(PromiseResult::Kept, "last", Outcome::Churn, 1.0),
    ]);
    let lines: Vec<&str> = text.lines().collect();
    let expected = [
        "19 problems:",
        r#"  1. change number 1 (keep the promise at "midle" always): `touchpoint` names "midle", which is not a touchpoint of this journey; did you mean "middle"?"#,
        r#"  2. change number 2 (keep the promise at "middle" at a rate of 1.4): the keep rate is 1.4; it must be a number from 0 to 1"#,
        r#"  3. change number 3 (keep the promise at "first" always): touchpoint "first" tests no promise, so that none is kept or broken there"#,
        r#"  4. change number 4 (give the way from "first" to "last" weight NaN): `weight` is NaN; it must be a finite number, 0 or more"#,
        r#"  5. change number 5 (give the way from "middle" to "last" weight 2): there is no such transition; drawn is one with `when` "kept""#,
        r#"  6. change number 6 (give the way from "last" to "first" weight 2): there is no such transition"#,
        r#"  7. change number 7 (add a way from "first" to "last" of weight 2): there is such a transition already, of weight 1; change its weight instead"#,
        r#"  8. change number 8 (add a way from "first" to "middle" when the promise is broken of weight -1): `weight` is -1; it must be a finite number, 0 or more"#,
        r#"  9. change number 8 (add a way from "first" to "middle" when the promise is broken of weight -1): it has `when` "broken", but touchpoint "first" tests no promise; give the touchpoint a promise or drop `when`"#,
        r#"  10. change number 9 (remove the way from "fist" to "lost"): `from` names "fist", which is not a touchpoint of this journey; did you mean "first"?"#,
        r#"  11. change number 9 (remove the way from "fist" to "lost"): `to` names "lost", which is not a touchpoint of this journey; did you mean "last"?"#,
        r#"  12. change number 10 (change the feeling at "first" to "angr"): `emotion` names "angr", which is not a feeling known here; did you mean "anger"? (a number from -1 to 1 works too)"#,
        r#"  13. change number 11 (change the feeling at "first" to -1.4): `emotion` has valence -1.4; a valence is a number from -1 to 1"#,
        r#"  14. change number 12 (change the feeling at "first" when the promise is broken to 0.5): touchpoint "first" tests no promise, so that none is kept or broken there"#,
        r#"  15. change number 13 (give the ending " " at "last" weight inf): `outcome` is empty; it needs at least one character that is not a blank"#,
        r#"  16. change number 13 (give the ending " " at "last" weight inf): `weight` is inf; it must be a finite number, 0 or more"#,
        r#"  17. change number 14 (promise "" at "last"): the promise is empty; it needs at least one character that is not a blank"#,
        r#"  18. change number 15 (begin journeys at "last" with weight -1): `starts` is -1; it must be a finite number, 0 or more"#,
        r#"  19. change number 16 (give the ending "churn" at "last" when the promise is kept weight 1): the ending has `when` "kept", but touchpoint "last" tests no promise; give the touchpoint a promise or drop `when`"#,
    ];
    assert_eq!(lines, expected);
}

#[test]
fn changes_that_contradict_each_other_are_named_both() {
    let text = told(&[
        Change::lift("middle"),
        Change::keep_rate("middle", 0.5),
        Change::feels_when_broken("middle", 0.5),
        Change::keep("middle"),
    ]);
    assert_eq!(
        text,
        "2 problems:\n  \
         1. change number 3 (change the feeling at \"middle\" when the promise is broken to 0.5): it sets the same \
         thing as change number 1 (lift the bad feelings at \"middle\" to neutral), and differently; keep one of the \
         two\n  \
         2. change number 4 (keep the promise at \"middle\" always): it sets the same thing as change number 2 (keep \
         the promise at \"middle\" at a rate of 0.5), and differently; keep one of the two"
    );
    for (one, other) in [
        (
            Change::weight("first", "last", 2.0),
            Change::weight("first", "last", 3.0),
        ),
        (
            Change::weight("first", "last", 2.0),
            Change::remove_transition("first", "last"),
        ),
        (
            Change::can("first", customer_journey::Ability::Listen),
            Change::cannot("first", customer_journey::Ability::Listen),
        ),
        (Change::starts("first", 2.0), Change::starts("first", 3.0)),
        (
            Change::add_transition("last", "first", 2.0),
            Change::add_transition("last", "first", 3.0),
        ),
        (
            Change::ends("last", Outcome::Churn, 2.0),
            Change::ends("last", "churn", 3.0),
        ),
    ] {
        for pair in [[one.clone(), other.clone()], [other, one]] {
            let journey = detour().build().unwrap();
            let error = journey.with_changes(&pair).unwrap_err();
            let [problem] = error.problems() else {
                panic!("{error}")
            };
            assert!(matches!(&problem.place, Place::Change { number: 2, .. }));
            assert!(matches!(
                &problem.fault,
                Fault::ConflictingChange { first: 1, .. }
            ));
        }
    }
}

fn fault(journey: &Journey, changes: &[Change]) -> Fault {
    let error = journey.with_changes(changes).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    error.problems()[0].fault.clone()
}

#[test]
fn the_last_touchpoint_is_not_removed() {
    let all = ["first", "middle", "last"].map(Change::remove);
    let journey = detour().build().unwrap();
    assert_eq!(fault(&journey, &all), Fault::NoTouchpointLeft);
    assert!(told(&all).contains("the changes remove every touchpoint"));
}

#[test]
fn journeys_of_which_nothing_would_be_left_are_told() {
    let journey = Journey::builder("drop-off")
        .touchpoint(at("search").ends(Outcome::Churn, 1.0))
        .touchpoint(at("visit").ends(Outcome::Loyalty, 1.0))
        .transition("search", "visit", 1.0)
        .build()
        .unwrap();
    let touchpoint = "search".to_owned();
    assert_eq!(
        fault(&journey, &[Change::remove("search")]),
        Fault::NothingLeftOfJourneys { touchpoint }
    );
    // The way out that the message offers.
    let left_out = [
        Change::remove("search"),
        Change::ends("search", Outcome::Churn, 0.0),
    ];
    let rest = journey.with_changes(&left_out).unwrap();
    assert_eq!(rest.flow().unwrap().probability(&Outcome::Loyalty), 1.0);
}

/// That one removal is refused makes no other one look impossible.
#[test]
fn a_refused_removal_leaves_the_others_possible() {
    let journey = Journey::builder("drop-off")
        .touchpoint(at("search").starts(1.0).ends(Outcome::Churn, 1.0))
        .touchpoint(at("advert"))
        .touchpoint(at("visit").starts(1.0))
        .transition("visit", "advert", 1.0)
        .transition("advert", "search", 1.0)
        .build()
        .unwrap();
    let touchpoint = "search".to_owned();
    assert_eq!(
        fault(&journey, &["search", "advert"].map(Change::remove)),
        Fault::NothingLeftOfJourneys { touchpoint }
    );
}

#[test]
fn a_touchpoint_that_nobody_leaves_is_not_removed() {
    let journey = Journey::builder("round")
        .touchpoint(at("a").starts(1.0))
        .touchpoint(at("b"))
        .transition("a", "b", 1.0)
        .transition("b", "b", 1.0)
        .build()
        .unwrap();
    let touchpoint = "b".to_owned();
    assert_eq!(
        fault(&journey, &[Change::remove("b")]),
        Fault::NowhereToPassOn { touchpoint }
    );
}

#[test]
fn an_unknown_promise_has_no_rate_to_change() {
    let journey = Journey::builder("unknown")
        .touchpoint(at("a").promise(Promise::new("p").unknown(1.0)))
        .build()
        .unwrap();
    let touchpoint = "a".to_owned();
    assert_eq!(
        fault(&journey, &[Change::keep("a")]),
        Fault::NothingKnown { touchpoint }
    );
}

#[test]
fn weights_beyond_numbers_are_told_and_not_lost() {
    let journey = |weight: f64| {
        Journey::builder("extreme")
            .touchpoint(at("a"))
            .touchpoint(at("b").promise(Promise::new("p").kept(weight).broken(weight)))
            .touchpoint(at("c"))
            .touchpoint(at("d"))
            .transition("a", "b", weight)
            .transition("a", "c", weight)
            .transition("b", "c", 1.0)
            .transition("b", "d", 1e-9)
            .build()
            .unwrap()
    };
    for extreme in [f64::MAX, 5e-324] {
        let fault = fault(&journey(extreme), &[Change::remove("b")]);
        assert!(
            matches!(fault, Fault::BeyondNumbers { .. }),
            "{extreme} {fault}"
        );
    }
    for (extreme, rate) in [(f64::MAX, 1.0), (5e-324, 0.3)] {
        let fault = fault(&journey(extreme), &[Change::keep_rate("b", rate)]);
        assert!(
            matches!(fault, Fault::BeyondNumbers { .. }),
            "{extreme} {fault}"
        );
    }
    assert!(journey(1.0).with_changes(&[Change::remove("b")]).is_ok());
}

#[test]
fn so_many_ways_are_not_redrawn() {
    // A hub between 2,100 touchpoints before and after it.
    let mut builder = Journey::builder("hub").touchpoint(at("hub"));
    for spoke in 0..2100 {
        let (before, after) = (format!("b{spoke}"), format!("a{spoke}"));
        builder = builder
            .touchpoint(at(&before))
            .touchpoint(at(&after))
            .transition(&before, "hub", 1.0)
            .transition("hub", &after, 1.0);
    }
    let journey = builder.build().unwrap();
    let most = 4_000_000;
    assert_eq!(
        fault(&journey, &[Change::remove("hub")]),
        Fault::TooManyWays { most }
    );
}

#[test]
fn a_changed_journey_may_have_no_flow() {
    let flow = detour().build().unwrap().flow().unwrap();
    let no_way_out = [
        Change::keep("middle"),
        Change::remove_transition("middle", "last"),
    ];
    let error = flow.what_if(&no_way_out).unwrap_err();
    let touchpoints = vec!["middle".to_owned()];
    let trapped = FlowError::Trapped { touchpoints };
    assert_eq!(error, WhatIfError::Flow(trapped.clone()));
    assert!(
        error
            .to_string()
            .starts_with("with these changes: trapped:")
    );
    assert_eq!(Error::from(error), Error::Flow(trapped));
    let refused = flow.what_if(&[Change::remove("lst")]).unwrap_err();
    assert!(matches!(Error::from(refused), Error::Invalid(_)));
}

#[test]
fn a_thousand_wrong_names_in_a_large_map_are_refused_at_once() {
    let mut builder = Journey::builder("large");
    for step in 0..20_000 {
        builder = builder.touchpoint(at(&format!("touchpoint {step}")));
    }
    let journey = builder.build().unwrap();
    let changes: Vec<_> = (0..20_000)
        .map(|step| Change::remove(format!("touchpunkt {step}")))
        .collect();
    let error = journey.with_changes(&changes).unwrap_err();
    assert_eq!(error.problems().len(), changes.len());
}
