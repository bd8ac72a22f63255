use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Feelings, Felt, Flow, To};
use crate::journey::PromiseResult;

/// Below this a change is rounding: the means that it compares are sums of numbers up to 1.
const NO_CHANGE: f64 = 1e-12;

/// A transition on which feelings fall or rise.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TurningPoint {
    /// Id of the touchpoint that it leaves.
    pub from: String,
    /// Id of the touchpoint that it leads to.
    pub to: String,
    /// The promise result after which this way is open; `None` where it is always open.
    pub when: Option<PromiseResult>,
    /// Expected number of times that a journey goes this way.
    pub flow: f64,
    /// Mean valence on arriving minus mean valence of the moments left by this way, over known emotions.
    pub change: f64,
}

impl Flow {
    /// The falls and the rises, the greatest flow times change first, then in the order of the map.
    pub(super) fn turns(&self, feelings: &Feelings) -> (Vec<TurningPoint>, Vec<TurningPoint>) {
        let graph = self.journey().graph();
        // By transition: its flow, and what was felt at the moments that it leaves.
        let mut passing = vec![(0.0, Felt::default()); graph.edge_count()];
        // And what is felt where it leads, where that is not the same for all who come there.
        let mut arriving = vec![Felt::default(); graph.edge_count()];
        for (state, moment) in self.visited() {
            let felt = feelings.felt(moment.position);
            for way in moment.ways {
                let Some(transition) = way.transition() else {
                    continue;
                };
                let flow = self.visits_to(state) * moment.share * way.p;
                let (all, left) = &mut passing[transition];
                *all += flow;
                if let (To::State(to), Some(_)) = (way.to(), self.moments().remembered()) {
                    arriving[transition].join(flow, &feelings.arriving(to as usize).felt);
                }
                if let Some(felt) = felt {
                    left.join(flow, felt);
                }
            }
        }
        let turns = graph
            .raw_edges()
            .iter()
            .zip(passing)
            .zip(arriving)
            .filter_map(|((edge, (flow, left)), arriving)| {
                let there = match self.moments().remembered() {
                    Some(_) => arriving.mean()?,
                    None => feelings.arriving(edge.target().index()).felt.mean()?,
                };
                let here = left.mean()?;
                Some(TurningPoint {
                    from: graph[edge.source()].id.clone(),
                    to: graph[edge.target()].id.clone(),
                    when: edge.weight.when,
                    flow,
                    change: there - here,
                })
            });
        let (mut falls, others): (Vec<_>, Vec<_>) =
            turns.partition(|turn| turn.change < -NO_CHANGE);
        let mut rises: Vec<_> = others
            .into_iter()
            .filter(|turn| turn.change > NO_CHANGE)
            .collect();
        let strength = |turn: &TurningPoint| Reverse(OrderedFloat((turn.flow * turn.change).abs()));
        falls.sort_by_key(strength);
        rises.sort_by_key(strength);
        (falls, rises)
    }
}
