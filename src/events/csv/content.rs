//! What the cells of a table say of its columns.

use std::collections::BTreeMap;

use super::clocks;
use super::field::CsvField;
use super::header::{self, Content, CsvColumn, unit_of};
use super::told::CsvRemark;
use super::value::cells;
use super::value::clock;
use super::value::stages::Lifecycle;
use super::value::time::TimeUnit;
use super::value::times::TimeFacts;
use super::value::{stages, words, zones};

/// How many values of a column are shown.
pub(super) const SHOWN: usize = 3;

/// The beginning of a table, as rows of texts.
pub(super) struct Sample {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) unit: Option<TimeUnit>,
    pub(super) formatted: bool,
    /// What is known of the times of each column.
    pub(super) times: Vec<TimeFacts>,
}

impl Sample {
    pub(super) fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    pub(super) fn time_facts(&self, column: usize) -> TimeFacts {
        self.times.get(column).cloned().unwrap_or_default()
    }

    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells
            .map(String::as_str)
            .filter(|cell| !cell.is_empty() && !words::says_nothing(cell.as_bytes()))
    }

    pub(super) fn unit_of(&self, column: usize) -> Option<TimeUnit> {
        self.unit.or_else(|| unit_of(self.header(column)))
    }

    pub(super) fn is_time(&self, column: usize) -> bool {
        let facts = self.time_facts(column);
        facts.filled == 0
            || self.formatted
            || facts.are_times(self.unit_of(column))
            || facts.numbers * 2 >= facts.filled
    }

    pub(super) fn is_date(&self, column: usize) -> bool {
        let facts = self.time_facts(column);
        facts.filled > 0 && facts.dates * 10 >= facts.filled * 9
    }

    /// Whether it may hold times, in whatever forms.
    pub(super) fn may_be_time(&self, column: usize) -> bool {
        let facts = self.time_facts(column);
        facts.filled > 0 && 2 * (facts.dates + facts.numbers) >= facts.filled && facts.dates > 0
    }

    /// Whether it holds times rather than numbers of another kind.
    pub(super) fn holds_times(&self, column: usize) -> bool {
        self.may_be_time(column) || self.time_facts(column).are_times(self.unit_of(column))
    }

    /// Whether most of its cells are several steps, one after the other.
    pub(super) fn are_paths(&self, column: usize) -> bool {
        let arrow = |cell: &&str| [" > ", "→", "->"].iter().any(|arrow| cell.contains(arrow));
        let paths = self.cells(column).filter(arrow).count();
        paths > 0 && 2 * paths >= self.cells(column).count()
    }

    pub(super) fn is_of_day(&self, column: usize) -> bool {
        self.time_facts(column).are_of_day()
    }

    /// Whether its cells are shares of a day, as spreadsheets hold times of the day.
    pub(super) fn are_shares_of_day(&self, column: usize) -> bool {
        let shares = self.cells(column).all(|cell| clock::share(cell).is_some());
        shares && self.cells(column).any(|cell| cell.contains(['.', ',']))
    }
}

impl Content for Sample {
    fn fits(&self, field: CsvField, column: usize) -> bool {
        match field {
            CsvField::Time | CsvField::Start => self.is_time(column) && !self.is_of_day(column),
            CsvField::TimeOfDay => {
                self.is_of_day(column)
                    || self.looks_of_day(column)
                    || self.time_facts(column).filled == 0
            }
            CsvField::Sequence => {
                let numbers = self
                    .cells(column)
                    .filter(|cell| cells::sequence(cell.as_bytes()).is_ok());
                2 * numbers.count() >= self.cells(column).count()
            }
            CsvField::Touchpoint => !self.is_lifecycle(column),
            // A zone that the times state themselves says nothing more.
            CsvField::Zone => self.are_zones(column),
            CsvField::Stage => self.cells(column).next().is_none() || !self.are_phases(column),
            _ => true,
        }
    }

    fn is_dated(&self, column: usize) -> bool {
        let facts = self.time_facts(column);
        facts.filled == 0 || self.formatted || facts.are_times(self.unit_of(column))
    }

    fn is_clock(&self, column: usize) -> bool {
        self.is_of_day(column)
    }

    fn has_dates(&self) -> bool {
        let mut columns = 0..self.headers.len();
        columns.any(|column| self.is_date(column) && !self.is_of_day(column))
    }

    fn looks_dated(&self, column: usize) -> bool {
        let dated = |cell: &&str| {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            let letters = cell.chars().filter(|letter| letter.is_alphabetic()).count();
            digits >= 3 && letters <= 2 * digits && cell.contains(['/', '.', '-', ':', ' '])
        };
        let cells = self.cells(column).count();
        cells > 0 && 2 * self.cells(column).filter(dated).count() > cells
    }

    fn shared(&self, journey: usize, person: usize) -> bool {
        let mut of: BTreeMap<&str, &str> = BTreeMap::new();
        self.rows.iter().any(|row| {
            let (Some(journey), Some(person)) = (row.get(journey), row.get(person)) else {
                return false;
            };
            !person.is_empty() && *of.entry(journey).or_insert(person) != person.as_str()
        })
    }
}

impl Sample {
    /// Whether the cells are offsets or names of zones.
    fn are_zones(&self, column: usize) -> bool {
        let mut cells = self.cells(column).peekable();
        cells.peek().is_some() && cells.all(zones::is_zone)
    }

    /// Whether the cells may be times of the day: `8.30`, `0830`, `8h30`, 0.375 beside `08:30`.
    pub(super) fn looks_of_day(&self, column: usize) -> bool {
        let shares = self.are_shares_of_day(column);
        let of_day = |cell: &str| clock::of_day(cell, shares).is_some();
        // One digit or two may be anything.
        self.cells(column).any(|cell| cell.len() > 2) && self.cells(column).all(of_day)
    }

    /// Whether its times are days alone.
    pub(super) fn are_days(&self, column: usize) -> bool {
        let facts = self.time_facts(column);
        let all = facts.dates + facts.numbers == facts.filled;
        facts.clocked == 0 && (all || !self.cells(column).any(|cell| cell.contains(':')))
    }

    /// Whether a column of times says the same in all rows of each journey, of which some have several.
    fn is_constant(&self, time: usize, journey: usize) -> bool {
        let (mut of, mut again) = (BTreeMap::new(), false);
        for row in &self.rows {
            let (Some(journey), Some(time)) = (row.get(journey), row.get(time)) else {
                continue;
            };
            if journey.is_empty() || time.is_empty() {
                continue;
            }
            match of.insert(journey.as_str(), time.as_str()) {
                Some(before) if before != time.as_str() => return false,
                Some(_) => again = true,
                None => {}
            }
        }
        again
    }

    /// The column of times to read in place of one that does not tell the events of a journey apart, such as when its
    /// case was opened.
    pub(super) fn apart(
        &self,
        time: usize,
        journey: usize,
        free: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        if !self.is_constant(time, journey) {
            return None;
        }
        let others = 0..self.headers.len();
        let mut others = others.filter(|&column| {
            free(column) && self.is_date(column) && !self.is_constant(column, journey)
        });
        let one = others.next()?;
        others.next().is_none().then_some(one)
    }

    /// Whether most cells are whole numbers.
    pub(super) fn are_numbers(&self, column: usize) -> bool {
        let whole = |cell: &&str| words::is_code(cell.as_bytes());
        let numbers = self.cells(column).filter(whole).count();
        2 * numbers > self.cells(column).count()
    }

    pub(super) fn are_phases(&self, column: usize) -> bool {
        let known = self
            .cells(column)
            .filter(|cell| cells::phase(cell.as_bytes()).is_ok())
            .count();
        let all = self.cells(column).count();
        2 * known >= all
    }

    /// Whether most beginnings in a column of the words of a lifecycle have the end of the same activity of their journey:
    /// otherwise they say how far something has come, and each row is a visit of its own.
    fn pairs_up(&self, column: usize, fields: &[CsvColumn]) -> bool {
        let at = |field| fields.iter().find(|fed| fed.field == field);
        let (Some(journey), Some(touchpoint)) = (at(CsvField::Journey), at(CsvField::Touchpoint))
        else {
            return true;
        };
        let mut of: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
        for row in &self.rows {
            let cell = |column: usize| row.get(column).map_or("", String::as_str);
            let activity = (cell(journey.column - 1), cell(touchpoint.column - 1));
            let (begun, ended) = of.entry(activity).or_default();
            match stages::lifecycle(cell(column).as_bytes()) {
                Some((Lifecycle::Begun, _)) => *begun = true,
                Some(_) => *ended = true,
                None => {}
            }
        }
        let begun = of.values().filter(|(begun, _)| *begun).count();
        let both = of.values().filter(|(begun, ended)| *begun && *ended);
        2 * both.count() >= begun
    }

    /// Whether all cells are words of the lifecycle of an activity, and some are words of nothing else.
    pub(super) fn is_lifecycle(&self, column: usize) -> bool {
        let mut alone = false;
        let all = self.cells(column).all(|cell| {
            let word = stages::lifecycle(cell.as_bytes());
            alone |= word.is_some_and(|(_, alone)| alone);
            word.is_some()
        });
        all && alone
    }
}

/// What the cells say where headers do not.
pub(super) fn by_content(
    fields: &mut Vec<CsvColumn>,
    sample: &Sample,
    told: &impl Fn(CsvField) -> bool,
    remarks: &mut Vec<CsvRemark>,
) {
    let headers = &sample.headers;
    let content = |field, column| CsvColumn {
        by_content: true,
        ..header::found(field, headers, column, false)
    };
    let free =
        |fields: &[CsvColumn], column: usize| fields.iter().all(|fed| fed.column != column + 1);
    let at = |fields: &[CsvColumn], field| fields.iter().position(|fed| fed.field == field);
    let of = |fields: &[CsvColumn], field| fields.iter().find(|fed| fed.field == field).cloned();
    let turn = |fields: &mut [CsvColumn], from: CsvField, to: CsvField| {
        let fed = fields.iter_mut().find(|fed| fed.field == from);
        if let Some(fed) = fed {
            fed.field = to;
            fed.by_content = true;
        }
    };
    if at(fields, CsvField::Time).is_none() && !told(CsvField::Time) {
        let dates: Vec<usize> = (0..headers.len())
            .filter(|&column| {
                free(fields, column) && sample.is_date(column) && !sample.is_of_day(column)
            })
            .collect();
        let form = (0..headers.len())
            .find(|&column| free(fields, column) && is_form(sample.header(column)));
        let one = match dates.as_slice() {
            [one] => Some(*one),
            _ => form,
        };
        if let Some(one) = one {
            fields.push(content(CsvField::Time, one));
        } else {
            // Where no end is stated, the beginning is the time.
            let start = fields.iter_mut().find(|fed| fed.field == CsvField::Start);
            if let Some(start) = start {
                start.field = CsvField::Time;
            }
        }
    }
    clocks::pair(fields, sample, told);
    apart(fields, sample);
    if at(fields, CsvField::Lifecycle).is_none()
        && !told(CsvField::Lifecycle)
        && let Some(column) = (0..headers.len()).find(|&column| {
            free(fields, column)
                && sample.is_lifecycle(column)
                && sample.pairs_up(column, fields)
                && sample.cells(column).next().is_some()
        })
    {
        fields.push(content(CsvField::Lifecycle, column));
    }
    // Stages that are no phases are labels.
    if let Some(phase) = of(fields, CsvField::Phase)
        && !phase.stated
        && !sample.are_phases(phase.column - 1)
    {
        turn(fields, CsvField::Phase, CsvField::Stage);
    }
    if let Some(stage) = of(fields, CsvField::Stage) {
        let mut examples: Vec<String> = Vec::new();
        for cell in sample.cells(stage.column - 1) {
            if examples.len() < SHOWN && !examples.iter().any(|known| known == cell) {
                examples.push(cell.to_owned());
            }
        }
        if !examples.is_empty() && at(fields, CsvField::Phase).is_none() {
            let header = stage.header.clone();
            remarks.push(CsvRemark::Stages { header, examples });
        }
    }
    fields.sort_by_key(|fed| fed.field);
}

/// The column of times, and of their zone, that tells the events of a case apart.
fn apart(fields: &mut Vec<CsvColumn>, sample: &Sample) {
    let of = |fields: &[CsvColumn], field| fields.iter().find(|fed| fed.field == field).cloned();
    // When the case was opened says nothing of its later events.
    if let (Some(time), Some(journey)) = (of(fields, CsvField::Time), of(fields, CsvField::Journey))
        && !time.stated
        && of(fields, CsvField::TimeOfDay).is_none()
        && let Some(other) = sample.apart(time.column - 1, journey.column - 1, |column| {
            fields.iter().all(|fed| fed.column != column + 1)
        })
    {
        fields.retain(|fed| fed.field != CsvField::Time);
        fields.push(CsvColumn {
            by_content: true,
            ..header::found(CsvField::Time, &sample.headers, other, false)
        });
    }
    // A zone counts beside dates that state none.
    let zoned = of(fields, CsvField::Time).is_none_or(|time| {
        let facts = sample.time_facts(time.column - 1);
        facts.dates == 0 || 2 * facts.zoned >= facts.dates
    });
    fields.retain(|fed| fed.field != CsvField::Zone || fed.stated || !zoned);
}

/// Whether a header is the form of a date, as `dd-MM-yyyy:HH.mm`.
fn is_form(header: &str) -> bool {
    header.contains("yy") && header.contains("MM") && header.contains("dd")
}
