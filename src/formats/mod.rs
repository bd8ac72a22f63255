//! Journeys from and to text: JSON documents, and the formats of other tools.
//!
//! Reading is a method of [`Journey`](crate::Journey) (`from_json`, `from_mermaid`, `from_cjml`, `from_spreadsheet`), and so is writing
//! (`to_json`, `to_mermaid`, `to_cjml`, `to_spreadsheet`). Here are their options, what they note about a text, and their errors.

#[cfg(feature = "cjml")]
pub(crate) mod cjml;
#[cfg(feature = "serde")]
pub(crate) mod json;
#[cfg(feature = "serde")]
mod loss;
#[cfg(feature = "serde")]
pub(crate) mod mermaid;
#[cfg(feature = "serde")]
mod phase_words;
#[cfg(feature = "serde")]
mod phases;
#[cfg(feature = "serde")]
pub mod spreadsheet;

#[cfg(feature = "cjml")]
pub use cjml::{CjmlError, CjmlFinding, CjmlNote, CjmlOptions, CjmlRead, CjmlText};
#[cfg(feature = "serde")]
pub use json::JsonError;
#[cfg(feature = "serde")]
pub use loss::{FormatLoss, LossKind};
#[cfg(feature = "serde")]
pub use mermaid::{
    MermaidActors, MermaidError, MermaidFinding, MermaidNote, MermaidOptions, MermaidRead,
    MermaidStyle, MermaidText, MissingScore, NoScores, OutsideScale,
};
