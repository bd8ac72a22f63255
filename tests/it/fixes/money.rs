//! What fixes change in money, and how much of it is known before and after.

use crate::steady::cases;
use customer_journey::analysis::{Fix, FixEffect, FixOptions, Money};
use customer_journey::flow::CoverageChange;
use customer_journey::render::Table;
use customer_journey::report::WhatIfError;
use customer_journey::{
    Ability, Change, Channel, FixKind, Flow, Goal, Journey, JourneyBuilder, Outcome, Phase,
    Promise, PromiseResult, Touchpoint,
};
use proptest::prelude::*;

use super::{near, tight};
use crate::arb;
use crate::generate::{Rng, Taste, drawing};
use crate::near::agree;

/// ```text
/// order (no cost) -4/5 kept--> parcel (2) -> loyalty (50)
///                 -1/5 broken-> call (6)  -1/2-> parcel
///                                         -1/2-> churn (no value)
/// ```
/// Visits: order 1, call 1/5, parcel 9/10; churn 1/10.
fn parcel() -> JourneyBuilder {
    let (kept, broken) = (PromiseResult::Kept, PromiseResult::Broken);
    Journey::builder("Parcel")
        .value(Outcome::Loyalty, 50.0)
        .touchpoint(
            Touchpoint::new("order", Phase::Before, Channel::Web)
                .promise(Promise::new("in stock").kept(4.0).broken(1.0)),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .cost(6.0)
                .feels(-0.5)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("parcel", Phase::During, Channel::Post)
                .cost(2.0)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition_when(kept, "order", "parcel", 1.0)
        .transition_when(broken, "order", "call", 1.0)
        .transition("call", "parcel", 1.0)
}

fn flow(builder: JourneyBuilder) -> Flow {
    builder.build().unwrap().flow().unwrap()
}

fn effect_of(flow: &Flow, id: &str, kind: FixKind) -> FixEffect {
    let fixes = flow.single_fixes(&[kind]);
    let fix = fixes.into_iter().find(|fix| fix.id == id);
    fix.and_then(|fix| fix.effect).unwrap()
}

fn covers(coverage: CoverageChange, (before, after): (f64, f64)) {
    near(coverage.before, before, "coverage before");
    near(coverage.after, after, "coverage after");
}

#[test]
fn money_has_its_coverage_before_and_after() {
    let flow = flow(parcel());
    let effect = effect_of(&flow, "order", FixKind::KeepPromise);
    // 3 becomes 2, known of 11 of 21 visits and then of 1 of 2; 45 becomes 50.
    near(effect.cost.unwrap(), -1.0, "cost");
    covers(effect.cost_coverage, (11.0 / 21.0, 1.0 / 2.0));
    near(effect.value.unwrap(), 5.0, "value");
    covers(effect.value_coverage, (9.0 / 10.0, 1.0));
    assert_eq!(effect.value_coverage.after, 1.0);
    for kind in [FixKind::LiftEmotion, FixKind::Listen] {
        let same = effect_of(&flow, "call", kind);
        assert_eq!((same.cost, same.value), (Some(0.0), Some(0.0)));
        covers(same.cost_coverage, (11.0 / 21.0, 11.0 / 21.0));
        covers(same.value_coverage, (9.0 / 10.0, 9.0 / 10.0));
    }
    let document = serde_json::to_value(&effect).unwrap();
    assert_eq!(document["cost_coverage"]["before"], 11.0 / 21.0);
    assert_eq!(document["value_coverage"]["after"], 1.0);
}

/// Where the only visits of stated cost are spared, nothing is known of what is left.
#[test]
fn what_a_fix_spares_altogether_leaves_nothing_known() {
    let without = Journey::builder("Parcel")
        .value(Outcome::Churn, -80.0)
        .touchpoint(
            Touchpoint::new("order", Phase::Before, Channel::Web)
                .promise(Promise::new("in stock").kept(2.0).broken(1.0))
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .cost(6.0)
                .ends(Outcome::Churn, 1.0),
        )
        .transition_when(PromiseResult::Broken, "order", "call", 1.0);
    let effect = effect_of(&flow(without), "order", FixKind::KeepPromise);
    near(effect.cost.unwrap(), -2.0, "cost");
    near(effect.value.unwrap(), 80.0 / 3.0, "value");
    covers(effect.cost_coverage, (1.0 / 4.0, 0.0));
    covers(effect.value_coverage, (1.0 / 3.0, 0.0));
    assert_eq!(
        (effect.cost_coverage.after, effect.value_coverage.after),
        (0.0, 0.0)
    );
}

#[test]
fn nothing_stated_is_known_of_nothing() {
    let plain = Journey::builder("plain").touchpoint(
        Touchpoint::new("shop", Phase::During, Channel::Store)
            .promise(Promise::new("open").kept(1.0).broken(1.0)),
    );
    let effect = effect_of(&flow(plain), "shop", FixKind::KeepPromise);
    assert_eq!((effect.cost, effect.value), (None, None));
    covers(effect.cost_coverage, (0.0, 0.0));
    covers(effect.value_coverage, (0.0, 0.0));
}

/// A plan's money is that of the whole set.
#[test]
fn plans_have_the_coverage_of_the_whole_set() {
    let options = FixOptions::new().cost_of_others(FixKind::KeepPromise, 1.0);
    let plan = flow(parcel()).best_fixes(&Goal::RaiseValue, 1.0, &options);
    let effect = plan.effect.as_ref().unwrap();
    covers(effect.cost_coverage, (11.0 / 21.0, 1.0 / 2.0));
    covers(effect.value_coverage, (9.0 / 10.0, 1.0));
    let text = plan.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    for part in [
        "cost to serve a journey changes by -1.00 (it is known of 52 of 100 visits before and of 50 of 100 visits after)",
        "worth of its ending changes by +5.00 (it is known of 90 of 100 journeys before and of every journey after)",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
}

#[test]
fn tables_show_the_coverage_beside_the_money() {
    let flow = flow(parcel());
    let report = flow.report();
    for text in [
        report.to_string(),
        flow.fixes(&Goal::RaiseValue).to_string(),
    ] {
        let rows: Vec<Vec<&str>> = text
            .lines()
            .filter(|line| line.contains(", then "))
            .map(|line| line.split_whitespace().collect())
            .collect();
        let rows: Vec<String> = rows.iter().map(|words| words.join(" ")).collect();
        let expected = [
            "order keep the promise -1.00 52, then 50",
            "order keep the promise +5.00 90, then 100",
        ];
        assert_eq!(rows, expected, "{text}");
        assert!(text.contains("more or less is counted"), "{text}");
    }
    let markdown = report.markdown().to_string();
    assert!(markdown.contains("| 52, then 50 |"), "{markdown}");
    let csv = report.csv(Table::Fixes).to_string();
    let headings: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let keep = csv.lines().nth(1).unwrap().split(',').collect::<Vec<_>>();
    let cell = |heading: &str| -> f64 {
        let place = headings.iter().position(|known| *known == heading).unwrap();
        keep[place].parse().unwrap()
    };
    near(cell("cost_coverage_before"), 11.0 / 21.0, "before");
    near(cell("cost_coverage_after"), 0.5, "after");
    near(cell("value_coverage_before"), 0.9, "before");
    near(cell("value_coverage_after"), 1.0, "after");
    // Most maps state no money, and then there is nothing to say.
    let silent = Journey::builder("plain")
        .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(-0.5));
    let silent = silent.build().unwrap().flow().unwrap().report().to_string();
    assert!(!silent.contains("What they change"), "{silent}");
}

/// The fix as a change of the journey.
fn change(flow: &Flow, fix: &Fix) -> Change {
    match fix.kind {
        FixKind::KeepPromise => Change::keep(&fix.id),
        FixKind::LiftEmotion => Change::lift(&fix.id),
        FixKind::Raise => {
            let at = flow.journey().touchpoint(&fix.id).unwrap();
            Change::raise(&fix.id, at.intended.as_ref().unwrap().mean().unwrap())
        }
        FixKind::Listen => Change::can(&fix.id, Ability::Listen),
        other => panic!("{other}"),
    }
}

/// Whether a change of sums of this size is that of the whole journeys before and after; `true` where these are beyond all numbers.
fn is_change(change: Option<f64>, [before, after]: [(Option<f64>, f64); 2], size: f64) -> bool {
    // A sum of which nothing is known is a sum of nothing.
    let sum = |(sum, coverage): (Option<f64>, f64)| sum.or((coverage == 0.0).then_some(0.0));
    let Some((change, (before, after))) = change.zip(sum(before).zip(sum(after))) else {
        return true;
    };
    let size = before.abs().max(after.abs()).max(size);
    agree(change, after - before, 1e-9, size)
}

/// What is expected of each fix's money: that of the changed journey. Returns how many fixes change a coverage.
pub(crate) fn judge(flow: &Flow) -> Result<usize, TestCaseError> {
    let before: Money = flow.money();
    let worth = flow.journey().values().iter().map(|(_, value)| value.abs());
    let worth: f64 = worth.sum();
    let mut changed = 0;
    for fix in flow.single_fixes(FixKind::ALL) {
        let Some(effect) = &fix.effect else {
            continue;
        };
        let after = match flow.what_if(&[change(flow, &fix)]) {
            Ok(what_if) => what_if.flow().money(),
            // So rarely left that its length is beyond all numbers, which a single fix may still be told for.
            Err(WhatIfError::Flow(_)) => continue,
            Err(error) => {
                let touchpoint = flow.journey().touchpoint(&fix.id).unwrap();
                let promise = touchpoint.promise.as_ref().unwrap();
                let tested = promise.kept + promise.broken;
                // Weights that are beyond all numbers together can not be drawn ...
                if tested.is_infinite() {
                    continue;
                }
                // ... and nothing is there to keep where it is known of no visit whether the promise was kept.
                prop_assert_eq!(tested, 0.0, "{}", error);
                before.clone()
            }
        };
        let pairs = [
            (
                effect.cost_coverage,
                before.cost_coverage,
                after.cost_coverage,
            ),
            (
                effect.value_coverage,
                before.value_coverage,
                after.value_coverage,
            ),
        ];
        for (coverage, was, is) in pairs {
            prop_assert_eq!(coverage.before, was);
            prop_assert!((coverage.after - is).abs() < 1e-9, "{} {:?}", is, fix);
            prop_assert!((0.0..=1.0).contains(&coverage.after));
            changed += usize::from((was - is).abs() > 1e-3);
        }
        let cost = [&before, &after].map(|money| (money.cost, money.cost_coverage));
        prop_assert!(is_change(effect.cost, cost, 0.0), "{:?} {:?}", fix, cost);
        let value = [&before, &after].map(|money| (money.value, money.value_coverage));
        prop_assert!(
            is_change(effect.value, value, worth),
            "{:?} {:?}",
            fix,
            value
        );
    }
    Ok(changed)
}

/// A cost of the smallest number there is, of which a fifth is 0 or the number itself as rounding goes: the change is told
/// one way, and the difference of the two journeys the other.
#[test]
fn a_cost_below_all_normal_numbers_is_that_of_the_changed_journey() {
    for cost in [5e-324, 1e-323, 1e-310, 2.2e-308] {
        for broken in [1e-9, 0.3, 1.0, 2.0, 5.0, 1e9] {
            let mut map = parcel();
            map = map.touchpoint(
                Touchpoint::new("later", Phase::After, Channel::Post)
                    .promise(Promise::new("whole").kept(3.0).broken(broken))
                    .cost(cost)
                    .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
            );
            let map = map.transition("parcel", "later", 2.0).transition_when(
                PromiseResult::Broken,
                "later",
                "call",
                1.0,
            );
            judge(&flow(map)).unwrap();
            let alone = Journey::builder("alone")
                .touchpoint(
                    Touchpoint::new("a", Phase::During, Channel::Web)
                        .promise(Promise::new("p").kept(1.0).broken(broken))
                        .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
                )
                .touchpoint(
                    Touchpoint::new("b", Phase::During, Channel::Web)
                        .cost(cost)
                        .ends(Outcome::Churn, 1.0),
                )
                .transition_when(PromiseResult::Broken, "a", "b", 1.0);
            judge(&flow(alone)).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_money_of_a_fix_is_that_of_the_changed_journey(journey in arb::journey()) {
        if let Ok(flow) = journey.flow() {
            judge(&flow)?;
        }
    }
}

#[test]
fn money_of_maps_with_loops_is_that_of_the_changed_journey() {
    let mut rng = Rng::new(46);
    let mut changed = 0;
    for round in 0..100 {
        let taste = Taste {
            spots: 2 + round % 9,
            ways: 1.5 + (round % 3) as f64,
            loops: round % 4 != 0,
        };
        let mut drawing = drawing(&mut rng, taste);
        for spot in &mut drawing.spots {
            spot.cost = rng.chance(0.5).then(|| rng.below(9) as f64);
        }
        drawing.values = vec![("churn", -30.0), ("loyalty", 0.0)];
        if let Ok(flow) = drawing.journey().flow() {
            changed += judge(&flow).unwrap();
        }
    }
    assert!(changed > 100, "{changed}");
}

/// Customers who hardly ever leave a loop, until its promise is kept.
#[test]
fn coverage_is_told_in_loops_that_are_hardly_ever_left() {
    for leak in [1e-3, 1e-6, 1e-9, 1e-12] {
        let mut drawing = tight(leak);
        drawing.spots[0].cost = Some(3.0);
        drawing.values = vec![("churn", -1.0)];
        judge(&drawing.journey().flow().unwrap()).unwrap();
        // Once it is kept, nobody comes back.
        drawing.ways[0].when = Some(PromiseResult::Broken);
        judge(&drawing.journey().flow().unwrap()).unwrap();
    }
}
