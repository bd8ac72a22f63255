//! What drawings of the graph have in common: a label for each touchpoint and each way, in words and signs, so that
//! nothing is told by colour alone.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use crate::analysis::PainPoint;
use crate::flow::NEUTRAL;
use crate::journey::{Journey, Number, Outcome, Phase, Promise, PromiseResult, Touchpoint};
use crate::render::number::{is_all, percent};

/// How a touchpoint feels, as a class of the drawing: the limits are those of the trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Good,
    Neutral,
    Bad,
    Unknown,
}

impl Mood {
    pub(super) const ALL: [Self; 4] = [Self::Good, Self::Neutral, Self::Bad, Self::Unknown];

    fn of(valence: Option<f64>) -> Self {
        match valence {
            None => Self::Unknown,
            Some(valence) if valence > NEUTRAL => Self::Good,
            Some(valence) if valence < -NEUTRAL => Self::Bad,
            Some(_) => Self::Neutral,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Neutral => "neutral",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
        }
    }

    /// Fill and line, from Paul Tol's sunset scheme. Text is black on all of them.
    pub(super) fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Good => ("#98cae1", "#364b9a"),
            Self::Neutral => ("#eaeccc", "#6b6b5b"),
            Self::Bad => ("#fdb366", "#a50026"),
            Self::Unknown => ("#ffffff", "#777777"),
        }
    }
}

/// A touchpoint as it is drawn.
pub(super) struct Node<'a> {
    pub(super) touchpoint: &'a Touchpoint,
    pub(super) mood: Mood,
    /// Its rank among the pain points, from 1.
    pub(super) rank: Option<usize>,
    /// The label, line by line.
    pub(super) lines: Vec<String>,
}

/// A way as it is drawn, between positions; to an outcome where the journey ends.
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: End,
    pub(super) label: String,
    /// Whether it is open only after some result of the promise.
    pub(super) conditional: bool,
}

pub(super) enum End {
    Touchpoint(usize),
    /// Position among the outcomes.
    Outcome(usize),
}

/// The parts of a drawing.
pub(super) struct Picture<'a> {
    /// The touchpoints by phase: phases without any are left out.
    pub(super) phases: Vec<(Phase, Vec<usize>)>,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) ways: Vec<Way>,
    /// The outcomes in the order of their names.
    pub(super) outcomes: Vec<Outcome>,
    /// Where journeys begin.
    pub(super) starts: Vec<usize>,
}

impl<'a> Picture<'a> {
    pub(super) fn of(journey: &'a Journey, pains: &[PainPoint]) -> Self {
        let ranks: BTreeMap<&str, usize> = pains
            .iter()
            .zip(1..)
            .map(|(pain, rank)| (pain.id.as_str(), rank))
            .collect();
        let nodes: Vec<Node<'a>> = journey
            .touchpoints()
            .map(|touchpoint| node(touchpoint, ranks.get(touchpoint.id.as_str()).copied()))
            .collect();
        let phases = Phase::ALL.iter().filter_map(|&phase| {
            let within = nodes.iter().enumerate();
            let within = within.filter(|(_, node)| node.touchpoint.phase == phase);
            let within: Vec<usize> = within.map(|(position, _)| position).collect();
            (!within.is_empty()).then_some((phase, within))
        });
        let outcomes = outcomes(journey);
        Self {
            phases: phases.collect(),
            ways: ways(journey, &outcomes),
            outcomes,
            starts: journey
                .start_nodes()
                .into_iter()
                .map(|(node, _)| node.index())
                .collect(),
            nodes,
        }
    }
}

fn node(touchpoint: &Touchpoint, rank: Option<usize>) -> Node<'_> {
    let valence = touchpoint.mean_valence();
    let mood = Mood::of(valence);
    let feeling = match valence {
        None => "feels: unknown".to_owned(),
        Some(valence) => {
            let sign = match mood {
                Mood::Good => "▲",
                Mood::Bad => "▼",
                Mood::Neutral | Mood::Unknown => "●",
            };
            let coverage = touchpoint.emotion_coverage();
            let known = if is_all(coverage) {
                String::new()
            } else {
                format!(" (known of {})", percent(coverage))
            };
            format!("{sign} {:+.2}{known}", valence + 0.0)
        }
    };
    let mut lines = vec![
        touchpoint.label().to_owned(),
        format!("[{}]", touchpoint.channel),
    ];
    if let Some(rate) = touchpoint.promise.as_ref().and_then(Promise::kept_rate) {
        lines.push(format!("promise kept: {:.0} %", rate * 100.0));
    }
    lines.push(match rank {
        Some(rank) => format!("{feeling} ✗ pain {rank}"),
        None => feeling,
    });
    Node {
        touchpoint,
        mood,
        rank,
        lines,
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
            label: label(edge.weight.weight, edge.weight.when, edge.weight.wait_s),
            conditional: edge.weight.when.is_some(),
        })
        .collect();
    for (from, touchpoint) in journey.touchpoints().enumerate() {
        ways.extend(touchpoint.ends.iter().map(|end| Way {
            from,
            to: outcome(&end.outcome),
            label: label(end.weight, end.when, None),
            conditional: end.when.is_some(),
        }));
        ways.extend(journey.dead_ends(NodeIndex::new(from)).map(|result| Way {
            from,
            to: outcome(&Outcome::Unstated),
            label: result.map_or_else(String::new, |result| format!("if {result}")),
            conditional: result.is_some(),
        }));
    }
    ways
}

/// The weight as it was drawn, the condition, and the wait.
fn label(weight: f64, when: Option<PromiseResult>, wait_s: Option<f64>) -> String {
    let mut parts = vec![Number(weight).to_string()];
    parts.extend(when.map(|when| format!("if {when}")));
    parts.extend(wait_s.map(wait));
    parts.join(", ")
}

fn wait(seconds: f64) -> String {
    let (size, unit) = match seconds {
        s if s < 120.0 => (1.0, "s"),
        s if s < 7_200.0 => (60.0, "min"),
        s if s < 172_800.0 => (3_600.0, "h"),
        _ => (86_400.0, "days"),
    };
    let amount = (seconds / size * 10.0).round() / 10.0;
    format!("after {} {unit}", Number(amount))
}
