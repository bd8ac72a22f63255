//! Where the events of a table go: into the counts at once, or into a backlog that sorts them first.

use crate::events::backlog::Backlog;
use crate::events::error::EventFault;
use crate::events::log::EventLog;
use crate::events::open::EXPECTED;
use crate::events::opens::Awaited;
use crate::events::record::{Raw, Visit};
use crate::events::tally::Tally;

/// What takes the events of a table.
pub(super) trait Sink {
    /// Whether it asks who made a journey.
    const CUSTOMERS: bool = false;

    /// Says which journeys come next.
    fn foresee<'a>(
        &mut self,
        journeys: impl Iterator<Item = &'a [u8]>,
        awaited: &mut [Awaited; EXPECTED],
    );

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
    fn settle(&mut self) -> Result<(), EventFault>;
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
        self.visit(journey, awaited, visit)
    }

    #[inline(always)]
    fn numbering(&self) -> u32 {
        self.levels.numbering()
    }

    fn settle(&mut self) -> Result<(), EventFault> {
        self.go_all()
    }
}

impl Sink for Backlog {
    fn foresee<'a>(&mut self, _: impl Iterator<Item = &'a [u8]>, _: &mut [Awaited; EXPECTED]) {}

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

    fn settle(&mut self) -> Result<(), EventFault> {
        Ok(())
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

    fn settle(&mut self) -> Result<(), EventFault> {
        Ok(())
    }
}
