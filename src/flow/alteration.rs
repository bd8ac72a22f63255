//! A single fix at a touchpoint, and what it does to the numbers there: an update of rank one.
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

use super::Flow;
use super::moments::{Moment, Moments};
use super::sums::Sum;
use crate::chain::{Factor, SelectedInverse};
use crate::journey::PromiseResult;

/// What can be put right at one touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum FixKind {
    /// Always keep the promise that is tested there: what was broken is kept.
    KeepPromise,
    /// Lift the negative feelings there to neutral.
    LiftEmotion,
    /// Let customers say there what went wrong, and hear it: the ability `listen`.
    Listen,
}

impl FixKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::KeepPromise, Self::LiftEmotion, Self::Listen];
}

impl std::fmt::Display for FixKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::KeepPromise => "keep the promise",
            Self::LiftEmotion => "lift the bad feelings",
            Self::Listen => "listen",
        })
    }
}

/// A fix at a touchpoint, by its position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alteration {
    pub(crate) touchpoint: usize,
    pub(crate) kind: FixKind,
}

/// Where fewer journeys than this share leave a touchpoint for good at each visit, too many digits are lost in the
/// difference, and the chain is solved again.
const LEAVES: f64 = 1e-4;

impl Alteration {
    fn is_at(self, flow: &Flow, moment: &Moment<'_>) -> bool {
        flow.moments
            .range(self.touchpoint)
            .contains(&moment.position)
    }

    /// Whether the negative feelings of a moment are lifted.
    pub(crate) fn lifts(self, flow: &Flow, moment: &Moment<'_>) -> bool {
        self.kind == FixKind::LiftEmotion && self.is_at(flow, moment)
    }

    /// The chance that a visit is this moment, after the fix.
    pub(crate) fn share(self, flow: &Flow, moment: &Moment<'_>) -> f64 {
        if self.kind != FixKind::KeepPromise || !self.is_at(flow, moment) {
            return moment.share;
        }
        match moment.result {
            Some(PromiseResult::Broken) => 0.0,
            Some(PromiseResult::Kept) => moment.share + flow.moments.broken(self.touchpoint),
            _ => moment.share,
        }
    }

    /// The result that a visit finds after the fix, where it found `result` before; by their positions.
    pub(crate) fn result(self, touchpoint: usize, result: usize) -> usize {
        let is_kept = self.kind == FixKind::KeepPromise
            && self.touchpoint == touchpoint
            && result == PromiseResult::Broken as usize;
        if is_kept {
            PromiseResult::Kept as usize
        } else {
            result
        }
    }

    /// Whether the moments of the map suffice to say what the fix does: a promise that was never kept has no moment
    /// that could show what follows when it is.
    pub(crate) fn is_drawn(self, moments: &Moments) -> bool {
        let mut results = moments.tested(self.touchpoint);
        self.kind != FixKind::KeepPromise
            || moments.broken(self.touchpoint) <= 0.0
            || results.any(|moment| moment.result == Some(PromiseResult::Kept))
    }
}

impl Moments {
    /// Positions of the moments of a touchpoint.
    pub(crate) fn range(&self, touchpoint: usize) -> std::ops::Range<usize> {
        self.first[touchpoint] as usize..self.first[touchpoint + 1] as usize
    }

    /// Share of visits that find the promise broken.
    pub(crate) fn broken(&self, touchpoint: usize) -> f64 {
        let mut moments = self.tested(touchpoint);
        let broken = moments.find(|moment| moment.result == Some(PromiseResult::Broken));
        broken.map_or(0.0, |moment| moment.share)
    }
}

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

    /// Writes into `change` what a fix changes in all [`Sums`](super::sums::Sums), after minus before; `None` where that
    /// cannot be told from this flow alone, or not exactly enough.
    pub(super) fn altered_sums(&self, altered: Alteration, change: &mut [f64]) -> Option<()> {
        let Alteration { touchpoint, kind } = altered;
        let sums = self.sums();
        change.fill(0.0);
        if !self.is_visited(touchpoint) || kind == FixKind::Listen {
            return Some(());
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
            let solved = (&self.factor, &self.inverse);
            let chance = |moment: &Moment<'_>| altered.share(self, moment);
            self.visits_once(touchpoint, self.visits[touchpoint], solved, chance)?
        };
        for moment in self.moments.at(touchpoint) {
            if kind == FixKind::LiftEmotion {
                let hurt = self.felt_sums(&moment, None)[1] * moment.share;
                change[sums.column(Sum::Hurt)] -= hurt;
                change[sums.column(Sum::LastHurt)] -= hurt * moment.ends();
            } else {
                let more = altered.share(self, &moment) - moment.share;
                self.add_worth(sums, touchpoint, &moment, more, change);
            }
        }
        for amount in change {
            *amount *= visits;
        }
        Some(())
    }
}
