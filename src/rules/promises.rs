//! Rules about promises.

use std::collections::BTreeMap;

use super::check::{Context, Hit, per_cent};
use crate::flow::is_proven;
use crate::journey::{Ability, Evidence, PromiseResult, Touchpoint};

/// The touchpoints by promise.
type Places<'a> = BTreeMap<&'a str, Vec<usize>>;

fn makers<'a>(context: &Context<'a>) -> Places<'a> {
    let mut made = Places::new();
    for (position, touchpoint) in context.touchpoints() {
        for promise in &touchpoint.makes {
            made.entry(promise).or_default().push(position);
        }
    }
    made
}

fn testers<'a>(context: &Context<'a>) -> Places<'a> {
    let mut tested = Places::new();
    for (position, touchpoint) in context.touchpoints() {
        if let Some(promise) = &touchpoint.promise {
            tested.entry(&promise.name).or_default().push(position);
        }
    }
    tested
}

/// Promises of `some` that are not among the others.
fn missing<'a>(
    context: &Context<'a>,
    bound: f64,
    some: Places<'a>,
    others: &Places<'a>,
    key: &'static str,
    sentence: impl Fn(&str) -> String,
) -> Vec<Hit> {
    let alone = some
        .into_iter()
        .filter(|(promise, _)| !others.contains_key(promise));
    let hits = alone.filter_map(|(promise, at)| {
        let visits = context.visits(&at);
        let broken = visits.is_none_or(|visits| visits > bound);
        broken.then(|| Hit {
            figure: visits,
            key: Some(key),
            sentence: sentence(promise),
            at,
        })
    });
    hits.collect()
}

pub(super) fn never_tested(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let tested = testers(context);
    missing(
        context,
        bound,
        makers(context),
        &tested,
        "makes",
        |promise| format!("the promise {promise:?} is made, and nothing says whether it is kept"),
    )
}

pub(super) fn never_made(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let counted = |(_, touchpoint): (_, &Touchpoint)| touchpoint.evidence == Evidence::Observed;
    if context.touchpoints().all(counted) {
        return Vec::new();
    }
    let made = makers(context);
    missing(
        context,
        bound,
        testers(context),
        &made,
        "promise",
        |promise| format!("the promise {promise:?} is tested, and nobody makes it"),
    )
}

/// The touchpoints that journeys come to and find a promise broken, and where nobody can resolve; with the share of
/// visits that find it so.
fn breaks(context: &Context<'_>) -> Vec<(usize, f64)> {
    let Some((flow, _)) = context.figures else {
        return Vec::new();
    };
    if !context.journey.said().abilities {
        return Vec::new();
    }
    let share = |position: usize| flow.broken_share(position);
    let helpless = context.touchpoints().filter(|(position, touchpoint)| {
        !touchpoint.is_able_to(Ability::Resolve) && flow.visits_at(*position) > 0.0
    });
    let breaks = helpless.map(|(position, _)| (position, share(position)));
    breaks.filter(|&(_, share)| share > 0.0).collect()
}

fn promise<'a>(context: &Context<'a>, position: usize) -> &'a str {
    let promise = context.touchpoint(position).promise.as_ref();
    promise.map_or("", |promise| &promise.name)
}

pub(super) fn no_recovery(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let (breaks, Some((flow, _))) = (breaks(context), context.figures) else {
        return Vec::new();
    };
    if breaks.is_empty() {
        return Vec::new();
    }
    // Followed until they first come to somebody who can resolve.
    let able = flow.states_where(|touchpoint| touchpoint.is_able_to(Ability::Resolve));
    let mut layer = flow.layer();
    layer.restart(&able, |_| true);
    let until = layer.until();
    if !is_proven(until.error_bound) {
        return Vec::new();
    }
    let hits = breaks.into_iter().filter_map(|(position, share)| {
        let broken = flow.moments_at(position);
        let broken = broken.filter(|moment| moment.result == Some(PromiseResult::Broken));
        let ahead = broken.map(|moment| moment.share * moment.expected_next(|to| until.chance(to)));
        let recovered = (ahead.fold(0.0, |sum, chance| sum + chance) / share).min(1.0);
        (recovered <= bound).then(|| {
            let sentence = if recovered > 0.0 {
                format!(
                    "of those who meet a broken {:?} here only {} of 100 come to anybody who can resolve",
                    promise(context, position),
                    per_cent(recovered),
                )
            } else {
                format!(
                    "who meets a broken {:?} here never comes to anybody who can resolve",
                    promise(context, position),
                )
            };
            Hit::at(vec![position], recovered, sentence).key("promise")
        })
    });
    hits.collect()
}

pub(super) fn nobody_resolves(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let breaks = breaks(context).into_iter();
    let hits = breaks.filter_map(|(position, share)| {
        let broken = context.visits(&[position])? * share;
        (broken > bound).then(|| {
            let sentence = format!(
                "{:?} is broken here {} times in 100 journeys, and nobody here can resolve",
                promise(context, position),
                per_cent(broken),
            );
            Hit::at(vec![position], broken, sentence).key("promise")
        })
    });
    hits.collect()
}
