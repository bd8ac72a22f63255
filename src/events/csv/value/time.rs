//! Times as tables write them.

/// A day in milliseconds.
pub(in crate::events::csv) const DAY_MS: i64 = 86_400_000;

/// The unit of times that are bare numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second.
    Microseconds,
    /// Thousand-millionths of a second.
    Nanoseconds,
    /// Days since 30 December 1899 with their fractions, as spreadsheets hold dates; to the millisecond.
    SpreadsheetDays,
}

/// A moment: milliseconds, and what is below a millisecond. Numbers count from any moment that all share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) struct Instant {
    pub(in crate::events::csv) ms: i64,
    /// Below a million.
    pub(in crate::events::csv) nanos: u32,
}

/// A time that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Time {
    /// A bare number in the stated unit.
    Number(Instant),
    /// A date and time with its zone.
    Zoned(Instant),
    /// A date, or a date and time, without a zone.
    Local(Instant),
}

/// A number in the unit, or a date in the order of year, month and day, as most logs write them.
#[inline(always)]
pub(in crate::events::csv) fn read(text: &[u8], unit: Option<TimeUnit>) -> Option<Time> {
    // Most logs have either dates or numbers of ten to sixteen digits.
    if let (Some(unit), Some(whole)) = (unit, up_to_sixteen_digits(text))
        && let Some(time) = instant(whole, &[], unit)
    {
        return Some(Time::Number(time));
    }
    if text.get(4) == Some(&b'-') {
        return date_time(text);
    }
    number(text, unit?).map(Time::Number)
}

/// Whether a text is a bare number, in whatever unit.
pub(in crate::events::csv) fn is_number(text: &[u8]) -> bool {
    number(text, TimeUnit::Nanoseconds).is_some()
}

fn number(text: &[u8], unit: TimeUnit) -> Option<Instant> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', digits)) => (true, digits),
        _ => (false, text),
    };
    let (mut whole, mut rest) = (0_i64, digits);
    while let Some((digit, after)) = rest.split_first() {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        whole = whole.wrapping_mul(10).wrapping_add(i64::from(digit));
        rest = after;
    }
    let length = digits.len() - rest.len();
    let fraction = match rest.split_first() {
        None => &[][..],
        Some((b'.' | b',', fraction)) if !fraction.is_empty() => fraction,
        Some(_) => return None,
    };
    // Numbers of more digits may have wrapped; nanoseconds have nineteen.
    let longest = if unit == TimeUnit::Nanoseconds {
        19
    } else {
        18
    };
    let wrapped = length == 19 && (whole < 0 || digits.first() > Some(&b'8'));
    if !(1..=longest).contains(&length) || wrapped || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let time = instant(whole, fraction, unit)?;
    if !negative {
        return Some(time);
    }
    Some(match time.nanos {
        0 => Instant {
            ms: -time.ms,
            nanos: 0,
        },
        nanos => Instant {
            ms: -time.ms - 1,
            nanos: 1_000_000 - nanos,
        },
    })
}

/// The first digits after the point, as many as asked for, as a number.
fn leading(fraction: &[u8], digits: usize) -> i64 {
    let padded = fraction.iter().copied().chain(std::iter::repeat(b'0'));
    padded
        .take(digits)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
}

#[inline]
fn instant(whole: i64, fraction: &[u8], unit: TimeUnit) -> Option<Instant> {
    let below = |below: i64| u32::try_from(below).unwrap_or(0);
    Some(match unit {
        TimeUnit::Milliseconds => Instant {
            ms: whole,
            nanos: if fraction.is_empty() {
                0
            } else {
                below(leading(fraction, 6))
            },
        },
        TimeUnit::Seconds => {
            let nanos = leading(fraction, 9);
            Instant {
                ms: whole.checked_mul(1000)?.checked_add(nanos / 1_000_000)?,
                nanos: below(nanos % 1_000_000),
            }
        }
        TimeUnit::Microseconds => Instant {
            ms: whole / 1000,
            nanos: below(whole % 1000 * 1000 + leading(fraction, 3)),
        },
        TimeUnit::Nanoseconds => Instant {
            ms: whole / 1_000_000,
            nanos: below(whole % 1_000_000),
        },
        TimeUnit::SpreadsheetDays => {
            let days = whole.checked_sub(25_569)?.checked_mul(DAY_MS)?;
            // A day has fewer thousandths than a number of ten digits can tell.
            let of_day = i128::from(leading(fraction, 12)) * i128::from(DAY_MS);
            let rounded = (of_day + 500_000_000_000) / 1_000_000_000_000;
            Instant {
                ms: days.checked_add(i64::try_from(rounded).ok()?)?,
                nanos: 0,
            }
        }
    })
}

/// At most 18 digits.
fn digits_of(digits: &[u8]) -> i64 {
    let add = |sum: i64, digit: &u8| sum * 10 + i64::from(digit - b'0');
    digits.iter().fold(0, add)
}

/// The number that eight to sixteen digits are, if they are all digits.
#[inline(always)]
fn up_to_sixteen_digits(text: &[u8]) -> Option<i64> {
    let (first, last) = (text.first_chunk()?, text.last_chunk()?);
    let more = text.len() - 8;
    if more > 8 {
        return None;
    }
    let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    if !(are_digits(first) && are_digits(last)) {
        return None;
    }
    // Of the first eight only those before the last eight: the others are shifted out, and zeros into their place.
    let shift = u32::try_from(64 - 8 * more).ok()?;
    let before = first.checked_shl(shift).unwrap_or(0);
    i64::try_from(eight_digits(before) * 100_000_000 + eight_digits(last)).ok()
}

/// Whether eight bytes are digits.
#[inline]
fn are_digits(bytes: u64) -> bool {
    // Digits are the bytes 0x30 to 0x39: those whose upper half is 3, also after 6 was added.
    const UPPER: u64 = 0xf0f0_f0f0_f0f0_f0f0;
    let carried = bytes.wrapping_add(0x0606_0606_0606_0606);
    bytes & UPPER | (carried & UPPER) >> 4 == 0x3333_3333_3333_3333
}

/// The number of eight digits, the first one lowest; bytes of zero are digits of zero.
#[inline]
fn eight_digits(digits: u64) -> u64 {
    // Neighbours become numbers of two digits, then of four, then of eight.
    let pairs = (digits & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(10 << 8 | 1) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(100 << 16 | 1) >> 16;
    (fours & 0x0000_ffff_0000_ffff).wrapping_mul(10_000 << 32 | 1) >> 32
}

/// `yyyy-MM-dd`, `yyyy-MM-dd HH:mm[:ss[.fff]]` with a blank or a T between, and perhaps a zone after it: the form that most
/// logs have, read without a detour.
fn date_time(text: &[u8]) -> Option<Time> {
    let (year, rest) = two_or_four(text, 4)?;
    let (month, rest) = two_or_four(rest.strip_prefix(b"-")?, 2)?;
    let (day, rest) = two_or_four(rest.strip_prefix(b"-")?, 2)?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let date = days_since_1970(year, month, day) * DAY_MS;
    let Some((separator, rest)) = rest.split_first() else {
        return Some(Time::Local(Instant { ms: date, nanos: 0 }));
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, rest) = two_or_four(rest, 2)?;
    let (minute, rest) = two_or_four(rest.strip_prefix(b":")?, 2)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => two_or_four(rest, 2)?,
        None => (0, rest),
    };
    // A minute may have a leap second.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, rest) = match rest.strip_prefix(b".") {
        Some(rest) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            rest.split_at(digits)
        }
        None => (&[][..], rest),
    };
    let nanos = if fraction.is_empty() {
        0
    } else {
        leading(fraction, 9)
    };
    let time = Instant {
        ms: date + ((hour * 60 + minute) * 60 + second) * 1000 + nanos / 1_000_000,
        nanos: u32::try_from(nanos % 1_000_000).unwrap_or(0),
    };
    match rest {
        [] => Some(Time::Local(time)),
        [b'Z' | b'z'] => Some(Time::Zoned(time)),
        [sign @ (b'+' | b'-'), offset @ ..] => {
            let (hours, offset) = two_or_four(offset, 2)?;
            let (minutes, offset) = two_or_four(offset.strip_prefix(b":")?, 2)?;
            if !offset.is_empty() || hours > 23 || minutes > 59 {
                return None;
            }
            let ahead = (hours * 60 + minutes) * 60_000;
            let ahead = if *sign == b'+' { ahead } else { -ahead };
            Some(Time::Zoned(Instant {
                ms: time.ms - ahead,
                ..time
            }))
        }
        _ => None,
    }
}

/// A number of so many digits, and what follows it.
fn two_or_four(text: &[u8], digits: usize) -> Option<(i64, &[u8])> {
    let (number, rest) = text.split_at_checked(digits)?;
    let all = number.iter().all(u8::is_ascii_digit);
    all.then(|| (digits_of(number), rest))
}

pub(in crate::events::csv) fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// In the Gregorian calendar: years begin in March, so that the leap day is the last one.
pub(in crate::events::csv) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}
