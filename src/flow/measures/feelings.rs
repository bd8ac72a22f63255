//! What is felt at each moment, in the few numbers that questions need.

use super::valences::Felt;
use crate::flow::moments::Moments;
use crate::journey::PromiseResult;

/// What is felt at every moment and every state.
#[derive(Debug)]
pub(crate) struct Feelings {
    /// By position of the moment; weights are shares of its visits.
    felt: Vec<Felt>,
    /// By state, over its moments.
    arriving: Vec<Arriving>,
}

/// What is met on arriving, before its promise is tested.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Arriving {
    /// What is felt; weights are shares of visits.
    pub(crate) felt: Felt,
    /// Share of visits that find the promise broken.
    pub(crate) broken: f64,
}

impl Feelings {
    pub(crate) fn new(moments: &Moments) -> Self {
        let levels = moments.levels();
        let mut felt = Vec::with_capacity(moments.len());
        let mut arriving = Vec::with_capacity(moments.states());
        for state in 0..moments.states() {
            let mut here = Arriving::default();
            for moment in moments.at(state) {
                if moment.result == Some(PromiseResult::Broken) {
                    here.broken += moment.share;
                }
                let shades = moment.shades.iter();
                let mut of =
                    Felt::of(shades.map(|&(level, share)| (levels[level as usize], share)));
                if of.known > 0.0 {
                    // Free of the rounding of the sum of shares.
                    of.known = moment.known();
                }
                here.felt.join(moment.share, &of);
                felt.push(of);
            }
            arriving.push(here);
        }
        Self { felt, arriving }
    }

    /// What is felt at a moment, by its position; `None` where the emotion is unknown.
    pub(crate) fn felt(&self, moment: usize) -> Option<&Felt> {
        self.felt.get(moment).filter(|felt| felt.known > 0.0)
    }

    /// Known share, mean and variance at a moment; `None` where the emotion is unknown.
    pub(crate) fn moments_of(&self, moment: usize) -> Option<(f64, f64, f64)> {
        let felt = self.felt(moment)?;
        Some((felt.known, felt.mean()?, felt.variance()?))
    }

    /// What is met on arriving at a state.
    pub(crate) fn arriving(&self, state: usize) -> &Arriving {
        &self.arriving[state]
    }
}
