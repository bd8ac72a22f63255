//! What can be done differently at each touchpoint: what stands there now, and what stood there.

use customer_journey::journey::ShadeFeeling;
use customer_journey::report::Unit;
use customer_journey::{Ability, Emotion, Flow, PromiseResult, Touchpoint};
use serde_json::{Value, json};

use super::feeling;
use super::ways::Ways;

/// The controls of every touchpoint, in the order of the map; what was left out has none.
pub(super) fn controls(drawn: &Flow, flow: &Flow, lang: &str) -> Vec<Value> {
    let sequence = flow.sequence();
    let (were, are) = (Ways::of(drawn), Ways::of(flow));
    let told = sequence.iter().map(|now| {
        let was = drawn.journey().touchpoint(&now.id);
        json!({
            "id": now.id,
            "label": now.label(),
            "phase": now.phase,
            "channel": now.channel.as_str(),
            "promise": was.and_then(|was| promise(now, was)),
            "feelings": was.map(|was| feelings(now, was, lang)),
            "ways": are.told(&were, &now.id),
            "starts": now.starts,
            "starts_was": was.and_then(|was| was.starts),
            "abilities": was.map(|was| abilities(now, was)),
        })
    });
    told.collect()
}

fn promise(now: &Touchpoint, was: &Touchpoint) -> Option<Value> {
    let kept = now.promise.as_ref()?.kept_rate()?;
    let kept_was = was.promise.as_ref()?.kept_rate()?;
    Some(json!({
        "name": now.promise.as_ref()?.name,
        "rate": kept,
        "rate_was": kept_was,
        "told": Unit::Share.in_words(kept),
        "told_was": Unit::Share.in_words(kept_was),
    }))
}

/// What is felt, and what is felt after each result for which something is stated.
fn feelings(now: &Touchpoint, was: &Touchpoint, lang: &str) -> Vec<Value> {
    let felt = |emotion: &Emotion| felt(emotion, lang);
    let stated = [
        (None, &now.emotion, &was.emotion, true),
        (
            Some(PromiseResult::Broken),
            &now.emotion_when_broken,
            &was.emotion_when_broken,
            now.promise.is_some(),
        ),
        (
            Some(PromiseResult::Unknown),
            &now.emotion_when_unknown,
            &was.emotion_when_unknown,
            now.emotion_when_unknown.is_some(),
        ),
    ];
    let told = stated.into_iter().filter(|stated| stated.3);
    let told = told.map(|(after, now, was, _)| {
        json!({ "after": after, "now": now.as_ref().map(felt), "was": was.as_ref().map(felt) })
    });
    told.collect()
}

/// A feeling by its word in the language of the page, or as a number; of a mix the mean.
fn felt(emotion: &Emotion, lang: &str) -> String {
    let shades = emotion.shades();
    let word = match shades {
        // The document leaves an intensity of 1 unsaid.
        [shade] if shade.intensity.total_cmp(&1.0).is_eq() => match &shade.felt {
            ShadeFeeling::Feeling(feeling) => Some(feeling::word(*feeling, lang)),
            _ => None,
        },
        _ => None,
    };
    let number = || emotion.mean().map(|mean| Unit::Valence.in_words(mean));
    word.or_else(number).unwrap_or_default()
}

fn abilities(now: &Touchpoint, was: &Touchpoint) -> Vec<Value> {
    let told = Ability::ALL.iter().map(|&ability| {
        json!({
            "ability": ability,
            "can": now.is_able_to(ability),
            "could": was.is_able_to(ability),
        })
    });
    told.collect()
}
