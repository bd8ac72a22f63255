//! The same questions counted on journeys that happened.

use std::collections::BTreeMap;

use super::{AskError, PatternFigures};
use crate::events::{EventLog, LoggedJourney, LoggedMoment};
use crate::flow::OutcomeShare;
use crate::journey::{Outcome, Phase};
use crate::pattern::{Automaton, Match, Pattern, Place, Resolved, Seen, Walk};

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
}

/// A place of a log: what its moments say of where they are.
type Where<'a> = (
    &'a str,
    Option<&'a str>,
    Option<Phase>,
    Option<&'a str>,
    Option<&'a str>,
);

fn place_of<'a>(moment: &LoggedMoment<'a>) -> Where<'a> {
    (
        moment.touchpoint(),
        moment.channel(),
        moment.phase(),
        moment.owner(),
        moment.promise_name(),
    )
}

/// A pattern resolved against what a log names.
struct Reader<'a> {
    places: BTreeMap<Where<'a>, usize>,
    outcomes: Vec<Outcome>,
}

impl<'a> Reader<'a> {
    fn new(log: &'a EventLog) -> Self {
        let (mut places, mut outcomes) = (BTreeMap::new(), Vec::new());
        for journey in log.journeys() {
            for moment in journey.moments() {
                let new = places.len();
                places.entry(place_of(&moment)).or_insert(new);
            }
            outcomes.push(outcome_of(&journey));
            if outcomes.len() > 4_096 {
                outcomes.sort_unstable();
                outcomes.dedup();
            }
        }
        outcomes.sort_unstable();
        outcomes.dedup();
        Self { places, outcomes }
    }

    fn resolve(&self, pattern: &Pattern) -> Result<Resolved, AskError> {
        // As learned touchpoints are called.
        let ids: Vec<String> = self
            .in_order()
            .map(|(touchpoint, channel, ..)| match channel {
                Some(channel) => format!("{touchpoint} @ {channel}"),
                None => touchpoint.to_owned(),
            })
            .collect();
        let places =
            self.in_order()
                .zip(&ids)
                .map(|((touchpoint, channel, phase, owner, promise), id)| Place {
                    id,
                    name: Some(touchpoint),
                    channel,
                    phase,
                    owner,
                    promise: promise.or(Some(touchpoint)),
                    ..Place::default()
                });
        let places: Vec<Place<'_>> = places.collect();
        Ok(Resolved::new(pattern, &places, &self.outcomes, &[])?)
    }

    fn in_order(&self) -> impl Iterator<Item = Where<'a>> {
        let mut all: Vec<(usize, Where<'a>)> = self
            .places
            .iter()
            .map(|(place, &number)| (number, *place))
            .collect();
        all.sort_unstable_by_key(|&(number, _)| number);
        all.into_iter().map(|(_, place)| place)
    }

    fn seen(&self, moment: &LoggedMoment<'_>) -> Seen<'static> {
        Seen {
            facts: &[],
            place: self
                .places
                .get(&place_of(moment))
                .copied()
                .unwrap_or(usize::MAX),
            result: moment.promise(),
            valence: moment.valence(),
        }
    }

    fn outcome(&self, journey: &LoggedJourney<'_>) -> usize {
        let outcome = outcome_of(journey);
        self.outcomes.binary_search(&outcome).unwrap_or(usize::MAX)
    }

    /// The matches of a journey, from the left.
    fn matches(&self, walk: &mut Walk<'_>, journey: &LoggedJourney<'_>) -> Vec<Match> {
        let moments = journey.moments();
        let moments = moments.map(|moment| (self.seen(&moment), moment.time_ns()));
        walk.journey(moments, self.outcome(journey))
    }
}

fn outcome_of(journey: &LoggedJourney<'_>) -> Outcome {
    journey.outcome().map_or(Outcome::Unstated, Outcome::from)
}

/// What is counted on one journey.
struct Counts {
    /// Number of its customer, or of itself.
    unit: usize,
    outcome: usize,
    matched: bool,
    matches: f64,
    begun: bool,
    before_ending: bool,
    felt_after: f64,
    known_after: f64,
    moments_until: f64,
    wait_until: Option<f64>,
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

fn one_if(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

impl EventLog {
    /// The journeys that match a pattern, in the order of the log. Takes time in proportion to events times steps of the
    /// pattern.
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef, Pattern};
    /// let mut log = EventLog::default();
    /// log.record(EventRef::new("c1", "pay").outcome("stays"))?;
    /// log.record(EventRef::new("c2", "pay"))?;
    /// log.record(EventRef::new("c2", "call").emotion(-0.6).outcome("leaves"))?;
    /// let pattern: Pattern = "pay => *{feels < 0}".parse()?;
    /// let found = log.matches(&pattern)?;
    /// assert_eq!(found[0].name(), "c2");
    /// assert_eq!(log.ask(&pattern)?.probability, 0.5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AskError::Pattern`] with every name that the log does not have.
    pub fn matches(&self, pattern: &Pattern) -> Result<Vec<LoggedJourney<'_>>, AskError> {
        let reader = Reader::new(self);
        let resolved = reader.resolve(pattern)?;
        let automaton = Automaton::new(&resolved);
        let mut walk = Walk::new(&resolved, &automaton);
        let journeys = self.journeys();
        Ok(journeys
            .filter(|journey| !reader.matches(&mut walk, journey).is_empty())
            .collect())
    }

    /// Counts what a pattern finds on whole journeys: what happened, beside what a map says in [`Flow::ask`](crate::Flow::ask).
    /// A wait can be tested here.
    ///
    /// # Errors
    /// [`AskError::Pattern`] with every name that the log does not have.
    pub fn ask(&self, pattern: &Pattern) -> Result<CountedPattern, AskError> {
        let reader = Reader::new(self);
        let counts = self.counts(&reader, pattern)?;
        let ratio = |parts: fn(&Counts) -> (f64, f64)| Ratio::of(&counts, parts);
        let matched = ratio(|one| (one_if(one.matched), 1.0));
        let given = ratio(|one| (one_if(one.matched), one_if(one.begun)));
        let expected = ratio(|one| (one.matches, 1.0));
        let count = |holds: fn(&&Counts) -> bool| counts.iter().filter(holds).count() as u64;
        Ok(CountedPattern {
            journeys: counts.len() as u64,
            matching: count(|one| one.matched),
            probability: matched.value().unwrap_or(0.0),
            standard_error: matched.standard_error(),
            starting: count(|one| one.begun),
            given_start: given.value(),
            given_start_standard_error: given.standard_error(),
            expected: expected.value().unwrap_or(0.0),
            expected_standard_error: expected.standard_error(),
            lift: reader.lift(pattern, &counts),
            outcomes_given_match: reader.endings(&counts, true),
            outcomes_given_none: reader.endings(&counts, false),
            feeling_after: ratio(|one| (one.felt_after, one.known_after)).value(),
            moments_until: ratio(|one| (one.moments_until, one_if(one.matched))).value(),
            wait_until_s: ratio(|one| {
                (
                    one.wait_until.unwrap_or(0.0),
                    one_if(one.wait_until.is_some()),
                )
            })
            .value(),
        })
    }

    fn counts(&self, reader: &Reader<'_>, pattern: &Pattern) -> Result<Vec<Counts>, AskError> {
        let resolved = reader.resolve(pattern)?;
        let automaton = Automaton::new(&resolved);
        let mut walk = Walk::new(&resolved, &automaton);
        let first = pattern.first_steps();
        let first = first.map(|first| reader.resolve(&first)).transpose()?;
        let first_automaton = first.as_ref().map(Automaton::new);
        let mut first = first.as_ref().zip(first_automaton.as_ref());
        let mut first = first
            .as_mut()
            .map(|(resolved, automaton)| Walk::new(resolved, automaton));
        let before = pattern.before_ending();
        let before = before
            .map(|(before, _)| reader.resolve(&before))
            .transpose()?;
        let before_automaton = before.as_ref().map(Automaton::new);
        let before = before.as_ref().zip(before_automaton.as_ref());
        let mut before = before.map(|(resolved, automaton)| Walk::new(resolved, automaton));
        let mut units = BTreeMap::new();
        let mut counts = Vec::new();
        for journey in self.journeys() {
            let matches = reader.matches(&mut walk, &journey);
            let met = |walk: &mut Option<Walk<'_>>| {
                walk.as_mut()
                    .is_none_or(|walk| !reader.matches(walk, &journey).is_empty())
            };
            let own = counts.len();
            let unit = match journey.customer() {
                None => own,
                // Behind all journeys, so that customers and journeys without one are different units.
                Some(customer) => {
                    self.len() + {
                        let new = units.len();
                        *units.entry(customer.into_owned()).or_insert(new)
                    }
                }
            };
            let mut one = Counts {
                unit,
                outcome: reader.outcome(&journey),
                matched: !matches.is_empty(),
                matches: matches.len() as f64,
                begun: met(&mut first),
                before_ending: met(&mut before),
                felt_after: 0.0,
                known_after: 0.0,
                moments_until: 0.0,
                wait_until: None,
            };
            if let Some(found) = matches.first() {
                one.until(&journey, *found);
            }
            counts.push(one);
        }
        Ok(counts)
    }
}

impl Counts {
    fn until(&mut self, journey: &LoggedJourney<'_>, found: Match) {
        let last = match found {
            Match::Moment(position) => position,
            Match::End => journey.len().saturating_sub(1),
        };
        self.moments_until = (last + 1) as f64;
        let mut moments = journey.moments();
        let begin = moments.next();
        let end = if last == 0 {
            begin
        } else {
            moments.nth(last - 1)
        };
        let times = begin
            .and_then(|moment| moment.time_ns())
            .zip(end.and_then(|moment| moment.time_ns()));
        self.wait_until = times.map(|(begin, end)| end.saturating_sub(begin) as f64 / 1e9);
        for valence in moments.filter_map(|moment| moment.valence()) {
            self.felt_after += valence;
            self.known_after += 1.0;
        }
    }
}

impl Reader<'_> {
    fn endings(&self, counts: &[Counts], matched: bool) -> Vec<OutcomeShare> {
        let shares = self
            .outcomes
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

    fn lift(&self, pattern: &Pattern, counts: &[Counts]) -> Option<f64> {
        let (_, names) = pattern.before_ending()?;
        let named = |one: &Counts| {
            let outcome = self.outcomes.get(one.outcome);
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
}

impl PatternFigures {
    /// Takes in what was counted on the journeys that the map was learned from.
    #[must_use]
    pub fn with_counted(mut self, counted: CountedPattern) -> Self {
        self.counted = Some(counted);
        self
    }
}
