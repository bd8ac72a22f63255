//! How journeys roam among sets of touchpoints, so that of any two sets it can be told whether one journey meets both.
//!
//! | symbol | meaning |
//! |---|---|
//! | `H_ij` | chance that a journey now in `i` is ever in `j`, `N_ij / N_jj`; 1 on the diagonal |
//! | `r_j` | chance that a journey is ever in `j` |
//! | `w` | `H_BB^-1 1`; with it `h_B(i) = sum over b of H_ib w_b`, the chance of ever coming to the set `B` from `i` |
//! | `f` | `f H_UU = r_U` for the states `U` of two sets: the chance of each to be the first of them that is met |
//!
//! One of either set is met first and then one of the other, so the chance of meeting both is the sum of `f_a h_B(a)` and
//! `f_b h_A(b)`. `H` is found without subtraction; the two small systems are not solved so. What they lose is bounded by
//! how often journeys go round among the states of `U`, which is at most `1 / det H_UU`. Where that is much, nothing is
//! answered, and [`Flow::meets_both`] has to be asked.

use crate::flow::solved::Flow;
use std::ops::Range;

/// Beyond this many rounds too many digits may be lost.
const ROUNDS: f64 = 100.0;

/// So many numbers are kept for one need.
const ROOM: usize = 16_000_000;

/// How journeys come from each of some sets of touchpoints to the others.
#[derive(Debug)]
pub(crate) struct Roaming {
    /// Where the states of each set are.
    sets: Vec<Range<usize>>,
    states: usize,
    /// `r`, by state.
    reach: Vec<f64>,
    /// `H`, row by row.
    chances: Vec<f64>,
    /// `h_B(i)`, set by set; none where it would not be exact.
    onward: Vec<Option<Vec<f64>>>,
}

impl Flow {
    /// How much work [`Flow::roaming`] is, in multiplications and steps.
    pub(crate) fn roaming_work(&self, all: &[u32]) -> f64 {
        self.factor.structure().work_among(all)
    }

    /// How journeys roam among sets of states that share none; `None` where there are none or too many, or where a part of the chain
    /// between them is iterated.
    pub(crate) fn roaming(&self, sets: &[Vec<u32>]) -> Option<Roaming> {
        let all = sets.concat();
        let states = all.len();
        if states == 0 || states.saturating_mul(states) > ROOM {
            return None;
        }
        let mut chances = self.factor.visits_among(&all)?;
        let returns: Vec<f64> = (0..states).map(|i| chances[i * states + i]).collect();
        for row in chances.chunks_exact_mut(states) {
            for (entry, returns) in row.iter_mut().zip(&returns) {
                *entry /= returns;
            }
        }
        let visits = all.iter().map(|&state| self.visits[state as usize]);
        let mut end = 0;
        let sets = sets.iter().map(|set| {
            let start = end;
            end += set.len();
            start..end
        });
        let mut roaming = Roaming {
            sets: sets.collect(),
            states,
            reach: visits.zip(&returns).map(|(v, n)| v / n).collect(),
            chances,
            onward: Vec::new(),
        };
        roaming.onward = (0..roaming.sets.len())
            .map(|set| roaming.onward_to(set))
            .collect();
        Some(roaming)
    }
}

impl Roaming {
    /// How much work it is to tell of two sets.
    pub(crate) fn work(&self, a: usize, b: usize) -> f64 {
        ((self.sets[a].len() + self.sets[b].len()) as f64).powi(3)
    }

    /// The chance that one journey meets states of both sets; `None` where it would not be exact.
    pub(crate) fn meets_both(&self, a: usize, b: usize) -> Option<f64> {
        let (to_a, to_b) = (self.onward[a].as_ref()?, self.onward[b].as_ref()?);
        let either: Vec<usize> = self.sets[a].clone().chain(self.sets[b].clone()).collect();
        let reach: Vec<f64> = either.iter().map(|&state| self.reach[state]).collect();
        // The transposed system, since `f` is a row.
        let first = solve(&either, reach, |i, j| self.chance(j, i))?;
        let onward = either.iter().enumerate().map(|(place, &state)| {
            let other = if place < self.sets[a].len() {
                to_b
            } else {
                to_a
            };
            other[state]
        });
        let both = first
            .iter()
            .zip(onward)
            .fold(0.0, |sum, (p, onward)| sum + p * onward);
        Some(both.min(1.0))
    }

    fn chance(&self, from: usize, to: usize) -> f64 {
        self.chances[from * self.states + to]
    }

    /// The chance of ever coming to a set from each state.
    fn onward_to(&self, set: usize) -> Option<Vec<f64>> {
        let members: Vec<usize> = self.sets[set].clone().collect();
        let last = solve(&members, vec![1.0; members.len()], |i, j| self.chance(i, j))?;
        let from = |state: usize| {
            let ways = members.iter().zip(&last);
            ways.fold(0.0, |sum, (&to, w)| sum + self.chance(state, to) * w)
        };
        Some((0..self.states).map(from).collect())
    }
}

/// Solves the system of the entries `of(i, j)` between some states, 1 on the diagonal, for what is not negative; `None`
/// where it could lose too many digits.
fn solve(states: &[usize], mut x: Vec<f64>, of: impl Fn(usize, usize) -> f64) -> Option<Vec<f64>> {
    let n = states.len();
    let mut a: Vec<f64> = states
        .iter()
        .flat_map(|&i| states.iter().map(move |&j| (i, j)))
        .map(|(i, j)| of(i, j))
        .collect();
    let mut determinant = 1.0;
    for k in 0..n {
        let (above, below) = a.split_at_mut((k + 1) * n);
        let row = &above[k * n..];
        determinant *= row[k];
        if determinant.is_nan() || determinant * ROUNDS < 1.0 {
            return None;
        }
        for (i, other) in (k + 1..n).zip(below.chunks_exact_mut(n)) {
            let share = other[k] / row[k];
            if share != 0.0 {
                for (entry, &through) in other[k + 1..].iter_mut().zip(&row[k + 1..]) {
                    *entry -= share * through;
                }
                x[i] -= share * x[k];
            }
        }
    }
    for k in (0..n).rev() {
        let row = &a[k * n..(k + 1) * n];
        let later = row[k + 1..].iter().zip(&x[k + 1..]);
        let rest = later.fold(x[k], |rest, (&entry, &x)| rest - entry * x);
        // Below zero by rounding only.
        x[k] = (rest / row[k]).max(0.0);
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use crate::chain::Lcg;
    use crate::flow::Flow;
    use crate::flow::moments::as_u32;
    use crate::journey::{Channel, Journey, Outcome, Phase, Touchpoint};

    /// Touchpoints that lead anywhere, and with every third one to and fro `rounds` times as often.
    fn flow(dice: &mut Lcg, touchpoints: usize, rounds: f64) -> Flow {
        let mut builder = Journey::builder("roaming");
        let id = |i: usize| format!("t{i}");
        for i in 0..touchpoints {
            let start = if i == 0 { 1.0 } else { dice.unit() };
            let touchpoint = Touchpoint::new(id(i), Phase::During, Channel::Web)
                .starts(start)
                .ends(Outcome::Churn, 0.05 + dice.unit() / 4.0);
            builder = builder.touchpoint(touchpoint);
        }
        for i in 0..touchpoints {
            for j in (0..touchpoints).filter(|&j| j != i) {
                let close = i / 3 == j / 3 && i % 3 != 2 && j % 3 != 2;
                if close || dice.below(touchpoints) < 4 {
                    let weight = dice.unit() * if close { rounds } else { 1.0 };
                    builder = builder.transition(id(i), id(j), weight);
                }
            }
        }
        let flow = builder.build().map(|journey| journey.flow());
        let Ok(Ok(flow)) = flow else {
            panic!("{flow:?}")
        };
        flow
    }

    /// Against one elimination for each pair; told unless customers go round and round.
    #[test]
    fn pairs_at_once_are_pairs_one_by_one() {
        let mut dice = Lcg(5);
        for (rounds, most, fewest) in [(1.0, 1.0, 0.99), (20.0, 0.99, 0.1), (1e9, 0.9, 0.05)] {
            let (mut told, mut all) = (0, 0);
            for case in 0..30 {
                let touchpoints = 6 + dice.below(60);
                let flow = flow(&mut dice, touchpoints, rounds);
                let mut sets = vec![Vec::new(); 2 + case % 4];
                for state in (0..touchpoints).map(as_u32) {
                    let set = dice.below(sets.len() + 2);
                    if let Some(set) = sets.get_mut(set) {
                        set.push(state);
                    }
                }
                let mut from = sets.concat();
                from.sort_unstable();
                let Some(roaming) = flow.roaming(&sets) else {
                    panic!("nothing is iterated here")
                };
                for a in 0..sets.len() {
                    for b in a + 1..sets.len() {
                        let one = [a, b].map(|set| flow.meeting(&sets[set], &from));
                        let expected = flow.meets_both(&one[0], &one[1]).value;
                        all += 1;
                        if let Some(found) = roaming.meets_both(a, b) {
                            told += 1;
                            let near = (found - expected).abs() <= 1e-13 * expected;
                            assert!(near, "{found:e} instead of {expected:e}, {rounds} rounds");
                        }
                    }
                }
            }
            let share = f64::from(told) / f64::from(all);
            assert!(
                (fewest..=most).contains(&share),
                "{share} of {rounds} rounds"
            );
        }
    }
}
