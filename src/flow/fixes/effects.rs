//! The exact effects of every single fix, from a handful of eliminations for all of them together.

use super::alteration::Alteration;
use super::no_effect::NoEffect;
use super::silence::Silence;
use crate::flow::error::FlowError;
use crate::flow::follow::{UNHAPPY, is_proven};
use crate::flow::measures::money::{CoverageChange, Worth};
use crate::flow::measures::sums::{END, MEAN, SUMS, Sum, SumChange};
use crate::flow::moments::as_u32;
use crate::flow::solved::Flow;
use crate::journey::{Ability, Change, FixKind, Journey, Outcome, OutcomeChange};

/// So many multiplications and steps may go into fixes that have to be solved one by one; some seconds' work.
const BUDGET: f64 = 1e9;

/// What a fix changes, after minus before.
#[derive(Debug, Clone)]
pub(crate) struct Changes {
    /// The chance of each outcome. One that only the fix brings about comes last.
    pub(crate) outcomes: Vec<OutcomeChange>,
    pub(crate) mean: Option<f64>,
    pub(crate) end: Option<f64>,
    pub(crate) hurt: f64,
    pub(crate) cost: f64,
    /// Share of visits whose cost is stated.
    pub(crate) cost_coverage: CoverageChange,
    /// Share of endings whose value is stated.
    pub(crate) value_coverage: CoverageChange,
    pub(crate) silent_churn: Option<f64>,
    /// The most intense valence, where it was asked for, and of feelings that are raised.
    pub(crate) peak: Option<f64>,
}

impl Flow {
    /// What each of some fixes changes, or why that is not known.
    pub(crate) fn changes(
        &self,
        fixes: &[Alteration],
        with_peaks: bool,
    ) -> Vec<Result<Changes, NoEffect>> {
        let remembers = self.moments.remembered().is_some();
        let peaks = (with_peaks && !remembers).then(|| self.peak_changes(fixes));
        let mut effects = Effects {
            flow: self,
            change: SumChange {
                outcomes: vec![0.0; self.moments.outcomes().len()],
                ..SumChange::default()
            },
            silence: if remembers { None } else { Silence::new(self) },
            cost_to_serve: self.cost_to_serve(),
            worth_of_endings: self.worth_of_endings(),
            states_value: self.values().iter().map(Option::is_some).collect(),
            with_peaks,
            budget: BUDGET,
        };
        let change = |(place, &altered): (usize, &Alteration)| {
            if remembers || altered.kind == FixKind::Raise {
                return effects.solved_again(altered);
            }
            let peak = match &peaks {
                None => Some(None),
                Some(peaks) => peaks[place].map(Some),
            };
            let updated = peak.and_then(|peak| effects.updated(altered, peak));
            match updated {
                // All is told but who leaves without a word: solving again may tell that too.
                Some(changes) if !effects.tells_silence(&changes) => {
                    Ok(effects.solved_again(altered).unwrap_or(changes))
                }
                Some(changes) => Ok(changes),
                None => effects.solved_again(altered),
            }
        };
        fixes.iter().enumerate().map(change).collect()
    }
}

struct Effects<'a> {
    flow: &'a Flow,
    /// What the fix at hand changes in the sums.
    change: SumChange,
    silence: Option<Silence<'a>>,
    cost_to_serve: Worth,
    worth_of_endings: Worth,
    /// Of each outcome, whether its value is stated.
    states_value: Vec<bool>,
    with_peaks: bool,
    /// What may still be spent on solving again.
    budget: f64,
}

impl Effects<'_> {
    /// By an update of the flow's own numbers.
    fn updated(&mut self, altered: Alteration, peak: Option<f64>) -> Option<Changes> {
        let flow = self.flow;
        flow.altered_sums(altered, &mut self.change)?;
        let change = &self.change;
        let before = *flow.journey_sums();
        let after = flow.sums_after(change)?;
        let silent_churn = match &self.silence {
            None => Some(0.0),
            Some(silence) => silence.change(altered),
        };
        let outcomes = flow.moments.outcomes().iter().zip(&change.outcomes);
        Some(Changes {
            outcomes: outcomes
                .map(|(outcome, &change)| OutcomeChange::new(outcome, change, None))
                .collect(),
            mean: difference(MEAN.of(&before), MEAN.of(&after)),
            end: difference(END.of(&before), END.of(&after)),
            hurt: change.sum(Sum::Hurt),
            cost: change.sum(Sum::Cost),
            cost_coverage: self.cost_coverage(),
            value_coverage: self.value_coverage(),
            silent_churn: silent_churn.filter(|_| self.silence_is_proven()),
            peak,
        })
    }

    fn cost_coverage(&self) -> CoverageChange {
        let visits = |sum| (self.flow.total(sum), self.change.sum(sum));
        CoverageChange::of(
            self.cost_to_serve,
            visits(Sum::Costed),
            visits(Sum::Uncosted),
        )
    }

    fn value_coverage(&self) -> CoverageChange {
        let changes = self.change.outcomes.iter().copied();
        self.flow
            .coverage_of_values(self.worth_of_endings, changes, |outcome| {
                self.states_value[outcome]
            })
    }

    fn silence_is_proven(&self) -> bool {
        self.silence
            .as_ref()
            .is_none_or(|silence| is_proven(silence.error_bound()))
    }

    /// Whether changes say what becomes of silent churn, as far as it can be proven at all.
    fn tells_silence(&self, changes: &Changes) -> bool {
        changes.silent_churn.is_some() || !self.silence_is_proven()
    }

    /// By the flow of a journey in which it is fixed.
    fn solved_again(&mut self, altered: Alteration) -> Result<Changes, NoEffect> {
        let flow = self.flow;
        self.budget -= flow.making_work();
        if self.budget < 0.0 {
            return Err(NoEffect::TooMuchWork);
        }
        let after = fixed(&flow.journey, altered).ok_or(NoEffect::TooLarge)?;
        let after = after.flow().map_err(|error| match error {
            FlowError::Trapped { .. } | FlowError::Endless { .. } => NoEffect::NeverEnds,
            _ => NoEffect::TooMuchWork,
        })?;
        if let Some(stuck) = flow.stuck_after(&after) {
            // Nobody has drawn what customers do then.
            return Err(stuck);
        }
        let with_peak = self.with_peaks || altered.kind == FixKind::Raise;
        Ok(flow.changes_to(&after, with_peak))
    }
}

impl Flow {
    /// The share of endings whose value is stated, before and after the chance of each outcome changes, by position.
    fn coverage_of_values(
        &self,
        worth: Worth,
        changes: impl Iterator<Item = f64>,
        is_stated: impl Fn(usize) -> bool,
    ) -> CoverageChange {
        let (mut known, mut unknown) = ((0.0, 0.0), (0.0, 0.0));
        for (outcome, change) in changes.enumerate() {
            let endings = if is_stated(outcome) {
                &mut known
            } else {
                &mut unknown
            };
            endings.0 += self.outcome_probability(outcome);
            endings.1 += change;
        }
        CoverageChange::of(worth, known, unknown)
    }

    /// The same for changes that are known by the names of the outcomes.
    pub(crate) fn value_coverage(&self, changes: &[OutcomeChange]) -> CoverageChange {
        let by_name = self.moments.outcomes().iter().map(|outcome| {
            let known = changes.iter().find(|known| known.outcome == *outcome);
            known.map_or(0.0, |known| known.change)
        });
        let values = self.values();
        self.coverage_of_values(self.worth_of_endings(), by_name, |outcome| {
            values[outcome].is_some()
        })
    }

    /// What is different in the flow of a changed journey, after minus before.
    pub(crate) fn changes_to(&self, after: &Self, with_peak: bool) -> Changes {
        let mut outcomes = Vec::new();
        for (position, outcome) in self.moments.outcomes().iter().enumerate() {
            let now = after.probability(outcome);
            let change = now - self.outcome_probability(position);
            outcomes.push(OutcomeChange::new(outcome, change, None));
        }
        for outcome in after.moments.outcomes() {
            if self.outcome_position(outcome).is_none() {
                outcomes.push(OutcomeChange::new(
                    outcome,
                    after.probability(outcome),
                    None,
                ));
            }
        }
        let silent = |flow: &Self| match flow.outcome_position(&Outcome::Churn) {
            Some(churn) if flow.mean_valence().is_some() => flow
                .hearing(UNHAPPY, Some(churn))
                .map(|hearing| hearing.silent),
            // Nobody is lost, or nobody is known to be unhappy.
            _ => Some(0.0),
        };
        let change = |sum| after.total(sum) - self.total(sum);
        Changes {
            outcomes,
            mean: difference(self.mean_valence(), after.mean_valence()),
            end: difference(self.end_valence(), after.end_valence()),
            hurt: change(Sum::Hurt),
            cost: change(Sum::Cost),
            cost_coverage: CoverageChange::between(self.cost_to_serve(), after.cost_to_serve()),
            value_coverage: CoverageChange::between(
                self.worth_of_endings(),
                after.worth_of_endings(),
            ),
            silent_churn: difference(silent(self), silent(after)),
            peak: if with_peak {
                difference(self.peak_valence(), after.peak_valence())
            } else {
                None
            },
        }
    }

    /// The flow with a fix at a touchpoint; `None` for an id that is not in the map, and where journeys could never end
    /// any more.
    pub(crate) fn with_fix(&self, id: &str, kind: FixKind) -> Option<Self> {
        let touchpoint = self.journey.node(id)?.index();
        fixed(&self.journey, Alteration { touchpoint, kind })?
            .flow()
            .ok()
    }

    /// What making this flow from its journey and asking it everything that fixes change costs, in multiplications and
    /// steps: an estimate.
    pub(crate) fn making_work(&self) -> f64 {
        // A component that is iterated is swept for each figure; one that is eliminated is eliminated for all of them.
        let figures = if self.factor.structure().is_iterated() {
            (2 * (self.moments.outcomes().len() + SUMS)) as f64
        } else {
            1.0
        };
        self.work() * figures + self.factor.structure().planning()
    }

    /// What solving this flow again costs, in multiplications and steps: an estimate.
    pub(crate) fn work(&self) -> f64 {
        let everywhere: Vec<u32> = (0..self.starts.len()).map(as_u32).collect();
        // Reading the map again costs some dozens of steps for each way.
        self.meeting_work(&everywhere) + 64.0 * self.moments.way_count() as f64
    }
}

/// After minus before, where both are known.
fn difference(before: Option<f64>, after: Option<f64>) -> Option<f64> {
    before.zip(after).map(|(before, after)| after - before)
}

/// The journey with a fix in it; `None` where weights would be beyond what numbers hold.
fn fixed(journey: &Journey, altered: Alteration) -> Option<Journey> {
    let at = &journey.graph().raw_nodes()[altered.touchpoint].weight;
    let id = &at.id;
    let change = match altered.kind {
        FixKind::KeepPromise => Change::keep(id),
        FixKind::LiftEmotion => Change::lift(id),
        FixKind::Raise => Change::raise(id, at.intended.as_ref()?.mean()?),
        FixKind::Listen => Change::can(id, Ability::Listen),
    };
    journey.with_changes(&[change]).ok()
}
