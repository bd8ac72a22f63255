//! What is likely to be remembered of a journey.

use super::conditions::mean_of;
use crate::flow::moments::To;
use crate::flow::solved::Flow;

/// How much the mean, the peak and the end of a journey count in what is likely to be remembered; together 1. Half the mean, a
/// quarter the peak and a quarter the end where nobody says otherwise.
///
/// A meta-analysis of 174 effects finds peak-end and the mean equally good at predicting what is remembered (Alaybek et al.
/// 2022). In rated dialogues the mean and the end alone do better, and the peak takes from it: for these `new(0.5, 0.0, 0.5)`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RememberedWeights {
    /// The mean of all moments, in 0..=1.
    pub mean: f64,
    /// The most intense moment, in 0..=1.
    pub peak: f64,
    /// The last moment, in 0..=1.
    pub end: f64,
}

impl RememberedWeights {
    /// Weights as shares of their sum: `new(2.0, 1.0, 1.0)` is the default. What is below 0 or no number counts as 0, and where
    /// nothing is above it the default is taken.
    ///
    /// ```
    /// use customer_journey::flow::RememberedWeights;
    /// assert_eq!(RememberedWeights::new(2.0, 1.0, 1.0), RememberedWeights::default());
    /// assert_eq!(RememberedWeights::new(1.0, 0.0, 1.0).end, 0.5);
    /// ```
    #[must_use]
    pub fn new(mean: f64, peak: f64, end: f64) -> Self {
        let least = |weight: f64| {
            if weight > 0.0 && weight.is_finite() {
                weight
            } else {
                0.0
            }
        };
        let (mean, peak, end) = (least(mean), least(peak), least(end));
        // Halves of halves, so that no sum is beyond what a number holds.
        let sum = mean / 4.0 + peak / 4.0 + end / 4.0;
        if sum <= 0.0 {
            return Self::default();
        }
        let part = |weight: f64| weight / 4.0 / sum;
        Self {
            mean: part(mean),
            peak: part(peak),
            end: part(end),
        }
    }

    /// What is remembered, from its parts; or, as it is linear, its change from the changes of its parts. `None` where a part
    /// that counts is unknown.
    pub(crate) fn of(self, peak: Option<f64>, end: Option<f64>, mean: Option<f64>) -> Option<f64> {
        let parts = [(self.mean, mean), (self.peak, peak), (self.end, end)];
        let mut counting = parts.into_iter().filter(|&(weight, _)| weight > 0.0);
        counting.try_fold(0.0, |sum, (weight, part)| Some(sum + weight * part?))
    }
}

impl Default for RememberedWeights {
    fn default() -> Self {
        Self {
            mean: 0.5,
            peak: 0.25,
            end: 0.25,
        }
    }
}

/// The mean of the peak and the end: what is remembered by Kahneman's rule.
pub(crate) fn peak_end(peak: Option<f64>, end: Option<f64>) -> Option<f64> {
    peak.zip(end).map(|(peak, end)| f64::midpoint(peak, end))
}

impl Flow {
    /// Root mean square change of valence over steps between two moments of known emotion, 0 to 2; `None` where there is
    /// no such step.
    pub(crate) fn swing(&self) -> Option<f64> {
        let feelings = self.feelings();
        let (mut changes, mut squares) = (0.0, 0.0);
        for (touchpoint, moment) in self.visited() {
            let Some((here, mean, variance)) = feelings.moments_of(moment.position) else {
                continue;
            };
            for way in moment.ways {
                let To::State(to) = way.to() else {
                    continue;
                };
                let flow = self.visits[touchpoint] * moment.share * here * way.p;
                for next in self.moments.at(to as usize) {
                    let Some((there, next_mean, next_variance)) =
                        feelings.moments_of(next.position)
                    else {
                        continue;
                    };
                    // Both valences are drawn independently, so their variances add.
                    let square = (next_mean - mean).powi(2) + variance + next_variance;
                    let both = flow * next.share * there;
                    changes += both;
                    squares += both * square;
                }
            }
        }
        mean_of(squares, changes).map(f64::sqrt)
    }
}
