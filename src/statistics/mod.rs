//! How sure one can be of what was counted: intervals, quantiles, corrections. Numbers only.

mod intervals;
mod quantiles;

pub(crate) use intervals::{Ratio, clustered_wilson, wilson};
pub(crate) use quantiles::{Z, student};
