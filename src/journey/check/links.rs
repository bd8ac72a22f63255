//! Judges the transitions of a drawing: every name resolved, every pair of touchpoints joined once for each `when`.

use std::collections::BTreeMap;

use super::Findings;
use crate::journey::builder::{Link, Unread};
use crate::journey::facts::KnownFacts;
use crate::journey::problem::{Fault, Place, brief};
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;
use crate::journey::words::Suggestions;

/// What transitions are judged against.
pub(super) struct Drawn<'a> {
    pub(super) touchpoints: &'a [Touchpoint],
    /// Positions sorted by id.
    pub(super) by_id: &'a [usize],
    pub(super) unread: &'a Unread,
    pub(super) facts: &'a KnownFacts<'a>,
}

/// Looks up the ends of every transition.
pub(super) fn resolve(
    links: Vec<Link>,
    drawn: &Drawn<'_>,
    findings: &mut Findings,
) -> Vec<(usize, usize, Transition)> {
    let Drawn {
        touchpoints,
        by_id,
        unread,
        facts,
    } = *drawn;
    let find = |id: &String| {
        let place = by_id.partition_point(|&position| touchpoints[position].id < *id);
        by_id
            .get(place)
            .copied()
            .filter(|&position| touchpoints[position].id == *id)
    };
    let mut strangers = Vec::new();
    let mut resolved = Vec::with_capacity(links.len());
    let mut numbers = Vec::with_capacity(links.len());
    for (position, link) in links.into_iter().enumerate() {
        let ends = (
            link.from.as_ref().and_then(find),
            link.to.as_ref().and_then(find),
        );
        check_link(
            position,
            &link,
            ends.0.map(|from| &touchpoints[from]),
            facts,
            findings,
        );
        let place = || Place::transition(position + 1, link.from.as_deref(), link.to.as_deref());
        for (end, id, found) in [("from", &link.from, ends.0), ("to", &link.to, ends.1)] {
            if let (Some(id), None) = (id, found) {
                strangers.push((place(), end, id.clone()));
            }
        }
        if let (Some(from), Some(to)) = ends
            && !unread.whens.contains(&position)
        {
            numbers.push(position + 1);
            resolved.push((from, to, link.transition));
        }
    }
    if !unread.touchpoints && !strangers.is_empty() {
        report_strangers(&strangers, touchpoints, unread.ids.len(), findings);
    }
    find_duplicates(&resolved, &numbers, touchpoints, findings);
    resolved
}

/// Judges what a transition says about itself.
fn check_link(
    position: usize,
    link: &Link,
    from: Option<&Touchpoint>,
    facts: &KnownFacts<'_>,
    findings: &mut Findings,
) {
    let Transition {
        weight,
        when,
        wait_s,
        ref given,
        ..
    } = link.transition;
    let is_amount = |value: f64| value.is_finite() && value >= 0.0;
    let untested = from.filter(|touchpoint| touchpoint.promise.is_none());
    let is_sound =
        is_amount(weight) && wait_s.is_none_or(is_amount) && (when.is_none() || untested.is_none());
    if is_sound && given.is_empty() {
        return;
    }
    findings.place = Place::transition(position + 1, link.from.as_deref(), link.to.as_deref());
    findings.amount(|| "`weight`".to_owned(), weight);
    if let Some(wait) = wait_s {
        findings.amount(|| "`wait_s`".to_owned(), wait);
    }
    if let (Some(when), Some(touchpoint)) = (when, untested) {
        findings.report(Fault::WhenWithoutPromise {
            what: "it".to_owned(),
            when,
            touchpoint: brief(&touchpoint.id),
        });
    }
    facts.check_given(given, || "it".to_owned(), findings);
}

/// Reports the names that no touchpoint has, unless they may be those of the touchpoints whose ids could not be read.
fn report_strangers(
    strangers: &[(Place, &'static str, String)],
    touchpoints: &[Touchpoint],
    nameless: usize,
    findings: &mut Findings,
) {
    let mut suggestions = Suggestions::from(touchpoints.iter().map(|t| t.id.as_str()));
    let named = touchpoints
        .iter()
        .filter_map(|it| Some((it.name.as_deref()?.trim(), it.id.as_str())));
    let names: BTreeMap<&str, &str> = named.collect();
    for (_, _, id) in strangers {
        if !names.contains_key(id.trim()) {
            suggestions.nearest_to(id);
        }
    }
    let excused = suggestions.unlike_any() <= nameless;
    for (place, end, id) in strangers {
        // Who writes the name of a touchpoint means its id.
        let named = names.get(id.trim()).copied();
        let nearest = named.or_else(|| suggestions.nearest_to(id));
        if excused && nearest.is_none() {
            continue;
        }
        findings.place = place.clone();
        findings.report(Fault::UnknownTouchpoint {
            end,
            id: id.clone(),
            nearest: nearest.map(str::to_owned),
        });
    }
}

/// Finds transitions with the same from, to, when and given.
fn find_duplicates(
    resolved: &[(usize, usize, Transition)],
    numbers: &[usize],
    touchpoints: &[Touchpoint],
    findings: &mut Findings,
) {
    let key = |&position: &usize| {
        let (from, to, transition) = &resolved[position];
        (*from, *to, transition.when, &transition.given)
    };
    let mut order: Vec<usize> = (0..resolved.len()).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    for same in order.chunk_by(|a, b| key(a) == key(b)) {
        let Some((first, others)) = same.split_first() else {
            continue;
        };
        for other in others {
            let (from, to, _) = &resolved[*other];
            findings.place = Place::transition(
                numbers[*other],
                Some(&touchpoints[*from].id),
                Some(&touchpoints[*to].id),
            );
            findings.report(Fault::DuplicateTransition {
                first: numbers[*first],
            });
        }
    }
}
