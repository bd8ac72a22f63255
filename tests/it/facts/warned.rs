//! Conditions that can never hold, and facts that nothing depends on.

use customer_journey::facts::{Fact, FactKind, FeltLevel, Given};
use customer_journey::journey::Warning;
use customer_journey::{Channel, Journey, Phase, Promise, Touchpoint};

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// An order, a parcel that is late or not, a call for some, a review.
fn shop(review: impl FnOnce(Touchpoint) -> Touchpoint, facts: Vec<Fact>) -> Vec<Warning> {
    let parcel = Promise::new("on time").kept(9.0).broken(1.0);
    let mut journey = Journey::builder("Shop")
        .touchpoint(at("order").feels(0.1).makes("on time").starts(3.0))
        .touchpoint(at("letter").feels(0.1).makes("on time").starts(0.0))
        .touchpoint(at("parcel").feels(0.4).promise(parcel))
        .touchpoint(at("call").feels(-0.6))
        .touchpoint(review(at("review").feels(0.2)))
        .transition("order", "parcel", 1.0)
        .transition("letter", "parcel", 1.0)
        .transition("parcel", "call", 1.0)
        .transition("parcel", "review", 1.0)
        .transition("call", "review", 1.0);
    for fact in facts {
        journey = journey.remember(fact);
    }
    let warnings = journey.build().unwrap().warnings();
    let about_facts = |warning: &Warning| {
        matches!(
            warning,
            Warning::NeverGiven { .. } | Warning::IdleFact { .. }
        )
    };
    warnings.into_iter().filter(about_facts).collect()
}

fn never() -> Vec<Warning> {
    vec![Warning::NeverGiven {
        touchpoints: vec!["review".to_owned()],
    }]
}

#[test]
fn a_given_that_never_holds_is_said() {
    let late = Fact::first("delivery", "on time");
    let came = Fact::start_touchpoint("began");
    let upset = Fact::felt("upset", FeltLevel::AtMost(-0.5));
    let worst = Fact::new(
        "worst",
        FactKind::Lowest {
            levels: vec![-0.5, 0.0],
        },
    );
    let calls = Fact::times("calls", "call");
    for (fact, can, never_does) in [
        // Whoever writes a review has had the parcel, and somebody knows how.
        (late.clone(), "broken", "none"),
        (late, "kept", "unknown"),
        // Nobody begins with a letter.
        (came.clone(), "order", "letter"),
        (came, "order", "call"),
        (upset, "yes", ""),
        // What was felt last is 0.2, and before it the order felt as 0.1.
        (worst, "above 0", "up to 0"),
        // There is no way back to the call.
        (calls, "1", "2+"),
    ] {
        let review = |value: &'static str| {
            let given = Given::is(fact.name.as_str(), value);
            move |review: Touchpoint| review.ends("bad", 1.0).ends_given(given, "good", 2.0)
        };
        assert_eq!(shop(review(can), vec![fact.clone()]), [], "{fact:?} {can}");
        if !never_does.is_empty() {
            let found = shop(review(never_does), vec![fact.clone()]);
            assert_eq!(found, never(), "{fact:?} {never_does}");
        }
    }
    // Two conditions of which each holds sometimes may still hold together.
    let both = Given::is("delivery", "broken").and("calls", "1");
    let facts = vec![
        Fact::first("delivery", "on time"),
        Fact::times("calls", "call"),
    ];
    let found = shop(
        |review| review.ends("bad", 1.0).ends_given(both, "good", 2.0),
        facts,
    );
    assert_eq!(found, []);
}

#[test]
fn feelings_and_promises_for_nobody_are_said() {
    let given = Given::is("calls", "2+");
    let felt = given.clone();
    let found = shop(
        |review| review.ends("x", 1.0).feels_given(felt, "anger"),
        vec![Fact::times("calls", "call")],
    );
    assert_eq!(found, never());
    let said = found[0].to_string();
    assert!(
        said.contains("\"review\" has a `given` that never holds"),
        "{said}"
    );
}

#[test]
fn a_fact_that_nothing_depends_on_is_said() {
    let found = shop(
        |review| {
            review
                .ends_given(Given::is("calls", "1"), "bad", 1.0)
                .ends("good", 1.0)
        },
        vec![
            Fact::times("calls", "call"),
            Fact::new("mood", FactKind::Mood),
        ],
    );
    assert_eq!(
        found,
        [Warning::IdleFact {
            facts: vec!["mood".to_owned()]
        }]
    );
    assert_eq!(
        found[0].to_string(),
        "customers remember \"mood\", and no `given` asks for it, so that no figure depends on it"
    );
}
