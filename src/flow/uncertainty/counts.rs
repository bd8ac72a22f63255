//! On which counts of a touchpoint a state rests, and the derivatives by them.

use crate::flow::moments::{Moment, States, as_u32};
use crate::flow::solved::Flow;
use crate::journey::{Emotion, Promise, PromiseResult, Resolved, Touchpoint};

/// The counts of one touchpoint. Of several promises, feelings and endings that depend on what customers remember, each state has
/// its own.
pub(super) struct Counts<'a> {
    pub(super) touchpoint: &'a Touchpoint,
    states: Option<&'a States>,
    promises: Vec<Resolved>,
    emotions: Vec<Resolved>,
    ends: Vec<Resolved>,
}

impl<'a> Counts<'a> {
    pub(super) fn of(flow: &'a Flow, touchpoint: &'a Touchpoint) -> Self {
        let mut counts = Self {
            touchpoint,
            states: flow.moments.remembered(),
            promises: Vec::new(),
            emotions: Vec::new(),
            ends: Vec::new(),
        };
        if let Some(states) = counts.states {
            let resolve = |given: &_| states.memory().resolve(given);
            let promises = touchpoint.promise_given.iter();
            counts.promises = promises.map(|of| resolve(&of.given)).collect();
            let emotions = touchpoint.emotion_given.iter();
            counts.emotions = emotions.map(|felt| resolve(&felt.given)).collect();
            let ends = touchpoint.ends.iter();
            counts.ends = ends.map(|ending| resolve(&ending.given)).collect();
        }
        counts
    }

    /// The promise that is tested in a state, with its number.
    pub(super) fn promise(&self, state: usize) -> Option<(usize, &'a Promise)> {
        let given = self.states.and_then(|states| {
            let arriving = states.arriving(state);
            let mut promises = self.promises.iter();
            promises.position(|given| states.memory().holds(given, arriving))
        });
        match given {
            Some(place) => Some((1 + place, &self.touchpoint.promise_given[place].promise)),
            None => Some((0, self.touchpoint.promise.as_ref()?)),
        }
    }

    /// What is felt in a state after one result, with its number.
    pub(super) fn emotion(
        &self,
        state: usize,
        result: Option<PromiseResult>,
    ) -> Option<(usize, &'a Emotion)> {
        if self.touchpoint.measurement {
            // What is answered there is said about the journey, and not felt on it.
            return None;
        }
        let felt = self.touchpoint.emotion_where(result, |place, _| {
            self.states.is_some_and(|states| {
                let memory = states.memory();
                memory.holds(&self.emotions[place], states.arriving(state))
            })
        })?;
        let number = self
            .all_felt()
            .position(|known| std::ptr::eq(known, felt))?;
        Some((number, felt))
    }

    /// How many numbers emotions have.
    pub(super) fn emotion_count(&self) -> usize {
        PLAIN + self.touchpoint.emotion_given.len()
    }

    /// Every emotion that the touchpoint states.
    fn all_felt(&self) -> impl Iterator<Item = &'a Emotion> {
        let at = self.touchpoint;
        let plain = [
            &at.emotion,
            &at.emotion_when_broken,
            &at.emotion_when_unknown,
        ];
        let given = at.emotion_given.iter().map(|felt| &felt.emotion);
        plain.into_iter().flatten().chain(given)
    }

    /// The endings that are open at a moment, with their places among all.
    pub(super) fn ends(&self, moment: &Moment<'_>) -> impl Iterator<Item = (usize, f64)> {
        let (result, position) = (moment.result, moment.position);
        let ends = self.touchpoint.ends.iter().enumerate();
        ends.filter_map(move |(place, ending)| {
            let agrees = ending.when.is_none() || ending.when == result;
            let holds = self.states.is_none_or(|states| {
                let memory = states.memory();
                memory.holds(&self.ends[place], states.leaving(position))
            });
            (ending.weight > 0.0 && agrees && holds).then_some((place, ending.weight))
        })
    }
}

/// So many emotions a touchpoint can state that depend on nothing but the result.
const PLAIN: usize = 3;

/// Derivatives by the counts of one touchpoint.
#[derive(Default)]
pub(super) struct Gradient {
    pub(super) results: Slopes,
    pub(super) ways: Slopes,
    pub(super) shades: Slopes,
}

impl Gradient {
    /// The variance that the counts bring in, and an empty gradient again.
    pub(super) fn take_variance(&mut self) -> f64 {
        self.results.take_squares() + self.ways.take_squares() + self.shades.take_squares()
    }
}

/// Counts, each with its derivative. A count that comes again is found by its number, without a search.
#[derive(Default)]
pub(super) struct Slopes {
    /// By number of a count: where it stands, from 1 on; 0 where it does not.
    places: Vec<u32>,
    counts: Vec<(usize, f64, f64)>,
}

impl Slopes {
    pub(super) fn add(&mut self, number: usize, count: f64, slope: f64) {
        if self.places.len() <= number {
            self.places.resize(number + 1, 0);
        }
        let place = &mut self.places[number];
        match self.counts.get_mut((*place as usize).wrapping_sub(1)) {
            Some(known) => known.2 += slope,
            None => {
                self.counts.push((number, count, slope));
                *place = as_u32(self.counts.len());
            }
        }
    }

    /// The sum of count times square of slope, and an empty list again.
    pub(super) fn take_squares(&mut self) -> f64 {
        let mut sum = 0.0;
        for (number, count, slope) in self.counts.drain(..) {
            self.places[number] = 0;
            sum += count * slope.powi(2);
        }
        sum
    }
}
