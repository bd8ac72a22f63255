//! What is likely to be remembered of a journey.

use super::conditions::mean_of;
use crate::flow::moments::To;
use crate::flow::solved::Flow;

/// How much of what is remembered is peak-end rather than the mean, where nobody says otherwise: a meta-analysis of 174
/// effects finds both equally good at predicting it (Alaybek et al. 2022).
pub(crate) const THETA: f64 = 0.5;

/// The mean of the peak and the end: what is remembered by Kahneman's rule.
pub(crate) fn peak_end(peak: Option<f64>, end: Option<f64>) -> Option<f64> {
    peak.zip(end).map(|(peak, end)| f64::midpoint(peak, end))
}

/// What is likely to be remembered, theta of it peak-end and the rest the mean; or, as it is linear, the change of that
/// from the changes of its parts.
pub(crate) fn remembered(
    theta: f64,
    peak: Option<f64>,
    end: Option<f64>,
    mean: Option<f64>,
) -> Option<f64> {
    let (peak_end, mean) = peak_end(peak, end).zip(mean)?;
    Some(theta * peak_end + (1.0 - theta) * mean)
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
