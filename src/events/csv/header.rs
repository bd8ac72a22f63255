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
const PER_PERSON: &[&str] = &[
    "ga_session_id",
    "ga_session_number",
    "visit_number",
    "visit_num",
    "visit_count",
    "domain_sessionidx",
];
/// Sessions that may be numbered for each person.
const SESSIONS: &[&str] = &["session", "visit", "sesjon", "sitzung", "besøk"];

/// How the headers of one help desk begin, beside which others mean what they mean in it alone.
const DESK: &str = "sys_";
const OF_DESK: [(CsvField, &str); 2] = [
    (CsvField::Journey, "number"),
    (CsvField::Touchpoint, "state"),
];

const CALL: &str = "collectors of web events write here where the call was made, which is not a channel to customers";

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

    /// Whether the cells are times without anything else said of them.
    fn is_dated(&self, column: usize) -> bool;

    /// Whether the cells are no times that can be read, and look like some.
    fn looks_dated(&self, column: usize) -> bool;

    /// Whether the cells are times of the day, without a date or with one that stands for none.
    fn is_clock(&self, column: usize) -> bool;

    /// Whether some column holds dates.
    fn has_dates(&self) -> bool;

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
        let later = [CsvField::Person, CsvField::PersonPart].contains(&field);
        if later || stated.iter().any(|(of, _)| *of == field) {
            continue;
        }
        // What chooses events, such as a channel, still says what it says.
        let taken =
            |fed: &CsvColumn, column| fed.field != CsvField::Segment && fed.column == column + 1;
        let free = |column: usize| {
            !fed.iter().any(|fed| taken(fed, column)) && content.fits(field, column)
        };
        let column = if field == CsvField::Time {
            let unread = |column: usize| {
                headers
                    .get(column)
                    .is_some_and(|header| speaks_of_time(header) || content.looks_dated(column))
                    && !fed.iter().any(|fed| taken(fed, column))
            };
            let clocks = |column: usize| unread(column) && !content.is_clock(column);
            // Numbers are times where nothing else is, and a time that cannot be read is one all the same: its faults are told.
            by_alias(headers, field, |column: usize| {
                free(column) && content.is_dated(column)
            })
            .or_else(|| by_alias(headers, field, free))
            .or_else(|| by_alias(headers, field, clocks))
            .or_else(|| {
                // A date that no header names is found by its content.
                by_alias(headers, field, unread).filter(|_| !content.has_dates())
            })
        } else {
            by_alias(headers, field, free)
        };
        let column = column.or_else(|| of_desk(headers, field).filter(|column| free(*column)));
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
    add_customer(&mut fed, headers, stated);
    fed.sort_by_key(|fed| fed.field);
    Ok(fed)
}

/// The column of a field in an export of a help desk whose headers are words of every day.
fn of_desk(headers: &[String], field: CsvField) -> Option<usize> {
    if !headers.iter().any(|header| header.starts_with(DESK)) {
        return None;
    }
    let (_, name) = OF_DESK.iter().find(|(of, _)| *of == field)?;
    headers
        .iter()
        .position(|header| header.eq_ignore_ascii_case(name))
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
    let Some(journey) = fed.iter().find(|fed| fed.field == CsvField::Journey) else {
        return;
    };
    let name = bare(&journey.header);
    let known = PER_PERSON.iter().any(|known| normal(known) == name);
    let perhaps = name == "sid" || SESSIONS.iter().any(|session| name.contains(session));
    if told || !(known || perhaps) {
        return;
    }
    let at = journey.column - 1;
    let person_where = |is: &dyn Fn(usize) -> bool| {
        by_alias(headers, CsvField::Person, |column| {
            column != at && content.fits(CsvField::Person, column) && is(column)
        })
    };
    // Of several columns of persons the one that tells those of one number apart: a login is blank before it.
    let apart = person_where(&|column| content.shared(at, column));
    let person = apart.or_else(|| person_where(&|_| known));
    let Some(person) = person else {
        return;
    };
    fed.push(found(CsvField::Person, headers, person, false));
    // Half an id names nobody.
    let part = by_alias(headers, CsvField::PersonPart, |column| {
        column != at && column != person
    });
    if let Some(part) = part {
        fed.push(found(CsvField::PersonPart, headers, part, false));
    }
}

/// A header without the names of the records that it is a part of: `event_params.ga_session_id`.
fn bare(header: &str) -> String {
    let tail = header.rsplit(['.', ':']).next().unwrap_or(header);
    let normal = normal(tail);
    let param = normal
        .strip_prefix("eventparams")
        .or_else(|| normal.strip_prefix("ep"));
    match param {
        Some(param) if param.starts_with("ga") => param.to_owned(),
        _ => normal,
    }
}

/// Whoever a caller names a journey by is who made it, unless another column says that.
fn add_customer(fed: &mut Vec<CsvColumn>, headers: &[String], stated: Stated<'_>) {
    let told = stated.iter().any(|(of, _)| *of == CsvField::Customer);
    let person = fed
        .iter()
        .find(|fed| fed.field == CsvField::Person && fed.stated);
    if let Some(column) = person.map(|person| person.column - 1)
        && !told
        && !fed.iter().any(|fed| fed.field == CsvField::Customer)
    {
        fed.push(found(CsvField::Customer, headers, column, false));
    }
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
    // Records within records are written with dots.
    let records = [CsvField::Journey, CsvField::Person, CsvField::EventId].contains(&field);
    // `cx:channel` feeds the channel, unless there is a column that is called so outright.
    find(&|column, alias| normals.get(column).is_some_and(|normal| normal == alias))
        .or_else(|| {
            find(&|column, alias| {
                tails
                    .get(column)
                    .is_some_and(|tail| tail.as_deref() == Some(alias))
            })
        })
        .or_else(|| {
            // `eventTime[ms]`, `Start (UTC)`.
            let timed = [CsvField::Time, CsvField::Start].contains(&field);
            timed.then(|| {
                find(&|column, alias| {
                    let bracket = text(headers, column).split_once(['[', '(']);
                    bracket.is_some_and(|(name, _)| normal(name) == alias)
                })
            })?
        })
        .or_else(|| {
            records.then(|| {
                find(&|column, alias| {
                    let header = text(headers, column);
                    header.contains('.') && bare(header) == alias
                })
            })?
        })
}

/// Whether a header says outright that it is about times.
pub(super) fn speaks_of_time(header: &str) -> bool {
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
    // Adobe documents them as seconds.
    if alike(header, "hit_time_gmt") {
        return Some(TimeUnit::Seconds);
    }
    let header = header.trim().trim_end_matches([']', ')']);
    let (_, unit) = header.rsplit_once(['_', ' ', '-', '.', ':', '[', '('])?;
    match unit.to_lowercase().as_str() {
        "ms" | "millis" | "milliseconds" => Some(TimeUnit::Milliseconds),
        "us" => Some(TimeUnit::Microseconds),
        "ns" => Some(TimeUnit::Nanoseconds),
        "s" => Some(TimeUnit::Seconds),
        _ => None,
    }
}

/// What a header says in brackets at its end: `Time (CET)`.
pub(super) fn bracketed(header: &str) -> Option<&str> {
    let inner = header.trim().strip_suffix([')', ']'])?;
    let (_, inner) = inner.rsplit_once(['(', '['])?;
    Some(inner.trim())
}

pub(super) fn alike(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

pub(super) fn normal(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
