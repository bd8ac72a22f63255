//! Hashes that are seeded afresh for each tally, so that nobody can choose keys that collide, and names in the form
//! in which they are compared fastest.

use std::hash::{BuildHasher, RandomState};

/// What two tallies never share: the start of their hashes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed(u64, u64);

impl Seed {
    pub(super) fn new() -> Self {
        let random = RandomState::new();
        Self(random.hash_one(0_u8), random.hash_one(1_u8) | 1)
    }

    /// The name of a journey as it is looked up.
    #[inline]
    pub(super) fn key(self, text: &[u8]) -> Key {
        let name = Name::of(text);
        if name.is_long() {
            let mix = self.long(text);
            let name = Name::of_long(mix);
            return Key { name, mix };
        }
        let mix = self.short(name);
        Key { name, mix }
    }

    #[inline]
    fn short(self, Name(letters): Name) -> u64 {
        fold(low(letters) ^ self.0, low(letters >> 64) ^ self.1)
    }

    /// Hashes a text.
    #[inline]
    pub(super) fn text(self, wide: &Wide, text: &[u8]) -> u32 {
        let mix = if wide.is_long() {
            self.long(text)
        } else {
            let [a, b, c, d] = wide.words;
            let salt = self.0 ^ u64::from(wide.length) << 56;
            fold(a ^ salt, b ^ self.1) ^ fold(c ^ self.1, d ^ self.0).rotate_left(19)
        };
        (mix >> 32) as u32
    }

    fn long(self, text: &[u8]) -> u64 {
        let mut state = self.0 ^ text.len() as u64;
        let mut mix = |chunk: &[u8; 16]| {
            let word = u128::from_le_bytes(*chunk);
            state = fold(low(word) ^ state, low(word >> 64) ^ self.1);
        };
        let (chunks, rest) = text.as_chunks();
        chunks.iter().for_each(&mut mix);
        if !rest.is_empty()
            && let Some(last) = text.last_chunk()
        {
            mix(last);
        }
        state
    }

    /// Hashes a number.
    #[inline]
    pub(super) fn number(self, number: u64) -> u32 {
        // Pairs of small numbers lie on a lattice, which one product alone would keep.
        let mixed = (number ^ self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed ^ mixed >> 32).wrapping_mul(self.1) >> 32) as u32
    }
}

/// A name as one number, where its letters are few: two names that are not long are equal if their numbers are. Of
/// names that are long, the number says that they are, and in a [`Key`] it is their hash.
///
/// The first letter is lowest, zeros follow the last, and the highest byte tells their number plus one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Name(u128);

/// How many letters (bytes) a name can have to be one number.
const FEW: usize = 15;
/// The highest byte of all longer names.
const LONG: u128 = 0xff << TOP;
const TOP: u32 = 120;

impl Name {
    #[inline]
    pub(super) fn of(text: &[u8]) -> Self {
        if text.len() > FEW {
            return Self(LONG);
        }
        let letters = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            // Both halves overlap, and agree where they do.
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            u128::from(first) | u128::from(last) << (8 * (text.len() - 8))
        } else {
            u128::from(few(text))
        };
        Self(letters | (text.len() as u128 + 1) << TOP)
    }

    /// Stands for the long names that have a hash.
    #[inline]
    fn of_long(mix: u64) -> Self {
        Self(LONG | u128::from(mix))
    }

    /// Whether it is longer than can be told by its number.
    #[inline]
    pub(super) fn is_long(self) -> bool {
        self.0 >= LONG
    }

    /// The letters of a name that is not long.
    pub(super) fn text(self) -> String {
        let [letters @ .., length] = self.0.to_le_bytes();
        let letters = letters.get(..usize::from(length).wrapping_sub(1));
        String::from_utf8_lossy(letters.unwrap_or_default()).into_owned()
    }

    /// One of so many places, a power of two.
    #[cfg(feature = "csv")]
    #[inline]
    pub(super) fn place<const PLACES: usize>(self) -> usize {
        let mixed = low(self.0 ^ self.0 >> 64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize % PLACES
    }
}

/// Up to seven letters as one number, the first one lowest. Lengths of names are as good as random, so that a branch
/// for each would cost more than reading some letters twice.
#[inline]
fn few(text: &[u8]) -> u64 {
    let last = text.len().wrapping_sub(2);
    if last >= 6 {
        return text.first().map_or(0, |&letter| u64::from(letter));
    }
    let pair = |at: usize| {
        let pair = text.get(at..).and_then(<[u8]>::first_chunk);
        pair.map_or(0, |&pair| u64::from(u16::from_le_bytes(pair)) << (8 * at))
    };
    pair(0) | pair(last.min(2)) | pair(last.max(2) - 2) | pair(last)
}

/// How many letters a name can have to be compared by four numbers.
const WIDE: u8 = 32;

/// The letters of a name that may be longer, by four numbers: two names that are not long are equal if these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide {
    /// Eight letters each, of which neighbours may share some.
    words: [u64; 4],
    /// How many letters (bytes), or one more than [`WIDE`].
    length: u8,
}

impl Wide {
    /// Stands for all longer names.
    const LONG: Self = Self {
        words: [0; 4],
        length: WIDE + 1,
    };

    #[inline(always)]
    pub(super) fn of(text: &[u8]) -> Self {
        let Ok(length @ 0..=WIDE) = u8::try_from(text.len()) else {
            return Self::LONG;
        };
        let word = |at: usize| {
            let word = text.get(at..).and_then(<[u8]>::first_chunk);
            word.map_or(0, |&word| u64::from_le_bytes(word))
        };
        let words = match text.len().wrapping_sub(8) {
            // Wherever the last word begins, these reach every letter.
            last @ 0..=24 => [
                word(0),
                word(last.min(8)),
                word(last.max(8) - 8),
                word(last),
            ],
            _ => [few(text), 0, 0, 0],
        };
        Self { words, length }
    }

    /// Whether these are the same name, which is not long.
    #[inline(always)]
    pub(super) fn is(&self, other: Self) -> bool {
        self.words[0] == other.words[0]
            && self.words[1] == other.words[1]
            && self.words[2] == other.words[2]
            && self.words[3] == other.words[3]
            && self.length == other.length
            && !other.is_long()
    }

    /// A short hash that anybody can foresee: where it misses, a seeded one is asked.
    #[inline]
    pub(super) fn mixed(&self) -> u32 {
        let [a, b, c, d] = self.words;
        let mixed = (a ^ b.rotate_left(13) ^ c.rotate_left(29) ^ d.rotate_left(43))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as u32
    }

    /// Whether it is longer than can be told by its numbers.
    #[inline]
    pub(super) fn is_long(&self) -> bool {
        self.length > WIDE
    }
}

/// The name of a journey as it is looked up: its number and its hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    pub(super) name: Name,
    mix: u64,
}

impl Key {
    #[inline]
    pub(super) fn hash(self) -> u32 {
        (self.mix >> 32) as u32
    }
}

/// Multiplies and folds the upper half of the product onto the lower one.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    low(product) ^ low(product >> 64)
}

#[inline]
fn low(wide: u128) -> u64 {
    ((wide << 64) >> 64) as u64
}
