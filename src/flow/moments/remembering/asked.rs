//! Which facts something still asks about: what nothing asks about any more is forgotten, and needs no states of its own.

use super::Search;
use crate::journey::Resolved;

impl Search<'_> {
    /// Finds which facts are asked about from each touchpoint on.
    pub(super) fn find_asked(&mut self, kept: &[usize]) {
        let nodes = self.journey.graph().node_count();
        let mut always = vec![false; self.memory.len()];
        for &fact in kept {
            always[fact] = true;
        }
        self.on_leaving = vec![always; nodes];
        let mark = |asked: &mut Vec<bool>, given: &Resolved| {
            for fact in given.asks() {
                if let Some(asked) = asked.get_mut(fact) {
                    *asked = true;
                }
            }
        };
        for (touchpoint, asking) in self.asking.iter().enumerate() {
            for given in &asking.ends {
                mark(&mut self.on_leaving[touchpoint], given);
            }
        }
        let edges = self.journey.graph().raw_edges();
        for (edge, given) in edges.iter().zip(&self.given) {
            mark(&mut self.on_leaving[edge.source().index()], given);
        }
        self.on_arriving = self.on_leaving.clone();
        for (touchpoint, asking) in self.asking.iter().enumerate() {
            for given in asking.emotions.iter().chain(&asking.promises) {
                mark(&mut self.on_arriving[touchpoint], given);
            }
        }
        // Against the direction of the ways, until nothing is added.
        let mut into = vec![Vec::new(); nodes];
        for edge in edges {
            into[edge.target().index()].push(edge.source().index());
        }
        let mut open: Vec<usize> = (0..nodes).collect();
        while let Some(to) = open.pop() {
            let asked = self.on_arriving[to].clone();
            for &from in &into[to] {
                let mut more = false;
                for (fact, _) in asked.iter().enumerate().filter(|(_, asked)| **asked) {
                    self.on_leaving[from][fact] = true;
                    more |= !std::mem::replace(&mut self.on_arriving[from][fact], true);
                }
                if more {
                    open.push(from);
                }
            }
        }
    }
}
