//! Pain points, their causes, and where their promises were made.

use super::cells::{Sheet, row};
use crate::analysis::PainCauseKind;
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
            pain.channel.as_str(),
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
            row!(sheet, rank, &pain.id, word(known.kind), known.figure);
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
fn word(cause: PainCauseKind) -> &'static str {
    match cause {
        PainCauseKind::NegativeEmotion => "negative emotion",
        PainCauseKind::BrokenPromise => "broken promise",
        PainCauseKind::NoMandate => "no mandate",
        PainCauseKind::KeptButCold => "kept but cold",
        PainCauseKind::Repetition => "repetition",
        PainCauseKind::NotRecognised => "not recognised",
        PainCauseKind::Contradiction => "contradiction",
        PainCauseKind::DropOff => "drop-off",
    }
}
