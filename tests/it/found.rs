//! Every counterexample that a property ever had, as a plain test with a name.

use customer_journey::journey::{JourneyKind, Shade};
use customer_journey::{
    Ability, Channel, Emotion, Evidence, Feeling, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint, Transition,
};

use crate::fixes::money::judge;

/// One touchpoint of which no feeling is known, with a promise and money, and names that are all the same text.
fn one_touchpoint(name: &str, broken: f64, cost: f64, ends: f64) -> Journey {
    let id = format!("0{name}");
    let touchpoint = Touchpoint::new(&id, Phase::Before, Channel::Web)
        .name(name)
        .owner(name)
        .says(name)
        .promise(Promise::new("0").kept(2.5).broken(broken).unknown(0.1))
        .makes("0")
        .cost(cost)
        .ends(Outcome::from(id.as_str()), ends)
        .ends(Outcome::Churn, 0.1);
    let journey = Journey::builder("")
        .kind(JourneyKind::Experienced)
        .value(Outcome::Churn, -1.0)
        .touchpoint(touchpoint);
    journey.build().unwrap()
}

/// The text had a line longer than the width, since a name ended just there.
#[test]
fn a_name_that_ends_at_the_width() {
    let report = one_touchpoint("aAaaA Aa AA", 0.000_146_594_434_395_331_73, 0.0, 0.0);
    let report = report.flow().unwrap().report();
    for width in 72..130 {
        let text = report.text().width(width).to_string();
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{line:?} in {width}");
            assert_eq!(line.trim_end(), line);
        }
    }
}

/// The page gave the hurt of nobody knows what as a figure.
#[test]
fn a_page_of_which_no_feeling_is_known() {
    let name = "\u{1043c}\u{11bf5}{\\S\u{ffe4}`\u{11d98}";
    let journey = one_touchpoint(name, 1.201_642_343_294_792_7, 692.785_910_136_752_5, 0.7);
    crate::html::check(&journey).unwrap();
}

/// Weights and waits at both ends of what numbers hold, and hardly a feeling known.
#[test]
fn a_page_of_weights_at_both_ends_of_the_numbers() {
    let unknown = |weight| Emotion::mix([]).or_unknown(weight);
    let touchpoint = |id, phase, channel: &'static str| {
        Touchpoint::new(id, phase, Channel::from(channel)).evidence(Evidence::Observed)
    };
    let a = touchpoint(":\\.(", Phase::Before, "xoy")
        .feels(unknown(923.0))
        .promise(
            Promise::new("?'r")
                .kept(217.0)
                .broken(0.998_529_399_213_967_4)
                .unknown(2.023_834_984_313_048_7e-308),
        )
        .makes("*>")
        .can(Ability::Listen)
        .can(Ability::Answer)
        .cost(214.0)
        .starts(0.0)
        .ends_when(PromiseResult::Broken, Outcome::Unstated, 300.0);
    let b = touchpoint("bpiqa", Phase::After, "ci")
        .name("")
        .feels(Emotion::from(Feeling::Triumph).or_unknown(0.845_947_571_199_400_2))
        .feels_when_broken(unknown(285.0))
        .promise(
            Promise::new("dqxrp")
                .kept(5e-324)
                .broken(134.0)
                .unknown(109.0),
        )
        .cost(0.689_334_381_122_159_6);
    let c = touchpoint("hz", Phase::After, "nt")
        .evidence(Evidence::Assumed)
        .need("i5=")
        .feels(Emotion::from(Feeling::Relief).or_unknown(377.0))
        .feels_when_broken(Emotion::mix([
            Shade::valence(-0.967_186_851_230_120_6).weight(f64::MAX),
            Shade::valence(0.875_091_156_551_889_3).weight(217.0),
        ]))
        .feels_when_unknown(Emotion::mix([
            Shade::valence(-0.411_801_565_505_749_87).weight(0.0),
            Shade::valence(-0.518_891_580_103_894_6).weight(1.728_385_005_161_734e-308),
        ]))
        .promise(
            Promise::new("x")
                .kept(319.0)
                .unknown(0.601_901_298_228_093_9),
        )
        .cost(124.0);
    let d = touchpoint("smhf", Phase::Before, "web")
        .feels(
            Emotion::mix([
                Shade::valence(-0.573_570_020_459_072_9).weight(1.407_431_869_979_084_4e-308),
                Shade::feeling(Feeling::Confusion).weight(6.447_286_603_530_507e-309),
            ])
            .or_unknown(503.0),
        )
        .starts(0.145_217_125_643_778_95)
        .ends(Outcome::from("line\nbreak\ttab\0"), 0.909_142_871_391_401_9)
        .ends(Outcome::from("x"), 158.0);
    let e = touchpoint("y", Phase::Before, "z")
        .feels_when_unknown(Emotion::from(Feeling::Amusement).or_unknown(360.0))
        .cost(202.0);
    let way = |weight, when: Option<PromiseResult>, wait: Option<f64>| {
        let mut way = Transition::new(weight);
        way.when = when;
        way.wait_s = wait;
        way
    };
    let (kept, broken) = (Some(PromiseResult::Kept), Some(PromiseResult::Broken));
    let journey = Journey::builder("")
        .kind(JourneyKind::Experienced)
        .value(Outcome::from(":"), 321_504_385.223_961_95)
        .touchpoints([a, b, c, d, e])
        .connect(":\\.(", ":\\.(", way(917.0, broken, Some(5e-324)))
        .connect(
            ":\\.(",
            "y",
            way(0.0, None, Some(3.293_065_580_626_82e-309)),
        )
        .connect(
            ":\\.(",
            "y",
            way(0.567, broken, Some(1.495_430_512_290_6e-308)),
        )
        .connect("bpiqa", ":\\.(", way(931.0, kept, None))
        .connect(
            "bpiqa",
            "smhf",
            way(0.623_712_997_285_982_2, None, Some(0.0)),
        )
        .connect("hz", "bpiqa", way(908.0, None, None))
        .connect("hz", "hz", way(745.0, None, Some(394.0)))
        .connect("hz", "hz", way(93.0, broken, None))
        .build()
        .unwrap();
    crate::html::check(&journey).unwrap();
}

/// Costs and values so small that a share of them has no digits left: the smallest number of all, beside nothing.
#[test]
fn the_money_of_fixes_below_the_smallest_normal_number() {
    let (kept, broken) = (PromiseResult::Kept, PromiseResult::Broken);
    let sizes = [0.0, 5e-324, 1e-320, 3e-310, f64::MIN_POSITIVE, 1e-300, 1.0];
    let mut told = 0;
    for cost in sizes {
        for other in sizes {
            for value in [0.0, -5e-324, 1e-310] {
                let journey = Journey::builder("small money")
                    .value(Outcome::Churn, value)
                    .touchpoint(
                        Touchpoint::new("order", Phase::Before, Channel::Web)
                            .promise(Promise::new("soon").kept(2.0).broken(1.0))
                            .feels(-0.5)
                            .cost(cost)
                            .starts(1.0)
                            .ends_when(kept, Outcome::Loyalty, 1.0),
                    )
                    .touchpoint(
                        Touchpoint::new("call", Phase::After, Channel::Phone)
                            .cost(other)
                            .ends(Outcome::Churn, 2.0),
                    )
                    .transition_when(broken, "order", "call", 1.0)
                    .transition("call", "order", 1.0);
                let flow = journey.build().unwrap().flow().unwrap();
                judge(&flow).unwrap();
                told += 1;
            }
        }
    }
    assert_eq!(told, 147);
}

/// A map that was counted throughout says nothing of endings, abilities, makers and owners. It says no more with a touchpoint of
/// a plan that nobody came to, whatever that one states; with one that journeys come to, it does.
#[test]
fn what_nobody_comes_to_says_nothing_of_the_others() {
    let counted = |id| {
        Touchpoint::new(id, Phase::During, Channel::Web)
            .evidence(Evidence::Observed)
            .feels(-0.5)
    };
    let map = |extra: Option<Evidence>, met: bool| {
        let promised = Promise::new("soon").kept(2.0).broken(2.0);
        let mut journey = Journey::builder("counted")
            .touchpoint(counted("order").starts(1.0).promise(promised))
            .touchpoint(counted("call"))
            .transition("order", "call", 1.0);
        if let Some(evidence) = extra {
            journey = journey.touchpoint(
                Touchpoint::new("desk", Phase::After, Channel::Store)
                    .evidence(evidence)
                    .makes("soon")
                    .owner("desk")
                    .can(Ability::Resolve)
                    .ends(Outcome::Loyalty, 1.0),
            );
            if met {
                journey = journey.transition("call", "desk", 1.0);
            }
        }
        journey.build().unwrap().flow().unwrap()
    };
    let causes = |flow: &customer_journey::Flow| {
        let pains = flow
            .pain_points(&customer_journey::analysis::PainOptions::new())
            .into_iter();
        let pains: Vec<_> = pains
            .map(|pain| (pain.id, pain.causes, pain.makers_stated))
            .collect();
        (pains, format!("{:?}", flow.listening().heard))
    };
    let alone = causes(&map(None, false));
    for &evidence in Evidence::ALL {
        assert_eq!(causes(&map(Some(evidence), false)), alone);
        assert_ne!(causes(&map(Some(evidence), true)), alone);
    }
}
