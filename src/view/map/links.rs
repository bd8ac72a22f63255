//! Where channels contradict each other.

use super::ways::places;
use crate::flow::Flow;
use crate::journey::Touchpoint;

/// A need for which touchpoints tell customers different things: a line that links their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) need: String,
    /// How many different answers there are on the whole journey.
    pub(crate) answers: usize,
    /// The places of the columns that give one, ascending.
    pub(crate) columns: Vec<usize>,
}

/// The contradictions of which at least two touchpoints have a column, by need.
pub(super) fn find(flow: &Flow, shown: &[&Touchpoint]) -> Vec<Link> {
    let place = places(shown);
    let found = flow.contradictions().into_iter().map(|contradiction| {
        let told_at = contradiction.answers.iter();
        let told_at = told_at.flat_map(|answer| &answer.touchpoints);
        let mut columns: Vec<usize> = told_at
            .filter_map(|id| place.get(id.as_str()).copied())
            .collect();
        columns.sort_unstable();
        Link {
            need: contradiction.need,
            answers: contradiction.answers.len(),
            columns,
        }
    });
    found.filter(|link| link.columns.len() > 1).collect()
}
