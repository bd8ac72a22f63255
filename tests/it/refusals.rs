//! Every mistake that a map can have, and the words in which it is refused.

#[cfg(feature = "serde")]
mod documents;
#[cfg(feature = "serde")]
mod wall;

use customer_journey::journey::{Place, Shade};
use customer_journey::{
    Channel, Emotion, Invalid, Journey, JourneyBuilder, Phase, Promise, PromiseResult, Scale,
    Touchpoint, Transition,
};

fn draft() -> JourneyBuilder {
    Journey::builder("draft")
}

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// What is wrong with a drawing, line by line.
fn faults(drawing: JourneyBuilder) -> Vec<String> {
    lines(&drawing.build().unwrap_err())
}

fn lines(invalid: &Invalid) -> Vec<String> {
    let problems = invalid.problems().iter();
    problems.map(ToString::to_string).collect()
}

#[test]
fn a_drawing_with_a_wrong_name_or_amount_is_refused_in_these_words() {
    for (drawing, message) in [
        (
            draft(),
            "journey: there is no touchpoint; a journey needs at least one",
        ),
        (
            draft().touchpoint(at(" ")),
            "touchpoint number 1: `id` is empty; it needs at least one character that is not a blank",
        ),
        (
            draft().touchpoint(Touchpoint::new("a", Phase::After, "")),
            "touchpoint \"a\": `channel` is empty; it needs at least one character that is not a blank",
        ),
        (
            draft().touchpoint(at("a")).touchpoint(at("a")),
            "touchpoint number 2: the id \"a\" is taken by touchpoint number 1 already; ids are unique",
        ),
        (
            draft()
                .touchpoint(at("call"))
                .transition("call", "Calls", 1.0),
            "transition number 1 from \"call\" to \"Calls\": `to` names \"Calls\", which is not a touchpoint of this \
             journey; did you mean \"call\"?",
        ),
        (
            draft()
                .touchpoint(at("call"))
                .transition("lounge", "call", 1.0),
            "transition number 1 from \"lounge\" to \"call\": `from` names \"lounge\", which is not a touchpoint of \
             this journey",
        ),
        (
            draft()
                .touchpoint(at("a"))
                .transition("a", "a", 1.0)
                .transition("a", "a", 2.0),
            "transition number 2 from \"a\" to \"a\": transition number 1 has the same from, to, `when` and `given` already; \
             add their weights up in one transition",
        ),
        (
            draft().touchpoint(at("a")).transition("a", "a", f64::NAN),
            "transition number 1 from \"a\" to \"a\": `weight` is NaN; it must be a finite number, 0 or more",
        ),
        (
            draft()
                .touchpoint(at("a"))
                .connect("a", "a", Transition::new(1.0).wait_s(-60.0)),
            "transition number 1 from \"a\" to \"a\": `wait_s` is -60; it must be a finite number, 0 or more",
        ),
        (
            draft().touchpoint(at("a").cost(f64::INFINITY)),
            "touchpoint \"a\": `cost` is inf; it must be a finite number, 0 or more",
        ),
        (
            draft().touchpoint(at("a").starts(-1.0)),
            "touchpoint \"a\": `starts` is -1; it must be a finite number, 0 or more",
        ),
        (
            draft().touchpoint(at("a").ends("churn", 1.0).ends("left", -0.5)),
            "touchpoint \"a\": `weight` in ending 2 is -0.5; it must be a finite number, 0 or more",
        ),
        (
            draft().touchpoint(at("a").promise(Promise::new("on time").kept(1.0).broken(-3.0))),
            "touchpoint \"a\": `broken` in the promise is -3; it must be a finite number, 0 or more",
        ),
        (
            draft()
                .touchpoint(at("a"))
                .value("churn", f64::NEG_INFINITY),
            "journey: the value of outcome \"churn\" is -inf; it must be a finite number",
        ),
        (
            draft()
                .touchpoint(at("a"))
                .value("churn", 1.0)
                .value("churn", 1.0),
            "journey: the value of outcome \"churn\" is stated twice; state it once",
        ),
    ] {
        assert_eq!(faults(drawing), [message]);
    }
}

#[test]
fn a_drawing_with_a_wrong_feeling_or_promise_is_refused_in_these_words() {
    for (drawing, message) in [
        (
            draft().touchpoint(at("a").feels(-1.5)),
            "touchpoint \"a\": `emotion` has valence -1.5; a valence is a number from -1 to 1",
        ),
        (
            draft().touchpoint(at("a").feels_when_broken(Shade::valence(0.5).at(1.5))),
            "touchpoint \"a\": `emotion_when_broken` has intensity 1.5; an intensity is a number from 0 to 1",
        ),
        (
            draft().touchpoint(at("a").feels_when_unknown(Scale::ONE_TO_FIVE.rating(6.0))),
            "touchpoint \"a\": `emotion_when_unknown` has rating 6; the scale goes from 1 to 5",
        ),
        (
            draft().touchpoint(at("a").intended("angry")),
            "touchpoint \"a\": `intended` names \"angry\", which is not a feeling known here; did you mean \
             \"anger\"? (a number from -1 to 1 works too)",
        ),
        (
            draft().touchpoint(at("a").feels(Emotion::mix([]))),
            "touchpoint \"a\": `emotion` has no weight; at least one of its feelings needs a weight above 0",
        ),
        (
            draft().touchpoint(at("a").promise(Promise::new("on time"))),
            "touchpoint \"a\": the promise has `kept` 0, `broken` 0 and `unknown` 0; at least one of them must be \
             above 0",
        ),
        (
            draft().touchpoint(at("a").ends_when(PromiseResult::Broken, "churn", 1.0)),
            "touchpoint \"a\": ending 1 has `when` \"broken\", but touchpoint \"a\" tests no promise; give the \
             touchpoint a promise or drop `when`",
        ),
        (
            draft()
                .touchpoint(at("a"))
                .transition_when(PromiseResult::Kept, "a", "a", 1.0),
            "transition number 1 from \"a\" to \"a\": it has `when` \"kept\", but touchpoint \"a\" tests no promise; \
             give the touchpoint a promise or drop `when`",
        ),
    ] {
        assert_eq!(faults(drawing), [message]);
    }
}

#[test]
fn one_transition_may_have_several_faults() {
    let drawing = draft()
        .touchpoint(at("a"))
        .transition("a", "a", 1.0)
        .connect("a", "a", Transition::new(-1.0).wait_s(f64::NAN))
        .transition("x", "y", -1.0);
    assert_eq!(
        faults(drawing),
        [
            "transition number 2 from \"a\" to \"a\": `weight` is -1; it must be a finite number, 0 or more",
            "transition number 2 from \"a\" to \"a\": `wait_s` is NaN; it must be a finite number, 0 or more",
            "transition number 2 from \"a\" to \"a\": transition number 1 has the same from, to, `when` and `given` already; \
             add their weights up in one transition",
            "transition number 3 from \"x\" to \"y\": `weight` is -1; it must be a finite number, 0 or more",
            "transition number 3 from \"x\" to \"y\": `from` names \"x\", which is not a touchpoint of this journey",
            "transition number 3 from \"x\" to \"y\": `to` names \"y\", which is not a touchpoint of this journey",
        ]
    );
}

#[test]
fn long_ids_do_not_fill_the_memory() {
    let long = "a".repeat(100_000);
    let mut touchpoint = at(&long);
    for _ in 0..10_000 {
        touchpoint = touchpoint.ends_when(PromiseResult::Kept, "churn", 1.0);
    }
    let invalid = draft().touchpoint(touchpoint).build().unwrap_err();
    assert_eq!(invalid.problems().len(), 10_000);
    assert!(invalid.to_string().len() < 10_000_000);
    let Place::Touchpoint { id, .. } = &invalid.problems()[0].place else {
        panic!("{invalid}");
    };
    assert_eq!(id.as_deref(), Some(&long[..200]));
}
