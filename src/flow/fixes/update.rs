//! What a single fix changes: an update of rank one.
//!
//! | symbol | meaning |
//! |---|---|
//! | `w_r`, `w'_r` | chance that a visit to touchpoint k is its moment r and is followed on, before and after the fix |
//! | `u` | what is earned from each touchpoint on, before the fix |
//! | `U_r` | what moment r earns with all that follows |
//! | `f_j` | chance of coming to k from j on, `N_jk / N_kk` |
//!
//! Only the row of k changes, so what happens between two visits to k stays as it was. Of the journeys that come to k
//! at all, each visit now comes back with the chance `sum of w'_r P_rj f_j`; hence
//!
//! ```text
//! visits after   v' = reach / (1 - sum of w'_r P_rj f_j)
//! effect         v' * sum of (w'_r - w_r) U_r
//! ```
//!
//! which is the Sherman-Morrison formula (1950) read as a journey.

use super::alteration::Alteration;
use crate::chain::{Factor, SelectedInverse};
use crate::flow::measures::sums::{JourneySums, Sum, SumChange};
use crate::flow::moments::Moment;
use crate::flow::solved::Flow;
use crate::journey::FixKind;

/// Where fewer journeys than this share leave a touchpoint for good at each visit, too many digits are lost in the
/// difference, and the chain is solved again.
const LEAVES: f64 = 1e-4;

/// What is left of a sum is told by an update only if it is at least this part of it.
pub(super) const TOO_LITTLE: f64 = 1e-4;

impl Flow {
    /// Expected visits to a touchpoint once a visit is followed on as each of its moments with other chances; `None`
    /// where that cannot be told from this flow alone, or not exactly enough.
    pub(crate) fn visits_once(
        &self,
        touchpoint: usize,
        visits: f64,
        (factor, inverse): (&Factor, &SelectedInverse),
        chance: impl Fn(&Moment<'_>) -> f64,
    ) -> Option<f64> {
        let repeats = inverse.diagonal(touchpoint)?;
        let mut comes_back = 0.0;
        for moment in self.moments.at(touchpoint) {
            let chance = chance(&moment);
            for (to, p) in moment.onward().filter(|_| chance > 0.0) {
                let back = inverse.entry(factor, to as usize, touchpoint)?;
                comes_back += chance * p * back / repeats;
            }
        }
        let leaves = 1.0 - comes_back;
        (leaves > LEAVES).then(|| visits / repeats / leaves)
    }

    /// Writes into `change` what a fix changes in all [`Sums`](crate::flow::measures::sums::Sums), after minus before; `None` where that
    /// cannot be told from this flow alone, or not exactly enough.
    pub(crate) fn altered_sums(&self, altered: Alteration, change: &mut SumChange) -> Option<()> {
        let Alteration { touchpoint, kind } = altered;
        change.outcomes.fill(0.0);
        change.sums = JourneySums::default();
        if !self.is_reached(touchpoint) || kind == FixKind::Listen {
            return Some(());
        }
        if kind == FixKind::Raise {
            // Its levels are not those of this flow.
            return None;
        }
        let visits = if kind == FixKind::LiftEmotion {
            self.visits[touchpoint]
        } else {
            let broken = self.moments.broken(touchpoint);
            if broken <= 0.0 {
                return Some(());
            }
            if !altered.is_drawn(&self.moments) {
                return None;
            }
            let solved = (&*self.factor, &*self.inverse);
            let chance = |moment: &Moment<'_>| altered.share(&self.moments, moment);
            self.visits_once(touchpoint, self.visits[touchpoint], solved, chance)?
        };
        for moment in self.moments.at(touchpoint) {
            if kind == FixKind::LiftEmotion {
                let [_, hurt, _] = self.felt_sums(&moment, None);
                let hurt = hurt * moment.share;
                change.sums[Sum::Hurt as usize] -= hurt;
                change.sums[Sum::LastHurt as usize] -= hurt * moment.ends();
            } else {
                let more = altered.share(&self.moments, &moment) - moment.share;
                self.add_worth(touchpoint, &moment, more, change);
            }
        }
        for amount in change.outcomes.iter_mut().chain(&mut change.sums) {
            // What is less than a number can hold is 0, and not -0.
            *amount = *amount * visits + 0.0;
        }
        Some(())
    }

    /// What a whole journey adds up after a change; `None` where that is mostly rounding.
    pub(crate) fn sums_after(&self, change: &SumChange) -> Option<JourneySums> {
        let before = self.journey_sums();
        let mut after = *before;
        for (after, change) in after.iter_mut().zip(&change.sums) {
            *after += change;
        }
        // Where hardly anything is known any more, what is left of it is rounding; and so with visits, which may
        // also be more than numbers hold.
        let measures = [
            &[Sum::Known][..],
            &[Sum::LastKnown],
            &[Sum::Costed, Sum::Uncosted],
        ];
        let told = measures.iter().all(|measure| {
            let total = |sums: &JourneySums| measure.iter().map(|&sum| sums[sum as usize]).sum();
            let (was, is): (f64, f64) = (total(before), total(&after));
            is >= TOO_LITTLE * was && is.is_finite()
        });
        told.then_some(after)
    }

    /// Visits to all touchpoints after a fix; `None` where that cannot be told from this flow alone, or not exactly enough.
    pub(crate) fn altered_visits(&self, altered: Alteration) -> Option<Vec<f64>> {
        let touchpoint = altered.touchpoint;
        let chance = |moment: &Moment<'_>| altered.share(&self.moments, moment);
        let solved = (&*self.factor, &*self.inverse);
        let after = self.visits_once(touchpoint, self.visits[touchpoint], solved, chance)?;
        // What goes on from there in another way than before.
        let mut more = vec![0.0; self.visits.len()];
        for moment in self.moments.at(touchpoint) {
            let times = after * (chance(&moment) - moment.share);
            for (to, p) in moment.onward().filter(|_| times != 0.0) {
                more[to as usize] += times * p;
            }
        }
        self.factor.solve_transposed(&mut more);
        for (more, &visits) in more.iter_mut().zip(&*self.visits) {
            *more = (*more + visits).max(0.0);
        }
        Some(more)
    }
}
