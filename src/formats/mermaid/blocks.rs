//! Journeys inside a larger text: the fenced blocks of a README, of a wiki, of a page.

use super::lines::{Line, prepare};
use super::words::{is_blank, is_header};

/// A part of a text that is a journey diagram.
pub(super) struct Block {
    /// So many lines of the text stand before it.
    pub(super) before: usize,
    pub(super) text: String,
}

/// The journey diagrams of a text, in its order. A text that is one itself is its only block, and so is a text in which
/// there is none.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let whole = || {
        vec![Block {
            before: 0,
            text: text.to_owned(),
        }]
    };
    if begins_as_journey(text) {
        return whole();
    }
    let mut found: Vec<Block> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let inside = unquoted(line);
        if !is_alone(inside) {
            at += 1;
            continue;
        }
        let begin = beginning(&lines, at);
        let indent = line.len() - line.trim_start().len();
        let is_fenced =
            begin > 0 && is_edge(unquoted(lines.get(begin - 1).copied().unwrap_or_default()));
        let ends = |line: &&str| {
            let left = line.len() - line.trim_start().len();
            let is_out = !is_fenced && indent > 0 && left < indent && !line.trim().is_empty();
            is_edge(unquoted(line)) || is_out
        };
        let rest = lines.get(at + 1..).unwrap_or_default();
        let end = at + 1 + rest.iter().position(ends).unwrap_or(rest.len());
        let text = lines.get(begin..end).unwrap_or_default();
        let text: Vec<&str> = text.iter().map(|line| unquoted(line)).collect();
        found.push(Block {
            before: begin,
            text: text.join("\n"),
        });
        at = end;
    }
    if found.is_empty() { whole() } else { found }
}

/// Whether the first statement of a text is that of a journey.
fn begins_as_journey(text: &str) -> bool {
    let first = prepare(text)
        .lines
        .into_iter()
        .find_map(|(_, line)| match line {
            Line::Text(text) if !text.trim_matches(is_blank).is_empty() => Some(text),
            _ => None,
        });
    first.is_some_and(|text| is_header(text.trim_matches(is_blank)))
}

/// Whether a line holds the word of a journey alone, or with a statement behind it that no sentence would have.
fn is_alone(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    let rest = line.find(|c: char| c.is_whitespace() || c == ';');
    let (word, rest) = line.split_at(rest.unwrap_or(line.len()));
    let rest = rest.trim_start_matches([';', ' ', '\t']);
    let is_statement =
        rest.is_empty() || rest.starts_with("title ") || rest.starts_with("section ");
    is_header(word) && is_statement
}

/// The line with which the block of a header begins: the one after its fence, if nothing but front matter, directives
/// and comments is between.
fn beginning(lines: &[&str], header: usize) -> usize {
    let above = lines.get(..header).unwrap_or_default();
    let Some(fence) = above.iter().rposition(|line| is_edge(unquoted(line))) else {
        return header;
    };
    let between = above.get(fence + 1..).unwrap_or_default().join("\n");
    let is_empty = |(_, line): &(usize, Line)| match line {
        Line::Text(text) => text.trim_matches(is_blank).is_empty(),
        Line::Details(_) => true,
    };
    if prepare(&between).lines.iter().all(is_empty) {
        fence + 1
    } else {
        header
    }
}

/// Whether a line opens or closes a block in one of the markups that hold diagrams.
fn is_edge(line: &str) -> bool {
    let line = line.trim_start_matches(is_blank);
    let marks = [
        "```", "~~~", ":::", "....", "----", "</", "<pre", "<div", "{{<", "{%",
    ];
    marks.iter().any(|mark| line.starts_with(mark)) || line.trim_end() == "`"
}

/// A line without the marks of a quotation.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(inside) = rest.trim_start_matches(is_blank).strip_prefix('>') {
        rest = inside;
    }
    rest
}
