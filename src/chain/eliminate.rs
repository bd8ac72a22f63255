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
use super::structure::{Block, Structure};

/// The numbers of the eliminated components, or of one of them alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// `d`, by position.
    pub(super) pivots: Vec<f64>,
    /// `L` and `U` of the pivots, by entry of their patterns.
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    /// `L` and `U` of the tails.
    pub(super) matrices: Vec<f64>,
    base: Base,
}

/// What is at the beginning of each vector.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    position: usize,
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

/// The transitions and exits that the elimination starts from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) structure: &'a Structure,
    /// By edge of the structure.
    pub(super) edges: &'a [f64],
    /// By position.
    pub(super) exits: &'a [f64],
    /// States of the component from which nothing leads on, so that each visit there is the last; may be shorter.
    pub(super) closed: &'a [bool],
}

impl Source<'_> {
    /// Whether a state of the component is closed.
    pub(super) fn is_closed(&self, local: usize) -> bool {
        self.closed.get(local).copied().unwrap_or(false)
    }

    /// What leaves the component from the state at `place`.
    pub(super) fn leak(&self, place: usize) -> f64 {
        let outside = self.structure.outside[place]..self.structure.edges.offsets[place + 1];
        self.exits[place] + self.edges[outside].iter().sum::<f64>()
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
            pivots: vec![0.0; structure.states()],
            lower: vec![0.0; structure.lower.indices.len()],
            upper: vec![0.0; structure.upper.indices.len()],
            matrices: vec![0.0; structure.dense],
            base: Base::default(),
        }
    }

    /// Room for one component.
    pub(super) fn of_block(structure: &Structure, block: &Block) -> Self {
        let base = Base {
            position: block.first,
            lower: structure.lower.offsets[block.first],
            upper: structure.upper.offsets[block.first],
            dense: block.dense,
        };
        Self {
            pivots: vec![0.0; block.states()],
            lower: vec![0.0; structure.lower.offsets[block.end] - base.lower],
            upper: vec![0.0; structure.upper.offsets[block.end] - base.upper],
            matrices: vec![0.0; block.matrix().len()],
            base,
        }
    }

    /// The numbers of one component.
    pub(super) fn part(&self, structure: &Structure, block: &Block) -> Part<'_> {
        let Base {
            position,
            lower,
            upper,
            dense,
        } = self.base;
        let (lowers, uppers) = (&structure.lower.offsets, &structure.upper.offsets);
        Part {
            pivots: &self.pivots[block.first - position..block.end - position],
            lower: &self.lower[lowers[block.first] - lower..lowers[block.end] - lower],
            upper: &self.upper[uppers[block.first] - upper..uppers[block.end] - upper],
            matrix: &self.matrices[block.dense - dense..block.matrix().end - dense],
        }
    }

    /// Eliminates one component.
    pub(super) fn eliminate(&mut self, source: Source<'_>, block: &Block, spread: &mut Spread) {
        let structure = source.structure;
        let base = self.base;
        let pivots = &mut self.pivots[block.first - base.position..block.end - base.position];
        let sparse = block.tail - block.first;
        let size = block.tail_states();
        let matrix = &mut self.matrices[block.dense - base.dense..block.matrix().end - base.dense];
        let Spread { row, leaks } = spread;
        row.resize(row.len().max(block.states()), 0.0);
        leaks.clear();
        for (i, place) in block.positions().enumerate() {
            let mut leak = 1.0;
            if !source.is_closed(i) {
                leak = source.leak(place);
                for edge in structure.edges.offsets[place]..structure.outside[place] {
                    row[structure.edges.indices[edge] as usize - block.first] += source.edges[edge];
                }
            }
            for entry in structure.lower.range(place) {
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
                    let through = structure.upper.range(block.first + k);
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
                for entry in structure.upper.range(place) {
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
