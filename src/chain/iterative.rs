//! Components that elimination would fill too much: sweeps with a proven bound.
//!
//! Gauss-Seidel on `out_i x_i = b_i + sum of p_ij x_j over the other j`, where `out_i` is the sum of all that leads away
//! from `i`. For `b >= 0` it starts at zero and grows. States are visited against the
//! direction of most transitions (for visits: along it), so one sweep carries a value through the component. A component
//! that hardly leaks has at least one mode that sweeps hardly change, so sweeps that go on are extrapolated
//! ([`super::extrapolation`]), and what they leave is solved for in the same way: `M d = r`, with `r` from sums in two parts.
//! Then `x` is no lower bound any more, nor need it be: the bound below holds for any `x`.
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
use super::extrapolation::History;
use super::structure::Block;
use std::cmp::Ordering;

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

/// Once extrapolated, values that change by no more than this are left to their residual. Its equation is solved as roughly.
const ROUGH: f64 = 1e-7;

/// Sweeps before the first extrapolation.
const PLAIN: usize = 24;

/// Sweeps between two extrapolations, or two looks at the witness.
const ROUND: usize = 4;

/// Extrapolation ends where in so many sweeps the change does not become half of what it was.
const PATIENCE: usize = 400;

/// The equations of one component.
pub(super) struct Sweeps {
    offsets: Vec<usize>,
    others: Vec<u32>,
    values: Vec<f64>,
    /// What leads away, and what its rounding took away.
    outflow: Vec<f64>,
    outflow_low: Vec<f64>,
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
            outflow_low: Vec::with_capacity(block.states()),
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
            let mut outflow = Sum::default();
            if source.is_closed(i) {
                outflow.add(1.0);
            } else {
                outflow.add(source.leaks[place]);
                for &p in &source.edges[source.structure.inside(place)] {
                    outflow.add(p);
                }
            }
            let (outflow, low) = two_sum(outflow.high, outflow.low);
            sweeps.outflow.push(outflow);
            sweeps.outflow_low.push(low);
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
        let mut left = SWEEPS.min(LIMIT / (self.values.len() + b.len()).max(1));
        let mut x = vec![0.0; b.len()];
        let mut approach = Approach::default();
        for _ in 0..left / 2 {
            left -= 1;
            let change = approach.step(self, b, &mut x, None);
            let enough = if approach.extrapolated { ROUGH } else { STILL };
            if change <= enough {
                break;
            }
        }
        let weights: Vec<f64> = x.iter().map(|value| value.abs() + TINY).collect();
        let Some(witness) = self.witness(&weights, &mut left) else {
            return (x, f64::INFINITY);
        };
        let mut low = vec![0.0; b.len()];
        let (mut residual, mut bound) = self.residual(b, &x, &low, &witness);
        // The residual leads to what is missing, until rounding stops it.
        while bound > TARGET && left > 0 {
            let missing = self.missing(&residual, &weights, &mut left);
            let parts = x.iter().zip(&low).zip(&missing);
            let (next, next_low): (Vec<f64>, Vec<f64>) = parts
                .map(|((&x, low), missing)| two_sum(x, low + missing))
                .unzip();
            let (rest, reached) = self.residual(b, &next, &next_low, &witness);
            if reached.partial_cmp(&bound) != Some(Ordering::Less) {
                break;
            }
            let stuck = reached > bound / 2.0;
            (x, low, residual, bound) = (next, next_low, rest, reached);
            if stuck {
                break;
            }
        }
        // The lower parts of `x` are not handed out.
        bound += f64::EPSILON;
        if bound < 0.5 {
            (x, bound / (1.0 - bound) * (1.0 + 8.0 * f64::EPSILON))
        } else {
            (x, f64::INFINITY)
        }
    }

    /// Solves `M d = r` for a residual, roughly; `weights` say what is small.
    fn missing(&self, r: &[f64], weights: &[f64], left: &mut usize) -> Vec<f64> {
        let mut d = vec![0.0; r.len()];
        let mut approach = Approach::default();
        let mut largest = 0.0_f64;
        while *left > 0 {
            *left -= 1;
            let change = approach.step(self, r, &mut d, Some(weights));
            largest = largest.max(change);
            if change <= ROUGH * largest {
                break;
            }
        }
        d
    }

    /// One sweep; gives the largest change, relative to the values or, if there are any, to the weights.
    fn sweep(&self, b: &[f64], x: &mut [f64], weights: Option<&[f64]>) -> f64 {
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
                let weight = weights.map_or_else(|| value.abs().max(TINY), |weights| weights[i]);
                change = change.max((value - x[i]).abs() / weight);
            }
            x[i] = value;
        }
        change
    }

    /// `sum of p_ij x_j`.
    fn inflow(&self, i: usize, x: &[f64]) -> f64 {
        self.row(i).map(|(j, p)| p * x[j]).sum()
    }

    /// The `j` and `p_ij` of a row.
    fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let row = self.offsets[i]..self.offsets[i + 1];
        let terms = self.others[row.clone()].iter().zip(&self.values[row]);
        terms.map(|(&j, &p)| (j as usize, p))
    }

    /// A vector `w >= 0` with `M w >= weights / 4`, and `M w` itself rounded down.
    fn witness(&self, weights: &[f64], left: &mut usize) -> Option<Witness> {
        let mut w = weights.to_vec();
        let mut slack = vec![0.0; w.len()];
        let mut approach = Approach::default();
        while *left > 0 {
            for _ in 0..ROUND.min(*left) {
                approach.step(self, weights, &mut w, None);
            }
            *left = left.saturating_sub(ROUND);
            for (i, slack) in slack.iter_mut().enumerate() {
                let (out, inflow) = (self.outflow[i] * w[i], self.inflow(i, &w));
                *slack = (out - inflow) - self.rounding[i] * (out.abs() + inflow.abs());
            }
            // Where all `w` are positive, so are the terms of their sums, which the rounding relies on.
            let mut proofs = slack.iter().zip(weights).zip(&w);
            if proofs.all(|((&slack, &weight), &w)| w > 0.0 && slack >= weight / 4.0) {
                return Some(Witness { w, slack });
            }
            if w.iter().any(|value| !value.is_finite()) {
                break;
            }
        }
        None
    }

    /// The residual of `x + low`, and the bound on its error relative to `x`.
    ///
    /// Sums are carried in two parts (Ogita, Rump and Oishi 2005). With `m` terms and the rounding unit `u`, the lower parts
    /// sum up to `(2 m + 6) u` times the size of all terms, in `4 (m + 2)` roundings; with the upper part of the sum and
    /// the two parts of the outflow that is less than `16 ((m + 4) u)^2` times it, and one rounding at the end.
    fn residual(&self, b: &[f64], x: &[f64], low: &[f64], witness: &Witness) -> (Vec<f64>, f64) {
        let (mut excess, mut stretch) = (0.0_f64, 0.0_f64);
        let mut residuals = vec![0.0; x.len()];
        for i in 0..x.len() {
            let mut sum = Sum::default();
            sum.add(b[i]);
            sum.add_product(-self.outflow[i], x[i]);
            sum.low -= self.outflow[i] * low[i] + self.outflow_low[i] * x[i];
            for (j, p) in self.row(i) {
                sum.add_product(p, x[j]);
                sum.low += p * low[j];
            }
            if sum.size > 0.0 {
                residuals[i] = sum.high + sum.low;
                let margin = 16.0 * self.rounding[i] * self.rounding[i] * sum.size.max(TINY);
                let residual = residuals[i].abs() * (1.0 + 4.0 * f64::EPSILON) + 2.0 * margin;
                if !residual.is_finite() {
                    return (residuals, f64::INFINITY);
                }
                excess = excess.max(residual / witness.slack[i]);
                stretch = stretch.max(witness.w[i] / x[i].abs().max(TINY));
            }
        }
        (residuals, excess * stretch * (1.0 + 8.0 * f64::EPSILON))
    }
}

/// A vector `w > 0` that proves, and `M w` rounded down.
struct Witness {
    w: Vec<f64>,
    slack: Vec<f64>,
}

/// Sweeps that are extrapolated once it is clear that there will be many.
#[derive(Default)]
struct Approach {
    history: History,
    before: Vec<f64>,
    sweeps: usize,
    /// The smallest change, and the sweep that first came near it.
    best: f64,
    reached: usize,
    /// Whether the values come from an extrapolation.
    extrapolated: bool,
    /// Whether extrapolation was of no use.
    plain: bool,
}

impl Approach {
    /// One more sweep, extrapolated if it is time to; gives the change by the sweep.
    fn step(
        &mut self,
        sweeps: &Sweeps,
        b: &[f64],
        x: &mut Vec<f64>,
        weights: Option<&[f64]>,
    ) -> f64 {
        self.sweeps += 1;
        let noted = self.sweeps > PLAIN && !self.plain;
        if noted {
            self.before.clone_from(x);
        }
        let change = sweeps.sweep(b, x, weights);
        if self.sweeps == 1 || change < self.best / 2.0 {
            self.best = change;
            self.reached = self.sweeps;
        }
        if noted {
            self.history.note(&self.before, x);
            if self.sweeps > self.reached + PATIENCE {
                self.plain = true;
                self.history.clear();
            } else if (self.sweeps - PLAIN).is_multiple_of(ROUND) {
                let own = |i: usize| x[i].abs() + TINY;
                let found = match weights {
                    Some(weights) => self.history.extrapolate(|i| weights[i]),
                    None => self.history.extrapolate(own),
                };
                if let Some(found) = found {
                    *x = found;
                    self.extrapolated = true;
                }
            }
        }
        change
    }
}

/// A sum in two parts, and the sum of its terms' sizes.
#[derive(Default)]
struct Sum {
    high: f64,
    low: f64,
    size: f64,
}

impl Sum {
    fn add(&mut self, term: f64) {
        let (high, low) = two_sum(self.high, term);
        self.high = high;
        self.low += low;
        self.size += term.abs();
    }

    fn add_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        self.low += a.mul_add(b, -product);
        self.add(product);
    }
}

/// `a + b` rounded, and what the rounding took away (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}
