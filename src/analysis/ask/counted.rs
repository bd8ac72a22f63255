//! The same questions counted on journeys that happened.

use std::collections::BTreeMap;

use super::counting::{Counting, Said, Spot};
use super::{AskError, CountedPattern};
use crate::events::{EventLog, LoggedJourney, LoggedMoment};
use crate::journey::Outcome;
use crate::pattern::Pattern;

/// Counts a pattern on the journeys of a log.
fn count(log: &EventLog, pattern: &Pattern) -> (Counting, Vec<Outcome>) {
    let mut counting = Counting::new([pattern.clone()]);
    let mut spots = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(log.len());
    for (number, journey) in log.journeys().enumerate() {
        let customer = journey.customer();
        for moment in journey.moments() {
            let channel = moment.channel();
            let (touchpoint, phase) = (moment.touchpoint(), moment.phase());
            let (owner, promise) = (moment.owner(), moment.promise_name());
            let spot = *spots
                .entry((touchpoint, channel, phase, owner, promise))
                .or_insert_with(|| {
                    counting.spot(Spot::new(touchpoint, channel, phase, owner, promise))
                });
            counting.see(number, customer.as_deref(), spot, &said(&moment));
        }
        outcomes.push(outcome_of(&journey));
    }
    (counting, outcomes)
}

fn said(moment: &LoggedMoment<'_>) -> Said {
    Said {
        result: moment.promise(),
        valence: moment.valence(),
        time: moment.time_ns(),
    }
}

fn outcome_of(journey: &LoggedJourney<'_>) -> Outcome {
    journey.outcome().map_or(Outcome::Unstated, Outcome::from)
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
    /// [`AskError::Pattern`] with every name that the log does not have, and with tests of what events do not tell.
    pub fn matches(&self, pattern: &Pattern) -> Result<Vec<LoggedJourney<'_>>, AskError> {
        let (counting, outcomes) = count(self, pattern);
        let matching = counting.matching(0, &outcomes)?;
        let journeys = self.journeys().zip(matching);
        Ok(journeys
            .filter(|&(_, matches)| matches)
            .map(|(journey, _)| journey)
            .collect())
    }

    /// Counts what a pattern finds on whole journeys: what happened, beside what a map says in [`Flow::ask`](crate::Flow::ask).
    /// A wait can be tested here. Where a log does not fit into memory, a [`Watch`](crate::asking::Watch) counts the same while
    /// events are read.
    ///
    /// # Errors
    /// As [`EventLog::matches`].
    pub fn ask(&self, pattern: &Pattern) -> Result<CountedPattern, AskError> {
        let (counting, outcomes) = count(self, pattern);
        counting.counted(0, &outcomes)
    }
}
