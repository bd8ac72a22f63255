//! Text into rows of cells.

use std::io::Read;

use super::marks::{find, most_frequent, trimmed};

/// The longest row that is read, so that a quote left open does not take all memory.
pub(super) const LONGEST_ROW: usize = 1 << 24;
const BLOCK: usize = 1 << 18;

/// Rows of a table, read block by block. Bytes that mean something (delimiters, quotes, line ends) are found 64 bytes
/// at a time, and each byte is looked at once.
#[derive(Debug)]
pub(super) struct Rows<R> {
    input: R,
    delimiter: u8,
    buffer: Vec<u8>,
    /// The bytes of the buffer that hold text.
    filled: usize,
    /// Where the row begins.
    start: usize,
    /// Positions of bytes that mean something, in the text looked at so far.
    marks: Vec<u32>,
    /// The first mark of the row.
    mark: usize,
    ended: bool,
    /// The line on which the row begins, from 1.
    line: u64,
    batch: Vec<Row>,
    /// The cells of those rows of the batch that have quotes.
    cells: Vec<Cell>,
    /// Texts of cells with doubled quotes.
    unescaped: Vec<u8>,
}

/// A row of the batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    cells: Cells,
    /// Its first mark, or its first cell.
    first: usize,
    pub(super) len: usize,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Why it is not well formed.
    pub(super) fault: Option<Malformed>,
}

/// Where the cells of a row are.
#[derive(Debug, Clone, Copy)]
enum Cells {
    /// Between marks, from this position on: a row without quotes.
    Plain(u32),
    /// Cut out one by one.
    Cut,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    start: u32,
    end: u32,
    /// Whether it lies among the unescaped texts.
    unescaped: bool,
}

/// How quotes can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    TextAfterQuote,
    OpenQuote,
    TooLong,
}

enum Parsed {
    /// A row, and how many lines it takes.
    Row(Row, u64),
    /// The text ends before the row does.
    More,
}

impl<R: Read> Rows<R> {
    /// Reads the first block, drops a byte order mark and finds the delimiter in the header line unless it is stated.
    pub(super) fn new(input: R, delimiter: Option<u8>) -> std::io::Result<Self> {
        let mut rows = Self {
            input,
            delimiter: b',',
            buffer: vec![0; BLOCK],
            filled: 0,
            start: 0,
            marks: Vec::new(),
            mark: 0,
            ended: false,
            line: 1,
            batch: Vec::new(),
            cells: Vec::new(),
            unescaped: Vec::new(),
        };
        while rows.filled < BLOCK && rows.read()? > 0 {}
        if rows.text().starts_with(b"\xef\xbb\xbf") {
            rows.start = 3;
        }
        rows.delimiter = delimiter.unwrap_or_else(|| most_frequent(rows.text()));
        rows.look(rows.start);
        Ok(rows)
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The line that is read next.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The rows of the batch.
    pub(super) fn batch(&self) -> &[Row] {
        &self.batch
    }

    /// A cell of a row of the batch, without quotes and surrounding blanks; empty where the row has no such cell.
    #[inline]
    pub(super) fn cell(&self, row: Row, number: usize) -> &[u8] {
        if number >= row.len {
            return &[];
        }
        let at = row.first + number;
        let text = match row.cells {
            Cells::Plain(start) => {
                let mark = |at: usize| self.marks.get(at).map_or(0, |&mark| mark as usize);
                let start = match number {
                    0 => start as usize,
                    _ => mark(at - 1) + 1,
                };
                self.buffer.get(start..mark(at))
            }
            Cells::Cut => self.cells.get(at).and_then(|cell| {
                let text = if cell.unescaped {
                    &self.unescaped
                } else {
                    &self.buffer
                };
                text.get(cell.start as usize..cell.end as usize)
            }),
        };
        // A carriage return before the end of the line is a blank, too.
        trimmed(text.unwrap_or_default())
    }

    /// Whether a row is a line without any letter, be it a blank.
    fn is_blank(&self, row: Row) -> bool {
        let end = self.marks.get(row.first).map_or(0, |&mark| mark as usize);
        match row.cells {
            Cells::Plain(start) if row.len == 1 => {
                matches!(self.buffer.get(start as usize..end), Some(b"" | b"\r"))
            }
            _ => false,
        }
    }

    /// Goes on to the next rows that are not blank, at most so many; there are none left where the batch is empty.
    pub(super) fn advance(&mut self, most: usize) -> std::io::Result<()> {
        self.batch.clear();
        self.cells.clear();
        self.unescaped.clear();
        while self.batch.len() < most {
            match self.parse() {
                Parsed::Row(row, lines) => {
                    self.line += lines;
                    if !self.is_blank(row) {
                        self.batch.push(row);
                    }
                }
                // Cells lie in the buffer: they are handed out before it moves.
                Parsed::More if !self.batch.is_empty() => break,
                Parsed::More if self.ended => {
                    self.end();
                    break;
                }
                Parsed::More => {
                    self.cells.clear();
                    self.unescaped.clear();
                    self.refill()?;
                }
            }
        }
        Ok(())
    }

    /// The end of the text, or of the row that it leaves open.
    fn end(&mut self) {
        if self.start < self.filled {
            self.start = self.filled;
            self.mark = self.marks.len();
            let row = self.faulty(Malformed::OpenQuote);
            self.batch.push(row);
        }
    }

    fn text(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    /// Reads what fits in the buffer.
    fn read(&mut self) -> std::io::Result<usize> {
        let room = self.buffer.get_mut(self.filled..).unwrap_or_default();
        let read = loop {
            match self.input.read(room) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.filled += read;
        if read == 0 && !self.ended {
            self.ended = true;
            // The last line may lack its end.
            if self.text().last().is_some_and(|&byte| byte != b'\n') {
                self.buffer.truncate(self.filled);
                self.buffer.push(b'\n');
                self.filled += 1;
            }
        }
        Ok(read)
    }

    /// Moves the row to the front and reads on.
    fn refill(&mut self) -> std::io::Result<()> {
        let shift = self.start;
        self.buffer.copy_within(shift..self.filled, 0);
        self.filled -= shift;
        self.start = 0;
        self.marks.drain(..self.mark);
        self.mark = 0;
        for mark in &mut self.marks {
            // At most the longest row, which is far below the limit.
            *mark = mark.saturating_sub(u32::try_from(shift).unwrap_or(u32::MAX));
        }
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let looked = self.filled;
        while !self.ended && self.filled < self.buffer.len() && self.filled < looked + BLOCK {
            self.read()?;
        }
        self.look(looked);
        Ok(())
    }

    /// Finds the bytes that mean something in the text from a position on.
    fn look(&mut self, from: usize) {
        let (text, delimiter) = (
            self.buffer.get(from..self.filled).unwrap_or_default(),
            self.delimiter,
        );
        let (chunks, rest) = text.as_chunks::<64>();
        let mut at = u32::try_from(from).unwrap_or(u32::MAX);
        for chunk in chunks {
            let mut found = find(chunk, delimiter);
            while found != 0 {
                self.marks.push(at + found.trailing_zeros());
                found &= found - 1;
            }
            at += 64;
        }
        for &byte in rest {
            if byte == delimiter || byte == b'\n' || byte == b'"' {
                self.marks.push(at);
            }
            at += 1;
        }
    }

    /// Finds the end of the row at `start`.
    fn parse(&mut self) -> Parsed {
        let marks = self.marks.get(self.mark..).unwrap_or_default();
        for (number, &at) in marks.iter().enumerate() {
            match self.buffer.get(at as usize) {
                Some(b'\n') => {
                    let row = Row {
                        cells: Cells::Plain(narrow(self.start)),
                        first: self.mark,
                        len: number + 1,
                        line: self.line,
                        fault: None,
                    };
                    self.start = at as usize + 1;
                    self.mark += number + 1;
                    return Parsed::Row(row, 1);
                }
                Some(b'"') => return self.parse_quoted(),
                _ => {}
            }
        }
        self.too_long()
    }

    fn too_long(&mut self) -> Parsed {
        if self.filled - self.start <= LONGEST_ROW {
            return Parsed::More;
        }
        // Nothing that follows can be trusted: the rest is dropped.
        self.start = self.filled;
        self.mark = self.marks.len();
        self.ended = true;
        Parsed::Row(self.faulty(Malformed::TooLong), 1)
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
    fn parse_quoted(&mut self) -> Parsed {
        let first = self.cells.len();
        let text = self.buffer.get(..self.filled).unwrap_or_default();
        let mut marks = self.marks.get(self.mark..).unwrap_or_default().iter();
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
                    let Some(&at) = marks.next() else {
                        self.cells.truncate(first);
                        return self.too_long();
                    };
                    match text.get(at as usize) {
                        Some(b'\n') => lines += 1,
                        Some(b'"') => {
                            if text.get(at as usize + 1) == Some(&b'"') {
                                marks.next();
                                doubled = true;
                            } else {
                                break at as usize;
                            }
                        }
                        _ => {}
                    }
                };
                let inner = text.get(from..close).unwrap_or_default();
                (cell.start, cell.end) = if doubled {
                    let begin = self.unescaped.len();
                    let mut escape = false;
                    self.unescaped.extend(inner.iter().filter(|&&byte| {
                        escape = byte == b'"' && !escape;
                        !escape
                    }));
                    cell.unescaped = true;
                    (narrow(begin), narrow(self.unescaped.len()))
                } else {
                    (narrow(from), narrow(close))
                };
                start = close + 1;
            }
            // On to the end of the cell.
            let end = loop {
                let Some(&at) = marks.next() else {
                    self.cells.truncate(first);
                    return self.too_long();
                };
                if text.get(at as usize) != Some(&b'"') {
                    break at as usize;
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
        self.mark = self.marks.len() - marks.len();
        self.start = start;
        let row = Row {
            cells: Cells::Cut,
            first,
            len: self.cells.len() - first,
            line: self.line,
            fault,
        };
        Parsed::Row(row, lines + 1)
    }
}

/// A position in a buffer, which is shorter than four thousand million bytes.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
