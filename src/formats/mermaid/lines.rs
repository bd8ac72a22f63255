//! What Mermaid does to a text before it looks at statements: front matter, directives and comments leave it. Lines
//! keep their numbers.

use super::words::{DETAILS, is_blank};

/// A text without what is no statement.
pub(super) struct Prepared {
    /// The title that the front matter states, with its line.
    pub(super) title: Option<(usize, String)>,
    /// Lines of directives that are never closed.
    pub(super) open_directives: Vec<usize>,
    /// What is left, each with its line from 1.
    pub(super) lines: Vec<(usize, Line)>,
}

pub(super) enum Line {
    /// Text that may hold statements.
    Text(String),
    /// What follows the mark of a line of details.
    Details(String),
}

pub(super) fn prepare(text: &str) -> Prepared {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = text.replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let (matter, title) = front_matter(&lines);
    let mut prepared = Prepared {
        title,
        open_directives: Vec::new(),
        lines: Vec::new(),
    };
    // How many lines may still close a directive.
    let last_close = lines.iter().rposition(|line| line.contains("}%%"));
    let mut within = false;
    for (position, line) in lines.iter().enumerate().skip(matter) {
        let number = position + 1;
        let mut left = String::new();
        let mut rest = *line;
        loop {
            if within {
                let Some((_, after)) = rest.split_once("}%%") else {
                    break;
                };
                (within, rest) = (false, after);
            }
            let Some((before, after)) = rest.split_once("%%{") else {
                left.push_str(rest);
                break;
            };
            left.push_str(before);
            rest = after;
            if !after.contains("}%%") && last_close.is_none_or(|last| last <= position) {
                prepared.open_directives.push(number);
                break;
            }
            within = true;
        }
        let start = left.trim_start_matches(is_blank);
        if let Some(details) = start.strip_prefix(DETAILS) {
            let details = details.trim_matches(is_blank).to_owned();
            prepared.lines.push((number, Line::Details(details)));
        } else if !start.starts_with("%%") {
            prepared.lines.push((number, Line::Text(left)));
        }
    }
    prepared
}

/// How many lines the front matter takes, and the title that it states.
fn front_matter(lines: &[&str]) -> (usize, Option<(usize, String)>) {
    let is_fence = |line: &str| line.trim_matches(is_blank) == "---";
    let opened = lines
        .iter()
        .position(|line| !line.trim_matches(is_blank).is_empty())
        .filter(|&first| lines.get(first).is_some_and(|line| is_fence(line)));
    let closed = opened.and_then(|first| {
        let inside = lines.get(first + 1..)?;
        inside
            .iter()
            .position(|line| is_fence(line))
            .map(|length| first + 1 + length)
    });
    let (Some(opened), Some(closed)) = (opened, closed) else {
        return (0, None);
    };
    let stated = (opened + 1..closed).find_map(|at| {
        let line = lines.get(at)?.trim_matches(is_blank);
        let title = line.strip_prefix("title")?.trim_start().strip_prefix(':')?;
        Some((at + 1, unquoted(title.trim())))
    });
    (closed + 1, stated.filter(|(_, title)| !title.is_empty()))
}

/// A scalar of YAML on one line.
fn unquoted(scalar: &str) -> String {
    let inside = |quote: char| {
        let inside = scalar.strip_prefix(quote)?;
        inside.rfind(quote).and_then(|end| inside.get(..end))
    };
    if let Some(text) = inside('"') {
        text.replace("\\\"", "\"").replace("\\\\", "\\")
    } else if let Some(text) = inside('\'') {
        text.replace("''", "'")
    } else {
        let end = scalar.find(" #").unwrap_or(scalar.len());
        scalar.get(..end).unwrap_or_default().trim().to_owned()
    }
}
