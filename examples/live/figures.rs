//! Figures for the page: in words to be read, and with all digits to be compared.

use customer_journey::Outcome;
use customer_journey::compare::{ComparedFigure, Comparison};
use customer_journey::language::Language;
use customer_journey::report::{Figure, Unit};
use serde_json::{Value, json};

/// A value in words of the language of the page.
pub(super) fn said(unit: Unit, value: f64, language: &Language) -> String {
    language.figure(&unit.in_words(value))
}

/// A share of a whole in per cent, in words of the language of the page.
pub(super) fn percent(share: f64, language: &Language) -> String {
    if share > 0.0 && share < 0.01 {
        return language.figure("less than 1 %");
    }
    format!("{:.0} %", 100.0 * share)
}

/// How a journey ends, as people say it.
pub(super) fn ending(outcome: &Outcome, language: &Language) -> String {
    match outcome {
        Outcome::Other(named) => named.to_string(),
        Outcome::Unstated => language.word("not stated on the map").to_owned(),
        known => language
            .word(&format!("outcome.{}", known.as_str()))
            .to_owned(),
    }
}

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
fn figure(line: &ComparedFigure, language: &Language) -> Option<Value> {
    let figure = whole_figure(line)?;
    let unit = figure.unit();
    let words = |value: Option<f64>| value.map(|value| said(unit, value, language));
    let moved = |change| language.figure(&unit.change_in_words(change));
    let verdict = match line.is_better() {
        Some(true) => "better",
        Some(false) => "worse",
        None if line.is_changed() => "different",
        None => "same",
    };
    Some(json!({
        "key": figure,
        "now": words(line.b),
        "was": words(line.a),
        "change": line.difference.filter(|_| line.is_changed()).map(moved),
        "verdict": verdict,
        "value": line.b,
        "value_was": line.a,
    }))
}

/// The figures of the journey as a whole of which something is known on one side.
pub(super) fn whole(comparison: &Comparison, language: &Language) -> Vec<Value> {
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
        .filter_map(|(_, line)| figure(line, language))
        .collect()
}

/// How journeys end, by the name of the outcome.
pub(super) fn endings(comparison: &Comparison, language: &Language) -> Vec<Value> {
    let mut parts: Vec<(String, &ComparedFigure)> = comparison
        .figures
        .iter()
        .filter(|line| line.figure == "outcome")
        .map(|line| (line.of.iter().map(ToString::to_string).collect(), line))
        .collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let told = parts.into_iter().filter_map(|(name, line)| {
        let mut told = figure(line, language)?;
        told["name"] = json!(name);
        told["label"] = json!(ending(&Outcome::from(name.as_str()), language));
        Some(told)
    });
    told.collect()
}
