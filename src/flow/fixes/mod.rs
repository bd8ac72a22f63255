//! What changes where something is put right.

pub(super) mod alteration;
mod effects;
mod peaks;
mod silence;
mod update;

pub(crate) use alteration::Alteration;
pub use alteration::FixKind;
pub(crate) use effects::Changes;
pub use effects::OutcomeChange;
