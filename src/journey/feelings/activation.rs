//! How strongly bad feelings move people to act.

use super::emotion::{Emotion, Shade, ShadeFeeling};
use crate::journey::numbers::Shares;
use crate::journey::touchpoint::Touchpoint;

impl Touchpoint {
    /// The negative activation of a visit, 0 to 1: how strongly what is felt here moves people to act. Anger and fear have
    /// much of it, disappointment some, boredom next to none, and good feelings none.
    ///
    /// It is the mean, over visits whose emotion is known, of `(arousal - valence) / 2` of each bad feeling: valence and arousal
    /// turned by 45 degrees (Watson, Wiese, Vaidya and Tellegen 1999), and scaled so that it ends at 1. An intensity
    /// scales both. Feelings that are not bad, and bad ones that are calmer than they are bad, count as 0.
    ///
    /// `None` where no emotion is known, and where some bad feeling is a number, of which nobody knows how aroused it is.
    ///
    /// ```
    /// use customer_journey::{Channel, Feeling, Phase, Touchpoint};
    /// let survey = Touchpoint::new("survey", Phase::After, Channel::Sms);
    /// let activation = |touchpoint: Touchpoint| touchpoint.negative_activation().map(|a| (100.0 * a).round());
    /// assert_eq!(activation(survey.clone().feels(Feeling::Boredom)), Some(1.0));
    /// assert_eq!(activation(survey.clone().feels(Feeling::Anger)), Some(61.0));
    /// assert_eq!(activation(survey.clone().feels(Feeling::Joy)), Some(0.0));
    /// assert_eq!(activation(survey.feels(-0.6)), None);
    /// ```
    #[must_use]
    pub fn negative_activation(&self) -> Option<f64> {
        let known = self.results().filter_map(|(result, weight)| {
            let emotion = self.emotion_after(result)?;
            let known = weight * emotion.coverage();
            (known > 0.0).then_some((emotion, known))
        });
        let total = Shares::of(known.clone().map(|(_, weight)| weight));
        let mut parts = known.map(|(emotion, weight)| Some(of(emotion)? * total.share(weight)));
        let first = parts.next()??;
        let all = parts.try_fold(first, |sum, part| Some(sum + part?))?;
        Some(all.min(1.0))
    }
}

/// Over the visits whose emotion is known.
fn of(emotion: &Emotion) -> Option<f64> {
    let felt = emotion.shades().iter().filter(|shade| shade.weight > 0.0);
    let total = Shares::of(felt.clone().map(|shade| shade.weight));
    let mut parts = felt.map(|shade| Some(of_shade(shade)? * total.share(shade.weight)));
    parts.try_fold(0.0, |sum, part| Some(sum + part?))
}

fn of_shade(shade: &Shade) -> Option<f64> {
    let valence = shade.felt_valence()?;
    if valence >= 0.0 {
        return Some(0.0);
    }
    match shade.felt {
        ShadeFeeling::Feeling(feeling) => {
            let arousal = feeling.arousal() * shade.intensity;
            Some(f64::midpoint(arousal, -valence).max(0.0))
        }
        _ => None,
    }
}
