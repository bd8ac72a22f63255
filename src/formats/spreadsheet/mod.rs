//! Journeys from and to spreadsheets: a row a touchpoint, in English, norsk, svenska or another language.
//!
//! A [`Sheet`] is a grid of [`Cell`]s, whoever reads or writes the file: [`Sheet::from_text`] and [`Sheet::to_text`] for text that
//! spreadsheets save and open, or a library for their own files. Above the headings stand rows about the journey as a whole, such as
//! `persona` and what follows in the next cell; below the headings a row a touchpoint. [`Column`] lists the columns, [`template`](fn@template)
//! writes a sheet to begin with.
//!
//! ```
//! use customer_journey::formats::spreadsheet::Sheet;
//! use customer_journey::language::Language;
//! use customer_journey::{Feeling, Journey};
//!
//! let text = "\
//! Journey,A repair
//! name,phase,channel,feeling,quotes,next,ends
//! Books a repair,before,web,hope,,Brings the bicycle,
//! Brings the bicycle,during,store,doubt 60 %; confidence 40 %,\"When is it ready?\",Comes for it after 2 days,
//! Comes for it,after,store,relief,,,loyalty 90 %; churn 10 %
//! ";
//! let sheet = Sheet::from_text("", text)?;
//! let read = Journey::from_spreadsheet(&[sheet], &Default::default())?;
//! assert_eq!(read.journey.name(), "A repair");
//! assert_eq!(read.journey.touchpoints().len(), 3);
//!
//! // The same in norsk, and back: nothing is lost.
//! let norsk = read.journey.to_spreadsheet(&Language::norwegian());
//! let again = Journey::from_spreadsheet(&[norsk], &Default::default())?;
//! assert_eq!(again.journey, read.journey);
//! # Ok::<(), customer_journey::Error>(())
//! ```

mod about;
mod emotion;
mod error;
mod header;
mod read;
mod row;
mod rows;
mod sheet;
mod spoken;
mod stickies;
mod table;
mod template;
mod ways;
mod write;
mod written;

pub use error::{
    SpreadsheetError, SpreadsheetFault, SpreadsheetFinding, SpreadsheetNote, SpreadsheetProblem,
};
pub use header::{AboutRow, Column};
pub use read::SpreadsheetRead;
pub use sheet::{Cell, Sheet};
pub use table::{SheetTable, TablePlace};
pub use template::{pick_lists, template};

use crate::journey::{Channel, Journey};
use crate::language::Language;

/// How [`Journey::from_spreadsheet`](crate::Journey::from_spreadsheet) reads.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct SpreadsheetOptions {
    languages: Vec<Language>,
    sheet: Option<String>,
    channel: Channel,
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

impl Journey {
    /// Reads a journey from the sheets of a spreadsheet: from the first one whose headings are those of a journey. Takes O(n log n)
    /// for n rows.
    ///
    /// A row without an id gets one made of its name. `next` names touchpoints by id or name; where no column says where customers
    /// go, each touchpoint leads to the one below it. Sticky notes, one a row with the frame that it hangs on, become the quotes of a
    /// touchpoint a frame. The [module](crate::formats::spreadsheet) has an example.
    ///
    /// # Errors
    /// Every fault of the sheet at once, each with its row and column.
    pub fn from_spreadsheet(
        sheets: &[Sheet],
        options: &SpreadsheetOptions,
    ) -> Result<SpreadsheetRead, SpreadsheetError> {
        read::read(sheets, options)
    }

    /// The journey as a sheet, in a language. [`Journey::from_spreadsheet`] reads it back as an equal journey.
    #[must_use]
    pub fn to_spreadsheet(&self, language: &Language) -> Sheet {
        write::sheet(self, language, &[])
    }
}
