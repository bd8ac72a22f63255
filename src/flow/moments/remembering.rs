//! The moments of a map whose customers remember: states are touchpoints with what is remembered on arriving, found by
//! search from the start, so that only those are there that customers can come to.
//!
//! A fact is kept only as long as something further on asks about it. Within a state a moment is a result of the promise together with
//! what is remembered on leaving, so that feelings that are remembered differently are different moments.

mod asked;

use std::collections::BTreeMap;

use super::drawing::{Drawing, Leaving};
use super::moment::{Moments, Way, as_u32};
use super::states::{Begun, MOST_STATES, States, told, too_many};
use crate::flow::error::FlowError;
use crate::journey::{
    Emotion, Journey, Memory, PromiseResult, Remembered, Resolved, Shares, Touchpoint,
};

impl Moments {
    /// The moments of a journey whose customers remember, and the distribution of the first state. The facts `kept` are kept until
    /// the journey ends, whether or not anything asks about them.
    ///
    /// # Errors
    /// [`FlowError::TooManyStates`] and [`FlowError::NoStartFor`].
    pub(crate) fn remembering(
        journey: &Journey,
        kept: &[usize],
    ) -> Result<(Self, Vec<f64>), FlowError> {
        let mut search = Search::new(journey, kept);
        search.starts()?;
        search.explore()?;
        let stuck = search.stuck.len();
        for touchpoint in 0..journey.graph().node_count() {
            let begun = (as_u32(touchpoint), Remembered::new());
            let mut here = search.known.range(begun..);
            let is_met = here
                .next()
                .is_some_and(|((at, _), _)| *at == as_u32(touchpoint));
            if !is_met {
                // Nobody comes there; what is drawn there is told all the same.
                search.number(touchpoint, vec![0; search.memory.len()])?;
                search.explore()?;
            }
        }
        // Where nobody comes, nobody gets stuck.
        search.stuck.truncate(stuck);
        Ok(search.finish())
    }
}

/// What the map asks at a touchpoint, by positions of facts.
struct Asking {
    emotions: Vec<Resolved>,
    promises: Vec<Resolved>,
    ends: Vec<Resolved>,
}

/// A moment of a state.
struct Drawn {
    result: Option<PromiseResult>,
    share: f64,
    unknown: f64,
    /// Valences with their shares.
    shades: Vec<(f64, f64)>,
    after: Remembered,
    /// The states that come next, with weights and transitions.
    onward: Vec<(u32, f64, u32)>,
    /// Endings by their places, with their weights.
    ends: Vec<(usize, f64)>,
}

struct Search<'a> {
    journey: &'a Journey,
    leaving: Leaving,
    memory: Memory,
    asking: Vec<Asking>,
    /// By transition.
    given: Vec<Resolved>,
    /// By touchpoint, which facts something asks about there or further on.
    on_arriving: Vec<Vec<bool>>,
    /// By touchpoint, which facts its ways out ask about, or something further on.
    on_leaving: Vec<Vec<bool>>,
    known: BTreeMap<(u32, Remembered), u32>,
    states: Vec<(u32, Remembered)>,
    /// By state, as far as the search has come.
    drawn: Vec<Vec<Drawn>>,
    kept: Vec<usize>,
    groups: Vec<(Remembered, f64)>,
    begun: Vec<Begun>,
    stuck: Vec<(u32, Remembered)>,
}

impl<'a> Search<'a> {
    fn new(journey: &'a Journey, kept: &[usize]) -> Self {
        let memory = journey.memory();
        let resolve = |given: &_| memory.resolve(given);
        let asking = journey.touchpoints().map(|touchpoint| Asking {
            emotions: touchpoint
                .emotion_given
                .iter()
                .map(|felt| resolve(&felt.given))
                .collect(),
            promises: touchpoint
                .promise_given
                .iter()
                .map(|of| resolve(&of.given))
                .collect(),
            ends: touchpoint
                .ends
                .iter()
                .map(|ending| resolve(&ending.given))
                .collect(),
        });
        let asking: Vec<Asking> = asking.collect();
        let given = journey.transitions().map(|(_, _, way)| resolve(&way.given));
        let given: Vec<Resolved> = given.collect();
        let mut search = Self {
            journey,
            leaving: Leaving::new(journey),
            asking,
            given,
            on_arriving: Vec::new(),
            on_leaving: Vec::new(),
            known: BTreeMap::new(),
            states: Vec::new(),
            drawn: Vec::new(),
            kept: kept.to_vec(),
            groups: Vec::new(),
            begun: Vec::new(),
            stuck: Vec::new(),
            memory,
        };
        search.find_asked(kept);
        search
    }

    fn node(&self, touchpoint: usize) -> &'a Touchpoint {
        &self.journey.graph().raw_nodes()[touchpoint].weight
    }

    /// The number of a state, new if nobody came there yet.
    fn number(&mut self, touchpoint: usize, mut remembered: Remembered) -> Result<u32, FlowError> {
        forget(&mut remembered, &self.on_arriving[touchpoint]);
        let next = as_u32(self.states.len());
        let key = (as_u32(touchpoint), remembered);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        if self.states.len() >= MOST_STATES {
            let arriving = self.states.iter().map(|(at, facts)| (*at, facts));
            return Err(too_many(self.journey, &arriving));
        }
        self.states.push(key.clone());
        self.known.insert(key, next);
        Ok(next)
    }

    /// Where each group of customers begins.
    fn starts(&mut self) -> Result<(), FlowError> {
        let begin = self.journey.start_nodes();
        self.groups = self.memory.groups();
        for (group, (remembered, _)) in self.groups.clone().into_iter().enumerate() {
            let weight = |node: usize, stated: f64| {
                let touchpoint = self.node(node);
                if touchpoint.starts_given.is_empty() {
                    return stated;
                }
                let open = touchpoint.starts_given.iter().filter(|start| {
                    let given = self.memory.resolve(&start.given);
                    self.memory.holds(&given, &remembered)
                });
                open.map(|start| start.weight).sum()
            };
            let weights = begin
                .iter()
                .map(|&(node, stated)| (node.index(), weight(node.index(), stated)));
            let weights: Vec<(usize, f64)> = weights.filter(|&(_, weight)| weight > 0.0).collect();
            if weights.is_empty() {
                return Err(FlowError::NoStartFor {
                    customers: told(self.journey, &self.memory, &remembered),
                });
            }
            let total = Shares::of(weights.iter().map(|&(_, weight)| weight));
            for (touchpoint, weight) in weights {
                let mut remembered = remembered.clone();
                self.memory.begin(&mut remembered, touchpoint);
                let state = self.number(touchpoint, remembered)?;
                self.begun.push(Begun {
                    group,
                    touchpoint,
                    state,
                    share: total.share(weight),
                    weight,
                });
            }
        }
        Ok(())
    }

    /// Follows customers from all states that are known until no new one is found.
    fn explore(&mut self) -> Result<(), FlowError> {
        while let Some((touchpoint, remembered)) = self.states.get(self.drawn.len()).cloned() {
            let moments = self.moments(touchpoint as usize, &remembered)?;
            self.drawn.push(moments);
        }
        Ok(())
    }

    fn moments(&mut self, at: usize, remembered: &Remembered) -> Result<Vec<Drawn>, FlowError> {
        let touchpoint = self.node(at);
        let fares = self.asking[at]
            .promises
            .iter()
            .zip(&touchpoint.promise_given);
        let mut fares = fares.filter(|(given, _)| self.memory.holds(given, remembered));
        let promise = match fares.next() {
            Some((_, fares)) => Some(&fares.promise),
            None => touchpoint.promise.as_ref(),
        };
        let results: Vec<(Option<PromiseResult>, f64)> = match promise {
            None => vec![(None, 1.0)],
            Some(promise) => {
                let all = PromiseResult::ALL.iter();
                let all = all.map(|&result| (Some(result), promise.weight(result)));
                all.filter(|&(_, weight)| weight > 0.0).collect()
            }
        };
        let total = Shares::of(results.iter().map(|&(_, weight)| weight));
        let mut moments = Vec::new();
        for (result, weight) in results {
            let share = if result.is_none() {
                1.0
            } else {
                total.share(weight)
            };
            for mut moment in self.felt(at, remembered, result) {
                moment.share *= share;
                self.ways(at, &mut moment)?;
                moments.push(moment);
            }
        }
        Ok(moments)
    }

    /// The moments after one result, by what is remembered on leaving, with their shares.
    fn felt(
        &self,
        at: usize,
        remembered: &Remembered,
        result: Option<PromiseResult>,
    ) -> Vec<Drawn> {
        let touchpoint = self.node(at);
        let emotion = touchpoint.emotion_where(result, |place, _| {
            self.memory
                .holds(&self.asking[at].emotions[place], remembered)
        });
        // What is answered at a measurement is said about the journey, and not felt on it.
        let emotion = emotion.filter(|_| !touchpoint.measurement);
        let (coverage, unknown) = emotion.map_or((0.0, 1.0), Emotion::division);
        let mut moments: BTreeMap<Remembered, Drawn> = BTreeMap::new();
        let mut add = |valence: Option<f64>, share: f64| {
            let mut after = remembered.clone();
            self.memory.update(&mut after, at, result, valence);
            forget(&mut after, &self.on_leaving[at]);
            let moment = moments.entry(after.clone()).or_insert_with(|| Drawn {
                result,
                share: 0.0,
                unknown: 0.0,
                shades: Vec::new(),
                after,
                onward: Vec::new(),
                ends: Vec::new(),
            });
            moment.share += share;
            match valence {
                Some(valence) => moment.shades.push((valence, share)),
                None => moment.unknown += share,
            }
        };
        if coverage > 0.0 {
            for (valence, share) in emotion.iter().flat_map(|emotion| emotion.valences()) {
                add(Some(valence), coverage * share);
            }
        }
        if unknown > 0.0 {
            add(None, unknown);
        }
        let mut moments: Vec<Drawn> = moments.into_values().collect();
        if let [only] = &mut moments[..] {
            // All of the visits, free of the rounding of the sum.
            only.share = 1.0;
            return moments;
        }
        for moment in &mut moments {
            let all = moment.share;
            moment.unknown /= all;
            for (_, share) in &mut moment.shades {
                *share /= all;
            }
        }
        moments
    }

    fn ways(&mut self, at: usize, moment: &mut Drawn) -> Result<(), FlowError> {
        let agrees = |when: Option<PromiseResult>| when.is_none() || when == moment.result;
        let edges = self.journey.graph().raw_edges();
        let mut is_drawn = false;
        let mut onward = Vec::new();
        for &transition in self.leaving.of(at) {
            let edge = &edges[transition as usize];
            if edge.weight.weight > 0.0 && agrees(edge.weight.when) {
                is_drawn = true;
                if self
                    .memory
                    .holds(&self.given[transition as usize], &moment.after)
                {
                    onward.push((edge.target().index(), edge.weight.weight, transition));
                }
            }
        }
        for (to, weight, transition) in onward {
            let state = self.number(to, moment.after.clone())?;
            moment.onward.push((state, weight, transition));
        }
        for (place, ending) in self.node(at).ends.iter().enumerate() {
            if ending.weight > 0.0 && agrees(ending.when) {
                is_drawn = true;
                if self
                    .memory
                    .holds(&self.asking[at].ends[place], &moment.after)
                {
                    moment.ends.push((place, ending.weight));
                }
            }
        }
        if is_drawn && moment.onward.is_empty() && moment.ends.is_empty() {
            self.stuck.push((as_u32(at), moment.after.clone()));
        }
        Ok(())
    }

    /// Lays the states out, touchpoint by touchpoint.
    fn finish(mut self) -> (Moments, Vec<f64>) {
        let order: Vec<u32> = self.known.values().copied().collect();
        let mut place_of = vec![0; order.len()];
        for (place, &state) in order.iter().enumerate() {
            place_of[state as usize] = as_u32(place);
        }
        let mut share_of = vec![0.0; order.len()];
        for begun in &mut self.begun {
            let place = place_of[begun.state as usize];
            let (_, of_all) = &self.groups[begun.group];
            share_of[place as usize] += of_all * begun.share;
            begun.state = place;
        }
        let edges = self.journey.graph().raw_edges();
        let count = self.journey.graph().node_count();
        let mut states = States {
            of: Vec::with_capacity(order.len()),
            first: vec![0; count + 1],
            arriving: Vec::with_capacity(order.len()),
            after: Vec::new(),
            memory: self.memory,
            kept: self.kept,
            groups: self.groups,
            begun: self.begun,
            stuck: self.stuck,
        };
        let mut drawing = Drawing::new(self.journey);
        let mut drawn: Vec<Vec<Drawn>> = self.drawn;
        for &state in &order {
            let touchpoint = self.states[state as usize].0;
            states.of.push(touchpoint);
            states.arriving.push(self.states[state as usize].1.clone());
            states.first[touchpoint as usize + 1] += 1;
            drawing.begin();
            for moment in std::mem::take(&mut drawn[state as usize]) {
                drawing.record(moment.result, moment.share, moment.unknown, &moment.shades);
                let waits = |way: u32| edges[way as usize].weight.wait_s.is_some();
                let onward = moment.onward.iter().map(|&(to, weight, transition)| {
                    let way = Way::onward(place_of[to as usize], transition, weight);
                    (way, waits(transition))
                });
                let here = &self.journey.graph().raw_nodes()[touchpoint as usize].weight;
                let ends = moment
                    .ends
                    .iter()
                    .map(|&(end, weight)| (&here.ends[end].outcome, weight));
                drawing.open(onward, ends);
                states.after.push(moment.after);
            }
        }
        for touchpoint in 0..count {
            states.first[touchpoint + 1] += states.first[touchpoint];
        }
        let mut moments = drawing.finish();
        moments.states = Some(states);
        (moments, share_of)
    }
}

/// Forgets what nothing asks about any more.
fn forget(remembered: &mut Remembered, asked: &[bool]) {
    for (state, _) in remembered
        .iter_mut()
        .zip(asked)
        .filter(|(_, asked)| !**asked)
    {
        *state = 0;
    }
}
