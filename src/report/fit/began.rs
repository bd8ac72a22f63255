//! What the way that journeys begin and go does to their endings, in the sentences that a reader needs first.

use super::{FEW, Fit, FitFigure, Report};
use crate::analysis::{EarlySign, EarlySigns};
use crate::journey::{CountedName, CountedPart};
use crate::page::number::{JOURNEYS, count, share, that};
use crate::page::words::{ending, name};

/// At a touchpoint from which so few moments are left on average, itself included, journeys end: it is no sign, but the ending.
const AT_THE_END: f64 = 1.05;

/// Differences that differ by less are equal but for rounding.
const ROUNDING: f64 = 1e-9;

/// So many signs are told.
const SIGNS: usize = 2;

/// The two channels to begin in between which an ending differs most for certain: where the intervals of both shares lie apart.
pub(crate) fn of_starts(fit: &Fit) -> Option<String> {
    let starts = fit.figures.iter();
    let starts =
        starts.filter(|known| known.figure == CountedName::OutcomeByStart && known.journeys >= FEW);
    let starts: Vec<(&str, &str, &FitFigure)> = starts
        .filter_map(|known| match known.of.as_slice() {
            [CountedPart::Name(channel), CountedPart::Name(outcome)] => {
                Some((channel.as_str(), outcome.as_str(), known))
            }
            _ => None,
        })
        .collect();
    let mut greatest: Option<(f64, f64, String)> = None;
    for &(by, outcome, more) in &starts {
        for &(other, same, fewer) in &starts {
            let apart = same == outcome
                && more
                    .low
                    .zip(fewer.high)
                    .is_some_and(|(low, high)| low > high);
            let change = more.counted - fewer.counted;
            // Of two endings that differ as much, the rarer one is told: the same is said of the other.
            let tells_more = |&(most, counted, _): &(f64, f64, String)| {
                change > most + ROUNDING || change > most - ROUNDING && more.counted < counted
            };
            if apart && greatest.as_ref().is_none_or(tells_more) {
                let said = format!(
                    "Of {} that begin by {} {} end in {}, of {} that begin by {} {} (counted).",
                    number(more),
                    name(by),
                    share(more.counted),
                    name(outcome),
                    number(fewer),
                    name(other),
                    share(fewer.counted),
                );
                greatest = Some((change, more.counted, said));
            }
        }
    }
    greatest.map(|(.., said)| said)
}

fn number(known: &FitFigure) -> String {
    let (one, many) = JOURNEYS;
    let noun = if known.journeys == 1 { one } else { many };
    format!("{} {noun}", count(known.journeys as f64))
}

/// What makes the greatest difference to an ending among those who came as far, with how many come there at all.
pub(crate) fn of_signs(report: &Report) -> Vec<String> {
    let is_the_end = |id: &str| {
        let left = report.touchpoint(id).and_then(|at| at.remaining);
        left.is_none_or(|left| left < AT_THE_END)
    };
    let mut clear: Vec<(&EarlySigns, &EarlySign, f64)> = Vec::new();
    for signs in &report.early_signs {
        for sign in signs.signs.iter().filter(|sign| !is_the_end(&sign.id)) {
            let enough = sign.journeys.is_some_and(|journeys| journeys >= FEW);
            let as_far = sign.as_far.as_ref();
            let as_far = as_far.filter(|known| enough && known.journeys >= FEW && known.is_clear());
            clear.extend(as_far.map(|known| (signs, sign, known.difference.abs())));
        }
    }
    clear.sort_by(|a, b| b.2.total_cmp(&a.2));
    let Some(&(.., most)) = clear.first() else {
        return Vec::new();
    };
    // Of two endings that differ as much, the rarer one is told: the same is said of the other.
    let as_much = clear.iter().filter(|(.., known)| *known > most - ROUNDING);
    let rarest = as_much.min_by(|a, b| a.0.probability.total_cmp(&b.0.probability));
    let Some(&(of, ..)) = rarest else {
        return Vec::new();
    };
    clear.retain(|(signs, ..)| signs.outcome == of.outcome);
    let told = clear.into_iter().take(SIGNS);
    let mut said: Vec<String> = told
        .map(|(signs, sign, _)| format!("{}.", sign.held_against(&signs.outcome)))
        .collect();
    said.push(format!(
        "Of all journeys {} in {}.",
        that(of.probability, JOURNEYS, ("ends", "end")),
        ending(&of.outcome)
    ));
    said
}
