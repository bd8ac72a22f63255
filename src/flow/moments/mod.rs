//! The states of the chain, which are touchpoints with what customers remember on arriving, their moments by the result of the
//! promise, and the ways between them.
//!
//! Where nothing is remembered, each touchpoint is one state, and both have the same position.

mod drawing;
mod moment;
mod network;
mod remembering;
mod states;

pub(crate) use moment::{Moment, Moments, To, Way, as_u32};
pub(crate) use network::{Kept, Network};
pub(crate) use states::States;
