//! The moments of a journey: touchpoints together with the result of their promise, and the ways onward from each.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use crate::journey::{Emotion, Journey, Outcome, PromiseResult, Shares, Touchpoint};

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
        let (touchpoints, transitions) =
            (journey.graph().node_count(), journey.graph().edge_count());
        let mut drawing = Drawing {
            moments: Self {
                first: Vec::with_capacity(touchpoints + 1),
                result: Vec::with_capacity(touchpoints),
                share: Vec::with_capacity(touchpoints),
                first_way: Vec::with_capacity(touchpoints + 1),
                ways: Vec::with_capacity(transitions + touchpoints),
                ..Self::default()
            },
            leaving: Leaving::new(journey),
            valences: Vec::with_capacity(touchpoints),
            outcomes: BTreeMap::new(),
            open: Vec::new(),
        };
        for (node, touchpoint) in journey.nodes().zip(journey.touchpoints()) {
            drawing.touchpoint(journey, node, touchpoint);
        }
        drawing.finish()
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

/// Moments in the making: one pass over the touchpoints, then names and valences are put in order.
struct Drawing<'a> {
    moments: Moments,
    leaving: Leaving,
    /// The valence of each shade, in the order of the shades.
    valences: Vec<f64>,
    /// Outcomes in the order in which they were met; ways point to these numbers until the end.
    outcomes: BTreeMap<&'a Outcome, u32>,
    /// The ways of the moment in hand: target, weight, transition.
    open: Vec<(To, f64, Option<u32>)>,
}

impl<'a> Drawing<'a> {
    fn touchpoint(&mut self, journey: &Journey, node: NodeIndex, touchpoint: &'a Touchpoint) {
        self.moments.first.push(self.moments.share.len());
        let total: Shares = touchpoint.results().map(|(_, weight)| weight).collect();
        for (result, weight) in touchpoint.results() {
            self.moments.result.push(result);
            self.moments.share.push(total.share(weight));
            self.shades(touchpoint, result);
            self.ways(journey, node, touchpoint, result);
        }
    }

    fn shades(&mut self, touchpoint: &Touchpoint, result: Option<PromiseResult>) {
        self.moments.first_shade.push(self.moments.shades.len());
        for (valence, share) in touchpoint
            .emotion_after(result)
            .into_iter()
            .flat_map(Emotion::valences)
        {
            self.valences.push(valence);
            self.moments.shades.push((0, share));
        }
    }

    fn ways(
        &mut self,
        journey: &Journey,
        node: NodeIndex,
        touchpoint: &'a Touchpoint,
        result: Option<PromiseResult>,
    ) {
        let agrees = |when: Option<PromiseResult>| when.is_none() || when == result;
        self.moments.first_way.push(self.moments.ways.len());
        self.open.clear();
        let edges = journey.graph().raw_edges();
        for &position in self.leaving.of(node) {
            let Some(edge) = edges.get(position as usize) else {
                continue;
            };
            let transition = &edge.weight;
            if transition.weight > 0.0 && agrees(transition.when) {
                let to = To::Touchpoint(as_u32(edge.target().index()));
                self.open.push((to, transition.weight, Some(position)));
            }
        }
        for ending in &touchpoint.ends {
            let number = self.outcome(&ending.outcome);
            if ending.weight > 0.0 && agrees(ending.when) {
                self.open.push((To::End(number), ending.weight, None));
            }
        }
        if self.open.is_empty() {
            let number = self.outcome(&Outcome::Unstated);
            self.open.push((To::End(number), 1.0, None));
        }
        let total: Shares = self.open.iter().map(|&(_, weight, _)| weight).collect();
        let ways = self.open.iter().map(|&(to, weight, transition)| Way {
            to,
            p: total.share(weight),
            transition,
        });
        self.moments.ways.extend(ways);
    }

    fn outcome(&mut self, outcome: &'a Outcome) -> u32 {
        let next = as_u32(self.outcomes.len());
        *self.outcomes.entry(outcome).or_insert(next)
    }

    fn finish(self) -> Moments {
        let Self {
            mut moments,
            mut valences,
            outcomes,
            ..
        } = self;
        moments.first.push(moments.share.len());
        moments.first_shade.push(moments.shades.len());
        moments.first_way.push(moments.ways.len());
        // From the order in which outcomes were met to that of their names.
        let mut renumbered = vec![0; outcomes.len()];
        for (position, &met) in outcomes.values().enumerate() {
            renumbered[met as usize] = as_u32(position);
        }
        for way in &mut moments.ways {
            if let To::End(outcome) = &mut way.to {
                *outcome = renumbered[*outcome as usize];
            }
        }
        moments.outcomes = outcomes.into_keys().cloned().collect();
        let felt = valences.clone();
        valences.sort_unstable_by(f64::total_cmp);
        valences.dedup_by(|a, b| a.total_cmp(b).is_eq());
        for ((level, _), valence) in moments.shades.iter_mut().zip(felt) {
            *level = as_u32(valences.partition_point(|&known| known < valence));
        }
        moments.levels = valences;
        moments
    }
}

/// Positions fit into 32 bits: petgraph's own do.
#[expect(
    clippy::cast_possible_truncation,
    reason = "petgraph indexes a journey's nodes and edges with 32 bits"
)]
pub(crate) fn as_u32(position: usize) -> u32 {
    position as u32
}
