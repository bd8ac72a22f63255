//! What customers feel: feelings by name, mixtures of them, ratings on a scale, and how strongly bad ones move people to act.

mod activation;
mod emotion;
mod feeling;
mod scale;

pub use emotion::{Emotion, Shade, ShadeFeeling};
pub use feeling::{Feeling, UnknownFeeling};
pub use scale::{InvalidScale, Scale};
