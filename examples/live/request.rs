//! What the page asks.

use customer_journey::formats::spreadsheet::SheetTable;
use customer_journey::journey::JourneyDocument;
use customer_journey::{Flow, Journey};
use serde::Deserialize;
use serde_json::Value;

use super::change::Wish;

/// One request. The page sends the map each time, as nothing is kept between requests.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Request {
    /// The words that the library knows, to choose from.
    Words {},
    /// A table to begin with.
    New { template: Template, lang: String },
    /// A file of text that somebody dropped: which kind it is its content says.
    Open { text: String, lang: String },
    /// A workbook that somebody dropped.
    Workbook { sheets: Vec<Grid>, lang: String },
    /// The same table in the words of another language, as far as it can be read.
    Speak { table: SheetTable, lang: String },
    /// The map that a table draws, or what is wrong in which of its cells.
    Draw {
        table: SheetTable,
        width: u16,
        lang: String,
    },
    /// A table as it stands, as text for spreadsheets.
    Keep { table: SheetTable },
    /// The map with some things done differently, and what it was.
    Try(Try),
    /// Several variants of one map side by side.
    Beside(Beside),
    /// A file to keep.
    Save(Save),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Template {
    Empty,
    Map,
    Service,
}

/// A sheet of a workbook, as the page reads it.
#[derive(Debug, Deserialize)]
pub(super) struct Grid {
    pub(super) name: String,
    pub(super) rows: Vec<Vec<GridCell>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum GridCell {
    Number(f64),
    Text(String),
    Empty,
}

#[derive(Debug, Deserialize)]
pub(super) struct Try {
    document: Value,
    pub(super) changes: Vec<Wish>,
    /// The ending that should become rarer.
    pub(super) outcome: String,
    /// How wide the map may be, in pixels.
    pub(super) width: u16,
    /// How wide a chart of feelings may be.
    #[serde(default)]
    pub(super) chart: u16,
    /// The language of the page.
    pub(super) lang: String,
    /// Whether all lanes of the map are drawn.
    pub(super) whole: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Beside {
    document: Value,
    pub(super) variants: Vec<Vec<Wish>>,
    pub(super) lang: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Save {
    document: Value,
    pub(super) changes: Vec<Wish>,
    #[serde(rename = "as")]
    pub(super) form: Form,
    pub(super) outcome: String,
    pub(super) lang: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Document,
    Table,
    Map,
    Page,
    Text,
    Mermaid,
}

impl Try {
    pub(super) fn flow(&self) -> Result<Flow, String> {
        flow(&self.document)
    }
}

impl Beside {
    pub(super) fn flow(&self) -> Result<Flow, String> {
        flow(&self.document)
    }
}

impl Save {
    pub(super) fn journey(&self) -> Result<Journey, String> {
        journey(&self.document)
    }
}

/// The journey of a document.
pub(super) fn journey(document: &Value) -> Result<Journey, String> {
    let document = JourneyDocument::deserialize(document).map_err(|error| error.to_string())?;
    Journey::try_from(document).map_err(|error| error.to_string())
}

fn flow(document: &Value) -> Result<Flow, String> {
    journey(document)?.flow().map_err(|error| error.to_string())
}
