//! What drawings of the graph show: every touchpoint, every way and every outcome as it was drawn, without a probability.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::if_partial;
use super::valence::Tone;
use crate::analysis::PainPoint;
use crate::journey::{
    Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint, Transition,
};

/// A graph to be drawn. Nodes are named by their positions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JourneyGraph {
    pub(crate) name: String,
    /// The touchpoints by phase; phases without any are left out.
    pub(crate) phases: Vec<(Phase, Vec<usize>)>,
    /// In the order of the map.
    pub(crate) nodes: Vec<Node>,
    pub(crate) ways: Vec<Way>,
    /// The outcomes in the order of their names.
    pub(crate) outcomes: Vec<Outcome>,
    /// Where journeys begin.
    pub(crate) starts: Vec<usize>,
}

/// A touchpoint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) channel: Channel,
    pub(crate) tone: Tone,
    /// The mean valence.
    pub(crate) valence: Option<f64>,
    /// Of which share of visits it is known, where that is not all.
    pub(crate) known_of: Option<f64>,
    /// Of 100 promises of known result, those that are kept.
    pub(crate) kept_of_100: Option<f64>,
    /// The rank among the pain points, from 1.
    pub(crate) pain: Option<usize>,
}

/// A way to another touchpoint or out of the journey.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) from: usize,
    pub(crate) to: End,
    /// As it was drawn; `None` where journeys end for want of a way.
    pub(crate) weight: Option<f64>,
    /// The promise result that opens it.
    pub(crate) when: Option<PromiseResult>,
    /// What customers must remember, in words; empty where it is open to all.
    pub(crate) given: String,
    pub(crate) wait: Option<Wait>,
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Position among the nodes.
    Touchpoint(usize),
    /// Position among the outcomes.
    Outcome(usize),
}

/// A wait in the unit in which people would say it, to one decimal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wait {
    pub(crate) amount: f64,
    pub(crate) unit: &'static str,
    /// Whether half of the waits are shorter; else it is what is stated of the way.
    pub(crate) is_median: bool,
}

impl Wait {
    /// Each unit takes over at two of it.
    fn of(seconds: f64) -> Self {
        let (size, unit) = match seconds {
            s if s < 120.0 => (1.0, "s"),
            s if s < 7_200.0 => (60.0, "min"),
            s if s < 172_800.0 => (3_600.0, "h"),
            _ => (86_400.0, "days"),
        };
        let amount = (seconds / size * 10.0).round() / 10.0;
        Self {
            amount,
            unit,
            is_median: false,
        }
    }
}

/// The median where it is known how waits spread, and else the mean that is stated.
fn wait(way: &Transition) -> Option<Wait> {
    let median = way
        .wait_spread
        .as_ref()
        .and_then(|waits| waits.quantile(0.5));
    let wait = Wait::of(median.or(way.wait_s)?);
    Some(Wait {
        is_median: median.is_some(),
        ..wait
    })
}

impl JourneyGraph {
    /// The graph with the pain points marked by their place in a list.
    pub(crate) fn of(journey: &Journey, pains: &[PainPoint]) -> Self {
        let ranks: BTreeMap<&str, usize> = pains
            .iter()
            .zip(1..)
            .map(|(pain, rank)| (pain.id.as_str(), rank))
            .collect();
        let met = journey.met();
        let nodes: Vec<Node> = met
            .touchpoints()
            .map(|touchpoint| node(touchpoint, ranks.get(touchpoint.id.as_str()).copied()))
            .collect();
        let phases = Phase::ALL.iter().filter_map(|&phase| {
            let within = journey.touchpoints().enumerate();
            let within = within.filter(|(_, touchpoint)| touchpoint.phase == phase);
            let within: Vec<usize> = within.map(|(position, _)| position).collect();
            (!within.is_empty()).then_some((phase, within))
        });
        let outcomes = outcomes(journey);
        let starts = journey.start_nodes().into_iter();
        Self {
            name: journey.name().to_owned(),
            phases: phases.collect(),
            ways: ways(journey, &outcomes),
            outcomes,
            starts: starts.map(|(node, _)| node.index()).collect(),
            nodes,
        }
    }
}

fn node(touchpoint: &Touchpoint, pain: Option<usize>) -> Node {
    let valence = touchpoint.mean_valence();
    let kept_rate = touchpoint.promise.as_ref().and_then(Promise::kept_rate);
    Node {
        id: touchpoint.id.clone(),
        label: touchpoint.label().to_owned(),
        channel: touchpoint.channel.clone(),
        tone: Tone::of(valence),
        valence,
        known_of: if_partial(touchpoint.emotion_coverage()),
        kept_of_100: kept_rate.map(|rate| rate * 100.0),
        pain,
    }
}

/// Every way in which journeys are drawn to end, and the unstated one where they end for want of a way.
fn outcomes(journey: &Journey) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = journey
        .touchpoints()
        .flat_map(|touchpoint| touchpoint.ends.iter().map(|end| end.outcome.clone()))
        .collect();
    if journey
        .nodes()
        .any(|node| journey.dead_ends(node).next().is_some())
    {
        outcomes.push(Outcome::Unstated);
    }
    outcomes.sort();
    outcomes.dedup();
    outcomes
}

fn ways(journey: &Journey, outcomes: &[Outcome]) -> Vec<Way> {
    let outcome = |outcome: &Outcome| End::Outcome(outcomes.binary_search(outcome).unwrap_or(0));
    let mut ways: Vec<Way> = journey
        .graph()
        .raw_edges()
        .iter()
        .map(|edge| Way {
            from: edge.source().index(),
            to: End::Touchpoint(edge.target().index()),
            weight: Some(edge.weight.weight),
            when: edge.weight.when,
            given: edge.weight.given.to_string(),
            wait: wait(&edge.weight),
        })
        .collect();
    for (from, touchpoint) in journey.touchpoints().enumerate() {
        ways.extend(touchpoint.ends.iter().map(|end| Way {
            from,
            to: outcome(&end.outcome),
            weight: Some(end.weight),
            when: end.when,
            given: end.given.to_string(),
            wait: None,
        }));
        ways.extend(journey.dead_ends(NodeIndex::new(from)).map(|result| Way {
            from,
            to: outcome(&Outcome::Unstated),
            weight: None,
            when: result,
            given: String::new(),
            wait: None,
        }));
    }
    ways
}
