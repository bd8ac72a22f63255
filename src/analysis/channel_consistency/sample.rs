//! The feelings that were counted in a channel, and which pairs of channels are judged by them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use super::verdict::{
    ChannelOptions, CountedPair, FEWEST, FOR_EACH_PAIR, InconclusiveReason, PairTest, Verdict,
    total,
};
use super::{ChannelPair, NeedConsistency};
use crate::flow::{Flow, Need, NeedChannel};
use crate::journey::{CountedChannels, Emotion, Evidence, PromiseResult, Touchpoint};
use crate::statistics::{Stream, benjamini_hochberg};

/// So many steps of drawing random numbers may go into the tests; some ten seconds' work.
const BUDGET: f64 = 2e9;
/// Steps to begin a draw.
const DRAW: f64 = 20.0;
/// Above this, whole numbers have gaps.
const GREATEST: f64 = 9_007_199_254_740_992.0;

/// One valence with the visits that feel so in either channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    pub(super) valence: f64,
    pub(super) a: u64,
    pub(super) b: u64,
}

/// Counted visits by valence, ascending; or why they can not be counted.
type Sample = Result<BTreeMap<OrderedFloat<f64>, u64>, InconclusiveReason>;

/// Two channels with enough counted visits, by their places.
struct Case {
    need: usize,
    pair: usize,
    /// The two channels, by their places among the need's.
    sides: (usize, usize),
    /// Steps of one permutation or one resample.
    steps: f64,
}

impl Flow {
    /// Judges every pair of channels whose touchpoints for a need are all observed.
    pub(super) fn judge(
        &self,
        needs: &[Need<'_>],
        found: &mut [NeedConsistency],
        options: ChannelOptions,
    ) {
        let sampled = |need: &Need<'_>| -> Vec<Sample> {
            let channels = need.channels.iter();
            channels.map(|channel| self.sample(channel)).collect()
        };
        let samples: Vec<Vec<Sample>> = needs.iter().map(sampled).collect();
        let mut cases = Vec::new();
        for (need, (samples, found)) in samples.iter().zip(found.iter_mut()).enumerate() {
            let all = samples.len();
            let sides = (0..all).flat_map(|i| (i + 1..all).map(move |j| (i, j)));
            for (pair, (sides, found)) in sides.zip(&mut found.pairs).enumerate() {
                let levels = merge(&samples[sides.0], &samples[sides.1]);
                if let Some(steps) = admit(levels, found) {
                    cases.push(Case {
                        need,
                        pair,
                        sides,
                        steps,
                    });
                }
            }
        }
        cases.sort_by_key(|case| Reverse(OrderedFloat(found[case.need].exposure)));
        let mut tests = Vec::new();
        let plan = Plan::new(&cases, options);
        let of_journeys = self.counted_channels();
        for (number, case) in cases.iter().enumerate() {
            let pair = &mut found[case.need].pairs[case.pair];
            if number >= plan.judged {
                pair.inconclusive = Some(InconclusiveReason::BeyondBudget);
                continue;
            }
            let names = [needs[case.need].name, &pair.a, &pair.b];
            if let Some(known) = of_journeys.get(&names) {
                tests.push(PairTest::counted(known));
                continue;
            }
            let mut stream = Stream::new(options.seed, &names);
            let [a, b] = [case.sides.0, case.sides.1].map(|side| &samples[case.need][side]);
            tests.push(PairTest::new(
                &merge(a, b).unwrap_or_default(),
                plan.permutations,
                options.permutations,
                &mut stream,
            ));
        }
        let p: Vec<f64> = tests.iter().map(|test| test.p).collect();
        for ((case, mut test), p_adjusted) in cases.iter().zip(tests).zip(benjamini_hochberg(&p)) {
            test.p_adjusted = p_adjusted;
            let pair = &mut found[case.need].pairs[case.pair];
            let verdict = test.verdict();
            pair.verdict = Some(verdict);
            pair.inconclusive =
                (verdict == Verdict::Unclear).then_some(InconclusiveReason::Undecided);
            if let Some(counted) = &mut pair.counted {
                counted.test = Some(test);
            }
        }
    }

    /// What whole journeys tell of two channels of a need, by its name and theirs.
    fn counted_channels(&self) -> BTreeMap<[&str; 3], &CountedChannels> {
        let counted = self.counts().into_iter();
        let known = counted.flat_map(|counted| &counted.channels);
        known
            .map(|known| ([&*known.need, &*known.a, &*known.b], known))
            .collect()
    }

    fn sample(&self, channel: &NeedChannel<'_>) -> Sample {
        let nodes = self.journey().graph().raw_nodes();
        let touchpoints = || {
            let positions = channel.touchpoints.iter();
            positions.map(|&position| &nodes[position as usize].weight)
        };
        if !touchpoints().all(|touchpoint| touchpoint.evidence == Evidence::Observed) {
            return Err(InconclusiveReason::NotObserved);
        }
        let mut sample = BTreeMap::new();
        for emotion in touchpoints().flat_map(counted) {
            for shade in emotion.shades() {
                let (Some(valence), Some(count)) = (shade.felt_valence(), whole(shade.weight))
                else {
                    return Err(InconclusiveReason::NotCounts);
                };
                if count > 0 {
                    let all: &mut u64 = sample.entry(OrderedFloat(valence)).or_default();
                    *all = all.saturating_add(count);
                }
            }
        }
        let all = sample.values().fold(0_u64, |sum, &n| sum.saturating_add(n));
        if all as f64 > GREATEST {
            return Err(InconclusiveReason::NotCounts);
        }
        Ok(sample)
    }
}

/// The mixes of a touchpoint whose weights count visits: each once, be it felt after several results.
fn counted(touchpoint: &Touchpoint) -> impl Iterator<Item = &Emotion> {
    let found = |result| touchpoint.results().any(|(known, _)| known == Some(result));
    let own = [
        (PromiseResult::Broken, &touchpoint.emotion_when_broken),
        (PromiseResult::Unknown, &touchpoint.emotion_when_unknown),
    ];
    let after = own.map(|(result, emotion)| emotion.as_ref().filter(|_| found(result)));
    let otherwise = touchpoint
        .results()
        .any(|(result, _)| match result {
            Some(PromiseResult::Broken) => touchpoint.emotion_when_broken.is_none(),
            Some(PromiseResult::Unknown) => touchpoint.emotion_when_unknown.is_none(),
            Some(PromiseResult::Kept) | None => true,
        })
        .then_some(touchpoint.emotion.as_ref());
    after.into_iter().chain(otherwise).flatten()
}

/// A weight that is a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers from 0 to 2^53 lose nothing"
)]
fn whole(weight: f64) -> Option<u64> {
    let is_whole = weight.fract().abs() <= 0.0 && (0.0..=GREATEST).contains(&weight);
    is_whole.then_some(weight as u64)
}

/// The levels of two channels; or why there are none, not being observed before all else.
fn merge(a: &Sample, b: &Sample) -> Result<Vec<Level>, InconclusiveReason> {
    let (a, b) = match (a, b) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(InconclusiveReason::NotObserved), _) | (_, Err(InconclusiveReason::NotObserved)) => {
            return Err(InconclusiveReason::NotObserved);
        }
        (Err(doubt), _) | (_, Err(doubt)) => return Err(*doubt),
    };
    let mut levels = BTreeMap::<OrderedFloat<f64>, (u64, u64)>::new();
    for (&valence, &count) in a {
        levels.entry(valence).or_default().0 = count;
    }
    for (&valence, &count) in b {
        levels.entry(valence).or_default().1 = count;
    }
    let level = |(OrderedFloat(valence), (a, b))| Level { valence, a, b };
    Ok(levels.into_iter().map(level).collect())
}

/// Notes on a pair what was counted, or why nothing was; the steps of a test if there is enough for one.
fn admit(levels: Result<Vec<Level>, InconclusiveReason>, pair: &mut ChannelPair) -> Option<f64> {
    let levels = match levels {
        Ok(levels) => levels,
        Err(doubt) => {
            pair.inconclusive = Some(doubt);
            return None;
        }
    };
    let a = total(&levels, |level| level.a);
    let b = total(&levels, |level| level.b);
    pair.counted = Some(CountedPair { a, b, test: None });
    if a < FEWEST || b < FEWEST {
        pair.verdict = Some(Verdict::Unclear);
        pair.inconclusive = Some(InconclusiveReason::TooFew);
        return None;
    }
    Some(steps(&levels))
}

/// What one permutation, and one resample, takes: a draw for each level and channel, of about as many steps as the
/// square root of what is drawn.
fn steps(levels: &[Level]) -> f64 {
    let of = |level: &Level| {
        let drawn = [level.a, level.b, level.a + level.b];
        let steps = drawn.map(|count| DRAW + 2.0 * (count as f64).sqrt());
        steps.into_iter().sum::<f64>()
    };
    levels.iter().map(of).sum()
}

/// How many of the cases are judged, the first, and by how many permutations each.
struct Plan {
    judged: usize,
    permutations: u32,
}

impl Plan {
    fn new(cases: &[Case], options: ChannelOptions) -> Self {
        let (mut all, mut judged) = (0.0, 0);
        for case in cases {
            let with = all + case.steps;
            if with * f64::from(options.permutations) > BUDGET {
                break;
            }
            (all, judged) = (with, judged + 1);
        }
        let wanted = u32::try_from(judged)
            .unwrap_or(u32::MAX)
            .saturating_mul(FOR_EACH_PAIR);
        // Doubled as long as there is time, up to what is wanted.
        let mut permutations = options.permutations;
        while permutations < wanted && f64::from(permutations) * 2.0 * all <= BUDGET {
            permutations = permutations.saturating_mul(2).min(wanted);
        }
        Self {
            judged,
            permutations,
        }
    }
}
