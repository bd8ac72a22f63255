//! Segments of customers.

use std::collections::BTreeMap;

use super::FEWEST;
use super::figures::{Beside, PartCurvePoint, PartFigure, compare, curve};
use super::options::PartOptions;
use super::places::{self, PlaceFound};
use crate::events::{EventLog, LearnError, LoggedJourney};
use crate::journey::Journey;
use crate::statistics::{benjamini_hochberg, each_against_rest};

/// The segments of a log, each beside all others: what differs, where, and how surely.
///
/// Each segment is compared with the rest, and not with the whole of which it is a part.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Segments {
    /// Journeys of all segments.
    pub journeys: u64,
    /// Journeys of no segment: they take no part in anything here.
    pub unstated: u64,
    /// The segments, the largest first, equal ones by name.
    pub segments: Vec<SegmentFigures>,
    /// How much the segments tell of where journeys go, in bits per journey, beyond what chance would; 0 or more.
    pub bits: f64,
    /// The chance of as much where whole journeys are dealt anew to the segments; of [tallies](Segments::of_tallies) by their buckets.
    /// `None` where there are too few buckets.
    pub p: Option<f64>,
    /// Of how many buckets the smallest part had tallies; `None` where whole journeys were at hand.
    pub buckets: Option<u64>,
}

/// A segment beside all others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SegmentFigures {
    /// Its name.
    pub segment: String,
    /// Its journeys.
    pub journeys: u64,
    /// Whether it has fewer than 30 journeys: too few to be compared.
    pub too_small: bool,
    /// The journey learned from this segment alone, with what was counted on it; its touchpoints are named as on the map of all
    /// segments, and those that it never comes to are left out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub journey: Option<Journey>,
    /// Its headline figures beside those of the others, in the order of [`CountedName`](crate::journey::CountedName).
    pub figures: Vec<PartFigure>,
    /// Its emotional curve.
    pub curve: Vec<PartCurvePoint>,
    /// The likelihood ratio of where its journeys begin and go, beside the others.
    pub g2: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The chance of as large a one where whole journeys are dealt anew to the segments; `None` where it is not known.
    pub p: Option<f64>,
    /// The same, adjusted for the number of segments (Benjamini and Hochberg).
    pub p_adjusted: Option<f64>,
    /// Where it differs surely, the surest first.
    pub places: Vec<PlaceFound>,
}

/// Places of segments are told at this level.
pub(super) const SURE: f64 = 0.05;

/// The journeys of a log by segment, the largest segment first.
pub(super) struct Groups {
    pub(super) names: Vec<String>,
    pub(super) sizes: Vec<u64>,
    /// By journey of the log.
    pub(super) of: Vec<Option<u32>>,
}

impl Groups {
    pub(super) fn of(
        log: &EventLog,
        mut by: impl FnMut(&LoggedJourney<'_>) -> Option<String>,
    ) -> Self {
        let labels: Vec<Option<String>> = log.journeys().map(|journey| by(&journey)).collect();
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for label in labels.iter().flatten() {
            *counts.entry(label).or_default() += 1;
        }
        let mut order: Vec<(&str, u64)> = counts.into_iter().collect();
        // Stable: equal ones stay in the order of their names.
        order.sort_by_key(|&(_, journeys)| std::cmp::Reverse(journeys));
        let place: BTreeMap<&str, u32> = order.iter().map(|&(name, _)| name).zip(0..).collect();
        let of = labels
            .iter()
            .map(|label| place.get(label.as_deref()?).copied());
        Self {
            of: of.collect(),
            sizes: order.iter().map(|&(_, journeys)| journeys).collect(),
            names: order.iter().map(|&(name, _)| name.to_owned()).collect(),
        }
    }

    /// The part of a log for whose groups this holds.
    pub(super) fn part(&self, log: &EventLog, holds: impl Fn(Option<u32>) -> bool) -> EventLog {
        let mut groups = self.of.iter();
        log.filter(|_| holds(groups.next().copied().flatten()))
    }
}

impl EventLog {
    /// The segments of this log, each learned by itself and compared with all others. `by` says of which segment a journey is;
    /// journeys of which it does not say take no part.
    ///
    /// Takes about O(s n + (moves + s cells) deals) for s segments and n events.
    ///
    /// # Errors
    /// As [`EventLog::learn`], of all journeys together.
    ///
    /// ```
    /// use customer_journey::segments::PartOptions;
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// let mut log = EventLog::default();
    /// for number in 0..200 {
    ///     let name = format!("j{number}");
    ///     let (segment, outcome) = if number % 2 == 0 { ("business", "stays") } else { ("private", "leaves") };
    ///     log.record(EventRef::new(&name, "order").segment(segment).outcome(outcome))?;
    /// }
    /// let options = PartOptions::new(LearnOptions::new().other_phases(Phase::During));
    /// let segments = log.segments(|journey| journey.segment().map(str::to_owned), &options)?;
    /// let business = &segments.segments[0];
    /// assert_eq!((business.segment.as_str(), business.journeys), ("business", 100));
    /// assert!(business.p_adjusted.is_some_and(|p| p < 0.05) && business.places[0].id.as_deref() == Some("order"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[expect(
        clippy::iter_filter_is_some,
        reason = "the groups stay what they are: numbers that may be missing"
    )]
    pub fn segments(
        &self,
        by: impl FnMut(&LoggedJourney<'_>) -> Option<String>,
        options: &PartOptions,
    ) -> Result<Segments, LearnError> {
        let all = Groups::of(self, by);
        let log = all.part(self, |group| group.is_some());
        let groups = Groups {
            of: all.of.iter().copied().filter(Option::is_some).collect(),
            ..all
        };
        let unstated = (self.len() - log.len()) as u64;
        let chart = log.chart(&options.learn)?;
        let walks = log.walks(&chart);
        let whole = log.counted_on(&chart);
        let names = groups.names.len();
        let big: Vec<bool> = groups.sizes.iter().map(|&size| size >= FEWEST).collect();
        let mut counted = Vec::new();
        let mut learned = Vec::new();
        for group in (0_u32..).take(names) {
            let own = groups.part(&log, |of| of == Some(group));
            let rest = groups.part(&log, |of| of != Some(group));
            counted.push(Beside {
                own: own.counted_on(&chart),
                rest: rest.counted_on(&chart),
                times: Some([own.times_on(&chart), rest.times_on(&chart)]),
            });
            let onto = options.learn.clone().onto(&chart.journey);
            learned.push(own.learn(&onto).ok().map(|learned| learned.journey));
        }
        let parts = places::whole(&walks);
        let deals = options.dealing();
        let units = places::units(&walks, &groups.of);
        let against = each_against_rest(&units, names, places::tables(&walks, &parts), deals);
        let p: Vec<f64> = against.groups.iter().map(|group| group.p).collect();
        let adjusted = benjamini_hochberg(&p);
        let figures = compare(&whole, &counted, &big);
        let (found, by_chance, p) = against.together;
        let each = groups
            .names
            .iter()
            .zip(&groups.sizes)
            .zip(learned)
            .zip(figures);
        let segments = each
            .enumerate()
            .map(|(at, (((name, &size), journey), figures))| {
                let own = against.groups.get(at);
                SegmentFigures {
                    segment: name.clone(),
                    journeys: size,
                    too_small: size < FEWEST,
                    journey,
                    figures,
                    curve: counted
                        .get(at)
                        .map_or_else(Vec::new, |beside| curve(&beside.own, &beside.rest)),
                    g2: own.map_or(0.0, |own| own.whole.g2),
                    df: own.map_or(0, |own| own.whole.freedom),
                    p: own.map(|own| own.p),
                    p_adjusted: adjusted.get(at).copied(),
                    places: if size < FEWEST {
                        Vec::new()
                    } else {
                        own.map_or_else(Vec::new, |own| {
                            places::found(&chart.journey, places::told(&walks, &own.tables), SURE)
                        })
                    },
                }
            });
        let journeys = log.len() as u64;
        Ok(Segments {
            journeys,
            unstated,
            segments: segments.collect(),
            bits: bits(found, by_chance, journeys),
            p: Some(p),
            buckets: None,
        })
    }

    /// The parts of this log by segment, the largest first: to learn from each, or to ask it anything else.
    pub fn split(
        &self,
        by: impl FnMut(&LoggedJourney<'_>) -> Option<String>,
    ) -> Vec<(String, EventLog)> {
        let groups = Groups::of(self, by);
        let parts = (0_u32..).zip(&groups.names).map(|(group, name)| {
            let part = groups.part(self, |of| of == Some(group));
            (name.clone(), part)
        });
        parts.collect()
    }
}

/// What a likelihood ratio tells beyond chance, per journey.
pub(super) fn bits(found: f64, by_chance: f64, journeys: u64) -> f64 {
    let beyond = (found - by_chance).max(0.0);
    beyond / (2.0 * std::f64::consts::LN_2 * journeys.max(1) as f64)
}
