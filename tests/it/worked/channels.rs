//! A refund asked for in three channels, and advice in two.
//!
//! ```text
//! entry (web, advice, 0.25) -5-> web (kept 3: 0.5, broken 1: -0.5; "ten days")    -1/4-> phone, -3/4-> loyalty
//!                           -3-> phone (kept 1: 0, broken 1: -1; "five days")     -> churn
//!                           -2-> store (-0.5; "ten days") -> advice (phone, 0.25) -> loyalty
//! ```
//!
//! Visits: web 1/2, phone 3/10 + 1/8 = 17/40, store 1/5, advice by phone 1/5.

use super::{causes, close, counts, outcomes};
use customer_journey::analysis::{ChannelPair, PainCauseKind, PainOptions};
use customer_journey::{Channel, Flow, Journey, Outcome, Phase, Promise, Touchpoint};

fn flow() -> Flow {
    Journey::builder("Refund")
        .touchpoint(
            Touchpoint::new("entry", Phase::Before, Channel::Web)
                .need("advice")
                .feels(0.25),
        )
        .touchpoint(
            Touchpoint::new("web", Phase::During, Channel::Web)
                .need("refund")
                .says("ten days")
                .promise(Promise::new("paid").kept(3.0).broken(1.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Loyalty, 3.0),
        )
        .touchpoint(
            Touchpoint::new("phone", Phase::During, Channel::Phone)
                .need("refund")
                .says("five days")
                .promise(Promise::new("paid").kept(1.0).broken(1.0))
                .feels(0.0)
                .feels_when_broken(-1.0)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("store", Phase::During, Channel::Store)
                .need("refund")
                .says("ten days")
                .feels(-0.5),
        )
        .touchpoint(
            Touchpoint::new("advice", Phase::After, Channel::Phone)
                .need("advice")
                .says("call again")
                .feels(0.25)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("entry", "web", 5.0)
        .transition("entry", "phone", 3.0)
        .transition("entry", "store", 2.0)
        .transition("web", "phone", 1.0)
        .transition("store", "advice", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

struct Expected {
    mean_difference: f64,
    distance: f64,
    kept: Option<f64>,
    contradiction: Option<bool>,
    both: f64,
    inconsistency: f64,
}

#[track_caller]
fn pair(pair: &ChannelPair, a: &str, b: &str, expected: &Expected) {
    assert_eq!((pair.a.as_str(), pair.b.as_str()), (a, b));
    close(pair.mean_difference, expected.mean_difference);
    close(pair.distance, expected.distance);
    match expected.kept {
        Some(kept) => close(pair.kept_rate_difference, kept),
        None => assert_eq!(pair.kept_rate_difference, None),
    }
    assert_eq!(pair.contradiction, expected.contradiction);
    close(pair.both.unwrap(), expected.both);
    close(pair.inconsistency(), expected.inconsistency);
}

#[test]
fn three_channels_in_pairs() {
    let channels = flow().channel_consistency();
    let [advice, refund] = &channels.needs[..] else {
        panic!()
    };
    assert_eq!(
        (advice.need.as_str(), refund.need.as_str()),
        ("advice", "refund")
    );
    close(refund.exposure, 9.0 / 8.0);
    let [phone, store, web] = &refund.channels[..] else {
        panic!()
    };
    close(phone.exposure, 17.0 / 40.0);
    close(phone.mean, -0.5);
    close(phone.kept_rate, 0.5);
    close(store.mean, -0.5);
    assert_eq!(store.kept_rate, None);
    close(web.mean, 0.25);
    close(web.kept_rate, 0.75);

    let [phone_store, phone_web, store_web] = &refund.pairs[..] else {
        panic!()
    };
    // Half at 0 and half at -1 against all at -0.5: both move by 1/2. The means agree all the same.
    let expected = Expected {
        mean_difference: 0.0,
        distance: 0.25,
        kept: None,
        contradiction: Some(true),
        both: 0.0,
        inconsistency: 5.0 / 8.0,
    };
    pair(phone_store, "phone", "store", &expected);
    // Every part of the web is above every part of the phone that it is matched with: the difference of means.
    let expected = Expected {
        mean_difference: -0.75,
        distance: 3.0 / 8.0,
        kept: Some(-0.25),
        contradiction: Some(true),
        both: 1.0 / 8.0,
        inconsistency: 13.0 / 24.0,
    };
    pair(phone_web, "phone", "web", &expected);
    // They say the same.
    let expected = Expected {
        mean_difference: -0.75,
        distance: 3.0 / 8.0,
        kept: None,
        contradiction: Some(false),
        both: 0.0,
        inconsistency: 3.0 / 16.0,
    };
    pair(store_web, "store", "web", &expected);

    // Weights 17 * 8, 17 * 20 and 8 * 20: (136 * 5/8 + 340 * 13/24 + 160 * 3/16) / 636.
    let of_refund = 1795.0 / 3816.0;
    close(refund.inconsistency, of_refund);
    // The entry says nothing, so that nothing is contradicted; the feelings are the same.
    close(advice.exposure, 6.0 / 5.0);
    close(advice.pairs[0].both.unwrap(), 0.2);
    assert_eq!(advice.pairs[0].contradiction, None);
    close(advice.inconsistency, 0.0);
    // Exposures 9/8 and 6/5.
    close(channels.inconsistency, 15.0 / 31.0 * of_refund);
}

#[test]
fn pain_with_every_cause_named() {
    let flow = flow();
    let report = flow.report();
    outcomes(&report, &[("churn", 17.0 / 40.0), ("loyalty", 23.0 / 40.0)]);
    counts(&report, "web", [0.5, 0.5, 1.0 / 16.0, 1.0 / 8.0]);
    counts(
        &report,
        "phone",
        [17.0 / 40.0, 17.0 / 40.0, 17.0 / 80.0, 17.0 / 80.0],
    );
    counts(&report, "store", [0.2, 0.2, 0.1, 0.0]);

    let pains = &report.pain_points;
    let ids: Vec<&str> = pains.iter().map(|pain| pain.id.as_str()).collect();
    assert_eq!(ids, ["phone", "store", "web"]);
    for (pain, share) in pains.iter().zip([17.0 / 30.0, 8.0 / 30.0, 5.0 / 30.0]) {
        close(pain.share, share);
    }
    causes(
        &pains[0],
        &[
            (PainCauseKind::NegativeEmotion, 0.5),
            (PainCauseKind::BrokenPromise, 0.5),
            (PainCauseKind::NoMandate, 0.5),
            (PainCauseKind::KeptButCold, 0.0),
            // From the web 1/8 of 17/40 visits.
            (PainCauseKind::NotRecognised, 5.0 / 17.0),
            (PainCauseKind::Contradiction, 1.0),
            (PainCauseKind::DropOff, 1.0),
        ],
    );
    // Of 17/40 by phone and 20/40 on the web, those by phone hear something else.
    causes(
        &pains[1],
        &[
            (PainCauseKind::NegativeEmotion, 0.5),
            (PainCauseKind::Contradiction, 17.0 / 37.0),
        ],
    );
    causes(
        &pains[2],
        &[
            (PainCauseKind::NegativeEmotion, 1.0 / 8.0),
            (PainCauseKind::BrokenPromise, 0.25),
            (PainCauseKind::NoMandate, 0.25),
            (PainCauseKind::Contradiction, 17.0 / 25.0),
        ],
    );
    // Nobody promised it, so nobody upstream made it.
    assert!(pains.iter().all(|pain| pain.promise_made_at.is_empty()));
    assert_eq!(flow.pain_points(&PainOptions::new().limit(1)), pains[..1]);
    assert_eq!(flow.pain_points(&PainOptions::new().limit(0)), []);
}
