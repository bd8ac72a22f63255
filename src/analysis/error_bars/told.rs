//! How sure the figures are, in words.

use super::{ErrorBars, Estimate, OutcomeEstimate};
use crate::flow::{Basis, NoErrorBars};
use crate::journey::Outcome;
use crate::page::Detail::{Brief, Full};
use crate::page::block::LISTED;
use crate::page::number::{list, whole};
use crate::page::words::{ending, place};
use crate::page::{Block, Cell, Question, Section, Table, Unit, number, said, text, told};

told!(ErrorBars);
said!(NoErrorBars, why_none);

impl Question for ErrorBars {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("sure", "How sure this is");
        if let Some(missing) = &self.missing {
            section.say(why_none(missing));
        } else {
            if self.basis == Basis::Counted {
                section.say(
                    "Counted on whole journeys are who comes where, who is unhappy, worst and best moments, and how journeys end, also \
                     after a visit or a broken promise; and what fixes change, where they do not say \"by the map\". What is called \
                     modelled is computed from the map, which forgets how customers came.",
                );
            }
            section.say(match (self.buckets, self.basis) {
                (Some(buckets), _) => format!(
                    "95 % intervals of the figures, from {} buckets of journeys of which one is left out at a time: what goes together \
                     on a journey is not taken for independent.",
                    whole(usize::try_from(buckets).unwrap_or(usize::MAX)),
                ),
                (None, Basis::Counted) => {
                    "95 % intervals of the figures, counted on whole journeys: feelings of one journey are not taken for \
                     independent. Where fewer than about 30 were counted, read them as too narrow."
                        .to_owned()
                }
                (None, Basis::Modelled) => {
                    "95 % intervals of the figures, as far as the counts behind them tell. Where fewer than about 30 were \
                     counted, read them as too narrow."
                        .to_owned()
                }
            });
            section.put(for_people(self));
            section.put(Block::Fold(
                "How sure it is who comes where",
                vec![reach(self).into()],
            ));
        }
        section.put(for_programs(self));
        vec![section]
    }
}

/// A figure: its name, its unit, and what is known of it.
type Row<'a> = (String, Unit, &'a Estimate);

/// What the feelings of a journey have of estimates: the key for programs, the name, and the unit.
fn feelings(
    bars: &ErrorBars,
) -> impl Iterator<Item = (&'static str, &'static str, Unit, &Estimate)> {
    [
        ("mean", "mean feeling", Unit::Valence, &bars.mean),
        ("end", "feeling at the end", Unit::Valence, &bars.end),
        ("hurt", "hurt per journey", Unit::Times, &bars.hurt),
    ]
    .into_iter()
    .filter_map(|(key, name, unit, estimate)| Some((key, name, unit, estimate.as_ref()?)))
}

fn for_people(bars: &ErrorBars) -> Table {
    // Where no ending is stated there is nothing to be sure of.
    let is_stated = |known: &OutcomeEstimate| known.outcome != Outcome::Unstated;
    let any_stated = bars.outcomes.iter().any(is_stated);
    let outcomes = bars.outcomes.iter().filter(|_| any_stated);
    let mut rows: Vec<Row<'_>> = outcomes
        .map(|known| {
            let name = format!("end: {}", ending(&known.outcome));
            (name, Unit::Chance, &known.estimate)
        })
        .collect();
    // Outcomes beyond those that a text lists come last, so that it has the feelings.
    let more_outcomes = rows.split_off(rows.len().min(LISTED));
    rows.extend(feelings(bars).map(|(_, name, unit, estimate)| (name.to_owned(), unit, estimate)));
    let listed = rows.len();
    rows.extend(more_outcomes);
    let from =
        |(_, unit, known): &Row<'_>| Cell::Figure(*unit, known.interval.map(|(from, _)| from));
    let to = |(_, unit, known): &Row<'_>| Cell::Figure(*unit, known.interval.map(|(_, to)| to));
    Table::of(&rows, "How sure the figures are", ("outcome", "outcomes"))
        .listed(listed)
        .shown(Brief, text("figure"), |(name, ..)| {
            Cell::words(name.as_str())
        })
        .shown(Brief, number("value"), |(_, unit, known)| {
            Cell::Figure(*unit, Some(known.value))
        })
        .shown(Brief, number("from"), from)
        .shown(Brief, number("to"), to)
        .done()
}

fn reach(bars: &ErrorBars) -> Table {
    Table::of(
        &bars.reach,
        "Of 100 journeys, those that come to a touchpoint",
        ("touchpoint", "touchpoints"),
    )
    .shown(Full, text("touchpoint"), |known| Cell::place(&known.id))
    .shown(Full, number("journeys coming, of 100"), |known| {
        Cell::of_100(known.estimate.value)
    })
    .shown(Full, number("95 % interval"), |known| {
        Cell::or_none(known.estimate.interval, |interval| {
            Cell::Interval(Unit::Of100, Some(interval))
        })
    })
    .done()
}

fn for_programs(bars: &ErrorBars) -> Table {
    let outcomes = bars.outcomes.iter();
    let outcomes = outcomes.map(|known| ("outcome", Some(known.outcome.as_str()), &known.estimate));
    let reach = bars.reach.iter();
    let reach = reach.map(|known| ("reach", Some(known.id.as_str()), &known.estimate));
    let feelings = feelings(bars).map(|(key, _, _, estimate)| (key, None, estimate));
    let rows: Vec<(&'static str, Option<&str>, &Estimate)> =
        outcomes.chain(reach).chain(feelings).collect();
    Table::of(&rows, "How sure the figures are", ("figure", "figures"))
        .key("error_bars")
        .data("figure", |(figure, ..)| Cell::Word(figure))
        .data("name", |(_, name, _)| Cell::or_none(*name, Cell::name))
        .data("value", |(.., known)| Cell::times(known.value))
        .data("standard_error", |(.., known)| {
            Cell::times(known.standard_error)
        })
        .data("from", |(.., known)| {
            Cell::times(known.interval.map(|(from, _)| from))
        })
        .data("to", |(.., known)| {
            Cell::times(known.interval.map(|(_, to)| to))
        })
        .done()
}

/// Why there are no error bars, in one sentence.
pub(crate) fn why_none(missing: &NoErrorBars) -> String {
    match missing {
        NoErrorBars::NotObserved {
            touchpoints,
            number,
        } => {
            let names: Vec<String> = touchpoints.iter().map(|id| place(id)).collect();
            let more = number.saturating_sub(names.len());
            let named = if more == 0 {
                list(&names, usize::MAX)
            } else {
                format!("{} and {} more", names.join(", "), whole(more))
            };
            format!(
                "There are no error bars, because the weights of {named} are not counts of real visits."
            )
        }
        NoErrorBars::FewBuckets { buckets } => {
            let unit = if *buckets == 1 { "bucket" } else { "buckets" };
            format!(
                "There are no error bars, because these are counts of {} {unit} of journeys, and eight are needed.",
                whole(*buckets)
            )
        }
        NoErrorBars::StartsNotCounted => {
            "There are no error bars, because several touchpoints can be the first and none states how many journeys \
             begin there."
                .to_owned()
        }
    }
}
