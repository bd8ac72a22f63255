//! Journeys that never cross from one side to the other.

use super::stopped::is_proven;
use crate::chain::Factor;
use crate::flow::measures::gains::totals;
use crate::flow::solved::Flow;

impl Flow {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough for all lives of a moment"
    )]
    /// The chance that a journey never goes on from one touchpoint to another where `crosses` says so; `None` where it is not
    /// proven exactly enough. One elimination.
    pub(crate) fn never_crosses(&self, crosses: impl Fn(usize, usize) -> bool) -> Option<f64> {
        let (p, exit) = self.network.without_ways(&self.moments, crosses);
        let factor = Factor::new(self.factor.structure().clone(), &p, &exit);
        let mut ends = self.per_visit(|moment| moment.ends());
        let error_bound = factor.solve(&mut ends, 1);
        let total = totals(&self.starts, &ends, 1)[0];
        is_proven(error_bound).then(|| total.min(1.0))
    }
}
