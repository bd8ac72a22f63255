//! What people said and did at a touchpoint, and what was noted there, as sentences.

use crate::journey::{KeyFigure, Touchpoint};
use crate::page::number::whole;
use crate::page::words::{name, quoted};

/// So many quotes are told in short ...
const FEW: usize = 2;
/// ... and so many at length.
const QUOTES: usize = 5;

/// The first quotes, and the notes.
pub(crate) fn in_short(at: &Touchpoint) -> Vec<String> {
    let mut told = quotes(at, FEW);
    told.extend(sentence("Noted", at.notes.as_deref()));
    told
}

/// The quotes, the notes, what customers and staff do there, and what was measured.
pub(crate) fn at_length(at: &Touchpoint) -> Vec<String> {
    let mut told = quotes(at, QUOTES);
    told.extend(sentence("Noted", at.notes.as_deref()));
    told.extend(sentence("What customers do", at.does.as_deref()));
    told.extend(sentence("Behind the scenes", at.backstage.as_deref()));
    let figures: Vec<String> = at.figures.iter().map(figure).collect();
    if !figures.is_empty() {
        told.push(format!("Measured: {}.", figures.join("; ")));
    }
    told
}

fn quotes(at: &Touchpoint, most: usize) -> Vec<String> {
    let mut told: Vec<String> = at
        .quotes
        .iter()
        .take(most)
        .map(|quote| quoted(quote))
        .collect();
    let more = at.quotes.len().saturating_sub(most);
    if let Some(last) = told.last_mut().filter(|_| more > 0) {
        last.push_str(&format!(" and {} more", whole(more)));
    }
    told
}

fn sentence(what: &str, text: Option<&str>) -> Option<String> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(format!("{what}: {}", name(text)))
}

fn figure(figure: &KeyFigure) -> String {
    let label = name(&figure.label);
    match figure.n {
        Some(n) => format!("{label} {} (n {n})", figure.value),
        None => format!("{label} {}", figure.value),
    }
}
