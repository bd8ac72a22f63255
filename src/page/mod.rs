//! What a report is told in: blocks, typed cells, numbers in words, names as tokens; and how blocks become text and
//! Markdown, since every answer prints itself.
//!
//! Questions turn their answers into blocks, and writers know blocks only: they rank nothing, leave nothing out but the end
//! of a long list, and do no sums.

pub(crate) mod block;
pub(crate) mod cell;
pub(crate) mod clean;
pub(crate) mod counted;
pub(crate) mod markdown;
pub(crate) mod names;
pub(crate) mod number;
pub(crate) mod question;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod words;

pub(crate) use block::{Bar, Block, Card, Picture, Section};
pub(crate) use cell::{Cell, Unit};
pub(crate) use counted::what_of;
pub use markdown::Markdown;
pub(crate) use names::Names;
pub(crate) use question::{Question, said, told};
pub(crate) use table::{Detail, Table, bar, fixed, number, text};
pub use text::Text;
