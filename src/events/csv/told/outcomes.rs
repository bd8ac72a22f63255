//! How journeys end, as their rows say.

use super::CsvRemark;
use crate::events::csv::names::Spellings;
use crate::events::hash::Seed;
use crate::events::index::Names;

/// The endings of a table.
#[derive(Debug)]
pub(in crate::events::csv) struct Outcomes {
    spelt: Spellings,
    names: Names,
    journeys: Names,
    /// By number of the journey: the number of its ending so far.
    of: Vec<u32>,
    /// How many journeys say another one later, and the first of them.
    changed: (u64, String),
}

impl Outcomes {
    pub(in crate::events::csv) fn new() -> Self {
        Self {
            spelt: Spellings::new(),
            names: Names::new(Seed::new()),
            journeys: Names::new(Seed::new()),
            of: Vec::new(),
            changed: (0, String::new()),
        }
    }

    #[inline]
    pub(in crate::events::csv) fn see(&mut self, journey: &[u8], outcome: &[u8]) {
        if !outcome.is_empty() {
            self.add(journey, outcome);
        }
    }

    fn add(&mut self, journey: &[u8], outcome: &[u8]) {
        /// Of an ending that contradicted an earlier one already.
        const TOLD: u32 = u32::MAX;
        self.spelt.see(outcome);
        let number = |names: &mut Names, name: &[u8]| match names.find(name) {
            Some(number) => Some(number),
            None => names.intern(std::str::from_utf8(name).ok()?),
        };
        let Some(outcome) = number(&mut self.names, outcome) else {
            return;
        };
        let Some(at) = number(&mut self.journeys, journey) else {
            return;
        };
        match self.of.get_mut(at as usize) {
            None => self.of.push(outcome),
            Some(known) if *known == outcome || *known == TOLD => {}
            Some(known) => {
                *known = TOLD;
                if self.changed.0 == 0 {
                    self.changed.1 = String::from_utf8_lossy(journey).into_owned();
                }
                self.changed.0 += 1;
            }
        }
    }

    pub(in crate::events::csv) fn remark(&self, header: &str, remarks: &mut Vec<CsvRemark>) {
        self.spelt.remark(header, |_| false, remarks);
        if self.changed.0 > 0 {
            remarks.push(CsvRemark::SeveralOutcomes {
                journeys: self.changed.0,
                example: self.changed.1.clone(),
            });
        }
    }
}
