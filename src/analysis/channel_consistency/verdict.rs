//! What counts say about two channels: the same, different, or unclear.

use super::sample::Level;
use crate::journey::{CountedChannels, words};
use crate::statistics::{Draw, Draws, Stream};

/// How channels are judged by counts. Small, `Copy`, with a default for everything.
///
/// ```
/// use customer_journey::analysis::ChannelOptions;
/// let options = ChannelOptions::new().seed(7).permutations(9_999);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct ChannelOptions {
    pub(super) seed: u64,
    pub(super) permutations: u32,
}

impl ChannelOptions {
    /// Seed 0 and 999 permutations.
    pub fn new() -> Self {
        Self {
            seed: 0,
            permutations: 999,
        }
    }

    /// Sets the seed of the random permutations. The same seed gives the same verdicts, in whatever order the map was
    /// drawn.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets how many permutations a pair of channels is tested by at least, and by how many resamples its interval is
    /// found: from 999 to a million. With many pairs there are more permutations, as far as time allows, so that a
    /// single difference among them can still be told from chance.
    pub fn permutations(mut self, number: u32) -> Self {
        self.permutations = number.clamp(999, 1_000_000);
        self
    }
}

impl Default for ChannelOptions {
    fn default() -> Self {
        Self::new()
    }
}

words! {
/// What counts say about two channels.
pub enum Verdict as "verdict" {
    /// Customers feel the same: the 90 % interval of the difference of means lies between -0.25 and 0.25.
    Same = "same",
    /// They feel differently: the difference is not by chance (adjusted p below 0.05), and means or distributions lie 0.25
    /// apart or more.
    Different = "different",
    /// Neither can be said.
    Unclear = "unclear",
}
}

words! {
/// Why there is no verdict, or none that is clear.
pub enum InconclusiveReason as "reason" {
    /// No verdict: some touchpoint of the two channels for this need is not [observed](crate::Evidence::Observed).
    NotObserved = "not_observed",
    /// No verdict: the weights of the feelings are not whole numbers, so they are not counts; or more than 2^53.
    NotCounts = "not_counts",
    /// Unclear: fewer than five visits with a known feeling in one of the channels.
    TooFew = "too_few",
    /// Unclear: enough are counted to look, and what they say fits both.
    Undecided = "undecided",
    /// No verdict: testing this pair as well would take too long. Needs that customers come for most go first.
    BeyondBudget = "beyond_budget",
}
}

/// How large a difference between two channels is, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Severity {
    /// Below 0.125 of valence, half a step of a nine-point scale.
    Negligible,
    /// Below 0.25.
    Small,
    /// Below 0.5.
    Clear,
    /// From 0.5 on.
    Severe,
}

impl Severity {
    fn of(difference: f64) -> Self {
        match difference {
            small if small < HALF_A_STEP => Self::Negligible,
            small if small < BOUND => Self::Small,
            clear if clear < 2.0 * BOUND => Self::Clear,
            _ => Self::Severe,
        }
    }
}

/// What was counted of two channels.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedPair {
    /// Visits with a known feeling in one channel.
    pub a: u64,
    /// Visits with a known feeling in the other.
    pub b: u64,
    /// How they compare; `None` where there are too few, or testing them would take too long.
    pub test: Option<PairTest>,
}

/// How the counted feelings of two channels compare. Every counted visit weighs the same here, whereas
/// [`ChannelPair::mean_difference`](crate::analysis::ChannelPair::mean_difference) weighs touchpoints by their expected visits.
///
/// Where whole journeys were counted they are the unit, and were tested when the journey was learned: options change nothing then. Counts alone take
/// visits for independent.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PairTest {
    /// Mean valence of the visits in `a` minus that in `b`, -2 to 2.
    pub mean_difference: f64,
    /// Lower end of its 90 % interval, by bootstrap.
    pub low: f64,
    /// Upper end of its 90 % interval.
    pub high: f64,
    /// Wasserstein-1 distance of the valences, in units of valence, less what chance alone makes of it on average; 0 to
    /// 2.
    pub effect: f64,
    /// Chance of a distance at least as large if the channels did not differ, by permutation; above 0, up to 1.
    pub p: f64,
    /// The same, adjusted for the number of pairs tested (Benjamini and Hochberg).
    pub p_adjusted: f64,
    /// By how many permutations.
    pub permutations: u32,
    /// Journeys, or customers where events name them, that were dealt to the channels as wholes; `None` where visits were.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub units: Option<u64>,
    /// How large the difference is: the greater of the difference of means and the effect.
    pub severity: Severity,
}

/// One step of a nine-point scale: what counts as a difference.
const BOUND: f64 = 0.25;
const HALF_A_STEP: f64 = BOUND / 2.0;
/// Differences that chance makes less often than this are no chance.
const LEVEL: f64 = 0.05;
/// So many counted visits a channel needs.
pub(super) const FEWEST: u64 = 5;
/// So many permutations for each pair let a single difference among them stand out from chance.
pub(super) const FOR_EACH_PAIR: u32 = 40;

impl PairTest {
    /// Compares two channels by their levels, which both have some of.
    pub(super) fn new(
        levels: &[Level],
        permutations: u32,
        resamples: u32,
        stream: &mut Stream,
    ) -> Self {
        let (mut sum, mut as_far) = (0.0, 0_u32);
        let observed = distance(levels, |level| level.a);
        let mut dealing = Dealing::new(levels);
        for _ in 0..permutations {
            let permuted = dealing.permuted_distance(stream);
            sum += permuted;
            // Ways of dividing that are as far apart may differ by rounding.
            as_far += u32::from(permuted >= observed * (1.0 - 1e-12));
        }
        let p = (1.0 + f64::from(as_far)) / (1.0 + f64::from(permutations));
        let (a, b) = (|level: &Level| level.a, |level: &Level| level.b);
        let mean_difference = mean(levels, a) - mean(levels, b);
        let (mut from_a, mut from_b) = (Resampling::new(levels, a), Resampling::new(levels, b));
        let mut differences: Vec<f64> = (0..resamples)
            .map(|_| from_a.mean(stream) - from_b.mean(stream))
            .collect();
        differences.sort_by(f64::total_cmp);
        let outside = ((differences.len() + 1) / 20).saturating_sub(1);
        let end = |position: usize| {
            differences
                .get(position)
                .copied()
                .unwrap_or(mean_difference)
        };
        let effect = (observed - sum / f64::from(permutations)).max(0.0);
        Self {
            mean_difference,
            low: end(outside),
            high: end(differences.len().saturating_sub(outside + 1)),
            effect,
            p,
            p_adjusted: p,
            permutations,
            units: None,
            severity: Severity::of(mean_difference.abs().max(effect)),
        }
    }

    /// What whole journeys told.
    pub(super) fn counted(known: &CountedChannels) -> Self {
        Self {
            mean_difference: known.mean_difference,
            low: known.low,
            high: known.high,
            effect: known.effect,
            p: known.p,
            p_adjusted: known.p,
            permutations: known.permutations,
            units: Some(known.units),
            severity: Severity::of(known.mean_difference.abs().max(known.effect)),
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        let apart = self.mean_difference.abs() >= BOUND || self.effect >= BOUND;
        if apart && self.p_adjusted < LEVEL {
            Verdict::Different
        } else if self.low > -BOUND && self.high < BOUND {
            Verdict::Same
        } else {
            Verdict::Unclear
        }
    }
}

/// How many visits there are.
pub(super) fn total(levels: &[Level], of: impl Fn(&Level) -> u64) -> u64 {
    levels.iter().map(of).sum()
}

fn mean(levels: &[Level], of: impl Fn(&Level) -> u64 + Copy) -> f64 {
    let sum: f64 = levels
        .iter()
        .map(|level| level.valence * of(level) as f64)
        .sum();
    sum / total(levels, of) as f64
}

/// The area between the distribution functions where `a` of each level's visits belong to one channel and the rest to
/// the other.
fn distance(levels: &[Level], mut a: impl FnMut(&Level) -> u64) -> f64 {
    let one = total(levels, |level| level.a) as f64;
    let other = total(levels, |level| level.b) as f64;
    let (mut ahead, mut area) = (0.0_f64, 0.0);
    let next = levels.iter().skip(1).map(Some).chain([None]);
    for (level, next) in levels.iter().zip(next) {
        let here = a(level);
        let rest = level.a + level.b - here;
        ahead += here as f64 / one - rest as f64 / other;
        area += next.map_or(0.0, |next| ahead.abs() * (next.valence - level.valence));
    }
    area
}

/// What draws of all levels keep together, in numbers drawn, and what those of one keep at most.
const ROOM: usize = 4_096;
const MOST: usize = 256;
/// Draws from more than so many visits go through too many numbers to keep those of several draws.
const MANY: u64 = 40_000;

/// For how many numbers drawn the draws of a level are kept.
fn room(levels: &[Level], all: u64) -> usize {
    if all > MANY {
        1
    } else {
        (ROOM / levels.len().max(1)).clamp(1, MOST)
    }
}

/// All visits dealt to the two channels anew, each keeping its number: level by level, as the visits of a level are all
/// alike.
struct Dealing<'a> {
    levels: &'a [Level],
    wanted: u64,
    draws: Vec<Draws>,
}

impl<'a> Dealing<'a> {
    fn new(levels: &'a [Level]) -> Self {
        let all = total(levels, |level| level.a + level.b);
        let room = room(levels, all);
        let mut left = all;
        let draws = levels.iter().map(|level| {
            let here = level.a + level.b;
            let draws = Draws::new(Draw::Kept, here, left, room);
            left -= here;
            draws
        });
        Self {
            levels,
            draws: draws.collect(),
            wanted: total(levels, |level| level.a),
        }
    }

    fn permuted_distance(&mut self, stream: &mut Stream) -> f64 {
        let mut wanted = self.wanted;
        let mut draws = self.draws.iter_mut();
        distance(self.levels, |_| {
            let dealt = draws.next().map_or(0, |level| level.draw(wanted, stream));
            wanted -= dealt;
            dealt
        })
    }
}

/// As many visits as there are in a channel, each drawn from those counted.
struct Resampling {
    all: u64,
    /// With the valence of the level.
    draws: Vec<(f64, Draws)>,
}

impl Resampling {
    fn new(levels: &[Level], of: impl Fn(&Level) -> u64 + Copy) -> Self {
        let all = total(levels, of);
        let room = room(levels, all);
        let mut left = all;
        let draws = levels.iter().map(|level| {
            let draws = Draws::new(Draw::PutBack, of(level), left, room);
            left -= of(level);
            (level.valence, draws)
        });
        Self {
            all,
            draws: draws.collect(),
        }
    }

    fn mean(&mut self, stream: &mut Stream) -> f64 {
        let (mut wanted, mut sum) = (self.all, 0.0);
        for (valence, draws) in &mut self.draws {
            let drawn = draws.draw(wanted, stream);
            wanted -= drawn;
            sum += *valence * drawn as f64;
        }
        sum / self.all as f64
    }
}
