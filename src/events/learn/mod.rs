//! From counts to a journey.

mod draw;
mod nodes;
mod ways;

pub(crate) use nodes::NO_CHANNEL;

use super::error::{LearnError, UnknownTouchpoint};
use super::learned::{FoldedTouchpoint, LearnSummary, Learned};
use super::options::{LearnOptions, Remember};
use super::tally::Tally;
use crate::journey::{Journey, Transition};
use nodes::{Nodes, collapse};

impl Tally {
    /// Draws the journey that the events tell of.
    ///
    /// Each touchpoint in each channel becomes a touchpoint of the journey, with the id `touchpoint @ channel`, or
    /// the touchpoint's name alone where it is met in one channel or none. Its need is the touchpoint's name, so that
    /// the same step in several channels is compared. A channel that no event states is called `unstated`. Weights are
    /// counts, evidence is [observed](crate::Evidence::Observed); emotions are mixes, those of visits that found a
    /// promise kept, broken or neither apart; the ways and endings of a touchpoint with a promise are split by its
    /// result; waits are means over the steps whose times are known. A touchpoint has a promise where some event
    /// states a result or a name for it; it is called like the touchpoint unless events name it, and visits that
    /// state no result there count as unknown. Touchpoints are in the order of phase, name and channel, so that equal
    /// tallies give equal journeys.
    ///
    /// With a plan ([`LearnOptions::onto`]), an event belongs to the planned touchpoint with the id
    /// `touchpoint @ channel`, or to the only one whose id or name is the event's touchpoint and whose channel is the
    /// event's (any channel, if the event states none). It keeps what the plan says of it (phase, stage, owner, need,
    /// what is possible there, ...); emotions, promise results, starts and ends are the events'. Everything else is
    /// added after the planned touchpoints.
    ///
    /// Takes O((n + m) log (n + m) + j) for n touchpoints, m ways and j journeys under way.
    ///
    /// # Errors
    /// [`LearnError::Forgotten`] where the options name facts to remember, [`LearnError::NoEvents`], [`LearnError::UnknownTouchpoints`] where the options name one that is not there,
    /// [`LearnError::NoPhase`] with all touchpoints of unknown phase, or
    /// [`LearnError::Invalid`] where a name in the options cannot be drawn.
    ///
    /// ```
    /// use customer_journey::{EventRef, LearnOptions, Outcome, Phase, PromiseResult, Tally};
    /// let mut tally = Tally::default();
    /// for (journey, result) in [("c1", PromiseResult::Kept), ("c2", PromiseResult::Broken)] {
    ///     tally.record(EventRef::new(journey, "notice").channel("sms").promise(result).emotion(0.3))?;
    /// }
    /// tally.record(EventRef::new("c2", "call").channel("phone").emotion(-0.4))?;
    ///
    /// let options = LearnOptions::new().other_phases(Phase::During).outcome("call", Outcome::Churn);
    /// let learned = tally.learn(&options)?;
    /// let notice = learned.journey.touchpoint("notice").expect("it was visited");
    /// assert_eq!(notice.promise.as_ref().map(|promise| promise.broken), Some(1.0));
    /// assert_eq!(learned.journey.flow()?.probability(&Outcome::Churn), 0.5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn learn(&self, options: &LearnOptions) -> Result<Learned, LearnError> {
        if let Remember::Facts(facts) = &options.remember
            && !facts.is_empty()
        {
            let facts = facts.iter().map(|fact| fact.name.clone()).collect();
            return Err(LearnError::Forgotten { facts });
        }
        self.learn_on(options).map(|(learned, _)| learned)
    }

    /// The journey, and by place the position of its touchpoint on the map.
    pub(in crate::events) fn learn_on(
        &self,
        options: &LearnOptions,
    ) -> Result<(Learned, Vec<Option<usize>>), LearnError> {
        if self.events == 0 {
            return Err(LearnError::NoEvents);
        }
        self.know(options)?;
        let nodes = Nodes::new(self, options)?;
        nodes.ask(options)?;
        let mut remarks = Vec::new();
        let mut builder = Journey::builder(options.name.clone());
        if let Some(plan) = &options.plan {
            builder = about(builder, plan);
        }
        for node in &nodes.all {
            let mut touchpoint = draw::touchpoint(node, &mut remarks);
            let named = [&node.drawn.id, &node.touchpoint];
            touchpoint.measurement |= named
                .iter()
                .any(|name| options.measurements.contains(*name));
            let stage = named.iter().find_map(|name| {
                let stated = options.stages.get(*name);
                stated.or_else(|| options.table_stages.get(*name))
            });
            if !(node.planned && touchpoint.stage.is_some()) {
                touchpoint.stage = stage.cloned().or(touchpoint.stage);
            }
            let asked = options.measures.iter();
            let asked = asked.filter(|(id, _)| *id == touchpoint.id);
            touchpoint
                .measures
                .extend(asked.map(|(_, measure)| measure.clone()));
            builder = builder.touchpoint(touchpoint);
        }
        remarks.extend(nodes.midway(options));
        let ids: Vec<&str> = nodes
            .all
            .iter()
            .map(|node| node.drawn.id.as_str())
            .collect();
        let ways = nodes.ways(self);
        let transitions = ways.len();
        for ((from, to, result), way) in ways {
            let mut transition = Transition::new(way.count as f64);
            transition.when = collapse(result, nodes.all[from].tests);
            if way.timed > 0 {
                // As exact as a division of two rounded numbers: 1e-15 of the mean.
                transition.wait_s = Some(way.wait_ms as f64 / way.timed as f64 / 1000.0);
                // Of ways that rows tell of only the mean is known.
                if way.spread.count() == way.timed {
                    transition.wait_spread = way.spread.waits();
                }
            }
            builder = builder.connect(ids[from], ids[to], transition);
        }
        let summary = self.summary(nodes.all.len(), transitions);
        let added = nodes.all.iter().filter(|node| !node.planned);
        let learned = Learned {
            added: match &options.plan {
                Some(_) => added.map(|node| node.drawn.id.clone()).collect(),
                None => Vec::new(),
            },
            folded: nodes
                .folded
                .iter()
                .map(|folded| FoldedTouchpoint {
                    id: folded.id.clone(),
                    visits: folded.visits,
                    into: ids[folded.node].to_owned(),
                })
                .collect(),
            unvisited: nodes.unvisited.clone(),
            remarks,
            remembers: None,
            summary,
            journey: builder.build()?,
        };
        Ok((learned, nodes.node_of))
    }

    /// Whether every touchpoint that the options name is there.
    fn know(&self, options: &LearnOptions) -> Result<(), LearnError> {
        let named = options.outcomes.keys().chain(options.phases.keys());
        let named = named.chain(&options.measurements);
        let named = named.chain(options.stages.keys());
        let mut unknown = Vec::new();
        let ids = nodes::ids(self);
        let count = u32::try_from(self.touchpoints.len()).unwrap_or(u32::MAX);
        let names: Vec<&str> = (1..count)
            .map(|number| self.touchpoints.name(number))
            .collect();
        let plan = options
            .plan
            .iter()
            .flat_map(|plan| plan.graph().node_weights());
        let planned: Vec<&str> = plan
            .flat_map(|touchpoint| [touchpoint.id.as_str(), touchpoint.label()])
            .collect();
        let known = || {
            names
                .iter()
                .copied()
                .chain(ids.iter().map(String::as_str))
                .chain(planned.iter().copied())
        };
        for name in named {
            if !known().any(|known| known == name) {
                unknown.push(UnknownTouchpoint::new(name, known()));
            }
        }
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(LearnError::UnknownTouchpoints(unknown))
        }
    }

    fn summary(&self, touchpoints: usize, transitions: usize) -> LearnSummary {
        LearnSummary {
            events: self.events,
            journeys: self.journeys(),
            touchpoints,
            transitions,
            emotions: self.visits.felt().map(|(_, _, count)| count).sum(),
            promises: self
                .visited()
                .iter()
                .map(|[_, kept, broken, _]| kept + broken)
                .sum(),
            left_out: self.left_out,
            contradictions: self.contradictions,
            rounded: self.levels.rounded(),
            span_ms: self.span_ms(),
        }
    }
}

/// What the plan says about the journey as a whole.
fn about(
    mut builder: crate::journey::JourneyBuilder,
    plan: &Journey,
) -> crate::journey::JourneyBuilder {
    for (outcome, value) in plan.values() {
        builder = builder.value(outcome.clone(), *value);
    }
    if let Some(currency) = plan.currency() {
        builder = builder.currency(currency);
    }
    if let Some(persona) = plan.persona() {
        builder = builder.persona(persona);
    }
    if let Some(scenario) = plan.scenario() {
        builder = builder.scenario(scenario);
    }
    builder
}

impl Nodes {
    /// Whether every touchpoint is on the map at which the options ask something.
    fn ask(&self, options: &LearnOptions) -> Result<(), LearnError> {
        let ids = || self.all.iter().map(|node| node.drawn.id.as_str());
        let asked = options.measures.iter().map(|(id, _)| id.as_str());
        let unknown: Vec<UnknownTouchpoint> = asked
            .filter(|&asked| !ids().any(|id| id == asked))
            .map(|asked| UnknownTouchpoint::new(asked, ids()))
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(LearnError::UnknownTouchpoints(unknown))
        }
    }
}
