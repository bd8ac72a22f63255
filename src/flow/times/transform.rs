//! The distribution of a sum of waits, from the transforms of its parts.
//!
//! ```text
//! g_b(z) = (exp(-z a) - exp(-z b)) / (z (b - a))    a wait that lies anywhere between a and b alike: a bucket
//! w(z)   = sum over buckets of their shares g(z)    the waits of a way, as they were counted
//! f_i(z) = done_i + sum over ways p w(z) f_to(z)     from state i on: E[exp(-z T); what is followed comes about]
//! ```
//!
//! The last line is solved by sweeps (Gauss and Seidel), which come to rest since journeys end.

use crate::statistics::Complex;

/// States with ways between them on which time passes.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) starts: Vec<(u32, f64)>,
    /// By state: the share of arrivals at which what is followed has come about.
    pub(super) done: Vec<f64>,
    /// By state: where its ways begin; one entry more than there are states.
    pub(super) first: Vec<usize>,
    pub(super) ways: Vec<TimedWay>,
    /// The waits that ways have: share and bucket, from where to where in seconds.
    pub(super) waits: Vec<Vec<(u32, f64)>>,
    pub(super) buckets: Vec<(f64, f64)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct TimedWay {
    pub(super) to: u32,
    pub(super) p: f64,
    /// Which of the waits; none where no time passes that is known.
    pub(super) wait: Option<u32>,
}

/// Sweeps beyond which the answer is not awaited.
const MOST_SWEEPS: usize = 2_000;
const NEAR: f64 = 1e-11;

impl Times {
    /// The transform at a place; `None` where the sweeps do not come to rest.
    pub(super) fn at(&self, z: Complex) -> Option<Complex> {
        let buckets: Vec<Complex> = self.buckets.iter().map(|&edges| bucket(z, edges)).collect();
        let waits: Vec<Complex> = self
            .waits
            .iter()
            .map(|parts| {
                parts.iter().fold(Complex::default(), |sum, &(at, share)| {
                    let part = buckets.get(at as usize).copied().unwrap_or_default();
                    sum + part.scaled(share)
                })
            })
            .collect();
        let weights: Vec<Complex> = self
            .ways
            .iter()
            .map(|way| {
                let wait = way.wait.and_then(|wait| waits.get(wait as usize).copied());
                wait.unwrap_or(Complex::ONE).scaled(way.p)
            })
            .collect();
        self.settle(&weights)
    }

    fn settle(&self, weights: &[Complex]) -> Option<Complex> {
        let states = self.done.len();
        let mut f: Vec<Complex> = self
            .done
            .iter()
            .map(|&done| Complex::new(done, 0.0))
            .collect();
        for sweep in 0..MOST_SWEEPS {
            let mut moved = 0.0_f64;
            for step in 0..states {
                // Backwards and forwards in turn: whichever way the map was drawn, one of them is with the flow.
                let state = if sweep % 2 == 0 {
                    states - 1 - step
                } else {
                    step
                };
                let range = self.first[state]..self.first[state + 1];
                let ways = self.ways[range.clone()].iter().zip(&weights[range]);
                let sum = ways.fold(
                    Complex::new(self.done[state], 0.0),
                    |sum, (way, &weight)| sum + weight * f[way.to as usize],
                );
                moved = moved.max((sum.re - f[state].re).abs() + (sum.im - f[state].im).abs());
                f[state] = sum;
            }
            if moved < NEAR {
                let starts = self.starts.iter();
                return Some(starts.fold(Complex::default(), |sum, &(state, share)| {
                    sum + f[state as usize].scaled(share)
                }));
            }
        }
        None
    }
}

fn bucket(z: Complex, (low, high): (f64, f64)) -> Complex {
    let width = z.scaled(high - low);
    let minus = |time: f64| z.scaled(-time).exp();
    if width.size() < 1e-4 {
        // As good, and no difference of two that are nearly the same.
        return minus(f64::midpoint(low, high));
    }
    (minus(low) + minus(high).scaled(-1.0)).over(width)
}
