use crate::flow::{Basis, Changes, CoverageChange, Errors, Flow, OutcomeChange, RememberedWeights};
use crate::journey::{CountedChange, CountedEffect, CountedFix, Journey, Outcome};

/// What a fix changes, after minus before, over all paths and loops.
///
/// Of a journey [learned](crate::EventLog::learn) from whole journeys and not edited since, keeping a promise and lifting a feeling
/// are computed on these journeys, each in a chain that remembers what the fix acts through; `basis` says so. Of all other
/// journeys, the effect is that of the map.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FixEffect {
    /// The chance of each outcome, in the order of their names; one that only the fix brings about comes last.
    pub outcomes: Vec<OutcomeChange>,
    /// Mean valence over all moments; `None` where no emotion is known before or after.
    pub mean: Option<f64>,
    /// Standard error of that change, where all weights are counts of real visits; see [`Flow::error_bars`].
    pub mean_standard_error: Option<f64>,
    /// Mean valence of the last moment; `None` where it is unknown before or after.
    pub end: Option<f64>,
    /// Standard error of that change.
    pub end_standard_error: Option<f64>,
    /// Expected negative valence of a journey; `None` where no emotion is known before or after.
    pub hurt: Option<f64>,
    /// Standard error of that change.
    pub hurt_standard_error: Option<f64>,
    /// The same as a share of the hurt before, with its own standard error, as whole journeys tell it; `None` where the map answers
    /// or nothing hurts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hurt_share: Option<CountedChange>,
    /// Valence that is likely to be remembered, half peak-end and half mean. Computed for the goal
    /// [`Goal::RaiseRemembered`](crate::Goal::RaiseRemembered), `None` otherwise.
    pub remembered: Option<f64>,
    /// Share of journeys that are unhappy, never heard, and end in churn; `None` where it is not proven exactly enough, and where no
    /// emotion is known before or after.
    pub silent_churn: Option<f64>,
    /// Cost to serve a journey, over the visits whose cost is stated; `None` where no touchpoint states one.
    pub cost: Option<f64>,
    /// Share of visits at touchpoints that state a cost: `cost` is the difference of two sums over these visits only.
    pub cost_coverage: CoverageChange,
    /// Expected value of a journey's ending, over the outcomes whose value is stated; `None` where none is stated.
    pub value: Option<f64>,
    /// Share of journeys that end with an outcome whose value is stated: `value` is over these journeys only.
    pub value_coverage: CoverageChange,
    /// Where `outcomes`, `mean`, `end`, `hurt` and `value` come from: whole journeys, or the map, which forgets how customers
    /// came. `remembered`, `silent_churn` and `cost` are those of the map always.
    pub basis: Basis,
    /// Of a lifted feeling, on whole journeys: the same among customers whose feelings so far had the same mean. What differs
    /// between customers in good and in bad mood is then not taken for an effect.
    pub adjusted: Option<CountedEffect>,
    /// On whole journeys: visits that the fix is about.
    pub cases: Option<u64>,
    /// Those of them that have nothing to be compared with, and of which nothing is claimed: they go on as they did.
    pub without_comparison: Option<u64>,
}

impl FixEffect {
    pub(super) fn new(
        flow: &Flow,
        changes: Changes,
        errors: Option<&Errors>,
        states_costs: bool,
    ) -> Self {
        let journey = flow.journey();
        let value = worth(journey, &changes.outcomes);
        let mut outcomes = changes.outcomes;
        if let Some(errors) = errors {
            for (change, error) in outcomes.iter_mut().zip(&errors.outcomes) {
                change.standard_error = *error;
            }
        }
        Self {
            mean: changes.mean,
            mean_standard_error: errors.and_then(|errors| errors.mean),
            end: changes.end,
            end_standard_error: errors.and_then(|errors| errors.end),
            hurt: changes.mean.map(|_| changes.hurt),
            hurt_standard_error: errors
                .filter(|_| changes.mean.is_some())
                .and_then(|errors| errors.hurt),
            hurt_share: None,
            remembered: RememberedWeights::default().of(changes.peak, changes.end, changes.mean),
            silent_churn: changes.silent_churn.filter(|_| changes.mean.is_some()),
            // Beyond what a number holds, nothing can be told.
            cost: Some(changes.cost).filter(|cost| states_costs && cost.is_finite()),
            cost_coverage: changes.cost_coverage,
            value,
            value_coverage: changes.value_coverage,
            outcomes,
            basis: Basis::Modelled,
            adjusted: None,
            cases: None,
            without_comparison: None,
        }
    }

    /// What whole journeys tell, and of what they do not, what the map says.
    pub(super) fn counted(flow: &Flow, fix: &CountedFix, map: Option<Self>) -> Option<Self> {
        let counted = fix.effect.as_ref()?;
        let of = |change: Option<CountedChange>| change.map(|known| known.change);
        let error = |change: Option<CountedChange>| change?.standard_error;
        let as_it_is = |coverage: Option<f64>| CoverageChange::stays(coverage.unwrap_or(0.0));
        Some(Self {
            outcomes: counted.outcomes.clone(),
            mean: of(counted.mean),
            mean_standard_error: error(counted.mean),
            end: of(counted.end),
            end_standard_error: error(counted.end),
            hurt: counted.mean.map(|_| counted.hurt.change),
            hurt_standard_error: counted.mean.and(counted.hurt.standard_error),
            hurt_share: counted.hurt_share,
            value: worth(flow.journey(), &counted.outcomes),
            value_coverage: flow.value_coverage(&counted.outcomes),
            basis: Basis::Counted,
            adjusted: fix.adjusted.clone(),
            cases: Some(counted.cases),
            without_comparison: Some(counted.without_comparison),
            remembered: map.as_ref().and_then(|map| map.remembered),
            silent_churn: map.as_ref().and_then(|map| map.silent_churn),
            cost: map.as_ref().and_then(|map| map.cost),
            cost_coverage: map.map_or_else(
                || as_it_is(flow.cost_to_serve().coverage()),
                |map| map.cost_coverage,
            ),
        })
    }

    /// The change of the chance of one outcome; 0 for an outcome that the journey does not have.
    #[must_use]
    pub fn change_of(&self, outcome: &Outcome) -> f64 {
        self.outcome(outcome).map_or(0.0, |known| known.change)
    }

    /// Whether more journeys end without a stated outcome than before. Where a map has a dead end although it states how
    /// other journeys end (the first of [`Journey::warnings`](crate::Journey::warnings)), those are lost on the map, and
    /// such a fix cannot be recommended.
    #[must_use]
    pub fn leads_astray(&self) -> bool {
        self.change_of(&Outcome::Unstated) > super::NOTHING
    }

    pub(super) fn outcome(&self, outcome: &Outcome) -> Option<&OutcomeChange> {
        self.outcomes.iter().find(|known| known.outcome == *outcome)
    }
}

/// What other endings are worth, over the outcomes whose value is stated; `None` where none is, and beyond what a number
/// holds.
fn worth(journey: &Journey, changes: &[OutcomeChange]) -> Option<f64> {
    let values = journey.values();
    let worth = values.iter().map(|(outcome, value)| {
        let known = changes.iter().find(|known| known.outcome == *outcome);
        known.map_or(0.0, |known| known.change * value)
    });
    let worth: f64 = worth.sum();
    (!values.is_empty() && worth.is_finite()).then_some(worth)
}
