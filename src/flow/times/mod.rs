//! How long journeys take: not only the mean of it.

mod lapse;
mod transform;
mod ways;
mod whole;
