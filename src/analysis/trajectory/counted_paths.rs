//! The most frequent whole journeys, as they were counted.

use ordered_float::OrderedFloat;

use super::paths::LikelyPath;
use crate::flow::{Basis, Flow, OutcomeShare};
use crate::journey::{Counted, CountedFigure, CountedName, CountedPart, Outcome};

impl Flow {
    /// The most frequent whole journeys, the most frequent first; `None` where nobody counted them.
    pub(crate) fn counted_paths(&self, most: usize) -> Option<Vec<LikelyPath>> {
        let counted = self.counts()?;
        let figures = counted.figures.iter();
        let variants = figures.filter(|figure| figure.figure == CountedName::Variant);
        let paths: Vec<LikelyPath> = variants
            .take(most)
            .map(|figure| counted_path(counted, figure))
            .collect();
        (!paths.is_empty() || most == 0).then_some(paths)
    }
}

fn counted_path(counted: &Counted, variant: &CountedFigure) -> LikelyPath {
    let touchpoints: Vec<String> = variant.of.iter().map(ToString::to_string).collect();
    let mut outcomes: Vec<OutcomeShare> = Vec::new();
    let mut journeys = None;
    let figures = counted.figures.iter();
    for ending in figures.filter(|figure| figure.figure == CountedName::VariantOutcome) {
        let Some((CountedPart::Name(outcome), ids)) = ending.of.split_first() else {
            continue;
        };
        if ids == variant.of.as_slice() {
            journeys = Some(ending.journeys);
            outcomes.push(OutcomeShare {
                outcome: Outcome::from(outcome.as_str()),
                probability: ending.value,
                standard_error: ending.standard_error,
            });
        }
    }
    // In the order of their names, where as many end so.
    outcomes.sort_by_key(|ending| OrderedFloat(-ending.probability));
    let first = outcomes.first().map(|ending| ending.outcome.clone());
    LikelyPath {
        valences: vec![None; touchpoints.len()],
        touchpoints,
        basis: Basis::Counted,
        probability: variant.value,
        journeys,
        outcome: first.unwrap_or(Outcome::Unstated),
        outcomes,
        arc: None,
        confidence: None,
        nearest_arcs: None,
    }
}
