//! Where maps and tables come from: a file or standard input.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::failure::Failure;
use super::letters::decoded;
use super::shapes::xes::is_xes;

/// A file, or `-` for standard input.
#[derive(Debug, Clone)]
pub(super) struct Source(PathBuf);

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self(path)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_standard_input() {
            f.write_str("standard input")
        } else {
            self.0.display().fmt(f)
        }
    }
}

impl Source {
    pub(super) fn is_standard_input(&self) -> bool {
        self.0 == Path::new("-")
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// All of its text.
    pub(super) fn text(&self) -> Result<String, Failure> {
        self.rest(self.open()?.0)
    }

    /// All of its bytes.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let read = self.open()?.0.read_to_end(&mut bytes);
        read.map_err(|error| Failure::input(self, error))?;
        Ok(bytes)
    }

    /// Opens it, and says how many bytes it has where that is known.
    pub(super) fn open(&self) -> Result<(Box<dyn BufRead>, Option<u64>), Failure> {
        if self.is_standard_input() {
            let input = BufReader::with_capacity(HEAD, io::stdin().lock());
            return self.unpacked(input, None);
        }
        let file = File::open(&self.0).map_err(|error| Failure::input(self, error))?;
        let length = file.metadata().map(|about| about.len()).ok();
        self.unpacked(BufReader::with_capacity(HEAD, file), length)
    }

    /// What a file holds that is packed with gzip, however it is called.
    fn unpacked(
        &self,
        mut input: impl BufRead + 'static,
        length: Option<u64>,
    ) -> Result<(Box<dyn BufRead>, Option<u64>), Failure> {
        let head = input.fill_buf();
        let head = head.map_err(|error| Failure::input(self, error))?;
        if head.starts_with(b"\x1f\x8b") {
            let unpacked = MultiGzDecoder::new(input);
            return Ok((Box::new(BufReader::with_capacity(HEAD, unpacked)), None));
        }
        Ok((Box::new(input), length))
    }

    /// What is still to be read, as text.
    pub(super) fn rest(&self, mut input: impl Read) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        read.map_err(|error| Failure::input(self, error))?;
        decoded(bytes).map_err(|error| Failure::input(self, error))
    }
}

/// So many bytes are read to see what a file is.
const HEAD: usize = 1 << 16;

/// Whether a text begins as a table does: two lines with the same delimiters, and no sign of a document or a diagram.
pub(super) fn is_table(head: &[u8]) -> bool {
    // A header in UTF-16 is the same text with zeros in between.
    let text = String::from_utf8_lossy(head).replace(['\0', '\u{feff}', '\u{fffd}'], "");
    if is_xes(head) {
        return true;
    }
    if text
        .trim_start()
        .starts_with(['{', '[', '<', '#', '%', '-'])
        || text.contains("```")
    {
        return false;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (header, next) = (lines.next().unwrap_or_default(), lines.next());
    [',', ';', '\t', '|'].iter().any(|&delimiter| {
        let cells = header.matches(delimiter).count();
        cells > 0 && next.is_none_or(|next| next.matches(delimiter).count() >= cells)
    })
}
