//! Fractions by hand, and figures of another implementation.

use customer_journey::analysis::ListeningOptions;
use customer_journey::{
    Ability, Channel, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

/// ```text
/// start -> bill (-0.5 for 1 of 2, 0.5 otherwise) -1/2-> call (can listen) -1/2-> churn, -1/2-> bill
///                                               -1/4-> web (-1) -> churn
///                                               -1/4-> churn
/// ```
fn billing() -> Flow {
    Journey::builder("Billing")
        .touchpoint(
            Touchpoint::new("bill", Phase::During, Channel::Post)
                .starts(1.0)
                .promise(Promise::new("right").kept(1.0).broken(1.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::After, Channel::Phone)
                .can(Ability::Listen)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("web", Phase::After, Channel::Web)
                .feels(-1.0)
                .ends(Outcome::Churn, 1.0),
        )
        .transition("bill", "call", 2.0)
        .transition("bill", "web", 1.0)
        .transition("call", "bill", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[track_caller]
fn close(got: Option<f64>, expected: f64) {
    let got = got.unwrap();
    assert!(
        (got - expected).abs() < 1e-14,
        "{got} instead of {expected}"
    );
}

#[test]
fn fractions_by_hand() {
    let listening = billing().listening();
    // From the bill u: broken at once 1/2, or else by web 1/4, or by call 1/2 and from there 1/2 back:
    // u = 1/2 + 1/2 (1/4 + 1/4 u), so u = 5/7.
    close(listening.unhappy, 5.0 / 7.0);
    // Everybody churns, so leaving is the same. Silent: no call, so 1/2 unhappy at the bill or at the web after it.
    // Bill broken: 1/2 * (1/4 + 1/4). Bill kept: 1/2 * 1/4 by web.
    close(listening.leaving, 5.0 / 7.0);
    close(listening.silent_churn, 3.0 / 8.0);
    // Who is not silent is heard, and the call is felt by nobody knows how: 5/7 - 3/8.
    close(listening.heard, 5.0 / 7.0 - 3.0 / 8.0);
    // At the bill for the first time unhappy, 4/7 in all, and 1/2 call then; unhappy at the web, nobody listens.
    // Bill visits before: v = 1 + v * 1/2 * 1/4, 8/7.
    close(listening.heard_since, 8.0 / 7.0 * 0.5 * 0.5);
    assert_eq!(listening.listeners, ["call"]);
    // Moments: bill 1 + 1/4 + ... = 4/3, call 2/3 without a known feeling, web 1/3.
    assert!((listening.coverage - 5.0 / 7.0).abs() < 1e-14);
    let gains: Vec<(&str, f64)> = listening
        .gains
        .iter()
        .map(|known| (known.id.as_str(), known.gain.unwrap()))
        .collect();
    let [("bill", bill), ("web", web)] = gains[..] else {
        panic!("{gains:?}")
    };
    close(Some(bill), 3.0 / 8.0);
    close(Some(web), 1.0 / 4.0);
    close(listening.gains[1].share, 2.0 / 3.0);

    let worst = ListeningOptions::new().unhappy_at(-1.0).limit(1);
    let listening = billing().listening_with(&worst);
    // Web comes with 1/4 of 4/3 visits to the bill.
    close(listening.unhappy, 1.0 / 3.0);
    close(listening.silent_churn, 1.0 / 4.0);
    assert_eq!(listening.gains.len(), 1);
    // Of two touchpoints that gain as much the alphabetically first.
    assert_eq!(listening.gains[0].id, "bill");
    let nobody = billing().listening_with(&ListeningOptions::new().goal("cancels"));
    close(nobody.unhappy, 5.0 / 7.0);
    assert_eq!(
        (nobody.silent_churn, nobody.leaving),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(nobody.gains, []);
}

#[test]
fn the_report_says_the_same() {
    let report = billing().report();
    assert_eq!(report.listening, billing().listening());
    assert_eq!(report.unhappy, report.listening.unhappy);
    assert_eq!(report.silent_churn, report.listening.silent_churn);
}

#[test]
fn where_nothing_is_felt_nobody_says_who_is_unhappy() {
    let flow = Journey::builder("quiet")
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Churn, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    assert_eq!((listening.unhappy, listening.silent_churn), (None, None));
    assert_eq!(listening.coverage, 0.0);
    assert!(listening.to_string().contains("Who is unhappy is unknown."));
}

/// Customers retry a million million times; one in a million million visits is a bad one.
#[test]
fn rare_silence_keeps_its_digits() {
    let flow = Journey::builder("retry")
        .touchpoint(
            Touchpoint::new("try", Phase::During, Channel::App)
                .starts(1.0)
                .promise(Promise::new("works").kept(1e12).broken(1.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Churn, 1e-12)
                .ends(Outcome::Loyalty, 1e-12),
        )
        .transition("try", "try", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    // Unhappy per visit b = 1/(1e12 + 1), gone per visit g = 2e-12/(1 + 2e-12): unhappy b / (b + g (1 - b)).
    let (b, g) = (1.0 / (1e12 + 1.0), 2e-12 / (1.0 + 2e-12));
    let unhappy = b / (b + g - b * g);
    assert!((listening.unhappy.unwrap() / unhappy - 1.0).abs() < 1e-12);
    assert!((listening.silent_churn.unwrap() / (unhappy / 2.0) - 1.0).abs() < 1e-12);
    let gain = listening.gains[0].gain.unwrap();
    assert!((gain / (unhappy / 2.0) - 1.0).abs() < 1e-12, "{gain}");
}

/// A random journey of another implementation's, with its figures by dense algebra.
#[test]
fn a_journey_with_loops_of_another_implementation() {
    use PromiseResult::{Broken, Kept};
    let at = |id: &str, phase: Phase, channel: Channel| Touchpoint::new(id, phase, channel);
    let flow = Journey::builder("loops-6")
        .touchpoint(
            at("t0", Phase::Before, Channel::Store)
                .feels("optimism")
                .starts(2.0)
                .ends("advocacy", 4.0),
        )
        .touchpoint(
            at("t1", Phase::Before, Channel::Chat)
                .starts(4.0)
                .ends("loyalty", 4.0),
        )
        .touchpoint(
            at("t2", Phase::During, Channel::Chat)
                .feels("confusion")
                .promise(Promise::new("q").kept(8.0).broken(8.0))
                .ends_when(Broken, "loyalty", 2.0),
        )
        .touchpoint(
            at("t3", Phase::During, Channel::Web)
                .feels("delight")
                .promise(Promise::new("p").kept(3.0).broken(2.0)),
        )
        .touchpoint(
            at("t4", Phase::After, Channel::Phone)
                .ends("churn", 3.0)
                .ends("advocacy", 4.0),
        )
        .touchpoint(
            at("t5", Phase::After, Channel::Chat)
                .feels("pleasant_surprise")
                .can(Ability::Listen)
                .ends("churn", 3.0)
                .ends("loyalty", 2.0)
                .ends("advocacy", 4.0),
        )
        .transition("t0", "t2", 2.0)
        .transition("t0", "t1", 1.0)
        .transition("t0", "t5", 5.0)
        .transition("t1", "t4", 6.0)
        .transition("t1", "t2", 1.0)
        .transition("t1", "t1", 5.0)
        .transition("t2", "t4", 4.0)
        .transition_when(Kept, "t2", "t1", 4.0)
        .transition("t2", "t0", 2.0)
        .transition_when(Kept, "t3", "t1", 5.0)
        .transition_when(Kept, "t3", "t5", 6.0)
        .transition("t3", "t3", 3.0)
        .transition("t4", "t3", 6.0)
        .transition("t4", "t2", 4.0)
        .transition("t4", "t4", 6.0)
        .transition("t5", "t0", 1.0)
        .transition("t5", "t4", 4.0)
        .transition("t5", "t2", 4.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    assert!((listening.unhappy.unwrap() - 0.291_496_715_080_201_14).abs() < 1e-12);
    assert!((listening.silent_churn.unwrap() - 0.031_127_596_051_411_938).abs() < 1e-12);
}
