//! Where results go.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Output {
    /// Writes the result to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Output {
    /// Writes a text, and the end of its last line where that is missing.
    pub(super) fn text(&self, shown: impl Display) -> Result<(), Failure> {
        let text = shown.to_string();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        self.write(|out| {
            out.write_all(text.as_bytes())?;
            out.write_all(end.as_bytes())
        })
    }

    /// Refuses a call that would write over a file.
    pub(super) fn refuse_existing(&self) -> Result<(), Failure> {
        match &self.output {
            Some(path) if path.exists() => {
                let path = path.display();
                Err(Failure::call(format!(
                    "{path} is there already; name another file"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Writes bytes to a file; they are nothing for a terminal.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.output.is_none() && io::stdout().is_terminal() {
            let said = "a workbook is no text for a terminal; name a file with -o FILE.xlsx";
            return Err(Failure::call(said));
        }
        self.write(|out| out.write_all(bytes))
    }

    /// Whether it goes to a file whose name ends so.
    pub(super) fn ends_with(&self, ending: &str) -> bool {
        let name = self.output.as_ref().map(|path| path.to_string_lossy());
        name.is_some_and(|name| name.to_lowercase().ends_with(ending))
    }

    pub(super) fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        self.write(|out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            out.write_all(b"\n")
        })
    }

    pub(super) fn write(
        &self,
        write: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let finish = |out: &mut dyn Write| {
            let mut out = BufWriter::new(out);
            write(&mut out).and_then(|()| out.flush())
        };
        let Some(path) = &self.output else {
            return match finish(&mut io::stdout().lock()) {
                // The reader has had enough, as `head` does.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                written => written.map_err(|error| Failure::input("standard output", error)),
            };
        };
        let written = File::create(path).and_then(|mut file| finish(&mut file));
        written.map_err(|error| Failure::input(path.display(), error))
    }
}
