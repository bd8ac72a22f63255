//! Sentences with names in them. A name is a token in the sentence, so that each writer shows it in its own way.
//!
//! Sentences are put together with `format!`, and what they are made of beside plain words is marked by characters that
//! Unicode keeps for a program's own use (U+FDD0 to U+FDEF). Those of them that somebody has in a name are disguised.

use std::str::Chars;

use super::clean::clean;
use crate::journey::Outcome;

const NAME: char = '\u{fdd0}';
const PLACE: char = '\u{fdd1}';
const STRONG: char = '\u{fdd2}';
const SOFT: char = '\u{fdd3}';
const ALARM: char = '\u{fdd4}';
const LINK: char = '\u{fdd5}';
/// Between the place that a link leads to and its words.
const TO: char = '\u{fdd6}';
const END: char = '\u{fdd7}';
/// Before a letter that stands for one of these characters in a name.
const DISGUISED: char = '\u{fdef}';

/// What somebody else wrote: a label, an outcome, a channel, a quote.
pub(crate) fn name(text: &str) -> String {
    format!("{NAME}{}{END}", disguised(text))
}

/// A touchpoint by its id, which the page shows as its label.
pub(crate) fn place(id: &str) -> String {
    format!("{PLACE}{}{END}", disguised(id))
}

/// A name in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", name(text))
}

/// How a journey ends, as people say it.
pub(crate) fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unstated => "not stated on the map".to_owned(),
        named => name(named.as_str()),
    }
}

/// Words that stand out.
pub(crate) fn strong(words: &str) -> String {
    format!("{STRONG}{words}{END}")
}

/// Words that step back.
pub(crate) fn soft(words: &str) -> String {
    format!("{SOFT}{words}{END}")
}

/// Words that call for help.
pub(crate) fn alarm(words: &str) -> String {
    format!("{ALARM}{words}{END}")
}

/// Words that lead to the place of this id on the same page, on pages that have such places.
pub(crate) fn link(id: &str, words: &str) -> String {
    format!("{LINK}{id}{TO}{words}{END}")
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Words(String),
    Name(String),
    Place(String),
    Strong(Vec<Piece>),
    Soft(Vec<Piece>),
    Alarm(Vec<Piece>),
    Link(String, Vec<Piece>),
}

/// The parts of a sentence.
pub(crate) fn pieces(words: &str) -> Vec<Piece> {
    let mut rest = words.chars();
    let mut all = within(&mut rest);
    // An end without a beginning ends nothing.
    while !rest.as_str().is_empty() {
        all.extend(within(&mut rest));
    }
    all
}

/// The parts up to the end of what has been begun, or of the sentence.
fn within(rest: &mut Chars<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    while let Some(c) = rest.next() {
        if !matches!(c, NAME..=END) {
            words.push(c);
            continue;
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        pieces.push(match c {
            NAME => Piece::Name(verbatim(rest)),
            PLACE => Piece::Place(verbatim(rest)),
            STRONG => Piece::Strong(within(rest)),
            SOFT => Piece::Soft(within(rest)),
            ALARM => Piece::Alarm(within(rest)),
            LINK => Piece::Link(verbatim(rest), within(rest)),
            _ => break,
        });
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// A name up to its end, as it was.
fn verbatim(rest: &mut Chars<'_>) -> String {
    let mut name = String::new();
    while let Some(c) = rest.next() {
        match c {
            TO | END => break,
            DISGUISED => name.extend(rest.next().and_then(undisguised)),
            other => name.push(other),
        }
    }
    name
}

fn disguised(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match u32::from(c).checked_sub(u32::from(NAME)) {
            Some(place) if c <= DISGUISED => {
                plain.push(DISGUISED);
                plain.extend(char::from_u32(u32::from('0') + place));
            }
            _ => plain.push(c),
        }
    }
    plain
}

fn undisguised(letter: char) -> Option<char> {
    let place = u32::from(letter).checked_sub(u32::from('0'))?;
    char::from_u32(u32::from(NAME) + place)
}

/// The sentence as plain text, in which touchpoints are called by their ids.
pub(crate) fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    append(&mut text, &pieces(words));
    text
}

fn append(text: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Name(name) | Piece::Place(name) => text.push_str(&clean(name)),
            Piece::Strong(inner)
            | Piece::Soft(inner)
            | Piece::Alarm(inner)
            | Piece::Link(_, inner) => append(text, inner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_whatever_it_holds() {
        for hostile in [
            "a",
            "",
            "\u{fdd0}\u{fdd7}x\u{fdef}0\u{fdd1}",
            "\u{fdcf}\u{fdf0}",
        ] {
            let sentence = format!("at {}, {}", strong(&place(hostile)), quoted(hostile));
            let expected = vec![
                Piece::Words("at ".into()),
                Piece::Strong(vec![Piece::Place(hostile.into())]),
                Piece::Words(", \"".into()),
                Piece::Name(hostile.into()),
                Piece::Words("\"".into()),
            ];
            assert_eq!(pieces(&sentence), expected);
        }
        let link = link("pains", &format!("see {}", name("x")));
        assert_eq!(
            pieces(&link),
            [Piece::Link(
                "pains".into(),
                vec![Piece::Words("see ".into()), Piece::Name("x".into())]
            )]
        );
        assert_eq!(
            plain(&format!("{link}, {}", soft(&alarm("no")))),
            "see x, no"
        );
    }

    #[test]
    fn what_is_not_ended_or_not_begun_does_no_harm() {
        assert_eq!(plain(&format!("a{STRONG}b{NAME}c")), "abc");
        assert_eq!(plain(&format!("a{END}b")), "ab");
    }
}
