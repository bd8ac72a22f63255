use super::effect::FixEffect;
use crate::flow::{Flow, RememberedWeights, UNHAPPY};
use crate::journey::{CountedChange, CountedEffect, Outcome};

/// What is wanted of a fix.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Goal {
    /// Fewer journeys that end with this outcome.
    Reduce(Outcome),
    /// More journeys that end with this outcome.
    Raise(Outcome),
    /// A better feeling at the last moment.
    RaiseEnd,
    /// A better feeling on average.
    RaiseMean,
    /// A better memory: half peak-end, half mean.
    RaiseRemembered,
    /// Less bad feeling.
    ReduceHurt,
    /// Fewer customers who are unhappy, never heard, and leave.
    ReduceSilentChurn,
    /// More expected value of the endings, less the cost to serve; what is not stated counts for nothing.
    RaiseValue,
}

impl Goal {
    /// How far an effect comes towards the goal; negative where it leads away.
    pub(super) fn gain(&self, effect: &FixEffect) -> Option<f64> {
        // Adding zero turns -0 into 0.
        let gain = match self {
            Self::Reduce(outcome) => Some(-effect.change_of(outcome)),
            Self::Raise(outcome) => Some(effect.change_of(outcome)),
            Self::RaiseEnd => effect.end,
            Self::RaiseMean => effect.mean,
            Self::RaiseRemembered => effect.remembered,
            Self::ReduceHurt => effect.hurt.map(|change| -change),
            Self::ReduceSilentChurn => effect.silent_churn.map(|change| -change),
            Self::RaiseValue => value_for_money(effect.value, effect.cost),
        };
        gain.map(|gain| gain + 0.0)
    }

    /// How far an effect among customers of the same mood comes towards the goal.
    pub(super) fn adjusted(&self, effect: &CountedEffect) -> Option<CountedChange> {
        let turned = |known: CountedChange| CountedChange {
            change: 0.0 - known.change,
            ..known
        };
        let ends = |outcome| {
            let known = effect.outcome(outcome)?;
            Some(CountedChange {
                change: known.change,
                standard_error: known.standard_error,
            })
        };
        match self {
            Self::Reduce(outcome) => ends(outcome).map(turned),
            Self::Raise(outcome) => ends(outcome),
            Self::RaiseEnd => effect.end,
            Self::RaiseMean => effect.mean,
            Self::ReduceHurt => Some(turned(effect.hurt)),
            Self::RaiseRemembered | Self::ReduceSilentChurn | Self::RaiseValue => None,
        }
    }

    /// Where a journey stands before any fix.
    pub(super) fn now(&self, flow: &Flow) -> Option<f64> {
        match self {
            Self::Reduce(outcome) | Self::Raise(outcome) => Some(flow.probability(outcome)),
            Self::RaiseEnd => flow.end_valence(),
            Self::RaiseMean => flow.mean_valence(),
            Self::RaiseRemembered => {
                let (end, mean) = (flow.end_valence(), flow.mean_valence());
                RememberedWeights::default().of(flow.peak_valence(), end, mean)
            }
            Self::ReduceHurt => flow.mean_valence().map(|_| flow.hurt()),
            Self::ReduceSilentChurn => {
                let churn = flow.outcome_position(&Outcome::Churn);
                flow.hearing(UNHAPPY, churn).map(|hearing| hearing.silent)
            }
            Self::RaiseValue => {
                value_for_money(flow.worth_of_endings().sum(), flow.cost_to_serve().sum())
            }
        }
    }

    /// Standard error of the gain.
    pub(super) fn standard_error(&self, effect: &FixEffect) -> Option<f64> {
        match self {
            Self::Reduce(outcome) | Self::Raise(outcome) => effect.outcome(outcome)?.standard_error,
            Self::RaiseEnd => effect.end_standard_error,
            Self::RaiseMean => effect.mean_standard_error,
            Self::ReduceHurt => effect.hurt_standard_error,
            Self::RaiseRemembered | Self::ReduceSilentChurn | Self::RaiseValue => None,
        }
    }

    /// The least and the greatest that a gain can be.
    pub(super) fn bounds(&self) -> (f64, f64) {
        match self {
            Self::Reduce(_) | Self::Raise(_) | Self::ReduceSilentChurn => (-1.0, 1.0),
            Self::RaiseEnd | Self::RaiseMean | Self::RaiseRemembered => (-2.0, 2.0),
            Self::ReduceHurt | Self::RaiseValue => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    pub(super) fn needs_peak(&self) -> bool {
        *self == Self::RaiseRemembered
    }
}

/// What endings are worth, less what serving costs; what is not stated counts for nothing.
fn value_for_money(value: Option<f64>, cost: Option<f64>) -> Option<f64> {
    match (value, cost) {
        (None, None) => None,
        (value, cost) => Some(value.unwrap_or(0.0) - cost.unwrap_or(0.0)),
    }
}
