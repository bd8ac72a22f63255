//! Pain points, their causes, and where their promises were made.

use super::cells::{Sheet, row};
use crate::analysis::Cause;
use crate::render::number::hurt_if_known;
use crate::report::Report;

pub(super) fn points(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "rank",
        "id",
        "label",
        "phase",
        "channel",
        "owner",
        "hurt",
        "share",
        "visits",
        "reach",
        "mean",
        "coverage",
        "broken",
        "repeats",
        "churn_after",
        "promise",
        "explanation",
    ]);
    for (rank, pain) in (1_u32..).zip(&report.pain_points) {
        row!(
            sheet,
            rank,
            &pain.id,
            &pain.label,
            pain.phase.as_str(),
            pain.channel.name(),
            pain.owner.as_ref(),
            hurt_if_known(pain.hurt, pain.coverage),
            pain.share,
            pain.visits,
            pain.reach,
            pain.mean,
            pain.coverage,
            pain.broken,
            pain.repeats,
            pain.churn_after,
            pain.promise.as_ref(),
            &pain.to_string(),
        );
    }
    sheet
}

pub(super) fn causes(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["rank", "id", "cause", "figure"]);
    for (rank, pain) in (1_u32..).zip(&report.pain_points) {
        for known in &pain.causes {
            row!(sheet, rank, &pain.id, word(known.cause), known.figure);
        }
    }
    sheet
}

pub(super) fn origins(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["rank", "id", "promise", "made_at"]);
    for (rank, pain) in (1_u32..).zip(&report.pain_points) {
        for place in &pain.promise_made_at {
            row!(sheet, rank, &pain.id, pain.promise.as_ref(), place);
        }
    }
    sheet
}

/// The word of the report document.
fn word(cause: Cause) -> &'static str {
    match cause {
        Cause::NegativeEmotion => "negative emotion",
        Cause::BrokenPromise => "broken promise",
        Cause::NoMandate => "no mandate",
        Cause::KeptButCold => "kept but cold",
        Cause::Repetition => "repetition",
        Cause::NotRecognised => "not recognised",
        Cause::Contradiction => "contradiction",
        Cause::DropOff => "drop-off",
    }
}
