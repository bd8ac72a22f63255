//! Reports for people, and journeys in the text formats of other tools. Nothing here decides anything.

#[cfg(feature = "cjml")]
mod cjml;
mod csv_rows;
mod dot;
mod graph;
mod html;
#[cfg(feature = "serde")]
mod loss;
mod mermaid;
mod svg;
mod text;
#[cfg(feature = "serde")]
mod vega_lite;

use crate::page::{clean, number};

#[cfg(feature = "cjml")]
pub use cjml::CjmlText;
pub use csv_rows::{Csv, Table};
pub use dot::Dot;
pub use html::Html;
#[cfg(feature = "serde")]
pub use loss::{FormatLoss, LossKind};
pub use mermaid::Flowchart;
#[cfg(feature = "serde")]
pub use mermaid::{MermaidStyle, MermaidText, MissingScore, NoScores};
pub use svg::{Preset, Svg};
#[cfg(feature = "serde")]
pub use vega_lite::VegaLite;
