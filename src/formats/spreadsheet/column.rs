//! The columns and rows of a spreadsheet, by the keys of the document.

use crate::journey::words;

words! {
    /// A column of a journey's spreadsheet. The keys are those of a touchpoint in the document; what stands at the head of a column is a
    /// matter of the [`Language`](crate::language::Language): the words of its key `column.owner`, `column.next` and so on.
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
        matches!(self, Self::Makes | Self::Can | Self::Next | Self::Order | Self::Ends)
    }
}

impl AboutRow {
    /// The key of its words in a language.
    pub(super) fn key(self) -> String {
        format!("row.{}", self.as_str())
    }
}
