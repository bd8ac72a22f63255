//! A flow stopped at something: the chain of the journeys that have not met it yet.
//!
//! Everything that is followed is followed here. At each moment a share of the visits goes on and the rest is left out;
//! [`Kept`] says both, so that neither is found by subtraction, and what is rare stays as exact as what is common.

use crate::chain::{Factor, SelectedInverse};
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::{Flow, GREATEST_ERROR};

/// The chain of the visits that go on, eliminated.
#[derive(Debug)]
pub(crate) struct Stopped<'f> {
    pub(crate) flow: &'f Flow,
    factor: Factor,
    p: Vec<f64>,
    exit: Vec<f64>,
}

/// Numbers by touchpoint, with the proven bound on the relative error that iteration leaves in them.
#[derive(Debug)]
pub(crate) struct Proven {
    pub(crate) values: Vec<f64>,
    pub(crate) error_bound: f64,
}

/// Whether a bound on a relative error proves a figure to be as exact as an answer must be.
pub(crate) fn is_proven(error_bound: f64) -> bool {
    error_bound <= GREATEST_ERROR
}

impl Flow {
    /// The flow of the visits that `keep` lets go on. One elimination.
    pub(crate) fn stopped(&self, keep: impl Fn(&Moment<'_>) -> Kept) -> Stopped<'_> {
        let (p, exit) = self.network.thinned(&self.moments, keep);
        Stopped {
            flow: self,
            factor: Factor::new(self.factor.structure().clone(), &p, &exit),
            p,
            exit,
        }
    }

    /// The share of journeys that some moment leaves out, and the proven bound on its relative error.
    pub(crate) fn leaves(&self, keep: impl Fn(&Moment<'_>) -> Kept) -> (f64, f64) {
        let followed = self.stopped(&keep).visits_from_start();
        let left = self.visited().map(|(touchpoint, moment)| {
            let visits = followed.values.get(touchpoint).copied().unwrap_or(0.0);
            visits * moment.share * keep(&moment).out
        });
        (left.fold(0.0, |sum, left| sum + left), followed.error_bound)
    }

    /// A figure of the moments, expected over a visit to each touchpoint; 0 where no journey comes.
    pub(crate) fn per_visit(&self, figure: impl Fn(&Moment<'_>) -> f64) -> Vec<f64> {
        let mut per_visit = vec![0.0; self.starts.len()];
        for (touchpoint, moment) in self.visited() {
            per_visit[touchpoint] += moment.share * figure(&moment);
        }
        per_visit
    }
}

impl Stopped<'_> {
    /// Stops at something else, in the same place.
    pub(crate) fn restart(&mut self, keep: impl Fn(&Moment<'_>) -> Kept) {
        let flow = self.flow;
        flow.network
            .thin(&flow.moments, keep, &mut self.p, &mut self.exit);
        self.factor.refill(&self.p, &self.exit);
    }

    /// Visits of journeys that are still followed, from how they begin.
    pub(crate) fn visits(&self, mut entries: Vec<f64>) -> Proven {
        let error_bound = self.factor.solve_transposed(&mut entries);
        Proven {
            values: entries,
            error_bound,
        }
    }

    /// The same for journeys that begin where all begin.
    pub(crate) fn visits_from_start(&self) -> Proven {
        self.visits(self.flow.starts.to_vec())
    }

    /// What journeys earn from each touchpoint on while they are followed, for `width` gains a visit, row by row.
    pub(crate) fn values(&self, mut gains: Vec<f64>, width: usize) -> Proven {
        let error_bound = self.factor.solve(&mut gains, width);
        Proven {
            values: gains,
            error_bound,
        }
    }

    /// How journeys that are followed come back to where they are.
    pub(crate) fn returns(&self) -> SelectedInverse {
        self.factor.returns()
    }

    /// The chain itself.
    pub(crate) fn factor(&self) -> &Factor {
        &self.factor
    }
}
