//! How sure one can be of what was counted: intervals, quantiles, corrections, tests. Numbers only.

mod adjusted;
mod against_rest;
mod below;
mod buckets;
mod chances;
mod coarse_mean;
mod dependence;
mod draws;
mod homogeneity;
mod intervals;
mod inversion;
mod quantiles;
mod two_sides;
mod verdict;
mod waits;

pub(crate) use adjusted::{benjamini_hochberg, holm};
pub(crate) use against_rest::{Run, Tables, change_points, change_points_of, each_against_rest};
pub(crate) use below::{at_common_quantile, at_said, first_reaching, ratio_below};
pub(crate) use buckets::{FEWEST as FEWEST_BUCKETS, in_buckets, jackknife, of_left_out};
pub(crate) use coarse_mean::{coarse_mean, with_one_more};
pub(crate) use dependence::Pairs;
pub(crate) use draws::{Draw, Draws, Stream};
pub(crate) use homogeneity::{Deals, FEWEST_DEALS, Likelihood, Units, homogeneity, likelihood};
pub(crate) use intervals::{Ratio, clustered_wilson, newcombe, of_difference, of_ratio, wilson};
pub(crate) use inversion::{Complex, quantiles as inverted, share_up_to};
pub(crate) use quantiles::{Z, chi_square_tail, normal_beyond, student};
pub(crate) use two_sides::{Sided, two_sides};
pub(crate) use verdict::{Gap, Judged, Measured, Scale, judge};
#[cfg(feature = "serde")]
pub(crate) use waits::LAST as LAST_BUCKET;
pub use waits::Waits;
pub(crate) use waits::bucket_of;
