//! Changes of what is said of customers who remember something.

use customer_journey::facts::{Fact, Given};
use customer_journey::{
    Change, Channel, Emotion, Feeling, Journey, Phase, Promise, PromiseResult, Touchpoint,
};

fn late() -> Given {
    Given::is("delivery", "broken")
}

/// Of 100 customers 20 come late to the review. What is felt there: the others 0.5, the late ones -0.5.
fn delivery() -> Journey {
    let on_time = || Promise::new("on time").kept(80.0).broken(20.0);
    Journey::builder("Delivery")
        .remember(Fact::first("delivery", "on time"))
        .touchpoint(
            Touchpoint::new("delivered", Phase::During, "courier")
                .starts(1.0)
                .promise(on_time()),
        )
        .touchpoint(
            Touchpoint::new("again", Phase::During, "courier")
                .promise(on_time())
                .promise_given(late(), Promise::new("on time").kept(1.0).broken(1.0)),
        )
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Email)
                .feels(0.5)
                .feels_given(late(), -0.5)
                .promise(Promise::new("in full").kept(1.0).broken(1.0))
                .ends_given(late(), "bad", 1.0)
                .ends("good", 1.0),
        )
        .transition("delivered", "again", 1.0)
        .transition("again", "review", 1.0)
        .build()
        .unwrap()
}

fn changed(changes: &[Change]) -> Journey {
    delivery().with_changes(changes).unwrap()
}

fn felt_at_the_review(journey: &Journey) -> f64 {
    let flow = journey.flow().unwrap();
    let review = flow.touchpoints().into_iter().find(|it| it.id == "review");
    review.unwrap().mean.unwrap()
}

fn near(figure: f64, by_hand: f64) {
    assert!((figure - by_hand).abs() < 1e-12, "{figure}, not {by_hand}");
}

#[test]
fn a_feeling_of_some_is_set_alone() {
    near(felt_at_the_review(&delivery()), 0.8 * 0.5 + 0.2 * -0.5);
    let calmed = changed(&[Change::feels_given(late(), "review", 0.25)]);
    near(felt_at_the_review(&calmed), 0.8 * 0.5 + 0.2 * 0.25);
    // The others, and both at once.
    let all = changed(&[
        Change::feels("review", 1.0),
        Change::feels_given(late(), "review", 0.25),
    ]);
    near(felt_at_the_review(&all), 0.8 * 1.0 + 0.2 * 0.25);
    // Lifted for all, and then set for some, in whatever order it is said.
    let lifted = changed(&[
        Change::feels_given(late(), "review", -0.1),
        Change::lift("review"),
    ]);
    near(felt_at_the_review(&lifted), 0.8 * 0.5 + 0.2 * -0.1);
}

#[test]
fn what_the_map_does_not_say_of_some_is_said_anew() {
    // The others are named first time; nobody remembers another value, so all that are left feel it.
    let kept = Given::is("delivery", "kept");
    let others = changed(&[Change::feels_given(kept.clone(), "review", 0.0)]);
    near(felt_at_the_review(&others), 0.8 * 0.0 + 0.2 * -0.5);
    // After one promise result: before what holds after any, for the same customers.
    let after = |after| Change::Feels {
        at: "review".to_owned(),
        given: late(),
        after: Some(after),
        emotion: Emotion::from(Feeling::Despair),
    };
    let broken = changed(&[after(PromiseResult::Broken)]);
    let despair = Feeling::Despair.valence();
    near(
        felt_at_the_review(&broken),
        0.8 * 0.5 + 0.1 * -0.5 + 0.1 * despair,
    );
    // And then after any: what is said of a single result stays.
    let both = broken.with_changes(&[Change::feels_given(late(), "review", 0.5)]);
    near(
        felt_at_the_review(&both.unwrap()),
        0.8 * 0.5 + 0.1 * 0.5 + 0.1 * despair,
    );
}

#[test]
fn a_promise_is_kept_for_some() {
    let second = |journey: &Journey| {
        let flow = journey.flow().unwrap();
        let again = flow.touchpoints().into_iter().find(|it| it.id == "again");
        let again = again.unwrap();
        1.0 - again.broken / again.visits
    };
    near(second(&delivery()), 0.8 * 0.8 + 0.2 * 0.5);
    let late_ones = changed(&[Change::keep_rate_given(late(), "again", 0.9)]);
    near(second(&late_ones), 0.8 * 0.8 + 0.2 * 0.9);
    // All are kept at a rate, these at another.
    let both = changed(&[
        Change::keep_rate_given(late(), "again", 0.25),
        Change::keep("again"),
    ]);
    near(second(&both), 0.8 * 1.0 + 0.2 * 0.25);
    // The map says nothing of those whose delivery was kept: it fares as with the others until then.
    let kept = Given::is("delivery", "kept");
    let others = changed(&[Change::keep_rate_given(kept, "again", 0.1)]);
    near(second(&others), 0.8 * 0.1 + 0.2 * 0.5);
    // For all of them, as if it were said of all.
    let again = changed(&[
        Change::keep_rate_given(late(), "again", 0.7),
        Change::keep_rate("again", 0.7),
    ]);
    near(second(&again), 0.7);
}

#[test]
fn what_is_wrong_with_such_a_change_is_named() {
    let refused = |changes: &[Change]| delivery().with_changes(changes).unwrap_err().to_string();
    let found = refused(&[
        Change::keep_rate_given(late(), "again", 1.5),
        Change::feels_given(late(), "reviw", 0.0),
        Change::feels_given(late(), "review", 3.0),
        Change::feels_given(late(), "review", 0.1),
        Change::feels_given(late(), "review", 0.2),
    ]);
    for named in [
        "1.5",
        "\"reviw\"",
        "\"review\"",
        "`emotion_given`",
        "3",
        "change number 5",
    ] {
        assert!(found.contains(named), "{named} in {found}");
    }
    let unknown = refused(&[Change::feels_given(
        Given::is("delivry", "broken"),
        "review",
        0.0,
    )]);
    assert!(
        unknown.contains("\"delivry\"") && unknown.contains("\"delivery\""),
        "{unknown}"
    );
    let words = Change::keep_rate_given(late(), "again", 0.5).to_string();
    assert_eq!(
        words,
        "keep the promise at \"again\" where delivery is broken at a rate of 0.5"
    );
}
