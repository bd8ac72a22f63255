//! How far counts leave figures in doubt.

mod counts;
mod delta;
mod deviations;
pub(super) mod errors;
mod missing;
mod starts;

pub(crate) use crate::statistics::{Z, wilson};
pub(crate) use errors::Errors;
pub use missing::NoErrorBars;
