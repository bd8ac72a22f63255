//! Components that elimination would fill too much: sweeps from below, with a proven bound.
//!
//! Gauss-Seidel on `out_i x_i = b_i + sum of p_ij x_j over the other j`, where `out_i` is the sum of all that leads away
//! from `i`. For `b >= 0` it starts at zero, grows, and subtracts nothing. States are visited against the
//! direction of most transitions (for visits: along it), so one sweep carries a value through the component.
//!
//! | symbol | meaning |
//! |---|---|
//! | `M` | `(M x)_i = out_i x_i - sum of p_ij x_j`: the monotone matrix `I - P` of the component, or its transpose |
//! | `r` | `b - M x`, the residual |
//! | `w` | any vector with `M w > 0`; here nearly `M^-1 x` |
//!
//! Because `M^-1 >= 0`, `|r| <= e M w` gives `|x* - x| = |M^-1 r| <= e w` (Ogita, Oishi and Ushiro 2001). With
//! `w = M^-1 x` the bound is relative in every component, and `w_i / x_i` is what it should be: the mean number of
//! steps still to go when journeys are weighted by what they contribute to `x_i`. Both `r` and `M w` are computed with the
//! rounding errors of their own computation on the unfavourable side, so the bound is a proof and not an estimate. Near the
//! end of the range of numbers nothing can be proven relatively: values below [`TINY`] are only known to be about as small.

use super::eliminate::Source;
use super::structure::Block;

/// The relative error that iteration aims at.
const TARGET: f64 = 1e-12;

/// Sweeping ends after so many visits to transitions, or so many sweeps, whatever bound is then reached.
const LIMIT: usize = 1_000_000_000;
const SWEEPS: usize = 20_000;

/// So many sweeps are usual, those for the bound included; it may take far fewer or more.
pub(super) const USUAL: usize = 200;

/// Values that change by no more than this, relatively, are looked at for their bound.
const STILL: f64 = 4.0 * f64::EPSILON;

/// Below this the bound is absolute: relative to this value, or better.
const TINY: f64 = 1e-260;

/// Sweeps between two looks at the bound.
const ROUND: usize = 4;

/// The equations of one component.
pub(super) struct Sweeps {
    offsets: Vec<usize>,
    others: Vec<u32>,
    values: Vec<f64>,
    outflow: Vec<f64>,
    /// The relative rounding error of each row's sums.
    rounding: Vec<f64>,
    /// Whether states are visited from the last to the first.
    downwards: bool,
}

impl Sweeps {
    /// The equations of values, `M = I - P`.
    pub(super) fn values(source: Source<'_>, block: &Block) -> Self {
        let edges = &source.structure.edges;
        let rows = block.positions().enumerate().map(|(i, place)| {
            let inside = source.structure.inside(place);
            let open = !source.is_closed(i);
            inside.filter(move |_| open).map(move |edge| {
                (
                    edges.indices[edge] as usize - block.first,
                    source.edges[edge],
                )
            })
        });
        Self::new(source, block, rows, true)
    }

    /// The equations of visits, the transpose of `M = I - P`.
    pub(super) fn visits(source: Source<'_>, block: &Block) -> Self {
        let incoming = source.structure.incoming();
        let rows = block.positions().map(|place| {
            let entries = incoming.sources.range(place);
            let inside = entries.filter(|&entry| {
                block
                    .positions()
                    .contains(&(incoming.sources.indices[entry] as usize))
            });
            inside.filter_map(move |entry| {
                let from = incoming.sources.indices[entry] as usize - block.first;
                (!source.is_closed(from))
                    .then(|| (from, source.edges[incoming.edges[entry] as usize]))
            })
        });
        Self::new(source, block, rows, false)
    }

    fn new<R>(
        source: Source<'_>,
        block: &Block,
        rows: impl Iterator<Item = R>,
        downwards: bool,
    ) -> Self
    where
        R: Iterator<Item = (usize, f64)>,
    {
        let mut sweeps = Self {
            offsets: vec![0],
            others: Vec::new(),
            values: Vec::new(),
            outflow: Vec::with_capacity(block.states()),
            rounding: Vec::with_capacity(block.states()),
            downwards,
        };
        for ((i, place), row) in block.positions().enumerate().zip(rows) {
            let start = sweeps.others.len();
            for (other, value) in row {
                sweeps.others.push(super::narrow(other));
                sweeps.values.push(value);
            }
            sweeps.offsets.push(sweeps.others.len());
            let mut outflow = 1.0;
            if !source.is_closed(i) {
                let inside = source.structure.inside(place);
                outflow = source.leaks[place] + source.edges[inside].iter().sum::<f64>();
            }
            sweeps.outflow.push(outflow);
            // A sum of m products, or of m terms times a factor, is off by at most m + 1 units, a further term makes m + 2; two
            // more pay for the rounding of the bounds themselves.
            let terms = source
                .structure
                .edges
                .range(place)
                .len()
                .max(sweeps.others.len() - start)
                + 4;
            sweeps.rounding.push(terms as f64 * f64::EPSILON / 2.0);
        }
        sweeps
    }

    /// Solves `M x = b`; gives `x` and the proven bound on its relative error, infinite where there is no proof.
    pub(super) fn settle(&self, b: &[f64]) -> (Vec<f64>, f64) {
        let mut x = vec![0.0; b.len()];
        let mut left = SWEEPS.min(LIMIT / (self.values.len() + b.len()).max(1));
        for _ in 0..left / 2 {
            left -= 1;
            if self.sweep(b, &mut x) <= STILL {
                break;
            }
        }
        let Some((w, slack)) = self.witness(&x, &mut left) else {
            return (x, f64::INFINITY);
        };
        let mut bound = self.bound(b, &x, &w, &slack);
        // A better iterate gives a better bound, until rounding stops it.
        while bound > TARGET && left > 0 {
            let mut next = x.clone();
            for _ in 0..ROUND.min(left) {
                self.sweep(b, &mut next);
            }
            left = left.saturating_sub(ROUND);
            let reached = self.bound(b, &next, &w, &slack);
            if reached.partial_cmp(&bound) != Some(std::cmp::Ordering::Less) {
                break;
            }
            (x, bound) = (next, reached);
        }
        (x, bound)
    }

    /// One sweep; gives the largest relative change.
    fn sweep(&self, b: &[f64], x: &mut [f64]) -> f64 {
        let mut change = 0.0_f64;
        for step in 0..b.len() {
            let i = if self.downwards {
                b.len() - 1 - step
            } else {
                step
            };
            let sum = b[i] + self.inflow(i, x);
            let value = if sum == 0.0 {
                0.0
            } else {
                sum / self.outflow[i]
            };
            if value != 0.0 {
                change = change.max((value - x[i]).abs() / value.abs().max(TINY));
            }
            x[i] = value;
        }
        change
    }

    /// `sum of p_ij x_j`.
    fn inflow(&self, i: usize, x: &[f64]) -> f64 {
        let row = self.offsets[i]..self.offsets[i + 1];
        let terms = self.others[row.clone()].iter().zip(&self.values[row]);
        terms.map(|(&j, &p)| p * x[j as usize]).sum()
    }

    /// A vector `w` with `M w >= (|x| + TINY) / 4`, and `M w` itself rounded down.
    fn witness(&self, x: &[f64], left: &mut usize) -> Option<(Vec<f64>, Vec<f64>)> {
        let weights: Vec<f64> = x.iter().map(|value| value.abs() + TINY).collect();
        let mut w = weights.clone();
        let mut slack = vec![0.0; x.len()];
        while *left > 0 {
            for _ in 0..ROUND.min(*left) {
                self.sweep(&weights, &mut w);
            }
            *left = left.saturating_sub(ROUND);
            for (i, slack) in slack.iter_mut().enumerate() {
                let (out, inflow) = (self.outflow[i] * w[i], self.inflow(i, &w));
                *slack = (out - inflow) - self.rounding[i] * (out + inflow);
            }
            if slack
                .iter()
                .zip(&weights)
                .all(|(&slack, &weight)| slack >= weight / 4.0)
            {
                return Some((w, slack));
            }
            if w.iter().any(|value| !value.is_finite()) {
                break;
            }
        }
        None
    }

    /// The bound on the relative error of `x`.
    fn bound(&self, b: &[f64], x: &[f64], w: &[f64], slack: &[f64]) -> f64 {
        let (mut excess, mut stretch) = (0.0_f64, 0.0_f64);
        for i in 0..x.len() {
            let (out, inflow) = (self.outflow[i] * x[i], self.inflow(i, x));
            let size = b[i].abs() + out.abs() + inflow.abs();
            if size > 0.0 {
                let residual = (b[i] + inflow - out).abs() + self.rounding[i] * size.max(TINY);
                excess = excess.max(residual / slack[i]);
                stretch = stretch.max(w[i] / x[i].abs().max(TINY));
            }
        }
        let relative = excess * stretch * (1.0 + 8.0 * f64::EPSILON);
        if relative < 0.5 {
            relative / (1.0 - relative)
        } else {
            f64::INFINITY
        }
    }
}
