//! Times of the day that stand beside a date, as databases, spreadsheets and old systems write them.

use super::dates::{DateOrder, Orders, Read, read, time_and_zone};
use super::time::{DAY_MS, Instant, Time, days_since_1970};

/// Days that programs write before a time of the day which has none: spreadsheets and databases, Unix, frameworks of the
/// web, .NET.
const NO_DAY: [(i64, i64, i64); 7] = [
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1904, 1, 1),
    (1970, 1, 1),
    (2000, 1, 1),
    (1, 1, 1),
];

/// Whether a time lies on a day that stands for none.
pub(in crate::events::csv) fn is_on_no_day(ms: i64) -> bool {
    let day = ms.div_euclid(DAY_MS);
    let days = NO_DAY.iter();
    let mut days = days.map(|&(year, month, day)| days_since_1970(year, month, day));
    days.any(|none| none == day)
}

/// A share of the day in whole seconds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a share is at most 1, a day has 86,400 seconds"
)]
fn seconds(share: f64) -> i64 {
    (share * 86_400.0).round() as i64
}

/// The time of the day that a cell tells: `08:30`, `8.30`, `8h30`, `830`, `083000`, `24:00`, `1899-12-30 08:30:00`,
/// `0 days 08:30:00`; as a share of the day, `0.354`, where the column holds such.
pub(in crate::events::csv) fn of_day(cell: &str, shares: bool) -> Option<Instant> {
    let cell = cell.trim();
    if shares {
        return share(cell).map(|share| Instant {
            ms: seconds(share) * 1000,
            nanos: 0,
        });
    }
    let cell = cell.strip_prefix("0 days ").unwrap_or(cell);
    let digits = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    if digits && cell.len() <= 6 {
        let width = if cell.len() > 4 { 6 } else { 4 };
        return local(&format!("{cell:0>width$}"));
    }
    if let Some(Read::Time(Time::Local(at) | Time::Zoned(at), _)) =
        read(cell, Orders::all(DateOrder::DayFirst))
        && is_on_no_day(at.ms)
    {
        return Some(Instant {
            ms: at.ms.rem_euclid(DAY_MS),
            ..at
        });
    }
    cell.starts_with(|first: char| first.is_ascii_digit())
        .then(|| local(cell))?
}

fn local(clock: &str) -> Option<Instant> {
    let (instant, zone) = time_and_zone(clock)?;
    zone.is_none().then_some(instant)
}

/// A share of a day, as spreadsheets hold times of the day.
pub(in crate::events::csv) fn share(cell: &str) -> Option<f64> {
    let number: f64 = cell.trim().replace(',', ".").parse().ok()?;
    (0.0..1.0).contains(&number).then_some(number)
}
