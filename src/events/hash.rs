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

    /// Hashes a text.
    #[inline]
    pub(super) fn text(self, text: &[u8]) -> u32 {
        self.key(text).hash()
    }

    /// A text as it is looked up.
    #[inline]
    pub(super) fn key(self, text: &[u8]) -> Key {
        let name = Name::of(text);
        let mix = if name.is_long() {
            self.long(text)
        } else {
            let salt = self.0 ^ u64::from(name.length) << 56;
            fold(low(name.letters) ^ salt, low(name.letters >> 64) ^ self.1)
        };
        Key { name, mix }
    }

    fn long(self, text: &[u8]) -> u64 {
        let mut state = self.0 ^ text.len() as u64;
        let mut mix = |chunk: &[u8; INLINE]| {
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

/// Whether two texts are equal: as `==`, and faster for the short names that logs have.
#[inline]
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // Two overlapping halves cover up to twice their length.
    if let (Some(first), Some(last)) = (a.first_chunk::<8>(), a.last_chunk::<8>())
        && a.len() <= 16
    {
        return b.first_chunk() == Some(first) && b.last_chunk() == Some(last);
    }
    if let (Some(first), Some(last)) = (a.first_chunk::<16>(), a.last_chunk::<16>())
        && a.len() <= 32
    {
        return b.first_chunk() == Some(first) && b.last_chunk() == Some(last);
    }
    if let (Some(first), Some(last)) = (a.first_chunk::<4>(), a.last_chunk::<4>())
        && a.len() <= 8
    {
        return b.first_chunk() == Some(first) && b.last_chunk() == Some(last);
    }
    a == b
}

/// How many letters a name can have to be compared as one number.
pub(super) const INLINE: usize = 16;
/// The length of all longer names.
const LONG: u8 = 17;

/// The letters of a name as one number, where they are few; two names that are not long are equal if these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// The first letter lowest, and zeros after the last; 0 where there are too many.
    pub(super) letters: u128,
    /// How many letters (bytes), or [`LONG`].
    pub(super) length: u8,
}

impl Name {
    #[inline]
    pub(super) fn of(text: &[u8]) -> Self {
        let length = u8::try_from(text.len()).map_or(LONG, |length| length.min(LONG));
        let bits = 8 * u32::from(length);
        let letters = if length == LONG {
            0
        } else if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>())
        {
            // Both halves overlap unless there are sixteen: what the first one has is shifted out of the last.
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            let rest = last.checked_shr(128 - bits).unwrap_or(0);
            u128::from(first) | u128::from(rest) << 64
        } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>())
        {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u128::from(u64::from(first) | u64::from(last) << (bits - 32))
        } else {
            let letter = |at: usize| {
                text.get(at)
                    .map_or(0, |&letter| u32::from(letter) << (8 * at))
            };
            u128::from(letter(0) | letter(1) | letter(2))
        };
        Self { letters, length }
    }

    /// Whether it is longer than can be told by its number.
    #[inline]
    pub(super) fn is_long(self) -> bool {
        self.length == LONG
    }
}

/// A name as it is looked up: its number and its hash.
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

    /// The hash of two names together.
    #[inline]
    pub(super) fn hash_with(self, other: Self) -> u32 {
        ((self.mix ^ other.mix.rotate_left(29)) >> 32) as u32
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
