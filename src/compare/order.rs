//! What a plan puts before what: touchpoints that every planned journey meets before it comes to another one.

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};

use super::matching::{Law, Matching, Target};

/// What the dominator tree of a plan says.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    /// Edges of the tree, by common numbers: the last touchpoint that every planned journey meets before another one, and that one.
    pub(super) before: Vec<(usize, usize)>,
    /// Touchpoints on every planned path.
    pub(super) always: Vec<bool>,
    /// Touchpoints that planned journeys can meet.
    pub(super) planned: Vec<bool>,
}

/// The order of the plan. Takes O(n + m) in practice (Cooper, Harvey and Kennedy 2001).
pub(super) fn order(plan: &Law<'_>, matching: &Matching) -> Order {
    let n = matching.len();
    let mut graph = DiGraph::<(), ()>::with_capacity(n + 2, n);
    for _ in 0..n + 2 {
        graph.add_node(());
    }
    let (start, end) = (NodeIndex::new(n), NodeIndex::new(n + 1));
    for number in plan.starts().into_keys() {
        graph.add_edge(start, NodeIndex::new(number), ());
    }
    for (place, &number) in matching.of_a.iter().enumerate() {
        for to in plan.ways(place).into_keys() {
            let to = match to {
                Target::Touchpoint(to) => NodeIndex::new(to),
                Target::End(_) => end,
            };
            graph.add_edge(NodeIndex::new(number), to, ());
        }
    }
    let dominators = simple_fast(&graph, start);
    let mut order = Order {
        before: Vec::new(),
        always: vec![false; n],
        planned: vec![false; n],
    };
    for &number in &matching.of_a {
        let Some(first) = dominators.immediate_dominator(NodeIndex::new(number)) else {
            continue;
        };
        if let Some(planned) = order.planned.get_mut(number) {
            *planned = true;
        }
        if first != start {
            order.before.push((first.index(), number));
        }
    }
    for on_every_path in dominators.strict_dominators(end).into_iter().flatten() {
        if let Some(always) = order.always.get_mut(on_every_path.index()) {
            *always = true;
        }
    }
    order
}
