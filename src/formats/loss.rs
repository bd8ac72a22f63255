//! What a format of another tool has no place for.

use std::fmt;

use petgraph::visit::EdgeRef;

use crate::journey::{Evidence, Journey, JourneyKind, Met, Touchpoint};
use crate::page::number::is_all;

/// Something of a journey that another format can not express, and of which touchpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatLoss {
    /// What is lost.
    pub kind: LossKind,
    /// The ids of the touchpoints that say it, in the order of the map; empty where the journey as a whole does.
    pub ids: Vec<String>,
}

impl fmt::Display for FormatLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.text())?;
        if !self.ids.is_empty() {
            write!(f, ": {}", crate::journey::list(&self.ids))?;
        }
        Ok(())
    }
}

/// What other formats may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LossKind {
    /// What customers feel, in a format or a kind of journey that has no place for it.
    Felt,
    /// No feeling is known, and the format needs one or has no word for that.
    Feeling,
    /// Customers feel differently, or feel differently after another promise result: the mean is written.
    Spread,
    /// The feeling is known of some visits only: it is written as if it were known of all.
    Coverage,
    /// Feelings between two grades of the format: the nearer grade is written.
    Grade,
    /// Ways that are not simply the way to the next touchpoint of the list: branches, loops, conditions, shares.
    Ways,
    /// How long the next touchpoint takes to come.
    Waits,
    /// Where journeys begin, and how many of them.
    Starts,
    /// How journeys end.
    Endings,
    /// The stage within the phase.
    Stage,
    /// The channel.
    Channel,
    /// Who answers for it.
    Owner,
    /// What the customer came for.
    Need,
    /// What the customer is told.
    Says,
    /// What the customer does.
    Does,
    /// What staff and systems do.
    Backstage,
    /// The promise that is tested.
    Promise,
    /// The promises that are made.
    Makes,
    /// What is possible there.
    Abilities,
    /// The feeling that the provider means to give.
    Intended,
    /// The feeling that customers expect.
    Expected,
    /// What a visit costs.
    Cost,
    /// What customers said.
    Quotes,
    /// Ideas.
    Ideas,
    /// Figures that somebody measured.
    KeyFigures,
    /// What customers are asked, with their answers.
    Surveys,
    /// That customers are only asked something there.
    Measurement,
    /// Pictures of touchpoints.
    Image,
    /// Notes.
    Notes,
    /// What the figures rest on.
    Evidence,
    /// Whether the journey is planned or experienced.
    Kind,
    /// The journey's persona.
    Persona,
    /// The journey's scenario.
    Scenario,
    /// The journey's notes.
    JourneyNotes,
    /// What endings are worth, and in which money.
    Values,
    /// Facts that customers remember, and all that depends on them.
    Facts,
}

impl LossKind {
    const ALL: [Self; 35] = [
        Self::Felt,
        Self::Feeling,
        Self::Spread,
        Self::Coverage,
        Self::Grade,
        Self::Ways,
        Self::Waits,
        Self::Starts,
        Self::Endings,
        Self::Stage,
        Self::Channel,
        Self::Owner,
        Self::Need,
        Self::Says,
        Self::Does,
        Self::Backstage,
        Self::Promise,
        Self::Makes,
        Self::Abilities,
        Self::Intended,
        Self::Expected,
        Self::Cost,
        Self::Quotes,
        Self::Ideas,
        Self::KeyFigures,
        Self::Surveys,
        Self::Image,
        Self::Notes,
        Self::Evidence,
        Self::Kind,
        Self::Persona,
        Self::Scenario,
        Self::JourneyNotes,
        Self::Values,
        Self::Facts,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::Felt => "what customers feel",
            Self::Feeling => "no feeling is known",
            Self::Spread => "feelings differ, and the mean is written",
            Self::Coverage => "of how many visits the feeling is known",
            Self::Grade => "feelings between two grades, and the nearer one is written",
            Self::Ways => "ways other than to the next touchpoint of the list, or with conditions",
            Self::Waits => "waits on the way to the next touchpoint",
            Self::Starts => "weights of journeys that begin",
            Self::Endings => "how journeys end",
            Self::Stage => "stages",
            Self::Channel => "channels",
            Self::Owner => "owners",
            Self::Need => "needs",
            Self::Says => "what customers are told",
            Self::Does => "what customers do",
            Self::Backstage => "what staff and systems do",
            Self::Promise => "promises that are tested",
            Self::Makes => "promises that are made",
            Self::Abilities => "abilities",
            Self::Intended => "intended feelings",
            Self::Expected => "expected feelings",
            Self::Cost => "costs",
            Self::Quotes => "what customers said",
            Self::Ideas => "ideas",
            Self::KeyFigures => "figures that somebody measured",
            Self::Surveys => "what customers are asked",
            Self::Measurement => "which touchpoints only ask what customers think",
            Self::Image => "pictures of touchpoints",
            Self::Notes => "notes",
            Self::Evidence => "what the figures rest on",
            Self::Kind => "whether the journey is planned or experienced",
            Self::Persona => "the persona",
            Self::Scenario => "the scenario",
            Self::JourneyNotes => "the journey's notes",
            Self::Values => "what endings are worth",
            Self::Facts => "facts that customers remember, and what depends on them",
        }
    }

    /// Whether a touchpoint says it, whose feelings are those of all who come; ways and waits are the journey's to tell.
    fn is_said(self, touchpoint: &Touchpoint, met: &Touchpoint) -> bool {
        match self {
            Self::Felt => met.mean_valence().is_some(),
            Self::Feeling => met.mean_valence().is_none(),
            Self::Spread => {
                let mut felt = met.results().map(|(result, _)| met.emotion_after(result));
                let first = felt.next();
                let mixed = |emotion: &crate::journey::Emotion| emotion.shades().len() > 1;
                let emotions = [
                    &met.emotion,
                    &met.emotion_when_broken,
                    &met.emotion_when_unknown,
                ];
                emotions.into_iter().flatten().any(mixed) || felt.any(|other| Some(other) != first)
            }
            Self::Coverage => {
                let known = met.emotion_coverage();
                known > 0.0 && !is_all(known)
            }
            Self::Grade => met
                .mean_valence()
                .is_some_and(|valence| (valence * 2.0).fract().abs() > 0.0),
            Self::Starts => touchpoint.starts.is_some(),
            Self::Endings => !touchpoint.ends.is_empty(),
            Self::Stage => touchpoint.stage.is_some(),
            Self::Channel => true,
            Self::Owner => touchpoint.owner.is_some(),
            Self::Need => touchpoint.need.is_some(),
            Self::Says => touchpoint.says.is_some(),
            Self::Does => touchpoint.does.is_some(),
            Self::Backstage => touchpoint.backstage.is_some(),
            Self::Promise => touchpoint.promise.is_some(),
            Self::Makes => !touchpoint.makes.is_empty(),
            Self::Abilities => !touchpoint.can.is_empty(),
            Self::Intended => touchpoint.intended.is_some(),
            Self::Expected => touchpoint.expected.is_some(),
            Self::Cost => touchpoint.cost.is_some(),
            Self::Quotes => !touchpoint.quotes.is_empty(),
            Self::Ideas => !touchpoint.ideas.is_empty(),
            Self::KeyFigures => !touchpoint.figures.is_empty(),
            Self::Surveys => !touchpoint.measures.is_empty(),
            Self::Measurement => touchpoint.measurement,
            Self::Image => touchpoint.image.is_some(),
            Self::Notes => touchpoint.notes.is_some(),
            Self::Evidence => touchpoint.evidence != Evidence::Assumed,
            Self::Facts => {
                let starts = !touchpoint.starts_given.is_empty();
                let fares = !touchpoint.promise_given.is_empty();
                let ends = touchpoint
                    .ends
                    .iter()
                    .any(|ending| !ending.given.is_empty());
                starts || fares || ends || !touchpoint.emotion_given.is_empty()
            }
            Self::Ways
            | Self::Waits
            | Self::Kind
            | Self::Persona
            | Self::Scenario
            | Self::JourneyNotes
            | Self::Values => false,
        }
    }

    /// Whether the journey as a whole says it.
    fn is_said_by(self, journey: &Journey) -> bool {
        match self {
            Self::Kind => journey.kind() != JourneyKind::Experienced,
            Self::Persona => journey.persona().is_some(),
            Self::Scenario => journey.scenario().is_some(),
            Self::JourneyNotes => journey.notes().is_some(),
            Self::Values => !journey.values().is_empty() || journey.currency().is_some(),
            Self::Facts => !journey.remembers().is_empty(),
            _ => false,
        }
    }
}

/// What a journey says and a format can not, given what it can.
pub(super) fn losses(met: &Met<'_>, expressed: &[LossKind]) -> Vec<FormatLoss> {
    let journey = met.journey();
    LossKind::ALL
        .into_iter()
        .filter(|kind| !expressed.contains(kind))
        .filter_map(|kind| {
            let ids: Vec<String> = match kind {
                LossKind::Ways => ways(journey),
                LossKind::Waits => waits(journey),
                kind => journey
                    .touchpoints()
                    .zip(met.touchpoints())
                    .filter(|(touchpoint, met)| kind.is_said(touchpoint, met))
                    .map(|(touchpoint, _)| touchpoint.id.clone())
                    .collect(),
            };
            (!ids.is_empty() || kind.is_said_by(journey)).then_some(FormatLoss { kind, ids })
        })
        .collect()
}

/// Touchpoints from which customers do not simply go to the next of the list, or where the list goes on and they do
/// not.
fn ways(journey: &Journey) -> Vec<String> {
    let graph = journey.graph();
    let last = graph.node_count().saturating_sub(1);
    graph
        .node_indices()
        .filter(|node| {
            let mut ways = graph.edges(*node);
            let first = ways.next();
            let simple = match first {
                Some(way) => {
                    way.target().index() == node.index() + 1
                        && way.weight().when.is_none()
                        && way.weight().given.is_empty()
                        && way.weight().weight > 0.0
                        && ways.next().is_none()
                }
                None => node.index() == last,
            };
            !simple
        })
        .filter_map(|node| {
            graph
                .node_weight(node)
                .map(|touchpoint| touchpoint.id.clone())
        })
        .collect()
}

fn waits(journey: &Journey) -> Vec<String> {
    let graph = journey.graph();
    graph
        .node_indices()
        .filter(|node| graph.edges(*node).any(|way| way.weight().wait_s.is_some()))
        .filter_map(|node| {
            graph
                .node_weight(node)
                .map(|touchpoint| touchpoint.id.clone())
        })
        .collect()
}
