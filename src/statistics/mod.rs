//! How sure one can be of what was counted: intervals, quantiles, corrections, tests. Numbers only.
#![allow(
    dead_code,
    unused_imports,
    reason = "comparisons of two journeys, of segments and of periods are being built on these"
)]

mod adjusted;
mod draws;
mod homogeneity;
mod intervals;
mod quantiles;
mod verdict;

pub(crate) use adjusted::{benjamini_hochberg, holm};
pub(crate) use draws::{Stream, fisher};
pub(crate) use homogeneity::{
    Deals, FEWEST_DEALS, Homogeneity, Likelihood, Tested, Units, homogeneity, likelihood,
};
pub(crate) use intervals::{Ratio, clustered_wilson, newcombe, wilson};
pub(crate) use quantiles::{Z, chi_square_tail, normal_beyond, student, student_tail};
pub(crate) use verdict::{Gap, Judged, Measured, Scale, judge};
