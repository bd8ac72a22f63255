//! What is counted on each journey, and the figures that it adds up to.

use std::collections::BTreeMap;

use super::{PatternFigures, TestCoverage};
use crate::flow::OutcomeShare;
use crate::journey::Outcome;
use crate::pattern::Pattern;

/// What a pattern finds on the journeys of a log, counted. Standard errors take customers as units where a column says who they
/// are, else journeys; they are `None` below two units.
///
/// Figures are those of [`PatternFigures`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedPattern {
    /// Journeys of the log.
    pub journeys: u64,
    /// Journeys that match.
    pub matching: u64,
    /// Share of journeys that match, in 0..=1.
    pub probability: f64,
    /// Standard error of that share.
    pub standard_error: Option<f64>,
    /// Journeys on which the first step comes at all.
    pub starting: u64,
    /// The share that match of those.
    pub given_start: Option<f64>,
    /// Standard error of that share.
    pub given_start_standard_error: Option<f64>,
    /// Matches per journey that do not overlap.
    pub expected: f64,
    /// Standard error of that number.
    pub expected_standard_error: Option<f64>,
    /// Of the journeys that match all but the ending, the share that end as the pattern says, divided by that share of all
    /// journeys.
    pub lift: Option<f64>,
    /// How journeys end that match, each share with its standard error; empty where none does.
    pub outcomes_given_match: Vec<OutcomeShare>,
    /// How journeys end that do not match; empty where all do.
    pub outcomes_given_none: Vec<OutcomeShare>,
    /// Mean valence of the moments behind the first match, over those of known emotion.
    pub feeling_after: Option<f64>,
    /// Of the journeys that match, the mean number of moments until the first match is complete.
    pub moments_until: Option<f64>,
    /// Of the journeys that match and whose times are known there, the mean time from the first moment to the one that
    /// completes the first match, in seconds.
    pub wait_until_s: Option<f64>,
    /// How much is known of what the pattern tests, in the order of its steps, its endings last.
    pub coverage: Vec<TestCoverage>,
}

/// What is counted on one journey.
pub(super) struct Counts {
    /// Number of its customer, or of itself.
    pub(super) unit: usize,
    pub(super) outcome: usize,
    pub(super) matched: bool,
    pub(super) matches: f64,
    pub(super) begun: bool,
    pub(super) before_ending: bool,
    pub(super) felt_after: f64,
    pub(super) known_after: f64,
    pub(super) moments_until: f64,
    pub(super) wait_until: Option<f64>,
}

/// Sums of numerators and denominators by unit.
struct Ratio {
    units: BTreeMap<usize, (f64, f64)>,
}

impl Ratio {
    fn of(counts: &[Counts], parts: impl Fn(&Counts) -> (f64, f64)) -> Self {
        let mut units = BTreeMap::<usize, (f64, f64)>::new();
        for one in counts {
            let (a, b) = parts(one);
            if b > 0.0 {
                let sums = units.entry(one.unit).or_default();
                sums.0 += a;
                sums.1 += b;
            }
        }
        Self { units }
    }

    fn sums(&self) -> (f64, f64) {
        let sums = self.units.values();
        sums.fold((0.0, 0.0), |(a, b), (more_a, more_b)| {
            (a + more_a, b + more_b)
        })
    }

    fn value(&self) -> Option<f64> {
        let (a, b) = self.sums();
        (b > 0.0).then(|| a / b)
    }

    /// The square root of C/(C-1) times the sum over units of (A - f B)^2, divided by the sum of B.
    fn standard_error(&self) -> Option<f64> {
        let (a, b) = self.sums();
        let count = self.units.len() as f64;
        if count < 2.0 {
            return None;
        }
        let scores = self
            .units
            .values()
            .map(|(a_c, b_c)| (a_c - a / b * b_c).powi(2));
        let scores = scores.fold(0.0, |sum, score| sum + score);
        Some((count / (count - 1.0) * scores).sqrt() / b)
    }
}

pub(super) fn one_if(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

impl CountedPattern {
    /// Adds up what was counted on each journey; `outcomes` are those that occur, in their order.
    pub(super) fn of(pattern: &Pattern, counts: &[Counts], outcomes: &[Outcome]) -> Self {
        let ratio = |parts: fn(&Counts) -> (f64, f64)| Ratio::of(counts, parts);
        let matched = ratio(|one| (one_if(one.matched), 1.0));
        let given = ratio(|one| (one_if(one.matched), one_if(one.begun)));
        let expected = ratio(|one| (one.matches, 1.0));
        let count = |holds: fn(&&Counts) -> bool| counts.iter().filter(holds).count() as u64;
        Self {
            journeys: counts.len() as u64,
            matching: count(|one| one.matched),
            probability: matched.value().unwrap_or(0.0),
            standard_error: matched.standard_error(),
            starting: count(|one| one.begun),
            given_start: given.value(),
            given_start_standard_error: given.standard_error(),
            expected: expected.value().unwrap_or(0.0),
            expected_standard_error: expected.standard_error(),
            lift: lift(pattern, counts, outcomes),
            outcomes_given_match: endings(counts, outcomes, true),
            outcomes_given_none: endings(counts, outcomes, false),
            feeling_after: ratio(|one| (one.felt_after, one.known_after)).value(),
            moments_until: ratio(|one| (one.moments_until, one_if(one.matched))).value(),
            wait_until_s: ratio(|one| {
                (
                    one.wait_until.unwrap_or(0.0),
                    one_if(one.wait_until.is_some()),
                )
            })
            .value(),
            coverage: Vec::new(),
        }
    }
}

fn endings(counts: &[Counts], outcomes: &[Outcome], matched: bool) -> Vec<OutcomeShare> {
    let shares = outcomes
        .iter()
        .enumerate()
        .filter_map(|(position, outcome)| {
            let ratio = Ratio::of(counts, |one| {
                (
                    one_if(one.matched == matched && one.outcome == position),
                    one_if(one.matched == matched),
                )
            });
            Some(OutcomeShare {
                outcome: outcome.clone(),
                probability: ratio.value()?,
                standard_error: ratio.standard_error(),
            })
        });
    shares.collect()
}

fn lift(pattern: &Pattern, counts: &[Counts], outcomes: &[Outcome]) -> Option<f64> {
    let (_, names) = pattern.before_ending()?;
    let named = |one: &Counts| {
        let outcome = outcomes.get(one.outcome);
        outcome.is_some_and(|outcome| names.contains(&outcome.as_str()))
    };
    let all = Ratio::of(counts, |one| (one_if(named(one)), 1.0)).value()?;
    let those = Ratio::of(counts, |one| {
        (
            one_if(named(one) && one.before_ending),
            one_if(one.before_ending),
        )
    });
    those.value().filter(|_| all > 0.0).map(|share| share / all)
}

impl PatternFigures {
    /// Takes in what was counted on the journeys that the map was learned from.
    #[must_use]
    pub fn with_counted(mut self, counted: CountedPattern) -> Self {
        self.counted = Some(counted);
        self
    }
}
