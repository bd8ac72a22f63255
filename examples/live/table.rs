//! The table of a map: a spreadsheet by its columns, every cell as it was typed.

use std::collections::BTreeMap;

use customer_journey::Journey;
use customer_journey::formats::spreadsheet::{
    Column, SheetTable, SpreadsheetError, SpreadsheetOptions, SpreadsheetRead, TablePlace,
};
use customer_journey::language::Language;
use serde_json::{Value, json};

/// The language of a tag; English where the library does not know it.
pub(super) fn language(tag: &str) -> Language {
    Language::named(tag).unwrap_or_default()
}

fn options(language: &Language) -> SpreadsheetOptions {
    SpreadsheetOptions::new().language(language.clone())
}

/// The table of a journey, in the words of a language.
pub(super) fn of_journey(journey: &Journey, language: &Language) -> Result<SheetTable, String> {
    let sheet = journey.to_spreadsheet(language);
    SheetTable::of(&[sheet], &options(language)).map_err(|error| error.to_string())
}

/// Whether a row was only begun: it says a phase and a channel at most, as a new one does.
pub(super) fn is_begun(row: &BTreeMap<Column, String>) -> bool {
    let mut said = row.iter().filter(|(_, said)| !said.trim().is_empty());
    said.all(|(column, _)| matches!(column, Column::Phase | Column::Channel))
}

/// The journey that a table says. Rows that were only begun are none.
pub(super) fn read(table: &SheetTable) -> Result<SpreadsheetRead, SpreadsheetError> {
    let language = language(&table.language);
    let mut told = table.clone();
    for row in told.rows.iter_mut().filter(|row| is_begun(row)) {
        row.clear();
    }
    Journey::from_spreadsheet(&[told.sheet(&language)], &options(&language))
}

/// The same table in another language, if it can be read; as it is otherwise.
pub(super) fn spoken(table: SheetTable, language: &Language) -> SheetTable {
    if table.language == language.tag {
        return table;
    }
    if table.rows.is_empty() {
        return SheetTable::of(&[table.sheet(language)], &options(language)).unwrap_or(table);
    }
    let read = read(&table).ok();
    let told = read.and_then(|read| of_journey(&read.journey, language).ok());
    told.unwrap_or(table)
}

/// A place of a table, with what is to be said about it.
pub(super) fn beside(place: TablePlace, told: &str) -> Value {
    match place {
        TablePlace::Cell { row, column } => json!({ "row": row, "column": column, "told": told }),
        TablePlace::About(about) => json!({ "about": about, "told": told }),
        _ => json!({ "told": told }),
    }
}
