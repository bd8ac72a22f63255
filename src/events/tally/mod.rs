//! Counts of events as they come: journeys under way, the ways between places, visits, waits.

pub(super) mod attended;
mod batch;
pub(super) mod from_rows;
pub(super) mod journeys;
mod ledger;
pub(super) mod levels;
mod merge;
pub(super) mod record;
mod spots;
pub(super) mod under_way;
pub(super) mod visits;
pub(super) mod waits;
mod ways;

use super::error::EventError;
use super::event::EventRef;
use super::hash::Seed;
use super::index::{Counts, Names};
use crate::journey::{PromiseResult, Scale};
use crate::statistics::Waits;
use batch::Batch;
use journeys::Opens;
use levels::Levels;
use record::Raw;
use spots::Spots;
use visits::Visits;
use waits::Spread;
use ways::{Moved, Ways};

/// How events are read into a [`Tally`].
///
/// ```
/// use customer_journey::events::TallyOptions;
/// use customer_journey::Scale;
/// let options = TallyOptions::new().scale(Scale::ONE_TO_FIVE).segment("business");
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct TallyOptions {
    pub(in crate::events) scale: Scale,
    /// Whether the caller declared it.
    pub(in crate::events) scale_stated: bool,
    pub(in crate::events) segment: Option<String>,
}

impl TallyOptions {
    /// Emotions that are numbers lie between -1 and 1, higher is better; events of all segments count.
    pub fn new() -> Self {
        Self {
            scale: Scale::MINUS_ONE_TO_ONE,
            scale_stated: false,
            segment: None,
        }
    }

    /// Declares the scale of emotions that are numbers.
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = scale;
        self.scale_stated = true;
        self
    }

    /// Counts events of one segment only. All others, those without a segment among them, are left out and their
    /// number is told. State the segment on every event of a journey: those without it are left out singly.
    pub fn segment(mut self, segment: impl Into<String>) -> Self {
        self.segment = Some(segment.into());
        self
    }
}

impl Default for TallyOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Before the first and after the last of no times.
pub(in crate::events) const NEVER: (i64, i64) = (i64::MAX, i64::MIN);

/// What was counted at a touchpoint in a channel.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::events) struct Place {
    pub(in crate::events) touchpoint: u32,
    /// 0 where no channel is stated.
    pub(in crate::events) channel: u32,
    /// Visits that state the phase.
    pub(in crate::events) phases: [u64; 3],
    /// Closed journeys that began here.
    pub(in crate::events) starts: u64,
}

/// The position of a promise result among counts; 0 stands for an event that states none.
pub(in crate::events) fn slot(result: Option<PromiseResult>) -> u8 {
    match result {
        None => 0,
        Some(PromiseResult::Kept) => 1,
        Some(PromiseResult::Broken) => 2,
        Some(PromiseResult::Unknown) => 3,
    }
}

/// The promise result at a position.
pub(in crate::events) fn result_at(slot: u8) -> Option<PromiseResult> {
    match slot {
        1 => Some(PromiseResult::Kept),
        2 => Some(PromiseResult::Broken),
        3 => Some(PromiseResult::Unknown),
        _ => None,
    }
}

/// Counts of events on their way to a journey.
///
/// Journeys may interleave in any way: each is followed by its name. The events of one journey come in their order:
/// by sequence number where two that follow each other both have one, else by time where both have one, else as they
/// are given. Equal numbers and times keep the order given. Where the sequence goes on and the time goes back, the
/// sequence counts, the wait is taken as unknown, and [`LearnSummary::contradictions`](super::LearnSummary::contradictions)
/// tells how often that was. Events in another order are refused; [`Backlog`](super::Backlog) sorts them.
///
/// Recording takes expected O(1) and allocates nothing once names are known. Memory grows with the journeys under way
/// (about 80 bytes each, and the name where it is longer than 15 bytes), with touchpoints and the ways between them,
/// and never with events. Of more than 1024 different valences all are rounded to steps of 0.002.
///
/// Tallies are values: equal when they hold the same counts and the same journeys under way, whatever the order in which
/// these came.
#[derive(Debug, Clone)]
pub struct Tally {
    pub(in crate::events) options: TallyOptions,
    pub(in crate::events) seed: Seed,
    pub(in crate::events) touchpoints: Names,
    pub(in crate::events) channels: Names,
    /// Owners, promises and outcomes.
    pub(in crate::events) labels: Names,
    pub(in crate::events) spots: Spots,
    pub(in crate::events) places: Vec<Place>,
    pub(in crate::events) levels: Levels,
    /// (place and result, level).
    pub(in crate::events) visits: Visits,
    /// (place, label).
    pub(in crate::events) owners: Counts,
    /// (place, label).
    pub(in crate::events) promises: Counts,
    /// (place and result, place).
    pub(in crate::events) ways: Ways,
    /// Ways on their way into the counts; empty between calls.
    pub(in crate::events) moves: Vec<Moved>,
    pub(in crate::events) open: Opens,
    /// Closed journeys: (place and result, outcome).
    pub(in crate::events) ended: Counts,
    /// Closed journeys: from their first time to their last one.
    pub(in crate::events) lasted: Spread,
    pub(in crate::events) events: u64,
    pub(in crate::events) left_out: u64,
    pub(in crate::events) contradictions: u64,
    /// First and last time stated; [`NEVER`] where none is.
    pub(in crate::events) span: (i64, i64),
    /// Events given so far, refused ones among them.
    pub(in crate::events) offered: u64,
}

impl Tally {
    /// A tally of nothing.
    #[must_use]
    pub fn new(options: TallyOptions) -> Self {
        let seed = Seed::new();
        let mut channels = Names::new(seed);
        let mut touchpoints = Names::new(seed);
        // Number 0: no channel, and a touchpoint that nothing is counted at.
        channels.intern("");
        touchpoints.intern("");
        Self {
            options,
            seed,
            touchpoints,
            channels,
            labels: Names::new(seed),
            spots: Spots::new(seed),
            places: Vec::new(),
            levels: Levels::new(seed),
            visits: Visits::new(seed),
            owners: Counts::new(seed),
            promises: Counts::new(seed),
            ways: Ways::new(seed),
            moves: Vec::new(),
            open: Opens::new(seed),
            ended: Counts::new(seed),
            lasted: Spread::default(),
            events: 0,
            left_out: 0,
            contradictions: 0,
            span: NEVER,
            offered: 0,
        }
    }

    /// Counts one event.
    ///
    /// # Errors
    /// [`EventError`] names the event and what is wrong with it: it goes back in time, its rating is off the scale, or
    /// it lacks a name. The tally is as it was before; the caller may go on.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let mut tally = Tally::default();
    /// tally.record(EventRef::new("c1", "search").time_ms(20))?;
    /// let error = tally.record(EventRef::new("c1", "buy").time_ms(10)).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "event 2 (journey \"c1\", touchpoint \"buy\") goes back in time, from 20 ms to 10 ms; \
    ///      the events of a journey come in their order, or are sorted first",
    /// );
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    pub fn record<'a>(&mut self, event: impl Into<EventRef<'a>>) -> Result<(), EventError> {
        let event = event.into();
        self.offered = self.offered.saturating_add(1);
        match self.take(&Raw::from(event)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(EventError::new(self.offered, &event, fault)),
        }
    }

    /// Counts events up to the first one that is refused.
    ///
    /// # Errors
    /// As [`Tally::record`]; the events before it are counted. Up to 31 events behind the refused one may have been taken
    /// from the iterator by then, and are not counted.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let log = [("c1", "search"), ("c2", "search"), ("c1", "buy")];
    /// let mut tally = Tally::default();
    /// tally.record_all(log.map(|(journey, touchpoint)| EventRef::new(journey, touchpoint)))?;
    /// assert_eq!((tally.events(), tally.journeys()), (3, 2));
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    pub fn record_all<'a, E: Into<EventRef<'a>>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(), EventError> {
        let mut events = events.into_iter();
        let mut batch = Batch::new();
        loop {
            let drawn = self.draw(&mut events, &mut batch);
            self.follow(&mut batch)?;
            if !drawn? {
                return Ok(());
            }
        }
    }

    /// Events counted.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Journeys counted, those under way and those closed.
    #[must_use]
    pub fn journeys(&self) -> u64 {
        let closed: u64 = self.places.iter().map(|place| place.starts).sum();
        closed + self.open.len() as u64
    }

    /// How long journeys took from their first moment to their last one, over those whose first and last event state a time:
    /// 0 s for journeys of one moment. `None` where there are none. Takes O(j) for j journeys under way.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let mut tally = Tally::default();
    /// tally.record(EventRef::new("c1", "search").time_ms(0))?;
    /// tally.record(EventRef::new("c1", "buy").time_ms(90_000))?;
    /// let lasted = tally.lasted().expect("one journey has times");
    /// assert_eq!((lasted.count(), lasted.mean_s()), (1, Some(90.0)));
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    #[must_use]
    pub fn lasted(&self) -> Option<Waits> {
        let mut lasted = self.lasted.clone();
        for open in self.open.states() {
            if let Some(took) = open.lasted_ms() {
                lasted.add(took);
            }
        }
        lasted.waits()
    }

    /// The sum of the valences that are known, and how many there are.
    pub(crate) fn felt(&self) -> (f64, u64) {
        let mut sum = (0.0, 0);
        for (_, level, count) in self.visits.felt() {
            if let Some(level) = self.levels.get(level) {
                sum.0 += level.valence() * count as f64;
                sum.1 += count;
            }
        }
        sum
    }

    /// First and last time stated, if any is.
    pub(crate) fn span_ms(&self) -> Option<(i64, i64)> {
        (self.span != NEVER).then_some(self.span)
    }

    /// The visits of every place by [`slot`] of the promise result. No sum of counts overflows: none is above the number
    /// of events.
    pub(in crate::events) fn visited(&self) -> Vec<[u64; 4]> {
        self.visits.by_place(self.places.len())
    }

    /// Takes all journeys under way as ended where they are and forgets their names, so that the tally takes no more
    /// memory than its counts. Learning gives the same journey; but an event of a forgotten journey begins a new one,
    /// and a later part can no longer be [joined](Tally::join).
    #[must_use]
    pub fn closed(mut self) -> Self {
        for open in self.open.states() {
            if let Some(place) = self.places.get_mut(open.first as usize) {
                place.starts += 1;
            }
            // As many endings as there are places, results and outcomes: the numbers suffice.
            let _ = self.ended.add(open.last, open.outcome, 1);
            if let Some(lasted) = open.lasted_ms() {
                self.lasted.add(lasted);
            }
        }
        self.open.clear();
        self
    }

    /// This tally with other options for the events to come.
    #[must_use]
    pub fn with(mut self, options: TallyOptions) -> Self {
        self.options = options;
        self.levels.forget();
        self
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self::new(TallyOptions::new())
    }
}
