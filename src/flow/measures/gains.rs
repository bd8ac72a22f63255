//! What a visit contributes to what lies ahead.

use crate::flow::moments::{Moments, Network};
use crate::journey::Journey;

/// The columns of what lies ahead, seen from the start.
pub(crate) fn totals(starts: &[f64], ahead: &[f64], width: usize) -> Vec<f64> {
    let mut totals = vec![0.0; width];
    for (share, row) in starts.iter().zip(ahead.chunks_exact(width)) {
        if *share > 0.0 {
            for (total, value) in totals.iter_mut().zip(row) {
                *total += share * value;
            }
        }
    }
    totals
}

/// What a visit contributes to the columns of what lies ahead, state by state: the chance of each outcome
/// here, one moment, and the known wait to the next one. Also whether any wait is known on the ways that customers go.
///
/// `outcomes` is how many of them there are, or 0 to leave them out.
pub(crate) fn of_visits(
    journey: &Journey,
    moments: &Moments,
    network: &Network,
    outcomes: usize,
) -> (Vec<f64>, bool) {
    let edges = journey.graph().raw_edges();
    let mut knows_waits = false;
    let mut gains = vec![0.0; moments.states() * (outcomes + 2)];
    for (state, row) in gains.chunks_exact_mut(outcomes + 2).enumerate() {
        if !network.is_reachable(state) {
            continue;
        }
        row[outcomes] = 1.0;
        for moment in moments.at(state) {
            for (outcome, p) in moment.endings().filter(|_| outcomes > 0) {
                row[outcome] += moment.share * p;
            }
            for way in moment.ways.iter().filter(|_| moments.states_waits()) {
                let transition = way
                    .transition()
                    .and_then(|transition| edges.get(transition));
                if let Some(wait) = transition.and_then(|edge| edge.weight.wait_s) {
                    knows_waits = true;
                    row[outcomes + 1] += moment.share * way.p * wait;
                }
            }
        }
    }
    (gains, knows_waits)
}
