//! Journey maps that one can compute with.
