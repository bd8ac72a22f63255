//! Numbers of a map: those that must lie in a range, weights that become shares, and the map itself as one number.

mod fingerprint;
mod scalar;
mod shares;

pub(super) use fingerprint::fingerprint;
pub(crate) use scalar::Number;
pub use scalar::OutOfRange;
pub(super) use scalar::within;
pub(crate) use shares::Shares;
