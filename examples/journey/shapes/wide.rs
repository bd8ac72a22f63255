//! Tables with one row a case, and a column for each step of the journey or each answer about it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use customer_journey::events::CsvField;
use customer_journey::{CsvOptions, Feeling};

use super::text::{Texts, is_nothing, write_row};
use super::{Misshapen, OF_EVENTS, Places, Shaped, quoted};

const TOUCHPOINT: &str = "wide: touchpoint";
const CASE: &str = "wide: case";
const PLACE: &str = "wide: place";
const TIME: &str = "wide: time";
const RATING: &str = "wide: rating";
const PROMISE: &str = "wide: promise";

/// What the cells of a column tell of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tells {
    /// When the customer came there.
    Time,
    /// How they felt there.
    Rating,
    /// Whether the promise was kept there.
    Promise,
    /// Whether they came there.
    Came,
    /// The name of the step itself.
    Name,
}

impl Tells {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Time, "time"),
        (Self::Rating, "rating"),
        (Self::Promise, "promise"),
        (Self::Came, "came"),
        (Self::Name, "name"),
    ];

    fn named(word: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|(_, known)| *known == word);
        known.map(|(tells, _)| *tells)
    }
}

/// A column of a step.
#[derive(Debug)]
struct Told {
    column: usize,
    tells: Tells,
    /// Whether the call says so.
    stated: bool,
}

/// A step and the columns that tell of it.
#[derive(Debug)]
struct Step {
    name: String,
    columns: Vec<Told>,
}

/// Brings a table with one row a case into rows of events. The columns are stated in the order of the steps, as `COLUMN`,
/// `STEP=COLUMN`, with `:time`, `:rating`, `:promise`, `:came` or `:name` behind it where the cells do not say which they
/// are; or `auto` takes all columns of times, or else of ratings.
pub(crate) fn rows(
    bytes: &[u8],
    stated: &[String],
    options: &CsvOptions,
) -> Result<Shaped, Misshapen> {
    let texts = Texts::read(bytes, options)?;
    let steps = if stated.iter().any(|stated| stated == "auto") {
        found(&texts)?
    } else {
        named(&texts, stated)?
    };
    Ok(Writer::new(&texts, &steps).write())
}

/// The steps as they are stated; all that is wrong with them at once.
fn named(texts: &Texts, stated: &[String]) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    for stated in stated {
        let (step, rest) = match texts.column(stated) {
            Some(_) => (None, stated.as_str()),
            None => match stated.split_once('=') {
                Some((step, rest)) => (Some(step.trim().to_owned()), rest),
                None => (None, stated.as_str()),
            },
        };
        let marked = rest
            .rsplit_once(':')
            .filter(|_| texts.column(rest).is_none());
        let (header, tells) = match marked {
            Some((header, word)) => (header, Some(Tells::named(word.trim()))),
            None => (rest, None),
        };
        let Some(column) = texts.column(header) else {
            wrong.push(format!(
                "there is no column {header:?}; there are {}",
                quoted(&texts.headers)
            ));
            continue;
        };
        if tells == Some(None) {
            let words: Vec<&str> = Tells::ALL.iter().map(|(_, word)| *word).collect();
            wrong.push(format!(
                "{stated:?}: behind the colon stands what the cells tell: {}",
                words.join(", ")
            ));
            continue;
        }
        // The case may be named first, as it stands in the table.
        if texts.case == Some(column) && step.is_none() && steps.is_empty() {
            continue;
        }
        let (tells, stated) = match tells.flatten() {
            Some(tells) => (tells, true),
            None => (guessed(texts, column), false),
        };
        let name = step.unwrap_or_else(|| step_of(&texts.headers[column]));
        let told = Told {
            column,
            tells,
            stated,
        };
        add(&mut steps, name, told);
    }
    if wrong.is_empty() && steps.iter().map(|step| step.columns.len()).sum::<usize>() < 2 {
        wrong.push(format!(
            "a table with one row a case has at least two columns of steps; name them in their order, of {}",
            quoted(&texts.headers)
        ));
    }
    if wrong.is_empty() {
        Ok(rated(texts, steps))
    } else {
        Err(wrong.join("\n"))
    }
}

fn add(steps: &mut Vec<Step>, name: String, told: Told) {
    // What says the same of a step once more is another visit to it, and so is what names its own.
    let more = |step: &&mut Step| {
        step.name == name
            && told.tells != Tells::Name
            && step.columns.iter().all(|known| known.tells != told.tells)
    };
    let known = steps.iter_mut().find(more);
    match known {
        Some(step) => step.columns.push(told),
        None => steps.push(Step {
            name,
            columns: vec![told],
        }),
    }
}

/// The steps of a table of which nothing is stated: its columns of times in their order, or else those of ratings.
fn found(texts: &Texts) -> Result<Vec<Step>, String> {
    let all = || (0..texts.headers.len()).filter(|column| texts.case != Some(*column));
    let of = |tells: Tells| -> Vec<usize> {
        let filled = |column: &usize| texts.cells(*column).next().is_some();
        all()
            .filter(filled)
            .filter(|column| guessed(texts, *column) == tells)
            .collect()
    };
    let times = of(Tells::Time);
    let columns = if times.len() > 1 {
        times
    } else {
        let ratings = of(Tells::Rating);
        let digits = of(Tells::Came)
            .into_iter()
            .filter(|column| are_digits(texts, *column));
        let mut all: Vec<usize> = digits.filter(|_| !ratings.is_empty()).collect();
        all.extend(ratings);
        all.sort_unstable();
        all
    };
    if columns.len() < 2 {
        return Err(format!(
            "neither times nor ratings stand in two columns of this table; name the columns of the steps in their order, as --wide FIRST,SECOND; there are {}",
            quoted(&texts.headers)
        ));
    }
    let mut steps = Vec::new();
    for column in columns {
        let told = Told {
            column,
            tells: guessed(texts, column),
            stated: false,
        };
        add(&mut steps, step_of(&texts.headers[column]), told);
    }
    Ok(rated(texts, steps))
}

/// Zeros and ones beside ratings are ratings as well.
fn rated(texts: &Texts, mut steps: Vec<Step>) -> Vec<Step> {
    let rates = |told: &Told| told.tells == Tells::Rating;
    if steps.iter().any(|step| step.columns.iter().any(rates)) {
        for told in steps.iter_mut().flat_map(|step| &mut step.columns) {
            if told.tells == Tells::Came && !told.stated && are_digits(texts, told.column) {
                told.tells = Tells::Rating;
            }
        }
    }
    steps
}

fn are_digits(texts: &Texts, column: usize) -> bool {
    texts.cells(column).all(|cell| cell == "0" || cell == "1")
}

/// What the cells of a column tell, by what stands in them.
fn guessed(texts: &Texts, column: usize) -> Tells {
    if texts.times.get(column) == Some(&true) {
        return Tells::Time;
    }
    let (mut all, mut ratings, mut answers, mut long) = (0, 0, 0, 0);
    for cell in texts.cells(column) {
        all += 1;
        // So many digits are a time whose unit is to be stated, and no rating.
        long += usize::from(cell.len() >= 9 && cell.bytes().all(|byte| byte.is_ascii_digit()));
        ratings += usize::from(is_rating(cell));
        answers += usize::from(came(cell).is_some());
    }
    if all > 0 && long == all {
        Tells::Time
    } else if all > 0 && answers == all {
        Tells::Came
    } else if 2 * ratings >= all {
        Tells::Rating
    } else {
        Tells::Name
    }
}

/// Whether a cell says how somebody felt: a number, a labelled score or the word of a feeling.
fn is_rating(cell: &str) -> bool {
    const WORDS: [&str; 14] = [
        "happy",
        "sad",
        "good",
        "bad",
        "ok",
        "okay",
        "neutral",
        "satisfied",
        "dissatisfied",
        "very satisfied",
        "very dissatisfied",
        "positive",
        "negative",
        "unsatisfied",
    ];
    let plain = cell.trim().to_lowercase();
    let first = plain
        .split([' ', '/', '%', '-'])
        .find(|part| !part.is_empty());
    let number = first.is_some_and(|part| part.replace(',', ".").parse::<f64>().is_ok());
    number || WORDS.contains(&plain.as_str()) || plain.parse::<Feeling>().is_ok()
}

/// Whether a cell says that the customer came or did not.
fn came(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "1" | "yes" | "y" | "true" | "x" | "✓" | "✔" | "ja" | "j" | "oui" | "sí" | "si" => {
            Some(true)
        }
        "0" | "no" | "n" | "false" | "nei" | "nein" | "nej" | "non" => Some(false),
        _ => None,
    }
}

/// The name of a step by the header of its column, without what says that it is a date or a rating.
fn step_of(header: &str) -> String {
    const BEHIND: [&str; 18] = [
        "date",
        "time",
        "timestamp",
        "at",
        "on",
        "ts",
        "datetime",
        "dato",
        "datum",
        "tid",
        "zeit",
        "fecha",
        "rating",
        "score",
        "csat",
        "satisfaction",
        "utc",
        "when",
    ];
    let mut words: Vec<&str> = header
        .split(|letter: char| letter == '_' || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let is = |word: &&str| BEHIND.contains(&word.to_lowercase().as_str());
    while words.len() > 1 && words.last().is_some_and(is) {
        words.pop();
    }
    if let [first, of, ..] = words.as_slice()
        && is(first)
        && of.eq_ignore_ascii_case("of")
        && words.len() > 2
    {
        words.drain(..2);
    }
    words.join(" ")
}

/// Writes rows of events.
struct Writer<'a> {
    texts: &'a Texts,
    steps: &'a [Step],
    /// Columns that tell of the case as a whole.
    rest: Vec<usize>,
    /// The order of the columns counts, as not every step has a time.
    placed: bool,
    has: BTreeSet<Tells>,
}

impl<'a> Writer<'a> {
    fn new(texts: &'a Texts, steps: &'a [Step]) -> Self {
        let told = || steps.iter().flat_map(|step| &step.columns);
        let used: BTreeSet<usize> = told().map(|told| told.column).collect();
        let timed = |step: &Step| step.columns.iter().any(|told| told.tells == Tells::Time);
        Self {
            texts,
            steps,
            rest: (0..texts.headers.len())
                .filter(|column| !used.contains(column) && texts.case != Some(*column))
                .collect(),
            placed: !steps.iter().all(timed),
            has: told().map(|told| told.tells).collect(),
        }
    }

    /// The columns of the file of which the columns made tell.
    fn made(&self) -> Vec<(&'static str, String)> {
        let made = [
            (TOUCHPOINT, Tells::Name),
            (TIME, Tells::Time),
            (RATING, Tells::Rating),
            (PROMISE, Tells::Promise),
        ];
        let of = |tells: Tells| {
            let told = self.steps.iter().flat_map(|step| &step.columns);
            let told = told.filter(|told| told.tells == tells);
            let headers: Vec<&str> = told
                .map(|told| self.texts.headers[told.column].as_str())
                .collect();
            headers.join(", ")
        };
        let made = made.into_iter().map(|(made, tells)| (made, of(tells)));
        made.filter(|(_, own)| !own.is_empty()).collect()
    }

    fn columns(&self) -> Vec<(CsvField, Option<&'static str>)> {
        let mut columns: Vec<_> = OF_EVENTS.iter().map(|field| (*field, None)).collect();
        columns.push((CsvField::Journey, Some(CASE)));
        columns.push((CsvField::Touchpoint, Some(TOUCHPOINT)));
        let made = [
            (CsvField::Sequence, PLACE, self.placed),
            (CsvField::Time, TIME, self.has.contains(&Tells::Time)),
            (CsvField::Emotion, RATING, self.has.contains(&Tells::Rating)),
            (
                CsvField::Promise,
                PROMISE,
                self.has.contains(&Tells::Promise),
            ),
        ];
        let made = made.into_iter().filter(|(.., is)| *is);
        columns.extend(made.map(|(field, header, _)| (field, Some(header))));
        columns
    }

    fn write(self) -> Shaped {
        let mut table = Vec::new();
        let rest = self
            .rest
            .iter()
            .map(|column| self.texts.headers[*column].as_str());
        let made = [CASE, TOUCHPOINT, PLACE, TIME, RATING, PROMISE];
        write_row(&mut table, made.into_iter().chain(rest));
        let mut places = Places::new(self.texts.headers.clone());
        places.made = self.made();
        let (mut line_made, mut blank) = (2, 0_u64);
        let mut last: BTreeMap<&str, u64> = BTreeMap::new();
        let mut repeated = 0_u64;
        for (line, row) in &self.texts.rows {
            let named = self.texts.case.map(|column| row[column].as_str());
            let case = named.map_or_else(|| format!("row {line}"), str::to_owned);
            let place = last.entry(named.unwrap_or_default()).or_default();
            repeated += u64::from(named.is_some() && *place > 0);
            let mut visits = 0;
            for step in self.steps {
                let Some((name, cells, column)) = visit(step, row) else {
                    continue;
                };
                visits += 1;
                *place += 1;
                let place = place.to_string();
                let own = [case.as_str(), name, &place, cells[0], cells[1], cells[2]];
                let rest = self.rest.iter().map(|column| row[*column].as_str());
                write_row(&mut table, own.into_iter().chain(rest));
                places.add(line_made, *line, column + 1);
                line_made += 1;
            }
            blank += u64::from(visits == 0);
        }
        Shaped {
            told: self.told(line_made - 2, blank, repeated),
            columns: self.columns(),
            rows: Box::new(Cursor::new(table)),
            places,
        }
    }

    fn told(&self, visits: u64, blank: u64, repeated: u64) -> Vec<String> {
        let case = match self.texts.case {
            Some(column) => format!(
                "named by column {} ({:?})",
                column + 1,
                self.texts.headers[column]
            ),
            None => "named by its line, as no column names cases".to_owned(),
        };
        let mut told = vec![format!(
            "one row a case: {} rows, each a journey {case}, with {visits} visits; a cell that says nothing is no visit",
            self.texts.rows.len()
        )];
        for step in self.steps {
            for column in &step.columns {
                let header = &self.texts.headers[column.column];
                let says = match column.tells {
                    Tells::Time => format!("when the customer came to {:?}", step.name),
                    Tells::Rating => format!("how the customer felt at {:?}", step.name),
                    Tells::Promise => format!("whether the promise was kept at {:?}", step.name),
                    Tells::Came => format!("whether the customer came to {:?}", step.name),
                    Tells::Name => "to which touchpoint the customer came".to_owned(),
                };
                told.push(format!("column {} ({header:?}): {says}", column.column + 1));
            }
        }
        told.push(if self.placed {
            "the steps of a journey are in the order of these columns".to_owned()
        } else {
            "the steps of a journey are in the order of their times; at equal times in that of these columns".to_owned()
        });
        if blank > 0 {
            told.push(if blank == 1 {
                "1 row has no visit and is left out".to_owned()
            } else {
                format!("{blank} rows have no visit and are left out")
            });
        }
        if repeated > 0 {
            told.push(if repeated == 1 {
                "1 row names a case of an earlier row: both are parts of one journey".to_owned()
            } else {
                format!(
                    "{repeated} rows name a case of an earlier row: they are parts of one journey"
                )
            });
        }
        let ratings = self.rest.iter().filter(|column| {
            guessed(self.texts, **column) == Tells::Rating
                && self.texts.cells(**column).next().is_some()
        });
        for column in ratings {
            let header = &self.texts.headers[*column];
            let last = self.steps.last().map_or("", |step| step.name.as_str());
            told.push(format!(
                "{header:?} may be a rating and belongs to no step; to which it does, say as in {:?}",
                format!("{last}={header}")
            ));
        }
        told
    }
}

/// The visit that a row tells of at a step: its name, its time, rating and promise, and the first column that tells of it.
fn visit<'r>(step: &'r Step, row: &'r [String]) -> Option<(&'r str, [&'r str; 3], usize)> {
    let mut name = step.name.as_str();
    let mut cells = [""; 3];
    let mut column = None;
    for told in &step.columns {
        let cell = row[told.column].as_str();
        if is_nothing(cell) {
            continue;
        }
        match told.tells {
            Tells::Time => cells[0] = cell,
            Tells::Rating => cells[1] = cell,
            Tells::Promise => cells[2] = cell,
            Tells::Name => name = cell,
            Tells::Came if came(cell) == Some(false) => return None,
            Tells::Came => {}
        }
        column = column.or(Some(told.column));
    }
    Some((name, cells, column?))
}
