//! Standard errors of the figures that are sums over journeys, of ratios of two of them, and of what fixes change in them.

use super::alteration::{Alteration, FixKind};
use super::doubt::{Line, variance};
use super::fix_effects::{END, MEAN, Ratio};
use super::moments::Moment;
use super::network::Kept;
use super::sums::{Sum, Sums};
use super::{Flow, GREATEST_ERROR};
use crate::chain::Factor;

/// So many multiplications and steps may go into errors that need a chain of their own each; some seconds' work.
const BUDGET: f64 = 1e9;

/// Standard errors of the figures of a whole journey; `None` for a figure that is unknown, and where the counts are beyond
/// what can be computed with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Errors {
    /// By position of the outcome.
    pub(crate) outcomes: Vec<Option<f64>>,
    pub(crate) mean: Option<f64>,
    pub(crate) end: Option<f64>,
    pub(crate) hurt: Option<f64>,
}

/// A chain with all that its sums need.
struct Solved<'a> {
    flow: &'a Flow,
    visits: Vec<f64>,
    sums: Sums,
    altered: Option<Alteration>,
}

impl Solved<'_> {
    /// One figure: columns with a factor each.
    fn line(&self, figure: &[(usize, f64)]) -> Line<'_> {
        let mut columns = vec![0.0; self.sums.width];
        for &(column, factor) in figure {
            columns[column] += factor;
        }
        let ahead = self.sums.ahead.chunks_exact(self.sums.width).map(|row| {
            let parts = figure.iter().map(|&(column, factor)| factor * row[column]);
            parts.sum()
        });
        Line {
            flow: self.flow,
            visits: &self.visits,
            ahead: ahead.collect(),
            columns,
            altered: self.altered,
            closed: None,
        }
    }

    fn column(&self, sum: Sum) -> usize {
        self.sums.column(sum)
    }

    /// A ratio of sums as a line: its derivative by the sums.
    fn ratio(&self, ratio: Ratio) -> Option<Line<'_>> {
        let value = ratio.of(&self.sums.totals)?;
        let [pleasure, hurt, known] = ratio.0.map(|sum| self.column(sum));
        let all = self.sums.totals[known];
        let parts = [
            (pleasure, 1.0 / all),
            (hurt, -1.0 / all),
            (known, -value / all),
        ];
        Some(self.line(&parts))
    }
}

/// Standard errors of the figures of one chain, or of the differences to another.
fn errors(outcomes: usize, after: &Solved<'_>, before: Option<&Solved<'_>>) -> Errors {
    let sum = |column: usize| {
        let after = after.line(&[(column, 1.0)]);
        let before = before.map(|before| before.line(&[(column, 1.0)]));
        deviation(&after, before.as_ref())
    };
    let ratio = |ratio: Ratio| {
        let after = after.ratio(ratio)?;
        let before = match before {
            Some(before) => Some(before.ratio(ratio)?),
            None => None,
        };
        deviation(&after, before.as_ref())
    };
    Errors {
        outcomes: (0..outcomes).map(sum).collect(),
        mean: ratio(MEAN),
        end: ratio(END),
        hurt: sum(after.column(Sum::Hurt)),
    }
}

fn deviation(after: &Line<'_>, before: Option<&Line<'_>>) -> Option<f64> {
    let variance = match before {
        Some(before) => variance(&[(1.0, after), (-1.0, before)]),
        None => variance(&[(1.0, after)]),
    };
    Some(variance.sqrt()).filter(|error| error.is_finite())
}

impl Flow {
    /// Mean valence over all moments; `None` where no emotion is known.
    pub(crate) fn mean_valence(&self) -> Option<f64> {
        MEAN.of(&self.sums().totals)
    }

    /// Mean valence of the last moment; `None` where no emotion is known there.
    pub(crate) fn end_valence(&self) -> Option<f64> {
        END.of(&self.sums().totals)
    }

    fn solved(&self) -> Solved<'_> {
        Solved {
            flow: self,
            visits: self.visits.clone(),
            sums: self.sums().clone(),
            altered: None,
        }
    }

    /// Standard errors of the whole journey's figures; `None` where not all weights are counts.
    pub(crate) fn errors(&self) -> Option<&Errors> {
        let errors = self.errors.get_or_init(|| {
            let counted = self.not_counted().is_none();
            counted.then(|| errors(self.moments.outcomes().len(), &self.solved(), None))
        });
        errors.as_ref()
    }

    /// Standard errors of what each fix changes; `None` where not all weights are counts, where what follows a kept
    /// promise was never seen, and where there are so many that it would go on and on.
    pub(crate) fn errors_of_fixes(&self, fixes: &[Alteration]) -> Vec<Option<Errors>> {
        let work = self.work() * (1.0 + fixes.len() as f64);
        if self.not_counted().is_some() || work > BUDGET {
            return vec![None; fixes.len()];
        }
        let before = self.solved();
        let outcomes = self.moments.outcomes().len();
        let error = |&altered: &Alteration| {
            if !self.is_visited(altered.touchpoint) || altered.kind == FixKind::Listen {
                return Some(Errors {
                    outcomes: vec![Some(0.0); outcomes],
                    mean: before.ratio(MEAN).map(|_| 0.0),
                    end: before.ratio(END).map(|_| 0.0),
                    hurt: Some(0.0),
                });
            }
            altered.is_drawn(&self.moments).then_some(())?;
            let factor = self.altered_factor(altered);
            let mut visits = self.starts.clone();
            let bound = factor.solve_transposed(&mut visits);
            let sums = Sums::solve(self, &factor, Some(altered));
            (bound.max(sums.error_bound) <= GREATEST_ERROR).then_some(())?;
            let after = Solved {
                flow: self,
                visits,
                sums,
                altered: Some(altered),
            };
            Some(errors(outcomes, &after, Some(&before)))
        };
        fixes.iter().map(error).collect()
    }

    /// Standard errors of the reach of every touchpoint; empty where not all weights are counts, or where there are so
    /// many that it would go on and on.
    pub(crate) fn errors_of_reach(&self) -> &[Option<f64>] {
        self.errors_of_reach
            .get_or_init(|| self.solve_errors_of_reach())
    }

    fn solve_errors_of_reach(&self) -> Vec<Option<f64>> {
        let touchpoints = self.starts.len();
        if self.not_counted().is_some() || self.work() * touchpoints as f64 > BUDGET {
            return Vec::new();
        }
        (0..touchpoints)
            .map(|touchpoint| self.error_of_reach(touchpoint))
            .collect()
    }

    fn error_of_reach(&self, touchpoint: usize) -> Option<f64> {
        if !self.is_visited(touchpoint) {
            return Some(0.0);
        }
        let here = self.moments.range(touchpoint);
        let keep = |moment: &Moment<'_>| {
            if here.contains(&moment.position) {
                Kept { on: 0.0, out: 1.0 }
            } else {
                Kept::ALL
            }
        };
        let (p, exit) = self.network.thinned(&self.moments, keep);
        let factor = Factor::new(self.factor.structure().clone(), &p, &exit);
        let mut visits = self.starts.clone();
        factor.solve_transposed(&mut visits);
        let mut ahead = vec![0.0; self.starts.len()];
        ahead[touchpoint] = 1.0;
        factor.solve(&mut ahead, 1);
        let line = Line {
            flow: self,
            visits: &visits,
            ahead,
            columns: vec![0.0; self.moments.outcomes().len() + super::sums::SUMS],
            altered: None,
            closed: Some(touchpoint),
        };
        deviation(&line, None)
    }
}
