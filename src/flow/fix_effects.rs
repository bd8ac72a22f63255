//! The exact effects of every single fix, from a handful of eliminations for all of them together.

use super::alteration::{Alteration, FixKind};
use super::money::{CoverageChange, Worth};
use super::sums::{SUMS, Sum};
use super::unheard::{Silence, UNHAPPY};
use super::{Flow, GREATEST_ERROR};
use crate::journey::{Ability, Change, Journey, Outcome};

/// So many multiplications and steps may go into fixes that have to be solved one by one; some seconds' work.
const BUDGET: f64 = 1e9;

/// The change of the chance of one outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct OutcomeChange {
    /// The outcome.
    pub outcome: Outcome,
    /// Its chance after minus before, in -1..=1.
    pub change: f64,
    /// Standard error of the change, where all weights are counts of real visits.
    pub standard_error: Option<f64>,
}

impl OutcomeChange {
    fn new(outcome: &Outcome, change: f64) -> Self {
        Self {
            outcome: outcome.clone(),
            change,
            standard_error: None,
        }
    }
}

/// What is left of a sum is told by an update only if it is at least this part of it.
pub(super) const TOO_LITTLE: f64 = 1e-4;

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
    /// The most intense valence, where it was asked for.
    pub(crate) peak: Option<f64>,
}

impl Flow {
    /// What each of some fixes changes; `None` for one where that is not known: journeys could never end after it, or
    /// so many fixes would have to be solved one by one that it would go on and on.
    pub(crate) fn changes(&self, fixes: &[Alteration], with_peaks: bool) -> Vec<Option<Changes>> {
        let peaks = with_peaks.then(|| self.peak_changes(fixes));
        let mut effects = Effects {
            flow: self,
            change: vec![0.0; self.sums().width],
            silence: Silence::new(self),
            cost_to_serve: self.cost_to_serve(),
            worth_of_endings: self.worth_of_endings(),
            states_value: self.values().iter().map(Option::is_some).collect(),
            with_peaks,
            budget: BUDGET,
        };
        let change = |(place, &altered): (usize, &Alteration)| {
            let peak = match &peaks {
                None => Some(None),
                Some(peaks) => peaks[place].map(Some),
            };
            let updated = peak.and_then(|peak| effects.updated(altered, peak));
            updated.or_else(|| effects.solved_again(altered))
        };
        fixes.iter().enumerate().map(change).collect()
    }
}

struct Effects<'a> {
    flow: &'a Flow,
    /// What the fix at hand changes in the sums.
    change: Vec<f64>,
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
        let (change, sums) = (&self.change, flow.sums());
        let before = Ratio::sums(&sums.totals);
        let mut after = before;
        for (after, change) in after.iter_mut().zip(Ratio::sums(change)) {
            *after += change;
        }
        // Where hardly anything is known any more, what is left of it is rounding; and so with visits, which may
        // also be more than numbers hold.
        let measures = [
            &[Sum::Known][..],
            &[Sum::LastKnown],
            &[Sum::Costed, Sum::Uncosted],
        ];
        for measure in measures {
            let total = |sums: &[f64; SUMS]| measure.iter().map(|&sum| sums[sum as usize]).sum();
            let (was, is): (f64, f64) = (total(&before), total(&after));
            if is < TOO_LITTLE * was || !is.is_finite() {
                return None;
            }
        }
        let silent_churn = match &self.silence {
            None => Some(0.0),
            Some(silence) => Some(silence.change(altered)?),
        };
        let outcomes = flow.moments.outcomes().iter().zip(change);
        Some(Changes {
            outcomes: outcomes
                .map(|(outcome, &change)| OutcomeChange::new(outcome, change))
                .collect(),
            mean: difference(MEAN.of_sums(before), MEAN.of_sums(after)),
            end: difference(END.of_sums(before), END.of_sums(after)),
            hurt: change[sums.column(Sum::Hurt)],
            cost: change[sums.column(Sum::Cost)],
            cost_coverage: self.cost_coverage(),
            value_coverage: self.value_coverage(),
            silent_churn: silent_churn.filter(|_| self.silence_is_proven()),
            peak,
        })
    }

    fn cost_coverage(&self) -> CoverageChange {
        let sums = self.flow.sums();
        let visits = |sum| (sums.total(sum), self.change[sums.column(sum)]);
        CoverageChange::of(
            self.cost_to_serve,
            visits(Sum::Costed),
            visits(Sum::Uncosted),
        )
    }

    fn value_coverage(&self) -> CoverageChange {
        let (mut known, mut unknown) = ((0.0, 0.0), (0.0, 0.0));
        for (outcome, &is_stated) in self.states_value.iter().enumerate() {
            let endings = if is_stated { &mut known } else { &mut unknown };
            endings.0 += self.flow.outcome_probability(outcome);
            endings.1 += self.change[outcome];
        }
        CoverageChange::of(self.worth_of_endings, known, unknown)
    }

    fn silence_is_proven(&self) -> bool {
        self.silence
            .as_ref()
            .is_none_or(|silence| silence.error_bound() <= GREATEST_ERROR)
    }

    /// By the flow of a journey in which it is fixed.
    fn solved_again(&mut self, altered: Alteration) -> Option<Changes> {
        let flow = self.flow;
        self.budget -= flow.work();
        if self.budget < 0.0 {
            return None;
        }
        let after = fixed(&flow.journey, altered)?.flow().ok()?;
        Some(flow.changes_to(&after, self.with_peaks))
    }
}

impl Flow {
    /// What is different in the flow of a changed journey, after minus before.
    pub(crate) fn changes_to(&self, after: &Self, with_peak: bool) -> Changes {
        let (was, is) = (&self.sums().totals, &after.sums().totals);
        let mut outcomes = Vec::new();
        for (position, outcome) in self.moments.outcomes().iter().enumerate() {
            let now = after.probability(outcome);
            let change = now - self.outcome_probability(position);
            outcomes.push(OutcomeChange::new(outcome, change));
        }
        for outcome in after.moments.outcomes() {
            if self.outcome_position(outcome).is_none() {
                outcomes.push(OutcomeChange::new(outcome, after.probability(outcome)));
            }
        }
        let silent = |flow: &Self| match flow.outcome_position(&Outcome::Churn) {
            Some(churn) if flow.mean_valence().is_some() => flow
                .hearing(UNHAPPY, Some(churn))
                .map(|hearing| hearing.silent),
            // Nobody is lost, or nobody is known to be unhappy.
            _ => Some(0.0),
        };
        let peak = |flow: &Self| flow.all_extremes().peak.mean();
        let change = |sum| after.sums().total(sum) - self.sums().total(sum);
        Changes {
            outcomes,
            mean: difference(MEAN.of(was), MEAN.of(is)),
            end: difference(END.of(was), END.of(is)),
            hurt: change(Sum::Hurt),
            cost: change(Sum::Cost),
            cost_coverage: CoverageChange::between(self.cost_to_serve(), after.cost_to_serve()),
            value_coverage: CoverageChange::between(
                self.worth_of_endings(),
                after.worth_of_endings(),
            ),
            silent_churn: difference(silent(self), silent(after)),
            peak: if with_peak {
                difference(peak(self), peak(after))
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

    /// What making this flow again costs, in multiplications and steps: an estimate.
    pub(super) fn work(&self) -> f64 {
        let everywhere: Vec<u32> = (0..self.starts.len()).map(super::moments::as_u32).collect();
        // Reading the map again costs some dozens of steps for each way.
        self.meeting_work(&everywhere) + 64.0 * self.moments.way_count() as f64
    }
}

/// A mean valence as sums: (pleasure - hurt) / known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ratio(pub(super) [Sum; 3]);

/// Over all moments.
pub(super) const MEAN: Ratio = Ratio([Sum::Pleasure, Sum::Hurt, Sum::Known]);
/// Over the last moments.
pub(super) const END: Ratio = Ratio([Sum::LastPleasure, Sum::LastHurt, Sum::LastKnown]);

impl Ratio {
    /// From the totals of [`Sums`](super::Sums); `None` where nothing is known.
    pub(super) fn of(self, totals: &[f64]) -> Option<f64> {
        self.of_sums(Self::sums(totals))
    }

    /// The sums after the columns of the outcomes.
    fn sums(totals: &[f64]) -> [f64; SUMS] {
        let mut sums = [0.0; SUMS];
        sums.copy_from_slice(&totals[totals.len() - SUMS..]);
        sums
    }

    fn of_sums(self, sums: [f64; SUMS]) -> Option<f64> {
        let [pleasure, hurt, known] = self.0.map(|sum| sums[sum as usize]);
        (known > 0.0).then(|| (pleasure - hurt) / known)
    }
}

/// After minus before, where both are known.
fn difference(before: Option<f64>, after: Option<f64>) -> Option<f64> {
    before.zip(after).map(|(before, after)| after - before)
}

/// The journey with a fix in it; `None` where weights would be beyond what numbers hold.
fn fixed(journey: &Journey, altered: Alteration) -> Option<Journey> {
    let id = &journey.graph().raw_nodes()[altered.touchpoint].weight.id;
    let change = match altered.kind {
        FixKind::KeepPromise => Change::keep(id),
        FixKind::LiftEmotion => Change::lift(id),
        FixKind::Listen => Change::can(id, Ability::Listen),
    };
    journey.with_changes(&[change]).ok()
}
