//! How sure the figures are.

mod buckets;
pub(crate) mod told;

use crate::flow::{Basis, Flow, NoErrorBars, Z};
use crate::journey::{CountedFigure, CountedName, Outcome};

/// How far the counts behind a journey leave its figures in doubt.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ErrorBars {
    /// Why there are none; `None` where there are.
    pub missing: Option<NoErrorBars>,
    /// Where they come from: from whole journeys (or customers), or from the counts of a map by the delta method.
    pub basis: Basis,
    /// Buckets of journeys that they come from, one left out at a time
    /// ([`Flow::error_bars_by_buckets`]); `None` where that is not so.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub buckets: Option<u64>,
    /// The chance of each outcome, in the order of their names.
    pub outcomes: Vec<OutcomeEstimate>,
    /// The reach of each touchpoint, in the order of the map; empty where the map is so large that a chain for each
    /// touchpoint would go on and on.
    pub reach: Vec<ReachEstimate>,
    /// Mean valence over all moments.
    pub mean: Option<Estimate>,
    /// Mean valence of the last moment.
    pub end: Option<Estimate>,
    /// Expected negative valence of a journey; `None` where no emotion is known.
    pub hurt: Option<Estimate>,
}

/// A figure with its standard error and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The 95 % interval, from and to. For a probability of the map it is made on the logit scale, so that it stays within 0
    /// and 1, and `None` for one that is 0 or 1, of which such counts cannot tell how sure it is; for one counted on whole journeys
    /// it is Wilson's.
    pub interval: Option<(f64, f64)>,
}

/// The chance of an outcome with its error bar.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OutcomeEstimate {
    /// The outcome.
    pub outcome: Outcome,
    /// Its chance.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub estimate: Estimate,
}

/// The reach of a touchpoint with its error bar.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReachEstimate {
    /// The touchpoint's id.
    pub id: String,
    /// Its reach.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub estimate: Estimate,
}

/// Shares are right to this.
const ROUNDING: f64 = 1e-12;

impl Estimate {
    /// So many standard errors wide to either side, on the logit scale.
    fn chance(value: f64, standard_error: f64, deviations: f64) -> Self {
        let spread = value * (1.0 - value);
        // By the order of touchpoints a reach of 1 may come out a few roundings below.
        let is_sure = value <= 0.0 || 1.0 - value <= ROUNDING;
        let interval = (!is_sure).then(|| {
            let half = deviations * standard_error / spread;
            let odds = value / (1.0 - value);
            let at = |factor: f64| {
                let odds = odds * factor.exp();
                if odds.is_finite() {
                    odds / (1.0 + odds)
                } else {
                    1.0
                }
            };
            (at(-half), at(half))
        });
        Self {
            value,
            standard_error,
            interval,
        }
    }

    /// `None` where its standard error was not to be had.
    fn counted(figure: &CountedFigure) -> Option<Self> {
        Some(Self {
            value: figure.value,
            standard_error: figure.standard_error?,
            interval: figure.low.zip(figure.high),
        })
    }

    /// So far to either side.
    fn number(value: f64, half: f64, standard_error: f64, (lowest, highest): (f64, f64)) -> Self {
        Self {
            value,
            standard_error,
            interval: Some(((value - half).max(lowest), (value + half).min(highest))),
        }
    }
}

impl Flow {
    /// Standard errors and 95 % intervals by the delta method, where every touchpoint that journeys come to is
    /// [observed](crate::Evidence::Observed): its weights are counts of real visits. Ways onward and feelings are taken as
    /// multinomial, promise results as binomial. Where a part is assumed there is no error bar, and `missing` says why.
    ///
    /// Where a flow [answers with what was counted](Flow::basis) on whole journeys, these are the units: feelings of one journey go
    /// together, and so the intervals are wider and hold. The counts of a log are taken to be complete and its journeys independent of each other. Where fewer than about
    /// 30 were counted, read the intervals as too narrow.
    ///
    /// # Complexity
    /// One pass over the map for each figure; for the reach, an elimination for each touchpoint, and none at all where
    /// that would take more than some seconds.
    ///
    /// ```
    /// use customer_journey::{Channel, Evidence, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Counted")
    ///     .touchpoint(
    ///         Touchpoint::new("call", Phase::During, Channel::Phone)
    ///             .ends(Outcome::Churn, 20.0)
    ///             .ends(Outcome::Loyalty, 80.0)
    ///             .evidence(Evidence::Observed),
    ///     )
    ///     .build()?
    ///     .flow()?;
    /// let churn = flow.error_bars().outcomes[0].estimate;
    /// assert!((churn.standard_error - 0.04).abs() < 1e-12);    // sqrt(0.2 * 0.8 / 100)
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn error_bars(&self) -> ErrorBars {
        if self.basis() == Basis::Counted {
            return self.counted_error_bars();
        }
        let mut bars = ErrorBars {
            missing: self.not_counted(),
            basis: Basis::Modelled,
            buckets: None,
            outcomes: Vec::new(),
            reach: Vec::new(),
            mean: None,
            end: None,
            hurt: None,
        };
        let Some(errors) = self.errors() else {
            return bars;
        };
        for share in self.outcomes() {
            if let Some(standard_error) = share.standard_error {
                bars.outcomes.push(OutcomeEstimate {
                    estimate: Estimate::chance(share.probability, standard_error, Z),
                    outcome: share.outcome,
                });
            }
        }
        for (traffic, &error) in self.traffic().zip(&self.errors_of_reach_told()) {
            if let Some((reach, error)) = traffic.reach.zip(error) {
                bars.reach.push(ReachEstimate {
                    id: traffic.touchpoint.id.clone(),
                    estimate: Estimate::chance(reach, error, Z),
                });
            }
        }
        let valence =
            |(value, error): (f64, f64)| Estimate::number(value, Z * error, error, (-1.0, 1.0));
        bars.mean = self.mean_valence().zip(errors.mean).map(valence);
        bars.end = self.end_valence().zip(errors.end).map(valence);
        let hurt = bars.mean.and(errors.hurt);
        bars.hurt =
            hurt.map(|error| Estimate::number(self.hurt(), Z * error, error, (0.0, f64::INFINITY)));
        bars
    }

    /// By journeys or customers, whichever were counted.
    fn counted_error_bars(&self) -> ErrorBars {
        let estimate = |figure, of: &[&str]| Estimate::counted(self.counted(figure, of)?);
        let outcomes = self.outcomes().into_iter().filter_map(|share| {
            Some(OutcomeEstimate {
                estimate: estimate(CountedName::Outcome, &[share.outcome.as_str()])?,
                outcome: share.outcome,
            })
        });
        let reach = self.journey().touchpoints().filter_map(|touchpoint| {
            Some(ReachEstimate {
                id: touchpoint.id.clone(),
                estimate: estimate(CountedName::Reach, &[&touchpoint.id])?,
            })
        });
        ErrorBars {
            missing: None,
            basis: Basis::Counted,
            buckets: None,
            outcomes: outcomes.collect(),
            reach: reach.collect(),
            mean: estimate(CountedName::Mean, &[]),
            end: estimate(CountedName::End, &[]),
            hurt: estimate(CountedName::Hurt, &[]),
        }
    }
}
