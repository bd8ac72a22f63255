//! A tally with somebody who looks on: each event is seen as it is counted, with the number of its journey.

use super::record::{Raw, Visit};
use super::under_way::UNSTATED;
use super::{Tally, result_at};
use crate::events::error::{EventError, EventFault};
use crate::events::event::EventRef;
use crate::journey::{Phase, PromiseResult};

/// Where a moment is, in numbers: touchpoint with channel, phase, owner, promise.
pub(crate) type Spot = (u32, Option<Phase>, u32, u32);

/// A moment as it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attending<'a> {
    tally: &'a Tally,
    visit: &'a Visit,
    /// The number of its journey, in the order of first appearance.
    pub(crate) journey: u32,
    /// Who made it.
    pub(crate) customer: Option<&'a str>,
    pub(crate) valence: Option<f64>,
}

/// Sees each moment.
pub(crate) trait Onlooker {
    fn see(&mut self, moment: &Attending<'_>);
}

#[derive(Debug, Clone)]
pub(crate) struct Attended<O> {
    pub(crate) tally: Tally,
    pub(crate) onlooker: O,
}

impl<'a> Attending<'a> {
    /// Equal for moments that say the same of where they are.
    pub(crate) fn spot(&self) -> Spot {
        let Visit { step, .. } = self.visit;
        let (owner, promise) = (self.visit.owner, self.visit.promise);
        (step.moment >> 2, self.visit.phase, owner, promise)
    }

    /// The touchpoint and its channel.
    pub(crate) fn place(&self) -> (&'a str, Option<&'a str>) {
        let names = self.tally;
        let place = names.places.get((self.visit.step.moment >> 2) as usize);
        let touchpoint = place.map_or("", |place| names.touchpoints.name(place.touchpoint));
        let channel = place.filter(|place| place.channel != 0);
        let channel = channel.map(|place| names.channels.name(place.channel));
        (touchpoint, channel)
    }

    pub(crate) fn phase(&self) -> Option<Phase> {
        self.visit.phase
    }

    pub(crate) fn owner(&self) -> Option<&'a str> {
        self.label(self.visit.owner)
    }

    pub(crate) fn promise(&self) -> Option<&'a str> {
        self.label(self.visit.promise)
    }

    fn label(&self, number: u32) -> Option<&'a str> {
        (number != UNSTATED).then(|| self.tally.labels.name(number))
    }

    pub(crate) fn result(&self) -> Option<PromiseResult> {
        result_at((self.visit.step.moment & 3) as u8)
    }

    /// In nanoseconds since 1970, as a log keeps it.
    pub(crate) fn time_ns(&self) -> Option<i128> {
        let nanos = (self.visit.nanos + self.visit.batch.min(999)).min(999_999);
        let time = self.visit.step.time;
        time.map(|ms| i128::from(ms) * 1_000_000 + i128::from(nanos))
    }
}

impl<O: Onlooker> Attended<O> {
    pub(crate) fn record(&mut self, event: &EventRef<'_>) -> Result<(), EventError> {
        self.tally.offered = self.tally.offered.saturating_add(1);
        let taken = self.take(&Raw::from(*event));
        taken.map_err(|fault| EventError::new(self.tally.offered, event, fault))
    }

    fn take(&mut self, event: &Raw<'_>) -> Result<(), EventFault> {
        let Some(visit) = self.tally.prepare(event)? else {
            return Ok(());
        };
        let awaited = self.tally.open.await_by(event.journey);
        let (journey, customer) = (event.journey, event.customer);
        self.attend(journey, customer, &visit, |tally| {
            tally.visit(journey, &awaited, &visit)?;
            tally.go_all()
        })
    }

    /// Counts a visit and looks at it.
    pub(in crate::events) fn attend(
        &mut self,
        journey: &[u8],
        customer: &[u8],
        visit: &Visit,
        count: impl FnOnce(&mut Tally) -> Result<(), EventFault>,
    ) -> Result<(), EventFault> {
        // Before counting, which may round it.
        let level = self.tally.levels.get(visit.level);
        count(&mut self.tally)?;
        let Some(journey) = self.tally.open.number(journey) else {
            return Ok(());
        };
        let customer = std::str::from_utf8(customer).ok();
        self.onlooker.see(&Attending {
            tally: &self.tally,
            visit,
            journey,
            customer: customer.filter(|customer| !customer.trim().is_empty()),
            valence: level.map(super::levels::Level::valence),
        });
        Ok(())
    }

    /// How each journey ended: the last outcome stated on it, by the number of the journey.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = Option<&str>> {
        let ends = self.tally.open.states();
        ends.map(|ends| (ends.outcome != UNSTATED).then(|| self.tally.labels.name(ends.outcome)))
    }
}
