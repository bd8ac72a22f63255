//! How journeys go to and fro among a few states: all the entries of `N` between them.
//!
//! Columns of `N` are values of one visit each. Four of them are found in one walk through the components from the first to
//! the last that holds one of the states, and nothing is subtracted or eliminated again.

use super::factor::Factor;
use super::structure::{Block, Method, Structure};

/// So many columns are found at once.
const LANES: usize = 4;

impl Factor {
    /// `N_ij` for all `i` and `j` of some states, which are different, row by row; `None` where a component from the first to
    /// the last of them is iterated.
    pub(crate) fn visits_among(&self, states: &[u32]) -> Option<Vec<f64>> {
        let structure = self.structure();
        let places: Vec<usize> = states
            .iter()
            .map(|&state| structure.position[state as usize] as usize)
            .collect();
        let mut visits = vec![0.0; states.len() * states.len()];
        let Some(&lowest) = places.iter().min() else {
            return Some(visits);
        };
        let bottom = structure.component[lowest] as usize;
        let start = structure.blocks[bottom].first;
        let mut columns: Vec<usize> = (0..states.len()).collect();
        columns.sort_unstable_by_key(|&column| places[column]);
        for group in columns.chunks(LANES) {
            // Journeys come to none of the group from after the last of it.
            let top = structure.component[places[*group.last()?]] as usize;
            let blocks = &structure.blocks[bottom..=top];
            let mut x = vec![[0.0; LANES]; structure.blocks[top].end - start];
            for (lane, &column) in group.iter().enumerate() {
                x[places[column] - start][lane] = 1.0;
            }
            self.values_before(blocks, &mut x)?;
            for (row, &place) in visits.chunks_exact_mut(states.len()).zip(&places) {
                let lanes = x.get(place - start).unwrap_or(&[0.0; LANES]);
                for (&column, value) in group.iter().zip(lanes) {
                    row[column] = *value;
                }
            }
        }
        Some(visits)
    }

    /// `x := N x` in successive components, where what comes after them is worth nothing; `None` where one is iterated.
    fn values_before(&self, blocks: &[Block], x: &mut [[f64; LANES]]) -> Option<()> {
        let start = blocks.first()?.first;
        for block in blocks.iter().rev() {
            if block.method == Method::Iterate {
                return None;
            }
            for place in block.positions() {
                let outside = self.worth_outside(place, start, x);
                for (lane, worth) in x[place - start].iter_mut().zip(outside) {
                    *lane += worth;
                }
            }
            self.block_values(block, &mut x[block.first - start..block.end - start]);
        }
        Some(())
    }
}

impl Structure {
    /// What it costs to find all visits among some states, in multiplications and transitions looked at: an estimate.
    pub(crate) fn work_among(&self, states: &[u32]) -> f64 {
        let columns = states.len().next_multiple_of(LANES);
        columns as f64 * self.walk(&self.components_of(states)) as f64
    }

    /// What one solution costs, in multiplications: an estimate.
    pub(crate) fn solving_work(&self) -> f64 {
        let last = super::narrow(self.blocks.len().saturating_sub(1));
        self.walk(&[0, last]) as f64
    }
}
