//! The moments of a flow in the classes that a pattern tells apart.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::flow::moments::{Moment, as_u32};
use crate::flow::solved::Flow;
use crate::journey::Outcome;
use crate::pattern::{Asks, Pattern, PatternError, Place, Resolved, Seen, Told};

/// The moments of a flow as a pattern tells them apart.
pub(crate) struct Reading {
    resolved: Resolved,
    /// By class, which checks hold.
    classes: Vec<Vec<bool>>,
    /// Where the parts of each moment begin; one entry more than there are moments.
    first: Vec<u32>,
    /// Classes with their shares of the moment's visits.
    parts: Vec<(u32, f64)>,
    /// By what the pattern asks, at how many moments of a journey.
    told: Vec<Told>,
    /// Whether some touchpoint puts a promise to the test.
    promises: bool,
}

impl Flow {
    /// What patterns can name, in the order of the map.
    pub(crate) fn places(&self) -> Vec<Place<'_>> {
        self.journey().touchpoints().map(Place::from).collect()
    }

    /// Puts the moments into the classes that a pattern tells apart.
    pub(crate) fn reading(&self, resolved: Resolved) -> Reading {
        let mut reading = Reading {
            classes: Vec::new(),
            first: Vec::with_capacity(self.moments.len() + 1),
            parts: Vec::with_capacity(self.moments.len()),
            told: vec![Told::default(); resolved.asks().len()],
            promises: self.journey().touchpoints().any(|at| at.promise.is_some()),
            resolved,
        };
        let outcomes = self.moments.outcomes().iter().enumerate();
        let stated = outcomes.filter(|(_, outcome)| **outcome != Outcome::Unstated);
        let stated = stated.map(|(outcome, _)| self.outcome_probability(outcome));
        let stated = stated.fold(0.0, |sum, share| sum + share).min(1.0);
        reading
            .resolved
            .tell_endings(&mut reading.told, 1.0, stated);
        let feelings = reading.resolved.asks_feelings();
        let mut known = BTreeMap::<Vec<bool>, u32>::new();
        for state in 0..self.moments.states() {
            for moment in self.moments.at(state) {
                reading.first.push(as_u32(reading.parts.len()));
                let remembered = self.moments.remembered();
                let facts = remembered.map_or_else(Vec::new, |it| it.values_after(moment.position));
                let seen = |valence| Seen {
                    facts: &facts,
                    place: self.moments.touchpoint(state),
                    result: moment.result,
                    valence,
                };
                let begin = reading.parts.len();
                let mut add = |valence: Option<f64>, share: f64| {
                    let seen = seen(valence);
                    let weight = self.visits[state] * moment.share * share;
                    let there = (&seen, seen.result.is_some());
                    reading
                        .resolved
                        .tell(&mut reading.told, None, there, weight);
                    let truths = reading.resolved.truths(&seen);
                    let new = as_u32(known.len());
                    let class = *known.entry(truths).or_insert_with_key(|truths| {
                        reading.classes.push(truths.clone());
                        new
                    });
                    let mut parts = reading.parts[begin..].iter_mut();
                    match parts.find(|(other, _)| *other == class) {
                        Some((_, sum)) => *sum += share,
                        None => reading.parts.push((class, share)),
                    }
                };
                if !feelings {
                    add(None, 1.0);
                    continue;
                }
                for &(level, share) in moment.shades {
                    add(Some(self.moments.levels()[level as usize]), share);
                }
                if moment.unknown > 0.0 || moment.shades.is_empty() {
                    add(None, moment.unknown);
                }
            }
        }
        reading.first.push(as_u32(reading.parts.len()));
        reading
    }
}

impl Reading {
    pub(super) fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// What the pattern asks that may not be known, and at how many moments of a journey it is.
    pub(crate) fn told(&self) -> impl Iterator<Item = (&Asks, &Told)> {
        self.resolved.asks().iter().zip(&self.told)
    }

    /// Refuses a pattern that asks about what is nowhere known.
    ///
    /// # Errors
    /// Each test of which nothing is known.
    pub(crate) fn answerable(&self, pattern: &Pattern) -> Result<(), PatternError> {
        self.resolved.answerable(pattern, &self.told, self.promises)
    }

    pub(super) fn classes(&self) -> Vec<Vec<bool>> {
        self.classes.clone()
    }

    /// The parts of successive moments, by their positions.
    pub(super) fn parts_of(&self, moments: Range<usize>) -> &[(u32, f64)] {
        &self.parts[self.first[moments.start] as usize..self.first[moments.end] as usize]
    }

    pub(super) fn parts(&self, moment: &Moment<'_>) -> &[(u32, f64)] {
        self.parts_of(moment.position..moment.position + 1)
    }
}
