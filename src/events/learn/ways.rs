//! The ways between the touchpoints of a learned journey.

use std::collections::BTreeMap;

use super::nodes::Nodes;
use crate::events::tally::Tally;
use crate::events::tally::waits::Spread;

/// What was counted of the ways from one touchpoint to another.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    pub(super) count: u64,
    pub(super) timed: u64,
    pub(super) wait_ms: u128,
    /// How the known waits spread, as far as they were counted here.
    pub(super) spread: Spread,
}

impl Nodes {
    /// The result as the journey tells it: visits without one are unknown, or all visits are.
    fn result_at(&self, node: usize, result: u8) -> u8 {
        let tests = self.all.get(node).is_some_and(|node| node.tests);
        match (tests, result) {
            (false, _) => 0,
            (true, 0) => 3,
            (true, result) => result,
        }
    }

    /// The ways between touchpoints, by from, to and promise result.
    pub(super) fn ways(&self, tally: &Tally) -> BTreeMap<(usize, usize, u8), Sum> {
        let mut ways: BTreeMap<(usize, usize, u8), Sum> = BTreeMap::new();
        let node = |place: u32| self.node_of.get(place as usize).copied().flatten();
        for way in tally.ways.all() {
            let (Some(from), Some(to)) = (node(way.from >> 2), node(way.to)) else {
                continue;
            };
            let result = self.result_at(from, (way.from & 3) as u8);
            let sum = ways.entry((from, to, result)).or_default();
            sum.count += way.count;
            sum.timed += way.timed;
            sum.wait_ms += way.wait_ms;
        }
        for (from, to, spread) in tally.ways.spreads.iter() {
            let (Some(at), Some(to)) = (node(from >> 2), node(to)) else {
                continue;
            };
            let result = self.result_at(at, (from & 3) as u8);
            if let Some(sum) = ways.get_mut(&(at, to, result)) {
                sum.spread.merge(spread);
            }
        }
        ways
    }
}
