//! How far counts leave figures in doubt.

mod delta;
mod deviations;
pub(super) mod errors;
mod wilson;

pub use delta::NoErrorBars;
pub(crate) use errors::Errors;
pub(crate) use wilson::{Z, wilson};
