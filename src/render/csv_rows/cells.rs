//! Cells and rows of a table, quoted and harmless.

use std::fmt::Debug;

/// What stands in one cell.
#[derive(Debug)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Flag(bool),
    /// What is not known, or does not apply.
    Empty,
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    fn written(self) -> String {
        match self {
            Self::Text(text) => quoted(harmless(text)),
            // As few digits as bring the same number back.
            Self::Number(number) if number.is_finite() => {
                let digits = format!("{number:?}");
                digits.strip_suffix(".0").unwrap_or(&digits).to_owned()
            }
            Self::Flag(flag) => flag.to_string(),
            Self::Number(_) | Self::Empty => String::new(),
        }
    }
}

/// Text that no spreadsheet takes for a formula: one that could be has an apostrophe before it. So has text that
/// begins with an apostrophe itself, so that taking one off always brings the text back.
fn harmless(text: String) -> String {
    let is_formula = |c: char| "=+-@'\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c);
    let blanks = |c: char| c.is_whitespace() || c.is_control();
    let starts_oddly = text.starts_with(['\t', '\r', '\n', '\0']);
    if starts_oddly || text.trim_start_matches(blanks).starts_with(is_formula) {
        format!("'{text}")
    } else {
        text
    }
}

fn quoted(text: String) -> String {
    // Some programs split at a semicolon or a tab, and some trim.
    let is_plain = !text.contains([',', '"', '\r', '\n', ';', '\t']) && text.trim() == text;
    if is_plain && !text.is_empty() {
        text
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    }
}

/// A table being written: a line of headings, and a line for each row.
#[derive(Debug)]
pub(super) struct Sheet(String);

impl Sheet {
    pub(super) fn new(headings: &[&str]) -> Self {
        Self(headings.join(",") + "\r\n")
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        self.0.push_str(&cells.map(Cell::written).join(","));
        self.0.push_str("\r\n");
    }

    pub(super) fn cells(&mut self, cells: impl Iterator<Item = Cell>) {
        let cells: Vec<String> = cells.map(Cell::written).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Adds a row of whatever can be a cell.
macro_rules! row {
    ($sheet:ident, $($cell:expr),+ $(,)?) => {
        $sheet.row([$($crate::render::csv_rows::cells::Cell::from($cell)),+])
    };
}
pub(super) use row;
