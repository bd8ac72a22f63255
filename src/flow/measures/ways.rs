//! The ways that journeys go, and what is felt on them.

use super::conditions::{among, mean_of};
use super::feelings::Feelings;
use super::valences::{Felt, NEUTRAL};
use crate::flow::moments::{Moment, To};
use crate::flow::solved::Flow;
use crate::journey::Touchpoint;

/// What is felt at some touchpoints, weighted by how often their moments are met. Figures of feeling are `None` where no
/// emotion is known.
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

/// A way onward from a state, whatever its promise's result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LikelyWay {
    pub(crate) to: To,
    pub(crate) p: f64,
}

impl Flow {
    /// The moments that journeys come to, with the position of their state.
    pub(crate) fn visited(&self) -> impl Iterator<Item = (usize, Moment<'_>)> + '_ {
        (0..self.moments.states())
            .filter(|&state| self.is_reached(state))
            .flat_map(|state| self.moments.at(state).map(move |moment| (state, moment)))
    }

    /// What is felt at each moment.
    pub(crate) fn feelings(&self) -> &Feelings {
        self.answered
            .feelings
            .get_or_init(|| Feelings::new(&self.moments))
    }

    /// The chance of an outcome, by its position, after a visit that feels good; `None` where none is known to.
    pub(crate) fn chance_after_good(&self, touchpoint: usize, outcome: usize) -> Option<f64> {
        let levels = self.moments.levels();
        let (mut all, mut so) = (0.0, 0.0);
        for moment in self
            .moments_at(touchpoint)
            .filter(|_| self.is_visited(touchpoint))
        {
            let good = moment
                .shades
                .iter()
                .filter(|(level, _)| levels[*level as usize] > NEUTRAL);
            let good = moment.share * good.map(|(_, share)| share).sum::<f64>();
            all += good;
            so += good * moment.chance_of(outcome, |to| self.chance_from(to, outcome));
        }
        mean_of(so, all).map(|chance| chance.min(1.0))
    }

    /// The distribution of the first state.
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

    /// Positions of the states that journeys come to and whose touchpoint has a property, in the order of the map.
    pub(crate) fn states_where(&self, has: impl Fn(&Touchpoint) -> bool) -> Vec<u32> {
        self.states_at(&self.touchpoints_where(has))
    }

    /// What is felt at the touchpoints that have a property.
    pub(crate) fn mixture(&self, of: impl Fn(&Touchpoint) -> bool) -> Mixture {
        let mut moments = 0.0;
        let mut felt = Felt::default();
        for (state, moment) in self.visited() {
            if !of(self.touchpoint_of(state)) {
                continue;
            }
            let met = self.visits[state] * moment.share;
            moments += met;
            let Some(here) = self.feelings().felt(moment.position) else {
                continue;
            };
            felt.join(met, here);
        }
        let share = |met: f64| among(met, felt.known);
        Mixture {
            moments,
            coverage: among(felt.known, moments),
            mean: felt.mean(),
            sd: felt.sd(),
            positive: share(felt.positive),
            neutral: share(felt.neutral),
            negative: share(felt.negative),
        }
    }

    /// Takes all journeys one step on: from where they are to where they are next.
    pub(crate) fn step(&self, here: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; here.len()];
        for (state, &share) in here.iter().enumerate().filter(|&(_, &share)| share > 0.0) {
            for moment in self.moments.at(state) {
                for way in moment.ways {
                    if let To::State(to) = way.to() {
                        next[to as usize] += share * moment.share * way.p;
                    }
                }
            }
        }
        next
    }

    /// The ways onward from a state, those to the same place merged, in the order of the map.
    pub(crate) fn likely_ways(&self, state: usize) -> Vec<LikelyWay> {
        let mut ways: Vec<LikelyWay> = Vec::new();
        for moment in self.moments.at(state) {
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

/// A way from a moment to a touchpoint.
pub(crate) struct Moved<'f> {
    pub(crate) from: &'f Touchpoint,
    pub(crate) to: &'f Touchpoint,
    pub(crate) to_position: usize,
    /// Expected number of times on a journey.
    pub(crate) flow: f64,
    /// Of these, how often it is known what is felt before and behind, and the sum of what feelings change by.
    pub(crate) known: f64,
    pub(crate) change: f64,
}

impl Flow {
    /// Every way that journeys go, moment by moment.
    pub(crate) fn moved(&self) -> Vec<Moved<'_>> {
        let nodes = self.journey.graph().raw_nodes();
        let mut moved = Vec::new();
        for (state, moment) in self.visited() {
            let position = self.moments.touchpoint(state);
            let visits = self.visits_to(state) * moment.share;
            let here = self.feelings().moments_of(moment.position);
            for (to, p) in moment.onward() {
                let there = &self.feelings().arriving(to as usize).felt;
                let flow = visits * p;
                let (known, change) = match here.zip(there.mean()) {
                    Some(((known, mean, _), there_mean)) => {
                        let known = flow * known * there.known;
                        (known, known * (there_mean - mean))
                    }
                    None => (0.0, 0.0),
                };
                moved.push(Moved {
                    from: &nodes[position].weight,
                    to: self.touchpoint_of(to as usize),
                    to_position: self.moments.touchpoint(to as usize),
                    flow,
                    known,
                    change,
                });
            }
        }
        moved
    }
}
