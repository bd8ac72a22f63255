//! Words for promises that were kept and broken.

use crate::journey::PromiseResult;

/// Yes and nothing else: what it says of a promise is what its header asks.
const YES: [&str; 18] = [
    "true",
    "t",
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
];

/// Words for a promise that was kept.
const KEPT: [&str; 41] = [
    "kept",
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
    "compliant",
    "in compliance",
    "within target",
    "on target",
    "respected",
    "respecté",
    "respectée",
    "erfüllt",
    "overholdt",
    "uppfyllt",
    "pünktlich",
    "rettidig",
    "à temps",
    "a tiempo",
    "i tide",
    "i tid",
];

/// No and nothing else.
const NO: [&str; 17] = [
    "false", "f", "0", "0.0", "0,0", "no", "n", "nei", "nein", "nej", "non", "usant", "falsch",
    "falsk", "faux", "falso", "nee",
];

/// Words for a promise that was broken.
const BROKEN: [&str; 50] = [
    "broken",
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
    "non-compliant",
    "not compliant",
    "out of compliance",
    "not achieved",
    "not on time",
    "off target",
    "verletzt",
    "nicht erfüllt",
    "nicht gehalten",
    "überschritten",
    "verspätet",
    "overskredet",
    "brutt løfte",
    "forsinket",
    "försenad",
    "ej uppfyllt",
    "dépassé",
    "en retard",
    "non respecté",
    "non respectée",
    "atrasado",
    "retrasado",
];

const UNKNOWN: [&str; 13] = [
    "unknown",
    "pending",
    "open",
    "in progress",
    "ukjent",
    "unbekannt",
    "paused",
    "running",
    "active",
    "not yet",
    "ongoing",
    "offen",
    "in bearbeitung",
];

/// What a word, or any of its usual translations, says of a promise.
pub(in crate::events::csv) fn promise(cell: &[u8]) -> Option<PromiseResult> {
    let text = std::str::from_utf8(cell).ok()?.to_lowercase();
    let is = |words: &[&str]| words.contains(&text.as_str());
    if is(&YES) || is(&KEPT) {
        Some(PromiseResult::Kept)
    } else if is(&NO) || is(&BROKEN) {
        Some(PromiseResult::Broken)
    } else if is(&UNKNOWN) {
        Some(PromiseResult::Unknown)
    } else {
        None
    }
}

/// Whether a word says yes or no and nothing else, so that it means what its header asks.
pub(in crate::events::csv) fn is_plain(word: &str) -> bool {
    YES.contains(&word) || NO.contains(&word)
}

/// Whether a header asks whether a promise was broken: `has_breached`, `late`, `SLA verletzt`.
pub(in crate::events::csv) fn asks_for_broken(header: &str) -> bool {
    const BEGINNINGS: [&str; 24] = [
        "breach",
        "broke",
        "late",
        "miss",
        "violat",
        "overdue",
        "overrun",
        "delay",
        "exceed",
        "fail",
        "verletz",
        "gebrochen",
        "überschritten",
        "verspät",
        "verpasst",
        "brutt",
        "brudt",
        "forsink",
        "försen",
        "retard",
        "dépass",
        "incumpl",
        "retras",
        "atras",
    ];
    const NOT: [&str; 9] = [
        "not", "no", "non", "un", "nicht", "ikke", "ej", "inte", "sans",
    ];
    // `hasBreached` is two words.
    let mut apart = String::new();
    for letter in header.chars() {
        if letter.is_uppercase() {
            apart.push(' ');
        }
        apart.extend(letter.to_lowercase());
    }
    // Capitals alone are one word.
    let whole = header.to_lowercase();
    let says = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| BEGINNINGS.iter().any(|known| begins(word, known)))
    };
    let denied = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| NOT.contains(&word))
    };
    (says(&whole) || says(&apart)) && !denied(&whole) && !denied(&apart)
}

/// Whether a word begins so; short ones are whole words, since latest and related are not late.
fn begins(word: &str, known: &str) -> bool {
    match known {
        "late" => word == known || word == "lateness",
        "miss" => word == known || word == "missed",
        "fail" => ["fail", "failed", "failure", "failing"].contains(&word),
        known => word.starts_with(known),
    }
}
