//! What somebody would do differently, as the page says it.

use std::collections::BTreeMap;

use customer_journey::facts::Given;
use customer_journey::report::WhatIf;
use customer_journey::{Ability, Change, Emotion, Flow, Outcome, PromiseResult};
use serde::{Deserialize, Serialize};

use super::feeling;

/// One change, with the names of the controls of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Wish {
    /// A promise is kept at this rate.
    Keep {
        at: String,
        #[serde(default)]
        given: Remembered,
        rate: f64,
    },
    /// Something else is felt: a feeling by its word, or a number from -1 to 1.
    Feel {
        at: String,
        #[serde(default)]
        given: Remembered,
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
        #[serde(default)]
        given: Remembered,
        weight: f64,
    },
    /// A way out of the journey has another weight.
    End {
        at: String,
        outcome: String,
        #[serde(default)]
        when: Option<PromiseResult>,
        #[serde(default)]
        given: Remembered,
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

/// What customers remember for whom a change is meant, as the document says it; all if empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Remembered(BTreeMap<String, Values>);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Values {
    Yes(bool),
    One(String),
    Several(Vec<Values>),
}

impl Values {
    fn words(&self) -> Vec<String> {
        match self {
            Self::Yes(true) => vec!["yes".to_owned()],
            Self::Yes(false) => vec!["no".to_owned()],
            Self::One(word) => vec![word.clone()],
            Self::Several(several) => several.iter().flat_map(Self::words).collect(),
        }
    }
}

impl From<Remembered> for Given {
    fn from(remembered: Remembered) -> Self {
        let facts = remembered.0.into_iter();
        facts.fold(Self::default(), |given, (fact, values)| {
            given.and(fact, values.words())
        })
    }
}

impl From<&Wish> for Change {
    fn from(wish: &Wish) -> Self {
        match wish.clone() {
            Wish::Keep { at, given, rate } => Self::keep_rate_given(given.into(), at, rate),
            Wish::Feel {
                at,
                given,
                after,
                feeling,
            } => Self::Feels {
                at,
                given: given.into(),
                after,
                emotion: emotion(&feeling),
            },
            Wish::Lift { at } => Self::lift(at),
            Wish::Way {
                from,
                to,
                when,
                given,
                weight,
            } => Self::Weight {
                from,
                to,
                when,
                given: given.into(),
                weight,
            },
            Wish::End {
                at,
                outcome,
                when,
                given,
                weight,
            } => Self::Ends {
                at,
                outcome: Outcome::from(outcome.as_str()),
                when,
                given: given.into(),
                weight,
            },
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
