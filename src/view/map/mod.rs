//! What the journey map shows.
//!
//! `column` holds what is said about one touchpoint, `ways` which ways between them are drawn, `links` where channels
//! contradict each other, `signs` which signs the legend explains; here they come together.

mod column;
mod links;
mod signs;
mod ways;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ordered_float::OrderedFloat;

use crate::analysis::{LikelyPath, PainOptions, PainPoint, PhaseFigures, TrajectoryOptions};
use crate::flow::{Flow, OutcomeShare};
use crate::journey::{Evidence, JourneyKind, Outcome, Touchpoint};

pub(crate) use column::{
    Column, Extreme, Marker, MomentOfTruth, PainMark, TestedPromise, Visitors,
};
pub(crate) use links::Link;
pub(crate) use signs::Sign;
pub(crate) use ways::Way;

/// Beyond so many touchpoints a map is an overview ...
const MOST: usize = 60;
/// ... of so many, those that customers meet most.
const MET_MOST: usize = 24;
/// So many pains stand out, and are told in words where no lane tells all.
const GREATEST: usize = 3;
/// So many outcomes have their share among the figures of the journey.
const OUTCOMES: usize = 4;

/// How much a map tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Touchpoints, channels, feelings and the greatest pains.
    Overview,
    /// Everything that there is a lane for.
    Whole,
}

/// A row of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    Touchpoint,
    Channel,
    Ways,
    Told,
    Feeling,
    Pain,
    Promise,
    Truth,
    Abilities,
    Owner,
    Comes,
    Ends,
}

impl Lane {
    const OVERVIEW: &'static [Self] = &[Self::Touchpoint, Self::Channel, Self::Feeling];
    const WHOLE: &'static [Self] = &[
        Self::Touchpoint,
        Self::Channel,
        Self::Ways,
        Self::Told,
        Self::Feeling,
        Self::Pain,
        Self::Promise,
        Self::Truth,
        Self::Abilities,
        Self::Owner,
        Self::Comes,
        Self::Ends,
    ];
}

/// Everything that a journey map shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JourneyMap {
    pub(crate) name: String,
    pub(crate) persona: Option<String>,
    pub(crate) scenario: Option<String>,
    pub(crate) kind: JourneyKind,
    /// What the figures rest on: each grade of evidence with its share of moments.
    pub(crate) evidence: Vec<(Evidence, f64)>,
    /// Where not all touchpoints have a column.
    pub(crate) cut: Option<Cut>,
    pub(crate) figures: Figures,
    pub(crate) phases: Vec<PhaseFigures>,
    /// From top to bottom.
    pub(crate) lanes: &'static [Lane],
    /// In the order in which customers meet them.
    pub(crate) columns: Vec<Column>,
    /// By where they begin, the most gone first.
    pub(crate) ways: Vec<Way>,
    /// Ways between columns that are not drawn.
    pub(crate) ways_left_out: usize,
    pub(crate) links: Vec<Link>,
    /// What people call the touchpoint that hurts most.
    pub(crate) greatest_pain: Option<String>,
    /// The greatest pains that are told in words below the map, the greatest first; none where a lane tells them.
    pub(crate) pains_in_words: Vec<PainPoint>,
    /// Every outcome with its share of journeys.
    pub(crate) outcomes: Vec<OutcomeShare>,
    pub(crate) signs: Vec<Sign>,
}

/// A map of the touchpoints that customers meet most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cut {
    /// How many touchpoints the journey has.
    pub(crate) touchpoints: usize,
    /// The share of moments at those that have a column.
    pub(crate) moments: f64,
}

/// The journey in figures; what is not known is `None`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figures {
    pub(crate) mean: Option<f64>,
    pub(crate) worst: Option<f64>,
    pub(crate) best: Option<f64>,
    pub(crate) end: Option<f64>,
    /// The first outcomes with their share of journeys.
    pub(crate) outcomes: Vec<(Outcome, f64)>,
    /// How many outcomes there are besides.
    pub(crate) more_outcomes: usize,
}

impl JourneyMap {
    /// The map of a flow; its moments of truth are those of `outcome`. A map of more than 60 touchpoints is an overview
    /// whatever was asked for.
    pub(crate) fn of(flow: &Flow, outcome: &Outcome, detail: Detail) -> Self {
        let journey = flow.journey();
        let (shown, cut) = shown(flow);
        let lanes = match detail {
            Detail::Whole if cut.is_none() => Lane::WHOLE,
            _ => Lane::OVERVIEW,
        };
        let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(1));
        let path = trajectory.paths.first();
        let path: &[String] = path.map_or(&[], |LikelyPath { touchpoints, .. }| touchpoints);
        let pains = match cut {
            None => flow.pain_points(&PainOptions::new()),
            // To explain every pain of a huge map would take long, and few of them have a column.
            Some(_) => flow.pain_points(&PainOptions::new().limit(GREATEST)),
        };
        let (ways, ways_left_out) = ways::choose(flow, &shown, path);
        let columns = column::all(flow, &shown, path, &pains, outcome, &ways);
        let links = links::find(flow, &shown);
        let outcomes = flow.outcomes();
        let in_figures = outcomes.iter().take(OUTCOMES);
        let in_words = if lanes.contains(&Lane::Pain) {
            0
        } else {
            GREATEST
        };
        Self {
            name: journey.name().to_owned(),
            persona: journey.persona().map(str::to_owned),
            scenario: journey.scenario().map(str::to_owned),
            kind: journey.kind(),
            evidence: flow
                .evidence()
                .iter()
                .map(|part| (part.evidence, part.share))
                .collect(),
            cut,
            figures: Figures {
                mean: trajectory.mean,
                worst: trajectory.worst.mean,
                best: trajectory.best.mean,
                end: trajectory.end,
                outcomes: in_figures
                    .map(|share| (share.outcome.clone(), share.probability))
                    .collect(),
                more_outcomes: outcomes.len().saturating_sub(OUTCOMES),
            },
            phases: trajectory.phases,
            lanes,
            signs: signs::explained(lanes, &columns, &links),
            columns,
            ways,
            ways_left_out: if lanes.contains(&Lane::Ways) {
                ways_left_out
            } else {
                0
            },
            links,
            greatest_pain: pains.first().map(|pain| pain.label.clone()),
            pains_in_words: pains.into_iter().take(in_words).collect(),
            outcomes,
        }
    }

    /// Whether the map has this lane.
    pub(crate) fn has(&self, lane: Lane) -> bool {
        self.lanes.contains(&lane)
    }
}

/// The touchpoints that have a column, in the order in which customers meet them, and what is said of the others.
fn shown(flow: &Flow) -> (Vec<&Touchpoint>, Option<Cut>) {
    let mut sequence = flow.sequence();
    let touchpoints = sequence.len();
    if touchpoints <= MOST {
        return (sequence, None);
    }
    let mut visits: Vec<(f64, &str)> = flow
        .traffic()
        .map(|traffic| (traffic.visits, traffic.touchpoint.id.as_str()))
        .collect();
    visits.sort_by_key(|&(visits, id)| (Reverse(OrderedFloat(visits)), id));
    visits.truncate(MET_MOST);
    let most: BTreeSet<&str> = visits.iter().map(|&(_, id)| id).collect();
    sequence.retain(|touchpoint| most.contains(touchpoint.id.as_str()));
    let met: f64 = visits.iter().map(|(visits, _)| visits).sum();
    let moments = (met / flow.length()).min(1.0);
    (
        sequence,
        Some(Cut {
            touchpoints,
            moments,
        }),
    )
}
