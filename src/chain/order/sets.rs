//! Sets of states as bits.

use super::lists::narrow;

/// They take the square of the number of states; of more there are none.
const MOST: usize = 1 << 13;

/// A set of states for each state.
pub(super) struct Sets {
    words: usize,
    bits: Vec<u64>,
}

impl Sets {
    /// Empty sets; `None` where there are too many states.
    pub(super) fn new(states: usize) -> Option<Self> {
        let words = states.div_ceil(64);
        (states <= MOST).then(|| Self {
            words,
            bits: vec![0; words * states],
        })
    }

    /// Whether a state was no member before.
    pub(super) fn add(&mut self, owner: usize, member: usize) -> bool {
        let word = &mut self.bits[owner * self.words + member / 64];
        let new = *word >> (member % 64) & 1 == 0;
        *word |= 1 << (member % 64);
        new
    }

    /// How many members there are in all sets.
    pub(super) fn members(&self) -> usize {
        self.bits
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The members behind the owner.
    pub(super) fn members_after(&self, owner: usize, members: &mut Vec<u32>) {
        members.clear();
        let own = &self.bits[owner * self.words..(owner + 1) * self.words];
        let first = owner + 1;
        let mut mask = !0 << (first % 64);
        for (at, &word) in own.iter().enumerate().skip(first / 64) {
            let mut left = word & mask;
            mask = !0;
            while left != 0 {
                members.push(narrow(at * 64) + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// Copies what is behind a state of its own set, as words from the first one on that holds any of it.
    pub(super) fn copy_after(&self, owner: usize, words: &mut Vec<u64>) {
        let first = owner + 1;
        let start = (first / 64).min(self.words);
        let own = &self.bits[owner * self.words..(owner + 1) * self.words];
        words.clear();
        words.extend_from_slice(&own[start..]);
        if let Some(word) = words.first_mut() {
            *word &= !0 << (first % 64);
        }
    }

    /// Adds the last words of a set to the owner's, but not the owner itself; how many members are new.
    pub(super) fn join(&mut self, owner: usize, words: &[u64]) -> usize {
        let own = &mut self.bits[owner * self.words..(owner + 1) * self.words];
        let start = own.len() - words.len();
        let mut added = 0;
        for (own, &word) in own[start..].iter_mut().zip(words) {
            // Most words bring nothing new.
            let new = word & !*own;
            if new != 0 {
                added += new.count_ones() as usize;
                *own |= new;
            }
        }
        let itself = &mut own[owner / 64];
        if *itself >> (owner % 64) & 1 == 1 {
            *itself &= !(1 << (owner % 64));
            added -= 1;
        }
        added
    }
}
