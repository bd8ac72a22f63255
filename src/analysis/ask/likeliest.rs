//! The likeliest way in which journeys come to match, or do not.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;

use ordered_float::OrderedFloat;

use super::{AskError, Extent, Product};
use crate::flow::Flow;
use crate::pattern::Pattern;

/// A way that journeys take.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LikelyMatch {
    /// The ids of the touchpoints that are visited, until the match is complete or the journey ends.
    pub path: Vec<String>,
    /// Share of journeys that go exactly so far exactly so, in 0..=1.
    pub probability: f64,
}

/// The touchpoints with arrows between them, and the share.
impl fmt::Display for LikelyMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({:.3} of journeys)",
            self.path.join(" -> "),
            self.probability
        )
    }
}

impl Flow {
    /// The likeliest way to a match: the touchpoints until it is complete. `None` where no journey matches.
    ///
    /// # Errors
    /// As [`Flow::ask`].
    pub fn likeliest_match(&self, pattern: &Pattern) -> Result<Option<LikelyMatch>, AskError> {
        self.likeliest(pattern, true)
    }

    /// The likeliest whole journey that does not match. `None` where every journey matches.
    ///
    /// # Errors
    /// As [`Flow::ask`].
    pub fn likeliest_without(&self, pattern: &Pattern) -> Result<Option<LikelyMatch>, AskError> {
        self.likeliest(pattern, false)
    }

    fn likeliest(&self, pattern: &Pattern, matches: bool) -> Result<Option<LikelyMatch>, AskError> {
        if let Some(keeping) = self.keeping_for(pattern)? {
            return keeping.likeliest(pattern, matches);
        }
        let product = self.product(&self.read(pattern)?, Extent::Whole)?;
        let found = shortest(&product, matches).map(|(states, probability)| LikelyMatch {
            path: states
                .into_iter()
                .map(|state| self.touchpoint_of(product.state(state) as usize).id.clone())
                .collect(),
            probability,
        });
        Ok(found)
    }
}

const NOBODY: u32 = u32::MAX;

/// The likeliest states from a start to where journeys match or end without: Dijkstra 1959, with probabilities in place of
/// lengths, as products of them only fall.
fn shortest(product: &Product, matches: bool) -> Option<(Vec<u32>, f64)> {
    let states = product.starts().len();
    let mut goal = vec![0.0; states];
    if matches {
        for crossed in product.crossings() {
            goal[crossed.state as usize] += crossed.share;
        }
    }
    for ended in product.endings() {
        if ended.matches == matches {
            goal[ended.state as usize] += ended.share;
        }
    }
    let mut best = product.starts().to_vec();
    let mut from = vec![NOBODY; states];
    let mut done = vec![false; states];
    let mut open = BinaryHeap::new();
    for (state, &share) in (0_u32..).zip(&best) {
        if share > 0.0 {
            open.push((OrderedFloat(share), Reverse(state)));
        }
    }
    let mut found: Option<(u32, f64)> = None;
    while let Some((share, Reverse(state))) = open.pop() {
        if done[state as usize] {
            continue;
        }
        done[state as usize] = true;
        if found.is_some_and(|(_, found)| found >= share.0) {
            break;
        }
        let here = share.0 * goal[state as usize];
        if here > 0.0 && found.is_none_or(|(_, found)| here > found) {
            found = Some((state, here));
        }
        for (to, p) in product.successors(state) {
            let there = share.0 * p;
            if there > best[to as usize] && !done[to as usize] {
                best[to as usize] = there;
                from[to as usize] = state;
                open.push((OrderedFloat(there), Reverse(to)));
            }
        }
    }
    let (mut state, probability) = found?;
    let mut path = vec![state];
    while from[state as usize] != NOBODY {
        state = from[state as usize];
        path.push(state);
    }
    path.reverse();
    Some((path, probability))
}
