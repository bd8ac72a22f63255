//! What customers feel at each touchpoint.

use crate::flow::Flow;
use crate::page::number::{VISITS, among, feeling, or_unknown};
use crate::page::said;
use crate::page::words::place;

/// What is felt at a touchpoint. Figures of feeling are over the visits whose emotion is known, from -1 to 1, and
/// `None` where none is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EmotionFigures {
    /// The touchpoint's id.
    pub id: String,
    /// Share of visits whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Mean valence.
    pub mean: Option<f64>,
    /// Standard deviation of the valence.
    pub sd: Option<f64>,
    /// The valence that one in ten visits falls to or below: the 10 % quantile.
    pub low: Option<f64>,
    /// The valence that nine in ten visits stay at or below: the 90 % quantile.
    pub high: Option<f64>,
}

/// The shares of visits at the quantiles.
const LOW: f64 = 0.1;
const HIGH: f64 = 0.9;

impl Flow {
    /// What is felt at each touchpoint, in the order of the map: mean and spread over all results of its promise, each
    /// weighted by the visits that find it. A quantile is the lowest valence at which the distribution reaches its
    /// share. Takes O(n + s log s) for s shades.
    ///
    /// ```
    /// use customer_journey::journey::Shade;
    /// use customer_journey::{Channel, Emotion, Journey, Phase, Touchpoint};
    /// let mixed = Emotion::mix([Shade::valence(-0.5).weight(1.0), Shade::valence(0.5).weight(3.0)]);
    /// let flow = Journey::builder("visit")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(mixed))
    ///     .build()?
    ///     .flow()?;
    /// let shop = &flow.emotions()[0];
    /// assert_eq!((shop.low, shop.mean, shop.high), (Some(-0.5), Some(0.25), Some(0.5)));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn emotions(&self) -> Vec<EmotionFigures> {
        let touchpoints = self.journey().touchpoints().enumerate();
        let figures = touchpoints.map(|(position, touchpoint)| {
            let felt = &self.arriving(position).felt;
            let valences = self.valences_at(position);
            EmotionFigures {
                id: touchpoint.id.clone(),
                coverage: felt.known.min(1.0),
                mean: felt.mean(),
                sd: felt.sd(),
                low: valences.quantile(LOW),
                high: valences.quantile(HIGH),
            }
        });
        figures.collect()
    }
}

said!(EmotionFigures, sentence);

/// What is felt there.
fn sentence(known: &EmotionFigures) -> String {
    let spread = match (known.low, known.high) {
        (Some(low), Some(high)) if low < high => {
            let (low, high) = (feeling(low), feeling(high));
            format!(", eight in ten visits from {low} to {high}")
        }
        _ => String::new(),
    };
    format!(
        "{}: mean feeling {}{spread}, known at {}",
        place(&known.id),
        or_unknown(known.mean, feeling),
        among(known.coverage, VISITS)
    )
}
