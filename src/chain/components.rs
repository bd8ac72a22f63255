//! Strongly connected components, with an explicit stack.
//!
//! Tarjan's search (1972) finds the components in reverse topological order. It keeps its frames in a vector, so a line of
//! a million states is no deeper for the machine than a single state, and one number for each state (Pearce 2016): open
//! states have the earliest entry they are known to reach, and completed ones a number that is later than all entries.
//! Inside a component the states are listed in reverse postorder of the search: most transitions then lead forwards,
//! whatever numbering the caller chose, which both the sweeps of [`super::iterative`] and the ties of [`super::order`]
//! profit from.

use super::narrow;

/// The components of a directed graph, in topological order: no transition leads to an earlier one.
pub(super) struct Components {
    /// Where every component begins in `states`, and the number of states at the end.
    pub(super) first: Vec<u32>,
    /// The states by component, in reverse postorder inside each.
    pub(super) states: Vec<u32>,
    /// The place of every state in `states`.
    pub(super) position: Vec<u32>,
}

/// Not entered yet, and in a component that is complete.
const NEW: u32 = 0;
const DONE: u32 = u32::MAX;

/// The components of the graph in which `targets[offsets[i]..offsets[i + 1]]` are the successors of `i`.
pub(super) fn components(offsets: &[usize], targets: &[u32]) -> Components {
    let n = offsets.len().saturating_sub(1);
    let mut search = Search {
        reach: vec![NEW; n],
        clock: 0,
        finished: Vec::new(),
        free: n,
        found: Components {
            first: Vec::new(),
            states: vec![0; n],
            position: vec![0; n],
        },
    };
    let mut frames = Vec::new();
    for root in 0..n {
        if search.reach[root] != NEW {
            continue;
        }
        let mut frame = search.enter(root, offsets[root]);
        loop {
            let mut reach = search.reach[frame.state];
            let mut next = None;
            for &target in &targets[frame.cursor..offsets[frame.state + 1]] {
                frame.cursor += 1;
                let other = search.reach[target as usize];
                if other == NEW {
                    next = Some(target as usize);
                    break;
                }
                reach = reach.min(other);
            }
            search.reach[frame.state] = reach;
            if let Some(next) = next {
                frames.push(frame);
                frame = search.enter(next, offsets[next]);
                continue;
            }
            if reach == frame.entered {
                search.complete(&frame);
                reach = DONE;
            } else {
                search.finished.push(narrow(frame.state));
            }
            let Some(parent) = frames.pop() else { break };
            frame = parent;
            let earliest = &mut search.reach[frame.state];
            *earliest = reach.min(*earliest);
        }
    }
    let mut found = search.found;
    found.first.push(0);
    found.first.reverse();
    found
}

/// One state on the way from the root to where the search is.
struct Frame {
    state: usize,
    /// The next transition to follow.
    cursor: usize,
    /// When the search came, from 1.
    entered: u32,
    /// How many finished states were waiting then.
    waiting: u32,
}

struct Search {
    reach: Vec<u32>,
    clock: u32,
    /// States that are finished while their component is not.
    finished: Vec<u32>,
    /// The components found so far are listed from here on, and their ends in `found.first`, last first.
    free: usize,
    found: Components,
}

impl Search {
    fn enter(&mut self, state: usize, cursor: usize) -> Frame {
        self.clock += 1;
        self.reach[state] = self.clock;
        Frame {
            state,
            cursor,
            entered: self.clock,
            waiting: narrow(self.finished.len()),
        }
    }

    /// Lists a component, once the search is through with the state it came to first.
    fn complete(&mut self, frame: &Frame) {
        self.found.first.push(narrow(self.free));
        for &member in &self.finished[frame.waiting as usize..] {
            self.free -= 1;
            self.found.states[self.free] = member;
            self.found.position[member as usize] = narrow(self.free);
            self.reach[member as usize] = DONE;
        }
        self.finished.truncate(frame.waiting as usize);
        self.free -= 1;
        self.found.states[self.free] = narrow(frame.state);
        self.found.position[frame.state] = narrow(self.free);
        self.reach[frame.state] = DONE;
    }
}
