//! Laws of changes, on arbitrary journeys: loops, conditions, odd names, extreme weights.

use crate::arb;
use crate::generate::{Rng, Taste, drawing};
use crate::steady::cases;
use customer_journey::compare::Comparison;
use customer_journey::journey::Fault;
use customer_journey::report::WhatIfError;
use customer_journey::{
    Ability, Change, FixKind, FlowError, Journey, Outcome, PromiseResult, Transition,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// The ids in the order of the map.
fn ids(journey: &Journey) -> Vec<String> {
    journey.touchpoints().map(|t| t.id.clone()).collect()
}

/// A change drawn from numbers: of which kind, where, and to what.
type Drawn = (u8, usize, usize, f64, usize);

fn drawn() -> impl Strategy<Value = Drawn> {
    let number = prop_oneof![0.0..1.0, (0_u8..9).prop_map(f64::from)];
    (0..14_u8, 0..7_usize, 0..7_usize, number, 0..4_usize)
}

fn change(journey: &Journey, (kind, a, b, number, when): Drawn) -> Change {
    let ids = ids(journey);
    let (from, to) = (&ids[a % ids.len()], &ids[b % ids.len()]);
    let ways: Vec<_> = journey.transitions().collect();
    let when = [None]
        .into_iter()
        .chain(PromiseResult::ALL.iter().copied().map(Some))
        .nth(when)
        .flatten();
    let when = when.filter(|_| journey.touchpoint(from).unwrap().promise.is_some());
    let drawn = ways.get(a * 7 + b).or(ways.first());
    match (kind, drawn) {
        (0, _) => Change::keep_rate(from, number.min(1.0)),
        (1, _) => Change::lift(from),
        (2, _) => Change::feels(from, number.min(1.0)),
        (3, _) => Change::feels_when_broken(from, -number.min(1.0)),
        (4, Some((from, to, way))) => match way.when {
            Some(result) => Change::weight_when(result, &from.id, &to.id, number),
            None => Change::weight(&from.id, &to.id, number),
        },
        (5, Some((from, to, _))) => Change::remove_transition(&from.id, &to.id),
        (6 | 7, _) => {
            let mut way = Transition::new(number);
            way.when = when;
            Change::add_transition(from, to, way)
        }
        (8, _) => match when {
            Some(result) => Change::ends_when(result, from, Outcome::Churn, number),
            None => Change::ends(from, Outcome::Churn, number),
        },
        (9, _) => Change::can(from, Ability::Listen),
        (10, _) => Change::cannot(from, Ability::Resolve),
        (11, _) => Change::makes(from, "p"),
        (12, _) => Change::starts(from, number),
        _ => Change::remove(from),
    }
}

/// Whether a refusal is about numbers that no computer holds.
fn is_extreme(fault: &Fault) -> bool {
    matches!(fault, Fault::BeyondNumbers { .. })
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let size = found.abs().max(expected.abs());
    assert!(
        (found - expected).abs() <= 1e-9 * size + 1e-200,
        "{what}: {found}, not {expected}"
    );
}

/// That the visits of all touchpoints of `after`, what happens there, and the chances of all outcomes are those of
/// `before`.
fn same_for_the_others(before: &Journey, after: &Journey) -> Result<(), TestCaseError> {
    let flow = before.flow().unwrap();
    let passed = match after.flow() {
        Ok(passed) => passed,
        // Lengths at the border of what numbers hold.
        Err(FlowError::Endless { .. } | FlowError::NotSolved { .. }) => return Ok(()),
        Err(other) => return Err(TestCaseError::fail(other.to_string())),
    };
    for id in ids(after) {
        let visits = |flow: &customer_journey::Flow| flow.visits(&id).unwrap();
        close(visits(&passed), visits(&flow), &id);
        close(passed.reach(&id).unwrap(), flow.reach(&id).unwrap(), &id);
    }
    let outcomes = flow.outcomes().into_iter().chain(passed.outcomes());
    for outcome in outcomes.map(|share| share.outcome) {
        let (found, expected) = (passed.probability(&outcome), flow.probability(&outcome));
        close(found, expected, outcome.as_str());
    }
    Ok(())
}

/// That no figure of the journey as a whole changed, and no outcome that any journey has.
fn nothing_changed(comparison: &Comparison) -> Result<(), TestCaseError> {
    for line in &comparison.figures {
        let is_of_part = !line.of.is_empty() && !line.figure.starts_with("phase_");
        if line.figure == "outcome" || !is_of_part {
            let gone = line.figure == "outcome"
                && line.a.unwrap_or(0.0) <= 0.0
                && line.b.unwrap_or(0.0) <= 0.0;
            prop_assert!(gone || !line.is_changed(), "{line:?}");
        }
    }
    Ok(())
}

#[test]
fn a_removal_leaves_the_others_as_they_were() {
    let (mut judged, mut extreme, mut nothing_left, mut loops) = (0, 0, 0, 0);
    let mut runner = proptest::test_runner::TestRunner::new(cases(1));
    for round in 0..1500 {
        use proptest::strategy::ValueTree;
        let (journey, which) = (arb::journey(), vec(0..7_usize, 1..4))
            .new_tree(&mut runner)
            .unwrap()
            .current();
        if journey.flow().is_err() {
            continue;
        }
        let ids = ids(&journey);
        let remove: Vec<_> = which
            .iter()
            .map(|at| Change::remove(&ids[at % ids.len()]))
            .collect();
        match journey.with_changes(&remove) {
            Ok(after) => {
                same_for_the_others(&journey, &after)
                    .unwrap_or_else(|e| panic!("{round}: {e}\n{journey:#?}"));
                judged += 1;
                loops += usize::from(customer_journey::petgraph::algo::is_cyclic_directed(
                    journey.graph(),
                ));
            }
            Err(invalid) => {
                for problem in invalid.problems() {
                    match &problem.fault {
                        Fault::NothingLeftOfJourneys { .. } | Fault::NoTouchpointLeft => {
                            nothing_left += 1;
                        }
                        // Only touchpoints that no journey comes to are never left.
                        Fault::NowhereToPassOn { touchpoint } => {
                            assert_eq!(journey.flow().unwrap().visits(touchpoint), Some(0.0));
                        }
                        fault => {
                            assert!(is_extreme(fault), "{fault}");
                            extreme += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(judged > 300 && loops > 150, "{judged} {loops}");
    assert!(extreme < judged, "{extreme} of {judged}");
    assert!(nothing_left > 50, "{nothing_left}");
}

/// Two ways of computing the same: the rank-one update of a fix, and the whole new flow of the change.
#[test]
fn a_single_fix_is_the_difference_of_its_change() {
    let mut rng = Rng::new(5);
    let mut judged = 0;
    for round in 0..40 {
        let taste = Taste {
            spots: 2 + round % 8,
            ways: 2.0,
            loops: true,
        };
        let Ok(flow) = drawing(&mut rng, taste).journey().flow() else {
            continue;
        };
        for fix in flow.single_fixes(&[FixKind::KeepPromise, FixKind::LiftEmotion]) {
            let change = match fix.kind {
                FixKind::KeepPromise => Change::keep(&fix.id),
                _ => Change::lift(&fix.id),
            };
            let (Ok(what_if), Some(effect)) = (flow.what_if(&[change]), &fix.effect) else {
                continue;
            };
            let comparison = what_if.comparison();
            let moved = |figure| comparison.figure(figure, &[])?.difference;
            let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{fix:?} {comparison}");
            for (fixed, moved) in [
                (effect.mean, moved("mean")),
                (effect.end, moved("end")),
                (effect.hurt, moved("hurt")),
            ] {
                assert_eq!(fixed.is_some(), moved.is_some(), "{fix:?}");
                near(fixed.unwrap_or(0.0), moved.unwrap_or(0.0));
            }
            for outcome in flow.outcomes() {
                let moved = what_if.flow().probability(&outcome.outcome) - outcome.probability;
                near(effect.change_of(&outcome.outcome), moved);
            }
            judged += 1;
        }
    }
    assert!(judged > 60, "{judged}");
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_order_of_changes_makes_no_difference(
        journey in arb::journey(),
        (drawn, shuffled) in vec(drawn(), 0..5).prop_flat_map(|drawn| (Just(drawn.clone()), Just(drawn).prop_shuffle())),
    ) {
        let changes = |drawn: Vec<Drawn>| -> Vec<_> {
            drawn.into_iter().map(|drawn| change(&journey, drawn)).collect()
        };
        let (changes, shuffled) = (changes(drawn), changes(shuffled));
        match (journey.with_changes(&changes), journey.with_changes(&shuffled)) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (Err(_), Err(_)) => {}
            (one, other) => prop_assert!(false, "{:?} and {:?}", one.err(), other.err()),
        }
    }

    #[test]
    fn one_after_the_other_is_both_at_once(journey in arb::journey(), a in 0..7_usize, b in 0..7_usize) {
        let ids = ids(&journey);
        let (a, b) = (&ids[a % ids.len()], &ids[b % ids.len()]);
        prop_assume!(a != b && journey.flow().is_ok());
        let one = |journey: Journey, id: &str| journey.with_changes(&[Change::remove(id)]).ok();
        let both = journey.with_changes(&[Change::remove(a), Change::remove(b)]).ok();
        let ab = one(journey.clone(), a).and_then(|rest| one(rest, b));
        let ba = one(journey.clone(), b).and_then(|rest| one(rest, a));
        if let (Some(both), Some(ab), Some(ba)) = (both, ab, ba) {
            same_for_the_others(&journey, &both)?;
            same_for_the_others(&journey, &ab)?;
            same_for_the_others(&journey, &ba)?;
        }
    }

    #[test]
    fn no_change_is_the_same_journey(journey in arb::journey()) {
        prop_assert_eq!(&journey.with_changes(&[]).unwrap(), &journey);
        // Changes to what is so already.
        let mut same = Vec::new();
        for (from, to, way) in journey.transitions() {
            same.push(match way.when {
                Some(result) => Change::weight_when(result, &from.id, &to.id, way.weight),
                None => Change::weight(&from.id, &to.id, way.weight),
            });
        }
        for touchpoint in journey.touchpoints() {
            same.extend(touchpoint.starts.map(|weight| Change::starts(&touchpoint.id, weight)));
            same.extend(touchpoint.can.iter().map(|able| Change::can(&touchpoint.id, *able)));
            same.extend(touchpoint.makes.iter().map(|made| Change::makes(&touchpoint.id, made)));
            same.extend(touchpoint.emotion.iter().map(|felt| Change::feels(&touchpoint.id, felt.clone())));
        }
        prop_assert_eq!(&journey.with_changes(&same).unwrap(), &journey);
    }
}

// Reports take long.
proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn what_nobody_meets_makes_no_difference(journey in arb::journey(), number in 0.0..1.0) {
        let Ok(flow) = journey.flow() else { return Ok(()) };
        let report = flow.report();
        for lonely in journey.unreachable() {
            let id = &lonely.id;
            for change in [
                Change::keep_rate(id, number),
                Change::feels(id, -number),
                Change::lift(id),
                Change::ends(id, Outcome::Churn, number),
                Change::can(id, Ability::Listen),
                Change::remove(id),
            ] {
                let kinds = matches!(change, Change::KeepRate { .. } | Change::Remove { .. });
                let changed = match flow.what_if(&[change]) {
                    Ok(what_if) => what_if.into_flow().report(),
                    // No promise to keep, nowhere to pass on, or a weight that no number holds.
                    Err(WhatIfError::Changes(_)) if kinds => continue,
                    Err(other) => return Err(TestCaseError::fail(other.to_string())),
                };
                nothing_changed(&report.compare(&changed))?;
            }
        }
    }

    #[test]
    fn a_lifted_journey_has_no_hurt(journey in arb::journey()) {
        prop_assume!(journey.flow().is_ok());
        let lift: Vec<_> = ids(&journey).into_iter().map(Change::lift).collect();
        let flow = journey.flow().unwrap();
        let what_if = flow.what_if(&lift).unwrap();
        prop_assert_eq!(what_if.flow().hurt(), 0.0);
        let comparison = what_if.comparison();
        for figure in ["hurt", "mean"] {
            let known = comparison.figure(figure, &[]);
            prop_assert!(known.is_none_or(|known| known.is_better() != Some(false)));
        }
    }

    #[test]
    fn comparisons_are_clean_and_fit_their_width(
        journey in arb::journey(),
        drawn in vec(drawn(), 0..4),
        width in 72_usize..130,
    ) {
        let changes: Vec<_> = drawn.into_iter().map(|drawn| change(&journey, drawn)).collect();
        let Ok(flow) = journey.flow() else { return Ok(()) };
        let text = match flow.what_if(&changes) {
            Err(error) => error.to_string(),
            Ok(what_if) => {
                let comparison = what_if.comparison();
                for line in &comparison.figures {
                    for figure in [line.a, line.b, line.difference].into_iter().flatten() {
                        prop_assert!(figure.is_finite(), "{line:?}");
                    }
                }
                let text = comparison.text().width(width).to_string();
                for line in text.lines() {
                    // Wide characters and marks of direction: columns are not characters there.
                    prop_assert!(!line.is_ascii() || line.chars().count() <= width, "{line:?} in {width}");
                }
                text
            }
        };
        let odd = text.chars().find(|&c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c));
        prop_assert_eq!(odd, None);
    }
}
