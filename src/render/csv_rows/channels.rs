//! Needs, their channels, and every pair of these.

use super::cells::{Cell, Sheet, row};
use crate::report::Report;

pub(super) fn needs(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["need", "inconsistency", "exposure"]);
    for need in &report.channels.needs {
        row!(sheet, &need.need, need.inconsistency, need.exposure);
    }
    sheet
}

pub(super) fn channels(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "need",
        "channel",
        "exposure",
        "mean",
        "coverage",
        "kept_rate",
    ]);
    for need in &report.channels.needs {
        for channel in &need.channels {
            row!(
                sheet,
                &need.need,
                &channel.channel,
                channel.exposure,
                channel.mean,
                channel.coverage,
                channel.kept_rate,
            );
        }
    }
    sheet
}

pub(super) fn answers(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["need", "channel", "says"]);
    for need in &report.channels.needs {
        for channel in &need.channels {
            for says in &channel.says {
                row!(sheet, &need.need, &channel.channel, says);
            }
        }
    }
    sheet
}

pub(super) fn pairs(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "need",
        "a",
        "b",
        "mean_difference",
        "distance",
        "kept_rate_difference",
        "contradiction",
        "both",
        "verdict",
        "doubt",
    ]);
    for need in &report.channels.needs {
        for pair in &need.pairs {
            row!(
                sheet,
                &need.need,
                &pair.a,
                &pair.b,
                pair.mean_difference,
                pair.distance,
                pair.kept_rate_difference,
                pair.contradiction,
                pair.both,
                pair.verdict.as_ref().map(Cell::word),
                pair.inconclusive.as_ref().map(Cell::word),
            );
        }
    }
    sheet
}
