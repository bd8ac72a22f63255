//! A table as texts: its header and its rows, with their lines.

use customer_journey::CsvOptions;
use customer_journey::events::{CsvError, CsvField, CsvPlan, TextEncoding};

use super::super::letters::of_windows;
use super::{Misshapen, OF_EVENTS};

/// A table with a row a case, or a row a path.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) headers: Vec<String>,
    /// Each row with its line.
    pub(super) rows: Vec<(u64, Vec<String>)>,
    /// By column: whether it holds times.
    pub(super) times: Vec<bool>,
    /// The column that names cases.
    pub(super) case: Option<usize>,
}

impl Texts {
    /// Reads a table of which no column names touchpoints.
    pub(super) fn read(bytes: &[u8], options: &CsvOptions) -> Result<Self, Misshapen> {
        let headers = headers(bytes, options)?;
        let mut options = options.clone();
        for field in OF_EVENTS {
            options = options.without(field);
        }
        // Any column stands in for the touchpoints, one after the other, so that each is looked at.
        let plans = |options: &CsvOptions| -> Vec<Result<CsvPlan, CsvError>> {
            let named = headers.iter().filter(|header| !header.is_empty());
            named
                .map(|header| {
                    options
                        .clone()
                        .column(CsvField::Touchpoint, header)
                        .plan(bytes)
                })
                .collect()
        };
        let mut found = plans(&options);
        let mut case = true;
        if found.iter().all(names_no_journey) {
            // A row is a journey whatever it is called.
            let persons = found.iter().find_map(|plan| match plan {
                Err(CsvError::NoColumn { persons, .. }) => persons.first(),
                _ => None,
            });
            case = persons.is_some();
            let name = persons.map_or_else(|| first(&headers), String::as_str);
            options = options.column(CsvField::Journey, name);
            found = plans(&options);
        }
        let mut times = vec![false; headers.len()];
        let (mut plan, mut failed): (Option<CsvPlan>, _) = (None, CsvError::NoHeader);
        for found in found {
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    failed = error;
                    continue;
                }
            };
            for unused in &found.unused {
                if let Some(holds) = times.get_mut(unused.column - 1) {
                    *holds |= unused.times;
                }
            }
            if plan
                .as_ref()
                .is_none_or(|known| known.fields.len() < found.fields.len())
            {
                plan = Some(found);
            }
        }
        let plan = plan.ok_or(failed)?;
        let rows = rows(bytes, &plan, headers.len());
        Ok(Self {
            headers,
            rows,
            case: case.then(|| fed(&plan, CsvField::Journey)).flatten(),
            times,
        })
    }

    /// The column with this header: letter by letter, or else but for capitals and blanks.
    pub(super) fn column(&self, header: &str) -> Option<usize> {
        let find = |is: &dyn Fn(&str) -> bool| self.headers.iter().position(|known| is(known));
        find(&|known| known == header.trim()).or_else(|| find(&|known| alike(known, header)))
    }

    /// The cells of a column that say something.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |(_, row)| row.get(column));
        cells.map(String::as_str).filter(|cell| !is_nothing(cell))
    }
}

/// Whether no column names journeys.
fn names_no_journey(plan: &Result<CsvPlan, CsvError>) -> bool {
    let journey = CsvField::Journey;
    match plan {
        Err(CsvError::NoColumn { field, .. }) => *field == journey,
        Err(CsvError::Paths { .. } | CsvError::Wide { .. }) => true,
        _ => false,
    }
}

fn fed(plan: &CsvPlan, field: CsvField) -> Option<usize> {
    let fed = plan.fields.iter().find(|fed| fed.field == field)?;
    Some(fed.column - 1)
}

fn first(headers: &[String]) -> &str {
    let named = headers.iter().find(|header| !header.is_empty());
    named.map_or("", String::as_str)
}

/// The headers of a table.
pub(super) fn headers(bytes: &[u8], options: &CsvOptions) -> Result<Vec<String>, Misshapen> {
    // No column is called so: the answer names those that there are.
    let asked = options.clone().column(CsvField::Touchpoint, "\u{1}");
    match asked.plan(bytes) {
        Err(CsvError::UnknownColumn {
            headers, header, ..
        }) if header == "\u{1}" => Ok(headers),
        Err(error) => Err(error.into()),
        Ok(plan) => Ok(plan.fields.into_iter().map(|fed| fed.header).collect()),
    }
}

fn rows(bytes: &[u8], plan: &CsvPlan, width: usize) -> Vec<(u64, Vec<String>)> {
    let text = decoded(bytes, plan);
    let before = usize::try_from(plan.header_line - 1).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(plan.delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.get(start..).unwrap_or_default().as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    // The text is in memory and is text: nothing can fail.
    for record in reader.records().flatten().skip(1 + plan.label_rows) {
        // Blank lines before a record belong to it.
        let at = record.position().map_or(0, csv::Position::byte);
        let at = start + usize::try_from(at).unwrap_or(0);
        let blank = text.get(at..).unwrap_or_default();
        let at = at + blank.len() - blank.trim_start_matches(['\n', '\r']).len();
        let passed = text.get(counted..at).unwrap_or_default();
        line += passed.bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted = at;
        let mut row: Vec<String> = record.iter().map(str::to_owned).collect();
        if row.iter().any(|cell| !cell.is_empty()) {
            row.resize(width, String::new());
            rows.push((line, row));
        }
    }
    rows
}

fn decoded(bytes: &[u8], plan: &CsvPlan) -> String {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let mut text = match plan.encoding {
        TextEncoding::Utf16Le => wide(u16::from_le_bytes),
        TextEncoding::Utf16Be => wide(u16::from_be_bytes),
        TextEncoding::Windows1252 => of_windows(bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    if plan.carriage_returns {
        text = text.replace('\r', "\n");
    }
    text.strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text)
}

/// Whether two headers are one but for capitals and what stands between words.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b)
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_nothing(cell: &str) -> bool {
    const WORDS: [&str; 13] = [
        "",
        "na",
        "n/a",
        "#n/a",
        "<na>",
        "null",
        "(null)",
        "nil",
        "nan",
        "\\n",
        "-",
        "none",
        "(not set)",
    ];
    WORDS.contains(&cell.trim().to_lowercase().as_str())
}

/// Writes cells as a row of a table.
pub(super) fn write_row<'a>(table: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            table.push(b',');
        }
        // A row is a line, so that lines tell rows.
        let cell = cell.replace(['\n', '\r'], " ");
        if cell.contains([',', '"']) {
            table.push(b'"');
            table.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            table.push(b'"');
        } else {
            table.extend_from_slice(cell.as_bytes());
        }
    }
    table.push(b'\n');
}
