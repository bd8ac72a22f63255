//! What to do first, where whole journeys tell it: the fixes that change how journeys end, and where no ending is stated, or none
//! changes for certain, the touchpoints where most of the bad feelings lie.
//!
//! Bad feelings that go with a lifted feeling later on are no measure here: what comes first on a journey is followed by most, and
//! would always win.

use super::Report;
use crate::analysis::{Fix, Goal, PainPoint, RankedFix, foremost};
use crate::flow::Flow;
use crate::journey::{FixKind, Outcome};

/// So many are named at most.
const NAMED: usize = 3;

/// Gains that differ by less, relatively, are alike.
const EQUAL: f64 = 1e-9;

/// Smaller changes of an ending are nothing to begin with: half a journey of 100.
const MATTERS: f64 = 0.005;

/// Where less than this share of all bad feelings lies, little would be gained.
const WEIGHS: f64 = 0.05;

/// Most of the bad feelings.
const MOST: f64 = 0.5;

/// What to do first.
#[derive(Debug, Clone)]
pub(crate) enum First {
    /// These change an ending for certain: which, and by how much; the greatest change first.
    Endings(Vec<(Goal, RankedFix)>),
    /// At these touchpoints lie these shares of all bad feelings; the greatest first, or the one where people are moved far more to act.
    Hurt(Vec<(String, f64)>),
    /// So many things are alike in what they change, so that none of them is the first: their ids, and by how much an ending
    /// changes, or which share of the bad feelings lies at each.
    AlikeEndings(Vec<String>, Outcome, f64),
    /// Likewise, with the share of all bad feelings at each.
    AlikeHurt(Vec<String>, f64),
    /// Most bad feelings, this share, lie at this touchpoint, with which journeys end: a verdict, and no place to begin.
    AtTheEnd(String, f64),
}

/// What to do first; `None` where journeys were not counted, and where nothing is known to help.
pub(crate) fn first(flow: &Flow, report: &Report, avoid: &Outcome) -> Option<First> {
    report.fit.as_ref()?;
    let endings = by_endings(flow, report, avoid);
    if let Some((Goal::Reduce(outcome), best)) = endings.first() {
        let gain = best.gain.unwrap_or(0.0);
        let alike = alike(&endings, gain, |(_, fix)| fix.gain.unwrap_or(0.0));
        if alike > NAMED {
            let ids = endings.iter().take(alike);
            let ids = ids.map(|(_, fix)| fix.id.clone()).collect();
            return Some(First::AlikeEndings(ids, outcome.clone(), gain));
        }
        return Some(First::Endings(endings.into_iter().take(NAMED).collect()));
    }
    let hurts = by_hurt(flow, report);
    if let Some(verdict) = at_the_end(flow, report) {
        return Some(verdict);
    }
    let &(_, most) = hurts.first()?;
    if most < WEIGHS {
        return None;
    }
    let alike = alike(&hurts, most, |&(_, share)| share);
    if alike > NAMED {
        let ids = hurts.into_iter().take(alike).map(|(id, _)| id);
        return Some(First::AlikeHurt(ids.collect(), most));
    }
    let hurts = begun_where_people_are_moved(report, hurts);
    Some(First::Hurt(hurts.into_iter().take(NAMED).collect()))
}

/// The same places, with that in front where what is felt moves people far more to act than where it hurts most.
fn begun_where_people_are_moved(
    report: &Report,
    mut hurts: Vec<(String, f64)>,
) -> Vec<(String, f64)> {
    let can_be_mended = |pain: &&PainPoint| hurts.iter().any(|(id, _)| *id == pain.id);
    let pains = report.pain_points.iter().filter(can_be_mended);
    let pains: Vec<PainPoint> = pains.cloned().collect();
    // Both stand in the order of the hurt.
    if let Some(place) = foremost(&pains).filter(|&place| place < hurts.len()) {
        hurts[..=place].rotate_right(1);
    }
    hurts
}

/// How many of the first are as good as the best.
fn alike<T>(ranked: &[T], best: f64, gain: impl Fn(&T) -> f64) -> usize {
    let as_good = |known: &&T| gain(known) >= best * (1.0 - EQUAL);
    ranked.iter().take_while(as_good).count()
}

/// Whether what is felt there is a verdict on the ending, and nothing that can be mended.
fn is_verdict(flow: &Flow, id: &str) -> bool {
    let at = flow.journey().touchpoint(id);
    flow.ends_nearly_always(id) || at.is_some_and(|at| at.measurement)
}

/// The fixes that change an ending to be avoided by more than their interval leaves open, the greatest change first.
fn by_endings(flow: &Flow, report: &Report, avoid: &Outcome) -> Vec<(Goal, RankedFix)> {
    let fixes = report.fixes.iter().filter(|fix| fix.is_counted());
    let fixes: Vec<&Fix> = fixes
        .filter(|fix| fix.kind == FixKind::KeepPromise || !is_verdict(flow, &fix.id))
        .collect();
    let bad = endings_to_avoid(report, &fixes, avoid);
    let changed = fixes.into_iter().filter_map(|fix| {
        let effect = fix.effect.as_ref()?;
        let most = bad
            .iter()
            .min_by(|a, b| effect.change_of(a).total_cmp(&effect.change_of(b)))?;
        let goal = Goal::Reduce(most.clone());
        let ranked = flow.ranked(fix, &goal);
        let certain = ranked.interval.is_some_and(|(from, _)| from > 0.0);
        let matters = ranked.gain.is_some_and(|gain| gain >= MATTERS);
        (certain && matters).then_some((goal, ranked))
    });
    let mut changed: Vec<(Goal, RankedFix)> = changed.collect();
    let gain = |known: &(Goal, RankedFix)| known.1.gain.unwrap_or(0.0);
    changed.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    changed
}

/// The ending that is to become rarer where journeys end so; else those that all fixes together make rarer.
fn endings_to_avoid(report: &Report, fixes: &[&Fix], avoid: &Outcome) -> Vec<Outcome> {
    let stated = report.outcomes.iter().map(|known| &known.outcome);
    let stated = stated.filter(|outcome| **outcome != Outcome::Unstated);
    let stated: Vec<&Outcome> = stated.collect();
    if stated.contains(&avoid) {
        return vec![avoid.clone()];
    }
    let rarer = |outcome: &&Outcome| {
        let effects = fixes.iter().filter_map(|fix| fix.effect.as_ref());
        effects.map(|effect| effect.change_of(outcome)).sum::<f64>() < 0.0
    };
    stated.into_iter().filter(rarer).cloned().collect()
}

/// The verdict at which most of the bad feelings lie.
fn at_the_end(flow: &Flow, report: &Report) -> Option<First> {
    let worst = report.pain_points.first()?;
    let share = worst.share.filter(|&share| share >= MOST)?;
    let is_marked = flow.journey().touchpoint(&worst.id)?.measurement;
    (!is_marked && is_verdict(flow, &worst.id)).then(|| First::AtTheEnd(worst.id.clone(), share))
}

/// Where the bad feelings lie, the greatest share first.
fn by_hurt(flow: &Flow, report: &Report) -> Vec<(String, f64)> {
    let known = report.pain_points.iter().filter_map(|pain| {
        let share = pain.share.filter(|&share| share > 0.0)?;
        (!is_verdict(flow, &pain.id)).then(|| (pain.id.clone(), share))
    });
    known.collect()
}
