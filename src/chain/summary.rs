//! What was done to a chain, so that its owner can say so.

use super::structure::{Block, Structure};

/// How a chain was taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    /// States, and transitions between different states.
    pub(crate) states: usize,
    pub(crate) transitions: usize,
    /// Strongly connected components, and the states of the largest.
    pub(crate) components: usize,
    pub(crate) largest: usize,
    /// Numbers stored for the eliminated components, and multiplications of one elimination.
    pub(crate) entries: usize,
    pub(crate) work: f64,
    /// The components that elimination would fill too much, so that they are solved by iteration. Every solution then
    /// comes with the bound that was proven for it; where this is empty the bound is zero.
    pub(crate) iterated: Vec<usize>,
}

impl Summary {
    pub(super) fn of(structure: &Structure) -> Self {
        let blocks = structure.blocks.iter();
        Self {
            states: structure.states(),
            transitions: structure.edges.indices.len(),
            components: structure.blocks.len(),
            largest: blocks.clone().map(Block::states).max().unwrap_or(0),
            entries: structure.states()
                + structure.lower.indices.len()
                + structure.upper.indices.len()
                + structure.dense,
            work: blocks.clone().map(|block| block.work).sum(),
            iterated: structure
                .iterated
                .iter()
                .map(|&component| component as usize)
                .collect(),
        }
    }
}
