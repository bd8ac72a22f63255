//! Every fix against the journey in which it is made, solved afresh.

mod choice;
#[cfg(feature = "serde")]
pub(crate) mod money;

use crate::generate::{Drawing, Rng, Spot, Taste, Way, drawing};
use crate::moments::Chain;
use customer_journey::analysis::Fix;
use customer_journey::{
    Ability, Channel, FixKind, Flow, Goal, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint,
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
    let what = |figure: &str| format!("{figure} of {} at {}\n{:#?}", fix.kind, fix.id, drawings[0]);
    let effect = fix
        .effect
        .as_ref()
        .unwrap_or_else(|| panic!("{}", what("no effect")));
    for change in &effect.outcomes {
        let expected = after.probability(&change.outcome) - before.probability(&change.outcome);
        near(change.change, expected, &what(change.outcome.as_str()));
    }
    for share in after.outcomes() {
        let known = effect
            .outcomes
            .iter()
            .any(|change| change.outcome == share.outcome);
        assert!(
            known || share.probability == 0.0,
            "{}",
            what(share.outcome.as_str())
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
    // What nobody feels is no change of 0.
    assert_eq!(effect.hurt.is_some(), effect.mean.is_some());
    if let Some(hurt) = effect.hurt {
        near(hurt, after.hurt() - before.hurt(), &what("hurt"));
    }
    let silent = silent_churn(drawings[1]) - silent_churn(drawings[0]);
    assert_eq!(effect.silent_churn.is_some(), effect.mean.is_some());
    if let Some(change) = effect.silent_churn {
        near(change, silent, &what("silent churn"));
    }
}

#[test]
fn each_fix_changes_what_the_fixed_journey_changes() {
    let mut rng = Rng::new(41);
    let (mut judged, mut trapped, mut none) = ([0; 4], 0, 0);
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
            let changed = fixed(&drawing, &fix.id, fix.kind);
            let Ok(after) = changed.journey().flow() else {
                assert_eq!(fix.effect, None);
                trapped += 1;
                continue;
            };
            judge(&fix, &before, &after, [&drawing, &changed]);
            judged[fix.kind as usize] += 1;
            let kept = drawing.spots.iter().find(|spot| spot.id == fix.id).unwrap();
            none += usize::from(kept.promise.is_some_and(|[kept, ..]| kept == 0.0));
        }
    }
    // Nothing is meant on these maps, so that nothing is raised.
    let raised = std::mem::replace(&mut judged[FixKind::Raise as usize], 151);
    assert_eq!(raised, 0);
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
        assert!(before.solver().largest_group > 40, "{}", before.solver());
        for fix in before.single_fixes(FixKind::ALL).iter().step_by(7) {
            let changed = fixed(&drawing, &fix.id, fix.kind);
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
        values: Vec::new(),
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
            let changed = fixed(&drawing, &ranked.id, ranked.kind);
            let Ok(after) = changed.journey().flow() else {
                continue;
            };
            let remembered = |flow: &Flow| flow.trajectory().remembered;
            let expected = remembered(&after)
                .zip(remembered(&before))
                .map(|(is, was)| is - was);
            // Where journeys get lost on the map, what leads more of them there has no known gain.
            let astray = ranked.effect.as_ref().is_some_and(|it| it.leads_astray())
                && before.report().hole().is_some();
            let is_known = expected.is_some() && !astray;
            assert!(!is_known || ranked.gain.is_some(), "{drawing:#?}");
            assert!(expected.is_some() || ranked.gain.is_none(), "{drawing:#?}");
            if let (Some(gain), Some(expected)) = (ranked.gain, expected) {
                near(
                    gain,
                    expected,
                    &format!("{} at {}\n{drawing:#?}", ranked.kind, ranked.id),
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
                let zero = effect.mean.map(|_| 0.0);
                assert_eq!((effect.hurt, effect.silent_churn), (zero, zero));
                judged += 1;
            }
        }
    }
    assert!(judged > 20, "{judged}");
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
