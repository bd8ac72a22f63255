//! JSON text from and to values of serde, for what is embedded in other texts. Callers who read and write whole
//! documents bring the data format that they like.

mod read;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use read::from_text;
pub(crate) use write::{in_comment, pretty};
