//! Figures of the journeys that meet a condition: a part over a whole.

/// What is rarer than this is no condition that figures can be given for.
///
/// Below 1e-308 numbers lose digits one by one before they become zero, and a loop can raise what is left of them again. Up
/// here all digits are there still, so that a share of such journeys is as exact as any other, or unknown.
pub(crate) const RAREST: f64 = 1e-290;

/// A share of the journeys that meet a condition, in 0..=1; `None` where none does, or so few that digits were lost.
pub(crate) fn among(part: f64, whole: f64) -> Option<f64> {
    mean_of(part, whole).map(|share| share.min(1.0))
}

/// The mean of something over the journeys that meet a condition; `None` likewise.
pub(crate) fn mean_of(sum: f64, weight: f64) -> Option<f64> {
    // The sum of nothing is -0, which is no figure that anybody should read.
    (weight >= RAREST).then(|| (sum + 0.0) / weight)
}
