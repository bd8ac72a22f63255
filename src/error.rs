//! One error for callers who use `?` over several steps; each step's own error stays beside what it describes.

use crate::compare::SideError;
use crate::events::{EventError, LearnError, MergeError, RowError};
use crate::flow::FlowError;
use crate::journey::{Invalid, InvalidScale, OutOfRange, UnknownFeeling, UnknownWord};
use crate::report::WhatIfError;

/// Any error of this library: what a function of yours returns that takes several steps with `?`.
///
/// Its `Debug` is its message, so that a `main` that returns it tells people what to mend.
///
/// ```
/// use customer_journey::{Error, Journey};
///
/// let error: Error = Journey::builder("empty").build().unwrap_err().into();
/// assert_eq!(format!("{error:?}"), error.to_string());
/// # #[cfg(feature = "serde")] {
/// let error: Error = Journey::from_mermaid("flowchart LR", &Default::default()).unwrap_err().into();
/// assert!(matches!(error, Error::Mermaid(_)));
/// # }
/// ```
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The map is not a journey.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The journey has no flow.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// A feeling is not in the catalogue.
    #[error(transparent)]
    UnknownFeeling(#[from] UnknownFeeling),
    /// A word is not in its vocabulary.
    #[error(transparent)]
    UnknownWord(#[from] UnknownWord),
    /// A rating scale has no range.
    #[error(transparent)]
    InvalidScale(#[from] InvalidScale),
    /// A rating is outside its scale.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// An event was not counted.
    #[error(transparent)]
    Event(#[from] EventError),
    /// Two tallies were not put together.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// Rows are not a tally.
    #[error(transparent)]
    Row(#[from] RowError),
    /// No journey was learned.
    #[error(transparent)]
    Learn(#[from] LearnError),
    /// A pattern was not understood.
    #[error(transparent)]
    Pattern(#[from] crate::pattern::PatternError),
    /// A pattern has no answer.
    #[error(transparent)]
    Ask(#[from] crate::analysis::AskError),
    /// A text is no journey document in JSON.
    #[cfg(feature = "serde")]
    #[error(transparent)]
    Json(crate::formats::JsonError),
    /// A text is no Mermaid journey.
    #[cfg(feature = "serde")]
    #[error(transparent)]
    Mermaid(#[from] crate::formats::MermaidError),
    /// A spreadsheet is no journey.
    #[cfg(feature = "serde")]
    #[error(transparent)]
    Spreadsheet(#[from] crate::formats::spreadsheet::SpreadsheetError),
    /// Too few feelings are known for a Mermaid journey, which needs a score for each task.
    #[cfg(feature = "serde")]
    #[error(transparent)]
    NoScores(#[from] crate::formats::NoScores),
    /// A document has no rules that can be tested.
    #[cfg(feature = "serde")]
    #[error(transparent)]
    Rules(#[from] crate::rules::RulesError),
    /// A text is no CJML document.
    #[cfg(feature = "cjml")]
    #[error(transparent)]
    Cjml(#[from] crate::formats::CjmlError),
    /// A table was not read.
    #[cfg(feature = "csv")]
    #[error(transparent)]
    Csv(#[from] crate::events::CsvError),
}

impl From<WhatIfError> for Error {
    fn from(error: WhatIfError) -> Self {
        match error {
            WhatIfError::Changes(invalid) => Self::Invalid(invalid),
            WhatIfError::Flow(flow) => Self::Flow(flow),
        }
    }
}

/// What is wrong with the map is the same error, however the map was read.
#[cfg(feature = "serde")]
impl From<crate::formats::JsonError> for Error {
    fn from(error: crate::formats::JsonError) -> Self {
        match error {
            crate::formats::JsonError::Invalid(invalid) => Self::Invalid(invalid),
            error => Self::Json(error),
        }
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl From<SideError> for Error {
    fn from(error: SideError) -> Self {
        match error {
            SideError::Learn(error) => Self::Learn(error),
            SideError::Flow(error) => Self::Flow(error),
        }
    }
}
