//! Journeys that pass: at each moment a share goes on, and the rest is left out.

use super::stopped::Stopped;
use crate::chain::SelectedInverse;
use crate::flow::measures::gains::totals;
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::Flow;

/// What an end is worth in a [`Passing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pays {
    /// Journeys that end with one outcome, by its position.
    Outcome(usize),
    /// All that end.
    Any,
}

impl Pays {
    fn at(self, outcome: usize) -> f64 {
        match self {
            Self::Any => 1.0,
            Self::Outcome(paid) => f64::from(u8::from(outcome == paid)),
        }
    }
}

/// The chain of the journeys that pass: at each moment a share goes on and the rest is left out. Solved for the chance
/// of passing all the way to an end.
#[derive(Debug)]
pub(crate) struct Passing<'a> {
    stopped: Stopped<'a>,
    /// By position of the moment.
    on: Vec<f64>,
    pays: Pays,
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
        let stopped = flow.stopped(|moment| parts[moment.position]);
        let visits = stopped.visits_from_start();
        let gains = flow.per_visit(|moment| {
            let paid = moment.expected(|_| 0.0, |outcome| pays.at(outcome));
            parts[moment.position].on * paid
        });
        let ahead = stopped.values(gains, 1);
        Self {
            on: parts.into_iter().map(|part| part.on).collect(),
            pays,
            inverse: stopped.returns(),
            stopped,
            total: totals(&flow.starts, &ahead.values, 1)[0],
            error_bound: visits.error_bound.max(ahead.error_bound),
            visits: visits.values,
            ahead: ahead.values,
        }
    }

    /// What changes in the chance of passing where visits to a touchpoint are followed on as each of its moments with
    /// the chance `after`, after minus before; `None` where that cannot be told exactly enough.
    pub(crate) fn change(
        &self,
        touchpoint: usize,
        after: impl Fn(&Moment<'_>, f64) -> f64,
    ) -> Option<f64> {
        let flow = self.flow();
        if !flow.is_reached(touchpoint) {
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
            (self.stopped.factor(), &self.inverse),
            |moment| after(moment, self.on[moment.position]),
        )?;
        Some(visits * gained)
    }

    pub(crate) fn flow(&self) -> &'a Flow {
        self.stopped.flow
    }

    /// The chance of passing from a moment on, given that it is passed.
    fn worth(&self, moment: &Moment<'_>) -> f64 {
        moment.expected(|to| self.ahead[to], |outcome| self.pays.at(outcome))
    }
}
