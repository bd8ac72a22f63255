//! What is said of how well the map tells what happened.

use super::{Fit, FitFigure};
use crate::journey::{Clusters, CountedMemory, CountedName, CountedPart};
use crate::page::number::{change_of_100, count, duration, feeling, list, share, size, whole};
use crate::page::words::name;
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, text, what_of};
use crate::report::Unit;

/// So many rows a text has.
const ROWS: usize = 40;
/// Fewer points of 100 are told as 0.0.
const NOTHING_OFF: f64 = 0.05;
/// So many figures that are off are told in sentences.
const TOLD: usize = 5;

impl Question for Option<Fit> {
    fn sections(&self) -> Vec<Section> {
        let heading = "How well the map tells what happened";
        let mut section = Section::new("fit", heading);
        let none = Vec::new();
        let figures = self.as_ref().map_or(&none, |fit| &fit.figures);
        if let Some(fit) = self {
            tell(&mut section, fit);
        }
        section.put(
            Table::of(figures, heading, ("figure", "figures"))
                .key("fit")
                .data("figure", |known| Cell::Word(known.figure.as_str()))
                .data("of", |known| Cell::name(all_parts(&known.of)))
                .data("counted", |known| Cell::times(known.counted))
                .data("low", |known| Cell::times(known.low))
                .data("high", |known| Cell::times(known.high))
                .data("standard_error", |known| Cell::times(known.standard_error))
                .data("journeys", |known| Cell::count(known.journeys as f64))
                .data("modelled", |known| Cell::times(known.modelled))
                .data("difference", |known| Cell::times(known.difference))
                .done(),
        );
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        self.is_some()
    }
}

fn tell(section: &mut Section, fit: &Fit) {
    let units = match fit.clusters {
        Clusters::Customers => "customers",
        Clusters::Journeys => "journeys",
    };
    section.say(format!(
        "{} journeys were counted as they happened, with error bars by {units}. A map forgets how customers came{}: what asks for \
         \"at least once\", \"the worst of\" or \"given that\" it can get wrong. Where both differ, believe what was counted.",
        count(fit.journeys as f64),
        if fit.remembers.is_empty() {
            ""
        } else {
            ", but for what its customers remember"
        }
    ));
    // Where all journeys end alike, or nobody says how, figures of endings tell nothing.
    let endings = fit.figures.iter();
    let endings = endings.filter(|known| known.figure == CountedName::Outcome);
    let several_endings = endings.count() > 1;
    if let Some(memory) = fit.memory.as_ref().filter(|_| several_endings) {
        section.say(remembered(memory));
    }
    let compared = fit
        .figures
        .iter()
        .filter(|known| known.modelled.is_some())
        .count();
    let off = fit.off();
    if off.is_empty() {
        section.say(format!(
            "Of {} figures that the map has too, none is off by more than 2 of 100, or 0.05 of feeling, beyond its interval.",
            count(compared as f64)
        ));
    } else {
        section.say(format!(
            "Of {} figures that the map has too, {} {} off by more than 2 of 100, or 0.05 of feeling, beyond their intervals. Where that \
             matters, draw two touchpoints for customers who come there differently. The worst:",
            count(compared as f64),
            whole(off.len()),
            if off.len() == 1 { "is" } else { "are" }
        ));
        let told = off.iter().take(TOLD).map(|known| sentence(known)).collect();
        section.put(Block::list(told, ("figure", "figures")));
    }
    if fit.memory.is_none() && !fit.remembers.is_empty() {
        let named: Vec<String> = fit.remembers.iter().map(|fact| name(fact)).collect();
        section.say(format!("The map remembers {}.", list(&named, TOLD)));
    }
    super::memory::tell(section, &fit.memory_tests);
    let starts = fit.figures.iter();
    let starts = starts.filter(|known| known.figure == CountedName::OutcomeByStart);
    let starts: Vec<_> = starts.map(|known| known.of.first()).collect();
    // Where all begin alike, all of them are those who begin so.
    let several_starts = starts.windows(2).any(|pair| pair.first() != pair.last());
    let shown: Vec<FitFigure> = fit
        .figures
        .iter()
        .filter(|known| is_shown(known))
        .filter(|known| several_starts || known.figure != CountedName::OutcomeByStart)
        .filter(|known| several_endings || !tells_endings(known.figure))
        .cloned()
        .collect();
    section.put(
        Table::of(&shown, "Counted on whole journeys", ("figure", "figures"))
            .listed(ROWS)
            .shown(Detail::Brief, text("counted"), |known| {
                Cell::words(what(known))
            })
            .shown(Detail::Brief, number("figure"), |known| {
                Cell::words(say(known, known.counted))
            })
            .shown(Detail::Brief, number("from to"), |known| {
                Cell::words(range(known))
            })
            .shown(Detail::Brief, number("journeys"), |known| {
                Cell::count(known.journeys as f64)
            })
            .shown(Detail::Brief, number("the map\nsays"), |known| {
                Cell::or_none(known.modelled, |modelled| Cell::words(say(known, modelled)))
            })
            .done(),
    );
}

/// What was chosen, why, and what is left.
fn remembered(memory: &CountedMemory) -> String {
    let points = |off: f64| format!("{off:.1} points of 100");
    if memory.facts.is_empty() {
        // The facts were chosen by how journeys end, and by nothing else.
        let rest = "Where customers go next can still hang on how they came.";
        if memory.off_before < NOTHING_OFF {
            return format!(
                "Its customers remember nothing, as the map tells without it how journeys end, given what happened. {rest}"
            );
        }
        return format!(
            "Its customers remember nothing, as no fact puts right how journeys end, given what happened: that is off by {} at worst, \
             beyond what counts leave open. {rest}",
            points(memory.off_before)
        );
    }
    let facts = memory
        .facts
        .iter()
        .map(|of| format!("{} ({})", name(&of.fact), points(of.off_after)));
    format!(
        "What its customers remember was chosen: without it, how journeys end, given what happened, is off by {} at worst, beyond what \
         counts leave open. With one fact after the other it is off by: {}.",
        points(memory.off_before),
        facts.collect::<Vec<_>>().join(", ")
    )
}

/// What people look for, and what the map has wrong.
fn is_shown(known: &FitFigure) -> bool {
    use CountedName as Name;
    known.is_off()
        || matches!(
            known.figure,
            Name::Length
                | Name::LengthSd
                | Name::Mean
                | Name::Hurt
                | Name::End
                | Name::Worst
                | Name::Swing
                | Name::Unhappy
                | Name::Outcome
                | Name::OutcomeWhenKept
                | Name::OutcomeWhenBroken
                | Name::OutcomeByStart
        )
}

/// Whether it is the share of an ending.
fn tells_endings(figure: CountedName) -> bool {
    use CountedName as Name;
    matches!(
        figure,
        Name::Outcome | Name::OutcomeWhenKept | Name::OutcomeWhenBroken | Name::OutcomeByStart
    )
}

/// "bad review where delivery is first broken: 60 of 100 counted (50 to 69, of 100 journeys), the map says 15 of 100"
pub(crate) fn sentence(known: &FitFigure) -> String {
    let modelled = known.modelled.map_or_else(String::new, |modelled| {
        format!("; the map says {}", say(known, modelled))
    });
    format!(
        "{}: {} counted ({}, of {} journeys){modelled}",
        what(known),
        say(known, known.counted),
        range(known),
        count(known.journeys as f64)
    )
}

fn range(known: &FitFigure) -> String {
    match known.low.zip(known.high) {
        Some((low, high)) => format!("{} to {}", say(known, low), say(known, high)),
        None => "no interval".to_owned(),
    }
}

fn say(known: &FitFigure, value: f64) -> String {
    match Unit::of_counted(known.figure) {
        _ if known.figure == CountedName::DeliveryGap => change_of_100(value),
        Unit::Valence => feeling(value),
        Unit::Intensity | Unit::Times | Unit::Money => size(value),
        Unit::Seconds => duration(value),
        Unit::Share => share(value.clamp(0.0, 1.0)),
    }
}

fn what(known: &FitFigure) -> String {
    what_of(known.figure, &known.of)
}

fn all_parts(of: &[CountedPart]) -> String {
    let parts: Vec<String> = of.iter().map(ToString::to_string).collect();
    parts.join("; ")
}
