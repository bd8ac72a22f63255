//! What customers remember, in words.

use super::{FactFigures, FactOthers, FactValueFigures};
use crate::flow::{Basis, OutcomeShare};
use crate::journey::Outcome;
use crate::page::number::{JOURNEYS, among, count, share};
use crate::page::words::{ending, name, place, strong};
use crate::page::{Block, Cell, Question, Section, Table, number, text};

/// So few journeys are no group to speak of.
const FEW: f64 = 0.01;
/// Differences that differ by less are equal but for rounding.
const SAME: f64 = 1e-12;
/// So many values are named.
const VALUES: usize = 3;

impl Question for Vec<FactFigures> {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("facts", "What customers remember, and what that changes");
        let told = self.iter().map(FactFigures::sentence).collect();
        section.put(Block::list(told, ("fact", "facts")));
        let rows: Vec<_> = self.iter().flat_map(FactFigures::rows).collect();
        section.put(
            Table::of(
                &rows,
                "How journeys end, by what is remembered then",
                ("row", "rows"),
            )
            .key("facts")
            .full("fact", text("fact"), |(fact, ..)| {
                Cell::name(fact.fact.as_str())
            })
            .full("value", text("value"), |(_, value, ..)| {
                Cell::name(value.value.as_str())
            })
            .full("share", number("of 100\njourneys"), |(_, value, ..)| {
                Cell::of_100(value.share)
            })
            .full("outcome", text("outcome"), |(.., ending, _)| {
                Cell::name(ending.outcome.as_str())
            })
            .full(
                "probability",
                number("of 100 of\nthese"),
                |(.., ending, _)| Cell::of_100(ending.probability),
            )
            .data("basis", |(_, value, ..)| Cell::Word(value.basis.as_str()))
            .full(
                "others",
                number("of 100 who\ncame as far"),
                |(_, value, _, other)| {
                    let as_far = value.others.as_ref().filter(|others| others.came_as_far);
                    Cell::or_none(as_far.and(*other), Cell::of_100)
                },
            )
            .done(),
        );
        vec![section]
    }

    /// Of most maps nothing is remembered.
    fn is_worth_telling(&self) -> bool {
        !self.is_empty()
    }
}

type Row<'a> = (
    &'a FactFigures,
    &'a FactValueFigures,
    &'a OutcomeShare,
    Option<f64>,
);

impl FactFigures {
    /// Each value with each ending, and the share of those it is held against that end so.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let values = self.values.iter();
        values.flat_map(move |value| {
            let endings = value.outcomes.iter();
            endings.map(move |ending| (self, value, ending, other(value, &ending.outcome)))
        })
    }

    /// What it is, and where it makes the greatest difference among those who came as far.
    fn sentence(&self) -> String {
        let what = format!("{}: {}", strong(&name(&self.fact)), self.remembers);
        let mut greatest: Option<(f64, &FactValueFigures, &OutcomeShare, f64)> = None;
        for (_, value, ending, other) in self.rows() {
            let is_some_group = value.share >= FEW && value.share <= 1.0 - FEW;
            let is_stated = ending.outcome != Outcome::Unstated;
            let Some(other) = other.filter(|_| is_some_group && is_stated) else {
                continue;
            };
            let difference = (ending.probability - other).abs();
            let more = |&(known, before, ..): &(f64, &FactValueFigures, &OutcomeShare, f64)| {
                // Of two that differ as much, the smaller group is the one to speak of.
                difference > known + SAME
                    || (difference > known - SAME && value.share < before.share)
            };
            if greatest.as_ref().is_none_or(more) {
                greatest = Some((difference, value, ending, other));
            }
        }
        match greatest.filter(|(difference, ..)| *difference > 0.0) {
            None => format!("{what}; it makes no difference to how journeys end."),
            Some((_, value, known, others)) => format!(
                "{what}. Where it is {} ({}), {} end in {}; {} {}{}.",
                name(&value.value),
                those(value),
                share(known.probability),
                ending(&known.outcome),
                value.others.as_ref().map_or_else(String::new, who),
                share(others),
                if value.basis == Basis::Counted {
                    " (counted)"
                } else {
                    ""
                }
            ),
        }
    }
}

/// The share of those that a value is held against that end so.
fn other(value: &FactValueFigures, outcome: &Outcome) -> Option<f64> {
    let mut outcomes = value.others.as_ref()?.outcomes.iter();
    let same = outcomes.find(|known| known.outcome == *outcome)?;
    Some(same.probability)
}

/// How many they are.
fn those(value: &FactValueFigures) -> String {
    match value.journeys {
        Some(journeys) => number_of(journeys),
        None => among(value.share, JOURNEYS),
    }
}

fn number_of(journeys: u64) -> String {
    let number = count(journeys as f64);
    let (one, many) = JOURNEYS;
    format!("{number} {}", if journeys == 1 { one } else { many })
}

/// Who they are that a value is held against.
fn who(others: &FactOthers) -> String {
    let number = others.journeys.map_or_else(String::new, |journeys| {
        format!(" ({})", number_of(journeys))
    });
    match (&others.before, others.values.as_slice()) {
        (Some(before), _) => format!("of those who came to {} and did not{number}", place(before)),
        (None, _) if !others.came_as_far => "of all others, however far they came,".to_owned(),
        (None, values) if values.len() > VALUES => format!("where it is anything else{number}"),
        (None, values) => {
            let values: Vec<String> = values.iter().map(|value| name(value)).collect();
            format!("where it is {}{number}", values.join(" or "))
        }
    }
}
