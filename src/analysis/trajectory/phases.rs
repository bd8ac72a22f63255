use crate::flow::Flow;
use crate::journey::Phase;

/// What a phase feels like.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PhaseFigures {
    /// Before, during or after.
    pub phase: Phase,
    /// Share of journeys that enter the phase, in 0..=1.
    pub reach: f64,
    /// Expected number of moments in it.
    pub moments: f64,
    /// Share of these whose emotion is known, in 0..=1; `None` where there are no moments.
    pub coverage: Option<f64>,
    /// Mean valence of the moments of known emotion.
    pub mean: Option<f64>,
    /// Standard deviation of their valence.
    pub sd: Option<f64>,
    /// Share of them above 0.1.
    pub positive: Option<f64>,
    /// Share of them from -0.1 to 0.1.
    pub neutral: Option<f64>,
    /// Share of them below -0.1.
    pub negative: Option<f64>,
}

impl Flow {
    /// Before, during and after, and the greatest bound on the relative error of their reach.
    pub(super) fn phases(&self) -> (Vec<PhaseFigures>, f64) {
        let phases: Vec<_> = Phase::ALL.iter().map(|&phase| self.phase(phase)).collect();
        let bound = phases.iter().map(|(_, bound)| *bound).fold(0.0, f64::max);
        (
            phases.into_iter().map(|(figures, _)| figures).collect(),
            bound,
        )
    }

    fn phase(&self, phase: Phase) -> (PhaseFigures, f64) {
        let states = self.states_where(|touchpoint| touchpoint.phase == phase);
        let mixture = self.mixture(|touchpoint| touchpoint.phase == phase);
        let reach = self.meets_any(&states);
        let figures = PhaseFigures {
            phase,
            reach: reach.value,
            moments: mixture.moments,
            coverage: mixture.coverage,
            mean: mixture.mean,
            sd: mixture.sd,
            positive: mixture.positive,
            neutral: mixture.neutral,
            negative: mixture.negative,
        };
        (figures, reach.error_bound)
    }
}
