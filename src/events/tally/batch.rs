//! Events in batches: where a log holds a million journeys, the memory of many of them is waited for at once.

use super::Tally;
use super::journeys::Awaited;
use super::record::{Raw, Visit};
use super::under_way::EXPECTED;
use crate::events::error::EventError;
use crate::events::event::EventRef;

/// Events whose names are looked up and whose journeys are not.
#[derive(Debug)]
pub(in crate::events) struct Batch<'a> {
    visits: [Visit; EXPECTED],
    awaited: [Awaited; EXPECTED],
    told: [Told<'a>; EXPECTED],
    drawn: usize,
}

/// What an error says of an event.
#[derive(Debug, Clone, Copy, Default)]
struct Told<'a> {
    journey: &'a [u8],
    touchpoint: &'a [u8],
    number: u64,
    /// Events of other segments before it.
    left_out: u64,
}

impl Batch<'_> {
    pub(in crate::events) fn new() -> Self {
        Self {
            visits: [Visit::default(); EXPECTED],
            awaited: [Awaited::default(); EXPECTED],
            told: [Told::default(); EXPECTED],
            drawn: 0,
        }
    }
}

impl Tally {
    /// Fills a batch; tells whether there may be more events.
    #[inline]
    pub(in crate::events) fn draw<'a, E: Into<EventRef<'a>>>(
        &mut self,
        events: &mut impl Iterator<Item = E>,
        batch: &mut Batch<'a>,
    ) -> Result<bool, EventError> {
        batch.drawn = 0;
        let places = batch.visits.iter_mut().zip(&mut batch.awaited);
        for ((visit, awaited), told) in places.zip(&mut batch.told) {
            let found = loop {
                let Some(event) = events.next() else {
                    return Ok(false);
                };
                let raw = Raw::from(event.into());
                self.offered = self.offered.saturating_add(1);
                match self.prepare(&raw) {
                    Ok(Some(found)) => {
                        *awaited = self.open.await_by(raw.journey);
                        told.journey = raw.journey;
                        told.touchpoint = raw.touchpoint;
                        told.number = self.offered;
                        told.left_out = self.left_out;
                        break found;
                    }
                    Ok(None) => {}
                    Err(fault) => {
                        return Err(EventError::of(
                            self.offered,
                            raw.journey,
                            raw.touchpoint,
                            fault,
                        ));
                    }
                }
            };
            *visit = found;
            batch.drawn += 1;
        }
        Ok(true)
    }

    /// Counts the events of a batch.
    pub(in crate::events) fn follow(&mut self, batch: &mut Batch<'_>) -> Result<(), EventError> {
        let drawn = batch.drawn;
        let awaited = batch.awaited.get_mut(..drawn).unwrap_or_default();
        self.open.foresee(awaited);
        let mut refused = None;
        for ((visit, awaited), told) in batch.visits.iter().zip(awaited).zip(&batch.told) {
            let advanced = self.advance(told.journey, awaited, &visit.step);
            if let Err(fault) = advanced.and_then(|()| self.count(visit)) {
                refused = Some((told, fault));
                break;
            }
        }
        if let Err(fault) = self.go_all() {
            refused = refused.or(batch.told.first().map(|told| (told, fault)));
        }
        self.round_if_many();
        if let Some((told, fault)) = refused {
            self.left_out = told.left_out;
            self.offered = told.number;
            let (journey, touchpoint) = (told.journey, told.touchpoint);
            return Err(EventError::of(told.number, journey, touchpoint, fault));
        }
        Ok(())
    }
}
