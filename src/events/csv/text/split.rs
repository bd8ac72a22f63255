//! The rows of a text, block by block.

use std::io::Read;

use super::marks::find;
use super::row::{Cell, Cells, Malformed, Row, RowCells};

/// The longest row that is read, so that a quote left open does not take all memory.
pub(in crate::events::csv) const LONGEST_ROW: usize = 1 << 24;
const BLOCK: usize = 1 << 15;

/// Rows of a table, read block by block. Bytes that mean something (delimiters, quotes, line ends) are found 64 bytes
/// at a time.
#[derive(Debug)]
pub(in crate::events::csv) struct Rows<R> {
    input: R,
    pub(super) delimiter: u8,
    pub(super) buffer: Vec<u8>,
    /// The bytes of the buffer that hold text.
    filled: usize,
    /// Where the row begins.
    pub(super) start: usize,
    /// Where cells begin: at the beginning, and after each byte that means something in the text looked at so far.
    pub(super) bounds: Vec<u32>,
    /// The bound at which the row begins.
    pub(super) bound: usize,
    /// Which of the bounds follow a line end or a quote.
    pub(super) ends: Vec<u32>,
    /// The first of those in the row.
    pub(super) end: usize,
    ended: bool,
    /// Why the source ended before its end, until that is told.
    failed: Option<std::io::Error>,
    /// The line on which the row begins, from 1.
    pub(super) line: u64,
    batch: Vec<Row>,
    /// The cells of those rows of the batch that have quotes.
    pub(super) cells: Vec<Cell>,
    /// How many cells rows have; 0 where that is not known.
    pub(super) expected: usize,
    /// Texts of cells with doubled quotes.
    unescaped: Vec<u8>,
}

impl<R: Read> Rows<R> {
    /// Reads the first block.
    pub(in crate::events::csv) fn new(input: R, delimiter: u8) -> Self {
        let mut rows = Self {
            input,
            delimiter,
            buffer: vec![0; BLOCK],
            filled: 0,
            start: 0,
            bounds: vec![0],
            bound: 0,
            ends: Vec::new(),
            end: 0,
            ended: false,
            failed: None,
            line: 1,
            batch: Vec::new(),
            cells: Vec::new(),
            expected: 0,
            unescaped: Vec::new(),
        };
        rows.fill(BLOCK);
        rows.look(0);
        rows
    }

    /// Says how many cells rows have, so that a quote that is left open ends with its line.
    pub(in crate::events::csv) fn suppose(&mut self, cells: usize) {
        self.expected = cells;
    }

    /// The line that is read next.
    pub(in crate::events::csv) fn line(&self) -> u64 {
        self.line
    }

    /// The rows of the batch.
    pub(in crate::events::csv) fn batch(&self) -> &[Row] {
        &self.batch
    }

    /// The cells of a row of the batch.
    #[inline(always)]
    pub(in crate::events::csv) fn cells(&self, row: Row) -> RowCells<'_> {
        let (first, end) = (row.first, row.first + row.len);
        match row.cells {
            Cells::Plain => RowCells {
                text: &self.buffer,
                unescaped: &[],
                bounds: self.bounds.get(first..=end).unwrap_or_default(),
                cut: &[],
            },
            Cells::Cut => RowCells {
                text: &self.buffer,
                unescaped: &self.unescaped,
                bounds: &[],
                cut: self.cells.get(first..end).unwrap_or_default(),
            },
        }
    }

    /// Whether a row is a line without any letter, be it a blank.
    fn is_blank(&self, row: Row) -> bool {
        let bounds = self.bounds.get(row.first..).unwrap_or_default();
        match (row.cells, row.len, bounds.first_chunk()) {
            (Cells::Plain, 1, Some(&[start, next])) => {
                let text = self.buffer.get(start as usize..next as usize - 1);
                matches!(text, Some(b"" | b"\r"))
            }
            _ => false,
        }
    }

    /// Goes on to the next rows that are not blank, at most so many; there are none left where the batch is empty. Where
    /// the source fails, the rows before are handed out first.
    pub(in crate::events::csv) fn advance(&mut self, most: usize) -> std::io::Result<()> {
        self.batch.clear();
        self.cells.clear();
        self.unescaped.clear();
        while self.batch.len() < most {
            if let Some(row) = self.parse() {
                if row.len != 1 || !self.is_blank(row) {
                    self.batch.push(row);
                }
            } else if !self.batch.is_empty() {
                // Cells lie in the buffer: they are handed out before it moves.
                break;
            } else if let Some(error) = self.failed.take() {
                return Err(error);
            } else if self.ended {
                self.end();
                break;
            } else {
                self.cells.clear();
                self.unescaped.clear();
                self.refill();
            }
        }
        Ok(())
    }

    /// The end of the text, or of the row that it leaves open.
    fn end(&mut self) {
        if self.start < self.filled {
            if let Some(row) = self.cut_short(self.filled) {
                self.batch.push(row);
                return;
            }
            self.leave_the_rest();
            let row = self.faulty(Malformed::OpenQuote);
            self.batch.push(row);
        }
    }

    /// Goes to the end of the text.
    fn leave_the_rest(&mut self) {
        self.start = self.filled;
        self.bound = self.bounds.len() - 1;
        self.end = self.ends.len();
    }

    fn text(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    /// Reads until the buffer holds so many bytes, or the source ends.
    fn fill(&mut self, size: usize) {
        while self.filled < size && !self.ended {
            let room = self.buffer.get_mut(self.filled..size).unwrap_or_default();
            match self.input.read(room) {
                Ok(0) => self.ended = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    // A row that the failure cuts off is none: nobody knows how it goes on.
                    self.failed = Some(error);
                    self.ended = true;
                    return;
                }
            }
        }
        // The last line may lack its end.
        if self.ended && self.text().last().is_some_and(|&byte| byte != b'\n') {
            self.buffer.truncate(self.filled);
            self.buffer.push(b'\n');
            self.filled += 1;
        }
    }

    /// Moves the row to the front and reads on.
    fn refill(&mut self) {
        let shift = self.start;
        self.buffer.copy_within(shift..self.filled, 0);
        self.filled -= shift;
        self.start = 0;
        self.bounds.drain(..self.bound);
        self.ends.drain(..self.end);
        for end in &mut self.ends {
            *end -= narrow(self.bound);
        }
        (self.bound, self.end) = (0, 0);
        for bound in &mut self.bounds {
            // At most the longest row, which is far below the limit.
            *bound = bound.saturating_sub(narrow(shift));
        }
        // Twice as much of a row that is longer: it is looked at from its beginning then.
        let (looked, size) = (self.filled, (2 * self.filled).max(BLOCK));
        if self.buffer.len() < size {
            self.buffer.resize(size, 0);
        }
        self.fill(size);
        self.look(looked);
    }

    /// Finds the bytes that mean something in the text from a position on.
    fn look(&mut self, from: usize) {
        let (text, delimiter) = (
            self.buffer.get(from..self.filled).unwrap_or_default(),
            self.delimiter,
        );
        let (chunks, rest) = text.as_chunks::<64>();
        let mut next = narrow(from) + 1;
        for chunk in chunks {
            let mut found = find(chunk, delimiter);
            while found != 0 {
                let at = found.trailing_zeros();
                if chunk[at as usize] != delimiter {
                    self.ends.push(narrow(self.bounds.len()));
                }
                self.bounds.push(next + at);
                found &= found - 1;
            }
            next += 64;
        }
        for &byte in rest {
            if byte == delimiter || byte == b'\n' || byte == b'"' {
                if byte != delimiter {
                    self.ends.push(narrow(self.bounds.len()));
                }
                self.bounds.push(next);
            }
            next += 1;
        }
    }

    /// The row at `start`; `None` where the text ends before it does.
    #[inline(always)]
    fn parse(&mut self) -> Option<Row> {
        let Some(&end) = self.ends.get(self.end) else {
            return self.too_long();
        };
        let next = self.bounds.get(end as usize).map_or(0, |&at| at as usize);
        if self.buffer.get(next.wrapping_sub(1)) != Some(&b'\n') {
            return self.parse_quoted();
        }
        if next - self.start > LONGEST_ROW {
            return self.too_long();
        }
        let row = Row {
            cells: Cells::Plain,
            first: self.bound,
            len: end as usize - self.bound,
            line: self.line,
            fault: None,
        };
        self.start = next;
        self.bound = end as usize;
        self.end += 1;
        self.line += 1;
        Some(row)
    }

    /// A quote that is not closed in the text so far.
    #[cold]
    fn left_open(&mut self) -> Option<Row> {
        if self.filled - self.start <= LONGEST_ROW {
            return None;
        }
        self.cut_short(self.filled).or_else(|| self.too_long())
    }

    #[inline(never)]
    fn too_long(&mut self) -> Option<Row> {
        if self.filled - self.start <= LONGEST_ROW {
            return None;
        }
        // Nothing that follows can be trusted: the rest is dropped.
        self.leave_the_rest();
        self.ended = true;
        let row = self.faulty(Malformed::TooLong);
        self.line += 1;
        Some(row)
    }

    /// A row without cells.
    fn faulty(&self, fault: Malformed) -> Row {
        Row {
            cells: Cells::Cut,
            first: 0,
            len: 0,
            line: self.line,
            fault: Some(fault),
        }
    }

    /// As [`parse`](Self::parse), for rows with quoted cells.
    #[inline(never)]
    fn parse_quoted(&mut self) -> Option<Row> {
        let first = self.cells.len();
        let text = self.buffer.get(..self.filled).unwrap_or_default();
        let bounds = self.bounds.get(self.bound + 1..).unwrap_or_default();
        let mut marks = bounds.iter().map(|&next| next as usize - 1);
        let mut fault = None;
        let mut start = self.start;
        let mut lines = 0;
        loop {
            let quoted = text.get(start) == Some(&b'"');
            let mut cell = Cell {
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: 0,
                unescaped: false,
            };
            if quoted {
                marks.next();
                let from = start + 1;
                let mut doubled = false;
                let close = loop {
                    let Some(at) = marks.next() else {
                        self.cells.truncate(first);
                        return self.left_open();
                    };
                    match text.get(at) {
                        Some(b'\n') => lines += 1,
                        Some(b'"') => {
                            if text.get(at + 1) == Some(&b'"') {
                                marks.next();
                                doubled = true;
                            } else {
                                break at;
                            }
                        }
                        _ => {}
                    }
                };
                let inner = text.get(from..close).unwrap_or_default();
                (cell.start, cell.end) = if doubled {
                    cell.unescaped = true;
                    undouble(inner, &mut self.unescaped)
                } else {
                    (narrow(from), narrow(close))
                };
                start = close + 1;
            }
            // On to the end of the cell.
            let end = loop {
                let Some(at) = marks.next() else {
                    self.cells.truncate(first);
                    return self.too_long();
                };
                if text.get(at) != Some(&b'"') {
                    break at;
                }
            };
            let last = text.get(end) == Some(&b'\n');
            let mut rest = text.get(start..end).unwrap_or_default();
            if last {
                rest = rest.strip_suffix(b"\r").unwrap_or(rest);
            }
            if quoted {
                if !rest.trim_ascii().is_empty() {
                    fault = Some(Malformed::TextAfterQuote);
                }
            } else {
                cell.end = narrow(start + rest.len());
            }
            self.cells.push(cell);
            start = end + 1;
            if last {
                break;
            }
        }
        if start - self.start > LONGEST_ROW {
            self.cells.truncate(first);
            return self.too_long();
        }
        let left = marks.len();
        if fault.is_some()
            && lines > 0
            && let Some(row) = self.cut_short(start)
        {
            return Some(row);
        }
        self.bound = self.bounds.len() - 1 - left;
        let ends = self.ends.get(self.end..).unwrap_or_default();
        self.end += ends.partition_point(|&end| end as usize <= self.bound);
        self.start = start;
        let row = Row {
            cells: Cells::Cut,
            first,
            len: self.cells.len() - first,
            line: self.line,
            fault,
        };
        self.line += lines + 1;
        Some(row)
    }
}

/// Adds a text with each doubled quote once; where it begins and ends.
fn undouble(text: &[u8], unescaped: &mut Vec<u8>) -> (u32, u32) {
    let begin = unescaped.len();
    let mut escape = false;
    unescaped.extend(text.iter().filter(|&&byte| {
        escape = byte == b'"' && !escape;
        !escape
    }));
    (narrow(begin), narrow(unescaped.len()))
}

/// A position in a buffer, which is shorter than four thousand million bytes.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
