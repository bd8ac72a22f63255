//! Standard errors of the figures that are sums over journeys, of ratios of two of them, and of what fixes change in them.

use super::delta::{Line, variance};
use super::errors::Errors;
use crate::flow::fixes::alteration::Alteration;
use crate::flow::follow::is_proven;
use crate::flow::measures::sums::{END, MEAN, Ratio, SUMS, Sum, SumChange, Sums};
use crate::flow::moments::Kept;
use crate::flow::solved::Flow;
use crate::journey::FixKind;

/// So many multiplications and steps may go into errors that need a chain of their own each; some seconds' work.
const BUDGET: f64 = 1e9;

/// How many figures have errors beside the outcomes.
const FIGURES: usize = 3;

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
    /// promise was never seen, where whole journeys tell what it changes, on maps whose customers remember, as a fix makes other states
    /// there, and for those that come after as many as some seconds allow.
    pub(crate) fn errors_of_fixes(&self, fixes: &[Alteration]) -> Vec<Option<Errors>> {
        let nodes = self.journey.graph().raw_nodes();
        let is_counted = |altered: &Alteration| {
            let id = nodes[altered.touchpoint].weight.id.as_str();
            self.counted_fix(id, altered.kind)
                .is_some_and(|fix| fix.effect.is_some())
        };
        if self.not_counted().is_some() || self.moments.remembered().is_some() {
            return vec![None; fixes.len()];
        }
        let before = self.solved();
        let outcomes = self.moments.outcomes().len();
        let figures = (outcomes + FIGURES) as f64;
        // Two lines a figure, and some steps for each way.
        let telling = 16.0 * figures * self.moments.way_count() as f64;
        let mut purse = BUDGET;
        let mut pays = |work: f64| {
            purse -= work;
            purse >= 0.0
        };
        let mut change = SumChange {
            outcomes: vec![0.0; outcomes],
            ..SumChange::default()
        };
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
            pays(telling + self.factor.structure().solving_work()).then_some(())?;
            let after = match self.solved_by_update(altered, &before, &mut change) {
                Some(after) => after,
                None if pays(self.work()) => self.solved_again(altered)?,
                None => return None,
            };
            if altered.kind == FixKind::LiftEmotion {
                // Everybody goes on as before.
                return Some(Errors {
                    outcomes: vec![Some(0.0); outcomes],
                    ..errors(0, &after, Some(&before))
                });
            }
            Some(errors(outcomes, &after, Some(&before)))
        };
        fixes.iter().map(error).collect()
    }

    /// The chain after a fix, from what is known of it before; `None` where that would not be exact.
    fn solved_by_update(
        &self,
        altered: Alteration,
        before: &Solved<'_>,
        change: &mut SumChange,
    ) -> Option<Solved<'_>> {
        if self.factor.structure().is_iterated() {
            return None;
        }
        self.altered_sums(altered, change)?;
        let journey = self.sums_after(change)?;
        let visits = if altered.kind == FixKind::KeepPromise {
            self.altered_visits(altered)?
        } else {
            self.visits.to_vec()
        };
        // All that changes does so at visits to the touchpoint, so that from elsewhere on as much of it changes as
        // journeys come there from.
        let mut returns = vec![0.0; self.visits.len()];
        returns[altered.touchpoint] = 1.0 / self.visits[altered.touchpoint];
        self.factor.solve(&mut returns, 1);
        let mut ahead = before.sums.ahead.clone();
        for (row, returns) in ahead.chunks_exact_mut(before.sums.width).zip(returns) {
            let changes = change.outcomes.iter().chain(&change.sums);
            for (entry, change) in row.iter_mut().zip(changes) {
                *entry = (*entry + returns * change).max(0.0);
            }
        }
        Some(Solved {
            flow: self,
            visits,
            sums: Sums {
                ahead,
                journey,
                ..before.sums
            },
            altered: Some(altered),
        })
    }

    /// The same by another elimination; `None` where it is not proven to be exact.
    fn solved_again(&self, altered: Alteration) -> Option<Solved<'_>> {
        let factor = self.altered_factor(altered);
        let mut visits = self.starts.to_vec();
        let bound = factor.solve_transposed(&mut visits);
        let sums = self.solve_sums(&factor, &visits, Some(altered));
        is_proven(bound.max(sums.error_bound)).then_some(Solved {
            flow: self,
            visits,
            sums,
            altered: Some(altered),
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Lcg;
    use crate::journey::{
        Channel, Emotion, Evidence, Journey, Outcome, Phase, Promise, PromiseResult, Shade,
        Touchpoint,
    };

    fn count(dice: &mut Lcg) -> f64 {
        (1 + dice.below(40)) as f64
    }

    fn counted(dice: &mut Lcg, touchpoints: usize) -> Flow {
        let mut builder = Journey::builder("counted");
        for i in 0..touchpoints {
            let shades = [-0.8, -0.4, 0.4].map(|at| Shade::valence(at).weight(count(dice)));
            let promise = Promise::new(format!("p{i}")).kept(count(dice));
            let touchpoint = Touchpoint::new(format!("t{i}"), Phase::During, Channel::Web)
                .evidence(Evidence::Observed)
                .starts(count(dice))
                .feels(Emotion::mix(shades))
                .cost(dice.below(9) as f64)
                .promise(promise.broken(count(dice)))
                .ends(Outcome::Loyalty, count(dice))
                .ends_when(PromiseResult::Broken, Outcome::Churn, count(dice));
            builder = builder.touchpoint(touchpoint);
        }
        for i in 0..touchpoints {
            for j in (0..touchpoints).filter(|&j| j != i) {
                let (from, to, weight) = (format!("t{i}"), format!("t{j}"), count(dice));
                builder = match dice.below(touchpoints) {
                    0 | 1 => builder.transition(from, to, weight),
                    2 => builder.transition_when(PromiseResult::Broken, from, to, weight),
                    3 => builder.transition_when(PromiseResult::Kept, from, to, weight),
                    _ => builder,
                };
            }
        }
        let flow = builder.build().map(|journey| journey.flow());
        let Ok(Ok(flow)) = flow else {
            panic!("{flow:?}")
        };
        flow
    }

    #[test]
    fn an_update_says_what_another_elimination_says() {
        let mut dice = Lcg(11);
        for case in 0..12 {
            let flow = counted(&mut dice, 2 + case * 3);
            let (before, outcomes) = (flow.solved(), flow.moments.outcomes().len());
            let mut change = SumChange {
                outcomes: vec![0.0; outcomes],
                ..SumChange::default()
            };
            for touchpoint in 0..flow.touchpoint_count() {
                for kind in [FixKind::KeepPromise, FixKind::LiftEmotion] {
                    let altered = Alteration { touchpoint, kind };
                    let updated = flow.solved_by_update(altered, &before, &mut change);
                    let (Some(updated), Some(again)) = (updated, flow.solved_again(altered)) else {
                        panic!("both ways are open here")
                    };
                    let of = |after: &Solved<'_>| {
                        let found = errors(outcomes, after, Some(&before));
                        let rest = [found.mean, found.end, found.hurt];
                        found.outcomes.into_iter().chain(rest)
                    };
                    for (found, expected) in of(&updated).zip(of(&again)) {
                        let near = found.zip(expected).is_some_and(|(found, expected)| {
                            (found - expected).abs() <= 1e-12 * expected.max(1e-3)
                        });
                        assert!(near, "{altered:?}: {found:?} instead of {expected:?}");
                    }
                }
            }
        }
    }
}
