//! How many touchpoints journeys add to a linear plan and leave out of it: the exact distribution of the cheapest alignment.

use std::collections::BTreeMap;

use super::matching::{Law, Target};

/// Deviations are told apart up to this number; the last chance is of this many or more.
pub(super) const MANY: usize = 8;
/// A longer plan has no distribution: what may have been met of it is kept in the bits of one number.
pub(super) const LONGEST: usize = 63;
/// So many states are followed at once.
const MOST: usize = 500_000;

/// A linear plan: touchpoints by their common numbers, each planned once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line(pub(super) Vec<usize>);

/// How much of a plan a journey has followed, for every beginning of the plan at once: bit i is set where the longest part that
/// journey and plan have in common in order is one longer with the plan's touchpoint i than without it (Hyyro 2004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Common(u64);

impl Common {
    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// After one more touchpoint of the journey.
    pub(super) fn and(self, touchpoint: usize, line: &Line) -> Self {
        let Some(at) = line.0.iter().position(|&planned| planned == touchpoint) else {
            return self;
        };
        // The plan has each touchpoint once. What has it and what lies behind it up to the next step moves forward to it.
        let here = 1_u64 << at;
        if self.0 & here != 0 {
            return self;
        }
        let behind = self.0 & !(here | (here - 1));
        let next = behind & behind.wrapping_neg();
        Self((self.0 | here) & !next)
    }
}

impl Line {
    /// Touchpoints that are in one and not in the other, in the cheapest alignment of a journey of this length.
    pub(super) fn deviations(&self, length: usize, common: Common) -> usize {
        length + self.0.len() - 2 * common.len()
    }
}

/// The chance of 0, 1, ... and [`MANY`] or more deviations; `None` beyond the budget.
///
/// Each moment adds a deviation or takes one away, which it can as often as the plan is long: so journeys with fewer than [`MANY`] are
/// over after as many steps, whatever loops there are, and the others are left as soon as they cannot be among them.
pub(super) fn deviations(law: &Law<'_>, line: &Line) -> Option<Vec<f64>> {
    let mut chances = vec![0.0; MANY + 1];
    let mut rows = BTreeMap::<usize, Vec<(Option<usize>, f64)>>::new();
    // By states, since what customers remember may decide where they go.
    let mut here: BTreeMap<(usize, Common), f64> = law
        .first_states()
        .map(|(state, share)| ((state, Common::default()), share))
        .collect();
    let mut length = 0;
    while !here.is_empty() {
        if here.len() > MOST {
            return None;
        }
        length += 1;
        let mut next = BTreeMap::<(usize, Common), f64>::new();
        for ((state, common), share) in here {
            let common = common.and(law.number_of(state), line);
            let deviations = line.deviations(length, common);
            let to_gain = line.0.len() - common.len();
            if deviations >= MANY + to_gain {
                add(&mut chances, MANY, share);
                continue;
            }
            let row = rows.entry(state).or_insert_with(|| {
                let onward = law.onward(state);
                onward.map(|onward| (onward.state, onward.p)).collect()
            });
            for &(to, p) in &*row {
                match to {
                    Some(to) => *next.entry((to, common)).or_default() += share * p,
                    None => add(&mut chances, deviations, share * p),
                }
            }
        }
        here = next;
    }
    Some(chances)
}

pub(super) fn add(chances: &mut [f64], deviations: usize, share: f64) {
    if let Some(chance) = chances.get_mut(deviations.min(MANY)) {
        *chance += share;
    }
}

/// The plan as a line, where it is one: a single start, and from each touchpoint a single way on, to one that was not met before.
pub(super) fn line(law: &Law<'_>, place_of: impl Fn(usize) -> Option<usize>) -> Option<Line> {
    let mut starts = law.starts().into_keys();
    let (mut number, more) = (starts.next()?, starts.next());
    if more.is_some() {
        return None;
    }
    let mut line = Vec::new();
    loop {
        if line.contains(&number) || line.len() >= LONGEST {
            return None;
        }
        line.push(number);
        let ways = law.ways(place_of(number)?);
        let mut onward = ways.keys().filter_map(|to| match to {
            Target::Touchpoint(to) => Some(*to),
            Target::End(_) => None,
        });
        let ends = ways.keys().any(|to| matches!(to, Target::End(_)));
        match (onward.next(), onward.next(), ends) {
            (None, _, _) => return Some(Line(line)),
            (Some(to), None, false) => number = to,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Common, Line};

    /// Against the table of all beginnings, for every journey of up to seven moments over a plan of three and one more touchpoint.
    #[test]
    fn common_parts_are_the_longest() {
        let line = Line(vec![0, 1, 2]);
        for code in 0..4_usize.pow(7) {
            let journey: Vec<usize> = (0..7).map(|at| code / 4_usize.pow(at) % 4).collect();
            let mut common = Common::default();
            let mut table = vec![vec![0; line.0.len() + 1]];
            for (at, &touchpoint) in journey.iter().enumerate() {
                common = common.and(touchpoint, &line);
                let mut row = vec![0; line.0.len() + 1];
                for (place, &planned) in line.0.iter().enumerate() {
                    row[place + 1] = if planned == touchpoint {
                        table[at][place] + 1
                    } else {
                        row[place].max(table[at][place + 1])
                    };
                }
                assert_eq!(common.len(), row[line.0.len()], "{journey:?} {at}");
                table.push(row);
            }
        }
    }
}
