//! The shape of a path's feelings, by the cosine modes, against shares worked by hand.
//!
//! With n points, mode k has the weight w(i) = cos(pi k (i - 1/2) / n) and the share
//! (2/n) (sum of v w)^2 / (sum of squared deviations of v from its mean).

use customer_journey::analysis::{ArcShape, EmotionalArc};
use std::f64::consts::PI;

/// Some ten roundings.
const CLOSE: f64 = 1e-13;

#[track_caller]
fn arc(valences: &[f64], shape: ArcShape, confidence: f64) {
    let arc = EmotionalArc::of(valences).unwrap();
    assert_eq!(arc.shape, shape, "{valences:?}: {arc:?}");
    let error = (arc.confidence.unwrap() - confidence).abs();
    assert!(error < CLOSE, "{arc:?} instead of {confidence}");
}

#[test]
fn three_points_by_hand() {
    // Weights of mode 1: sqrt(3)/2, 0, -sqrt(3)/2; share (v1 - v3)^2 / 2 over the squared deviations.
    // Weights of mode 2: 1/2, -1, 1/2; share (v1 - 2 v2 + v3)^2 / 6.
    arc(&[-0.5, 0.0, 0.5], ArcShape::RagsToRiches, 1.0);
    arc(&[0.5, 0.0, -0.5], ArcShape::RichesToRags, 1.0);
    arc(&[0.3, -0.6, 0.3], ArcShape::ManInAHole, 1.0);
    arc(&[-0.3, 0.6, -0.3], ArcShape::Icarus, 1.0);
    // (0, 0, 1): 1/2 and 1/6 of 2/3.
    arc(&[0.0, 0.0, 1.0], ArcShape::RagsToRiches, 3.0 / 4.0);
    // (0, 1, 0.5): squares 1/2; modes 1/8 and (1.5)^2 / 6 = 3/8.
    arc(&[0.0, 1.0, 0.5], ArcShape::Icarus, 3.0 / 4.0);
    // (1, 0, 0.5): the same upside down.
    arc(&[1.0, 0.0, 0.5], ArcShape::ManInAHole, 3.0 / 4.0);
    // (0.8, 0.1, -0.2): mean 7/30; squares 0.69 - 0.49/3 = 158/300; mode 1 is 1/2.
    arc(&[0.8, 0.1, -0.2], ArcShape::RichesToRags, 150.0 / 158.0);
}

#[test]
fn four_points_by_hand() {
    // Mode 2: weights r, -r, -r, r with r = sqrt(1/2), share (v1 - v2 - v3 + v4)^2 / 4.
    arc(&[0.5, -0.5, -0.5, 0.5], ArcShape::ManInAHole, 1.0);
    arc(&[-0.5, 0.5, 0.5, -0.5], ArcShape::Icarus, 1.0);
    // Modes 1 and 3: weights a, b, -b, -a and b, -a, a, -b with a = cos(pi/8), b = sin(pi/8),
    // a^2 = 1/2 + s, b^2 = 1/2 - s, a b = s, s = sqrt(2)/4.
    let s = f64::sqrt(2.0) / 4.0;
    // (-1, 1, -1, 1): mode 1 is 4 (b - a)^2 / 2 = 2 - 4 s; mode 3 is 4 (a + b)^2 / 2 = 2 + 4 s; of 4.
    arc(&[-1.0, 1.0, -1.0, 1.0], ArcShape::Cinderella, 0.5 + s);
    arc(&[1.0, -1.0, 1.0, -1.0], ArcShape::Oedipus, 0.5 + s);
    // (0, 0, 1, 1): mode 1 is (a + b)^2 / 2 = 1/2 + s, mode 3 the rest, of 1.
    arc(&[0.0, 0.0, 1.0, 1.0], ArcShape::RagsToRiches, 0.5 + s);
    // (0, 1/3, 2/3, 1): squares 5/9; mode 1 is (a + b/3)^2 / 2 = (5/9 + 14 s / 9) / 2.
    let straight = f64::midpoint(1.0, 14.0 * s / 5.0);
    arc(
        &[1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0],
        ArcShape::RichesToRags,
        straight,
    );
}

#[test]
fn clean_templates_are_named_at_every_length() {
    type Shape = fn(bool) -> ArcShape;
    let shapes: [Shape; 3] = [
        |up| {
            if up {
                ArcShape::RichesToRags
            } else {
                ArcShape::RagsToRiches
            }
        },
        |up| {
            if up {
                ArcShape::ManInAHole
            } else {
                ArcShape::Icarus
            }
        },
        |up| {
            if up {
                ArcShape::Oedipus
            } else {
                ArcShape::Cinderella
            }
        },
    ];
    for n in 3..=10 {
        for (k, shape) in (1..n.min(4)).zip(shapes) {
            for (up, size) in [(true, 0.6), (false, -0.6)] {
                for level in [-0.3, 0.0, 0.3] {
                    let point = |i: usize| (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos();
                    let valences: Vec<f64> = (0..n).map(|i| level + size * point(i)).collect();
                    arc(&valences, shape(up), 1.0);
                }
            }
        }
        // Higher modes are a rollercoaster.
        for k in 4..n {
            let point = |i: usize| (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos();
            let valences: Vec<f64> = (0..n).map(|i| 0.6 * point(i)).collect();
            arc(&valences, ArcShape::Rollercoaster, 1.0);
        }
    }
}

#[test]
fn drawn_templates_are_named_at_every_length() {
    // Straight lines between turning points that are equally far apart.
    let template = |turns: &[f64], n: usize| -> Vec<f64> {
        let last = turns.len() - 1;
        let at = |i: usize| i as f64 / (n - 1) as f64 * last as f64;
        (0..n)
            .map(|i| {
                let from = (0..last).rev().find(|&t| t as f64 <= at(i)).unwrap();
                let along = at(i) - from as f64;
                turns[from] * (1.0 - along) + turns[from + 1] * along
            })
            .collect()
    };
    for n in 3..=10 {
        for (turns, shape) in [
            (&[-0.6, 0.6][..], ArcShape::RagsToRiches),
            (&[0.6, -0.6], ArcShape::RichesToRags),
            (&[0.6, -0.6, 0.6], ArcShape::ManInAHole),
            (&[-0.6, 0.6, -0.6], ArcShape::Icarus),
            (&[-0.6, 0.6, -0.6, 0.6], ArcShape::Cinderella),
            (&[0.6, -0.6, 0.6, -0.6], ArcShape::Oedipus),
        ] {
            if n < turns.len() {
                continue;
            }
            let arc = EmotionalArc::of(&template(turns, n)).unwrap();
            assert_eq!(arc.shape, shape, "{n} points: {arc:?}");
            assert!((0.5..=1.0).contains(&arc.confidence.unwrap()));
        }
    }
}

#[test]
fn one_and_two_points_only_rise_fall_or_stay() {
    assert!(EmotionalArc::of(&[]).is_none());
    assert_eq!(EmotionalArc::of(&[0.9]).unwrap().shape, ArcShape::Flat);
    arc(&[-0.1, 0.2], ArcShape::Rise, 1.0);
    arc(&[1.0, -1.0], ArcShape::Fall, 1.0);
    assert_eq!(EmotionalArc::of(&[0.0, 0.2]).unwrap().shape, ArcShape::Flat);
}

#[test]
fn below_a_quarter_it_is_flat() {
    for n in 2..=10_u32 {
        let valences =
            |size: f64| -> Vec<f64> { (0..n).map(|i| size * f64::from(i % 2)).collect() };
        let flat = EmotionalArc::of(&valences(0.249_999)).unwrap();
        assert_eq!((flat.shape, flat.confidence), (ArcShape::Flat, None));
        let not = EmotionalArc::of(&valences(0.25)).unwrap();
        assert_ne!(not.shape, ArcShape::Flat, "{n}");
        assert!(not.confidence.is_some());
    }
    let flat = EmotionalArc::of(&[0.7; 9]).unwrap();
    assert_eq!((flat.shape, flat.confidence), (ArcShape::Flat, None));
}

/// The shares of modes 1, 2 and 3, straight from the definition.
fn shares(valences: &[f64]) -> Vec<f64> {
    let n = valences.len();
    let mode = |k: usize| -> f64 {
        let weight = |i: usize| (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos();
        let sum: f64 = valences
            .iter()
            .enumerate()
            .map(|(i, v)| v * weight(i))
            .sum();
        sum * sum * 2.0 / n as f64
    };
    let total: f64 = (1..n).map(mode).sum();
    (1..n).map(|k| mode(k) / total).collect()
}

#[test]
fn the_rules_hold_for_whatever_is_felt() {
    let mut rng = crate::generate::Rng::new(7);
    let (mut mixed, mut coaster) = (0, 0);
    for round in 0..5_000 {
        let n = 3 + round % 9;
        let valences: Vec<f64> = (0..n).map(|_| 2.0 * rng.unit() - 1.0).collect();
        let arc = EmotionalArc::of(&valences).unwrap();
        let highest = valences.iter().copied().fold(-1.0, f64::max);
        let lowest = valences.iter().copied().fold(1.0, f64::min);
        if highest - lowest < 0.25 {
            assert_eq!((arc.shape, arc.confidence), (ArcShape::Flat, None));
            continue;
        }
        let confidence = arc.confidence.unwrap();
        assert!((0.0..=1.0).contains(&confidence));
        let shares = shares(&valences);
        let simple = &shares[..shares.len().min(3)];
        let later: f64 = shares[simple.len()..].iter().sum();
        let best = simple.iter().copied().fold(0.0, f64::max);
        match arc.shape {
            ArcShape::Rollercoaster => {
                assert!(later > 0.5 - CLOSE);
                coaster += 1;
            }
            ArcShape::Mixed => {
                assert!(best < 0.5 + CLOSE && later < 0.5 + CLOSE);
                assert!((confidence - best).abs() < CLOSE);
                let [first, second] = arc.nearest.unwrap();
                assert_ne!(first, second);
                mixed += 1;
            }
            _ => assert!(best > 0.5 - CLOSE && (confidence - best).abs() < CLOSE),
        }
        assert_eq!(arc.nearest.is_some(), arc.shape == ArcShape::Mixed);
    }
    assert!(mixed > 100 && coaster > 100, "{mixed} {coaster}");
}

#[test]
fn mixed_arcs_name_the_two_nearest() {
    // Modes 1, 2 and 3 of five points in the proportion 4 : 3 : 2, so that none has a half.
    let n = 5;
    let mode = |k: usize, i: usize| (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos();
    let valences: Vec<f64> = (0..n)
        .map(|i| -0.2 * mode(1, i) + f64::sqrt(0.03) * mode(2, i) - f64::sqrt(0.02) * mode(3, i))
        .collect();
    let arc = EmotionalArc::of(&valences).unwrap();
    assert_eq!(arc.shape, ArcShape::Mixed);
    assert!((arc.confidence.unwrap() - 4.0 / 9.0).abs() < CLOSE);
    assert_eq!(
        arc.nearest,
        Some([ArcShape::RagsToRiches, ArcShape::ManInAHole])
    );
}
