//! Feelings, promises and the like from the texts of cells.

use super::feelings::{Felt, feeling, is_rating_in_words};
use super::promises;
use super::words::{self, says_nothing, unanswered};
use crate::events::csv::error::CellFault;
use crate::events::csv::field::CsvField;
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

/// The words that the caller stated, in small letters.
#[derive(Debug, Clone)]
pub(in crate::events::csv) struct Stated {
    missing: Vec<String>,
    kept: Vec<String>,
    broken: Vec<String>,
    feelings: Vec<(String, EventEmotion)>,
    pub(super) decimal_comma: bool,
    /// The scale of ratings.
    pub(in crate::events::csv) scale: Scale,
    /// Whether the caller stated it.
    pub(in crate::events::csv) on_scale: bool,
    /// Columns of whole numbers other than ratings and times, and whether 1 is among them: a code for no answer is
    /// a number like any other there.
    numbers: Vec<(CsvField, bool)>,
    /// Yes says that the promise was broken, as the header asks whether it was.
    inverted: bool,
}

impl Stated {
    pub(in crate::events::csv) fn new(
        options: &CsvOptions,
        (scale, on_scale): (Scale, bool),
        numbers: Vec<(CsvField, bool)>,
        inverted: bool,
    ) -> Self {
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
            on_scale,
            numbers,
            inverted,
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

    /// The same in the column of a field: where numbers number something, 99 is one of them.
    pub(in crate::events::csv) fn is_missing_in(&self, field: CsvField, cell: &[u8]) -> bool {
        self.is_missing(cell) && !self.is_number_in(field, cell)
    }

    fn is_number_in(&self, field: CsvField, cell: &[u8]) -> bool {
        let numbers = self.numbers.iter().find(|(of, _)| *of == field);
        // 0 is one of them where they are counted from there.
        numbers.is_some_and(|&(_, one)| one || cell != b"0") && words::is_code(cell)
    }

    /// Whether a cell that may be blank says that it is.
    pub(in crate::events::csv) fn says_nothing(&self, field: CsvField, cell: &[u8]) -> bool {
        self.is_missing_in(field, cell) || says_nothing(cell)
    }

    fn promise(&self, cell: &[u8]) -> Result<Option<PromiseResult>, CellFault> {
        let known = promises::promise(cell);
        if self.is_missing(cell) && !(known.is_some() && self.is_number_in(CsvField::Promise, cell))
        {
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
        match known {
            None if says_nothing(cell) || unanswered(&word.replace('’', "'")) => Ok(None),
            None => Err(CellFault::Promise(text(cell))),
            Some(result) if self.inverted && promises::is_plain(&word) => Ok(Some(match result {
                PromiseResult::Kept => PromiseResult::Broken,
                PromiseResult::Broken => PromiseResult::Kept,
                PromiseResult::Unknown => PromiseResult::Unknown,
            })),
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
        if let Some(felt) = self.labelled(written)? {
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
