use crate::flow::{Changes, Errors, Flow};
use crate::journey::Outcome;

/// What a fix changes, after minus before: exact, over all paths and loops.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Effect {
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
    /// Expected value of a journey's ending, over the outcomes whose value is stated; `None` where none is stated.
    pub value: Option<f64>,
}

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

/// How much of `remembered` is peak-end rather than the mean, as in the trajectory's default.
const THETA: f64 = 0.5;

impl Effect {
    pub(super) fn new(flow: &Flow, changes: Changes, errors: Option<Errors>) -> Self {
        let journey = flow.journey();
        let value = (!journey.values().is_empty()).then(|| {
            let worth = journey.values().iter().map(|(outcome, value)| {
                let changed = changes.outcomes.iter().find(|(known, _)| known == outcome);
                changed.map_or(0.0, |(_, change)| change * value)
            });
            worth.sum()
        });
        let states_cost = journey
            .touchpoints()
            .any(|touchpoint| touchpoint.cost.is_some());
        let of_outcome = |place: usize| errors.as_ref()?.outcomes.get(place).copied();
        let remembered = changes.peak.zip(changes.end).zip(changes.mean);
        Self {
            mean: changes.mean,
            mean_standard_error: errors.as_ref().and_then(|errors| errors.mean),
            end: changes.end,
            end_standard_error: errors.as_ref().and_then(|errors| errors.end),
            hurt: changes.hurt,
            hurt_standard_error: errors.as_ref().map(|errors| errors.hurt),
            remembered: remembered
                .map(|((peak, end), mean)| THETA * f64::midpoint(peak, end) + (1.0 - THETA) * mean),
            silent_churn: changes.silent_churn,
            cost: states_cost.then_some(changes.cost),
            value,
            outcomes: (0..)
                .zip(changes.outcomes)
                .map(|(place, (outcome, change))| OutcomeChange {
                    outcome,
                    change,
                    standard_error: of_outcome(place),
                })
                .collect(),
        }
    }

    /// The change of the chance of one outcome; 0 for an outcome that the journey does not have.
    #[must_use]
    pub fn change_of(&self, outcome: &Outcome) -> f64 {
        self.outcome(outcome).map_or(0.0, |known| known.change)
    }

    pub(super) fn outcome(&self, outcome: &Outcome) -> Option<&OutcomeChange> {
        self.outcomes.iter().find(|known| known.outcome == *outcome)
    }
}
