//! The order in which customers come to the touchpoints.

use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;

use crate::flow::{Flow, Next};
use crate::journey::{Phase, Touchpoint};

impl Flow {
    /// The touchpoints in the order in which a picture shows them: phase by phase, in each the touchpoints of a stage
    /// together, and among these so that little of the flow goes backwards; otherwise in the order of the map.
    ///
    /// The least possible backward flow is hard to find; this is the greedy order of Eades, Lin and Smyth 1993 with the
    /// expected flow as weights. Without loops nothing goes backwards inside a stage. Takes O((n + m) log n).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let flow = Journey::builder("drawn from the end")
    ///     .touchpoint(Touchpoint::new("bill", Phase::After, Channel::Post))
    ///     .touchpoint(Touchpoint::new("visit", Phase::During, Channel::Store))
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone))
    ///     .transition("call", "visit", 1.0)
    ///     .transition("visit", "bill", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let ids: Vec<&str> = flow.sequence().iter().map(|touchpoint| touchpoint.id.as_str()).collect();
    /// assert_eq!(ids, ["call", "visit", "bill"]);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn sequence(&self) -> Vec<&Touchpoint> {
        let nodes = self.journey().graph().raw_nodes();
        // Touchpoints without a stage stand for themselves.
        let mut groups = BTreeMap::<(Phase, usize), Vec<usize>>::new();
        let mut first_of = BTreeMap::<(Phase, &str), usize>::new();
        for (position, node) in nodes.iter().enumerate() {
            let phase = node.weight.phase;
            let first = match &node.weight.stage {
                Some(stage) => *first_of.entry((phase, stage)).or_insert(position),
                None => position,
            };
            groups.entry((phase, first)).or_default().push(position);
        }
        let mut group_of = vec![0; nodes.len()];
        for (group, members) in groups.values().enumerate() {
            for &member in members {
                group_of[member] = group;
            }
        }
        let phase_of: Vec<Phase> = groups.keys().map(|&(phase, _)| phase).collect();
        let mut within = vec![Vec::new(); groups.len()];
        let mut between = Vec::new();
        for from in (0..nodes.len()).filter(|&from| self.is_visited(from)) {
            for (to, share) in self.onward_from(from) {
                let Next::Touchpoint(to) = to else {
                    continue;
                };
                let (to, flow) = (to as usize, self.visits_at(from) * share);
                let (here, there) = (group_of[from], group_of[to]);
                if here == there {
                    within[here].push((from, to, flow));
                } else if phase_of[here] == phase_of[there] {
                    between.push((here, there, flow));
                }
            }
        }
        let all: Vec<usize> = (0..groups.len()).collect();
        let members: Vec<&Vec<usize>> = groups.values().collect();
        let mut order = little_backwards(&all, &between);
        // Stable, so that the order inside each phase stays.
        order.sort_by_key(|&group| phase_of[group]);
        let order = order.into_iter();
        let order = order.flat_map(|group| little_backwards(members[group], &within[group]));
        order.map(|position| &nodes[position].weight).collect()
    }
}

/// Puts what nothing leads to first and what leads nowhere last, as long as there is such a thing; otherwise what
/// leads to more than leads to it comes next.
fn little_backwards(all: &[usize], ways: &[(usize, usize, f64)]) -> Vec<usize> {
    let place: BTreeMap<usize, usize> = all.iter().copied().zip(0..).collect();
    let mut onward = vec![Vec::new(); all.len()];
    let mut back = vec![Vec::new(); all.len()];
    let mut balance = vec![0.0; all.len()];
    for (from, to, flow) in ways.iter().filter(|(from, to, _)| from != to) {
        let (from, to) = (place[from], place[to]);
        onward[from].push((to, *flow));
        back[to].push((from, *flow));
        balance[from] += flow;
        balance[to] -= flow;
    }
    let mut left: Vec<(usize, usize)> = (0..all.len())
        .map(|place| (back[place].len(), onward[place].len()))
        .collect();
    let rank = |place: usize, (into, out): (usize, usize), balance: f64| {
        let kind = match (into, out) {
            // Alone, or the first of what remains.
            (0, _) => 0,
            (_, 0) => 1,
            _ => 2,
        };
        let key = if kind == 2 { -balance } else { 0.0 };
        // Of what comes last, the last of the map is put away first.
        let tie = if kind == 1 { all.len() - place } else { place };
        (kind, OrderedFloat(key), tie, place)
    };
    let mut open: BTreeSet<_> = (0..all.len())
        .map(|place| rank(place, left[place], balance[place]))
        .collect();
    let mut gone = vec![false; all.len()];
    let (mut front, mut end) = (Vec::with_capacity(all.len()), Vec::new());
    while let Some((kind, _, _, taken)) = open.pop_first() {
        gone[taken] = true;
        if kind == 1 {
            end.push(all[taken]);
        } else {
            front.push(all[taken]);
        }
        let neighbours = onward[taken].iter().map(|&(to, flow)| (to, flow, true));
        let neighbours =
            neighbours.chain(back[taken].iter().map(|&(from, flow)| (from, flow, false)));
        for (other, flow, forward) in neighbours.filter(|&(other, ..)| !gone[other]) {
            open.remove(&rank(other, left[other], balance[other]));
            if forward {
                left[other].0 -= 1;
                balance[other] += flow;
            } else {
                left[other].1 -= 1;
                balance[other] -= flow;
            }
            open.insert(rank(other, left[other], balance[other]));
        }
    }
    front.extend(end.into_iter().rev());
    front
}
