//! Text that no reader of Markdown takes for marks.

/// Keeps a mark from the letters after it, without being seen or breaking the line.
const WORD_JOINER: char = '\u{2060}';

/// The text with everything escaped that could be a mark within a line.
///
/// HTML's own characters become entities, which every dialect knows; the others get a backslash.
pub(crate) fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' => {
                escaped.extend(['\\', c]);
            }
            // An address would become a link by itself.
            ':' if after.starts_with("//") => escaped.push_str("\\:"),
            '.' if ends_with_www(&escaped) => escaped.push_str("\\."),
            _ => escaped.push(c),
        }
        if matches!(c, '@' | '#') && after.starts_with(char::is_alphanumeric) {
            escaped.push(WORD_JOINER);
        }
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    text.bytes()
        .rev()
        .take(3)
        .filter(|byte| byte.eq_ignore_ascii_case(&b'w'))
        .count()
        == 3
}

/// The text, escaped also against being taken for a list or a rule where it begins a line.
pub(crate) fn line(text: &str) -> String {
    let mut escaped = inline(text);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let mark = escaped.get(digits..).and_then(|rest| rest.chars().next());
    match mark {
        Some('.' | ')') if digits > 0 => escaped.insert(digits, '\\'),
        Some('-' | '+' | '=') if digits == 0 => escaped.insert(0, '\\'),
        _ => {}
    }
    escaped
}
