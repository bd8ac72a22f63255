//! Tables into a tally with somebody who looks on.

use std::io::Read;

use super::reader::read;
use super::sink::Sink;
use super::{CsvError, CsvOptions, CsvRead};
use crate::events::error::EventFault;
use crate::events::tally::attended::{Attended, Onlooker};
use crate::events::tally::journeys::Awaited;
use crate::events::tally::record::{Raw, Visit};
use crate::events::tally::under_way::EXPECTED;
use crate::journey::Scale;

impl<O: Onlooker> Attended<O> {
    pub(crate) fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl<O: Onlooker> Sink for Attended<O> {
    const CUSTOMERS: bool = true;

    fn foresee<'a>(
        &mut self,
        journeys: impl Iterator<Item = &'a [u8]>,
        awaited: &mut [Awaited; EXPECTED],
    ) {
        Sink::foresee(&mut self.tally, journeys, awaited);
    }

    fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        self.tally.prepare(event)
    }

    fn put(
        &mut self,
        journey: &[u8],
        customer: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        self.attend(journey, customer, visit, |tally| {
            Sink::put(tally, journey, customer, awaited, visit)
        })
    }

    fn numbering(&self) -> u32 {
        Sink::numbering(&self.tally)
    }

    fn settle(&mut self) -> Result<(), EventFault> {
        Sink::settle(&mut self.tally)
    }

    fn scale(&self) -> (Scale, bool) {
        Sink::scale(&self.tally)
    }

    fn knows(&self, journey: &[u8]) -> bool {
        Sink::knows(&self.tally, journey)
    }
}
