//! What a map tells, taken from the flow and its reports.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;

use crate::analysis::{
    EmotionFigures, EndingFigures, PainOptions, PainPoint, TouchpointFigures, Trajectory,
    TrajectoryOptions,
};
use crate::flow::{Flow, OutcomeShare};
use crate::journey::{Journey, Outcome, Touchpoint};
use crate::report::EvidenceShare;

/// Beyond so many touchpoints a map is an overview ...
pub(super) const MOST: usize = 60;
/// ... of so many.
const MET_MOST: usize = 24;
/// Ways that fewer journeys go are not drawn ...
const RARE: f64 = 0.01;
/// ... and of those from one touchpoint at most so many.
const WAYS: usize = 4;
/// So many moments of truth are marked.
const TRUTHS: usize = 5;

/// A touchpoint on the map.
pub(super) struct Stop<'a> {
    pub(super) touchpoint: &'a Touchpoint,
    pub(super) figures: TouchpointFigures,
    pub(super) felt: EmotionFigures,
    pub(super) pain: Option<(usize, PainPoint)>,
    /// Rank, and how far the outcome moves on a visit.
    pub(super) truth: Option<(usize, f64)>,
    pub(super) endings: Vec<EndingFigures>,
    /// Whether it lies on the most likely path.
    pub(super) is_spine: bool,
    pub(super) is_lowest: bool,
    pub(super) is_highest: bool,
}

/// A way between two stops, by their places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) share: f64,
    pub(super) flow: f64,
    pub(super) is_spine: bool,
}

/// A need for which stops contradict each other.
pub(super) struct Quarrel {
    pub(super) need: String,
    pub(super) answers: usize,
    /// Ascending.
    pub(super) stops: Vec<usize>,
}

pub(super) struct Story<'a> {
    pub(super) journey: &'a Journey,
    pub(super) stops: Vec<Stop<'a>>,
    pub(super) ways: Vec<Way>,
    /// Ways between stops that are not drawn.
    pub(super) rare_ways: usize,
    pub(super) quarrels: Vec<Quarrel>,
    pub(super) trajectory: Trajectory,
    pub(super) outcomes: Vec<OutcomeShare>,
    pub(super) evidence: Vec<EvidenceShare>,
    pub(super) pains: Vec<PainPoint>,
    /// Where not all touchpoints are drawn: how many there are, and the share of moments at those drawn.
    pub(super) cut: Option<(usize, f64)>,
    /// What the moments of truth decide about, where the journey can end so.
    pub(super) outcome: Option<Outcome>,
}

impl<'a> Story<'a> {
    pub(super) fn new(flow: &'a Flow, outcome: &Outcome) -> Self {
        let journey = flow.journey();
        let mut sequence = flow.sequence();
        let all = sequence.len();
        let moments = flow.length();
        let mut cut = None;
        if all > MOST {
            let mut visits: Vec<(f64, &str)> = flow
                .traffic()
                .map(|traffic| (traffic.visits, traffic.touchpoint.id.as_str()))
                .collect();
            visits.sort_by_key(|&(visits, id)| (Reverse(OrderedFloat(visits)), id));
            visits.truncate(MET_MOST);
            let most: BTreeSet<&str> = visits.iter().map(|&(_, id)| id).collect();
            sequence.retain(|touchpoint| most.contains(touchpoint.id.as_str()));
            let met: f64 = visits.iter().map(|(visits, _)| visits).sum();
            cut = Some((all, (met / moments).min(1.0)));
        }
        let place: BTreeMap<&str, usize> = sequence
            .iter()
            .enumerate()
            .map(|(place, touchpoint)| (touchpoint.id.as_str(), place))
            .collect();
        let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(1));
        let path: Vec<&str> = trajectory.paths.first().map_or_else(Vec::new, |path| {
            path.touchpoints.iter().map(String::as_str).collect()
        });
        let mut stops = stops(flow, &sequence, &place);
        for id in &path {
            if let Some(stop) = place.get(id).and_then(|&at| stops.get_mut(at)) {
                stop.is_spine = true;
            }
        }
        let steps: BTreeSet<(&str, &str)> = path
            .iter()
            .zip(path.iter().skip(1))
            .map(|(from, to)| (*from, *to))
            .collect();
        let (ways, rare_ways) = ways(flow, &place, &steps);
        let pains =
            flow.pain_points(&PainOptions::new().limit(if cut.is_some() { 3 } else { all }));
        for (rank, pain) in (1..).zip(&pains) {
            if let Some(stop) = place
                .get(pain.id.as_str())
                .and_then(|&at| stops.get_mut(at))
            {
                stop.pain = Some((rank, pain.clone()));
            }
        }
        let truths = flow.moments_of_truth(outcome);
        for (rank, truth) in (1..=TRUTHS).zip(&truths) {
            if let Some(stop) = place
                .get(truth.id.as_str())
                .and_then(|&at| stops.get_mut(at))
            {
                stop.truth = Some((rank, truth.decides_per_visit));
            }
        }
        mark_extremes(&mut stops);
        Self {
            journey,
            ways,
            rare_ways,
            quarrels: quarrels(flow, &place),
            outcomes: flow.outcomes(),
            evidence: flow.evidence(),
            outcome: (!truths.is_empty()).then(|| outcome.clone()),
            pains,
            trajectory,
            cut,
            stops,
        }
    }
}

fn stops<'a>(
    flow: &'a Flow,
    sequence: &[&'a Touchpoint],
    place: &BTreeMap<&str, usize>,
) -> Vec<Stop<'a>> {
    let figures = flow.touchpoints().into_iter().zip(flow.emotions());
    let mut found: BTreeMap<usize, (TouchpointFigures, EmotionFigures)> = figures
        .filter_map(|figures| Some((*place.get(figures.0.id.as_str())?, figures)))
        .collect();
    let mut endings = BTreeMap::<usize, Vec<EndingFigures>>::new();
    for ending in flow.endings() {
        if let Some(&at) = place.get(ending.id.as_str()) {
            endings.entry(at).or_default().push(ending);
        }
    }
    let stop = |(at, touchpoint): (usize, &&'a Touchpoint)| {
        let (figures, felt) = found.remove(&at)?;
        Some(Stop {
            touchpoint,
            figures,
            felt,
            pain: None,
            truth: None,
            endings: endings.remove(&at).unwrap_or_default(),
            is_spine: false,
            is_lowest: false,
            is_highest: false,
        })
    };
    sequence.iter().enumerate().filter_map(stop).collect()
}

/// The ways that are drawn, and how many are not.
fn ways(
    flow: &Flow,
    place: &BTreeMap<&str, usize>,
    steps: &BTreeSet<(&str, &str)>,
) -> (Vec<Way>, usize) {
    let mut all: Vec<Way> = Vec::new();
    for figures in flow.transitions() {
        let ends = (figures.from.as_str(), figures.to.as_str());
        if let (Some(&from), Some(&to)) = (place.get(ends.0), place.get(ends.1)) {
            all.push(Way {
                from,
                to,
                share: figures.share,
                flow: figures.flow,
                is_spine: steps.contains(&ends),
            });
        }
    }
    let found = all.len();
    all.sort_by_key(|way| (way.from, Reverse(OrderedFloat(way.flow)), way.to));
    let mut drawn = Vec::with_capacity(found);
    for from in all.chunk_by(|a, b| a.from == b.from) {
        let notable = from.iter().enumerate();
        let notable =
            notable.filter(|(rank, way)| way.is_spine || (*rank < WAYS && way.flow >= RARE));
        drawn.extend(notable.map(|(_, way)| *way));
    }
    let rare = found - drawn.len();
    (drawn, rare)
}

fn quarrels(flow: &Flow, place: &BTreeMap<&str, usize>) -> Vec<Quarrel> {
    let found = flow.contradictions().into_iter().map(|contradiction| {
        let told_at = contradiction.answers.iter();
        let told_at = told_at.flat_map(|answer| &answer.touchpoints);
        let mut stops: Vec<usize> = told_at
            .filter_map(|id| place.get(id.as_str()).copied())
            .collect();
        stops.sort_unstable();
        Quarrel {
            need: contradiction.need,
            answers: contradiction.answers.len(),
            stops,
        }
    });
    found.filter(|quarrel| quarrel.stops.len() > 1).collect()
}

/// Marks the lowest and the highest mean feeling among the stops that customers come to, where they differ.
fn mark_extremes(stops: &mut [Stop<'_>]) {
    let met = stops.iter().enumerate();
    let known: Vec<(OrderedFloat<f64>, usize)> = met
        .filter(|(_, stop)| stop.figures.visits > 0.0)
        .filter_map(|(at, stop)| Some((OrderedFloat(stop.felt.mean?), at)))
        .collect();
    let lowest = known.iter().min().copied();
    let highest = known.iter().max_by_key(|(mean, at)| (*mean, Reverse(*at)));
    if let (Some((low, lowest)), Some(&(high, highest))) = (lowest, highest)
        && low < high
    {
        for (at, stop) in stops.iter_mut().enumerate() {
            stop.is_lowest = at == lowest;
            stop.is_highest = at == highest;
        }
    }
}
