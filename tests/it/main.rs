//! What the crate promises, one file a subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "tests state exact expectations and may stop at the first surprise"
)]

mod counts;
mod dense;
mod feeling;
mod figures;
mod generate;
mod moments;
mod most_likely;
mod oracle;
mod scale;
mod tally;
mod worked;
