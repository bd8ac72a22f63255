//! Journeys shared out equally among their visits, over all paths and loops.
//!
//! A journey of `L` visits, among those that count, gives `1 / L` to each of them. As `1 / L` is the integral of `z^(L - 1)` for z
//! from 0 to 1, what touchpoint i receives of the journeys that end with w is
//!
//! ```text
//! integral over z of u_i(z) g_i(z)
//!
//! u(z) = s (I - P_z)^-1      arrivals, where each visit that counts is survived with chance z
//! g_i(z)                     chance of ending with w from i on, where each later visit that counts is survived with chance z
//! ```
//!
//! It is taken by the rule of Gauss and Legendre between points that halve the distance to z = 1, where journeys of any length
//! survive. Everything in it is positive.

use super::stopped::{Proven, is_proven};
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::Flow;

/// Places and weights of the rule on 0..=1. With ten places it is right to all digits of a number on intervals no longer than
/// their distance from where the integrand ceases to be smooth.
const RULE: [(f64, f64); 10] = [
    (0.013_046_735_741_414_128, 0.033_335_672_154_344_07),
    (0.067_468_316_655_507_73, 0.074_725_674_575_290_2),
    (0.160_295_215_850_487_78, 0.109_543_181_257_991),
    (0.283_302_302_935_376_4, 0.134_633_359_654_998_26),
    (0.425_562_830_509_184_4, 0.147_762_112_357_376_4),
    (0.574_437_169_490_815_6, 0.147_762_112_357_376_4),
    (0.716_697_697_064_623_6, 0.134_633_359_654_998_26),
    (0.839_704_784_149_512_2, 0.109_543_181_257_991),
    (0.932_531_683_344_492_3, 0.074_725_674_575_290_2),
    (0.986_953_264_258_585_9, 0.033_335_672_154_344_07),
];

impl Flow {
    /// The intervals of the distance to z = 1. They shrink until the last one is no longer than the distance from there to
    /// the next greater z at which visits would grow without end, which is at least one over the expected length of what
    /// is left of a journey, wherever it is.
    fn intervals(&self) -> Vec<(f64, f64)> {
        let left = (0..self.starts.len()).map(|touchpoint| self.left_at(touchpoint).0);
        let longest = left.fold(1.0, f64::max);
        let mut intervals = Vec::new();
        let mut far = 1.0;
        while far * longest > 1.0 {
            intervals.push((0.5 * far, far));
            far *= 0.5;
        }
        intervals.push((0.0, far));
        intervals
    }

    /// How much work [`Flow::equal_shares`] is, in multiplications and steps.
    pub(crate) fn sharing_work(&self) -> f64 {
        3.0 * (RULE.len() * self.intervals().len()) as f64 * self.layer_work()
    }

    /// For each of some touchpoints, the expected share of its visits among those to all of them, summed over the
    /// journeys that end with an outcome: together the chance to end so and meet any of them.
    pub(crate) fn equal_shares(&self, among: &[u32], outcome: usize) -> Proven {
        let mut counts = vec![false; self.moments.len()];
        for &touchpoint in among {
            for moment in self.moments.at(touchpoint as usize) {
                counts[moment.position] = true;
            }
        }
        let mut shares = Proven {
            values: vec![0.0; among.len()],
            error_bound: 0.0,
        };
        let mut stopped = self.stopped(|_| Kept::ALL);
        for (near, far) in self.intervals() {
            for (place, weight) in RULE {
                let out = near + (far - near) * place;
                let on = 1.0 - out;
                let keep = |moment: &Moment<'_>| {
                    if counts[moment.position] {
                        Kept { on, out }
                    } else {
                        Kept::ALL
                    }
                };
                stopped.restart(keep);
                let visits = stopped.visits_from_start();
                let ends =
                    self.per_visit(|moment| keep(moment).on * moment.chance_of(outcome, |_| 0.0));
                let after = stopped.values(ends, 1);
                let bound = visits.error_bound + after.error_bound;
                shares.error_bound = shares.error_bound.max(bound);
                if !is_proven(bound) {
                    return shares;
                }
                for (share, &touchpoint) in shares.values.iter_mut().zip(among) {
                    let touchpoint = touchpoint as usize;
                    // What comes after counts this visit too.
                    let after = after.values[touchpoint] / on;
                    *share += (far - near) * weight * visits.values[touchpoint] * after;
                }
            }
        }
        shares
    }
}
