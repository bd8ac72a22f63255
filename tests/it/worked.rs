//! Journeys worked by hand: every expectation is a fraction whose derivation stands beside it.

mod channels;
mod dead_ends;
mod flight;
mod repair;

use customer_journey::analysis::{
    ExtremeValence, LikelyPath, OutcomeFigures, PainCauseKind, PainPoint, PhaseFigures,
    TouchpointFigures, TurningPoint,
};
use customer_journey::{Outcome, Report};

/// Ten times the accuracy that is promised for probabilities, for the sums of products that figures are.
const CLOSE: f64 = 1e-13;

/// Stops unless two figures agree; a 0 must be a 0.
#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: f64) {
    let got = got.into().unwrap();
    let error = (got - expected).abs();
    assert!(
        error <= CLOSE * expected.abs().max(1e-2),
        "{got} instead of {expected}"
    );
}

#[track_caller]
fn touchpoint<'a>(report: &'a Report, id: &str) -> &'a TouchpointFigures {
    report.touchpoints.iter().find(|t| t.id == id).unwrap()
}

#[track_caller]
fn outcome<'a>(report: &'a Report, id: &str, outcome: &str) -> &'a OutcomeFigures {
    let mut outcomes = touchpoint(report, id).outcomes.iter();
    outcomes.find(|o| o.outcome.as_str() == outcome).unwrap()
}

/// Hurt of unknown feeling.
const UNKNOWN: f64 = f64::NAN;

/// Visits, reach, hurt and broken of a touchpoint.
#[track_caller]
fn counts(report: &Report, id: &str, expected: [f64; 4]) {
    let figures = touchpoint(report, id);
    close(figures.visits, expected[0]);
    close(figures.reach, expected[1]);
    match figures.hurt {
        Some(hurt) => close(hurt, expected[2]),
        None => assert!(expected[2].is_nan(), "{id}: unknown"),
    }
    close(figures.broken, expected[3]);
    close(figures.repeats, expected[0] / expected[1]);
}

/// Probability, lift, coverage and decides of an outcome seen from a touchpoint.
#[track_caller]
fn seen_from(report: &Report, id: &str, name: &str, expected: [f64; 4]) {
    let figures = outcome(report, id, name);
    close(figures.probability, expected[0]);
    close(figures.lift, expected[1]);
    close(figures.coverage, expected[2]);
    close(figures.decides, expected[3]);
}

#[track_caller]
fn outcomes(report: &Report, expected: &[(&str, f64)]) {
    let names: Vec<&str> = report.outcomes.iter().map(|o| o.outcome.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|&(name, _)| name).collect();
    assert_eq!(names, wanted);
    for (share, &(_, probability)) in report.outcomes.iter().zip(expected) {
        close(share.probability, probability);
    }
}

/// Reach, moments, coverage, mean, sd, positive, neutral and negative of a phase.
#[track_caller]
fn phase(figures: &PhaseFigures, expected: [f64; 8]) {
    close(figures.reach, expected[0]);
    close(figures.moments, expected[1]);
    close(figures.coverage, expected[2]);
    close(figures.mean, expected[3]);
    close(figures.sd, expected[4]);
    close(figures.positive, expected[5]);
    close(figures.neutral, expected[6]);
    close(figures.negative, expected[7]);
}

/// The valences that have a chance, ascending.
#[track_caller]
fn extreme(extreme: &ExtremeValence, mean: f64, expected: &[(f64, f64)]) {
    close(extreme.mean, mean);
    let listed: Vec<_> = extreme.distribution.iter().collect();
    assert!(listed.is_sorted_by(|a, b| a.valence < b.valence));
    let possible: Vec<_> = listed.iter().filter(|c| c.probability > 0.0).collect();
    assert_eq!(possible.len(), expected.len(), "{possible:?}");
    for (chance, &(valence, probability)) in possible.iter().zip(expected) {
        close(chance.valence, valence);
        close(chance.probability, probability);
    }
}

/// (from, to, flow, change), in order.
#[track_caller]
fn turns(turns: &[TurningPoint], expected: &[(&str, &str, f64, f64)]) {
    assert_eq!(turns.len(), expected.len(), "{turns:?}");
    for (turn, &(from, to, flow, change)) in turns.iter().zip(expected) {
        assert_eq!((turn.from.as_str(), turn.to.as_str()), (from, to));
        close(turn.flow, flow);
        close(turn.change, change);
    }
}

#[track_caller]
fn path(path: &LikelyPath, ids: &[&str], ending: impl Into<Outcome>, probability: f64) {
    assert_eq!(path.touchpoints, ids);
    assert_eq!(path.outcome, ending.into());
    close(path.probability, probability);
}

#[track_caller]
fn causes(pain: &PainPoint, expected: &[(PainCauseKind, f64)]) {
    let names: Vec<PainCauseKind> = pain.causes.iter().map(|cause| cause.kind).collect();
    let wanted: Vec<PainCauseKind> = expected.iter().map(|&(cause, _)| cause).collect();
    assert_eq!(names, wanted, "{}", pain.id);
    for (cause, &(_, figure)) in pain.causes.iter().zip(expected) {
        close(cause.figure, figure);
    }
}
