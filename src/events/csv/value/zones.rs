//! Zones behind times.

/// Names of zones that mean one thing where times are written with them, and how many minutes they are ahead of UTC: those
/// of Europe, of mail (RFC 5322, section 4.3, whose CST is China's as well) and of countries with one zone.
const NAMES: [(&str, i64); 28] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("sast", 120),
    ("wib", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("pst", -480),
    ("pdt", -420),
    ("mdt", -360),
    ("cdt", -300),
    ("est", -300),
    ("edt", -240),
];

/// Names that mean different zones in different countries.
const SEVERAL: [&str; 14] = [
    "cst", "mst", "ist", "bst", "ast", "adt", "amt", "art", "gst", "sst", "wst", "ect", "pt", "et",
];

/// A time whose zone has a name that means several, or that the caller stated: the text before the name, and the name.
pub(in crate::events::csv) fn with_name<'a>(
    text: &'a str,
    stated: &[(String, i64)],
) -> Option<(&'a str, &'a str)> {
    let (time, name) = text.trim_end().rsplit_once(' ')?;
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let known = SEVERAL.iter().any(|known| is(known))
        || is_place(name)
        || stated.iter().any(|(known, _)| is(known));
    (known && time.contains(':')).then_some((time, name))
}

/// Whether a zone is named by a place, as `Europe/Oslo`: how far it is ahead of UTC changes within the year.
pub(in crate::events::csv) fn is_place(name: &str) -> bool {
    const AREAS: [&str; 11] = [
        "africa",
        "america",
        "antarctica",
        "arctic",
        "asia",
        "atlantic",
        "australia",
        "europe",
        "indian",
        "pacific",
        "us",
    ];
    let area = name.split_once('/');
    area.is_some_and(|(area, place)| {
        AREAS.contains(&area.to_ascii_lowercase().as_str())
            && place.starts_with(char::is_alphabetic)
    })
}

/// Whether a text is a zone and nothing else: an offset, a name, a place.
pub(in crate::events::csv) fn is_zone(text: &str) -> bool {
    zone(text).is_some()
        || is_place(text)
        || SEVERAL.iter().any(|known| text.eq_ignore_ascii_case(known))
}

/// How far a zone is ahead of UTC, in milliseconds.
pub(in crate::events::csv) fn zone(text: &str) -> Option<i64> {
    let text = match text.split_once('[') {
        Some((offset, name)) if name.ends_with(']') && !offset.is_empty() => offset,
        _ => text,
    };
    // A name in brackets behind it is the same zone once more: `GMT+0100 (CET)`.
    let text = match text.split_once(" (") {
        Some((offset, name)) if name.ends_with(')') => offset,
        _ => text,
    };
    // An offset says all; the name behind it is the same zone once more.
    let text = match text.trim().split_once(' ') {
        Some((offset, name))
            if offset.starts_with(['+', '-']) && name.chars().all(|c| c.is_ascii_alphabetic()) =>
        {
            offset
        }
        _ => text.trim(),
    };
    let small = text.to_ascii_lowercase();
    if let Some((_, minutes)) = NAMES.iter().find(|(name, _)| *name == small) {
        return Some(minutes * 60_000);
    }
    let named = ["UTC", "GMT", "utc", "gmt"]
        .iter()
        .find_map(|name| text.strip_prefix(name));
    let text = named.unwrap_or(text).trim_start();
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, text.strip_prefix('+')?),
        '-' => (-1, text.strip_prefix('-')?),
        '−' => (-1, text.strip_prefix('−')?),
        _ => return None,
    };
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) if hours.len() == 2 && minutes.len() == 2 => (hours, minutes),
        None if rest.len() == 4 && all(rest) => rest.split_at(2),
        None if rest.len() == 2 || (named.is_some() && rest.len() == 1) => (rest, "0"),
        _ => return None,
    };
    let (hours, minutes) = (
        all(hours).then(|| hours.parse::<i64>().ok())??,
        all(minutes).then(|| minutes.parse::<i64>().ok())??,
    );
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes) * 60_000)
}
