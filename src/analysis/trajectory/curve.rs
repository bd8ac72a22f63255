use crate::flow::{Feelings, Flow, mean};

/// One point of the emotional curve: the k-th moment of those journeys that have one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CurvePoint {
    /// Mean valence among journeys still under way, over those whose emotion is known; `None` where none is.
    pub mean: Option<f64>,
    /// Share of journeys still under way, in 0..=1.
    pub travelling: f64,
}

/// The curve ends when fewer journeys than this are under way ...
pub(super) const FEWEST: f64 = 0.01;
/// ... but has at least so many points where there are that many ...
pub(super) const AT_LEAST: usize = 3;
/// ... and at most so many.
const AT_MOST: usize = 50;

impl Flow {
    /// The curve, by walking all journeys at once step by step: O(m) a step.
    pub(super) fn curve(&self, feelings: &Feelings) -> Vec<CurvePoint> {
        let mut curve = Vec::new();
        let mut here = self.starts().to_vec();
        while curve.len() < AT_MOST {
            let travelling: f64 = here.iter().sum();
            if travelling <= 0.0 || (travelling < FEWEST && curve.len() >= AT_LEAST) {
                break;
            }
            let [mut known, mut pleasure, mut hurt] = [0.0; 3];
            for (touchpoint, &share) in here.iter().enumerate().filter(|&(_, &share)| share > 0.0) {
                let felt = &feelings.arriving(touchpoint).felt;
                known += share * felt.known;
                pleasure += share * felt.pleasure;
                hurt += share * felt.hurt;
            }
            curve.push(CurvePoint {
                mean: mean(pleasure, hurt, known),
                travelling: travelling.min(1.0),
            });
            here = self.step(&here);
        }
        curve
    }
}
