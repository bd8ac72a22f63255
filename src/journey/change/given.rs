//! What is said of customers who remember something: found where the map says it, and else said anew.

use super::draft::Open;
use crate::journey::facts::{EmotionGiven, Given, PromiseGiven};
use crate::journey::feelings::Emotion;
use crate::journey::promise::Promise;
use crate::journey::touchpoint::Touchpoint;

/// Sets what they feel. The first that holds counts, so what is new comes before what is said of others, and of the same
/// customers what holds after one promise result comes before what holds after any.
pub(super) fn set_emotion(touchpoint: &mut Touchpoint, open: Open, emotion: Emotion) {
    let mut felt = EmotionGiven::new(open.given, emotion);
    felt.when = open.when;
    let all = &mut touchpoint.emotion_given;
    let is_of_them = |known: &EmotionGiven| known.given == felt.given;
    let is_meant = |known: &EmotionGiven| is_of_them(known) && known.when == felt.when;
    if let Some(known) = all.iter_mut().find(|known| is_meant(known)) {
        *known = felt;
        return;
    }
    let place = match felt.when {
        Some(_) => all.iter().position(is_of_them),
        None => all.iter().rposition(is_of_them).map(|last| last + 1),
    };
    all.insert(place.unwrap_or(0), felt);
}

/// How the promise fares with them: if the map does not say, as with the others.
pub(super) fn promise_of(touchpoint: &mut Touchpoint, given: Given) -> Option<&mut Promise> {
    let others = touchpoint.promise.clone()?;
    let all = &mut touchpoint.promise_given;
    let known = all.iter().position(|fares| fares.given == given);
    let at = known.unwrap_or_else(|| {
        all.insert(0, PromiseGiven::new(given, others));
        0
    });
    all.get_mut(at).map(|fares| &mut fares.promise)
}
