//! The states of the chain: moments, which are touchpoints with the result of their promise, and the ways between them.

mod drawing;
mod moment;
mod network;

pub(crate) use moment::{Moment, Moments, To, Way, as_u32};
pub(crate) use network::{Kept, Network};
