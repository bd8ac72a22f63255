//! A learned map whose customers remember: the facts are walked along with each journey, and what depends on them is drawn
//! where journeys differ in them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use super::EventLog;
use super::count::{Ground, Step, Walk};
use crate::events::levels::Level;
use crate::journey::{
    Emotion, EmotionGiven, Ending, Fact, Given, Invalid, Journey, Memory, Outcome, Promise,
    PromiseGiven, PromiseResult, Transition,
};

/// The value of each fact, by position.
type Values = Vec<usize>;

/// What was counted of the ways that journeys took which remember the same.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    count: f64,
    timed: f64,
    wait: f64,
}

/// What was felt on visits that found the same.
#[derive(Debug, Default)]
struct Felt {
    visits: f64,
    stated: f64,
    mix: BTreeMap<(u64, ordered_float::OrderedFloat<f64>), (Level, f64)>,
}

/// All counts, by touchpoint.
#[derive(Debug, Default)]
struct At {
    /// On arriving: how often each result was found, and what was felt by result.
    results: BTreeMap<Values, [f64; 3]>,
    felt: BTreeMap<(Values, Option<PromiseResult>), Felt>,
    /// On leaving.
    ways: BTreeMap<(usize, Option<PromiseResult>, Values), Taken>,
    ends: BTreeMap<(Option<PromiseResult>, Values, u32), f64>,
    before: BTreeSet<Values>,
    after: BTreeSet<Values>,
}

/// The map of a log with facts that customers remember: the same touchpoints and counts, told apart by what each journey
/// remembered.
pub(super) fn remember(
    log: &EventLog,
    journey: &Journey,
    ground: &Ground<'_>,
    facts: &[Fact],
) -> Result<Journey, Invalid> {
    let memory = Memory::new(
        facts,
        &journey.graph().raw_nodes().iter().map(|node| &node.weight),
    );
    let mut counts: Vec<At> = journey.touchpoints().map(|_| At::default()).collect();
    let mut walk = Walk::default();
    for logged in log.journeys() {
        walk.go(ground, &logged);
        add(ground, &memory, &walk, &mut counts);
    }
    let names: Vec<&str> = facts.iter().map(|fact| fact.name.as_str()).collect();
    let drawing = Drawing {
        ground,
        memory: &memory,
        names,
    };
    let mut graph = DiGraph::new();
    for (touchpoint, at) in journey.touchpoints().zip(&counts) {
        let mut drawn = touchpoint.clone();
        drawn.ends = drawing.ends(at);
        if at.before.len() > 1 {
            if let Some(promise) = &touchpoint.promise {
                drawn.promise_given = drawing.promises(at, promise);
            }
            let feels = [
                &touchpoint.emotion,
                &touchpoint.emotion_when_broken,
                &touchpoint.emotion_when_unknown,
            ];
            if feels.into_iter().any(Option::is_some) {
                drawn.emotion_given = drawing.emotions(at);
            }
        }
        graph.add_node(drawn);
    }
    for (from, at) in counts.iter().enumerate() {
        for (to, transition) in drawing.ways(at) {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), transition);
        }
    }
    let mut builder = journey.redrawn(journey.name().to_owned(), graph);
    for fact in facts {
        builder = builder.remember(fact.clone());
    }
    builder.build()
}

/// The result that the map tells of: visits of unknown result where a promise is tested, and nothing elsewhere.
fn result(ground: &Ground<'_>, step: &Step) -> Option<PromiseResult> {
    ground.promise(step.node)?;
    Some(step.result.unwrap_or(PromiseResult::Unknown))
}

fn add(ground: &Ground<'_>, memory: &Memory, walk: &Walk, counts: &mut [At]) {
    let mut states = vec![0; memory.len()];
    if let Some(first) = walk.steps.first() {
        memory.begin(&mut states, first.node as usize);
    }
    let values = |states: &[u16]| -> Values {
        let known = states.iter().enumerate();
        known
            .map(|(fact, &state)| memory.value(fact, state))
            .collect()
    };
    let nexts = walk.steps.iter().skip(1).map(Some).chain([None]);
    for (step, next) in walk.steps.iter().zip(nexts) {
        let found = result(ground, step);
        let before = values(&states);
        memory.update(&mut states, step.node as usize, found, step.valence);
        let after = values(&states);
        let Some(at) = counts.get_mut(step.node as usize) else {
            continue;
        };
        if let Some(found) = found {
            let counted = at.results.entry(before.clone()).or_default();
            let slot = PromiseResult::ALL.iter().position(|known| *known == found);
            if let Some(counted) = slot.and_then(|slot| counted.get_mut(slot)) {
                *counted += 1.0;
            }
        }
        let felt = at.felt.entry((before.clone(), found)).or_default();
        felt.visits += 1.0;
        if let Some(level) = ground.level(step.level) {
            felt.stated += 1.0;
            felt.mix.entry(level.order()).or_insert((level, 0.0)).1 += 1.0;
        }
        at.before.insert(before);
        at.after.insert(after.clone());
        match (next, walk.outcome) {
            (Some(next), _) => {
                let key = (next.node as usize, found, after);
                let taken = at.ways.entry(key).or_default();
                taken.count += 1.0;
                if let Some(wait) = next.wait {
                    taken.timed += 1.0;
                    taken.wait += wait;
                }
            }
            (None, Some(outcome)) => *at.ends.entry((found, after, outcome)).or_default() += 1.0,
            (None, None) => {}
        }
    }
}

struct Drawing<'a> {
    ground: &'a Ground<'a>,
    memory: &'a Memory,
    names: Vec<&'a str>,
}

impl Drawing<'_> {
    /// The condition that tells some values from all others that occur.
    fn given(&self, values: &Values, among: &BTreeSet<Values>) -> Given {
        let mut given = Given::default();
        for (fact, (name, value)) in self.names.iter().zip(values).enumerate() {
            let differs = among.iter().any(|other| other.get(fact) != Some(value));
            let word = self.memory.values(fact).get(*value);
            if let Some(word) = word.filter(|_| differs) {
                given = given.and(*name, word.as_str());
            }
        }
        given
    }

    fn promises(&self, at: &At, promise: &Promise) -> Vec<PromiseGiven> {
        let each = at.results.iter().map(|(before, &[kept, broken, unknown])| {
            let tested = Promise::new(promise.name.clone());
            let tested = tested.kept(kept).broken(broken).unknown(unknown);
            PromiseGiven::new(self.given(before, &at.before), tested)
        });
        each.collect()
    }

    fn emotions(&self, at: &At) -> Vec<EmotionGiven> {
        let each = at.felt.iter().map(|((before, found), felt)| {
            let shades = felt.mix.values();
            let mix = Emotion::mix(shades.map(|&(level, count)| level.shade().weight(count)));
            let emotion = mix.or_unknown(felt.visits - felt.stated);
            let given = EmotionGiven::new(self.given(before, &at.before), emotion);
            match found {
                Some(found) => given.when(*found),
                None => given,
            }
        });
        each.collect()
    }

    fn ends(&self, at: &At) -> Vec<Ending> {
        let each = at
            .ends
            .iter()
            .filter_map(|((found, after, outcome), count)| {
                let outcome: &Outcome = self.ground.outcomes.get(*outcome as usize)?;
                let ending = Ending::new(outcome.clone(), *count);
                let mut ending = ending.given(self.given(after, &at.after));
                ending.when = *found;
                Some(ending)
            });
        each.collect()
    }

    fn ways<'b>(&'b self, at: &'b At) -> impl Iterator<Item = (usize, Transition)> + 'b {
        at.ways.iter().map(|((to, found, after), taken)| {
            let way = Transition::new(taken.count);
            let mut way = way.given(self.given(after, &at.after));
            way.when = *found;
            way.wait_s = (taken.timed > 0.0).then(|| taken.wait / taken.timed);
            (*to, way)
        })
    }
}
