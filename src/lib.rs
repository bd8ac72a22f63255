//! Journey maps that one can compute with.

mod journey;

pub use journey::{Feeling, InvalidScale, OutOfRange, Scale, UnknownFeeling};
