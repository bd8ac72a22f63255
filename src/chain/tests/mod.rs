//! Chains to try the module on, and ways to compare.

mod agreement;
mod copies;
mod iteration;
mod laws;
mod loops;
mod margins;
mod oracle;

use super::order::Budget;
use super::{Factor, Structure};
use std::sync::Arc;

/// A chain as its transitions and its exits.
#[derive(Clone, Debug, Default)]
struct Chain {
    rows: Vec<Vec<(usize, f64)>>,
    exit: Vec<f64>,
}

impl Chain {
    fn new(exit: &[f64], transitions: &[(usize, usize, f64)]) -> Self {
        let mut rows = vec![Vec::new(); exit.len()];
        for &(from, to, p) in transitions {
            rows[from].push((to, p));
        }
        let exit = exit.to_vec();
        Self { rows, exit }
    }

    fn states(&self) -> usize {
        self.rows.len()
    }

    fn structure(&self, budget: Budget) -> Arc<Structure> {
        let mut offsets = vec![0];
        let mut targets = Vec::new();
        for row in &self.rows {
            targets.extend(row.iter().map(|&(to, _)| small(to)));
            offsets.push(targets.len());
        }
        Arc::new(Structure::with_budget(&offsets, &targets, budget))
    }

    fn probabilities(&self) -> Vec<f64> {
        self.rows.iter().flatten().map(|&(_, p)| p).collect()
    }

    fn factor(&self) -> Factor {
        Factor::new(
            self.structure(Budget::default()),
            &self.probabilities(),
            &self.exit,
        )
    }

    /// The factor with every component of more than one state left to iteration.
    fn iterated(&self) -> Factor {
        let none = Budget {
            work: 0.0,
            entries: 0,
        };
        Factor::new(self.structure(none), &self.probabilities(), &self.exit)
    }

    /// The same chain with state `i` called `names[i]`.
    fn renamed(&self, names: &[usize]) -> Self {
        let mut renamed = Self {
            rows: vec![Vec::new(); self.states()],
            exit: vec![0.0; self.states()],
        };
        for (i, row) in self.rows.iter().enumerate() {
            renamed.rows[names[i]] = row.iter().rev().map(|&(to, p)| (names[to], p)).collect();
            renamed.exit[names[i]] = self.exit[i];
        }
        renamed
    }
}

/// A small generator of repeatable numbers (Knuth's multiplier).
pub(crate) struct Lcg(pub(crate) u64);

impl Lcg {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap_or(0)
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.below(1 << 30) as f64 + 0.5) / f64::from(1 << 30)
    }

    fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut names: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            names.swap(i, self.below(i + 1));
        }
        names
    }
}

/// Ways in which journeys lead.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Forwards, with local loops.
    Forward,
    /// Forwards, with a few long ways back that close one large component.
    Closed,
    /// Anywhere.
    Scattered,
    /// From everywhere to everywhere.
    Full,
}

const KINDS: [Kind; 4] = [Kind::Forward, Kind::Closed, Kind::Scattered, Kind::Full];

/// A random chain of that kind; some transitions of the pattern have probability zero.
fn random_chain(kind: Kind, n: usize, seed: u64) -> Chain {
    let mut lcg = Lcg(seed ^ n as u64);
    let mut chain = Chain::default();
    for i in 0..n {
        let mut targets: Vec<usize> = match kind {
            Kind::Full => (0..n).collect(),
            Kind::Scattered => (0..4).map(|_| lcg.below(n)).collect(),
            Kind::Forward | Kind::Closed => (0..4)
                .map(|_| match lcg.below(20) {
                    0 | 1 => i - lcg.below(6).min(i),
                    2 if kind == Kind::Closed => lcg.below(i + 1),
                    3..=6 => i + 1 + lcg.below(n / 8 + 4),
                    _ => i + 1 + lcg.below(5),
                })
                .filter(|&to| to < n)
                .collect(),
        };
        targets.sort_unstable();
        targets.dedup();
        let weights: Vec<f64> = targets
            .iter()
            .map(|_| if lcg.below(12) == 0 { 0.0 } else { lcg.unit() })
            .collect();
        let leave = (0.01 + 0.1 * lcg.unit()) * targets.len().max(1) as f64 / 4.0;
        let total = leave + weights.iter().sum::<f64>();
        chain.exit.push(leave / total);
        chain.rows.push(
            targets
                .into_iter()
                .zip(weights.iter().map(|weight| weight / total))
                .collect(),
        );
    }
    chain
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs();
    assert!(
        error <= tolerance * expected.abs() || (found - expected).abs() < f64::MIN_POSITIVE,
        "{found:e} instead of {expected:e}: off by {:e}",
        error / expected.abs()
    );
}

#[track_caller]
fn assert_all_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (&found, &expected) in found.iter().zip(expected) {
        assert_close(found, expected, tolerance);
    }
}
