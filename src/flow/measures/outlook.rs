//! What lies ahead on arriving at each touchpoint: the chance of each outcome, moments and waits.

use crate::chain::Factor;
use crate::flow::moments::{Moments, Network};
use crate::journey::Journey;

use super::gains;

/// So many outcomes are solved for together, and kept as one full table if they are all.
const TOGETHER: usize = 32;

/// So many figures of what lies ahead may be kept: 4 GB.
const MOST_FIGURES: usize = 250_000_000;

/// The states in which journeys come to touchpoints first.
#[derive(Debug)]
pub(crate) struct Arrivals {
    /// By state, the chance that it is the first of its touchpoint that a journey meets.
    pub(crate) first: Vec<f64>,
    /// By touchpoint, the proven bound on their relative error.
    pub(crate) error_bound: Vec<f64>,
}

/// What lies ahead on arriving at each touchpoint.
#[derive(Debug)]
pub(crate) struct Outlook {
    outcomes: usize,
    rows: Rows,
    /// Whether any wait is known on the ways that customers go.
    pub(crate) knows_waits: bool,
    /// The chance of each outcome, moments and waits, seen from the start.
    pub(crate) totals: Vec<f64>,
    /// The proven bound on the relative error that iteration leaves.
    pub(crate) error_bound: f64,
}

/// Where there are few outcomes, everything; where there are many, only what is not zero.
#[derive(Debug)]
enum Rows {
    /// By touchpoint: the chance of each outcome, moments, waits.
    All(Vec<f64>),
    Some {
        /// Where the chances of each touchpoint begin; one entry more than there are touchpoints.
        first: Vec<usize>,
        /// Outcomes in their order, with their chances.
        chances: Vec<(u32, f64)>,
        /// Moments and waits.
        left: Vec<[f64; 2]>,
    },
}

impl Outlook {
    /// Solves for it; `None` where more would have to be kept than fits into memory.
    pub(crate) fn solve(
        journey: &Journey,
        moments: &Moments,
        network: &Network,
        factor: &Factor,
        starts: &[f64],
    ) -> Option<Self> {
        let outcomes = moments.outcomes().len();
        if outcomes > TOGETHER {
            return Self::solve_some(journey, moments, network, factor, starts);
        }
        let width = outcomes + 2;
        if starts.len().saturating_mul(width) > MOST_FIGURES {
            return None;
        }
        let (mut ahead, knows_waits) = gains::of_visits(journey, moments, network, outcomes);
        let error_bound = factor.solve(&mut ahead, width);
        Some(Self {
            outcomes,
            totals: gains::totals(starts, &ahead, width),
            rows: Rows::All(ahead),
            knows_waits,
            error_bound,
        })
    }

    /// Some outcomes at a time, of which only what is not zero is kept.
    fn solve_some(
        journey: &Journey,
        moments: &Moments,
        network: &Network,
        factor: &Factor,
        starts: &[f64],
    ) -> Option<Self> {
        let outcomes = moments.outcomes().len();
        let (mut left, knows_waits) = gains::of_visits(journey, moments, network, 0);
        let mut error_bound = factor.solve(&mut left, 2);
        let mut ends: Vec<(usize, usize, f64)> = Vec::new();
        for touchpoint in (0..starts.len()).filter(|&at| network.is_reachable(at)) {
            for moment in moments.at(touchpoint) {
                let here = moment.endings();
                ends.extend(here.map(|(outcome, p)| (outcome, touchpoint, moment.share * p)));
            }
        }
        ends.sort_by_key(|&(outcome, ..)| outcome);
        let mut totals = Vec::with_capacity(outcomes + 2);
        // By outcome, and then by touchpoint.
        let mut found: Vec<(u32, u32, f64)> = Vec::new();
        let mut ahead = Vec::new();
        for begin in (0..outcomes).step_by(TOGETHER) {
            let width = TOGETHER.min(outcomes - begin);
            ahead.clear();
            ahead.resize(starts.len() * width, 0.0);
            let from = ends.partition_point(|&(outcome, ..)| outcome < begin);
            let here = ends[from..].iter().take_while(|end| end.0 < begin + width);
            for &(outcome, touchpoint, p) in here {
                ahead[touchpoint * width + outcome - begin] += p;
            }
            error_bound = error_bound.max(factor.solve(&mut ahead, width));
            totals.extend(gains::totals(starts, &ahead, width));
            for (touchpoint, row) in (0_u32..).zip(ahead.chunks_exact(width)) {
                for (outcome, &chance) in (begin..).zip(row) {
                    if chance != 0.0 {
                        found.push((touchpoint, u32::try_from(outcome).ok()?, chance));
                    }
                }
            }
            if found.len() > MOST_FIGURES {
                return None;
            }
        }
        totals.extend(gains::totals(starts, &left, 2));
        let mut first = vec![0; starts.len() + 1];
        for &(touchpoint, ..) in &found {
            first[touchpoint as usize + 1] += 1;
        }
        for touchpoint in 0..starts.len() {
            first[touchpoint + 1] += first[touchpoint];
        }
        let mut next = first.clone();
        let mut chances = vec![(0, 0.0); found.len()];
        for (touchpoint, outcome, chance) in found {
            let place = &mut next[touchpoint as usize];
            chances[*place] = (outcome, chance);
            *place += 1;
        }
        Some(Self {
            outcomes,
            rows: Rows::Some {
                first,
                chances,
                left: left.as_chunks().0.to_vec(),
            },
            knows_waits,
            totals,
            error_bound,
        })
    }

    /// The chance of an outcome, by its position, on arriving at a touchpoint.
    pub(crate) fn chance(&self, touchpoint: usize, outcome: usize) -> f64 {
        match &self.rows {
            Rows::All(rows) => rows[touchpoint * (self.outcomes + 2) + outcome],
            Rows::Some { first, chances, .. } => {
                let row = &chances[first[touchpoint]..first[touchpoint + 1]];
                let place = row.binary_search_by_key(&outcome, |&(known, _)| known as usize);
                place.map_or(0.0, |place| row[place].1)
            }
        }
    }

    /// The outcomes that can follow on arriving at a touchpoint, by position in their order, with their chances.
    pub(crate) fn each_chance(&self, touchpoint: usize, mut each: impl FnMut(usize, f64)) {
        match &self.rows {
            Rows::All(rows) => {
                let begin = touchpoint * (self.outcomes + 2);
                let row = rows[begin..begin + self.outcomes].iter().enumerate();
                for (outcome, &chance) in row.filter(|&(_, &chance)| chance != 0.0) {
                    each(outcome, chance);
                }
            }
            Rows::Some { first, chances, .. } => {
                for &(outcome, chance) in &chances[first[touchpoint]..first[touchpoint + 1]] {
                    each(outcome as usize, chance);
                }
            }
        }
    }

    /// Whether only outcomes that can follow are kept, as there are so many.
    pub(crate) fn is_thin(&self) -> bool {
        matches!(self.rows, Rows::Some { .. })
    }

    /// Expected moments and known waits still to come on arriving at a touchpoint.
    pub(crate) fn left(&self, touchpoint: usize) -> (f64, f64) {
        match &self.rows {
            Rows::All(rows) => {
                let end = (touchpoint + 1) * (self.outcomes + 2);
                (rows[end - 2], rows[end - 1])
            }
            Rows::Some { left, .. } => (left[touchpoint][0], left[touchpoint][1]),
        }
    }

    /// Whether all figures of a touchpoint are numbers.
    pub(crate) fn is_finite(&self, touchpoint: usize) -> bool {
        let (moments, wait) = self.left(touchpoint);
        let mut finite = moments.is_finite() && wait.is_finite();
        self.each_chance(touchpoint, |_, chance| finite &= chance.is_finite());
        finite
    }
}
