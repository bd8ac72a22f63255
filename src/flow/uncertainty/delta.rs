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
//! for a mix of feelings the multinomial again, with the visits of unknown feeling as one of its parts. A count that several moments share (a way that is open after every result)
//! enters once. The derivative of a sum over journeys needs its visits v and what lies ahead, u:
//!
//! ```text
//! way t from moment x        v_x (worth of t - mean worth of the ways) / (all open weights at x)
//! result r at touchpoint i   v_i (worth of r - worth of arriving) / (all results counted at i)
//! shade a of a mix           v_x (worth of a - mean worth) / (all weights of the mix); unknown is worth 0
//! start at i                 (worth of arriving at i - F) / (all starts)
//! ```

use crate::flow::fixes::alteration::Alteration;
use crate::flow::measures::gains::totals;
use crate::flow::measures::sums::{SUMS, Sum};
use crate::flow::moments::{Moment, To, Way, as_u32};
use crate::flow::solved::Flow;
use crate::journey::{Emotion, Evidence, PromiseResult, Touchpoint};

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

/// Derivatives by counts: what the count is, how much was counted, and the derivative.
#[derive(Default)]
struct Gradient {
    results: [f64; 3],
    ways: Slopes,
    shades: Slopes,
}

/// Counts of one touchpoint, each with its derivative. A count that comes again is found by its number, without a search.
#[derive(Default)]
struct Slopes {
    /// By number of a count: where it stands, from 1 on; 0 where it does not.
    places: Vec<u32>,
    counts: Vec<(usize, f64, f64)>,
}

/// The variance of the sum of some lines with a factor each, such as after minus before.
pub(super) fn variance(lines: &[(f64, &Line<'_>)]) -> f64 {
    let Some(flow) = lines.first().map(|(_, line)| line.flow) else {
        return 0.0;
    };
    let mut total = starts(flow, lines);
    let mut gradient = Gradient::default();
    for (touchpoint, node) in flow.journey.graph().raw_nodes().iter().enumerate() {
        if !flow.is_visited(touchpoint) {
            continue;
        }
        for &(factor, line) in lines {
            for state in flow.moments.states_of(touchpoint) {
                line.derive(state, &node.weight, factor, &mut gradient);
            }
        }
        total += gradient.take_variance(&node.weight);
    }
    total
}

fn starts(flow: &Flow, lines: &[(f64, &Line<'_>)]) -> f64 {
    let nodes = flow.journey.start_nodes();
    let counted: f64 = nodes.iter().map(|(_, count)| count).sum();
    let figures: Vec<f64> = lines
        .iter()
        .map(|(_, line)| totals(&flow.starts, &line.ahead, 1)[0])
        .collect();
    let each = nodes.iter().map(|&(node, count)| {
        let parts = lines.iter().zip(&figures);
        let slope: f64 = parts
            .map(|((factor, line), figure)| factor * (line.ahead[node.index()] - figure))
            .sum();
        count / counted * slope.powi(2) / counted
    });
    each.sum()
}

impl Gradient {
    /// The variance that the counts of one touchpoint bring in, and an empty gradient again.
    fn take_variance(&mut self, touchpoint: &Touchpoint) -> f64 {
        let mut total = 0.0;
        if let Some(promise) = &touchpoint.promise {
            for (result, slope) in PromiseResult::ALL.iter().zip(&self.results) {
                total += promise.weight(*result) * slope.powi(2);
            }
        }
        total += self.ways.take_squares() + self.shades.take_squares();
        self.results = [0.0; 3];
        total
    }
}

impl Slopes {
    fn add(&mut self, number: usize, count: f64, slope: f64) {
        if self.places.len() <= number {
            self.places.resize(number + 1, 0);
        }
        let place = &mut self.places[number];
        match self.counts.get_mut((*place as usize).wrapping_sub(1)) {
            Some(known) => known.2 += slope,
            None => {
                self.counts.push((number, count, slope));
                *place = as_u32(self.counts.len());
            }
        }
    }

    /// The sum of count times square of slope, and an empty list again.
    fn take_squares(&mut self) -> f64 {
        let mut sum = 0.0;
        for (number, count, slope) in self.counts.drain(..) {
            self.places[number] = 0;
            sum += count * slope.powi(2);
        }
        sum
    }
}

impl Line<'_> {
    /// Adds the derivatives by the counts of one touchpoint, times a factor.
    fn derive(&self, at: usize, touchpoint: &Touchpoint, factor: f64, gradient: &mut Gradient) {
        if self.closed.contains(&at) {
            return;
        }
        let visits = factor * self.visits[at];
        let cost = touchpoint.cost.unwrap_or(0.0) * self.column(Sum::Cost);
        let mut worths = [0.0; 3];
        for moment in self.flow.moments.at(at) {
            let felt = self.flow.felt_sums(&moment, self.altered);
            let (here, last) = (
                self.felt_by(felt, Sum::Pleasure),
                self.felt_by(felt, Sum::LastPleasure),
            );
            let worth = |way: &Way| match way.to() {
                To::State(to) => self.ahead[to as usize],
                To::End(outcome) => self.columns[outcome as usize] + last,
            };
            let onward: f64 = moment.ways.iter().map(|way| way.p * worth(way)).sum();
            if let Some(result) = moment.result {
                worths[result as usize] = here + cost + onward;
            }
            let share = self.altered.map_or(moment.share, |altered| {
                altered.share(&self.flow.moments, &moment)
            });
            if share > 0.0 {
                let met = visits * share;
                derive_ways(&moment, touchpoint, self.flow, gradient, |way| {
                    met * (worth(way) - onward)
                });
                self.derive_shades(&moment, touchpoint, met, gradient);
            }
        }
        if let Some(promise) = &touchpoint.promise {
            let counted: f64 = PromiseResult::ALL
                .iter()
                .map(|&result| promise.weight(result))
                .sum();
            for (result, slope) in gradient.results.iter_mut().enumerate() {
                let found = self
                    .altered
                    .map_or(result, |altered| altered.result(at, result));
                *slope += visits * (worths[found] - self.ahead[at]) / counted;
            }
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

    fn derive_shades(
        &self,
        moment: &Moment<'_>,
        touchpoint: &Touchpoint,
        met: f64,
        gradient: &mut Gradient,
    ) {
        let Some(emotion) = touchpoint.emotion_after(moment.result) else {
            return;
        };
        let shades = emotion.shades();
        let unknown = emotion.unknown_weight();
        if shades.len() < 2 && unknown <= 0.0 {
            return;
        }
        let last = moment.ends();
        let lifted = self
            .altered
            .is_some_and(|altered| altered.lifts(&self.flow.moments, moment));
        let by = |felt: [f64; 3]| {
            self.felt_by(felt, Sum::Pleasure) + last * self.felt_by(felt, Sum::LastPleasure)
        };
        let mean = by(self.flow.felt_sums(moment, self.altered));
        let counted = shades.iter().map(|shade| shade.weight).sum::<f64>() + unknown;
        let emotion = which(touchpoint, emotion);
        for (place, shade) in shades.iter().enumerate() {
            let valence = shade.felt_valence().unwrap_or(0.0);
            let hurt = if lifted { 0.0 } else { (-valence).max(0.0) };
            let slope = met * (by([valence.max(0.0), hurt, 1.0]) - mean) / counted;
            let number = emotion + EMOTIONS * place;
            gradient.shades.add(number, shade.weight, slope);
        }
        // That nobody knows what is felt was counted as well, and adds nothing to any sum.
        if unknown > 0.0 {
            let number = emotion + EMOTIONS * shades.len();
            let slope = -met * mean / counted;
            gradient.shades.add(number, unknown, slope);
        }
    }
}

/// So many emotions a touchpoint can state.
const EMOTIONS: usize = 3;

/// Which of a touchpoint's emotions this is.
fn which(touchpoint: &Touchpoint, emotion: &Emotion) -> usize {
    let emotions = [
        &touchpoint.emotion,
        &touchpoint.emotion_when_broken,
        &touchpoint.emotion_when_unknown,
    ];
    let same = |known: &&Option<Emotion>| {
        known
            .as_ref()
            .is_some_and(|known| std::ptr::eq(known, emotion))
    };
    emotions.iter().position(same).unwrap_or(0)
}

/// Adds a slope for each way of a moment; those of endings are told apart by their place among all endings.
fn derive_ways(
    moment: &Moment<'_>,
    touchpoint: &Touchpoint,
    flow: &Flow,
    gradient: &mut Gradient,
    slope: impl Fn(&Way) -> f64,
) {
    let edges = flow.journey.graph().raw_edges();
    let is_open = |when: Option<PromiseResult>| when.is_none() || when == moment.result;
    let mut endings = touchpoint
        .ends
        .iter()
        .enumerate()
        .filter(|(_, ending)| ending.weight > 0.0 && is_open(ending.when));
    for way in moment.ways {
        let counted = match way.transition() {
            Some(transition) => Some((transition, edges[transition].weight.weight)),
            None => endings
                .next()
                .map(|(place, ending)| (edges.len() + place, ending.weight)),
        };
        // A journey that ends for want of an open way was not counted to do so.
        if let Some((key, count)) = counted {
            gradient.ways.add(key, count, slope(way) * way.p / count);
        }
    }
}

/// Why there are no error bars.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum NoErrorBars {
    /// The weights of some touchpoints that journeys come to are not counts of real visits.
    NotObserved {
        /// Their ids, in the order of the map, the first ten of them.
        touchpoints: Vec<String>,
        /// How many they are.
        number: usize,
    },
    /// No touchpoint states how many journeys begin there, and several could be the first.
    StartsNotCounted,
    /// Counts of so few buckets of journeys are at hand that leaving one out at a time says nothing.
    FewBuckets {
        /// How many of them hold any journey.
        buckets: usize,
    },
    /// Customers remember facts, so that a count bears on several states at once; for such maps there are no error bars yet.
    Remembers,
}

impl Flow {
    /// Why counts do not tell how far the figures are in doubt; `None` where they do.
    pub(crate) fn not_counted(&self) -> Option<NoErrorBars> {
        if self.moments.remembered().is_some() {
            return Some(NoErrorBars::Remembers);
        }
        let touchpoints =
            self.touchpoints_where(|touchpoint| touchpoint.evidence != Evidence::Observed);
        if !touchpoints.is_empty() {
            let nodes = self.journey.graph().raw_nodes();
            let first = touchpoints.iter().take(10);
            return Some(NoErrorBars::NotObserved {
                number: touchpoints.len(),
                touchpoints: first
                    .map(|&at| nodes[at as usize].weight.id.clone())
                    .collect(),
            });
        }
        let stated = self
            .journey
            .touchpoints()
            .any(|touchpoint| touchpoint.start_weight().is_some());
        let several = self.starts.iter().filter(|&&share| share > 0.0).count() > 1;
        (several && !stated).then_some(NoErrorBars::StartsNotCounted)
    }
}
