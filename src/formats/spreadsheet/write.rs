//! A journey as a sheet: what it says of itself above the headings, a row a touchpoint below.
#![expect(
    clippy::float_cmp,
    reason = "numbers as somebody wrote them, held against what they are short for"
)]

use std::collections::BTreeMap;

use serde_json::Value;

use super::about;
use super::emotion;
use super::header::GOES_ON;
use super::header::{AboutRow, Column};
use super::sheet::{Cell, Sheet};
use super::spoken::Spoken;
use super::ways::{Places, name_written, outcome_written, tail_written};
use super::written::escape::{escaped, quoted};
use super::written::number::{self, Marks};
use crate::journey::{Channel, Journey, KeyFigure, Outcome, PromiseResult, Touchpoint, Transition};
use crate::language::Language;

/// How many UTF-16 units a cell holds at most; spreadsheets hold a few hundred more.
const LONGEST_CELL: usize = 32_000;

/// The columns that every sheet has.
const ALWAYS: [Column; 8] = [
    Column::Id,
    Column::Name,
    Column::Phase,
    Column::Stage,
    Column::Channel,
    Column::Emotion,
    Column::Next,
    Column::Ends,
];

/// What is written in the cells of a row.
pub(super) type Cells = BTreeMap<Column, Cell>;

/// Writes a journey; `always` are the columns that are there even if nothing stands in them.
pub(super) fn sheet(journey: &Journey, language: &Language, always: &[Column]) -> Sheet {
    let english = Language::english();
    let spoken = Spoken {
        language,
        english: &english,
        marks: Marks {
            comma: language.decimal_comma,
            point: !language.decimal_comma,
        },
    };
    // The document of a journey can always be written.
    let document = serde_json::to_value(journey).unwrap_or_default();
    let mut rows = above(journey, &document, spoken);
    if !rows.is_empty() {
        rows.push(Vec::new());
    }
    let body = body(journey, &document, spoken);
    let used = |column: &Column| {
        always.contains(column)
            || ALWAYS.contains(column)
            || body.iter().any(|cells| cells.contains_key(column))
    };
    let columns: Vec<Column> = Column::ALL.iter().copied().filter(used).collect();
    // How many cells the longest text of a column takes.
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| {
            let cells = body.iter().filter_map(|cells| cells.get(column));
            cells.map(|cell| parts(cell).len()).max().unwrap_or(1)
        })
        .collect();
    let heading = |(column, width): (&Column, &usize)| {
        let word = language.word(&column.key()).to_owned();
        let more = (1..*width)
            .map(|_| Cell::Text(format!("{word} {GOES_ON}")))
            .collect::<Vec<_>>();
        std::iter::once(Cell::Text(word.clone()))
            .chain(more)
            .collect::<Vec<_>>()
    };
    rows.push(columns.iter().zip(&widths).flat_map(heading).collect());
    for mut cells in body {
        let row = columns.iter().zip(&widths).flat_map(|(column, width)| {
            let mut parts = cells
                .remove(column)
                .map_or_else(Vec::new, |cell| parts(&cell));
            parts.resize(*width, Cell::Empty);
            parts
        });
        rows.push(row.collect());
    }
    Sheet::new(language.word("row.journey"), rows)
}

/// Whether a text fills a cell as far as a longer one is cut, so that it may go on in the next one. Where it was cut in front of
/// blanks it is shorter than the longest.
pub(super) fn is_full_cell(text: &str) -> bool {
    const NEAR: usize = LONGEST_CELL / 2;
    text.len() >= NEAR && text.encode_utf16().count() >= NEAR
}

/// A cell, or several where its text is too long for one. No part begins or ends with a blank.
fn parts(cell: &Cell) -> Vec<Cell> {
    let Cell::Text(text) = cell else {
        return vec![cell.clone()];
    };
    let mut parts = Vec::new();
    let (mut from, mut units, mut cut) = (0, 0, None);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if at > from && !before.is_whitespace() && !letter.is_whitespace() {
            cut = Some(at);
        }
        units += letter.len_utf16();
        if units > LONGEST_CELL {
            let end = cut.take().unwrap_or(at);
            parts.push(Cell::Text(
                text.get(from..end).unwrap_or_default().to_owned(),
            ));
            from = end;
            units = text
                .get(end..at)
                .map_or(0, |rest| rest.encode_utf16().count())
                + letter.len_utf16();
        }
        before = letter;
    }
    parts.push(Cell::Text(text.get(from..).unwrap_or_default().to_owned()));
    parts
}

fn above(journey: &Journey, document: &Value, spoken: Spoken<'_>) -> Vec<Vec<Cell>> {
    let language = spoken.language;
    let mut rows = Vec::new();
    let mut row = |about: AboutRow, said: Option<String>| {
        if let Some(said) = said {
            let word = Cell::Text(language.word(&about.key()).to_owned());
            rows.push(
                std::iter::once(word)
                    .chain(parts(&Cell::Text(said)))
                    .collect(),
            );
        }
    };
    let text = |text: Option<&str>| text.map(|text| escaped(text, false));
    row(
        AboutRow::Journey,
        text(Some(journey.name()).filter(|name| !name.is_empty())),
    );
    let kind = format!("kind.{}", journey.kind().as_str());
    row(AboutRow::Kind, Some(language.word(&kind).to_owned()));
    row(AboutRow::Persona, text(journey.persona()));
    row(AboutRow::Scenario, text(journey.scenario()));
    row(AboutRow::Notes, text(journey.notes()));
    row(AboutRow::Currency, text(journey.currency()));
    let values = journey.values().iter().map(|(outcome, value)| {
        let word = outcome_written(outcome, spoken);
        format!("{word} {}", number::written(*value, language.decimal_comma))
    });
    let values: Vec<String> = values.collect();
    row(
        AboutRow::Values,
        (!values.is_empty()).then(|| values.join("; ")),
    );
    row(
        AboutRow::Counted,
        document.get("counted").map(Value::to_string),
    );
    row(AboutRow::More, about::of_journey(document));
    rows
}

fn body(journey: &Journey, document: &Value, spoken: Spoken<'_>) -> Vec<Cells> {
    let graph = journey.graph();
    let mut ways: Vec<Vec<(usize, &str, &Transition)>> = vec![Vec::new(); graph.node_count()];
    for (number, edge) in (1..).zip(graph.raw_edges()) {
        let to = graph
            .node_weight(edge.target())
            .map_or("", |to| to.id.as_str());
        if let Some(ways) = ways.get_mut(edge.source().index()) {
            ways.push((number, to, &edge.weight));
        }
    }
    let in_order = ways
        .iter()
        .flatten()
        .map(|(number, _, _)| *number)
        .is_sorted();
    let called = journey.touchpoints();
    let called = called.map(|touchpoint| (touchpoint.id.as_str(), touchpoint.name.as_deref()));
    let places = Places::of(called);
    let is_place = |name: &str| places.knows(name);
    let rows = journey.touchpoints().zip(&ways);
    let item = |list: &str, at: usize| document.get(list).and_then(|list| list.get(at));
    rows.enumerate()
        .map(|(at, (touchpoint, ways))| {
            let mut cells = cells_of(touchpoint, spoken);
            on(touchpoint, ways, in_order, (spoken, &is_place), &mut cells);
            let forms = ways
                .iter()
                .filter_map(|(number, _, _)| item("transitions", number - 1));
            let forms: Vec<&Value> = forms.collect();
            let more = item("touchpoints", at).and_then(|form| about::of_touchpoint(form, &forms));
            cells.extend(more.map(|more| (Column::More, Cell::Text(more))));
            cells
        })
        .collect()
}

/// What a touchpoint says, without its ways on.
fn cells_of(touchpoint: &Touchpoint, spoken: Spoken<'_>) -> Cells {
    let language = spoken.language;
    let mut cells = Cells::new();
    let word = |key: String| Some(Cell::Text(language.word(&key).to_owned()));
    let text = |text: Option<&String>| text.map(|text| Cell::Text(escaped(text, false)));
    let lines = |texts: &[String]| joined(texts.iter().map(|text| escaped(text, true)), "\n");
    let felt =
        |felt: Option<&crate::journey::Emotion>| felt.map(|felt| emotion::written(felt, language));
    let mut put = |column, cell: Option<Cell>| {
        if let Some(cell) = cell {
            cells.insert(column, cell);
        }
    };
    put(Column::Id, text(Some(&touchpoint.id)));
    put(Column::Name, text(touchpoint.name.as_ref()));
    put(
        Column::Phase,
        word(format!("phase.{}", touchpoint.phase.as_str())),
    );
    put(Column::Stage, text(touchpoint.stage.as_ref()));
    put(
        Column::Channel,
        Some(Cell::Text(channel_written(&touchpoint.channel, spoken))),
    );
    put(Column::Owner, text(touchpoint.owner.as_ref()));
    put(Column::Need, text(touchpoint.need.as_ref()));
    put(Column::Says, text(touchpoint.says.as_ref()));
    put(Column::Does, text(touchpoint.does.as_ref()));
    put(Column::Backstage, text(touchpoint.backstage.as_ref()));
    put(Column::Notes, text(touchpoint.notes.as_ref()));
    put(Column::Image, text(touchpoint.image.as_ref()));
    put(Column::Emotion, felt(touchpoint.emotion.as_ref()));
    put(
        Column::EmotionWhenBroken,
        felt(touchpoint.emotion_when_broken.as_ref()),
    );
    put(
        Column::EmotionWhenUnknown,
        felt(touchpoint.emotion_when_unknown.as_ref()),
    );
    put(Column::Expected, felt(touchpoint.expected.as_ref()));
    put(Column::Intended, felt(touchpoint.intended.as_ref()));
    if let Some(promise) = &touchpoint.promise {
        put(Column::Promise, text(Some(&promise.name)));
        put(Column::Kept, Some(Cell::Number(promise.kept)));
        put(Column::Broken, Some(Cell::Number(promise.broken)));
        put(
            Column::Unknown,
            (promise.unknown != 0.0).then_some(Cell::Number(promise.unknown)),
        );
    }
    let makes = touchpoint
        .makes
        .iter()
        .map(|promise| entry_written(promise));
    put(Column::Makes, joined(makes, "; "));
    let can = touchpoint.can.iter();
    let can = can.map(|ability| {
        language
            .word(&format!("ability.{}", ability.as_str()))
            .to_owned()
    });
    put(Column::Can, joined(can, "; "));
    put(Column::Cost, touchpoint.cost.map(Cell::Number));
    put(Column::Starts, touchpoint.starts.map(Cell::Number));
    put(Column::Quotes, lines(&touchpoint.quotes));
    put(Column::Ideas, lines(&touchpoint.ideas));
    let figures = touchpoint
        .figures
        .iter()
        .map(|figure| figure_written(figure, language));
    put(Column::Figures, joined(figures, "\n"));
    let evidence = touchpoint.evidence;
    let stated = evidence != crate::journey::Evidence::default();
    let evidence = word(format!("evidence.{}", evidence.as_str()));
    put(Column::Evidence, evidence.filter(|_| stated));
    let asks = word("word.yes".to_owned()).filter(|_| touchpoint.measurement);
    put(Column::Measurement, asks);
    cells
}

fn joined(entries: impl Iterator<Item = String>, between: &str) -> Option<Cell> {
    let entries: Vec<String> = entries.collect();
    (!entries.is_empty()).then(|| Cell::Text(entries.join(between)))
}

/// A name in a list: in quotation marks where it would not be read as it is.
fn entry_written(name: &str) -> String {
    let plain = escaped(name, true);
    let harmless = plain == name && !name.contains([';', '"']);
    if harmless { plain } else { quoted(name) }
}

fn channel_written(channel: &Channel, spoken: Spoken<'_>) -> String {
    let Channel::Other(name) = channel else {
        let key = format!("channel.{}", channel.as_str());
        return spoken.language.word(&key).to_owned();
    };
    let plain = escaped(name, false);
    if spoken.channel(name) == *channel && !name.starts_with('"') {
        plain
    } else {
        quoted(name)
    }
}

fn figure_written(figure: &KeyFigure, language: &Language) -> String {
    let value = number::written(figure.value, language.decimal_comma);
    let n = figure.n.map(|n| format!(" (n = {n})")).unwrap_or_default();
    format!("{}: {value}{n}", escaped(&figure.label, true))
}

/// The ways on and the endings of a touchpoint.
fn on(
    touchpoint: &Touchpoint,
    ways: &[(usize, &str, &Transition)],
    in_order: bool,
    (spoken, is_place): (Spoken<'_>, &dyn Fn(&str) -> bool),
    cells: &mut Cells,
) {
    let weights = ways.iter().map(|(_, _, way)| (way.weight, way.when));
    let ends = touchpoint.ends.iter().map(|end| (end.weight, end.when));
    let all: Vec<(f64, Option<PromiseResult>)> = weights.chain(ends).collect();
    let plain = touchpoint.ends.is_empty() && all.iter().all(|(weight, _)| *weight == 1.0);
    let percent = are_per_cent(&all);
    let number = |weight| (!plain).then_some((weight, percent));
    let language = spoken.language;
    let next = ways.iter().map(|(_, to, way)| {
        let tail = tail_written(number(way.weight), way.when, way.wait_s, language);
        format!("{}{tail}", name_written(to))
    });
    cells.extend(joined(next, "; ").map(|cell| (Column::Next, cell)));
    if !in_order {
        let order = ways.iter().map(|(number, _, _)| number.to_string());
        cells.extend(joined(order, "; ").map(|cell| (Column::Order, cell)));
    }
    let ends = touchpoint.ends.iter().map(|end| {
        let tail = tail_written(number(end.weight), end.when, None, language);
        let outcome: &Outcome = &end.outcome;
        let written = if is_place(outcome.as_str()) && matches!(outcome, Outcome::Other(_)) {
            // Without quotation marks it would be taken for the touchpoint.
            quoted(outcome.as_str())
        } else {
            outcome_written(outcome, spoken)
        };
        format!("{written}{tail}")
    });
    cells.extend(joined(ends, "; ").map(|cell| (Column::Ends, cell)));
}

/// Whether weights sum to 100 after each result of the promise that they name.
fn are_per_cent(ways: &[(f64, Option<PromiseResult>)]) -> bool {
    let results: Vec<Option<PromiseResult>> = ways.iter().map(|(_, when)| *when).collect();
    let sum = |result: Option<PromiseResult>| -> f64 {
        let open = ways
            .iter()
            .filter(|(_, when)| when.is_none() || *when == result);
        open.map(|(weight, _)| *weight).sum()
    };
    let conditional = results.iter().any(Option::is_some);
    !ways.is_empty()
        && results
            .iter()
            .filter(|result| !conditional || result.is_some())
            .all(|result| sum(*result) == 100.0)
}
