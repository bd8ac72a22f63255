//! Where the promises that a touchpoint tests were made on the way to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::solved::Flow;

/// So many makers are named at most for one touchpoint, which is more than a person reads ...
const MOST: usize = 100;
/// ... and so many are looked at in all, so that a map on which everybody promises everything is answered too.
const LOOKED_AT: usize = 128 * 64;

/// For each touchpoint that tests a promise, the touchpoints that make it and from which customers can come there, in
/// the order of the map, as far as [`MOST`] and [`LOOKED_AT`] go.
#[derive(Debug)]
pub(crate) struct Makers {
    of: Vec<Vec<u32>>,
}

impl Makers {
    /// Positions in the order of the map.
    pub(crate) fn of(&self, tester: usize) -> &[u32] {
        &self.of[tester]
    }
}

impl Flow {
    /// Follows the makers of all tested promises downstream, 64 of them at a time: O(m) for each 64.
    pub(crate) fn makers(&self) -> Makers {
        let visited = || {
            (0_u32..)
                .zip(self.journey.touchpoints())
                .filter(|&(t, _)| self.is_visited(t as usize))
        };
        let mut testers = BTreeMap::<&str, Vec<u32>>::new();
        for (position, touchpoint) in visited() {
            if let Some(promise) = &touchpoint.promise {
                testers.entry(&promise.name).or_default().push(position);
            }
        }
        let mut makers: Vec<(u32, &str)> = Vec::new();
        for (position, touchpoint) in visited() {
            let names: BTreeSet<&str> = touchpoint.makes.iter().map(String::as_str).collect();
            let tested = names.into_iter().filter(|name| testers.contains_key(name));
            makers.extend(tested.map(|name| (position, name)));
        }
        makers.truncate(LOOKED_AT);
        let mut of = vec![Vec::new(); self.touchpoint_count()];
        for some in makers.chunks(64) {
            let passed = self.downstream(some.iter().map(|&(maker, _)| maker));
            let mut bits = BTreeMap::<&str, u64>::new();
            for (bit, &(_, promise)) in some.iter().enumerate() {
                *bits.entry(promise).or_default() |= 1 << bit;
            }
            for (promise, bits) in bits {
                for &tester in testers.get(promise).into_iter().flatten() {
                    let states = self.moments.states_of(tester as usize);
                    let upstream = states.fold(0, |upstream, state| upstream | passed[state]);
                    let mut upstream = upstream & bits;
                    let makers: &mut Vec<u32> = &mut of[tester as usize];
                    while upstream != 0 && makers.len() < MOST {
                        makers.push(some[upstream.trailing_zeros() as usize].0);
                        upstream &= upstream - 1;
                    }
                }
            }
        }
        Makers { of }
    }

    /// For up to 64 touchpoints, in which states they have been passed or are met: a bit for each.
    fn downstream(&self, from: impl Iterator<Item = u32>) -> Vec<u64> {
        let mut passed = vec![0_u64; self.starts.len()];
        let mut open: Vec<u32> = Vec::new();
        for (bit, touchpoint) in from.enumerate() {
            for state in self.states_at(&[touchpoint]) {
                passed[state as usize] |= 1 << bit;
                open.push(state);
            }
        }
        // In the chain's own order a touchpoint comes before those that it leads to, but for loops; a queue by that
        // order visits hardly any of them twice.
        let mut queue: BTreeSet<(usize, u32)> = open
            .into_iter()
            .map(|t| (self.factor.structure().component_of(t as usize), t))
            .collect();
        while let Some((_, touchpoint)) = queue.pop_first() {
            let marks = passed[touchpoint as usize];
            for &next in self.network.successors(touchpoint as usize) {
                if passed[next as usize] | marks != passed[next as usize] {
                    passed[next as usize] |= marks;
                    queue.insert((self.factor.structure().component_of(next as usize), next));
                }
            }
        }
        passed
    }
}
