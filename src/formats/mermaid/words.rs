//! How names stand in a Mermaid journey: what is drawn of them, how they are encoded, and how they are read back.

use crate::journey::Touchpoint;

/// Begins a line that Mermaid skips and that says what the drawing can not.
pub(crate) const DETAILS: &str = "%% cx";

/// Words that begin a statement and can therefore not begin the name of a task.
pub(crate) const KEYWORDS: [&str; 5] = ["journey", "title", "section", "accTitle", "accDescr"];

/// What JavaScript takes for a blank: the white space of Unicode, and the byte order mark.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Whether a text begins with a word in any capitals.
pub(crate) fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The word with which a journey begins.
pub(super) const HEADER: &str = "journey";

/// What authors write in its place.
const NEARLY: [&str; 9] = [
    "customer-journey",
    "customerjourney",
    "customer journey",
    "userjourneydiagram",
    "journeydiagram",
    "userjourney",
    "user-journey",
    "user journey",
    "journeymap",
];

/// How long the word is with which a text begins as a journey, or nearly so: `journey` in any capitals, `userJourney`.
pub(super) fn header(text: &str) -> Option<usize> {
    let mut words = NEARLY.iter().copied().chain([HEADER]);
    let word = words.find(|word| {
        let after = text.get(word.len()..);
        begins_with(text, word)
            && after.is_some_and(|after| {
                !after.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            })
    })?;
    Some(word.len())
}

/// Whether a text begins as a journey, or nearly so.
pub(super) fn is_header(text: &str) -> bool {
    header(text).is_some()
}

/// A name as it is drawn: every kind of line end is one, other control characters are blanks, and nothing blank is
/// around it.
pub(crate) fn drawn(name: &str) -> String {
    let lines = name.replace("\r\n", "\n");
    let plain: String = lines
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    plain.trim_matches(is_blank).to_owned()
}

/// What the task of a touchpoint is called.
pub(crate) fn task_name(touchpoint: &Touchpoint) -> String {
    let names = [touchpoint.label(), &touchpoint.id];
    names
        .into_iter()
        .map(drawn)
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "(no name)".to_owned())
}

/// What the section of a touchpoint is called: its phase, and its stage.
pub(crate) fn section_name(touchpoint: &Touchpoint) -> String {
    let phase = match touchpoint.phase.as_str() {
        "before" => "Before",
        "after" => "After",
        _ => "During",
    };
    match touchpoint.stage.as_deref().map(drawn) {
        Some(stage) if !stage.is_empty() => format!("{phase} - {stage}"),
        _ => phase.to_owned(),
    }
}

/// The score of a valence, 1 to 5 with at most two decimals.
pub(crate) fn score(valence: f64) -> f64 {
    (valence.mul_add(2.0, 3.0) * 100.0).round() / 100.0
}

/// A name without the characters that mean something to Mermaid, in one pass.
pub(crate) fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '#' | ';' | ':' | '%' | '<' | '>' | ',' | '}' => encoded.push_str(&numbered(c)),
            c => encoded.push(c),
        }
    }
    encoded
}

/// A character as the entity of its number.
pub(crate) fn numbered(c: char) -> String {
    format!("#{};", u32::from(c))
}

/// An encoded name that can stand at the beginning of a line.
pub(crate) fn encode_task(name: &str) -> String {
    let encoded = encode(name);
    let mut rest = encoded.chars();
    match rest.next() {
        Some(first) if KEYWORDS.iter().any(|word| begins_with(name, word)) => {
            numbered(first) + rest.as_str()
        }
        _ => encoded,
    }
}

/// An encoded name that can stand after the colon of a title: a bare number there would be
/// taken for the score of a task.
pub(crate) fn encode_title(name: &str) -> String {
    let encoded = encode(name);
    let mut rest = encoded.chars();
    match rest.next() {
        Some(first) if decimal(name).is_some() => numbered(first) + rest.as_str(),
        _ => encoded,
    }
}

/// A decimal number, as Mermaid's authors write one: no exponent, no hexadecimal digits.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_blank);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sound = unsigned.contains(|c: char| c.is_ascii_digit())
        && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.');
    sound.then(|| text.parse().ok()).flatten()
}

/// How long the entity is that a text begins with: `#35;` or `#quot;`.
pub(crate) fn entity(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('#')?;
    let word = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let closed = word > 0 && inside.get(word..).is_some_and(|rest| rest.starts_with(';'));
    closed.then_some(word + 2)
}

/// Where the first of some characters stands that is no part of an entity.
pub(crate) fn find(text: &str, wanted: &[char]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let next = rest.find(|c: char| c == '#' || wanted.contains(&c))?;
        let here = rest.get(next..)?;
        at += next;
        match entity(here) {
            Some(length) => at += length,
            None if here.starts_with(wanted) => return Some(at),
            None => at += 1,
        }
    }
}

/// A name as it was meant: line breaks and entities read, blanks around it dropped. Also the entities that are not
/// known, which stay as they are.
pub(crate) fn decode(text: &str) -> (String, Vec<String>) {
    let mut name = String::with_capacity(text.len());
    let mut unknown = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if let Some(length) = entity(rest) {
            let whole = rest.get(..length).unwrap_or_default();
            let word = whole.trim_start_matches('#').trim_end_matches(';');
            if let Some(c) = meaning(word) {
                name.push(c);
            } else {
                name.push_str(whole);
                unknown.push(whole.to_owned());
            }
            length
        } else if let Some(length) = line_break(rest) {
            name.push('\n');
            length
        } else {
            name.push(c);
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    (name.trim_matches(is_blank).to_owned(), unknown)
}

/// How long the `<br>` or `<br/>` is that a text begins with.
fn line_break(text: &str) -> Option<usize> {
    let inside = begins_with(text, "<br").then(|| text.get(3..))??;
    let end = inside.find('>')?;
    let between = inside.get(..end)?.trim_matches(is_blank);
    matches!(between, "" | "/").then_some(end + 4)
}

fn meaning(entity: &str) -> Option<char> {
    if entity.bytes().all(|digit| digit.is_ascii_digit()) {
        return entity
            .parse()
            .ok()
            .and_then(char::from_u32)
            .filter(|&c| c != '\0');
    }
    NAMED
        .iter()
        .find(|(name, _)| *name == entity)
        .map(|(_, c)| *c)
}

/// The named entities that journeys are likely to hold.
const NAMED: &[(&str, char)] = &[
    ("AElig", 'Æ'),
    ("Aring", 'Å'),
    ("Auml", 'Ä'),
    ("Eacute", 'É'),
    ("Oslash", 'Ø'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("ast", '*'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bsol", '\\'),
    ("ccedil", 'ç'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("copy", '©'),
    ("deg", '°'),
    ("dollar", '$'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("equals", '='),
    ("euml", 'ë'),
    ("euro", '€'),
    ("excl", '!'),
    ("grave", '`'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("lcub", '{'),
    ("ldquo", '“'),
    ("lpar", '('),
    ("lsqb", '['),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("num", '#'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oslash", 'ø'),
    ("ouml", 'ö'),
    ("percnt", '%'),
    ("period", '.'),
    ("plus", '+'),
    ("pound", '£'),
    ("quest", '?'),
    ("quot", '"'),
    ("rarr", '→'),
    ("rcub", '}'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("rsquo", '’'),
    ("semi", ';'),
    ("sol", '/'),
    ("szlig", 'ß'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("verbar", '|'),
];
