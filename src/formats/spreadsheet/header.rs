//! The columns and rows of a spreadsheet by the keys of the document, which row has the headings, and in which language they are.

use std::collections::BTreeMap;

use super::sheet::{Cell, Sheet};
use crate::journey::{fold, nearest, words};
use crate::language::Language;

words! {
    /// A column of a journey's spreadsheet. The keys are those of a touchpoint in the document; what stands at the head of a column is a
    /// matter of the [`Language`]: the words of its key `column.owner`, `column.next` and so on.
    pub enum Column as "column" {
        /// What transitions name; made of the name where it is left out.
        Id = "id",
        /// What people call it.
        Name = "name",
        /// Before, during or after.
        Phase = "phase",
        /// A label inside the phase.
        Stage = "stage",
        /// Where customer and provider meet.
        Channel = "channel",
        /// Who answers for it.
        Owner = "owner",
        /// What the customer came for.
        Need = "need",
        /// What the customer does.
        Does = "does",
        /// What customers feel: `doubt 60 %; satisfaction 40 %`, `anger (0.9)`, or a number from -1 to 1.
        Emotion = "emotion",
        /// What they feel where the promise was broken.
        EmotionWhenBroken = "emotion_when_broken",
        /// What they feel where nobody knows about the promise.
        EmotionWhenUnknown = "emotion_when_unknown",
        /// What the provider means them to feel.
        Intended = "intended",
        /// What customers expect to feel.
        Expected = "expected",
        /// What customers said, a line each.
        Quotes = "quotes",
        /// What the customer is told.
        Says = "says",
        /// What goes on behind the scenes.
        Backstage = "backstage",
        /// The promise that is put to the test.
        Promise = "promise",
        /// How many visits found it kept.
        Kept = "kept",
        /// How many found it broken.
        Broken = "broken",
        /// Of how many nobody knows.
        Unknown = "unknown",
        /// The promises that are made, parted by semicolons.
        Makes = "makes",
        /// What is possible, parted by semicolons.
        Can = "can",
        /// Money that a visit costs.
        Cost = "cost",
        /// What could be done about it, a line each.
        Ideas = "ideas",
        /// What somebody measured, a line each: `minutes in the queue: 40 (n = 214)`.
        Figures = "figures",
        /// A picture as a data URI.
        Image = "image",
        /// Free text.
        Notes = "notes",
        /// How many journeys begin here.
        Starts = "starts",
        /// Where customers go: `call 40 %; review 60 % after 2 days`.
        Next = "next",
        /// Positions of these ways among all ways, where they are not in the order of the rows.
        Order = "order",
        /// How journeys end: `churn 10 %`.
        Ends = "ends",
        /// What the figures rest on.
        Evidence = "evidence",
        /// Whether customers are only asked something here: yes or no.
        Measurement = "measurement",
        /// What the document says beyond these columns, as JSON: what depends on facts that customers remember.
        More = "more",
        /// The frame on which a sticky note hangs.
        Frame = "frame",
        /// What a sticky note says.
        Text = "text",
    }
}

words! {
    /// What a row above the headings says of the journey as a whole.
    pub enum AboutRow as "row" {
        /// Its name.
        Journey = "journey",
        /// Planned or experienced.
        Kind = "kind",
        /// Who travels.
        Persona = "persona",
        /// In which situation.
        Scenario = "scenario",
        /// Free text.
        Notes = "notes",
        /// The label for money.
        Currency = "currency",
        /// What endings are worth: `loyalty 6200; churn -2100`.
        Values = "values",
        /// What was counted where the map was learned.
        Counted = "counted",
        /// What the document says beyond these rows, as JSON.
        More = "more",
        /// For readers of the sheet; says nothing about the journey.
        Help = "help",
    }
}

impl Column {
    /// The key of its headings in a language.
    pub(super) fn key(self) -> String {
        format!("column.{}", self.as_str())
    }

    /// Whether its cells hold an entry a line.
    pub(super) fn has_lines(self) -> bool {
        matches!(self, Self::Quotes | Self::Ideas | Self::Figures)
    }

    /// Whether its cells hold entries with semicolons between.
    pub(super) fn has_entries(self) -> bool {
        matches!(
            self,
            Self::Makes | Self::Can | Self::Next | Self::Order | Self::Ends
        )
    }
}

impl AboutRow {
    /// The key of its words in a language.
    pub(super) fn key(self) -> String {
        format!("row.{}", self.as_str())
    }
}

/// What marks the heading of a column that goes on with what did not fit into the one before.
pub(super) const GOES_ON: char = '+';

/// The headings of a sheet.
pub(super) struct Header {
    /// Its row, counted from 0.
    pub(super) row: usize,
    /// The columns by position: what it is, and what stands there.
    pub(super) columns: Vec<(Option<Column>, String)>,
    /// Position of its language in the list.
    pub(super) language: usize,
}

/// The letters of a heading, without the marks that people put around it.
fn letters(text: &str) -> Vec<char> {
    let text = text.split('(').next().unwrap_or_default();
    fold(text.trim_matches(|mark: char| !mark.is_alphanumeric()))
}

/// The headings that each language knows.
pub(super) struct Headings(Vec<BTreeMap<Vec<char>, Column>>);

impl Headings {
    pub(super) fn of(languages: &[Language]) -> Self {
        let known = |language: &Language| {
            let mut known = BTreeMap::new();
            for column in Column::ALL {
                let key = column.key();
                for word in language.words_for(&key).chain([column.as_str()]) {
                    known.entry(letters(word)).or_insert(*column);
                }
            }
            known
        };
        Self(languages.iter().map(known).collect())
    }

    /// The column that a heading names in each language.
    fn columns(&self, heading: &str) -> impl Iterator<Item = Option<Column>> + '_ {
        let letters = letters(heading);
        self.0.iter().map(move |known| known.get(&letters).copied())
    }

    /// How many columns of a row are known in each language.
    fn known(&self, row: &[Cell]) -> Vec<usize> {
        let mut counts = vec![0; self.0.len()];
        for cell in row {
            for (count, column) in counts.iter_mut().zip(self.columns(&cell.said())) {
                *count += usize::from(column.is_some());
            }
        }
        counts
    }

    /// How many headings are known in the row that has most of them.
    pub(super) fn recognised(&self, sheet: &Sheet) -> usize {
        let counts = sheet.rows.iter().take(100).flat_map(|row| self.known(row));
        counts.max().unwrap_or(0)
    }

    /// Whether so many known columns make a row that of the headings.
    fn is_header(&self, row: &[Cell], most: usize) -> bool {
        let has = |wanted: Column| {
            let mut cells = row.iter().map(Cell::said);
            cells.any(|text| self.columns(&text).any(|column| column == Some(wanted)))
        };
        most >= 3 || (most == 2 && has(Column::Frame) && has(Column::Text))
    }

    /// Finds the headings of a sheet; the first language wins among those that know as many.
    pub(super) fn find(&self, sheet: &Sheet) -> Option<Header> {
        sheet.rows.iter().enumerate().find_map(|(at, row)| {
            let counts = self.known(row);
            let most = counts.iter().copied().max().unwrap_or(0);
            if !self.is_header(row, most) {
                return None;
            }
            let language = counts.iter().position(|count| *count == most)?;
            let named = |cell: &Cell| {
                let heading = cell.said();
                let own = self.columns(&heading).nth(language).flatten();
                // A heading of another language among them is understood all the same.
                let any = || self.columns(&heading).flatten().next();
                (own.or_else(any), heading)
            };
            Some(Header {
                row: at,
                columns: row.iter().map(named).collect(),
                language,
            })
        })
    }
}

/// What a row above the headings is about.
pub(super) fn about(word: &str, languages: &[Language]) -> Option<AboutRow> {
    let letters = letters(word);
    AboutRow::ALL.iter().copied().find(|row| {
        let key = row.key();
        let mut words = languages
            .iter()
            .flat_map(|language| language.words_for(&key));
        words.any(|word| fold(word) == letters)
    })
}

/// The word for a row above the headings that is nearest to this one.
pub(super) fn nearest_about(word: &str, language: &Language) -> Option<String> {
    let keys: Vec<String> = AboutRow::ALL.iter().map(|row| row.key()).collect();
    let words = keys.iter().map(|key| language.word(key));
    nearest(word, words).map(str::to_owned)
}

/// The heading that is nearest to one that is not known.
pub(super) fn nearest_heading(heading: &str, language: &Language) -> Option<String> {
    let keys: Vec<String> = Column::ALL.iter().map(|column| column.key()).collect();
    let words = keys.iter().flat_map(|key| language.words_for(key));
    nearest(heading, words).map(str::to_owned)
}
