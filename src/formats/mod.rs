//! Text formats of other tools: what they look like, and how a journey is read from them. How one is written is a
//! matter of `render`.

#[cfg(feature = "cjml")]
pub(crate) mod cjml;
#[cfg(feature = "serde")]
pub(crate) mod json;
#[cfg(feature = "serde")]
pub(crate) mod mermaid;
#[cfg(feature = "serde")]
mod phase_words;
#[cfg(feature = "serde")]
mod phases;

#[cfg(feature = "cjml")]
pub use cjml::{CjmlError, CjmlFinding, CjmlNote, CjmlOptions, CjmlRead};
#[cfg(feature = "serde")]
pub use mermaid::{
    MermaidActors, MermaidError, MermaidFinding, MermaidNote, MermaidOptions, MermaidRead,
    OutsideScale,
};
