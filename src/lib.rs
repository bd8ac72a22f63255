//! Journey maps that one can compute with.

mod chain;
