//! A plan against what happens: who follows it, where the others leave it, and what they miss, add and do too early.

mod counted;
mod modelled;

use super::alignment::{Line, line};
use super::matching::{Law, Matching, Target};
use super::order::{Order, order};
use crate::events::Walked;
use crate::flow::{Basis, Flow};

/// How far journeys follow a plan: the four classes of deviations of Halvorsrud, Kvale and Folstad (2016), and how many of them.
///
/// Shares are of all journeys, in 0..=1. They are counted where whole journeys are at hand, and computed from the map otherwise;
/// [`Comparison::plan_basis`](super::Comparison::plan_basis) says which.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PlanFigures {
    /// Share of journeys that begin where the plan may begin, go only ways that the plan has, and end where it may end.
    pub follows: f64,
    /// The ways that the plan does not have, with the share of journeys that leave it there first: the most frequent first. With
    /// [`follows`](Self::follows) they sum to 1.
    pub first_deviations: Vec<FirstDeviation>,
    /// The planned touchpoints in the order of the plan, and how many journeys miss each.
    pub missing: Vec<MissingTouchpoint>,
    /// Touchpoints that the plan does not have, in the order of the journey that happens.
    pub ad_hoc: AdHoc,
    /// Pairs of which the plan always has one before the other, in the order of the plan.
    pub out_of_order: Vec<OutOfOrder>,
    /// Planned touchpoints whose promise is broken or which are felt below what is intended.
    pub failed: Failed,
    /// The chance of 0, 1, ..., 7, and of 8 or more deviations, where the plan is one line without branches and loops: touchpoints that
    /// a journey adds to the plan (also by repeating one) and those that it leaves out, in the cheapest alignment of both. `None`
    /// where the plan is no line, or longer than 63 touchpoints.
    pub deviations: Option<Vec<f64>>,
}

/// A way that a plan does not have.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FirstDeviation {
    /// Where it leaves the plan; `None` where a journey begins elsewhere than planned.
    pub from: Option<String>,
    /// Where it leads; `None` where a journey ends elsewhere than planned.
    pub to: Option<String>,
    /// How such a journey ends.
    pub outcome: Option<String>,
    /// Share of journeys that leave the plan here first.
    pub probability: f64,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
}

/// A planned touchpoint and how many journeys miss it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MissingTouchpoint {
    /// Its id.
    pub id: String,
    /// Whether it is on every planned path.
    pub always: bool,
    /// Share of planned journeys that meet it.
    pub planned: Option<f64>,
    /// Share of journeys that meet it.
    pub reach: Option<f64>,
    /// Where it is on every planned path, the share of journeys that do not meet it; else how much less often they meet it than
    /// planned, below 0 where they meet it more often.
    pub missing: Option<f64>,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
}

/// Touchpoints that a plan does not have.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdHoc {
    /// Share of journeys that meet any of them.
    pub any: Option<f64>,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
    /// Each of them.
    pub touchpoints: Vec<AdHocTouchpoint>,
}

/// A touchpoint that a plan does not have.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdHocTouchpoint {
    /// Its id.
    pub id: String,
    /// Share of journeys that meet it.
    pub reach: Option<f64>,
    /// Visits per journey.
    pub visits: f64,
    /// The standard error of its reach, where it is counted.
    pub standard_error: Option<f64>,
}

/// Two touchpoints of which a plan always has one first.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OutOfOrder {
    /// The one that every planned journey meets first.
    pub first: String,
    /// The one that comes later.
    pub then: String,
    /// Share of journeys that meet the later one before the first one, or without it.
    pub probability: Option<f64>,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
}

/// Planned touchpoints that fail.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Failed {
    /// Share of journeys that meet any of them failed.
    pub any: Option<f64>,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
    /// The planned touchpoints that can fail, in the order of the plan.
    pub touchpoints: Vec<FailedTouchpoint>,
}

/// A planned touchpoint that fails some customers.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FailedTouchpoint {
    /// Its id.
    pub id: String,
    /// Share of journeys that meet it with its promise broken or felt below what is intended.
    pub probability: Option<f64>,
    /// Its standard error, where it is counted.
    pub standard_error: Option<f64>,
}

/// What the figures of a plan rest on.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PlanBasis {
    /// Which side is the plan: 0 for A, 1 for B.
    pub plan: usize,
    /// Whether whole journeys were counted, or the map followed.
    pub basis: Basis,
    /// Journeys counted.
    pub journeys: Option<u64>,
    /// The standard error of [`PlanFigures::follows`], where it is counted.
    pub follows_standard_error: Option<f64>,
    /// Those of [`PlanFigures::deviations`].
    pub deviations_standard_errors: Option<Vec<f64>>,
}

/// A plan and what happens, under common numbers: the plan is side A of the matching.
struct Planned<'a> {
    matching: &'a Matching,
    plan: Law<'a>,
    real: Law<'a>,
    order: Order,
    line: Option<Line>,
    /// By common number, what planned journeys may do next.
    ways: Vec<Ways>,
}

/// Where a plan goes on.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// Ascending.
    to: Vec<usize>,
    ends: bool,
    starts: bool,
}

/// A valence is below what is intended only if it is so by more than rounding.
const ROUNDING: f64 = 1e-9;

impl<'a> Planned<'a> {
    fn new(plan: &'a Flow, real: &'a Flow, matching: &'a Matching) -> Self {
        let (plan, real) = (
            Law::new(plan, &matching.of_a),
            Law::new(real, &matching.of_b),
        );
        let order = order(&plan, matching);
        let place_of = |number: usize| matching.places.get(number)?.0;
        let mut ways = vec![Ways::default(); matching.len()];
        for (place, &number) in matching.of_a.iter().enumerate() {
            let Some(ways) = ways.get_mut(number) else {
                continue;
            };
            for to in plan.ways(place).into_keys() {
                match to {
                    Target::Touchpoint(to) => ways.to.push(to),
                    Target::End(_) => ways.ends = true,
                }
            }
        }
        for number in plan.starts().into_keys() {
            if let Some(ways) = ways.get_mut(number) {
                ways.starts = true;
            }
        }
        Self {
            line: line(&plan, place_of),
            matching,
            plan,
            real,
            order,
            ways,
        }
    }

    fn starts(&self, number: usize) -> bool {
        self.ways.get(number).is_some_and(|ways| ways.starts)
    }

    /// Whether the plan has a way, of whatever ending.
    fn allows(&self, from: usize, to: &Target) -> bool {
        let Some(ways) = self.ways.get(from) else {
            return false;
        };
        match to {
            Target::Touchpoint(to) => ways.to.binary_search(to).is_ok(),
            Target::End(_) => ways.ends,
        }
    }

    fn is_planned(&self, number: usize) -> bool {
        self.order.planned.get(number).copied().unwrap_or(false)
    }

    /// The planned touchpoints, in the order of the plan.
    fn planned(&self) -> impl Iterator<Item = usize> {
        let numbers = self.matching.of_a.iter().copied();
        numbers.filter(|&number| self.is_planned(number))
    }

    /// The touchpoints that happen without being planned: their number and position.
    fn unplanned(&self) -> impl Iterator<Item = (usize, usize)> {
        let places = self.matching.of_b.iter().enumerate();
        let places = places.map(|(place, &number)| (number, place));
        places.filter(|&(number, _)| !self.is_planned(number))
    }

    fn real_place(&self, number: usize) -> Option<usize> {
        self.matching.places.get(number)?.1
    }

    /// The valence that is meant there, by the plan, or else by the map of what happens.
    fn intended(&self, number: usize) -> Option<f64> {
        let &(plan, real) = self.matching.places.get(number)?;
        let meant = |law: &Law<'_>, place: Option<usize>| {
            let node = law.flow.journey().graph().raw_nodes().get(place?)?;
            node.weight.intended.as_ref()?.mean()
        };
        meant(&self.plan, plan).or_else(|| meant(&self.real, real))
    }

    /// The planned touchpoints that happen and can fail: number, position and the valence that is meant.
    fn failing(&self) -> Vec<(usize, usize, Option<f64>)> {
        let can = |number: usize| {
            let place = self.real_place(number)?;
            let intended = self.intended(number);
            let tests = self.real.flow.tests_at(place);
            (tests || intended.is_some()).then_some((number, place, intended))
        };
        self.planned().filter_map(can).collect()
    }

    fn first_deviation(
        &self,
        (from, to): (Option<usize>, Target),
        (probability, standard_error): (f64, Option<f64>),
    ) -> FirstDeviation {
        let id = |number: usize| self.matching.id(number).to_owned();
        let (to, outcome) = match to {
            Target::Touchpoint(to) => (Some(id(to)), None),
            Target::End(outcome) => (None, Some(outcome.as_str().to_owned())),
        };
        FirstDeviation {
            from: from.map(id),
            to,
            outcome,
            probability,
            standard_error,
        }
    }

    fn missing(
        &self,
        number: usize,
        (reach, error): (Option<f64>, Option<f64>),
    ) -> MissingTouchpoint {
        let always = self.order.always.get(number).copied().unwrap_or(false);
        let place = self.matching.places.get(number).and_then(|places| places.0);
        let planned = if always {
            Some(1.0)
        } else {
            place.and_then(|place| self.plan.flow.reach_asked(place))
        };
        MissingTouchpoint {
            id: self.matching.id(number).to_owned(),
            always,
            planned,
            reach,
            missing: planned.zip(reach).map(|(planned, reach)| planned - reach),
            standard_error: error,
        }
    }
}

/// The most frequent first, and then in the order of the journeys.
fn ranked(mut deviations: Vec<FirstDeviation>) -> Vec<FirstDeviation> {
    deviations.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    deviations
}

/// A plan, which is side A of the matching, against what happens; `None` where the map of what happens cannot be followed exactly
/// enough.
pub(super) fn plan(
    (plan, real): (&Flow, &Flow),
    matching: &Matching,
    walked: Option<&Walked>,
) -> Option<(PlanFigures, PlanBasis)> {
    let planned = Planned::new(plan, real, matching);
    match walked {
        Some(walked) => Some(planned.counted(walked)),
        None => planned.modelled(),
    }
}
