//! Event logs in XES (IEEE 1849): traces with their events, each with attributes that have a key.

use std::collections::BTreeMap;
use std::io::Cursor;

use customer_journey::events::CsvField;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::text::write_row;
use super::{Misshapen, Places, Shaped};

const CASE: &str = "case:concept:name";
/// The key of the names of traces, which no attribute has.
const NAME: &str = "case:";

/// Whether a file is an event log in XES, by its beginning.
pub(crate) fn is_xes(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head.get(..head.len().min(4096)).unwrap_or_default());
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with('<') && head.contains("<log") && !head.to_lowercase().contains("<html")
}

/// An event: the number of its trace, its line, and its attributes by the number of their keys.
struct Found {
    trace: usize,
    line: u64,
    cells: Vec<(usize, String)>,
}

/// What was read of a log so far.
#[derive(Default)]
struct Log {
    keys: Vec<String>,
    number_of: BTreeMap<String, usize>,
    /// The attributes of each trace.
    traces: Vec<Vec<(usize, String)>>,
    events: Vec<Found>,
    /// Attributes within attributes, and lists.
    nested: u64,
    /// Events outside of traces.
    stray: u64,
    /// An attribute that its trace or event has already.
    doubled: u64,
}

impl Log {
    fn key(&mut self, key: String) -> usize {
        if let Some(known) = self.number_of.get(&key) {
            return *known;
        }
        let number = self.keys.len();
        self.number_of.insert(key.clone(), number);
        self.keys.push(key);
        number
    }
}

/// Brings an event log in XES into rows of events: a column for each attribute, those of traces with `case:` before.
pub(crate) fn rows(text: &str) -> Result<Shaped, Misshapen> {
    let log = read(text)?;
    let name = log.number_of.get(NAME);
    let mut columns: Vec<usize> = (0..log.keys.len())
        .filter(|number| Some(number) != name)
        .collect();
    // The order of columns is that of their names, so that it does not depend on which event comes first.
    columns.sort_by_key(|number| &log.keys[*number]);
    let mut table = Vec::new();
    let keys = columns.iter().map(|number| log.keys[*number].as_str());
    write_row(&mut table, std::iter::once(CASE).chain(keys));
    let mut places = Places::default();
    let (mut unnamed, mut again) = (0, 0);
    let mut taken = std::collections::BTreeMap::new();
    let names: Vec<String> = (1..)
        .zip(&log.traces)
        .map(|(number, trace)| {
            let own = trace.iter().find(|(key, _)| Some(key) == name);
            own.map_or_else(
                || {
                    unnamed += 1;
                    format!("trace {number}")
                },
                |(_, value)| value.clone(),
            )
        })
        .map(|own| {
            // Each trace is a journey, whatever others are called.
            let times = taken.entry(own.clone()).or_insert(0_u64);
            *times += 1;
            if *times == 1 {
                return own;
            }
            again += 1;
            format!("{own} ({times})")
        })
        .collect();
    for (made, event) in (2..).zip(&log.events) {
        let trace = log.traces.get(event.trace).map_or(&[][..], Vec::as_slice);
        let cell = |number: &usize| -> &str {
            let mut all = event.cells.iter().chain(trace);
            all.find(|(key, _)| key == number)
                .map_or("", |(_, value)| value.as_str())
        };
        let case = names.get(event.trace).map_or("", String::as_str);
        write_row(
            &mut table,
            std::iter::once(case).chain(columns.iter().map(cell)),
        );
        places.add(made, event.line, 0);
    }
    let mut told = vec![format!(
        "an event log in XES: {} traces, each a journey, with {} events",
        log.traces.len(),
        log.events.len()
    )];
    for (number, what) in [
        (
            unnamed,
            "traces have no name and are called by their number",
        ),
        (
            again,
            "traces have the name of an earlier one and are journeys of their own, as \"c1 (2)\"",
        ),
        (log.stray, "events stand outside of traces and are left out"),
        (
            log.nested,
            "attributes stand within others, or in lists, and are not read",
        ),
        (log.doubled, "attributes are stated twice; the first counts"),
    ] {
        if number > 0 {
            told.push(format!("{number} {what}"));
        }
    }
    Ok(Shaped {
        rows: Box::new(Cursor::new(table)),
        columns: vec![(CsvField::Journey, Some(CASE))],
        places,
        told,
    })
}

/// Where in a log the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Outside,
    Log,
    Trace,
    Event,
    /// An event outside of traces.
    Stray,
    /// Within an attribute.
    Value,
    /// What says nothing of events: globals, classifiers.
    Other,
}

fn read(text: &str) -> Result<Log, String> {
    let mut reader = Reader::from_str(text);
    let mut log = Log::default();
    let mut within = vec![At::Outside];
    let (mut line, mut counted) = (1, 0);
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let passed = text.get(counted..before).unwrap_or_default();
        line += passed.bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted = before;
        let event = reader.read_event();
        let at = within.last().copied().unwrap_or(At::Outside);
        match event {
            Ok(Event::Start(tag)) => {
                let now = begin(&mut log, at, &tag, line)?;
                within.push(now);
            }
            Ok(Event::Empty(tag)) => {
                begin(&mut log, at, &tag, line)?;
            }
            Ok(Event::End(_)) => {
                within.pop();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("line {line}: this XML cannot be read: {error}")),
        }
    }
    match within.as_slice() {
        [_] => Ok(log),
        _ => Err(format!(
            "line {line}: the log ends before all its elements do"
        )),
    }
}

/// What an element says, and where its content stands.
fn begin(log: &mut Log, at: At, tag: &BytesStart<'_>, line: u64) -> Result<At, String> {
    let name = tag.local_name();
    let name = name.as_ref();
    Ok(match (at, name) {
        (At::Outside, "log") => At::Log,
        (At::Log, "trace") => {
            log.traces.push(Vec::new());
            At::Trace
        }
        (At::Trace, "event") => {
            log.events.push(Found {
                trace: log.traces.len() - 1,
                line,
                cells: Vec::new(),
            });
            At::Event
        }
        (At::Log, "event") => {
            log.stray += 1;
            At::Stray
        }
        (At::Trace | At::Event, "string" | "date" | "int" | "float" | "boolean" | "id") => {
            let (key, value) = attribute(tag).map_err(|error| format!("line {line}: {error}"))?;
            let own = key == "concept:name";
            let key = match at {
                At::Trace if own => NAME.to_owned(),
                At::Trace => format!("case:{key}"),
                _ => key,
            };
            let key = log.key(key);
            let cells = match at {
                At::Trace => log.traces.last_mut(),
                _ => log.events.last_mut().map(|event| &mut event.cells),
            };
            if let Some(cells) = cells {
                if cells.iter().any(|(known, _)| *known == key) {
                    log.doubled += 1;
                } else {
                    cells.push((key, value));
                }
            }
            At::Value
        }
        (At::Trace | At::Event | At::Value, _) => {
            log.nested += 1;
            At::Value
        }
        _ => At::Other,
    })
}

fn attribute(tag: &BytesStart<'_>) -> Result<(String, String), String> {
    let (mut key, mut value) = (None, None);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| format!("this XML cannot be read: {error}"))?;
        let text = attribute.normalized_value(XmlVersion::Implicit1_0);
        let text = text.map_err(|error| format!("this XML cannot be read: {error}"))?;
        match attribute.key.as_ref() {
            "key" => key = Some(text.into_owned()),
            "value" => value = Some(text.into_owned()),
            _ => {}
        }
    }
    let key = key.ok_or("an attribute has no key")?;
    Ok((key, value.unwrap_or_default()))
}
