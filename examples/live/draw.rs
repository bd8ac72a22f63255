//! The map of a table, and what is wrong in which of its cells.

use customer_journey::formats::spreadsheet::SheetTable;
use customer_journey::render::Preset;
use serde_json::{Value, json};

use super::table::{beside, is_begun, language, read};

/// The map that a table draws, as far as it draws one, in the language of the page.
pub(super) fn drawn(table: &SheetTable, width: u16, lang: &str) -> Value {
    let own = language(&table.language);
    if table.rows.iter().all(is_begun) {
        return json!({ "problems": [], "document": null, "notes": [] });
    }
    let read = match read(table) {
        Ok(read) => read,
        Err(error) => {
            let faults = error.faults().iter();
            let told =
                faults.map(|fault| beside(table.place(fault, &own), &fault.problem.to_string()));
            let told: Vec<Value> = told.collect();
            return json!({ "problems": told, "document": null, "notes": [] });
        }
    };
    let journey = read.journey;
    let notes = read.notes.iter();
    let notes =
        notes.map(|note| beside(table.place_of_note(note, &own), &note.finding.to_string()));
    let warnings = journey.warnings();
    let warnings = warnings
        .iter()
        .map(|warning| json!({ "told": warning.to_string() }));
    let notes: Vec<Value> = notes.chain(warnings).collect();
    let flow = journey.flow();
    let map = flow.as_ref().ok().map(|flow| {
        let picture = flow.svg().preset(Preset::Overview).width(width.max(320));
        let picture = picture.language(language(lang));
        picture.id_prefix("drawn").to_string()
    });
    json!({
        "problems": [],
        "document": journey,
        "map": map,
        "no_flow": flow.err().map(|error| error.to_string()),
        "notes": notes,
    })
}
