//! Numbers as people write them: with a decimal point or comma, blanks between thousands, and a per cent sign.

/// What could not be read as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// It is none.
    None,
    /// "1,500" may be one and a half or fifteen hundred.
    Ambiguous,
}

/// Whether a comma, and whether a point, are known to begin decimals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) comma: bool,
    pub(crate) point: bool,
}

/// A number that reads back to itself: the shortest digits, and an exponent where they would be very many.
pub(crate) fn written(value: f64, comma: bool) -> String {
    let size = value.abs();
    let text = if size != 0.0 && !(1e-9..1e17).contains(&size) {
        format!("{value:e}")
    } else {
        value.to_string()
    };
    if comma { text.replace('.', ",") } else { text }
}

/// Reads a number, and says whether a per cent sign follows it.
pub(crate) fn read(text: &str, marks: Marks) -> Result<(f64, bool), NotANumber> {
    let text = text.trim();
    let amount = text.trim_end_matches(['%', '٪']).trim_end();
    let percent = amount.len() < text.len();
    let plain: String = amount.replace('\u{2212}', "-");
    if !plain.starts_with(|first: char| first.is_ascii_digit() || "+-.,".contains(first)) {
        return Err(NotANumber::None);
    }
    let joined = without_thousands(&plain).ok_or(NotANumber::None)?;
    let count = |mark: char| joined.chars().filter(|letter| *letter == mark).count();
    let (points, commas) = (count('.'), count(','));
    let joined = match (points, commas) {
        (0, 0) => joined,
        (1, 0) | (0, 1) => {
            let mark = if points == 1 { '.' } else { ',' };
            let is_known = if points == 1 {
                marks.point
            } else {
                marks.comma
            };
            if !is_known && may_be_thousands(&joined, mark) {
                return Err(NotANumber::Ambiguous);
            }
            joined.replace(mark, ".")
        }
        _ => return Err(NotANumber::None),
    };
    match joined.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((value, percent)),
        _ => Err(NotANumber::None),
    }
}

/// One to three digits that are not 0, the mark, and three more.
fn may_be_thousands(text: &str, mark: char) -> bool {
    let text = text.trim_start_matches(['+', '-']);
    let Some((whole, rest)) = text.split_once(mark) else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && digits(whole)
        && !whole.starts_with('0')
        && rest.len() == 3
        && digits(rest)
}

/// The digits without the blanks that part thousands; `None` where blanks part something else.
fn without_thousands(text: &str) -> Option<String> {
    let mut groups = text.split(char::is_whitespace);
    let mut joined = groups.next()?.to_owned();
    for group in groups {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = group.as_bytes().get(digits);
        if digits != 3 || !matches!(goes_on, None | Some(b'.' | b',')) {
            return None;
        }
        joined.push_str(group);
    }
    Some(joined)
}
