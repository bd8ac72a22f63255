//! Where reading goes on behind a quote that is not closed.

use std::io::Read;

use super::row::{Cell, Cells, Malformed, Row};
use super::split::{LONGEST_ROW, Rows, narrow};

impl<R: Read> Rows<R> {
    /// The row that begins at `start` and has a quote which ends before `until` at best, as one that ends with its line:
    /// a quote that is left open swallows the rows below it. The next row is the first line that has as many cells as
    /// rows have; `None` where no line has, so that all of it may well be one cell.
    #[cold]
    pub(super) fn cut_short(&mut self, until: usize) -> Option<Row> {
        if self.expected < 2 {
            return None;
        }
        let text = self.buffer.get(self.start..until)?;
        let line_end = |from: usize| {
            let rest = text.get(from..)?;
            let length = rest.iter().position(|&byte| byte == b'\n')?;
            Some(from + length + 1)
        };
        let own = line_end(0).filter(|&own| own <= LONGEST_ROW)?;
        let (mut next, mut lines) = (own, 1);
        while next < text.len() {
            let end = line_end(next)?;
            if self.is_row(text.get(next..end)?) {
                break;
            }
            next = end;
            lines += 1;
        }
        // Lines that are none of the table's are part of the cell; where nothing but such lines follows, all is.
        if next == text.len() && lines > 1 {
            return None;
        }
        let row = self.own_line(own);
        self.start += next;
        self.bound = self
            .bounds
            .partition_point(|&bound| (bound as usize) < self.start);
        self.end = self.ends.partition_point(|&end| end as usize <= self.bound);
        self.line += lines;
        Some(row)
    }

    /// Whether a line has as many cells as rows have, the last of which may go on below it.
    fn is_row(&self, line: &[u8]) -> bool {
        let line = line.trim_ascii_end();
        let (mut cells, mut quoted, mut begins) = (1, false, true);
        for (at, &byte) in line.iter().enumerate() {
            match byte {
                b'"' if quoted && line.get(at + 1).is_none_or(|&next| next == self.delimiter) => {
                    quoted = false;
                }
                b'"' if begins => quoted = true,
                _ if byte == self.delimiter && !quoted => {
                    cells += 1;
                    begins = true;
                    continue;
                }
                _ => {}
            }
            begins = false;
        }
        cells == self.expected || quoted && cells > 1 && cells < self.expected
    }

    /// The first line of the row, cut at each delimiter.
    fn own_line(&mut self, length: usize) -> Row {
        let first = self.cells.len();
        let mut from = self.start;
        let line = self.buffer.get(self.start..self.start + length);
        let line = line.unwrap_or_default().trim_ascii_end();
        for cell in line.split(|&byte| byte == self.delimiter) {
            let end = from + cell.len();
            let quotes = |cell: Option<&u8>| usize::from(cell == Some(&b'"'));
            let (opened, closed) = (
                quotes(cell.first()),
                quotes(cell.get(1..).and_then(<[u8]>::last)),
            );
            self.cells.push(Cell {
                start: narrow(from + opened),
                end: narrow(end - closed),
                unescaped: false,
            });
            from = end + 1;
        }
        Row {
            cells: Cells::Cut,
            first,
            len: self.cells.len() - first,
            line: self.line,
            fault: Some(Malformed::OpenQuote),
        }
    }
}
