//! Words that tables write in place of values.

/// Spellings of "nothing" that no cell with a value has: what databases, statistics and scripts write.
const NOTHING: [&str; 13] = [
    "na", "n/a", "#n/a", "<na>", "null", "(null)", "nil", "nan", "\\n", "nat", "[null]", "<null>",
    "#ref!",
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

/// What surveys write where nobody answered, or did not want to, in small letters.
const UNANSWERED: &[&str] = &[
    "offered",
    "unoffered",
    "not offered",
    "not rated",
    "unrated",
    "no rating",
    "unknown",
    "skipped",
    "skip",
    "no response",
    "no reply",
    "no opinion",
    "no comment",
    "missing",
    "blank",
    "empty",
    "can't say",
    "cannot say",
    "not asked",
    "declined",
    "declined to answer",
    "refused",
    "refused to answer",
    "prefer not to say",
    "prefer not to answer",
    "prefer not to disclose",
    "rather not say",
    "i'd rather not say",
    "i don't know",
    "i do not know",
    "do not know",
    "don't know",
    "dont know",
    "don't remember",
    "dk",
    "d/k",
    "dk/na",
    "n.a",
    "n/a",
    "n a",
    "n. a",
    "n.r",
    "not answered",
    "no answer",
    "not applicable",
    "does not apply",
    "doesn't apply",
    "not available",
    "keine angabe",
    "keine angaben",
    "k.a",
    "k. a",
    "ka",
    "keine antwort",
    "weiß nicht",
    "weiss nicht",
    "weiß ich nicht",
    "nicht beantwortet",
    "nicht zutreffend",
    "möchte ich nicht sagen",
    "entfällt",
    "sans réponse",
    "sans opinion",
    "ne sait pas",
    "ne se prononce pas",
    "nsp",
    "nspp",
    "je ne sais pas",
    "non applicable",
    "sans objet",
    "non concerné",
    "non renseigné",
    "pas de réponse",
    "no sabe",
    "no contesta",
    "no sabe/no contesta",
    "no sabe no contesta",
    "ns/nc",
    "ns nc",
    "no lo sé",
    "no aplica",
    "no procede",
    "sin respuesta",
    "prefiero no decirlo",
    "prefiero no contestar",
    "vet ikke",
    "ikke svart",
    "ikke besvart",
    "ikke relevant",
    "vil ikke svare",
    "ønsker ikke å svare",
    "ønsker ikke å oppgi",
    "ubesvart",
    "ikke aktuelt",
    "ved ikke",
    "ikke besvaret",
    "vet ej",
    "vet inte",
    "ej svar",
    "inget svar",
    "ej besvarad",
    "vill inte svara",
    "vill ej svara",
    "vill ej uppge",
    "ej relevant",
    "ej aktuellt",
    "ingen åsikt",
    "uppgift saknas",
    "non so",
    "nessuna risposta",
    "não sei",
    "não se aplica",
    "weet niet",
    "geen antwoord",
    "n.v.t",
    "nvt",
];

/// Whether a word says that nobody answered.
pub(in crate::events::csv) fn unanswered(word: &str) -> bool {
    UNANSWERED.contains(&word.trim_end_matches('.'))
}

/// Whether a word for nothing is a number, as 99: where others number something, it is one of them.
pub(in crate::events::csv) fn is_code(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}
