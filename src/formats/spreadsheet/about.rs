//! The rows above the headings, which tell of the journey as a whole.

use serde_json::{Map, Value, json};

use super::column::AboutRow;
use super::error::{SpreadsheetFinding, SpreadsheetProblem};
use super::escape::plain;
use super::header;
use super::more;
use super::read::Reader;
use super::sheet::Cell;
use super::ways::outcomes_with_values;
use crate::journey::JourneyKind;

/// Reads the rows above the headings into keys of the document.
pub(super) fn read(reader: &mut Reader<'_>) -> Map<String, Value> {
    let mut about = Value::Object(Map::new());
    let above = reader.sheet.rows.iter().take(reader.header.row).enumerate();
    for (at, cells) in above {
        let mut cells = cells.iter().skip_while(|cell| cell.is_blank());
        let Some(word) = cells.next().map(Cell::said) else {
            continue;
        };
        let Some(row) = header::about(&word, &reader.options.languages) else {
            let nearest = header::nearest_about(&word, reader.spoken.language);
            reader.note(Some(at), None, SpreadsheetFinding::UnknownRow { word, nearest });
            continue;
        };
        // What does not fit into a cell goes on in the next one.
        let said: String = cells.map(|cell| cell.said().trim().to_owned()).collect();
        if said.is_empty() {
            continue;
        }
        match one(reader, row, &said) {
            Ok(entries) => more::merge(&mut about, entries),
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
            let values = values.map(|(outcome, value)| json!({ "outcome": outcome.as_str(), "value": value }));
            json!({ "values": values.collect::<Vec<_>>() })
        }
        AboutRow::Counted => json!({ "counted": json_of(said)? }),
        AboutRow::More => json_of(said)?,
    })
}

fn json_of(said: &str) -> Result<Value, Vec<SpreadsheetProblem>> {
    more::read(said).ok_or_else(|| {
        vec![SpreadsheetProblem::NotAnEntry {
            found: said.chars().take(60).collect(),
            expected: "it was written by this library, or leave the row out",
        }]
    })
}
