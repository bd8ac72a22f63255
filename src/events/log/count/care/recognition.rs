//! Who was recognised where customers turned to the provider, and what it goes with.

use super::super::estimates::around;
use super::super::ground::Ground;
use super::super::journeys::{Step, Walk};
use super::super::ratios::Ratios;
use crate::journey::{CountedFigure, CountedName, Touchpoint, begins_again, is_handed_over};

pub(in crate::events::log::count) struct Recognition {
    ratios: Ratios,
    /// Whether anybody says where customers are recognised; else nothing is counted.
    is_said: bool,
    recognised: usize,
    /// What is felt at visits, and how feelings change at hand-overs: not recognised, and recognised.
    visits: Difference,
    again: Difference,
}

impl Recognition {
    pub(in crate::events::log::count) fn new(says_abilities: bool) -> Self {
        let mut ratios = Ratios::new();
        Self {
            is_said: says_abilities,
            recognised: ratios.add(CountedName::Recognised, &[], true),
            ratios,
            visits: Difference::default(),
            again: Difference::default(),
        }
    }

    /// Adds a journey.
    pub(in crate::events::log::count) fn add(&mut self, ground: &Ground<'_>, walk: &Walk) {
        let at = |step: &Step| ground.touchpoints.get(step.node as usize).copied();
        let mut before: Option<(&Step, &Touchpoint)> = None;
        for step in &walk.steps {
            let Some(here) = at(step) else { continue };
            if here.is_turned_to() && !here.measurement {
                let knows = here.recognises();
                let share = f64::from(u8::from(knows));
                self.ratios.give(self.recognised, share, 1.0);
                self.visits.add(knows, step.valence);
                if let Some((was, from)) = before
                    && is_handed_over(from, here)
                {
                    let change = step.valence.zip(was.valence).map(|(is, was)| is - was);
                    self.again.add(!begins_again(from, here), change);
                }
            }
            before = Some((step, here));
        }
        self.ratios.end();
    }

    /// Ends a cluster.
    pub(in crate::events::log::count) fn close(&mut self) {
        self.ratios.close();
        self.visits.close();
        self.again.close();
    }

    pub(in crate::events::log::count) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        if !self.is_said {
            return Vec::new();
        }
        let mut figures = self.ratios.figures(by_customer);
        for (of, difference) in [("visits", &self.visits), ("again", &self.again)] {
            figures.extend(difference.figure(of));
        }
        figures
    }
}

/// The mean of those not recognised less the mean of those recognised, A1/B1 - A2/B2, over clusters: the score of a cluster is
/// (a1 - r1 b1) / B1 - (a2 - r2 b2) / B2.
#[derive(Debug, Default)]
struct Difference {
    /// A1, B1, A2 and B2 of the cluster that is open.
    now: [f64; 4],
    sums: [f64; 4],
    /// Sums of the products of each two of them.
    products: [[f64; 4]; 4],
    clusters: f64,
    observations: u64,
}

impl Difference {
    fn add(&mut self, recognised: bool, felt: Option<f64>) {
        let Some(felt) = felt else { return };
        let [a1, b1, a2, b2] = &mut self.now;
        let (a, b) = if recognised { (a2, b2) } else { (a1, b1) };
        *a += felt;
        *b += 1.0;
        self.observations += 1;
    }

    fn close(&mut self) {
        let now = std::mem::take(&mut self.now);
        let [_, b1, _, b2] = now;
        if b1 + b2 <= 0.0 {
            return;
        }
        self.clusters += 1.0;
        for ((part, sum), row) in now.iter().zip(&mut self.sums).zip(&mut self.products) {
            *sum += part;
            for (other, product) in now.iter().zip(row) {
                *product += part * other;
            }
        }
    }

    /// `None` where one of the two was never felt.
    fn figure(&self, of: &str) -> Option<CountedFigure> {
        let [a1, b1, a2, b2] = self.sums;
        if b1 <= 0.0 || b2 <= 0.0 {
            return None;
        }
        let (not, known) = (a1 / b1, a2 / b2);
        let slopes = [1.0 / b1, -not / b1, -1.0 / b2, known / b2];
        let variance: f64 = slopes
            .iter()
            .zip(&self.products)
            .flat_map(|(left, row)| {
                slopes
                    .iter()
                    .zip(row)
                    .map(move |(right, p)| left * right * p)
            })
            .sum();
        let n = self.clusters;
        let error = (n > 1.0).then(|| (n / (n - 1.0) * variance.max(0.0)).sqrt());
        Some(CountedFigure::new(
            CountedName::RecognisedDifference,
            vec![of.into()],
            not - known,
            around(not - known, error, n),
            error,
            self.observations,
        ))
    }
}
