//! The figures of a log by plain loops over its journeys, which owe nothing to the crate.

use std::collections::{BTreeMap, BTreeSet};

use customer_journey::PromiseResult;
use customer_journey::events::{Event, EventEmotion};

/// One moment as the figures see it. Each touchpoint is met in one channel, and tests a promise of its own name or none.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) id: String,
    pub(crate) channel: String,
    pub(crate) promise: Option<bool>,
    pub(crate) valence: Option<f64>,
    pub(crate) time_ns: Option<i128>,
}

pub(crate) struct Told {
    pub(crate) customer: String,
    pub(crate) moments: Vec<Seen>,
    pub(crate) outcome: String,
}

/// Numerators and denominators of each journey, by figure and what it is of.
pub(crate) type Pairs = BTreeMap<(String, Vec<String>), Vec<(usize, f64, f64)>>;

pub(crate) fn journeys(events: &[Event]) -> Vec<Told> {
    let mut names: Vec<&str> = Vec::new();
    for event in events {
        if !names.contains(&event.journey.as_str()) {
            names.push(&event.journey);
        }
    }
    names
        .iter()
        .map(|name| {
            let own: Vec<&Event> = events
                .iter()
                .filter(|event| event.journey == *name)
                .collect();
            let outcome = own.iter().rev().find_map(|event| event.outcome.clone());
            Told {
                customer: own[0]
                    .customer
                    .clone()
                    .unwrap_or_else(|| (*name).to_owned()),
                outcome: outcome.unwrap_or_else(|| "unstated".to_owned()),
                moments: own.iter().map(|event| seen(event)).collect(),
            }
        })
        .collect()
}

fn seen(event: &Event) -> Seen {
    Seen {
        id: event.touchpoint.clone(),
        channel: event
            .channel
            .clone()
            .unwrap_or_else(|| "unstated".to_owned()),
        promise: match event.promise {
            Some(PromiseResult::Kept) => Some(true),
            Some(PromiseResult::Broken) => Some(false),
            _ => None,
        },
        valence: match event.emotion {
            Some(EventEmotion::Rating(rating)) => Some(rating),
            Some(EventEmotion::Feeling(feeling)) => Some(feeling.valence()),
            _ => None,
        },
        time_ns: event
            .time_ms
            .map(|time| i128::from(time) * 1_000_000 + i128::from(event.nanos)),
    }
}

fn text(parts: &[&dyn std::fmt::Display]) -> Vec<String> {
    parts.iter().map(ToString::to_string).collect()
}

/// All figures that are ratios.
pub(crate) fn pairs(told: &[Told], testing: &BTreeSet<String>) -> Pairs {
    let mut pairs = Pairs::new();
    let mut put = |figure: &str, of: Vec<String>, journey: usize, a: f64, b: f64| {
        pairs
            .entry((figure.to_owned(), of))
            .or_default()
            .push((journey, a, b));
    };
    let yes = |holds: bool| if holds { 1.0 } else { 0.0 };
    let all = |told: &[Told], of: fn(&Seen) -> &String| -> BTreeSet<String> {
        told.iter()
            .flat_map(|journey| &journey.moments)
            .map(of)
            .cloned()
            .collect()
    };
    let ids = all(told, |moment| &moment.id);
    let channels = all(told, |moment| &moment.channel);
    let outcomes: BTreeSet<&str> = told
        .iter()
        .map(|journey| journey.outcome.as_str())
        .collect();
    let longest = told
        .iter()
        .map(|journey| journey.moments.len())
        .max()
        .unwrap();
    for (j, journey) in told.iter().enumerate() {
        let moments = &journey.moments;
        let known: Vec<f64> = moments.iter().filter_map(|moment| moment.valence).collect();
        put("length", vec![], j, moments.len() as f64, 1.0);
        for k in 2..=longest.min(30) {
            put("under_way", text(&[&k]), j, yes(moments.len() >= k), 1.0);
        }
        for (k, moment) in moments.iter().enumerate().take(30) {
            if let Some(valence) = moment.valence {
                put("curve", text(&[&(k + 1)]), j, valence, 1.0);
            }
        }
        put("mean", vec![], j, known.iter().sum(), known.len() as f64);
        put(
            "hurt",
            vec![],
            j,
            known.iter().map(|v| f64::max(0.0, -v)).sum(),
            1.0,
        );
        put(
            "unhappy",
            vec![],
            j,
            yes(known.iter().any(|v| *v <= -0.25)),
            1.0,
        );
        if let Some(valence) = moments.last().unwrap().valence {
            put("end", vec![], j, valence, 1.0);
        }
        if !known.is_empty() {
            let worst = known.iter().copied().fold(f64::INFINITY, f64::min);
            let best = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let peak = if -worst >= best { worst } else { best };
            put("worst", vec![], j, worst, 1.0);
            put("best", vec![], j, best, 1.0);
            put("peak", vec![], j, peak, 1.0);
            for level in [-0.5, -0.25, 0.0] {
                put(
                    "worst_at_most",
                    text(&[&level]),
                    j,
                    yes(worst <= level),
                    1.0,
                );
                put(
                    "best_at_least",
                    text(&[&(-level + 0.0)]),
                    j,
                    yes(best >= -level),
                    1.0,
                );
            }
        }
        let changes: Vec<f64> = moments
            .windows(2)
            .filter_map(|pair| Some(pair[1].valence? - pair[0].valence?))
            .collect();
        let squares = changes.iter().map(|change| change * change).sum();
        put("swing", vec![], j, squares, changes.len() as f64);
        let pain = moments
            .iter()
            .position(|moment| moment.valence.is_some_and(|v| v < 0.0));
        put("first_pain", vec![], j, yes(pain.is_some()), 1.0);
        if let Some(pain) = pain {
            put("first_pain_after", vec![], j, pain as f64, 1.0);
        }
        for outcome in &outcomes {
            let so = yes(journey.outcome == **outcome);
            put("outcome", text(&[outcome]), j, so, 1.0);
            for id in &ids {
                let here = moments.iter().filter(|moment| moment.id == *id);
                let visited = f64::from(u8::from(here.clone().next().is_some()));
                put(
                    "outcome_after_visit",
                    text(&[id, outcome]),
                    j,
                    so * visited,
                    visited,
                );
                let bad = here
                    .clone()
                    .any(|moment| moment.valence.is_some_and(|v| v <= -0.25));
                put(
                    "outcome_after_bad",
                    text(&[id, outcome]),
                    j,
                    so * yes(bad),
                    yes(bad),
                );
                let other = here.clone().any(|moment| moment.valence.is_some()) && !bad;
                put(
                    "outcome_after_other",
                    text(&[id, outcome]),
                    j,
                    so * yes(other),
                    yes(other),
                );
            }
            for channel in &channels {
                let here = yes(moments[0].channel == *channel);
                put(
                    "outcome_by_start",
                    text(&[channel, outcome]),
                    j,
                    so * here,
                    here,
                );
            }
        }
        let mut broken = 0;
        for id in &ids {
            let here: Vec<&Seen> = moments.iter().filter(|moment| moment.id == *id).collect();
            put("reach", text(&[id]), j, yes(!here.is_empty()), 1.0);
            put("visits", text(&[id]), j, here.len() as f64, 1.0);
            put(
                "first_pain_at",
                text(&[id]),
                j,
                yes(pain.is_some_and(|at| moments[at].id == *id)),
                1.0,
            );
            if !testing.contains(id) {
                continue;
            }
            let results: Vec<bool> = here.iter().filter_map(|moment| moment.promise).collect();
            let kept = results.iter().filter(|kept| **kept).count() as f64;
            put("kept_rate", text(&[id]), j, kept, results.len() as f64);
            for channel in &channels {
                let of: Vec<bool> = here
                    .iter()
                    .filter(|moment| moment.channel == *channel)
                    .filter_map(|moment| moment.promise)
                    .collect();
                let kept = of.iter().filter(|kept| **kept).count() as f64;
                put("kept_rate", text(&[id, channel]), j, kept, of.len() as f64);
            }
            put(
                "meets_broken",
                text(&[id]),
                j,
                yes(results.contains(&false)),
                1.0,
            );
            broken += results.iter().filter(|kept| !**kept).count();
            let is_result = |moment: &Seen| moment.id == *id && moment.promise.is_some();
            if let Some(at) = moments.iter().position(is_result) {
                let after = moments[at..].iter();
                let felt: Vec<f64> = after.filter_map(|moment| moment.valence).collect();
                let figure = match moments[at].promise {
                    Some(true) => "feeling_when_kept",
                    _ => "feeling_when_broken",
                };
                put(figure, text(&[id]), j, felt.iter().sum(), felt.len() as f64);
            }
            for outcome in &outcomes {
                let so = yes(journey.outcome == **outcome);
                let first = results.first();
                for (figure, result) in
                    [("outcome_when_kept", true), ("outcome_when_broken", false)]
                {
                    let given = yes(first == Some(&result));
                    put(figure, text(&[id, outcome]), j, so * given, given);
                }
            }
        }
        if !testing.is_empty() {
            for tries in 0..3 {
                put(
                    "tries",
                    text(&[&tries]),
                    j,
                    yes(broken.min(2) == tries),
                    1.0,
                );
            }
        }
    }
    pairs.retain(|_, pairs| pairs.iter().any(|&(_, _, b)| b > 0.0));
    pairs
}

/// How journeys end that came to the touchpoint from which most first come to another one, and did not meet that one. Of several
/// from which as many come, the one that is first on the map counts.
pub(crate) fn as_far(told: &[Told], map: &[&str]) -> Pairs {
    let outcomes: BTreeSet<&str> = told
        .iter()
        .map(|journey| journey.outcome.as_str())
        .collect();
    let first = |journey: &Told, id: &str| {
        let mut moments = journey.moments.iter();
        moments.position(|moment| moment.id == id)
    };
    let mut pairs = Pairs::new();
    for id in map {
        let mut most: Option<(&str, usize)> = None;
        for before in map {
            let come = told.iter().filter(|journey| {
                let at = first(journey, id).and_then(|at| at.checked_sub(1));
                at.is_some_and(|at| journey.moments[at].id == *before)
            });
            let come = come.count();
            if come > most.map_or(0, |(_, most)| most) {
                most = Some((before, come));
            }
        }
        let Some((before, _)) = most else { continue };
        let as_far = told.iter().enumerate().filter(|(_, journey)| {
            first(journey, before).is_some() && first(journey, id).is_none()
        });
        for (j, journey) in as_far {
            for outcome in &outcomes {
                let so = f64::from(u8::from(journey.outcome == **outcome));
                let of = text(&[id, &before, outcome]);
                let figure = ("outcome_as_far".to_owned(), of);
                pairs.entry(figure).or_default().push((j, so, 1.0));
            }
        }
    }
    pairs
}

/// Of each journey in which both are known, the mean of what is felt at a touchpoint, and the last answer at another one.
pub(crate) fn answers(told: &[Told], id: &str, asked: &str) -> Vec<(f64, f64)> {
    let both = told.iter().filter_map(|journey| {
        let felt = |id: &str| -> Vec<f64> {
            let here = journey.moments.iter().filter(|moment| moment.id == id);
            here.filter_map(|moment| moment.valence).collect()
        };
        let here = felt(id);
        let answer = *felt(asked).last()?;
        (!here.is_empty()).then(|| (here.iter().sum::<f64>() / here.len() as f64, answer))
    });
    both.collect()
}

/// The ratio, its standard error by clusters, journeys with a denominator.
pub(crate) fn estimate(
    pairs: &[(usize, f64, f64)],
    cluster: impl Fn(usize) -> usize,
) -> (f64, Option<f64>, u64) {
    let (mut a, mut b, mut n) = (0.0, 0.0, 0);
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for &(journey, above, below) in pairs.iter().filter(|&&(_, _, b)| b > 0.0) {
        let sum = sums.entry(cluster(journey)).or_default();
        (sum.0, sum.1) = (sum.0 + above, sum.1 + below);
        (a, b, n) = (a + above, b + below, n + 1);
    }
    let f = a / b;
    let c = sums.len() as f64;
    let spread: f64 = sums.values().map(|(a, b)| (a - f * b).powi(2)).sum();
    (f, (c > 1.0).then(|| (c / (c - 1.0) * spread).sqrt() / b), n)
}
