//! Values `N b` and visits `s N`.
//!
//! Between components by substitution: values from the last component to the first, visits from the first to the last.
//! Inside one, `N = (D - U)^-1 (I - L)^-1` is two triangular passes. Nothing is subtracted, so a solution of
//! non-negative right-hand sides keeps the accuracy of the factor; with mixed signs the caller answers for cancellation.

use super::eliminate::{Numbers, Part};
use super::factor::Factor;
use super::full;
use super::iterative::Sweeps;
use super::structure::{Block, Method, Structure};

impl Factor {
    /// `rhs := N rhs` for `width` right-hand sides, row-major by state.
    ///
    /// Returns the proven bound on the relative error that iteration leaves: zero where all components were eliminated.
    pub(crate) fn solve(&self, rhs: &mut [f64], width: usize) -> f64 {
        let (mut column, mut bound) = (0, 0.0_f64);
        while column < width {
            let (lanes, reached) = match width - column {
                1 => (1, self.solve_lanes::<1>(rhs, width, column)),
                2 | 3 => (2, self.solve_lanes::<2>(rhs, width, column)),
                _ => (4, self.solve_lanes::<4>(rhs, width, column)),
            };
            column += lanes;
            bound = bound.max(reached);
        }
        bound
    }

    /// `W` right-hand sides from `column` on.
    fn solve_lanes<const W: usize>(&self, rhs: &mut [f64], width: usize, column: usize) -> f64 {
        let structure = self.structure();
        let lanes = structure.state.iter().map(|&state| {
            let start = state as usize * width + column;
            let mut lanes = [0.0; W];
            lanes.copy_from_slice(&rhs[start..start + W]);
            lanes
        });
        let mut x: Vec<[f64; W]> = lanes.collect();
        let mut bound = 0.0;
        for block in structure.blocks.iter().rev() {
            self.collect(block, &mut x);
            let values = &mut x[block.positions()];
            bound = compound(bound, self.block_values(block, values));
        }
        for (lanes, &state) in x.iter().zip(&structure.state) {
            let start = state as usize * width + column;
            rhs[start..start + W].copy_from_slice(lanes);
        }
        bound
    }

    /// Adds to a component's right-hand sides what the components after it are worth to it.
    fn collect<const W: usize>(&self, block: &Block, x: &mut [[f64; W]]) {
        let structure = self.structure();
        for place in block.positions() {
            let mut sum = x[place];
            let outside = structure.outside(place);
            let others = &structure.edges.indices[outside.clone()];
            for (&other, &p) in others.iter().zip(&self.edges[outside]) {
                add(&mut sum, p, &x[other as usize]);
            }
            x[place] = sum;
        }
    }

    /// The values inside a component, whose right-hand sides include what lies outside.
    pub(super) fn block_values<const W: usize>(&self, block: &Block, x: &mut [[f64; W]]) -> f64 {
        match block.method {
            Method::Single => {
                for lane in x.iter_mut().flatten() {
                    *lane /= self.leaks[block.first];
                }
                0.0
            }
            Method::Full | Method::Eliminate => {
                self.numbers.values(self.structure(), block, x);
                0.0
            }
            Method::Iterate => {
                let sweeps = Sweeps::values(self.source(&[]), block);
                let mut bound = 0.0_f64;
                for lane in 0..W {
                    let b: Vec<f64> = x.iter().map(|lanes| lanes[lane]).collect();
                    let (solution, reached) = sweeps.settle(&b);
                    bound = bound.max(reached);
                    for (lanes, value) in x.iter_mut().zip(solution) {
                        lanes[lane] = value;
                    }
                }
                bound
            }
        }
    }

    /// `s := s N`, with the bound of [`Factor::solve`].
    pub(crate) fn solve_transposed(&self, s: &mut [f64]) -> f64 {
        let structure = self.structure();
        let mut x: Vec<f64> = structure
            .state
            .iter()
            .map(|&state| s[state as usize])
            .collect();
        let mut bound = 0.0;
        for block in &structure.blocks {
            bound = compound(bound, self.block_visits(block, &mut x[block.positions()]));
            for place in block.positions() {
                let visits = x[place];
                let outside = structure.outside(place);
                let others = &structure.edges.indices[outside.clone()];
                for (&other, &p) in others.iter().zip(&self.edges[outside]) {
                    x[other as usize] += visits * p;
                }
            }
        }
        for (visits, &state) in x.iter().zip(&structure.state) {
            s[state as usize] = *visits;
        }
        bound
    }

    /// The visits inside a component from what enters it.
    pub(super) fn block_visits(&self, block: &Block, x: &mut [f64]) -> f64 {
        match block.method {
            Method::Single => {
                x[0] /= self.leaks[block.first];
                0.0
            }
            Method::Full | Method::Eliminate => {
                self.numbers.visits(self.structure(), block, x);
                0.0
            }
            Method::Iterate => {
                let (solution, bound) = Sweeps::visits(self.source(&[]), block).settle(x);
                x.copy_from_slice(&solution);
                bound
            }
        }
    }
}

/// Two bounds on relative errors, one after the other.
pub(super) fn compound(first: f64, second: f64) -> f64 {
    let sum = first + second;
    if sum.is_finite() {
        sum + first * second
    } else {
        f64::INFINITY
    }
}

impl Numbers {
    /// `x := N x` inside a component.
    pub(super) fn values<const W: usize>(
        &self,
        structure: &Structure,
        block: &Block,
        x: &mut [[f64; W]],
    ) {
        if block.method == Method::Full {
            full::values(self.matrix(block), x);
        } else {
            values(structure, block, self.part(structure, block), x);
        }
    }

    /// `x := x N` inside a component.
    pub(super) fn visits(&self, structure: &Structure, block: &Block, x: &mut [f64]) {
        if block.method == Method::Full {
            full::visits(self.matrix(block), x);
        } else {
            visits(structure, block, self.part(structure, block), x);
        }
    }
}

/// `x := N x` inside a component that is eliminated state by state.
fn values<const W: usize>(
    structure: &Structure,
    block: &Block,
    part: Part<'_>,
    x: &mut [[f64; W]],
) {
    let (sparse, size) = (block.tail - block.first, block.tail_states());
    let lower = structure.lower.range(block.rows).start;
    for i in 0..block.states() {
        let mut sum = x[i];
        let range = structure.lower.range(block.rows + i);
        let shares = &part.lower[range.start - lower..range.end - lower];
        for (&k, &share) in structure.lower.indices[range].iter().zip(shares) {
            add(&mut sum, share, &x[k as usize]);
        }
        if i >= sparse {
            let row = &part.matrix[(i - sparse) * size..];
            for (&share, earlier) in row.iter().zip(&x[sparse..i]) {
                add(&mut sum, share, earlier);
            }
        }
        x[i] = sum;
    }
    for i in (0..size).rev() {
        let row = &part.matrix[i * size + i + 1..(i + 1) * size];
        let mut sum = x[sparse + i];
        for (&through, later) in row.iter().zip(&x[sparse + i + 1..]) {
            add(&mut sum, through, later);
        }
        x[sparse + i] = sum.map(|lane| lane / part.pivots[sparse + i]);
    }
    let upper = structure.upper.range(block.rows).start;
    for i in (0..sparse).rev() {
        let mut sum = x[i];
        let range = structure.upper.range(block.rows + i);
        let throughs = &part.upper[range.start - upper..range.end - upper];
        for (&j, &through) in structure.upper.indices[range].iter().zip(throughs) {
            add(&mut sum, through, &x[j as usize]);
        }
        x[i] = sum.map(|lane| lane / part.pivots[i]);
    }
}

/// `x := x N` inside a component that is eliminated state by state.
fn visits(structure: &Structure, block: &Block, part: Part<'_>, x: &mut [f64]) {
    let (sparse, size) = (block.tail - block.first, block.tail_states());
    let upper = structure.upper.range(block.rows).start;
    for i in 0..sparse {
        let share = x[i] / part.pivots[i];
        x[i] = share;
        let range = structure.upper.range(block.rows + i);
        let throughs = &part.upper[range.start - upper..range.end - upper];
        for (&j, &through) in structure.upper.indices[range].iter().zip(throughs) {
            x[j as usize] += share * through;
        }
    }
    for i in 0..size {
        let share = x[sparse + i] / part.pivots[sparse + i];
        x[sparse + i] = share;
        let row = &part.matrix[i * size + i + 1..(i + 1) * size];
        for (later, &through) in x[sparse + i + 1..].iter_mut().zip(row) {
            *later += share * through;
        }
    }
    let lower = structure.lower.range(block.rows).start;
    for i in (0..block.states()).rev() {
        let visits = x[i];
        if i >= sparse {
            let row = &part.matrix[(i - sparse) * size..];
            for (earlier, &share) in x[sparse..i].iter_mut().zip(row) {
                *earlier += visits * share;
            }
        }
        let range = structure.lower.range(block.rows + i);
        let shares = &part.lower[range.start - lower..range.end - lower];
        for (&k, &share) in structure.lower.indices[range].iter().zip(shares) {
            x[k as usize] += visits * share;
        }
    }
}

/// `sum += factor * term` in every lane.
pub(super) fn add<const W: usize>(sum: &mut [f64; W], factor: f64, term: &[f64; W]) {
    for (lane, term) in sum.iter_mut().zip(term) {
        *lane += factor * term;
    }
}
