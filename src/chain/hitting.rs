//! Which of some states a journey meets, and which of them first.
//!
//! Close the rows of the targets: every journey that comes to one ends there. In the closed chain the visits to a target
//! are the probability that it is the first one met, and the values of "ends at a target" are the probability of meeting one.
//! Only components with a target are eliminated again; the others keep the factor they have. Nothing is subtracted.

use super::eliminate::{Numbers, Spread};
use super::factor::Factor;
use super::iterative::{Sweeps, USUAL};
use super::solve::{add, compound};
use super::structure::{Block, Method, Structure};

/// Numbers that answer a question, and the proven bound on the relative error that iteration leaves in them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) values: Vec<f64>,
    /// Zero where all components were eliminated.
    pub(crate) bound: f64,
}

impl Factor {
    /// The probability of ever meeting one of `targets`, for a journey now in each of the states `from`.
    pub(crate) fn hitting(&self, targets: &[u32], from: &[u32]) -> Answer {
        let structure = self.structure();
        let (targets, places) = (self.sorted_positions(targets), self.positions(from));
        let mut answer = Answer {
            values: vec![0.0; from.len()],
            bound: 0.0,
        };
        let (Some(&last), Some(&lowest)) = (targets.last(), places.iter().min()) else {
            return answer;
        };
        let top = structure.component[last as usize] as usize;
        let bottom = structure.component[lowest as usize] as usize;
        if bottom > top {
            return answer;
        }
        let start = structure.blocks[bottom].first;
        let end = structure.blocks[top].end;
        let mut x = vec![[0.0]; end - start];
        let mut closing = Closing::default();
        for block in structure.blocks[bottom..=top].iter().rev() {
            let targets = closing.close(block, &targets);
            for place in block.positions() {
                let closed = closing.is_closed(place - block.first);
                x[place - start] = if closed {
                    [1.0]
                } else {
                    self.worth_outside(place, start, &x)
                };
            }
            let values = &mut x[block.first - start..block.end - start];
            let reached = if targets {
                self.closed_values(block, &mut closing, values)
            } else {
                self.block_values(block, values)
            };
            answer.bound = compound(answer.bound, reached);
        }
        for (value, place) in answer.values.iter_mut().zip(places) {
            *value = x.get(place as usize - start).map_or(0.0, |lanes| lanes[0]);
        }
        answer
    }

    /// For each of `targets`, the probability that it is the first of them that a journey meets.
    ///
    /// `start` is how journeys begin and `visits` their expected visits, `start N`; only the components from the first to the
    /// last with a target are looked at.
    pub(crate) fn first_hits(&self, start: &[f64], visits: &[f64], targets: &[u32]) -> Answer {
        let structure = self.structure();
        let places = self.positions(targets);
        let sorted = self.sorted_positions(targets);
        let mut answer = Answer {
            values: vec![0.0; targets.len()],
            bound: 0.0,
        };
        let (Some(&lowest), Some(&last)) = (sorted.first(), sorted.last()) else {
            return answer;
        };
        let bottom = structure.component[lowest as usize] as usize;
        let top = structure.component[last as usize] as usize;
        let first = structure.blocks[bottom].first;
        let mut x = vec![0.0; structure.blocks[top].end - first];
        let incoming = structure.incoming();
        let mut closing = Closing::default();
        for block in &structure.blocks[bottom..=top] {
            for place in block.positions() {
                let mut inflow = start[structure.state[place] as usize];
                for entry in incoming.sources.range(place) {
                    let from = incoming.sources.indices[entry] as usize;
                    let p = self.edges[incoming.edges[entry] as usize];
                    if from < first {
                        inflow += visits[structure.state[from] as usize] * p;
                    } else if from < block.first
                        && sorted.binary_search(&super::narrow(from)).is_err()
                    {
                        inflow += x[from - first] * p;
                    }
                }
                x[place - first] = inflow;
            }
            let targets = closing.close(block, &sorted);
            let inside = &mut x[block.first - first..block.end - first];
            let reached = if targets {
                self.closed_visits(block, &mut closing, inside)
            } else {
                self.block_visits(block, inside)
            };
            answer.bound = compound(answer.bound, reached);
        }
        for (value, place) in answer.values.iter_mut().zip(places) {
            *value = x[place as usize - first];
        }
        answer
    }

    /// `N_kk` of any state, by one solution: a journey in `k` leaves it for ever with the probability that it goes on and
    /// then ends, or leaves the component, before it comes back.
    #[cfg(test)]
    pub(crate) fn return_visits(&self, k: usize) -> Answer {
        let structure = self.structure();
        let place = structure.position[k] as usize;
        let block = &structure.blocks[structure.component[place] as usize];
        let mut closing = Closing::default();
        closing.close(block, &[super::narrow(place)]);
        let leaks = &self.leaks[block.positions()];
        let mut x: Vec<[f64; 1]> = leaks.iter().map(|&leak| [leak]).collect();
        let leak = self.leaks[place];
        x[place - block.first] = [0.0];
        let bound = self.closed_values(block, &mut closing, &mut x);
        let ends = structure.inside(place).map(|edge| {
            self.edges[edge] * x[structure.edges.indices[edge] as usize - block.first][0]
        });
        Answer {
            values: vec![1.0 / (leak + ends.sum::<f64>())],
            bound: if bound < 1.0 {
                bound / (1.0 - bound)
            } else {
                f64::INFINITY
            },
        }
    }

    fn positions(&self, states: &[u32]) -> Vec<u32> {
        let position = &self.structure().position;
        states
            .iter()
            .map(|&state| position[state as usize])
            .collect()
    }

    fn sorted_positions(&self, states: &[u32]) -> Vec<u32> {
        let mut positions = self.positions(states);
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// What the components after that of `place` are worth to it; those from the end of `x` on are worth nothing.
    pub(super) fn worth_outside<const W: usize>(
        &self,
        place: usize,
        start: usize,
        x: &[[f64; W]],
    ) -> [f64; W] {
        let structure = self.structure();
        let mut worth = [0.0; W];
        for edge in structure.outside(place) {
            if let Some(lanes) = x.get(structure.edges.indices[edge] as usize - start) {
                add(&mut worth, self.edges[edge], lanes);
            }
        }
        worth
    }

    /// The values inside a component with closed states.
    fn closed_values(&self, block: &Block, closing: &mut Closing, x: &mut [[f64; 1]]) -> f64 {
        match block.method {
            Method::Single => 0.0,
            Method::Full | Method::Eliminate => {
                let numbers = closing.eliminate(self, block);
                numbers.values(self.structure(), block, x);
                0.0
            }
            Method::Iterate => {
                let b: Vec<f64> = x.iter().map(|lanes| lanes[0]).collect();
                let (solution, bound) =
                    Sweeps::values(self.source(&closing.closed), block).settle(&b);
                for (lanes, value) in x.iter_mut().zip(solution) {
                    lanes[0] = value;
                }
                bound
            }
        }
    }

    /// The visits inside a component with closed states.
    fn closed_visits(&self, block: &Block, closing: &mut Closing, x: &mut [f64]) -> f64 {
        match block.method {
            Method::Single => 0.0,
            Method::Full | Method::Eliminate => {
                let numbers = closing.eliminate(self, block);
                numbers.visits(self.structure(), block, x);
                0.0
            }
            Method::Iterate => {
                let (solution, bound) =
                    Sweeps::visits(self.source(&closing.closed), block).settle(x);
                x.copy_from_slice(&solution);
                bound
            }
        }
    }
}

impl Structure {
    /// What it costs to find out about hits of `targets`, in multiplications and transitions looked at: an estimate.
    ///
    /// That is one walk through the components from the first to the last with a target, and another elimination of those
    /// that have one. Journeys that are asked about from before them make the walk longer.
    pub(crate) fn closing_work(&self, targets: &[u32]) -> f64 {
        let components = self.components_of(targets);
        let (Some(&bottom), Some(&top)) = (components.first(), components.last()) else {
            return 0.0;
        };
        let walk = self.walk(&components);
        let closed = components.iter();
        let closed: f64 = closed.map(|&with| self.blocks[with as usize].work).sum();
        let from = self.iterated.partition_point(|&other| other < bottom);
        let swept = self.iterated[from..].iter();
        let swept = swept.take_while(|&&other| other <= top).map(|&other| {
            let block = &self.blocks[other as usize];
            block.states() + self.edges.span(block.positions()).len()
        });
        walk as f64 + closed + (USUAL * swept.sum::<usize>()) as f64
    }

    /// The components of some states, ascending.
    pub(super) fn components_of(&self, states: &[u32]) -> Vec<u32> {
        let mut components: Vec<u32> = states
            .iter()
            .map(|&state| self.component[self.position[state as usize] as usize])
            .collect();
        components.sort_unstable();
        components.dedup();
        components
    }

    /// How many numbers and transitions one walk from the first to the last of some components looks at.
    pub(super) fn walk(&self, components: &[u32]) -> usize {
        let (Some(&bottom), Some(&top)) = (components.first(), components.last()) else {
            return 0;
        };
        let (lowest, highest) = (&self.blocks[bottom as usize], &self.blocks[top as usize]);
        let rows = lowest.rows..highest.pattern().end;
        (highest.end - lowest.first)
            + self.edges.span(lowest.first..highest.end).len()
            + self.upper.span(rows.clone()).len()
            + self.lower.span(rows).len()
            + (highest.matrix().end - lowest.dense)
    }
}

/// The closed states of the component at hand.
#[derive(Default)]
struct Closing {
    closed: Vec<bool>,
    spread: Spread,
}

impl Closing {
    /// Closes the targets (sorted positions) in a component; says whether there are any.
    fn close(&mut self, block: &Block, targets: &[u32]) -> bool {
        self.closed.clear();
        let from = targets.partition_point(|&target| (target as usize) < block.first);
        let inside = targets[from..]
            .iter()
            .take_while(|&&target| (target as usize) < block.end);
        for &target in inside {
            self.closed.resize(block.states(), false);
            self.closed[target as usize - block.first] = true;
        }
        !self.closed.is_empty()
    }

    fn is_closed(&self, local: usize) -> bool {
        self.closed.get(local).copied().unwrap_or(false)
    }

    /// The component's numbers with its closed rows.
    fn eliminate(&mut self, factor: &Factor, block: &Block) -> Numbers {
        let mut numbers = Numbers::of_block(factor.structure(), block);
        numbers.eliminate(factor.source(&self.closed), block, &mut self.spread);
        numbers
    }
}
