//! Valences with weights: every mean, spread, share and quantile of feelings comes from here.

use super::conditions::mean_of;

/// Above this a valence is positive, below its opposite negative, and between them neutral.
pub(crate) const NEUTRAL: f64 = 0.1;

/// Sums of shares are right to this.
const ROUNDING: f64 = 1e-12;

/// A weighted distribution of valences, ascending; the same valence may stand in it several times.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Valences {
    weighted: Vec<(f64, f64)>,
}

/// A weighted distribution of valences in a few sums, none of which cancels: two of them can be added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Felt {
    /// The weight of what is known.
    pub(crate) known: f64,
    /// Weighted positive valence, E[max(0, V)].
    pub(crate) pleasure: f64,
    /// Weighted negative valence, E[max(0, -V)].
    pub(crate) hurt: f64,
    /// Weighted squared distance from the mean.
    spread: f64,
    lowest: f64,
    highest: f64,
    /// The weight of what is above [`NEUTRAL`], below its opposite, and between them.
    pub(crate) positive: f64,
    pub(crate) negative: f64,
    pub(crate) neutral: f64,
}

impl Default for Felt {
    fn default() -> Self {
        Self {
            known: 0.0,
            pleasure: 0.0,
            hurt: 0.0,
            spread: 0.0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            positive: 0.0,
            negative: 0.0,
            neutral: 0.0,
        }
    }
}

impl Felt {
    /// From valences with their weights.
    pub(crate) fn of(valences: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut felt = Self::default();
        for (valence, weight) in valences {
            felt.add(valence, weight);
        }
        felt
    }

    fn add(&mut self, valence: f64, weight: f64) {
        if weight > 0.0 {
            let if_so = |so: bool| if so { weight } else { 0.0 };
            self.join(
                1.0,
                &Self {
                    known: weight,
                    pleasure: weight * valence.max(0.0),
                    hurt: weight * (-valence).max(0.0),
                    spread: 0.0,
                    lowest: valence,
                    highest: valence,
                    positive: if_so(valence > NEUTRAL),
                    negative: if_so(valence < -NEUTRAL),
                    neutral: if_so((-NEUTRAL..=NEUTRAL).contains(&valence)),
                },
            );
        }
    }

    /// Adds another distribution, `times` times.
    ///
    /// The spread of both is that within each and that between their means (Chan, Golub, `LeVeque` 1983), which subtracts
    /// no squares.
    pub(crate) fn join(&mut self, times: f64, other: &Self) {
        let more = times * other.known;
        if more <= 0.0 {
            return;
        }
        let between = match (self.mean(), other.mean()) {
            (Some(here), Some(there)) => {
                let part = self.known / (self.known + more);
                (there - here).powi(2) * part * more
            }
            _ => 0.0,
        };
        self.spread += times * other.spread + between;
        self.known += more;
        self.pleasure += times * other.pleasure;
        self.hurt += times * other.hurt;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.positive += times * other.positive;
        self.negative += times * other.negative;
        self.neutral += times * other.neutral;
    }

    /// The mean valence, never beyond the valences themselves by rounding; `None` where nothing is known.
    pub(crate) fn mean(&self) -> Option<f64> {
        mean(self.pleasure, self.hurt, self.known)
            .map(|mean| mean.max(self.lowest).min(self.highest))
    }

    /// The variance of the valence; `None` where nothing is known.
    pub(crate) fn variance(&self) -> Option<f64> {
        mean_of(self.spread, self.known)
    }

    /// The standard deviation of the valence; `None` where nothing is known.
    pub(crate) fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }
}

/// The mean of what is felt from sums that each add up without cancelling; `None` where nothing is known, or of so few
/// journeys that digits were lost.
pub(crate) fn mean(pleasure: f64, hurt: f64, known: f64) -> Option<f64> {
    mean_of(pleasure - hurt, known)
}

impl Valences {
    /// From valences with their weights, in any order.
    pub(crate) fn of(valences: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut weighted: Vec<(f64, f64)> = valences.collect();
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { weighted }
    }

    /// The valences, ascending, with their weights.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.weighted.iter().copied()
    }

    /// Their sums.
    pub(crate) fn felt(&self) -> Felt {
        Felt::of(self.iter())
    }

    /// The lowest valence at which the distribution reaches a share of its weight; `None` where it has none.
    pub(crate) fn quantile(&self, share: f64) -> Option<f64> {
        let known: f64 = self.iter().map(|(_, weight)| weight).sum();
        let wanted = share * known - ROUNDING;
        let mut reached = 0.0;
        let found = self.iter().find(|(_, weight)| {
            reached += weight;
            reached >= wanted
        });
        found
            .or(self.weighted.last().copied())
            .filter(|_| known > 0.0)
            .map(|(valence, _)| valence)
    }
}
