//! A sheet taken apart by its columns says what the sheet says, and each fault finds its cell.

use std::collections::BTreeMap;

use customer_journey::formats::spreadsheet::{AboutRow, Column, SheetTable, TablePlace};

use super::*;

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn nothing_is_lost_by_taking_a_sheet_apart(journey in arb::journey()) {
        for language in Language::all().into_iter().chain([brought()]) {
            let options = SpreadsheetOptions::new().language(language.clone());
            let table = SheetTable::of(&[journey.to_spreadsheet(&language)], &options).unwrap();
            prop_assert!(table.notes.is_empty());
            // As a program keeps it.
            let kept = serde_json::to_string(&table).unwrap();
            let table: SheetTable = serde_json::from_str(&kept).unwrap();
            same(&journey, Journey::from_spreadsheet(&[table.sheet(&language)], &options), &language.name);
        }
    }
}

/// The table of a text.
fn apart(text: &str) -> SheetTable {
    let sheet = Sheet::from_text("", text).unwrap();
    SheetTable::of(&[sheet], &SpreadsheetOptions::new()).unwrap()
}

fn places(table: &SheetTable) -> Vec<TablePlace> {
    let language = Language::named(&table.language).unwrap();
    let sheet = table.sheet(&language);
    let refused = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
    let faults = refused.unwrap_err().faults().to_vec();
    faults
        .iter()
        .map(|fault| table.place(fault, &language))
        .collect()
}

#[test]
fn each_fault_finds_its_cell_in_any_language() {
    let text = "type;ukjent slag\n\nfølelse;kanal;navn;fase;neste;holdt\nhåpp;nett;Bestiller;før;Ventar;\n;;;;;\nro;;Venter;under;;50 %\n";
    let table = apart(text);
    assert_eq!(table.language, "nb");
    // A blank row is none.
    assert_eq!(table.rows.len(), 2);
    let cell = |row, column| TablePlace::Cell {
        row,
        column: Some(column),
    };
    assert_eq!(
        places(&table),
        [
            TablePlace::About(AboutRow::Kind),
            cell(0, Column::Emotion),
            cell(0, Column::Next),
            cell(1, Column::Channel),
            cell(1, Column::Promise),
        ]
    );
}

#[test]
fn a_blank_row_that_somebody_typed_keeps_the_places_below_it() {
    let mut table = apart("name,phase,channel\nOrders,before,web\nWaits,durin,post\n");
    table.rows.insert(1, BTreeMap::default());
    let place = TablePlace::Cell {
        row: 2,
        column: Some(Column::Phase),
    };
    assert_eq!(places(&table), [place]);
}

#[test]
fn a_column_for_ways_that_says_nothing_is_no_missing_one() {
    let with = apart(
        "name,phase,channel,next,ends\nOrders,before,web,,churn\nWaits,during,post,,loyalty\n",
    );
    let read = |table: &SheetTable| {
        let sheet = table.sheet(&Language::english());
        let read = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
        read.unwrap().journey.transitions().count()
    };
    assert_eq!(read(&with), 0);
    let without = apart("name,phase,channel\nOrders,before,web\nWaits,during,post\n");
    assert_eq!(read(&without), 1);
}

#[test]
fn what_a_table_leaves_out_is_told() {
    let table = apart("Budget,lots\nname,phase,channel,colour\nOrders,before,web,red\n");
    let told: Vec<String> = table.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "row 1: \"Budget\" says nothing known about the journey; the row was left out",
            "row 2, colour: this column is not known and was left out",
        ]
    );
}
