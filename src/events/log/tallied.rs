//! A log as the counts of its steps, and parts of a log.

use super::times::Times;
use super::{EventLog, LoggedJourney};
use crate::events::tally::Tally;
use crate::events::tally::record::Visit;
use crate::events::tally::under_way::{Step, UNSTATED};

impl EventLog {
    /// The counts of its steps: the tally of the same events, each journey in its order.
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef, Tally};
    /// let events = [EventRef::new("c1", "search"), EventRef::new("c1", "buy")];
    /// let (mut log, mut tally) = (EventLog::default(), Tally::default());
    /// log.record_all(events)?;
    /// tally.record_all(events)?;
    /// assert_eq!(log.tally(), tally);
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = self.names.clone();
        for journey in self.journeys() {
            let name = journey.name();
            let name = name.as_bytes();
            let numbered = journey.moments().all(|moment| moment.sequence().is_some());
            for moment in journey.moments() {
                let Some(kind) = moment.kind() else { continue };
                let nanos = moment.time_ns();
                let visit = Visit {
                    step: Step {
                        moment: kind.moment,
                        outcome: kind.outcome,
                        time: nanos.map(Times::millis),
                        // Sorted by time, a stray sequence number must not count.
                        sequence: moment.sequence().filter(|_| numbered),
                    },
                    level: kind.level,
                    owner: kind.owner,
                    promise: kind.promise,
                    phase: kind.phase,
                    detailed: kind.owner != UNSTATED
                        || kind.promise != UNSTATED
                        || kind.phase.is_some(),
                    ..Visit::default()
                };
                let awaited = tally.open.await_by(name);
                // In order now, so that nothing goes back; names and numbers were checked when they came.
                let _ = tally.advance(name, &awaited, &visit.step);
                let _ = tally.count(&visit);
            }
            let _ = tally.go_all();
        }
        // Emotions keep their numbers until all are counted.
        tally.round_if_many();
        tally
    }

    /// The log of those journeys for which this holds.
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef};
    /// let mut log = EventLog::default();
    /// log.record(EventRef::new("c1", "buy").segment("business"))?;
    /// log.record(EventRef::new("c2", "buy").segment("private"))?;
    /// let business = log.filter(|journey| journey.segment() == Some("business"));
    /// assert_eq!((log.len(), business.len()), (2, 1));
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    #[must_use]
    pub fn filter(&self, mut holds: impl FnMut(&LoggedJourney<'_>) -> bool) -> Self {
        let mut kept = Self {
            names: self.names.clone(),
            kinds: self.kinds.clone(),
            ..Self::new(self.names.options.clone())
        };
        for journey in self.journeys().filter(|journey| holds(journey)) {
            // There were no more names before.
            let _ = kept.take_journey(&journey, Some);
        }
        kept
    }

    /// Adds the moments of a journey of another log; `numbered` gives the number that a kind of it has here. `None` where
    /// there are too many names.
    pub(super) fn take_journey(
        &mut self,
        journey: &LoggedJourney<'_>,
        mut number_of: impl FnMut(u32) -> Option<u32>,
    ) -> Option<()> {
        let number = self.cases.enter(journey.name().as_bytes())?;
        if let Some(customer) = journey.customer() {
            let customer = self.customers.enter(customer.as_bytes())?;
            self.customer_of.state(number, customer);
        }
        if let Some(segment) = journey.segment() {
            let segment = self.names.labels.intern(segment)?;
            self.segment_of.state(number, segment);
        }
        for moment in journey.moments() {
            let kind = number_of(moment.kind_number())?;
            let events = self.moments.len();
            u32::try_from(events).ok()?;
            self.sequences.push(events, moment.sequence());
            let time = self.times.adopt(moment.time_ns());
            super::push(
                &mut self.moments,
                super::Moment {
                    journey: number,
                    kind,
                    time,
                },
            );
        }
        self.order = std::sync::OnceLock::new();
        Some(())
    }
}
