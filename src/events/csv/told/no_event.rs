//! Rows that are none of an event.

use crate::events::csv::field::CsvField;
use crate::events::csv::reader::Reader;
use crate::events::csv::text::{Row, RowCells};
use crate::events::csv::value::totals;

impl Reader {
    /// Whether a row is none of an event: blank cells alone, the header again, a line of dashes, a sum.
    pub(in crate::events::csv) fn is_no_event(
        &mut self,
        cells: &RowCells<'_>,
        row: Row,
        journey: &[u8],
        touchpoint: &[u8],
    ) -> bool {
        let header = |field: CsvField, cell: &[u8]| {
            let fed = self.done.plan.fields.iter().find(|fed| fed.field == field);
            fed.is_some_and(|fed| fed.header.as_bytes().eq_ignore_ascii_case(cell))
        };
        let own = self.plan.columns.cell(cells, CsvField::Journey);
        if header(CsvField::Touchpoint, touchpoint) && header(CsvField::Journey, own) {
            self.header_repeated += 1;
            self.all_rows -= 1;
            return true;
        }
        if is_ruled(touchpoint) && is_ruled(own) {
            self.ruled += 1;
            self.all_rows -= 1;
            return true;
        }
        // A sum says how many there are where others name a touchpoint.
        let sums = touchpoint
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"., ".contains(byte));
        if !(journey.is_empty() || sums) {
            return false;
        }
        let filled = (0..row.len)
            .map(|cell| cells.cell(cell))
            .find(|cell| !cell.is_empty());
        let written = filled.and_then(|cell| std::str::from_utf8(cell).ok());
        let part = |cell: &str| !touchpoint.is_empty() && totals::is_subtotal(cell);
        let total = written.is_some_and(|cell| totals::is_total(cell) || part(cell));
        if total {
            self.total = (row.line, self.total.1 + 1);
        }
        let none = filled.is_none() || total;
        self.all_rows -= u64::from(none);
        none
    }
}

/// Whether a cell holds nothing but a line, as between the header and the rows of a table in Markdown.
fn is_ruled(cell: &[u8]) -> bool {
    cell.len() > 1
        && cell.iter().all(|byte| b"-=:+_ ".contains(byte))
        && cell.iter().filter(|byte| b"-=_".contains(byte)).count() > 1
}
