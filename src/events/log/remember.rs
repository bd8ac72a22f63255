//! A learned map whose customers remember: the facts are walked along with each journey, and what depends on them is drawn
//! where journeys differ in them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use super::EventLog;
use super::count::{Ground, Step, Walk};
use super::grouped::Groups;
use crate::events::tally::levels::Level;
use crate::events::tally::waits::Spread;
use crate::journey::{
    Emotion, EmotionGiven, Ending, Fact, FactKind, Given, Invalid, Journey, Memory, Outcome,
    Promise, PromiseGiven, PromiseResult, StartGiven, Transition,
};

/// So many classes of moments can a fact tell apart.
const MOST_LEVELS: u32 = 20;

/// The value of each fact, by position.
type Values = Vec<usize>;

/// What was counted of the ways that journeys took which remember the same.
#[derive(Debug, Clone, Default)]
struct Taken {
    count: f64,
    waits: Spread,
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
    /// How many journeys of each group begin here.
    starts: BTreeMap<u16, f64>,
}

/// The map of a log with facts that customers remember: the same touchpoints and counts, told apart by what each journey
/// remembered.
pub(super) fn remember(
    log: &EventLog,
    journey: &Journey,
    ground: &Ground<'_>,
    facts: &[Fact],
) -> Result<Journey, Invalid> {
    let (mut facts, groups) = Groups::of(log, facts);
    facts.iter_mut().for_each(tell_all);
    let memory = Memory::new(
        &facts,
        &journey.graph().raw_nodes().iter().map(|node| &node.weight),
    );
    let mut counts: Vec<At> = journey.touchpoints().map(|_| At::default()).collect();
    let mut walk = Walk::default();
    for logged in log.journeys() {
        walk.go(ground, &logged);
        let group = groups.as_ref().map(|of| (of.fact, of.state(&logged)));
        add(ground, &memory, group, &walk, &mut counts);
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
        if let Some(groups) = groups.as_ref().filter(|_| !at.starts.is_empty()) {
            drawn.starts = None;
            drawn.starts_given = drawing.starts(at, groups.fact);
        }
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
    for fact in &facts {
        builder = builder.remember(fact.clone());
    }
    builder.build()
}

/// A fact that tells less than it keeps would not have the counted law. So moments are told one by one, as far as classes go.
fn tell_all(fact: &mut Fact) {
    if let FactKind::Moments { from } = &mut fact.kind
        && let Some(&last) = from.last()
        && last <= MOST_LEVELS
    {
        *from = (1..=last).collect();
    }
}

/// The result that the map tells of: visits of unknown result where a promise is tested, and nothing elsewhere.
fn result(ground: &Ground<'_>, step: &Step) -> Option<PromiseResult> {
    ground.promise(step.node)?;
    Some(step.result.unwrap_or(PromiseResult::Unknown))
}

/// Walks a journey; of customers in groups, the fact and its state are given.
fn add(
    ground: &Ground<'_>,
    memory: &Memory,
    group: Option<(usize, u16)>,
    walk: &Walk,
    counts: &mut [At],
) {
    let mut states = vec![0; memory.len()];
    if let Some(first) = walk.steps.first() {
        memory.begin(&mut states, first.node as usize);
        if let Some((fact, group)) = group {
            if let Some(state) = states.get_mut(fact) {
                *state = group;
            }
            if let Some(at) = counts.get_mut(first.node as usize) {
                *at.starts.entry(group).or_default() += 1.0;
            }
        }
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
                    taken.waits.add(milliseconds(wait));
                }
            }
            (None, Some(outcome)) => *at.ends.entry((found, after, outcome)).or_default() += 1.0,
            (None, None) => {}
        }
    }
}

/// Waits are told in milliseconds, as on maps that forget.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "waits are not negative, and those beyond the numbers count as the longest"
)]
fn milliseconds(wait_s: f64) -> u64 {
    (wait_s * 1000.0).round() as u64
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

    fn starts(&self, at: &At, fact: usize) -> Vec<StartGiven> {
        let each = at.starts.iter().filter_map(|(&group, &count)| {
            let word = self
                .memory
                .values(fact)
                .get(self.memory.value(fact, group))?;
            let given = Given::is(*self.names.get(fact)?, word.as_str());
            Some(StartGiven::new(given, count))
        });
        each.collect()
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
            if let Some(waits) = taken.waits.waits() {
                way = way.waits(waits);
            }
            (*to, way)
        })
    }
}
