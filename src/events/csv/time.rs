//! Times as tables write them.

/// The unit of times that are bare numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second; what is below a thousandth is dropped.
    Microseconds,
}

/// A time that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// A bare number in the stated unit, as milliseconds.
    Number(i64),
    /// A date and time with its zone.
    Zoned(i64),
    /// A date, or a date and time, without a zone.
    Local(i64),
}

/// A number, or a date in the order of year, month and day.
#[inline(always)]
pub(super) fn read(text: &[u8], unit: Option<TimeUnit>) -> Result<Time, Fault> {
    // Most logs have either dates or numbers of ten to sixteen digits.
    if let (Some(unit), Some(whole)) = (unit, up_to_sixteen_digits(text))
        && let Some(time) = in_millis(whole, &[], unit)
    {
        return Ok(Time::Number(time));
    }
    read_any(text, unit)
}

fn read_any(text: &[u8], unit: Option<TimeUnit>) -> Result<Time, Fault> {
    if text.get(4) == Some(&b'-') {
        return date_time(text).ok_or(Fault::NotATime);
    }
    match (number(text, unit.unwrap_or(TimeUnit::Milliseconds)), unit) {
        (Some(time), Some(_)) => Ok(Time::Number(time)),
        (Some(_), None) => Err(Fault::NoUnit),
        (None, _) => Err(Fault::NotATime),
    }
}

/// Why a text is not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    NotATime,
    NoUnit,
}

fn number(text: &[u8], unit: TimeUnit) -> Option<i64> {
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
    // Numbers of more digits, which may have wrapped, are refused.
    let length = digits.len() - rest.len();
    let fraction = match rest.split_first() {
        None => &[][..],
        Some((b'.', fraction)) if !fraction.is_empty() => fraction,
        Some(_) => return None,
    };
    if !(1..=18).contains(&length) || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let time = in_millis(whole, fraction, unit)?;
    Some(if negative { -time } else { time })
}

#[inline]
fn in_millis(whole: i64, fraction: &[u8], unit: TimeUnit) -> Option<i64> {
    match unit {
        TimeUnit::Seconds => whole.checked_mul(1000)?.checked_add(millis(fraction)),
        TimeUnit::Milliseconds => Some(whole),
        TimeUnit::Microseconds => Some(whole / 1000),
    }
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

/// The first three digits after the point.
fn millis(fraction: &[u8]) -> i64 {
    let digit = |at: usize| fraction.get(at).map_or(0, |byte| i64::from(byte - b'0'));
    digit(0) * 100 + digit(1) * 10 + digit(2)
}

/// `yyyy-MM-dd`, `yyyy-MM-dd HH:mm[:ss[.fff]]` with a blank or a T between, and perhaps a zone after it.
fn date_time(text: &[u8]) -> Option<Time> {
    let (year, rest) = two_or_four(text, 4)?;
    let (month, rest) = two_or_four(rest.strip_prefix(b"-")?, 2)?;
    let (day, rest) = two_or_four(rest.strip_prefix(b"-")?, 2)?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let date = days_since_1970(year, month, day) * 86_400_000;
    let Some((separator, rest)) = rest.split_first() else {
        return Some(Time::Local(date));
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
    let time = date + ((hour * 60 + minute) * 60 + second) * 1000 + millis(fraction);
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
            Some(Time::Zoned(time - ahead))
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

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// In the Gregorian calendar: years begin in March, so that the leap day is the last one.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}
