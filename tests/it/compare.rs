//! Two journeys side by side: published and hand-made values, and laws.

mod counted;
mod facts;
mod laws;
mod paths;
mod pictures;
mod plan;
mod told;
mod touchpoints;
mod waits;

use crate::ask::journey_w;
use customer_journey::compare::{Comparison, Side};
use customer_journey::journey::{Channel, Journey, JourneyKind, Phase, Touchpoint};
use customer_journey::{Evidence, Flow};

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// As W, with other chances.
fn journey_q() -> Flow {
    Journey::builder("Q")
        .touchpoint(at("a").starts(1.0).ends("churn", 0.1))
        .touchpoint(at("b").ends("churn", 0.2).ends("loyal", 0.1))
        .touchpoint(at("c").ends("churn", 0.2).ends("loyal", 0.6))
        .transition("a", "b", 0.5)
        .transition("a", "c", 0.4)
        .transition("b", "a", 0.3)
        .transition("b", "c", 0.4)
        .transition("c", "b", 0.2)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

/// The plan a, b, c.
fn plan_abc() -> Flow {
    Journey::builder("plan")
        .kind(JourneyKind::Planned)
        .touchpoint(at("a").starts(1.0))
        .touchpoint(at("b"))
        .touchpoint(at("c").ends("loyal", 1.0))
        .transition("a", "b", 1.0)
        .transition("b", "c", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[track_caller]
fn close(found: impl Into<Option<f64>>, expected: f64, tolerance: f64) {
    let found = found.into().unwrap();
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} instead of {expected}"
    );
}

fn part(comparison: &Comparison, id: &str) -> Option<f64> {
    let known = comparison.divergence.as_ref().unwrap();
    let mut parts = known.by_touchpoint.iter();
    parts
        .find(|part| part.id.as_deref() == Some(id))
        .unwrap()
        .bits
}

/// The check values of W against Q.
#[test]
fn divergence_of_w_from_q() {
    let comparison = journey_w().compare(&journey_q());
    let known = comparison.divergence.as_ref().unwrap();
    close(known.bits, 0.203_445_690_5, 1e-10);
    close(known.bits_back, 0.223_376_179_7, 1e-10);
    close(known.affinity, 0.963_987_813_3, 1e-10);
    close(known.tv_low, 0.0360, 5e-5);
    close(known.tv_high, 0.2659, 5e-5);
    for (id, bits) in [("a", 0.038_402_8), ("b", 0.110_075_3), ("c", 0.054_967_5)] {
        close(part(&comparison, id), bits, 5e-8);
    }
    assert!(comparison.forbidden.is_empty());
    assert_eq!(comparison.labels, ["W", "Q"]);
    // Nobody counted anything.
    assert!(
        comparison
            .figures
            .iter()
            .all(|figure| figure.verdict.is_none())
    );
    assert_eq!(comparison.same_process, None);
    assert_eq!(comparison.plan, None);
}

/// A plan that has no way from a to c: infinite, with the ways that make it so, and the other way finite.
#[test]
fn what_the_other_side_never_does_is_named() {
    let comparison =
        Side::of_flow("real", &journey_w()).compare(&Side::of_flow("plan", &plan_abc()));
    let known = comparison.divergence.as_ref().unwrap();
    assert_eq!((known.bits, part(&comparison, "a")), (None, None));
    // One path, of which W has the chance 0.6 * 0.5 * 0.6.
    close(known.bits_back, -(0.18_f64.log2()), 1e-12);
    close(known.affinity, 0.18_f64.sqrt(), 1e-12);
    let way = |from: &str, to: Option<&str>| {
        let mut ways = comparison.forbidden.iter();
        let found = ways.find(|way| way.from.as_deref() == Some(from) && way.to.as_deref() == to);
        found.unwrap().times
    };
    close(way("a", Some("c")), 1.152_912_62 * 0.3, 1e-8);
    close(way("c", Some("b")), 0.728_155_34 * 0.1, 1e-8);
    assert!(comparison.forbidden.iter().all(|way| way.side == 0));
}

/// Counts as Kullback compared them, through two maps. From each touchpoint as many journeys end on both sides as come; the ending
/// is a seventh column, whose part is taken by the test itself.
#[test]
fn same_process_by_the_counts_of_maps() {
    let counted = |weights: [[f64; 3]; 2]| {
        let at = |id: &str, ends: f64| {
            at(id)
                .starts(10.0)
                .ends("done", ends)
                .evidence(Evidence::Observed)
        };
        let [x, y] = weights;
        Journey::builder("counts")
            .touchpoint(at("x", x[2]))
            .touchpoint(at("y", y[2]))
            .transition("x", "x", x[0])
            .transition("x", "y", x[1])
            .transition("y", "x", y[0])
            .transition("y", "y", y[1])
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    let (a, b) = (
        [[22.0, 11.0, 24.0], [5.0, 23.0, 15.0]],
        [[3.0, 6.0, 9.0], [0.0, 9.0, 3.0]],
    );
    let comparison = counted(a).compare(&counted(b));
    let g2 = |a: [f64; 3], b: [f64; 3]| {
        let (in_a, in_b): (f64, f64) = (a.iter().sum(), b.iter().sum());
        let term = |n: f64, row: f64, column: f64| {
            if n > 0.0 {
                2.0 * n * (n * (in_a + in_b) / (row * column)).ln()
            } else {
                0.0
            }
        };
        let parts = a.iter().zip(&b);
        parts
            .map(|(&x, &y)| term(x, in_a, x + y) + term(y, in_b, x + y))
            .sum::<f64>()
    };
    let same = comparison.same_process.unwrap();
    close(same.g2, g2(a[0], b[0]) + g2(a[1], b[1]), 1e-9);
    // The start is alike on both sides, with a degree of its own.
    assert_eq!((same.df, same.p), (5, None));
    close(same.touchpoints[1].g2, g2(a[0], b[0]), 1e-9);
    assert_eq!(same.touchpoints[1].id.as_deref(), Some("x"));
}

/// By hand: W with the row of a touchpoint of Q in it, by enumeration of 2 x 2 systems.
#[test]
fn what_makes_the_difference_of_w_and_q() {
    let comparison = journey_w().compare(&journey_q());
    let churn = |a: [f64; 3], b: [f64; 4], c: [f64; 3]| {
        // a: to b, to c, churn; b: to a, to c, churn, loyal; c: to b, churn, loyal.
        let (mut from_a, mut from_b, mut from_c) = (0.0, 0.0, 0.0);
        for _ in 0..10_000 {
            from_a = a[0] * from_b + a[1] * from_c + a[2];
            from_b = b[0] * from_a + b[1] * from_c + b[2];
            from_c = c[0] * from_b + c[1];
        }
        from_a
    };
    let w = ([0.6, 0.3, 0.1], [0.2, 0.5, 0.1, 0.2], [0.1, 0.3, 0.6]);
    let q = ([0.5, 0.4, 0.1], [0.3, 0.4, 0.2, 0.1], [0.2, 0.2, 0.6]);
    let before = churn(w.0, w.1, w.2);
    let made = comparison
        .makes
        .iter()
        .find(|made| made.figure == "outcome" && made.of[0].to_string() == "churn")
        .unwrap();
    let expected = [
        (None, 0.0),
        (Some("a"), churn(q.0, w.1, w.2) - before),
        (Some("b"), churn(w.0, q.1, w.2) - before),
        (Some("c"), churn(w.0, w.1, q.2) - before),
    ];
    for (part, (id, effect)) in made.parts.iter().zip(expected) {
        assert_eq!(part.id.as_deref(), id);
        close(part.effect, effect, 1e-12);
    }
    let difference = churn(q.0, q.1, q.2) - before;
    close(made.difference, difference, 1e-12);
    let parts: f64 = expected.iter().map(|(_, effect)| effect).sum();
    close(made.left_over, difference - parts, 1e-12);
    assert!(made.left_over.unwrap().abs() > 1e-6);
}

#[test]
fn touchpoints_match_by_id_or_by_name_and_channel() {
    let map = |id: &str, channel: Channel| {
        let first = Touchpoint::new(id, Phase::Before, channel)
            .name("Books")
            .ends("done", 1.0);
        Journey::builder("m")
            .touchpoint(first)
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    let same = map("x1", Channel::Web).compare(&map("y7", Channel::Web));
    let reach = same.figure("reach", &["x1"]).unwrap();
    assert_eq!((reach.a, reach.b), (Some(1.0), Some(1.0)));
    close(same.divergence.as_ref().unwrap().bits, 0.0, 0.0);
    assert!(same.only[0].is_empty() && same.only[1].is_empty());
    // Or as the caller says.
    let (web, phone) = (map("x1", Channel::Web), map("y7", Channel::Phone));
    for said in [
        Side::of_flow("a", &web)
            .same("x1", "y7")
            .compare(&Side::of_flow("b", &phone)),
        Side::of_flow("a", &web).compare(&Side::of_flow("b", &phone).same("y7", "x1")),
        Side::of_report("a", web.report())
            .compare(&Side::of_report("b", phone.report()).same("y7", "x1")),
    ] {
        let reach = said.figure("reach", &["x1"]).unwrap();
        assert_eq!((reach.a, reach.b), (Some(1.0), Some(1.0)));
        assert!(said.only[0].touchpoints.is_empty() && said.only[1].touchpoints.is_empty());
    }
    let other = map("x1", Channel::Web).compare(&map("y7", Channel::Phone));
    let text = other.to_string();
    assert!(
        text.contains("No touchpoint of the one is one of the other"),
        "{text}"
    );
    assert_eq!(other.only[0].touchpoints, ["x1"]);
    assert_eq!(other.only[1].touchpoints, ["y7"]);
    let reach = other.figure("reach", &["y7"]).unwrap();
    assert_eq!((reach.a, reach.b), (Some(0.0), Some(1.0)));
}
