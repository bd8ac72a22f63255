//! Standard errors of the figures that are sums over journeys, of ratios of two of them, and of what fixes change in them.

use super::delta::{Line, variance};
use super::errors::Errors;
use crate::flow::fixes::alteration::Alteration;
use crate::flow::follow::is_proven;
use crate::flow::measures::sums::{END, MEAN, Ratio, SUMS, Sum, Sums};
use crate::flow::moments::Kept;
use crate::flow::solved::Flow;
use crate::journey::FixKind;

/// So many multiplications and steps may go into errors that need a chain of their own each; some seconds' work.
const BUDGET: f64 = 1e9;

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
            closed: 0..0,
        }
    }

    fn column(&self, sum: Sum) -> usize {
        self.sums.column(sum)
    }

    /// A ratio of sums as a line: its derivative by the sums.
    fn ratio(&self, ratio: Ratio) -> Option<Line<'_>> {
        let value = ratio.of(&self.sums.journey)?;
        let all = self.sums.journey[ratio.0[2] as usize];
        let [pleasure, hurt, known] = ratio.0.map(|sum| self.column(sum));
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
    fn solved(&self) -> Solved<'_> {
        Solved {
            flow: self,
            visits: self.visits.to_vec(),
            sums: self.solve_sums(&self.factor, &self.visits, None),
            altered: None,
        }
    }

    /// Standard errors of the whole journey's figures; `None` where not all weights are counts.
    pub(crate) fn errors(&self) -> Option<&Errors> {
        let errors = self.answered.errors.get_or_init(|| {
            let counted = self.not_counted().is_none();
            counted.then(|| errors(self.moments.outcomes().len(), &self.solved(), None))
        });
        errors.as_ref()
    }

    /// Standard errors of what each fix changes; `None` where not all weights are counts, where what follows a kept
    /// promise was never seen, where whole journeys tell what it changes, and where there are so many that it would go on and on.
    pub(crate) fn errors_of_fixes(&self, fixes: &[Alteration]) -> Vec<Option<Errors>> {
        let nodes = self.journey.graph().raw_nodes();
        let is_counted = |altered: &Alteration| {
            let id = nodes[altered.touchpoint].weight.id.as_str();
            self.counted_fix(id, altered.kind)
                .is_some_and(|fix| fix.effect.is_some())
        };
        let work = self.work() * (1.0 + fixes.len() as f64);
        if self.not_counted().is_some() || work > BUDGET {
            return vec![None; fixes.len()];
        }
        let before = self.solved();
        let outcomes = self.moments.outcomes().len();
        let error = |&altered: &Alteration| {
            if is_counted(&altered) {
                return None;
            }
            if !self.is_visited(altered.touchpoint) || altered.kind == FixKind::Listen {
                return Some(Errors {
                    outcomes: vec![Some(0.0); outcomes],
                    mean: before.ratio(MEAN).map(|_| 0.0),
                    end: before.ratio(END).map(|_| 0.0),
                    hurt: Some(0.0),
                });
            }
            if altered.kind == FixKind::Raise {
                // What is meant was not counted.
                return None;
            }
            altered.is_drawn(&self.moments).then_some(())?;
            if altered.kind == FixKind::LiftEmotion {
                // Everybody goes on as before.
                let sums = self.solve_sums(&self.factor, &self.visits, Some(altered));
                is_proven(sums.error_bound).then_some(())?;
                let after = Solved {
                    flow: self,
                    visits: self.visits.to_vec(),
                    sums,
                    altered: Some(altered),
                };
                let felt = errors(0, &after, Some(&before));
                return Some(Errors {
                    outcomes: vec![Some(0.0); outcomes],
                    ..felt
                });
            }
            let factor = self.altered_factor(altered);
            let mut visits = self.starts.to_vec();
            let bound = factor.solve_transposed(&mut visits);
            let sums = self.solve_sums(&factor, &visits, Some(altered));
            is_proven(bound.max(sums.error_bound)).then_some(())?;
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
        self.answered
            .errors_of_reach
            .get_or_init(|| self.solve_errors_of_reach())
    }

    fn solve_errors_of_reach(&self) -> Vec<Option<f64>> {
        let touchpoints = self.touchpoint_count();
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
        let states = self.moments.states_of(touchpoint);
        let here = self.moments.range(states.start).start..self.moments.range(states.end - 1).end;
        let stopped = self.stopped(|moment| {
            if here.contains(&moment.position) {
                Kept::NONE
            } else {
                Kept::ALL
            }
        });
        let visits = stopped.visits_from_start();
        let mut arrives = vec![0.0; self.starts.len()];
        for arriving in &mut arrives[states.clone()] {
            *arriving = 1.0;
        }
        let ahead = stopped.values(arrives, 1).values;
        let line = Line {
            flow: self,
            visits: &visits.values,
            ahead,
            columns: vec![0.0; self.moments.outcomes().len() + SUMS],
            altered: None,
            closed: states,
        };
        deviation(&line, None)
    }
}
