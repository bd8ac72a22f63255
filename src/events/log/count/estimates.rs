//! Figures with their intervals.

use super::plan::Plan;
use crate::journey::{CountedFigure, CountedName, CountedPart};
use crate::statistics::{Ratio, clustered_wilson, student, wilson};

/// A share of journeys or of observations.
pub(super) fn share(
    name: CountedName,
    of: Vec<CountedPart>,
    (ratio, journeys, single): (Ratio, u64, bool),
    by_customer: bool,
) -> CountedFigure {
    let interval = if single && !by_customer {
        wilson(ratio.value().clamp(0.0, 1.0), ratio.below)
    } else {
        clustered_wilson(&ratio)
    };
    CountedFigure::new(
        name,
        of,
        ratio.value(),
        Some(interval),
        ratio.standard_error(),
        journeys,
    )
}

/// Anything else.
pub(super) fn mean(
    name: CountedName,
    of: Vec<CountedPart>,
    (ratio, journeys, _): (Ratio, u64, bool),
) -> CountedFigure {
    let (interval, error) = (ratio.interval(), ratio.standard_error());
    CountedFigure::new(name, of, ratio.value(), interval, error, journeys)
}

/// The square root of a ratio: its score is (A - f^2 B) / (2 f sum B).
pub(super) fn root(name: CountedName, (ratio, journeys, _): (Ratio, u64, bool)) -> CountedFigure {
    let value = ratio.value().max(0.0).sqrt();
    let error = ratio.standard_error().filter(|_| value > 0.0);
    let error = error.map(|error| error / (2.0 * value));
    let interval = around(value, error, ratio.clusters);
    CountedFigure::new(name, Vec::new(), value, interval, error, journeys)
}

pub(super) fn around(value: f64, error: Option<f64>, clusters: f64) -> Option<(f64, f64)> {
    let half = student(clusters - 1.0) * error?;
    Some((value - half, value + half))
}

/// The standard deviation of the length and its error, from the scores ((L - m)^2 - s^2) / (2 s) of journeys.
pub(super) struct Lengths {
    mean: f64,
    /// (L - m)^2, and how many journeys, of the cluster that is open.
    now: (f64, f64),
    /// Of each cluster.
    clusters: Vec<(f64, f64)>,
}

impl Lengths {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            mean: plan.mean_length(),
            now: (0.0, 0.0),
            clusters: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, length: usize) {
        self.now.0 += (length as f64 - self.mean).powi(2);
        self.now.1 += 1.0;
    }

    pub(super) fn close(&mut self) {
        self.clusters.push(std::mem::take(&mut self.now));
    }

    pub(super) fn figure(&self) -> Option<CountedFigure> {
        let journeys: f64 = self.clusters.iter().map(|&(_, n)| n).sum();
        let squares: f64 = self.clusters.iter().map(|&(squares, _)| squares).sum();
        if journeys < 1.0 {
            return None;
        }
        let variance = squares / journeys;
        let value = variance.sqrt();
        let count = self.clusters.len() as f64;
        let scores = self
            .clusters
            .iter()
            .map(|&(squares, n)| ((squares - n * variance) / (2.0 * value)).powi(2));
        let error = (value > 0.0 && count > 1.0)
            .then(|| (count / (count - 1.0) * scores.sum::<f64>()).sqrt() / journeys);
        let interval = around(value, error, count);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count that was added up"
        )]
        let counted = journeys as u64;
        Some(CountedFigure::new(
            CountedName::LengthSd,
            Vec::new(),
            value,
            interval,
            error,
            counted,
        ))
    }
}
