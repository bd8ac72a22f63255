//! One numeric chain, eliminated component by component.

use super::eliminate::{Numbers, Source, Spread};
use super::structure::Structure;
use super::summary::Summary;
use std::sync::Arc;

/// One numeric chain, eliminated: what every question about it starts from.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    pub(super) structure: Arc<Structure>,
    /// Probabilities by edge of the structure, and by position what leaves the component for good or to another one.
    pub(super) edges: Vec<f64>,
    pub(super) leaks: Vec<f64>,
    pub(super) numbers: Numbers,
    spread: Spread,
}

impl Factor {
    /// Eliminates the chain with probability `p[slot]` for the transition `slot` of the pattern and probability `exit[i]` of
    /// leaving for good from state `i`.
    ///
    /// The exits are stated and never computed as what the transitions leave of one: that would be the subtraction that
    /// state elimination avoids. A probability may be zero.
    pub(crate) fn new(structure: Arc<Structure>, p: &[f64], exit: &[f64]) -> Self {
        let mut factor = Self {
            edges: Vec::with_capacity(structure.slots.len()),
            leaks: Vec::with_capacity(structure.states()),
            numbers: Numbers::new(&structure),
            spread: Spread::default(),
            structure,
        };
        factor.refill(p, exit);
        factor
    }

    /// Eliminates another chain of the same pattern in the same place.
    pub(crate) fn refill(&mut self, p: &[f64], exit: &[f64]) {
        let structure = &*self.structure;
        self.edges.clear();
        self.edges
            .extend(structure.slots.iter().map(|&slot| p[slot as usize]));
        let leaks = structure.state.iter().enumerate().map(|(place, &state)| {
            let onwards = self.edges[structure.outside(place)].iter().sum::<f64>();
            exit[state as usize] + onwards
        });
        self.leaks.clear();
        self.leaks.extend(leaks);
        self.numbers.restart();
        let source = Source {
            structure,
            edges: &self.edges,
            leaks: &self.leaks,
            closed: &[],
        };
        for block in &structure.blocks {
            self.numbers.eliminate(source, block, &mut self.spread);
        }
    }

    /// The pattern.
    pub(crate) fn structure(&self) -> &Arc<Structure> {
        &self.structure
    }

    /// How the chain was taken apart.
    pub(crate) fn summary(&self) -> Summary {
        Summary::of(&self.structure)
    }

    /// The chain itself, with some states of the component in question closed.
    pub(super) fn source<'a>(&'a self, closed: &'a [bool]) -> Source<'a> {
        Source {
            structure: &self.structure,
            edges: &self.edges,
            leaks: &self.leaks,
            closed,
        }
    }
}
