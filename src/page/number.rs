//! Numbers as people say them. Nothing above zero is shown as zero, and nothing short of everything as everything.

/// What cannot be told.
pub(crate) const UNKNOWN: &str = "unknown";

/// Probabilities are right to this; what is nearer to 1 is 1.
pub(crate) const EXACT: f64 = 1e-12;

/// A noun for one and for several.
pub(crate) type Noun = (&'static str, &'static str);

pub(crate) const JOURNEYS: Noun = ("journey", "journeys");
pub(crate) const VISITS: Noun = ("visit", "visits");
pub(crate) const MOMENTS: Noun = ("moment", "moments");

/// Whether a share is everything.
pub(crate) fn is_all(share: f64) -> bool {
    share >= 1.0 - EXACT
}

/// A share as "33 of 100", the small ones as "3 in 1,000".
pub(crate) fn share(share: f64) -> String {
    let of = |size: f64| (share * size).round();
    if share.is_nan() {
        UNKNOWN.to_owned()
    } else if share <= 0.0 {
        "0 of 100".to_owned()
    } else if is_all(share) {
        "100 of 100".to_owned()
    } else if of(1e3) > 995.0 {
        "more than 99 of 100".to_owned()
    } else if of(1e3) >= 10.0 {
        format!("{} of 100", hundredths(share))
    } else if of(1e4) >= 10.0 {
        format!("{} in 1,000", of(1e3))
    } else if of(1e4) >= 1.0 {
        format!("{} in 10,000", of(1e4))
    } else {
        "fewer than 1 in 10,000".to_owned()
    }
}

/// A share with its noun: "33 of 100 journeys", "every journey", "no journey".
pub(crate) fn among(part: f64, (one, many): Noun) -> String {
    if part <= 0.0 {
        format!("no {one}")
    } else if is_all(part) {
        format!("every {one}")
    } else {
        format!("{} {many}", share(part))
    }
}

/// A share with noun and verb: "33 of 100 journeys meet", "every journey meets".
pub(crate) fn that(part: f64, noun: Noun, (singular, plural): (&str, &str)) -> String {
    let subject = among(part, noun);
    let is_one = part <= 0.0 || is_all(part) || subject.starts_with("1 ");
    format!("{subject} {}", if is_one { singular } else { plural })
}

/// With a capital letter, as at the beginning of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A share in a column headed "of 100".
pub(crate) fn of_100(share: f64) -> String {
    if share.is_nan() {
        UNKNOWN.to_owned()
    } else if share <= 0.0 {
        "0".to_owned()
    } else if is_all(share) {
        "100".to_owned()
    } else if share < 0.005 {
        "<1".to_owned()
    } else if (share * 1e3).round() > 995.0 {
        ">99".to_owned()
    } else {
        hundredths(share)
    }
}

/// Hundredths, rounded, but for exact halves, of which two would add up to one too many.
fn hundredths(share: f64) -> String {
    let halves = share * 200.0;
    if (halves - halves.round()).abs() < 1e-9 {
        format!("{}", halves.round() / 2.0)
    } else {
        format!("{:.0}", share * 100.0)
    }
}

/// A share of something that cannot be counted: "51 %".
pub(crate) fn percent(share: f64) -> String {
    match of_100(share).as_str() {
        "<1" => "less than 1 %".to_owned(),
        ">99" => "more than 99 %".to_owned(),
        number => format!("{number} %"),
    }
}

/// A valence: "+0.82", "-0.27", "0.00".
pub(crate) fn feeling(valence: f64) -> String {
    let text = format!("{valence:+.2}");
    if valence.is_nan() {
        UNKNOWN.to_owned()
    } else if text == "+0.00" || text == "-0.00" {
        "0.00".to_owned()
    } else {
        text
    }
}

/// A figure that may be unknown.
pub(crate) fn or_unknown(figure: Option<f64>, show: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|| UNKNOWN.to_owned(), show)
}

/// A figure without a sign: "0.27", "less than 0.01".
pub(crate) fn size(figure: f64) -> String {
    let figure = figure.abs();
    if figure > 0.0 && figure < 0.005 {
        "less than 0.01".to_owned()
    } else {
        format!("{figure:.2}")
    }
}

/// A number of times in a sentence: "1.65", "2", "12.5", "12,345".
pub(crate) fn count(times: f64) -> String {
    let text = cell(times);
    match text.split_once('.') {
        Some((whole, rest)) if !text.starts_with('<') && !text.contains('e') => {
            let rest = rest.trim_end_matches('0');
            if rest.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{rest}")
            }
        }
        _ => text,
    }
}

/// A number of times in a column.
pub(crate) fn cell(times: f64) -> String {
    if times > 0.0 && times < 0.005 {
        "<0.01".to_owned()
    } else if times < 9.995 {
        format!("{:.2}", times.max(0.0))
    } else if times < 99.95 {
        format!("{times:.1}")
    } else if times < 1e12 {
        grouped(&format!("{times:.0}"))
    } else {
        format!("{times:.2e}")
    }
}

/// A number of things: "12,345".
pub(crate) fn whole(number: usize) -> String {
    grouped(&number.to_string())
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How often something happens on a journey: "1.65 visits per journey", "3 visits in 1,000 journeys".
pub(crate) fn per_journey(times: f64, (one, many): Noun) -> String {
    let of = |size: f64| (times * size).round();
    let several = |number: f64| if number > 1.0 { many } else { one };
    if times <= 0.0 {
        format!("no {one}")
    } else if of(100.0) >= 1.0 {
        let count = count(times);
        format!(
            "{count} {} per journey",
            if count == "1" { one } else { many }
        )
    } else if of(1e4) >= 10.0 {
        let number = of(1e3);
        format!("{number} {} in 1,000 journeys", several(number))
    } else if of(1e4) >= 1.0 {
        let number = of(1e4);
        format!("{number} {} in 10,000 journeys", several(number))
    } else {
        format!("fewer than 1 {one} in 10,000 journeys")
    }
}

/// A sum of money: "12.50", "-1,234.00", "<0.01".
pub(crate) fn amount(sum: f64) -> String {
    let size = sum.abs();
    let (whole, cents) = match format!("{size:.2}").split_once('.') {
        Some((whole, cents)) => (grouped(whole), cents.to_owned()),
        None => return UNKNOWN.to_owned(),
    };
    let sign = if sum < 0.0 { "-" } else { "" };
    if size > 0.0 && size < 0.005 {
        format!("{sign}<0.01")
    } else if size < 1e12 {
        format!("{sign}{whole}.{cents}")
    } else {
        format!("{sum:.2e}")
    }
}

/// A time: "45 s", "12 min", "8 h 24 min", "2 days 3 h".
pub(crate) fn duration(seconds: f64) -> String {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    // Each unit takes over where the one below would round up to it.
    if seconds > 0.0 && seconds < 0.5 {
        "less than 1 s".to_owned()
    } else if seconds < 59.5 {
        format!("{:.0} s", seconds.max(0.0))
    } else if seconds < HOUR - MINUTE / 2.0 {
        format!("{:.0} min", seconds / MINUTE)
    } else if seconds < DAY - MINUTE / 2.0 {
        two_units((seconds / MINUTE).round(), 60.0, ("h", "h"), "min")
    } else {
        two_units((seconds / HOUR).round(), 24.0, ("day", "days"), "h")
    }
}

fn two_units(small: f64, size: f64, (one, many): Noun, small_unit: &str) -> String {
    let large = (small / size).floor();
    let rest = small - large * size;
    let unit = if large > 1.0 { many } else { one };
    let large = if large < 1e12 {
        grouped(&format!("{large}"))
    } else {
        format!("{large:.2e}")
    };
    if rest > 0.0 {
        format!("{large} {unit} {rest} {small_unit}")
    } else {
        format!("{large} {unit}")
    }
}

/// "a, b and c"; of more than `most`, those first and how many there are besides.
pub(crate) fn list(items: &[String], most: usize) -> String {
    let (shown, hidden) = items.split_at(items.len().min(most));
    if !hidden.is_empty() {
        return format!("{} and {} more", shown.join(", "), whole(hidden.len()));
    }
    match shown {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A change of a sum of money: "+1.20", "-<0.01", "0.00".
pub(crate) fn amount_moved(change: f64) -> String {
    let text = amount(change);
    if change > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// A change of a chance: "-32.5 of 100".
pub(crate) fn change_of_100(change: f64) -> String {
    let text = format!("{:+.1} of 100", change * 100.0);
    match text.as_str() {
        // What rounding leaves of nothing is nothing.
        "+0.0 of 100" | "-0.0 of 100" if change.abs() <= EXACT => "0".to_owned(),
        "+0.0 of 100" => "<+0.1 of 100".to_owned(),
        "-0.0 of 100" => ">-0.1 of 100".to_owned(),
        _ => text,
    }
}
