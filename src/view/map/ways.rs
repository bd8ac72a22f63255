//! Which ways between touchpoints are drawn.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Column, WaitTime};
use crate::flow::Flow;
use crate::journey::Touchpoint;

/// Ways that fewer journeys go are not drawn ...
const RARE: f64 = 0.01;
/// ... and of those from one touchpoint at most so many, the most gone.
const FROM_ONE: usize = 4;

/// So many journeys go past the columns between two others where the curve has a line for them.
const MANY: f64 = 0.25;

/// A way of many journeys past other columns, of which the curve from neighbour to neighbour knows nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bypass {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Share of journeys, at most.
    pub(crate) share: f64,
}

/// The ways onward that a quarter of the journeys go, between columns of which both feelings are known.
pub(super) fn bypasses(ways: &[Way], columns: &[Column]) -> Vec<Bypass> {
    let onward = ways.iter().filter(|way| way.to > way.from + 1);
    let bypasses = onward.filter_map(|way| {
        let (from, to) = (columns.get(way.from)?, columns.get(way.to)?);
        let share = way.flow.min(from.reach()).min(to.reach());
        let is_known = from.marker.is_some() && to.marker.is_some();
        (is_known && share >= MANY).then_some(Bypass {
            from: way.from,
            to: way.to,
            share,
        })
    });
    bypasses.collect()
}

/// A way between two columns, by their places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Way {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Share of the visits that go on this way.
    pub(crate) share: f64,
    /// How often a journey goes this way, on average.
    pub(crate) flow: f64,
    /// How long it takes, where that is known.
    pub(crate) wait: Option<WaitTime>,
    /// Whether it is a step of the most likely path, which is drawn however rare.
    pub(crate) is_on_likely_path: bool,
    /// Whether some who come to its beginning find it closed, by what they remember.
    pub(crate) is_given: bool,
}

/// The ways that are drawn, by where they begin and the most gone first, and how many between columns are not.
pub(super) fn choose(flow: &Flow, shown: &[&Touchpoint], path: &[String]) -> (Vec<Way>, usize) {
    let place = places(shown);
    let steps: BTreeSet<(&str, &str)> = path
        .iter()
        .zip(path.iter().skip(1))
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    let waits = waits(flow);
    let given = given(flow);
    let mut all: Vec<(Way, OrderedFloat<f64>)> = Vec::new();
    for figures in flow.transitions() {
        let ends = (figures.from.as_str(), figures.to.as_str());
        if let (Some(&from), Some(&to)) = (place.get(ends.0), place.get(ends.1)) {
            let way = Way {
                from,
                to,
                share: figures.share,
                flow: figures.flow,
                wait: waits
                    .get(&(figures.from.clone(), figures.to.clone()))
                    .copied(),
                is_on_likely_path: steps.contains(&ends),
                is_given: given.contains(&ends),
            };
            all.push((way, OrderedFloat(figures.flow)));
        }
    }
    let found = all.len();
    all.sort_by_key(|(way, flow)| (way.from, Reverse(*flow), way.to));
    let mut drawn = Vec::with_capacity(found);
    for from_one in all.chunk_by(|(a, _), (b, _)| a.from == b.from) {
        let notable = from_one.iter().enumerate().filter(|(rank, (way, flow))| {
            way.is_on_likely_path || (*rank < FROM_ONE && flow.0 >= RARE)
        });
        drawn.extend(notable.map(|(_, (way, _))| *way));
    }
    let left_out = found - drawn.len();
    (drawn, left_out)
}

/// How long ways take, by the ids of their ends: as the report tells it, where it is known how waits spread, and else what is stated,
/// since ways with different conditions may take differently long.
fn waits(flow: &Flow) -> BTreeMap<(String, String), WaitTime> {
    let mut waits = BTreeMap::<_, WaitTime>::new();
    for (from, to, transition) in flow.journey().transitions() {
        if let Some(wait) = transition.wait_s {
            let ends = (from.id.clone(), to.id.clone());
            let stated = WaitTime::Stated {
                least: wait,
                most: wait,
            };
            if let WaitTime::Stated { least, most } = waits.entry(ends).or_insert(stated) {
                (*least, *most) = (least.min(wait), most.max(wait));
            }
        }
    }
    for way in flow.time_ways() {
        if let Some((median, quartiles)) = way.time.middle() {
            waits.insert((way.from, way.to), WaitTime::Spread { median, quartiles });
        }
    }
    waits
}

/// The ways that some who come to their beginning find closed by what they remember, by the ids of their ends.
fn given(flow: &Flow) -> BTreeSet<(&str, &str)> {
    let graph = flow.journey().graph();
    let mut closed = BTreeSet::new();
    if flow.moments().remembered().is_none() {
        return closed;
    }
    for (state, moment) in flow.visited() {
        let open = moment.ways.iter().filter_map(|way| {
            let edge = EdgeIndex::new(way.transition()?);
            Some(graph.edge_endpoints(edge)?.1)
        });
        let open: BTreeSet<NodeIndex> = open.collect();
        let from = NodeIndex::new(flow.moments().touchpoint(state));
        for edge in graph.edges(from) {
            let way = edge.weight();
            let agrees = way.when.is_none() || way.when == moment.result;
            if way.weight > 0.0 && agrees && !open.contains(&edge.target()) {
                let ids = (graph[from].id.as_str(), graph[edge.target()].id.as_str());
                closed.insert(ids);
            }
        }
    }
    closed
}

/// The place of each column by the id of its touchpoint.
pub(super) fn places<'a>(shown: &[&'a Touchpoint]) -> BTreeMap<&'a str, usize> {
    let columns = shown.iter().enumerate();
    columns
        .map(|(place, touchpoint)| (touchpoint.id.as_str(), place))
        .collect()
}
