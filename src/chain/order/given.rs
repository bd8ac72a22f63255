//! Elimination in an order that is given.
//!
//! A chain whose states are copies of those of another chain, with ways only where that one has some, fills little in the
//! order in which the other one was eliminated, copies of a state one after the other: no entry arises between copies of
//! two states that have none between them there. So the search for an order, which takes longer than the elimination, is
//! made once. What fills is found with sets of bits, whole words at a time.

use super::lists::{Lists, narrow};
use super::{Budget, Plan, is_dense};

/// Sets of bits take the square of the number of states; beyond this an order is searched for.
const MOST: usize = 1 << 13;

/// Plans the elimination of a component in the order of the ranks of its states; `None` where it would exceed the budget.
///
/// `edges` are the pairs (from, to) with `from != to`; duplicates are harmless.
pub(in crate::chain) fn plan_as(
    ranks: &[u32],
    edges: &[(u32, u32)],
    budget: Budget,
) -> Option<Plan> {
    let states = ranks.len();
    if states > MOST {
        return None;
    }
    let mut sequence: Vec<u32> = (0..narrow(states)).collect();
    sequence.sort_by_key(|&state| ranks[state as usize]);
    let mut place = vec![0; states];
    for (at, &state) in sequence.iter().enumerate() {
        place[state as usize] = at;
    }
    let (mut rows, mut columns) = (Sets::new(states), Sets::new(states));
    for &(from, to) in edges {
        let (from, to) = (place[from as usize], place[to as usize]);
        rows.add(from, to);
        columns.add(to, from);
    }
    let mut entries: usize = (0..states).map(|k| rows.count(k, 0)).sum();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let (mut row, mut column) = (Vec::new(), Vec::new());
    let (mut work, mut stored, mut k) = (0.0, 0, 0);
    while !is_dense(entries, states - k) {
        let from = (k + 1) / 64;
        rows.members_after(k, &mut row);
        columns.members_after(k, &mut column);
        for &i in &column {
            let before = rows.count(i as usize, k);
            rows.join(i as usize, k, from);
            entries += rows.count(i as usize, k);
            entries -= before;
        }
        for &j in &row {
            columns.join(j as usize, k, from);
        }
        entries -= row.len() + column.len();
        work += (row.len() * column.len()) as f64;
        stored += row.len() + column.len();
        if work > budget.work || stored > budget.entries {
            return None;
        }
        let state = sequence[k];
        above.extend(row.iter().map(|&j| (state, sequence[j as usize])));
        below.extend(column.iter().map(|&i| (state, sequence[i as usize])));
        k += 1;
    }
    let tail = states - k;
    work += (tail as f64).powi(3) / 3.0;
    stored += tail * tail;
    let affordable = work <= budget.work && stored <= budget.entries;
    affordable.then(|| Plan {
        sequence,
        pivots: k,
        rows: Lists::new(states, above.iter().copied()),
        columns: Lists::new(states, below.iter().copied()),
        work,
    })
}

/// A set of states for each state.
struct Sets {
    words: usize,
    bits: Vec<u64>,
}

impl Sets {
    fn new(states: usize) -> Self {
        let words = states.div_ceil(64);
        Self {
            words,
            bits: vec![0; words * states],
        }
    }

    fn add(&mut self, owner: usize, member: usize) {
        self.bits[owner * self.words + member / 64] |= 1 << (member % 64);
    }

    fn of(&self, owner: usize) -> &[u64] {
        &self.bits[owner * self.words..(owner + 1) * self.words]
    }

    /// How many members are not before `first`.
    fn count(&self, owner: usize, first: usize) -> usize {
        let words = &self.of(owner)[first / 64..];
        let kept = |(at, &word): (usize, &u64)| {
            if at == 0 {
                word & (!0 << (first % 64))
            } else {
                word
            }
        };
        let ones = words.iter().enumerate().map(kept);
        ones.map(|word| word.count_ones() as usize).sum()
    }

    /// The members behind `owner`.
    fn members_after(&self, owner: usize, members: &mut Vec<u32>) {
        members.clear();
        let first = owner + 1;
        for (at, &word) in self.of(owner).iter().enumerate().skip(first / 64) {
            let mut left = if at == first / 64 {
                word & (!0 << (first % 64))
            } else {
                word
            };
            while left != 0 {
                members.push(narrow(at * 64) + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// Makes the members of `other`, from a word on, members of `owner`, but not itself.
    fn join(&mut self, owner: usize, other: usize, from: usize) {
        let (start, words) = (owner * self.words, self.words);
        for at in from..words {
            self.bits[start + at] |= self.bits[other * words + at];
        }
        self.bits[start + owner / 64] &= !(1 << (owner % 64));
    }
}
