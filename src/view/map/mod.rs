//! What the journey map shows.
//!
//! `column` holds what is said about one touchpoint, `ways` which ways between them are drawn, `links` where channels
//! contradict each other, `signs` which signs the legend explains; here they come together.

mod column;
mod felt;
mod given;
mod lane;
mod links;
mod marks;
mod shown;
mod signs;
mod tested;
mod wall;
mod ways;

use crate::analysis::{
    BrightSpot, LikelyPath, PainOptions, PainPoint, PhaseFigures, Trajectory, TrajectoryOptions,
    first_by_activation, foremost,
};
use crate::flow::{Flow, OutcomeShare};
use crate::journey::{Evidence, Feeling, Journey, JourneyKind, Outcome};

pub(crate) use column::{
    Column, EndingHere, Extreme, Intended, Marker, MomentOfTruth, Visitors, Wait, WaitTime,
};
pub(crate) use felt::{FeltMost, bad as bad_feelings};
pub use lane::Lane;
pub(crate) use links::Link;
pub(crate) use marks::{BrightMark, PainMark};
pub(crate) use signs::Sign;
pub(crate) use tested::TestedPromise;
pub(crate) use wall::{Figured, Image};
pub(crate) use ways::{Bypass, Way};

/// So many pains stand out, and are told in words where no lane tells all.
const GREATEST: usize = 3;
/// So many feelings are named at a pain.
const FEELINGS: usize = 2;
/// So many outcomes have their share among the figures of the journey.
const OUTCOMES: usize = 4;
/// So many promises, where no feeling is known.
const PROMISES: usize = 3;

/// How much a map tells, unless its lanes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Touchpoints, channels, feelings, scores of surveys and the greatest pains.
    Overview,
    /// Everything that there is a lane for.
    Whole,
    /// What customers do and see, and what happens behind it.
    Blueprint,
}

/// What is asked of a map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) detail: Detail,
    /// These lanes in this order, instead of those of the detail.
    pub(crate) lanes: Option<&'a [Lane]>,
    /// At most so many columns, whatever the detail.
    pub(crate) columns: Option<usize>,
}

impl From<Detail> for Wanted<'_> {
    fn from(detail: Detail) -> Self {
        Self {
            detail,
            lanes: None,
            columns: None,
        }
    }
}

impl Wanted<'_> {
    /// The lanes that are asked for; a map that is cut to be readable shows less.
    fn lanes(&self, is_overview: bool, knows_feelings: bool, columns: &[Column]) -> Vec<Lane> {
        let overview = match (self.lanes, self.detail) {
            (Some(lanes), _) => return lanes.to_vec(),
            (None, Detail::Whole) if !is_overview => return lane::WHOLE.to_vec(),
            (None, Detail::Blueprint) if !is_overview => return lane::BLUEPRINT.to_vec(),
            _ if knows_feelings => lane::OVERVIEW,
            _ => lane::WITHOUT_FEELINGS,
        };
        // What customers were asked is as much of an overview as what they feel.
        let mut measured = columns.iter().flat_map(|column| &column.wall.figures);
        let scores = measured.any(|figure| figure.is_score);
        let scores = scores.then_some(Lane::Figures);
        overview.iter().copied().chain(scores).collect()
    }
}

/// Everything that a journey map shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JourneyMap {
    pub(crate) name: String,
    pub(crate) persona: Option<String>,
    pub(crate) scenario: Option<String>,
    /// What was noted about the whole journey.
    pub(crate) notes: Option<String>,
    /// What customers come for, in the order of the columns.
    pub(crate) needs: Vec<String>,
    pub(crate) kind: JourneyKind,
    /// What the figures rest on: each grade of evidence with its share of moments.
    pub(crate) evidence: Vec<(Evidence, f64)>,
    /// Where not all touchpoints have a column.
    pub(crate) cut: Option<Cut>,
    pub(crate) figures: Figures,
    pub(crate) phases: Vec<PhaseFigures>,
    /// From top to bottom.
    pub(crate) lanes: Vec<Lane>,
    /// In the order in which customers meet them.
    pub(crate) columns: Vec<Column>,
    /// By where they begin, the most gone first.
    pub(crate) ways: Vec<Way>,
    /// Ways of many journeys that the curve would pass over.
    pub(crate) bypasses: Vec<Bypass>,
    /// Ways between columns that are not drawn.
    pub(crate) ways_left_out: usize,
    pub(crate) links: Vec<Link>,
    /// What people call the touchpoint that hurts most.
    pub(crate) greatest_pain: Option<String>,
    /// The first pains by how strongly a visit moves people to act, where that order begins otherwise.
    pub(crate) moving: Vec<Moving>,
    /// Whether people are moved far less to act where it hurts most.
    pub(crate) begins_elsewhere: bool,
    /// The greatest pains that are told in words below the map, the greatest first; none where a lane tells them.
    pub(crate) pains_in_words: Vec<PainInWords>,
    /// The greatest bright spots that are told in words below the map, likewise.
    pub(crate) bright_in_words: Vec<BrightSpot>,
    /// What people call the touchpoint that feels best.
    pub(crate) brightest: Option<String>,
    /// Every outcome with its share of journeys.
    pub(crate) outcomes: Vec<OutcomeShare>,
    pub(crate) signs: Vec<Sign>,
}

/// A pain that is told in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PainInWords {
    pub(crate) pain: PainPoint,
    /// The first thing that a customer said there.
    pub(crate) quote: Option<String>,
}

/// A pain by what moves people to act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moving {
    /// What people call the touchpoint.
    pub(crate) label: String,
    /// The bad feelings there that most have.
    pub(crate) feelings: Vec<Feeling>,
    /// The share of journeys that come there.
    pub(crate) reach: Option<f64>,
}

impl Moving {
    fn of(pain: &PainPoint, journey: &Journey) -> Self {
        let at = journey.touchpoint(&pain.id);
        let felt = at.map(bad_feelings).unwrap_or_default().into_iter();
        Self {
            label: pain.label.clone(),
            feelings: felt.take(FEELINGS).map(|(feeling, _)| feeling).collect(),
            reach: pain.reach,
        }
    }
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
    /// Whether a feeling is known anywhere; where none is, promises and traffic are told instead.
    pub(crate) knows_feelings: bool,
    /// Touchpoints that a journey meets, on average.
    pub(crate) moments: f64,
    /// The first promises that are tested, with the share of known results that are kept.
    pub(crate) promises: Vec<(String, Option<f64>)>,
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
    /// The map of a flow; its moments of truth are those of `outcome`. A map of more than 60 touchpoints is an overview of
    /// those that are met most, unless it is said how many columns it may have.
    pub(crate) fn of<'a>(flow: &Flow, outcome: &Outcome, wanted: impl Into<Wanted<'a>>) -> Self {
        let wanted = wanted.into();
        let journey = flow.journey();
        let (shown, skips, cut) = shown::choose(flow, wanted.columns);
        let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(1));
        let path = trajectory.paths.first();
        let path: &[String] = path.map_or(&[], |LikelyPath { touchpoints, .. }| touchpoints);
        let pains = match cut {
            None => flow.pain_points(&PainOptions::new()),
            // To explain every pain of a huge map would take long, and few of them have a column.
            Some(_) => flow.pain_points(&PainOptions::new().limit(GREATEST)),
        };
        let (ways, ways_left_out) = ways::choose(flow, &shown, path);
        let bright = flow.bright_as_it_is();
        let moving = match cut {
            None => first_by_activation(&pains),
            Some(_) => Vec::new(),
        };
        let marked = (pains.as_slice(), moving.as_slice(), &bright);
        let mut columns = column::all(flow, &shown, path, marked, outcome, &ways);
        shown::mark(&mut columns, &skips);
        let moving = moving.into_iter().map(|pain| Moving::of(pain, journey));
        let moving: Vec<Moving> = moving.collect();
        let bypasses = ways::bypasses(&ways, &columns);
        let links = links::find(flow, &shown);
        let outcomes = flow.outcomes();
        let figures = figures(flow, &trajectory, &outcomes);
        let is_overview = cut.is_some() && wanted.columns.is_none();
        let lanes = wanted.lanes(is_overview, figures.knows_feelings, &columns);
        let lanes = lane::drawn(&lanes, &columns, &ways);
        let in_words = if lanes.contains(&Lane::Pain) {
            0
        } else {
            GREATEST
        };
        let bright_in_words = if lanes.contains(&Lane::Bright) {
            0
        } else {
            GREATEST
        };
        Self {
            name: journey.name().to_owned(),
            persona: journey.persona().map(str::to_owned),
            scenario: journey.scenario().map(str::to_owned),
            notes: journey.notes().map(str::to_owned),
            needs: needs(&columns),
            kind: journey.kind(),
            evidence: flow
                .evidence()
                .iter()
                .map(|part| (part.evidence, part.share))
                .collect(),
            cut,
            figures,
            signs: signs::explained(&lanes, &columns, (&ways, &bypasses), &links),
            ways_left_out: if lanes.contains(&Lane::Ways) {
                ways_left_out
            } else {
                0
            },
            phases: trajectory.phases,
            lanes,
            columns,
            bypasses,
            ways,
            links,
            greatest_pain: pains.first().map(|pain| pain.label.clone()),
            begins_elsewhere: foremost(&pains).is_some_and(|place| place > 0),
            moving,
            pains_in_words: in_words_of(pains, in_words, journey),
            brightest: bright.spots.first().map(|spot| spot.label.clone()),
            bright_in_words: bright.spots.into_iter().take(bright_in_words).collect(),
            outcomes,
        }
    }

    /// Whether the map has this lane.
    pub(crate) fn has(&self, lane: Lane) -> bool {
        self.lanes.contains(&lane)
    }
}

fn figures(flow: &Flow, trajectory: &Trajectory, outcomes: &[OutcomeShare]) -> Figures {
    let knows_feelings = trajectory.mean.is_some();
    // The ledger follows every promise, which takes its time where there are many.
    let ledger = if knows_feelings {
        Vec::new()
    } else {
        flow.promises().ledger
    };
    let tested = ledger
        .into_iter()
        .filter(|figures| !figures.tested.is_empty());
    Figures {
        knows_feelings,
        moments: flow.length(),
        promises: tested
            .take(PROMISES)
            .map(|figures| (figures.promise, figures.kept_rate))
            .collect(),
        mean: trajectory.mean,
        worst: trajectory.worst.mean,
        best: trajectory.best.mean,
        end: trajectory.end,
        outcomes: outcomes
            .iter()
            .take(OUTCOMES)
            .map(|share| (share.outcome.clone(), share.probability))
            .collect(),
        more_outcomes: outcomes.len().saturating_sub(OUTCOMES),
    }
}

/// Each need once.
fn needs(columns: &[Column]) -> Vec<String> {
    let mut needs: Vec<String> = Vec::new();
    for need in columns
        .iter()
        .filter_map(|column| column.wall.need.as_ref())
    {
        if !needs.contains(need) {
            needs.push(need.clone());
        }
    }
    needs
}

fn in_words_of(pains: Vec<PainPoint>, most: usize, journey: &Journey) -> Vec<PainInWords> {
    let pains = pains.into_iter().take(most);
    let in_words = pains.map(|pain| {
        let at = journey.touchpoint(&pain.id);
        let quote = at.and_then(|at| at.quotes.first().cloned());
        PainInWords { pain, quote }
    });
    in_words.collect()
}
