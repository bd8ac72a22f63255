//! How far counts leave figures in doubt.

mod delta;
mod deviations;
pub(super) mod errors;

pub(crate) use crate::statistics::{Z, wilson};
pub use delta::NoErrorBars;
pub(crate) use errors::Errors;
