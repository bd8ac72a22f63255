//! The figures of a plan, computed from the map of what happens.

use std::collections::BTreeMap;

use super::{
    AdHoc, AdHocTouchpoint, Failed, FailedTouchpoint, OutOfOrder, PlanBasis, PlanFigures, Planned,
    ROUNDING, ranked,
};
use crate::compare::alignment::deviations;
use crate::compare::matching::Target;
use crate::flow::{Basis, Kept, Moment, Onward, explore};
use crate::journey::PromiseResult;

/// The share of journeys that leave a plan first by each way; none before it is the start.
type First = BTreeMap<(Option<usize>, Target), f64>;

impl Planned<'_> {
    pub(super) fn modelled(&self) -> Option<(PlanFigures, PlanBasis)> {
        let (follows, first) = self.followed()?;
        let first = first
            .into_iter()
            .map(|(way, probability)| self.first_deviation(way, (probability, None)));
        let flow = self.real.flow;
        let reach = |number: usize| match self.real_place(number) {
            Some(place) => flow.reach_asked(place),
            None => Some(0.0),
        };
        let figures = PlanFigures {
            follows,
            first_deviations: ranked(first.collect()),
            missing: self
                .planned()
                .map(|number| self.missing(number, (reach(number), None)))
                .collect(),
            ad_hoc: self.ad_hoc(),
            out_of_order: self.out_of_order(),
            failed: self.failed(),
            deviations: self
                .line
                .as_ref()
                .and_then(|line| deviations(&self.real, line)),
        };
        let basis = PlanBasis {
            plan: 0,
            basis: Basis::Modelled,
            journeys: None,
            follows_standard_error: None,
            deviations_standard_errors: None,
        };
        Some((figures, basis))
    }

    /// The share of journeys that follow the plan, and where the others leave it first: the chain of those that still follow it.
    fn followed(&self) -> Option<(f64, First)> {
        let mut first = BTreeMap::new();
        let starts = self.real.starts();
        for (number, share) in starts {
            if !self.starts(number) {
                first.insert((None, Target::Touchpoint(number)), share);
            }
        }
        let law = &self.real;
        let begin = law
            .first_states()
            .filter(|&(state, _)| self.starts(law.number_of(state)));
        // By states, since what customers remember may decide where they go.
        let explored = explore(begin, |&state| {
            let number = law.number_of(state);
            let mut onward = Onward {
                ways: Vec::new(),
                out: 0.0,
            };
            for next in law.onward(state) {
                match next.state {
                    Some(to) if self.allows(number, &next.step.1) => onward.ways.push((to, next.p)),
                    _ => onward.out += next.p,
                }
            }
            onward
        })
        .ok()?;
        let mut follows = 0.0;
        for (&state, visits) in explored.each() {
            let number = law.number_of(state);
            for next in law.onward(state) {
                let to = next.step.1;
                if !self.allows(number, &to) {
                    *first.entry((Some(number), to)).or_default() += visits * next.p;
                } else if matches!(to, Target::End(_)) {
                    follows += visits * next.p;
                }
            }
        }
        Some((follows.min(1.0), first))
    }

    fn ad_hoc(&self) -> AdHoc {
        let flow = self.real.flow;
        let numbers: Vec<(usize, usize)> = self
            .unplanned()
            .filter(|&(_, place)| flow.visits_at(place) > 0.0)
            .collect();
        let touchpoints = numbers.iter().map(|&(number, place)| AdHocTouchpoint {
            id: self.matching.id(number).to_owned(),
            reach: flow.reach_asked(place),
            visits: flow.visits_at(place),
            standard_error: None,
        });
        let places: Vec<usize> = numbers.iter().map(|&(_, place)| place).collect();
        AdHoc {
            any: flow.meets_any_of(&places),
            standard_error: None,
            touchpoints: touchpoints.collect(),
        }
    }

    fn out_of_order(&self) -> Vec<OutOfOrder> {
        let chance = |first: usize, then: usize| {
            let Some(then) = self.real_place(then) else {
                return Some(0.0);
            };
            match self.real_place(first) {
                Some(first) => self.real.flow.meets_before(then, first),
                None => self.real.flow.reach_asked(then),
            }
        };
        let pairs = self.order.before.iter();
        let pairs = pairs.map(|&(first, then)| OutOfOrder {
            first: self.matching.id(first).to_owned(),
            then: self.matching.id(then).to_owned(),
            probability: chance(first, then),
            standard_error: None,
        });
        pairs.collect()
    }

    fn failed(&self) -> Failed {
        let failing = self.failing();
        let chance = |those: &[(usize, usize, Option<f64>)]| {
            let meant: BTreeMap<usize, Option<f64>> = those
                .iter()
                .map(|&(_, place, intended)| (place, intended))
                .collect();
            self.meets_failed(&meant)
        };
        let each = failing.iter().map(|one| FailedTouchpoint {
            id: self.matching.id(one.0).to_owned(),
            probability: chance(std::slice::from_ref(one)),
            standard_error: None,
        });
        Failed {
            any: chance(&failing),
            standard_error: None,
            touchpoints: each.collect(),
        }
    }

    /// The chance to meet one of these touchpoints failed, each with the valence that is meant there.
    fn meets_failed(&self, meant: &BTreeMap<usize, Option<f64>>) -> Option<f64> {
        let flow = self.real.flow;
        let levels = flow.moments().levels();
        let mut parts = vec![Kept::ALL; flow.moments().len()];
        for (&place, &intended) in meant {
            for moment in flow.moments_at(place) {
                if let Some(part) = parts.get_mut(moment.position) {
                    *part = passed(&moment, levels, intended);
                }
            }
        }
        let (stopped, error_bound) =
            flow.leaves(|moment| parts.get(moment.position).copied().unwrap_or(Kept::ALL));
        crate::flow::is_proven(error_bound).then_some(stopped.min(1.0))
    }
}

/// What passes without failing, and what fails: with its promise broken, or felt below what is meant.
fn passed(moment: &Moment<'_>, levels: &[f64], intended: Option<f64>) -> Kept {
    if moment.result == Some(PromiseResult::Broken) {
        return Kept::NONE;
    }
    let Some(intended) = intended else {
        return Kept::ALL;
    };
    let mut kept = Kept {
        on: moment.unknown,
        out: 0.0,
    };
    for &(level, share) in moment.shades {
        let below = levels
            .get(level as usize)
            .is_some_and(|&valence| valence < intended - ROUNDING);
        if below {
            kept.out += share;
        } else {
            kept.on += share;
        }
    }
    if moment.shades.is_empty() {
        return Kept::ALL;
    }
    kept
}
