//! How reports and maps look: text and Markdown for people, one page with everything, pictures, tables for programs, and graphs.

mod csv_rows;
mod dot;
mod flowchart;
mod graph;
mod html;
mod svg;
mod text;
#[cfg(feature = "serde")]
mod vega_lite;

use crate::page::{clean, number};

pub use crate::page::{Markdown, Text};
pub use crate::view::map::Lane;
pub use csv_rows::{Csv, Table};
pub use dot::Dot;
pub use flowchart::Flowchart;
pub use html::Html;
pub(crate) use html::beside;
pub use svg::{Preset, Svg};
#[cfg(feature = "serde")]
pub use vega_lite::VegaLite;
