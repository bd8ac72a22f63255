//! What the crate promises, one file a subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "tests state exact expectations and may stop at the first surprise"
)]

#[cfg(feature = "serde")]
mod arb;
#[cfg(feature = "serde")]
mod document;
mod events;
#[cfg(feature = "csv")]
mod events_csv;
mod events_laws;
mod examples;
mod feeling;
mod refusals;
mod scale;
