//! What becomes of a promise that is put to the test.

use crate::journey::{Promise, PromiseResult, Shares};

/// A promise that is put to the test.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TestedPromise {
    pub(crate) name: String,
    /// Shares of the results, those above 0: kept, broken, unknown.
    pub(crate) results: Vec<(PromiseResult, f64)>,
    /// Share of the known results that are kept; `None` where none is known.
    pub(crate) kept_rate: Option<f64>,
    /// Whether the kept rate leaves out visits of unknown result.
    pub(crate) is_partly_known: bool,
    /// Whether some journey finds it broken.
    pub(crate) breaks: bool,
}

impl TestedPromise {
    pub(super) fn of(promise: &Promise, breaks: bool) -> Self {
        let results = [
            PromiseResult::Kept,
            PromiseResult::Broken,
            PromiseResult::Unknown,
        ]
        .map(|result| (result, promise.weight(result)));
        let all = Shares::of(results.iter().map(|(_, weight)| *weight));
        let kept_rate = promise.kept_rate();
        Self {
            name: promise.name.clone(),
            results: results
                .into_iter()
                .filter(|(_, weight)| *weight > 0.0)
                .map(|(result, weight)| (result, all.share(weight)))
                .collect(),
            kept_rate,
            is_partly_known: kept_rate.is_some() && promise.unknown > 0.0,
            breaks,
        }
    }
}
