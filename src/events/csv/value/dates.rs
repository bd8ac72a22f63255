//! Dates and times in the forms that people and programs write, beyond the one that most logs have.

use super::time::{DAY_MS, Instant, Time, days_in, days_since_1970};
use super::zones::zone;

/// Which of two numbers before a year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateOrder {
    /// Day, month, year: 31/12/2024.
    DayFirst,
    /// Month, day, year: 12/31/2024.
    MonthFirst,
}

/// What stands between the numbers of a date whose year is last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Between {
    Slash,
    Dot,
    Hyphen,
}

/// A date and time with what is open about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Read {
    /// A time, and for a date whose year is last what its numbers say of their order.
    Time(Time, Option<(Between, Option<DateOrder>)>),
    /// Day and month could change places.
    Ambiguous(Between),
    /// A time of the day alone, from midnight.
    OfDay(Instant),
}

/// The orders that the column as a whole has settled, by what stands between the numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::events::csv) struct Orders(pub(in crate::events::csv) [Option<DateOrder>; 3]);

impl Orders {
    pub(in crate::events::csv) fn all(order: DateOrder) -> Self {
        Self([Some(order); 3])
    }

    fn of(self, between: Between) -> Option<DateOrder> {
        *self.0.get(between as usize)?
    }
}

/// Reads a date and time in any form that can be read in one way.
pub(in crate::events::csv) fn read(text: &str, orders: Orders) -> Option<Read> {
    let text = text.trim();
    if let Some(time) = time_of_day(text) {
        return Some(Read::OfDay(time));
    }
    let (date, rest) = date(text)?;
    let (instant, zone) = time_and_zone(rest)?;
    let (days, order) = match date {
        Date::Certain(days) => (days, None),
        Date::YearLast(first, second, year, between) => {
            let order = match (first > 12, second > 12) {
                (true, false) => Some(DateOrder::DayFirst),
                (false, true) => Some(DateOrder::MonthFirst),
                (true, true) => return None,
                (false, false) => None,
            };
            let settled = orders.of(between);
            // A statement about the column holds for every date of it.
            let (day, month) = match settled.or(order) {
                Some(DateOrder::DayFirst) => (first, second),
                Some(DateOrder::MonthFirst) => (second, first),
                None if first == second => (first, second),
                None => return Some(Read::Ambiguous(between)),
            };
            (days_of(year, month, day)?, Some((between, order)))
        }
    };
    let local = Instant {
        ms: days.checked_mul(DAY_MS)?.checked_add(instant.ms)?,
        nanos: instant.nanos,
    };
    let time = match zone {
        Some(ahead_ms) => Time::Zoned(Instant {
            ms: local.ms - ahead_ms,
            ..local
        }),
        None => Time::Local(local),
    };
    Some(Read::Time(time, order))
}

enum Date {
    /// Days since 1970.
    Certain(i64),
    YearLast(i64, i64, i64, Between),
}

/// A date at the beginning of a text, and what follows it.
fn date(text: &str) -> Option<(Date, &str)> {
    if text.contains('年') {
        return of_east_asia(text);
    }
    let first = text.chars().next()?;
    if !first.is_ascii_digit() {
        return named(text);
    }
    let (a, rest) = digits(text)?;
    let length = text.len() - rest.len();
    if length == 8 || length == 14 || length == 12 {
        return compact(text);
    }
    let mut letters = rest.chars();
    let between = letters.next()?;
    let tail = letters.as_str();
    if between.is_alphabetic()
        || between == ' '
        || matches!(between, '-' | '.' | '/')
            && !tail.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return named(text);
    }
    if !matches!(between, '/' | '.' | '-') {
        return None;
    }
    let (b, rest) = digits(tail)?;
    let (c, rest) = digits(rest.strip_prefix(between)?)?;
    if length == 4 {
        return Some((Date::Certain(days_of(a, b, c)?), rest));
    }
    let written = text.len() - rest.len();
    let year_digits = written - text.get(..written)?.rfind(between)? - 1;
    let year = match year_digits {
        4 => c,
        2 => two_digits(c),
        _ => return None,
    };
    let between = match between {
        '/' => Between::Slash,
        '.' => Between::Dot,
        _ => Between::Hyphen,
    };
    (length <= 2 && a > 0 && b > 0).then_some((Date::YearLast(a, b, year, between), rest))
}

/// `2024年1月31日`.
fn of_east_asia(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(text)?;
    let (month, rest) = digits(rest.strip_prefix('年')?)?;
    let (day, rest) = digits(rest.strip_prefix('月')?)?;
    let rest = rest.strip_prefix('日')?;
    Some((Date::Certain(days_of(year, month, day)?), rest))
}

/// Years of two digits lie between 1970 and 2069.
fn two_digits(year: i64) -> i64 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// `20240131`, also with a time right behind it.
fn compact(text: &str) -> Option<(Date, &str)> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let days = days_of(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    if !(1900..2200).contains(&number(0, 4)?) {
        return None;
    }
    // Digits behind it are a time without colons.
    Some((Date::Certain(days), text.get(8..)?))
}

/// A date with the month's name: `3 Jan 2024`, `Jan 3, 2024`, `Wed, 03-Jan-24`.
fn named(text: &str) -> Option<(Date, &str)> {
    let mut rest = text;
    let (mut day, mut month, mut year) = (None, None, None);
    while year.is_none() || day.is_none() || month.is_none() {
        rest = rest.trim_start_matches([' ', ',', '-', '.', '/']);
        if let Some(after) = rest
            .strip_prefix("de ")
            .or_else(|| rest.strip_prefix("del "))
        {
            rest = after;
            continue;
        }
        let first = rest.chars().next()?;
        if first.is_ascii_digit() {
            let (number, after) = digits(rest)?;
            let length = rest.len() - after.len();
            // `Tue Jan 2 15:04:05 2024`: the time stands before the year.
            if day.is_some() && month.is_some() && after.starts_with(':') {
                return ctime(rest, day?, month?);
            }
            match length {
                4 => year = Some(number),
                1 | 2 if day.is_none() => day = Some(number),
                2 => year = Some(two_digits(number)),
                _ => return None,
            }
            rest = after
                .strip_prefix("st")
                .or_else(|| after.strip_prefix("nd"))
                .or_else(|| after.strip_prefix("rd"))
                .or_else(|| after.strip_prefix("th"))
                .or_else(|| after.strip_prefix("er "))
                .unwrap_or(after);
        } else if first.is_alphabetic() {
            let end = rest
                .find(|letter: char| !letter.is_alphabetic())
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            match month_of(word) {
                Some(number) if month.is_none() => month = Some(number),
                None if month.is_none() && day.is_none() && is_weekday(word) => {}
                _ => return None,
            }
            rest = after;
        } else {
            return None;
        }
    }
    Some((
        Date::Certain(days_of(year?, month?, day?)?),
        rest.trim_start_matches(','),
    ))
}

/// A time with the year behind it; the text handed on is the time.
fn ctime(rest: &str, day: i64, month: i64) -> Option<(Date, &str)> {
    let (time, year) = rest.rsplit_once(' ')?;
    let (year, behind) = digits(year)?;
    let days = days_of(year, month, day)?;
    behind.is_empty().then_some((Date::Certain(days), time))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 30] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "man", "tir", "ons", "tor", "fre", "lør",
        "søn", "mån", "tis", "lör", "sön", "die", "mit", "don", "sam", "son", "lun", "mar", "mer",
        "jeu", "ven", "dim", "mié",
    ];
    let word = word.to_lowercase();
    DAYS.iter().any(|day| word.starts_with(day))
        || [
            "mo", "di", "mi", "do", "fr", "sa", "so", "jue", "vie", "sáb", "dom", "ti", "to", "lö",
            "sö",
        ]
        .contains(&word.as_str())
}

/// The months of English, Norwegian, Swedish, German, French and Spanish by their beginnings.
fn month_of(word: &str) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "jän"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz", "mars"],
        &["apr", "avr", "abr"],
        &["may", "mai", "maj"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû", "aou", "ago"],
        &["sep", "set"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez", "des", "déc", "dic"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() < 3 || word.chars().count() > 10 {
        return None;
    }
    (1..).zip(MONTHS).find_map(|(number, beginnings)| {
        beginnings
            .iter()
            .any(|beginning| word.starts_with(beginning))
            .then_some(number)
    })
}

fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let there = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    there.then(|| days_since_1970(year, month, day))
}

fn time_of_day(text: &str) -> Option<Instant> {
    let (_, rest) = digits(text)?;
    if !rest.starts_with(':') {
        return None;
    }
    let (instant, zone) = time_and_zone(text)?;
    zone.is_none().then_some(instant)
}

/// Words between a date and its time.
const BEFORE_TIME: [&str; 9] = [
    " at ", " kl. ", " kl ", " klo ", " à ", " um ", " alle ", " a las ", " o ",
];

/// A time of the day and perhaps how far its zone is ahead of UTC, in milliseconds.
pub(super) fn time_and_zone(text: &str) -> Option<(Instant, Option<i64>)> {
    let midnight = Instant { ms: 0, nanos: 0 };
    let before = BEFORE_TIME.iter().find_map(|word| text.strip_prefix(word));
    let text = before.unwrap_or(text);
    let Some(rest) = text
        .strip_prefix(['T', 't', ' ', ',', ':', '-', '_'])
        .or_else(|| {
            text.starts_with(|c: char| c.is_ascii_digit())
                .then_some(text)
        })
    else {
        return text
            .is_empty()
            .then_some((midnight, None))
            .or_else(|| Some((midnight, Some(zone(text)?))));
    };
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some((midnight, None));
    }
    let (hour, after) = digits(rest)?;
    let length = rest.len() - after.len();
    let (mut hour, minute, second, mut rest) = if length == 4 || length == 6 {
        let number = |from: usize| rest.get(from..from + 2)?.parse::<i64>().ok();
        let second = if length == 6 { number(4)? } else { 0 };
        (number(0)?, number(2)?, second, after)
    } else if length <= 2 {
        let mark = after
            .chars()
            .next()
            .filter(|mark| matches!(mark, ':' | '.' | 'h'));
        match mark {
            Some(mark) => {
                let (minute, after) = two(after.strip_prefix(mark)?)?;
                let second = after
                    .strip_prefix(mark)
                    .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()));
                let (second, after) = match second {
                    Some(after) => two(after)?,
                    None => (0, after),
                };
                (hour, minute, second, after)
            }
            // `8 AM`.
            None if half(after).is_some() => (hour, 0, 0, after),
            None => return None,
        }
    } else {
        return None;
    };
    let mut nanos = 0;
    if let Some(fraction) = rest.strip_prefix(['.', ','])
        && fraction.starts_with(|c: char| c.is_ascii_digit())
    {
        let end = fraction
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(fraction.len());
        let (fraction, after) = fraction.split_at(end);
        for digit in fraction.bytes().chain([b'0'; 9]).take(9) {
            nanos = nanos * 10 + i64::from(digit - b'0');
        }
        rest = after;
    }
    if let Some((afternoon, after)) = half(rest) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        rest = after;
    }
    // The end of a day is the beginning of the next.
    let end = (hour, minute, second, nanos) == (24, 0, 0, 0);
    if (hour > 23 && !end) || minute > 59 || second > 60 {
        return None;
    }
    let instant = Instant {
        ms: ((hour * 60 + minute) * 60 + second) * 1000 + nanos / 1_000_000,
        nanos: u32::try_from(nanos % 1_000_000).unwrap_or(0),
    };
    let rest = rest.trim();
    if rest.is_empty() || rest.eq_ignore_ascii_case("uhr") {
        return Some((instant, None));
    }
    Some((instant, Some(zone(rest)?)))
}

/// Whether a half of the day follows, and which: true for the afternoon.
fn half(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    let lower = text.to_ascii_lowercase();
    for (word, afternoon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if lower.starts_with(word) {
            return Some((afternoon, text.get(word.len()..)?));
        }
    }
    None
}

fn two(text: &str) -> Option<(i64, &str)> {
    let (number, rest) = digits(text)?;
    (text.len() - rest.len() == 2).then_some((number, rest))
}

/// A number at the beginning of a text, and what follows it.
fn digits(text: &str) -> Option<(i64, &str)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    Some((number.parse().ok()?, rest))
}
