//! Words that tables write in place of values.

use crate::journey::PromiseResult;

/// Spellings of "nothing" that no cell with a value has: what databases, statistics and scripts write.
const NOTHING: [&str; 9] = [
    "na", "n/a", "#n/a", "<na>", "null", "(null)", "nil", "nan", "\\n",
];
/// Further ones where a value of a kind is expected, a feeling or a time, or a name of anything but the journey.
const NOTHING_ELSE: [&str; 29] = [
    "(not set)",
    "not set",
    "undefined",
    "(undefined)",
    "none",
    "(none)",
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    ".",
    "(blank)",
    "(empty)",
    "(leer)",
    "not available",
    "not applicable",
    "don't know",
    "dont know",
    "no answer",
    "not answered",
    "unanswered",
    "#null!",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "0000-00-00 00:00",
    "00.00.0000",
    "00/00/0000",
];
/// Names under which strangers gather when they stand for a journey.
const PLACEHOLDERS: [&str; 22] = [
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
];
/// The longest of [`NOTHING`].
pub(in crate::events::csv) const LONGEST_NOTHING: usize = 6;

fn is_one_of(cell: &[u8], words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a journey's cell says that there is none.
pub(in crate::events::csv) fn is_nothing(cell: &[u8]) -> bool {
    cell.len() <= LONGEST_NOTHING && is_one_of(cell, &NOTHING)
}

/// Whether a cell that may be blank says that it is.
pub(in crate::events::csv) fn says_nothing(cell: &[u8]) -> bool {
    cell.len() <= 19 && (is_one_of(cell, &NOTHING) || is_one_of(cell, &NOTHING_ELSE))
}

pub(in crate::events::csv) fn placeholders() -> impl Iterator<Item = &'static str> {
    PLACEHOLDERS.into_iter()
}

const KEPT: [&str; 43] = [
    "true",
    "t",
    "kept",
    "1",
    "1.0",
    "1,0",
    "yes",
    "y",
    "ja",
    "j",
    "oui",
    "o",
    "si",
    "sí",
    "sim",
    "sant",
    "wahr",
    "vrai",
    "verdadero",
    "met",
    "fulfilled",
    "achieved",
    "on time",
    "on-time",
    "ontime",
    "in time",
    "within sla",
    "in sla",
    "pass",
    "passed",
    "ok",
    "delivered as promised",
    "success",
    "succeeded",
    "hit",
    "holdt",
    "hållet",
    "gehalten",
    "eingehalten",
    "tenu",
    "tenue",
    "cumplido",
    "cumplida",
];

const BROKEN: [&str; 44] = [
    "false",
    "f",
    "broken",
    "0",
    "0.0",
    "0,0",
    "no",
    "n",
    "nei",
    "nein",
    "nej",
    "non",
    "usant",
    "falsch",
    "falsk",
    "faux",
    "falso",
    "not met",
    "unmet",
    "not kept",
    "not fulfilled",
    "unfulfilled",
    "breached",
    "breach",
    "violated",
    "missed",
    "late",
    "too late",
    "delayed",
    "overdue",
    "out of sla",
    "outside sla",
    "fail",
    "failed",
    "failure",
    "brutt",
    "ikke holdt",
    "brutet",
    "gebrochen",
    "nicht eingehalten",
    "non tenu",
    "non tenue",
    "incumplido",
    "incumplida",
];

const UNKNOWN: [&str; 6] = [
    "unknown",
    "pending",
    "open",
    "in progress",
    "ukjent",
    "unbekannt",
];

/// What a word, or any of its usual translations, says of a promise.
pub(in crate::events::csv) fn promise(cell: &[u8]) -> Option<PromiseResult> {
    let text = std::str::from_utf8(cell).ok()?.to_lowercase();
    let is = |words: &[&str]| words.contains(&text.as_str());
    if is(&KEPT) {
        Some(PromiseResult::Kept)
    } else if is(&BROKEN) {
        Some(PromiseResult::Broken)
    } else if is(&UNKNOWN) {
        Some(PromiseResult::Unknown)
    } else {
        None
    }
}

/// Whether a row sums others up.
pub(in crate::events::csv) fn is_total(cell: &str) -> bool {
    const TOTALS: [&str; 12] = [
        "total",
        "totals",
        "grand total",
        "sum",
        "summary",
        "gesamt",
        "gesamtergebnis",
        "summe",
        "totalt",
        "summa",
        "total general",
        "somme",
    ];
    TOTALS.contains(&cell.trim_end_matches(':').to_lowercase().as_str())
}
