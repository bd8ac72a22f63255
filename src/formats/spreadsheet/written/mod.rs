//! How texts and numbers are written in cells, and read back.

pub(crate) mod escape;
pub(crate) mod number;
