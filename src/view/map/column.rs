//! What the map says about one touchpoint.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;

use super::Way;
use super::felt::{self, FeltMost};
use super::given::{self, FeltGiven};
use super::marks::{BrightMark, PainMark, bright_mark, pain_mark};
use super::tested::TestedPromise;
use super::wall::Wall;
use crate::analysis::{BrightSpots, EmotionFigures, PainPoint, TouchpointFigures};
use crate::flow::Flow;
use crate::journey::{Ability, Channel, Evidence, Outcome, Phase, Touchpoint};
use crate::view::if_partial;

/// What fewer journeys meet is written in a quiet colour.
const FEW: f64 = 0.05;
/// From so many visits of a journey that comes at all, they are told.
const AGAIN: f64 = 1.05;
/// So many moments of truth are marked.
const TRUTHS: usize = 5;

/// A touchpoint on the map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) phase: Phase,
    pub(crate) stage: Option<String>,
    pub(crate) channel: Channel,
    pub(crate) evidence: Evidence,
    pub(crate) owner: Option<String>,
    pub(crate) says: Option<String>,
    pub(crate) wall: Wall,
    /// The feeling that the provider means to give.
    pub(crate) intended: Option<Intended>,
    /// In the order of [`Ability::ALL`].
    pub(crate) abilities: Vec<Ability>,
    /// Whether it lies on the most likely path.
    pub(crate) is_on_likely_path: bool,
    /// The share of journeys that go straight on to the next column, at most, where a way that is drawn leads there.
    pub(crate) goes_on: Option<f64>,
    /// Whether touchpoints between this column and the next one are left out.
    pub(crate) skips: bool,
    /// How long the ways take that are drawn from here, where that is stated.
    pub(crate) waits: Vec<Wait>,
    /// `None` where no feeling is known.
    pub(crate) marker: Option<Marker>,
    /// What customers feel who remember something, as it is drawn.
    pub(crate) felt_given: Vec<FeltGiven>,
    /// Of which share of visits the feeling is known, where it is known of some and not of all.
    pub(crate) feeling_known_of: Option<f64>,
    pub(crate) pain: Option<PainMark>,
    pub(crate) bright: Option<BrightMark>,
    /// The promises that are made here.
    pub(crate) makes: Vec<String>,
    pub(crate) tests: Option<TestedPromise>,
    pub(crate) moment_of_truth: Option<MomentOfTruth>,
    pub(crate) visitors: Visitors,
    /// Visits of a journey that comes here at all, where customers come back.
    pub(crate) visits_each: Option<f64>,
    /// Whether few journeys come here.
    pub(crate) is_rare: bool,
    /// How journeys end here.
    pub(crate) endings: Vec<EndingHere>,
}

impl Column {
    /// The share of journeys that come here, at most.
    pub(super) fn reach(&self) -> f64 {
        match self.visitors {
            Visitors::Nobody => 0.0,
            Visitors::Reach(reach) => reach,
            Visitors::Visits(visits) => visits.min(1.0),
        }
    }
}

/// What is felt at a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Marker {
    pub(crate) mean: f64,
    /// The feeling by its name.
    pub(crate) word: Option<FeltMost>,
    /// The 10 % and the 90 % quantile, where they differ.
    pub(crate) spread: Option<(f64, f64)>,
    /// The lowest and the highest of mean and quantiles.
    pub(crate) extent: (f64, f64),
    /// The share of journeys that feel it; 1 where that is not known.
    pub(crate) share: f64,
    pub(crate) extreme: Option<Extreme>,
}

/// What is meant to be felt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Intended {
    pub(crate) mean: f64,
    pub(crate) word: Option<FeltMost>,
}

/// How long a way takes, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum WaitTime {
    /// Half of the waits are up to the median, and half between the quartiles.
    Spread { median: f64, quartiles: (f64, f64) },
    /// The least and the most that is stated of it, where it is not known how it spreads.
    Stated { least: f64, most: f64 },
}

/// How long it takes from a touchpoint to another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wait {
    /// The place of the column that comes next.
    pub(crate) to: usize,
    /// How long.
    pub(crate) time: WaitTime,
}

/// The end of the curve at which a feeling is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extreme {
    Lowest,
    Highest,
}

/// A touchpoint at which much of an outcome is decided.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MomentOfTruth {
    /// From 1.
    pub(crate) rank: usize,
    pub(crate) outcome: Outcome,
    /// How far a visit moves the chance of the outcome.
    pub(crate) moves: f64,
}

/// Who comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Visitors {
    Nobody,
    /// Share of journeys.
    Reach(f64),
    /// Visits of a journey, where the reach is not known.
    Visits(f64),
}

/// How journeys end at a touchpoint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EndingHere {
    pub(crate) outcome: Outcome,
    /// Share of all journeys.
    pub(crate) share: f64,
    /// Whether they are few.
    pub(crate) is_rare: bool,
}

/// A column for each of the touchpoints that are shown.
pub(super) fn all(
    flow: &Flow,
    shown: &[&Touchpoint],
    path: &[String],
    (pains, moving, bright): (&[PainPoint], &[&PainPoint], &BrightSpots),
    outcome: &Outcome,
    ways: &[Way],
) -> Vec<Column> {
    let mut figures: BTreeMap<String, (TouchpointFigures, EmotionFigures)> = flow
        .touchpoints()
        .into_iter()
        .zip(flow.emotions())
        .map(|figures| (figures.0.id.clone(), figures))
        .collect();
    let mut endings = BTreeMap::<String, Vec<EndingHere>>::new();
    for ending in flow.endings() {
        endings.entry(ending.id).or_default().push(EndingHere {
            outcome: ending.outcome,
            share: ending.flow,
            is_rare: ending.flow < FEW,
        });
    }
    let mut pains: BTreeMap<&str, PainMark> = (1..)
        .zip(pains)
        .map(|(rank, pain)| (pain.id.as_str(), pain_mark(rank, pain, moving)))
        .collect();
    let mut bright: BTreeMap<&str, BrightMark> = (1..)
        .zip(&bright.spots)
        .map(|(rank, spot)| (spot.id.as_str(), bright_mark(rank, spot, bright)))
        .collect();
    let truths = flow.moments_of_truth(outcome);
    let mut truths: BTreeMap<&str, MomentOfTruth> = (1..=TRUTHS)
        .zip(&truths)
        .map(|(rank, truth)| {
            let mark = MomentOfTruth {
                rank,
                outcome: outcome.clone(),
                moves: truth.decides_per_visit,
            };
            (truth.id.as_str(), mark)
        })
        .collect();
    let path: BTreeSet<&str> = path.iter().map(String::as_str).collect();
    let straight = ways.iter().filter(|way| way.to == way.from + 1);
    let straight: BTreeMap<usize, f64> = straight.map(|way| (way.from, way.flow)).collect();
    let mut visited = Vec::with_capacity(shown.len());
    let mut columns = Vec::with_capacity(shown.len());
    for (place, touchpoint) in shown.iter().enumerate() {
        let id = touchpoint.id.as_str();
        let Some((traffic, felt)) = figures.remove(id) else {
            continue;
        };
        visited.push(traffic.visits > 0.0);
        let as_met = flow.met_at(id).unwrap_or(Cow::Borrowed(touchpoint));
        columns.push(Column {
            is_on_likely_path: path.contains(id),
            goes_on: straight.get(&place).copied(),
            waits: waits_from(place, ways),
            pain: pains.remove(id),
            bright: bright.remove(id),
            moment_of_truth: truths.remove(id),
            endings: endings.remove(id).unwrap_or_default(),
            felt_given: given::felt(touchpoint),
            ..column(&as_met, flow.journey().currency(), &traffic, &felt)
        });
    }
    bound_streams(&mut columns);
    name_extremes(&mut columns, &visited);
    columns
}

/// No more journeys go from a column to the next than come to either of them, however often they go.
fn bound_streams(columns: &mut [Column]) {
    let reaches: Vec<f64> = columns.iter().map(Column::reach).collect();
    for (column, ends) in columns.iter_mut().zip(reaches.windows(2)) {
        let most = ends.iter().fold(1.0, |least: f64, reach| least.min(*reach));
        column.goes_on = column.goes_on.map(|share| share.min(most));
    }
}

fn waits_from(place: usize, ways: &[Way]) -> Vec<Wait> {
    let here = ways.iter().filter(|way| way.from == place);
    let waits = here.filter_map(|way| {
        let time = way.wait?;
        Some(Wait { to: way.to, time })
    });
    waits.collect()
}

/// What its own figures say of a touchpoint.
fn column(
    touchpoint: &Touchpoint,
    currency: Option<&str>,
    traffic: &TouchpointFigures,
    felt: &EmotionFigures,
) -> Column {
    let can = Ability::ALL.iter().copied();
    let tests = touchpoint.promise.as_ref();
    Column {
        id: touchpoint.id.clone(),
        label: touchpoint.label().to_owned(),
        phase: touchpoint.phase,
        stage: touchpoint.stage.clone(),
        channel: touchpoint.channel.clone(),
        evidence: touchpoint.evidence,
        owner: touchpoint.owner.clone(),
        says: touchpoint.says.clone(),
        wall: Wall::of(touchpoint, currency),
        intended: touchpoint.intended.as_ref().and_then(|intended| {
            let mean = intended.mean()?;
            let word = felt::of(intended);
            Some(Intended { mean, word })
        }),
        abilities: can
            .filter(|&ability| touchpoint.is_able_to(ability))
            .collect(),
        is_on_likely_path: false,
        goes_on: None,
        skips: false,
        waits: Vec::new(),
        marker: marker(touchpoint, felt, traffic.reach),
        felt_given: Vec::new(),
        feeling_known_of: if_partial(felt.coverage),
        pain: None,
        bright: None,
        makes: touchpoint.makes.clone(),
        tests: tests.map(|promise| TestedPromise::of(promise, traffic.broken > 0.0)),
        moment_of_truth: None,
        visitors: match traffic.reach {
            None => Visitors::Visits(traffic.visits),
            Some(reach) if reach <= 0.0 => Visitors::Nobody,
            Some(reach) => Visitors::Reach(reach),
        },
        visits_each: traffic.repeats.filter(|&repeats| repeats >= AGAIN),
        is_rare: traffic.reach.is_some_and(|reach| reach < FEW),
        endings: Vec::new(),
    }
}

fn marker(touchpoint: &Touchpoint, felt: &EmotionFigures, reach: Option<f64>) -> Option<Marker> {
    let mean = felt.mean?;
    let lowest = felt.low.map_or(mean, |low| low.min(mean));
    let highest = felt.high.map_or(mean, |high| high.max(mean));
    Some(Marker {
        mean,
        word: felt::most(touchpoint),
        spread: felt.low.zip(felt.high).filter(|(low, high)| low < high),
        extent: (lowest, highest),
        share: reach.unwrap_or(1.0),
        extreme: None,
    })
}

/// Names the lowest and the highest mean feeling among the touchpoints that customers come to, where they differ: the
/// first in order where several are as low or as high.
fn name_extremes(columns: &mut [Column], visited: &[bool]) {
    let known: Vec<(OrderedFloat<f64>, usize)> = columns
        .iter()
        .zip(visited)
        .enumerate()
        .filter(|(_, (_, is_visited))| **is_visited)
        .filter_map(|(place, (column, _))| {
            Some((OrderedFloat(column.marker.as_ref()?.mean), place))
        })
        .collect();
    let lowest = known.iter().min().copied();
    let highest = known
        .iter()
        .max_by_key(|(mean, place)| (*mean, Reverse(*place)))
        .copied();
    let differ = lowest.zip(highest).filter(|(low, high)| low.0 < high.0);
    let Some(((_, lowest), (_, highest))) = differ else {
        return;
    };
    for (place, extreme) in [(lowest, Extreme::Lowest), (highest, Extreme::Highest)] {
        let column = columns.get_mut(place);
        if let Some(marker) = column.and_then(|column| column.marker.as_mut()) {
            marker.extreme = Some(extreme);
        }
    }
}
