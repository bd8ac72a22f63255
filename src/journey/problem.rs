mod fault;

use std::fmt;

use super::change::Change;
use super::feelings::Feeling;
use super::words::Quoted;

pub use fault::Fault;

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
        let has_no_idea = |problem: &Problem| {
            matches!(&problem.fault, Fault::UnknownFeeling { nearest: None, .. })
        };
        if self.problems.iter().any(has_no_idea) {
            let known: Vec<String> = Feeling::ALL.iter().map(ToString::to_string).collect();
            write!(f, "\nThe feelings known here: {}", known.join(", "))?;
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
    /// A change that was asked for; see [`Change`].
    Change {
        /// Position in the list of changes.
        number: usize,
        /// The change in words.
        change: String,
    },
}

impl Place {
    pub(super) fn touchpoint(number: usize, id: Option<&str>) -> Self {
        Self::Touchpoint {
            number,
            id: id.map(brief),
        }
    }

    pub(super) fn change(number: usize, change: &Change) -> Self {
        Self::Change {
            number,
            change: change.to_string(),
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
            Self::Change { number, change } => write!(f, "change number {number} ({change})"),
        }
    }
}

/// Names a list of ids in a sentence; long lists are shortened and say so.
pub(crate) fn list(ids: &[String]) -> String {
    list_as(ids, &|id| format!("{id:?}"))
}

/// The same with another way to write an id.
pub(super) fn list_as(ids: &[String], written: &dyn Fn(&str) -> String) -> String {
    const SHOWN: usize = 12;
    let text = ids
        .iter()
        .take(SHOWN)
        .map(|id| written(id))
        .collect::<Vec<_>>()
        .join(", ");
    match ids.len().saturating_sub(SHOWN) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}
