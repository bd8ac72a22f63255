//! Files that somebody dropped, and templates, as tables.

use customer_journey::events::TallyOptions;
use customer_journey::formats::MermaidOptions;
use customer_journey::journey::JsonSlip;
use customer_journey::{Channel, CsvOptions, EventLog, Journey, LearnOptions, Phase};
use serde_json::{Value, json};

use super::draw::table;
use super::feeling;
use super::refused;
use super::request::{Row, Table, Template};
use super::row::COLUMNS;

/// The words that people may type, to choose from, those of feelings by language; other channels than these are as good.
pub(super) fn words() -> Value {
    let phases: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
    let channels: Vec<&str> = Channel::KNOWN.iter().map(Channel::as_str).collect();
    json!({ "feelings": feeling::words(), "phases": phases, "channels": channels })
}

/// A table to begin with.
pub(super) fn template(template: Template) -> Value {
    let text = match template {
        Template::Empty => r#"{ "touchpoints": [] }"#,
        Template::Map => include_str!("../journey/templates/map.json"),
        Template::Service => include_str!("../journey/templates/service.json"),
    };
    text_of_document(text)
}

/// A file: a document, a Mermaid diagram, a table with a row a touchpoint, or a table of events.
pub(super) fn text(name: &str, text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    let is_diagram = |line: &str| line.trim().to_lowercase().starts_with("journey");
    if start.starts_with(['{', '[']) {
        text_of_document(text)
    } else if name.to_lowercase().ends_with(".csv") || name.to_lowercase().ends_with(".tsv") {
        match rows(text) {
            Some(table) => json!({ "table": table, "notes": [] }),
            None => events(text),
        }
    } else if start.starts_with("```") || text.lines().any(is_diagram) {
        diagram(text)
    } else {
        text_of_document(text)
    }
}

fn text_of_document(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(document) if document.is_object() => {
            json!({ "table": table(&document), "notes": [] })
        }
        Ok(_) => refused("a map is an object: { \"format\": \"customer-journey/1\", ... }"),
        Err(error) => match JsonSlip::find(text, error.line(), error.column()) {
            Some(slip) => refused(slip),
            None => refused(error),
        },
    }
}

fn diagram(text: &str) -> Value {
    let options = MermaidOptions::new().lenient().phases_by_position();
    match Journey::from_mermaid(text, &options) {
        Ok(read) => {
            let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
            opened(&read.journey, &notes)
        }
        Err(error) => refused(error),
    }
}

/// A journey learned from a table of events, whose columns are found by their headers.
fn events(text: &str) -> Value {
    let mut log = EventLog::new(TallyOptions::new());
    let learned = log
        .read_csv(text.as_bytes(), &CsvOptions::new())
        .map_err(|error| error.to_string())
        .and_then(|_| {
            let options = LearnOptions::new();
            log.learn(&options).map_err(|error| error.to_string())
        });
    match learned {
        Ok(learned) => opened(&learned.journey, &[]),
        Err(error) => refused(error),
    }
}

fn opened(journey: &Journey, notes: &[String]) -> Value {
    match serde_json::to_value(journey) {
        Ok(document) => json!({ "table": table(&document), "notes": notes }),
        Err(error) => refused(error),
    }
}

/// A table whose header has the names of the columns here; `None` if it is another one.
fn rows(text: &str) -> Option<Table> {
    let header = text.lines().next()?;
    let between = [b',', b';', b'\t'];
    let count = |between: &u8| header.bytes().filter(|byte| byte == between).count();
    let delimiter = between.into_iter().max_by_key(count)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let known = |cell: &str| {
        let word = cell.trim().to_lowercase().replace(' ', "_");
        COLUMNS.iter().find(|column| **column == word).copied()
    };
    let columns: Vec<Option<&str>> = reader.headers().ok()?.iter().map(known).collect();
    let has = |column| columns.contains(&Some(column));
    if !(has("name") && has("phase")) {
        return None;
    }
    let mut table = Table::default();
    for record in reader.records() {
        let record = record.ok()?;
        let mut row = Row::default();
        for (column, cell) in columns.iter().zip(&record) {
            if let Some(column) = column {
                row.cells.insert((*column).to_owned(), cell.to_owned());
            }
        }
        table.rows.push(row);
    }
    Some(table)
}
