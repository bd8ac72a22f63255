//! How many journeys meet a moment at least once.

use crate::flow::solved::Flow;

impl Flow {
    /// The share of journeys that meet each moment at least once, by its position.
    ///
    /// A journey at moment x of touchpoint i is at x again as often as it comes to i again, times the share of x:
    /// `N_xx = 1 + share_x sum over the ways of x of p N_ti`, where the way leads to t. These entries of N lie on the
    /// transitions backwards, which the selected inverse knows. `None` where the chain's solver does not.
    pub(crate) fn moments_reached(&self) -> Vec<Option<f64>> {
        let mut reached = Vec::with_capacity(self.moments.len());
        for state in 0..self.moments.states() {
            for moment in self.moments.at(state) {
                if moment.result.is_none() || !self.is_reached(state) {
                    reached.push(self.reach_of(state));
                    continue;
                }
                let mut known = true;
                let again = moment.expected_next(|next| {
                    let entry = self.inverse.entry(&self.factor, next, state);
                    known &= entry.is_some();
                    entry.unwrap_or(0.0)
                });
                let met = self.visits[state] * moment.share;
                reached.push(known.then(|| (met / (1.0 + moment.share * again)).min(1.0)));
            }
        }
        reached
    }

    /// The share of journeys that come to a state.
    fn reach_of(&self, state: usize) -> Option<f64> {
        if !self.is_reached(state) {
            return Some(0.0);
        }
        let repeats = self.inverse.diagonal(state);
        repeats.map(|repeats| (self.visits[state] / repeats).min(1.0))
    }
}
