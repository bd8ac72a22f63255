//! Patterns counted moment by moment, on many journeys at once: of each journey is kept where it is in the automata, and what
//! was counted on it.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::{Counts, one_if};
use super::coverage::coverage;
use super::{AskError, CountedPattern, TestCoverage};
use crate::events::NO_CHANNEL;
use crate::journey::{Outcome, Phase, PromiseResult};
use crate::pattern::{Automaton, Pattern, Place, Reader, Resolved, Seen, Standing, Told};

/// What a moment says of where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    touchpoint: String,
    channel: String,
    /// As a learned touchpoint of several channels is called.
    full: String,
    phase: Option<Phase>,
    owner: Option<String>,
    promise: Option<String>,
}

impl Spot {
    pub(super) fn new(
        touchpoint: &str,
        channel: Option<&str>,
        phase: Option<Phase>,
        owner: Option<&str>,
        promise: Option<&str>,
    ) -> Self {
        let channel = channel.unwrap_or(NO_CHANNEL);
        Self {
            full: format!("{touchpoint} @ {channel}"),
            touchpoint: touchpoint.to_owned(),
            channel: channel.to_owned(),
            phase,
            owner: owner.map(str::to_owned),
            promise: promise.map(str::to_owned),
        }
    }

    fn place(&self) -> Place<'_> {
        let touchpoint = Some(self.touchpoint.as_str());
        Place {
            name: touchpoint,
            learned_as: Some(&self.full),
            channel: Some(&self.channel),
            phase: self.phase,
            owner: self.owner.as_deref(),
            // As learning says it: the need is the step in whatever channel, a promise without a name has the touchpoint's.
            need: touchpoint,
            promise: self.promise.as_deref().or(touchpoint),
            ..Place::default()
        }
    }
}

/// What a moment says beside where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) result: Option<PromiseResult>,
    pub(super) valence: Option<f64>,
    /// In nanoseconds.
    pub(super) time: Option<i128>,
}

impl Said {
    fn seen(&self) -> Seen<'static> {
        Seen {
            place: 0,
            result: self.result,
            valence: self.valence,
            facts: &[],
        }
    }
}

/// What is kept of a journey, whatever is asked.
#[derive(Debug, Clone, Default)]
struct Traveller {
    customer: Option<u32>,
    moments: u32,
    began: Option<i128>,
    last: Option<i128>,
}

/// What was counted of one pattern on one journey.
#[derive(Debug, Clone, Default)]
struct Kept {
    matches: u32,
    /// Moments until the first match, and how long that took.
    until: u32,
    wait_until: Option<f64>,
    felt_after: f64,
    known_after: u32,
    begun: bool,
    before_ending: bool,
}

impl Kept {
    fn complete(&mut self, traveller: &Traveller) {
        self.matches += 1;
        if self.matches == 1 {
            self.until = traveller.moments;
            let times = traveller.began.zip(traveller.last);
            self.wait_until = times.map(|(began, now)| now.saturating_sub(began) as f64 / 1e9);
        }
    }
}

/// An automaton with where each journey is in it.
#[derive(Debug, Clone)]
struct Part {
    pattern: Pattern,
    automaton: Automaton,
    /// What it asks at each spot.
    at: Vec<Resolved>,
    /// States as bits, and the times at which they were reached: so many by journey.
    there: Vec<u64>,
    since: Vec<Option<i128>>,
    words: usize,
    times: usize,
    /// By spot and by what is asked, at how many moments: were no promise put to the test there, and were one.
    told: [Vec<Vec<Told>>; 2],
}

impl Part {
    fn new(pattern: Pattern) -> Self {
        let nowhere = Resolved::at(&pattern, &Place::default());
        let automaton = Automaton::new(&nowhere);
        Self {
            pattern,
            words: automaton.words(),
            times: automaton.times(&nowhere),
            automaton,
            at: Vec::new(),
            there: Vec::new(),
            since: Vec::new(),
            told: [Vec::new(), Vec::new()],
        }
    }

    fn learn(&mut self, spot: &Spot) {
        let resolved = Resolved::at(&self.pattern, &spot.place());
        for told in &mut self.told {
            told.push(vec![Told::default(); resolved.asks().len()]);
        }
        self.at.push(resolved);
    }

    fn begin(&mut self) {
        let from = self.there.len();
        self.there.resize(from + self.words, 0);
        self.automaton.begin(&mut self.there[from..]);
        self.since.resize(self.since.len() + self.times, None);
    }

    /// Notes what is known of what is asked about a moment that is not read yet.
    fn note(&mut self, journey: usize, spot: usize, said: &Said) {
        let resolved = &self.at[spot];
        if resolved.asks().is_empty() {
            return;
        }
        let seen = said.seen();
        let there = &self.there[journey * self.words..][..self.words];
        let since = &self.since[journey * self.times..][..self.times];
        for (promised, told) in [false, true].into_iter().zip(&mut self.told) {
            let told = &mut told[spot];
            resolved.tell(told, None, (&seen, promised), 1.0);
            for reached in self.automaton.waits(resolved, there, since, said.time) {
                resolved.tell(told, Some(reached), (&seen, promised), 1.0);
            }
        }
    }

    /// Reads a moment; whether it completes a match.
    fn moment(&mut self, reader: &mut Reader, journey: usize, spot: usize, said: &Said) -> bool {
        let mut standing = Standing {
            there: &mut self.there[journey * self.words..][..self.words],
            since: &mut self.since[journey * self.times..][..self.times],
        };
        let seen = said.seen();
        reader.moment(
            &self.automaton,
            &self.at[spot],
            &mut standing,
            &seen,
            said.time,
        )
    }
}

/// One pattern, what makes it a fair comparison, and what was counted.
#[derive(Debug, Clone)]
struct Watched {
    whole: Part,
    /// Its first step alone; none where every journey begins it.
    first: Option<Part>,
    /// All but the ending that it names.
    before: Option<Part>,
    kept: Vec<Kept>,
}

impl Watched {
    fn new(pattern: Pattern) -> Self {
        Self {
            first: pattern.first_steps().map(Part::new),
            before: pattern.before_ending().map(|(before, _)| Part::new(before)),
            whole: Part::new(pattern),
            kept: Vec::new(),
        }
    }

    fn parts(&mut self) -> impl Iterator<Item = &mut Part> {
        let parts = [
            Some(&mut self.whole),
            self.first.as_mut(),
            self.before.as_mut(),
        ];
        parts.into_iter().flatten()
    }

    fn see(&mut self, reader: &mut Reader, at: (usize, usize), said: &Said, who: &Traveller) {
        let (journey, spot) = at;
        let kept = &mut self.kept[journey];
        if let Some(valence) = said.valence.filter(|_| kept.matches > 0) {
            kept.felt_after += valence;
            kept.known_after += 1;
        }
        self.whole.note(journey, spot, said);
        if self.whole.moment(reader, journey, spot, said) {
            kept.complete(who);
        }
        let mut meets = |part: &mut Option<Part>, met: &mut bool| {
            if let Some(part) = part.as_mut().filter(|_| !*met) {
                *met = part.moment(reader, journey, spot, said);
            }
        };
        meets(&mut self.first, &mut kept.begun);
        meets(&mut self.before, &mut kept.before_ending);
    }
}

/// Patterns, and the journeys on which they are counted, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Counting {
    watched: Vec<Watched>,
    journeys: Vec<Traveller>,
    customers: BTreeMap<String, u32>,
    spots: Vec<Spot>,
    /// By spot, whether an event there tells of a promise.
    promised: Vec<bool>,
    reader: Reader,
}

/// What was counted on each journey.
struct CountedJourneys {
    counts: Vec<Counts>,
    /// The outcomes that occur, in the order of their names.
    kinds: Vec<Outcome>,
    /// At how many moments it is known what the pattern asks about.
    coverage: Vec<TestCoverage>,
}

impl Counting {
    pub(super) fn new(patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self {
            watched: patterns.into_iter().map(Watched::new).collect(),
            ..Self::default()
        }
    }

    pub(super) fn patterns(&self) -> impl ExactSizeIterator<Item = &Pattern> {
        self.watched.iter().map(|watched| &watched.whole.pattern)
    }

    /// The number of a spot that is not known yet.
    pub(super) fn spot(&mut self, spot: Spot) -> usize {
        for part in self.watched.iter_mut().flat_map(Watched::parts) {
            part.learn(&spot);
        }
        self.promised.push(spot.promise.is_some());
        self.spots.push(spot);
        self.spots.len() - 1
    }

    /// Counts the next moment of a journey; journeys are numbered from 0.
    pub(super) fn see(&mut self, journey: usize, customer: Option<&str>, spot: usize, said: &Said) {
        while self.journeys.len() <= journey {
            self.journeys.push(Traveller::default());
            for watched in &mut self.watched {
                watched.kept.push(Kept::default());
                watched.parts().for_each(Part::begin);
            }
        }
        self.promised[spot] |= said.result.is_some();
        let who = &mut self.journeys[journey];
        if who.moments == 0 {
            who.began = said.time;
        }
        who.last = said.time;
        who.moments = who.moments.saturating_add(1);
        if let (None, Some(customer)) = (who.customer, customer) {
            // There are no more customers than journeys.
            let new = u32::try_from(self.customers.len()).unwrap_or(u32::MAX);
            let known = self.customers.get(customer).copied();
            who.customer = known.or_else(|| {
                self.customers.insert(customer.to_owned(), new);
                Some(new)
            });
        }
        for watched in &mut self.watched {
            watched.see(&mut self.reader, (journey, spot), said, who);
        }
    }

    /// Whether each journey matches a pattern, once it has ended.
    pub(super) fn matching(
        &self,
        pattern: usize,
        outcomes: &[Outcome],
    ) -> Result<Vec<bool>, AskError> {
        let counts = self.counts(pattern, outcomes)?.counts;
        Ok(counts.into_iter().map(|one| one.matched).collect())
    }

    /// What a pattern finds, when journeys end with these outcomes, by their number.
    ///
    /// # Errors
    /// Every name of the pattern that did not come.
    pub(super) fn counted(
        &self,
        pattern: usize,
        outcomes: &[Outcome],
    ) -> Result<CountedPattern, AskError> {
        let CountedJourneys {
            counts,
            kinds,
            coverage,
        } = self.counts(pattern, outcomes)?;
        let pattern = &self.watched[pattern].whole.pattern;
        let counted = CountedPattern::of(pattern, &counts, &kinds);
        Ok(CountedPattern {
            coverage,
            ..counted
        })
    }

    /// At how many moments it is known what a pattern asks about. Of a touchpoint in a channel, an event that tells of a promise
    /// tells that one is put to the test at all its visits, as on the map that is learned from them.
    fn told(&self, whole: &Part, resolved: &Resolved, outcomes: &[Outcome]) -> Vec<Told> {
        let mut told = vec![Told::default(); resolved.asks().len()];
        let mut promised = BTreeSet::new();
        for (spot, _) in self.spots.iter().zip(&self.promised).filter(|(_, is)| **is) {
            promised.insert((&spot.touchpoint, &spot.channel));
        }
        for (number, spot) in self.spots.iter().enumerate() {
            let is_promised = promised.contains(&(&spot.touchpoint, &spot.channel));
            let here = &whole.told[usize::from(is_promised)][number];
            for (sum, here) in told.iter_mut().zip(here) {
                sum.add(here);
            }
        }
        let stated = outcomes
            .iter()
            .filter(|&outcome| *outcome != Outcome::Unstated);
        let (all, stated) = (outcomes.len() as f64, stated.count() as f64);
        resolved.tell_endings(&mut told, all, stated);
        told
    }

    /// What was counted on each journey, and the outcomes that occur.
    fn counts(&self, pattern: usize, outcomes: &[Outcome]) -> Result<CountedJourneys, AskError> {
        let watched = &self.watched[pattern];
        let whole = &watched.whole;
        let mut kinds: Vec<Outcome> = Vec::new();
        for outcome in outcomes {
            if let Err(at) = kinds.binary_search(outcome) {
                kinds.insert(at, outcome.clone());
            }
        }
        let places: Vec<Place<'_>> = self.spots.iter().map(Spot::place).collect();
        let resolved = Resolved::of_events(&whole.pattern, &places, &kinds)?;
        let told = self.told(whole, &resolved, outcomes);
        let promises = self.promised.contains(&true);
        resolved.answerable(&whole.pattern, &told, promises)?;
        let coverage = coverage(resolved.asks().iter().zip(&told), outcomes.len() as f64);
        let automaton = Automaton::new(&resolved);
        let mut units = BTreeMap::new();
        let mut counts = Vec::with_capacity(self.journeys.len());
        let journeys = self.journeys.iter().zip(&watched.kept).zip(outcomes);
        for (number, ((who, kept), outcome)) in journeys.enumerate() {
            let outcome = kinds.binary_search(outcome).unwrap_or(usize::MAX);
            let mut kept = kept.clone();
            if automaton.ends(&whole.there[number * whole.words..][..whole.words], outcome) {
                kept.complete(who);
            }
            let unit = who.customer.map_or(number, |customer| {
                // Behind all journeys, so that customers and journeys without one are different units.
                let new = self.journeys.len() + units.len();
                *units.entry(customer).or_insert(new)
            });
            counts.push(Counts {
                unit,
                outcome,
                matched: kept.matches > 0,
                matches: f64::from(kept.matches),
                begun: kept.begun || watched.first.is_none(),
                before_ending: kept.before_ending || watched.before.is_none(),
                felt_after: kept.felt_after,
                known_after: f64::from(kept.known_after),
                moments_until: f64::from(kept.until) * one_if(kept.matches > 0),
                wait_until: kept.wait_until,
            });
        }
        Ok(CountedJourneys {
            counts,
            kinds,
            coverage,
        })
    }
}
