//! Figures for the page: in words to be read, and with all digits to be compared.

use customer_journey::compare::{ComparedFigure, Comparison};
use customer_journey::report::Figure;
use serde_json::{Value, json};

/// The figure of the journey as a whole that a line is of, or of an outcome.
fn whole_figure(line: &ComparedFigure) -> Option<Figure> {
    if line.figure == "outcome" {
        return Some(Figure::Probability);
    }
    let mut known = Figure::ALL.iter().copied();
    let figure = known.find(|figure| figure.as_str() == line.figure)?;
    line.of.is_empty().then_some(figure)
}

/// A figure and what it was.
fn figure(line: &ComparedFigure) -> Option<Value> {
    let figure = whole_figure(line)?;
    let unit = figure.unit();
    let words = |value: Option<f64>| value.map(|value| unit.in_words(value));
    let verdict = match line.is_better() {
        Some(true) => "better",
        Some(false) => "worse",
        None if line.is_changed() => "different",
        None => "same",
    };
    Some(json!({
        "key": figure,
        "label": figure.label(),
        "now": words(line.b),
        "was": words(line.a),
        "change": line.difference.filter(|_| line.is_changed()).map(|change| unit.change_in_words(change)),
        "verdict": verdict,
        "value": line.b,
        "value_was": line.a,
    }))
}

/// The figures of the journey as a whole of which something is known on one side.
pub(super) fn whole(comparison: &Comparison) -> Vec<Value> {
    let money = [Figure::CostCoverage, Figure::ValueCoverage];
    // How much of the costs is known says nothing where no cost is.
    let has_any = |line: &ComparedFigure| {
        let sides = [line.a, line.b];
        sides.into_iter().flatten().any(|value| value > 0.0)
    };
    let mut known: Vec<(Figure, &ComparedFigure)> = comparison
        .figures
        .iter()
        .filter_map(|line| Some((whole_figure(line)?, line)))
        .filter(|(figure, line)| {
            *figure != Figure::Probability && (!money.contains(figure) || has_any(line))
        })
        .collect();
    known.sort_by_key(|(figure, _)| *figure);
    known
        .into_iter()
        .filter_map(|(_, line)| figure(line))
        .collect()
}

/// How journeys end, by the name of the outcome.
pub(super) fn endings(comparison: &Comparison) -> Vec<Value> {
    let mut parts: Vec<(String, &ComparedFigure)> = comparison
        .figures
        .iter()
        .filter(|line| line.figure == "outcome")
        .map(|line| (line.of.iter().map(ToString::to_string).collect(), line))
        .collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let told = parts.into_iter().filter_map(|(name, line)| {
        let mut told = figure(line)?;
        told["label"] = json!(name);
        Some(told)
    });
    told.collect()
}
