//! How feelings in two channels compare, with whole journeys as the unit.

/// What is felt in two channels that serve the same need. Journeys (or customers, where events name them) are the unit: feelings of one journey go
/// together, and whoever meets both channels is held against themselves.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedChannels {
    /// The need.
    pub need: String,
    /// One channel; the name that comes first in the alphabet.
    pub a: String,
    /// The other one.
    pub b: String,
    /// Visits with a known feeling in `a`.
    pub visits_a: u64,
    /// Visits with a known feeling in `b`.
    pub visits_b: u64,
    /// Journeys or customers that they are of.
    pub units: u64,
    /// Mean valence of the visits in `a` minus that in `b`, -2 to 2.
    pub mean_difference: f64,
    /// Lower end of its 90 % interval, by resampling units.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Wasserstein-1 distance of the valences, less what chance alone makes of it on average; 0 to 2.
    pub effect: f64,
    /// Chance of a distance at least as large if the channels did not differ: labels are swapped within units that met both channels, and dealt anew
    /// among the others. Above 0, up to 1.
    pub p: f64,
    /// By how many permutations, and by how many resamples.
    pub permutations: u32,
}
