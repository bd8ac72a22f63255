//! Figures for the page: in words to be read, and with all digits to be compared.

use customer_journey::report::{Difference, Figure, FigureDifference, PartDifference};
use serde_json::{Value, json};

/// A figure and what it was.
pub(super) fn figure(line: &FigureDifference) -> Value {
    let unit = line.figure.unit();
    let words = |value: Option<f64>| value.map(|value| unit.in_words(value));
    let verdict = match line.is_better() {
        Some(true) => "better",
        Some(false) => "worse",
        None if line.is_changed() => "different",
        None => "same",
    };
    json!({
        "key": line.figure,
        "label": line.figure.label(),
        "now": words(line.after),
        "was": words(line.before),
        "change": line.change.filter(|_| line.is_changed()).map(|change| unit.change_in_words(change)),
        "verdict": verdict,
        "value": line.after,
        "value_was": line.before,
    })
}

/// The figures of the journey as a whole of which something is known on one side.
pub(super) fn whole(difference: &Difference) -> Vec<Value> {
    let is_known = |line: &FigureDifference| line.before.or(line.after).is_some();
    let money = [Figure::CostCoverage, Figure::ValueCoverage];
    let is_money = |line: &FigureDifference| money.contains(&line.figure);
    // How much of the costs is known says nothing where no cost is.
    let has_any = |line: &FigureDifference| {
        let sides = [line.before, line.after];
        sides.into_iter().flatten().any(|value| value > 0.0)
    };
    let known = |line: &&FigureDifference| is_known(line) && (!is_money(line) || has_any(line));
    difference.whole.iter().filter(known).map(figure).collect()
}

/// How journeys end, by the name of the outcome.
pub(super) fn endings(difference: &Difference) -> Vec<Value> {
    let mut parts: Vec<&PartDifference> = difference.outcomes.iter().collect();
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    let told = parts.into_iter().filter_map(|part| {
        let mut told = figure(part.figures.first()?);
        told["label"] = json!(part.name);
        Some(told)
    });
    told.collect()
}
