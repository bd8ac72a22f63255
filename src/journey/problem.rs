use std::fmt;

use super::nearest::{DidYouMean, Quoted};
use super::promise::PromiseResult;
use super::scalar::Number;
use super::word::UnknownWord;

/// Everything that is wrong with a map: why a journey was not built.
///
/// Its text is meant for the person who drew the map: one line a problem, each naming its place, what was found
/// and what is allowed.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
///
/// let error = Journey::builder("draft")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels(-1.4))
///     .build()
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "1 problem:\n  1. touchpoint \"call\": `emotion` has valence -1.4; a valence is a number from -1 to 1",
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid {
    problems: Vec<Problem>,
}

impl Invalid {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// Every problem, in the order of the document: journey, touchpoints, transitions.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        write!(f, "{count} problem{}:", if count == 1 { "" } else { "s" })?;
        for (number, problem) in (1..).zip(&self.problems) {
            write!(f, "\n  {number}. {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// One thing that is wrong with a map, and where.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}: {fault}")]
#[non_exhaustive]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub fault: Fault,
}

impl Problem {
    pub(super) fn new(place: Place, fault: Fault) -> Self {
        Self { place, fault }
    }
}

/// How many characters of an id a problem keeps. One long id in many problems must not fill the memory.
const KEPT: usize = 200;

/// An id as problems keep it: its first 200 characters.
pub(super) fn brief(id: &str) -> String {
    id.chars().take(KEPT).collect()
}

/// Where a problem is. Positions count from 1, as people do; of very long ids the first 200 characters are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The journey as a whole.
    Journey,
    /// A touchpoint, by its id, or by its position where the id is missing, empty or taken.
    Touchpoint {
        /// Position in the list of touchpoints.
        number: usize,
        /// The id, as far as there is one.
        id: Option<String>,
    },
    /// A transition.
    Transition {
        /// Position in the list of transitions.
        number: usize,
        /// The id that it says it comes from, as far as there is one.
        from: Option<String>,
        /// The id that it says it leads to, as far as there is one.
        to: Option<String>,
    },
}

impl Place {
    pub(super) fn touchpoint(number: usize, id: Option<&str>) -> Self {
        Self::Touchpoint {
            number,
            id: id.map(brief),
        }
    }

    pub(super) fn transition(number: usize, from: Option<&str>, to: Option<&str>) -> Self {
        Self::Transition {
            number,
            from: from.map(brief),
            to: to.map(brief),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journey => f.write_str("journey"),
            Self::Touchpoint { id: Some(id), .. } if !id.trim().is_empty() => {
                write!(f, "touchpoint {}", Quoted(id))
            }
            Self::Touchpoint { number, .. } => write!(f, "touchpoint number {number}"),
            Self::Transition { number, from, to } => {
                write!(f, "transition number {number}")?;
                if let Some(from) = from {
                    write!(f, " from {}", Quoted(from))?;
                }
                if let Some(to) = to {
                    write!(f, " to {}", Quoted(to))?;
                }
                Ok(())
            }
        }
    }
}

/// What is wrong at a place.
///
/// `what` says in words which part of the place is meant, such as "`starts`" or "`weight` in ending 2"; `key` is a
/// key of the document, and `within` the part of the place that has the key, unless the place itself has it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A journey without touchpoints.
    #[error("there is no touchpoint; a journey needs at least one")]
    NoTouchpoint,
    /// A name that must say something is empty.
    #[error("{what} is empty; it needs at least one character that is not a blank")]
    Empty {
        /// What is empty.
        what: String,
    },
    /// Two touchpoints with one id.
    #[error(
        "the id {} is taken by touchpoint number {first} already; ids are unique",
        Quoted(id)
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// Position of the touchpoint that has it, counted from 1.
        first: usize,
    },
    /// A transition names a touchpoint that is not there.
    #[error("`{end}` names {}, which is not a touchpoint of this journey{}", Quoted(id), DidYouMean(nearest.as_deref()))]
    UnknownTouchpoint {
        /// `from` or `to`.
        end: &'static str,
        /// The id that was named.
        id: String,
        /// The id that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// Two transitions with the same from, to and when.
    #[error(
        "transition number {first} has the same from, to and `when` already; add their weights up in one transition"
    )]
    DuplicateTransition {
        /// Position of the first of them, counted from 1.
        first: usize,
    },
    /// A weight, cost or wait that is negative, infinite or not a number.
    #[error("{what} is {}; it must be a finite number, 0 or more", Number(*value))]
    NotAnAmount {
        /// What was given.
        what: String,
        /// Its value.
        value: f64,
    },
    /// A value that is infinite or not a number.
    #[error("{what} is {}; it must be a finite number", Number(*value))]
    NotFinite {
        /// What was given.
        what: String,
        /// Its value.
        value: f64,
    },
    /// An outcome that has two values.
    #[error(
        "the value of outcome {} is stated twice; state it once",
        Quoted(outcome)
    )]
    DuplicateValue {
        /// The outcome.
        outcome: String,
    },
    /// A valence outside -1 to 1.
    #[error("`{key}` has valence {}; a valence is a number from -1 to 1", Number(*value))]
    Valence {
        /// Which emotion.
        key: &'static str,
        /// The valence.
        value: f64,
    },
    /// An intensity outside 0 to 1.
    #[error("`{key}` has intensity {}; an intensity is a number from 0 to 1", Number(*value))]
    Intensity {
        /// Which emotion.
        key: &'static str,
        /// The intensity.
        value: f64,
    },
    /// A rating outside its scale.
    #[error("`{key}` has rating {}; the scale goes from {} to {}", Number(*value), Number(*min), Number(*max))]
    Rating {
        /// Which emotion.
        key: &'static str,
        /// The rating.
        value: f64,
        /// The scale's lowest rating.
        min: f64,
        /// The scale's highest rating.
        max: f64,
    },
    /// A feeling that is not in the catalogue.
    #[error(
        "`{key}` names {}, which is not a feeling known here{} (a number from -1 to 1 works too)",
        Quoted(name),
        DidYouMean(nearest.as_deref())
    )]
    UnknownFeeling {
        /// Which emotion.
        key: &'static str,
        /// The name.
        name: String,
        /// The catalogue's name that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A mix of feelings of which none has weight.
    #[error("`{key}` has no weight; at least one of its feelings needs a weight above 0")]
    WeightlessMix {
        /// Which emotion.
        key: &'static str,
    },
    /// A promise that no visit has tested.
    #[error(
        "the promise has `kept` 0, `broken` 0 and `unknown` 0; at least one of them must be above 0"
    )]
    WeightlessPromise {
        /// The promise.
        promise: String,
    },
    /// A condition on a promise where no promise is tested.
    #[error(
        "{what} has `when` {}, but {} tests no promise; give the touchpoint a promise or drop `when`",
        Quoted(when.as_str()),
        Named(touchpoint)
    )]
    WhenWithoutPromise {
        /// What has the condition.
        what: String,
        /// The condition.
        when: PromiseResult,
        /// The touchpoint.
        touchpoint: String,
    },
    /// A word outside a closed vocabulary, such as an unknown phase.
    #[error("{what}: {word}")]
    UnknownWord {
        /// Where it was found.
        what: String,
        /// The word, and what is known.
        word: UnknownWord,
    },
    /// A key that documents do not have.
    #[error(
        "unknown key {}{}{} (known here: {})",
        Quoted(key), Within(within.as_deref()), DidYouMean(nearest.as_deref()), known.join(", ")
    )]
    UnknownKey {
        /// The key.
        key: String,
        /// The part of the place that has it.
        within: Option<String>,
        /// The known key that is nearest in spelling, if one is near.
        nearest: Option<String>,
        /// The keys that are known there.
        known: &'static [&'static str],
    },
    /// A key that occurs more than once in one object.
    #[error("`{key}`{} is given more than once; give it once", Within(within.as_deref()))]
    DuplicateKey {
        /// The key.
        key: String,
        /// The part of the place that has it.
        within: Option<String>,
    },
    /// A required key that is missing.
    #[error("`{key}`{} is missing; it must be {expected}", Within(within.as_deref()))]
    MissingKey {
        /// The key.
        key: String,
        /// The part of the place that lacks it.
        within: Option<String>,
        /// What it must be.
        expected: &'static str,
    },
    /// A value of the wrong type.
    #[error("{what} is {found}; it must be {expected}")]
    WrongType {
        /// What has it.
        what: String,
        /// What it must be.
        expected: &'static str,
        /// What it is, in words.
        found: String,
    },
    /// A document of another format.
    #[error("`format` is {}; it must be \"customer-journey/1\"", Quoted(found))]
    UnknownFormat {
        /// What the document says.
        found: String,
    },
}

/// A touchpoint in a sentence, by its id if that says something.
struct Named<'a>(&'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.trim().is_empty() {
            f.write_str("its touchpoint")
        } else {
            write!(f, "touchpoint {}", Quoted(self.0))
        }
    }
}

/// The part of a place that has a key, after the key.
struct Within<'a>(Option<&'a str>);

impl fmt::Display for Within<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(part) => write!(f, " in {part}"),
            None => Ok(()),
        }
    }
}

/// Names a list of ids in a sentence; long lists are shortened and say so.
pub(crate) fn list(ids: &[String]) -> String {
    const SHOWN: usize = 12;
    let text = ids
        .iter()
        .take(SHOWN)
        .map(|id| format!("{id:?}"))
        .collect::<Vec<_>>()
        .join(", ");
    match ids.len().saturating_sub(SHOWN) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}
