//! How journeys end by the number of broken promises they meet.

use super::recovery::FirstBreaks;
use crate::flow::{Basis, Flow, Layer, RAREST, is_proven};
use crate::journey::{Outcome, PromiseResult};

/// How journeys end that meet so many broken promises, whichever these are; the same promise broken twice counts twice.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Tolerance {
    /// Number of broken promises: 0, 1 or 2.
    pub broken: u32,
    /// Whether journeys with more belong here too, as in the last class.
    pub or_more: bool,
    /// Share of all journeys, in 0..=1; the shares sum to 1.
    pub share: f64,
    /// Whether that share was counted.
    pub basis: Basis,
    /// Whether `outcomes` were counted.
    pub outcomes_basis: Basis,
    /// How the journeys of this class end, in the order of the outcomes' names; empty where there are none.
    pub outcomes: Vec<ToleranceOutcome>,
}

/// How often journeys with so many broken promises end so.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ToleranceOutcome {
    /// The outcome.
    pub outcome: Outcome,
    /// The share of these journeys, in 0..=1.
    pub probability: f64,
    /// Its standard error, where it was counted.
    pub standard_error: Option<f64>,
    /// The lower end of its 95 % interval, where it was counted.
    #[cfg_attr(feature = "serde", serde(default))]
    pub low: Option<f64>,
    /// The upper end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub high: Option<f64>,
}

impl Flow {
    /// Where journeys meet their first broken promise; `layer` becomes that of the journeys that have not yet.
    pub(super) fn without_any_break(&self, layer: &mut Layer<'_>) -> FirstBreaks {
        let testers = self.states_where(|touchpoint| touchpoint.promise.is_some());
        layer.restart(&testers, |moment| {
            moment.result == Some(PromiseResult::Broken)
        });
        FirstBreaks::of(self, layer)
    }

    /// Three classes, from the layer of journeys that meet no broken promise and where they leave it.
    pub(super) fn tolerance(
        &self,
        layer: &Layer<'_>,
        first: &FirstBreaks,
        error_bound: &mut f64,
    ) -> Option<Vec<Tolerance>> {
        let mut entries = vec![0.0; self.starts().len()];
        for crossing in &first.breaks {
            for (to, p) in self.moments().moment(crossing.moment).onward() {
                entries[to as usize] += crossing.share * p;
            }
        }
        let again = layer.visits(entries);
        let second = layer.crossings(&again.values);
        let mut bound = first.unbroken.error_bound + again.error_bound;
        let outcomes = self.moments().outcomes().len();
        let mut classes = [const { Vec::new() }; 3];
        for outcome in 0..outcomes {
            let ahead = layer.values(layer.ending_with(outcome), 1);
            bound = bound.max(first.unbroken.error_bound + ahead.error_bound);
            let starts = self.starts().iter().zip(&ahead.values);
            classes[0].push(starts.fold(0.0, |sum, (share, chance)| sum + share * chance));
            let once = first.breaks.iter().map(|crossing| {
                let moment = self.moments().moment(crossing.moment);
                crossing.share * moment.chance_of(outcome, |to| ahead.values[to])
            });
            classes[1].push(once.fold(0.0, |sum, part| sum + part));
            let more = second.iter().map(|crossing| {
                let moment = self.moments().moment(crossing.moment);
                crossing.share * self.chance_after(&moment, outcome)
            });
            classes[2].push(more.fold(0.0, |sum, part| sum + part));
        }
        if !is_proven(bound) {
            return None;
        }
        *error_bound = error_bound.max(bound);
        let classes = (0_u32..).zip(classes);
        Some(
            classes
                .map(|(broken, parts)| self.class(broken, &parts))
                .collect(),
        )
    }

    fn class(&self, broken: u32, parts: &[f64]) -> Tolerance {
        let share = parts.iter().fold(0.0, |sum, part| sum + part);
        let outcomes = self.moments().outcomes().iter().zip(parts);
        let ending = |(outcome, part): (&Outcome, &f64)| ToleranceOutcome {
            outcome: outcome.clone(),
            probability: (part / share).min(1.0),
            standard_error: None,
            low: None,
            high: None,
        };
        Tolerance {
            broken,
            or_more: broken == 2,
            share: share.min(1.0),
            basis: Basis::Modelled,
            outcomes_basis: Basis::Modelled,
            outcomes: outcomes.filter(|_| share >= RAREST).map(ending).collect(),
        }
    }
}
