//! The waits between touchpoints, whatever the result of the promise before them.

use std::collections::BTreeMap;

use crate::flow::moments::To;
use crate::flow::solved::Flow;
use crate::statistics::Waits;

/// What is known of the waits from one touchpoint to the next.
#[derive(Debug, Clone)]
pub(crate) struct WaitedWay {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How often a journey goes this way.
    pub(crate) flow: f64,
    /// Mean of the known waits, by how often they are met.
    pub(crate) mean_s: f64,
    /// Their distribution, where it is known of all of them.
    pub(crate) waits: Option<Waits>,
}

impl Flow {
    /// The ways that customers go and whose wait is known, by from and to in the order of the map.
    pub(crate) fn waited_ways(&self) -> Vec<WaitedWay> {
        type Sums = (f64, f64, f64, Option<Waits>);
        let mut ways: BTreeMap<(usize, usize), Sums> = BTreeMap::new();
        for (touchpoint, moment) in self.visited() {
            for way in moment.ways.iter().filter(|way| way.p > 0.0) {
                let To::State(to) = way.to() else {
                    continue;
                };
                let flow = self.visits[touchpoint] * moment.share * way.p;
                let new = || (0.0, 0.0, 0.0, Some(Waits::default()));
                let sum = ways
                    .entry((
                        self.moments.touchpoint(touchpoint),
                        self.moments.touchpoint(to as usize),
                    ))
                    .or_insert_with(new);
                sum.0 += flow;
                if let Some(wait) = self.known_wait(way).filter(|_| flow > 0.0) {
                    sum.1 += flow;
                    // So that the longest waits there are do not overflow.
                    sum.2 += (wait - sum.2) * (flow / sum.1);
                    let spread = way.transition().and_then(|at| self.waits_on(at));
                    sum.3 = sum.3.take().zip(spread).map(|(mut all, more)| {
                        all.merge(more);
                        all
                    });
                }
            }
        }
        let known = ways.into_iter().filter(|(_, (_, timed, ..))| *timed > 0.0);
        known
            .map(|((from, to), (flow, _, mean_s, waits))| WaitedWay {
                from,
                to,
                flow,
                mean_s,
                waits,
            })
            .collect()
    }
}
