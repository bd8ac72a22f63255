//! Event tables: text with a header line and cells between delimiters.

mod cells;
mod error;
mod header;
mod marks;
mod options;
mod repeats;
mod row;
mod sink;
mod split;
mod time;

use std::io::Read;

use super::backlog::Backlog;
use super::error::{EventFault, EventPart};
use super::event::EventEmotion;
use super::log::EventLog;
use super::open::EXPECTED;
use super::opens::Awaited;
use super::record::Raw;
use super::tally::Tally;
use cells::{Moods, Promises, Times};
pub use error::{CellFault, CsvError, CsvFault};
pub use header::{CsvColumn, CsvField};
use header::{HeaderFault, feed, unit_of};
pub use options::{CsvOptions, CsvRead};
use repeats::{Kind, Repeats};
use row::{ABSENT, Malformed, RowCells};
use sink::Sink;
use split::Rows;
pub use time::TimeUnit;

impl Tally {
    /// Counts the events of a table: text in UTF-8 with a header line, one row an event, cells between commas,
    /// semicolons or tabs, quoted where they hold such characters, as RFC 4180 says. A byte order mark is dropped, lines
    /// may end in CR LF, blank lines are skipped, and so are blanks around a cell. A blank cell states nothing.
    ///
    /// Numbers in the emotion column lie on the scale of the tally's [options](super::TallyOptions), or are names of
    /// feelings. The table is read block by block and never held.
    ///
    /// # Errors
    /// [`CsvError`] names line and column and what is allowed. Rows before the fault are counted.
    ///
    /// ```
    /// use customer_journey::{CsvOptions, LearnOptions, Scale, Tally, TallyOptions};
    /// let table = "\
    /// Case ID;Activity;Timestamp;Channel;Rating;Promise kept;Stage
    /// c1;order;2024-05-01;web;4;;before
    /// c1;delivery;2024-05-03 14:00:00;courier;2;nei;during
    /// ";
    /// let mut tally = Tally::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE));
    /// let read = tally.read_csv(table.as_bytes(), &CsvOptions::new())?;
    /// assert_eq!((read.rows, read.delimiter), (2, ';'));
    /// assert_eq!(read.fields[0].to_string(), "journey from column \"Case ID\"");
    /// let journey = tally.learn(&LearnOptions::new())?.journey;
    /// assert_eq!(journey.touchpoint("delivery").and_then(|t| t.promise.as_ref()?.kept_rate()), Some(0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl Backlog {
    /// Takes the events of a table, as [`Tally::read_csv`] does.
    ///
    /// # Errors
    /// As [`Tally::read_csv`].
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl EventLog {
    /// Takes the events of a table, as [`Tally::read_csv`] does, in any order. A column that names persons says who made
    /// a journey: [`CsvField::Customer`].
    ///
    /// # Errors
    /// As [`Tally::read_csv`]; no event goes back.
    ///
    /// ```
    /// use customer_journey::{CsvOptions, EventLog};
    /// let table = "customer,case,activity\nanna,c1,order\nanna,c2,order\n";
    /// let mut log = EventLog::default();
    /// log.read_csv(table.as_bytes(), &CsvOptions::new())?;
    /// assert_eq!((log.len(), log.customers()), (2, 1));
    /// # Ok::<(), customer_journey::CsvError>(())
    /// ```
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

/// How cells become values.
struct Values {
    times: Times,
    moods: Moods,
    promises: Promises,
    repeats: Repeats,
}

/// Where the fields of an event are.
struct Columns {
    /// By field: the position of its column, or [`ABSENT`].
    of: [usize; CsvField::ALL.len()],
    /// How many cells a row has.
    count: usize,
    /// Whether anything is told that most tables do not tell.
    more: bool,
}

impl Columns {
    fn new(fields: &[CsvColumn], count: usize) -> Self {
        const MOST: [CsvField; 7] = [
            CsvField::Journey,
            CsvField::Customer,
            CsvField::Touchpoint,
            CsvField::Channel,
            CsvField::Time,
            CsvField::Emotion,
            CsvField::Promise,
        ];
        let mut of = [ABSENT; CsvField::ALL.len()];
        for fed in fields {
            of[fed.field as usize] = fed.column - 1;
        }
        let more = fields.iter().any(|fed| !MOST.contains(&fed.field));
        Self { of, count, more }
    }

    #[inline(always)]
    fn cell<'a>(&self, cells: &RowCells<'a>, field: CsvField) -> &'a [u8] {
        cells.cell(self.of[field as usize])
    }
}

fn read<R: Read, S: Sink>(
    table: R,
    options: &CsvOptions,
    sink: &mut S,
) -> Result<CsvRead, CsvError> {
    if let Some(delimiter @ (b'"' | b'\n' | b'\r')) = options.delimiter {
        let delimiter = char::from(delimiter);
        return Err(CsvError::Delimiter { delimiter });
    }
    let mut rows = Rows::new(table, options.delimiter);
    let headers = headers(&mut rows)?;
    let mut fields =
        feed(&headers, &options.columns).map_err(|fault| of_header(fault, &headers))?;
    fields.retain(|fed| S::CUSTOMERS || fed.field != CsvField::Customer);
    let columns = Columns::new(&fields, headers.len());
    let stated = fields.iter().find(|fed| fed.field == CsvField::Time);
    let unit = options.unit.or_else(|| unit_of(&stated?.header));
    let offset = options
        .offset_minutes
        .map(|minutes| i64::from(minutes) * 60_000);
    let mut values = Values {
        times: Times::new(unit, offset),
        moods: Moods::new(options.decimal_comma),
        promises: Promises::new(),
        repeats: Repeats::new(&fields),
    };
    let fed = |column: usize| fields.iter().any(|fed| fed.column == column + 1);
    let unused = headers
        .iter()
        .enumerate()
        .filter(|(column, _)| !fed(*column));
    let mut done = CsvRead {
        unused: unused.map(|(_, header)| header.clone()).collect(),
        delimiter: char::from(rows.delimiter()),
        rows: 0,
        incomplete: 0,
        skipped: 0,
        faults: Vec::new(),
        fields: Vec::new(),
    };
    let mut awaited = [Awaited::default(); EXPECTED];
    loop {
        let advanced = rows.advance(EXPECTED);
        advanced.map_err(|error| source(rows.line(), &error))?;
        let Some(&last) = rows.batch().last() else {
            break;
        };
        let batch = rows.batch().iter();
        let journeys = batch.map(|&row| columns.cell(&rows.cells(row), CsvField::Journey));
        sink.foresee(journeys, &mut awaited);
        let mut stop = None;
        for (&row, awaited) in rows.batch().iter().zip(&awaited) {
            let cells = rows.cells(row);
            if columns.more
                && row.len == columns.count
                && !cells::completes(columns.cell(&cells, CsvField::Lifecycle))
            {
                done.incomplete += 1;
                continue;
            }
            let taken = match row.fault {
                None if row.len == columns.count => {
                    take(&cells, &columns, &mut values, sink, awaited)
                }
                None => Err((None, wrong_length(row.len, columns.count))),
                Some(malformed) => Err((None, malformed.into())),
            };
            match taken {
                Ok(()) => done.rows += 1,
                Err(faulty) => {
                    let fault = at(row.line, faulty, &fields);
                    let Some(keep) = options.skip.filter(|_| !fault.goes_back()) else {
                        stop = Some(fault);
                        break;
                    };
                    done.skipped += 1;
                    if done.faults.len() < keep {
                        done.faults.push(fault);
                    }
                }
            }
        }
        let settled = sink.settle();
        settled.map_err(|fault| {
            let journey = columns.cell(&rows.cells(last), CsvField::Journey);
            at(last.line, of_event(fault, journey), &fields)
        })?;
        if let Some(fault) = stop {
            return Err(fault.into());
        }
    }
    done.fields = fields;
    Ok(done)
}

type Faulty = (Option<CsvField>, CellFault);

/// A fault with its place.
#[cold]
fn at(line: u64, (field, fault): Faulty, fields: &[CsvColumn]) -> CsvFault {
    let column = field.and_then(|field| fields.iter().find(|fed| fed.field == field));
    CsvFault {
        line,
        column: column.map(|fed| (fed.column, fed.header.clone())),
        fault,
    }
}

#[cold]
fn wrong_length(found: usize, expected: usize) -> CellFault {
    CellFault::Cells { found, expected }
}

/// Takes the event that a row tells of.
// The event is never a value that is handed on: packing it would take as long as reading it.
#[inline(always)]
fn take(
    cells: &RowCells<'_>,
    columns: &Columns,
    values: &mut Values,
    sink: &mut impl Sink,
    awaited: &Awaited,
) -> Result<(), Faulty> {
    let text = values.repeats.text(cells);
    let Some(kind) = text.and_then(|text| values.repeats.recall(text, sink.numbering())) else {
        return take_new(cells, columns, values, sink, awaited, text);
    };
    let time = values.times.read(columns.cell(cells, CsvField::Time));
    let time = time.map_err(|fault| (Some(CsvField::Time), fault))?;
    let journey = columns.cell(cells, CsvField::Journey);
    let customer = columns.cell(cells, CsvField::Customer);
    let put = sink.put(journey, customer, awaited, &kind.visit(time));
    put.map_err(|fault| of_event(fault, journey))
}

/// As [`take`], for an event that need not be of a kind known before.
#[inline(never)]
fn take_new(
    cells: &RowCells<'_>,
    columns: &Columns,
    values: &mut Values,
    sink: &mut impl Sink,
    awaited: &Awaited,
    text: Option<&[u8]>,
) -> Result<(), Faulty> {
    let cell = |field| columns.cell(cells, field);
    let rare = |field| if columns.more { cell(field) } else { &[] };
    let of = |field| move |fault| (Some(field), fault);
    let phase = cells::phase(rare(CsvField::Phase)).map_err(of(CsvField::Phase))?;
    let time = values.times.read(cell(CsvField::Time));
    let time = time.map_err(of(CsvField::Time))?;
    let sequence = cells::sequence(rare(CsvField::Sequence)).map_err(of(CsvField::Sequence))?;
    let promise = values.promises.read(cell(CsvField::Promise));
    let emotion = values.moods.read(cell(CsvField::Emotion));
    let (feeling, rating) = match emotion.map_err(of(CsvField::Emotion))? {
        Some(EventEmotion::Feeling(feeling)) => (Some(feeling), None),
        Some(EventEmotion::Rating(rating)) => (None, Some(rating)),
        None => (None, None),
    };
    let event = Raw {
        journey: cell(CsvField::Journey),
        touchpoint: cell(CsvField::Touchpoint),
        channel: cell(CsvField::Channel),
        phase,
        time,
        sequence,
        feeling,
        rating,
        promise: promise.map_err(of(CsvField::Promise))?,
        promise_name: rare(CsvField::PromiseName),
        outcome: rare(CsvField::Outcome),
        owner: rare(CsvField::Owner),
        segment: rare(CsvField::Segment),
        customer: cell(CsvField::Customer),
        nanos: 0,
    };
    let of_event = |fault| of_event(fault, event.journey);
    let Some(visit) = sink.prepare(&event).map_err(of_event)? else {
        return Ok(());
    };
    let numbering = sink.numbering();
    let put = sink.put(event.journey, event.customer, awaited, &visit);
    put.map_err(of_event)?;
    if let (Some(text), Some(kind)) = (text, Kind::of(&visit)) {
        values.repeats.remember(text, kind, numbering);
    }
    Ok(())
}

fn headers<R: Read>(rows: &mut Rows<R>) -> Result<Vec<String>, CsvError> {
    rows.advance(1).map_err(|error| source(1, &error))?;
    let Some(&row) = rows.batch().first() else {
        return Err(CsvError::NoHeader);
    };
    if let Some(malformed) = row.fault {
        return Err(CsvError::Row(CsvFault {
            line: row.line,
            column: None,
            fault: malformed.into(),
        }));
    }
    let cells = rows.cells(row);
    (0..row.len)
        .map(|column| {
            let header = std::str::from_utf8(cells.cell(column));
            header
                .map(str::to_owned)
                .map_err(|_| CsvError::HeaderNotText)
        })
        .collect()
}

/// Where the fault of an event lies in its row.
#[cold]
fn of_event(fault: EventFault, journey: &[u8]) -> Faulty {
    let field = match fault {
        EventFault::TimeBack { .. } => Some(CsvField::Time),
        EventFault::SequenceBack { .. } => Some(CsvField::Sequence),
        EventFault::Rating(_) => Some(CsvField::Emotion),
        EventFault::Blank(what) | EventFault::NotText(what) | EventFault::TooMany(what) => {
            match what {
                EventPart::Journey => Some(CsvField::Journey),
                EventPart::Touchpoint => Some(CsvField::Touchpoint),
                EventPart::Channel => Some(CsvField::Channel),
                EventPart::Emotion => Some(CsvField::Emotion),
                EventPart::Customer => Some(CsvField::Customer),
                EventPart::Owner => Some(CsvField::Owner),
                EventPart::Promise => Some(CsvField::PromiseName),
                EventPart::Label | EventPart::Way => None,
            }
        }
    };
    let journey = cells::text(journey);
    (field, CellFault::Event { journey, fault })
}

#[cold]
fn of_header(fault: HeaderFault, headers: &[String]) -> CsvError {
    let headers = headers.to_vec();
    match fault {
        HeaderFault::Missing(field, persons) => CsvError::NoColumn {
            field,
            headers,
            persons,
        },
        HeaderFault::Unknown(field, header) => CsvError::UnknownColumn {
            field,
            header,
            headers,
        },
        HeaderFault::Twice(field, header) => CsvError::AmbiguousColumn { field, header },
    }
}

#[cold]
fn source(line: u64, error: &std::io::Error) -> CsvError {
    CsvError::Source {
        line,
        kind: error.kind(),
        message: error.to_string(),
    }
}

impl From<Malformed> for CellFault {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::TextAfterQuote => Self::TextAfterQuote,
            Malformed::OpenQuote => Self::OpenQuote,
            Malformed::TooLong => Self::TooLong,
        }
    }
}
