//! Every fix against the journey in which it is made, solved afresh; and plans of several.

use crate::generate::{Drawing, Rng, Spot, Taste, Way, drawing};
use crate::moments::Chain;
use customer_journey::{
    Ability, Channel, Fix, FixKind, FixOptions, Flow, Goal, Journey, Outcome, Phase, Promise,
    PromiseResult, Touchpoint,
};

const EXACT: f64 = 1e-10;

/// The drawing with a fix in it.
fn fixed(drawing: &Drawing, id: &str, fix: FixKind) -> Drawing {
    let mut drawing = drawing.clone();
    let spot = drawing.spots.iter_mut().find(|spot| spot.id == id).unwrap();
    match fix {
        FixKind::KeepPromise => {
            let [kept, broken, unknown] = spot.promise.unwrap();
            spot.promise = Some([kept + broken, 0.0, unknown]);
        }
        FixKind::LiftEmotion => {
            for (valence, _) in spot.feels.iter_mut().flatten().flatten() {
                *valence = valence.max(0.0);
            }
        }
        FixKind::Listen => spot.can.push(Ability::Listen),
        other => panic!("{other}"),
    }
    drawing
}

/// P(churn, unhappy, never heard), by following the customers step by step until hardly any is left.
fn silent_churn(drawing: &Drawing) -> f64 {
    let chain = Chain::new(drawing);
    let mut here: Vec<[f64; 2]> = chain.starts.iter().map(|&share| [share, 0.0]).collect();
    let mut silent = 0.0;
    for _ in 0..100_000 {
        let mut next = vec![[0.0; 2]; here.len()];
        for moment in &chain.moments {
            if drawing.spots[moment.spot].can.contains(&Ability::Listen) {
                continue;
            }
            let bad = moment
                .mix
                .iter()
                .filter(|&&(level, _)| chain.levels[level] <= -0.25);
            let bad: f64 = bad.map(|(_, share)| share).sum();
            let [content, unhappy] = here[moment.spot].map(|share| share * moment.chance);
            let now = [content * (1.0 - bad), unhappy + content * bad];
            for &(way, p) in &moment.onward {
                for (next, now) in next[chain.to(way)].iter_mut().zip(now) {
                    *next += now * p;
                }
            }
            let churn = moment
                .ends
                .iter()
                .filter(|(end, _)| chain.outcomes[*end] == "churn");
            silent += now[1] * churn.map(|(_, p)| p).sum::<f64>();
        }
        here = next;
        if here.iter().flatten().sum::<f64>() < 1e-15 {
            break;
        }
    }
    silent
}

fn near(got: f64, expected: f64, what: &str) {
    assert!(
        (got - expected).abs() < EXACT,
        "{what}: {got} instead of {expected}"
    );
}

/// What is expected of an effect: the difference of the two reports.
fn judge(fix: &Fix, before: &Flow, after: &Flow, drawings: [&Drawing; 2]) {
    let what = |figure: &str| format!("{figure} of {} at {}\n{:#?}", fix.fix, fix.id, drawings[0]);
    let effect = fix
        .effect
        .as_ref()
        .unwrap_or_else(|| panic!("{}", what("no effect")));
    for change in &effect.outcomes {
        let expected = after.probability(&change.outcome) - before.probability(&change.outcome);
        near(change.change, expected, &what(change.outcome.name()));
    }
    for share in after.outcomes() {
        let known = effect
            .outcomes
            .iter()
            .any(|change| change.outcome == share.outcome);
        assert!(
            known || share.probability == 0.0,
            "{}",
            what(share.outcome.name())
        );
    }
    let (was, is) = (before.trajectory(), after.trajectory());
    let pairs = [
        (effect.mean, was.mean, is.mean, "mean"),
        (effect.end, was.end, is.end, "end"),
    ];
    for (change, was, is, name) in pairs {
        assert_eq!(
            change.is_some(),
            was.is_some() && is.is_some(),
            "{}",
            what(name)
        );
        if let (Some(change), Some(was), Some(is)) = (change, was, is) {
            near(change, is - was, &what(name));
        }
    }
    near(effect.hurt, after.hurt() - before.hurt(), &what("hurt"));
    let silent = silent_churn(drawings[1]) - silent_churn(drawings[0]);
    near(effect.silent_churn.unwrap(), silent, &what("silent churn"));
}

#[test]
fn each_fix_changes_what_the_fixed_journey_changes() {
    let mut rng = Rng::new(41);
    let (mut judged, mut trapped, mut none) = ([0; 3], 0, 0);
    for round in 0..120 {
        let taste = Taste {
            spots: 2 + round % 8,
            ways: 1.5 + (round % 3) as f64,
            loops: round % 4 != 0,
        };
        let drawing = drawing(&mut rng, taste);
        let Ok(before) = drawing.journey().flow() else {
            continue;
        };
        for fix in before.single_fixes(FixKind::ALL) {
            let changed = fixed(&drawing, &fix.id, fix.fix);
            let Ok(after) = changed.journey().flow() else {
                assert_eq!(fix.effect, None);
                trapped += 1;
                continue;
            };
            judge(&fix, &before, &after, [&drawing, &changed]);
            judged[fix.fix as usize] += 1;
            let kept = drawing.spots.iter().find(|spot| spot.id == fix.id).unwrap();
            none += usize::from(kept.promise.is_some_and(|[kept, ..]| kept == 0.0));
        }
    }
    assert!(judged.iter().all(|&judged| judged > 150), "{judged:?}");
    assert!(none > 10, "{none} promises never kept");
    assert!(trapped < 20, "{trapped}");
}

#[test]
fn fixes_in_large_groups_are_as_exact() {
    let mut rng = Rng::new(42);
    for spots in [80, 150] {
        let taste = Taste {
            spots,
            ways: 4.0,
            loops: true,
        };
        let mut drawing = drawing(&mut rng, taste);
        for spot in &mut drawing.spots {
            spot.ends.push(("churn".to_owned(), 0.2, None));
        }
        let before = drawing.journey().flow().unwrap();
        assert!(before.account().largest_group > 40, "{}", before.account());
        for fix in before.single_fixes(FixKind::ALL).iter().step_by(7) {
            let changed = fixed(&drawing, &fix.id, fix.fix);
            judge(
                fix,
                &before,
                &changed.journey().flow().unwrap(),
                [&drawing, &changed],
            );
        }
    }
}

/// Customers who hardly ever leave a loop, and a promise in it that is broken.
fn tight(leak: f64) -> Drawing {
    let mut call = Spot::new("call");
    call.promise = Some([1.0, 3.0, 0.0]);
    call.starts = Some(1.0);
    call.feels = [Some(vec![(-0.5, 1.0)]), Some(vec![(-1.0, 1.0)]), None];
    call.ends = vec![
        ("churn".to_owned(), leak, Some(PromiseResult::Broken)),
        ("loyalty".to_owned(), 2.0 * leak, Some(PromiseResult::Kept)),
    ];
    let mut wait = Spot::new("wait");
    wait.feels = [Some(vec![(0.25, 1.0)]), None, None];
    wait.ends = vec![("churn".to_owned(), leak, None)];
    let way = |from, to| Way {
        from,
        to,
        weight: 1.0,
        when: None,
        wait_s: None,
    };
    Drawing {
        spots: vec![call, wait],
        ways: vec![way(0, 1), way(1, 0)],
    }
}

#[test]
fn a_loop_that_is_hardly_ever_left_is_solved_afresh() {
    for leak in [1e-3, 1e-6, 1e-9, 1e-12] {
        let drawing = tight(leak);
        let flow = drawing.journey().flow().unwrap();
        let fixes = flow.single_fixes(FixKind::ALL);
        let effect = fixes[0].effect.as_ref().unwrap();
        // The chance of churn from `call` on: with e = leak / (1 + leak) left at `wait`, and at `call` by the result.
        let (kept, broken, wait) = (
            2.0 * leak / (1.0 + 2.0 * leak),
            leak / (1.0 + leak),
            leak / (1.0 + leak),
        );
        let churn = |b: f64| {
            let (out, on) = (b * broken, b * (1.0 - broken) + (1.0 - b) * (1.0 - kept));
            let leaves = b * broken + (1.0 - b) * kept;
            // Summed over rounds: each loses `leaves` and then `wait` of the rest.
            (out + on * wait) / (leaves + on * wait)
        };
        near(
            effect.change_of(&Outcome::Churn),
            churn(0.0) - churn(0.75),
            "churn",
        );
    }
}

#[test]
fn what_a_better_memory_takes_is_exact() {
    let mut rng = Rng::new(43);
    let goal = Goal::RaiseRemembered;
    let mut judged = 0;
    for round in 0..60 {
        let taste = Taste {
            spots: 2 + round % 6,
            ways: 2.0,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let Ok(before) = drawing.journey().flow() else {
            continue;
        };
        for ranked in before.fixes(&goal).ranked {
            let changed = fixed(&drawing, &ranked.fix.id, ranked.fix.fix);
            let Ok(after) = changed.journey().flow() else {
                continue;
            };
            let remembered = |flow: &Flow| flow.trajectory().remembered;
            let expected = remembered(&after)
                .zip(remembered(&before))
                .map(|(is, was)| is - was);
            assert_eq!(ranked.gain.is_some(), expected.is_some(), "{drawing:#?}");
            if let (Some(gain), Some(expected)) = (ranked.gain, expected) {
                near(
                    gain,
                    expected,
                    &format!("{} at {}\n{drawing:#?}", ranked.fix.fix, ranked.fix.id),
                );
                judged += 1;
            }
        }
    }
    assert!(judged > 150, "{judged}");
}

#[test]
fn a_fix_where_nobody_comes_does_nothing() {
    let mut rng = Rng::new(44);
    let mut judged = 0;
    for _ in 0..60 {
        let drawing = drawing(
            &mut rng,
            Taste {
                spots: 6,
                ways: 1.0,
                loops: true,
            },
        );
        let Ok(flow) = drawing.journey().flow() else {
            continue;
        };
        for fix in flow.single_fixes(FixKind::ALL) {
            if flow.visits(&fix.id) == Some(0.0) {
                let effect = fix.effect.unwrap();
                assert!(effect.outcomes.iter().all(|change| change.change == 0.0));
                assert_eq!((effect.hurt, effect.silent_churn), (0.0, Some(0.0)));
                judged += 1;
            }
        }
    }
    assert!(judged > 20, "{judged}");
}

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
        .map(|fix| (fix.fix.id.as_str(), fix.gain.unwrap()))
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
        .map(|fix| fix.fix.id.as_str())
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
            let beats = |other: &customer_journey::RankedFix| {
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

/// Three that do the same for a third of the customers each, at different prices: the cheapest is worth its money, and what
/// rounding makes of the others is no reason to pay more.
#[test]
fn rounding_makes_no_fix_efficient() {
    let keep = FixKind::KeepPromise;
    for loops in [1.0, 7.0, 11.0, 13.0] {
        let mut builder = Journey::builder("alike");
        let mut options = FixOptions::new().cost_of_others(FixKind::LiftEmotion, 0.5);
        for (id, weight, cost) in [("a", 1.0, 3.0), ("b", 10.0, 2.0), ("c", 0.1, 1.0)] {
            let one = Touchpoint::new(id, Phase::During, Channel::Store)
                .starts(1.0)
                .promise(Promise::new(id).kept(7.0 * weight).broken(3.0 * weight))
                .ends_when(PromiseResult::Broken, Outcome::Churn, 0.3 * weight)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 0.3 * weight);
            builder = builder
                .touchpoint(one)
                .transition(id, id, 0.1 * loops * weight);
            options = options.cost(id, keep, cost);
        }
        let flow = builder.build().unwrap().flow().unwrap();
        let fixes = flow.fixes_with(&Goal::Reduce(Outcome::Churn), &options);
        let efficient = fixes.ranked.iter().filter(|fix| fix.is_efficient);
        let efficient: Vec<&str> = efficient.map(|fix| fix.fix.id.as_str()).collect();
        assert_eq!(efficient, ["c"], "{fixes:#?}");
    }
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

/// One visit in a million million breaks the promise, and only then does anybody feel bad. Nobody has kept it so far,
/// so that the fix is solved by itself.
#[test]
fn rare_silence_keeps_its_digits_when_a_fix_is_solved_by_itself() {
    let rare = 1e-12;
    let flow = Journey::builder("rare")
        .touchpoint(
            Touchpoint::new("visit", Phase::During, Channel::Store)
                .promise(Promise::new("care").unknown(1.0 - rare).broken(rare))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Churn, 1.0)
                .ends(Outcome::Loyalty, 2.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let fixes = flow.single_fixes(&[FixKind::KeepPromise]);
    let effect = fixes[0].effect.as_ref().unwrap();
    let error = effect.silent_churn.unwrap() / (-rare / 3.0) - 1.0;
    assert!(error.abs() < 1e-9, "{error:e}");
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
    assert_eq!(chosen(110.0, &options.clone().at_most(1)).0, ["bill"]);
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
