use super::feeling::Feeling;
use super::scale::Scale;
use crate::journey::numbers::Shares;

/// What customers feel at a touchpoint: one feeling, a number, or a weighted mix, known of all visits or of some.
///
/// Anything that names a feeling becomes an emotion: a [`Feeling`], its name, a number (the valence, -1 to 1),
/// [`Feeling::at`] an intensity, or a list of [`Shade`]s. Names and numbers are checked when the journey is built,
/// so that one error can tell of all of them.
///
/// ```
/// use customer_journey::journey::Shade;
/// use customer_journey::{Emotion, Feeling};
/// let clear: Emotion = Feeling::Relief.into();
/// let mixed = Emotion::mix([Feeling::Anger.at(0.8).weight(3.0), Shade::valence(-0.2)]);
/// assert_eq!(mixed.shades().len(), 2);
/// # let _ = clear;
/// ```
///
/// Often only some of the visits tell what was felt. [`Emotion::or_unknown`] says how many do not, in proportion to the
/// weights of the mix; these visits take no part in any mean, and every coverage counts them as unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Emotion {
    shades: Vec<Shade>,
    /// Weight of the visits of which nothing is known.
    unknown: f64,
}

/// One part of an [`Emotion`]: a feeling with its intensity and its weight in the mix.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Shade {
    /// What is felt.
    pub felt: ShadeFeeling,
    /// How strongly, 0 to 1; scales the valence. 1 unless set.
    pub intensity: f64,
    /// How many of the visits feel so, in proportion to the other shades. 1 unless set.
    pub weight: f64,
}

/// How a [`Shade`] says what is felt.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ShadeFeeling {
    /// A feeling of the catalogue.
    Feeling(Feeling),
    /// A number from -1 (as bad as can be) to 1 (as good as can be).
    Valence(f64),
    /// A rating on a declared scale; building the journey turns it into a valence.
    Rating(f64, Scale),
    /// A name that has not been looked up yet; building the journey turns it into a feeling or refuses it.
    Named(String),
}

impl Shade {
    fn new(felt: ShadeFeeling) -> Self {
        Self {
            felt,
            intensity: 1.0,
            weight: 1.0,
        }
    }

    /// A feeling of the catalogue.
    #[must_use]
    pub fn feeling(feeling: Feeling) -> Self {
        Self::new(ShadeFeeling::Feeling(feeling))
    }

    /// A number from -1 to 1.
    #[must_use]
    pub fn valence(valence: f64) -> Self {
        Self::new(ShadeFeeling::Valence(valence))
    }

    /// A rating on a declared scale.
    #[must_use]
    pub fn rating(rating: f64, scale: Scale) -> Self {
        Self::new(ShadeFeeling::Rating(rating, scale))
    }

    /// A feeling by its name, looked up when the journey is built.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::new(ShadeFeeling::Named(name.into()))
    }

    /// Sets the intensity, 0 to 1.
    #[must_use]
    pub fn at(mut self, intensity: f64) -> Self {
        self.intensity = intensity;
        self
    }

    /// Sets the weight in the mix.
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }

    /// The valence with its intensity, -1 to 1; `None` for a name or rating that is not resolved to one.
    #[must_use]
    pub fn felt_valence(&self) -> Option<f64> {
        let valence = match &self.felt {
            ShadeFeeling::Feeling(feeling) => feeling.valence(),
            ShadeFeeling::Valence(valence) => *valence,
            ShadeFeeling::Rating(rating, scale) => scale.valence(*rating).ok()?,
            ShadeFeeling::Named(name) => name.parse::<Feeling>().ok()?.valence(),
        };
        // Adding zero turns -0 into 0, so that equal valences are one level.
        Some(valence * self.intensity + 0.0)
    }
}

impl Feeling {
    /// This feeling with its weight in a mix.
    ///
    /// ```
    /// use customer_journey::{Emotion, Feeling};
    /// let mixed = Emotion::mix([Feeling::Anger.weight(3.0), Feeling::Relief.weight(1.0)]);
    /// assert_eq!(mixed.mean(), Some((3.0 * -0.62 + 0.55) / 4.0));
    /// ```
    #[must_use]
    pub fn weight(self, weight: f64) -> Shade {
        Shade::feeling(self).weight(weight)
    }

    /// This feeling at an intensity from 0 to 1.
    ///
    /// ```
    /// use customer_journey::Feeling;
    /// let shade = Feeling::Anger.at(0.5);
    /// assert_eq!(shade.felt_valence(), Some(-0.31));
    /// ```
    #[must_use]
    pub fn at(self, intensity: f64) -> Shade {
        Shade::feeling(self).at(intensity)
    }
}

impl From<Feeling> for Shade {
    fn from(feeling: Feeling) -> Self {
        Self::feeling(feeling)
    }
}

impl Scale {
    /// What somebody feels who gives this rating; a rating outside the scale is refused when the journey is built.
    ///
    /// ```
    /// use customer_journey::{Emotion, Scale};
    /// let four_stars = Scale::ONE_TO_FIVE.rating(4.0);
    /// assert_eq!(Emotion::from(four_stars).mean(), Some(0.5));
    /// ```
    #[must_use]
    pub fn rating(self, rating: f64) -> Shade {
        Shade::rating(rating, self)
    }
}

impl Emotion {
    /// A weighted mix of feelings.
    #[must_use]
    pub fn mix(shades: impl IntoIterator<Item = Shade>) -> Self {
        Self {
            shades: shades.into_iter().collect(),
            unknown: 0.0,
        }
    }

    /// Sets the weight of the visits of which nobody knows what was felt, in proportion to the weights of the mix.
    /// A mix of nothing else says that the feeling is unknown, and keeps the count.
    ///
    /// ```
    /// use customer_journey::{Emotion, Feeling};
    /// // 40 of 1,000 answered.
    /// let answered = Emotion::mix([Feeling::Anger.weight(20.0), Feeling::Relief.weight(20.0)]).or_unknown(960.0);
    /// assert_eq!(answered.coverage(), 0.04);
    /// assert_eq!(answered.mean(), Some((-0.62 + 0.55) / 2.0));
    /// assert_eq!(Emotion::mix([]).or_unknown(65.0).mean(), None);
    /// ```
    #[must_use]
    pub fn or_unknown(mut self, weight: f64) -> Self {
        self.unknown = weight;
        self
    }

    /// The weight of the visits of which nobody knows what was felt; 0 unless set.
    #[must_use]
    pub fn unknown_weight(&self) -> f64 {
        self.unknown
    }

    /// The share of visits of which it is known what was felt, in 0..=1; 0 where [`Emotion::valences`] is empty.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.division().0
    }

    /// The share of visits of known feeling and that of the others; neither is found by subtraction.
    pub(crate) fn division(&self) -> (f64, f64) {
        if self.valences().next().is_none() {
            return (0.0, 1.0);
        }
        if self.unknown <= 0.0 {
            return (1.0, 0.0);
        }
        let weights = self.shades.iter().map(|shade| shade.weight);
        let all = Shares::of(weights.clone().chain([self.unknown]));
        let known: f64 = weights.map(|weight| all.share(weight)).sum();
        if known > 0.0 {
            (known.min(1.0), all.share(self.unknown))
        } else {
            // Of so few visits that no number tells them from none.
            (0.0, 1.0)
        }
    }

    /// The parts of the mix, in the order given.
    #[must_use]
    pub fn shades(&self) -> &[Shade] {
        &self.shades
    }

    pub(crate) fn shades_mut(&mut self) -> &mut [Shade] {
        &mut self.shades
    }

    /// The same mix with what is negative in it lifted to neutral; what is unknown stays so.
    pub(crate) fn lifted(&self) -> Self {
        let lift = |shade: &Shade| match shade.felt_valence() {
            Some(valence) if valence < 0.0 => Shade::valence(0.0).weight(shade.weight),
            _ => shade.clone(),
        };
        Self::mix(self.shades.iter().map(lift)).or_unknown(self.unknown)
    }

    /// The same mix with what is below a valence in it raised to that; what is unknown stays so.
    pub(crate) fn raised(&self, to: f64) -> Self {
        let raise = |shade: &Shade| match shade.felt_valence() {
            Some(valence) if valence < to => Shade::valence(to).weight(shade.weight),
            _ => shade.clone(),
        };
        Self::mix(self.shades.iter().map(raise)).or_unknown(self.unknown)
    }

    /// The valences felt with their shares among the visits whose feeling is known, which sum to 1; shades of weight 0
    /// are left out. Empty where no shade has weight or one of them has no valence.
    pub fn valences(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let weights = self.shades.iter().map(|shade| shade.weight);
        let resolved = |shades: &[Shade]| shades.iter().all(|shade| shade.felt_valence().is_some());
        // A single shade needs no look at the others.
        let (total, shades) = match &self.shades[..] {
            [_] => (None, &self.shades[..]),
            several if resolved(several) => (Some(Shares::of(weights)), several),
            _ => (None, &[][..]),
        };
        shades
            .iter()
            .filter(|shade| shade.weight > 0.0)
            .filter_map(move |shade| {
                let share = total.map_or(1.0, |total| total.share(shade.weight));
                Some((shade.felt_valence()?, share))
            })
    }

    /// The mean valence where it is known, -1 to 1; `None` where [`Emotion::valences`] is empty.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let mut known = false;
        let mut mean = 0.0;
        for (valence, share) in self.valences() {
            known = true;
            mean += valence * share;
        }
        known.then_some(mean)
    }
}

impl From<Shade> for Emotion {
    fn from(shade: Shade) -> Self {
        Self::mix([shade])
    }
}

impl From<Feeling> for Emotion {
    fn from(feeling: Feeling) -> Self {
        Shade::feeling(feeling).into()
    }
}

impl From<f64> for Emotion {
    fn from(valence: f64) -> Self {
        Shade::valence(valence).into()
    }
}

impl From<&str> for Emotion {
    fn from(name: &str) -> Self {
        Shade::named(name).into()
    }
}

impl<S: Into<Shade>> FromIterator<S> for Emotion {
    fn from_iter<I: IntoIterator<Item = S>>(shades: I) -> Self {
        Self::mix(shades.into_iter().map(Into::into))
    }
}
