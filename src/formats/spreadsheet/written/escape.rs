//! Texts in cells so that nothing of them is lost: neither blanks at their ends nor line breaks inside an entry of a list.
//!
//! Nearly every text is written as it is. A character that a cell cannot keep is written `\u{20}`, and a backslash is doubled where it
//! could be taken for one of these.

/// Whether a character at this place cannot stand as it is.
fn is_lost(letter: char, at_end: bool, one_line: bool) -> bool {
    match letter {
        '\n' => at_end || one_line,
        '\t' => at_end,
        letter if letter.is_control() => true,
        '\u{fffe}' | '\u{ffff}' => true,
        letter => at_end && letter.is_whitespace(),
    }
}

/// A text as it stands in a cell; `one_line` for an entry of a list whose entries have a line each.
pub(crate) fn escaped(text: &str, one_line: bool) -> String {
    if text.is_empty() {
        return "\\u{}".to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let at_end = |at: usize| at < start || at >= end;
    let lost = |(at, letter): (usize, char)| is_lost(letter, at_end(at), one_line);
    let is_plain =
        !text.char_indices().any(lost) && !text.contains("\\u{") && !text.contains("\\\\");
    if is_plain {
        return text.to_owned();
    }
    let mut out = String::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' => out.push_str("\\\\"),
            letter if lost((at, letter)) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out
}

/// The text that a cell stands for.
pub(crate) fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = from.strip_prefix("\\\\") {
            out.push('\\');
            rest = after;
        } else if let Some((letter, after)) = numbered(from) {
            out.extend(letter);
            rest = after;
        } else {
            out.push('\\');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The character of `\u{20}`, or none for `\u{}`, and what follows.
fn numbered(text: &str) -> Option<(Option<char>, &str)> {
    let (number, after) = text.strip_prefix("\\u{")?.split_once('}')?;
    if number.is_empty() {
        return Some((None, after));
    }
    let letter = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
    Some((Some(letter), after))
}

/// Entries of a list that are parted by semicolons or line breaks outside quotation marks.
pub(crate) fn entries(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ';' | '\n' if !quoted => {
                found.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(text.get(from..).unwrap_or_default());
    found.retain(|entry| !entry.trim().is_empty());
    found.into_iter().map(str::trim).collect()
}

/// A name within quotation marks.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", escaped(name, true).replace('"', "\"\""))
}

/// The name that stands in quotation marks from the beginning on, and what follows them.
pub(crate) fn unquoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut name = String::new();
    let mut letters = inner.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '"' {
            name.push(letter);
        } else if letters.peek().is_some_and(|(_, next)| *next == '"') {
            letters.next();
            name.push('"');
        } else {
            return Some((plain(&name), inner.get(at + 1..)?.trim_start()));
        }
    }
    None
}
