//! The most frequent whole journeys, and how many are unlike all others.

use std::collections::BTreeMap;

use super::estimates::share;
use super::ground::Ground;
use super::journeys::Walk;
use super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, CountedPart};
use crate::statistics::{Ratio, wilson};

/// How many are listed.
const LISTED: usize = 10;

/// A sequence whose share is told, and by outcome how its journeys end.
#[derive(Debug)]
struct Listed {
    key: Box<[u32]>,
    share: Above,
    whole: Below,
    ends: Vec<Above>,
}

/// Sequences of touchpoints and how many journeys go them; once these are counted, the shares of some.
#[derive(Debug, Default)]
pub(super) struct Variants {
    seen: BTreeMap<Box<[u32]>, u64>,
    key: Vec<u32>,
    listed: Vec<Listed>,
    once: Option<(Below, Above)>,
    /// How many are seen twice.
    twice: u64,
    sums: Sums,
}

impl Variants {
    pub(super) fn add(&mut self, walk: &Walk) {
        self.set(walk);
        match self.seen.get_mut(self.key.as_slice()) {
            Some(count) => *count += 1,
            None => {
                self.seen.insert(self.key.clone().into(), 1);
            }
        }
    }

    fn set(&mut self, walk: &Walk) {
        self.key.clear();
        self.key.extend(walk.steps.iter().map(|step| step.node));
    }

    /// Chooses those that are listed: the most frequent ones, in the order of the map at a tie.
    pub(super) fn settle(&mut self, outcomes: usize) {
        let whole = self.sums.denominator();
        let mut order: Vec<(&Box<[u32]>, u64)> = self.seen.iter().map(|(k, &n)| (k, n)).collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let listed: Vec<Box<[u32]>> = order
            .iter()
            .take(LISTED)
            .map(|(k, _)| (*k).clone())
            .collect();
        for key in listed {
            let share = self.sums.figure(whole);
            let own = self.sums.denominator();
            let ends = (0..outcomes).map(|_| self.sums.figure(own)).collect();
            self.listed.push(Listed {
                key,
                share,
                whole: own,
                ends,
            });
        }
        self.once = Some((whole, self.sums.figure(whole)));
        self.twice = self.seen.values().filter(|&&count| count == 2).count() as u64;
    }

    /// Adds a journey to the shares.
    pub(super) fn find(&mut self, walk: &Walk) {
        self.set(walk);
        let Some((whole, once)) = self.once else {
            return;
        };
        self.sums.add_below(whole, 1.0);
        if self.seen.get(self.key.as_slice()) == Some(&1) {
            self.sums.add(once, 1.0);
        }
        let key = self.key.as_slice();
        let mut listed = self.listed.iter();
        if let Some(listed) = listed.find(|listed| listed.key.as_ref() == key) {
            self.sums.add(listed.share, 1.0);
            self.sums.add_below(listed.whole, 1.0);
            let ending = walk.outcome.and_then(|at| listed.ends.get(at as usize));
            if let Some(&ending) = ending {
                self.sums.add(ending, 1.0);
            }
        }
    }

    pub(super) fn close(&mut self) {
        self.sums.close();
    }

    pub(super) fn figures(&self, ground: &Ground<'_>) -> Vec<CountedFigure> {
        let by_customer = ground.log.customers() > 0;
        let id =
            |&node: &u32| CountedPart::from(ground.ids.get(node as usize).copied().unwrap_or(""));
        let listed = self.listed.iter().filter_map(|listed| {
            let of = listed.key.iter().map(id).collect();
            let ratio = self.sums.ratio(listed.share)?;
            Some(share(CountedName::Variant, of, ratio, by_customer))
        });
        let endings = self.listed.iter().flat_map(|listed| {
            let ends = ground.outcomes.iter().zip(&listed.ends);
            ends.filter_map(|(outcome, &above)| {
                let ratio = self.sums.ratio(above)?;
                let ids = listed.key.iter().map(id);
                let of = std::iter::once(CountedPart::from(outcome.as_str()));
                let of = of.chain(ids).collect();
                let figure = share(CountedName::VariantOutcome, of, ratio, by_customer);
                (figure.value > 0.0).then_some(figure)
            })
        });
        let once = self.once.and_then(|(_, above)| self.sums.ratio(above));
        let once = once.map(|(ratio, journeys, _)| {
            let (interval, error) = unseen(&ratio, self.twice as f64);
            let value = ratio.value();
            CountedFigure::new(
                CountedName::VariantUnseen,
                Vec::new(),
                value,
                Some(interval),
                error,
                journeys,
            )
        });
        listed.chain(once).chain(endings).collect()
    }
}

/// How far the share of journeys seen once may be from the share of those to come that are unlike all so far, which is itself one of chance:
/// SE^2 = (n1 (1 - n1 / n) + 2 n2) / n^2 with n1 seen once and n2 sequences seen twice (Esty 1983), more where customers come several times.
/// The interval is Wilson's with as many journeys as independent ones would give this error.
fn unseen(once: &Ratio, twice: f64) -> ((f64, f64), Option<f64>) {
    let (n, value) = (once.below, once.value());
    let independent = value * (1.0 - value) / n;
    let Some(error) = once.standard_error() else {
        return (wilson(value, once.clusters), None);
    };
    let goes_together = if independent > 0.0 {
        (error * error / independent).max(1.0)
    } else {
        1.0
    };
    let variance = goes_together * (independent + 2.0 * twice / (n * n));
    let spread = value * (1.0 - value);
    let like = if spread > 0.0 {
        n.min(spread / variance)
    } else {
        once.clusters
    };
    (wilson(value, like), Some(variance.sqrt()))
}
