//! What the crate promises, one file a subject.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::too_many_lines,
    clippy::cast_possible_wrap,
    clippy::redundant_closure_for_method_calls,
    clippy::needless_pass_by_value,
    reason = "tests state exact expectations and may stop at the first surprise"
)]
#![cfg_attr(
    feature = "serde",
    expect(
        clippy::expect_used,
        clippy::format_collect,
        reason = "tests of documents do the same"
    )
)]

mod api;
#[cfg(feature = "serde")]
mod arb;
mod arc;
mod ask;
mod bright;
#[cfg(feature = "cjml")]
mod cjml;
mod compare;
mod complaints;
mod counts;
mod coverage;
mod csv_rows;
mod dense;
#[cfg(feature = "serde")]
mod document;
mod drift;
mod drivers;
mod error_bars;
mod event_log;
mod events;
#[cfg(feature = "csv")]
mod events_csv;
mod events_laws;
mod examples;
#[cfg(feature = "serde")]
mod facts;
mod feeling;
mod figures;
mod fixes;
#[cfg(feature = "serde")]
mod found;
mod gap;
mod generate;
#[cfg(feature = "serde")]
mod graphs;
mod hard;
mod html;
mod iterated;
mod language;
mod laws;
mod limits;
mod listening;
mod markdown;
mod measures;
#[cfg(feature = "serde")]
mod mermaid;
#[cfg(feature = "serde")]
mod mermaid_export;
mod moments;
mod money;
mod most_likely;
#[cfg(feature = "serde")]
mod near;
mod near_singular;
mod oracle;
mod partly;
mod paths;
mod pattern;
mod promises;
mod published;
mod readme;
mod recognition;
mod refusals;
mod render;
mod rules;
mod scale;
#[cfg(feature = "serde")]
mod schema;
mod seams;
mod segments;
mod settled;
mod severity;
#[cfg(feature = "csv")]
mod shaped;
mod signs;
mod sizes;
#[cfg(feature = "serde")]
mod slips;
#[cfg(feature = "serde")]
mod spreadsheet;
mod sql;
mod steady;
mod svg;
#[cfg(feature = "csv")]
mod tables;
mod tally;
mod tidy;
mod time;
mod variety;
mod verdicts;
mod what_if;
mod worked;
