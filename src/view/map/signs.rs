//! Which signs the legend of a map explains: those that are on it, and no others.

use super::{Bypass, Column, Lane, Link, Way};
use crate::journey::Evidence;

/// A sign on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The card of a touchpoint on the most likely path.
    LikelyPath,
    Marker,
    Spread,
    /// What customers feel who remember something.
    FeltGiven,
    /// A way for customers who remember something.
    WayGiven,
    /// No feeling is known.
    Gap,
    /// The feeling that is meant.
    Intended,
    /// The curve, as thick as many go there.
    Stream,
    /// A way of many past others.
    Bypass,
    /// Neighbours between which others are left out, or few customers go.
    Skip,
    /// Neighbours between which few customers go.
    Jump,
    WayOnward,
    WayBack,
    Contradiction,
    Evidence(Evidence),
}

pub(super) fn explained(
    lanes: &[Lane],
    columns: &[Column],
    (ways, bypasses): (&[Way], &[Bypass]),
    links: &[Link],
) -> Vec<Sign> {
    let has = |lane: Lane| lanes.contains(&lane);
    let any = |is: fn(&Column) -> bool| columns.iter().any(is);
    let felt = has(Lane::Feeling);
    // Pieces of the curve lie between neighbours of which both are known.
    let pieces = || {
        let neighbours = columns
            .windows(2)
            .filter(|ends| felt && ends.iter().all(|column| column.marker.is_some()));
        neighbours.filter_map(|ends| ends.first())
    };
    let spreads = |column: &Column| column.marker.is_some_and(|marker| marker.spread.is_some());
    let graded = |grade| columns.iter().any(|column| column.evidence == grade);
    let sometimes = [
        (Sign::LikelyPath, any(|column| column.is_on_likely_path)),
        (Sign::Marker, felt && any(|column| column.marker.is_some())),
        (Sign::Spread, felt && any(spreads)),
        (
            Sign::FeltGiven,
            felt && any(|column| !column.felt_given.is_empty()),
        ),
        (Sign::Gap, felt && any(|column| column.marker.is_none())),
        (
            Sign::Intended,
            felt && any(|column| column.intended.is_some()),
        ),
        (Sign::Stream, pieces().any(|from| from.goes_on.is_some())),
        (Sign::Bypass, felt && !bypasses.is_empty()),
        (Sign::Skip, pieces().any(|from| from.skips)),
        (
            Sign::Jump,
            pieces().any(|from| from.goes_on.is_none()) && !pieces().any(|from| from.skips),
        ),
        (
            Sign::WayOnward,
            has(Lane::Ways) && ways.iter().any(|way| way.to > way.from),
        ),
        (
            Sign::WayBack,
            has(Lane::Ways) && ways.iter().any(|way| way.to < way.from),
        ),
        (
            Sign::WayGiven,
            has(Lane::Ways) && ways.iter().any(|way| way.is_given),
        ),
        (Sign::Contradiction, has(Lane::Told) && !links.is_empty()),
        (Sign::Evidence(Evidence::Assumed), graded(Evidence::Assumed)),
        (
            Sign::Evidence(Evidence::Reported),
            graded(Evidence::Reported),
        ),
        (
            Sign::Evidence(Evidence::Observed),
            graded(Evidence::Observed),
        ),
    ];
    let shown = sometimes.into_iter().filter(|(_, is_shown)| *is_shown);
    shown.map(|(sign, _)| sign).collect()
}
