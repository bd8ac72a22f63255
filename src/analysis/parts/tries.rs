//! One try: how journeys of each segment end by the number of promises that were broken, in words.

use super::SegmentFigures;
use super::figures::PartFigure;
use super::told::unit;
use crate::journey::{CountedName, Outcome};
use crate::page::number::UNKNOWN;
use crate::page::words::ending;
use crate::page::{Block, Cell, Detail, Section, Table, Unit, text};

/// What follows how many broken promises, as the figures have it.
const TRIES: [(&str, &str); 3] = [
    ("0", "no promise broken"),
    ("1", "one broken"),
    ("2", "two or more"),
];
/// So many rows a short text has.
const LISTED: usize = 24;
const CAPTION: &str = "How journeys end by how many promises were broken, with 95 % intervals";

/// How often the journeys of a segment end so, by the number of broken promises.
pub(crate) struct EndingByTries<'a> {
    pub(crate) outcome: Outcome,
    /// Without a broken promise, after one, and after two or more; `None` where there are no such journeys.
    pub(crate) tries: [Option<&'a PartFigure>; 3],
}

/// Puts the table where anything of it was counted.
pub(super) fn put(segments: &[SegmentFigures], section: &mut Section) {
    let rows: Vec<(&str, EndingByTries<'_>)> = segments
        .iter()
        .flat_map(|segment| {
            let endings = endings_by_tries(segment).into_iter();
            endings.map(|ending| (segment.segment.as_str(), ending))
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    section.put(Block::InText(vec![Block::Say(format!("{CAPTION}:"))]));
    let mut table = Table::of(&rows, CAPTION, ("row", "rows"))
        .listed(LISTED)
        .shown(Detail::Brief, text("segment"), |(segment, _)| {
            Cell::name(*segment)
        })
        .shown(Detail::Brief, text("ends in"), |(_, known)| {
            Cell::words(ending(&known.outcome))
        });
    for (at, (_, heading)) in TRIES.iter().enumerate() {
        table = table.shown(
            Detail::Brief,
            text(heading),
            move |(_, known)| match known.tries[at] {
                Some(figure) => Cell::words(with_interval(figure)),
                None => Cell::share(None),
            },
        );
    }
    section.put(table.done());
}

/// The endings of a segment, in the order of its figures.
pub(crate) fn endings_by_tries(segment: &SegmentFigures) -> Vec<EndingByTries<'_>> {
    let mut endings: Vec<EndingByTries<'_>> = Vec::new();
    for figure in &segment.figures {
        if figure.figure != CountedName::OutcomeByTries {
            continue;
        }
        let of: Vec<String> = figure.of.iter().map(ToString::to_string).collect();
        let [tries, outcome] = of.as_slice() else {
            continue;
        };
        let Some(at) = TRIES.iter().position(|(known, _)| known == tries) else {
            continue;
        };
        let outcome = Outcome::from(outcome.as_str());
        let known = endings.iter().position(|known| known.outcome == outcome);
        let place = known.unwrap_or_else(|| {
            let tries = [None; 3];
            endings.push(EndingByTries { outcome, tries });
            endings.len() - 1
        });
        endings[place].tries[at] = Some(figure).filter(|figure| figure.value.is_some());
    }
    endings
}

/// A figure with its interval: "9 of 100 (6 to 12)", "+0.30 (+0.22 to +0.38)".
pub(super) fn with_interval(figure: &PartFigure) -> String {
    let unit = unit(figure);
    let Some(value) = figure.value else {
        return UNKNOWN.to_owned();
    };
    let end = |value: f64| match unit {
        Unit::Share => Unit::Of100.say(value),
        unit => unit.say(value),
    };
    match figure.low.zip(figure.high) {
        Some((low, high)) => format!("{} ({} to {})", unit.say(value), end(low), end(high)),
        None => unit.say(value),
    }
}
