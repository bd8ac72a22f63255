//! What lies behind the moments from which on only the ending decides: journeys go on as all journeys do.

use super::{NoProduct, Product, Solved};
use crate::flow::follow::stopped::is_proven;
use crate::flow::moments::{Moment, To};
use crate::flow::solved::Flow;

/// Sums over journeys that come to such a moment and match by their ending, from there to the ending.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct UntilMatch {
    pub(crate) moments: f64,
    /// Ways, where the map knows waits.
    pub(crate) ways: f64,
    /// Known waits, and the ways that have one.
    pub(crate) wait: f64,
    pub(crate) known: f64,
}

impl Product {
    /// The moments from which on only the ending decides: their positions, the share of journeys that come there so, by the
    /// visits to each state, and by outcome whether it completes a match.
    pub(crate) fn settled<'a>(
        &'a self,
        visits: &'a [f64],
    ) -> impl Iterator<Item = (usize, f64, &'a [bool])> {
        self.settled.iter().map(move |settled| {
            let share = visits[settled.state as usize] * settled.share;
            let wanted = self.wanted[settled.kind as usize].as_slice();
            (settled.moment as usize, share, wanted)
        })
    }
}

impl Flow {
    /// How far it is from there to the ending, for those who match by it.
    ///
    /// # Errors
    /// [`NoProduct::NotProven`] where the flow is iterated and the sums are not proven to be exact enough.
    pub(crate) fn until_settled(&self, solved: &Solved) -> Result<UntilMatch, NoProduct> {
        let mut until = UntilMatch::default();
        for (kind, wanted) in solved.product.wanted.iter().enumerate() {
            if !wanted.contains(&true) {
                continue;
            }
            let outcomes = || wanted.iter().enumerate().filter(|&(_, &wanted)| wanted);
            let ahead: Vec<f64> = (0..self.starts.len())
                .map(|state| {
                    let chances = outcomes().map(|(outcome, _)| self.chance_from(state, outcome));
                    chances.fold(0.0, |sum, chance| sum + chance).min(1.0)
                })
                .collect();
            let mut visits = vec![0.0; self.starts.len()];
            let settled = solved.product.settled.iter();
            for settled in settled.filter(|settled| settled.kind as usize == kind) {
                let share = solved.visits[settled.state as usize] * settled.share;
                let moment = self.moments.moment(settled.moment as usize);
                for (to, p) in moment.onward() {
                    visits[to as usize] += share * p;
                }
                self.add_ways(&mut until, &moment, share, &ahead);
            }
            let error_bound = self.factor.solve_transposed(&mut visits) + solved.error_bound;
            if !is_proven(error_bound) {
                return Err(NoProduct::NotProven(error_bound));
            }
            for (state, (visits, ahead_here)) in visits.iter().zip(&ahead).enumerate() {
                until.moments += visits * ahead_here;
                for moment in self.moments.at(state) {
                    self.add_ways(&mut until, &moment, visits * moment.share, &ahead);
                }
            }
        }
        Ok(until)
    }

    fn add_ways(&self, until: &mut UntilMatch, moment: &Moment<'_>, share: f64, ahead: &[f64]) {
        if !self.outlook.knows_waits {
            return;
        }
        for way in moment.ways {
            let To::State(to) = way.to() else {
                continue;
            };
            let going = share * way.p * ahead[to as usize];
            until.ways += going;
            if let Some(wait) = self.known_wait(way) {
                until.known += going;
                until.wait += going * wait;
            }
        }
    }
}
