//! What is felt at each moment, in the few numbers that questions need.

use super::moments::Moments;
use crate::journey::PromiseResult;

/// Mean and spread of the valence at every moment.
#[derive(Debug)]
pub(crate) struct Feelings {
    /// By position of the moment; `None` where the emotion is unknown.
    felt: Vec<Option<ShadeFeeling>>,
    /// By touchpoint, over its moments of known emotion.
    arriving: Vec<Arriving>,
}

/// What is felt at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ShadeFeeling {
    /// Share of visits whose emotion is known, above 0. Mean and variance are over these.
    pub(crate) known: f64,
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

/// What is felt on arriving at a touchpoint, before its promise is tested.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Arriving {
    /// Share of visits whose emotion is known.
    pub(crate) known: f64,
    /// Mean valence over those, times their share.
    pub(crate) sum: f64,
    /// Expected negative valence of a visit.
    pub(crate) hurt: f64,
    /// Share of visits that find the promise broken.
    pub(crate) broken: f64,
}

impl Arriving {
    pub(crate) fn mean(&self) -> Option<f64> {
        (self.known > 0.0).then(|| self.sum / self.known)
    }
}

impl Feelings {
    pub(crate) fn new(moments: &Moments) -> Self {
        let levels = moments.levels();
        let mut felt = Vec::with_capacity(moments.len());
        let mut arriving = Vec::with_capacity(moments.touchpoints());
        for touchpoint in 0..moments.touchpoints() {
            let mut sums = Arriving::default();
            for moment in moments.at(touchpoint) {
                let valences = || {
                    moment
                        .shades
                        .iter()
                        .map(|&(level, share)| (levels[level as usize], share))
                };
                if moment.result == Some(PromiseResult::Broken) {
                    sums.broken += moment.share;
                }
                if moment.shades.is_empty() {
                    felt.push(None);
                    continue;
                }
                let known = moment.known();
                let mean = mean(valences(), known);
                let hurt = valences().map(|(valence, share)| share * (-valence).max(0.0));
                let spread = valences().map(|(valence, share)| share * (valence - mean).powi(2));
                felt.push(Some(ShadeFeeling {
                    known,
                    mean,
                    variance: spread.sum::<f64>() / known,
                }));
                sums.known += moment.share * known;
                sums.sum += moment.share * known * mean;
                sums.hurt += moment.share * hurt.sum::<f64>();
            }
            arriving.push(sums);
        }
        Self { felt, arriving }
    }

    /// What is felt at a moment, by its position.
    pub(crate) fn felt(&self, moment: usize) -> Option<ShadeFeeling> {
        self.felt[moment]
    }

    /// What is felt on arriving at a touchpoint.
    pub(crate) fn arriving(&self, touchpoint: usize) -> Arriving {
        self.arriving[touchpoint]
    }
}

/// A single valence is its own mean, free of rounding.
fn mean(mut valences: impl Iterator<Item = (f64, f64)> + Clone, known: f64) -> f64 {
    let weighted = valences
        .clone()
        .map(|(valence, share)| valence * share)
        .sum::<f64>()
        / known;
    match (valences.next(), valences.next()) {
        (Some((only, _)), None) => only,
        _ => weighted,
    }
}
