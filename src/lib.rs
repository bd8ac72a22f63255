//! Journey maps that one can compute with.

mod journey;

pub use journey::{Feeling, UnknownFeeling};
