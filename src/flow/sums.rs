//! What a journey adds up from each touchpoint on: endings, pleasure and hurt, known moments, cost, visits. All of it is linear in
//! N, and every column is non-negative, so that nothing cancels before a question asks for a difference.

use super::alteration::Alteration;
use super::figures::totals;
use super::moments::{Moment, To};
use super::{Flow, Kept};
use crate::chain::Factor;

/// A column of [`Sums`]. The outcomes come first, by their positions; these follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sum {
    /// Expected positive valence, E[max(0, V)] added up over moments.
    Pleasure,
    /// Expected negative valence, E[max(0, -V)] added up over moments.
    Hurt,
    /// Moments whose emotion is known.
    Known,
    /// Positive valence of the last moment.
    LastPleasure,
    /// Negative valence of the last moment.
    LastHurt,
    /// Journeys whose last moment has a known emotion.
    LastKnown,
    /// Cost to serve, over the visits whose cost is stated.
    Cost,
    /// Visits whose cost is stated.
    Costed,
    /// Visits whose cost is not stated.
    Uncosted,
}

/// How many columns follow those of the outcomes.
pub(crate) const SUMS: usize = 9;

/// The columns, ahead of each touchpoint and seen from the start.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    /// Row by row: on arriving at each touchpoint.
    pub(crate) ahead: Vec<f64>,
    /// Seen from the start.
    pub(crate) totals: Vec<f64>,
    pub(crate) width: usize,
    /// The proven bound on the relative error that iteration leaves.
    pub(crate) error_bound: f64,
}

impl Sums {
    /// The columns solved for a chain.
    pub(super) fn solve(flow: &Flow, factor: &Factor, altered: Option<Alteration>) -> Self {
        let width = flow.moments.outcomes().len() + SUMS;
        let mut ahead = vec![0.0; flow.starts.len() * width];
        for (touchpoint, row) in ahead.chunks_exact_mut(width).enumerate() {
            if !flow.network.is_reachable(touchpoint) {
                continue;
            }
            for moment in flow.moments.at(touchpoint) {
                let share = altered.map_or(moment.share, |altered| altered.share(flow, &moment));
                flow.earn(touchpoint, &moment, altered, share, row);
            }
        }
        let error_bound = factor.solve(&mut ahead, width);
        let totals = totals(&flow.starts, &ahead, width);
        Self {
            ahead,
            totals,
            width,
            error_bound,
        }
    }

    /// The columns ahead of a touchpoint.
    pub(crate) fn row(&self, touchpoint: usize) -> &[f64] {
        &self.ahead[touchpoint * self.width..(touchpoint + 1) * self.width]
    }

    /// Where a column is.
    pub(crate) fn column(&self, sum: Sum) -> usize {
        self.width - SUMS + sum as usize
    }

    /// What is added up over a whole journey.
    pub(crate) fn total(&self, sum: Sum) -> f64 {
        self.totals[self.column(sum)]
    }
}

impl Flow {
    /// The sums of this flow, computed when first asked for.
    pub(crate) fn sums(&self) -> &Sums {
        self.sums
            .get_or_init(|| Sums::solve(self, &self.factor, None))
    }

    /// The chain with a fix in it, eliminated: for the same pattern, with the altered numbers.
    pub(crate) fn altered_factor(&self, altered: Alteration) -> Factor {
        let keep = |moment: &Moment<'_>| Kept {
            on: altered.share(self, moment) / moment.share,
            out: 0.0,
        };
        let (p, exit) = self.network.thinned(&self.moments, keep);
        Factor::new(self.factor.structure().clone(), &p, &exit)
    }

    /// Adds to `row` what a moment earns by itself, `times` times: the outcomes it ends in and the sums.
    fn earn(
        &self,
        touchpoint: usize,
        moment: &Moment<'_>,
        altered: Option<Alteration>,
        times: f64,
        row: &mut [f64],
    ) {
        let sums = row.len() - SUMS;
        for (outcome, p) in moment.endings() {
            row[outcome] += times * p;
        }
        let felt = self.felt_sums(moment, altered);
        let last = moment.ends();
        for (place, amount) in felt.into_iter().enumerate() {
            row[sums + place] += times * amount;
            row[sums + Sum::LastPleasure as usize + place] += times * last * amount;
        }
        let cost = self.journey.graph().raw_nodes()[touchpoint].weight.cost;
        row[sums + Sum::Cost as usize] += times * cost.unwrap_or(0.0);
        let visits = if cost.is_some() {
            Sum::Costed
        } else {
            Sum::Uncosted
        };
        row[sums + visits as usize] += times;
    }

    /// Pleasure, hurt and the known share of a moment.
    pub(crate) fn felt_sums(&self, moment: &Moment<'_>, altered: Option<Alteration>) -> [f64; 3] {
        let lifted = altered.is_some_and(|altered| altered.lifts(self, moment));
        let mut felt = [0.0; 3];
        for &(level, share) in moment.shades {
            let valence = self.moments.levels()[level as usize];
            felt[0] += share * valence.max(0.0);
            felt[1] += share * if lifted { 0.0 } else { (-valence).max(0.0) };
            felt[2] += share;
        }
        felt
    }

    /// Adds to `row` what a moment is worth with all that follows, `times` times.
    pub(crate) fn add_worth(
        &self,
        sums: &Sums,
        touchpoint: usize,
        moment: &Moment<'_>,
        times: f64,
        row: &mut [f64],
    ) {
        self.earn(touchpoint, moment, None, times, row);
        for way in moment.ways {
            if let To::Touchpoint(to) = way.to() {
                for (column, ahead) in row.iter_mut().zip(sums.row(to as usize)) {
                    *column += times * way.p * ahead;
                }
            }
        }
    }
}
