//! What is wrong with a spreadsheet, and what is to be said about one that was read.

use std::fmt;

use super::header::Column;
use super::spoken::Spoken;
use super::written::number;
use crate::journey::{DidYouMean, Fault, Phase, Quoted};

/// Everything that is wrong with a spreadsheet: why no journey was read from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SpreadsheetError {
    pub(super) faults: Vec<SpreadsheetFault>,
    /// The words for feelings in the language of the sheet, in the order of the alphabet.
    pub(super) feelings: Vec<String>,
}

impl SpreadsheetError {
    pub(super) fn one(
        sheet: &str,
        row: Option<usize>,
        column: Option<String>,
        problem: SpreadsheetProblem,
    ) -> Self {
        let sheet = sheet.to_owned();
        Self {
            faults: vec![SpreadsheetFault {
                sheet,
                row,
                column,
                problem,
            }],
            feelings: Vec::new(),
        }
    }

    /// Every fault, from the top of the sheet to its end.
    #[must_use]
    pub fn faults(&self) -> &[SpreadsheetFault] {
        &self.faults
    }
}

impl fmt::Display for SpreadsheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        write!(f, "{count} problem{}:", if count == 1 { "" } else { "s" })?;
        for (number, fault) in (1..).zip(&self.faults) {
            write!(f, "\n  {number}. {fault}")?;
        }
        let has_no_idea = |fault: &SpreadsheetFault| {
            matches!(
                &fault.problem,
                SpreadsheetProblem::UnknownFeeling { nearest: None, .. }
            )
        };
        if self.faults.iter().any(has_no_idea) {
            write!(f, "\nThe feelings known here: {}", self.feelings.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for SpreadsheetError {}

/// One thing that is wrong, and where: "row 7, feeling: ...".
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SpreadsheetFault {
    /// The name of the sheet; empty where it has none.
    pub sheet: String,
    /// The row, counted from 1 as spreadsheets do.
    pub row: Option<usize>,
    /// The heading of the column, as it stands there.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: SpreadsheetProblem,
}

impl fmt::Display for SpreadsheetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_place(f, &self.sheet, self.row, self.column.as_deref())?;
        write!(f, "{}", self.problem)
    }
}

fn write_place(
    f: &mut fmt::Formatter<'_>,
    sheet: &str,
    row: Option<usize>,
    column: Option<&str>,
) -> fmt::Result {
    let sheet = (!sheet.is_empty()).then(|| format!("sheet {}", Quoted(sheet)));
    let row = row.map(|row| format!("row {row}"));
    let column = column.map(|column| column.trim().to_owned());
    let place: Vec<String> = [sheet, row, column].into_iter().flatten().collect();
    if place.is_empty() {
        return Ok(());
    }
    write!(f, "{}: ", place.join(", "))
}

/// What is wrong at a place of a spreadsheet.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SpreadsheetProblem {
    /// No row has the headings of a journey.
    #[error(
        "no row has the headings of a journey: at least name, phase and channel, or frame and text for sticky notes"
    )]
    NoHeadings,
    /// There is no such sheet.
    #[error("there is no such sheet; there are {}", names.join(", "))]
    NoSheet {
        /// The sheets that there are.
        names: Vec<String>,
    },
    /// A quotation mark opens a cell and is never closed.
    #[error("a quotation mark opens a cell and is never closed")]
    OpenQuote,
    /// Two columns with one meaning.
    #[error("it says the same as column {}; keep one of them", Quoted(first))]
    SameColumn {
        /// The heading of the first of them.
        first: String,
    },
    /// A cell that must say something is empty.
    #[error("is empty; it must be {expected}")]
    Missing {
        /// What it must be.
        expected: &'static str,
    },
    /// A word that names no feeling.
    #[error("{} is not a feeling known here{} (a number from -1 to 1 works too)", Quoted(word), DidYouMean(nearest.as_deref()))]
    UnknownFeeling {
        /// The word.
        word: String,
        /// The word that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A word that is one feeling in English and another one in the language of the sheet.
    #[error(
        "{} is a feeling in English and another one in {language}; write {advice}",
        Quoted(word)
    )]
    TwoLanguages {
        /// The word.
        word: String,
        /// What the language calls itself.
        language: String,
        /// What to write.
        advice: String,
    },
    /// A word outside the vocabulary of its place.
    #[error("{} is not known here{} (known: {})", Quoted(word), DidYouMean(nearest.as_deref()), known.join(", "))]
    UnknownWord {
        /// The word.
        word: String,
        /// The word that is nearest in spelling, if one is near.
        nearest: Option<String>,
        /// The words that are known.
        known: Vec<String>,
    },
    /// A touchpoint that is not there.
    #[error("{} is no touchpoint of this sheet{}", Quoted(name), DidYouMean(nearest.as_deref()))]
    UnknownTouchpoint {
        /// What was written.
        name: String,
        /// The name or id that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A name that several touchpoints have.
    #[error(
        "several touchpoints are called {}; write the id of the one that is meant",
        Quoted(name)
    )]
    SeveralTouchpoints {
        /// The name.
        name: String,
    },
    /// Text where a number belongs.
    #[error("{} is not a number", Quoted(found))]
    NotANumber {
        /// What was written.
        found: String,
    },
    /// A number that may be thousands or decimals.
    #[error(
        "{} may be thousands or decimals; write it without the mark, or with more or fewer decimals",
        Quoted(found)
    )]
    AmbiguousNumber {
        /// What was written.
        found: String,
    },
    /// An entry that is not of the form that it should have.
    #[error("{} is not understood; write it as {expected}", Quoted(found))]
    NotAnEntry {
        /// What was written.
        found: String,
        /// The form by example.
        expected: &'static str,
    },
    /// No column has this heading, without which there is no journey.
    #[error("no column says this{}", match unknown {
        Some(unknown) => format!("; {} is not known: is it meant?", Quoted(unknown)),
        None => String::new(),
    })]
    NoColumn {
        /// A heading that is not known and near to it in spelling, if there is one.
        unknown: Option<String>,
    },
    /// It is said how often a promise is kept or broken, and not how often the other.
    #[error(
        "{} stands alone: write it with % for a share of 100, or say how many are {other} too",
        Quoted(found)
    )]
    RestUnsaid {
        /// What was written.
        found: String,
        /// What is not said: kept or broken.
        other: &'static str,
    },
    /// A touchpoint among the endings.
    #[error(
        "{} is a touchpoint of this sheet and no ending: name it where customers go next, or put it in quotation marks if journeys end in what is called so",
        Quoted(name)
    )]
    TouchpointAsEnding {
        /// What was written.
        name: String,
    },
    /// One of several entries has no number.
    #[error(
        "{} has no number, and others beside it have one; say how many",
        Quoted(entry)
    )]
    NoWeight {
        /// The entry.
        entry: String,
    },
    /// What is wrong with the journey that the sheet describes.
    #[error("{said}")]
    Journey {
        /// The fault.
        fault: Box<Fault>,
        /// What is wrong, in the words of the sheet.
        said: String,
    },
}

/// Something that was read otherwise than it may have been meant, or left out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SpreadsheetNote {
    /// The name of the sheet; empty where it has none.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: Option<usize>,
    /// The heading of the column.
    pub column: Option<String>,
    /// What was found.
    pub finding: SpreadsheetFinding,
}

impl fmt::Display for SpreadsheetNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_place(f, &self.sheet, self.row, self.column.as_deref())?;
        write!(f, "{}", self.finding)
    }
}

/// What is to be said about a spreadsheet that was read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SpreadsheetFinding {
    /// A column that says nothing to a journey; it was left out.
    #[error("this column is not known and was left out{}", DidYouMean(nearest.as_deref()))]
    UnknownColumn {
        /// The heading that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A row above the headings that says nothing to a journey; it was left out.
    #[error("{} says nothing known about the journey; the row was left out{}", Quoted(word), DidYouMean(nearest.as_deref()))]
    UnknownRow {
        /// What stands in its first cell.
        word: String,
        /// The word that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A cell beyond the last heading; it was left out.
    #[error(
        "{} stands in a column without a heading and was left out",
        Quoted(found)
    )]
    NoHeading {
        /// What stands there.
        found: String,
    },
    /// No column says where customers go.
    #[error(
        "no column says where customers go next, so that each touchpoint leads to the one below it"
    )]
    Sequence,
    /// A phase that was taken from what the word usually means.
    #[error("{} is taken for {phase}", Quoted(word))]
    TakenPhase {
        /// The word.
        word: String,
        /// The phase.
        phase: Phase,
    },
    /// Shares of more than 100 % together.
    #[error("the shares add up to {sum} %: each counts as its part of them")]
    OverHundred {
        /// What they add up to.
        sum: f64,
    },
    /// What was said of one of kept and broken, of which the other is the rest.
    #[error("{} leaves {rest} of 100 for {of}", Quoted(found))]
    Rest {
        /// What was written.
        found: String,
        /// The rest.
        rest: f64,
        /// Of what: kept or broken.
        of: &'static str,
    },
    /// A number below 1 beside one above, as where a cell in per cent stands beside plain numbers.
    #[error("{small} stands beside {large}: if {small} is a share in per cent, write {}", small * 100.0)]
    ShareBesideNumber {
        /// The number below 1.
        small: f64,
        /// The other one.
        large: f64,
    },
    /// Sticky notes became the quotes of touchpoints.
    #[error(
        "{notes} sticky notes on {frames} frames: each frame became a touchpoint in the order of the sheet, leading to the next one; phases are \
         taken from their names and order, and channels are not stated"
    )]
    StickyNotes {
        /// How many notes there are.
        notes: usize,
        /// How many frames.
        frames: usize,
    },
    /// Sticky notes that hang on no frame.
    #[error("{notes} sticky notes hang on no frame and stand in the notes of the journey")]
    NoFrame {
        /// How many there are.
        notes: usize,
    },
    /// Other sheets that look like journeys.
    #[error("sheet {} looks like a journey too and was not read", Quoted(name))]
    OtherSheet {
        /// Its name.
        name: String,
    },
}

/// A fault in the words of a sheet; `row_of` answers in which row, counted from 1, the touchpoint of a number stands.
pub(super) fn of_sheet(
    fault: &Fault,
    spoken: Spoken<'_>,
    row_of: impl Fn(usize) -> Option<usize>,
) -> SpreadsheetProblem {
    let number = |value: f64| number::written(value, spoken.language.decimal_comma);
    let heading = |column: Column| spoken.language.word(&column.key()).to_owned();
    let said = match fault {
        Fault::Valence { value, .. } => format!(
            "{} is beyond what a feeling can be, from -1 (as bad as can be) to 1",
            number(*value)
        ),
        Fault::Intensity { value, .. } => format!(
            "a strength of {} is beyond what can be; it goes from 0 to 1",
            number(*value)
        ),
        Fault::WeightlessMix { .. } => {
            "no feeling has a number above 0 here; one of them needs it".to_owned()
        }
        Fault::UnknownIntention => {
            "what is meant to be felt has an unknown part; leave that part out".to_owned()
        }
        Fault::WeightlessPromise { .. } => format!(
            "{}, {} and {} are all 0 or empty; say how often it was kept, broken, or nobody knows",
            heading(Column::Kept),
            heading(Column::Broken),
            heading(Column::Unknown)
        ),
        Fault::DuplicateTransition { .. } => {
            "the same touchpoint is named twice under the same condition; name it once, with the numbers added up".to_owned()
        }
        Fault::WhenWithoutPromise { when, .. } => format!(
            "\"{}\" stands here, but the row says no promise; fill in {}, or leave the condition out",
            spoken.language.word(&format!("result.{}", when.as_str())),
            heading(Column::Promise)
        ),
        Fault::DuplicateId { id, first } => match row_of(*first) {
            Some(row) => format!("{id:?} stands in row {row} already; each row needs an id of its own"),
            None => fault.to_string(),
        },
        Fault::NotAnAmount { value, .. } => {
            format!("{} must be a number of 0 or more", number(*value))
        }
        Fault::NotFinite { value, .. } => format!("{} must be a plain number", number(*value)),
        Fault::Empty { .. } => "is empty; it needs at least one letter".to_owned(),
        Fault::Image(fault) => format!("the picture {fault}"),
        other => with_headings(&other.to_string(), spoken),
    };
    SpreadsheetProblem::Journey {
        fault: Box::new(fault.clone()),
        said,
    }
}

/// The keys of the document, which stand in backticks, by the headings of their columns.
fn with_headings(text: &str, spoken: Spoken<'_>) -> String {
    let parts = text.split('`').enumerate().map(|(place, part)| {
        let column: Option<Column> = (place % 2 == 1).then(|| part.parse().ok()).flatten();
        column.map_or(part.to_owned(), |column| {
            spoken.language.word(&column.key()).to_owned()
        })
    });
    parts.collect()
}
