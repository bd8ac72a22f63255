//! State elimination without subtraction, inside one strongly connected component.
//!
//! | symbol | meaning |
//! |---|---|
//! | `a_ij` | transition from `i` to `j`, direct or through states eliminated so far |
//! | `e_i` | what leaves the component from `i`: for good or to another component, direct or through eliminated states |
//! | `d_k` | pivot: `e_k + sum of a_kj over the remaining j`; the self-loop takes no part |
//! | `L` | `l_ik = a_ik / d_k` for the remaining `i` when `k` is eliminated |
//! | `U` | `u_kj = a_kj` for the remaining `j` then |
//!
//! Eliminating `k` does `a_ij += l_ik a_kj` and `e_i += l_ik e_k`. Then `I - P = (I - L)(D - U)` and
//! `N = (D - U)^-1 (I - L)^-1`. The textbook pivot `1 - a_kk` loses all its digits where a loop is hardly ever left; the
//! sum of the outflows equals it and loses none (Grassmann, Taksar and Heyman 1985). All numbers are sums, products
//! and quotients of non-negative numbers, so each comes out with a small relative error however badly conditioned
//! `I - P` is (O'Cinneide 1993: at most of the order of the square of the number of states times the rounding unit;
//! in practice a few roundings).
//!
//! The elimination goes by rows: row `i` is spread out, the eliminated `k < i` are taken out of it in their order, and it
//! is gathered into its place. That is the same arithmetic, and it touches each number of the factor once.

use super::dense;
use super::full;
use super::structure::{Block, Method, Structure};

/// The numbers of the eliminated components, or of one of them alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// `d`, by row of the patterns.
    pivots: Vec<f64>,
    /// `L` and `U` of the pivots, by entry of their patterns.
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// `L` and `U` of the tails; `N` of the components that are full matrices.
    matrices: Vec<f64>,
    base: Base,
}

/// What is at the beginning of each vector.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    row: usize,
    lower: usize,
    upper: usize,
    dense: usize,
}

/// The numbers of one component.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) pivots: &'a [f64],
    pub(super) lower: &'a [f64],
    pub(super) upper: &'a [f64],
    pub(super) matrix: &'a [f64],
}

/// The chain that the elimination starts from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) structure: &'a Structure,
    /// By edge of the structure.
    pub(super) edges: &'a [f64],
    /// What leaves the component, by position.
    pub(super) leaks: &'a [f64],
    /// States of the component from which nothing leads on, so that each visit there is the last; may be shorter.
    pub(super) closed: &'a [bool],
}

impl Source<'_> {
    /// Whether a state of the component is closed.
    pub(super) fn is_closed(&self, local: usize) -> bool {
        self.closed.get(local).copied().unwrap_or(false)
    }

    /// Adds a state's transitions inside its component to a row of zeros; gives what leaves the component.
    fn spread(&self, block: &Block, local: usize, row: &mut [f64]) -> f64 {
        if self.is_closed(local) {
            return 1.0;
        }
        let inside = self.structure.inside(block.first + local);
        let indices = &self.structure.edges.indices[inside.clone()];
        for (&to, &p) in indices.iter().zip(&self.edges[inside]) {
            row[to as usize - block.first] += p;
        }
        self.leaks[block.first + local]
    }
}

/// Rows spread out during an elimination; between uses all zero.
#[derive(Clone, Debug, Default)]
pub(super) struct Spread {
    row: Vec<f64>,
    leaks: Vec<f64>,
}

impl Numbers {
    /// Room for the whole chain.
    pub(super) fn new(structure: &Structure) -> Self {
        Self {
            pivots: vec![0.0; structure.upper.offsets.len() - 1],
            lower: vec![0.0; structure.lower.indices.len()],
            upper: vec![0.0; structure.upper.indices.len()],
            matrices: Vec::with_capacity(structure.dense),
            base: Base::default(),
        }
    }

    /// Room for one component.
    pub(super) fn of_block(structure: &Structure, block: &Block) -> Self {
        let lower = structure.lower.span(block.pattern());
        let upper = structure.upper.span(block.pattern());
        Self {
            pivots: vec![0.0; block.pattern().len()],
            lower: vec![0.0; lower.len()],
            upper: vec![0.0; upper.len()],
            matrices: Vec::new(),
            base: Base {
                row: block.rows,
                lower: lower.start,
                upper: upper.start,
                dense: block.dense,
            },
        }
    }

    /// Forgets the matrices, so that components can be eliminated again, in their order.
    pub(super) fn restart(&mut self) {
        self.matrices.clear();
    }

    /// The matrix of one component.
    pub(super) fn matrix(&self, block: &Block) -> &[f64] {
        &self.matrices[block.dense - self.base.dense..block.matrix().end - self.base.dense]
    }

    /// The numbers of one component that is eliminated state by state.
    pub(super) fn part(&self, structure: &Structure, block: &Block) -> Part<'_> {
        let Base {
            row, lower, upper, ..
        } = self.base;
        let pattern = block.pattern();
        let (lowers, uppers) = (
            structure.lower.span(pattern.clone()),
            structure.upper.span(pattern.clone()),
        );
        Part {
            pivots: &self.pivots[pattern.start - row..pattern.end - row],
            lower: &self.lower[lowers.start - lower..lowers.end - lower],
            upper: &self.upper[uppers.start - upper..uppers.end - upper],
            matrix: self.matrix(block),
        }
    }

    /// Eliminates one component.
    pub(super) fn eliminate(&mut self, source: Source<'_>, block: &Block, spread: &mut Spread) {
        match block.method {
            Method::Single | Method::Iterate => {}
            Method::Full => self.invert(source, block),
            Method::Eliminate => self.eliminate_states(source, block, spread),
        }
    }

    /// Makes `N` of a component that is one full matrix.
    fn invert(&mut self, source: Source<'_>, block: &Block) {
        let start = self.matrices.len();
        self.matrices.resize(start + block.matrix().len(), 0.0);
        let matrix = &mut self.matrices[start..];
        let mut leaks = [0.0; full::LARGEST];
        let leaks = &mut leaks[..block.states()];
        let rows = matrix.chunks_exact_mut(full::stride(block.states()));
        for (i, (row, leak)) in rows.zip(leaks.iter_mut()).enumerate() {
            *leak = source.spread(block, i, row);
        }
        full::invert(matrix, leaks);
    }

    /// Eliminates the states of a component one by one.
    fn eliminate_states(&mut self, source: Source<'_>, block: &Block, spread: &mut Spread) {
        let structure = source.structure;
        let base = self.base;
        let start = self.matrices.len();
        self.matrices.resize(start + block.matrix().len(), 0.0);
        let matrix = &mut self.matrices[start..];
        let pivots = &mut self.pivots[block.rows - base.row..][..block.states()];
        let sparse = block.tail - block.first;
        let size = block.tail_states();
        let Spread { row, leaks } = spread;
        row.resize(row.len().max(block.states()), 0.0);
        leaks.clear();
        for i in 0..block.states() {
            let mut leak = source.spread(block, i, row);
            for entry in structure.lower.range(block.rows + i) {
                let k = structure.lower.indices[entry] as usize;
                let inflow = std::mem::take(&mut row[k]);
                let share = if inflow > 0.0 {
                    inflow / pivots[k]
                } else {
                    0.0
                };
                self.lower[entry - base.lower] = share;
                if share > 0.0 {
                    leak += share * leaks[k];
                    let through = structure.upper.range(block.rows + k);
                    let values = &self.upper[through.start - base.upper..through.end - base.upper];
                    for (&j, &value) in structure.upper.indices[through].iter().zip(values) {
                        row[j as usize] += share * value;
                    }
                }
            }
            row[i] = 0.0;
            leaks.push(leak);
            if i < sparse {
                let mut outflow = leak;
                for entry in structure.upper.range(block.rows + i) {
                    let value = std::mem::take(&mut row[structure.upper.indices[entry] as usize]);
                    self.upper[entry - base.upper] = value;
                    outflow += value;
                }
                pivots[i] = outflow;
            } else {
                let remaining = &mut row[sparse..sparse + size];
                matrix[(i - sparse) * size..][..size].copy_from_slice(remaining);
                remaining.fill(0.0);
            }
        }
        dense::eliminate(matrix, &mut leaks[sparse..], &mut pivots[sparse..]);
    }
}
