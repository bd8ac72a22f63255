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
use super::structure::{Block, Method, Structure};
use std::ops::Range;
use std::sync::Arc;

/// Entries of `N`: the diagonal, and the way back along every transition.
#[derive(Clone, Debug)]
pub(crate) struct SelectedInverse {
    structure: Arc<Structure>,
    /// `Z_kk`, by position.
    diagonal: Vec<f64>,
    /// `Z_ki` where `L` has `l_ik`, by column; and `Z_jk` where `U` has `u_kj`, by row.
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// `Z` of the tails.
    matrices: Vec<f64>,
}

impl Factor {
    /// The selected inverse; about two or three times the work of the elimination.
    pub(crate) fn returns(&self) -> SelectedInverse {
        let structure = self.structure();
        let mut inverse = SelectedInverse {
            structure: Arc::clone(&self.structure),
            diagonal: vec![0.0; structure.states()],
            lower: vec![0.0; structure.lower.indices.len()],
            upper: vec![0.0; structure.upper.indices.len()],
            matrices: vec![0.0; structure.dense],
        };
        let mut scratch = Scratch::default();
        for block in &structure.blocks {
            match block.method {
                Method::Single => {
                    inverse.diagonal[block.first] = 1.0 / self.numbers.pivots[block.first];
                }
                Method::Eliminate => inverse.fill_block(block, self.part(block), &mut scratch),
                Method::Iterate => {}
            }
        }
        inverse
    }
}

impl SelectedInverse {
    /// `N_kk`: the expected visits to `k` of a journey that is there now, this visit included. `None` in a component that
    /// was not eliminated; see [`Factor::return_visits`].
    pub(crate) fn diagonal(&self, k: usize) -> Option<f64> {
        let place = self.structure.position[k] as usize;
        self.block(place).map(|_| self.diagonal[place])
    }

    /// `N_jk`: the expected visits to `k` from `j` on. Known where `j` is `k` itself, where there is a transition from `k` to
    /// `j`, and where `j` lies in a component after that of `k`; `None` in a component that was not eliminated.
    pub(crate) fn entry(&self, j: usize, k: usize) -> Option<f64> {
        let structure = &*self.structure;
        let (from, to) = (
            structure.position[j] as usize,
            structure.position[k] as usize,
        );
        if structure.component[from] > structure.component[to] {
            return Some(0.0);
        }
        let block = self
            .block(to)
            .filter(|block| block.positions().contains(&from))?;
        self.find(block, from - block.first, to - block.first)
    }

    /// The component of a position, if it was eliminated.
    fn block(&self, place: usize) -> Option<&Block> {
        let block = &self.structure.blocks[self.structure.component[place] as usize];
        (block.method != Method::Iterate).then_some(block)
    }

    /// `Z_ji`, if the pattern has it.
    fn find(&self, block: &Block, j: usize, i: usize) -> Option<f64> {
        let structure = &*self.structure;
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        if i == j {
            Some(self.diagonal[block.first + i])
        } else if i >= sparse && j >= sparse {
            Some(self.matrices[block.dense + (j - sparse) * size + (i - sparse)])
        } else if i < j {
            let range = structure.upper.range(block.first + i);
            search(&structure.upper.indices, range, j).map(|entry| self.upper[entry])
        } else {
            let range = structure.columns.range(block.first + j);
            search(&structure.columns.indices, range, i).map(|entry| self.lower[entry])
        }
    }

    /// Fills in one component.
    fn fill_block(&mut self, block: &Block, part: Part<'_>, scratch: &mut Scratch) {
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        let matrix = &mut self.matrices[block.matrix()];
        dense::invert(part.matrix, &part.pivots[sparse..], matrix);
        for (i, row) in matrix.chunks_exact(size.max(1)).enumerate() {
            self.diagonal[block.tail + i] = row[i];
        }
        let structure = Arc::clone(&self.structure);
        for k in (0..sparse).rev() {
            scratch.load(&structure, block, part, k);
            self.combine_sparse(&structure, block, scratch);
            self.combine_tail(block, scratch);
            self.store(&structure, block.first + k, part.pivots[k], scratch);
            scratch.forget();
        }
    }

    /// Both sums over all pairs of which one at least is a pivot.
    ///
    /// Such a `Z_ji` is in column `j` of `L` if `j < i`, and in row `i` of `U` if `i < j`. Those hold further entries that are not
    /// asked for; going through them all, with a factor of zero, beats looking for the right ones.
    fn combine_sparse(&self, structure: &Structure, block: &Block, scratch: &mut Scratch) {
        for place in 1..=scratch.row.split {
            let j = scratch.row.members[place] as usize;
            let range = structure.columns.range(block.first + j);
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
            let z = self.diagonal[block.first + j];
            sum += z * scratch.column.factors[itself];
            scratch.column.sums[itself] += through * z;
            scratch.row.sums[place] += sum;
        }
        for place in 1..=scratch.column.split {
            let i = scratch.column.members[place] as usize;
            let range = structure.upper.range(block.first + i);
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

    /// Both sums over the pairs in the tail.
    fn combine_tail(&self, block: &Block, scratch: &mut Scratch) {
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        let Scratch { row, column } = scratch;
        let tail = column.split + 1;
        for place in row.split + 1..row.members.len() {
            let j = row.members[place] as usize - sparse;
            let z_row = &self.matrices[block.dense + j * size..][..size];
            let through = row.factors[place];
            let mut total = 0.0;
            let pairs = column.members[tail..].iter().zip(&column.factors[tail..]);
            for ((&i, &share), sum) in pairs.zip(&mut column.sums[tail..]) {
                let z = z_row[i as usize - sparse];
                total += z * share;
                *sum += through * z;
            }
            row.sums[place] += total;
        }
    }

    /// The results for the pivot at `place`.
    fn store(&mut self, structure: &Structure, place: usize, pivot: f64, scratch: &Scratch) {
        for (z, sum) in self.lower[structure.columns.range(place)]
            .iter_mut()
            .zip(&scratch.column.sums[1..])
        {
            *z = sum / pivot;
        }
        self.upper[structure.upper.range(place)].copy_from_slice(&scratch.row.sums[1..]);
        let mut visits = 1.0;
        for (through, sum) in scratch.row.factors.iter().zip(&scratch.row.sums).skip(1) {
            visits += through * sum;
        }
        self.diagonal[place] = visits / pivot;
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
            structure.lower.offsets[block.first],
            structure.upper.offsets[block.first],
        );
        let (row, column) = (
            structure.upper.range(block.first + k),
            structure.columns.range(block.first + k),
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

/// Where `index` is in a sorted row.
fn search(indices: &[u32], range: Range<usize>, index: usize) -> Option<usize> {
    let start = range.start;
    let found = indices[range].binary_search_by(|&other| (other as usize).cmp(&index));
    found.ok().map(|offset| start + offset)
}
