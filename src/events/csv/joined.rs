//! Names of journeys that stand in two columns: the person and the number of their session.

use std::io::Read;

use super::field::CsvField;
use super::reader::Reader;
use super::text::Rows;

/// Between the person and the number of their session.
pub(super) const JOINED: &str = " / ";

/// The journeys of a batch whose names stand in two columns.
#[derive(Debug, Default)]
pub(super) struct Joined {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Joined {
    pub(super) fn fill<R: Read>(&mut self, rows: &Rows<R>, reader: &Reader) {
        self.text.clear();
        self.ends.clear();
        for &row in rows.batch() {
            let cells = rows.cells(row);
            let columns = &reader.plan.columns;
            let person = columns.cell(&cells, CsvField::Person);
            let part = columns.cell(&cells, CsvField::PersonPart);
            let journey = columns.cell(&cells, CsvField::Journey);
            // A session without its person is none, and the other way round.
            if !person.is_empty()
                && !journey.is_empty()
                && !reader.is_nothing(CsvField::Person, person)
                && !reader.is_nothing(CsvField::Journey, journey)
            {
                self.text.extend_from_slice(person);
                if !part.is_empty() {
                    self.text.push(b'-');
                    self.text.extend_from_slice(part);
                }
                self.text.extend_from_slice(JOINED.as_bytes());
                self.text.extend_from_slice(journey);
            }
            self.ends.push(self.text.len());
        }
    }

    pub(super) fn get(&self, number: usize) -> &[u8] {
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let end = self.ends.get(number).copied().unwrap_or(0);
        self.text
            .get(start.copied().unwrap_or(0)..end)
            .unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.get(number))
    }
}
