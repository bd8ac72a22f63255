//! Strongly connected components, with an explicit stack.
//!
//! Tarjan's search (1972) finds the components in reverse topological order. It keeps its frames in a vector, so a line of
//! a million states is no deeper for the machine than a single state. Inside a component the states are listed in reverse
//! postorder of the search: most transitions then lead forwards, whatever numbering the caller chose, which both the
//! sweeps of [`super::iterative`] and the ties of [`super::order`] profit from.

use super::narrow;

/// The components of a directed graph, in topological order.
pub(super) struct Components {
    /// The component of every state; no transition leads to a component of a lower number.
    pub(super) of: Vec<u32>,
    /// Where every component begins in `states`, and the number of states at the end.
    pub(super) first: Vec<u32>,
    /// The states by component, in reverse postorder inside each.
    pub(super) states: Vec<u32>,
}

/// No component yet.
const OPEN: u32 = u32::MAX;

/// The components of the graph in which `targets[offsets[i]..offsets[i + 1]]` are the successors of `i`.
pub(super) fn components(offsets: &[usize], targets: &[u32]) -> Components {
    let n = offsets.len().saturating_sub(1);
    let mut entered = vec![0_u32; n]; // when the search came first, from 1
    let mut low = vec![0_u32; n]; // the earliest open state known to be reachable
    let mut of = vec![OPEN; n];
    let mut open = Vec::new();
    let mut finished = Vec::with_capacity(n);
    let mut frames: Vec<(usize, usize)> = Vec::new();
    let (mut clock, mut found) = (0_u32, 0_u32);
    for root in 0..n {
        if entered[root] != 0 {
            continue;
        }
        let mut next = Some(root);
        loop {
            if let Some(state) = next.take() {
                clock += 1;
                entered[state] = clock;
                low[state] = clock;
                open.push(narrow(state));
                frames.push((state, offsets[state]));
            }
            let Some((state, cursor)) = frames.last_mut() else {
                break;
            };
            let state = *state;
            let mut reach = low[state];
            while *cursor < offsets[state + 1] {
                let target = targets[*cursor] as usize;
                *cursor += 1;
                if entered[target] == 0 {
                    next = Some(target);
                    break;
                }
                if of[target] == OPEN {
                    reach = reach.min(low[target]);
                }
            }
            low[state] = reach;
            if next.is_some() {
                continue;
            }
            frames.pop();
            finished.push(narrow(state));
            if reach == entered[state] {
                while let Some(member) = open.pop() {
                    of[member as usize] = found;
                    if member as usize == state {
                        break;
                    }
                }
                found += 1;
            } else if let Some(&(parent, _)) = frames.last() {
                low[parent] = low[parent].min(reach);
            }
        }
    }
    for component in &mut of {
        *component = found - 1 - *component;
    }
    group(of, found as usize, &finished)
}

/// Lists the states by component, those that the search finished last first.
fn group(of: Vec<u32>, count: usize, finished: &[u32]) -> Components {
    let mut first = vec![0_u32; count + 1];
    for &component in &of {
        first[component as usize + 1] += 1;
    }
    for component in 0..count {
        first[component + 1] += first[component];
    }
    let mut cursor = first.clone();
    let mut states = vec![0_u32; of.len()];
    for &state in finished.iter().rev() {
        let place = &mut cursor[of[state as usize] as usize];
        states[*place as usize] = state;
        *place += 1;
    }
    Components { of, first, states }
}
