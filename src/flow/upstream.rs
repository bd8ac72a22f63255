//! Where the promises that a touchpoint tests were made on the way to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Flow;
use super::moments::as_u32;

/// For each touchpoint that tests a promise, the touchpoints that make it and from which customers can come there.
#[derive(Debug)]
pub(crate) struct Makers {
    by_tester: BTreeMap<usize, Vec<usize>>,
}

impl Makers {
    /// Positions in the order of the map.
    pub(crate) fn of(&self, tester: usize) -> &[usize] {
        self.by_tester.get(&tester).map_or(&[], Vec::as_slice)
    }
}

impl Flow {
    /// Follows the makers of all tested promises downstream, 64 of them at a time: O(m) for each 64.
    pub(crate) fn makers(&self) -> Makers {
        let mut testers = BTreeMap::<&str, Vec<usize>>::new();
        let visited = || {
            self.journey
                .touchpoints()
                .enumerate()
                .filter(|&(position, _)| self.is_visited(position))
        };
        for (position, touchpoint) in visited() {
            if let Some(promise) = &touchpoint.promise {
                testers.entry(&promise.name).or_default().push(position);
            }
        }
        let mut makers: Vec<(usize, &[usize])> = Vec::new();
        for (position, touchpoint) in visited() {
            let names: BTreeSet<&str> = touchpoint.makes.iter().map(String::as_str).collect();
            makers.extend(
                names
                    .into_iter()
                    .filter_map(|name| Some((position, testers.get(name)?.as_slice()))),
            );
        }
        let mut by_tester = BTreeMap::<usize, Vec<usize>>::new();
        for some in makers.chunks(64) {
            let passed = self.downstream(some.iter().map(|&(maker, _)| maker));
            for (bit, &(maker, testers)) in some.iter().enumerate() {
                for &tester in testers
                    .iter()
                    .filter(|&&tester| passed[tester] >> bit & 1 == 1)
                {
                    by_tester.entry(tester).or_default().push(maker);
                }
            }
        }
        Makers { by_tester }
    }

    /// For up to 64 touchpoints, at which touchpoints they have been passed or are met: a bit for each.
    fn downstream(&self, from: impl Iterator<Item = usize>) -> Vec<u64> {
        let mut passed = vec![0_u64; self.starts.len()];
        let mut open: Vec<u32> = Vec::new();
        for (bit, touchpoint) in from.enumerate() {
            passed[touchpoint] |= 1 << bit;
            open.push(as_u32(touchpoint));
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
