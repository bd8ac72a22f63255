//! The emotions that events state, each as a small number.

use ordered_float::OrderedFloat;

use crate::events::error::{EventFault, EventPart};
use crate::events::event::EventEmotion;
use crate::events::hash::Seed;
use crate::events::index::Keys;
use crate::journey::{Feeling, Scale, Shade};

/// How many different valences are told apart. Beyond that, all are rounded to the grid: which happens depends on
/// the set of valences only, and not on their order or on the parts in which they came.
pub(in crate::events) const EXACT: usize = 1024;
/// Steps of the grid from 0 to 1; its 1001 levels are fewer than [`EXACT`].
const STEPS: f64 = 500.0;
/// Marks the keys of feelings: no valence has these bits, which are those of a number that is none.
const FEELING: u64 = 0xfff8_0000_0000_0000;

/// One emotion: a feeling or a valence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::events) enum Level {
    Feeling(Feeling),
    Valence(f64),
}

impl Level {
    pub(in crate::events) fn shade(self) -> Shade {
        match self {
            Self::Feeling(feeling) => Shade::feeling(feeling),
            Self::Valence(valence) => Shade::valence(valence),
        }
    }

    pub(in crate::events) fn valence(self) -> f64 {
        match self {
            Self::Feeling(feeling) => feeling.valence(),
            Self::Valence(valence) => valence,
        }
    }

    /// Feelings first, then valences from bad to good.
    pub(in crate::events) fn order(self) -> (u64, OrderedFloat<f64>) {
        match self {
            Self::Feeling(feeling) => (feeling as u64, OrderedFloat(0.0)),
            Self::Valence(valence) => (u64::MAX, OrderedFloat(valence)),
        }
    }

    fn from_key(key: u64) -> Self {
        let number = key ^ FEELING;
        let feeling = usize::try_from(number)
            .ok()
            .and_then(|number| Feeling::ALL.get(number));
        match feeling {
            Some(&feeling) if key & FEELING == FEELING => Self::Feeling(feeling),
            _ => Self::Valence(f64::from_bits(key)),
        }
    }

    fn key(self) -> u64 {
        match self {
            // Feelings are numbered as they stand in `Feeling::ALL`.
            Self::Feeling(feeling) => FEELING | feeling as u64,
            Self::Valence(valence) => valence.to_bits(),
        }
    }
}

#[derive(Debug, Clone)]
pub(in crate::events) struct Levels {
    keys: Keys,
    valences: usize,
    rounded: bool,
    /// Changes whenever numbers given before are void.
    numbering: u32,
    /// Ratings with their numbers: logs repeat a handful of them.
    recent: [(u64, u32); RECENT],
}

/// How many ratings are remembered, each at the place that its bits give it.
const RECENT: usize = 16;
/// Stands for a place where none is.
const NONE: (u64, u32) = (0, u32::MAX);

/// The place of a rating among the remembered ones.
fn place(rating: u64) -> usize {
    // Ratings differ in their upper bits; the product gathers them in its highest four.
    (rating.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60) as usize
}

impl Levels {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            keys: Keys::new(seed),
            valences: 0,
            rounded: false,
            numbering: 0,
            recent: [NONE; RECENT],
        }
    }

    /// Whether there were so many valences that they are rounded.
    pub(in crate::events) fn rounded(&self) -> bool {
        self.rounded
    }

    /// Numbers of emotions mean the same as long as this is the same.
    #[cfg(feature = "csv")]
    #[inline]
    pub(in crate::events) fn numbering(&self) -> u32 {
        self.numbering
    }

    /// Whether there are more valences than are told apart: the caller rounds then.
    pub(in crate::events) fn overflows(&self) -> bool {
        !self.rounded && self.valences > EXACT
    }

    /// The number of what an event states, on a scale that is the same each time.
    pub(in crate::events) fn number_of(
        &mut self,
        mood: EventEmotion,
        scale: Scale,
    ) -> Result<u32, EventFault> {
        match mood {
            EventEmotion::Feeling(feeling) => self.number_of_feeling(feeling),
            EventEmotion::Rating(rating) => self.number_of_rating(rating, scale),
        }
    }

    /// As [`number_of`](Self::number_of), for ratings.
    #[inline]
    pub(in crate::events) fn number_of_rating(
        &mut self,
        rating: f64,
        scale: Scale,
    ) -> Result<u32, EventFault> {
        let bits = rating.to_bits();
        let (known, number) = self.recent[place(bits)];
        if known == bits && number != NONE.1 {
            return Ok(number);
        }
        // Adding zero makes -0 the same level as 0.
        let valence = scale.valence(rating).map_err(EventFault::Rating)? + 0.0;
        let number = self.enter(Level::Valence(valence))?;
        self.recent[place(bits)] = (bits, number);
        Ok(number)
    }

    /// The number of a valence from -1 to 1.
    pub(in crate::events) fn number_of_valence(&mut self, valence: f64) -> Result<u32, EventFault> {
        let valence = Scale::MINUS_ONE_TO_ONE.valence(valence);
        self.enter(Level::Valence(valence.map_err(EventFault::Rating)? + 0.0))
    }

    pub(in crate::events) fn number_of_feeling(
        &mut self,
        feeling: Feeling,
    ) -> Result<u32, EventFault> {
        self.enter(Level::Feeling(feeling))
    }

    fn enter(&mut self, level: Level) -> Result<u32, EventFault> {
        let number = self.number(level);
        number.ok_or(EventFault::TooMany(EventPart::Emotion))
    }

    /// Forgets what ratings mean, as the scale changes.
    pub(in crate::events) fn forget(&mut self) {
        self.recent = [NONE; RECENT];
    }

    /// The number of an emotion; `None` where there are too many.
    pub(in crate::events) fn number(&mut self, level: Level) -> Option<u32> {
        let level = match level {
            Level::Valence(valence) if self.rounded => Level::Valence(round(valence)),
            level => level,
        };
        let key = level.key();
        let known = self.keys.iter().len();
        let number = self.keys.enter(key)?;
        if number as usize == known && matches!(level, Level::Valence(_)) {
            self.valences += 1;
        }
        Some(number)
    }

    /// Every emotion, at the position of its number.
    pub(in crate::events) fn iter(&self) -> impl ExactSizeIterator<Item = Level> + '_ {
        self.keys.iter().map(Level::from_key)
    }

    /// The emotion of a number.
    pub(in crate::events) fn get(&self, number: u32) -> Option<Level> {
        self.keys.get(number).map(Level::from_key)
    }

    /// Forgets all emotions; the numbers given so far are void.
    pub(in crate::events) fn clear(&mut self, seed: Seed) {
        *self = Self {
            rounded: self.rounded,
            numbering: self.numbering.wrapping_add(1),
            ..Self::new(seed)
        };
    }

    /// Rounds all valences from here on; the numbers given so far are void.
    pub(in crate::events) fn round(&mut self, seed: Seed) {
        self.clear(seed);
        self.rounded = true;
    }
}

fn round(valence: f64) -> f64 {
    (valence * STEPS).round() / STEPS + 0.0
}
