//! What somebody would do differently, as the page says it.

use customer_journey::report::WhatIf;
use customer_journey::{Ability, Change, Emotion, Flow, Outcome, PromiseResult};
use serde::{Deserialize, Serialize};

use super::feeling;

/// One change, with the names of the controls of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Wish {
    /// A promise is kept at this rate.
    Keep { at: String, rate: f64 },
    /// Something else is felt: a feeling by its word, or a number from -1 to 1.
    Feel {
        at: String,
        #[serde(default)]
        after: Option<PromiseResult>,
        feeling: String,
    },
    /// Bad feelings are lifted to neutral.
    Lift { at: String },
    /// A way to another touchpoint has another weight.
    Way {
        from: String,
        to: String,
        #[serde(default)]
        when: Option<PromiseResult>,
        weight: f64,
    },
    /// A way out of the journey has another weight.
    End {
        at: String,
        outcome: String,
        #[serde(default)]
        when: Option<PromiseResult>,
        weight: f64,
    },
    /// So many journeys begin there.
    Start { at: String, weight: f64 },
    /// Something becomes possible or impossible there.
    Can {
        at: String,
        ability: Ability,
        can: bool,
    },
    /// The touchpoint is left out.
    Remove { at: String },
}

impl From<&Wish> for Change {
    fn from(wish: &Wish) -> Self {
        match wish.clone() {
            Wish::Keep { at, rate } => Self::keep_rate(at, rate),
            Wish::Feel { at, after, feeling } => {
                let emotion = emotion(&feeling);
                match after {
                    Some(PromiseResult::Broken) => Self::feels_when_broken(at, emotion),
                    Some(PromiseResult::Unknown) => Self::feels_when_unknown(at, emotion),
                    _ => Self::feels(at, emotion),
                }
            }
            Wish::Lift { at } => Self::lift(at),
            Wish::Way {
                from,
                to,
                when: Some(result),
                weight,
            } => Self::weight_when(result, from, to, weight),
            Wish::Way {
                from, to, weight, ..
            } => Self::weight(from, to, weight),
            Wish::End {
                at,
                outcome,
                when: Some(result),
                weight,
            } => Self::ends_when(result, at, Outcome::from(outcome.as_str()), weight),
            Wish::End {
                at,
                outcome,
                weight,
                ..
            } => Self::ends(at, Outcome::from(outcome.as_str()), weight),
            Wish::Start { at, weight } => Self::starts(at, weight),
            Wish::Can {
                at,
                ability,
                can: true,
            } => Self::can(at, ability),
            Wish::Can { at, ability, .. } => Self::cannot(at, ability),
            Wish::Remove { at } => Self::remove(at),
        }
    }
}

/// A feeling as it was typed: a word in any language of the page, a number, or what the library refuses.
fn emotion(typed: &str) -> Emotion {
    let typed = typed.trim();
    if let Some(feeling) = feeling::named(typed) {
        return feeling.into();
    }
    match typed.replace(',', ".").parse::<f64>() {
        Ok(valence) => valence.into(),
        Err(_) => typed.into(),
    }
}

/// The library's changes.
pub(super) fn changes(wishes: &[Wish]) -> Vec<Change> {
    wishes.iter().map(Change::from).collect()
}

/// The journey with the changes, or why there is none.
pub(super) fn what_if<'a>(flow: &'a Flow, wishes: &[Wish]) -> Result<WhatIf<'a>, String> {
    flow.what_if(&changes(wishes))
        .map_err(|error| error.to_string())
}
