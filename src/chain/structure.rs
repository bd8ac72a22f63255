//! The pattern of a chain: who leads where, in which order states are eliminated, and where the numbers go.
//!
//! States are renumbered once. The *position* of a state follows the topological order of the strongly connected
//! components and, inside a component, the order of elimination; so `L` has its entries below the diagonal, `U` above it,
//! and a transition to another component always leads to a higher position. Between components nothing is eliminated and
//! nothing fills: their transitions are used as they are.
//!
//! ```text
//!            first        tail      end            positions of one component
//!              |  pivots    |  tail  |
//!   row i:     |  L (rows)  |  ...   |              a pivot's row of U and the tail's rows of L are sparse,
//!              |  U (rows)  | matrix |              the tail by itself is one full matrix
//! ```

use super::components::{Components, components};
use super::narrow;
use super::order::{Budget, Plan, SMALL, plan};
use std::ops::Range;

/// Lists of indices by row: row `i` is `indices[offsets[i]..offsets[i + 1]]`.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) offsets: Vec<usize>,
    pub(super) indices: Vec<u32>,
}

impl Rows {
    fn with_capacity(rows: usize, entries: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self {
            offsets,
            indices: Vec::with_capacity(entries),
        }
    }

    fn end_row(&mut self) {
        self.offsets.push(self.indices.len());
    }

    /// Where the entries of `row` are.
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        self.offsets[row]..self.offsets[row + 1]
    }

    /// The entries of `row`.
    pub(super) fn row(&self, row: usize) -> &[u32] {
        &self.indices[self.range(row)]
    }
}

/// One strongly connected component, as positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) first: usize,
    /// The first position of the tail.
    pub(super) tail: usize,
    pub(super) end: usize,
    /// Where the tail's matrix begins among all such matrices.
    pub(super) dense: usize,
    pub(super) method: Method,
}

/// How a component is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// One state: its pivot says everything.
    Single,
    /// State elimination.
    Eliminate,
    /// Sweeps, because elimination would exceed the budget.
    Iterate,
}

impl Block {
    pub(super) fn states(&self) -> usize {
        self.end - self.first
    }

    /// States in the tail.
    pub(super) fn tail_states(&self) -> usize {
        self.end - self.tail
    }

    pub(super) fn positions(&self) -> Range<usize> {
        self.first..self.end
    }

    /// Where the tail's matrix is.
    pub(super) fn matrix(&self) -> Range<usize> {
        self.dense..self.dense + self.tail_states() * self.tail_states()
    }
}

/// The pattern of a chain: computed once, reused for every numeric chain of that pattern.
#[derive(Clone, Debug)]
pub(crate) struct Structure {
    /// Position of every state, and the state at every position.
    pub(super) position: Vec<u32>,
    pub(super) state: Vec<u32>,
    /// The component at every position, and the components.
    pub(super) component: Vec<u32>,
    pub(super) blocks: Vec<Block>,
    /// Transitions by position, self-loops left out: targets as positions, those inside the component before
    /// `outside[i]`, the others from there on.
    pub(super) edges: Rows,
    pub(super) outside: Vec<usize>,
    /// The caller's number of every transition in `edges`.
    pub(super) slots: Vec<u32>,
    /// Patterns by position, with indices relative to the component: rows of `U`; rows of `L` over the pivots; columns of
    /// `L`, and where each of their entries is in `lower`.
    pub(super) upper: Rows,
    pub(super) lower: Rows,
    pub(super) columns: Rows,
    pub(super) column_slots: Vec<u32>,
    /// Transitions by target, made when somebody asks.
    pub(super) incoming: std::sync::OnceLock<Incoming>,
    /// Numbers in all the tails, and multiplications of one elimination.
    pub(super) dense: usize,
    pub(super) work: f64,
}

/// Transitions by target position.
#[derive(Clone, Debug)]
pub(super) struct Incoming {
    /// The position that each comes from.
    pub(super) sources: Rows,
    /// Its place in `Structure::edges`.
    pub(super) edges: Vec<u32>,
}

impl Structure {
    /// The pattern in which `targets[offsets[i]..offsets[i + 1]]` are the successors of state `i`.
    pub(crate) fn new(offsets: &[usize], targets: &[u32]) -> Self {
        Self::with_budget(offsets, targets, Budget::default())
    }

    /// The same, with a limit of one's own on what eliminating a component may cost.
    pub(crate) fn with_budget(offsets: &[usize], targets: &[u32], budget: Budget) -> Self {
        let Components { of, first, states } = components(offsets, targets);
        let n = states.len();
        let mut position = vec![0; n];
        for (place, &state) in states.iter().enumerate() {
            position[state as usize] = narrow(place);
        }
        let mut structure = Self {
            component: states.iter().map(|&state| of[state as usize]).collect(),
            position,
            state: states,
            blocks: Vec::with_capacity(first.len() - 1),
            edges: Rows::with_capacity(n, targets.len()),
            outside: Vec::with_capacity(n),
            slots: Vec::with_capacity(targets.len()),
            upper: Rows::with_capacity(n, 0),
            lower: Rows::with_capacity(n, 0),
            columns: Rows::with_capacity(n, 0),
            column_slots: Vec::new(),
            incoming: std::sync::OnceLock::new(),
            dense: 0,
            work: 0.0,
        };
        let mut pairs = Vec::new();
        for bounds in first.windows(2) {
            structure.push_block(
                offsets,
                targets,
                bounds[0] as usize..bounds[1] as usize,
                budget,
                &mut pairs,
            );
        }
        structure.place_edges(offsets, targets);
        structure.transpose_columns();
        structure
    }

    /// Number of states.
    pub(crate) fn states(&self) -> usize {
        self.state.len()
    }

    /// Number of strongly connected components.
    pub(crate) fn components(&self) -> usize {
        self.blocks.len()
    }

    /// The component of a state: transitions lead to components of the same or of a higher number.
    pub(crate) fn component_of(&self, state: usize) -> usize {
        self.component[self.position[state] as usize] as usize
    }

    /// Plans one component and appends its patterns.
    fn push_block(
        &mut self,
        offsets: &[usize],
        targets: &[u32],
        positions: Range<usize>,
        budget: Budget,
        pairs: &mut Vec<(u32, u32)>,
    ) {
        let Range { start: first, end } = positions;
        let states = end - first;
        let mut block = Block {
            first,
            tail: first,
            end,
            dense: self.dense,
            method: Method::Eliminate,
        };
        if states == 1 {
            block.method = Method::Single;
            block.tail = end;
        } else if states > SMALL {
            pairs.clear();
            for place in first..end {
                let state = self.state[place] as usize;
                for &target in &targets[offsets[state]..offsets[state + 1]] {
                    let to = self.position[target as usize] as usize;
                    if to != place && (first..end).contains(&to) {
                        pairs.push((narrow(place - first), narrow(to - first)));
                    }
                }
            }
            if let Some(plan) = plan(states, pairs, budget) {
                block.tail = first + plan.pivots;
                self.push_plan(first, &plan);
            } else {
                block.method = Method::Iterate;
                block.tail = end;
            }
        } else {
            self.work += (states as f64).powi(3) / 3.0;
        }
        self.upper.offsets.resize(end + 1, self.upper.indices.len());
        self.columns
            .offsets
            .resize(end + 1, self.columns.indices.len());
        self.dense = block.matrix().end;
        self.blocks.push(block);
    }

    /// Renumbers a component by its plan and appends the patterns of its pivots.
    fn push_plan(&mut self, first: usize, plan: &Plan) {
        self.work += plan.work;
        let mut rank = vec![0; plan.sequence.len()];
        let members: Vec<u32> = plan
            .sequence
            .iter()
            .map(|&k| self.state[first + k as usize])
            .collect();
        for (place, (&k, &state)) in plan.sequence.iter().zip(&members).enumerate() {
            rank[k as usize] = narrow(place);
            self.state[first + place] = state;
            self.position[state as usize] = narrow(first + place);
        }
        for &k in &plan.sequence[..plan.pivots] {
            for (list, rows) in [
                (plan.rows.get(k as usize), &mut self.upper),
                (plan.columns.get(k as usize), &mut self.columns),
            ] {
                let start = rows.indices.len();
                rows.indices
                    .extend(list.iter().map(|&other| rank[other as usize]));
                rows.indices[start..].sort_unstable();
                rows.end_row();
            }
        }
    }

    /// Lists the transitions by position, those inside the component first.
    fn place_edges(&mut self, offsets: &[usize], targets: &[u32]) {
        for place in 0..self.states() {
            let state = self.state[place] as usize;
            let component = self.component[place];
            let start = self.edges.indices.len();
            let mut inside = start;
            let row = offsets[state]..offsets[state + 1];
            for (slot, &target) in row.clone().zip(&targets[row]) {
                let to = self.position[target as usize];
                if to as usize == place {
                    continue;
                }
                self.edges.indices.push(to);
                self.slots.push(narrow(slot));
                if self.component[to as usize] == component {
                    let last = self.edges.indices.len() - 1;
                    self.edges.indices.swap(inside, last);
                    self.slots.swap(inside, last);
                    inside += 1;
                }
            }
            self.outside.push(inside);
            self.edges.end_row();
        }
    }

    /// Makes the rows of `L` from its columns.
    fn transpose_columns(&mut self) {
        let n = self.states();
        let mut counts = vec![0_usize; n + 1];
        for block in &self.blocks {
            for k in block.first..block.tail {
                for &i in self.columns.row(k) {
                    counts[block.first + i as usize + 1] += 1;
                }
            }
        }
        for place in 0..n {
            counts[place + 1] += counts[place];
        }
        self.lower.offsets.clone_from(&counts);
        self.lower.indices = vec![0; self.columns.indices.len()];
        self.column_slots = vec![0; self.columns.indices.len()];
        for block in &self.blocks {
            for k in block.first..block.tail {
                for entry in self.columns.range(k) {
                    let next = &mut counts[block.first + self.columns.indices[entry] as usize];
                    self.lower.indices[*next] = narrow(k - block.first);
                    self.column_slots[entry] = narrow(*next);
                    *next += 1;
                }
            }
        }
    }

    /// Transitions by target.
    pub(super) fn incoming(&self) -> &Incoming {
        self.incoming.get_or_init(|| {
            let n = self.states();
            let mut cursor = vec![0_usize; n + 1];
            for &to in &self.edges.indices {
                cursor[to as usize + 1] += 1;
            }
            for place in 0..n {
                cursor[place + 1] += cursor[place];
            }
            let offsets = cursor.clone();
            let mut indices = vec![0; self.edges.indices.len()];
            let mut edges = vec![0; self.edges.indices.len()];
            for place in 0..n {
                for edge in self.edges.range(place) {
                    let next = &mut cursor[self.edges.indices[edge] as usize];
                    indices[*next] = narrow(place);
                    edges[*next] = narrow(edge);
                    *next += 1;
                }
            }
            Incoming {
                sources: Rows { offsets, indices },
                edges,
            }
        })
    }
}
