//! Reports for people. Nothing here decides anything.

mod text;

pub use text::Text;
