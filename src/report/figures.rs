//! The figures of a report one by one, each by its name and by the part of the journey that it is of.

use super::Report;
use super::figure::Figure;
use crate::analysis::{NeedConsistency, PhaseFigures, PromiseFigures, TouchpointFigures};
use crate::flow::OutcomeShare;

/// A figure of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ReportFigure<'a> {
    pub(crate) figure: Figure,
    pub(crate) part: ReportPart<'a>,
    /// `None` where it is unknown.
    pub(crate) value: Option<f64>,
}

/// The part of a journey that a figure is of, by its name or id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportPart<'a> {
    Whole,
    Outcome(&'a str),
    Phase(&'a str),
    Touchpoint(&'a str),
    Promise(&'a str),
    Need(&'a str),
}

impl<'a> ReportPart<'a> {
    pub(crate) fn name(self) -> Option<&'a str> {
        match self {
            Self::Whole => None,
            Self::Outcome(name)
            | Self::Phase(name)
            | Self::Touchpoint(name)
            | Self::Promise(name)
            | Self::Need(name) => Some(name),
        }
    }
}

/// A figure and how to read it off.
type Line<T> = (Figure, fn(&T) -> Option<f64>);

const WHOLE: &[Line<Report>] = &[
    (Figure::Hurt, hurt),
    (Figure::Mean, |report| report.trajectory.mean),
    (Figure::End, |report| report.trajectory.end),
    (Figure::Worst, |report| report.trajectory.worst.mean),
    (Figure::Best, |report| report.trajectory.best.mean),
    (Figure::Peak, |report| report.trajectory.peak),
    (Figure::PeakEnd, |report| report.trajectory.peak_end),
    (Figure::Remembered, |report| report.trajectory.remembered),
    (Figure::Swing, |report| report.trajectory.swing),
    (Figure::Coverage, |report| Some(report.trajectory.coverage)),
    (Figure::Broken, |report| Some(broken(report))),
    (Figure::Unhappy, |report| report.unhappy),
    (Figure::SilentChurn, |report| report.silent_churn),
    (Figure::Inconsistency, |report| {
        report.channels.inconsistency
    }),
    (Figure::Length, |report| Some(report.length)),
    (Figure::WaitS, |report| report.wait_s),
    (Figure::Cost, |report| report.money.cost),
    (Figure::CostCoverage, |report| {
        Some(report.money.cost_coverage)
    }),
    (Figure::Value, |report| report.money.value),
    (Figure::ValueCoverage, |report| {
        Some(report.money.value_coverage)
    }),
];

const OUTCOME: &[Line<OutcomeShare>] =
    &[(Figure::Probability, |outcome| Some(outcome.probability))];

const PHASE: &[Line<PhaseFigures>] = &[
    (Figure::Mean, |phase| phase.mean),
    (Figure::Coverage, |phase| phase.coverage),
    (Figure::Length, |phase| Some(phase.moments)),
    (Figure::Reach, |phase| Some(phase.reach)),
];

const TOUCHPOINT: &[Line<TouchpointFigures>] = &[
    (Figure::Hurt, |touchpoint| touchpoint.hurt),
    (Figure::Coverage, |touchpoint| Some(touchpoint.coverage)),
    (Figure::Broken, |touchpoint| Some(touchpoint.broken)),
    (Figure::Reach, |touchpoint| touchpoint.reach),
    (Figure::Visits, |touchpoint| Some(touchpoint.visits)),
];

const PROMISE: &[Line<PromiseFigures>] = &[
    (Figure::KeptRate, |promise| promise.kept_rate),
    (Figure::MeetsBroken, |promise| promise.meets_broken),
    (Figure::BrokenAfterMade, |promise| promise.broken_after_made),
    (Figure::Tests, |promise| Some(promise.tests)),
];

const NEED: &[Line<NeedConsistency>] = &[
    (Figure::Inconsistency, |need| need.inconsistency),
    (Figure::Visits, |need| Some(need.exposure)),
];

/// Unknown where no feeling is known of the whole journey.
fn hurt(report: &Report) -> Option<f64> {
    let known = report.touchpoints.iter().filter_map(|t| t.hurt);
    (report.trajectory.coverage > 0.0).then(|| known.sum())
}

fn broken(report: &Report) -> f64 {
    report.touchpoints.iter().map(|t| t.broken).sum()
}

impl Report {
    /// All of its figures: of the whole, and then of touchpoints, promises, phases, needs and outcomes, each in the order of the
    /// report.
    pub(crate) fn figures(&self) -> Vec<ReportFigure<'_>> {
        let mut figures = Vec::new();
        read(&mut figures, self, ReportPart::Whole, WHOLE);
        for known in &self.touchpoints {
            read(
                &mut figures,
                known,
                ReportPart::Touchpoint(&known.id),
                TOUCHPOINT,
            );
        }
        for known in &self.promises.ledger {
            read(
                &mut figures,
                known,
                ReportPart::Promise(&known.promise),
                PROMISE,
            );
        }
        for known in &self.trajectory.phases {
            read(
                &mut figures,
                known,
                ReportPart::Phase(known.phase.as_str()),
                PHASE,
            );
        }
        for known in &self.channels.needs {
            read(&mut figures, known, ReportPart::Need(&known.need), NEED);
        }
        for known in &self.outcomes {
            read(
                &mut figures,
                known,
                ReportPart::Outcome(known.outcome.as_str()),
                OUTCOME,
            );
        }
        figures
    }
}

fn read<'a, T>(
    figures: &mut Vec<ReportFigure<'a>>,
    known: &'a T,
    part: ReportPart<'a>,
    lines: &[Line<T>],
) {
    figures.extend(lines.iter().map(|&(figure, read)| ReportFigure {
        figure,
        part,
        value: read(known),
    }));
}
