//! Rows into the events of a sink, and what is wrong with them into totals.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::error::{CellFault, CsvError, CsvFault};
use super::field::CsvField;
use super::joined::Joined;
use super::lifecycle::Visits;
use super::names::{Channels, Spellings};
use super::options::CsvOptions;
use super::plan::{Plan, understand};
use super::repeats::{Kind, Repeats};
use super::sink::Sink;
use super::text::{Malformed, Row, RowCells, Rows, Source};
use super::told::{CsvRead, Faults, Met, Outcomes};
use super::value::cells::{self, Emotions, Promises, Stated};
use super::value::ratings::Ratings;
use super::value::stages::{self, Lifecycle};
use super::value::time::Instant;
use super::value::times::Told;
use super::value::words;
use crate::events::error::EventFault;
use crate::events::tally::journeys::Awaited;
use crate::events::tally::under_way::EXPECTED;

/// What is known while a table is read.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for each row")]
pub(super) struct Reader {
    pub(super) plan: Plan,
    pub(super) stated: Stated,
    longest_missing: usize,
    pub(super) emotions: Emotions,
    pub(super) promises: Promises,
    pub(super) repeats: Repeats,
    pub(super) faults: Faults,
    pub(super) done: CsvRead,
    pub(super) visits: Visits,
    pub(super) channels: Channels,
    pub(super) touchpoints: Spellings,
    /// Channels as they are spelt.
    pub(super) spelt: Spellings,
    pub(super) outcomes: Outcomes,
    /// By field: words for nothing, and how many rows have each.
    pub(super) nothing: BTreeMap<CsvField, BTreeMap<String, u64>>,
    pub(super) ratings: Ratings,
    pub(super) tolerance: f64,
    /// The caller says that the last row happened first.
    pub(super) newest_first: bool,
    pub(super) all_rows: u64,
    pub(super) no_time: u64,
    /// How many rows repeat the one before, and the line of the first.
    pub(super) doubled: (u64, u64),
    pub(super) header_repeated: u64,
    /// The line of the last row that sums others up, and how many do.
    pub(super) total: (u64, u64),
    /// Rows of dashes.
    pub(super) ruled: u64,
    pub(super) short: u64,
    /// The rows so far, or their ids, where each counts once.
    pub(super) once: Option<BTreeSet<Vec<u8>>>,
    /// The last row of the batch before.
    last: Vec<u8>,
    /// What the row before said beside whose it is, if it was as most are.
    told: Option<(Kind, Option<Instant>)>,
    /// No column states times.
    untimed: bool,
    /// Each row is looked at closely: the table tells what most do not, rows count once, or it is to be refused.
    pub(super) rare: bool,
    /// Whether times order the events of a journey.
    pub(super) times_order: bool,
}

/// Why the reading ends before the table does.
pub(super) type Stop = Box<CsvFault>;

pub(super) fn read<R: Read, S: Sink>(
    table: R,
    options: &CsvOptions,
    sink: &mut S,
) -> Result<CsvRead, CsvError> {
    if let Some(delimiter @ (b'"' | b'\n' | b'\r')) = options.delimiter {
        let delimiter = char::from(delimiter);
        return Err(CsvError::Delimiter { delimiter });
    }
    if options.newest_first && sink.held().is_none() {
        return Err(CsvError::NewestFirst);
    }
    let mut source = Source::new(table, options.encoding)?;
    let plan = understand(&mut source, options, S::CUSTOMERS)?;
    let mut rows = Rows::new(source, plan.delimiter);
    for _ in 0..plan.skip {
        let advanced = rows.advance(1);
        advanced.map_err(|error| failed(rows.line(), &error))?;
    }
    rows.suppose(plan.columns.count);
    let mut reader = Reader::new(plan, options, sink.scale());
    let mut awaited = [Awaited::default(); EXPECTED];
    let mut joined = Joined::default();
    loop {
        let advanced = rows.advance(EXPECTED);
        advanced.map_err(|error| failed(rows.line(), &error))?;
        let Some(&last) = rows.batch().last() else {
            break;
        };
        if reader.joins() {
            joined.fill(&rows, &reader);
            sink.foresee(joined.iter(), &mut awaited);
        } else {
            let batch = rows.batch().iter();
            let columns = &reader.plan.columns;
            let journeys = batch.map(|&row| columns.cell(&rows.cells(row), CsvField::Journey));
            sink.foresee(journeys, &mut awaited);
        }
        let mut stop = None;
        let mut kept = std::mem::take(&mut reader.last);
        for (number, (&row, awaited)) in rows.batch().iter().zip(&awaited).enumerate() {
            let cells = rows.cells(row);
            let journey = if reader.joins() {
                joined.get(number)
            } else {
                reader.plan.columns.cell(&cells, CsvField::Journey)
            };
            // Looked at only where nothing else tells the row from the one before.
            let doubles = || {
                let text = row_text(&cells, row);
                let before = number
                    .checked_sub(1)
                    .and_then(|before| rows.batch().get(before));
                let before = before.map(|&before| row_text(&rows.cells(before), before));
                !text.is_empty() && text == before.unwrap_or(&kept)
            };
            if let Err(fault) = reader.row(&cells, row, journey, doubles, sink, awaited) {
                stop = Some(fault);
                break;
            }
        }
        kept.clear();
        kept.extend_from_slice(row_text(&rows.cells(last), last));
        reader.last = kept;
        let settled = sink.settle();
        settled.map_err(|fault| {
            let journey = reader
                .plan
                .columns
                .cell(&rows.cells(last), CsvField::Journey);
            CsvError::Row(reader.of_event(fault, journey, last.line))
        })?;
        if let Some(fault) = stop {
            return Err(CsvError::Row(*fault));
        }
    }
    reader.close(sink);
    if reader.done.refusals.is_empty() {
        Ok(reader.done)
    } else {
        Err(CsvError::Refused(Box::new(reader.done)))
    }
}

/// The text of a row without quotes.
#[inline(always)]
fn row_text<'a>(cells: &RowCells<'a>, row: Row) -> &'a [u8] {
    cells
        .stretch(0, row.len.wrapping_sub(1))
        .unwrap_or_default()
}

impl Reader {
    fn new(plan: Plan, options: &CsvOptions, scale: (crate::journey::Scale, bool)) -> Self {
        let stated = Stated::new(options, scale, plan.numbers.clone(), plan.inverted);
        Self {
            longest_missing: stated.longest_missing(),
            stated,
            emotions: Emotions::new(),
            promises: Promises::new(),
            repeats: Repeats::new(&plan.told.fields),
            faults: Faults::default(),
            done: CsvRead::new(plan.told.clone(), plan.remarks.clone()),
            visits: Visits::default(),
            channels: Channels::new(),
            touchpoints: Spellings::new(),
            spelt: Spellings::new(),
            outcomes: Outcomes::new(),
            nothing: BTreeMap::new(),
            ratings: Ratings::default(),
            tolerance: options.tolerance,
            newest_first: options.newest_first,
            all_rows: 0,
            no_time: 0,
            doubled: (0, 0),
            header_repeated: 0,
            total: (0, 0),
            ruled: 0,
            short: 0,
            once: options.once.then(BTreeSet::new),
            last: Vec::new(),
            told: None,
            untimed: !plan.columns.has(CsvField::Time),
            rare: plan.columns.more
                || options.once
                || plan.times.improbable_unknown
                || !options.missing.is_empty(),
            times_order: !plan.columns.has(CsvField::Sequence),
            plan,
        }
    }

    #[inline(always)]
    fn joins(&self) -> bool {
        self.plan.columns.has(CsvField::Person)
    }

    pub(super) fn header(&self, field: CsvField) -> String {
        let fed = self.done.plan.fields.iter().find(|fed| fed.field == field);
        fed.map(|fed| fed.header.clone()).unwrap_or_default()
    }

    /// Whether the cell of a journey, or of another field that events need, says that there is none.
    #[inline(always)]
    pub(super) fn is_nothing(&self, field: CsvField, cell: &[u8]) -> bool {
        cell.len() <= self.longest_missing
            && (words::is_nothing(cell) || self.stated.is_missing_in(field, cell))
    }

    /// Reads a row.
    #[inline(always)]
    fn row<S: Sink>(
        &mut self,
        cells: &RowCells<'_>,
        row: Row,
        journey: &[u8],
        doubles: impl Fn() -> bool,
        sink: &mut S,
        awaited: &Awaited,
    ) -> Result<(), Stop> {
        self.all_rows += 1;
        if row.len != self.plan.columns.count || row.fault.is_some() || self.rare {
            self.told = None;
            return self.odd_row(cells, row, journey, doubles(), sink, awaited);
        }
        let text = self.repeats.text(cells);
        let kind = text.and_then(|text| self.repeats.recall(text, sink.numbering()));
        let at = match kind {
            Some(_) => self
                .plan
                .times
                .read(self.plan.columns.cell(cells, CsvField::Time)),
            None => Ok(Told::Blank),
        };
        let at = match at {
            Ok(Told::At(at)) => Some(at),
            _ => None,
        };
        let timed = at.is_some() || self.untimed;
        let told = kind.map(|kind| (kind, at));
        if kind.is_some() && (self.told.is_none() || told == self.told) && doubles() {
            self.double(row.line);
        }
        self.told = told;
        if let Some(kind) = kind
            && timed
            && !journey.is_empty()
            && !self.is_nothing(CsvField::Journey, journey)
        {
            let customer = if S::CUSTOMERS {
                self.plan.columns.cell(cells, CsvField::Customer)
            } else {
                &[]
            };
            let visit = kind.visit(at.map(|at| at.ms), at.map_or(0, |at| at.nanos));
            return match sink.put(journey, customer, awaited, &visit) {
                Ok(()) => {
                    self.done.rows += 1;
                    Ok(())
                }
                Err(fault) => Err(Box::new(self.of_event(fault, journey, row.line))),
            };
        }
        if kind.is_none() && doubles() {
            self.double(row.line);
        }
        self.new_row(cells, row, journey, text, sink, awaited)
    }

    /// As [`row`](Self::row), for rows that are not as most are.
    #[inline(never)]
    fn odd_row(
        &mut self,
        cells: &RowCells<'_>,
        row: Row,
        journey: &[u8],
        doubled: bool,
        sink: &mut impl Sink,
        awaited: &Awaited,
    ) -> Result<(), Stop> {
        let count = self.plan.columns.count;
        let malformed = match row.fault {
            Some(malformed) => Some(malformed.into()),
            None if row.len > count
                && (count..row.len).any(|cell| !cells.cell(cell).is_empty()) =>
            {
                Some(CellFault::Cells {
                    found: row.len,
                    expected: count,
                })
            }
            None => None,
        };
        if let Some(fault) = malformed {
            // Where it ends is not known, nor what else it swallowed.
            if matches!(fault, CellFault::OpenQuote | CellFault::TooLong) && row.len == 0 {
                return Err(Box::new(CsvFault {
                    line: row.line,
                    column: None,
                    fault,
                }));
            }
            return self.leave_out(None, fault, row.line, &[], journey, sink);
        }
        if row.len < count {
            self.short += 1;
        }
        if let Some(seen) = &mut self.once {
            let id = self.plan.columns.cell(cells, CsvField::EventId);
            let mut text = Vec::new();
            let mut add = |cell: &[u8]| {
                text.extend_from_slice(&cell.len().to_le_bytes());
                text.extend_from_slice(cell);
            };
            if id.is_empty() {
                (0..row.len).for_each(|cell| add(cells.cell(cell)));
            } else {
                add(journey);
                add(id);
            }
            if !seen.insert(text) {
                self.double(row.line);
                return Ok(());
            }
        } else if doubled {
            self.double(row.line);
        }
        if self.plan.columns.has(CsvField::Lifecycle) && !self.counts(cells, row.line, journey) {
            self.done.incomplete += 1;
            return Ok(());
        }
        let text = self.repeats.text(cells);
        self.new_row(cells, row, journey, text, sink, awaited)
    }

    fn double(&mut self, line: u64) {
        if self.doubled.0 == 0 {
            self.doubled.1 = line;
        }
        self.doubled.0 += 1;
    }

    /// Whether an event of a lifecycle is a visit: its end.
    fn counts(&mut self, cells: &RowCells<'_>, line: u64, journey: &[u8]) -> bool {
        let cell = self.plan.columns.cell(cells, CsvField::Lifecycle);
        if cell.is_empty() || self.stated.says_nothing(CsvField::Lifecycle, cell) {
            return true;
        }
        let touchpoint = self.plan.columns.cell(cells, CsvField::Touchpoint);
        let known = stages::lifecycle(cell);
        let time = match self
            .plan
            .start_times
            .read(self.plan.columns.cell(cells, CsvField::Time))
        {
            Ok(Told::At(at)) => Some(at),
            _ => None,
        };
        match known {
            Some((Lifecycle::Begun, _)) => self.visits.begin(journey, touchpoint, time),
            Some((Lifecycle::Ended, _)) => {
                self.visits.end(journey, touchpoint, time);
                return true;
            }
            Some((Lifecycle::NotDone, _)) => self.visits.not_done(journey, touchpoint, cell),
            None => {
                self.faults.add(Met {
                    field: Some(CsvField::Lifecycle),
                    fault: CellFault::Lifecycle(cells::text(cell)),
                    line,
                    cell,
                    journey,
                    leaves_out: false,
                    stated: false,
                });
                return true;
            }
        }
        false
    }

    /// The fault of an event that ends the reading.
    #[cold]
    pub(super) fn of_event(&self, fault: EventFault, journey: &[u8], line: u64) -> CsvFault {
        let field = match fault {
            EventFault::TimeBack { .. } | EventFault::BackWithin { .. } => Some(CsvField::Time),
            EventFault::SequenceBack { .. } => Some(CsvField::Sequence),
            _ => None,
        };
        let journey = cells::text(journey);
        self.at(field, CellFault::Event { journey, fault }, line)
    }

    #[cold]
    pub(super) fn at(&self, field: Option<CsvField>, fault: CellFault, line: u64) -> CsvFault {
        let fed =
            field.and_then(|field| self.done.plan.fields.iter().find(|fed| fed.field == field));
        CsvFault {
            line,
            column: fed.map(|fed| (fed.column, fed.header.clone())),
            fault,
        }
    }
}

#[cold]
fn failed(line: u64, error: &std::io::Error) -> CsvError {
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
