//! What a fact can be where: a condition on what it never is there can never hold.
//!
//! Each fact is followed alone, as if all other conditions held, so that no value is missed that customers can come with.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Fact, FactKind, Given, Memory};
use crate::journey::feelings::Emotion;
use crate::journey::journey::Journey;
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;

/// A result of the promise that visits find, with what they may feel then.
type Found = (Option<PromiseResult>, Vec<Option<f64>>);

impl Journey {
    /// The facts that nothing asks about, by their names.
    pub(in crate::journey) fn idle_facts(&self) -> Vec<String> {
        let is_asked = |fact: &&Fact| {
            let asks = |given: &Given| given.facts().any(|(name, _)| name == fact.name);
            let at_touchpoints = self.touchpoints().flat_map(conditions);
            let mut all = at_touchpoints.chain(self.transitions().map(|(_, _, way)| &way.given));
            all.any(asks)
        };
        let idle = self.remembers().iter().filter(|fact| !is_asked(fact));
        idle.map(|fact| fact.name.clone()).collect()
    }

    /// The touchpoints at which something depends on what customers never remember there, in the order of the map.
    pub(in crate::journey) fn never_given(&self) -> Vec<String> {
        let mut never = BTreeSet::new();
        for fact in self.remembers() {
            // Both would be followed through very many states.
            if !matches!(fact.kind, FactKind::Moments { .. } | FactKind::Mood) {
                Following::new(self, fact).never(&mut never);
            }
        }
        let nodes = self.graph().raw_nodes();
        let id = |at: &usize| Some(nodes.get(*at)?.weight.id.clone());
        never.iter().filter_map(id).collect()
    }
}

/// Every condition at a touchpoint.
fn conditions(touchpoint: &Touchpoint) -> impl Iterator<Item = &Given> {
    let ends = touchpoint.ends.iter().map(|ending| &ending.given);
    let starts = touchpoint.starts_given.iter().map(|start| &start.given);
    let felt = touchpoint.emotion_given.iter().map(|felt| &felt.given);
    let promises = touchpoint.promise_given.iter().map(|of| &of.given);
    ends.chain(starts).chain(felt).chain(promises)
}

/// One fact, followed through the map.
struct Following<'a> {
    journey: &'a Journey,
    fact: &'a str,
    memory: Memory,
    groups: Vec<u16>,
    found: Vec<Vec<Found>>,
    /// By touchpoint.
    arriving: Vec<BTreeSet<u16>>,
    leaving: Vec<BTreeSet<(Option<PromiseResult>, u16)>>,
}

impl<'a> Following<'a> {
    fn new(journey: &'a Journey, fact: &'a Fact) -> Self {
        let nodes = journey.graph().raw_nodes().iter();
        let touchpoints = nodes.map(|node| &node.weight);
        let memory = Memory::new(std::slice::from_ref(fact), &touchpoints);
        let feels = matches!(
            fact.kind,
            FactKind::Felt { .. } | FactKind::Lowest { .. } | FactKind::Highest { .. }
        );
        let groups = memory.groups().into_iter();
        let mut following = Self {
            journey,
            fact: &fact.name,
            groups: groups
                .filter_map(|(state, _)| state.first().copied())
                .collect(),
            memory,
            found: touchpoints
                .clone()
                .map(|touchpoint| found(touchpoint, feels))
                .collect(),
            arriving: touchpoints.clone().map(|_| BTreeSet::new()).collect(),
            leaving: touchpoints.map(|_| BTreeSet::new()).collect(),
        };
        following.follow();
        following
    }

    fn follow(&mut self) {
        let graph = self.journey.graph();
        let mut open = Vec::new();
        for (node, _) in self.journey.start_nodes() {
            let Some(touchpoint) = graph.node_weight(node) else {
                continue;
            };
            let starts = &touchpoint.starts_given;
            for &group in &self.groups {
                let is_open = |given: &Given| self.allows(given, group);
                let begins = starts
                    .iter()
                    .any(|start| start.weight > 0.0 && is_open(&start.given));
                if starts.is_empty() || begins {
                    let mut state = [group];
                    self.memory.begin(&mut state, node.index());
                    open.push((node.index(), state));
                }
            }
        }
        while let Some((at, [state])) = open.pop() {
            let place = self.arriving.get_mut(at).zip(self.found.get(at));
            let Some((arriving, found)) = place.filter(|(known, _)| !known.contains(&state)) else {
                continue;
            };
            arriving.insert(state);
            let mut left = BTreeSet::new();
            for (result, feelings) in found {
                for &valence in feelings {
                    let mut after = [state];
                    self.memory.update(&mut after, at, *result, valence);
                    let [after] = after;
                    left.insert((*result, after));
                }
            }
            if let Some(known) = self.leaving.get_mut(at) {
                left.retain(|of| known.insert(*of));
            }
            for (result, state) in left {
                for edge in graph.edges(NodeIndex::new(at)) {
                    let way = edge.weight();
                    let is_open = way.when.is_none() || way.when == result;
                    if way.weight > 0.0 && is_open && self.allows(&way.given, state) {
                        open.push((edge.target().index(), [state]));
                    }
                }
            }
        }
    }

    /// Whether what a condition says of this fact holds.
    fn allows(&self, given: &Given, state: u16) -> bool {
        let mut asked = given.facts().filter(|(fact, _)| *fact == self.fact);
        let Some((_, mut values)) = asked.next() else {
            return true;
        };
        let value = self.memory.values(0).get(self.memory.value(0, state));
        value.is_some_and(|value| values.any(|wanted| wanted == value))
    }

    fn asks(&self, given: &Given) -> bool {
        given.facts().any(|(fact, _)| fact == self.fact)
    }

    /// Adds the touchpoints at which this fact is never as something there wants it. Where nobody comes, another warning says so.
    fn never(&self, never: &mut BTreeSet<usize>) {
        let graph = self.journey.graph();
        for (at, touchpoint) in self.journey.touchpoints().enumerate() {
            let node = NodeIndex::new(at);
            let arrives = |given: &Given| {
                let mut states = self.arriving.get(at).into_iter().flatten();
                states.any(|&state| self.allows(given, state))
            };
            let begins = |given: &Given| {
                let mut groups = self.groups.iter();
                groups.any(|&group| self.allows(given, group))
            };
            // After a result that no visit has, the condition is not to blame.
            let leaves = |when: Option<PromiseResult>, given: &Given| {
                let agrees = |result: Option<PromiseResult>| when.is_none() || when == result;
                let after = self.leaving.get(at).into_iter().flatten();
                let mut after = after.filter(|(result, _)| agrees(*result));
                let nobody = after.clone().next().is_none();
                nobody || after.any(|&(_, state)| self.allows(given, state))
            };
            let felt = touchpoint.emotion_given.iter().map(|felt| &felt.given);
            let promises = touchpoint.promise_given.iter().map(|of| &of.given);
            let mut before = felt.chain(promises);
            let mut starts = touchpoint.starts_given.iter();
            let ways = graph.edges(node).map(|edge| edge.weight());
            let ways = ways.map(|way| (way.weight, way.when, &way.given));
            let ends = touchpoint.ends.iter();
            let ends = ends.map(|ending| (ending.weight, ending.when, &ending.given));
            let is_idle = before.any(|given| self.asks(given) && !arrives(given))
                || ways.chain(ends).any(|(weight, when, given)| {
                    weight > 0.0 && self.asks(given) && !leaves(when, given)
                });
            let is_met = self.arriving.get(at).is_some_and(|met| !met.is_empty());
            if is_met && is_idle || starts.any(|start| !begins(&start.given)) {
                never.insert(at);
            }
        }
    }
}

/// What visits find and feel, whatever they remember. Where a fact does not depend on feelings, none of them matters.
fn found(touchpoint: &Touchpoint, feels: bool) -> Vec<Found> {
    let mut results: Vec<Option<PromiseResult>> =
        touchpoint.results().map(|(result, _)| result).collect();
    for fares in &touchpoint.promise_given {
        for &result in PromiseResult::ALL {
            let known = Some(result);
            if fares.promise.weight(result) > 0.0 && !results.contains(&known) {
                results.push(known);
            }
        }
    }
    let feelings = |result: Option<PromiseResult>| {
        if !feels || touchpoint.measurement {
            return vec![None];
        }
        let given = touchpoint.emotion_given.iter();
        let given = given.filter(|felt| felt.when.is_none() || felt.when == result);
        let emotions = touchpoint.emotion_after(result).into_iter();
        let emotions = emotions.chain(given.map(|felt| &felt.emotion));
        let known = emotions.flat_map(Emotion::valences);
        let known = known.map(|(valence, _)| Some(valence));
        known.chain([None]).collect()
    };
    let each = results.into_iter();
    each.map(|result| (result, feelings(result))).collect()
}
