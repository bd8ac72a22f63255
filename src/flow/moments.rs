//! The moments of a journey: touchpoints together with the result of their promise, and the ways onward from each.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use crate::journey::{Journey, Outcome, PromiseResult, Shares, Touchpoint};

/// Every moment of a journey, laid out flat: touchpoint by touchpoint in the order of the map, and for each the
/// promise results that visits find there (a single `None` where no promise is tested).
///
/// | here | in the method page |
/// |---|---|
/// | `share` | weight(r) / (kept + broken + unknown), the chance that a visit is this moment |
/// | `Way::p` | probability of the way, given the moment |
/// | `shades` | the distribution of the valence felt, F; empty where the emotion is unknown |
#[derive(Debug, Default)]
pub(crate) struct Moments {
    /// Where the moments of each touchpoint begin; one entry more than there are touchpoints.
    first: Vec<usize>,
    result: Vec<Option<PromiseResult>>,
    share: Vec<f64>,
    /// Where the shades of each moment begin; one entry more than there are moments.
    first_shade: Vec<usize>,
    /// Positions in `levels` with their shares.
    shades: Vec<(u32, f64)>,
    /// Where the ways of each moment begin; one entry more than there are moments.
    first_way: Vec<usize>,
    ways: Vec<Way>,
    /// Every valence that the map can produce, ascending.
    levels: Vec<f64>,
    /// Every outcome that the map names, in the order of their names; `unstated` among them if a moment without an
    /// open way makes journeys end so.
    outcomes: Vec<Outcome>,
}

/// One open way onward from a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) to: To,
    /// Probability, given the moment.
    pub(crate) p: f64,
    /// Position of the transition in the journey's graph; none for an ending.
    pub(crate) transition: Option<u32>,
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum To {
    /// To a touchpoint, by its position.
    Touchpoint(u32),
    /// Out of the journey, by the position of the outcome.
    End(u32),
}

/// One moment, borrowed from [`Moments`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment<'a> {
    /// Its position among the moments.
    pub(crate) position: usize,
    pub(crate) result: Option<PromiseResult>,
    pub(crate) share: f64,
    pub(crate) shades: &'a [(u32, f64)],
    pub(crate) ways: &'a [Way],
}

impl Moments {
    pub(crate) fn new(journey: &Journey) -> Self {
        let mut moments = Self {
            outcomes: outcomes(journey),
            ..Self::default()
        };
        moments.levels = levels(journey);
        let leaving = Leaving::new(journey);
        let mut weights = Weights::default();
        for (node, touchpoint) in journey.nodes().zip(journey.touchpoints()) {
            moments.first.push(moments.share.len());
            let total: Shares = touchpoint.results().map(|(_, weight)| weight).collect();
            for (result, weight) in touchpoint.results() {
                moments.result.push(result);
                moments.share.push(total.share(weight));
                moments.push_shades(touchpoint, result);
                moments.push_ways(journey, leaving.of(node), touchpoint, result, &mut weights);
            }
        }
        moments.first.push(moments.share.len());
        moments.first_shade.push(moments.shades.len());
        moments.first_way.push(moments.ways.len());
        moments
    }

    fn push_shades(&mut self, touchpoint: &Touchpoint, result: Option<PromiseResult>) {
        self.first_shade.push(self.shades.len());
        let Some(emotion) = touchpoint.emotion_after(result) else {
            return;
        };
        for (valence, share) in emotion.valences() {
            let level = self.levels.partition_point(|&level| level < valence);
            self.shades.push((as_u32(level), share));
        }
    }

    fn push_ways(
        &mut self,
        journey: &Journey,
        leaving: &[u32],
        touchpoint: &Touchpoint,
        result: Option<PromiseResult>,
        open: &mut Weights,
    ) {
        let agrees = |when: Option<PromiseResult>| when.is_none() || when == result;
        self.first_way.push(self.ways.len());
        open.clear();
        let edges = journey.graph().raw_edges();
        for &position in leaving {
            let Some(edge) = edges.get(position as usize) else {
                continue;
            };
            if edge.weight.weight > 0.0 && agrees(edge.weight.when) {
                let to = To::Touchpoint(as_u32(edge.target().index()));
                open.push((to, edge.weight.weight, Some(position)));
            }
        }
        for ending in &touchpoint.ends {
            if ending.weight > 0.0 && agrees(ending.when) {
                open.push((To::End(self.outcome(&ending.outcome)), ending.weight, None));
            }
        }
        if open.is_empty() {
            open.push((To::End(self.outcome(&Outcome::Unstated)), 1.0, None));
        }
        let total: Shares = open.iter().map(|&(_, weight, _)| weight).collect();
        self.ways
            .extend(open.iter().map(|&(to, weight, transition)| Way {
                to,
                p: total.share(weight),
                transition,
            }));
    }

    fn outcome(&self, outcome: &Outcome) -> u32 {
        as_u32(self.outcomes.partition_point(|known| known < outcome))
    }

    /// The moments of one touchpoint.
    pub(crate) fn at(&self, touchpoint: usize) -> impl Iterator<Item = Moment<'_>> + '_ {
        (self.first[touchpoint]..self.first[touchpoint + 1]).map(|position| self.moment(position))
    }

    /// One moment, by its position.
    pub(crate) fn moment(&self, position: usize) -> Moment<'_> {
        Moment {
            position,
            result: self.result[position],
            share: self.share[position],
            shades: &self.shades[self.first_shade[position]..self.first_shade[position + 1]],
            ways: &self.ways[self.first_way[position]..self.first_way[position + 1]],
        }
    }

    /// How many ways lead onward from a touchpoint, over all its moments.
    pub(crate) fn ways_at(&self, touchpoint: usize) -> usize {
        self.first_way[self.first[touchpoint + 1]] - self.first_way[self.first[touchpoint]]
    }

    /// How many ways there are.
    pub(crate) fn way_count(&self) -> usize {
        self.ways.len()
    }

    /// How many touchpoints there are.
    pub(crate) fn touchpoints(&self) -> usize {
        self.first.len() - 1
    }

    /// How many moments there are.
    pub(crate) fn len(&self) -> usize {
        self.share.len()
    }

    /// Every valence that the map can produce, ascending.
    pub(crate) fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Every outcome, in the order of their names.
    pub(crate) fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
}

type Weights = Vec<(To, f64, Option<u32>)>;

/// The transitions that leave each node, in the order in which they were drawn.
struct Leaving {
    first: Vec<usize>,
    transitions: Vec<u32>,
}

impl Leaving {
    fn new(journey: &Journey) -> Self {
        let graph = journey.graph();
        let mut first = vec![0; graph.node_count() + 1];
        for edge in graph.raw_edges() {
            first[edge.source().index() + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        let mut next = first.clone();
        let mut transitions = vec![0; graph.edge_count()];
        for (position, edge) in (0..).zip(graph.raw_edges()) {
            let slot = &mut next[edge.source().index()];
            transitions[*slot] = position;
            *slot += 1;
        }
        Self { first, transitions }
    }

    fn of(&self, node: NodeIndex) -> &[u32] {
        &self.transitions[self.first[node.index()]..self.first[node.index() + 1]]
    }
}

fn outcomes(journey: &Journey) -> Vec<Outcome> {
    let named = journey
        .touchpoints()
        .flat_map(|touchpoint| &touchpoint.ends)
        .map(|ending| &ending.outcome);
    let unstated = Outcome::Unstated;
    let stops = journey
        .nodes()
        .any(|node| journey.dead_ends(node).next().is_some());
    let outcomes: BTreeSet<&Outcome> = named.chain(stops.then_some(&unstated)).collect();
    outcomes.into_iter().cloned().collect()
}

fn levels(journey: &Journey) -> Vec<f64> {
    let mut levels: Vec<f64> = Vec::new();
    for touchpoint in journey.touchpoints() {
        for (result, _) in touchpoint.results() {
            let emotion = touchpoint.emotion_after(result);
            levels.extend(
                emotion
                    .into_iter()
                    .flat_map(|emotion| emotion.valences())
                    .map(|(valence, _)| valence),
            );
        }
    }
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup_by(|a, b| a.total_cmp(b).is_eq());
    levels
}

/// Positions fit into 32 bits: petgraph's own do.
#[expect(
    clippy::cast_possible_truncation,
    reason = "petgraph indexes a journey's nodes and edges with 32 bits"
)]
pub(crate) fn as_u32(position: usize) -> u32 {
    position as u32
}
