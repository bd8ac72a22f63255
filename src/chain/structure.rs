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
use super::full;
use super::narrow;
use super::order::{Budget, Plan, plan, plan_as};
use std::ops::Range;

/// Lists of indices by row: row `i` is `indices[offsets[i]..offsets[i + 1]]`.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) offsets: Vec<u32>,
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
        self.offsets.push(narrow(self.indices.len()));
    }

    /// Where the entries of `row` are.
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        self.offsets[row] as usize..self.offsets[row + 1] as usize
    }

    /// Where the entries of some successive rows are.
    pub(super) fn span(&self, rows: Range<usize>) -> Range<usize> {
        self.offsets[rows.start] as usize..self.offsets[rows.end] as usize
    }
}

/// One strongly connected component, as positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) first: usize,
    /// The first position of the tail.
    pub(super) tail: usize,
    pub(super) end: usize,
    /// Where the rows of its pivots' patterns begin, if it has any.
    pub(super) rows: usize,
    /// Where the tail's matrix begins among all such matrices.
    pub(super) dense: usize,
    /// Multiplications of one elimination.
    pub(super) work: f64,
    pub(super) method: Method,
}

/// How a component is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// One state: what leaves it says everything.
    Single,
    /// A few states, all of them in the tail: the matrix becomes that of `N` itself.
    Full,
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

    /// The rows of its patterns, if it has any.
    pub(super) fn pattern(&self) -> Range<usize> {
        let rows = if self.method == Method::Eliminate {
            self.states()
        } else {
            0
        };
        self.rows..self.rows + rows
    }

    /// Where the tail's matrix is.
    pub(super) fn matrix(&self) -> Range<usize> {
        let row = match self.method {
            Method::Full => full::stride(self.states()),
            _ => self.tail_states(),
        };
        self.dense..self.dense + self.tail_states() * row
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
    outside: Vec<u32>,
    /// The caller's number of every transition in `edges`.
    pub(super) slots: Vec<u32>,
    /// Patterns of the eliminated components, with a row for each of their states and indices relative to the component:
    /// rows of `U`; rows of `L` over the pivots; columns of `L`, and where each of their entries is in `lower`.
    pub(super) upper: Rows,
    pub(super) lower: Rows,
    pub(super) columns: Rows,
    pub(super) column_slots: Vec<u32>,
    /// Transitions by target, made when somebody asks.
    pub(super) incoming: std::sync::OnceLock<Incoming>,
    /// Numbers in all the tails.
    pub(super) dense: usize,
    /// The components that are iterated.
    pub(super) iterated: Vec<u32>,
    /// Steps that the search for orders of elimination took.
    planning: f64,
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
        Self::made(offsets, targets, budget, |_| None)
    }

    /// The same for a chain whose states are copies of those of another one, `copied` by state, with ways only where that one has
    /// some: large components are eliminated in its order.
    pub(crate) fn of_copies(
        offsets: &[usize],
        targets: &[u32],
        other: &Self,
        copied: impl Fn(u32) -> u32,
    ) -> Self {
        Self::made(offsets, targets, Budget::default(), |state| {
            let place = other.position[copied(state) as usize];
            let block = other.blocks[other.component[place as usize] as usize];
            (block.method == Method::Eliminate).then_some(place)
        })
    }

    /// The pattern, where the place of a state in an order of elimination may be known.
    fn made(
        offsets: &[usize],
        targets: &[u32],
        budget: Budget,
        rank: impl Fn(u32) -> Option<u32>,
    ) -> Self {
        let Components {
            first,
            states,
            position,
        } = components(offsets, targets);
        let n = states.len();
        let mut structure = Self {
            component: Vec::with_capacity(n),
            position,
            state: states,
            blocks: Vec::with_capacity(first.len() - 1),
            edges: Rows::with_capacity(n, 0),
            outside: Vec::with_capacity(n),
            slots: Vec::new(),
            upper: Rows::with_capacity(0, 0),
            lower: Rows::with_capacity(0, 0),
            columns: Rows::with_capacity(0, 0),
            column_slots: Vec::new(),
            incoming: std::sync::OnceLock::new(),
            dense: 0,
            iterated: Vec::new(),
            planning: 0.0,
        };
        let mut pairs = Vec::new();
        for bounds in first.windows(2) {
            structure.push_block(
                offsets,
                targets,
                bounds[0] as usize..bounds[1] as usize,
                budget,
                &mut pairs,
                &rank,
            );
        }
        structure.place_edges(offsets, targets);
        structure.transpose_columns();
        structure
    }

    /// How many steps it took to find the orders of elimination.
    pub(crate) fn planning(&self) -> f64 {
        self.planning
    }

    /// Whether some component is iterated.
    pub(crate) fn is_iterated(&self) -> bool {
        !self.iterated.is_empty()
    }

    /// Number of states.
    pub(crate) fn states(&self) -> usize {
        self.state.len()
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
        rank: impl Fn(u32) -> Option<u32>,
    ) {
        let Range { start: first, end } = positions;
        let states = end - first;
        let mut block = Block {
            first,
            tail: first,
            end,
            rows: self.upper.offsets.len() - 1,
            dense: self.dense,
            work: (states as f64).powi(3),
            method: Method::Full,
        };
        if states == 1 {
            block.method = Method::Single;
            block.tail = end;
        } else if states > full::LARGEST || block.work > budget.work {
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
            let ranks: Option<Vec<u32>> = self.state[first..end].iter().map(|&s| rank(s)).collect();
            let given = ranks.and_then(|ranks| plan_as(&ranks, pairs, budget));
            let planned = given.or_else(|| {
                let (plan, steps) = plan(states, pairs, budget);
                self.planning += steps as f64;
                plan
            });
            if let Some(plan) = planned {
                block.method = Method::Eliminate;
                block.tail = first + plan.pivots;
                block.work = plan.work;
                self.push_plan(first, &plan);
            } else {
                block.method = Method::Iterate;
                block.tail = end;
                block.work = 0.0;
                self.iterated.push(narrow(self.blocks.len()));
            }
        }
        self.component.resize(end, narrow(self.blocks.len()));
        self.dense = block.matrix().end;
        self.blocks.push(block);
    }

    /// Renumbers a component by its plan and appends the patterns of its pivots.
    fn push_plan(&mut self, first: usize, plan: &Plan) {
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
        for _ in plan.pivots..plan.sequence.len() {
            self.upper.end_row();
            self.columns.end_row();
        }
    }

    /// Lists the transitions by position, those inside the component first.
    fn place_edges(&mut self, offsets: &[usize], targets: &[u32]) {
        let (mut indices, mut slots) = (vec![0; targets.len()], vec![0; targets.len()]);
        let mut next = 0;
        for block in &self.blocks {
            for place in block.positions() {
                let state = self.state[place] as usize;
                let row = offsets[state]..offsets[state + 1];
                let mut inside = next;
                for (slot, &target) in row.clone().zip(&targets[row]) {
                    let to = self.position[target as usize] as usize;
                    // The first of the others makes room for one inside; a self-loop is overwritten by what comes next.
                    let other = to != place;
                    let here = other && block.positions().contains(&to);
                    indices[next] = indices[inside];
                    slots[next] = slots[inside];
                    let entry = if here { inside } else { next };
                    indices[entry] = narrow(to);
                    slots[entry] = narrow(slot);
                    inside += usize::from(here);
                    next += usize::from(other);
                }
                self.outside.push(narrow(inside));
                self.edges.offsets.push(narrow(next));
            }
        }
        indices.truncate(next);
        slots.truncate(next);
        self.edges.indices = indices;
        self.slots = slots;
    }

    /// Makes the rows of `L` from its columns.
    fn transpose_columns(&mut self) {
        let rows = self.columns.offsets.len() - 1;
        let entries = self.columns.indices.len();
        let eliminated = |block: &&Block| block.method == Method::Eliminate;
        let mut cursor = vec![0_u32; rows + 1];
        for block in self.blocks.iter().filter(eliminated) {
            for &i in &self.columns.indices[self.columns.span(block.pattern())] {
                cursor[block.rows + i as usize + 1] += 1;
            }
        }
        for row in 0..rows {
            cursor[row + 1] += cursor[row];
        }
        self.lower.offsets.clone_from(&cursor);
        self.lower.indices = vec![0; entries];
        self.column_slots = vec![0; entries];
        for block in self.blocks.iter().filter(eliminated) {
            for k in 0..block.tail - block.first {
                for entry in self.columns.range(block.rows + k) {
                    let next = &mut cursor[block.rows + self.columns.indices[entry] as usize];
                    self.lower.indices[*next as usize] = narrow(k);
                    self.column_slots[entry] = *next;
                    *next += 1;
                }
            }
        }
    }

    /// The transitions from `place` inside its component.
    pub(super) fn inside(&self, place: usize) -> Range<usize> {
        self.edges.offsets[place] as usize..self.outside[place] as usize
    }

    /// The transitions from `place` to other components.
    pub(super) fn outside(&self, place: usize) -> Range<usize> {
        self.outside[place] as usize..self.edges.offsets[place + 1] as usize
    }

    /// Transitions by target.
    pub(super) fn incoming(&self) -> &Incoming {
        self.incoming.get_or_init(|| {
            let n = self.states();
            let mut cursor = vec![0_u32; n + 1];
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
                    indices[*next as usize] = narrow(place);
                    edges[*next as usize] = narrow(edge);
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
