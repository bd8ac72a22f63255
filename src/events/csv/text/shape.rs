//! Where in a text the table stands: its delimiter, lines before the header, further header rows.

use super::row::Row;
use super::split::Rows;

/// How many rows are looked at for the shape.
const LOOKED_AT: usize = 200;
/// Delimiters that are recognised, the usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the table stands.
#[derive(Debug, Clone)]
pub(in crate::events::csv) struct Shape {
    pub(in crate::events::csv) delimiter: u8,
    /// Rows before the header: a statement of the delimiter, titles.
    pub(in crate::events::csv) before: Vec<String>,
    pub(in crate::events::csv) header: Vec<String>,
    /// The line of the header.
    pub(in crate::events::csv) line: u64,
    /// Rows below the header that describe its columns.
    pub(in crate::events::csv) labels: Vec<Vec<String>>,
    /// The first cell of each row stands before the first header, as R writes names of rows.
    pub(in crate::events::csv) row_names: bool,
    /// Another byte that stands in each line as often, where no delimiter is found.
    pub(in crate::events::csv) likely: Option<char>,
}

/// The rows of the beginning of a text, as texts.
pub(in crate::events::csv) fn rows_of(
    sample: &[u8],
    whole: bool,
    delimiter: u8,
    most: usize,
) -> Vec<(u64, Vec<String>)> {
    // The last row may be cut off.
    let end = if whole {
        sample.len()
    } else {
        sample
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1)
    };
    let sample = sample.get(..end).unwrap_or_default();
    let (found, faulty) = first_rows(sample, delimiter, most, 0);
    if !faulty {
        return found;
    }
    // A quote that is left open may have swallowed most of the sample: it ends with its line.
    let longest = found.iter().map(|(_, cells)| cells.len()).max();
    first_rows(sample, delimiter, most, longest.unwrap_or(0)).0
}

/// The first rows that are well formed, and whether others are not.
fn first_rows(
    sample: &[u8],
    delimiter: u8,
    most: usize,
    expected: usize,
) -> (Vec<(u64, Vec<String>)>, bool) {
    let mut rows = Rows::new(sample, delimiter);
    rows.suppose(expected);
    let (mut found, mut faulty) = (Vec::new(), false);
    while found.len() < most && rows.advance(64).is_ok() && !rows.batch().is_empty() {
        for &row in rows.batch() {
            match row.fault {
                None => found.push((row.line, texts(&rows, row))),
                Some(_) => faulty = true,
            }
        }
    }
    found.truncate(most);
    (found, faulty)
}

fn texts<R: std::io::Read>(rows: &Rows<R>, row: Row) -> Vec<String> {
    let cells = rows.cells(row);
    let text = |column| String::from_utf8_lossy(cells.cell(column)).into_owned();
    (0..row.len).map(text).collect()
}

impl Shape {
    /// Finds the table; `None` where there is no row at all. `labels` states how many rows describe the columns.
    pub(in crate::events::csv) fn of(
        sample: &[u8],
        whole: bool,
        stated: Option<u8>,
        skip: usize,
        labels: Option<usize>,
    ) -> Option<Self> {
        let line = sample
            .split(|&byte| byte == b'\n')
            .find(|line| !line.trim_ascii().is_empty());
        let says = line.and_then(says_delimiter);
        let (delimiter, likely) = match stated.or(says) {
            Some(delimiter) => (delimiter, None),
            None => delimiter_of(sample, whole),
        };
        let rows = rows_of(sample, whole, delimiter, LOOKED_AT);
        let width = usual_width(&rows);
        let trimmed: Vec<_> = rows
            .iter()
            .map(|(line, row)| (*line, without_blank_end(row)))
            .collect();
        let filled = usual_width(&trimmed);
        let says = usize::from(says.is_some());
        let mut first = skip.max(says).min(rows.len());
        if skip == 0 {
            while first + 1 < rows.len()
                && rows
                    .get(first)
                    .is_some_and(|(_, row)| is_title(row, filled))
            {
                first += 1;
            }
        }
        let (line, header) = rows.get(first)?.clone();
        let after = rows.get(first + 1..).unwrap_or_default();
        let number = labels.unwrap_or_else(|| labels_in(after));
        let labels = after.iter().take(number).map(|(_, row)| row.clone());
        let below = after.get(number..).unwrap_or_default();
        let row_names = header.len() + 1 == width && counts_up(below);
        Some(Self {
            delimiter,
            before: rows
                .iter()
                .take(first)
                .map(|(_, row)| {
                    row.join(&char::from(delimiter).to_string())
                        .trim()
                        .to_owned()
                })
                .collect(),
            line,
            labels: labels.collect(),
            row_names,
            header,
            likely,
        })
    }
}

/// `sep=;`, as Excel writes and reads it.
fn says_delimiter(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_end().trim_prefix_ascii();
    let (name, rest) = line.split_at_checked(4)?;
    match rest {
        _ if !name.eq_ignore_ascii_case(b"sep=") => None,
        [delimiter] => Some(*delimiter),
        // A tab at the end was taken for a blank.
        b"\\t" | [] => Some(b'\t'),
        _ => None,
    }
}

trait TrimPrefix {
    fn trim_prefix_ascii(&self) -> &[u8];
}

impl TrimPrefix for [u8] {
    /// Without the quotes that some programs put around the statement.
    fn trim_prefix_ascii(&self) -> &[u8] {
        let inner = self
            .strip_prefix(b"\"")
            .and_then(|line| line.strip_suffix(b"\""));
        inner.unwrap_or(self)
    }
}

/// The delimiter that splits most lines alike, and what may be one where none does.
fn delimiter_of(sample: &[u8], whole: bool) -> (u8, Option<char>) {
    let score = |delimiter: u8| {
        let rows = rows_of(sample, whole, delimiter, LOOKED_AT);
        let width = usual_width(&rows);
        let alike = rows.iter().filter(|(_, row)| row.len() == width).count();
        if width < 2 { 0 } else { alike * (width - 1) }
    };
    let mut best = (b',', 0);
    for delimiter in DELIMITERS {
        let score = score(delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    if best.1 > 0 || sample.trim_ascii().is_empty() {
        return (best.0, None);
    }
    let others = b"^~\x01\x1f\x1e:#!&/ ";
    let mut likely = (None, 0);
    for &other in others {
        let score = score(other);
        if score > likely.1 {
            likely = (Some(char::from(other)), score);
        }
    }
    (b',', likely.0)
}

/// How many cells most rows have, the more at a tie.
fn usual_width(rows: &[(u64, Vec<String>)]) -> usize {
    let widest = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let mut counts = vec![0_usize; widest + 1];
    for (_, row) in rows {
        if let Some(count) = counts.get_mut(row.len()) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().rposition(|&count| count == most).unwrap_or(0)
}

/// The cells up to the last one that is filled.
fn without_blank_end(row: &[String]) -> Vec<String> {
    let end = row.iter().rposition(|cell| !cell.is_empty());
    row.iter()
        .take(end.map_or(0, |last| last + 1))
        .cloned()
        .collect()
}

/// Whether a line before the header is none of the table: a title, a remark, a key with its value.
fn is_title(row: &[String], width: usize) -> bool {
    let filled = row.iter().filter(|cell| !cell.is_empty()).count();
    // A header may begin with the sign for a number.
    let remark = row.first().is_some_and(|cell| cell.starts_with('#')) && filled != width;
    width > 1 && (filled < 2 || remark || (filled == 2 && width >= 4 && row.len() < width))
}

/// How many rows below the header describe its columns, as survey tools write them.
fn labels_in(rows: &[(u64, Vec<String>)]) -> usize {
    const ANSWERS: [&str; 4] = [
        "response",
        "open-ended response",
        "other (please specify)",
        "antwort",
    ];
    const TYPES: [&str; 20] = [
        "string",
        "str",
        "text",
        "varchar",
        "char",
        "object",
        "int",
        "integer",
        "int64",
        "bigint",
        "float",
        "double",
        "decimal",
        "numeric",
        "number",
        "bool",
        "boolean",
        "date",
        "datetime",
        "timestamp",
    ];
    let types = |row: &[String]| {
        let is_type = |cell: &String| TYPES.contains(&cell.to_lowercase().as_str());
        row.len() > 1 && row.iter().all(is_type)
    };
    let imports = |row: &[String]| row.iter().any(|cell| cell.contains("\"ImportId\""));
    for (number, (_, row)) in rows.iter().enumerate().take(3) {
        if imports(row) {
            return number + 1;
        }
    }
    let describes = |row: &[String]| {
        let filled = || row.iter().filter(|cell| !cell.is_empty());
        let answer = |cell: &&String| ANSWERS.contains(&cell.to_lowercase().as_str());
        row.first().is_some_and(String::is_empty) && filled().any(|cell| answer(&cell))
    };
    usize::from(
        rows.first()
            .is_some_and(|(_, row)| describes(row) || types(row)),
    )
}

/// Whether the first cells number the rows.
fn counts_up(rows: &[(u64, Vec<String>)]) -> bool {
    let numbers = rows
        .iter()
        .map(|(_, row)| row.first()?.trim_matches('"').parse::<u64>().ok());
    let numbers: Option<Vec<u64>> = numbers.collect();
    numbers.is_some_and(|numbers| {
        !numbers.is_empty()
            && numbers
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a + 1 == *b))
    })
}
