//! Which counts belong to which touchpoint of the journey.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::events::error::LearnError;
use crate::events::index::Counts;
use crate::events::learned::LearnRemark;
use crate::events::options::LearnOptions;
use crate::events::tally::levels::Level;
use crate::events::tally::under_way::UNSTATED;
use crate::events::tally::{Tally, result_at};
use crate::journey::{Channel, Journey, Outcome, Phase, PromiseResult, Touchpoint};

/// The name of the channel that no event states.
pub(crate) const NO_CHANNEL: &str = "unstated";
/// The name of what touchpoints are folded into.
const OTHER: &str = "other";

/// A touchpoint of the journey to be, and its counts.
#[derive(Debug)]
pub(super) struct Node {
    /// Of the plan, or new: everything that is not counted.
    pub(super) drawn: Touchpoint,
    /// What its promise is called where nobody names it.
    pub(super) touchpoint: String,
    pub(super) planned: bool,
    /// Whether it puts a promise to the test.
    pub(super) tests: bool,
    pub(super) visits: [u64; 4],
    pub(super) phases: [u64; 3],
    pub(super) starts: u64,
    pub(super) ends: BTreeMap<(u8, Outcome), u64>,
    pub(super) emotions: Vec<(u8, Level, u64)>,
    pub(super) owners: BTreeMap<String, u64>,
    pub(super) promises: BTreeMap<String, u64>,
}

impl Node {
    fn new(drawn: Touchpoint, touchpoint: String, planned: bool) -> Self {
        Self {
            tests: planned && drawn.promise.is_some(),
            drawn,
            touchpoint,
            planned,
            visits: [0; 4],
            phases: [0; 3],
            starts: 0,
            ends: BTreeMap::new(),
            emotions: Vec::new(),
            owners: BTreeMap::new(),
            promises: BTreeMap::new(),
        }
    }
}

/// The promise result of a visit at a touchpoint that does or does not test one.
pub(super) fn collapse(slot: u8, tests: bool) -> Option<PromiseResult> {
    tests.then(|| result_at(slot).unwrap_or(PromiseResult::Unknown))
}

/// A place of the tally that was folded.
pub(super) struct FoldedPlace {
    pub(super) id: String,
    pub(super) visits: u64,
    pub(super) node: usize,
}

/// All touchpoints of the journey to be.
pub(super) struct Nodes {
    pub(super) all: Vec<Node>,
    pub(super) folded: Vec<FoldedPlace>,
    pub(super) unvisited: Vec<String>,
    /// By number of the place; unused places have none.
    pub(super) node_of: Vec<Option<usize>>,
}

/// A place of the tally with its names.
struct Named<'a> {
    place: usize,
    visits: u64,
    touchpoint: &'a str,
    /// Empty where none is stated.
    channel: &'a str,
    /// `touchpoint @ channel`, or the touchpoint alone where that is enough.
    id: String,
}

impl Nodes {
    pub(super) fn new(tally: &Tally, options: &LearnOptions) -> Result<Self, LearnError> {
        let named = named(tally);
        let mut nodes = Self {
            all: Vec::new(),
            folded: Vec::new(),
            unvisited: Vec::new(),
            node_of: vec![None; tally.places.len()],
        };
        let rest = match &options.plan {
            Some(plan) => nodes.match_plan(plan, named),
            None => named,
        };
        nodes.add(tally, options, rest)?;
        nodes.count(tally, options);
        Ok(nodes)
    }

    /// Gives places to the touchpoints of the plan; hands on those that have none.
    fn match_plan<'a>(&mut self, plan: &Journey, named: Vec<Named<'a>>) -> Vec<Named<'a>> {
        let mut by_position: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let matching = Plan::new(plan);
        let mut rest = Vec::new();
        for place in named {
            match matching.find(plan, &place) {
                Some(position) => by_position.entry(position).or_default().push(place.place),
                None => rest.push(place),
            }
        }
        for (position, touchpoint) in plan.touchpoints().enumerate() {
            let Some(places) = by_position.get(&position) else {
                self.unvisited.push(touchpoint.id.clone());
                continue;
            };
            for &place in places {
                self.node_of[place] = Some(self.all.len());
            }
            let label = touchpoint.label().to_owned();
            self.all.push(Node::new(touchpoint.clone(), label, true));
        }
        rest
    }

    /// Adds touchpoints for the places that have none, folding small ones.
    fn add(
        &mut self,
        tally: &Tally,
        options: &LearnOptions,
        named: Vec<Named<'_>>,
    ) -> Result<(), LearnError> {
        let stated = stated_phases(tally);
        let mut unknown = BTreeSet::new();
        let mut phased = Vec::new();
        for place in named {
            let own = tally.places[place.place].phases;
            let phase = majority(own)
                .or_else(|| majority(stated.get(place.touchpoint).copied().unwrap_or_default()))
                .or_else(|| options.phases.get(&place.id).copied())
                .or_else(|| options.phases.get(place.touchpoint).copied())
                .or_else(|| options.phase_of.as_ref()?(place.touchpoint))
                .or(options.other_phases);
            match phase {
                Some(phase) => phased.push((phase, place)),
                None => {
                    unknown.insert(place.touchpoint.to_owned());
                }
            }
        }
        if !unknown.is_empty() {
            return Err(LearnError::NoPhase {
                touchpoints: unknown.into_iter().collect(),
            });
        }
        // Stable, and by name and channel before.
        phased.sort_by_key(|&(phase, _)| phase);
        let mut taken: BTreeSet<String> =
            self.all.iter().map(|node| node.drawn.id.clone()).collect();
        taken.extend(self.unvisited.iter().cloned());
        let few = |place: &Named<'_>| place.visits < options.fold_below;
        let (small, large): (Vec<_>, Vec<_>) = phased.into_iter().partition(|(_, p)| few(p));
        for (phase, place) in large {
            let channel = match place.channel {
                "" => NO_CHANNEL,
                channel => channel,
            };
            let drawn = Touchpoint::new(unique(&place.id, &mut taken), phase, channel)
                .need(place.touchpoint);
            self.node_of[place.place] = Some(self.all.len());
            self.all
                .push(Node::new(drawn, place.touchpoint.to_owned(), false));
        }
        let phases: BTreeSet<Phase> = small.iter().map(|&(phase, _)| phase).collect();
        for phase in phases {
            let id = unique(&format!("{OTHER} ({phase})"), &mut taken);
            let drawn = Touchpoint::new(id, phase, OTHER);
            let node = self.all.len();
            self.all.push(Node::new(drawn, OTHER.to_owned(), false));
            for (_, place) in small.iter().filter(|&&(of, _)| of == phase) {
                self.node_of[place.place] = Some(node);
                self.folded.push(FoldedPlace {
                    id: place.id.clone(),
                    visits: place.visits,
                    node,
                });
            }
        }
        Ok(())
    }

    /// Adds the counts of every place to its touchpoint.
    fn count(&mut self, tally: &Tally, options: &LearnOptions) {
        let places = tally.places.iter().zip(tally.visited());
        for ((place, visits), node) in places.zip(&self.node_of) {
            let Some(node) = node.and_then(|node| self.all.get_mut(node)) else {
                continue;
            };
            for (sum, visits) in node.visits.iter_mut().zip(visits) {
                *sum += visits;
            }
            for (sum, events) in node.phases.iter_mut().zip(place.phases) {
                *sum += events;
            }
            node.starts += place.starts;
            // A result that was stated, even as unknown, is a promise put to the test.
            node.tests |= visits[1..].iter().any(|&visits| visits > 0);
        }
        for (place, owner, count) in tally.owners.iter() {
            if let Some(node) = self.node(place) {
                let name = tally.labels.name(owner).to_owned();
                *node.owners.entry(name).or_default() += count;
            }
        }
        for (place, promise, count) in tally.promises.iter() {
            if let Some(node) = self.node(place) {
                node.tests = true;
                let name = tally.labels.name(promise).to_owned();
                *node.promises.entry(name).or_default() += count;
            }
        }
        let levels: Vec<Level> = tally.levels.iter().collect();
        for (moment, level, count) in tally.visits.felt() {
            let level = levels.get(level as usize).copied();
            if let (Some(node), Some(level)) = (self.node(moment >> 2), level) {
                node.emotions.push(((moment & 3) as u8, level, count));
            }
        }
        // Many journeys end alike.
        let mut ended = Counts::new(tally.seed);
        for open in tally.open.states() {
            if let Some(node) = self.node(open.first) {
                node.starts += 1;
            }
            // There are fewer kinds of ends than numbers.
            let _ = ended.add(open.last, open.outcome, 1);
        }
        for (moment, outcome, count) in ended.iter() {
            self.end(tally, options, moment, outcome, count);
        }
        for (moment, outcome, count) in tally.ended.iter() {
            self.end(tally, options, moment, outcome, count);
        }
    }

    fn end(
        &mut self,
        tally: &Tally,
        options: &LearnOptions,
        moment: u32,
        outcome: u32,
        count: u64,
    ) {
        let Some(place) = tally.places.get((moment >> 2) as usize) else {
            return;
        };
        let Some(node) = self.node(moment >> 2) else {
            return;
        };
        let outcome = if outcome == UNSTATED {
            let touchpoint = tally.touchpoints.name(place.touchpoint);
            let by_id = options.outcomes.get(&node.drawn.id);
            let stated = by_id.or_else(|| options.outcomes.get(touchpoint));
            stated.cloned().unwrap_or(Outcome::Unstated)
        } else {
            Outcome::from(tally.labels.name(outcome))
        };
        let result = (moment & 3) as u8;
        *node.ends.entry((result, outcome)).or_default() += count;
    }

    /// Outcomes of the options that journeys reach and go on from.
    pub(super) fn midway(&self, options: &LearnOptions) -> Vec<LearnRemark> {
        let mut remarks = self.ends_midway();
        for node in &self.all {
            let by_id = options.outcomes.get(&node.drawn.id);
            let Some(outcome) = by_id.or_else(|| options.outcomes.get(&node.touchpoint)) else {
                continue;
            };
            let visits: u64 = node.visits.iter().sum();
            let ended: u64 = node.ends.values().sum();
            if visits > ended {
                remarks.push(LearnRemark::OutcomeMidway {
                    id: node.drawn.id.clone(),
                    outcome: outcome.clone(),
                    visits,
                    went_on: visits - ended,
                });
            }
        }
        remarks
    }

    /// Touchpoints at which most journeys end and some do not, where nobody says how any ends.
    fn ends_midway(&self) -> Vec<LearnRemark> {
        let ends = || self.all.iter().flat_map(|node| &node.ends);
        if ends().any(|((_, outcome), _)| *outcome != Outcome::Unstated) {
            return Vec::new();
        }
        let journeys: u64 = ends().map(|(_, ended)| ended).sum();
        let midway = self.all.iter().filter_map(|node| {
            let visits: u64 = node.visits.iter().sum();
            let ended: u64 = node.ends.values().sum();
            (journeys > 1 && 2 * ended > journeys && visits > ended).then(|| {
                LearnRemark::EndMidway {
                    id: node.drawn.id.clone(),
                    touchpoint: node.touchpoint.clone(),
                    journeys,
                    ended,
                    went_on: visits - ended,
                }
            })
        });
        let last = self.last_touchpoints();
        let none = (!last.is_empty()).then_some(LearnRemark::NoEndings { last });
        midway.chain(none).collect()
    }

    /// The touchpoints at which journeys end, by their names, with how many end there, most first.
    fn last_touchpoints(&self) -> Vec<(String, u64)> {
        let mut ended: BTreeMap<&str, u64> = BTreeMap::new();
        for node in &self.all {
            *ended.entry(&node.touchpoint).or_default() += node.ends.values().sum::<u64>();
        }
        let mut last: Vec<(String, u64)> = ended
            .into_iter()
            .filter(|&(_, ended)| ended > 0)
            .map(|(name, ended)| (name.to_owned(), ended))
            .collect();
        last.sort_by_key(|&(_, ended)| Reverse(ended));
        last
    }

    fn node(&mut self, place: u32) -> Option<&mut Node> {
        let node = self.node_of.get(place as usize).copied().flatten()?;
        self.all.get_mut(node)
    }
}

/// The ids of the places that were visited.
pub(super) fn ids(tally: &Tally) -> Vec<String> {
    named(tally).into_iter().map(|place| place.id).collect()
}

/// The places that were visited, in the order of touchpoint and channel, with the ids that they are given.
fn named(tally: &Tally) -> Vec<Named<'_>> {
    let visits = tally
        .visited()
        .into_iter()
        .map(|visits| visits.iter().sum());
    let mut named: Vec<Named<'_>> = (0..)
        .zip(tally.places.iter().zip(visits))
        .filter(|&(_, (_, visits))| visits > 0)
        .map(|(number, (place, visits))| Named {
            place: number,
            visits,
            touchpoint: tally.touchpoints.name(place.touchpoint),
            channel: tally.channels.name(place.channel),
            id: String::new(),
        })
        .collect();
    named.sort_by_key(|place| (place.touchpoint, place.channel));
    for same in named.chunk_by_mut(|a, b| a.touchpoint == b.touchpoint) {
        let several = same.len() > 1;
        for place in same {
            place.id = match (several, place.channel) {
                (false, _) => place.touchpoint.to_owned(),
                (true, "") => format!("{} @ {NO_CHANNEL}", place.touchpoint),
                (true, channel) => format!("{} @ {channel}", place.touchpoint),
            };
        }
    }
    named
}

/// How often each phase is stated for a touchpoint, over all its channels.
fn stated_phases(tally: &Tally) -> BTreeMap<&str, [u64; 3]> {
    let mut stated: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for place in &tally.places {
        let sums = stated
            .entry(tally.touchpoints.name(place.touchpoint))
            .or_default();
        for (sum, count) in sums.iter_mut().zip(place.phases) {
            *sum += count;
        }
    }
    stated
}

/// The phase stated most often, the earliest at a tie; `None` where none is stated.
fn majority(phases: [u64; 3]) -> Option<Phase> {
    let counted = Phase::ALL.iter().copied().zip(phases);
    let stated = counted.filter(|&(_, count)| count > 0);
    stated
        .max_by_key(|&(phase, count)| (count, std::cmp::Reverse(phase)))
        .map(|(phase, _)| phase)
}

/// The id itself, or with a number after it where it is taken.
fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let mut free = id.to_owned();
    let mut number = 2_u32;
    while !taken.insert(free.clone()) {
        free = format!("{id} ({number})");
        number += 1;
    }
    free
}

/// The touchpoints of a plan by the names that events may use.
struct Plan<'a> {
    by_name: BTreeMap<&'a str, Vec<(usize, &'a Channel)>>,
}

impl<'a> Plan<'a> {
    fn new(plan: &'a Journey) -> Self {
        let mut by_name: BTreeMap<&str, Vec<(usize, &Channel)>> = BTreeMap::new();
        for (position, touchpoint) in plan.touchpoints().enumerate() {
            let mut names = BTreeSet::from([touchpoint.id.as_str()]);
            names.extend(touchpoint.name.as_deref());
            for name in names {
                let known = by_name.entry(name).or_default();
                known.push((position, &touchpoint.channel));
            }
        }
        Self { by_name }
    }

    /// The position of the touchpoint that a place is meant to be.
    fn find(&self, plan: &Journey, place: &Named<'_>) -> Option<usize> {
        let full = format!("{} @ {}", place.touchpoint, place.channel);
        if let Some(node) = plan.node(&full) {
            return Some(node.index());
        }
        let candidates = self.by_name.get(place.touchpoint)?;
        let mut agreeing = candidates
            .iter()
            .filter(|(_, channel)| place.channel.is_empty() || channel.as_str() == place.channel);
        match (agreeing.next(), agreeing.next()) {
            (Some(&(position, _)), None) => Some(position),
            _ => None,
        }
    }
}
