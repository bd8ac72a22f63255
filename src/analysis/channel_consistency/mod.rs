//! Where channels contradict each other: the same need, met differently.

mod both;
mod sample;
mod told;
mod verdict;

use crate::flow::{Basis, Felt, Flow, Need, NeedChannel, RAREST, among};
use crate::journey::CountedName;

pub use verdict::{ChannelOptions, CountedPair, InconclusiveReason, PairTest, Severity, Verdict};

/// How differently customers are treated by channel when they come for the same need.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChannelConsistency {
    /// Mean over the needs, weighted by how often customers come for them: 0 where every channel feels, keeps and
    /// says the same, 1 where none does; `None` where nothing can be compared.
    pub inconsistency: Option<f64>,
    /// The needs that are met in two or more channels, in the order of their names.
    pub needs: Vec<NeedConsistency>,
    /// The proven bound on the relative error of every `both`; 0 where the chain was eliminated, and only rounding
    /// remains. See [`Flow::solver`].
    pub error_bound: f64,
}

/// How differently one need is met.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NeedConsistency {
    /// The need.
    pub need: String,
    /// Mean over the pairs of channels, weighted by the product of their exposures, of what is known of distance,
    /// difference of kept rates and contradiction; in 0..=1.
    pub inconsistency: Option<f64>,
    /// Expected visits of a journey for this need.
    pub exposure: f64,
    /// The channels, in the order of their names.
    pub channels: Vec<ChannelFigures>,
    /// Every pair of them.
    pub pairs: Vec<ChannelPair>,
}

/// What one channel does for a need.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChannelFigures {
    /// The channel's name.
    pub channel: String,
    /// Expected visits of a journey for the need in this channel.
    pub exposure: f64,
    /// Mean valence there, over visits of known emotion.
    pub mean: Option<f64>,
    /// Share of the visits there whose emotion is known, in 0..=1; `None` where no journey comes.
    pub coverage: Option<f64>,
    /// Share of tested promises that were kept there, over those of known result.
    pub kept_rate: Option<f64>,
    /// What customers are told there, in alphabetical order.
    pub says: Vec<String>,
    /// The ids of its touchpoints for this need, in the order of the map.
    pub touchpoints: Vec<String>,
}

/// Two channels compared on one need; `a` comes before `b` in alphabetical order.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChannelPair {
    /// One channel's name.
    pub a: String,
    /// The other's.
    pub b: String,
    /// Mean valence in `a` minus that in `b`, -2 to 2.
    pub mean_difference: Option<f64>,
    /// Half the Wasserstein-1 distance of the two distributions of valence, in 0..=1.
    pub distance: Option<f64>,
    /// Kept rate in `a` minus that in `b`, -1 to 1.
    pub kept_rate_difference: Option<f64>,
    /// Whether they tell customers different things; `None` where one of them says nothing.
    pub contradiction: Option<bool>,
    /// Chance that one customer meets both channels for this need on one journey, in 0..=1; `None` where the map is so
    /// large and entangled that finding it for all pairs would go on and on, which begins with some thousand
    /// touchpoints on common loops. Needs that customers come for most go first.
    pub both: Option<f64>,
    /// Whether `both` was counted.
    pub basis: Basis,
    /// Whether observed customers feel the same in both; `None` where `doubt` says why it can not be asked.
    pub verdict: Option<Verdict>,
    /// Why there is no verdict, or none that is clear; `None` beside a clear one.
    #[cfg_attr(feature = "serde", serde(rename = "doubt"))]
    pub inconclusive: Option<InconclusiveReason>,
    /// What the verdict rests on; `None` where nothing was counted.
    pub counted: Option<CountedPair>,
}

impl ChannelPair {
    /// Mean of what is known of distance, difference of kept rates and contradiction, each in 0..=1.
    #[must_use]
    pub fn inconsistency(&self) -> Option<f64> {
        let contradiction = self
            .contradiction
            .map(|contradicts| if contradicts { 1.0 } else { 0.0 });
        let known: Vec<f64> = [
            self.distance,
            self.kept_rate_difference.map(f64::abs),
            contradiction,
        ]
        .into_iter()
        .flatten()
        .collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }
}

/// What is felt and kept in one channel, as far as it is known.
struct Experience {
    /// Valences with the visits that have them, ascending.
    valences: Vec<(f64, f64)>,
    kept: f64,
    broken: f64,
}

impl Flow {
    /// Where channels contradict each other, with the default options.
    ///
    /// See [`Flow::channel_consistency_with`].
    #[must_use]
    pub fn channel_consistency(&self) -> ChannelConsistency {
        self.channel_consistency_with(&ChannelOptions::new())
    }

    /// Where channels contradict each other: for each need that is met in two or more channels, how differently
    /// each pair of them feels, keeps its promises and speaks, and how likely one customer meets both. Where the
    /// touchpoints of both are observed, the counts of their feelings give a [`Verdict`].
    ///
    /// Touchpoints that no journey comes to take no part; a channel of which all touchpoints are so is listed with
    /// exposure 0.
    ///
    /// # Complexity
    /// For each need with t touchpoints, t passes over the part of the chain that lies between them; and for each pair of
    /// channels that have k of these, about k³ steps. A pair that customers go to and fro between about a hundred times takes one
    /// to three passes and eliminations of the groups of touchpoints on common loops instead, as does every pair where such a
    /// group is solved by iteration. Beyond a budget of some ten seconds' work [`ChannelPair::both`] is left out.
    ///
    /// A verdict takes, for each permutation and valence, a random draw of about as many steps as the square root of the
    /// visits counted; beyond some ten seconds' work for all of them it is left out.
    #[must_use]
    pub fn channel_consistency_with(&self, options: &ChannelOptions) -> ChannelConsistency {
        let compared = self
            .needs()
            .into_iter()
            .filter(|need| need.channels.len() > 1);
        let compared: Vec<Need<'_>> = compared.collect();
        let mut needs: Vec<NeedConsistency> = compared
            .iter()
            .map(|need| self.need_consistency(need))
            .collect();
        let error_bound = self.find_who_meets_both(&compared, &mut needs);
        self.judge(&compared, &mut needs, *options);
        let weighted = needs
            .iter()
            .filter_map(|need| Some((need.exposure, need.inconsistency?)));
        let mut found = ChannelConsistency {
            inconsistency: weighted_mean(weighted),
            needs,
            error_bound,
        };
        found.count(self);
        found
    }

    fn ids_of(&self, touchpoints: &[u32]) -> Vec<String> {
        let nodes = self.journey().graph().raw_nodes();
        let of = |&touchpoint: &u32| {
            nodes
                .get(touchpoint as usize)
                .map(|node| node.weight.id.clone())
        };
        touchpoints.iter().filter_map(of).collect()
    }

    fn need_consistency(&self, need: &Need<'_>) -> NeedConsistency {
        let experiences: Vec<Experience> = need
            .channels
            .iter()
            .map(|channel| self.experience(channel))
            .collect();
        let exposure: f64 = need.channels.iter().map(|channel| channel.exposure).sum();
        let mut pairs = Vec::new();
        let mut weights = Vec::new();
        for (i, a) in need.channels.iter().enumerate() {
            for (j, b) in need.channels.iter().enumerate().skip(i + 1) {
                let pair = ChannelPair {
                    a: a.channel.as_str().to_owned(),
                    b: b.channel.as_str().to_owned(),
                    mean_difference: experiences[i]
                        .mean()
                        .zip(experiences[j].mean())
                        .map(|(a, b)| a - b),
                    distance: distance(&experiences[i], &experiences[j]),
                    kept_rate_difference: experiences[i]
                        .kept_rate()
                        .zip(experiences[j].kept_rate())
                        .map(|(a, b)| a - b),
                    contradiction: a.contradicts(b),
                    both: None,
                    basis: Basis::Modelled,
                    verdict: None,
                    inconclusive: None,
                    counted: None,
                };
                // As shares of the need's exposure, so that their product can not overflow.
                let weight = (a.exposure / exposure) * (b.exposure / exposure);
                weights.push((weight, pair.inconsistency()));
                pairs.push(pair);
            }
        }
        NeedConsistency {
            need: need.name.to_owned(),
            inconsistency: weighted_mean(
                weights
                    .into_iter()
                    .filter_map(|(weight, known)| Some((weight, known?))),
            ),
            exposure,
            channels: need
                .channels
                .iter()
                .zip(&experiences)
                .map(|(channel, experience)| ChannelFigures {
                    channel: channel.channel.as_str().to_owned(),
                    exposure: channel.exposure,
                    mean: experience.mean(),
                    coverage: among(experience.met(), channel.exposure),
                    kept_rate: experience.kept_rate(),
                    says: channel.says.iter().map(|&says| says.to_owned()).collect(),
                    touchpoints: self.ids_of(&channel.touchpoints),
                })
                .collect(),
            pairs,
        }
    }

    fn experience(&self, channel: &NeedChannel<'_>) -> Experience {
        use crate::journey::PromiseResult::{Broken, Kept};
        let levels = self.moments().levels();
        let mut experience = Experience {
            valences: Vec::new(),
            kept: 0.0,
            broken: 0.0,
        };
        for &touchpoint in &channel.touchpoints {
            for moment in self.moments_at(touchpoint as usize) {
                let met = self.visits_at(touchpoint as usize) * moment.share;
                match moment.result {
                    Some(Kept) => experience.kept += met,
                    Some(Broken) => experience.broken += met,
                    _ => {}
                }
                let shades = moment.shades.iter();
                experience
                    .valences
                    .extend(shades.map(|&(level, share)| (levels[level as usize], met * share)));
            }
        }
        experience.valences.sort_by(|a, b| a.0.total_cmp(&b.0));
        experience.valences.dedup_by(|again, first| {
            let same = again.0.total_cmp(&first.0).is_eq();
            if same {
                first.1 += again.1;
            }
            same
        });
        experience
    }
}

impl ChannelConsistency {
    /// Answers with what was counted, where it was.
    pub(crate) fn count(&mut self, flow: &Flow) {
        for need in &mut self.needs {
            for pair in &mut need.pairs {
                // Counted in the order of the alphabet.
                let (first, second) = if pair.a <= pair.b {
                    (&pair.a, &pair.b)
                } else {
                    (&pair.b, &pair.a)
                };
                let of = [need.need.as_str(), first, second];
                if let Some(both) = flow.counted_value(CountedName::Both, &of) {
                    pair.both = Some(both);
                    pair.basis = Basis::Counted;
                }
            }
        }
    }
}

impl Experience {
    fn mean(&self) -> Option<f64> {
        Felt::of(self.valences.iter().copied()).mean()
    }

    fn kept_rate(&self) -> Option<f64> {
        among(self.kept, self.kept + self.broken)
    }

    fn met(&self) -> f64 {
        self.valences.iter().map(|(_, met)| met).sum()
    }
}

/// Half the Wasserstein-1 distance: the area between the two distribution functions, over the range of valence.
fn distance(a: &Experience, b: &Experience) -> Option<f64> {
    let (met_a, met_b) = (a.met(), b.met());
    if met_a < RAREST || met_b < RAREST {
        return None;
    }
    let steps_a = a
        .valences
        .iter()
        .map(|&(valence, met)| (valence, met / met_a));
    let steps_b = b
        .valences
        .iter()
        .map(|&(valence, met)| (valence, -met / met_b));
    let mut steps: Vec<(f64, f64)> = steps_a.chain(steps_b).collect();
    steps.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut gap = 0.0;
    let mut area = 0.0;
    for (step, next) in steps.iter().zip(steps.iter().skip(1)) {
        gap += step.1;
        area += f64::abs(gap) * (next.0 - step.0);
    }
    Some((area / 2.0).clamp(0.0, 1.0))
}

/// `None` where no weight is above 0.
fn weighted_mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut total, mut sum) = (0.0, 0.0);
    for (weight, value) in weighted {
        total += weight;
        sum += weight * value;
    }
    (total > 0.0).then(|| sum / total)
}
