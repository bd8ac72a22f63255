//! Logs put together.

use std::cmp::Ordering;

use super::kinds::Kind;
use super::{EventLog, LoggedJourney};
use crate::events::error::MergeError;
use crate::events::tally::under_way::UNSTATED;
use crate::events::tally::visits::UNFELT;

impl EventLog {
    /// Adds the journeys of another log. The options stay those of `self`. Takes time in proportion to `other`.
    ///
    /// # Errors
    /// [`MergeError::Shared`] if a journey is in both; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        for journey in other.journeys() {
            let name = journey.name();
            if self.cases.find_name(name.as_bytes()).is_some() {
                return Err(MergeError::Shared {
                    journey: name.into_owned(),
                });
            }
        }
        self.take_all(other).ok_or(MergeError::TooLarge)
    }

    /// Adds the events that come after those held so far, of the same journeys or of new ones: the log of the next day,
    /// say. The result is the log of both parts' events one after the other.
    ///
    /// # Errors
    /// [`MergeError::Earlier`] if a journey would go back, by sequence number where all of its events have one, else by
    /// time; nothing is added then.
    pub fn join(&mut self, later: &Self) -> Result<(), MergeError> {
        let order = self.order();
        for journey in later.journeys() {
            let name = journey.name();
            let Some(known) = self.cases.find_name(name.as_bytes()) else {
                continue;
            };
            let earlier = LoggedJourney::new(self, order, known);
            if let Some((before, now)) = goes_back(&earlier, &journey) {
                return Err(MergeError::Earlier {
                    journey: name.into_owned(),
                    before,
                    now,
                });
            }
        }
        self.take_all(later).ok_or(MergeError::TooLarge)
    }

    fn take_all(&mut self, other: &Self) -> Option<()> {
        let numbers = other
            .kinds
            .all()
            .iter()
            .map(|kind| self.adopt(other, kind))
            .collect::<Option<Vec<u32>>>()?;
        for journey in other.journeys() {
            self.take_journey(&journey, |kind| numbers.get(kind as usize).copied())?;
        }
        self.names.left_out = self.names.left_out.saturating_add(other.names.left_out);
        self.customer_of.contradicted += other.customer_of.contradicted;
        self.segment_of.contradicted += other.segment_of.contradicted;
        Some(())
    }

    /// The number that a kind of another log has here, a new one where it is new.
    fn adopt(&mut self, other: &Self, kind: &Kind) -> Option<u32> {
        let theirs = &other.names;
        let place = theirs.places.get(kind.place() as usize)?;
        let touchpoint = theirs.touchpoints.name(place.touchpoint).as_bytes();
        let channel = theirs.channels.name(place.channel).as_bytes();
        let place = self.names.place(touchpoint, channel).ok()?;
        let level = match kind.level() {
            Some(level) => self.names.levels.number(theirs.levels.get(level)?)?,
            None => UNFELT,
        };
        let mut label = |number: u32| {
            if number == UNSTATED {
                return Some(UNSTATED);
            }
            self.names.labels.intern(theirs.labels.name(number))
        };
        let (owner, promise) = (label(kind.owner)?, label(kind.promise)?);
        let outcome = label(kind.outcome)?;
        self.kinds.number(&Kind {
            moment: place << 2 | u32::from(kind.slot()),
            level,
            owner,
            promise,
            outcome,
            phase: kind.phase,
        })
    }
}

/// Where a later part begins before an earlier one ends: by what, from and to.
fn goes_back(earlier: &LoggedJourney<'_>, later: &LoggedJourney<'_>) -> Option<(i64, i64)> {
    let numbered = |journey: &LoggedJourney<'_>| {
        let mut moments = journey.moments();
        moments.all(|moment| moment.sequence().is_some())
    };
    if numbered(earlier) && numbered(later) {
        let before = earlier.moments().next_back()?.sequence()?;
        let now = later.moments().next()?.sequence()?;
        return (now < before).then_some((before, now));
    }
    let mut times = earlier.moments().rev();
    let before = times.find_map(|moment| moment.time_ns())?;
    let now = later.moments().find_map(|moment| moment.time_ns())?;
    let millis = super::times::Times::millis;
    (now.cmp(&before) == Ordering::Less).then(|| (millis(before), millis(now)))
}

/// The same journeys with the same moments, whatever the order in which journeys came. Options do not matter. Takes
/// O(n log n).
impl PartialEq for EventLog {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() || self.events() != other.events() {
            return false;
        }
        let order = other.order();
        self.journeys().all(|ours| {
            let name = ours.name();
            let Some(number) = other.cases.find_name(name.as_bytes()) else {
                return false;
            };
            let theirs = LoggedJourney::new(other, order, number);
            (ours.customer(), ours.segment(), ours.len())
                == (theirs.customer(), theirs.segment(), theirs.len())
                && ours
                    .moments()
                    .zip(theirs.moments())
                    .all(|(ours, theirs)| ours.says(&theirs))
        })
    }
}
