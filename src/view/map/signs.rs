//! Which signs the legend of a map explains: those that are on it.

use super::{Column, Lane, Link};
use crate::journey::Evidence;

/// A sign on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The card of a touchpoint on the most likely path.
    LikelyPath,
    Marker,
    Spread,
    /// No feeling is known.
    Gap,
    /// Neighbours between which few customers go.
    Jump,
    WayOnward,
    WayBack,
    Contradiction,
    Evidence(Evidence),
}

pub(super) fn explained(lanes: &[Lane], columns: &[Column], links: &[Link]) -> Vec<Sign> {
    let has = |lane: Lane| lanes.contains(&lane);
    let markers = || columns.iter().map(|column| column.marker.as_ref());
    let has_spread = markers().flatten().any(|marker| marker.spread.is_some());
    let has_gap = markers().any(|marker| marker.is_none());
    let sometimes = [
        (Sign::LikelyPath, true),
        (Sign::Marker, true),
        (Sign::Spread, has_spread),
        (Sign::Gap, has_gap),
        (Sign::Jump, true),
        (Sign::WayOnward, has(Lane::Ways)),
        (Sign::WayBack, has(Lane::Ways)),
        (Sign::Contradiction, has(Lane::Told) && !links.is_empty()),
        (Sign::Evidence(Evidence::Assumed), true),
        (Sign::Evidence(Evidence::Reported), true),
        (Sign::Evidence(Evidence::Observed), true),
    ];
    let shown = sometimes.into_iter().filter(|(_, is_shown)| *is_shown);
    shown.map(|(sign, _)| sign).collect()
}
