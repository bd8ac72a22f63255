//! What the crate promises, one file a subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "tests state exact expectations and may stop at the first surprise"
)]

mod arc;
mod counts;
mod dense;
mod feeling;
mod figures;
mod generate;
mod moments;
mod most_likely;
mod near_singular;
mod oracle;
mod published;
mod scale;
mod tally;
mod worked;
