//! Phases, curve, turns and paths.

use super::cells::{Sheet, row};
use crate::analysis::ArcShape;
use crate::journey::PromiseResult;
use crate::report::Report;

pub(super) fn phases(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "phase", "reach", "moments", "coverage", "mean", "sd", "positive", "neutral", "negative",
    ]);
    for figures in &report.trajectory.phases {
        row!(
            sheet,
            figures.phase.as_str(),
            figures.reach,
            figures.moments,
            figures.coverage,
            figures.mean,
            figures.sd,
            figures.positive,
            figures.neutral,
            figures.negative,
        );
    }
    sheet
}

pub(super) fn curve(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["moment", "mean", "travelling"]);
    for (moment, point) in (1_u32..).zip(&report.trajectory.curve) {
        row!(sheet, moment, point.mean, point.travelling);
    }
    sheet
}

pub(super) fn turns(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["turn", "from", "to", "when", "flow", "change"]);
    let (falls, rises) = (&report.trajectory.falls, &report.trajectory.rises);
    for (kind, turns) in [("fall", falls), ("rise", rises)] {
        for turn in turns {
            let when = turn.when.map(PromiseResult::as_str);
            row!(
                sheet,
                kind,
                &turn.from,
                &turn.to,
                when,
                turn.flow,
                turn.change
            );
        }
    }
    sheet
}

pub(super) fn paths(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["path", "probability", "outcome", "arc", "confidence"]);
    for (number, path) in (1_u32..).zip(&report.trajectory.paths) {
        row!(
            sheet,
            number,
            path.probability,
            path.outcome.as_str(),
            path.arc.map(ArcShape::as_str),
            path.confidence,
        );
    }
    sheet
}

pub(super) fn path_steps(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["path", "step", "id", "valence"]);
    for (number, path) in (1_u32..).zip(&report.trajectory.paths) {
        let steps = path.touchpoints.iter().zip(&path.valences);
        for (step, (id, valence)) in (1_u32..).zip(steps) {
            row!(sheet, number, step, id, *valence);
        }
    }
    sheet
}
