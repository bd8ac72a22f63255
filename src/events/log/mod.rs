//! Journeys as they happened: whole, in memory, and small.

mod cases;
mod choose;
mod count;
mod ended;
mod grouped;
mod kinds;
mod learn;
mod merge;
mod order;
mod remember;
mod sequences;
#[cfg(feature = "csv")]
mod table;
mod tallied;
mod times;
mod view;
mod walks;

use std::sync::OnceLock;

use super::error::{EventError, EventFault, EventPart};
use super::event::EventRef;
use super::tally::journeys::Awaited;
use super::tally::record::{Raw, Visit, checked};
#[cfg(feature = "csv")]
use super::tally::under_way::EXPECTED;
use super::tally::under_way::UNSTATED;
use super::tally::{Tally, TallyOptions};
use cases::{Cases, Stated};
pub(crate) use count::{Times as TimesTaken, Walked, WalkedJourney};
pub use ended::{Beyond, Ended};
use kinds::{Kind, Kinds};
pub use learn::SurveyAnswers;
use order::Order;
use sequences::Sequences;
use times::Times;
pub use view::{LoggedJourney, LoggedMoment};
pub(crate) use walks::{About, Walks};

/// One event: whose it is, what it says, when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    journey: u32,
    kind: u32,
    time: i64,
}

/// Journeys as they happened: every event of every journey, in order, with its full resolution of time.
///
/// A [`Tally`] counts steps and forgets how customers came; a log remembers. What asks for "at least once", "both", "the
/// worst of" or "given that" is therefore counted on whole journeys, and a journey [learned](EventLog::learn) from a log
/// carries these [counted figures](crate::journey::Counted) with error bars that take journeys (or customers, where events
/// [name](EventRef::customer) them) as the unit. Take a tally where a log does not fit into memory, or where a database
/// has counted.
///
/// Events may come in any order. Those of a journey are sorted by sequence number where each has one, otherwise by time;
/// those without a time stay behind the one that was given before them, and equal ones keep the order given.
/// [`reordered`](EventLog::reordered) tells how many journeys' events were given out of their order.
///
/// Takes 16 to 24 bytes per event (20 where journeys interleave or events are out of order, 4 more where they state
/// sequence numbers), about 40 bytes and a long name per journey, and about 60 bytes for each combination of touchpoint,
/// channel, promise result, feeling, owner, phase and outcome that occurs. Recording takes expected O(1).
///
/// ```
/// use customer_journey::{EventLog, EventRef, PromiseResult};
/// let mut log = EventLog::default();
/// for (order, kept, outcome) in [("o1", true, "stays"), ("o2", false, "leaves"), ("o3", true, "stays")] {
///     let result = if kept { PromiseResult::Kept } else { PromiseResult::Broken };
///     log.record(EventRef::new(order, "delivery").channel("post").promise(result))?;
///     log.record(EventRef::new(order, "review").channel("email").outcome(outcome))?;
/// }
/// let first = log.journeys().next().expect("there are three");
/// let touchpoints: Vec<&str> = first.moments().map(|moment| moment.touchpoint()).collect();
/// assert_eq!((first.name().as_ref(), touchpoints), ("o1", vec!["delivery", "review"]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct EventLog {
    /// Names, places and emotions with their numbers; it counts nothing.
    names: Tally,
    kinds: Kinds,
    cases: Cases,
    customers: Cases,
    customer_of: Stated,
    segment_of: Stated,
    moments: Vec<Moment>,
    times: Times,
    sequences: Sequences,
    order: OnceLock<Order>,
    /// Events given so far, refused ones among them.
    offered: u64,
    /// The journey of the event before.
    last: u32,
    /// Journeys that are left out once the table is read.
    #[cfg(feature = "csv")]
    out: std::collections::BTreeSet<u32>,
}

impl EventLog {
    /// A log of nothing.
    #[must_use]
    pub fn new(options: TallyOptions) -> Self {
        let names = Tally::new(options);
        let seed = names.seed;
        Self {
            names,
            kinds: Kinds::new(seed),
            cases: Cases::new(seed),
            customers: Cases::new(seed),
            customer_of: Stated::default(),
            segment_of: Stated::default(),
            moments: Vec::new(),
            times: Times::default(),
            sequences: Sequences::default(),
            order: OnceLock::new(),
            offered: 0,
            last: UNSTATED,
            #[cfg(feature = "csv")]
            out: std::collections::BTreeSet::new(),
        }
    }

    /// Takes one event.
    ///
    /// # Errors
    /// [`EventError`] names the event and what is wrong with it: its rating is off the scale, or it lacks a name. The log
    /// is as it was before; the caller may go on.
    pub fn record<'a>(&mut self, event: impl Into<EventRef<'a>>) -> Result<(), EventError> {
        let event = event.into();
        self.offered = self.offered.saturating_add(1);
        let raw = Raw::from(event);
        let taken = match self.prepare(&raw) {
            Ok(Some(visit)) => {
                let mut awaited = [self.cases.await_by(raw.journey)];
                self.cases.foresee(&mut awaited);
                self.put(raw.journey, raw.customer, &awaited[0], &visit)
            }
            Ok(None) => Ok(()),
            Err(fault) => Err(fault),
        };
        taken.map_err(|fault| EventError::new(self.offered, &event, fault))
    }

    /// Takes events up to the first one that is refused.
    ///
    /// # Errors
    /// As [`EventLog::record`]; the events before it are kept.
    pub fn record_all<'a, E: Into<EventRef<'a>>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(), EventError> {
        events.into_iter().try_for_each(|event| self.record(event))
    }

    /// Looks up the names of an event; `None` where it is of another segment than the one asked for.
    #[inline]
    pub(super) fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        let Some(mut visit) = self.names.prepare(event)? else {
            return Ok(None);
        };
        visit.segment = self.names.label(event.segment)?;
        Ok(Some(visit))
    }

    /// Says which journeys come next.
    #[cfg(feature = "csv")]
    pub(super) fn foresee<'a>(
        &mut self,
        journeys: impl Iterator<Item = &'a [u8]>,
        awaited: &mut [Awaited; EXPECTED],
    ) {
        let mut drawn = 0;
        for (awaited, name) in awaited.iter_mut().zip(journeys) {
            *awaited = self.cases.await_by(name);
            drawn += 1;
        }
        self.cases
            .foresee(awaited.get_mut(..drawn).unwrap_or_default());
    }

    /// Takes an event whose names are looked up.
    #[inline]
    pub(super) fn put(
        &mut self,
        journey: &[u8],
        customer: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        let many = EventFault::TooMany;
        let journey = if let Some(known) = self.cases.find(awaited, journey) {
            known
        } else {
            checked(EventPart::Journey, journey)?;
            let new = self.cases.insert(awaited, journey);
            new.ok_or(many(EventPart::Journey))?
        };
        let kind = self.kinds.number(&Kind::from(visit));
        let kind = kind.ok_or(many(EventPart::Emotion))?;
        if u32::try_from(self.moments.len()).is_err() {
            return Err(many(EventPart::Way));
        }
        if !customer.is_empty() {
            self.state_customer(journey, customer)?;
        }
        self.segment_of.state(journey, visit.segment);
        self.push_moment(journey, kind, visit);
        Ok(())
    }

    #[inline]
    fn push_moment(&mut self, journey: u32, kind: u32, visit: &Visit) {
        let events = self.moments.len();
        self.sequences.push(events, visit.step.sequence);
        // Collectors that number the events of a batch tell microseconds: the nanoseconds are free for the place.
        let nanos = visit.nanos + visit.batch.min(999);
        let time = self.times.number(visit.step.time, nanos.min(999_999));
        push(
            &mut self.moments,
            Moment {
                journey,
                kind,
                time,
            },
        );
        self.last = journey;
        if self.order.get().is_some() {
            self.order = OnceLock::new();
        }
    }

    fn state_customer(&mut self, journey: u32, customer: &[u8]) -> Result<(), EventFault> {
        match checked(EventPart::Customer, customer) {
            Ok(_) => {
                let number = self.customers.enter(customer);
                let number = number.ok_or(EventFault::TooMany(EventPart::Customer))?;
                self.customer_of.state(journey, number);
                Ok(())
            }
            Err(EventFault::Blank(_)) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Numbers of emotions mean the same as long as this is the same.
    #[cfg(feature = "csv")]
    pub(super) fn numbering(&self) -> u32 {
        self.names.levels.numbering()
    }

    /// Events held.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.moments.len() as u64
    }

    /// Journeys held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether it holds no journey.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cases.len() == 0
    }

    /// Customers that events name.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.customers.len()
    }

    /// Events left out as they are of another segment.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.names.left_out
    }

    /// Events that name another customer or another segment than the first event of their journey that names one: the
    /// first one counts.
    #[must_use]
    pub fn contradicted(&self) -> u64 {
        self.customer_of.contradicted + self.segment_of.contradicted
    }

    /// Events that were given after one of their journey which belongs behind them, and were sorted.
    #[must_use]
    pub fn reordered(&self) -> u64 {
        self.order().moved
    }

    /// The journeys, in the order of their first appearance, as borrowed views.
    pub fn journeys(&self) -> impl ExactSizeIterator<Item = LoggedJourney<'_>> {
        let order = self.order();
        // There are fewer journeys than numbers.
        let journeys = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        (0..journeys).map(move |journey| LoggedJourney::new(self, order, journey))
    }

    /// The journey with this number.
    fn journey(&self, number: u32) -> LoggedJourney<'_> {
        LoggedJourney::new(self, self.order(), number)
    }

    fn order(&self) -> &Order {
        self.order.get_or_init(|| {
            Order::new(
                &self.moments,
                &self.sequences,
                &self.times,
                self.cases.len(),
            )
        })
    }
}

impl Default for EventLog {
    fn default() -> Self {
        Self::new(TallyOptions::new())
    }
}

/// Adds to a list that may be huge: doubling it would take up to twice its memory.
#[inline]
fn push<T>(list: &mut Vec<T>, value: T) {
    if list.len() == list.capacity() {
        list.reserve_exact((list.len() / 8).max(64));
    }
    list.push(value);
}
