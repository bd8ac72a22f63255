//! The selected inverse: the entries of `N` that the factor's pattern leads to, without the others.
//!
//! | symbol | meaning |
//! |---|---|
//! | `Z` | the block of `N` of one component, `(D - U)^-1 (I - L)^-1` |
//! | `R(k)`, `C(k)` | pattern of row `k` of `U`, of column `k` of `L` |
//!
//! Takahashi, Fagan and Chen (1973) and Erisman and Tinney (1975), in a form that only adds, multiplies and divides
//! non-negative numbers; from the last pivot to the first, for `i` in `C(k)` and `j` in `R(k)`:
//!
//! ```text
//!   Z_ki = (1 / d_k) sum over j of u_kj Z_ji
//!   Z_jk = sum over i of Z_ji l_ik
//!   Z_kk = (1 / d_k) (1 + sum over j of u_kj Z_jk)
//! ```
//!
//! Every `Z_ji` on the right has been computed, because eliminating `k` connected `i` with `j`: the entries of `Z` are
//! needed, and known, on the transpose of the pattern of `L + U`. That includes `N_jk` for every transition `k -> j`.

use super::dense;
use super::eliminate::Part;
use super::factor::Factor;
use super::full;
use super::structure::{Block, Method, Structure};

/// Entries of `N`: the diagonal, and the way back along every transition.
#[derive(Clone, Debug)]
pub(crate) struct SelectedInverse {
    /// `N_kk`, by state.
    diagonal: Vec<Option<f64>>,
    /// For the components that are eliminated state by state: `Z_kk`, by row of the patterns; `Z_ki` where `L` has `l_ik`, by
    /// column; and `Z_jk` where `U` has `u_kj`, by row.
    pivots: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// `Z` of their tails, in the order of the components.
    tails: Vec<Tail>,
}

/// `Z` of the tail of one component.
#[derive(Clone, Debug)]
struct Tail {
    /// The component's first position.
    first: usize,
    entries: Vec<f64>,
}

impl Factor {
    /// The selected inverse; about two or three times the work of the elimination.
    pub(crate) fn returns(&self) -> SelectedInverse {
        let structure = self.structure();
        let mut inverse = SelectedInverse {
            diagonal: vec![None; structure.states()],
            pivots: vec![0.0; structure.upper.offsets.len() - 1],
            lower: vec![0.0; structure.lower.indices.len()],
            upper: vec![0.0; structure.upper.indices.len()],
            tails: Vec::new(),
        };
        let mut scratch = Scratch::default();
        for block in &structure.blocks {
            let states = &structure.state[block.positions()];
            match block.method {
                Method::Single => {
                    inverse.diagonal[states[0] as usize] = Some(1.0 / self.leaks[block.first]);
                }
                Method::Full => {
                    let diagonal = full::diagonal(self.numbers.matrix(block), states.len());
                    for (&state, &returns) in states.iter().zip(diagonal) {
                        inverse.diagonal[state as usize] = Some(returns);
                    }
                }
                Method::Eliminate => {
                    inverse.fill_block(
                        structure,
                        block,
                        self.numbers.part(structure, block),
                        &mut scratch,
                    );
                    for (&state, &returns) in states.iter().zip(&inverse.pivots[block.rows..]) {
                        inverse.diagonal[state as usize] = Some(returns);
                    }
                }
                Method::Iterate => {}
            }
        }
        inverse
    }
}

impl SelectedInverse {
    /// `N_kk`: the expected visits to `k` of a journey that is there now, this visit included. `None` in a component that
    /// was not eliminated.
    pub(crate) fn diagonal(&self, k: usize) -> Option<f64> {
        self.diagonal[k]
    }

    /// Fills in one component.
    fn fill_block(
        &mut self,
        structure: &Structure,
        block: &Block,
        part: Part<'_>,
        scratch: &mut Scratch,
    ) {
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        let mut tail = vec![0.0; size * size];
        dense::invert(part.matrix, &part.pivots[sparse..], &mut tail);
        for (i, row) in tail.chunks_exact(size.max(1)).enumerate() {
            self.pivots[block.rows + sparse + i] = row[i];
        }
        for k in (0..sparse).rev() {
            scratch.load(structure, block, part, k);
            self.combine_sparse(structure, block, scratch);
            combine_tail(&tail, block, scratch);
            self.store(structure, block.rows + k, part.pivots[k], scratch);
            scratch.forget();
        }
        self.tails.push(Tail {
            first: block.first,
            entries: tail,
        });
    }

    /// Both sums over all pairs of which one at least is a pivot.
    ///
    /// Such a `Z_ji` is in column `j` of `L` if `j < i`, and in row `i` of `U` if `i < j`. Those hold further entries that are not
    /// asked for; going through them all, with a factor of zero, beats looking for the right ones.
    fn combine_sparse(&self, structure: &Structure, block: &Block, scratch: &mut Scratch) {
        for place in 1..=scratch.row.split {
            let j = scratch.row.members[place] as usize;
            let range = structure.columns.range(block.rows + j);
            let through = scratch.row.factors[place];
            let mut sum = 0.0;
            for (&i, &z) in structure.columns.indices[range.clone()]
                .iter()
                .zip(&self.lower[range])
            {
                let other = scratch.column.places[i as usize] as usize;
                sum += z * scratch.column.factors[other];
                scratch.column.sums[other] += through * z;
            }
            let itself = scratch.column.places[j] as usize;
            let z = self.pivots[block.rows + j];
            sum += z * scratch.column.factors[itself];
            scratch.column.sums[itself] += through * z;
            scratch.row.sums[place] += sum;
        }
        for place in 1..=scratch.column.split {
            let i = scratch.column.members[place] as usize;
            let range = structure.upper.range(block.rows + i);
            let share = scratch.column.factors[place];
            let mut sum = 0.0;
            for (&j, &z) in structure.upper.indices[range.clone()]
                .iter()
                .zip(&self.upper[range])
            {
                let other = scratch.row.places[j as usize] as usize;
                sum += z * scratch.row.factors[other];
                scratch.row.sums[other] += share * z;
            }
            scratch.column.sums[place] += sum;
        }
    }

    /// The results for the pivot at row `row` of the patterns.
    fn store(&mut self, structure: &Structure, row: usize, pivot: f64, scratch: &Scratch) {
        for (z, sum) in self.lower[structure.columns.range(row)]
            .iter_mut()
            .zip(&scratch.column.sums[1..])
        {
            *z = sum / pivot;
        }
        self.upper[structure.upper.range(row)].copy_from_slice(&scratch.row.sums[1..]);
        let mut visits = 1.0;
        for (through, sum) in scratch.row.factors.iter().zip(&scratch.row.sums).skip(1) {
            visits += through * sum;
        }
        self.pivots[row] = visits / pivot;
    }
}

/// Both sums over the pairs in the tail.
fn combine_tail(tail: &[f64], block: &Block, scratch: &mut Scratch) {
    let (sparse, size) = (block.tail - block.first, block.tail_states());
    let Scratch { row, column } = scratch;
    let start = column.split + 1;
    for place in row.split + 1..row.members.len() {
        let j = row.members[place] as usize - sparse;
        let z_row = &tail[j * size..][..size];
        let through = row.factors[place];
        let mut total = 0.0;
        let pairs = column.members[start..].iter().zip(&column.factors[start..]);
        for ((&i, &share), sum) in pairs.zip(&mut column.sums[start..]) {
            let z = z_row[i as usize - sparse];
            total += z * share;
            *sum += through * z;
        }
        row.sums[place] += total;
    }
}

/// The row and the column of one pivot.
#[derive(Default)]
struct Scratch {
    /// `R(k)`, `u_kj` and the sums `Z_jk`.
    row: Side,
    /// `C(k)`, `l_ik` and the sums `d_k Z_ki`.
    column: Side,
}

/// Rising members with a factor and a sum each; place 0 stands for all that are not members, with the factor zero.
#[derive(Default)]
struct Side {
    members: Vec<u32>,
    factors: Vec<f64>,
    sums: Vec<f64>,
    /// How many members are pivots; the others are in the tail.
    split: usize,
    /// The place of every state of the component.
    places: Vec<u32>,
}

impl Scratch {
    fn load(&mut self, structure: &Structure, block: &Block, part: Part<'_>, k: usize) {
        let (lower, upper) = (
            structure.lower.range(block.rows).start,
            structure.upper.range(block.rows).start,
        );
        let (row, column) = (
            structure.upper.range(block.rows + k),
            structure.columns.range(block.rows + k),
        );
        let throughs = &part.upper[row.start - upper..row.end - upper];
        let slots = structure.column_slots[column.clone()].iter();
        let shares = slots.map(|&slot| part.lower[slot as usize - lower]);
        self.row.load(
            block,
            &structure.upper.indices[row],
            throughs.iter().copied(),
        );
        self.column
            .load(block, &structure.columns.indices[column], shares);
    }

    fn forget(&mut self) {
        for side in [&mut self.row, &mut self.column] {
            for &member in &side.members[1..] {
                side.places[member as usize] = 0;
            }
        }
    }
}

impl Side {
    fn load(&mut self, block: &Block, members: &[u32], factors: impl Iterator<Item = f64>) {
        self.places.resize(self.places.len().max(block.states()), 0);
        self.members.clear();
        self.members.push(0);
        self.members.extend_from_slice(members);
        self.factors.clear();
        self.factors.push(0.0);
        self.factors.extend(factors);
        self.sums.clear();
        self.sums.resize(self.members.len(), 0.0);
        for (place, &member) in (1..).zip(members) {
            self.places[member as usize] = place;
        }
        self.split =
            members.partition_point(|&member| (member as usize) < block.tail - block.first);
    }
}

/// What updates of rank one and the reach of single moments look up.
impl SelectedInverse {
    /// `N_jk`: the expected visits to `k` from `j` on. Known where `j` is `k` itself, where there is a transition from `k` to
    /// `j`, and where `j` lies in a component after that of `k`; `None` in a component that was not eliminated.
    pub(crate) fn entry(&self, factor: &Factor, j: usize, k: usize) -> Option<f64> {
        let structure = factor.structure();
        let (from, to) = (
            structure.position[j] as usize,
            structure.position[k] as usize,
        );
        let component = structure.component[to] as usize;
        if structure.component[from] as usize > component {
            return Some(0.0);
        }
        let block = &structure.blocks[component];
        if !block.positions().contains(&from) {
            return None;
        }
        let (from, to) = (from - block.first, to - block.first);
        match block.method {
            Method::Single => self.diagonal(k),
            Method::Full => {
                let stride = full::stride(block.states());
                Some(factor.numbers.matrix(block)[from * stride + to])
            }
            Method::Eliminate => self.find(structure, block, from, to),
            Method::Iterate => None,
        }
    }

    /// `Z_ji`, if the pattern has it.
    fn find(&self, structure: &Structure, block: &Block, j: usize, i: usize) -> Option<f64> {
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        let search = |indices: &[u32], range: std::ops::Range<usize>, index: usize| {
            let found = indices[range.clone()].binary_search(&super::narrow(index));
            found.ok().map(|offset| range.start + offset)
        };
        if i == j {
            Some(self.pivots[block.rows + i])
        } else if i >= sparse && j >= sparse {
            let tail = self.tails.partition_point(|tail| tail.first < block.first);
            Some(self.tails[tail].entries[(j - sparse) * size + (i - sparse)])
        } else if i < j {
            let range = structure.upper.range(block.rows + i);
            search(&structure.upper.indices, range, j).map(|entry| self.upper[entry])
        } else {
            let range = structure.columns.range(block.rows + j);
            search(&structure.columns.indices, range, i).map(|entry| self.lower[entry])
        }
    }
}
