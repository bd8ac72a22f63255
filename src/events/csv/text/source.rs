//! Bytes into text: encodings, and files that are no tables.

use std::io::{self, Read};

use crate::events::csv::error::CsvError;
use crate::events::csv::options::TextEncoding;

/// How much of a table is looked at before it is read.
const SAMPLE: usize = 1 << 16;

/// The text of a table in UTF-8. Its beginning is held as a sample until it has been read.
#[derive(Debug)]
pub(in crate::events::csv) struct Source<R> {
    input: R,
    pub(in crate::events::csv) encoding: TextEncoding,
    /// Lines end in a carriage return alone.
    pub(in crate::events::csv) returns: bool,
    sample: Vec<u8>,
    /// How much of the sample was handed on.
    given: usize,
    /// Bytes that are not yet text: half a character.
    rest: Vec<u8>,
    ended: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Source<R> {
    /// Looks at the beginning of a file.
    pub(in crate::events::csv) fn new(
        input: R,
        stated: Option<TextEncoding>,
    ) -> Result<Self, CsvError> {
        let mut source = Self {
            input,
            encoding: TextEncoding::Utf8,
            returns: false,
            sample: Vec::new(),
            given: 0,
            rest: Vec::new(),
            ended: false,
            failed: None,
        };
        let mut raw = vec![0; SAMPLE];
        let filled = source.fill(&mut raw);
        raw.truncate(filled);
        if let Some(error) = no_table(&raw) {
            return Err(error);
        }
        let (marked, mark) = marked(&raw);
        source.encoding = stated.or(marked).unwrap_or(TextEncoding::Utf8);
        let text = raw.get(mark..).unwrap_or_default();
        if source.encoding == TextEncoding::Utf8
            && stated.is_none()
            && let Some((line, looks_like)) = not_utf8(text, source.ended)
        {
            return Err(CsvError::NotUtf8 { line, looks_like });
        }
        let breaks = |end: u8| text.contains(&end);
        source.returns = breaks(b'\r') && !breaks(b'\n');
        let decoded = source.decode(text.to_vec());
        source.sample = decoded;
        Ok(source)
    }

    /// The text so far, and whether it is all there is.
    pub(in crate::events::csv) fn sample(&self) -> (&[u8], bool) {
        (&self.sample, self.ended)
    }

    /// Reads as much again.
    pub(in crate::events::csv) fn grow(&mut self) {
        let mut raw = vec![0; self.sample.len().max(SAMPLE)];
        let filled = self.fill(&mut raw);
        raw.truncate(filled);
        let more = self.decode(raw);
        self.sample.extend(more);
    }

    fn fill(&mut self, room: &mut [u8]) -> usize {
        let mut filled = 0;
        while filled < room.len() && !self.ended {
            match self.input.read(room.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => self.ended = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(error);
                    self.ended = true;
                }
            }
        }
        filled
    }

    fn decode(&mut self, raw: Vec<u8>) -> Vec<u8> {
        let mut text = match self.encoding {
            TextEncoding::Utf8 => raw,
            TextEncoding::Windows1252 => {
                let letters = raw.into_iter().map(windows_1252);
                letters.collect::<String>().into_bytes()
            }
            TextEncoding::Utf16Le => self.units(raw, u16::from_le_bytes),
            TextEncoding::Utf16Be => self.units(raw, u16::from_be_bytes),
        };
        if self.returns {
            for byte in &mut text {
                if *byte == b'\r' {
                    *byte = b'\n';
                }
            }
        }
        text
    }

    fn units(&mut self, raw: Vec<u8>, unit: fn([u8; 2]) -> u16) -> Vec<u8> {
        self.rest.extend(raw);
        let (pairs, _) = self.rest.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        // The first half of a pair of surrogates waits for the second.
        if !self.ended
            && units
                .last()
                .is_some_and(|last| (0xd800..0xdc00).contains(last))
        {
            units.pop();
        }
        self.rest.drain(..2 * units.len());
        String::from_utf16_lossy(&units).into_bytes()
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let held = self.sample.get(self.given..).unwrap_or_default();
            if !held.is_empty() {
                let taken = held.len().min(room.len());
                for (slot, byte) in room.iter_mut().zip(held) {
                    *slot = *byte;
                }
                self.given += taken;
                return Ok(taken);
            }
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            if self.ended {
                return Ok(0);
            }
            if self.encoding == TextEncoding::Utf8 && !self.returns {
                return self.input.read(room);
            }
            let mut raw = vec![0; SAMPLE];
            let filled = self.fill(&mut raw);
            raw.truncate(filled);
            self.sample = self.decode(raw);
            self.given = 0;
        }
    }
}

/// The encoding that a byte order mark or the zeros between letters state, and the length of the mark.
fn marked(raw: &[u8]) -> (Option<TextEncoding>, usize) {
    match raw {
        [0xef, 0xbb, 0xbf, ..] => (Some(TextEncoding::Utf8), 3),
        [0xff, 0xfe, ..] => (Some(TextEncoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(TextEncoding::Utf16Be), 2),
        _ => {
            let (pairs, _) = raw.as_chunks::<2>();
            let zeros = |half: usize| {
                pairs
                    .iter()
                    .filter(|pair| pair.get(half) == Some(&0))
                    .count()
            };
            let most = |zeros: usize| pairs.len() > 4 && zeros * 2 > pairs.len();
            if most(zeros(1)) && zeros(0) == 0 {
                (Some(TextEncoding::Utf16Le), 0)
            } else if most(zeros(0)) && zeros(1) == 0 {
                (Some(TextEncoding::Utf16Be), 0)
            } else {
                (None, 0)
            }
        }
    }
}

/// The first line that is not UTF-8 and what the text looks like, unless it is UTF-8 but for a few slips.
fn not_utf8(text: &[u8], whole: bool) -> Option<(u64, &'static str)> {
    let mut first = None;
    let (mut wrong, mut right) = (0, 0);
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        let many = chunk.valid().chars().filter(|letter| !letter.is_ascii());
        right += many.count();
        at += chunk.valid().len();
        let invalid = chunk.invalid();
        let cut_off = !whole && at + invalid.len() == text.len();
        if !invalid.is_empty() && !cut_off {
            first = first.or(Some(at));
            wrong += 1;
        }
        at += invalid.len();
    }
    let first = first.filter(|_| wrong > right)?;
    let line = text.iter().take(first).filter(|&&byte| byte == b'\n');
    let line = line.count() as u64 + 1;
    let high = text.iter().filter(|byte| !byte.is_ascii());
    // Letters of Western languages lie above 0xbf there; below 0xa0 are quotes and dashes.
    let (low, all) = high.fold((0, 0), |(low, all), &byte| {
        (low + usize::from(byte < 0xa0), all + 1)
    });
    let looks_like = if 2 * low > all {
        "an old code page of DOS or of the Macintosh"
    } else {
        "Windows-1252 (Latin-1)"
    };
    Some((line, looks_like))
}

/// What a file is that is no table.
fn no_table(raw: &[u8]) -> Option<CsvError> {
    let begins = |with: &[u8]| raw.starts_with(with);
    let head = String::from_utf8_lossy(raw.get(..1024.min(raw.len())).unwrap_or_default());
    let head = head
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    let (format, advice) = if begins(b"\x1f\x8b") {
        ("compressed with gzip", "unpack it first (gunzip)")
    } else if begins(b"PK\x03\x04") {
        (
            "a zip archive or an Excel workbook (xlsx)",
            "unpack it, or save the sheet as CSV in UTF-8",
        )
    } else if begins(b"\xd0\xcf\x11\xe0") {
        (
            "an old Excel workbook (xls)",
            "save the sheet as CSV in UTF-8",
        )
    } else if begins(b"PAR1") {
        (
            "a Parquet file",
            "export it as CSV, for example with DuckDB: copy (from 'FILE') to 'FILE.csv'",
        )
    } else if begins(b"SQLite format 3") {
        (
            "an SQLite database",
            "export the table as CSV, for example with: sqlite3 -csv -header FILE 'select ...'",
        )
    } else if begins(b"%PDF") {
        ("a PDF", "export the table itself as CSV")
    } else if head.starts_with('<') && head.contains("<log") {
        (
            "an event log in XES",
            "convert it to a table with the columns case, activity and time; pm4py does (pm4py.convert_to_dataframe(...).to_csv(...))",
        )
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        (
            "a web page",
            "export the table itself as CSV; the page may be one that asks to log in",
        )
    } else if head.starts_with("<?xml") {
        ("XML", "export the table as CSV")
    } else if head.starts_with("{\"") || head.starts_with("[{") {
        (
            "JSON",
            "read it line by line as events, or convert it to a table, for example with jq and @csv",
        )
    } else {
        return None;
    };
    Some(CsvError::NoTable { format, advice })
}

fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}
