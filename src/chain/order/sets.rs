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

    /// Makes the members of `other` behind it members of `owner`, but not the owner itself; how many are new.
    pub(super) fn join(&mut self, owner: usize, other: usize) -> usize {
        let (own, others) = (owner * self.words, other * self.words);
        let first = other + 1;
        let mut mask = !0 << (first % 64);
        let mut added = 0;
        for at in first / 64..self.words {
            let mut new = self.bits[others + at] & mask & !self.bits[own + at];
            mask = !0;
            // Most words bring nothing new.
            if new != 0 {
                if at == owner / 64 {
                    new &= !(1 << (owner % 64));
                }
                added += new.count_ones() as usize;
                self.bits[own + at] |= new;
            }
        }
        added
    }
}
