//! What is wrong with a text that should be JSON, in words for those who have never heard of it.

use std::fmt;

use crate::journey::words::Quoted;

/// Why a text is no JSON: where, and what to do about it, in plain words.
///
/// A parser says `key must be a string at line 8 column 3`; people who write their first map want to hear that a comment
/// stands there, and that JSON has none. [`JsonSlip::find`] takes the text with the position that the parser names.
///
/// ```
/// use customer_journey::journey::{JourneyDocument, JsonSlip};
///
/// let text = "{\n  \"name\": \u{201c}My map\u{201d}\n}";
/// let error = serde_json::from_str::<JourneyDocument>(text).unwrap_err();
/// let slip = JsonSlip::find(text, error.line(), error.column()).unwrap();
/// assert_eq!(slip.line, 2);
/// assert!(slip.to_string().starts_with("line 2, column 11: \u{201c} is a typographic quotation mark"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
#[non_exhaustive]
pub struct JsonSlip {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub kind: JsonSlipKind,
}

/// What is wrong with a text that should be JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonSlipKind {
    /// There is nothing.
    #[error(
        "the file is empty; a map is at least {{ \"format\": \"customer-journey/1\", \"touchpoints\": [...] }}"
    )]
    Empty,
    /// It is another format altogether.
    #[error("this is no JSON; it looks like {0}")]
    OtherFormat(OtherFormat),
    /// A curved quotation mark, as word processors write it.
    #[error(
        "{0} is a typographic quotation mark, as word processors write it; JSON wants the straight one: \""
    )]
    TypographicQuote(char),
    /// A single quotation mark.
    #[error("texts stand between double quotation marks (\"), not single ones (')")]
    SingleQuote,
    /// A comment.
    #[error("this is a comment, and JSON has none; delete it, or put its text into `notes`")]
    Comment,
    /// A comma before a closing bracket.
    #[error("the comma before `{0}` is one too many; nothing follows it")]
    TrailingComma(char),
    /// Two commas.
    #[error("a comma is one too many here")]
    DoubleComma,
    /// A comma is missing.
    #[error("a comma is missing before this, behind what stands above or to the left")]
    MissingComma,
    /// A number with a decimal comma.
    #[error("{0} has a decimal comma; JSON wants a point: {point}", point = .0.replacen(',', ".", 1))]
    DecimalComma(String),
    /// A number with a per cent sign.
    #[error(
        "a number has no per cent sign here; write the number alone, as weights are proportional: 40 and 60 will do"
    )]
    PerCent,
    /// A number in a form that JSON does not know.
    #[error("{} is no number as JSON writes it: 0.5, -3, 1000", Quoted(.0))]
    NumberForm(String),
    /// A word without quotation marks.
    #[error("{} needs double quotation marks around it, as all keys and texts do{}", Quoted(.0), word_hint(.0))]
    BareWord(String),
    /// A blank that JSON does not know.
    #[error(
        "an unusual blank stands here, as web pages and word processors write it; put an ordinary one in its place"
    )]
    UnusualBlank,
    /// A line break or a tabulator inside a text.
    #[error(
        "a text goes on over the end of its line; close it with \" or write the line break as \\n"
    )]
    BrokenText,
    /// A backslash that stands for nothing.
    #[error("a backslash begins a special character; write two of them (\\\\) for one")]
    Backslash,
    /// A colon is missing between key and value.
    #[error("a colon is missing between the key and its value")]
    MissingColon,
    /// A bracket is never closed; the line is that of the bracket.
    #[error("this `{0}` is never closed; the text ends before")]
    Unclosed(char),
    /// A text is never closed; the line is that of its beginning.
    #[error("this text is never closed; a quotation mark (\") is missing")]
    UnclosedText,
    /// A bracket is closed with another one.
    #[error("`{found}` closes a `{opened}` from line {line}; one of them is wrong or missing")]
    WrongBracket {
        /// What stands there.
        found: char,
        /// The bracket that is open.
        opened: char,
        /// The line where it was opened.
        line: usize,
    },
    /// Something follows the document.
    #[error(
        "the document ends before this; what follows is too much (or a bracket above was closed too early)"
    )]
    AfterTheEnd,
}

/// A format that a text has which is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherFormat {
    /// A table of cells.
    Table,
    /// XML or a web page.
    Xml,
    /// YAML.
    Yaml,
    /// A Mermaid journey diagram.
    Mermaid,
}

impl fmt::Display for OtherFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => {
                "a table; events of customers can be learned from (`journey learn`); a map may be a spreadsheet, with a row for each touchpoint or sticky note (`journey new --spreadsheet` writes one to begin with)"
            }
            Self::Xml => "XML or a web page; CJML can be converted (`journey convert`)",
            Self::Yaml => "YAML; convert it to JSON first",
            Self::Mermaid => "a Mermaid diagram; it can be converted (`journey convert`)",
        })
    }
}

fn word_hint(word: &str) -> &'static str {
    match word {
        "True" | "TRUE" => "; yes is written true, without them",
        "False" | "FALSE" => "; no is written false, without them",
        "None" | "NULL" | "Null" | "nil" | "NaN" | "undefined" | "NA" => {
            "; what is not known is written null, without them"
        }
        _ => "",
    }
}

/// What is open at a place of a text.
struct Scan {
    /// Brackets with the positions where they were opened.
    open: Vec<(char, usize)>,
    /// The position at which a text was begun that is not closed.
    text: Option<usize>,
    /// The last character outside texts that is not blank; a text counts by its closing mark.
    last: Option<(char, usize)>,
    /// What stood before the last text.
    before_text: Option<char>,
}

impl JsonSlip {
    /// What is wrong, where that can be told, with a text that a parser refused at this line and column (both from 1, the
    /// column in bytes, as `serde_json` counts). Takes O(n).
    #[must_use]
    pub fn find(text: &str, line: usize, column: usize) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::at(text, 0, JsonSlipKind::Empty));
        }
        if let Some(format) = other_format(text) {
            return Some(Self::at(text, 0, JsonSlipKind::OtherFormat(format)));
        }
        let start = match line {
            0 | 1 => 0,
            _ => text.match_indices('\n').nth(line - 2)?.0 + 1,
        };
        let mut place = (start + column.saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        let (place, kind) = judge(text, place)?;
        Some(Self::at(text, place, kind))
    }

    fn at(text: &str, place: usize, kind: JsonSlipKind) -> Self {
        let before = text.get(..place).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.split('\n').count(),
            column: line.chars().count() + 1,
            kind,
        }
    }
}

/// What a text looks like that does not begin as JSON does.
fn other_format(text: &str) -> Option<OtherFormat> {
    let start = text.trim_start();
    let line = start.lines().next().unwrap_or_default();
    let cells = |mark: char| {
        line.split(mark)
            .filter(|cell| !cell.trim().is_empty())
            .count()
            > 1
    };
    let is_bare =
        start.starts_with(|c: char| c.is_alphabetic() || matches!(c, '#' | '-' | '%' | '`'));
    if start.starts_with('<') {
        Some(OtherFormat::Xml)
    } else if line.trim_end().eq_ignore_ascii_case("journey") || start.starts_with("```mermaid") {
        Some(OtherFormat::Mermaid)
    } else if is_bare && [';', ',', '\t', '|'].into_iter().any(cells) && !line.contains(": ") {
        Some(OtherFormat::Table)
    } else if line.starts_with("---") || (is_bare && line.contains(':')) {
        Some(OtherFormat::Yaml)
    } else {
        None
    }
}

fn scan(text: &str) -> Scan {
    let mut scan = Scan {
        open: Vec::new(),
        text: None,
        last: None,
        before_text: None,
    };
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if scan.text.is_some() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => (scan.text, scan.last) = (None, Some((c, at))),
                _ => {}
            }
            continue;
        }
        match c {
            '"' => {
                scan.text = Some(at);
                scan.before_text = scan.last.map(|(c, _)| c);
            }
            '{' | '[' => scan.open.push((c, at)),
            '}' | ']' => {
                scan.open.pop();
            }
            _ => {}
        }
        if !c.is_whitespace() {
            scan.last = Some((c, at));
        }
    }
    scan
}

fn is_typographic(c: char) -> bool {
    matches!(
        c,
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '\u{ff02}'
    )
}

/// What is wrong at a place, and where it begins.
fn judge(text: &str, place: usize) -> Option<(usize, JsonSlipKind)> {
    use JsonSlipKind as Kind;

    // A parser names the last character where the text ends too early.
    let is_end = text.get(place..)?.trim().chars().count() < 2;
    let whole = is_end.then(|| scan(text));
    let ends_early = whole.is_some_and(|whole| whole.text.is_some() || !whole.open.is_empty());
    let place = if ends_early { text.len() } else { place };
    let rest = text.get(place..)?;
    let before = text.get(..place)?;
    let seen = scan(before);
    let found = rest.chars().next();
    if let Some(begun) = seen.text {
        return Some(in_text(text, begun, place, found));
    }
    let Some(found) = found else {
        return seen.open.last().map(|&(c, at)| (at, Kind::Unclosed(c)));
    };
    let last = seen.last.map(|(c, _)| c);
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+'))
        .collect();
    let kind = match found {
        _ if seen.open.is_empty() && seen.last.is_some() => Kind::AfterTheEnd,
        c if is_typographic(c) => Kind::TypographicQuote(c),
        '\'' => Kind::SingleQuote,
        _ if last == Some('"')
            && matches!(seen.before_text, Some(',' | '{'))
            && matches!(seen.open.last(), Some(('{', _))) =>
        {
            Kind::MissingColon
        }
        '/' | '#' => Kind::Comment,
        '%' => Kind::PerCent,
        c if c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r') => Kind::UnusualBlank,
        '}' | ']' if last == Some(',') => Kind::TrailingComma(found),
        '}' | ']' => {
            let &(opened, at) = seen.open.last()?;
            let line = text.get(..at)?.split('\n').count();
            Kind::WrongBracket {
                found,
                opened,
                line,
            }
        }
        ',' if matches!(last, Some(',' | '[' | '{')) => Kind::DoubleComma,
        c if c.is_ascii_digit() && last == Some(',') => {
            let (whole, at) = number_before(before)?;
            return Some((at, Kind::DecimalComma(format!("{whole},{word}"))));
        }
        '.' | '+' => Kind::NumberForm(word),
        c if c.is_ascii_digit() || c == '-' => {
            let is_inside = before.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
            if !is_inside {
                return Some((place, Kind::MissingComma));
            }
            let from = before.rfind(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'));
            let from = from.map_or(0, |at| at + 1);
            let number = format!("{}{word}", before.get(from..).unwrap_or_default());
            return Some((from, Kind::NumberForm(number)));
        }
        c if c.is_alphabetic() => return bare_word(before, &word, place),
        '"' | '{' | '['
            if matches!(last, Some('"' | '}' | ']')) || last.is_some_and(char::is_alphanumeric) =>
        {
            Kind::MissingComma
        }
        _ => return None,
    };
    Some((place, kind))
}

/// A word without quotation marks, from its beginning.
fn bare_word(before: &str, word: &str, place: usize) -> Option<(usize, JsonSlipKind)> {
    let head = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '_')
        .last()
        .map_or(place, |(at, _)| at);
    let word = format!("{}{word}", before.get(head..)?);
    let kind = if word.starts_with(|c: char| c.is_ascii_digit()) {
        JsonSlipKind::NumberForm(word)
    } else {
        JsonSlipKind::BareWord(word)
    };
    Some((head, kind))
}

/// What is wrong inside a text.
fn in_text(text: &str, begun: usize, place: usize, found: Option<char>) -> (usize, JsonSlipKind) {
    use JsonSlipKind as Kind;

    let inside = text.get(begun + 1..place).unwrap_or_default();
    let first_line = inside.lines().next().unwrap_or_default();
    let curved = first_line.char_indices().find(|(_, c)| is_typographic(*c));
    // A line break in a text is named where it stands, or where the next line begins.
    let goes_on = inside.contains('\n') || matches!(found, Some('\n' | '\r'));
    match (found, curved) {
        (_, Some((at, mark))) if goes_on => (begun + 1 + at, Kind::TypographicQuote(mark)),
        _ if goes_on && found.is_some() => (begun, Kind::BrokenText),
        // A text that a curved mark was meant to close.
        (None, Some((at, mark))) => (begun + 1 + at, Kind::TypographicQuote(mark)),
        (None, None) => (begun, Kind::UnclosedText),
        (Some(c), _) if c.is_control() => (begun, Kind::BrokenText),
        _ => (place.saturating_sub(1), Kind::Backslash),
    }
}

/// The digits right before a comma, and where they begin.
fn number_before(before: &str) -> Option<(&str, usize)> {
    let head = before.trim_end().strip_suffix(',')?;
    let from = head.rfind(|c: char| !c.is_ascii_digit() && c != '-');
    let from = from.map_or(0, |at| at + 1);
    let digits = head.get(from..)?;
    (!digits.is_empty()).then_some((digits, from))
}
