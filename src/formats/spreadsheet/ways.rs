//! Ways on and endings, in a cell: `call 40 %; review 60 % if kept after 2 days`, `churn 10 %; loyalty 90 %`.
#![expect(
    clippy::float_cmp,
    reason = "numbers as somebody wrote them, held against what they are short for"
)]

use std::collections::BTreeMap;

use super::emotion::weight_behind;
use super::error::SpreadsheetProblem;
use super::spoken::{Spoken, UNITS};
use super::written::escape::{entries, quoted, unquoted};
use super::written::number;
use crate::journey::{Outcome, PromiseResult, nearest};
use crate::language::Language;

/// An entry: where it leads to, and under which condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way<T> {
    pub(super) to: T,
    pub(super) weight: Option<f64>,
    pub(super) when: Option<PromiseResult>,
    pub(super) wait_s: Option<f64>,
    /// What was written.
    pub(super) entry: String,
}

/// The touchpoints of a sheet by what people may call them.
#[derive(Default)]
pub(super) struct Places {
    ids: BTreeMap<String, String>,
    /// Ids and names without regard to capitals and blanks; `None` where several touchpoints have the name.
    names: BTreeMap<String, Option<String>>,
    written: Vec<String>,
    /// How many more names are suggested for.
    suggestions: std::cell::Cell<usize>,
}

fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

impl Places {
    pub(super) fn of<'a>(places: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let mut all = Self::default();
        let mut ids = BTreeMap::new();
        for (id, name) in places {
            all.ids.insert(id.to_owned(), id.to_owned());
            ids.insert(folded(id), Some(id.to_owned()));
            all.written.push(id.to_owned());
            if let Some(name) = name {
                let same = all
                    .names
                    .entry(folded(name))
                    .or_insert_with(|| Some(id.to_owned()));
                if same.as_deref() != Some(id) {
                    *same = None;
                }
                all.written.push(name.to_owned());
            }
        }
        all.names.extend(ids);
        all.suggestions.set(50);
        all
    }

    /// The id of what is written, `None` if it is none; an error where several touchpoints are called so.
    fn find(&self, written: &str) -> Result<Option<&str>, SpreadsheetProblem> {
        if let Some(id) = self.ids.get(written) {
            return Ok(Some(id));
        }
        match self.names.get(&folded(written)) {
            Some(Some(id)) => Ok(Some(id)),
            Some(None) => Err(SpreadsheetProblem::SeveralTouchpoints {
                name: written.to_owned(),
            }),
            None => Ok(None),
        }
    }

    /// Whether a touchpoint is called so, or several are.
    pub(super) fn knows(&self, written: &str) -> bool {
        !matches!(self.find(written), Ok(None))
    }

    fn unknown(&self, name: &str) -> SpreadsheetProblem {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        let known = (left > 0).then_some(&self.written).into_iter().flatten();
        SpreadsheetProblem::UnknownTouchpoint {
            name: name.to_owned(),
            nearest: nearest(name, known.map(String::as_str)).map(str::to_owned),
        }
    }
}

/// What stands behind the target of an entry.
struct Tail<'t> {
    head: &'t str,
    weight: Option<f64>,
    when: Option<PromiseResult>,
    wait_s: Option<f64>,
}

/// Takes the wait, the condition and the number from the end of an entry.
fn tail<'t>(entry: &'t str, spoken: Spoken<'_>) -> Tail<'t> {
    let mut tail = Tail {
        head: entry.trim(),
        weight: None,
        when: None,
        wait_s: None,
    };
    loop {
        if tail.wait_s.is_none()
            && let Some((head, wait)) = wait_behind(tail.head, spoken)
        {
            (tail.head, tail.wait_s) = (head, Some(wait));
        } else if tail.when.is_none()
            && let Some((head, when)) = condition_behind(tail.head, spoken)
        {
            (tail.head, tail.when) = (head, Some(when));
        } else {
            break;
        }
    }
    let (head, weight) = weight_behind(tail.head, spoken);
    (tail.head, tail.weight) = (head.trim_end_matches([':', '=']).trim_end(), weight);
    tail
}

/// "after 2 days" at the end.
fn wait_behind<'t>(text: &'t str, spoken: Spoken<'_>) -> Option<(&'t str, f64)> {
    let (head, unit) = text.rsplit_once(char::is_whitespace)?;
    let unit = spoken.unit(unit)?;
    let (head, number) = weight_behind(head, spoken);
    let (head, after) = head.rsplit_once(char::is_whitespace)?;
    spoken.is("word.after", after).then_some(())?;
    Some((head.trim_end(), number? * unit))
}

/// "if kept" at the end.
fn condition_behind<'t>(text: &'t str, spoken: Spoken<'_>) -> Option<(&'t str, PromiseResult)> {
    let mut from = text.len();
    for _ in 0..3 {
        from = text.get(..from)?.trim_end().rfind(char::is_whitespace)?;
        let (head, words) = text.split_at(from);
        if let Some(result) = spoken.condition(words.trim()) {
            return Some((head.trim_end(), result));
        }
    }
    None
}

/// The ways on that a cell names.
pub(super) fn ways(
    text: &str,
    places: &Places,
    spoken: Spoken<'_>,
) -> Vec<Result<Way<String>, SpreadsheetProblem>> {
    let entries = entries(text).into_iter();
    entries.map(|entry| way(entry, places, spoken)).collect()
}

fn way(
    entry: &str,
    places: &Places,
    spoken: Spoken<'_>,
) -> Result<Way<String>, SpreadsheetProblem> {
    if let Some((name, rest)) = unquoted(entry) {
        let id = places.find(&name)?.ok_or_else(|| places.unknown(&name))?;
        return behind_quotes(entry, id.to_owned(), rest, spoken);
    }
    let tail = tail(entry, spoken);
    let made = |to: &str, weight| Way {
        to: to.to_owned(),
        weight,
        when: tail.when,
        wait_s: tail.wait_s,
        entry: entry.to_owned(),
    };
    if let Some(id) = places.find(tail.head)? {
        return Ok(made(id, tail.weight));
    }
    // "Step 2" is a name with a number at its end, and "40 % call" has the number first.
    if let Some(id) = places.find(entry)? {
        return Ok(Way {
            when: None,
            wait_s: None,
            ..made(id, None)
        });
    }
    if tail.weight.is_none()
        && let Some((number, name)) = number_before(tail.head, spoken)
        && let Some(id) = places.find(name)?
    {
        return Ok(made(id, Some(number)));
    }
    Err(places.unknown(tail.head))
}

/// "40 % call".
fn number_before<'t>(text: &'t str, spoken: Spoken<'_>) -> Option<(f64, &'t str)> {
    let (number, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start().trim_start_matches('%').trim_start();
    let (number, _) = spoken.number(number).ok()?;
    Some((number, rest))
}

fn behind_quotes<T>(
    entry: &str,
    to: T,
    rest: &str,
    spoken: Spoken<'_>,
) -> Result<Way<T>, SpreadsheetProblem> {
    // Something stands in for the name, so that the number is not all there is.
    let rest = format!("x {rest}");
    let tail = tail(&rest, spoken);
    if tail.head == "x" {
        Ok(Way {
            to,
            weight: tail.weight,
            when: tail.when,
            wait_s: tail.wait_s,
            entry: entry.to_owned(),
        })
    } else {
        Err(SpreadsheetProblem::NotAnEntry {
            found: entry.to_owned(),
            expected: "a name in quotation marks, and a number, a condition and a wait behind it where they are needed",
        })
    }
}

/// The endings that a cell names. A touchpoint is none, unless it stands in quotation marks.
pub(super) fn endings(
    text: &str,
    places: &Places,
    spoken: Spoken<'_>,
) -> Vec<Result<Way<Outcome>, SpreadsheetProblem>> {
    let judged = |read: Result<Way<Outcome>, SpreadsheetProblem>| {
        let way = read?;
        let is_quoted = unquoted(&way.entry).is_some();
        match &way.to {
            Outcome::Other(name) if !is_quoted && places.knows(name) => {
                Err(SpreadsheetProblem::TouchpointAsEnding {
                    name: name.to_string(),
                })
            }
            _ => Ok(way),
        }
    };
    outcomes(text, spoken).into_iter().map(judged).collect()
}

/// The outcomes that a cell names.
fn outcomes(text: &str, spoken: Spoken<'_>) -> Vec<Result<Way<Outcome>, SpreadsheetProblem>> {
    let read = |entry: &str| {
        if let Some((name, rest)) = unquoted(entry) {
            return behind_quotes(entry, Outcome::from(name), rest, spoken);
        }
        let tail = tail(entry, spoken);
        // "churn ten" is no ending of its own, as a known word with something else behind it is a slip.
        let is_known = |word: &str| !matches!(spoken.outcome(word), Outcome::Other(_));
        let first = tail.head.split_whitespace().next().unwrap_or_default();
        let is_slip = is_known(first) && !is_known(tail.head);
        if tail.wait_s.is_some() || is_slip {
            return Err(SpreadsheetProblem::NotAnEntry {
                found: entry.to_owned(),
                expected: "an ending and a number: churn 10 %",
            });
        }
        Ok(Way {
            to: spoken.outcome(tail.head),
            weight: tail.weight,
            when: tail.when,
            wait_s: None,
            entry: entry.to_owned(),
        })
    };
    entries(text).into_iter().map(read).collect()
}

/// A name as an entry begins with it: in quotation marks unless it is a plain word.
pub(super) fn name_written(name: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let begins = name.starts_with(char::is_alphabetic);
    if begins && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// An outcome as an entry begins with it.
pub(super) fn outcome_written(outcome: &Outcome, spoken: Spoken<'_>) -> String {
    let word = match outcome {
        Outcome::Other(name) => name.as_ref(),
        known => {
            let key = format!("outcome.{}", known.as_str());
            return spoken.language.word(&key).to_owned();
        }
    };
    if spoken.outcome(word) == *outcome {
        name_written(word)
    } else {
        quoted(word)
    }
}

/// What stands behind the name: number, condition and wait.
pub(super) fn tail_written(
    weight: Option<(f64, bool)>,
    when: Option<PromiseResult>,
    wait_s: Option<f64>,
    language: &Language,
) -> String {
    let comma = language.decimal_comma;
    let mut out = String::new();
    if let Some((weight, percent)) = weight {
        out.push_str(&format!(" {}", number::written(weight, comma)));
        out.push_str(if percent { " %" } else { "" });
    }
    if let Some(when) = when {
        let key = format!("result.{}", when.as_str());
        out.push_str(&format!(" {}", if_word(&key, language)));
    }
    if let Some(seconds) = wait_s {
        let whole = |(_, unit): &(&str, f64)| {
            (seconds / unit).fract() == 0.0 && (seconds / unit) * unit == seconds
        };
        let fits = UNITS
            .iter()
            .skip(1)
            .copied()
            .find(|unit| whole(unit) && seconds >= unit.1);
        let (key, unit) = fits.unwrap_or(("unit.second", 1.0));
        let count = seconds / unit;
        let mut words = language.words_for(key);
        let one = words.next().unwrap_or_default().to_owned();
        let many = words.next().map_or_else(|| one.clone(), str::to_owned);
        let word = if count == 1.0 { one } else { many };
        let after = language.word("word.after");
        out.push_str(&format!(
            " {after} {} {word}",
            number::written(count, comma)
        ));
    }
    out
}

fn if_word<'a>(key: &'a str, language: &'a Language) -> &'a str {
    language.word(key)
}

/// What endings are worth: `loyalty 6200; churn -2100`.
pub(super) fn outcomes_with_values(
    text: &str,
    spoken: Spoken<'_>,
) -> Result<Vec<(Outcome, f64)>, Vec<SpreadsheetProblem>> {
    let mut problems = Vec::new();
    let mut values = Vec::new();
    for read in outcomes(text, spoken) {
        match read {
            Ok(Way {
                to,
                weight: Some(value),
                when: None,
                ..
            }) => values.push((to, value)),
            Ok(way) => problems.push(SpreadsheetProblem::NotAnEntry {
                found: way.entry,
                expected: "an ending and what it is worth: loyalty 6200",
            }),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(values)
    } else {
        Err(problems)
    }
}

/// Notes each entry that has no number where others beside it have one.
pub(super) fn without_number<'w>(
    ways: impl Iterator<Item = (&'w str, Option<f64>, Option<PromiseResult>)> + Clone,
) -> Vec<SpreadsheetProblem> {
    let meets =
        |a: Option<PromiseResult>, b: Option<PromiseResult>| a.is_none() || b.is_none() || a == b;
    let stated = ways.clone().filter(|(_, weight, _)| weight.is_some());
    ways.filter(|(_, weight, when)| {
        weight.is_none() && stated.clone().any(|(_, _, other)| meets(*when, other))
    })
    .map(|(entry, _, _)| SpreadsheetProblem::NoWeight {
        entry: entry.to_owned(),
    })
    .collect()
}
