//! Feelings as they were counted on whole journeys.

use super::curve::{AT_LEAST, FEWEST};
use super::{CurvePoint, ExtremeChance, LikelyPath, Trajectory, peak_end};
use crate::flow::{Basis, Flow};
use crate::journey::{CountedName, CountedPart};

impl Trajectory {
    /// Answers with what was counted, where it was.
    pub(crate) fn count(&mut self, flow: &Flow, paths: Option<Vec<LikelyPath>>) {
        if flow.counts().is_none() {
            return;
        }
        self.basis = Basis::Counted;
        let value = |figure, known: &mut Option<f64>| {
            *known = flow.counted_value(figure, &[]).or(*known);
        };
        value(CountedName::Worst, &mut self.worst.mean);
        value(CountedName::Best, &mut self.best.mean);
        value(CountedName::Peak, &mut self.peak);
        value(CountedName::Swing, &mut self.swing);
        self.peak_end = peak_end(self.peak, self.end);
        self.remembered = self.weights.of(self.peak, self.end, self.mean);
        self.worst.counted_at_most = levels(flow, CountedName::WorstAtMost);
        self.best.counted_at_least = levels(flow, CountedName::BestAtLeast);
        self.curve = curve(flow);
        if let Some(paths) = paths {
            self.paths_coverage = coverage(&paths);
            self.paths = paths;
        }
    }
}

/// Share of journeys that follow one of them.
pub(super) fn coverage(paths: &[LikelyPath]) -> f64 {
    let shares = paths.iter().map(|path| path.probability);
    shares.sum::<f64>().min(1.0)
}

fn levels(flow: &Flow, name: CountedName) -> Vec<ExtremeChance> {
    let figures = flow.counts().into_iter().flat_map(|all| &all.figures);
    figures
        .filter(|known| known.figure == name)
        .filter_map(|known| match known.of.first() {
            Some(&CountedPart::Number(valence)) => Some(ExtremeChance {
                valence,
                probability: known.value,
            }),
            _ => None,
        })
        .collect()
}

/// As long as that of the map would be, and no longer than what was counted.
fn curve(flow: &Flow) -> Vec<CurvePoint> {
    let mut curve = Vec::new();
    let mut travelling = 1.0;
    while travelling > 0.0 && (travelling >= FEWEST || curve.len() < AT_LEAST) {
        let position = (curve.len() + 1).to_string();
        curve.push(CurvePoint {
            mean: flow.counted_value(CountedName::Curve, &[&position]),
            travelling,
        });
        let next = (curve.len() + 1).to_string();
        travelling = flow
            .counted_value(CountedName::UnderWay, &[&next])
            .unwrap_or(0.0);
    }
    curve
}
