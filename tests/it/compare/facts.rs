//! Maps whose customers remember: exact where their path fixes what they remember, and left open where it does not.

use super::plan::against;
use super::{at, close, plan_abc};
use customer_journey::compare::DivergenceMissing;
use customer_journey::facts::{Fact, Given};
use customer_journey::journey::{Journey, Promise};
use customer_journey::{Flow, Transition};

/// A parcel, a pause, and a review that remembers whether the parcel was on time: the chances to be kept, and of a bad review then
/// and otherwise.
fn parcel(kept: f64, bad_kept: f64, bad_broken: f64) -> Flow {
    let is = |result: &str| Given::is("delivery", result);
    Journey::builder("parcel")
        .remember(Fact::first("delivery", "on time"))
        .touchpoint(at("parcel").promise(Promise::new("on time").kept(kept).broken(1.0 - kept)))
        .touchpoint(at("pause"))
        .touchpoint(
            at("review")
                .ends_given(is("kept"), "bad", bad_kept)
                .ends_given(is("kept"), "good", 1.0 - bad_kept)
                .ends_given(is("broken"), "bad", bad_broken)
                .ends_given(is("broken"), "good", 1.0 - bad_broken),
        )
        .transition("parcel", "pause", 1.0)
        .transition("pause", "review", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

/// Four paths, by hand.
#[test]
fn facts_that_the_path_fixes_are_exact() {
    let paths = |kept: f64, bad_kept: f64, bad_broken: f64| {
        [
            kept * bad_kept,
            kept * (1.0 - bad_kept),
            (1.0 - kept) * bad_broken,
            (1.0 - kept) * (1.0 - bad_broken),
        ]
    };
    let (p, q) = (paths(0.9, 0.1, 0.6), paths(0.7, 0.2, 0.5));
    let comparison = parcel(0.9, 0.1, 0.6).compare(&parcel(0.7, 0.2, 0.5));
    let known = comparison.divergence.as_ref().unwrap();
    let sum = |of: &dyn Fn(f64, f64) -> f64| p.iter().zip(&q).map(|(&p, &q)| of(p, q)).sum::<f64>();
    close(known.bits, sum(&|p, q| p * (p / q).log2()), 1e-12);
    close(known.bits_back, sum(&|p, q| q * (q / p).log2()), 1e-12);
    close(known.affinity, sum(&|p, q| (p * q).sqrt()), 1e-12);
    close(known.tv_low, 1.0 - known.affinity, 1e-12);
    let part = |id: &str| super::part(&comparison, id);
    close(
        part("parcel"),
        0.9 * (0.9_f64 / 0.7).log2() + 0.1 * (0.1_f64 / 0.3).log2(),
        1e-12,
    );
    close(part("pause"), 0.0, 1e-12);
    // A map that forgets, with the same visits and ways, lies elsewhere.
    let forgets = |flow: &Flow| flow.probability(&"bad".into());
    let (a, b) = (
        forgets(&parcel(0.9, 0.1, 0.6)),
        forgets(&parcel(0.7, 0.2, 0.5)),
    );
    let alone = a * (a / b).log2() + (1.0 - a) * ((1.0 - a) / (1.0 - b)).log2();
    assert!((part("review").unwrap() - alone).abs() > 0.01);
    // What one touchpoint makes of it, by the formula of total probability.
    let made = comparison
        .makes
        .iter()
        .find(|made| made.figure == "outcome" && made.of[0].to_string() == "bad");
    let made = made.unwrap();
    let effect = |id: &str| {
        made.parts
            .iter()
            .find(|part| part.id.as_deref() == Some(id))
            .unwrap()
            .effect
    };
    let bad =
        |kept: f64, bad_kept: f64, bad_broken: f64| kept * bad_kept + (1.0 - kept) * bad_broken;
    let before = bad(0.9, 0.1, 0.6);
    close(effect("parcel"), bad(0.7, 0.1, 0.6) - before, 1e-12);
    close(effect("review"), bad(0.9, 0.2, 0.5) - before, 1e-12);
}

/// A map that remembers beside one that does not: the path fixes what the one remembers.
#[test]
fn one_side_may_remember() {
    let plain = Journey::builder("plain")
        .touchpoint(at("parcel").promise(Promise::new("on time").kept(0.8).broken(0.2)))
        .touchpoint(at("pause"))
        .touchpoint(at("review").ends("bad", 0.25).ends("good", 0.75))
        .transition("parcel", "pause", 1.0)
        .transition("pause", "review", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let comparison = parcel(0.9, 0.1, 0.6).compare(&plain);
    let known = comparison.divergence.unwrap();
    let p = [0.09, 0.81, 0.06, 0.04];
    let q = [0.2, 0.6, 0.05, 0.15];
    let bits: f64 = p
        .iter()
        .zip(&q)
        .map(|(p, q): (&f64, &f64)| p * (p / q).log2())
        .sum();
    close(known.bits, bits, 1e-12);
}

/// Who somebody is shows in no path.
#[test]
fn what_no_path_shows_is_left_open() {
    let hidden = || {
        Journey::builder("hidden")
            .remember(Fact::shares("kind", [("new", 1.0), ("old", 1.0)]))
            .touchpoint(
                at("shop")
                    .ends_given(Given::is("kind", "new"), "bad", 1.0)
                    .ends_given(Given::is("kind", "old"), "good", 1.0),
            )
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    let comparison = hidden().compare(&hidden());
    assert_eq!(
        (comparison.divergence.clone(), comparison.divergence_missing),
        (None, Some(DivergenceMissing::Hidden))
    );
    let changed = parcel(0.9, 0.1, 0.6).compare(&hidden());
    assert_eq!(changed.divergence_missing, Some(DivergenceMissing::Hidden));
    let text = changed.to_string();
    assert!(
        text.contains("remember what their path does not show"),
        "{text}"
    );
}

/// b leads to x only after a broken promise, each second time: by hand.
#[test]
fn plans_are_followed_by_what_is_remembered() {
    let broken = || Given::is("promise", "broken");
    let way = |weight: f64| Transition::new(weight);
    let real = Journey::builder("real")
        .remember(Fact::first("promise", "soon"))
        .touchpoint(
            at("a")
                .starts(1.0)
                .promise(Promise::new("soon").kept(1.0).broken(1.0)),
        )
        .touchpoint(at("b"))
        .touchpoint(at("c").ends("loyal", 1.0))
        .touchpoint(at("x"))
        .transition("a", "b", 1.0)
        .connect("b", "x", way(1.0).given(broken()))
        .connect("b", "c", way(1.0))
        .transition("x", "b", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let figures = against(&plan_abc(), &real);
    // A map that forgets would say 2/3.
    close(figures.follows, 0.75, 1e-12);
    let expected = [0.75, 0.0, 0.125, 0.0, 0.0625, 0.0, 0.03125, 0.0, 0.03125];
    for (found, expected) in figures.deviations.unwrap().iter().zip(expected) {
        close(*found, expected, 1e-12);
    }
    close(figures.first_deviations[0].probability, 0.25, 1e-12);
    assert_eq!(figures.first_deviations.len(), 1);
}
