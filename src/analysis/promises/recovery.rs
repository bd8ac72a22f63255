//! What happens after a promise was broken.

use crate::flow::{
    Crossing, Flow, Layer, Moment, Proven, RAREST, Stretch, Until, among, is_proven, mean,
};
use crate::journey::{Ability, Outcome};

/// What happens after a journey first meets a promise broken.
///
/// A journey recovers when it comes, at a later moment, to a touchpoint that can [`Resolve`](crate::Ability::Resolve): where
/// staff or a system may put things right. Whether they do, the map does not say. Figures of feeling and of endings
/// describe; they promise nothing, for those who recover may differ from those who do not.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Recovery {
    /// Share of journeys that meet the promise broken, in 0..=1. All other figures are about their first break.
    pub breaks: f64,
    /// Of these, the share whose break is at a touchpoint that can itself resolve it, in 0..=1.
    pub on_the_spot: f64,
    /// Of these, the share that later come to a touchpoint that can resolve it, in 0..=1.
    pub recovered: f64,
    /// Expected number of moments from the break to the first such touchpoint, which is included: 1 if it comes next;
    /// `None` where nobody recovers.
    pub moments: Option<f64>,
    /// Expected total of the known waits on the way there, in seconds; `None` where none is known.
    pub wait_s: Option<f64>,
    /// Share of the steps on the way there whose wait is known, in 0..=1.
    pub wait_coverage: Option<f64>,
    /// What those who recover feel, over those of known feeling.
    pub feeling: FeelingAround,
    /// How journeys end that recover, and those that do not, in the order of the outcomes' names.
    pub outcomes: Vec<EndingAfterBreak>,
}

/// Mean valences around a recovery, over the journeys that recover; each from -1 to 1, with the share of these journeys
/// whose feeling is known there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FeelingAround {
    /// At the moment right before the break; unknown where journeys begin with it.
    pub before: Option<f64>,
    /// Share of the recovering journeys of which that is known, in 0..=1.
    pub before_coverage: Option<f64>,
    /// At the first touchpoint after the break that can resolve.
    pub at_recovery: Option<f64>,
    /// Share of the recovering journeys of which that is known, in 0..=1.
    pub at_recovery_coverage: Option<f64>,
    /// At the last moment of the journey.
    pub end: Option<f64>,
    /// Share of the recovering journeys of which that is known, in 0..=1.
    pub end_coverage: Option<f64>,
    /// Whether the mean at recovery or at the end lies above the mean before the break: the field's "recovery
    /// paradox", which this describes and nothing guarantees. `None` where that can not be compared.
    pub lifts: Option<bool>,
}

/// How often journeys end with an outcome after a broken promise.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EndingAfterBreak {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of the journeys that recover, in 0..=1; `None` where there are none.
    pub recovered: Option<f64>,
    /// Share of the journeys that do not, in 0..=1; `None` where there are none.
    pub unrecovered: Option<f64>,
}

/// A rise that is greater than rounding.
const RISE: f64 = 1e-12;

/// Where journeys first meet a promise broken.
pub(super) struct FirstBreaks {
    /// Visits of journeys that have not met it broken yet.
    pub(super) unbroken: Proven,
    pub(super) breaks: Vec<Crossing>,
}

/// The layer of journeys that have not met a touchpoint that can resolve, and what lies at its end.
pub(super) struct Mending<'f> {
    layer: Layer<'f>,
    resolvers: Vec<u32>,
    until: Until,
    /// By touchpoint, for journeys that leave the layer: chance that the feeling at the first resolving touchpoint is known,
    /// and what it then is, above and below 0 apart; the same of the last moment of the journey.
    feelings: Proven,
}

/// A recovery whose endings are still to be found.
pub(super) struct Pending {
    breaks: Vec<Crossing>,
    /// Share of all journeys that break and recover.
    recovered: f64,
    recovery: Recovery,
    error_bound: f64,
}

/// Known share, positive and negative valence, twice.
const FEELINGS: usize = 6;

impl FirstBreaks {
    /// From the layer of journeys that have not met it yet.
    pub(super) fn of(flow: &Flow, layer: &Layer<'_>) -> Self {
        let unbroken = layer.visits(flow.starts().to_vec());
        let mut breaks = layer.crossings(&unbroken.values);
        breaks.retain(|crossing| crossing.share > 0.0);
        Self { unbroken, breaks }
    }

    pub(super) fn share(&self) -> f64 {
        let shares = self.breaks.iter().map(|crossing| crossing.share);
        shares.fold(0.0, |sum, share| sum + share)
    }
}

impl<'f> Mending<'f> {
    pub(super) fn new(flow: &'f Flow) -> Self {
        let resolvers = flow.states_where(|at| at.is_able_to(Ability::Resolve));
        let mut layer = flow.layer();
        layer.restart(&resolvers, |_| true);
        let until = layer.until();
        let at_end = flow.earned(flow.felt(|moment| moment.ends()), 3);
        let here = flow.felt(|_| 1.0);
        let mut gains = vec![0.0; flow.starts().len() * FEELINGS];
        for &resolver in &resolvers {
            let row = 3 * resolver as usize..3 * resolver as usize + 3;
            let felt = here[row.clone()].iter().chain(&at_end.values[row]);
            let gains = &mut gains[FEELINGS * resolver as usize..];
            for (gain, felt) in gains.iter_mut().zip(felt) {
                *gain = *felt;
            }
        }
        let mut feelings = layer.values(gains, FEELINGS);
        feelings.error_bound += at_end.error_bound;
        Self {
            layer,
            resolvers,
            until,
            feelings,
        }
    }

    /// What happens after the first breaks, but for the endings; `layer` is that of the journeys that have not met one.
    pub(super) fn after(&self, flow: &Flow, layer: &Layer<'_>, first: &FirstBreaks) -> Pending {
        let mut stretch = Stretch::default();
        let mut felt = [0.0; FEELINGS];
        let mut at_once = 0.0;
        // Of those who come to a touchpoint, the share that then break and recover.
        let mut break_here = vec![0.0; flow.starts().len()];
        for crossing in &first.breaks {
            let moment = flow.moments().moment(crossing.moment);
            stretch.add(flow, &self.until, &moment, crossing.share);
            let recovers = moment.expected_next(|to| self.until.chance(to));
            break_here[crossing.touchpoint as usize] += moment.share * recovers;
            for (column, felt) in felt.iter_mut().enumerate() {
                let there = |to: usize| self.feelings.values[to * FEELINGS + column];
                *felt += crossing.share * moment.expected_next(there);
            }
            if self.resolvers.binary_search(&crossing.touchpoint).is_ok() {
                at_once += crossing.share;
            }
        }
        let before = flow.felt_before(layer, &first.unbroken.values, &break_here);
        let breaks = first.share();
        Pending {
            recovered: stretch.ended(),
            error_bound: first.unbroken.error_bound
                + self.until.error_bound.max(self.feelings.error_bound),
            recovery: Recovery {
                breaks: breaks.min(1.0),
                on_the_spot: (at_once / breaks).min(1.0),
                recovered: stretch.chance().unwrap_or(0.0),
                moments: stretch.moments(),
                wait_s: stretch.wait_s(),
                wait_coverage: stretch.wait_coverage(),
                feeling: FeelingAround::new(before, &felt, stretch.ended()),
                outcomes: Vec::new(),
            },
            breaks: first.breaks.clone(),
        }
    }

    /// Finds the endings, one outcome after the other.
    pub(super) fn finish(
        self,
        flow: &Flow,
        mut pending: Vec<Pending>,
        error_bound: &mut f64,
    ) -> Vec<Option<Recovery>> {
        let mut endings = vec![Vec::<[f64; 2]>::new(); pending.len()];
        for outcome in 0..flow.moments().outcomes().len() {
            // Recovering and then ending so, and ending so without it.
            let never = self.layer.ending_with(outcome);
            let mut gains: Vec<f64> = never.into_iter().flat_map(|never| [0.0, never]).collect();
            for &resolver in &self.resolvers {
                gains[2 * resolver as usize] = flow.chance_from(resolver as usize, outcome);
            }
            let ahead = self.layer.values(gains, 2);
            for (pending, endings) in pending.iter_mut().zip(&mut endings) {
                pending.error_bound = pending.error_bound.max(ahead.error_bound);
                let mut sums = [0.0; 2];
                for crossing in &pending.breaks {
                    let moment = flow.moments().moment(crossing.moment);
                    sums[0] += crossing.share * moment.expected_next(|to| ahead.values[2 * to]);
                    let never = moment.chance_of(outcome, |to| ahead.values[2 * to + 1]);
                    sums[1] += crossing.share * never;
                }
                endings.push(sums);
            }
        }
        let done = pending.into_iter().zip(endings);
        done.map(|(pending, endings)| {
            let proven = is_proven(pending.error_bound) && pending.recovery.breaks >= RAREST;
            if proven {
                *error_bound = error_bound.max(pending.error_bound);
            }
            proven.then(|| pending.finish(flow, &endings))
        })
        .collect()
    }
}

impl Pending {
    fn finish(self, flow: &Flow, endings: &[[f64; 2]]) -> Recovery {
        let unrecovered = endings.iter().fold(0.0, |sum, [_, never]| sum + never);
        let outcomes = flow.moments().outcomes().iter().zip(endings);
        Recovery {
            outcomes: outcomes
                .map(|(outcome, &[recovered, never])| EndingAfterBreak {
                    outcome: outcome.clone(),
                    recovered: among(recovered, self.recovered),
                    unrecovered: among(never, unrecovered),
                })
                .collect(),
            ..self.recovery
        }
    }
}

impl FeelingAround {
    fn new(before: [f64; 3], felt: &[f64; FEELINGS], recovered: f64) -> Self {
        let mean = |known: f64, above: f64, below: f64| {
            mean(above, below, known).map(|mean| mean.clamp(-1.0, 1.0))
        };
        let coverage = |known: f64| among(known, recovered);
        let before_mean = mean(before[0], before[1], before[2]);
        let at_recovery = mean(felt[0], felt[1], felt[2]);
        let end = mean(felt[3], felt[4], felt[5]);
        let later = at_recovery.into_iter().chain(end).reduce(f64::max);
        Self {
            before: before_mean,
            before_coverage: coverage(before[0]),
            at_recovery,
            at_recovery_coverage: coverage(felt[0]),
            end,
            end_coverage: coverage(felt[3]),
            lifts: later
                .zip(before_mean)
                .map(|(later, before)| later > before + RISE),
        }
    }
}

impl Flow {
    /// For each touchpoint, over its moments weighted by `weight`: share of known feeling, and positive and negative
    /// valence.
    fn felt(&self, weight: impl Fn(Moment<'_>) -> f64) -> Vec<f64> {
        let mut gains = vec![0.0; 3 * self.starts().len()];
        for (touchpoint, moment) in self.visited() {
            let Some(felt) = self.feelings().felt(moment.position) else {
                continue;
            };
            let share = moment.share * weight(moment);
            let row = &mut gains[3 * touchpoint..3 * touchpoint + 3];
            row[0] += share * felt.known;
            row[1] += share * felt.pleasure;
            row[2] += share * felt.hurt;
        }
        gains
    }

    /// What journeys of a layer feel at the moment before they come to a touchpoint and, with the chance `break_here`, break and
    /// recover: as [`Flow::felt`] counts it.
    fn felt_before(&self, layer: &Layer<'_>, unbroken: &[f64], break_here: &[f64]) -> [f64; 3] {
        let mut felt = [0.0; 3];
        for (touchpoint, visits) in unbroken.iter().enumerate().filter(|(_, v)| **v > 0.0) {
            for moment in layer.staying(touchpoint) {
                if let Some(here) = self.feelings().felt(moment.position) {
                    let coming = moment.expected_next(|to| break_here[to]);
                    let share = visits * moment.share * coming;
                    felt[0] += share * here.known;
                    felt[1] += share * here.pleasure;
                    felt[2] += share * here.hurt;
                }
            }
        }
        felt
    }
}
