use super::{at, flow, row};
use crate::analysis::{Fixes, Goal};
use crate::journey::FixKind;
use crate::journey::{Outcome, Promise, PromiseResult};
use crate::view::fixes::{FixBars, GainUnit, NoBars};

/// Three promises that are kept to 5, 6 and 7 in 10, whose breaking loses the customer, and one that nobody misses.
fn ranked() -> Fixes {
    let tested = |id: &str, kept: f64| {
        at(id)
            .promise(Promise::new(id).kept(kept).broken(10.0 - kept))
            .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0)
    };
    let mut drawn = crate::journey::Journey::builder("promises");
    for (id, kept) in [("a", 5.0), ("b", 6.0), ("c", 7.0)] {
        drawn = drawn.touchpoint(tested(id, kept));
    }
    let idle = at("idle")
        .promise(Promise::new("idle").kept(1.0).broken(1.0))
        .ends(Outcome::Loyalty, 1.0);
    let drawn = drawn
        .touchpoint(idle)
        .transition_when(PromiseResult::Kept, "a", "b", 1.0)
        .transition_when(PromiseResult::Kept, "b", "c", 1.0)
        .transition_when(PromiseResult::Kept, "c", "idle", 1.0);
    flow(drawn).fixes(&Goal::Reduce(Outcome::Churn))
}

#[test]
fn fixes_that_change_something_have_a_bar_and_the_others_are_counted() {
    let fixes = ranked();
    let changing = fixes.ranked.iter().filter(|fix| fix.gain != Some(0.0));
    let changing: Vec<(&str, Option<f64>)> =
        changing.map(|fix| (fix.id.as_str(), fix.gain)).collect();
    let view = FixBars::of(&fixes, 10);
    let drawn: Vec<(&str, Option<f64>)> = view
        .bars
        .iter()
        .map(|bar| (bar.id.as_str(), bar.gain))
        .collect();
    assert_eq!(drawn, changing);
    // 0.79 leave now; 1 - 0.6 * 0.7 and so on when one promise is kept.
    let ids: Vec<&str> = drawn.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let gains: Vec<f64> = drawn.iter().filter_map(|(_, gain)| *gain).collect();
    for (gain, by_hand) in gains.iter().zip([0.21, 0.14, 0.09]) {
        assert!((gain - by_hand).abs() < 1e-12, "{gain} {by_hand}");
    }
    assert!(view.bars.iter().all(|bar| bar.is_gain));
    assert!(view.bars.iter().all(|bar| bar.kind == FixKind::KeepPromise));
    assert_eq!(view.unit, GainUnit::FewerJourneys);
    assert_eq!((view.left_out, view.no_bars), (0, None));
    assert_eq!(view.without_effect, fixes.ranked.len() - 3);
    assert!(view.without_effect > 0);
}

#[test]
fn bars_beyond_those_asked_for_are_counted() {
    let fixes = ranked();
    let view = FixBars::of(&fixes, 2);
    assert_eq!((view.bars.len(), view.left_out, view.no_bars), (2, 1, None));
    let none = FixBars::of(&fixes, 0);
    assert_eq!((none.bars.len(), none.left_out, none.no_bars), (0, 3, None));
}

#[test]
fn gains_that_are_rounding_have_no_bar_and_unknown_ones_do() {
    let mut fixes = ranked();
    let gains = [Some(2e-12), Some(-2e-12), Some(1e-12), Some(-1e-12)];
    fixes.ranked.truncate(1);
    let first = fixes.ranked.clone();
    fixes.ranked = gains
        .into_iter()
        .chain([None])
        .flat_map(|gain| first.iter().cloned().map(move |fix| (fix, gain)))
        .map(|(mut fix, gain)| {
            fix.gain = gain;
            fix
        })
        .collect();
    let view = FixBars::of(&fixes, 10);
    let drawn: Vec<(Option<f64>, bool)> = view
        .bars
        .iter()
        .map(|bar| (bar.gain, bar.is_gain))
        .collect();
    assert_eq!(
        drawn,
        [(Some(2e-12), true), (Some(-2e-12), false), (None, false)]
    );
    assert_eq!(view.without_effect, 2);
    assert!(!view.has_intervals);
    for fix in &mut fixes.ranked {
        fix.interval = Some((-0.1, 0.2));
    }
    assert!(FixBars::of(&fixes, 10).has_intervals);
    assert!(!FixBars::of(&fixes, 0).has_intervals);
}

#[test]
fn where_there_is_no_bar_it_is_said_why() {
    let calm = flow(row([at("calm")
        .feels(0.5)
        .can(crate::journey::Ability::Listen)]));
    let view = FixBars::of(&calm.fixes(&Goal::RaiseMean), 10);
    assert_eq!(view.no_bars, Some(NoBars::NothingToFix));
    let mut fixes = ranked();
    fixes.ranked.retain(|fix| fix.gain == Some(0.0));
    let view = FixBars::of(&fixes, 10);
    assert_eq!(view.no_bars, Some(NoBars::NothingHelps));
    assert_eq!(view.without_effect, fixes.ranked.len());
}

#[test]
fn each_goal_has_its_unit() {
    let mut fixes = ranked();
    for (goal, unit) in [
        (Goal::Reduce(Outcome::Churn), GainUnit::FewerJourneys),
        (Goal::ReduceSilentChurn, GainUnit::FewerJourneys),
        (Goal::Raise(Outcome::Loyalty), GainUnit::MoreJourneys),
        (Goal::ReduceHurt, GainUnit::LessHurt),
        (Goal::RaiseValue, GainUnit::MoreMoney),
        (Goal::RaiseEnd, GainUnit::MoreValence),
        (Goal::RaiseMean, GainUnit::MoreValence),
        (Goal::RaiseRemembered, GainUnit::MoreValence),
    ] {
        fixes.goal = goal.clone();
        let view = FixBars::of(&fixes, 10);
        assert_eq!((view.unit, view.goal), (unit, goal));
    }
}
