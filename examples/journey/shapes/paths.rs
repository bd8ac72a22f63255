//! Tables with one row a path, `a > b > c`, and how many went it and converted.

use std::io::{self, Read};

use customer_journey::CsvOptions;
use customer_journey::events::CsvField;

use super::text::{Texts, alike, is_nothing, write_row};
use super::{Misshapen, OF_EVENTS, Places, Shaped, quoted};

const CASE: &str = "paths: case";
const TOUCHPOINT: &str = "paths: touchpoint";
const OUTCOME: &str = "paths: outcome";

/// What stands between the steps of a path.
const BETWEEN: [&str; 8] = [" > ", "→", "->", "=>", ">", ";", "|", "/"];
/// How journeys end that convert, and those that do not.
const ENDS: [&str; 2] = ["conversion", "no conversion"];
/// More events than this are no table of paths.
const MOST: u64 = 1_000_000_000;

const PATHS: &[&str] = &[
    "path",
    "paths",
    "journey",
    "journey path",
    "channel path",
    "touchpoints",
    "sequence",
    "steps",
];
const CONVERTED: &[&str] = &[
    "total conversions",
    "conversions",
    "conversion",
    "converted",
    "total conversion",
    "conv",
    "purchases",
];
const NOT: &[&str] = &[
    "total null",
    "null",
    "nulls",
    "null conversions",
    "non conversions",
    "no conversion",
    "not converted",
    "total nulls",
];
const ALL: &[&str] = &[
    "count",
    "n",
    "total",
    "freq",
    "frequency",
    "users",
    "customers",
    "sessions",
    "journeys",
    "cases",
    "visits",
    "paths count",
    "total count",
    "number",
    "weight",
];
const VALUES: &[&str] = &[
    "total conversion value",
    "conversion value",
    "value",
    "revenue",
];

/// Which columns say what.
struct Columns {
    path: usize,
    between: &'static str,
    converted: Option<usize>,
    not: Option<usize>,
    all: Option<usize>,
}

/// A path and how often it was gone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Path {
    line: u64,
    steps: Vec<String>,
    /// How many went it and converted, and how many did not; or how many went it, where that is all that is known.
    ends: [u64; 2],
    open: u64,
    /// Cells of columns that tell of the path as a whole.
    rest: Vec<String>,
}

/// Brings a table of paths into rows of events: as many journeys as the counts say.
pub(crate) fn rows(bytes: &[u8], options: &CsvOptions) -> Result<Shaped, Misshapen> {
    let texts = Texts::read(bytes, options)?;
    let columns = columns(&texts).ok_or_else(|| {
        format!(
            "no column holds paths, as search > shop > purchase; there are {}",
            quoted(&texts.headers)
        )
    })?;
    let used = [
        Some(columns.path),
        columns.converted,
        columns.not,
        columns.all,
    ];
    let rest: Vec<usize> = (0..texts.headers.len())
        .filter(|column| !used.contains(&Some(*column)))
        .collect();
    let mut paths = read(&texts, &columns, &rest)?;
    let total = without_total(&mut paths);
    let mut told = told(&texts, &columns, &rest, &paths);
    if let Some(line) = total {
        told.push(format!("line {line} sums the others up and is left out"));
    }
    let mut places = Places::new(texts.headers.clone());
    let mut made = 2;
    for path in &paths {
        places.add(made, path.line, columns.path + 1);
        made += path.steps.len() as u64 * (path.ends[0] + path.ends[1] + path.open);
    }
    let mut fed: Vec<_> = OF_EVENTS.iter().map(|field| (*field, None)).collect();
    fed.push((CsvField::Journey, Some(CASE)));
    fed.push((CsvField::Touchpoint, Some(TOUCHPOINT)));
    let ends = columns.converted.is_some() || columns.not.is_some();
    if ends {
        fed.push((CsvField::Outcome, Some(OUTCOME)));
    }
    let mut header = Vec::new();
    let others = rest.iter().map(|column| texts.headers[*column].as_str());
    write_row(
        &mut header,
        [CASE, TOUCHPOINT, OUTCOME].into_iter().chain(others),
    );
    Ok(Shaped {
        rows: Box::new(Rows {
            paths: paths.into_iter(),
            under_way: None,
            made: header,
            given: 0,
        }),
        columns: fed,
        places,
        told,
    })
}

fn columns(texts: &Texts) -> Option<Columns> {
    let find = |known: &[&str]| {
        known
            .iter()
            .find_map(|known| texts.headers.iter().position(|header| alike(header, known)))
    };
    let joined = |column: usize, between: &str| {
        let with = texts
            .cells(column)
            .filter(|cell| cell.contains(between))
            .count();
        (with > 0 && 3 * with >= texts.cells(column).count()).then_some(())
    };
    // The arrows stand for themselves; a bar or a slash does in a column that is called so.
    let by_name = find(PATHS);
    let all = BETWEEN
        .iter()
        .take(5)
        .flat_map(|between| (0..texts.headers.len()).map(move |column| (column, *between)));
    let named = BETWEEN
        .iter()
        .filter_map(|between| Some((by_name?, *between)));
    let (path, between) = named
        .chain(all)
        .find(|(column, between)| joined(*column, between).is_some())?;
    let other = |known| find(known).filter(|column| *column != path);
    Some(Columns {
        path,
        between,
        converted: other(CONVERTED),
        not: other(NOT),
        all: other(ALL),
    })
}

/// The paths of a table, or all that is wrong with them.
fn read(texts: &Texts, columns: &Columns, rest: &[usize]) -> Result<Vec<Path>, String> {
    let (mut paths, mut wrong) = (Vec::new(), Vec::new());
    let mut events = 0_u64;
    for (line, row) in &texts.rows {
        let mut number = |column: Option<usize>| -> Option<u64> {
            let column = column?;
            match count(&row[column]) {
                Ok(number) => Some(number),
                Err(()) => {
                    wrong.push(format!(
                        "line {line}, column {} ({:?}): {:?} is no count; it is a whole number from 0 on",
                        column + 1,
                        texts.headers[column],
                        row[column]
                    ));
                    None
                }
            }
        };
        let (converted, not, all) = (
            number(columns.converted),
            number(columns.not),
            number(columns.all),
        );
        let (ends, open) = match (converted, not, all) {
            (Some(converted), Some(not), _) => ([converted, not], 0),
            (Some(converted), None, Some(all)) if converted <= all => {
                ([converted, all - converted], 0)
            }
            (Some(converted), None, Some(all)) => {
                wrong.push(format!(
                    "line {line}: {converted} of {all} convert; at most all can"
                ));
                continue;
            }
            (None, Some(not), Some(all)) if not <= all => ([all - not, not], 0),
            (Some(converted), None, None) => ([converted, 0], 0),
            (None, Some(not), _) => ([0, not], 0),
            (None, None, Some(all)) => ([0, 0], all),
            (None, None, None) => ([0, 0], u64::from(columns.all.is_none())),
        };
        let steps: Vec<String> = row[columns.path]
            .split(columns.between.trim())
            .map(|step| step.trim().to_owned())
            .filter(|step| !is_end(step))
            .collect();
        if steps.is_empty() || steps.iter().any(|step| is_nothing(step)) {
            wrong.push(format!(
                "line {line}, column {} ({:?}): {:?} has a step without a name",
                columns.path + 1,
                texts.headers[columns.path],
                row[columns.path]
            ));
            continue;
        }
        events =
            events.saturating_add((ends[0] + ends[1] + open).saturating_mul(steps.len() as u64));
        paths.push(Path {
            line: *line,
            steps,
            ends,
            open,
            rest: rest.iter().map(|column| row[*column].clone()).collect(),
        });
    }
    if wrong.is_empty() && events > MOST {
        wrong.push(format!(
            "these paths have {events} events together; more than {MOST} are not read"
        ));
    }
    if wrong.is_empty() {
        return Ok(paths);
    }
    let more = wrong.len().saturating_sub(20);
    wrong.truncate(20);
    if more > 0 {
        wrong.push(format!("and {more} more"));
    }
    Err(wrong.join("\n"))
}

/// Takes away a last row that sums the others up, and tells its line.
fn without_total(paths: &mut Vec<Path>) -> Option<u64> {
    const TOTALS: [&str; 10] = [
        "total",
        "totals",
        "grand total",
        "sum",
        "all",
        "gesamt",
        "summe",
        "totalt",
        "summa",
        "somme",
    ];
    let (last, others) = paths.split_last()?;
    let [step] = last.steps.as_slice() else {
        return None;
    };
    let sum = |of: fn(&Path) -> u64| others.iter().map(of).sum::<u64>();
    let sums = [
        (last.ends[0], sum(|path| path.ends[0])),
        (last.ends[1], sum(|path| path.ends[1])),
        (last.open, sum(|path| path.open)),
    ];
    let line = last.line;
    let is_sum = sums.iter().all(|(last, others)| last == others);
    (is_sum && TOTALS.contains(&step.to_lowercase().as_str())).then(|| {
        paths.pop();
        line
    })
}

/// A count, also as `12.0` and `1 234`.
fn count(cell: &str) -> Result<u64, ()> {
    if is_nothing(cell) {
        return Ok(0);
    }
    let plain: String = cell
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let whole = plain
        .split_once('.')
        .filter(|(_, part)| part.bytes().all(|digit| digit == b'0'));
    let whole = whole.map_or(plain.as_str(), |(whole, _)| whole);
    whole.parse().ok().filter(|count| *count <= MOST).ok_or(())
}

/// Marks that some programs write for the ends of a path.
fn is_end(step: &str) -> bool {
    const MARKS: [&str; 3] = ["(start)", "(conversion)", "(null)"];
    MARKS.iter().any(|mark| step.eq_ignore_ascii_case(mark))
}

fn told(texts: &Texts, columns: &Columns, rest: &[usize], paths: &[Path]) -> Vec<String> {
    let sum = |of: &dyn Fn(&Path) -> u64| paths.iter().map(of).sum::<u64>();
    let (converted, not, open) = (
        sum(&|path| path.ends[0]),
        sum(&|path| path.ends[1]),
        sum(&|path| path.open),
    );
    let journeys = converted + not + open;
    let header = |column: usize| format!("column {} ({:?})", column + 1, texts.headers[column]);
    let mut told = vec![format!(
        "one row a path: {} rows, each as many journeys as it counts, {journeys} together",
        paths.len()
    )];
    told.push(format!(
        "{}: the path, its steps between {:?}",
        header(columns.path),
        columns.between.trim()
    ));
    if let Some(column) = columns.converted {
        told.push(format!(
            "{}: how many end as {:?}, {converted} together",
            header(column),
            ENDS[0]
        ));
    }
    if let Some(column) = columns.not {
        told.push(format!(
            "{}: how many end as {:?}, {not} together",
            header(column),
            ENDS[1]
        ));
    }
    if let Some(column) = columns.all {
        let so = match (columns.converted, columns.not) {
            (Some(_), None) => format!(
                "those that do not convert end as {:?}, {not} together",
                ENDS[1]
            ),
            (None, Some(_)) => format!("all others end as {:?}, {converted} together", ENDS[0]),
            (Some(_), Some(_)) => "not used, as both ends are counted".to_owned(),
            (None, None) => "how they end is not stated".to_owned(),
        };
        told.push(format!("{}: how many went the path; {so}", header(column)));
    }
    if columns.converted.is_some() && columns.not.is_none() && columns.all.is_none() {
        told.push(
            "no column counts those who did not convert: all journeys of this map convert"
                .to_owned(),
        );
    }
    if columns.converted.is_none() && columns.not.is_none() && columns.all.is_none() {
        told.push("no column counts: each row is one journey".to_owned());
    }
    for column in rest.iter().filter(|column| {
        VALUES
            .iter()
            .any(|known| alike(known, &texts.headers[**column]))
    }) {
        told.push(format!(
            "{}: the value is not used; state it as the value of the outcome on the map",
            header(*column)
        ));
    }
    let never = paths
        .iter()
        .filter(|path| path.ends[0] + path.ends[1] + path.open == 0)
        .count();
    if never > 0 {
        told.push(format!("{never} rows count nobody and are left out"));
    }
    told
}

/// The rows of events, made as they are read.
struct Rows {
    paths: std::vec::IntoIter<Path>,
    under_way: Option<(Path, u64)>,
    made: Vec<u8>,
    given: usize,
}

impl Rows {
    /// Makes the rows of the next journey; `false` where there is none.
    fn make(&mut self) -> bool {
        loop {
            let Some((path, done)) = &mut self.under_way else {
                let Some(path) = self.paths.next() else {
                    return false;
                };
                self.under_way = Some((path, 0));
                continue;
            };
            let [converted, not] = path.ends;
            if *done == converted + not + path.open {
                self.under_way = None;
                continue;
            }
            let end = match *done {
                done if done < converted => ENDS[0],
                done if done < converted + not => ENDS[1],
                _ => "",
            };
            *done += 1;
            let case = format!("line {} no. {done}", path.line);
            for (number, step) in path.steps.iter().enumerate() {
                let end = if number + 1 == path.steps.len() {
                    end
                } else {
                    ""
                };
                let rest = path.rest.iter().map(String::as_str);
                write_row(
                    &mut self.made,
                    [case.as_str(), step, end].into_iter().chain(rest),
                );
            }
            return true;
        }
    }
}

impl Read for Rows {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.given == self.made.len() {
            self.made.clear();
            self.given = 0;
            while self.made.len() < (1 << 16) && self.make() {}
        }
        let held = self.made.get(self.given..).unwrap_or_default();
        let taken = held.len().min(room.len());
        if let (Some(room), Some(held)) = (room.get_mut(..taken), held.get(..taken)) {
            room.copy_from_slice(held);
        }
        self.given += taken;
        Ok(taken)
    }
}
