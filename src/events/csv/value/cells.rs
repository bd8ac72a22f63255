//! Feelings, promises and the like from the texts of cells.

use super::feelings::{Felt, feeling, is_rating_in_words};
use super::words::{self, says_nothing};
use crate::events::csv::error::CellFault;
use crate::events::csv::options::CsvOptions;
use crate::events::event::EventEmotion;
use crate::events::hash::Name;
use crate::journey::{Feeling, Phase, PromiseResult, Scale, UnknownWord};

/// How many texts are remembered.
const REMEMBERED: usize = 256;

/// What short texts mean that were read before, each at the place that its letters give it: tables repeat a handful
/// of words.
#[derive(Debug)]
struct Memory<T> {
    /// Of one letter, by that.
    letters: Box<[Option<T>; 256]>,
    known: Box<[Option<(Name, T)>; REMEMBERED]>,
}

impl<T: Copy> Memory<T> {
    fn new() -> Self {
        Self {
            letters: Box::new([None; 256]),
            known: Box::new([None; REMEMBERED]),
        }
    }

    /// What a cell means: as remembered, or as it is read.
    #[inline]
    fn recall(
        &mut self,
        cell: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, CellFault>,
    ) -> Result<T, CellFault> {
        if let [letter] = cell {
            let known = &mut self.letters[usize::from(*letter)];
            return match known {
                Some(meant) => Ok(*meant),
                None => Ok(*known.insert(read(cell)?)),
            };
        }
        let name = Name::of(cell);
        if name.is_long() {
            return read(cell);
        }
        let known = &mut self.known[name.place::<REMEMBERED>()];
        match known {
            Some((same, meant)) if *same == name => Ok(*meant),
            _ => {
                let meant = read(cell)?;
                *known = Some((name, meant));
                Ok(meant)
            }
        }
    }
}

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

/// The words that the caller stated, in small letters.
#[derive(Debug, Clone)]
pub(in crate::events::csv) struct Stated {
    missing: Vec<String>,
    kept: Vec<String>,
    broken: Vec<String>,
    feelings: Vec<(String, EventEmotion)>,
    decimal_comma: bool,
    scale: Scale,
}

impl Stated {
    pub(in crate::events::csv) fn new(options: &CsvOptions, scale: Scale) -> Self {
        let small = |words: &[String]| {
            words
                .iter()
                .map(|word| word.trim().to_lowercase())
                .collect()
        };
        let feelings = options.feelings.iter();
        Self {
            missing: small(&options.missing),
            kept: small(&options.kept),
            broken: small(&options.broken),
            feelings: feelings
                .map(|(word, means)| (word.trim().to_lowercase(), *means))
                .collect(),
            decimal_comma: options.decimal_comma,
            scale,
        }
    }

    /// The length of the longest word that stands for nothing.
    pub(in crate::events::csv) fn longest_missing(&self) -> usize {
        let longest = self.missing.iter().map(String::len).max().unwrap_or(0);
        longest.max(words::LONGEST_NOTHING)
    }

    /// Whether the caller said that a cell stands for nothing.
    pub(in crate::events::csv) fn is_missing(&self, cell: &[u8]) -> bool {
        !self.missing.is_empty()
            && std::str::from_utf8(cell)
                .is_ok_and(|cell| self.missing.contains(&cell.to_lowercase()))
    }

    /// Whether a cell that may be blank says that it is.
    pub(in crate::events::csv) fn says_nothing(&self, cell: &[u8]) -> bool {
        self.is_missing(cell) || says_nothing(cell)
    }

    fn promise(&self, cell: &[u8]) -> Result<Option<PromiseResult>, CellFault> {
        if self.is_missing(cell) {
            return Ok(None);
        }
        let word = std::str::from_utf8(cell)
            .map_err(|_| CellFault::NotText)?
            .to_lowercase();
        if self.kept.contains(&word) {
            return Ok(Some(PromiseResult::Kept));
        }
        if self.broken.contains(&word) {
            return Ok(Some(PromiseResult::Broken));
        }
        match words::promise(cell) {
            None if says_nothing(cell) => Ok(None),
            None => Err(CellFault::Promise(text(cell))),
            known => Ok(known),
        }
    }

    fn feeling(&self, cell: &[u8]) -> Result<Felt, CellFault> {
        if self.is_missing(cell) {
            return Ok(Felt::Nothing);
        }
        let written = std::str::from_utf8(cell).map_err(|_| CellFault::NotText)?;
        let word = written.to_lowercase();
        if let Some((_, means)) = self.feelings.iter().find(|(known, _)| *known == word) {
            return Ok(match *means {
                EventEmotion::Rating(valence) => Felt::Valence(valence),
                feeling => Felt::Emotion(feeling),
            });
        }
        if let Some(rating) = self.number(written) {
            return Ok(Felt::Emotion(EventEmotion::Rating(rating)));
        }
        if let Some(felt) = self.labelled(written) {
            return Ok(felt);
        }
        let unknown = match written.parse::<Feeling>() {
            Ok(feeling) if !is_rating_in_words(feeling) => {
                return Ok(Felt::Emotion(EventEmotion::Feeling(feeling)));
            }
            Ok(rated) => {
                return Ok(feeling(written).unwrap_or(Felt::Emotion(EventEmotion::Feeling(rated))));
            }
            Err(unknown) => unknown,
        };
        match feeling(written) {
            Some(felt) => Ok(felt),
            None if says_nothing(cell) => Ok(Felt::Nothing),
            None => Err(unknown.into()),
        }
    }

    /// A number, and nothing but that.
    fn number(&self, text: &str) -> Option<f64> {
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

    /// A number with what it means: `4 - Satisfied`, `5/5`, `80 %`, `Good (4)`, `5 stars`.
    fn labelled(&self, text: &str) -> Option<Felt> {
        let rating = |rating| Felt::Emotion(EventEmotion::Rating(rating));
        if let Some((full, all)) = stars(text) {
            return if full == all {
                Some(rating(f64::from(full)))
            } else {
                self.labelled(&format!("{full}/{all}"))
            };
        }
        if let Some(share) = text.strip_suffix('%') {
            let share = self.number(share.trim_end())?;
            return (0.0..=100.0)
                .contains(&share)
                .then_some(Felt::Valence(share / 50.0 - 1.0));
        }
        if let Some((label, number)) = text
            .strip_suffix(')')
            .and_then(|text| text.rsplit_once('('))
            && label.chars().any(char::is_alphabetic)
            && !label.starts_with(|first: char| first.is_ascii_digit())
        {
            return self.number(number.trim()).map(rating);
        }
        let end = text.char_indices().find(|&(at, letter)| {
            !(letter.is_ascii_digit()
                || at == 0 && "+-".contains(letter)
                || ".,".contains(letter)
                    && text
                        .get(at + 1..)
                        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())))
        });
        let (number, label) = text.split_at(end?.0);
        let number = self.number(number)?;
        let label = label.trim_start();
        if let Some(of) = label
            .strip_prefix('/')
            .or_else(|| label.strip_prefix("out of "))
            .or_else(|| label.strip_prefix("of "))
        {
            let of = self.number(of.trim())?;
            let same = (of - self.scale.max()).abs() < f64::EPSILON;
            return same.then_some(rating(number));
        }
        let stars = label.to_lowercase();
        let named = label.starts_with(['-', '–', '—', ':', '=', '.', ')', '(', '|', '★', '⭐'])
            || stars.starts_with("star")
            || stars.starts_with("point");
        let said = label
            .chars()
            .any(|letter| letter.is_alphabetic() || matches!(letter, '★' | '⭐'));
        (named && said).then_some(rating(number))
    }
}

/// How promise results are read.
#[derive(Debug)]
pub(in crate::events::csv) struct Promises(Memory<Option<PromiseResult>>);

impl Promises {
    pub(in crate::events::csv) fn new() -> Self {
        Self(Memory::new())
    }

    /// What a cell that is not blank says; `None` where it says nothing.
    #[inline]
    pub(in crate::events::csv) fn read(
        &mut self,
        cell: &[u8],
        stated: &Stated,
    ) -> Result<Option<PromiseResult>, CellFault> {
        self.0.recall(cell, |cell| stated.promise(cell))
    }
}

/// How emotions are read.
#[derive(Debug)]
pub(in crate::events::csv) struct Emotions(Memory<Felt>);

impl Emotions {
    pub(in crate::events::csv) fn new() -> Self {
        Self(Memory::new())
    }

    /// What a cell that is not blank says.
    #[inline]
    pub(in crate::events::csv) fn read(
        &mut self,
        cell: &[u8],
        stated: &Stated,
    ) -> Result<Felt, CellFault> {
        self.0.recall(cell, |cell| stated.feeling(cell))
    }
}

/// A sequence number; those that spreadsheets turned into decimals are whole as well.
pub(in crate::events::csv) fn sequence(cell: &[u8]) -> Result<i64, CellFault> {
    let number = std::str::from_utf8(cell).ok().and_then(|cell| {
        let whole = cell.strip_suffix(".0").or_else(|| cell.strip_suffix(",0"));
        whole.unwrap_or(cell).parse().ok()
    });
    number.ok_or_else(|| CellFault::Sequence(text(cell)))
}

pub(in crate::events::csv) fn phase(cell: &[u8]) -> Result<Phase, CellFault> {
    let known = Phase::ALL.iter();
    let mut alike = known.filter(|phase| cell.eq_ignore_ascii_case(phase.as_str().as_bytes()));
    match alike.next() {
        Some(phase) => Ok(*phase),
        None => Err(CellFault::Phase(Box::new(UnknownWord::new(
            Phase::WHAT,
            &text(cell),
            Phase::ALL.iter().map(|phase| phase.as_str()),
        )))),
    }
}

/// The beginning of a cell, to show it.
#[cold]
pub(in crate::events::csv) fn text(cell: &[u8]) -> String {
    const SHOWN: usize = 60;
    let cell = String::from_utf8_lossy(cell);
    let mut shown: String = cell.chars().take(SHOWN).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}
