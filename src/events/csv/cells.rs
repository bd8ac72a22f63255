//! Values from the texts of cells.

use super::error::CellFault;
use super::time::{self, Fault, Time, TimeUnit};
use crate::events::event::EventEmotion;
use crate::events::hash::Name;
use crate::journey::{Feeling, Phase, PromiseResult, UnknownWord};

/// How many texts are remembered.
const REMEMBERED: usize = 256;

/// How times are read, and what was seen of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) unit: Option<TimeUnit>,
    /// How far ahead of UTC times without a zone are, in milliseconds.
    pub(super) offset_ms: Option<i64>,
    zoned: Option<bool>,
}

impl Times {
    pub(super) fn new(unit: Option<TimeUnit>, offset_ms: Option<i64>) -> Self {
        Self {
            unit,
            offset_ms,
            zoned: None,
        }
    }

    #[inline(always)]
    pub(super) fn read(&mut self, cell: &[u8]) -> Result<Option<i64>, CellFault> {
        if cell.is_empty() {
            return Ok(None);
        }
        let (time, zoned) = match time::read(cell, self.unit) {
            Ok(Time::Number(time)) => return Ok(Some(time)),
            Ok(Time::Zoned(time)) => (time, true),
            Ok(Time::Local(time)) => (time - self.offset_ms.unwrap_or(0), false),
            Err(Fault::NotATime) => return Err(CellFault::Time(text(cell))),
            Err(Fault::NoUnit) => return Err(CellFault::NoUnit(text(cell))),
        };
        let before = *self.zoned.get_or_insert(zoned);
        if before != zoned && self.offset_ms.is_none() {
            return Err(CellFault::Zone(text(cell)));
        }
        Ok(Some(time))
    }
}

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

/// How promise results are read.
#[derive(Debug)]
pub(super) struct Promises(Memory<PromiseResult>);

impl Promises {
    pub(super) fn new() -> Self {
        Self(Memory::new())
    }

    #[inline]
    pub(super) fn read(&mut self, cell: &[u8]) -> Result<Option<PromiseResult>, CellFault> {
        if cell.is_empty() {
            return Ok(None);
        }
        self.0.recall(cell, promise).map(Some)
    }
}

/// How emotions are read.
#[derive(Debug)]
pub(super) struct Moods {
    known: Memory<EventEmotion>,
    decimal_comma: bool,
}

impl Moods {
    pub(super) fn new(decimal_comma: bool) -> Self {
        Self {
            known: Memory::new(),
            decimal_comma,
        }
    }

    #[inline]
    pub(super) fn read(&mut self, cell: &[u8]) -> Result<Option<EventEmotion>, CellFault> {
        if cell.is_empty() {
            return Ok(None);
        }
        let comma = self.decimal_comma;
        self.known.recall(cell, |cell| mood(cell, comma)).map(Some)
    }
}

fn mood(cell: &[u8], decimal_comma: bool) -> Result<EventEmotion, CellFault> {
    let text = std::str::from_utf8(cell).map_err(|_| CellFault::NotText)?;
    // Words such as "infinity" are numbers to some readers.
    if text.starts_with(|first: char| first.is_ascii_digit() || "+-.,".contains(first)) {
        let pointed = decimal_comma.then(|| text.replacen(',', ".", 1));
        if let Ok(rating) = pointed.as_deref().unwrap_or(text).parse() {
            return Ok(EventEmotion::Rating(rating));
        }
    }
    let feeling: Feeling = text.parse()?;
    Ok(EventEmotion::Feeling(feeling))
}

#[inline(always)]
pub(super) fn sequence(cell: &[u8]) -> Result<Option<i64>, CellFault> {
    if cell.is_empty() {
        return Ok(None);
    }
    some_sequence(cell)
}

fn some_sequence(cell: &[u8]) -> Result<Option<i64>, CellFault> {
    let number = std::str::from_utf8(cell)
        .ok()
        .and_then(|cell| cell.parse().ok());
    number
        .map(Some)
        .ok_or_else(|| CellFault::Sequence(text(cell)))
}

#[inline(always)]
pub(super) fn phase(cell: &[u8]) -> Result<Option<Phase>, CellFault> {
    if cell.is_empty() {
        return Ok(None);
    }
    some_phase(cell)
}

fn some_phase(cell: &[u8]) -> Result<Option<Phase>, CellFault> {
    let known = Phase::ALL.iter();
    let mut alike = known.filter(|phase| cell.eq_ignore_ascii_case(phase.as_str().as_bytes()));
    match alike.next() {
        Some(phase) => Ok(Some(*phase)),
        None => Err(CellFault::Phase(Box::new(UnknownWord::new(
            Phase::WHAT,
            &text(cell),
            Phase::ALL.iter().map(|phase| phase.as_str()),
        )))),
    }
}

fn promise(cell: &[u8]) -> Result<PromiseResult, CellFault> {
    const KEPT: [&[u8]; 5] = [b"true", b"kept", b"1", b"yes", b"ja"];
    const BROKEN: [&[u8]; 5] = [b"false", b"broken", b"0", b"no", b"nei"];
    let is = |words: &[&[u8]]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(&KEPT) {
        Ok(PromiseResult::Kept)
    } else if is(&BROKEN) {
        Ok(PromiseResult::Broken)
    } else if is(&[b"unknown"]) {
        Ok(PromiseResult::Unknown)
    } else {
        Err(CellFault::Promise(text(cell)))
    }
}

/// Whether an event is the completion of something, or does not say.
pub(super) fn completes(cell: &[u8]) -> bool {
    cell.is_empty() || cell.eq_ignore_ascii_case(b"complete")
}

/// The beginning of a cell, to show it.
#[cold]
pub(super) fn text(cell: &[u8]) -> String {
    const SHOWN: usize = 60;
    let cell = String::from_utf8_lossy(cell);
    let mut shown: String = cell.chars().take(SHOWN).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}
