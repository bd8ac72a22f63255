//! From the map to its moments, in one pass: a touchpoint's weights become probabilities, its words become numbers.

use std::collections::BTreeMap;

use super::moment::{Moments, Record, Way, as_u32};
use crate::journey::{Emotion, Journey, Outcome, PromiseResult, Shares, Touchpoint};

impl Moments {
    /// Lays out the moments of a journey. Takes O((n + m) log w) for w outcomes, and sorts the valences.
    pub(crate) fn new(journey: &Journey) -> Self {
        let graph = journey.graph();
        let leaving = Leaving::new(journey);
        let mut drawing = Drawing::new(journey);
        for (position, node) in graph.raw_nodes().iter().enumerate() {
            drawing.touchpoint(journey, &node.weight, leaving.of(position));
        }
        drawing.finish()
    }
}

/// Moments in the making. Outcomes and valences are numbered as they are met, and put in order at the end.
pub(super) struct Drawing<'a> {
    moments: Moments,
    /// The valence of each shade, in the order of the shades.
    valences: Vec<f64>,
    outcomes: BTreeMap<&'a Outcome, u32>,
    /// The outcomes met last: most endings repeat one of them.
    recent: [Option<(&'a Outcome, u32)>; 4],
}

impl<'a> Drawing<'a> {
    pub(super) fn new(journey: &Journey) -> Self {
        let graph = journey.graph();
        Self {
            moments: Moments {
                first: Vec::with_capacity(graph.node_count() + 1),
                records: Vec::with_capacity(graph.node_count() + 1),
                shades: Vec::with_capacity(graph.node_count()),
                ways: Vec::with_capacity(graph.edge_count() + 2 * graph.node_count()),
                ..Moments::default()
            },
            valences: Vec::with_capacity(graph.node_count()),
            outcomes: BTreeMap::new(),
            recent: [None; 4],
        }
    }

    fn touchpoint(&mut self, journey: &Journey, touchpoint: &'a Touchpoint, leaving: &[u32]) {
        self.begin();
        if touchpoint.promise.is_none() {
            self.moment(journey, touchpoint, leaving, None, 1.0);
            return;
        }
        let total = Shares::of(touchpoint.results().map(|(_, weight)| weight));
        for (result, weight) in touchpoint.results() {
            self.moment(journey, touchpoint, leaving, result, total.share(weight));
        }
    }

    /// Begins another state.
    pub(super) fn begin(&mut self) {
        self.moments.first.push(as_u32(self.moments.records.len()));
    }

    /// A moment of which everything but the ways is known; those follow with [`Drawing::open`].
    pub(super) fn record(
        &mut self,
        result: Option<PromiseResult>,
        share: f64,
        unknown: f64,
        shades: &[(f64, f64)],
    ) {
        self.moments.records.push(Record {
            share,
            unknown,
            result,
            first_shade: as_u32(self.moments.shades.len()),
            first_way: as_u32(self.moments.ways.len()),
        });
        for &(valence, share) in shades {
            self.valences.push(valence);
            self.moments.shades.push((0, share));
        }
    }

    /// The open ways of the moment recorded last: those onward, each with whether it states how long it takes, and the endings, with
    /// their weights.
    pub(super) fn open(
        &mut self,
        onward: impl Iterator<Item = (Way, bool)>,
        ends: impl Iterator<Item = (&'a Outcome, f64)>,
    ) {
        let begin = self.moments.ways.len();
        for (way, states_wait) in onward {
            self.moments.states_waits |= states_wait;
            self.moments.ways.push(way);
        }
        for (outcome, weight) in ends {
            let outcome = self.outcome(outcome);
            self.moments.ways.push(Way::out(outcome, weight));
        }
        self.share_out(begin);
    }

    fn moment(
        &mut self,
        journey: &Journey,
        touchpoint: &'a Touchpoint,
        leaving: &[u32],
        result: Option<PromiseResult>,
        share: f64,
    ) {
        let first_shade = as_u32(self.moments.shades.len());
        // What is answered at a measurement is said about the journey, and not felt on it.
        let emotion = touchpoint
            .emotion_after(result)
            .filter(|_| !touchpoint.measurement);
        let unknown = emotion.map_or(1.0, |emotion| self.shades(emotion));
        self.moments.records.push(Record {
            share,
            unknown,
            result,
            first_shade,
            first_way: as_u32(self.moments.ways.len()),
        });
        self.ways(journey, touchpoint, leaving, result);
    }

    /// What is felt, with shares of all visits; hands back the share of those of which it is unknown.
    fn shades(&mut self, emotion: &Emotion) -> f64 {
        let (coverage, unknown) = emotion.division();
        if coverage > 0.0 {
            for (valence, share) in emotion.valences() {
                self.valences.push(valence);
                self.moments.shades.push((0, coverage * share));
            }
        }
        unknown
    }

    /// The open ways, first with their weights and then with their probabilities.
    fn ways(
        &mut self,
        journey: &Journey,
        touchpoint: &'a Touchpoint,
        leaving: &[u32],
        result: Option<PromiseResult>,
    ) {
        let agrees = |when: Option<PromiseResult>| when.is_none() || when == result;
        let edges = journey.graph().raw_edges();
        let begin = self.moments.ways.len();
        for &position in leaving {
            let edge = &edges[position as usize];
            if edge.weight.weight > 0.0 && agrees(edge.weight.when) {
                self.moments.states_waits |= edge.weight.wait_s.is_some();
                let to = as_u32(edge.target().index());
                self.moments
                    .ways
                    .push(Way::onward(to, position, edge.weight.weight));
            }
        }
        for ending in &touchpoint.ends {
            let outcome = self.outcome(&ending.outcome);
            if ending.weight > 0.0 && agrees(ending.when) {
                self.moments.ways.push(Way::out(outcome, ending.weight));
            }
        }
        self.share_out(begin);
    }

    /// Turns the weights of the ways from a place on into probabilities; without a way the journey ends with its outcome unstated.
    fn share_out(&mut self, begin: usize) {
        if self.moments.ways.len() == begin {
            let outcome = self.outcome(&Outcome::Unstated);
            self.moments.ways.push(Way::out(outcome, 1.0));
        }
        let open = &mut self.moments.ways[begin..];
        let total = Shares::of(open.iter().map(|way| way.p));
        for way in open {
            way.p = total.share(way.p);
        }
    }

    fn outcome(&mut self, outcome: &'a Outcome) -> u32 {
        let known = self
            .recent
            .iter()
            .flatten()
            .find(|(known, _)| *known == outcome);
        if let Some(&(_, number)) = known {
            return number;
        }
        let next = as_u32(self.outcomes.len());
        let number = *self.outcomes.entry(outcome).or_insert(next);
        self.recent.rotate_right(1);
        self.recent[0] = Some((outcome, number));
        number
    }

    pub(super) fn finish(self) -> Moments {
        let Self {
            mut moments,
            mut valences,
            outcomes,
            ..
        } = self;
        moments.first.push(as_u32(moments.records.len()));
        moments.records.push(Record {
            share: 0.0,
            unknown: 0.0,
            result: None,
            first_shade: as_u32(moments.shades.len()),
            first_way: as_u32(moments.ways.len()),
        });
        let mut position_of = vec![0; outcomes.len()];
        for (position, &met) in outcomes.values().enumerate() {
            position_of[met as usize] = as_u32(position);
        }
        for way in &mut moments.ways {
            way.renumber_end(&position_of);
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

/// The transitions that leave each touchpoint, in the order in which they were drawn.
pub(super) struct Leaving {
    first: Vec<u32>,
    transitions: Vec<u32>,
}

impl Leaving {
    pub(super) fn new(journey: &Journey) -> Self {
        let graph = journey.graph();
        let mut first = vec![0; graph.node_count() + 2];
        for edge in graph.raw_edges() {
            first[edge.source().index() + 2] += 1;
        }
        for node in 2..first.len() {
            first[node] += first[node - 1];
        }
        // While the transitions are put in their places, `first[node + 1]` says where the next one of `node` goes.
        let mut transitions = vec![0; graph.edge_count()];
        for (position, edge) in (0..).zip(graph.raw_edges()) {
            let place = &mut first[edge.source().index() + 1];
            transitions[*place as usize] = position;
            *place += 1;
        }
        Self { first, transitions }
    }

    pub(super) fn of(&self, touchpoint: usize) -> &[u32] {
        let range = self.first[touchpoint] as usize..self.first[touchpoint + 1] as usize;
        &self.transitions[range]
    }
}
