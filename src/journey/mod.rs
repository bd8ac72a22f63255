//! What people draw. Nothing here computes a probability.

mod feeling;
mod nearest;
mod scalar;
mod scale;

pub use feeling::{Feeling, UnknownFeeling};
pub use scalar::OutOfRange;
pub use scale::{InvalidScale, Scale};
