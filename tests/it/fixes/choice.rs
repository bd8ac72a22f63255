//! Which fixes are worth their money: rankings, the Pareto set and plans.

use customer_journey::analysis::FixOptions;
use customer_journey::{
    Channel, FixKind, Flow, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

use super::near;
use crate::generate::{Rng, Taste, drawing};

/// Three touchpoints, each of which breaks its promise to a fifth, a tenth and half of the customers.
fn shop() -> Flow {
    let step = |id: &str, broken: f64| {
        Touchpoint::new(id, Phase::During, Channel::Store)
            .promise(Promise::new(id).kept(1.0 - broken).broken(broken))
            .feels(0.25)
            .feels_when_broken(-0.5)
            .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0)
    };
    let kept = PromiseResult::Kept;
    Journey::builder("Shop")
        .touchpoint(step("order", 0.2))
        .touchpoint(step("parcel", 0.1))
        .touchpoint(step("bill", 0.5).ends_when(kept, Outcome::Loyalty, 1.0))
        .transition_when(kept, "order", "parcel", 1.0)
        .transition_when(kept, "parcel", "bill", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[test]
fn fixes_are_ranked_by_what_they_gain() {
    // Loyalty is 0.8 * 0.9 * 0.5 = 0.36; without one of the breaks 0.45, 0.4 and 0.72.
    let fixes = shop().fixes(&Goal::Raise(Outcome::Loyalty));
    let best: Vec<(&str, f64)> = fixes.ranked[..3]
        .iter()
        .map(|fix| (fix.id.as_str(), fix.gain.unwrap()))
        .collect();
    for ((id, gain), (expected, by)) in
        best.iter()
            .zip([("bill", 0.36), ("order", 0.09), ("parcel", 0.04)])
    {
        assert_eq!(*id, expected);
        near(*gain, by, id);
    }
    assert!(fixes.ranked[3..].iter().all(|fix| fix.gain == Some(0.0)));
}

#[test]
fn what_no_other_fix_beats_for_the_money_is_marked() {
    let keep = FixKind::KeepPromise;
    let options = FixOptions::new()
        .cost("bill", keep, 500.0)
        .cost("order", keep, 100.0)
        .cost("parcel", keep, 100.0)
        .cost("bil", keep, 1.0)
        .cost("bill", FixKind::Listen, f64::NAN);
    let fixes = shop().fixes_with(&Goal::Raise(Outcome::Loyalty), &options);
    let efficient: Vec<&str> = fixes
        .ranked
        .iter()
        .filter(|fix| fix.is_efficient)
        .map(|fix| fix.id.as_str())
        .collect();
    assert_eq!(efficient, ["bill", "order"]);
    near(
        fixes.ranked[0].gain_per_cost.unwrap(),
        0.36 / 500.0,
        "a euro for the bill",
    );
    assert_eq!(fixes.unused_costs.len(), 2, "{:?}", fixes.unused_costs);
    assert!(fixes.unused_costs[0].starts_with("bil, keep the promise"));
}

#[test]
fn the_efficient_ones_are_the_pareto_set() {
    let mut rng = Rng::new(45);
    let mut efficient = 0;
    for _ in 0..40 {
        let drawing = drawing(
            &mut rng,
            Taste {
                spots: 6,
                ways: 2.0,
                loops: true,
            },
        );
        let Ok(flow) = drawing.journey().flow() else {
            continue;
        };
        let mut options = FixOptions::new();
        for spot in &drawing.spots {
            for &fix in FixKind::ALL {
                options = options.cost(&spot.id, fix, rng.below(4) as f64);
            }
        }
        let ranked = flow.fixes_with(&Goal::ReduceHurt, &options).ranked;
        for fix in &ranked {
            let Some((gain, cost)) = fix.gain.zip(fix.cost) else {
                continue;
            };
            let beats = |other: &customer_journey::analysis::RankedFix| {
                let (g, c) = (
                    other.gain.unwrap_or(f64::MIN),
                    other.cost.unwrap_or(f64::MAX),
                );
                // Figures that agree to nine digits are equal.
                let more = g > gain * (1.0 + 1e-9) + 1e-12;
                let as_much = g >= gain * (1.0 - 1e-9) - 1e-12;
                as_much && c <= cost && (more || c < cost)
            };
            let expected = gain > 1e-12 && !ranked.iter().any(beats);
            assert_eq!(fix.is_efficient, expected, "{fix:#?}");
            efficient += usize::from(expected);
        }
    }
    assert!(efficient > 30, "{efficient}");
}

/// A tenth and two tenths are three tenths, which is all the money there is.
#[test]
fn money_in_decimals_is_spent_to_the_last_cent() {
    let keep = FixKind::KeepPromise;
    let options = FixOptions::new()
        .cost("order", keep, 0.1)
        .cost("parcel", keep, 0.2);
    let plan = shop().best_fixes(&Goal::Raise(Outcome::Loyalty), 0.3, &options);
    assert_eq!(plan.steps.len(), 2, "{plan}");
    assert_eq!(plan.spent, 0.3);
}

#[test]
fn a_goal_that_no_journey_has_is_told() {
    let fixes = shop().fixes(&Goal::Reduce(Outcome::from("chrun")));
    assert_eq!(fixes.now, Some(0.0));
    let told = fixes.to_string();
    assert!(told.contains("No journey ends in chrun"), "{told}");
    let fixes = shop().fixes(&Goal::Reduce(Outcome::Churn));
    near(fixes.now.unwrap(), 0.64, "churn");
    assert!(fixes.to_string().contains("64 of 100"), "{fixes}");
}

#[test]
fn a_plan_keeps_within_its_money_and_its_gain_is_that_of_the_whole_set() {
    let keep = FixKind::KeepPromise;
    let goal = Goal::Raise(Outcome::Loyalty);
    let options = FixOptions::new()
        .cost("bill", keep, 60.0)
        .cost("order", keep, 30.0)
        .cost("parcel", keep, 20.0);
    let chosen = |budget: f64, options: &FixOptions| {
        let plan = shop().best_fixes(&goal, budget, options);
        let ids: Vec<String> = plan.steps.iter().map(|step| step.id.clone()).collect();
        (ids, plan)
    };
    let (ids, plan) = chosen(90.0, &options);
    assert_eq!(ids, ["bill", "order"]);
    near(plan.spent, 90.0, "spent");
    // 0.9 of journeys then keep to the end, instead of 0.36.
    near(plan.gain, 0.54, "gain");
    near(
        plan.journey.flow().unwrap().probability(&Outcome::Loyalty),
        0.9,
        "loyalty",
    );
    near(
        plan.steps.iter().map(|step| step.gain).sum(),
        plan.gain,
        "steps",
    );
    assert_eq!(chosen(50.0, &options).0, ["order", "parcel"]);
    assert_eq!(chosen(110.0, &options.clone().limit(1)).0, ["bill"]);
    assert!(chosen(10.0, &options).0.is_empty());
    assert_eq!(chosen(10.0, &options).1.gain, 0.0);
    // Three touchpoints with three kinds of fix each, of which three have a cost.
    assert_eq!(plan.without_cost, 6);
}

#[test]
fn a_dear_fix_that_gains_most_does_not_shut_out_cheaper_ones() {
    // The bill for all the money gains 0.36; order and parcel together 0.5 - 0.36. The other way round when the bill
    // hardly matters: greedy by gain alone would take it, greedy by price would not.
    let keep = FixKind::KeepPromise;
    let options = FixOptions::new()
        .cost("order", keep, 100.0)
        .cost("parcel", keep, 1.0)
        .cost("bill", keep, 100.0);
    let plan = shop().best_fixes(&Goal::Raise(Outcome::Loyalty), 101.0, &options);
    assert_eq!(plan.steps.len(), 2);
    near(plan.gain, 0.8 - 0.36, "gain");
}

#[test]
fn fixing_everything_leaves_no_hurt() {
    let mut rng = Rng::new(46);
    let mut judged = 0;
    for _ in 0..30 {
        let drawing = drawing(
            &mut rng,
            Taste {
                spots: 5,
                ways: 2.0,
                loops: true,
            },
        );
        let Ok(flow) = drawing.journey().flow() else {
            continue;
        };
        let free = FixOptions::new().cost_of_others(FixKind::LiftEmotion, 0.0);
        let plan = flow.best_fixes(&Goal::ReduceHurt, 0.0, &free);
        assert_eq!(plan.journey.flow().unwrap().hurt(), 0.0);
        near(plan.gain, flow.hurt(), "all the hurt");
        judged += usize::from(flow.hurt() > 0.0);
    }
    assert!(judged > 10, "{judged}");
}
