//! Ratings with what they mean beside them: `4 - Satisfied`, `5/5`, `80 %`, `Good (4)`, `5 stars`.

use super::cells::{Stated, text as shown};
use super::feelings::{Felt, feeling};
use crate::events::csv::error::CellFault;
use crate::events::event::EventEmotion;

/// How many of a row of stars are full, and how many there are.
fn stars(text: &str) -> Option<(u8, u8)> {
    let (mut full, mut empty) = (0_u8, 0_u8);
    for letter in text.chars() {
        match letter {
            '★' | '⭐' | '🌟' => full = full.checked_add(1)?,
            '☆' => empty = empty.checked_add(1)?,
            '\u{fe0f}' | ' ' => {}
            _ => return None,
        }
    }
    let all = full.checked_add(empty)?;
    (all > 0).then_some((full, all))
}

impl Stated {
    /// A number, and nothing but that.
    pub(super) fn number(&self, text: &str) -> Option<f64> {
        // Words such as "infinity" are numbers to some readers.
        if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.,".contains(first)) {
            return None;
        }
        let tail = text.split_once(',').map(|(_, tail)| tail);
        // Three digits behind a comma could be thousands.
        let comma = tail.is_some_and(|tail| {
            self.decimal_comma
                || (matches!(tail.len(), 1 | 2) && tail.bytes().all(|byte| byte.is_ascii_digit()))
        });
        let pointed = comma.then(|| text.replacen(',', ".", 1));
        pointed.as_deref().unwrap_or(text).parse().ok()
    }

    /// A number with what it means; `None` where the text is something else.
    pub(super) fn labelled(&self, text: &str) -> Result<Option<Felt>, CellFault> {
        if let Some((full, all)) = stars(text) {
            return if full == all {
                Ok(Some(rating(f64::from(full))))
            } else {
                self.of(f64::from(full), f64::from(all), text).map(Some)
            };
        }
        if let Some(share) = text.strip_suffix('%') {
            let share = self.number(share.trim_end());
            let share = share.filter(|share| (0.0..=100.0).contains(share));
            return Ok(share.map(|share| Felt::Valence(share / 50.0 - 1.0)));
        }
        if let Some((label, number)) = label_first(text) {
            let Some(number) = self.number(number) else {
                return Ok(None);
            };
            return self.agreed(number, label, text).map(Some);
        }
        let end = text.char_indices().find(|&(at, letter)| {
            !(letter.is_ascii_digit()
                || at == 0 && "+-".contains(letter)
                || ".,".contains(letter)
                    && text
                        .get(at + 1..)
                        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())))
        });
        let Some((end, _)) = end else {
            return Ok(None);
        };
        let (number, label) = text.split_at(end);
        let Some(number) = self.number(number) else {
            return Ok(None);
        };
        let label = label.trim_start();
        let small = label.to_lowercase();
        let of = ["/", "out of ", "of ", "von ", "sur ", "de ", "av "];
        if let Some(of) = of.iter().find_map(|between| small.strip_prefix(between)) {
            let of = of.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == ' ');
            return match self.number(of.trim()) {
                Some(of) => self.of(number, of, text).map(Some),
                None => Ok(None),
            };
        }
        let named = label.starts_with(['-', '–', '—', ':', '=', '.', ')', '(', '|', '★', '⭐'])
            || small.starts_with("star")
            || small.starts_with("point");
        let said = label
            .chars()
            .any(|letter| letter.is_alphabetic() || matches!(letter, '★' | '⭐'));
        if !(named && said) {
            return Ok(None);
        }
        self.agreed(number, label, text).map(Some)
    }

    /// A number of so many, which is the highest of the scale.
    fn of(&self, number: f64, of: f64, text: &str) -> Result<Felt, CellFault> {
        if (of - self.scale.max()).abs() < f64::EPSILON {
            return Ok(rating(number));
        }
        Err(CellFault::OtherScale {
            cell: shown(text.as_bytes()),
            of,
            scale: self.on_scale.then_some(self.scale),
        })
    }

    /// A number, if the word beside it does not say the contrary: where `1 - very satisfied` stands, low is good.
    fn agreed(&self, number: f64, label: &str, text: &str) -> Result<Felt, CellFault> {
        let word = label.trim_matches(|letter: char| !letter.is_alphanumeric());
        let said = match feeling(word) {
            Some(Felt::Valence(valence)) => valence,
            Some(Felt::Emotion(EventEmotion::Feeling(feeling))) => feeling.valence(),
            _ => 0.0,
        };
        let read = self.scale.valence(number).unwrap_or(0.0);
        if self.on_scale && said * read < 0.0 {
            return Err(CellFault::Contrary {
                cell: shown(text.as_bytes()),
                scale: self.scale,
            });
        }
        Ok(rating(number))
    }
}

const fn rating(rating: f64) -> Felt {
    Felt::Emotion(EventEmotion::Rating(rating))
}

/// A label and the number behind it: `Good (4)`, `Score: 4`.
fn label_first(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(char::is_alphabetic) {
        return None;
    }
    let (label, number) = match text.strip_suffix(')') {
        Some(text) => text.rsplit_once('(')?,
        None => text.rsplit_once([':', '='])?,
    };
    Some((label.trim(), number.trim()))
}
