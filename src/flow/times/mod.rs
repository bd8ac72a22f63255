//! How long journeys take: not only the mean of it.

pub(super) mod lapse;
mod transform;
mod ways;
mod whole;
