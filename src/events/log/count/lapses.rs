//! How long journeys last, and how long it takes from one thing on them to another.

use super::estimates::{mean, share};
use super::ground::Ground;
use super::journeys::{Step, Walk};
use super::sums::{Above, Below, Sums};
use super::waits::{Times, Waited, quantiles};
use crate::journey::{CountedFigure, CountedName, CountedPart, PromiseResult};

/// An hour, a day and a week, in seconds.
const LIMITS: [f64; 3] = [3_600.0, 86_400.0, 604_800.0];
/// Customers who feel as bad as this are unhappy.
const UNHAPPY: f64 = -0.25;

pub(super) struct Lapses {
    lasted: Vec<Waited>,
    recovered: Vec<Waited>,
    sums: Sums,
    heard: Below,
    answered: [Above; 3],
    /// Waited in all, lasted, recovered: each with its sum.
    means: [(CountedName, Below, Above); 3],
    journeys: u32,
}

impl Default for Lapses {
    fn default() -> Self {
        let mut sums = Sums::default();
        let heard = sums.denominator();
        let means = [
            CountedName::WaitTotalMean,
            CountedName::LastedMean,
            CountedName::RecoveryTimeMean,
        ]
        .map(|name| {
            let below = sums.denominator();
            (name, below, sums.figure(below))
        });
        Self {
            lasted: Vec::new(),
            recovered: Vec::new(),
            answered: LIMITS.map(|_| sums.figure(heard)),
            heard,
            means,
            sums,
            journeys: 0,
        }
    }
}

/// Seconds from one moment to another, where both have a time and they do not go back.
fn between(from: &Step, to: &Step) -> Option<f64> {
    let (from, to) = from.time.zip(to.time)?;
    (to >= from).then(|| (to - from) as f64 / 1e9)
}

impl Lapses {
    pub(super) fn add(&mut self, ground: &Ground<'_>, walk: &Walk, cluster: u32) {
        self.journeys = self.journeys.saturating_add(1);
        let steps = &walk.steps;
        let waits = steps.iter().filter_map(|step| step.wait);
        if let Some(waited) = waits.reduce(|sum, wait| sum + wait) {
            self.add_to_mean(0, waited);
        }
        let lasted = steps.first().zip(steps.last());
        if let Some(seconds) = lasted.and_then(|(first, last)| between(first, last)) {
            self.lasted.push((seconds, cluster, self.journeys));
            self.add_to_mean(1, seconds);
        }
        let is_broken = |step: &Step| step.result == Some(PromiseResult::Broken);
        if let Some(broken) = steps.iter().position(is_broken) {
            let after = steps.iter().skip(broken + 1);
            let mut resolving = after.filter(|step| ground.able(step.node).resolve);
            let pair = steps.get(broken).zip(resolving.next());
            if let Some(seconds) = pair.and_then(|(from, to)| between(from, to)) {
                self.recovered.push((seconds, cluster, self.journeys));
                self.add_to_mean(2, seconds);
            }
        }
        self.answer(ground, steps);
    }

    fn add_to_mean(&mut self, which: usize, seconds: f64) {
        if let Some(&(_, below, above)) = self.means.get(which) {
            self.sums.add_below(below, 1.0);
            self.sums.add(above, seconds);
        }
    }

    /// Journeys on which it is not known when somebody was heard, or when an answer came, tell nothing of how soon it came.
    fn answer(&mut self, ground: &Ground<'_>, steps: &[Step]) {
        let is_bad = |step: &Step| step.valence.is_some_and(|valence| valence <= UNHAPPY);
        let Some(unhappy) = steps.iter().position(is_bad) else {
            return;
        };
        let since = steps.get(unhappy..).unwrap_or_default();
        let Some(heard) = since.iter().position(|step| ground.able(step.node).listen) else {
            return;
        };
        let ahead = since.get(heard..).unwrap_or_default();
        let answered = ahead.iter().position(|step| ground.able(step.node).answer);
        let seconds = match answered {
            // Whoever hears and answers takes no time for it.
            Some(0) => 0.0,
            Some(place) => match ahead.first().zip(ahead.get(place)) {
                Some((from, to)) => match between(from, to) {
                    Some(seconds) => seconds,
                    None => return,
                },
                None => return,
            },
            None => f64::INFINITY,
        };
        self.sums.add_below(self.heard, 1.0);
        for (above, limit) in self.answered.into_iter().zip(LIMITS) {
            if seconds <= limit {
                self.sums.add(above, 1.0);
            }
        }
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        self.sums.close();
    }

    /// The times themselves.
    pub(super) fn times(&self, times: &mut Times) {
        times.put(CountedName::Lasted, &[], &self.lasted);
        times.put(CountedName::RecoveryTime, &[], &self.recovered);
    }

    pub(super) fn figures(self, by_customer: bool) -> Vec<CountedFigure> {
        let mut figures = quantiles(CountedName::Lasted, &[], self.lasted);
        figures.extend(quantiles(CountedName::RecoveryTime, &[], self.recovered));
        for (name, _, above) in self.means {
            let ratio = self.sums.ratio(above);
            figures.extend(ratio.map(|ratio| mean(name, Vec::new(), ratio)));
        }
        for (above, limit) in self.answered.into_iter().zip(LIMITS) {
            let of = vec![CountedPart::from(limit)];
            if let Some(ratio) = self.sums.ratio(above) {
                figures.push(share(CountedName::AnsweredWithin, of, ratio, by_customer));
            }
        }
        figures
    }
}
