//! What can be done differently at each touchpoint: what stands there now, and what stood there.

use customer_journey::facts::Given;
use customer_journey::journey::ShadeFeeling;
use customer_journey::language::Language;
use customer_journey::report::Unit;
use customer_journey::{Ability, Emotion, Flow, Promise, PromiseResult, Touchpoint};
use serde_json::{Value, json};

use super::figures::said;
use super::ways::Ways;

/// The controls of every touchpoint, in the order of the map; what was left out has none.
pub(super) fn controls(drawn: &Flow, flow: &Flow, language: &Language) -> Vec<Value> {
    let sequence = flow.sequence();
    let (were, are) = (Ways::of(drawn, language), Ways::of(flow, language));
    let told = sequence.iter().map(|now| {
        let was = drawn.journey().touchpoint(&now.id);
        json!({
            "id": now.id,
            "label": now.label(),
            "promises": was.map(|was| promises(now, was, language)),
            "feelings": was.map(|was| feelings(now, was, language)),
            "ways": are.told(&were, &now.id),
            "starts": now.starts,
            "starts_was": was.and_then(|was| was.starts),
            "abilities": was.map(|was| abilities(now, was)),
        })
    });
    told.collect()
}

/// How the promise fares, and how it does so with customers who remember something.
fn promises(now: &Touchpoint, was: &Touchpoint, language: &Language) -> Vec<Value> {
    let told = |given: &Given, now: Option<&Promise>, was: Option<&Promise>| {
        let rate = now?.kept_rate()?;
        let rate_was = was.and_then(Promise::kept_rate);
        Some(json!({
            "given": given,
            "name": now?.name,
            "rate": rate,
            "told": said(Unit::Share, rate, language),
            "told_was": rate_was.map(|rate| said(Unit::Share, rate, language)),
        }))
    };
    let all = told(
        &Given::default(),
        now.promise.as_ref(),
        was.promise.as_ref(),
    );
    let some = now.promise_given.iter().filter_map(|now| {
        let mut were = was.promise_given.iter();
        let was = were.find(|was| was.given == now.given);
        told(&now.given, Some(&now.promise), was.map(|was| &was.promise))
    });
    all.into_iter().chain(some).collect()
}

/// What is felt, what is felt after each result for which something is stated, and what those feel who remember something.
fn feelings(now: &Touchpoint, was: &Touchpoint, language: &Language) -> Vec<Value> {
    let felt = |emotion: &Emotion| felt(emotion, language);
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
        let (now, was) = (now.as_ref().map(felt), was.as_ref().map(felt));
        json!({ "given": {}, "after": after, "now": now, "was": was })
    });
    let some = now.emotion_given.iter().map(|now| {
        let mut were = was.emotion_given.iter();
        let was = were.find(|was| was.given == now.given && was.when == now.when);
        let was = was.map(|was| felt(&was.emotion));
        json!({ "given": now.given, "after": now.when, "now": felt(&now.emotion), "was": was })
    });
    told.chain(some).collect()
}

/// A feeling by its word in the language of the page, or as a number; of a mix the mean.
fn felt(emotion: &Emotion, language: &Language) -> String {
    let shades = emotion.shades();
    let word = match shades {
        // The document leaves an intensity of 1 unsaid.
        [shade] if shade.intensity.total_cmp(&1.0).is_eq() => match &shade.felt {
            ShadeFeeling::Feeling(feeling) => Some(language.feeling(*feeling).into_owned()),
            _ => None,
        },
        _ => None,
    };
    let number = || {
        emotion
            .mean()
            .map(|mean| said(Unit::Valence, mean, language))
    };
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
