//! What a sheet says beside its columns: the rows above the headings, which tell of the journey as a whole, and, as JSON in a cell of its
//! own, what the document says and no column does, so that nothing of a journey is lost.

use serde_json::{Map, Value, json};

use super::error::{SpreadsheetFinding, SpreadsheetProblem};
use super::header;
use super::header::AboutRow;
use super::read::Reader;
use super::sheet::Cell;
use super::ways::outcomes_with_values;
use super::write::is_full_cell;
use super::written::escape::plain;
use crate::journey::JourneyKind;

/// Reads the rows above the headings into keys of the document.
pub(super) fn read(reader: &mut Reader<'_>) -> Map<String, Value> {
    let mut about = Value::Object(Map::new());
    for (at, row, said) in rows(reader) {
        match one(reader, row, &said) {
            Ok(entries) => merge(&mut about, entries),
            Err(problems) => {
                for problem in problems {
                    reader.fault(at, None, problem);
                }
            }
        }
    }
    match about {
        Value::Object(about) => about,
        _ => Map::new(),
    }
}

/// The rows above the headings that say something: where they stand, what they are about, and what stands there.
pub(super) fn rows(reader: &mut Reader<'_>) -> Vec<(usize, AboutRow, String)> {
    let mut rows = Vec::new();
    let above = reader.sheet.rows.iter().take(reader.header.row).enumerate();
    for (at, cells) in above {
        let mut cells = cells.iter().skip_while(|cell| cell.is_blank());
        let Some(word) = cells.next().map(Cell::said) else {
            continue;
        };
        let Some(row) = header::about(&word, &reader.options.languages) else {
            let nearest = header::nearest_about(&word, reader.spoken.language);
            reader.note(
                Some(at),
                None,
                SpreadsheetFinding::UnknownRow { word, nearest },
            );
            continue;
        };
        let said = joined(cells);
        if !said.is_empty() {
            rows.push((at, row, said));
        }
    }
    rows
}

/// The cells behind the first one of a row as one text: what did not fit into a cell goes on in the next one, and other cells are
/// entries of their own, as a semicolon parts them in a file.
fn joined<'c>(cells: impl Iterator<Item = &'c Cell>) -> String {
    let mut joined = String::new();
    let mut is_full = false;
    for cell in cells.filter(|cell| !cell.is_blank()) {
        let said = cell.said();
        let said = said.trim();
        if !joined.is_empty() && !is_full {
            joined.push_str("; ");
        }
        joined.push_str(said);
        is_full = is_full_cell(said);
    }
    joined
}

fn one(reader: &Reader<'_>, row: AboutRow, said: &str) -> Result<Value, Vec<SpreadsheetProblem>> {
    let text = plain(said);
    Ok(match row {
        AboutRow::Journey => json!({ "name": text }),
        AboutRow::Persona => json!({ "persona": text }),
        AboutRow::Scenario => json!({ "scenario": text }),
        AboutRow::Notes => json!({ "notes": text }),
        AboutRow::Currency => json!({ "currency": text }),
        AboutRow::Help => json!({}),
        AboutRow::Kind => {
            let words: Vec<&str> = JourneyKind::ALL.iter().map(|kind| kind.as_str()).collect();
            let kind: Result<JourneyKind, _> = reader.spoken.word("kind", &words, said);
            json!({ "kind": kind.map_err(|problem| vec![problem])?.as_str() })
        }
        AboutRow::Values => {
            let values = outcomes_with_values(said, reader.spoken)?;
            let values = values.iter();
            let values = values
                .map(|(outcome, value)| json!({ "outcome": outcome.as_str(), "value": value }));
            json!({ "values": values.collect::<Vec<_>>() })
        }
        AboutRow::Counted => json!({ "counted": json_of(said)? }),
        AboutRow::More => json_of(said)?,
    })
}

fn json_of(said: &str) -> Result<Value, Vec<SpreadsheetProblem>> {
    read_json(said).ok_or_else(|| {
        vec![SpreadsheetProblem::NotAnEntry {
            found: said.chars().take(60).collect(),
            expected: "it was written by this library, or leave the row out",
        }]
    })
}

/// What the columns say of a touchpoint.
const TOUCHPOINT: [&str; 26] = [
    "id",
    "name",
    "phase",
    "stage",
    "channel",
    "owner",
    "need",
    "says",
    "does",
    "backstage",
    "emotion",
    "emotion_when_broken",
    "emotion_when_unknown",
    "intended",
    "expected",
    "makes",
    "can",
    "cost",
    "quotes",
    "ideas",
    "figures",
    "image",
    "notes",
    "starts",
    "evidence",
    "measurement",
];
const PROMISE: [&str; 4] = ["name", "kept", "broken", "unknown"];
const ENDING: [&str; 3] = ["outcome", "weight", "when"];
const WAY: [&str; 5] = ["from", "to", "weight", "when", "wait_s"];

/// What the rows above the headings say, and the lists of the document.
const JOURNEY: [&str; 11] = [
    "format",
    "name",
    "kind",
    "values",
    "currency",
    "persona",
    "scenario",
    "notes",
    "counted",
    "touchpoints",
    "transitions",
];

/// What the rows above the headings do not say.
pub(super) fn of_journey(document: &Value) -> Option<String> {
    let rest = without(document, &JOURNEY);
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}

/// What the columns do not say of a touchpoint and of its ways on, which stand under `next`.
pub(super) fn of_touchpoint(touchpoint: &Value, ways: &[&Value]) -> Option<String> {
    let mut rest = without(touchpoint, &TOUCHPOINT);
    // A cell holds one number; a list of what depends on facts is more.
    if let Some(starts) = touchpoint
        .get("starts")
        .filter(|starts| !starts.is_number())
    {
        rest.insert("starts".to_owned(), starts.clone());
    }
    if let Some(promise) = rest.remove("promise") {
        put(&mut rest, "promise", without(&promise, &PROMISE));
    }
    if let Some(Value::Array(ends)) = rest.remove("ends") {
        put_list(
            &mut rest,
            "ends",
            ends.iter().map(|end| without(end, &ENDING)),
        );
    }
    put_list(&mut rest, "next", ways.iter().map(|way| without(way, &WAY)));
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}

fn without(value: &Value, known: &[&str]) -> Map<String, Value> {
    let entries = value.as_object().into_iter().flatten();
    let rest = entries.filter(|(key, _)| !known.contains(&key.as_str()));
    rest.map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn put(rest: &mut Map<String, Value>, key: &str, entries: Map<String, Value>) {
    if !entries.is_empty() {
        rest.insert(key.to_owned(), Value::Object(entries));
    }
}

fn put_list(
    rest: &mut Map<String, Value>,
    key: &str,
    items: impl Iterator<Item = Map<String, Value>>,
) {
    let items: Vec<Value> = items.map(Value::Object).collect();
    if items
        .iter()
        .any(|item| item.as_object().is_some_and(|item| !item.is_empty()))
    {
        rest.insert(key.to_owned(), Value::Array(items));
    }
}

/// Adds what a cell holds to what the columns say: objects key by key, lists item by item.
pub(super) fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(more)) if into.len() == more.len() => {
            for (into, more) in into.iter_mut().zip(more) {
                merge(into, more);
            }
        }
        (into, more) => *into = more,
    }
}

/// Reads the JSON of a cell.
pub(super) fn read_json(said: &str) -> Option<Value> {
    serde_json::from_str::<Value>(said)
        .ok()
        .filter(Value::is_object)
}
