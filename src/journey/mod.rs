//! What people draw. Nothing here computes a probability.

mod feeling;
mod nearest;

pub use feeling::{Feeling, UnknownFeeling};
