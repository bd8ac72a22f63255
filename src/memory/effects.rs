//! What single fixes change, each in the chain that carries its own fact.

use std::collections::BTreeMap;

use super::altered::Altered;
pub(crate) use super::altered::Mended;
use super::expanded::{BAD, Expanded, Labels, room};
use super::fact::{Fact, combinations};
use super::scores::{Errors, standard_errors};
use super::slopes::{END, Figures, HURT, MEAN, Slopes};
use super::solved::{Pattern, Solved};
use super::trails::Trails;

/// A change with its standard error, which is unknown where all journeys are of one cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Change {
    pub(crate) change: f64,
    pub(crate) standard_error: Option<f64>,
}

/// What a fix changes, after minus before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effect {
    /// By position of the outcome.
    pub(crate) outcomes: Vec<Change>,
    pub(crate) mean: Option<Change>,
    pub(crate) end: Option<Change>,
    pub(crate) hurt: Change,
    /// The same as a share of the hurt before; `None` where there was none.
    pub(crate) hurt_share: Option<Change>,
    /// Visits that the fix is about, and those of them that have nothing to be compared with.
    pub(crate) cases: f64,
    pub(crate) without: f64,
}

/// So many steps, of moments and of states, may go into the fixes of one log; some tens of seconds' work.
const BUDGET: f64 = 4e9;

/// So many numbers may be held for the counts of one chain.
const ROOM: usize = 1 << 22;

/// Why it is not told what a fix changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Untold {
    /// Journeys could never end after it.
    NeverEnds,
    /// It is beyond what can be computed.
    Beyond,
}

type Told = Result<Effect, Untold>;

/// What each of some fixes changes, as it is, and (for feelings) among customers of the same mood.
///
/// Each fact takes one walk over all journeys and each fix another one.
pub(crate) fn effects(trails: &Trails, fixes: &[(usize, Mended)]) -> Vec<(Told, Option<Told>)> {
    let mut left = BUDGET;
    let mut told: Vec<(Told, Option<Told>)> = vec![(Err(Untold::Beyond), None); fixes.len()];
    let mut promises: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, &(node, mended)) in fixes.iter().enumerate() {
        let here = [(at, node)];
        match (mended, trails.layout.promise_of[node]) {
            // Fixes of one promise share its fact.
            (Mended::Promise, Some(promise)) => promises.entry(promise).or_default().push(at),
            (Mended::Promise, None) => {}
            (Mended::Feeling, _) => {
                let felt = Fact::Felt { node, at_most: BAD };
                for facts in [vec![felt.clone()], vec![felt, Fact::Mood]] {
                    let is_adjusted = facts.len() > 1;
                    let found = carrying(trails, facts, &here, mended, &mut left);
                    for (at, effect) in found {
                        if is_adjusted {
                            told[at].1 = Some(effect);
                        } else {
                            told[at].0 = effect;
                        }
                    }
                }
            }
        }
    }
    for (promise, places) in promises {
        let places: Vec<(usize, usize)> = places.iter().map(|&at| (at, fixes[at].0)).collect();
        let facts = vec![Fact::First(promise)];
        for (at, effect) in carrying(trails, facts, &places, Mended::Promise, &mut left) {
            told[at].0 = effect;
        }
    }
    told
}

/// What fixes at some touchpoints change, given by their positions in a list and on the map, in the chain that carries some
/// facts.
fn carrying(
    trails: &Trails,
    facts: Vec<Fact>,
    places: &[(usize, usize)],
    mended: Mended,
    left: &mut f64,
) -> Vec<(usize, Told)> {
    let beyond = |&(at, _): &(usize, usize)| (at, Err(Untold::Beyond));
    let width = trails.layout.outcomes as f64 + 9.0;
    let walk = trails.moments() as f64;
    *left -= walk;
    let values = combinations(&facts);
    if *left < 0.0 || room(trails, values, values * values) > ROOM {
        return places.iter().map(beyond).collect();
    }
    let expanded = Expanded::new(trails, Labels::Facts(facts));
    let pattern = Pattern::new(&expanded);
    let Some(before) = Solved::new(&expanded, &pattern, None) else {
        return places.iter().map(beyond).collect();
    };
    let was = before.totals();
    let figures = Figures::of(&was);
    let slopes = Slopes::new(&before, &figures);
    let effect = |&(at, node): &(usize, usize)| {
        *left -= width * walk;
        if *left < 0.0 {
            return (at, Err(Untold::Beyond));
        }
        let altered = Altered::new(&expanded, node, mended);
        let after = Solved::new(&expanded, &pattern, Some(&altered));
        let effect = after.map(|after| effect(&before, &after, &altered, &was, &slopes));
        (at, effect.ok_or(Untold::NeverEnds))
    };
    places.iter().map(effect).collect()
}

fn effect(
    before: &Solved<'_>,
    after: &Solved<'_>,
    altered: &Altered,
    totals: &[f64],
    slopes: &Slopes<'_>,
) -> Effect {
    let was = slopes.figures;
    let change = change(before, after, altered.node);
    let is: Vec<f64> = totals
        .iter()
        .zip(&change)
        .map(|(was, more)| was + more)
        .collect();
    let is = Figures::of(&is);
    let then = Slopes::new(after, &is);
    let hurt = is.hurt - was.hurt;
    let share = (was.hurt > 0.0).then(|| hurt / was.hurt);
    let errors = if then.is_mended() {
        standard_errors(before.expanded, &then, slopes, share.unwrap_or(0.0))
    } else {
        Some(Errors {
            figures: vec![0.0; then.width],
            hurt_share: 0.0,
        })
    };
    let outcomes = was.outcomes.len();
    let with = |change: f64, figure: usize| Change {
        change,
        standard_error: errors.as_ref().map(|errors| errors.figures[figure]),
    };
    let difference = |was: Option<f64>, is: Option<f64>, figure: usize| {
        was.zip(is)
            .map(|(was, is)| with(is - was, outcomes + figure))
    };
    let ends = change[..outcomes].iter().enumerate();
    Effect {
        outcomes: ends.map(|(at, &change)| with(change, at)).collect(),
        mean: difference(was.mean.value, is.mean.value, MEAN),
        end: difference(was.end.value, is.end.value, END),
        hurt: with(hurt, outcomes + HURT),
        hurt_share: share.map(|change| Change {
            change,
            standard_error: errors.as_ref().map(|errors| errors.hurt_share),
        }),
        cases: altered.cases,
        without: altered.without,
    }
}

/// After minus before, in all columns: what is different at the touchpoint, with everything ahead as it was.
fn change(before: &Solved<'_>, after: &Solved<'_>, node: usize) -> Vec<f64> {
    let mut change = vec![0.0; before.width];
    for (arrival, at) in before.expanded.arrivals.iter().enumerate() {
        if at.node != node {
            continue;
        }
        let mut row = vec![0.0; before.width];
        after.earn(arrival, &before.ahead, &mut row);
        let was = &before.ahead[arrival * before.width..];
        for ((change, is), was) in change.iter_mut().zip(row).zip(was) {
            *change += after.visits[arrival] * (is - was);
        }
    }
    change
}
