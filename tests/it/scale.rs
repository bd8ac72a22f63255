//! Scales: every declared one in both directions, their text, and all that is refused.

use crate::steady::cases;
use customer_journey::Scale;
use customer_journey::journey::{InvalidScale, OutOfRange};
use proptest::prelude::*;

const DECLARED: [(Scale, f64, f64, &str); 5] = [
    (Scale::MINUS_TWO_TO_TWO, -2.0, 2.0, "-2..2"),
    (Scale::ONE_TO_FIVE, 1.0, 5.0, "1..5"),
    (Scale::ONE_TO_SEVEN, 1.0, 7.0, "1..7"),
    (Scale::ZERO_TO_TEN, 0.0, 10.0, "0..10"),
    (Scale::MINUS_ONE_TO_ONE, -1.0, 1.0, "-1..1"),
];

/// Equal as bits: `-0.0` is not `0.0`.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

#[test]
fn declared_scales_are_what_they_are_called() {
    for (scale, min, max, text) in DECLARED {
        assert_eq!((scale.min(), scale.max()), (min, max));
        assert!(scale.higher_is_better());
        assert_eq!(scale, Scale::new(min, max).unwrap());
        assert_eq!(scale.to_string(), text);
        assert_ne!(scale, scale.lower_is_better());
        assert_eq!(
            scale.lower_is_better(),
            scale.lower_is_better().lower_is_better()
        );
    }
}

#[test]
fn ends_and_middle_are_exact_in_both_directions() {
    for (scale, min, max, _) in DECLARED {
        for (rating, valence) in [(min, -1.0), (f64::midpoint(min, max), 0.0), (max, 1.0)] {
            assert!(same(scale.valence(rating).unwrap(), valence));
            assert!(same(
                scale.lower_is_better().valence(rating).unwrap(),
                0.0 - valence
            ));
        }
    }
    for scale in [Scale::MINUS_ONE_TO_ONE, Scale::MINUS_TWO_TO_TWO] {
        assert!(same(scale.valence(-0.0).unwrap(), 0.0));
        assert!(same(scale.lower_is_better().valence(-0.0).unwrap(), 0.0));
    }
}

#[test]
fn every_whole_rating_is_the_fraction_it_should_be() {
    let check = |scale: Scale, expected: &[f64]| {
        for (step, valence) in (0..).zip(expected) {
            let rating = scale.min() + f64::from(step);
            assert!(
                same(scale.valence(rating).unwrap(), *valence),
                "{rating} on {scale}"
            );
        }
        assert_eq!(scale.min() + (expected.len() - 1) as f64, scale.max());
    };
    check(Scale::MINUS_TWO_TO_TWO, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
    check(Scale::ONE_TO_FIVE, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
    check(
        Scale::ONE_TO_FIVE.lower_is_better(),
        &[1.0, 0.5, 0.0, -0.5, -1.0],
    );
    check(
        Scale::ONE_TO_SEVEN,
        &[-1.0, -2.0 / 3.0, -1.0 / 3.0, 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0],
    );
    check(
        Scale::ZERO_TO_TEN,
        &[-1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
    );
    check(Scale::MINUS_ONE_TO_ONE, &[-1.0, 0.0, 1.0]);
}

#[test]
fn ratings_off_the_scale_are_refused() {
    for (scale, min, max, _) in DECLARED {
        for scale in [scale, scale.lower_is_better()] {
            for rating in [
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::MAX,
                min.next_down(),
                max.next_up(),
            ] {
                let refused = scale.valence(rating).unwrap_err();
                assert_eq!(
                    (refused.what, refused.min, refused.max),
                    ("rating", min, max)
                );
                assert!(same(refused.value, rating));
            }
        }
    }
}

#[test]
fn refusals_name_the_value_and_what_is_allowed() {
    let message = |rating: f64| Scale::ONE_TO_FIVE.valence(rating).unwrap_err().to_string();
    assert_eq!(message(9.0), "rating 9 is outside 1 to 5");
    assert_eq!(message(0.5), "rating 0.5 is outside 1 to 5");
    assert_eq!(message(-0.0), "rating -0 is outside 1 to 5");
    assert_eq!(message(f64::NAN), "rating NaN is outside 1 to 5");
    assert_eq!(message(f64::NEG_INFINITY), "rating -inf is outside 1 to 5");
    assert_eq!(message(1e300), "rating 1e300 is outside 1 to 5");
    assert_eq!(message(5e-324), "rating 5e-324 is outside 1 to 5");
}

#[test]
fn scales_without_two_ends_and_a_middle_are_refused() {
    for (min, max) in [
        (5.0, 1.0),
        (1.0, 1.0),
        (0.0, -0.0),
        (f64::NAN, 1.0),
        (0.0, f64::NAN),
        (f64::NEG_INFINITY, 1.0),
        (0.0, f64::INFINITY),
        (f64::NEG_INFINITY, f64::INFINITY),
        (1.0, 1.0_f64.next_up()),
        (0.0, 5e-324),
    ] {
        match Scale::new(min, max) {
            Err(InvalidScale::Ends { min: a, max: b }) => assert!(same(a, min) && same(b, max)),
            other => panic!("{min} to {max} gave {other:?}"),
        }
    }
    assert_eq!(
        Scale::new(5.0, 1.0).unwrap_err().to_string(),
        "5 to 1 is not a scale: both ends must be finite, the lower one first"
    );
}

#[test]
fn the_widest_and_the_narrowest_scale_work() {
    let widest = Scale::new(f64::MIN, f64::MAX).unwrap();
    let narrowest = Scale::new(1.0, 1.0_f64.next_up().next_up()).unwrap();
    let smallest = Scale::new(-5e-324, 5e-324);
    for scale in [widest, narrowest] {
        assert_eq!(scale.valence(scale.min()), Ok(-1.0));
        assert_eq!(scale.valence(scale.max()), Ok(1.0));
        assert_eq!(scale.to_string().parse(), Ok(scale));
    }
    assert_eq!(widest.valence(f64::MAX / 2.0), Ok(0.5));
    assert_eq!(narrowest.valence(1.0_f64.next_up()), Ok(0.0));
    assert_eq!(smallest.unwrap().valence(0.0), Ok(0.0));
}

#[test]
fn minus_zero_does_not_show() {
    assert_eq!(Scale::new(-0.0, 10.0).unwrap().to_string(), "0..10");
    assert_eq!("-0..10".parse::<Scale>().unwrap().to_string(), "0..10");
}

#[test]
fn reads_what_people_write() {
    let effort = Scale::ONE_TO_FIVE.lower_is_better();
    for (text, scale) in [
        ("1..5", Scale::ONE_TO_FIVE),
        (" 1 .. 5 ", Scale::ONE_TO_FIVE),
        ("1.0..5.0", Scale::ONE_TO_FIVE),
        ("1 to 5", Scale::ONE_TO_FIVE),
        ("1-5", Scale::ONE_TO_FIVE),
        ("1 - 5", Scale::ONE_TO_FIVE),
        ("1–5", Scale::ONE_TO_FIVE),
        ("1..5, higher is better", Scale::ONE_TO_FIVE),
        ("1..5, lower is better", effort),
        ("1-5 , Lower is better ", effort),
        ("-2..2", Scale::MINUS_TWO_TO_TWO),
        ("-2..+2", Scale::MINUS_TWO_TO_TWO),
        ("-2 to 2", Scale::MINUS_TWO_TO_TWO),
        ("-1..1", Scale::MINUS_ONE_TO_ONE),
        ("0..1e1", Scale::ZERO_TO_TEN),
    ] {
        assert_eq!(text.parse(), Ok(scale), "{text}");
    }
    let below = Scale::new(-10.0, -5.0).unwrap();
    assert_eq!("-10..-5".parse(), Ok(below));
    assert_eq!("-10 to -5".parse(), Ok(below));
}

#[test]
fn refuses_what_could_be_read_in_two_ways_or_not_at_all() {
    for text in [
        "",
        " ",
        "1",
        "..",
        "1..",
        "..5",
        "1...5",
        "1..=5",
        "0...5",
        "1..5..7",
        "1,5",
        "1..5,",
        "1..5, better",
        "-2-2",
        "-2--1",
        "2--2",
        "1e-5",
        "1e-5-3",
        "1-5-7",
        "one to five",
        "1to5",
        "1;5",
        "1–-5",
        "😀..5",
    ] {
        assert_eq!(
            text.parse::<Scale>(),
            Err(InvalidScale::Text {
                text: text.to_owned()
            }),
            "{text}"
        );
    }
    for text in ["5..1", "3..3", "nan..5", "0..inf", "5-1"] {
        let refused = text.parse::<Scale>().unwrap_err();
        assert!(
            matches!(refused, InvalidScale::Ends { .. }),
            "{text}: {refused}"
        );
    }
}

/// Any scale that can be made, in both directions.
fn scale() -> impl Strategy<Value = Scale> {
    let end = prop_oneof![
        any::<f64>(),
        -100.0..100.0,
        (-10_i32..=10).prop_map(f64::from)
    ];
    (end.clone(), end, any::<bool>())
        .prop_filter_map("no scale", |(min, max, falling)| {
            Scale::new(min, max).ok().map(|s| (s, falling))
        })
        .prop_map(|(scale, falling)| {
            if falling {
                scale.lower_is_better()
            } else {
                scale
            }
        })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn text_is_read_back_exactly(scale in scale()) {
        prop_assert_eq!(scale.to_string().parse(), Ok(scale));
    }

    #[test]
    fn valence_stays_in_range_and_follows_the_rating(
        scale in scale(),
        shares in prop::array::uniform2(0.0..=1.0),
    ) {
        let (min, max) = (scale.min(), scale.max());
        let [a, b]: [f64; 2] = shares.map(|t: f64| (min * (1.0 - t) + max * t).clamp(min, max));
        let (v, w) = (scale.valence(a).unwrap(), scale.valence(b).unwrap());
        for valence in [v, w] {
            prop_assert!((-1.0..=1.0).contains(&valence));
            prop_assert!(valence != 0.0 || valence.is_sign_positive());
        }
        let (low, high) = if scale.higher_is_better() { (v, w) } else { (w, v) };
        prop_assert!(a > b || low <= high);
        prop_assert!(a < b || low >= high);
    }

    #[test]
    fn the_ends_of_any_scale_are_exact(scale in scale()) {
        let good = if scale.higher_is_better() { 1.0 } else { -1.0 };
        prop_assert_eq!(scale.valence(scale.max()), Ok(good));
        prop_assert_eq!(scale.valence(scale.min()), Ok(-good));
    }

    #[test]
    fn turning_a_scale_round_turns_the_sign(rating in 0.0..=10.0) {
        let up = Scale::ZERO_TO_TEN.valence(rating).unwrap();
        let down = Scale::ZERO_TO_TEN.lower_is_better().valence(rating).unwrap();
        prop_assert_eq!(up, -down);
        let valence = rating / 10.0;
        prop_assert_eq!(Scale::MINUS_ONE_TO_ONE.valence(valence), Ok(valence));
    }

    #[test]
    fn any_text_and_any_number_are_taken_or_refused(
        text in any::<String>(),
        digits in "[-+.0-9e ,to]{0,12}",
        rating in any::<f64>(),
    ) {
        for text in [text, digits] {
            if let Err(refused) = text.parse::<Scale>() {
                prop_assert!(refused.to_string().contains("is not a scale"));
            }
        }
        match Scale::ONE_TO_FIVE.valence(rating) {
            Ok(valence) => prop_assert!((-1.0..=1.0).contains(&valence)),
            Err(OutOfRange { what, .. }) => prop_assert_eq!(what, "rating"),
        }
    }
}
