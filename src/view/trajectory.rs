//! What the chart of a trajectory shows.

use super::valence::Tone;
use crate::analysis::{CurvePoint, PhaseFigures, Trajectory};
use crate::journey::Phase;

/// Feelings before, during and after with their spread, and moment by moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TrajectoryChart {
    pub(crate) mean: Option<f64>,
    pub(crate) worst: Option<f64>,
    pub(crate) best: Option<f64>,
    pub(crate) end: Option<f64>,
    pub(crate) remembered: Option<f64>,
    /// Share of moments whose feeling is known.
    pub(crate) coverage: f64,
    pub(crate) phases: Vec<PhaseColumn>,
    pub(crate) moments: Vec<CurvePoint>,
}

/// A phase as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PhaseColumn {
    pub(crate) phase: Phase,
    /// Share of journeys that enter it.
    pub(crate) reach: f64,
    pub(crate) mean: Option<f64>,
    pub(crate) sd: Option<f64>,
    /// One standard deviation below the mean and above it; `None` where everybody feels the same.
    pub(crate) spread: Option<(f64, f64)>,
    /// Shares of the moments of known feeling, those above 0.
    pub(crate) shares: Vec<(Tone, f64)>,
}

impl TrajectoryChart {
    pub(crate) fn of(trajectory: &Trajectory) -> Self {
        Self {
            mean: trajectory.mean,
            worst: trajectory.worst.mean,
            best: trajectory.best.mean,
            end: trajectory.end,
            remembered: trajectory.remembered,
            coverage: trajectory.coverage,
            phases: trajectory.phases.iter().map(phase).collect(),
            moments: trajectory.curve.clone(),
        }
    }
}

fn phase(figures: &PhaseFigures) -> PhaseColumn {
    let spread = figures.mean.zip(figures.sd).filter(|(_, sd)| *sd > 0.0);
    let shares = [
        (Tone::Good, figures.positive),
        (Tone::Neutral, figures.neutral),
        (Tone::Bad, figures.negative),
    ];
    let shares = shares.into_iter().filter_map(|(tone, share)| {
        let share = share.filter(|share| *share > 0.0)?;
        Some((tone, share))
    });
    PhaseColumn {
        phase: figures.phase,
        reach: figures.reach,
        mean: figures.mean,
        sd: figures.sd,
        spread: spread.map(|(mean, sd)| (mean - sd, mean + sd)),
        shares: shares.collect(),
    }
}
