//! Files that somebody dropped, and templates, as tables.

use std::collections::BTreeMap;

use customer_journey::events::TallyOptions;
use customer_journey::formats::MermaidOptions;
use customer_journey::formats::spreadsheet::{
    Cell, Column, Sheet, SheetTable, SpreadsheetOptions, pick_lists, template,
};
use customer_journey::language::Language;
use customer_journey::{CsvOptions, EventLog, Journey, LearnOptions};
use serde_json::{Value, json};

use super::feeling;
use super::refused;
use super::request::{Grid, GridCell, Template};
use super::table::{language, of_journey, spoken};

/// By language, the words that people may type to choose from, and the headings of the columns; other channels and endings than these
/// are as good.
pub(super) fn words() -> Value {
    let languages = Language::all().into_iter();
    let words = languages.map(|language| {
        let mut lists: BTreeMap<Column, Vec<String>> = pick_lists(&language).into_iter().collect();
        lists.insert(Column::Emotion, feeling::words(&language));
        lists.insert(Column::EmotionWhenBroken, feeling::words(&language));
        lists.insert(Column::Intended, feeling::words(&language));
        let heading = |column: &Column| {
            let key = format!("column.{column}");
            (*column, language.word(&key).to_owned())
        };
        let headings: BTreeMap<Column, String> = COLUMNS.iter().map(heading).collect();
        let known = json!({ "lists": lists, "headings": headings });
        (language.tag.to_string(), known)
    });
    let words: BTreeMap<String, Value> = words.collect();
    json!({ "columns": COLUMNS, "languages": words })
}

/// The columns in the order in which they are shown: those first that most maps need.
const COLUMNS: &[Column] = &[
    Column::Id,
    Column::Name,
    Column::Phase,
    Column::Channel,
    Column::Emotion,
    Column::Next,
    Column::Ends,
    Column::Promise,
    Column::Kept,
    Column::Broken,
    Column::Unknown,
    Column::EmotionWhenBroken,
    Column::EmotionWhenUnknown,
    Column::Makes,
    Column::Need,
    Column::Does,
    Column::Quotes,
    Column::Says,
    Column::Backstage,
    Column::Can,
    Column::Owner,
    Column::Stage,
    Column::Intended,
    Column::Expected,
    Column::Starts,
    Column::Cost,
    Column::Ideas,
    Column::Figures,
    Column::Notes,
    Column::Evidence,
    Column::Image,
    Column::Order,
    Column::More,
];

/// A table to begin with.
pub(super) fn begun(chosen: Template, lang: &str) -> Value {
    let language = language(lang);
    let table = match chosen {
        Template::Empty => {
            let mut table = SheetTable::default();
            let word = |key| language.word(key).to_owned();
            table.language = language.tag.to_string();
            table.rows.push(BTreeMap::from([
                (Column::Phase, word("phase.before")),
                (Column::Channel, word("channel.web")),
            ]));
            Ok(table)
        }
        Template::Map => {
            let map = include_str!("../journey/templates/map.json");
            Journey::from_json(map)
                .map_err(|error| error.to_string())
                .and_then(|journey| of_journey(&journey, &language))
        }
        Template::Service => SheetTable::of(&[template(&language)], &SpreadsheetOptions::new())
            .map_err(|error| error.to_string()),
    };
    match table {
        Ok(table) => json!({ "table": table, "notes": [] }),
        Err(error) => refused(error),
    }
}

/// A file: a document, a spreadsheet as text, a Mermaid diagram, or a table of events.
pub(super) fn text(text: &str, lang: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    let is_diagram = |line: &str| line.trim().to_lowercase() == "journey";
    if start.starts_with(['{', '[']) {
        return match Journey::from_json(text) {
            Ok(journey) => opened(&journey, &[], lang),
            Err(error) => refused(error),
        };
    }
    let sheet = match Sheet::from_text("", text) {
        Ok(sheet) if !start.starts_with('`') && sheet.has_headings() => sheet,
        _ if start.starts_with("```") || text.lines().any(is_diagram) => {
            return diagram(text, lang);
        }
        _ => {
            return events(text, lang).unwrap_or_else(|error| {
                let first = "no row has the headings of a map (name, phase, channel), so this was read as a table of what happened:";
                refused(format!("{first} {error}"))
            });
        }
    };
    // Columns of what happened may have the names of those of a map, and no map says who came there when.
    events(text, lang).unwrap_or_else(|_| sheets(&[sheet], lang))
}

/// The sheets of a workbook.
pub(super) fn workbook(grids: Vec<Grid>, lang: &str) -> Value {
    let cell = |cell: GridCell| match cell {
        GridCell::Empty => Cell::Empty,
        GridCell::Number(value) => Cell::Number(value),
        GridCell::Text(text) => Cell::Text(text),
    };
    let row = |row: Vec<GridCell>| row.into_iter().map(cell).collect();
    let sheet = |grid: Grid| Sheet::new(grid.name, grid.rows.into_iter().map(row).collect());
    let all: Vec<Sheet> = grids.into_iter().map(sheet).collect();
    sheets(&all, lang)
}

fn options() -> SpreadsheetOptions {
    SpreadsheetOptions::new()
}

/// A spreadsheet: in the words of the page where it can be read, and otherwise as it stands, with what is wrong beside its cells.
fn sheets(sheets: &[Sheet], lang: &str) -> Value {
    let taken = SheetTable::of(sheets, &options());
    match (Journey::from_spreadsheet(sheets, &options()), taken) {
        (Ok(read), Ok(table)) => {
            let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
            if table.columns.contains(&Column::Frame) {
                return opened(&read.journey, &notes, lang);
            }
            json!({ "table": spoken(table, &language(lang)), "notes": notes })
        }
        (_, Ok(table)) => {
            let notes: Vec<String> = table.notes.iter().map(ToString::to_string).collect();
            json!({ "table": table, "notes": notes })
        }
        (_, Err(error)) => refused(error),
    }
}

fn diagram(text: &str, lang: &str) -> Value {
    let options = MermaidOptions::new().lenient().phases_by_position();
    match Journey::from_mermaid(text, &options) {
        Ok(read) => {
            let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
            opened(&read.journey, &notes, lang)
        }
        Err(error) => refused(error),
    }
}

/// A journey learned from a table of events, whose columns are found by their headers.
fn events(text: &str, lang: &str) -> Result<Value, String> {
    let mut log = EventLog::new(TallyOptions::new());
    log.read_csv(text.as_bytes(), &CsvOptions::new())
        .map_err(|error| error.to_string())?;
    let learned = log.learn(&LearnOptions::new());
    let learned = learned.map_err(|error| error.to_string())?;
    Ok(opened(&learned.journey, &[], lang))
}

fn opened(journey: &Journey, notes: &[String], lang: &str) -> Value {
    match of_journey(journey, &language(lang)) {
        Ok(table) => json!({ "table": table, "notes": notes }),
        Err(error) => refused(error),
    }
}
