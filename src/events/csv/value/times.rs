//! The times of a table: one form for the column as a whole, as far as it has one.

use std::collections::BTreeMap;

use super::clock;
use super::dates::{self, Between, Orders, Read};
use super::time::{self, DAY_MS, Instant, Time, TimeUnit};
use super::words::says_nothing;
use super::zones;
use crate::events::csv::error::CellFault;
use crate::events::csv::value::cells::text;

/// 1971 and 2090, in milliseconds: times outside are improbable among others that are not. 2099 stands for no end.
pub(in crate::events::csv) const PROBABLE: std::ops::Range<i64> = 31_536_000_000..3_786_912_000_000;
/// How many different improbable times are told apart.
const TOLD: usize = 100;

/// How times are read, and what was seen of them.
#[derive(Debug, Clone)]
pub(in crate::events::csv) struct Times {
    pub(in crate::events::csv) unit: Option<TimeUnit>,
    /// How far ahead of UTC times without a zone are, in milliseconds.
    pub(in crate::events::csv) offset_ms: Option<i64>,
    /// Whether times state a zone, as most of the column do.
    pub(in crate::events::csv) zoned: Option<bool>,
    /// What the caller says of names of zones, in minutes ahead of UTC.
    pub(in crate::events::csv) zones: Vec<(String, i64)>,
    pub(in crate::events::csv) orders: Orders,
    /// In the form of `strptime`.
    pub(in crate::events::csv) format: Option<String>,
    /// Times of the day beside the date are shares of a day.
    pub(in crate::events::csv) shares: bool,
    /// Most times lie between 1971 and 2090.
    pub(in crate::events::csv) probable: bool,
    pub(in crate::events::csv) improbable_unknown: bool,
    /// How often improbable times were met, as they are written.
    pub(in crate::events::csv) improbable: BTreeMap<String, u64>,
}

/// What a time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Told {
    At(Instant),
    /// A blank cell.
    Blank,
    /// A word for nothing, or a time that counts as none.
    Nothing,
}

impl Times {
    /// Reads a time.
    #[inline(always)]
    pub(in crate::events::csv) fn read(&mut self, cell: &[u8]) -> Result<Told, CellFault> {
        if cell.is_empty() {
            return Ok(Told::Blank);
        }
        match time::read(cell, self.unit) {
            Some(time) => self.place(time, cell),
            None => self.read_any(cell),
        }
    }

    #[inline(always)]
    fn place(&mut self, time: Time, cell: &[u8]) -> Result<Told, CellFault> {
        let (instant, zoned) = match time {
            Time::Number(instant) => return Ok(self.probably(instant, cell)),
            Time::Zoned(instant) => (instant, true),
            Time::Local(instant) => {
                let ms = instant.ms - self.offset_ms.unwrap_or(0);
                (Instant { ms, ..instant }, false)
            }
        };
        if *self.zoned.get_or_insert(zoned) != zoned && self.offset_ms.is_none() {
            return Err(CellFault::Zone(text(cell)));
        }
        Ok(self.probably(instant, cell))
    }

    #[inline(always)]
    fn probably(&mut self, instant: Instant, cell: &[u8]) -> Told {
        if self.probable && !PROBABLE.contains(&instant.ms) {
            return self.improbable(instant, cell);
        }
        Told::At(instant)
    }

    #[cold]
    fn improbable(&mut self, instant: Instant, cell: &[u8]) -> Told {
        if self.improbable.len() < TOLD {
            *self.improbable.entry(text(cell)).or_default() += 1;
        } else if let Some(mut last) = self.improbable.last_entry() {
            *last.get_mut() += 1;
        }
        if self.improbable_unknown {
            Told::Nothing
        } else {
            Told::At(instant)
        }
    }

    #[inline(never)]
    fn read_any(&mut self, cell: &[u8]) -> Result<Told, CellFault> {
        let written = std::str::from_utf8(cell).map_err(|_| CellFault::NotText)?;
        if let Some(time) = self.formatted(written) {
            return self.place(time, cell);
        }
        let (unnamed, ahead) = match zones::with_name(written, &self.zones) {
            Some((time, name)) => {
                let stated = self.zones.iter().rev();
                let mut stated = stated.filter(|(known, _)| known.eq_ignore_ascii_case(name));
                match stated.next() {
                    Some((_, minutes)) => (time, Some(minutes * 60_000)),
                    None if zones::is_place(name) => {
                        return Err(CellFault::ZonePlace(name.to_owned()));
                    }
                    None => return Err(CellFault::ZoneName(name.to_owned())),
                }
            }
            None => (written, None),
        };
        match (dates::read(unnamed, self.orders), ahead) {
            (Some(Read::Time(Time::Local(local), _)), Some(ahead)) => {
                let ms = local.ms - ahead;
                self.place(Time::Zoned(Instant { ms, ..local }), cell)
            }
            (Some(Read::Time(time, _)), _) => self.place(time, cell),
            (Some(Read::Ambiguous(_)), _) => Err(CellFault::DateOrder(text(cell))),
            (Some(Read::OfDay(_)), _) => Err(CellFault::NoDate(text(cell))),
            (None, _) if says_nothing(cell) => Ok(Told::Nothing),
            (None, _) if time::is_number(cell) && self.unit.is_none() => {
                Err(CellFault::NoUnit(text(cell)))
            }
            (None, _) => Err(CellFault::Time(text(cell))),
        }
    }

    /// A time in the form that was stated.
    fn formatted(&self, written: &str) -> Option<Time> {
        let format = self.format.as_deref()?;
        let mut parsed = jiff::fmt::strtime::BrokenDownTime::parse(format, written).ok()?;
        if parsed.offset().is_some() {
            let at = parsed.to_timestamp().ok()?;
            return Some(Time::Zoned(instant(at.as_nanosecond())?));
        }
        if parsed.hour().is_none() && parsed.minute().is_none() {
            let date = parsed.to_date().ok()?;
            return Some(Time::Local(local(date.at(0, 0, 0, 0))?));
        }
        if parsed.second().is_none() {
            parsed.set_second(Some(0)).ok()?;
        }
        Some(Time::Local(local(parsed.to_datetime().ok()?)?))
    }

    /// Reads a time with the zone that stands beside it.
    pub(in crate::events::csv) fn read_zoned(
        &mut self,
        time: &[u8],
        zone: &[u8],
    ) -> Result<Told, CellFault> {
        if time.is_empty() || zone.is_empty() || says_nothing(zone) {
            return self.read(time);
        }
        self.read(&[time, b" ", zone].concat())
    }

    /// Reads a date with the time of the day, and perhaps the zone, that stand beside it.
    pub(in crate::events::csv) fn read_joined(
        &mut self,
        date: &[u8],
        of_day: &[u8],
        zone: &[u8],
    ) -> Result<Told, CellFault> {
        if date.is_empty() {
            return Ok(Told::Blank);
        }
        // When on that day is not known, nor whether before or after what else happened on it.
        if of_day.is_empty() || says_nothing(of_day) {
            return Ok(Told::Blank);
        }
        let joined = [date, b" ", of_day].concat();
        let fault = if self.shares {
            CellFault::Time(text(&joined))
        } else {
            match self.read_zoned(&joined, zone) {
                Ok(told) => return Ok(told),
                Err(fault) => fault,
            }
        };
        let clock = std::str::from_utf8(of_day);
        let clock = clock.ok().and_then(|cell| clock::of_day(cell, self.shares));
        match (self.read_zoned(date, zone)?, clock) {
            (Told::At(day), Some(clock)) if self.is_midnight(day) => Ok(Told::At(Instant {
                ms: day.ms + clock.ms,
                ..clock
            })),
            // A date with a time of its own says what is wrong itself.
            (Told::At(_), _) => Err(fault),
            (told, _) => Ok(told),
        }
    }

    fn is_midnight(&self, day: Instant) -> bool {
        let local = day.ms + self.offset_ms.unwrap_or(0);
        self.zoned == Some(true) || (local.rem_euclid(DAY_MS) == 0 && day.nanos == 0)
    }
}

fn local(at: jiff::civil::DateTime) -> Option<Instant> {
    let at = jiff::tz::Offset::UTC.to_timestamp(at).ok()?;
    instant(at.as_nanosecond())
}

fn instant(nanoseconds: i128) -> Option<Instant> {
    Some(Instant {
        ms: i64::try_from(nanoseconds.div_euclid(1_000_000)).ok()?,
        nanos: u32::try_from(nanoseconds.rem_euclid(1_000_000)).ok()?,
    })
}

/// A form as `strptime` knows it, from one with letters (`dd.MM.yyyy HH:mm`) where it has no percent sign; `None` where it
/// cannot be one.
pub(in crate::events::csv) fn strptime(form: &str) -> Option<String> {
    let format = if form.contains('%') {
        form.to_owned()
    } else {
        from_letters(form)
    };
    let now = jiff::civil::date(2024, 1, 2)
        .at(3, 4, 5, 0)
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .ok()?;
    let written = jiff::fmt::strtime::format(&format, &now).ok()?;
    let read = jiff::fmt::strtime::BrokenDownTime::parse(&format, &written).ok()?;
    (format.contains('%') && read.to_date().is_ok()).then_some(format)
}

fn from_letters(form: &str) -> String {
    const PARTS: [(&str, &str); 18] = [
        ("yyyy", "%Y"),
        ("YYYY", "%Y"),
        ("yy", "%y"),
        ("MMMM", "%B"),
        ("MMM", "%b"),
        ("MM", "%m"),
        ("M", "%m"),
        ("dd", "%d"),
        ("DD", "%d"),
        ("d", "%d"),
        ("HH", "%H"),
        ("H", "%H"),
        ("hh", "%I"),
        ("mm", "%M"),
        ("ss", "%S"),
        ("SSS", "%f"),
        ("a", "%p"),
        ("XXX", "%:z"),
    ];
    let (mut rest, mut format) = (form, String::new());
    while let Some(first) = rest.chars().next() {
        let part = PARTS.iter().find(|(letters, _)| rest.starts_with(letters));
        if let Some((letters, directive)) = part {
            format += directive;
            rest = rest.get(letters.len()..).unwrap_or_default();
        } else {
            if first != '\'' {
                format.push(first);
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    format
}

/// What the times of a sample have in common.
#[derive(Debug, Clone, Default)]
pub(in crate::events::csv) struct TimeFacts {
    pub(in crate::events::csv) filled: usize,
    /// Dates, with a time or without.
    pub(in crate::events::csv) dates: usize,
    pub(in crate::events::csv) of_day: usize,
    pub(in crate::events::csv) numbers: usize,
    /// Numbers between 25,000 and 60,000: days since 1899 are dates of 1968 to 2064.
    pub(in crate::events::csv) serials: usize,
    /// Cells with a time of the day other than midnight, dated or not.
    pub(in crate::events::csv) clocked: usize,
    /// Dates on days that stand for none.
    pub(in crate::events::csv) dayless: usize,
    pub(in crate::events::csv) zoned: usize,
    pub(in crate::events::csv) probable: usize,
    /// By what stands between: rows that can only have the day first, only the month first, or either, and an example of a
    /// settling one.
    pub(in crate::events::csv) orders: [(usize, usize, usize); 3],
    pub(in crate::events::csv) settles: Option<String>,
}

impl TimeFacts {
    pub(in crate::events::csv) fn add(&mut self, cell: &str, unit: Option<TimeUnit>) {
        let cell = cell.trim();
        if cell.is_empty() || says_nothing(cell.as_bytes()) {
            return;
        }
        let named = zones::with_name(cell, &[]).map(|(time, _)| time);
        let cell = named.unwrap_or(cell);
        self.filled += 1;
        if let Some(Time::Number(instant)) = time::read(cell.as_bytes(), unit) {
            self.numbers += 1;
            self.clocked += 1;
            self.probable += usize::from(PROBABLE.contains(&instant.ms));
            return;
        }
        match dates::read(cell, Orders::default()) {
            Some(Read::Time(time, order)) => {
                self.dates += 1;
                let (Time::Number(at) | Time::Zoned(at) | Time::Local(at)) = time;
                self.dated(at);
                self.zoned += usize::from(named.is_some() || matches!(time, Time::Zoned(_)));
                self.probable += usize::from(PROBABLE.contains(&at.ms));
                if let Some((between, Some(order))) = order {
                    let Some((day, month, _)) = self.orders.get_mut(between as usize) else {
                        return;
                    };
                    match order {
                        dates::DateOrder::DayFirst => *day += 1,
                        dates::DateOrder::MonthFirst => *month += 1,
                    }
                    self.settles.get_or_insert_with(|| cell.to_owned());
                }
            }
            Some(Read::Ambiguous(between)) => {
                self.dates += 1;
                self.probable += 1;
                let either = Orders::all(dates::DateOrder::DayFirst);
                if let Some(Read::Time(Time::Local(at) | Time::Zoned(at), _)) =
                    dates::read(cell, either)
                {
                    self.dated(at);
                }
                if let Some((_, _, either)) = self.orders.get_mut(between as usize) {
                    *either += 1;
                }
            }
            Some(Read::OfDay(_)) => self.of_day += 1,
            None if time::is_number(cell.as_bytes()) => {
                self.numbers += 1;
                let days = cell
                    .replace(',', ".")
                    .parse()
                    .is_ok_and(|days: f64| (25_000.0..60_000.0).contains(&days));
                self.serials += usize::from(days);
                self.clocked += usize::from(cell.contains(['.', ',']));
            }
            None => {}
        }
    }

    fn dated(&mut self, at: Instant) {
        self.clocked += usize::from(at.ms.rem_euclid(DAY_MS) != 0 || at.nanos != 0);
        self.dayless += usize::from(clock::is_on_no_day(at.ms));
    }

    /// Whether these are times of the day alone, with a date that stands for none or without one.
    pub(in crate::events::csv) fn are_of_day(&self) -> bool {
        let dayless = self.dates > 0 && self.dayless == self.dates && self.clocked > 0;
        let dated = if dayless { self.dates } else { 0 };
        self.filled > 0 && (self.of_day + dated) * 10 >= self.filled * 9
    }

    /// Whether these are times at all.
    pub(in crate::events::csv) fn are_times(&self, unit: Option<TimeUnit>) -> bool {
        let read = self.dates
            + if unit.is_some() || self.serials == self.numbers {
                self.numbers
            } else {
                0
            };
        self.filled > 0 && 2 * read >= self.filled
    }

    /// The orders that some date settles for all; where dates contradict each other, most of them count.
    pub(in crate::events::csv) fn orders(&self) -> Orders {
        Orders(self.orders.map(|(day, month, _)| match day.cmp(&month) {
            std::cmp::Ordering::Greater => Some(dates::DateOrder::DayFirst),
            std::cmp::Ordering::Less => Some(dates::DateOrder::MonthFirst),
            std::cmp::Ordering::Equal => None,
        }))
    }

    /// Whether dates are open that a further row could settle.
    pub(in crate::events::csv) fn open(&self) -> bool {
        let open = |&(day, month, either): &(usize, usize, usize)| either > 0 && day == month;
        self.orders.iter().any(open)
    }

    /// What is told of the form.
    pub(in crate::events::csv) fn form(&self, orders: Orders, stated: bool) -> Option<String> {
        let between = [Between::Slash, Between::Dot, Between::Hyphen];
        let used = between.iter().find(|&&between| {
            self.orders
                .get(between as usize)
                .is_some_and(|(day, month, either)| day + month + either > 0)
        })?;
        let (first, settled) = match (*orders.0.get(*used as usize)?)? {
            dates::DateOrder::DayFirst => ("day", self.settles.as_deref()),
            dates::DateOrder::MonthFirst => ("month", self.settles.as_deref()),
        };
        Some(match settled {
            _ if stated => format!("dates with the {first} first, as stated"),
            Some(example) => format!("dates with the {first} first, as {example:?} shows"),
            None => format!("dates with the {first} first"),
        })
    }
}
