//! Mermaid text: the journey diagram, and the flowchart.

mod flowchart;
#[cfg(feature = "serde")]
mod journey;

pub use flowchart::Flowchart;
#[cfg(feature = "serde")]
pub use journey::{MermaidStyle, MermaidText, MissingScore, NoScores};
