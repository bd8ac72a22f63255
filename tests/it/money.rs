//! Cost to serve and the worth of endings, by hand.

use customer_journey::analysis::Money;
use customer_journey::{Channel, Flow, Journey, JourneyBuilder, Outcome, Phase, Touchpoint};

/// ```text
/// ad (before, 0.5, Marketing) -> call (before, 6, Service) -1/2-> again
///                                                          -1/4-> visit (during, unknown, Service) -> loyalty
///                                                          -1/4-> churn
/// ```
/// Visits: ad 1, call 2, visit 1/2; loyalty and churn 1/2 each.
fn builder() -> JourneyBuilder {
    Journey::builder("Repair")
        .touchpoint(
            Touchpoint::new("ad", Phase::Before, Channel::Social)
                .owner("Marketing")
                .starts(1.0)
                .cost(0.5),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::Before, Channel::Phone)
                .owner("Service")
                .cost(6.0)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("visit", Phase::During, Channel::Store)
                .owner("Service")
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("ad", "call", 1.0)
        .transition("call", "call", 2.0)
        .transition("call", "visit", 1.0)
}

fn flow(builder: JourneyBuilder) -> Flow {
    builder.build().unwrap().flow().unwrap()
}

fn money(builder: JourneyBuilder) -> Money {
    flow(builder).money()
}

#[test]
fn sums_are_over_what_is_stated_and_say_so() {
    let money = money(builder().value(Outcome::Churn, -80.0).currency("EUR"));
    assert_eq!(money.cost, Some(12.5));
    assert_eq!(money.cost_coverage, 3.0 / 3.5);
    assert_eq!(money.value, Some(-40.0));
    assert_eq!(money.value_coverage, 0.5);
    assert_eq!(money.currency.as_deref(), Some("EUR"));
    assert_eq!(money.spent_before, Some(1.0));

    let phases: Vec<_> = money
        .phases
        .iter()
        .map(|part| (part.phase, part.visits, part.cost, part.coverage))
        .collect();
    assert_eq!(
        phases,
        [
            (Phase::Before, 3.0, Some(12.5), Some(1.0)),
            (Phase::During, 0.5, None, Some(0.0)),
            (Phase::After, 0.0, None, None),
        ]
    );
    let owners: Vec<_> = money
        .owners
        .iter()
        .map(|part| (part.owner.as_deref(), part.visits, part.cost, part.coverage))
        .collect();
    assert_eq!(
        owners,
        [
            (Some("Service"), 2.5, Some(12.0), Some(2.0 / 2.5)),
            (Some("Marketing"), 1.0, Some(0.5), Some(1.0)),
        ]
    );
    let text = money.to_string();
    for part in [
        "costs 12.50 EUR to serve",
        "worth -40.00 EUR on average",
        "Service",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
}

#[test]
fn what_nobody_owns_is_a_group_of_its_own() {
    let drawn = builder()
        .touchpoint(
            Touchpoint::new("call back", Phase::After, Channel::Phone)
                .cost(1.0)
                .ends(Outcome::Loyalty, 1.0),
        )
        .touchpoint(Touchpoint::new("nobody comes", Phase::After, Channel::Web).owner("Archive"))
        .transition("visit", "call back", 1.0);
    let money = money(drawn);
    // Half of the visits go on to a call back: 1/4 of journeys.
    assert_eq!(money.cost, Some(12.75));
    assert_eq!(money.spent_before, Some(12.5 / 12.75));
    let names: Vec<_> = money
        .owners
        .iter()
        .map(|part| part.owner.as_deref())
        .collect();
    assert_eq!(
        names,
        [Some("Service"), Some("Marketing"), None, Some("Archive")]
    );
    let archive = money.owners.last().unwrap();
    assert_eq!(
        (archive.visits, archive.cost, archive.coverage),
        (0.0, None, None)
    );
}

#[test]
fn nothing_stated_is_nothing_known() {
    let drawn = Journey::builder("plain")
        .value("never", 5.0)
        .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).ends("some", 1.0));
    let money = money(drawn);
    assert_eq!((money.cost, money.cost_coverage), (None, 0.0));
    // The outcome that is worth something never happens.
    assert_eq!((money.value, money.value_coverage), (None, 0.0));
    assert_eq!((money.currency, money.spent_before), (None, None));
}

#[test]
fn a_cost_of_nothing_is_known() {
    let drawn = Journey::builder("free").value("some", 0.0).touchpoint(
        Touchpoint::new("shop", Phase::During, Channel::Store)
            .cost(0.0)
            .ends("some", 1.0),
    );
    let money = money(drawn);
    assert_eq!((money.cost, money.cost_coverage), (Some(0.0), 1.0));
    assert_eq!((money.value, money.value_coverage), (Some(0.0), 1.0));
    // Of nothing no share can be told.
    assert_eq!(money.spent_before, None);
}

#[test]
fn sums_beyond_all_numbers_are_unknown() {
    let at = |id: &str| Touchpoint::new(id, Phase::During, Channel::Store).cost(f64::MAX);
    let drawn = Journey::builder("dear")
        .value("a", f64::MAX)
        .value("b", -f64::MAX)
        .touchpoint(at("x").ends("a", 1.0).ends("b", 1.0))
        .touchpoint(at("y").starts(1.0))
        .transition("y", "x", 1.0);
    let money = money(drawn);
    assert_eq!((money.cost, money.cost_coverage), (None, 1.0));
    assert_eq!((money.value, money.value_coverage), (Some(0.0), 1.0));
}

#[test]
fn the_report_says_the_same() {
    let flow = flow(builder().value(Outcome::Loyalty, 10.0));
    let report = flow.report();
    assert_eq!(report.money, flow.money());
    assert!(report.to_string().contains("What a journey costs"));
    let silent = crate::money::flow(Journey::builder("plain").touchpoint(Touchpoint::new(
        "shop",
        Phase::During,
        Channel::Store,
    )));
    assert!(!silent.report().to_string().contains("What a journey costs"));
}
