//! Which feelings go with which endings, and with what customers say when they are asked.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::journeys::Walk;
use super::plan::{BAD, MOST_PAIRS};
use super::ratios::Ratios;
use crate::journey::{CountedFigure, CountedName, Outcome};

pub(super) struct Drivers<'a> {
    ids: Vec<&'a str>,
    outcomes: usize,
    /// By touchpoint and outcome, those of a touchpoint together.
    endings: Ratios,
    /// By touchpoint; none where nobody is asked.
    answers: Vec<Pairs>,
    units: u64,
}

impl<'a> Drivers<'a> {
    pub(super) fn new(ground: &Ground<'a>) -> Self {
        let outcomes: Vec<&str> = ground.outcomes.iter().map(Outcome::as_str).collect();
        let few = ground.ids.len() * outcomes.len() <= MOST_PAIRS;
        let mut endings = Ratios::new();
        for id in ground.ids.iter().filter(|_| few) {
            for outcome in &outcomes {
                endings.add(CountedName::OutcomeAfterOther, &[id, outcome], true);
            }
        }
        let asked = ground.measures.contains(&true);
        let answers = if asked { ground.ids.len() } else { 0 };
        Self {
            ids: ground.ids.clone(),
            outcomes: outcomes.len(),
            endings,
            answers: vec![Pairs::default(); answers],
            units: 0,
        }
    }

    /// Adds a journey.
    pub(super) fn add(&mut self, walk: &Walk) {
        // By touchpoint: how many feelings are known, their sum, and whether one is bad.
        let mut felt: BTreeMap<u32, (f64, f64, bool)> = BTreeMap::new();
        for step in &walk.steps {
            if let Some(valence) = step.valence {
                let (known, sum, bad) = felt.entry(step.node).or_default();
                *known += 1.0;
                *sum += valence;
                *bad |= valence <= BAD;
            }
        }
        for (node, (known, sum, bad)) in felt {
            let node = node as usize;
            if !bad {
                for outcome in 0..self.outcomes {
                    let ended = walk.outcome.is_some_and(|at| at as usize == outcome);
                    let entry = node * self.outcomes + outcome;
                    self.endings.give(entry, f64::from(u8::from(ended)), 1.0);
                }
            }
            if let Some(answer) = walk.answer
                && let Some(pairs) = self.answers.get_mut(node)
            {
                pairs.add(sum / known, answer);
            }
        }
        self.endings.end();
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        self.endings.close();
        self.units += 1;
    }

    pub(super) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        let mut figures = self.endings.figures(by_customer);
        for (id, pairs) in self.ids.iter().zip(&self.answers) {
            let Some(correlation) = pairs.correlation() else {
                continue;
            };
            // Journeys of a customer are alike: there are no more independent ones than customers.
            let independent = pairs.n.min(self.units) as f64;
            figures.push(CountedFigure::new(
                CountedName::GoesWith,
                vec![(*id).into()],
                correlation,
                fisher(correlation, independent),
                None,
                pairs.n,
            ));
        }
        figures
    }
}

/// Two figures of each of many journeys, with the means so far and the sums of products about them (Welford 1962): nothing is
/// lost where all are nearly equal.
#[derive(Debug, Clone, Copy, Default)]
struct Pairs {
    n: u64,
    mean: (f64, f64),
    squares: (f64, f64),
    products: f64,
}

impl Pairs {
    fn add(&mut self, x: f64, y: f64) {
        self.n += 1;
        let n = self.n as f64;
        let (dx, dy) = (x - self.mean.0, y - self.mean.1);
        self.mean.0 += dx / n;
        self.mean.1 += dy / n;
        self.squares.0 += dx * (x - self.mean.0);
        self.squares.1 += dy * (y - self.mean.1);
        self.products += dx * (y - self.mean.1);
    }

    /// Pearson's correlation; `None` where one of both is always the same.
    fn correlation(&self) -> Option<f64> {
        const SAME: f64 = 1e-12;
        let spread = self.squares.0.min(self.squares.1) / self.n as f64;
        let both = (self.squares.0 * self.squares.1).sqrt();
        (self.n >= 3 && spread > SAME).then(|| (self.products / both).clamp(-1.0, 1.0))
    }
}

/// The 95 % interval of a correlation, by its inverse hyperbolic tangent (Fisher 1921).
fn fisher(correlation: f64, n: f64) -> Option<(f64, f64)> {
    if n <= 3.0 || correlation.abs() >= 1.0 {
        return None;
    }
    let (middle, half) = (correlation.atanh(), crate::statistics::Z / (n - 3.0).sqrt());
    Some(((middle - half).tanh(), (middle + half).tanh()))
}
