//! What visits earn: the figures of a whole journey that are sums over its moments, and the same from each touchpoint on.

use super::sums::{END, JourneySums, MEAN, SUMS, Sum, SumChange, Sums};
use crate::chain::Factor;
use crate::flow::fixes::alteration::Alteration;
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::Flow;

impl Flow {
    /// What a whole journey adds up, computed when first asked for: visits times what each of them earns.
    pub(crate) fn journey_sums(&self) -> &JourneySums {
        self.answered
            .journey
            .get_or_init(|| self.earned_by(&self.visits, None))
    }

    /// What is added up over a whole journey.
    pub(crate) fn total(&self, sum: Sum) -> f64 {
        self.journey_sums()[sum as usize]
    }

    /// Expected negative valence of a journey: how bad its bad moments are, added up. Moments of unknown emotion add
    /// nothing; [`Trajectory::coverage`](crate::analysis::Trajectory::coverage) says how many these are.
    #[must_use]
    pub fn hurt(&self) -> f64 {
        self.total(Sum::Hurt)
    }

    /// Expected negative valence of a journey at one touchpoint.
    pub(crate) fn hurt_at(&self, touchpoint: usize) -> f64 {
        self.pooled(touchpoint, |state| {
            self.visits[state] * self.feelings().arriving(state).felt.hurt
        })
    }

    /// Expected broken promises of a journey at one touchpoint.
    pub(crate) fn broken_at(&self, touchpoint: usize) -> f64 {
        self.pooled(touchpoint, |state| {
            self.visits[state] * self.feelings().arriving(state).broken
        })
    }

    /// Mean valence over all moments; `None` where no emotion is known.
    pub(crate) fn mean_valence(&self) -> Option<f64> {
        MEAN.of(self.journey_sums())
    }

    /// Share of moments whose emotion is known, in 0..=1.
    pub(crate) fn coverage(&self) -> f64 {
        self.mixture(|_| true).coverage.unwrap_or(0.0)
    }

    /// Mean valence of the last moment; `None` where no emotion is known there.
    pub(crate) fn end_valence(&self) -> Option<f64> {
        END.of(self.journey_sums())
    }

    /// Share of journeys whose last moment has a known emotion, in 0..=1.
    pub(crate) fn end_coverage(&self) -> f64 {
        self.total(Sum::LastKnown).min(1.0)
    }

    /// The sums from each touchpoint on, computed when first asked for.
    pub(crate) fn sums(&self) -> &Sums {
        self.answered.sums.get_or_init(|| {
            let mut sums = self.solve_columns(0, &self.factor, &self.visits, None);
            sums.journey = *self.journey_sums();
            sums
        })
    }

    /// The sums of a chain, such as that with a fix in it, from its visits; the outcomes stand before them.
    pub(crate) fn solve_sums(
        &self,
        factor: &Factor,
        visits: &[f64],
        altered: Option<Alteration>,
    ) -> Sums {
        let outcomes = self.moments.outcomes().len();
        self.solve_columns(outcomes, factor, visits, altered)
    }

    fn solve_columns(
        &self,
        outcomes: usize,
        factor: &Factor,
        visits: &[f64],
        altered: Option<Alteration>,
    ) -> Sums {
        let width = outcomes + SUMS;
        let mut ahead = vec![0.0; self.starts.len() * width];
        for (state, row) in ahead.chunks_exact_mut(width).enumerate() {
            if !self.network.is_reachable(state) {
                continue;
            }
            for moment in self.moments.at(state) {
                let share = altered.map_or(moment.share, |altered| {
                    altered.share(&self.moments, &moment)
                });
                let (ends, sums) = row.split_at_mut(outcomes);
                if outcomes > 0 {
                    for (outcome, p) in moment.endings() {
                        ends[outcome] += share * p;
                    }
                }
                self.earn_sums(state, &moment, altered, share, sums);
            }
        }
        let error_bound = factor.solve(&mut ahead, width);
        Sums {
            ahead,
            width,
            journey: self.earned_by(visits, altered),
            error_bound,
        }
    }

    fn earned_by(&self, visits: &[f64], altered: Option<Alteration>) -> JourneySums {
        let mut journey = [0.0; SUMS];
        for (state, moment) in self.visited() {
            let share = altered.map_or(moment.share, |altered| {
                altered.share(&self.moments, &moment)
            });
            self.earn_sums(state, &moment, altered, visits[state] * share, &mut journey);
        }
        if altered.is_none() {
            // Added up as it is shown by touchpoint, so that shares of it sum to one.
            let hurts = (0..self.touchpoint_count()).map(|touchpoint| self.hurt_at(touchpoint));
            journey[Sum::Hurt as usize] = hurts.fold(0.0, |sum, hurt| sum + hurt);
        }
        journey
    }

    /// The chain with a fix in it, eliminated: for the same pattern, with the altered numbers.
    pub(crate) fn altered_factor(&self, altered: Alteration) -> Factor {
        let keep = |moment: &Moment<'_>| Kept {
            on: altered.share(&self.moments, moment) / moment.share,
            out: 0.0,
        };
        let (p, exit) = self.network.thinned(&self.moments, keep);
        Factor::new(self.factor.structure().clone(), &p, &exit)
    }

    fn earn_sums(
        &self,
        state: usize,
        moment: &Moment<'_>,
        altered: Option<Alteration>,
        times: f64,
        sums: &mut [f64],
    ) {
        let felt = self.felt_sums(moment, altered);
        let last = moment.ends();
        for (place, amount) in felt.into_iter().enumerate() {
            sums[place] += times * amount;
            sums[Sum::LastPleasure as usize + place] += times * last * amount;
        }
        let cost = self.touchpoint_of(state).cost;
        sums[Sum::Cost as usize] += times * cost.unwrap_or(0.0);
        let visits = if cost.is_some() {
            Sum::Costed
        } else {
            Sum::Uncosted
        };
        sums[visits as usize] += times;
    }

    /// Pleasure, hurt and the known share of a moment.
    pub(crate) fn felt_sums(&self, moment: &Moment<'_>, altered: Option<Alteration>) -> [f64; 3] {
        let Some(felt) = self.feelings().felt(moment.position) else {
            return [0.0; 3];
        };
        let lifted = altered.is_some_and(|altered| altered.lifts(&self.moments, moment));
        let hurt = if lifted { 0.0 } else { felt.hurt };
        [felt.pleasure, hurt, felt.known]
    }

    /// Adds to a change what a moment is worth with all that follows, `times` times.
    pub(crate) fn add_worth(
        &self,
        state: usize,
        moment: &Moment<'_>,
        times: f64,
        change: &mut SumChange,
    ) {
        let sums = self.sums();
        for (outcome, p) in moment.endings() {
            change.outcomes[outcome] += times * p;
        }
        self.earn_sums(state, moment, None, times, &mut change.sums);
        for (to, p) in moment.onward() {
            let to = to as usize;
            for (column, ahead) in change.sums.iter_mut().zip(sums.row(to)) {
                *column += times * p * ahead;
            }
            self.outlook.each_chance(to, |outcome, ahead| {
                change.outcomes[outcome] += times * p * ahead;
            });
        }
    }
}
