//! What the page asks.

use std::collections::BTreeMap;

use customer_journey::journey::JourneyDocument;
use customer_journey::{Flow, Journey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::change::Wish;

/// One request. The page sends the map each time, as nothing is kept between requests.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Request {
    /// The words that the library knows, to choose from.
    Words {},
    /// A table to begin with.
    New { template: Template },
    /// A file that somebody dropped: which kind it is its content says.
    Open { name: String, text: String },
    /// The map that a table draws, or what is wrong in which of its cells.
    Draw { table: Table, width: u16 },
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

/// A map as a table: a row a touchpoint, every cell as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Table {
    /// What the document says beside touchpoints and transitions.
    pub(super) about: serde_json::Map<String, Value>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Row {
    /// By the key of the column.
    pub(super) cells: BTreeMap<String, String>,
    /// What the document says of the touchpoint and no column shows; kept.
    #[serde(default)]
    pub(super) rest: serde_json::Map<String, Value>,
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
    /// The language of the map's names.
    pub(super) lang: String,
    /// Whether all lanes of the map are drawn.
    pub(super) whole: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Beside {
    document: Value,
    pub(super) variants: Vec<Vec<Wish>>,
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
