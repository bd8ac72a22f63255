//! Which column feeds which field, by the headers, and by what the cells hold where that decides.

use std::fmt;

use super::field::{CsvField, PERSONS};
use super::value::time::TimeUnit;

/// Which column feeds a field. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvColumn {
    /// The field.
    pub field: CsvField,
    /// The column's header, as the table writes it.
    pub header: String,
    /// The column's position, from 1.
    pub column: usize,
    /// Whether the caller named the column.
    pub stated: bool,
    /// Whether the cells, and not the header, say that the column feeds the field.
    pub by_content: bool,
    /// How the cells are written, where there are several ways: "dates, day first".
    pub form: Option<String>,
    /// Why the column may not mean what its header says.
    pub caution: Option<&'static str>,
}

impl fmt::Display for CsvColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from column {:?}", self.field, self.header)?;
        if self.by_content {
            f.write_str(", by its content")?;
        }
        if let Some(form) = &self.form {
            write!(f, ": {form}")?;
        }
        if let Some(caution) = self.caution {
            write!(f, " ({caution})")?;
        }
        Ok(())
    }
}

/// Headers of collectors of web events, where a channel is the place of the call.
const COLLECTORS: &[&str] = &["anonymousId", "messageId", "originalTimestamp", "sentAt"];
/// Sessions that are numbered for each person, as their documentation says.
const PER_PERSON: &[&str] = &["ga_session_id", "ga_session_number", "visit_number"];
/// Sessions that may be numbered for each person.
const SESSIONS: &[&str] = &["session_id", "session", "session_number", "visit_id"];

const CALL: &str = "collectors of web events write here where the call was made, which is not a channel to customers";
pub(super) const PERSONAL: &str =
    "such numbers are unique only together with the person; name the person's column as well";

/// Why the header line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderFault {
    /// No column for a field that events need, and the columns that name persons.
    Missing(CsvField, Vec<String>),
    /// The column that the caller named is not there.
    Unknown(CsvField, String),
    /// It is there more than once.
    Twice(CsvField, String),
}

/// What the caller says about a field.
pub(super) type Stated<'a> = &'a [(CsvField, Option<String>)];

/// What the cells of a column say of it.
pub(super) trait Content {
    /// Whether the cells can be what the header says that they are.
    fn fits(&self, field: CsvField, column: usize) -> bool;

    /// Whether the same journey stands beside several persons.
    fn shared(&self, journey: usize, person: usize) -> bool;
}

/// Finds the column of every field.
pub(super) fn feed(
    headers: &[String],
    stated: Stated<'_>,
    content: &impl Content,
) -> Result<Vec<CsvColumn>, HeaderFault> {
    let mut fed: Vec<CsvColumn> = Vec::new();
    for &field in CsvField::ALL {
        let last = stated.iter().rev().find(|(of, _)| *of == field);
        if let Some((_, Some(name))) = last {
            let column = named(headers, name).map_err(|found| match found {
                0 => HeaderFault::Unknown(field, name.clone()),
                _ => HeaderFault::Twice(field, name.clone()),
            })?;
            fed.push(found(field, headers, column, true));
        }
    }
    for &field in CsvField::ALL {
        if stated.iter().any(|(of, _)| *of == field) || field == CsvField::Person {
            continue;
        }
        // What chooses events, such as a channel, still says what it says.
        let taken =
            |fed: &CsvColumn, column| fed.field != CsvField::Segment && fed.column == column + 1;
        let free = |column: usize| {
            !fed.iter().any(|fed| taken(fed, column)) && content.fits(field, column)
        };
        let unread = |column: usize| {
            field == CsvField::Time
                && headers
                    .get(column)
                    .is_some_and(|header| speaks_of_time(header))
                && !fed.iter().any(|fed| taken(fed, column))
        };
        // A time that cannot be read is one all the same: its faults are told.
        let column = by_alias(headers, field, free).or_else(|| by_alias(headers, field, unread));
        if let Some(column) = column {
            let twice = |&other: &usize| {
                other != column && alike(text(headers, other), text(headers, column)) && free(other)
            };
            if (0..headers.len()).any(|other| twice(&other)) {
                return Err(HeaderFault::Twice(field, text(headers, column).to_owned()));
            }
            let mut column = found(field, headers, column, false);
            column.caution = caution(field, headers, column.column - 1);
            fed.push(column);
        }
    }
    add_person(&mut fed, headers, stated, content);
    fed.sort_by_key(|fed| fed.field);
    Ok(fed)
}

/// The fields that no event can be without.
pub(super) fn check(fed: &[CsvColumn], headers: &[String]) -> Result<(), HeaderFault> {
    for field in [CsvField::Journey, CsvField::Touchpoint] {
        if fed.iter().all(|fed| fed.field != field) {
            let person = |header: &&String| PERSONS.iter().any(|known| alike(known, header));
            let persons = headers.iter().filter(person).cloned();
            let persons = persons.filter(|_| field == CsvField::Journey).collect();
            return Err(HeaderFault::Missing(field, persons));
        }
    }
    Ok(())
}

pub(super) fn found(field: CsvField, headers: &[String], column: usize, stated: bool) -> CsvColumn {
    CsvColumn {
        field,
        header: text(headers, column).to_owned(),
        column: column + 1,
        stated,
        by_content: false,
        form: None,
        caution: None,
    }
}

/// Numbers of sessions that begin anew for each person name no journey alone.
fn add_person(
    fed: &mut Vec<CsvColumn>,
    headers: &[String],
    stated: Stated<'_>,
    content: &impl Content,
) {
    let told = stated.iter().any(|(of, _)| *of == CsvField::Person);
    let Some(journey) = fed.iter_mut().find(|fed| fed.field == CsvField::Journey) else {
        return;
    };
    let is = |known: &[&str]| known.iter().any(|known| alike(known, &journey.header));
    let (known, perhaps) = (is(PER_PERSON), is(SESSIONS));
    if told || !(known || perhaps) {
        return;
    }
    let at = journey.column - 1;
    let person = by_alias(headers, CsvField::Person, |column| {
        column != at && content.fits(CsvField::Person, column)
    });
    let Some(person) = person.filter(|&person| known || content.shared(at, person)) else {
        return;
    };
    if journey.stated {
        journey.caution = Some(PERSONAL);
        return;
    }
    fed.push(found(CsvField::Person, headers, person, false));
}

/// The column that the caller means: with this header, or else with one that is alike. The error tells how many
/// there are.
fn named(headers: &[String], name: &str) -> Result<usize, usize> {
    let exact: Vec<usize> = positions(headers, |header| header == name.trim());
    let found = if exact.is_empty() {
        positions(headers, |header| alike(header, name))
    } else {
        exact
    };
    match found.as_slice() {
        [one] => Ok(*one),
        several => Err(several.len()),
    }
}

/// A header by its position.
fn text(headers: &[String], column: usize) -> &str {
    headers.get(column).map_or("", String::as_str)
}

fn positions(headers: &[String], is: impl Fn(&str) -> bool) -> Vec<usize> {
    let all = headers.iter().enumerate();
    all.filter(|(_, header)| is(header))
        .map(|(column, _)| column)
        .collect()
}

fn by_alias(headers: &[String], field: CsvField, free: impl Fn(usize) -> bool) -> Option<usize> {
    let normals: Vec<String> = headers.iter().map(|header| normal(header)).collect();
    let tails: Vec<Option<String>> = headers
        .iter()
        .map(|header| Some(normal(header.rsplit_once(':')?.1)))
        .collect();
    let find = |is: &dyn Fn(usize, &str) -> bool| {
        field.headers().iter().find_map(|alias| {
            let alias = normal(alias);
            (0..headers.len()).find(|&column| is(column, &alias) && free(column))
        })
    };
    // `cx:channel` feeds the channel, unless there is a column that is called so outright.
    find(&|column, alias| normals.get(column).is_some_and(|normal| normal == alias)).or_else(|| {
        find(&|column, alias| {
            tails
                .get(column)
                .is_some_and(|tail| tail.as_deref() == Some(alias))
        })
    })
}

/// Whether a header says outright that it is about times.
fn speaks_of_time(header: &str) -> bool {
    const WORDS: [&str; 11] = [
        "time", "tstamp", "date", "tid", "dato", "datum", "zeit", "fecha", "heure", "hora", "tempo",
    ];
    let header = normal(header);
    WORDS.iter().any(|word| header.contains(word))
}

fn caution(field: CsvField, headers: &[String], column: usize) -> Option<&'static str> {
    if field != CsvField::Channel {
        return None;
    }
    let collector = COLLECTORS
        .iter()
        .any(|known| headers.iter().any(|header| alike(known, header)));
    (collector || alike(text(headers, column), "platform")).then_some(CALL)
}

/// The unit that a header states for bare numbers.
pub(super) fn unit_of(header: &str) -> Option<TimeUnit> {
    // Google Analytics documents its integers as microseconds.
    if alike(header, "event_timestamp") {
        return Some(TimeUnit::Microseconds);
    }
    let (_, unit) = header.trim().rsplit_once(['_', ' ', '-', '.', ':'])?;
    match unit.to_lowercase().as_str() {
        "ms" => Some(TimeUnit::Milliseconds),
        "us" => Some(TimeUnit::Microseconds),
        "ns" => Some(TimeUnit::Nanoseconds),
        "s" => Some(TimeUnit::Seconds),
        _ => None,
    }
}

pub(super) fn alike(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

pub(super) fn normal(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
