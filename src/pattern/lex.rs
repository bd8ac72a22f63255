//! From text to tokens.

use std::ops::Range;

use super::error::{Findings, PatternProblem};
use super::parse::ARROWS;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A bare word or number.
    Bare(String),
    /// A name in double quotes, without them.
    Quoted(String),
    /// `->`, `=>`, `=[`, `]=>`.
    Next,
    Later,
    Opens,
    Closes,
    /// Any other sign, by its text.
    Sign(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) at: Range<usize>,
}

/// Arrows as word processors write them.
const DRAWN_ARROWS: [char; 5] = ['→', '⇒', '➔', '➜', '⟶'];

/// Longer ones first.
const SIGNS: [&str; 13] = [
    "!=", "<=", ">=", "<", ">", "=", "(", ")", "|", "{", "}", ",", "*",
];

/// The tokens of a text. What is none becomes a problem and is skipped.
pub(super) fn tokens(text: &str, problems: &mut Findings) -> Vec<Placed> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = if let Some((token, length)) = arrow(rest) {
            (Some(token), length)
        } else if first == '"' {
            quoted(rest, at, problems)
        } else if let Some((name, length)) = otherwise_quoted(rest) {
            problems.push(PatternProblem::new(
                at..at + length,
                format!("names stand in double quotes: \"{name}\""),
            ));
            (Some(Token::Quoted(name)), length)
        } else if DRAWN_ARROWS.contains(&first) {
            let length = first.len_utf8();
            problems.push(PatternProblem::new(at..at + length, ARROWS.to_owned()));
            // Whichever is meant, what follows is read behind an arrow.
            (Some(Token::Later), length)
        } else if let Some(length) = bare(rest) {
            (Some(Token::Bare(rest[..length].to_owned())), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Some(Token::Sign(sign)), sign.len())
        } else {
            let length = first.len_utf8();
            let message = if first == ']' {
                "`=[not step` is closed with `]=>`, without a blank".to_owned()
            } else {
                format!(
                    "{first:?} means nothing in a pattern; names with such letters stand in double quotes"
                )
            };
            problems.push(PatternProblem::new(at..at + length, message));
            (None, length)
        };
        if let Some(token) = token {
            let at = at..at + length;
            tokens.push(Placed { token, at });
        }
        at += length;
    }
    tokens
}

fn arrow(text: &str) -> Option<(Token, usize)> {
    let arrows = [
        ("]=>", Token::Closes),
        ("->", Token::Next),
        ("=>", Token::Later),
        ("=[", Token::Opens),
    ];
    arrows
        .into_iter()
        .find(|(arrow, _)| text.starts_with(arrow))
        .map(|(arrow, token)| (token, arrow.len()))
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.')
}

/// The length of the bare word that a text begins with: it never runs into `->`.
fn bare(text: &str) -> Option<usize> {
    let end = text
        .char_indices()
        .find(|&(at, letter)| !is_letter(letter) || text[at..].starts_with("->"))
        .map_or(text.len(), |(at, _)| at);
    (end > 0).then_some(end)
}

/// Whether a name can stand without quotes.
pub(super) fn is_bare(name: &str) -> bool {
    // A `-` at its end could run into the arrow behind it.
    bare(name) == Some(name.len()) && !name.ends_with('-')
}

/// A name between other marks than double quotes, without them, and how long it is with them.
fn otherwise_quoted(text: &str) -> Option<(String, usize)> {
    let mut letters = text.char_indices();
    let (_, first) = letters.next()?;
    let closing = match first {
        '\'' => ['\'', '\''],
        '‘' | '‚' => ['’', '‘'],
        '“' | '„' | '”' => ['”', '“'],
        '«' | '»' => ['»', '«'],
        _ => return None,
    };
    let (end, last) = letters.find(|(_, letter)| closing.contains(letter))?;
    let name = &text[first.len_utf8()..end];
    (!name.is_empty()).then(|| (name.to_owned(), end + last.len_utf8()))
}

fn quoted(text: &str, at: usize, problems: &mut Findings) -> (Option<Token>, usize) {
    let (mut name, mut escaped) = (String::new(), false);
    for (place, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => {
                name.push(letter);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (Some(Token::Quoted(name)), place + 1),
            _ => name.push(letter),
        }
    }
    problems.push(PatternProblem::new(
        at..text.len() + at,
        "the closing double quote of this name is missing".to_owned(),
    ));
    (Some(Token::Quoted(name)), text.len())
}
