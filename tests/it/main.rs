//! What the crate promises, one file a subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "tests state exact expectations and may stop at the first surprise"
)]

mod feeling;
mod scale;
