//! What single fixes change, each in the chain that carries its own fact.

use super::InClusters;
use super::ground::Ground;
use super::journeys::Walk;
use crate::journey::{
    CountedChange, CountedEffect, CountedFix, FixKind, Journey, OutcomeChange, PromiseResult,
};
use crate::memory::{Change, Effect, Layout, Mended, Trails, Untold, effects};

/// Every fix of the map that what was counted can tell of: keeping each promise that was broken, and lifting the feelings of each
/// touchpoint where some were negative.
pub(super) fn fixes(
    ground: &Ground<'_>,
    journey: &Journey,
    clusters: &InClusters,
) -> Vec<CountedFix> {
    let mut wanted = Vec::new();
    for (node, touchpoint) in journey.touchpoints().enumerate() {
        let promise = touchpoint.promise.as_ref();
        if promise.is_some_and(|promise| promise.broken > 0.0) {
            wanted.push((node, Mended::Promise));
        }
        let mut emotions = [
            &touchpoint.emotion,
            &touchpoint.emotion_when_broken,
            &touchpoint.emotion_when_unknown,
        ]
        .into_iter()
        .flatten();
        if ground.measures.get(node) != Some(&true)
            && emotions.any(|emotion| emotion.valences().any(|(valence, _)| valence < 0.0))
        {
            wanted.push((node, Mended::Feeling));
        }
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let trails = trails(ground, clusters);
    let told = effects(&trails, &wanted);
    let fixes = wanted.into_iter().zip(told);
    fixes
        .filter_map(|((node, mended), (effect, adjusted))| {
            let kind = match mended {
                Mended::Promise => FixKind::KeepPromise,
                Mended::Feeling => FixKind::LiftEmotion,
            };
            let effect = match effect {
                Ok(effect) => Some(counted(ground, &effect)),
                Err(Untold::NeverEnds) => None,
                Err(Untold::Beyond) => return None,
            };
            let adjusted = adjusted.and_then(Result::ok);
            let adjusted = adjusted.map(|effect| counted(ground, &effect));
            let id = ground.ids.get(node)?;
            Some(CountedFix::new(id, kind, effect, adjusted))
        })
        .collect()
}

/// The journeys of a log as numbers.
pub(super) fn trails(ground: &Ground<'_>, clusters: &InClusters) -> Trails {
    let mut trails = Trails::new(Layout {
        channel_of: ground.channel_of.clone(),
        promise_of: ground.promise_of.clone(),
        outcomes: ground.outcomes.len(),
    });
    let mut walk = Walk::default();
    clusters.each(|_, journey| {
        let Some(journey) = journey else {
            trails.end_cluster();
            return;
        };
        walk.go(ground, &ground.log.journey(journey));
        for step in &walk.steps {
            let tests = ground.promise_of.get(step.node as usize).copied().flatten();
            let result = match (tests, step.result) {
                (None, _) => 0,
                (Some(_), Some(PromiseResult::Kept)) => 1,
                (Some(_), Some(PromiseResult::Broken)) => 2,
                (Some(_), _) => 3,
            };
            trails.push(step.node, result, step.valence);
        }
        trails.end_journey(walk.outcome);
    });
    trails
}

fn counted(ground: &Ground<'_>, effect: &Effect) -> CountedEffect {
    let change = |change: Change| CountedChange::new(change.change, change.standard_error);
    let outcomes = ground.outcomes.iter().zip(&effect.outcomes);
    CountedEffect::new(
        outcomes
            .map(|(outcome, by)| OutcomeChange::new(outcome, by.change, by.standard_error))
            .collect(),
        [effect.mean.map(change), effect.end.map(change)],
        (change(effect.hurt), effect.hurt_share.map(change)),
        [effect.cases, effect.without].map(whole),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of visits"
)]
fn whole(visits: f64) -> u64 {
    visits.round() as u64
}
