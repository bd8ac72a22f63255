//! Whether counts tell at all how far the figures are in doubt.

use crate::flow::solved::Flow;
use crate::journey::Evidence;

/// Why there are no error bars.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum NoErrorBars {
    /// The weights of some touchpoints that journeys come to are not counts of real visits.
    NotObserved {
        /// Their ids, in the order of the map, the first ten of them.
        touchpoints: Vec<String>,
        /// How many they are.
        number: usize,
    },
    /// No touchpoint states how many journeys begin there, and several could be the first.
    StartsNotCounted,
    /// Counts of so few buckets of journeys are at hand that leaving one out at a time says nothing.
    FewBuckets {
        /// How many of them hold any journey.
        buckets: usize,
    },
}

impl Flow {
    /// Why counts do not tell how far the figures are in doubt; `None` where they do.
    pub(crate) fn not_counted(&self) -> Option<NoErrorBars> {
        let touchpoints =
            self.touchpoints_where(|touchpoint| touchpoint.evidence != Evidence::Observed);
        if !touchpoints.is_empty() {
            let nodes = self.journey.graph().raw_nodes();
            let first = touchpoints.iter().take(10);
            return Some(NoErrorBars::NotObserved {
                number: touchpoints.len(),
                touchpoints: first
                    .map(|&at| nodes[at as usize].weight.id.clone())
                    .collect(),
            });
        }
        let stated = self
            .journey
            .touchpoints()
            .any(|touchpoint| touchpoint.start_weight().is_some());
        let several = self.starts.iter().filter(|&&share| share > 0.0).count() > 1;
        (several && !stated).then_some(NoErrorBars::StartsNotCounted)
    }
}
