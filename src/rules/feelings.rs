//! Rules about feelings and who hears of them.

use super::check::{Context, Hit, per_cent};
use crate::journey::{Ability, Evidence, Phase};

/// An end that is known of a smaller share of the journeys tells of those few and not of the journey.
const KNOWN_ENDS: f64 = 0.25;

/// From this share on, all are meant but for rounding.
const ALL: f64 = 1.0 - 1e-9;

pub(super) fn negative_ending(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((flow, report)) = context.figures else {
        return Vec::new();
    };
    let coverage = report.trajectory.end_coverage;
    let end = report.trajectory.end.filter(|end| *end < bound);
    let Some(end) = end.filter(|_| coverage >= KNOWN_ENDS) else {
        return Vec::new();
    };
    let last = |position: usize| {
        let mut moments = flow.moments_at(position);
        flow.visits_at(position) > 0.0 && moments.any(|moment| moment.ends_sometimes())
    };
    let bad = context.touchpoints().filter(|&(position, touchpoint)| {
        let mean = flow.met_there(position).mean_valence();
        !touchpoint.measurement && last(position) && mean.is_some_and(|mean| mean < bound)
    });
    let at = bad.map(|(position, _)| position).collect();
    let known = if coverage >= ALL {
        String::new()
    } else {
        format!(", as far as it is known, of {} of 100", per_cent(coverage))
    };
    vec![Hit::at(
        at,
        end,
        format!("the last moment of a journey feels {end:+.2} on average{known}"),
    )]
}

pub(super) fn falls_during(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((_, report)) = context.figures else {
        return Vec::new();
    };
    let mean = |phase| {
        let mut phases = report.trajectory.phases.iter();
        phases.find(|figures| figures.phase == phase)?.mean
    };
    let (Some(before), Some(during)) = (mean(Phase::Before), mean(Phase::During)) else {
        return Vec::new();
    };
    let fall = before - during;
    if fall <= bound {
        return Vec::new();
    }
    let sentence =
        format!("feelings fall from {before:+.2} before the interaction to {during:+.2} during it");
    vec![Hit::whole(fall, sentence)]
}

/// The valence of somebody unhappy, as the question of listening has it.
const UNHAPPY: f64 = crate::flow::UNHAPPY;

pub(super) fn unheard(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    if !context.journey.said().abilities {
        return Vec::new();
    }
    let pattern = format!("*{{feels <= {UNHAPPY}, can != listen}} =[not *{{can = listen}}]=> end");
    let share = context
        .share(&pattern)
        .map(|share| as_counted(context, share));
    let share = share.filter(|share| *share > bound);
    let hit = |share: f64| {
        let sentence = format!(
            "{} of 100 journeys are unhappy ones that nobody hears of, there or later",
            per_cent(share)
        );
        Hit::whole(share, sentence)
    };
    share.map(hit).into_iter().collect()
}

/// A share of the unhappy, of those that were counted and not of those whom the map takes for unhappy.
fn as_counted(context: &Context<'_>, share: f64) -> f64 {
    let listening = context.figures.map(|(_, report)| &report.listening);
    let both = listening.and_then(|known| known.unhappy.zip(known.unhappy_modelled));
    match both {
        Some((counted, modelled)) if modelled > 0.0 => share * (counted / modelled),
        _ => share,
    }
}

pub(super) fn unanswered(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let heard = "can = listen, can != answer";
    let pattern = format!(
        "*{{feels <= {UNHAPPY}, {heard}}} =[not *{{can = answer}}]=> end or \
         *{{feels <= {UNHAPPY}}} => *{{{heard}}} =[not *{{can = answer}}]=> end"
    );
    let share = context.share(&pattern).filter(|share| *share > bound);
    let hit = |share: f64| {
        let deaf = context.touchpoints().filter(|(_, touchpoint)| {
            touchpoint.is_able_to(Ability::Listen) && !touchpoint.is_able_to(Ability::Answer)
        });
        let at = deaf.map(|(position, _)| position).collect();
        let sentence = format!(
            "{} of 100 journeys complain, are heard, and get no answer",
            per_cent(share)
        );
        Hit::at(at, share, sentence)
    };
    share.map(hit).into_iter().collect()
}

pub(super) fn pain_unheard(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((flow, report)) = context.figures else {
        return Vec::new();
    };
    if !context.journey.said().abilities {
        return Vec::new();
    }
    let hits = report.pain_points.iter().filter_map(|pain| {
        let share = pain.share.filter(|&share| share > bound)?;
        let position = flow.journey().node(&pain.id)?.index();
        let hears = context.touchpoint(position).is_able_to(Ability::Listen);
        (!hears).then(|| {
            let sentence = format!(
                "{} % of all hurt is felt here, and nobody listens",
                per_cent(share)
            );
            Hit::at(vec![position], share, sentence)
        })
    });
    hits.collect()
}

pub(super) fn lagging_only(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((_, report)) = context.figures else {
        return Vec::new();
    };
    let (mut moments, mut known, mut late) = (0.0, 0.0, false);
    for phase in &report.trajectory.phases {
        let coverage = phase.coverage.unwrap_or(0.0);
        if phase.phase == Phase::After {
            late = coverage > 0.0;
        } else {
            moments += phase.moments;
            known += phase.moments * coverage;
        }
    }
    if !late || moments <= 0.0 || known / moments > bound {
        return Vec::new();
    }
    let sentence = format!(
        "feelings are known after the interaction, and before and during it at {} of 100 moments",
        per_cent(known / moments)
    );
    vec![Hit::whole(known / moments, sentence)]
}

pub(super) fn assumed(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((flow, report)) = context.figures else {
        return Vec::new();
    };
    let assumed = report.pain_points.iter().filter_map(|pain| {
        let position = flow.journey().node(&pain.id)?.index();
        let assumed = context.touchpoint(position).evidence == Evidence::Assumed;
        let share = pain.share.filter(|&share| assumed && share > 0.0)?;
        Some((position, share))
    });
    let mut assumed: Vec<(usize, f64)> = assumed.collect();
    let share = assumed
        .iter()
        .fold(0.0, |sum, (_, share)| sum + share)
        .min(1.0);
    if assumed.is_empty() || share <= bound {
        return Vec::new();
    }
    assumed.sort_unstable_by_key(|&(position, _)| position);
    let at = assumed.into_iter().map(|(position, _)| position).collect();
    let sentence = format!(
        "{} % of all hurt is at touchpoints that rest on assumptions",
        per_cent(share)
    );
    vec![Hit::at(at, share, sentence)]
}
