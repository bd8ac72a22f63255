//! A journey from the sheets of a spreadsheet, with every fault noted and none of them stopping the reader.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::SpreadsheetOptions;
use super::about;
use super::error::{
    SpreadsheetError, SpreadsheetFault, SpreadsheetFinding, SpreadsheetNote, SpreadsheetProblem,
    of_sheet,
};
use super::header::Column;
use super::header::{self, GOES_ON, Header, Headings};
use super::rows;
use super::sheet::{Cell, Sheet};
use super::spoken::Spoken;
use super::stickies;
use super::written::number::Marks;
use crate::journey::{Fault, Feeling, Journey, JourneyDocument, Place};
use crate::language::Language;

/// A journey that was read from a spreadsheet, and what is to be said about how.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SpreadsheetRead {
    /// The journey.
    pub journey: Journey,
    /// The tag of the language of its headings, such as `nb`.
    pub language: String,
    /// What was read otherwise than it may have been meant, or left out, from the top of the sheet to its end.
    pub notes: Vec<SpreadsheetNote>,
}

/// What has been read so far, and what is to be said about it.
pub(super) struct Reader<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) header: &'a Header,
    pub(super) options: &'a SpreadsheetOptions,
    pub(super) spoken: Spoken<'a>,
    pub(super) faults: Vec<SpreadsheetFault>,
    pub(super) notes: Vec<SpreadsheetNote>,
}

/// The cells of a row by their columns, joined where one goes on in the next.
pub(super) type Cells = BTreeMap<Column, Cell>;

impl Reader<'_> {
    pub(super) fn heading(&self, column: Column) -> Option<String> {
        let mut columns = self.header.columns.iter();
        let found = columns.find(|(known, _)| *known == Some(column));
        found.map(|(_, heading)| heading.clone())
    }

    /// Notes a fault; rows count from 0 here.
    pub(super) fn fault(
        &mut self,
        row: usize,
        column: Option<Column>,
        problem: SpreadsheetProblem,
    ) {
        let known = |column: Column| {
            let heading = self.heading(column);
            heading.unwrap_or_else(|| self.spoken.language.word(&column.key()).to_owned())
        };
        self.faults.push(SpreadsheetFault {
            sheet: self.sheet.name.clone(),
            row: Some(row + 1),
            column: column.map(known),
            problem,
        });
    }

    pub(super) fn note(
        &mut self,
        row: Option<usize>,
        column: Option<String>,
        finding: SpreadsheetFinding,
    ) {
        self.notes.push(SpreadsheetNote {
            sheet: self.sheet.name.clone(),
            row: row.map(|row| row + 1),
            column,
            finding,
        });
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.header
            .columns
            .iter()
            .any(|(known, _)| *known == Some(column))
    }

    /// Notes headings that are not known, and those that say the same.
    pub(super) fn check_headings(&mut self) {
        let mut seen: BTreeMap<Column, String> = BTreeMap::new();
        let row = self.header.row;
        for (column, heading) in &self.header.columns {
            match column {
                Some(column) => {
                    let goes_on = heading.trim_end().ends_with(GOES_ON);
                    let joins = goes_on || column.has_lines() || column.has_entries();
                    if let Some(first) = seen.get(column).filter(|_| !joins) {
                        let first = first.clone();
                        self.faults.push(SpreadsheetFault {
                            sheet: self.sheet.name.clone(),
                            row: Some(row + 1),
                            column: Some(heading.clone()),
                            problem: SpreadsheetProblem::SameColumn { first },
                        });
                    }
                    seen.entry(*column).or_insert_with(|| heading.clone());
                }
                None if heading.trim().is_empty() => {}
                None => {
                    let nearest = header::nearest_heading(heading, self.spoken.language);
                    let finding = SpreadsheetFinding::UnknownColumn { nearest };
                    self.note(Some(row), Some(heading.clone()), finding);
                }
            }
        }
    }

    /// Notes the columns without which no row makes a touchpoint.
    pub(super) fn check_required(&mut self) {
        for column in [Column::Phase, Column::Channel] {
            if self.has(column) {
                continue;
            }
            let key = column.key();
            let words: Vec<&str> = self.spoken.language.words_for(&key).collect();
            let unknown = self
                .header
                .columns
                .iter()
                .filter(|(known, _)| known.is_none());
            let near = unknown.map(|(_, heading)| heading.trim()).find(|heading| {
                let near = header::nearest_heading(heading, self.spoken.language);
                near.is_some_and(|near| words.contains(&near.as_str()))
            });
            let unknown = near.map(str::to_owned);
            let row = self.header.row;
            self.fault(row, Some(column), SpreadsheetProblem::NoColumn { unknown });
        }
    }

    /// The rows below the headings that say something.
    pub(super) fn body(&mut self) -> Vec<(usize, Cells)> {
        let mut body = Vec::new();
        let rows = self.sheet.rows.iter().enumerate().skip(self.header.row + 1);
        for (at, cells) in rows {
            if cells.iter().all(Cell::is_blank) {
                continue;
            }
            let mut known = Cells::new();
            for (position, cell) in cells.iter().enumerate() {
                let column = self.header.columns.get(position);
                match column {
                    Some((Some(column), heading)) => add(&mut known, *column, heading, cell),
                    Some((None, heading)) if !heading.trim().is_empty() => {}
                    _ if cell.is_blank() => {}
                    _ => {
                        let found = cell.said();
                        self.note(Some(at), None, SpreadsheetFinding::NoHeading { found });
                    }
                }
            }
            if !known.is_empty() {
                body.push((at, known));
            }
        }
        body
    }
}

/// Adds a cell to those of its row; what goes on is joined as it is, entries with what parts them.
fn add(known: &mut Cells, column: Column, heading: &str, cell: &Cell) {
    if cell.is_blank() {
        return;
    }
    let Some(before) = known.get_mut(&column) else {
        known.insert(column, cell.clone());
        return;
    };
    let between = match () {
        () if heading.trim_end().ends_with(GOES_ON) => "",
        () if column.has_lines() => "\n",
        () => "; ",
    };
    *before = Cell::Text(format!(
        "{}{between}{}",
        before.said().trim(),
        cell.said().trim()
    ));
}

/// Whether a sheet is the second one of the template: below each heading the words that can be picked there.
fn has_words_to_pick(sheet: &Sheet, languages: &[Language]) -> bool {
    let name = sheet.name.trim().to_lowercase();
    languages
        .iter()
        .any(|language| language.word("Words").to_lowercase() == name)
}

/// The sheet to read, and its headings.
fn choose<'a>(
    sheets: &'a [Sheet],
    options: &SpreadsheetOptions,
) -> Result<(&'a Sheet, Header, Vec<&'a Sheet>), SpreadsheetError> {
    let wanted = |sheet: &&Sheet| {
        let name = options.sheet.as_ref();
        name.is_none_or(|name| sheet.name.trim().to_lowercase() == name.trim().to_lowercase())
    };
    let headings = Headings::of(&options.languages);
    let mut found = sheets
        .iter()
        .filter(wanted)
        .filter_map(|sheet| Some((sheet, headings.find(sheet)?)));
    if let Some((sheet, header)) = found.next() {
        let others = found.map(|(other, _)| other);
        let others = others.filter(|other| !has_words_to_pick(other, &options.languages));
        return Ok((sheet, header, others.collect()));
    }
    let problem = match &options.sheet {
        Some(name) if !sheets.iter().any(|sheet| wanted(&sheet)) => {
            let names = sheets
                .iter()
                .map(|sheet| format!("{:?}", sheet.name))
                .collect();
            return Err(SpreadsheetError::one(
                name,
                None,
                None,
                SpreadsheetProblem::NoSheet { names },
            ));
        }
        _ => SpreadsheetProblem::NoHeadings,
    };
    let name = options.sheet.clone().unwrap_or_default();
    Err(SpreadsheetError::one(&name, None, None, problem))
}

/// Finds the sheet of a journey and its headings, and lets something be done with what they say.
pub(super) fn with_reader<T>(
    sheets: &[Sheet],
    options: &SpreadsheetOptions,
    work: impl FnOnce(&mut Reader<'_>) -> T,
) -> Result<T, SpreadsheetError> {
    let (sheet, header, others) = choose(sheets, options)?;
    let english = Language::english();
    let language = options.languages.get(header.language).unwrap_or(&english);
    let spoken = Spoken {
        language,
        english: &english,
        marks: Marks {
            comma: language.decimal_comma,
            point: !language.decimal_comma,
        },
    };
    let mut reader = Reader {
        sheet,
        header: &header,
        options,
        spoken,
        faults: Vec::new(),
        notes: Vec::new(),
    };
    for other in others {
        let name = other.name.clone();
        reader.note(None, None, SpreadsheetFinding::OtherSheet { name });
    }
    Ok(work(&mut reader))
}

pub(super) fn read(
    sheets: &[Sheet],
    options: &SpreadsheetOptions,
) -> Result<SpreadsheetRead, SpreadsheetError> {
    with_reader(sheets, options, |reader| {
        let about = about::read(reader);
        reader.check_headings();
        let body = reader.body();
        let is_wall =
            reader.has(Column::Frame) && reader.has(Column::Text) && !reader.has(Column::Phase);
        let drawn = if is_wall {
            stickies::read(reader, body, about)
        } else {
            rows::read(reader, body, about)
        };
        reader.finish(drawn)
    })?
}

/// A document to be judged, and in which rows its touchpoints and ways stand.
pub(super) struct Drawn {
    pub(super) about: Map<String, Value>,
    pub(super) touchpoints: Vec<(usize, Value)>,
    pub(super) ways: Vec<(usize, Value)>,
}

impl Reader<'_> {
    fn finish(&mut self, drawn: Drawn) -> Result<SpreadsheetRead, SpreadsheetError> {
        let (touchpoint_rows, touchpoints): (Vec<usize>, Vec<Value>) =
            drawn.touchpoints.into_iter().unzip();
        let (way_rows, ways): (Vec<usize>, Vec<Value>) = drawn.ways.into_iter().unzip();
        let mut document = drawn.about;
        document.insert("format".to_owned(), "customer-journey/1".into());
        document.insert("touchpoints".to_owned(), touchpoints.into());
        document.insert("transitions".to_owned(), ways.into());
        let built = JourneyDocument::deserialize(Value::Object(document))
            .ok()
            .map(Journey::try_from);
        let journey = match built {
            Some(Ok(journey)) => Some(journey),
            Some(Err(invalid)) => {
                for problem in invalid.problems() {
                    let (row, column) = match &problem.place {
                        Place::Touchpoint { number, .. } => (
                            touchpoint_rows.get(number.saturating_sub(1)),
                            column_of(&problem.fault),
                        ),
                        Place::Transition { number, .. } => {
                            (way_rows.get(number.saturating_sub(1)), Some(Column::Next))
                        }
                        _ => (None, None),
                    };
                    // Without rows that can be read there is no touchpoint; that goes without saying.
                    if problem.fault == Fault::NoTouchpoint && !self.faults.is_empty() {
                        continue;
                    }
                    let row_of = |number: usize| {
                        let row = touchpoint_rows.get(number.saturating_sub(1));
                        row.map(|row| row + 1)
                    };
                    let fault = of_sheet(&problem.fault, self.spoken, row_of);
                    self.fault(row.copied().unwrap_or(self.header.row), column, fault);
                }
                None
            }
            None => None,
        };
        self.faults.sort_by_key(|fault| fault.row);
        self.notes.sort_by_key(|note| note.row);
        match journey {
            Some(journey) if self.faults.is_empty() => Ok(SpreadsheetRead {
                journey,
                language: self.spoken.language.tag.to_string(),
                notes: std::mem::take(&mut self.notes),
            }),
            _ => Err(SpreadsheetError {
                feelings: feelings(self.spoken.language),
                faults: std::mem::take(&mut self.faults),
            }),
        }
    }
}

/// The words for all feelings in a language, in the order of the alphabet.
fn feelings(language: &Language) -> Vec<String> {
    let words = Feeling::ALL.iter().map(|feeling| {
        let word = language.feeling(*feeling);
        word.replace('_', " ")
    });
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}

/// The column in which a fault of a touchpoint stands.
fn column_of(fault: &Fault) -> Option<Column> {
    let (Fault::Empty { what }
    | Fault::NotAnAmount { what, .. }
    | Fault::NotFinite { what, .. }
    | Fault::WhenWithoutPromise { what, .. }) = fault
    else {
        return match fault {
            Fault::Valence { key, .. }
            | Fault::Intensity { key, .. }
            | Fault::Rating { key, .. }
            | Fault::UnknownFeeling { key, .. }
            | Fault::WeightlessMix { key } => key.parse().ok(),
            Fault::DuplicateId { .. } => Some(Column::Id),
            Fault::UnknownIntention => Some(Column::Intended),
            Fault::WeightlessPromise { .. } => Some(Column::Kept),
            Fault::Image(_) => Some(Column::Image),
            _ => None,
        };
    };
    if what.contains("ending") || what.contains("outcome") {
        return Some(Column::Ends);
    }
    let mut keys = what.split('`').skip(1).step_by(2);
    keys.find_map(|key| key.parse().ok())
        .or_else(|| what.contains("promise").then_some(Column::Promise))
}
