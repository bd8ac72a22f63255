//! How a spreadsheet is read.

use crate::journey::Channel;
use crate::language::Language;

/// How [`Journey::from_spreadsheet`](crate::Journey::from_spreadsheet) reads.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct SpreadsheetOptions {
    pub(super) languages: Vec<Language>,
    pub(super) sheet: Option<String>,
    pub(super) channel: Channel,
}

impl SpreadsheetOptions {
    /// Reads the first sheet that has the headings of a journey, in English, norsk or svenska, whichever knows most of them.
    pub fn new() -> Self {
        Self {
            languages: Language::all(),
            sheet: None,
            channel: Channel::from("unstated"),
        }
    }

    /// Reads headings and words of this language as well, before the others.
    pub fn language(mut self, language: Language) -> Self {
        self.languages.retain(|known| known.tag != language.tag);
        self.languages.insert(0, language);
        self
    }

    /// Reads the sheet of this name.
    pub fn sheet(mut self, name: impl Into<String>) -> Self {
        self.sheet = Some(name.into());
        self
    }

    /// States the channel of touchpoints that are made of sticky notes; `unstated` otherwise.
    pub fn channel(mut self, channel: impl Into<Channel>) -> Self {
        self.channel = channel.into();
        self
    }
}

impl Default for SpreadsheetOptions {
    fn default() -> Self {
        Self::new()
    }
}
