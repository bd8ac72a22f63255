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
    /// `Z_ki` where `L` has `l_ik`, and `Z_jk` where `U` has `u_kj`.
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
        let mut scratch = Vec::new();
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
            let range = structure.lower.range(block.first + i);
            search(&structure.lower.indices, range, j).map(|entry| self.lower[entry])
        }
    }

    /// Fills in one component.
    fn fill_block(&mut self, block: &Block, part: Part<'_>, scratch: &mut Vec<f64>) {
        let (sparse, size) = (block.tail - block.first, block.tail_states());
        let matrix = &mut self.matrices[block.matrix()];
        dense::invert(part.matrix, &part.pivots[sparse..], matrix);
        for (i, row) in matrix.chunks_exact(size.max(1)).enumerate() {
            self.diagonal[block.tail + i] = row[i];
        }
        for k in (0..sparse).rev() {
            self.fill_pivot(block, part, k, scratch);
        }
    }

    /// The row and the column of one pivot.
    fn fill_pivot(&mut self, block: &Block, part: Part<'_>, k: usize, sums: &mut Vec<f64>) {
        let structure = Arc::clone(&self.structure);
        let place = block.first + k;
        let row = structure.upper.range(place);
        let lower_base = structure.lower.offsets[block.first];
        let upper_base = structure.upper.offsets[block.first];
        let throughs = &part.upper[row.start - upper_base..row.end - upper_base];
        sums.clear();
        sums.resize(row.len(), 0.0);
        for column in structure.columns.range(place) {
            let i = structure.columns.indices[column] as usize;
            let entry = structure.column_slots[column] as usize;
            let share = part.lower[entry - lower_base];
            let mut back = 0.0;
            for ((&j, &through), sum) in structure
                .upper
                .row(place)
                .iter()
                .zip(throughs)
                .zip(sums.iter_mut())
            {
                let z = self.find(block, j as usize, i).unwrap_or(0.0);
                back += through * z;
                *sum += z * share;
            }
            self.lower[entry] = back / part.pivots[k];
        }
        let mut visits = 1.0;
        for (&through, &sum) in throughs.iter().zip(sums.iter()) {
            visits += through * sum;
        }
        self.upper[row].copy_from_slice(sums);
        self.diagonal[place] = visits / part.pivots[k];
    }
}

/// Where `index` is in a sorted row.
fn search(indices: &[u32], range: Range<usize>, index: usize) -> Option<usize> {
    let start = range.start;
    let found = indices[range].binary_search_by(|&other| (other as usize).cmp(&index));
    found.ok().map(|offset| start + offset)
}
