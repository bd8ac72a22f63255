//! How customers were cared for: how channels differ, who was recognised, what became of complaints and of broken promises, and how long before the end
//! each touchpoint came.

mod channels;
mod complaints;
mod recognition;
mod tries;

pub(super) use channels::Channels;
pub(super) use complaints::Complaints;
pub(super) use recognition::Recognition;
pub(super) use tries::Tries;
