//! Spreadsheets: nothing is lost in any language or form, faults name row and column, and what people type is understood.

use std::collections::BTreeSet;

use customer_journey::Journey;
use customer_journey::formats::spreadsheet::{
    Cell, Column, Sheet, SpreadsheetOptions, SpreadsheetRead, pick_lists, template,
};
use customer_journey::language::Language;
use proptest::prelude::*;

use crate::arb;
use crate::steady::cases;

mod faults;
mod silent;
mod table;
mod typed;
mod workshops;

/// Reads text that must be a journey.
fn read(text: &str) -> SpreadsheetRead {
    let sheet = Sheet::from_text("", text).unwrap();
    let read = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
    read.unwrap_or_else(|error| panic!("{error}"))
}

/// What is said of text that is no journey.
fn refused(text: &str) -> String {
    let sheet = Sheet::from_text("", text).unwrap();
    let refused = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
    refused.unwrap_err().to_string()
}

fn same(journey: &Journey, again: Result<SpreadsheetRead, impl std::fmt::Display>, how: &str) {
    match again {
        Ok(again) => assert_eq!(&again.journey, journey, "{how}"),
        Err(error) => panic!("{how}: {error}"),
    }
}

/// A language that a caller brings: what it lacks is English, and some of its words are those of others.
fn brought() -> Language {
    let mut deutsch = Language::new("de", "Deutsch");
    deutsch.decimal_comma = true;
    for (key, word) in [
        ("phase.before", "vorher"),
        ("column.name", "Name"),
        ("column.phase", "Phase"),
        ("column.channel", "Kanal"),
        ("column.emotion", "Gefühl"),
        ("column.next", "weiter zu"),
        ("channel.post", "Brief"),
        ("outcome.churn", "Kündigung"),
        ("word.after", "nach"),
        ("unit.day", "Tag"),
    ] {
        deutsch.words.insert(key.into(), vec![word.into()]);
    }
    deutsch
        .feelings
        .insert(customer_journey::Feeling::Anger, "Wut".into());
    deutsch
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn nothing_is_lost_in_any_language(journey in arb::journey()) {
        for language in Language::all().into_iter().chain([brought()]) {
            let options = SpreadsheetOptions::new().language(language.clone());
            let sheet = journey.to_spreadsheet(&language);
            same(&journey, Journey::from_spreadsheet(std::slice::from_ref(&sheet), &options), &language.name);
            for delimiter in [',', ';', '\t'] {
                let text = sheet.to_text_with(delimiter, &language);
                let sheet = Sheet::from_text("", &text).unwrap();
                same(&journey, Journey::from_spreadsheet(&[sheet], &options), &text);
            }
        }
    }

    #[test]
    fn any_cells_come_back_from_text(rows in prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..5)) {
        let sheet = Sheet::new("", rows);
        let text = sheet.to_text(&Language::english());
        let again = Sheet::with_delimiter("", &text, ',').unwrap();
        for (row, read) in sheet.rows.iter().zip(&again.rows) {
            prop_assert_eq!(row, read);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(name|phase|channel|next|[,;\"'\n\t0-9%. a-z\\\\{}]){0,60}") {
        if let Ok(sheet) = Sheet::from_text("", &text) {
            let _ = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
        }
    }

    #[test]
    fn no_cell_makes_the_reader_panic(cells in prop::collection::vec("\\PC{0,24}|[a-z0-9;%(),. \"]{0,24}", 8)) {
        let headings = "id,name,phase,channel,feeling,next,ends,figures";
        let headings = headings.split(',').map(Cell::from).collect();
        let sheet = Sheet::new("", vec![headings, cells.into_iter().map(Cell::from).collect()]);
        let _ = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
    }
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any::<String>()
            .prop_filter("something", |text| !text.is_empty()
                && !text.starts_with('\u{feff}'))
            .prop_map(Cell::Text),
        "[-=+@']{1,3}[a-z0-9\"]{0,3}".prop_map(Cell::Text),
    ]
}

#[test]
fn the_template_is_a_journey_in_every_language() {
    let english = read(&template(&Language::english()).to_text(&Language::english()));
    assert!(english.notes.is_empty(), "{:?}", english.notes);
    assert!(english.journey.warnings().is_empty());
    assert!(english.journey.flow().is_ok());
    for language in Language::all() {
        let sheet = template(&language);
        let text = sheet.to_text(&language);
        let again = read(&text);
        assert_eq!(again.language, language.tag);
        // The same map, told in other words, the ids too.
        let words = |journey: &Journey| {
            let words = journey
                .touchpoints()
                .flat_map(|at| [Some(at.id.clone()), at.name.clone()]);
            words.flatten().collect::<BTreeSet<_>>()
        };
        let common: Vec<String> = words(&again.journey)
            .intersection(&words(&english.journey))
            .cloned()
            .collect();
        assert!(language.tag == "en" || common.is_empty(), "{common:?}");
        // Everything that a sheet can say of a touchpoint has its column, and of the journey its row.
        for column in Column::ALL {
            use Column::{Frame, More, Order, Text};
            if !matches!(column, Order | More | Frame | Text) {
                let heading = language
                    .word(&format!("column.{}", column.as_str()))
                    .to_owned();
                let has = sheet
                    .rows
                    .iter()
                    .flatten()
                    .any(|cell| *cell == Cell::Text(heading.clone()));
                assert!(has, "{heading}");
            }
        }
        assert!(again.journey.currency().is_some() && again.journey.notes().is_some());
        assert_eq!(again.journey.values(), english.journey.values());
        let feelings = |journey: &Journey| {
            journey
                .touchpoints()
                .map(|at| at.emotion.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(feelings(&again.journey), feelings(&english.journey));
    }
}

#[test]
fn every_word_that_can_be_picked_is_read() {
    for language in Language::all() {
        for (column, words) in pick_lists(&language) {
            for word in words {
                let heading = language
                    .word(&format!("column.{}", column.as_str()))
                    .to_owned();
                let mut rows = vec![vec![], vec![]];
                for (key, said) in [
                    ("name", "a"),
                    ("phase", language.word("phase.before")),
                    ("channel", "web"),
                ] {
                    if key != column.as_str() {
                        rows[0].push(Cell::from(language.word(&format!("column.{key}"))));
                        rows[1].push(Cell::from(said));
                    }
                }
                rows[0].push(Cell::from(heading.as_str()));
                rows[1].push(Cell::from(word.as_str()));
                let read = Journey::from_spreadsheet(
                    &[Sheet::new("", rows)],
                    &SpreadsheetOptions::new().language(language.clone()),
                );
                assert!(read.is_ok(), "{heading}: {word}: {}", read.unwrap_err());
            }
        }
    }
}

#[test]
fn long_texts_go_on_in_further_cells() {
    use customer_journey::{Channel, Phase, Touchpoint};
    let long = format!("{} end", "a story  of 32,000 words\n".repeat(4_000));
    let journey = Journey::builder("long")
        .notes(long.as_str())
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).notes(long.as_str()))
        .touchpoint(Touchpoint::new("b", Phase::During, Channel::Web).notes("short"))
        .build()
        .unwrap();
    let sheet = journey.to_spreadsheet(&Language::english());
    let longest = sheet.rows.iter().flatten().map(|cell| match cell {
        Cell::Text(text) => text.encode_utf16().count(),
        _ => 0,
    });
    assert!(longest.max().unwrap() <= 32_767);
    same(
        &journey,
        Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new()),
        "long",
    );
}

/// The words to pick from stand under the headings of a journey, and are none; another journey in the workbook is told.
#[test]
fn the_sheet_of_words_is_no_second_journey() {
    for language in Language::all() {
        let lists = pick_lists(&language);
        let heading = |column: &str| language.word(&format!("column.{column}")).to_owned();
        let headings = lists
            .iter()
            .map(|(column, _)| Cell::Text(heading(column.as_str())));
        let first = lists.iter().map(|(_, words)| Cell::Text(words[0].clone()));
        let rows = vec![headings.collect(), first.collect()];
        let words = Sheet::new(language.word("Words"), rows);
        let read = |second: Sheet| {
            let sheets = [template(&language), second];
            Journey::from_spreadsheet(&sheets, &SpreadsheetOptions::new())
                .unwrap()
                .notes
        };
        let told: Vec<_> = read(words).iter().map(ToString::to_string).collect();
        assert_eq!(told, [""; 0]);
        let mut other = template(&language);
        other.name = "autumn".to_owned();
        assert!(
            read(other)[0]
                .to_string()
                .contains("\"autumn\" looks like a journey too")
        );
    }
}
