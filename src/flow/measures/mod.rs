//! The one home of the figures that more than one question needs: each has one formula and one name.

pub(super) mod conditions;
pub(super) mod earned;
pub(super) mod feelings;
pub(super) mod gains;
mod makers;
mod meant;
mod memory;
pub(super) mod money;
mod needs;
pub(super) mod outlook;
pub(super) mod sums;
pub(super) mod traffic;
pub(super) mod valences;
mod variety;
mod ways;

pub(crate) use conditions::{RAREST, among, mean_of};
pub(crate) use feelings::Feelings;
pub(crate) use meant::Meant;
pub use memory::RememberedWeights;
pub(crate) use memory::peak_end;
pub use money::CoverageChange;
pub(crate) use money::Worth;
pub(crate) use needs::{Need, NeedChannel};
pub use traffic::{AheadFigures, OutcomeShare, Traffic};
pub(crate) use valences::{Felt, NEUTRAL, mean};
pub(crate) use ways::{LikelyWay, Moved};
