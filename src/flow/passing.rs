//! Journeys that pass: at each moment a share goes on, and the rest is left out.

use super::Flow;
use super::figures::totals;
use super::moments::{Moment, To};
use super::network::Kept;
use crate::chain::{Factor, SelectedInverse};

/// What an end is worth in a [`Passing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pays {
    /// Journeys that end with one outcome, by its position.
    Outcome(usize),
    /// All that end.
    Any,
}

impl Pays {
    fn at(self, outcome: u32) -> f64 {
        match self {
            Self::Any => 1.0,
            Self::Outcome(paid) => f64::from(u8::from(outcome as usize == paid)),
        }
    }
}

/// The chain of the journeys that pass: at each moment a share goes on and the rest is left out. Solved for the chance
/// of passing all the way to an end.
#[derive(Debug)]
pub(crate) struct Passing<'a> {
    flow: &'a Flow,
    /// By position of the moment.
    on: Vec<f64>,
    pays: Pays,
    factor: Factor,
    inverse: SelectedInverse,
    visits: Vec<f64>,
    ahead: Vec<f64>,
    /// The chance of passing, seen from the start.
    pub(crate) total: f64,
    pub(crate) error_bound: f64,
}

impl<'a> Passing<'a> {
    /// `on` is by position of the moment; what is left out there is computed beside it, not as a difference.
    pub(crate) fn new(flow: &'a Flow, parts: Vec<Kept>, pays: Pays) -> Self {
        let moments = &flow.moments;
        let keep = |moment: &Moment<'_>| parts[moment.position];
        let (p, exit) = flow.network.thinned(moments, keep);
        let factor = Factor::new(flow.factor.structure().clone(), &p, &exit);
        let mut visits = flow.starts.clone();
        let error_bound = factor.solve_transposed(&mut visits);
        let mut ahead = vec![0.0; visits.len()];
        for (touchpoint, gain) in ahead.iter_mut().enumerate() {
            if flow.is_visited(touchpoint) {
                let paid = moments.at(touchpoint).map(|moment| {
                    let ends = moment.ways.iter().map(|way| match way.to() {
                        To::End(outcome) => way.p * pays.at(outcome),
                        To::Touchpoint(_) => 0.0,
                    });
                    moment.share * parts[moment.position].on * ends.sum::<f64>()
                });
                *gain = paid.sum();
            }
        }
        let error_bound = error_bound.max(factor.solve(&mut ahead, 1));
        let total = totals(&flow.starts, &ahead, 1)[0];
        Self {
            flow,
            on: parts.into_iter().map(|part| part.on).collect(),
            pays,
            inverse: factor.returns(),
            factor,
            visits,
            ahead,
            total,
            error_bound,
        }
    }

    /// What changes in the chance of passing where visits to a touchpoint are followed on as each of its moments with
    /// the chance `after`, after minus before; `None` where that cannot be told exactly enough.
    pub(crate) fn change(
        &self,
        touchpoint: usize,
        after: impl Fn(&Moment<'_>, f64) -> f64,
    ) -> Option<f64> {
        let flow = self.flow;
        if !flow.is_visited(touchpoint) {
            return Some(0.0);
        }
        let mut gained = 0.0;
        for moment in flow.moments.at(touchpoint) {
            let on = self.on[moment.position];
            let more = after(&moment, on) - moment.share * on;
            if more != 0.0 {
                gained += more * self.worth(&moment);
            }
        }
        if gained == 0.0 {
            return Some(0.0);
        }
        let visits = flow.visits_once(
            touchpoint,
            self.visits[touchpoint],
            (&self.factor, &self.inverse),
            |moment| after(moment, self.on[moment.position]),
        )?;
        Some(visits * gained)
    }

    pub(super) fn flow(&self) -> &'a Flow {
        self.flow
    }

    /// The chance of passing from a moment on, given that it is passed.
    fn worth(&self, moment: &Moment<'_>) -> f64 {
        let ways = moment.ways.iter().map(|way| {
            way.p
                * match way.to() {
                    To::Touchpoint(to) => self.ahead[to as usize],
                    To::End(outcome) => self.pays.at(outcome),
                }
        });
        ways.sum()
    }
}
