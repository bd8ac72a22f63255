//! What can be put right at a touchpoint, and what that does to its moments.

use crate::flow::moments::{Moment, Moments};
use crate::journey::{FixKind, PromiseResult};

/// A fix at a touchpoint, by its position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alteration {
    pub(crate) touchpoint: usize,
    pub(crate) kind: FixKind,
}

impl Alteration {
    fn is_at(self, moments: &Moments, moment: &Moment<'_>) -> bool {
        moments.range(self.touchpoint).contains(&moment.position)
    }

    /// Whether the negative feelings of a moment are lifted.
    pub(crate) fn lifts(self, moments: &Moments, moment: &Moment<'_>) -> bool {
        self.kind == FixKind::LiftEmotion && self.is_at(moments, moment)
    }

    /// The chance that a visit is this moment, after the fix.
    pub(crate) fn share(self, moments: &Moments, moment: &Moment<'_>) -> f64 {
        if self.kind != FixKind::KeepPromise || !self.is_at(moments, moment) {
            return moment.share;
        }
        match moment.result {
            Some(PromiseResult::Broken) => 0.0,
            Some(PromiseResult::Kept) => moment.share + moments.broken(self.touchpoint),
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
        let mut results = moments.at(self.touchpoint);
        self.kind != FixKind::KeepPromise
            || moments.broken(self.touchpoint) <= 0.0
            || results.any(|moment| moment.result == Some(PromiseResult::Kept))
    }
}
