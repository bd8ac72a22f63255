//! What is wrong with the journey of a sheet, in the words of the sheet: its headings, its rows, its numbers.

use super::error::SpreadsheetProblem;
use super::header::Column;
use super::spoken::Spoken;
use super::written::number;
use crate::journey::Fault;

/// A fault in the words of a sheet; `row_of` answers in which row, counted from 1, the touchpoint of a number stands.
pub(super) fn problem(
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
        fault: fault.clone(),
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
