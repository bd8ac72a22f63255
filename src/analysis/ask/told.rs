//! The answer to a pattern in words: counted on journeys that happened, by a map, or both side by side.

use super::coverage::in_part;
use super::{CountedPattern, PatternFigures, TestCoverage};
use crate::flow::OutcomeShare;
use crate::journey::Outcome;
use crate::page::number::{JOURNEYS, capital, count, duration, feeling, share, that};
use crate::page::table::{number, text};
use crate::page::words::{ending, name};
use crate::page::{Block, Cell, Question, Section, Table, told};

impl Question for PatternFigures {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("asked", name(&self.pattern.to_string()));
        match &self.counted {
            Some(counted) => beside(&mut section, counted, Some(self)),
            None => modelled(&mut section, self),
        }
        vec![section]
    }
}

told!(PatternFigures);

impl Question for CountedPattern {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("counted", "Counted on journeys that happened");
        beside(&mut section, self, None);
        vec![section]
    }
}

told!(CountedPattern);

fn modelled(section: &mut Section, found: &PatternFigures) {
    // Where every journey comes to the first step, the comparison says nothing more.
    let given = found
        .given_start
        .filter(|given| *given > found.probability * (1.0 + 1e-9));
    let given = given.map(|given| {
        format!(
            "; of those that come to its first step, {} do",
            share(given)
        )
    });
    // No journey matches twice where both are equal.
    let several = found.expected > found.probability * (1.0 + 1e-9);
    let several = several.then(|| {
        format!(
            " A journey has {} matches on average.",
            count(found.expected)
        )
    });
    section.say(format!(
        "{}{}.{}",
        capital(&that(found.probability, JOURNEYS, ("matches", "match"))),
        given.unwrap_or_default(),
        several.unwrap_or_default()
    ));
    not_all_known(section, &found.coverage);
    if let Some(lift) = found.lift {
        section.say(format!(
            "Journeys that match as far as that ending come to it {} times as often as all journeys do.",
            count(lift)
        ));
    }
    if let Some(moments) = found.moments_until {
        let wait = found
            .wait_until_s
            .map(|wait| format!(" and {} of known waits", duration(wait)));
        section.say(format!(
            "The first match is complete after {} {}{} on average.",
            count(moments),
            if count(moments) == "1" {
                "moment"
            } else {
                "moments"
            },
            wait.unwrap_or_default()
        ));
    }
    if let Some(mean) = found.feeling_after {
        section.say(format!("What follows feels {} on average.", feeling(mean)));
    }
    for (heading, shares) in [
        (THOSE, &found.outcomes_given_match),
        (OTHERS, &found.outcomes_given_none),
    ] {
        if says_something(shares) {
            let some = shares.iter().filter(|share| share.probability > 0.0);
            let items = some.map(line).collect();
            let list = Block::list(items, ("outcome", "outcomes"));
            section.put(Block::Under(heading.to_owned(), vec![list]));
        }
    }
}

/// What is known in part only, and that the rest passes no test.
fn not_all_known(section: &mut Section, coverage: &[TestCoverage]) {
    if let Some(said) = in_part(coverage, name) {
        section.say(said);
    }
}

/// Whether an ending is known at all.
fn says_something(shares: &[OutcomeShare]) -> bool {
    let known =
        |share: &&OutcomeShare| share.outcome != Outcome::Unstated && share.probability > 0.0;
    shares.iter().any(|share| known(&share))
}

const THOSE: &str = "How those journeys end";
const OTHERS: &str = "How the others end";

fn line(known: &OutcomeShare) -> String {
    format!("{}: {}", ending(&known.outcome), share(known.probability))
}

/// A figure that was counted, with the same by the map.
struct Row {
    what: String,
    cell: fn(Option<f64>) -> Cell,
    counted: Option<f64>,
    error: Option<f64>,
    modelled: Option<f64>,
}

/// What was counted first, and beside it what the map says.
fn beside(section: &mut Section, counted: &CountedPattern, map: Option<&PatternFigures>) {
    let error = counted
        .standard_error
        .map(|error| format!(", give or take {}", share(error)));
    let by_map = map.map(|map| format!(" The map says {}.", share(map.probability)));
    section.say(format!(
        "Counted: {} of {} journeys match ({}{}).{}",
        count(counted.matching as f64),
        count(counted.journeys as f64),
        share(counted.probability),
        error.unwrap_or_default(),
        by_map.unwrap_or_default()
    ));
    not_all_known(section, &counted.coverage);
    section.put(table(
        "What is asked",
        &figures(counted, map),
        map.is_some(),
    ));
    for (heading, counted, modelled) in [
        (
            THOSE,
            &counted.outcomes_given_match,
            map.map(|map| &map.outcomes_given_match),
        ),
        (
            OTHERS,
            &counted.outcomes_given_none,
            map.map(|map| &map.outcomes_given_none),
        ),
    ] {
        let modelled = modelled.map_or(&[][..], Vec::as_slice);
        let rows = endings(counted, modelled);
        if says_something(counted) || says_something(modelled) {
            let shown = table("outcome", &rows, map.is_some());
            section.put(Block::Under(heading.to_owned(), vec![shown]));
        }
    }
    if counted.standard_error.is_some() {
        section.note(
            "Give or take one standard error, over customers where they are known and over journeys elsewhere.",
        );
    }
}

fn figures(counted: &CountedPattern, map: Option<&PatternFigures>) -> Vec<Row> {
    let row = |what: &str, cell, counted, error, modelled| Row {
        what: what.to_owned(),
        cell,
        counted,
        error,
        modelled,
    };
    let of_map = |figure: fn(&PatternFigures) -> Option<f64>| map.and_then(figure);
    let mut rows = vec![
        row(
            "journeys that match",
            Cell::chance,
            Some(counted.probability),
            counted.standard_error,
            of_map(|map| Some(map.probability)),
        ),
        row(
            "of those that come to its first step",
            Cell::chance,
            counted.given_start,
            counted.given_start_standard_error,
            of_map(|map| map.given_start),
        ),
        row(
            "matches on a journey",
            Cell::times,
            Some(counted.expected),
            counted.expected_standard_error,
            of_map(|map| Some(map.expected)),
        ),
        row(
            "that ending, times as frequent as among all",
            Cell::times,
            counted.lift,
            None,
            of_map(|map| map.lift),
        ),
        row(
            "moments until the first match",
            Cell::times,
            counted.moments_until,
            None,
            of_map(|map| map.moments_until),
        ),
        row(
            "time until the first match",
            Cell::duration,
            counted.wait_until_s,
            None,
            of_map(|map| map.wait_until_s),
        ),
        row(
            "feeling of what follows",
            Cell::valence,
            counted.feeling_after,
            None,
            of_map(|map| map.feeling_after),
        ),
    ];
    rows.retain(|row| row.counted.or(row.modelled).is_some());
    rows
}

/// Outcomes in the order of what was counted, and then those that only the map has; without those that never come.
fn endings(counted: &[OutcomeShare], modelled: &[OutcomeShare]) -> Vec<Row> {
    fn of<'a>(shares: &'a [OutcomeShare], known: &OutcomeShare) -> Option<&'a OutcomeShare> {
        shares.iter().find(|share| share.outcome == known.outcome)
    }
    let only = modelled.iter().filter(|known| of(counted, known).is_none());
    let happens = |row: &Row| {
        let some = |share: Option<f64>| share.is_some_and(|share| share > 0.0);
        some(row.counted) || some(row.modelled)
    };
    let row = |known: &OutcomeShare| {
        let (happened, derived) = (of(counted, known), of(modelled, known));
        Row {
            what: ending(&known.outcome),
            cell: Cell::chance,
            counted: happened.map(|share| share.probability),
            error: happened.and_then(|share| share.standard_error),
            modelled: derived.map(|share| share.probability),
        }
    };
    counted
        .iter()
        .chain(only)
        .map(row)
        .filter(happens)
        .collect()
}

fn table(what: &str, rows: &[Row], has_map: bool) -> Block {
    let table = Table::of(rows, "Counted, and by the map", ("figure", "figures"))
        .brief("figure", text(what), |row| Cell::words(&*row.what))
        .brief("counted", number("counted"), |row| (row.cell)(row.counted))
        .when(rows.iter().any(|row| row.error.is_some()), |table| {
            table.brief("standard_error", number("give or\ntake"), |row| {
                Cell::or_none(row.error, |error| (row.cell)(Some(error)))
            })
        })
        .when(has_map, |table| {
            table.brief("modelled", number("by the\nmap"), |row| {
                (row.cell)(row.modelled)
            })
        });
    table.done().into()
}
