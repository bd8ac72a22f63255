//! Ids that are none.

/// Names under which strangers gather when they stand for a journey.
const PLACEHOLDERS: [&str; 58] = [
    "-1",
    "0",
    "(not set)",
    "not set",
    "undefined",
    "none",
    "(none)",
    "-",
    "--",
    "unknown",
    "anonymous",
    "guest",
    "test",
    "dummy",
    "missing",
    "(blank)",
    "00000000-0000-0000-0000-000000000000",
    "n.a.",
    "na",
    "n/a",
    "null",
    "nan",
    "n/d",
    "unbekannt",
    "ukjent",
    "okänd",
    "inconnu",
    "desconocido",
    "anonym",
    "anonyme",
    "anónimo",
    "(other)",
    "[object object]",
    "(not provided)",
    "not provided",
    "(empty)",
    "unassigned",
    "unidentified",
    "default",
    "-99",
    "-999",
    "99999999",
    "999999999",
    "9999999999",
    "gast",
    "gjest",
    "(null)",
    "0.0",
    "tbd",
    "xxx",
    "?",
    "unspecified",
    "unset",
    "#n/a",
    "#n/v",
    "#nv",
    "no id",
    "not available",
];

pub(in crate::events::csv) fn placeholders() -> impl Iterator<Item = &'static str> {
    PLACEHOLDERS.into_iter()
}

/// What stands before what is not there ...
const NOT: [&str; 6] = ["no ", "not ", "without ", "ohne ", "uten ", "sans "];
/// ... and what is not there.
const WHAT: [&str; 8] = [
    "id",
    "set",
    "available",
    "known",
    "given",
    "provided",
    "value",
    "data",
];

/// Whether an id looks as if it were none: a known word, one in brackets (`<unset>`, `[Not Available]`), zeros alone, one
/// sign again and again, or a sentence that says that there is no id.
pub(in crate::events::csv) fn is_placeholder(id: &str) -> bool {
    // Most ids are numbers.
    if id != "-1" && id.bytes().any(|byte| (b'1'..=b'8').contains(&byte)) {
        return false;
    }
    let small = id.trim().to_lowercase();
    if PLACEHOLDERS.contains(&small.as_str()) {
        return true;
    }
    let inner = [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}")]
        .iter()
        .find_map(|(open, close)| small.strip_prefix(open)?.strip_suffix(close));
    if let Some(inner) = inner {
        let no_digit = !inner.bytes().any(|byte| byte.is_ascii_digit());
        return no_digit && inner.chars().count() > 2;
    }
    let mut signs = small
        .chars()
        .filter(|sign| !matches!(sign, '-' | '.' | ' '));
    let first = signs.next();
    if let Some(first) = first {
        // Signs of words may be numbers of Rome.
        let enough = match first {
            '0' => 3,
            letter if letter.is_alphanumeric() => 4,
            _ => 2,
        };
        let again = first == '0' || !first.is_ascii_digit();
        if again && small.chars().count() >= enough && signs.all(|sign| sign == first) {
            return true;
        }
    }
    NOT.iter().any(|not| {
        small
            .strip_prefix(not)
            .is_some_and(|what| WHAT.contains(&what))
    })
}
