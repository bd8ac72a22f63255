//! What changes where something is put right.

pub(super) mod alteration;
mod effects;
mod no_effect;
mod peaks;
mod silence;
mod update;

pub(crate) use alteration::Alteration;
pub(crate) use effects::Changes;
pub use no_effect::NoEffect;
