//! Which touchpoints have a column.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ordered_float::OrderedFloat;

use super::{Column, Cut};
use crate::flow::Flow;
use crate::journey::{Phase, Touchpoint};

/// Beyond so many touchpoints a map is an overview ...
const MOST: usize = 60;
/// ... of so many, those that customers meet most ...
const MET_MOST: usize = 24;
/// ... of which each phase has at least one in so many, as far as it has any.
const OF_A_PHASE: usize = 6;

/// The touchpoints that have a column, in the order in which customers meet them; after which of them others are left out; and what
/// is said of the others.
pub(super) fn choose(
    flow: &Flow,
    columns: Option<usize>,
) -> (Vec<&Touchpoint>, Vec<bool>, Option<Cut>) {
    let sequence = flow.sequence();
    let touchpoints = sequence.len();
    let (most, met_most) = match columns {
        Some(columns) => (columns.max(1), columns.max(1)),
        None => (MOST, MET_MOST),
    };
    if touchpoints <= most {
        return (sequence, vec![false; touchpoints], None);
    }
    let mut visits: Vec<(f64, &Touchpoint)> = flow
        .traffic()
        .map(|traffic| (traffic.visits, traffic.touchpoint))
        .collect();
    visits.sort_by_key(|&(visits, at)| (Reverse(OrderedFloat(visits)), at.id.as_str()));
    let mut met: BTreeSet<&str> = BTreeSet::new();
    // Who looks at a map wants to see how it goes on and how it ends.
    for phase in Phase::ALL {
        let of_phase = visits.iter().filter(|(_, at)| at.phase == *phase);
        let first = of_phase.take(met_most / OF_A_PHASE);
        met.extend(first.map(|(_, at)| at.id.as_str()));
    }
    let endings = flow.endings();
    let last = endings
        .iter()
        .max_by_key(|ending| OrderedFloat(ending.flow));
    let last = last.and_then(|ending| visits.iter().find(|(_, at)| at.id == ending.id));
    met.extend(
        last.filter(|_| met_most >= OF_A_PHASE)
            .map(|(_, at)| at.id.as_str()),
    );
    for (_, at) in &visits {
        if met.len() < met_most {
            met.insert(&at.id);
        }
    }
    let at_those = visits.iter().filter(|(_, at)| met.contains(at.id.as_str()));
    let moments: f64 = at_those.map(|(visits, _)| visits).sum();
    let moments = (moments / flow.length()).min(1.0);
    let places: Vec<(usize, &Touchpoint)> = sequence
        .into_iter()
        .enumerate()
        .filter(|(_, at)| met.contains(at.id.as_str()))
        .collect();
    let skips = places
        .windows(2)
        .map(|ends| matches!(ends, [(from, _), (to, _)] if *to > from + 1));
    let skips: Vec<bool> = skips.collect();
    let shown = places.into_iter().map(|(_, at)| at).collect();
    let cut = Cut {
        touchpoints,
        moments,
    };
    (shown, skips, Some(cut))
}

/// Says of each column whether others are left out behind it. How many go straight on past those is no claim for the curve.
pub(super) fn mark(columns: &mut [Column], skips: &[bool]) {
    for (column, skips) in columns.iter_mut().zip(skips) {
        column.skips = *skips;
        column.goes_on = column.goes_on.filter(|_| !skips);
    }
}
