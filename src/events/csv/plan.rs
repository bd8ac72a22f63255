//! How a table is understood: from its beginning, before any row is read.

use std::collections::BTreeMap;

use super::content::{SHOWN, Sample, by_content};
use super::error::CsvError;
use super::field::CsvField;
use super::header::{CsvColumn, HeaderFault, bracketed, check, feed, unit_of};
use super::options::CsvOptions;
use super::text::{ABSENT, RowCells, Shape, Source, rows_of};
use super::told::{CsvPlan, CsvRemark, UnusedColumn};
use super::value::cells;
use super::value::dates::Orders;
use super::value::time::TimeUnit;
use super::value::times::{TimeFacts, Times, strptime};
use super::value::{promises, words, zones};

const PLACED: &str = "its header names a zone by a place, whose distance to UTC changes within the year; such times are taken as UTC unless their offset is stated";
/// How promises are read of which the header asks whether they were broken.
const INVERTED: &str = "yes says that it was broken, as the header asks";
/// How many rows are looked at to understand the columns.
const LOOKED_AT: usize = 300;

/// All that the rows are read by.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) told: CsvPlan,
    pub(super) columns: Columns,
    pub(super) times: Times,
    pub(super) start_times: Times,
    pub(super) delimiter: u8,
    /// Rows up to the first one with an event.
    pub(super) skip: usize,
    pub(super) remarks: Vec<CsvRemark>,
    /// Columns of whole numbers other than ratings and times, and whether 1 is among them.
    pub(super) numbers: Vec<(CsvField, bool)>,
    /// Whether the header of promises asks whether they were broken.
    pub(super) inverted: bool,
}

/// Where the fields of an event are.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// By field: the position of its column, or [`ABSENT`].
    of: [usize; CsvField::ALL.len()],
    /// How many cells a row has.
    pub(super) count: usize,
    /// Whether anything is told that most tables do not tell.
    pub(super) more: bool,
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
            if let Some(of) = of.get_mut(fed.field as usize) {
                *of = fed.column - 1;
            }
        }
        let more = fields.iter().any(|fed| !MOST.contains(&fed.field));
        Self { of, count, more }
    }

    #[inline(always)]
    pub(super) fn cell<'a>(&self, cells: &RowCells<'a>, field: CsvField) -> &'a [u8] {
        cells.cell(self.of.get(field as usize).copied().unwrap_or(ABSENT))
    }

    pub(super) fn has(&self, field: CsvField) -> bool {
        self.of.get(field as usize).is_some_and(|&of| of != ABSENT)
    }
}

/// Understands a table.
#[expect(clippy::too_many_lines, reason = "one stage after the other")]
pub(super) fn understand<R: std::io::Read>(
    source: &mut Source<R>,
    options: &CsvOptions,
    customers: bool,
) -> Result<Plan, CsvError> {
    // A header may be longer than the sample.
    while !source.sample().1 && !source.sample().0.contains(&b'\n') {
        source.grow();
    }
    let (text, whole) = source.sample();
    let shape = Shape::of(
        text,
        whole,
        options.delimiter,
        options.skip_rows,
        options.label_rows,
    );
    let shape = shape.ok_or(CsvError::NoHeader)?;
    if let ([_], Some(likely)) = (shape.header.as_slice(), shape.likely) {
        return Err(CsvError::NoDelimiter { likely });
    }
    let mut headers = shape.header.clone();
    if shape.row_names {
        headers.insert(0, String::new());
    }
    let skip = shape.before.len() + 1 + shape.labels.len();
    let rows = rows_of(text, whole, shape.delimiter, skip + LOOKED_AT);
    let rows: Vec<Vec<String>> = rows.into_iter().skip(skip).map(|(_, row)| row).collect();
    let format = match &options.time_format {
        Some(form) => {
            Some(strptime(form).ok_or_else(|| CsvError::TimeFormat { form: form.clone() })?)
        }
        None => None,
    };
    let mut sample = Sample {
        times: vec![TimeFacts::default(); headers.len()],
        headers,
        rows,
        unit: options.unit,
        formatted: format.is_some(),
    };
    for column in 0..sample.headers.len() {
        let unit = sample.unit_of(column);
        let mut facts = TimeFacts::default();
        for row in &sample.rows {
            facts.add(row.get(column).map_or("", String::as_str), unit);
        }
        if let Some(known) = sample.times.get_mut(column) {
            *known = facts;
        }
    }
    let mut remarks = Vec::new();
    let mut fields = feed(&sample.headers, &options.columns, &sample)
        .map_err(|fault| of_header(fault, &sample.headers))?;
    let told = |field| options.columns.iter().any(|(of, _)| *of == field);
    fields.retain(|fed| customers || fed.stated || fed.field != CsvField::Customer);
    by_content(&mut fields, &sample, &told, &mut remarks);
    let acts = fields.iter().any(|fed| fed.field == CsvField::Touchpoint);
    check(&fields, &sample.headers).map_err(|fault| of_shape(fault, &sample, acts))?;
    // The times of the column as a whole: as much of it as it takes to settle which number is the day.
    let time = fields
        .iter()
        .find(|fed| fed.field == CsvField::Time)
        .map(|fed| fed.column - 1);
    let mut settled = time.map_or_else(TimeFacts::default, |column| sample.time_facts(column));
    if let Some(column) = time
        && options.dates.is_none()
    {
        settle(source, &shape, skip, column, &mut settled);
    }
    let stated = options.dates.map(Orders::all);
    let orders = stated.unwrap_or_else(|| settled.orders());
    let zone = fields.iter().any(|fed| fed.field == CsvField::Zone);
    let mut times = times(
        &settled,
        orders,
        time.and_then(|column| sample.unit_of(column)),
        format,
        options,
    );
    if zone {
        times.zoned = Some(true);
    }
    let of_header = time.and_then(|column| bracketed(sample.header(column)));
    let placed = of_header.is_some_and(zones::is_place);
    let ahead = of_header.and_then(zones::zone).filter(|ahead| *ahead != 0);
    let headed = ahead.is_some() && times.offset_ms.is_none() && times.zoned != Some(true);
    if headed {
        times.offset_ms = ahead;
    }
    if let Some(fed) = fields.iter_mut().find(|fed| fed.field == CsvField::Time) {
        fed.form = form(fed, &settled, orders, stated.is_some(), &times);
        if headed {
            fed.form = Some("in the zone that its header names".to_owned());
        }
        if placed && times.offset_ms.is_none() {
            fed.caution = Some(PLACED);
        }
    }
    let promise = fields.iter_mut();
    let mut promise = promise.filter(|fed| fed.field == CsvField::Promise);
    let asks_for_broken = promise.find(|fed| promises::asks_for_broken(&fed.header));
    let inverted = asks_for_broken.is_some();
    if let Some(fed) = asks_for_broken {
        fed.form = Some(INVERTED.to_owned());
    }
    let start = fields
        .iter()
        .find(|fed| fed.field == CsvField::Start)
        .map(|fed| fed.column - 1);
    let shares = |field| {
        let mut clocks = fields.iter().filter(|fed| fed.field == field);
        clocks.any(|fed| sample.are_shares_of_day(fed.column - 1))
    };
    times.shares = shares(CsvField::TimeOfDay);
    let start_times = Times {
        unit: start
            .and_then(|column| sample.unit_of(column))
            .or(times.unit),
        shares: shares(CsvField::StartTimeOfDay),
        ..times.clone()
    };
    let used = |column: usize| fields.iter().any(|fed| fed.column == column + 1);
    let unused = (0..sample.headers.len()).filter(|&column| !used(column));
    let unused = unused
        .map(|column| unused_column(column, &sample, &shape))
        .collect();
    let mut source_told = CsvPlan {
        encoding: source.encoding,
        delimiter: char::from(shape.delimiter),
        carriage_returns: source.returns,
        before: shape.before.clone(),
        header_line: shape.line,
        label_rows: shape.labels.len(),
        row_names: shape.row_names,
        unused,
        fields,
        remarks: Vec::new(),
    };
    if time.is_none()
        && source_told
            .fields
            .iter()
            .all(|fed| fed.field != CsvField::Sequence)
        && !told(CsvField::Time)
    {
        let perhaps = (0..sample.headers.len()).filter(|&column| sample.may_be_time(column));
        remarks.push(CsvRemark::NoTimes {
            perhaps: perhaps
                .map(|column| sample.header(column).to_owned())
                .collect(),
        });
    }
    let numbers = numbers(&source_told.fields, &sample);
    remarks.extend(kept_codes(options, &numbers, &source_told.fields));
    source_told.remarks.clone_from(&remarks);
    Ok(Plan {
        columns: Columns::new(&source_told.fields, sample.headers.len()),
        told: source_told,
        times,
        start_times,
        delimiter: shape.delimiter,
        skip,
        remarks,
        numbers,
        inverted,
    })
}

/// The columns of whole numbers other than ratings and times, and whether 1 is among them.
fn numbers(fields: &[CsvColumn], sample: &Sample) -> Vec<(CsvField, bool)> {
    const OTHERS: [CsvField; 4] = [
        CsvField::Emotion,
        CsvField::Time,
        CsvField::Start,
        CsvField::TimeOfDay,
    ];
    let rated = fields.iter().any(|fed| fed.field == CsvField::Emotion);
    let chosen = fields.iter().filter(|fed| {
        let promise = fed.field == CsvField::Promise;
        !OTHERS.contains(&fed.field) && (rated || !promise) && sample.are_numbers(fed.column - 1)
    });
    chosen
        .map(|fed| {
            (
                fed.field,
                sample.cells(fed.column - 1).any(|cell| cell == "1"),
            )
        })
        .collect()
}

/// What is said of codes that are numbers like any other in some columns.
fn kept_codes(
    options: &CsvOptions,
    numbers: &[(CsvField, bool)],
    fields: &[CsvColumn],
) -> Option<CsvRemark> {
    let codes = options.missing.iter();
    let codes: Vec<String> = codes
        .filter(|word| words::is_code(word.as_bytes()))
        .cloned()
        .collect();
    let of = |fed: &&CsvColumn| numbers.iter().any(|(field, _)| *field == fed.field);
    let headers: Vec<String> = fields
        .iter()
        .filter(of)
        .map(|fed| fed.header.clone())
        .collect();
    (!codes.is_empty() && !headers.is_empty()).then_some(CsvRemark::CodesKept { codes, headers })
}

/// Reads on until a date settles whether day or month come first.
fn settle<R: std::io::Read>(
    source: &mut Source<R>,
    shape: &Shape,
    skip: usize,
    column: usize,
    facts: &mut TimeFacts,
) {
    let mut looked = skip + LOOKED_AT;
    loop {
        let dates = facts
            .orders
            .iter()
            .any(|&(day, month, either)| day + month + either > 0);
        if !dates || !facts.open() {
            return;
        }
        let (text, whole) = source.sample();
        let rows = rows_of(text, whole, shape.delimiter, usize::MAX);
        for (_, row) in rows.iter().skip(looked) {
            facts.add(row.get(column).map_or("", String::as_str), None);
        }
        looked = looked.max(rows.len());
        if whole || !facts.open() {
            return;
        }
        source.grow();
    }
}

fn times(
    facts: &TimeFacts,
    orders: Orders,
    unit: Option<TimeUnit>,
    format: Option<String>,
    options: &CsvOptions,
) -> Times {
    let offset = options.offset_minutes;
    let serials = facts.serials > 0 && facts.serials == facts.numbers;
    let read = facts.dates + if unit.is_some() { facts.numbers } else { 0 };
    Times {
        unit: unit.or(serials.then_some(TimeUnit::SpreadsheetDays)),
        zones: options.zones.clone(),
        offset_ms: offset.map(|minutes| i64::from(minutes) * 60_000),
        zoned: match (2 * facts.zoned).cmp(&facts.dates) {
            _ if facts.dates == 0 || format.is_some() => None,
            std::cmp::Ordering::Greater => Some(true),
            std::cmp::Ordering::Less => Some(false),
            // The first one decides.
            std::cmp::Ordering::Equal => None,
        },
        orders,
        format,
        shares: false,
        probable: serials || (read > 0 && 2 * facts.probable >= read),
        improbable_unknown: options.improbable_unknown,
        improbable: BTreeMap::new(),
    }
}

/// How the times of a column are written, where that was not plain.
fn form(
    fed: &CsvColumn,
    facts: &TimeFacts,
    orders: Orders,
    stated: bool,
    times: &Times,
) -> Option<String> {
    if let Some(form) = &times.format {
        return Some(format!("in the form {form}, as stated"));
    }
    if let Some(form) = facts.form(orders, stated) {
        return Some(form);
    }
    if times.unit == Some(TimeUnit::SpreadsheetDays) && facts.serials > 0 {
        return Some("days of a spreadsheet".to_owned());
    }
    (facts.numbers > 0 && unit_of(&fed.header).is_some()).then(|| match times.unit {
        Some(TimeUnit::Microseconds) => "microseconds".to_owned(),
        Some(TimeUnit::Nanoseconds) => "nanoseconds".to_owned(),
        Some(TimeUnit::Seconds) => "seconds".to_owned(),
        _ => "milliseconds".to_owned(),
    })
}

fn unused_column(column: usize, sample: &Sample, shape: &Shape) -> UnusedColumn {
    let mut examples: Vec<String> = Vec::new();
    for cell in sample.cells(column) {
        let shown = cells::text(cell.as_bytes());
        if examples.len() < SHOWN && !examples.contains(&shown) {
            examples.push(shown);
        }
    }
    let label = shape.labels.first().and_then(|labels| labels.get(column));
    UnusedColumn {
        column: column + 1,
        header: sample.header(column).to_owned(),
        label: label.filter(|label| !label.is_empty()).cloned(),
        examples,
        times: sample.holds_times(column),
    }
}

/// What a table is of which no column feeds what events need; whether it names touchpoints tells.
#[cold]
fn of_shape(fault: HeaderFault, sample: &Sample, acts: bool) -> CsvError {
    let all = || 0..sample.headers.len();
    if matches!(fault, HeaderFault::Missing(..)) {
        if let Some(column) = all().find(|&column| sample.are_paths(column)) {
            let header = sample.header(column).to_owned();
            return CsvError::Paths { header };
        }
        let times: Vec<String> = all()
            .filter(|&column| sample.holds_times(column))
            .map(|column| sample.header(column).to_owned())
            .collect();
        // Where an answer began and where it ended are no two steps.
        let answer = |header: &String| {
            let words: Vec<String> = header
                .split(|c: char| !c.is_alphanumeric())
                .map(str::to_lowercase)
                .collect();
            let said = |word: &str| words.iter().any(|it| it == word);
            said("start") || said("end") || said("startdate") || said("enddate")
        };
        if times.len() > 1 && !acts && !times.iter().all(answer) {
            return CsvError::Wide { headers: times };
        }
    }
    of_header(fault, &sample.headers)
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
