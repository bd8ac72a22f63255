use crate::flow::{Changes, CoverageChange, Errors, Flow, OutcomeChange, THETA, remembered};
use crate::journey::Outcome;

/// What a fix changes, after minus before: exact, over all paths and loops.
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
    /// Expected negative valence of a journey.
    pub hurt: f64,
    /// Standard error of that change.
    pub hurt_standard_error: Option<f64>,
    /// Valence that is likely to be remembered, half peak-end and half mean. Computed for the goal
    /// [`Goal::RaiseRemembered`](crate::Goal::RaiseRemembered), `None` otherwise.
    pub remembered: Option<f64>,
    /// Share of journeys that are unhappy, never heard, and end in churn; `None` where it is not proven exactly enough.
    pub silent_churn: Option<f64>,
    /// Cost to serve a journey, over the visits whose cost is stated; `None` where no touchpoint states one.
    pub cost: Option<f64>,
    /// Share of visits at touchpoints that state a cost: `cost` is the difference of two sums over these visits only.
    pub cost_coverage: CoverageChange,
    /// Expected value of a journey's ending, over the outcomes whose value is stated; `None` where none is stated.
    pub value: Option<f64>,
    /// Share of journeys that end with an outcome whose value is stated: `value` is over these journeys only.
    pub value_coverage: CoverageChange,
}

impl FixEffect {
    pub(super) fn new(
        flow: &Flow,
        changes: Changes,
        errors: Option<&Errors>,
        states_costs: bool,
    ) -> Self {
        let journey = flow.journey();
        let value = (!journey.values().is_empty()).then(|| {
            let worth = journey.values().iter().map(|(outcome, value)| {
                let mut known = changes.outcomes.iter();
                known
                    .find(|known| known.outcome == *outcome)
                    .map_or(0.0, |known| known.change * value)
            });
            worth.sum::<f64>()
        });
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
            hurt: changes.hurt,
            hurt_standard_error: errors.and_then(|errors| errors.hurt),
            remembered: remembered(THETA, changes.peak, changes.end, changes.mean),
            silent_churn: changes.silent_churn,
            // Beyond what a number holds, nothing can be told.
            cost: Some(changes.cost).filter(|cost| states_costs && cost.is_finite()),
            cost_coverage: changes.cost_coverage,
            value: value.filter(|value| value.is_finite()),
            value_coverage: changes.value_coverage,
            outcomes,
        }
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
