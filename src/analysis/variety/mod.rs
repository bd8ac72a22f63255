//! How different journeys are from each other, and where they are at their first, second, third moment.

mod steps;
mod told;

use crate::flow::Flow;
pub use steps::{StepEnd, StepFigures, StepShare, StepWay, Steps};

/// How different journeys are from each other.
///
/// Two journeys are the same where they come by the same touchpoints in the same order and end the same. All figures are of
/// the map, which forgets how customers came: the journeys that were counted most often are among the
/// [counted figures](crate::journey::CountedName::Variant).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Variety {
    /// Entropy of a whole journey, in bits: how much is still open when nothing of it is known.
    pub bits: f64,
    /// Effective number of different journeys, 2 to the power of that: so many equally likely ones would leave as much open.
    /// `None` where that is more than a number can hold.
    pub journeys: Option<f64>,
    /// Chance that two customers have the same journey, in 0..=1.
    pub same: f64,
    /// The part of the entropy that the first touchpoint has.
    pub starts_bits: f64,
    /// What each touchpoint that leaves anything open adds, in the order of the map: with `starts_bits` they sum to `bits`.
    pub touchpoints: Vec<VarietyAt>,
}

/// What the ways out of a touchpoint leave open.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct VarietyAt {
    /// The touchpoint's id.
    pub id: String,
    /// Bits per journey.
    pub bits: f64,
}

impl Flow {
    /// How different journeys are from each other. Takes O(n + m) and one more solution of the map's chain.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Two ways")
    ///     .touchpoint(Touchpoint::new("web", Phase::Before, Channel::Web).starts(1.0).ends(Outcome::Loyalty, 1.0))
    ///     .touchpoint(Touchpoint::new("call", Phase::Before, Channel::Phone).starts(1.0).ends(Outcome::Loyalty, 1.0))
    ///     .build()?
    ///     .flow()?;
    /// let variety = flow.variety();
    /// assert_eq!((variety.bits, variety.journeys, variety.same), (1.0, Some(2.0), 0.5));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn variety(&self) -> Variety {
        let (starts_bits, rows) = self.entropy();
        let bits = rows.iter().fold(starts_bits, |sum, row| sum + row);
        let touchpoints = self.journey().touchpoints().zip(rows);
        let open = touchpoints.filter(|&(_, bits)| bits > 0.0);
        Variety {
            bits,
            journeys: Some(bits.exp2()).filter(|journeys| journeys.is_finite()),
            same: self.chance_of_the_same(),
            starts_bits,
            touchpoints: open
                .map(|(touchpoint, bits)| VarietyAt {
                    id: touchpoint.id.clone(),
                    bits,
                })
                .collect(),
        }
    }
}
