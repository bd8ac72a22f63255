//! Cells and sheets as any spreadsheet has them, and a sheet as text.

use super::error::{SpreadsheetError, SpreadsheetProblem};
use super::header::Headings;
use super::written::number;
use crate::language::Language;

/// A cell: nothing, text, or a number.
///
/// Dates, true and false are text to a journey: hand them over as they are written.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing is in it.
    #[default]
    Empty,
    /// What somebody wrote.
    Text(String),
    /// A number; finite.
    Number(f64),
}

impl Cell {
    /// Whether nothing is in it but blanks.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) => false,
        }
    }

    /// What it says, as text.
    pub(super) fn said(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(value) => number::written(*value, false),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

/// A sheet: its name and its rows of cells, the first row first. Rows may have different lengths.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Sheet {
    /// Its name; faults name it where there are several.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// What parts cells in the text that people save a sheet as.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

impl Sheet {
    /// A sheet of these rows.
    #[must_use]
    pub fn new(name: impl Into<String>, rows: Vec<Vec<Cell>>) -> Self {
        Self {
            name: name.into(),
            rows,
        }
    }

    /// Reads a sheet from text whose cells are parted by commas, semicolons or tabs, as spreadsheets save it: whichever of them parts
    /// the headings of a journey. Cells in quotation marks may hold all three, line breaks, and doubled quotation marks.
    ///
    /// ```
    /// use customer_journey::formats::spreadsheet::Sheet;
    /// let sheet = Sheet::from_text("plan", "name;phase;channel\nOrders;before;web\n")?;
    /// assert_eq!(sheet.rows[1].len(), 3);
    /// # Ok::<(), customer_journey::formats::spreadsheet::SpreadsheetError>(())
    /// ```
    ///
    /// # Errors
    /// A quotation mark that opens a cell and is never closed.
    pub fn from_text(name: impl Into<String>, text: &str) -> Result<Self, SpreadsheetError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.split(['\r', '\n']).next().unwrap_or_default();
        let stated = first.trim_matches('"').strip_prefix("sep=");
        if let Some(delimiter) = stated.and_then(|stated| stated.chars().next()) {
            let rest = text.get(first.len()..).unwrap_or_default();
            return Self::with_delimiter(name, rest, delimiter);
        }
        let name = name.into();
        let headings = Headings::of(&Language::all());
        let mut best: Option<(usize, Result<Self, SpreadsheetError>)> = None;
        for delimiter in DELIMITERS {
            let read = Self::with_delimiter(name.as_str(), text, delimiter);
            let found = read.as_ref().map_or(0, |sheet| headings.recognised(sheet));
            if best.as_ref().is_none_or(|(most, _)| found > *most) {
                best = Some((found, read));
            }
        }
        best.map_or_else(|| Ok(Self::new(name, Vec::new())), |(_, read)| read)
    }

    /// The same with a delimiter that is known.
    ///
    /// # Errors
    /// A quotation mark that opens a cell and is never closed.
    pub fn with_delimiter(
        name: impl Into<String>,
        text: &str,
        delimiter: char,
    ) -> Result<Self, SpreadsheetError> {
        let name = name.into();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rows = vec![Vec::new()];
        let mut letters = text.chars().peekable();
        loop {
            let Some((cell, ends)) = cell(&mut letters, delimiter) else {
                let row = rows.len();
                let problem = SpreadsheetProblem::OpenQuote;
                return Err(SpreadsheetError::one(&name, Some(row), None, problem));
            };
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            match ends {
                CellEnd::Cell => {}
                CellEnd::Row => rows.push(Vec::new()),
                CellEnd::Text => break,
            }
        }
        Ok(Self { name, rows })
    }

    /// Whether one of its first rows has the headings of a journey, in one of the languages that the library speaks.
    #[must_use]
    pub fn has_headings(&self) -> bool {
        Headings::of(&Language::all()).find(self).is_some()
    }

    /// The sheet as text for spreadsheets, with the mark that tells them that it is UTF-8: commas between the cells and a decimal
    /// point, or semicolons and a decimal comma where the language has one. Text that a spreadsheet would take for a formula gets an
    /// apostrophe before it, which [`Sheet::from_text`] takes away.
    #[must_use]
    pub fn to_text(&self, language: &Language) -> String {
        let delimiter = if language.decimal_comma { ';' } else { ',' };
        self.to_text_with(delimiter, language)
    }

    /// The same with another delimiter: a comma, a semicolon or a tab.
    #[must_use]
    pub fn to_text_with(&self, delimiter: char, language: &Language) -> String {
        let mut out = String::from('\u{feff}');
        for row in &self.rows {
            for (number, cell) in row.iter().enumerate() {
                if number > 0 {
                    out.push(delimiter);
                }
                match cell {
                    Cell::Empty => {}
                    Cell::Number(value) => {
                        let written = number::written(*value, language.decimal_comma);
                        push_quoted(&mut out, &written);
                    }
                    Cell::Text(text) if is_like_a_formula(text) => {
                        push_quoted(&mut out, &format!("'{text}"));
                    }
                    Cell::Text(text) => push_quoted(&mut out, text),
                }
            }
            out.push_str("\r\n");
        }
        out
    }
}

/// Text that begins as a formula does, or as one that is made harmless does.
fn is_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

fn push_quoted(out: &mut String, text: &str) {
    if !text.contains(['"', ',', ';', '\t', '\n', '\r']) {
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// What follows a cell.
enum CellEnd {
    Cell,
    Row,
    Text,
}

/// The next cell; `None` where a quotation mark is never closed.
fn cell(
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    delimiter: char,
) -> Option<(Cell, CellEnd)> {
    let mut text = String::new();
    if letters.peek() == Some(&'"') {
        letters.next();
        loop {
            match letters.next()? {
                '"' if letters.peek() == Some(&'"') => {
                    letters.next();
                    text.push('"');
                }
                '"' => break,
                letter => text.push(letter),
            }
        }
    }
    let ends = loop {
        match letters.next() {
            None => break CellEnd::Text,
            Some(letter) if letter == delimiter => break CellEnd::Cell,
            Some('\r') if letters.peek() == Some(&'\n') => {}
            Some('\n' | '\r') => break CellEnd::Row,
            Some(letter) => text.push(letter),
        }
    };
    if text.starts_with('\'') && is_like_a_formula(&text) {
        text.remove(0);
    }
    let cell = if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text)
    };
    Some((cell, ends))
}
