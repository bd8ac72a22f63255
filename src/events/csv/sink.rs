//! Where the events of a table go: into the counts at once, or into something that holds them and orders them first.

use crate::events::backlog::Backlog;
use crate::events::error::EventFault;
use crate::events::held::Held;
use crate::events::log::EventLog;
use crate::events::tally::Tally;
use crate::events::tally::journeys::Awaited;
use crate::events::tally::record::{Raw, Visit};
use crate::events::tally::under_way::EXPECTED;
use crate::journey::Scale;

/// What takes the events of a table.
pub(in crate::events) trait Sink {
    /// Whether it asks who made a journey.
    const CUSTOMERS: bool = false;

    /// Says which journeys come next.
    fn foresee<'a>(
        &mut self,
        _journeys: impl Iterator<Item = &'a [u8]>,
        _awaited: &mut [Awaited; EXPECTED],
    ) {
    }

    /// Looks up the names of an event, without counting anything; `None` where it is of another segment.
    fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault>;

    /// Takes an event of a journey that a customer made.
    fn put(
        &mut self,
        journey: &[u8],
        customer: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault>;

    /// Numbers of emotions mean the same as long as this is the same.
    fn numbering(&self) -> u32;

    /// Counts the ways that were put off.
    fn settle(&mut self) -> Result<(), EventFault> {
        Ok(())
    }

    /// Leaves out a journey as a whole, the events that were taken and those to come; false where what was counted cannot
    /// be taken back. A row of that journey could not be read.
    fn leave_out(&mut self, _journey: &[u8]) -> bool {
        false
    }

    /// The scale of ratings, and whether it was stated.
    fn scale(&self) -> (Scale, bool);

    /// Whether a journey is there, for what holds no events.
    fn knows(&self, _journey: &[u8]) -> bool {
        false
    }

    /// What is known of the journeys, for what holds their events.
    fn held(&self) -> Option<Held> {
        None
    }

    /// Leaves out the journeys that are to be left out, once all rows are read.
    fn finish(&mut self) {}

    /// Says that the table lists what happened last first, so that events of equal time stand in reverse.
    fn newest_first(&mut self) {}
}

impl Sink for Tally {
    #[inline]
    fn foresee<'a>(
        &mut self,
        journeys: impl Iterator<Item = &'a [u8]>,
        awaited: &mut [Awaited; EXPECTED],
    ) {
        let mut drawn = 0;
        for (awaited, name) in awaited.iter_mut().zip(journeys) {
            *awaited = self.open.await_by(name);
            drawn += 1;
        }
        self.open
            .foresee(awaited.get_mut(..drawn).unwrap_or_default());
    }

    #[inline]
    fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        self.prepare(event)
    }

    #[inline(always)]
    fn put(
        &mut self,
        journey: &[u8],
        _: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        if visit.nanos != 0 || visit.batch != 0 || self.open.has_within() {
            return self.visit_within(journey, awaited, visit);
        }
        self.visit(journey, awaited, visit)
    }

    #[inline(always)]
    fn numbering(&self) -> u32 {
        self.levels.numbering()
    }

    fn settle(&mut self) -> Result<(), EventFault> {
        self.go_all()
    }

    fn scale(&self) -> (Scale, bool) {
        (self.options.scale, self.options.scale_stated)
    }

    fn knows(&self, journey: &[u8]) -> bool {
        self.open.get(journey).is_some()
    }
}

impl Sink for Backlog {
    fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        self.tally.prepare(event)
    }

    fn put(
        &mut self,
        journey: &[u8],
        _: &[u8],
        _: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        self.put(journey, visit)
    }

    #[inline(always)]
    fn numbering(&self) -> u32 {
        self.tally.levels.numbering()
    }

    fn scale(&self) -> (Scale, bool) {
        self.tally.scale()
    }

    fn held(&self) -> Option<Held> {
        Some(Backlog::held(self))
    }

    fn leave_out(&mut self, journey: &[u8]) -> bool {
        Backlog::leave_out(self, journey);
        true
    }

    fn newest_first(&mut self) {
        self.newest_first = true;
    }
}

impl Sink for EventLog {
    const CUSTOMERS: bool = true;

    #[inline]
    fn foresee<'a>(
        &mut self,
        journeys: impl Iterator<Item = &'a [u8]>,
        awaited: &mut [Awaited; EXPECTED],
    ) {
        self.foresee(journeys, awaited);
    }

    #[inline]
    fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        self.prepare(event)
    }

    #[inline(always)]
    fn put(
        &mut self,
        journey: &[u8],
        customer: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        self.put(journey, customer, awaited, visit)
    }

    #[inline(always)]
    fn numbering(&self) -> u32 {
        self.numbering()
    }

    fn scale(&self) -> (Scale, bool) {
        EventLog::scale(self)
    }

    fn held(&self) -> Option<Held> {
        Some(EventLog::held(self))
    }

    fn leave_out(&mut self, journey: &[u8]) -> bool {
        self.mark(journey);
        true
    }

    fn finish(&mut self) {
        self.leave_out_marked();
    }

    fn newest_first(&mut self) {
        self.turn_around();
    }
}
