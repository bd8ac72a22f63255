//! What fixes change, as tables for people and for programs.

use super::claims;
use super::told::FIXES;
use super::{Fix, FixEffect};
use crate::flow::Basis;
use crate::journey::{FixKind, Outcome, OutcomeChange};
use crate::page::Detail::Brief;
use crate::page::number::change_of_100;
use crate::page::table::Rows;
use crate::page::{Cell, Table, number, text};

/// What each fix changes, for people.
pub(super) fn effects(ranked: &[&Fix]) -> Table {
    let is_counted = |fix: &&Fix| {
        let effect = fix.effect.as_ref();
        effect.is_some_and(|effect| effect.basis == Basis::Counted)
    };
    if ranked.iter().any(is_counted) {
        return counted_effects(ranked);
    }
    let of = |fix: &Fix, read: fn(&FixEffect) -> Option<f64>| fix.effect.as_ref().and_then(read);
    let endings = states_endings(ranked);
    Table::of(ranked, "What each fix changes", FIXES)
        .shown(Brief, text("touchpoint"), |fix| Cell::place(&fix.id))
        .shown(Brief, text("fix"), |fix| Cell::words(fix.kind.to_string()))
        .when(endings, most_changed)
        .shown(Brief, number("hurt"), |fix| {
            Cell::change(of(fix, |effect| effect.hurt))
        })
        .shown(Brief, number("mean\nfeeling"), |fix| {
            Cell::change(of(fix, |effect| effect.mean))
        })
        // Both would be too wide for a narrow page.
        .when(!endings, |table| {
            table.shown(Brief, number("feeling\nat the\nend"), |fix| {
                Cell::change(of(fix, |effect| effect.end))
            })
        })
        .done()
}

/// Whether an ending is stated: where all are not, none can change.
fn states_endings(ranked: &[&Fix]) -> bool {
    let effects = ranked.iter().filter_map(|fix| fix.effect.as_ref());
    let mut endings = effects.flat_map(|effect| &effect.outcomes);
    endings.any(|ending| ending.outcome != Outcome::Unstated)
}

/// The ending that each fix changes most, and by how much.
fn most_changed<'a, 'b>(table: Rows<'a, &'b Fix>) -> Rows<'a, &'b Fix> {
    table
        .shown(Brief, text("ending that\nchanges most"), |fix| ending(fix))
        .shown(Brief, number("of 100\njourneys"), |fix| {
            let effect = fix.effect.as_ref();
            Cell::change_of_100(effect.map(|_| most(fix).map_or(0.0, |most| most.change)))
        })
}

/// The name of the ending that a fix changes most.
fn ending(fix: &Fix) -> Cell {
    match (&fix.effect, most(fix)) {
        (_, Some(most)) => Cell::name(most.outcome.as_str()),
        (Some(_), None) => Cell::Word("none"),
        (None, None) => Cell::NotApplicable,
    }
}

/// The ending that a fix changes most; `None` where it changes none.
fn most(fix: &Fix) -> Option<&OutcomeChange> {
    let most = fix.effect.as_ref().and_then(claims::most_changed);
    most.filter(|most| most.change.abs() > NOTHING)
}

/// A smaller change is rounding.
const NOTHING: f64 = 1e-12;

/// The same on whole journeys, with the ending that each fix changes most.
fn counted_effects(ranked: &[&Fix]) -> Table {
    let of = |fix: &Fix, read: fn(&FixEffect) -> Option<f64>| fix.effect.as_ref().and_then(read);
    let basis = |fix: &Fix| fix.effect.as_ref().map(|effect| effect.basis);
    let mixed = has_several(ranked.iter().map(|fix| basis(fix)));
    Table::of(ranked, "What each fix changes", FIXES)
        .shown(Brief, text("touchpoint"), |fix| Cell::place(&fix.id))
        .shown(Brief, text("fix"), |fix| Cell::words(fix.kind.to_string()))
        .when(states_endings(ranked), endings)
        .shown(Brief, number("hurt"), |fix| {
            Cell::change(of(fix, |effect| effect.hurt))
        })
        .shown(Brief, number("mean\nfeeling"), |fix| {
            Cell::change(of(fix, |effect| effect.mean))
        })
        .when(mixed, |table| {
            table.shown(Brief, text("from"), |fix| Cell::or_none(basis(fix), from))
        })
        .done()
}

/// The same, how far it may be off, and how much of it there is among customers in the same mood.
fn endings<'a, 'b>(table: Rows<'a, &'b Fix>) -> Rows<'a, &'b Fix> {
    most_changed(table)
        .shown(Brief, number("give or\ntake"), |fix| {
            Cell::or_none(most(fix).and_then(|most| most.standard_error), |error| {
                Cell::words(change_of_100(error).replace('+', "").replace(" of 100", ""))
            })
        })
        .shown(Brief, number("in the\nsame mood"), |fix| {
            let adjusted = fix
                .effect
                .as_ref()
                .and_then(|effect| effect.adjusted.as_ref());
            let same = most(fix)
                .zip(adjusted)
                .and_then(|(most, adjusted)| adjusted.outcome(&most.outcome));
            Cell::or_none(same, |same| Cell::change_of_100(Some(same.change)))
        })
}

/// The kind of a fix, with its key in documents.
fn kind(fix: &Fix) -> Cell {
    let key = match fix.kind {
        FixKind::KeepPromise => "keep_promise",
        FixKind::LiftEmotion => "lift_emotion",
        FixKind::Raise => "raise",
        FixKind::Listen => "listen",
    };
    Cell::Coded(key.to_owned(), fix.kind.to_string())
}

/// Reads a figure of an effect.
type Read = fn(&FixEffect) -> Option<f64>;

/// All figures of the effects.
pub(super) fn for_programs(fixes: &[Fix]) -> Table {
    const FIGURES: [(&str, Read); 13] = [
        ("hurt", |effect| effect.hurt),
        ("hurt_standard_error", |effect| effect.hurt_standard_error),
        ("mean", |effect| effect.mean),
        ("mean_standard_error", |effect| effect.mean_standard_error),
        ("end", |effect| effect.end),
        ("end_standard_error", |effect| effect.end_standard_error),
        ("silent_churn", |effect| effect.silent_churn),
        ("cost", |effect| effect.cost),
        ("cost_coverage_before", |effect| {
            Some(effect.cost_coverage.before)
        }),
        ("cost_coverage_after", |effect| {
            Some(effect.cost_coverage.after)
        }),
        ("value", |effect| effect.value),
        ("value_coverage_before", |effect| {
            Some(effect.value_coverage.before)
        }),
        ("value_coverage_after", |effect| {
            Some(effect.value_coverage.after)
        }),
    ];
    let counted = |fix: &Fix, read: fn(&FixEffect) -> Option<u64>| {
        let known = fix.effect.as_ref().and_then(read);
        known.map(|known| known as f64)
    };
    let mut table = Table::of(fixes, "What each fix changes", FIXES)
        .key("fixes")
        .data("id", |fix| Cell::place(&fix.id))
        .data("fix", kind)
        .data("basis", |fix| {
            Cell::or_none(fix.effect.as_ref(), |effect| {
                Cell::Word(effect.basis.as_str())
            })
        })
        .data("cases", |fix| {
            Cell::times(counted(fix, |effect| effect.cases))
        })
        .data("without_comparison", |fix| {
            Cell::times(counted(fix, |effect| effect.without_comparison))
        });
    for (key, read) in FIGURES {
        table = table.data(key, |fix| Cell::change(fix.effect.as_ref().and_then(read)));
    }
    table.done()
}

/// How journeys end after each fix.
pub(super) fn outcomes_for_programs(fixes: &[Fix]) -> Table {
    let mut changes = Vec::new();
    for fix in fixes {
        let outcomes = fix.effect.iter().flat_map(|effect| &effect.outcomes);
        changes.extend(outcomes.map(|change| (fix, change)));
    }
    Table::of(
        &changes,
        "What each fix changes in how journeys end",
        ("change", "changes"),
    )
    .key("fix_outcomes")
    .data("id", |(fix, _)| Cell::place(&fix.id))
    .data("fix", |(fix, _)| kind(fix))
    .data("outcome", |(_, change)| Cell::name(change.outcome.as_str()))
    .data("change", |(_, change)| Cell::change_of_100(change.change))
    .data("standard_error", |(_, change)| {
        Cell::change_of_100(change.standard_error)
    })
    .data("adjusted_change", |(fix, change)| {
        Cell::change_of_100(adjusted(fix, &change.outcome).map(|same| same.change))
    })
    .data("adjusted_standard_error", |(fix, change)| {
        let same = adjusted(fix, &change.outcome);
        Cell::change_of_100(same.and_then(|same| same.standard_error))
    })
    .done()
}

/// What a lifted feeling changes in the chance of an outcome among customers of the same mood.
fn adjusted<'a>(fix: &'a Fix, outcome: &Outcome) -> Option<&'a OutcomeChange> {
    fix.effect.as_ref()?.adjusted.as_ref()?.outcome(outcome)
}

/// Whether they are not all alike.
pub(super) fn has_several<T: PartialEq>(mut of: impl Iterator<Item = Option<T>>) -> bool {
    let first = of.next().flatten();
    first.is_some() && of.flatten().any(|other| Some(other) != first)
}

/// Where an effect comes from.
pub(super) fn from(basis: Basis) -> Cell {
    Cell::Word(match basis {
        Basis::Counted => "journeys",
        Basis::Modelled => "the map",
    })
}
