//! Why a question in the language of patterns has no answer.

use crate::flow::{FlowError, NoProduct};
use crate::pattern::PatternError;

/// Why a pattern has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// It was not understood, or it names what the journey does not have.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// It tests how long something took, which a map does not know: journeys that happened do.
    #[error(
        "the pattern tests a `wait`, which is known of journeys that happened and not of a map; ask the event log, or leave the wait out"
    )]
    Timed,
    /// What must be remembered of a journey to tell whether it matches is too much.
    #[error(
        "to tell whether a journey matches, more than {states} combinations of what came before must be told apart; ask for fewer steps joined by `->`, or for parts of the pattern one by one"
    )]
    TooManyCombinations {
        /// So many were allowed.
        states: usize,
    },
    /// The map, walked together with the pattern, is too large.
    #[error(
        "the map and what must be remembered of a journey come to more than {states} states; ask for fewer steps, or of a part of the map"
    )]
    TooManyStates {
        /// So many were allowed.
        states: usize,
    },
    /// It asks about facts that customers remember, and to keep them all the way is too much.
    #[error(transparent)]
    Facts(#[from] FlowError),
    /// The chain is iterated, and the figures are not proven to be exact enough.
    #[error("the answer could only be proven to a relative error of {error_bound:e}")]
    NotProven {
        /// The proven bound on the relative error.
        error_bound: f64,
    },
}

impl From<NoProduct> for AskError {
    fn from(reason: NoProduct) -> Self {
        match reason {
            NoProduct::Automaton(states) => Self::TooManyCombinations { states },
            NoProduct::States(states) => Self::TooManyStates { states },
            NoProduct::NotProven(error_bound) => Self::NotProven { error_bound },
        }
    }
}
