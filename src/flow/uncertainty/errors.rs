//! Standard errors, as numbers.

/// Standard errors of the figures of a whole journey; `None` for a figure that is unknown, and where the counts are beyond
/// what can be computed with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Errors {
    /// By position of the outcome.
    pub(crate) outcomes: Vec<Option<f64>>,
    pub(crate) mean: Option<f64>,
    pub(crate) end: Option<f64>,
    pub(crate) hurt: Option<f64>,
}
