//! Things done differently: fractions by hand for each kind of change, and what is refused.

#[path = "what_if/compared.rs"]
mod compared;
#[cfg(feature = "serde")]
#[path = "what_if/laws.rs"]
mod laws;
#[path = "what_if/refused.rs"]
mod refused;
#[path = "what_if/removed.rs"]
mod removed;

use customer_journey::{
    Ability, Change, Channel, Evidence, Feeling, Journey, JourneyBuilder, Outcome, Phase, Promise,
    PromiseResult, Touchpoint, Transition, Warning,
};

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// A quarter of the visits to the middle find the promise kept.
fn middle() -> Touchpoint {
    at("middle")
        .promise(Promise::new("p").kept(1.0).broken(3.0))
        .makes("later")
        .feels(0.4)
        .feels_when_broken(-0.6)
        .evidence(Evidence::Observed)
        .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0)
}

/// Three of four go by the middle, where they may go round, and some stay away from the last touchpoint.
fn detour() -> JourneyBuilder {
    Journey::builder("detour")
        .touchpoint(at("first").feels(0.1))
        .touchpoint(middle())
        .touchpoint(at("last").feels(-0.2).ends(Outcome::Loyalty, 1.0))
        .connect("first", "middle", Transition::new(3.0).wait_s(5.0))
        .connect("first", "last", Transition::new(1.0).wait_s(1.0))
        .connect("middle", "middle", Transition::new(1.0).wait_s(10.0))
        .connect(
            "middle",
            "last",
            Transition::new(2.0).when(PromiseResult::Kept).wait_s(100.0),
        )
}

fn changed(changes: &[Change]) -> Journey {
    detour().build().unwrap().with_changes(changes).unwrap()
}

fn churn(journey: &Journey) -> f64 {
    journey.flow().unwrap().probability(&Outcome::Churn)
}

#[track_caller]
fn close(found: f64, expected: f64) {
    let size = expected.abs().max(found.abs());
    assert!(
        (found - expected).abs() <= 1e-12 * size,
        "{found}, not {expected}"
    );
}

fn way<'a>(journey: &'a Journey, from: &str, to: &str) -> Option<&'a Transition> {
    let mut ways = journey.transitions();
    ways.find(|(a, b, _)| a.id == from && b.id == to)
        .map(|(_, _, way)| way)
}

#[test]
fn a_promise_kept_more_often_is_drawn_by_hand() {
    let by_hand = |kept: f64, broken: f64| {
        let promise = Promise::new("p").kept(kept).broken(broken);
        let builder = Journey::builder("detour")
            .touchpoint(at("first").feels(0.1))
            .touchpoint(middle().promise(promise))
            .touchpoint(at("last").feels(-0.2).ends(Outcome::Loyalty, 1.0));
        detour()
            .build()
            .unwrap()
            .transitions()
            .fold(builder, |builder, (from, to, way)| {
                builder.connect(&from.id, &to.id, way.clone())
            })
            .build()
            .unwrap()
    };
    assert_eq!(changed(&[Change::keep("middle")]), by_hand(4.0, 0.0));
    assert_eq!(
        changed(&[Change::keep_rate("middle", 1.0)]),
        by_hand(4.0, 0.0)
    );
    assert_eq!(
        changed(&[Change::keep_rate("middle", 0.5)]),
        by_hand(2.0, 2.0)
    );
    assert_eq!(
        changed(&[Change::keep_rate("middle", 0.0)]),
        by_hand(0.0, 4.0)
    );
    // From the middle 4/24 go on and 9/24 leave for good, or, at a half, 1/3 and 1/4.
    close(churn(&changed(&[])), 3.0 / 4.0 * 9.0 / 13.0);
    let half = changed(&[Change::keep_rate("middle", 0.5)]);
    close(churn(&half), 3.0 / 4.0 * 3.0 / 7.0);
    close(churn(&changed(&[Change::keep("middle")])), 0.0);
}

#[test]
fn visits_of_which_nobody_knows_stay_unknown() {
    let journey = Journey::builder("unknown")
        .touchpoint(
            at("a")
                .promise(Promise::new("p").kept(1.0).broken(3.0).unknown(6.0))
                .ends_when(PromiseResult::Unknown, Outcome::Churn, 1.0)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .build()
        .unwrap();
    close(churn(&journey), 0.9);
    let kept = journey.with_changes(&[Change::keep("a")]).unwrap();
    close(churn(&kept), 0.6);
    let promise = kept.touchpoint("a").unwrap().promise.as_ref().unwrap();
    assert_eq!(
        (promise.kept, promise.broken, promise.unknown),
        (4.0, 0.0, 6.0)
    );
}

#[test]
fn feelings_are_replaced_and_lifted() {
    let feelings = |changes: &[Change]| {
        let journey = changed(changes);
        let middle = journey.touchpoint("middle").unwrap();
        [
            PromiseResult::Kept,
            PromiseResult::Broken,
            PromiseResult::Unknown,
        ]
        .map(|result| middle.emotion_after(Some(result)).unwrap().mean().unwrap())
    };
    assert_eq!(feelings(&[]), [0.4, -0.6, 0.4]);
    assert_eq!(
        feelings(&[Change::feels("middle", Feeling::Calmness)]),
        [0.59, -0.6, 0.59]
    );
    assert_eq!(
        feelings(&[Change::feels_when_broken("middle", 0.2)]),
        [0.4, 0.2, 0.4]
    );
    assert_eq!(
        feelings(&[Change::feels_when_unknown("middle", "Relief")]),
        [0.4, -0.6, 0.55]
    );
    assert_eq!(feelings(&[Change::lift("middle")]), [0.4, 0.0, 0.4]);
}

#[test]
fn a_lift_leaves_what_is_good_and_what_is_unknown() {
    let mix = [
        Feeling::Anger.at(0.5).weight(3.0),
        Feeling::Relief.weight(1.0),
    ];
    let journey = Journey::builder("mixed")
        .touchpoint(at("a").feels(customer_journey::Emotion::mix(mix)))
        .touchpoint(at("b"))
        .transition("a", "b", 1.0)
        .build()
        .unwrap()
        .with_changes(&[Change::lift("a"), Change::lift("b")])
        .unwrap();
    let emotion = journey.touchpoint("a").unwrap().emotion.as_ref().unwrap();
    let valences: Vec<_> = emotion.valences().collect();
    assert_eq!(valences, [(0.0, 0.75), (0.55, 0.25)]);
    assert_eq!(journey.touchpoint("b").unwrap().emotion, None);
}

#[test]
fn ways_get_other_weights_come_and_go() {
    // Half instead of three quarters go by the middle.
    let fewer = changed(&[Change::weight("first", "middle", 1.0)]);
    close(churn(&fewer), 1.0 / 2.0 * 9.0 / 13.0);
    // Kept: 1 of 9 goes round, 8 on. So 1/36 + 3/8 = 29/72 go round, 27/72 are lost and 16/72 go on.
    let kept = Change::weight_when(PromiseResult::Kept, "middle", "last", 8.0);
    close(churn(&changed(&[kept])), 3.0 / 4.0 * 27.0 / 43.0);
    assert!(
        way(
            &changed(&[Change::remove_transition("first", "middle")]),
            "first",
            "middle"
        )
        .is_none()
    );
    close(
        churn(&changed(&[Change::remove_transition("first", "middle")])),
        0.0,
    );
    let alone = changed(&[Change::remove_transition_when(
        PromiseResult::Kept,
        "middle",
        "last",
    )]);
    // All who keep going round meet a broken promise in the end.
    close(churn(&alone), 3.0 / 4.0);
    // A new way of weight 2 after a broken promise: 1/4 round, 1/4 lost, 1/2 back to the first.
    let back = Transition::new(2.0).when(PromiseResult::Broken).wait_s(7.0);
    let back = changed(&[Change::add_transition("middle", "first", back)]);
    assert_eq!(way(&back, "middle", "first").unwrap().wait_s, Some(7.0));
    // Of 24 at the middle 2/24 + 9/48 go on round, 4/24 on, 9/48 = 4.5/24 are lost, 9/24 go back.
    let (on, lost, back_again) = (4.0 / 17.5, 4.5 / 17.5, 9.0 / 17.5);
    let lost_of_all = 0.75 * lost / (1.0 - 0.75 * back_again);
    close(churn(&back), lost_of_all);
    close(on + lost + back_again, 1.0);
}

#[test]
fn a_way_that_was_the_only_one_leaves_a_dead_end_and_a_warning() {
    let journey = Journey::builder("line")
        .touchpoint(at("a"))
        .touchpoint(at("b").ends(Outcome::Loyalty, 1.0))
        .transition("a", "b", 1.0)
        .build()
        .unwrap();
    let cut = journey
        .with_changes(&[Change::remove_transition("a", "b")])
        .unwrap();
    assert_eq!(cut.flow().unwrap().probability(&Outcome::Unstated), 1.0);
    // Journeys begin where they began, although nobody leads to b any more.
    let starts: Vec<_> = cut
        .starts()
        .map(|(t, weight)| (t.id.clone(), weight))
        .collect();
    assert_eq!(starts, [("a".to_owned(), 1.0)]);
    let dead_end = |warning: &Warning| matches!(warning, Warning::DeadEnd { touchpoints } if touchpoints == &["a"]);
    assert!(cut.warnings().iter().any(dead_end));
    assert!(!journey.warnings().iter().any(dead_end));
}

#[test]
fn endings_abilities_promises_and_starts_are_set() {
    let ends = changed(&[
        Change::ends_when(PromiseResult::Broken, "middle", Outcome::Churn, 2.0),
        Change::ends("last", Outcome::Advocacy, 3.0),
    ]);
    // Broken: 1/3 round and 2/3 lost; 1/12 + 1/4 round, 1/2 lost, 1/6 on.
    let flow = ends.flow().unwrap();
    close(flow.probability(&Outcome::Churn), 0.75 * 3.0 / 4.0);
    close(
        flow.probability(&Outcome::Advocacy),
        0.75 * (1.0 - 0.75 * 3.0 / 4.0),
    );
    let able = changed(&[
        Change::can("middle", Ability::Listen),
        Change::can("last", Ability::Resolve),
        Change::makes("first", "p"),
    ]);
    assert_eq!(able.touchpoint("middle").unwrap().can, [Ability::Listen]);
    assert_eq!(able.touchpoint("first").unwrap().makes, ["p"]);
    let unable = able
        .with_changes(&[
            Change::cannot("middle", Ability::Listen),
            Change::can("last", Ability::Resolve),
            Change::cannot("last", Ability::Answer),
        ])
        .unwrap();
    assert_eq!(unable.touchpoint("middle").unwrap().can, []);
    assert_eq!(unable.touchpoint("last").unwrap().can, [Ability::Resolve]);
    // The assumed start keeps its weight of 1.
    let starts = changed(&[Change::starts("last", 3.0)]);
    close(starts.flow().unwrap().reach("middle").unwrap(), 0.25 * 0.75);
}

#[test]
fn an_ending_that_is_listed_twice_is_set_as_one() {
    let journey = Journey::builder("twice")
        .touchpoint(
            at("a")
                .ends(Outcome::Churn, 1.0)
                .ends(Outcome::Loyalty, 3.0)
                .ends(Outcome::Churn, 2.0),
        )
        .build()
        .unwrap();
    let half = journey
        .with_changes(&[Change::ends("a", Outcome::Churn, 3.0)])
        .unwrap();
    close(churn(&half), 0.5);
}

#[test]
fn the_same_change_twice_is_one() {
    let twice = [Change::keep("middle"), Change::keep_rate("middle", 1.0)];
    assert_eq!(changed(&twice), changed(&twice[..1]));
}

#[test]
fn evidence_and_all_else_stays() {
    let journey = changed(&[Change::keep("middle")]);
    let middle = journey.touchpoint("middle").unwrap();
    assert_eq!(middle.evidence, Evidence::Observed);
    assert_eq!(middle.makes, ["later"]);
    assert_eq!(changed(&[]), detour().build().unwrap());
}
