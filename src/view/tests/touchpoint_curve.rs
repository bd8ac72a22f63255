use super::{at, journey};
use crate::journey::{Channel, Emotion, Journey, Phase, Promise, Shade, Touchpoint};
use crate::view::touchpoint_curve::{PromiseState, TouchpointCurve};

#[test]
fn each_touchpoint_has_a_row_from_its_worst_to_its_best_feeling() {
    let mixed = Emotion::mix([
        Shade::valence(-0.25).weight(1.0),
        Shade::valence(0.75).weight(1.0),
    ]);
    let drawn = Journey::builder("curve")
        .persona("Ola")
        .touchpoint(
            Touchpoint::new("shop", Phase::Before, Channel::Store)
                .name("The shop")
                .stage("Town")
                .promise(Promise::new("p").kept(1.0).broken(1.0))
                .feels(mixed)
                .feels_when_broken(-0.5),
        )
        .touchpoint(at("unknown"));
    let curve = TouchpointCurve::of(&journey(drawn));
    assert_eq!(
        (curve.name.as_str(), curve.persona.as_deref()),
        ("curve", Some("Ola"))
    );
    let [shop, unknown] = &curve.rows[..] else {
        panic!("{:?}", curve.rows)
    };
    assert_eq!((shop.order, unknown.order), (1, 2));
    assert_eq!(
        (shop.id.as_str(), shop.label.as_str()),
        ("shop", "The shop")
    );
    assert_eq!(
        (shop.phase, shop.stage.as_deref()),
        (Phase::Before, Some("Town"))
    );
    assert_eq!(shop.channel, Channel::Store);
    // Half of the visits find the promise broken: (0.25 - 0.5) / 2.
    assert_eq!((shop.emotion, shop.known), (Some(-0.125), 1.0));
    assert_eq!((shop.lowest, shop.highest), (Some(-0.5), Some(0.75)));
    assert_eq!((unknown.emotion, unknown.known), (None, 0.0));
    assert_eq!((unknown.lowest, unknown.highest), (None, None));
}

#[test]
fn what_becomes_of_a_promise_is_one_of_four_or_unknown() {
    let state = |touchpoint: Touchpoint| {
        let drawn = Journey::builder("promise").touchpoint(touchpoint);
        let curve = TouchpointCurve::of(&journey(drawn));
        curve.rows.first().map(|row| (row.promise, row.kept_rate))
    };
    let tests = |promise: Promise| state(at("a").promise(promise));
    assert_eq!(
        tests(Promise::new("p").kept(1.0)),
        Some((Some(PromiseState::Kept), Some(1.0)))
    );
    assert_eq!(
        tests(Promise::new("p").broken(1.0)),
        Some((Some(PromiseState::Broken), Some(0.0)))
    );
    assert_eq!(
        tests(Promise::new("p").kept(1.0).broken(3.0)),
        Some((Some(PromiseState::KeptOrBroken), Some(0.25)))
    );
    assert_eq!(tests(Promise::new("p").unknown(1.0)), Some((None, None)));
    assert_eq!(state(at("a")), Some((Some(PromiseState::NoneTested), None)));
}
