//! How far apart two journeys are, over all of their paths.

use std::collections::BTreeMap;

use super::matching::{Law, Matching, Step, Target};
use crate::flow::{Flow, Onward, explore};
use crate::journey::{PromiseResult, words};

words! {
    /// Why it is not known how far apart two journeys are.
    pub enum DivergenceMissing as "reason" {
        /// A side is a report alone, and a report does not tell ways.
        Report = "report",
        /// Customers of a side remember what their path of touchpoints, promise results and endings does not fix, as who they are or
        /// what they felt: two journeys on the same path then go on with different chances.
        Hidden = "hidden",
        /// The maps together are too large to be followed, or cannot be solved exactly enough.
        Budget = "budget",
    }
}

/// How far apart two journeys are, over all paths and loops: touchpoints, what is found of promises where both test one, and endings.
///
/// Where customers remember [facts](crate::facts) that this path fixes, both maps are followed together, and all is exact.
///
/// Bits are how much better one can tell, per journey, from which of the two it is (Kullback and Leibler 1951). The bounds hold on the
/// share of journeys that go another way: the greatest difference in the chance of anything whatever that can happen (total variation).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Divergence {
    /// Of the journeys of A: the divergence from B, in bits per journey, 0 or more; `None` where it is infinite as they do what B
    /// never does, see [`Comparison::forbidden`](super::Comparison::forbidden).
    pub bits: Option<f64>,
    /// Of the journeys of B: the divergence from A.
    pub bits_back: Option<f64>,
    /// The parts of both: how journeys begin first, and then the touchpoints in the order of A and those that only B has.
    pub by_touchpoint: Vec<TouchpointDivergence>,
    /// Hellinger affinity, the sum of the square roots of both chances of each path: 1 where the journeys are the same, 0 where they
    /// share no path.
    pub affinity: f64,
    /// At least this share of journeys goes another way: H^2, with H^2 = 1 - affinity.
    pub tv_low: f64,
    /// At most this share does: H sqrt(2 - H^2).
    pub tv_high: f64,
}

/// The part of a touchpoint in the divergences.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TouchpointDivergence {
    /// The touchpoint's id; `None` for how journeys begin.
    pub id: Option<String>,
    /// Its part in [`Divergence::bits`]; `None` where that is infinite.
    pub bits: Option<f64>,
    /// Its part in [`Divergence::bits_back`].
    pub bits_back: Option<f64>,
}

/// A way that one side goes and the other one never does.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ForbiddenWay {
    /// The side that goes it: 0 for A, 1 for B.
    pub side: usize,
    /// Where it comes from; `None` for the start of a journey.
    pub from: Option<String>,
    /// What is found of the promise there, where both sides test one.
    pub result: Option<PromiseResult>,
    /// Where it leads; `None` for the end of the journey.
    pub to: Option<String>,
    /// How that journey ends.
    pub outcome: Option<String>,
    /// How often a journey of that side goes it, on average; above 0.
    pub times: f64,
}

/// The steps onward from where a journey is: the chance of each, and the state in which it meets the next touchpoint.
type Row = BTreeMap<Step, (f64, Option<usize>)>;

/// Where both sides are on one path: the touchpoint by its common number, and the state of each side; `None` where a side does not
/// have the touchpoint, or can no longer be on this path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    number: usize,
    of: [Option<usize>; 2],
}

/// The divergence of one row from another in bits, and the entries that the other does not have.
fn bits_of<'k, K: Ord>(
    row: &'k BTreeMap<K, (f64, Option<usize>)>,
    other: &BTreeMap<K, (f64, Option<usize>)>,
) -> (f64, Vec<(&'k K, f64)>) {
    let (mut bits, mut lacking) = (0.0, Vec::new());
    for (key, &(p, _)) in row {
        match other.get(key) {
            Some(&(q, _)) if q > 0.0 => bits += p * (p / q).log2(),
            _ => lacking.push((key, p)),
        }
    }
    // Not below 0 but for rounding.
    (f64::max(bits, 0.0), lacking)
}

struct Both<'a> {
    matching: &'a Matching,
    laws: [Law<'a>; 2],
}

/// The parts of a divergence, by common number behind how journeys begin; those that are infinite are none.
type Parts = Vec<Option<f64>>;

/// The divergences of two flows and what makes them infinite.
pub(super) fn divergence(
    a: &Flow,
    b: &Flow,
    matching: &Matching,
) -> Result<(Divergence, Vec<ForbiddenWay>), DivergenceMissing> {
    let laws = [Law::new(a, &matching.of_a), Law::new(b, &matching.of_b)];
    let both = Both { matching, laws };
    let (there, mut forbidden) = both.parts(0)?;
    let (back, more) = both.parts(1)?;
    forbidden.extend(more);
    let total = |parts: &[Option<f64>]| parts.iter().copied().sum::<Option<f64>>();
    let (affinity, squared) = both.affinity()?;
    let ids = std::iter::once(None).chain(matching.ids.iter().cloned().map(Some));
    let parts = ids.zip(there.iter().zip(&back));
    let divergence = Divergence {
        bits: total(&there),
        bits_back: total(&back),
        by_touchpoint: parts
            .map(|(id, (&bits, &bits_back))| TouchpointDivergence {
                id,
                bits,
                bits_back,
            })
            .collect(),
        affinity,
        tv_low: squared,
        tv_high: (squared * (2.0 - squared)).max(0.0).sqrt().min(1.0),
    };
    Ok((divergence, forbidden))
}

/// Adds a step; an error where the same step leads to two states, which the path then does not tell apart.
fn add<K: Ord>(
    row: &mut BTreeMap<K, (f64, Option<usize>)>,
    (key, state, p): (K, Option<usize>, f64),
) -> Result<(), DivergenceMissing> {
    let (sum, known) = row.entry(key).or_insert((0.0, state));
    *sum += p;
    if *known == state {
        Ok(())
    } else {
        Err(DivergenceMissing::Hidden)
    }
}

impl Both<'_> {
    /// How the journeys of a side begin.
    fn starts(
        &self,
        side: usize,
    ) -> Result<BTreeMap<usize, (f64, Option<usize>)>, DivergenceMissing> {
        let mut starts = BTreeMap::new();
        if let Some(law) = self.laws.get(side) {
            for (state, share) in law.first_states() {
                add(&mut starts, (law.number_of(state), Some(state), share))?;
            }
        }
        Ok(starts)
    }

    fn places(&self, number: usize) -> [Option<usize>; 2] {
        let places = self.matching.places.get(number).copied();
        places.unwrap_or_default().into()
    }

    /// Whether both sides test a promise there, so that its results are part of the path.
    fn tells_results(&self, number: usize) -> bool {
        let mut sides = self.laws.iter().zip(self.places(number));
        sides.all(|(law, place)| place.is_some_and(|place| law.flow.tests_at(place)))
    }

    /// The steps of each side from a node.
    fn rows(&self, node: &Node) -> Result<[Row; 2], DivergenceMissing> {
        let told = self.tells_results(node.number);
        let mut rows = [Row::new(), Row::new()];
        for ((row, law), state) in rows.iter_mut().zip(&self.laws).zip(node.of) {
            for onward in state.into_iter().flat_map(|state| law.onward(state)) {
                let (result, target) = onward.step;
                let step = (result.filter(|_| told), target);
                add(row, (step, onward.state, onward.p))?;
            }
        }
        Ok(rows)
    }

    /// Where a side is at a touchpoint to which it never comes on this path: where it would be whatever it remembers.
    fn elsewhere(&self, side: usize, number: usize) -> Option<usize> {
        let place = self.places(number).get(side).copied().flatten();
        self.laws.get(side)?.only_state(place)
    }

    /// The node behind a step of one side, or a start.
    fn node(
        &self,
        side: usize,
        number: usize,
        own: Option<usize>,
        other: Option<&(f64, Option<usize>)>,
    ) -> Node {
        let other = match other {
            Some(&(_, state)) => state,
            None => self.elsewhere(1 - side, number),
        };
        let of = if side == 0 {
            [own, other]
        } else {
            [other, own]
        };
        Node { number, of }
    }

    /// The parts of the divergence of one side from the other, the start first, and the ways that make it infinite: the chain of that
    /// side, beside which the other one goes the same path.
    fn parts(&self, side: usize) -> Result<(Parts, Vec<ForbiddenWay>), DivergenceMissing> {
        let (starts, others) = (self.starts(side)?, self.starts(1 - side)?);
        let (bits, lacking) = bits_of(&starts, &others);
        let part = |bits: f64, lacking: bool| (!lacking).then_some(bits);
        let mut parts: Parts = vec![Some(0.0); self.matching.len() + 1];
        if let Some(first) = parts.first_mut() {
            *first = part(bits, !lacking.is_empty());
        }
        let mut forbidden: Vec<ForbiddenWay> = lacking
            .iter()
            .map(|&(&number, times)| {
                self.way(side, None, &(None, Target::Touchpoint(number)), times)
            })
            .collect();
        let begin = starts
            .iter()
            .map(|(&number, &(share, state))| {
                (self.node(side, number, state, others.get(&number)), share)
            })
            .collect::<Vec<_>>();
        let mut known = BTreeMap::<Node, (f64, Vec<(Step, f64)>)>::new();
        let mut hidden = false;
        let explored = explore(begin, |node| {
            let mut onward = Onward {
                ways: Vec::new(),
                out: 0.0,
            };
            let Ok([in_a, in_b]) = self.rows(node) else {
                hidden = true;
                onward.out = 1.0;
                return onward;
            };
            let (row, other) = if side == 0 {
                (&in_a, &in_b)
            } else {
                (&in_b, &in_a)
            };
            for (step, &(p, state)) in row {
                match step.1 {
                    Target::Touchpoint(to) => {
                        onward
                            .ways
                            .push((self.node(side, to, state, other.get(step)), p));
                    }
                    Target::End(_) => onward.out += p,
                }
            }
            let (bits, lacking) = bits_of(row, other);
            let lacking = lacking.into_iter().map(|(step, p)| (step.clone(), p));
            known.insert(*node, (bits, lacking.collect()));
            onward
        });
        if hidden {
            return Err(DivergenceMissing::Hidden);
        }
        let explored = explored.map_err(|_| DivergenceMissing::Budget)?;
        let mut never = BTreeMap::<(usize, Step), f64>::new();
        for (node, visits) in explored.each() {
            let Some((bits, lacking)) = known.get(node).filter(|_| visits > 0.0) else {
                continue;
            };
            let is_lost = node.of.get(1 - side).copied().flatten().is_none()
                && self
                    .places(node.number)
                    .get(1 - side)
                    .copied()
                    .flatten()
                    .is_some();
            if let Some(slot) = parts.get_mut(node.number + 1) {
                *slot = slot
                    .zip(part(visits * bits, is_lost || !lacking.is_empty()))
                    .map(|(sum, bits)| sum + bits);
            }
            // Where the other side was lost before, it forbids nothing further.
            for (step, p) in lacking.iter().filter(|_| !is_lost) {
                *never.entry((node.number, step.clone())).or_default() += visits * p;
            }
        }
        forbidden.extend(
            never
                .iter()
                .map(|((number, step), &times)| self.way(side, Some(*number), step, times)),
        );
        Ok((parts, forbidden))
    }

    fn way(
        &self,
        side: usize,
        from: Option<usize>,
        (result, to): &Step,
        times: f64,
    ) -> ForbiddenWay {
        let (to, outcome) = match to {
            Target::Touchpoint(to) => (Some(self.matching.id(*to).to_owned()), None),
            Target::End(outcome) => (None, Some(outcome.as_str().to_owned())),
        };
        ForbiddenWay {
            side,
            from: from.map(|number| self.matching.id(number).to_owned()),
            result: *result,
            to,
            outcome,
            times,
        }
    }

    /// The Hellinger affinity and what it lacks of 1, each a sum of its own. In each row the square roots of both chances go on, and
    /// what they lose is half the sum of the squares of their differences.
    fn affinity(&self) -> Result<(f64, f64), DivergenceMissing> {
        let (starts_a, starts_b) = (self.starts(0)?, self.starts(1)?);
        let mut squared = lost(&starts_a, &starts_b);
        let starts = starts_a.iter().filter_map(|(&number, &(a, in_a))| {
            let &(b, in_b) = starts_b.get(&number)?;
            let of = [in_a, in_b];
            Some((Node { number, of }, (a * b).sqrt()))
        });
        let mut ending = BTreeMap::<Node, (f64, f64)>::new();
        let mut hidden = false;
        let explored = explore(starts, |node| {
            let mut onward = Onward {
                ways: Vec::new(),
                out: 0.0,
            };
            let Ok([a, b]) = self.rows(node) else {
                hidden = true;
                onward.out = 1.0;
                return onward;
            };
            onward.out = lost(&a, &b);
            let mut ends = 0.0;
            for (step, &(p, in_a)) in &a {
                let Some(&(q, in_b)) = b.get(step) else {
                    continue;
                };
                let root = (p * q).sqrt();
                match step.1 {
                    Target::Touchpoint(number) => {
                        let of = [in_a, in_b];
                        onward.ways.push((Node { number, of }, root));
                    }
                    Target::End(_) => ends += root,
                }
            }
            ending.insert(*node, (ends, onward.out));
            onward.out += ends;
            onward
        });
        if hidden {
            return Err(DivergenceMissing::Hidden);
        }
        let explored = explored.map_err(|_| DivergenceMissing::Budget)?;
        let mut affinity = 0.0;
        for (node, visits) in explored.each() {
            let (ends, lost) = ending.get(node).copied().unwrap_or_default();
            affinity += visits * ends;
            squared += visits * lost;
        }
        Ok((affinity.min(1.0), squared.min(1.0)))
    }
}

fn lost<K: Ord>(
    a: &BTreeMap<K, (f64, Option<usize>)>,
    b: &BTreeMap<K, (f64, Option<usize>)>,
) -> f64 {
    let of_a = a.iter().map(|(key, &(p, _))| {
        let q = b.get(key).map_or(0.0, |&(q, _)| q);
        (p.sqrt() - q.sqrt()).powi(2)
    });
    let of_b = b.iter().filter(|(key, _)| !a.contains_key(key));
    let both: f64 = of_a.chain(of_b.map(|(_, &(q, _))| q)).sum();
    both / 2.0
}
