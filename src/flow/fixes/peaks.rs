//! What fixes do to the peak, the most intense valence that a journey meets.
//!
//! Let `T_p` be the chance that a journey meets no known emotion beyond level p, in the order of intensity. Then the mean of
//! the peak is `sum of valence_p (T_p - T_(p-1)) / (1 - T_unknown)`, and an update of rank one changes each T exactly. The
//! chains are made one after the other, so that only one of them is held.

use super::alteration::Alteration;
use super::update::TOO_LITTLE;
use crate::flow::follow::is_proven;
use crate::flow::follow::passing::{Passing, Pays};
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::Flow;
use crate::journey::FixKind;

/// How a fix changes one T; `None` where that cannot be told exactly enough.
type Change = Option<f64>;

impl Flow {
    /// What each fix changes in the mean of the peak, after minus before; `None` where that cannot be told exactly
    /// enough by an update, or where no emotion is known.
    pub(crate) fn peak_changes(&self, fixes: &[Alteration]) -> Vec<Option<f64>> {
        let levels = self.levels_of_extremes();
        let order = levels.by_intensity();
        let mut rank_of = vec![0; order.len()];
        for (rank, &level) in order.iter().enumerate() {
            rank_of[level] = rank;
        }
        // What fixes lift to 0 comes before all of these, so ranks begin with 1.
        let rank = |level: u32| 1 + rank_of[levels.class(level)];
        let unknown = self.quiet(fixes, 0, &rank, false);
        let mut before = self.quiet(fixes, 0, &rank, true);
        let mut met = Totals::new(fixes.len());
        for (place, &level) in order.iter().enumerate() {
            let now = if place + 1 == order.len() {
                // Beyond the last level there is nothing.
                Totals {
                    total: 1.0,
                    changes: vec![Some(0.0); fixes.len()],
                    error_bound: 0.0,
                }
            } else {
                self.quiet(fixes, place + 1, &rank, true)
            };
            met.add(levels.valences[level], &now, &before);
            before = now;
        }
        // Where hardly any journey meets a known emotion, the difference to 1 is rounding.
        let known = 1.0 - unknown.total;
        let is_told = |known: f64| known >= TOO_LITTLE && is_proven(met.error_bound);
        let changes = met.changes.iter().zip(&unknown.changes);
        changes
            .map(|(met_change, unknown_change)| {
                let known_after = known - (*unknown_change)?;
                (is_told(known) && is_told(known_after))
                    .then_some((met.total + (*met_change)?) / known_after - met.total / known)
            })
            .collect()
    }

    /// The chance of meeting nothing beyond a rank, and how each fix changes it. Where `lifts` is false, what is lifted
    /// still counts as met.
    fn quiet(
        &self,
        fixes: &[Alteration],
        reached: usize,
        rank: &impl Fn(u32) -> usize,
        lifts: bool,
    ) -> Totals {
        let parts = (0..self.moments.len()).map(|position| {
            let moment = self.moments.moment(position);
            let mut parts = [moment.unknown, 0.0];
            for &(level, share) in moment.shades {
                parts[usize::from(rank(level) > reached)] += share;
            }
            let [on, out] = parts;
            Kept { on, out }
        });
        let passing = Passing::new(self, parts.collect(), Pays::Any);
        let lifted = |moment: &Moment<'_>| -> f64 {
            let negative = moment.shades.iter().filter(|(level, _)| {
                lifts && rank(*level) > reached && self.moments.levels()[*level as usize] < 0.0
            });
            negative.map(|(_, share)| share).sum()
        };
        let changes = fixes.iter().map(|&altered| {
            passing.change(altered.touchpoint, |moment, on| match altered.kind {
                FixKind::KeepPromise => altered.share(&self.moments, moment) * on,
                FixKind::LiftEmotion => moment.share * (on + lifted(moment)),
                // What is raised has levels of its own: it is solved by itself.
                FixKind::Raise | FixKind::Listen => moment.share * on,
            })
        });
        Totals {
            changes: changes.collect(),
            total: passing.total,
            error_bound: passing.error_bound,
        }
    }
}

/// A chance, and how each fix changes it.
struct Totals {
    total: f64,
    changes: Vec<Change>,
    error_bound: f64,
}

impl Totals {
    fn new(fixes: usize) -> Self {
        Self {
            total: 0.0,
            changes: vec![Some(0.0); fixes],
            error_bound: 0.0,
        }
    }

    /// Adds a valence times the difference of two chances.
    fn add(&mut self, valence: f64, now: &Self, before: &Self) {
        self.total += valence * (now.total - before.total);
        self.error_bound = self
            .error_bound
            .max(now.error_bound)
            .max(before.error_bound);
        for ((sum, now), before) in self
            .changes
            .iter_mut()
            .zip(&now.changes)
            .zip(&before.changes)
        {
            *sum = match (*sum, now, before) {
                (Some(sum), Some(now), Some(before)) => Some(sum + valence * (now - before)),
                _ => None,
            };
        }
    }
}
