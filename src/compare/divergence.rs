//! How far apart two journeys are, over all of their paths.

use std::collections::BTreeMap;

use super::matching::{Law, Matching, Row, Target};
use crate::flow::{Flow, Onward, explore};
use crate::journey::PromiseResult;

/// How far apart two journeys are, over all paths and loops: touchpoints, what is found of promises where both test one, and endings.
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

/// Both rows of a touchpoint, over what can be told apart on both sides.
fn rows(a: &Law<'_>, b: &Law<'_>, places: (Option<usize>, Option<usize>)) -> (Row, Row) {
    let test = |law: &Law<'_>, place: usize| law.flow.tests_at(place);
    let told = matches!(places, (Some(in_a), Some(in_b)) if test(a, in_a) && test(b, in_b));
    let row = |law: &Law<'_>, place: Option<usize>| -> Row {
        let Some(place) = place else {
            return Row::new();
        };
        if told {
            return law.moments(place);
        }
        let ways = law.ways(place).into_iter();
        ways.map(|(to, p)| ((None, to), p)).collect()
    };
    (row(a, places.0), row(b, places.1))
}

/// The divergence of one row from another in bits, and the entries that the other does not have.
fn bits_of<'k, K: Ord>(
    row: &'k BTreeMap<K, f64>,
    other: &BTreeMap<K, f64>,
) -> (f64, Vec<(&'k K, f64)>) {
    let (mut bits, mut lacking) = (0.0, Vec::new());
    for (key, &p) in row {
        match other.get(key) {
            Some(&q) if q > 0.0 => bits += p * (p / q).log2(),
            _ => lacking.push((key, p)),
        }
    }
    // Not below 0 but for rounding.
    (f64::max(bits, 0.0), lacking)
}

struct Both<'a> {
    matching: &'a Matching,
    a: Law<'a>,
    b: Law<'a>,
}

/// The divergences of two flows and what makes them infinite; `None` where the affinity cannot be computed exactly enough.
pub(super) fn divergence(
    a: &Flow,
    b: &Flow,
    matching: &Matching,
) -> Option<(Divergence, Vec<ForbiddenWay>)> {
    let both = Both {
        matching,
        a: Law::new(a, &matching.of_a),
        b: Law::new(b, &matching.of_b),
    };
    let (there, mut forbidden) = both.parts(false);
    let (back, more) = both.parts(true);
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
    Some((divergence, forbidden))
}

impl Both<'_> {
    /// The parts of the divergence of one side from the other, the start first, and the ways that make it infinite.
    fn parts(&self, back: bool) -> (Vec<Option<f64>>, Vec<ForbiddenWay>) {
        let (law, other) = if back {
            (&self.b, &self.a)
        } else {
            (&self.a, &self.b)
        };
        let side = usize::from(back);
        let mut forbidden = Vec::new();
        let part = |bits: f64, lacking: usize| (lacking == 0).then_some(bits);
        let starts = law.starts();
        let (bits, lacking) = bits_of(&starts, &other.starts()).clone();
        let mut parts = vec![part(bits, lacking.len())];
        forbidden.extend(lacking.iter().map(|&(&number, p)| ForbiddenWay {
            side,
            from: None,
            result: None,
            to: Some(self.matching.id(number).to_owned()),
            outcome: None,
            times: p,
        }));
        for (number, &places) in self.matching.places.iter().enumerate() {
            let place = if back { places.1 } else { places.0 };
            let visits = place.map_or(0.0, |place| law.flow.visits_at(place));
            if visits <= 0.0 {
                parts.push(Some(0.0));
                continue;
            }
            let (a, b) = rows(&self.a, &self.b, places);
            let (row, other) = if back { (&b, &a) } else { (&a, &b) };
            let (bits, lacking) = bits_of(row, other);
            parts.push(part(visits * bits, lacking.len()));
            for (&(result, ref target), p) in lacking {
                let (to, outcome) = match target {
                    Target::Touchpoint(to) => (Some(self.matching.id(*to).to_owned()), None),
                    Target::End(outcome) => (None, Some(outcome.as_str().to_owned())),
                };
                forbidden.push(ForbiddenWay {
                    side,
                    from: Some(self.matching.id(number).to_owned()),
                    result,
                    to,
                    outcome,
                    times: visits * p,
                });
            }
        }
        (parts, forbidden)
    }

    /// The Hellinger affinity and what it lacks of 1, each a sum of its own. In each row the square roots of both chances go on, and
    /// what they lose is half the sum of the squares of their differences.
    fn affinity(&self) -> Option<(f64, f64)> {
        let (starts_a, starts_b) = (self.a.starts(), self.b.starts());
        let mut squared = lost(&starts_a, &starts_b);
        let starts = starts_a.iter().filter_map(|(&number, &a)| {
            let b = starts_b.get(&number)?;
            Some((number, (a * b).sqrt()))
        });
        let mut ending = BTreeMap::<usize, (f64, f64)>::new();
        let explored = explore(starts, |&number| {
            let places = self
                .matching
                .places
                .get(number)
                .copied()
                .unwrap_or_default();
            let (a, b) = rows(&self.a, &self.b, places);
            let mut onward = Onward {
                ways: Vec::new(),
                out: lost(&a, &b),
            };
            let mut ends = 0.0;
            for (key, &p) in &a {
                let Some(&q) = b.get(key) else { continue };
                let root = (p * q).sqrt();
                match key.1 {
                    Target::Touchpoint(to) => onward.ways.push((to, root)),
                    Target::End(_) => ends += root,
                }
            }
            ending.insert(number, (ends, onward.out));
            onward.out += ends;
            onward
        })
        .ok()?;
        let mut affinity = 0.0;
        for (number, visits) in explored.each() {
            let (ends, lost) = ending.get(number).copied().unwrap_or_default();
            affinity += visits * ends;
            squared += visits * lost;
        }
        Some((affinity.min(1.0), squared.min(1.0)))
    }
}

fn lost<K: Ord>(a: &BTreeMap<K, f64>, b: &BTreeMap<K, f64>) -> f64 {
    let of_a = a.iter().map(|(key, &p)| {
        let q = b.get(key).copied().unwrap_or(0.0);
        (p.sqrt() - q.sqrt()).powi(2)
    });
    let of_b = b.iter().filter(|(key, _)| !a.contains_key(key));
    let both: f64 = of_a.chain(of_b.map(|(_, &q)| q)).sum();
    both / 2.0
}
