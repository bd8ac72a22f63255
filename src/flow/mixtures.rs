//! Measures of feeling over many moments, and of walking step by step, that questions share.

use super::moments::{Moment, To};
use super::thinning::Extremes;
use super::{Feelings, Flow};
use crate::journey::Touchpoint;

/// Above this a valence is positive, below its opposite negative, and between them neutral.
pub(crate) const NEUTRAL: f64 = 0.1;

/// The valences of some touchpoints' moments, weighted by how often they are met. Figures of feeling are `None`
/// where no emotion is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mixture {
    /// Expected number of moments.
    pub(crate) moments: f64,
    /// Share of them whose emotion is known; `None` where there are none.
    pub(crate) coverage: Option<f64>,
    pub(crate) mean: Option<f64>,
    pub(crate) sd: Option<f64>,
    pub(crate) positive: Option<f64>,
    pub(crate) neutral: Option<f64>,
    pub(crate) negative: Option<f64>,
}

/// The extremes of a journey by three orders of its levels.
pub(crate) struct AllExtremes {
    pub(crate) best: Extremes,
    pub(crate) worst: Extremes,
    /// By intensity, negative above positive at a tie.
    pub(crate) peak: Extremes,
    /// The grid to which levels were rounded, where there are too many to take each by itself.
    pub(crate) rounded_to: Option<f64>,
}

/// A way onward from a touchpoint, whatever its promise's result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LikelyWay {
    pub(crate) to: To,
    pub(crate) p: f64,
}

impl Flow {
    /// The moments that journeys come to, with the position of their touchpoint.
    pub(crate) fn visited(&self) -> impl Iterator<Item = (usize, Moment<'_>)> + '_ {
        (0..self.moments.touchpoints())
            .filter(|&touchpoint| self.is_visited(touchpoint))
            .flat_map(|touchpoint| {
                self.moments
                    .at(touchpoint)
                    .map(move |moment| (touchpoint, moment))
            })
    }

    /// Whether journeys come to a touchpoint.
    pub(crate) fn is_visited(&self, touchpoint: usize) -> bool {
        self.network.is_reachable(touchpoint)
    }

    /// What is felt at each moment.
    pub(crate) fn feelings(&self) -> &Feelings {
        self.feelings.get_or_init(|| Feelings::new(&self.moments))
    }

    /// The distribution of the first touchpoint.
    pub(crate) fn starts(&self) -> &[f64] {
        &self.starts
    }

    /// Positions of the touchpoints that are visited and have a property, in the order of the map.
    pub(crate) fn touchpoints_where(&self, has: impl Fn(&Touchpoint) -> bool) -> Vec<u32> {
        let all = (0_u32..).zip(self.journey.touchpoints());
        all.filter(|&(position, touchpoint)| self.is_visited(position as usize) && has(touchpoint))
            .map(|(position, _)| position)
            .collect()
    }

    /// The valences met at the touchpoints that have a property.
    pub(crate) fn mixture(&self, of: impl Fn(&Touchpoint) -> bool) -> Mixture {
        let nodes = self.journey.graph().raw_nodes();
        let levels = self.moments.levels();
        let chosen = || {
            self.visited()
                .filter(|&(touchpoint, _)| of(&nodes[touchpoint].weight))
        };
        let (mut moments, mut known, mut sum) = (0.0, 0.0, 0.0);
        for (touchpoint, moment) in chosen() {
            let met = self.visits[touchpoint] * moment.share;
            moments += met;
            if let Some(felt) = self.feelings().felt(moment.position) {
                known += met * felt.known;
                sum += met * felt.known * felt.mean;
            }
        }
        let coverage = (moments > 0.0).then(|| (known / moments).min(1.0));
        if known <= 0.0 {
            return Mixture {
                moments,
                coverage,
                ..Mixture::default()
            };
        }
        let mean = sum / known;
        let (mut spread, mut positive, mut neutral, mut negative) = (0.0, 0.0, 0.0, 0.0);
        for (touchpoint, moment) in chosen() {
            for &(level, share) in moment.shades {
                let valence = levels[level as usize];
                let met = self.visits[touchpoint] * moment.share * share;
                spread += met * (valence - mean).powi(2);
                *(if valence > NEUTRAL {
                    &mut positive
                } else if valence < -NEUTRAL {
                    &mut negative
                } else {
                    &mut neutral
                }) += met;
            }
        }
        let share = |met: f64| Some((met / known).min(1.0));
        Mixture {
            moments,
            coverage,
            mean: Some(mean),
            sd: Some((spread / known).sqrt()),
            positive: share(positive),
            neutral: share(neutral),
            negative: share(negative),
        }
    }

    /// Best, worst and peak.
    pub(crate) fn all_extremes(&self) -> AllExtremes {
        let levels = self.levels_of_extremes();
        let ascending: Vec<usize> = (0..levels.valences.len()).collect();
        let descending: Vec<usize> = ascending.iter().rev().copied().collect();
        AllExtremes {
            best: self.extremes(&levels, &ascending),
            worst: self.extremes(&levels, &descending),
            peak: self.extremes(&levels, &levels.by_intensity()),
            rounded_to: levels.rounded_to,
        }
    }

    /// Takes all journeys one step on: from where they are to where they are next.
    pub(crate) fn step(&self, here: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; here.len()];
        for (touchpoint, &share) in here.iter().enumerate().filter(|&(_, &share)| share > 0.0) {
            for moment in self.moments.at(touchpoint) {
                for way in moment.ways {
                    if let To::Touchpoint(to) = way.to() {
                        next[to as usize] += share * moment.share * way.p;
                    }
                }
            }
        }
        next
    }

    /// The ways onward from a touchpoint, those to the same place merged, in the order of the map.
    pub(crate) fn likely_ways(&self, touchpoint: usize) -> Vec<LikelyWay> {
        let mut ways: Vec<LikelyWay> = Vec::new();
        for moment in self.moments.at(touchpoint) {
            for way in moment.ways {
                let p = moment.share * way.p;
                if p > 0.0 {
                    ways.push(LikelyWay { to: way.to(), p });
                }
            }
        }
        ways.sort_by_key(|way| way.to);
        ways.dedup_by(|again, first| {
            let same = again.to == first.to;
            if same {
                first.p += again.p;
            }
            same
        });
        ways
    }
}
