//! What holds of every comparison: the other way round, with itself, through documents, whatever the labels.

use super::counted::{log, side};
use super::{journey_q, plan_abc};
use crate::ask::journey_w;
use crate::generate::Rng;
use crate::steady::cases;
use customer_journey::compare::{CompareOptions, Comparison, Side, Verdict};
use customer_journey::journey::{Channel, Journey, JourneyKind, Phase, Touchpoint};
use proptest::prelude::*;

fn sides() -> Vec<(Side, Side)> {
    let mut rng = Rng::new(3);
    let (first, second) = (log(&mut rng, 80, 0.6), log(&mut rng, 60, 0.2));
    vec![
        (
            Side::of_flow("W", &journey_w()),
            Side::of_flow("Q", &journey_q()),
        ),
        (Side::of_flow("plan", &plan_abc()), side("real", &first)),
        (side("first", &first), side("second", &second)),
        (
            Side::of_report("first", side("x", &first).report().clone()),
            Side::of_report("second", side("x", &second).report().clone()),
        ),
    ]
}

/// What is said in both directions is the same, with the signs changed.
fn holds_the_other_way_round(a: &Side, b: &Side) {
    let options = CompareOptions::new().permutations(199);
    let (there, back) = (a.compare_with(b, &options), b.compare_with(a, &options));
    assert_eq!(there.figures.len(), back.figures.len());
    for figure in &there.figures {
        let of: Vec<String> = figure.of.iter().map(ToString::to_string).collect();
        let of: Vec<&str> = of.iter().map(String::as_str).collect();
        let other = back.figure(&figure.figure, &of).unwrap();
        assert_eq!((figure.a, figure.b), (other.b, other.a));
        let negative = |value: Option<f64>| value.map(|value| 0.0 - value);
        assert_eq!(figure.difference, negative(other.difference), "{figure}");
        assert_eq!(figure.standard_error, other.standard_error);
        assert_eq!(
            (figure.low, figure.high),
            (negative(other.high), negative(other.low))
        );
        assert_eq!(figure.verdict, other.verdict, "{figure}");
    }
    assert_eq!(there.only[0], back.only[1]);
    match (&there.same_process, &back.same_process) {
        (Some(there), Some(back)) => {
            assert!((there.g2 - back.g2).abs() < 1e-9 && there.df == back.df);
        }
        (there, back) => assert_eq!(there, back),
    }
    match (&there.plan, &back.plan) {
        (Some(there), Some(back)) => assert!((there.follows - back.follows).abs() < 1e-12),
        (there, back) => assert_eq!(there, back),
    }
    match (&there.divergence, &back.divergence) {
        (Some(there), Some(back)) => {
            let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            assert!(same(there.bits, back.bits_back) && same(there.bits_back, back.bits));
            assert!((there.affinity - back.affinity).abs() < 1e-9);
        }
        (there, back) => assert_eq!(there, back),
    }
}

#[test]
fn the_other_way_round() {
    for (a, b) in sides() {
        holds_the_other_way_round(&a, &b);
    }
}

fn does_not_differ_from_itself(side: &Side) {
    let comparison = side.compare_with(side, &CompareOptions::new().permutations(199));
    assert!(!comparison.is_changed());
    for figure in &comparison.figures {
        assert_eq!(figure.difference.unwrap_or(0.0), 0.0, "{figure}");
        assert!(
            matches!(figure.verdict, None | Some(Verdict::Same)),
            "{figure}"
        );
    }
    if let Some(known) = &comparison.divergence {
        assert_eq!((known.bits, known.bits_back), (Some(0.0), Some(0.0)));
        assert_eq!((known.tv_low, known.tv_high), (0.0, 0.0));
        assert!((known.affinity - 1.0).abs() < 1e-12);
    }
    if let Some(same) = &comparison.same_process {
        assert!(
            same.g2.abs() < 1e-9 && same.p.is_none_or(|p| p > 0.99),
            "{same:?}"
        );
    }
    assert!(
        comparison
            .plan
            .is_none_or(|plan| (plan.follows - 1.0).abs() < 1e-12)
    );
    for made in &comparison.makes {
        assert_eq!(made.difference, 0.0);
        assert!(
            made.parts
                .iter()
                .all(|part| part.effect.unwrap().abs() < 1e-12)
        );
    }
}

#[test]
fn a_journey_does_not_differ_from_itself() {
    for side in sides().into_iter().flat_map(|(a, b)| [a, b]) {
        does_not_differ_from_itself(&side);
    }
}

/// Journeys with loops over a few touchpoints that both sides may have: ways are left out, endings differ, and some
/// are plans. (Of two plans the first one is the plan, whichever way round.)
fn looped(can_be_planned: bool) -> impl Strategy<Value = Side> {
    let weights = proptest::collection::vec(0_u8..4, 16);
    let about = proptest::collection::vec((-4_i8..=4, 0_u8..4, 1_u8..4), 4);
    (weights, about, any::<bool>()).prop_map(move |(weights, about, planned)| {
        let mut builder = Journey::builder("drawn").kind(if planned && can_be_planned {
            JourneyKind::Planned
        } else {
            JourneyKind::Experienced
        });
        for (number, (felt, churn, loyal)) in about.into_iter().enumerate() {
            let mut at = Touchpoint::new(format!("t{number}"), Phase::During, Channel::Web)
                .feels(f64::from(felt) / 4.0)
                .ends("loyal", f64::from(loyal));
            if churn > 0 {
                at = at.ends("churn", f64::from(churn));
            }
            builder = builder.touchpoint(if number == 0 { at.starts(1.0) } else { at });
        }
        for (number, weight) in weights.into_iter().enumerate() {
            if weight > 0 {
                let (from, to) = (format!("t{}", number / 4), format!("t{}", number % 4));
                builder = builder.transition(&from, &to, f64::from(weight));
            }
        }
        Side::of_flow("drawn", &builder.build().unwrap().flow().unwrap())
    })
}

/// Logs of journeys with loops, of any length of the way and any share that goes on.
fn logged() -> impl Strategy<Value = Side> {
    (any::<u32>(), 20_usize..60, 1_u8..9).prop_map(|(seed, journeys, to_b)| {
        let mut rng = Rng::new(u64::from(seed));
        side("drawn", &log(&mut rng, journeys, f64::from(to_b) / 10.0))
    })
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn drawn_journeys_hold_it_too(a in looped(true), b in looped(false)) {
        holds_the_other_way_round(&a, &b);
        does_not_differ_from_itself(&a);
        // The same again gives the same, to the last digit.
        prop_assert_eq!(a.compare(&b), a.compare(&b));
        // Labels that are ids and endings change nothing but themselves.
        let labelled = |side: &Side, label: &str| Side::of_flow(label, side.flow().unwrap());
        let mut named = labelled(&a, "churn").compare(&labelled(&b, "t0"));
        let other = a.compare(&b);
        named.labels.clone_from(&other.labels);
        prop_assert_eq!(named, other);
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn drawn_logs_hold_it_too(a in logged(), b in logged()) {
        holds_the_other_way_round(&a, &b);
        does_not_differ_from_itself(&a);
        let options = CompareOptions::new().permutations(199).seed(3);
        prop_assert_eq!(a.compare_with(&b, &options), a.compare_with(&b, &options));
    }
}

/// Labels are said, and change nothing.
#[test]
fn labels_never_leak() {
    let plain = |mut comparison: Comparison| {
        comparison.labels = [String::new(), String::new()];
        comparison
    };
    let hostile = "a <b>*x*</b> | `y`\u{202e}\n# z";
    let flows = (journey_w(), journey_q());
    let named = Side::of_flow(hostile, &flows.0).compare(&Side::of_flow("churn", &flows.1));
    let other = Side::of_flow("1", &flows.0).compare(&Side::of_flow("2", &flows.1));
    assert_eq!(plain(named.clone()), plain(other));
    let markdown = named.markdown().to_string();
    assert!(
        !markdown.contains("<b>") && !markdown.contains("\n# z"),
        "{markdown}"
    );
    assert!(!named.to_string().contains('\u{202e}'));
    for words in ["before", "after:", "worse", "better"] {
        let text = named.to_string().to_lowercase();
        assert!(!text.contains(words), "{words}: {text}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn comparisons_go_through_documents() {
    for (a, b) in sides() {
        let comparison = a.compare(&b);
        let document = serde_json::to_string(&comparison).unwrap();
        let read: Comparison = serde_json::from_str(&document).unwrap();
        assert_eq!(read, comparison);
        let document = serde_json::to_value(&comparison).unwrap();
        let schema: serde_json::Value =
            serde_json::from_str(customer_journey::schema::COMPARISON_SCHEMA).unwrap();
        assert_eq!(
            crate::schema::validator::breaks(&schema, &document),
            [""; 0]
        );
        for key in document.as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{key}");
        }
    }
    let known = serde_json::to_value(
        Side::of_flow("W", &journey_w()).compare(&Side::of_flow("plan", &plan_abc())),
    )
    .unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        keys(&known["figures"][0]),
        [
            "a",
            "b",
            "difference",
            "figure",
            "high",
            "low",
            "of",
            "standard_error",
            "verdict"
        ]
    );
    assert_eq!(
        keys(&known["divergence"]),
        [
            "affinity",
            "bits",
            "bits_back",
            "by_touchpoint",
            "tv_high",
            "tv_low"
        ]
    );
    assert_eq!(
        keys(&known["plan"]),
        [
            "ad_hoc",
            "deviations",
            "failed",
            "first_deviations",
            "follows",
            "missing",
            "out_of_order"
        ]
    );
    assert_eq!(known["plan"]["deviations"].as_array().unwrap().len(), 9);
}

/// Stored reports are compared by their figures, and what needs the maps is left open.
#[test]
fn reports_alone_can_be_compared() {
    let comparison = journey_w().report().compare(&journey_q().report());
    let churn = comparison.figure("outcome", &["churn"]).unwrap();
    assert!(churn.difference.unwrap() != 0.0);
    assert_eq!(
        (
            comparison.divergence,
            comparison.plan,
            comparison.same_process
        ),
        (None, None, None)
    );
    assert!(comparison.makes.is_empty());
}
