//! How far counts leave the figures in doubt: the delta method.
//!
//! Every weight that was counted is taken as a count by itself. A figure F depends on its counts `c_t` through the shares
//! they make, so that scaling all counts of a row changes nothing, and its variance is
//!
//! ```text
//! Var F = sum over counts of c_t (dF / dc_t)^2
//! ```
//!
//! which for a row of transitions is the multinomial `v^2 / n (sum of p u^2 - (sum of p u)^2)`, for a promise the binomial, and
//! for a mix of feelings the multinomial again, with the visits of unknown feeling as one of its parts. A count that several moments share (a way that is open after every result,
//! or whatever customers remember) enters once. The derivative of a sum over journeys needs its visits v and what lies ahead, u:
//!
//! ```text
//! way t from moment x        v_x (worth of t - mean worth of the ways) / (all open weights at x)
//! result r at touchpoint i   v_i (worth of r - worth of arriving) / (all results counted at i)
//! shade a of a mix           v_x (worth of a - mean worth) / (all weights of the mix); unknown is worth 0
//! start at i                 (worth of arriving at i - F) / (all starts)
//! size of a group            (worth of the group - F) / (all sizes); its starts as above, within the group
//! ```
//!
//! Where what is felt is remembered, a shade is worth what follows from it as well.

use super::counts::{Counts, Gradient};
use super::starts;
use crate::flow::fixes::alteration::Alteration;
use crate::flow::measures::sums::{SUMS, Sum};
use crate::flow::moments::{Moment, To};
use crate::flow::solved::Flow;
use crate::journey::PromiseResult;

/// A figure that is a sum over journeys: how often each touchpoint is visited, and what is worth what.
pub(super) struct Line<'a> {
    pub(super) flow: &'a Flow,
    pub(super) visits: &'a [f64],
    /// The figure on arriving at each touchpoint.
    pub(super) ahead: Vec<f64>,
    /// The figure in the columns of [`Sums`](crate::flow::measures::sums::Sums).
    pub(super) columns: Vec<f64>,
    pub(super) altered: Option<Alteration>,
    /// Where journeys are followed no further.
    pub(super) closed: std::ops::Range<usize>,
}

/// The variance of the sum of some lines with a factor each, such as after minus before.
pub(super) fn variance(lines: &[(f64, &Line<'_>)]) -> f64 {
    let Some(flow) = lines.first().map(|(_, line)| line.flow) else {
        return 0.0;
    };
    let mut total = starts::variance(flow, lines);
    let mut gradient = Gradient::default();
    for (touchpoint, node) in flow.journey.graph().raw_nodes().iter().enumerate() {
        if !flow.is_visited(touchpoint) {
            continue;
        }
        let counts = Counts::of(flow, &node.weight);
        for &(factor, line) in lines {
            for state in flow.moments.states_of(touchpoint) {
                line.derive(state, &counts, factor, &mut gradient);
            }
        }
        total += gradient.take_variance();
    }
    total
}

/// The moments of one state after one result of the promise: several where what is felt is remembered.
struct Found<'a, 'm> {
    moments: &'m [Moment<'a>],
    /// The share of the visits that find this.
    share: f64,
    /// By moment, what follows it, without what is felt last.
    after: Vec<f64>,
}

impl<'a, 'm> Found<'a, 'm> {
    fn new(line: &Line<'_>, moments: &'m [Moment<'a>]) -> Self {
        let after = moments
            .iter()
            .map(|moment| moment.expected(|to| line.ahead[to], |outcome| line.columns[outcome]));
        Self {
            moments,
            share: moments.iter().map(|moment| moment.share).sum(),
            after: after.collect(),
        }
    }

    /// Expected over the visits that find this, of what each of its moments is worth.
    fn expected(&self, worth: impl Fn(&Moment<'_>, f64) -> f64) -> f64 {
        let parts = self.moments.iter().zip(&self.after);
        let parts = parts.map(|(moment, &after)| moment.share / self.share * worth(moment, after));
        parts.sum()
    }

    /// The moment that follows a feeling, and what is worth after it; `None` for a feeling that is not known.
    fn leads_to(&self, line: &Line<'_>, valence: Option<f64>) -> Option<(&Moment<'a>, f64)> {
        let levels = line.flow.moments.levels();
        let leads = |moment: &Moment<'_>| match valence {
            None => moment.unknown > 0.0,
            Some(valence) => moment.shades.iter().any(|&(level, _)| {
                let level = levels.get(level as usize);
                level.is_some_and(|level| level.total_cmp(&valence).is_eq())
            }),
        };
        let place = match self.moments {
            [_] => Some(0),
            several => several.iter().position(leads),
        }?;
        Some((&self.moments[place], self.after[place]))
    }
}

impl Line<'_> {
    /// Adds the derivatives by the counts on which one state rests, times a factor.
    fn derive(&self, at: usize, counts: &Counts<'_>, factor: f64, gradient: &mut Gradient) {
        if self.closed.contains(&at) {
            return;
        }
        let visits = factor * self.visits[at];
        let cost = counts.touchpoint.cost.unwrap_or(0.0) * self.column(Sum::Cost);
        let mut worths = [0.0; 3];
        let moments: Vec<Moment<'_>> = self.flow.moments.at(at).collect();
        for moments in moments.chunk_by(|one, next| one.result == next.result) {
            let found = Found::new(self, moments);
            if let Some(result) = found.moments[0].result {
                worths[result as usize] =
                    cost + found.expected(|moment, after| self.felt(moment) + after);
            }
            let mut met = 0.0;
            for (moment, &after) in moments.iter().zip(&found.after) {
                let share = self.altered.map_or(moment.share, |altered| {
                    altered.share(&self.flow.moments, moment)
                });
                met += visits * share;
                if share > 0.0 {
                    self.derive_ways(moment, counts, (visits * share, after), gradient);
                }
            }
            if met.abs() > 0.0 {
                self.derive_shades(at, &found, counts, met, gradient);
            }
        }
        let Some((number, promise)) = counts.promise(at) else {
            return;
        };
        let weights = PromiseResult::ALL.iter();
        let weights = weights.map(|&result| promise.weight(result));
        let counted: f64 = weights.clone().sum();
        for (result, weight) in weights.enumerate() {
            let found = self
                .altered
                .map_or(result, |altered| altered.result(at, result));
            let slope = visits * (worths[found] - self.ahead[at]) / counted;
            gradient.results.add(3 * number + result, weight, slope);
        }
    }

    fn column(&self, sum: Sum) -> f64 {
        self.columns[self.columns.len() - SUMS + sum as usize]
    }

    /// What pleasure, hurt and knowing count for, from a first column on.
    fn felt_by(&self, felt: [f64; 3], first: Sum) -> f64 {
        let columns = &self.columns[self.columns.len() - SUMS + first as usize..];
        columns
            .iter()
            .zip(felt)
            .map(|(column, felt)| column * felt)
            .sum()
    }

    /// What a feeling at a moment is worth, there and where journeys end with it.
    fn worth(&self, felt: [f64; 3], moment: &Moment<'_>) -> f64 {
        self.felt_by(felt, Sum::Pleasure) + moment.ends() * self.felt_by(felt, Sum::LastPleasure)
    }

    /// The same of what is felt there on average.
    fn felt(&self, moment: &Moment<'_>) -> f64 {
        self.worth(self.flow.felt_sums(moment, self.altered), moment)
    }

    fn derive_shades(
        &self,
        at: usize,
        found: &Found<'_, '_>,
        counts: &Counts<'_>,
        met: f64,
        gradient: &mut Gradient,
    ) {
        let Some((emotion, felt)) = counts.emotion(at, found.moments[0].result) else {
            return;
        };
        let (shades, unknown) = (felt.shades(), felt.unknown_weight());
        if shades.len() < 2 && unknown <= 0.0 {
            return;
        }
        let mean = found.expected(|moment, _| self.felt(moment));
        let after = found.expected(|_, after| after);
        let counted = shades.iter().map(|shade| shade.weight).sum::<f64>() + unknown;
        let mut add = |place: usize, weight: f64, felt: [f64; 3], valence: Option<f64>| {
            // Of a shade without weight nothing was counted.
            if let Some((moment, follows)) = found.leads_to(self, valence) {
                let worth = self.worth(felt, moment) - mean + (follows - after);
                let number = emotion + counts.emotion_count() * place;
                gradient.shades.add(number, weight, met * worth / counted);
            }
        };
        for (place, shade) in shades.iter().enumerate() {
            let valence = shade.felt_valence().unwrap_or(0.0);
            let lifted = self.altered.is_some_and(|altered| {
                let mut moments = found.moments.iter();
                moments.any(|moment| altered.lifts(&self.flow.moments, moment))
            });
            let hurt = if lifted { 0.0 } else { (-valence).max(0.0) };
            add(
                place,
                shade.weight,
                [valence.max(0.0), hurt, 1.0],
                Some(valence),
            );
        }
        // That nobody knows what is felt was counted as well, and adds nothing to any sum.
        if unknown > 0.0 {
            add(shades.len(), unknown, [0.0; 3], None);
        }
    }

    /// Adds a slope for each way of a moment that is met so often, after which so much follows; those of endings are told apart by
    /// their place among all endings.
    fn derive_ways(
        &self,
        moment: &Moment<'_>,
        counts: &Counts<'_>,
        (met, after): (f64, f64),
        gradient: &mut Gradient,
    ) {
        let edges = self.flow.journey.graph().raw_edges();
        let felt = self.flow.felt_sums(moment, self.altered);
        let last = self.felt_by(felt, Sum::LastPleasure);
        let onward = after + moment.ends() * last;
        let mut ends = counts.ends(moment);
        for way in moment.ways {
            let worth = match way.to() {
                To::State(to) => self.ahead[to as usize],
                To::End(outcome) => self.columns[outcome as usize] + last,
            };
            let counted = match way.transition() {
                Some(transition) => Some((transition, edges[transition].weight.weight)),
                None => ends
                    .next()
                    .map(|(place, count)| (edges.len() + place, count)),
            };
            // A journey that ends for want of an open way was not counted to do so.
            if let Some((key, count)) = counted {
                gradient
                    .ways
                    .add(key, count, met * (worth - onward) * way.p / count);
            }
        }
    }
}
