//! What rows repeat: a log of millions of events knows a few hundred combinations of touchpoint, channel, emotion and
//! promise result.

use super::field::CsvField;
use super::header::CsvColumn;
use super::text::RowCells;
use crate::events::hash::Seed;
use crate::events::index::Names;
use crate::events::tally::record::Visit;
use crate::events::tally::under_way::{Step, UNSTATED};

/// How many combinations are remembered.
const MOST: usize = 1 << 14;
/// How long such a text may be.
const LONGEST: usize = 256;
/// How many rows may be new before it is asked whether most are.
const TRIAL: u64 = 1 << 12;

/// Kinds of events by the text of the neighbouring cells that tell them: a row that says the same as one before need not
/// be taken apart.
#[derive(Debug)]
pub(super) struct Repeats {
    /// The first and the last of those cells, as long as it pays to look at them.
    columns: Option<(usize, usize)>,
    texts: Names,
    /// By the number of the text.
    kinds: Vec<Kind>,
    /// The numbering of the emotions of these kinds.
    numbering: u32,
    asked: u64,
    new: u64,
}

impl Repeats {
    /// Nothing is remembered yet. Nothing ever will be where columns tell more of an event than journey, time and kind, or
    /// where one of these stands between those that tell the kind.
    pub(super) fn new(fields: &[CsvColumn]) -> Self {
        let of_kind = |fed: &&CsvColumn| {
            let field = fed.field;
            matches!(
                field,
                CsvField::Touchpoint | CsvField::Channel | CsvField::Emotion | CsvField::Promise
            )
        };
        let columns = fields.iter().filter(of_kind).map(|fed| fed.column - 1);
        let columns = columns.fold((usize::MAX, 0), |(first, last), column| {
            (first.min(column), last.max(column))
        });
        let mut others = fields.iter().filter(|fed| !of_kind(fed));
        let apart = others.all(|fed| {
            matches!(
                fed.field,
                CsvField::Journey | CsvField::Customer | CsvField::Time
            ) && !(columns.0..=columns.1).contains(&(fed.column - 1))
        });
        Self {
            columns: apart.then_some(columns),
            texts: Names::new(Seed::new()),
            kinds: Vec::new(),
            numbering: 0,
            asked: 0,
            new: 0,
        }
    }

    /// The text that tells the kind of an event.
    #[inline(always)]
    pub(super) fn text<'a>(&mut self, cells: &RowCells<'a>) -> Option<&'a [u8]> {
        let (first, last) = self.columns?;
        self.asked += 1;
        cells.stretch(first, last)
    }

    /// The kind of an event before that was told by the same text.
    #[inline(always)]
    pub(super) fn recall(&mut self, text: &[u8], numbering: u32) -> Option<Kind> {
        if numbering != self.numbering {
            return None;
        }
        let number = self.texts.find(text)?;
        self.kinds.get(number as usize).copied()
    }

    /// Remembers the kind of an event that had this numbering before it was counted.
    pub(super) fn remember(&mut self, text: &[u8], kind: Kind, numbering: u32) {
        self.new += 1;
        if self.new > TRIAL && self.new > self.asked / 2 {
            self.columns = None;
        }
        if numbering != self.numbering || self.columns.is_none() {
            self.numbering = numbering;
            self.texts = Names::new(Seed::new());
            self.kinds.clear();
        }
        if self.columns.is_some()
            && self.kinds.len() < MOST
            && text.len() <= LONGEST
            && let Ok(text) = std::str::from_utf8(text)
        {
            self.texts.intern(text);
            self.kinds.push(kind);
        }
    }
}

/// What an event says beside whose it is and when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    moment: u32,
    level: u32,
}

impl Kind {
    /// The kind of a visit, if that says everything of it but its time.
    pub(super) fn of(visit: &Visit) -> Option<Self> {
        let step = &visit.step;
        let named = step.outcome != UNSTATED || visit.segment != UNSTATED;
        let plain = !visit.detailed && !named && step.sequence.is_none();
        plain.then_some(Self {
            moment: step.moment,
            level: visit.level,
        })
    }

    /// The visit at a time.
    #[inline(always)]
    pub(super) fn visit(self, time: Option<i64>, nanos: u32) -> Visit {
        Visit {
            step: Step {
                moment: self.moment,
                outcome: UNSTATED,
                time,
                sequence: None,
            },
            level: self.level,
            owner: UNSTATED,
            promise: UNSTATED,
            phase: None,
            detailed: false,
            nanos,
            batch: 0,
            segment: UNSTATED,
        }
    }
}
