//! Indices of several items: each item on 0 to 100, and their mean.

use std::collections::BTreeMap;

use super::Score;
use super::score::FEW;
use crate::journey::{Journey, SurveyMeasure};

/// The mean of several items on a scale from 0 to 100, each rescaled from its own stated minimum and maximum, all with the same
/// weight.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MeasuredIndex {
    /// Its name.
    pub name: String,
    /// The names of its items, in the order of the map; those without answers take no part.
    pub items: Vec<String>,
    /// Its score. `answers` are those of the item with the fewest; standard error and interval hold however the answers to several
    /// items go together: they are no narrower than they would be if the same people gave the same answers to all.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub score: Score,
}

pub(super) fn all(journey: &Journey) -> Vec<MeasuredIndex> {
    let mut items = BTreeMap::<&str, Vec<&SurveyMeasure>>::new();
    for measure in journey.touchpoints().flat_map(|at| &at.measures) {
        if let Some(index) = &measure.part_of {
            items.entry(index).or_default().push(measure);
        }
    }
    let indices = items.into_iter().map(|(name, items)| MeasuredIndex {
        name: name.to_owned(),
        items: items.iter().map(|item| item.name.clone()).collect(),
        score: together(&items),
    });
    indices.collect()
}

/// The standard deviation of a mean is at most the mean of the standard deviations, whatever goes together; so is half an interval.
fn together(items: &[&SurveyMeasure]) -> Score {
    let scores: Vec<Score> = items.iter().map(|item| item.score()).collect();
    let known: Vec<(f64, &Score)> = scores
        .iter()
        .filter_map(|score| Some((score.value?, score)))
        .collect();
    let n = known.len() as f64;
    let mean_of = |of: &dyn Fn(&(f64, &Score)) -> Option<f64>| {
        let parts = known.iter().map(of).collect::<Option<Vec<f64>>>()?;
        (n > 0.0).then(|| parts.iter().sum::<f64>() / n)
    };
    let answers = known.iter().map(|(_, score)| score.answers).min();
    let end = |of: fn((f64, f64)) -> f64| mean_of(&move |(_, score)| score.interval.map(of));
    Score {
        value: mean_of(&|&(value, _)| Some(value)),
        answers: answers.unwrap_or(0),
        standard_error: mean_of(&|(_, score)| score.standard_error),
        interval: end(|(low, _)| low).zip(end(|(_, high)| high)),
        is_few: answers.is_none_or(|answers| (answers as f64) < FEW),
    }
}
