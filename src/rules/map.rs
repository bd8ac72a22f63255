//! Rules about channels, owners, endings and the map itself.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Context, Hit, per_cent};
use crate::journey::{Outcome, Phase, begins_again};

pub(super) fn contradiction(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((_, report)) = context.figures else {
        return Vec::new();
    };
    let mut hits = Vec::new();
    for need in &report.channels.needs {
        let pairs = need
            .pairs
            .iter()
            .filter(|pair| pair.contradiction == Some(true));
        for pair in pairs {
            let Some(both) = pair.both.filter(|both| *both > bound) else {
                continue;
            };
            let meets = context.touchpoints().filter(|(_, touchpoint)| {
                let channel = touchpoint.channel.as_str();
                touchpoint.need.as_ref() == Some(&need.need)
                    && touchpoint.says.is_some()
                    && (channel == pair.a || channel == pair.b)
            });
            let at = meets.map(|(position, _)| position).collect();
            let sentence = format!(
                "{} and {} say different things about {:?}, and {} of 100 customers meet both",
                pair.a,
                pair.b,
                need.need,
                per_cent(both)
            );
            hits.push(Hit::at(at, both, sentence).key("says"));
        }
    }
    hits
}

pub(super) fn not_recognised(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((flow, _)) = context.figures else {
        return Vec::new();
    };
    if !context.journey.said().abilities {
        return Vec::new();
    }
    let mut handed = BTreeMap::<usize, f64>::new();
    for way in flow.transitions() {
        let Some((from, to)) = flow
            .journey()
            .node(&way.from)
            .zip(flow.journey().node(&way.to))
        else {
            continue;
        };
        let (left, met) = (
            context.touchpoint(from.index()),
            context.touchpoint(to.index()),
        );
        if begins_again(left, met) {
            *handed.entry(to.index()).or_default() += way.flow;
        }
    }
    let hits = handed.into_iter().filter(|(_, flow)| *flow > bound);
    hits.map(|(position, flow)| {
        let sentence = format!(
            "{} times in 100 journeys somebody comes here from another channel or department and has to begin again",
            per_cent(flow)
        );
        Hit::at(vec![position], flow, sentence)
    })
    .collect()
}

pub(super) fn no_owner(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    if !context.journey.said().owners {
        return Vec::new();
    }
    let nobody = context
        .touchpoints()
        .filter(|(_, touchpoint)| touchpoint.owner.is_none());
    let hits = nobody.filter_map(|(position, _)| {
        let visits = context.visits(&[position]);
        let visited = visits.is_none_or(|visits| visits > bound);
        visited.then(|| Hit {
            at: vec![position],
            key: None,
            figure: visits,
            sentence: "nobody answers for this touchpoint".to_owned(),
        })
    });
    hits.collect()
}

pub(super) fn single_channel(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let mut met = BTreeMap::<&str, (BTreeSet<&str>, Vec<usize>)>::new();
    for (position, touchpoint) in context.touchpoints() {
        if let Some(need) = &touchpoint.need {
            let (channels, at) = met.entry(need).or_default();
            channels.insert(touchpoint.channel.as_str());
            at.push(position);
        }
    }
    let mut hits = Vec::new();
    for (need, (channels, at)) in met {
        let [channel] = channels.into_iter().collect::<Vec<_>>()[..] else {
            continue;
        };
        // Learned journeys name a need after its only touchpoint, which claims nothing.
        let itself = |position: &usize| {
            let touchpoint = context.touchpoint(*position);
            touchpoint.id == need || touchpoint.label() == need
        };
        let visits = context.visits(&at);
        if at.iter().all(itself) || visits.is_some_and(|visits| visits <= bound) {
            continue;
        }
        hits.push(Hit {
            at,
            key: Some("need"),
            figure: visits,
            sentence: format!("the need {need:?} is met in one channel only, {channel}"),
        });
    }
    hits
}

pub(super) fn nothing_after(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((_, report)) = context.figures else {
        return Vec::new();
    };
    // Records tell what happened, and nothing is to be drawn there.
    if context.journey.said().is_counted {
        return Vec::new();
    }
    let mut phases = report.trajectory.phases.iter();
    let after = phases.find(|figures| figures.phase == Phase::After);
    let reach = after.map_or(0.0, |figures| figures.reach);
    if reach > bound {
        return Vec::new();
    }
    let sentence = if reach > 0.0 {
        format!(
            "only {} of 100 journeys come to anything after the interaction",
            per_cent(reach)
        )
    } else {
        "nothing comes after the interaction".to_owned()
    };
    vec![Hit::whole(reach, sentence)]
}

pub(super) fn unstated_ending(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let Some((flow, _)) = context.figures else {
        return Vec::new();
    };
    let share = flow.probability(&Outcome::Unstated);
    // Records that do not tell an ending are of journeys that go on, or were not followed further.
    if share <= bound || context.journey.said().is_counted {
        return Vec::new();
    }
    let endings = flow.endings().into_iter();
    let holes: BTreeSet<usize> = endings
        .filter(|ending| ending.outcome == Outcome::Unstated && ending.flow > 0.0)
        .filter_map(|ending| Some(flow.journey().node(&ending.id)?.index()))
        .collect();
    let sentence = format!(
        "{} of 100 journeys end here, and the map does not say how",
        per_cent(share)
    );
    vec![Hit::at(holes.into_iter().collect(), share, sentence)]
}

pub(super) fn too_long(context: &Context<'_>, bound: f64) -> Vec<Hit> {
    let count = context.journey.graph().node_count() as f64;
    if count <= bound {
        return Vec::new();
    }
    vec![Hit::whole(
        count,
        format!("the map has {count} touchpoints"),
    )]
}
