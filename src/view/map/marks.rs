//! The marks of pains and of bright spots.

use super::GREATEST;
use crate::analysis::{BrightSpot, BrightSpots, PainCause, PainCauseKind, PainPoint};

/// A pain with its rank among all of the journey, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PainMark {
    pub(crate) rank: usize,
    /// Whether it is one of the greatest, which stand out.
    pub(crate) is_great: bool,
    /// Its share of the hurt of the whole journey; `None` where only a promise breaks.
    pub(crate) share_of_hurt: Option<f64>,
    /// Its rank by how strongly a visit moves people to act, from 1, where it is one of the first and that order begins otherwise.
    pub(crate) moves: Option<usize>,
    /// The causes that no other lane shows: how bad customers feel is told by the curve, and how often promises break in
    /// the lane of promises.
    pub(crate) causes: Vec<PainCause>,
}

/// A bright spot with its rank among all of the journey, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BrightMark {
    pub(crate) rank: usize,
    pub(crate) is_great: bool,
    pub(crate) share: f64,
    pub(crate) positive: Option<f64>,
    pub(crate) is_warm: Option<bool>,
}

pub(super) fn pain_mark(rank: usize, pain: &PainPoint, moving: &[&PainPoint]) -> PainMark {
    let causes = pain.causes.iter().copied();
    let moves = moving.iter().position(|known| known.id == pain.id);
    PainMark {
        rank,
        is_great: rank <= GREATEST || moves.is_some(),
        moves: moves.map(|place| place + 1),
        share_of_hurt: pain.share.filter(|&share| share > 0.0),
        causes: causes
            .filter(|cause| {
                !matches!(
                    cause.kind,
                    PainCauseKind::NegativeEmotion | PainCauseKind::BrokenPromise
                )
            })
            .collect(),
    }
}

pub(super) fn bright_mark(rank: usize, spot: &BrightSpot, all: &BrightSpots) -> BrightMark {
    let mut kept = all.kept.iter().filter(|kept| kept.id == spot.id);
    BrightMark {
        rank,
        is_great: rank <= GREATEST,
        share: spot.share,
        positive: spot.positive,
        is_warm: kept.next().and_then(|kept| kept.is_warm),
    }
}
