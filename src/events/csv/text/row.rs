//! A row: where its cells are.

use super::marks::trimmed;

/// A row of the batch.
#[derive(Debug, Clone, Copy)]
pub(in crate::events::csv) struct Row {
    pub(in crate::events::csv) cells: Cells,
    /// Its first bound, or its first cell.
    pub(in crate::events::csv) first: usize,
    pub(in crate::events::csv) len: usize,
    /// The line on which it begins.
    pub(in crate::events::csv) line: u64,
    /// Why it is not well formed.
    pub(in crate::events::csv) fault: Option<Malformed>,
}

/// Where the cells of a row are.
#[derive(Debug, Clone, Copy)]
pub(in crate::events::csv) enum Cells {
    /// Between bounds: a row without quotes.
    Plain,
    /// Cut out one by one.
    Cut,
}

/// The cells of a row.
#[derive(Debug, Clone, Copy)]
pub(in crate::events::csv) struct RowCells<'a> {
    pub(in crate::events::csv) text: &'a [u8],
    pub(in crate::events::csv) unescaped: &'a [u8],
    /// Of a row without quotes, one more than cells.
    pub(in crate::events::csv) bounds: &'a [u32],
    /// Of another row.
    pub(in crate::events::csv) cut: &'a [Cell],
}

/// A column that no row has.
pub(in crate::events::csv) const ABSENT: usize = usize::MAX >> 1;

impl<'a> RowCells<'a> {
    /// A cell without quotes and surrounding blanks; empty where the row has no such cell.
    #[inline(always)]
    pub(in crate::events::csv) fn cell(&self, number: usize) -> &'a [u8] {
        let text = match self.bounds.get(number..number + 2) {
            // The byte that means something is the last one before the next cell.
            Some(&[start, next]) => self.text.get(start as usize..next as usize - 1),
            _ => self.cut(number),
        };
        // A carriage return before the end of the line is a blank, too.
        trimmed(text.unwrap_or_default())
    }

    /// The text from one cell to another, if there are no quotes in the row.
    #[inline(always)]
    pub(in crate::events::csv) fn stretch(&self, first: usize, last: usize) -> Option<&'a [u8]> {
        let (start, next) = (*self.bounds.get(first)?, *self.bounds.get(last + 1)?);
        self.text.get(start as usize..next as usize - 1)
    }

    #[inline]
    fn cut(&self, number: usize) -> Option<&'a [u8]> {
        let cell = self.cut.get(number)?;
        let text = if cell.unescaped {
            self.unescaped
        } else {
            self.text
        };
        text.get(cell.start as usize..cell.end as usize)
    }
}

#[derive(Debug, Clone, Copy)]
pub(in crate::events::csv) struct Cell {
    pub(in crate::events::csv) start: u32,
    pub(in crate::events::csv) end: u32,
    /// Whether it lies among the unescaped texts.
    pub(in crate::events::csv) unescaped: bool,
}

/// How quotes can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events::csv) enum Malformed {
    TextAfterQuote,
    OpenQuote,
    TooLong,
}
