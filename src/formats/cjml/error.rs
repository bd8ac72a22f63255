use std::fmt;

use crate::journey::{Invalid, Quoted};

/// Why a CJML document was not read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CjmlError {
    /// The document has faults: all of them, in the order of their lines.
    Text(Vec<CjmlNote>),
    /// The document is sound, and a journey of it is none here.
    Map(Invalid),
}

impl fmt::Display for CjmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(notes) => {
                let count = notes.len();
                write!(f, "{count} problem{}:", if count == 1 { "" } else { "s" })?;
                notes.iter().try_for_each(|note| write!(f, "\n  {note}"))
            }
            Self::Map(invalid) => invalid.fmt(f),
        }
    }
}

impl std::error::Error for CjmlError {}

impl From<Invalid> for CjmlError {
    fn from(invalid: Invalid) -> Self {
        Self::Map(invalid)
    }
}

impl From<CjmlNote> for CjmlError {
    fn from(note: CjmlNote) -> Self {
        Self::Text(vec![note])
    }
}

/// Why a touchpoint has no phase.
fn unplaced(name: &str) -> String {
    if name.is_empty() {
        return "this touchpoint, and maybe others, belong to no phase".to_owned();
    }
    let name = Quoted(name);
    format!("the phase {name} is not known to be before, during or after")
}

/// Something about a line of a CJML document.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line}: {finding}")]
#[non_exhaustive]
pub struct CjmlNote {
    /// The line, from 1.
    pub line: usize,
    /// What is to be said about it.
    pub finding: CjmlFinding,
}

/// What is to be said about a line: a fault where it stands in a [`CjmlError`], else a note on how it was read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CjmlFinding {
    /// The text is no XML.
    #[error("this is no XML: {0} (in texts, `&` is written `&amp;` and `<` is written `&lt;`)")]
    Xml(String),
    /// The text has a document type.
    #[error("a document type is not read; CJML needs none")]
    DocType,
    /// Elements are nested too deep.
    #[error("elements are nested more than 32 deep; that is no journey")]
    TooDeep,
    /// The root is another element.
    #[error("the document is {}; it must be `CJML`", Quoted(.0))]
    NotCjml(String),
    /// The version is another one: it is read all the same.
    #[error("the version is {}; this is read as 2.0", Quoted(.0))]
    Version(String),
    /// There is no journey.
    #[error("there is no `plannedJourney` and no `actualJourney`")]
    NoJourney,
    /// A journey without touchpoints.
    #[error("the journey {} has no touchpoint", Quoted(.0))]
    NoTouchpoint(String),
    /// An actor is named that is not there.
    #[error("the actor {} is named and not described", Quoted(.0))]
    Actor(String),
    /// A phase whose place is not known.
    #[error("{}; state its phase, or one for all others", unplaced(.0))]
    Phase(String),
    /// A rating that is none.
    #[error("the rating of {} is {}; it is a number from 1 to 5", Quoted(.touchpoint), Quoted(.rating))]
    Rating {
        /// The id of the touchpoint.
        touchpoint: String,
        /// What stands there.
        rating: String,
    },
    /// A touchpoint without an id, or with one that is taken: it has another one here.
    #[error("the id {} is empty or taken; it is {} here", Quoted(.found), Quoted(.given))]
    Id {
        /// The id as it stands there.
        found: String,
        /// The id that it has here.
        given: String,
    },
    /// A touchpoint that did not happen.
    #[error("{} was planned and is missing, so it is left out", Quoted(.0))]
    Missing(String),
    /// Elements that a journey has no place for.
    #[error("`{element}` is left out{}", if *times > 1 { format!(", {times} times") } else { String::new() })]
    LeftOut {
        /// The element.
        element: String,
        /// How often it occurs; the line is that of the first.
        times: usize,
    },
}
