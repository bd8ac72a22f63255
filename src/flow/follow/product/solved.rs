//! The chain of map and automaton, solved.

use super::{NoProduct, Product};
use crate::chain::Factor;
use crate::flow::follow::stopped::is_proven;

/// The chain of a product, solved.
pub(crate) struct Solved {
    pub(crate) product: Product,
    factor: Factor,
    /// Expected visits to each state.
    pub(crate) visits: Vec<f64>,
    pub(crate) error_bound: f64,
}

impl Solved {
    pub(super) fn new(
        product: Product,
        factor: Factor,
        visits: Vec<f64>,
        error_bound: f64,
    ) -> Result<Self, NoProduct> {
        Self {
            product,
            factor,
            visits,
            error_bound: 0.0,
        }
        .proven(error_bound)
    }

    fn proven(mut self, error_bound: f64) -> Result<Self, NoProduct> {
        self.error_bound += error_bound;
        if is_proven(self.error_bound) {
            Ok(self)
        } else {
            Err(NoProduct::NotProven(self.error_bound))
        }
    }

    /// Expected completed matches of a journey.
    pub(crate) fn matches(&self) -> f64 {
        let crossed = self.product.crossings.iter();
        let crossed = crossed.map(|crossed| self.visits[crossed.state as usize] * crossed.share);
        let ended = self.product.endings.iter().filter(|ended| ended.matches);
        let ended = ended.map(|ended| self.visits[ended.state as usize] * ended.share);
        let settled = self.product.settled.iter();
        let settled = settled
            .map(|settled| self.visits[settled.state as usize] * settled.share * settled.chance);
        let all = crossed.chain(ended).chain(settled);
        all.fold(0.0, |sum, share| sum + share)
    }

    /// The chance of a match on arriving at each state.
    ///
    /// # Errors
    /// As [`Product::solve`].
    pub(crate) fn chances(&mut self) -> Result<Vec<f64>, NoProduct> {
        let mut chances = vec![0.0; self.visits.len()];
        for crossed in &self.product.crossings {
            chances[crossed.state as usize] += crossed.share;
        }
        for ended in self.product.endings.iter().filter(|ended| ended.matches) {
            chances[ended.state as usize] += ended.share;
        }
        for settled in &self.product.settled {
            chances[settled.state as usize] += settled.share * settled.chance;
        }
        let error_bound = self.factor.solve(&mut chances, 1) + self.error_bound;
        if is_proven(error_bound) {
            self.error_bound = error_bound;
            Ok(chances)
        } else {
            Err(NoProduct::NotProven(error_bound))
        }
    }
}
