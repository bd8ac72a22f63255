//! Where a linear iteration is heading: extrapolation from its last few steps.
//!
//! | symbol | meaning |
//! |---|---|
//! | `g(x)` | one sweep, an affine map |
//! | `f(x)` | `g(x) - x`, the step |
//!
//! Differences between earlier pairs `(g, f)` say how a change of `g` goes with a change of `f`. The combination of them that
//! takes most away from the present step, in the sense of least squares, is taken away from `g` as well (Anderson 1965). A
//! few slow modes of the iteration, such as the one of a component that hardly leaks, are gone after as many steps. What
//! comes out is a guess and no bound; whoever uses it has to prove it.

use std::collections::VecDeque;

/// So many differences are kept.
const WINDOW: usize = 6;

/// A difference that others explain up to this part of it is mostly rounding.
const DEPENDENT: f64 = 1e-9;

/// The last differences.
#[derive(Default)]
pub(super) struct History {
    last: Option<Pair>,
    differences: VecDeque<Pair>,
}

struct Pair {
    g: Vec<f64>,
    f: Vec<f64>,
}

impl History {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Notes the sweep from `before` to `g`.
    pub(super) fn note(&mut self, before: &[f64], g: &[f64]) {
        let (g, f) = (g.to_vec(), difference(g, before));
        if let Some(last) = self.last.take() {
            self.differences.truncate(WINDOW - 1);
            self.differences.push_front(Pair {
                g: difference(&g, &last.g),
                f: difference(&f, &last.f),
            });
        }
        self.last = Some(Pair { g, f });
    }

    /// Extrapolates; steps are measured relative to `scale`.
    pub(super) fn extrapolate(&self, scale: impl Fn(usize) -> f64) -> Option<Vec<f64>> {
        let last = self.last.as_ref()?;
        let inverse: Vec<f64> = (0..last.f.len()).map(|i| 1.0 / scale(i)).collect();
        let relative = |f: &[f64]| -> Vec<f64> {
            let terms = f.iter().zip(&inverse);
            terms.map(|(value, inverse)| value * inverse).collect()
        };
        let (mut x, mut step) = (last.g.clone(), relative(&last.f));
        // Gram and Schmidt, with everything that is done to `f` done to `g`.
        let mut base: Vec<Pair> = Vec::with_capacity(self.differences.len());
        for pair in &self.differences {
            let (mut g, mut f) = (pair.g.clone(), relative(&pair.f));
            let size = dot(&f, &f).sqrt();
            for other in &base {
                let share = dot(&f, &other.f);
                subtract(&mut f, share, &other.f);
                subtract(&mut g, share, &other.g);
            }
            let rest = dot(&f, &f).sqrt();
            if rest.is_finite() && rest > DEPENDENT * size {
                for value in f.iter_mut().chain(&mut g) {
                    *value /= rest;
                }
                let share = dot(&step, &f);
                subtract(&mut step, share, &f);
                subtract(&mut x, share, &g);
                base.push(Pair { g, f });
            }
        }
        x.iter().all(|value| value.is_finite()).then_some(x)
    }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn subtract(from: &mut [f64], share: f64, what: &[f64]) {
    for (value, part) in from.iter_mut().zip(what) {
        *value -= share * part;
    }
}

/// The product, in four sums that do not wait for each other.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a, b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f64 = rest.map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}
