//! A sheet by its columns, for programs in which people edit a journey cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::SpreadsheetOptions;
use super::about;
use super::error::{SpreadsheetError, SpreadsheetFault, SpreadsheetNote};
use super::header::{AboutRow, Column};
use super::read::with_reader;
use super::sheet::{Cell, Sheet};
use super::written::number;
use crate::language::Language;

/// A sheet taken apart: every cell as it was typed, whether or not it can be read.
///
/// A program in which people edit a map as a table keeps one of these, asks [`SheetTable::sheet`] for the sheet of it after each change,
/// and puts each fault beside its cell. What such a table understands in a cell is what a spreadsheet understands.
///
/// ```
/// use customer_journey::Journey;
/// use customer_journey::formats::spreadsheet::{Column, Sheet, SheetTable, SpreadsheetOptions, TablePlace};
/// use customer_journey::language::Language;
///
/// let sheet = Sheet::from_text("", "navn;fase;kanal;følelse\nBestiller;før;nett;håp\nVenter;under;post;sinnne\n")?;
/// let options = SpreadsheetOptions::new();
/// let mut table = SheetTable::of(&[sheet], &options)?;
/// assert_eq!(table.language, "nb");
///
/// let norsk = Language::norwegian();
/// let error = Journey::from_spreadsheet(&[table.sheet(&norsk)], &options).unwrap_err();
/// let place = table.place(&error.faults()[0], &norsk);
/// assert_eq!(place, TablePlace::Cell { row: 1, column: Some(Column::Emotion) });
///
/// table.rows[1].insert(Column::Emotion, "sinne".into());
/// assert!(Journey::from_spreadsheet(&[table.sheet(&norsk)], &options).is_ok());
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SheetTable {
    /// The tag of the language of its words, such as `nb`.
    pub language: String,
    /// What stands above the headings.
    #[serde(default)]
    pub about: BTreeMap<AboutRow, String>,
    /// The columns that it has, also where nothing stands in them. Without `next`, each touchpoint leads to the one below it.
    #[serde(default)]
    pub columns: BTreeSet<Column>,
    /// The rows below the headings; what is blank may be left out of a row.
    #[serde(default)]
    pub rows: Vec<BTreeMap<Column, String>>,
    /// What the sheet had besides and this table leaves out.
    #[serde(skip)]
    pub notes: Vec<SpreadsheetNote>,
}

/// Where in a [`SheetTable`] something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TablePlace {
    /// Above the headings.
    About(AboutRow),
    /// In a row below them, counted from 0.
    Cell {
        /// The row.
        row: usize,
        /// The column, if it is one of them that is wrong.
        column: Option<Column>,
    },
    /// In the table as a whole.
    Whole,
}

impl SheetTable {
    /// Takes the first sheet apart whose headings are those of a journey.
    ///
    /// # Errors
    /// No sheet has such headings, or two of them say the same.
    pub fn of(sheets: &[Sheet], options: &SpreadsheetOptions) -> Result<Self, SpreadsheetError> {
        with_reader(sheets, options, |reader| {
            let about = about::rows(reader).into_iter();
            let about = about.map(|(_, row, said)| (row, said)).collect();
            reader.check_headings();
            let comma = reader.spoken.language.decimal_comma;
            let typed = |cell: Cell| match cell {
                Cell::Number(value) => number::written(value, comma),
                other => other.said(),
            };
            let rows = reader.body().into_iter().map(|(_, cells)| {
                let cells = cells.into_iter();
                cells.map(|(column, cell)| (column, typed(cell))).collect()
            });
            let rows = rows.collect();
            let faults = std::mem::take(&mut reader.faults);
            if !faults.is_empty() {
                return Err(SpreadsheetError {
                    faults,
                    feelings: Vec::new(),
                });
            }
            let columns = reader.header.columns.iter();
            Ok(Self {
                language: reader.spoken.language.tag.to_string(),
                about,
                columns: columns.filter_map(|(column, _)| *column).collect(),
                rows,
                notes: std::mem::take(&mut reader.notes),
            })
        })?
    }

    /// The sheet of the table, with headings in the language of its words.
    #[must_use]
    pub fn sheet(&self, language: &Language) -> Sheet {
        let columns = self.all_columns();
        let above = self.above().map(|(row, said)| {
            let word = language.word(&row.key()).to_owned();
            vec![Cell::Text(word), Cell::Text(said.to_owned())]
        });
        let mut rows: Vec<Vec<Cell>> = above.collect();
        let heading = |column: &Column| Cell::Text(language.word(&column.key()).to_owned());
        rows.push(columns.iter().map(heading).collect());
        rows.extend(self.rows.iter().map(|row| {
            let cell = |column| row.get(column).map(|said| Cell::Text(said.clone()));
            let cells = columns
                .iter()
                .map(|column| cell(column).unwrap_or_default());
            cells.collect()
        }));
        Sheet::new(language.word("row.journey"), rows)
    }

    /// Where in the table a fault of its sheet is.
    #[must_use]
    pub fn place(&self, fault: &SpreadsheetFault, language: &Language) -> TablePlace {
        self.place_of(fault.row, fault.column.as_deref(), language)
    }

    /// Where in the table what is to be said about its sheet belongs.
    #[must_use]
    pub fn place_of_note(&self, note: &SpreadsheetNote, language: &Language) -> TablePlace {
        self.place_of(note.row, note.column.as_deref(), language)
    }

    fn place_of(
        &self,
        row: Option<usize>,
        column: Option<&str>,
        language: &Language,
    ) -> TablePlace {
        let Some(row) = row.and_then(|row| row.checked_sub(1)) else {
            return TablePlace::Whole;
        };
        if let Some((about, _)) = self.above().nth(row) {
            return TablePlace::About(about);
        }
        // The headings stand between what is above them and the first row.
        let Some(row) = row.checked_sub(self.above().count() + 1) else {
            return TablePlace::Whole;
        };
        let is_named = |known: &&Column| column == Some(language.word(&known.key()));
        TablePlace::Cell {
            row,
            column: Column::ALL.iter().find(is_named).copied(),
        }
    }

    fn above(&self) -> impl Iterator<Item = (AboutRow, &str)> {
        let above = self.about.iter().map(|(row, said)| (*row, said.as_str()));
        above.filter(|(_, said)| !said.trim().is_empty())
    }

    /// The columns that it has, those that somebody has typed in, and those without which no row is a touchpoint.
    fn all_columns(&self) -> BTreeSet<Column> {
        let typed = self.rows.iter().flatten();
        let typed = typed.filter(|(_, said)| !said.trim().is_empty());
        let mut columns = self.columns.clone();
        columns.extend(typed.map(|(column, _)| *column));
        if !columns.contains(&Column::Frame) {
            columns.extend([Column::Name, Column::Phase, Column::Channel]);
        }
        columns
    }
}
