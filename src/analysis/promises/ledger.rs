//! One promise by itself.

use std::collections::BTreeMap;

use super::recovery::FirstBreaks;
use super::{EndingByResult, PromiseDistance, PromiseEndings, PromiseFigures, PromiseStatus};
use crate::flow::{Basis, Crossing, Flow, Layer, Stretch, among, is_proven, wilson};
use crate::journey::{Ability, Evidence, PromiseResult};

/// A promise with the positions of its touchpoints.
pub(super) struct Entry {
    pub(super) figures: PromiseFigures,
    /// The states that journeys come to, in the order of the map.
    made: Vec<u32>,
    tested: Vec<u32>,
    /// Which of the recoveries is this promise's.
    pub(super) breaks: Option<usize>,
}

/// Where a promise is drawn.
#[derive(Default)]
struct Places {
    made: Vec<u32>,
    tested: Vec<u32>,
}

impl Flow {
    /// Every promise, in the order of their names, with what can be told without following journeys.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let mut promises = BTreeMap::<&str, Places>::new();
        for (position, touchpoint) in (0_u32..).zip(self.journey().touchpoints()) {
            for name in &touchpoint.makes {
                let made = &mut promises.entry(name).or_default().made;
                // A touchpoint may name a promise twice.
                if made.last() != Some(&position) {
                    made.push(position);
                }
            }
            if let Some(promise) = &touchpoint.promise {
                let places = promises.entry(&promise.name).or_default();
                places.tested.push(position);
            }
        }
        let entry = |(name, places): (&str, Places)| self.entry(name, places);
        promises.into_iter().map(entry).collect()
    }

    fn entry(&self, name: &str, places: Places) -> Entry {
        let nodes = self.journey().graph().raw_nodes();
        let at = |position: &u32| &nodes[*position as usize].weight;
        let ids = |positions: &[u32]| positions.iter().map(|p| at(p).id.clone()).collect();
        let visited = |mut positions: Vec<u32>| {
            positions.retain(|&position| self.is_visited(position as usize));
            positions
        };
        let (made, tested) = (ids(&places.made), ids(&places.tested));
        let status = match (places.made.as_slice(), places.tested.as_slice()) {
            (_, []) => PromiseStatus::NeverTested,
            ([], _) if !self.said().makers => PromiseStatus::MakerUnknown,
            ([], _) => PromiseStatus::NeverMade,
            _ => PromiseStatus::Tested,
        };
        let unable = places.tested.iter().map(at);
        let says_abilities = self.said().abilities;
        let unable = unable.filter(|_| says_abilities);
        let unable = unable.filter(|touchpoint| !touchpoint.is_able_to(Ability::Resolve));
        let without_mandate = unable.map(|touchpoint| touchpoint.id.clone()).collect();
        let (visited_made, visited_tested) = (visited(places.made), visited(places.tested));
        let rate = self.rate(&visited_tested);
        Entry {
            figures: PromiseFigures {
                promise: name.to_owned(),
                made,
                tested,
                without_mandate,
                status,
                tests: rate.tests,
                reach: None,
                coverage: among(rate.known, rate.tests),
                kept_rate: rate.kept_rate(),
                kept_rate_interval: rate.interval(),
                counted: rate.interval().and(rate.counted),
                meets_broken: None,
                basis: Basis::Modelled,
                given: None,
                broken_after_made: None,
                distance: None,
                endings: None,
                feelings: None,
                recovery: None,
            },
            made: self.states_at(&visited_made),
            tested: self.states_at(&visited_tested),
            breaks: None,
        }
    }

    fn rate(&self, tested: &[u32]) -> Rate {
        let nodes = self.journey().graph().raw_nodes();
        let mut rate = Rate {
            counted: Some(0.0),
            ..Rate::default()
        };
        let mut parts = Vec::new();
        for &touchpoint in tested {
            let visits = self.visits_at(touchpoint as usize);
            rate.tests += visits;
            let mut known = 0.0;
            for moment in self.moments_at(touchpoint as usize) {
                match moment.result {
                    Some(PromiseResult::Kept) => {
                        rate.kept += visits * moment.share;
                        known += visits * moment.share;
                    }
                    Some(PromiseResult::Broken) => known += visits * moment.share,
                    _ => {}
                }
            }
            rate.known += known;
            let at = &nodes[touchpoint as usize].weight;
            let counts = at.promise.as_ref().map(|p| p.kept + p.broken);
            let is_counted = at.evidence == Evidence::Observed && at.promise_given.is_empty();
            let counts = counts.filter(|_| is_counted);
            rate.counted = rate.counted.zip(counts).map(|(sum, counts)| sum + counts);
            parts.push((known, counts.unwrap_or(0.0)));
        }
        for (known, counts) in parts.into_iter().filter(|&(known, _)| known > 0.0) {
            // Their counts are above zero, as what is known of them is.
            rate.spread += (known / rate.known).powi(2) / counts;
        }
        rate
    }

    /// Follows journeys through one promise. Answers where they first meet it broken, if they do; `layer` is then that of
    /// the journeys that have not yet.
    pub(super) fn follow(
        &self,
        entry: &mut Entry,
        layer: &mut Layer<'_>,
        error_bound: &mut f64,
    ) -> Option<FirstBreaks> {
        let mut accept = |bound: f64| {
            let proven = is_proven(bound);
            if proven {
                *error_bound = error_bound.max(bound);
            }
            proven
        };
        let sum = |shares: &[f64]| shares.iter().fold(0.0, |sum, share| sum + share).min(1.0);
        let figures = &mut entry.figures;
        let first_tested = self.first_met(&entry.tested);
        if accept(first_tested.error_bound) {
            figures.reach = Some(sum(&first_tested.values));
        }
        let first_made = self.first_met(&entry.made);
        let is_given = accept(first_made.error_bound);
        if is_given {
            figures.given = Some(sum(&first_made.values));
        }
        let is_made = is_given && first_made.values.iter().any(|&share| share > 0.0);
        if is_made {
            layer.restart(&entry.tested, |_| true);
            let until = layer.until();
            if accept(first_made.error_bound + until.error_bound) {
                let mut stretch = Stretch::default();
                for (&maker, &share) in entry.made.iter().zip(&first_made.values) {
                    for moment in self.moments().at(maker as usize) {
                        stretch.add(self, &until, &moment, share * moment.share);
                    }
                }
                figures.distance = stretch.chance().map(|tested| PromiseDistance {
                    tested,
                    moments: stretch.moments(),
                    wait_s: stretch.wait_s(),
                    wait_coverage: stretch.wait_coverage(),
                });
            }
        }
        let (first_known, bound) = self.first_known(&entry.tested, layer, first_tested);
        if accept(bound) {
            figures.endings = self.endings_by_promise(&first_known);
        }
        layer.restart(&entry.tested, |moment| {
            moment.result == Some(PromiseResult::Broken)
        });
        let first = FirstBreaks::of(self, layer);
        if accept(first.unbroken.error_bound) {
            figures.meets_broken = Some(first.share().min(1.0));
        }
        if is_made {
            let ahead = layer.values(layer.leaving(), 1);
            if accept(first_made.error_bound + ahead.error_bound) {
                let (mut given, mut broken) = (0.0, 0.0);
                for (&maker, &share) in entry.made.iter().zip(&first_made.values) {
                    given += share;
                    for moment in self.moments().at(maker as usize) {
                        broken +=
                            share * moment.share * moment.expected_next(|to| ahead.values[to]);
                    }
                }
                figures.broken_after_made = among(broken, given);
            }
        }
        (!first.breaks.is_empty()).then_some(first)
    }

    /// Where journeys first find a known result of a promise, with the proven bound on its relative error.
    fn first_known(
        &self,
        tested: &[u32],
        layer: &mut Layer<'_>,
        first_tested: crate::flow::Proven,
    ) -> (Vec<Crossing>, f64) {
        let is_known = |result| matches!(result, Some(PromiseResult::Kept | PromiseResult::Broken));
        let moments = |&at: &u32| self.moments().at(at as usize);
        if !tested.iter().flat_map(moments).all(|m| is_known(m.result)) {
            layer.restart(tested, |moment| is_known(moment.result));
            let visits = layer.visits(self.starts().to_vec());
            return (layer.crossings(&visits.values), visits.error_bound);
        }
        let met = tested.iter().zip(first_tested.values);
        let crossings = met.flat_map(|(&touchpoint, share)| {
            self.moments()
                .at(touchpoint as usize)
                .map(move |moment| Crossing {
                    touchpoint,
                    moment: moment.position,
                    share: share * moment.share,
                })
        });
        (crossings.collect(), first_tested.error_bound)
    }

    /// `None` where no result is ever known.
    fn endings_by_promise(&self, first_known: &[Crossing]) -> Option<PromiseEndings> {
        let outcomes = self.moments().outcomes();
        let (mut kept, mut broken) = (0.0, 0.0);
        let mut sums = vec![[0.0; 2]; outcomes.len()];
        for crossing in first_known {
            let moment = self.moments().moment(crossing.moment);
            let is_broken = moment.result == Some(PromiseResult::Broken);
            *(if is_broken { &mut broken } else { &mut kept }) += crossing.share;
            for (outcome, sums) in sums.iter_mut().enumerate() {
                sums[usize::from(is_broken)] +=
                    crossing.share * self.chance_after(&moment, outcome);
            }
        }
        let ending = |(outcome, sums): (&crate::journey::Outcome, [f64; 2])| {
            let (when_kept, when_broken) = (among(sums[0], kept), among(sums[1], broken));
            EndingByResult {
                outcome: outcome.clone(),
                when_kept,
                when_broken,
                change: when_broken
                    .zip(when_kept)
                    .map(|(broken, kept)| broken - kept),
            }
        };
        (kept + broken > 0.0).then(|| PromiseEndings {
            basis: Basis::Modelled,
            kept: kept.min(1.0),
            broken: broken.min(1.0),
            outcomes: outcomes.iter().zip(sums).map(ending).collect(),
        })
    }
}

/// How often a promise is tested and kept.
#[derive(Default)]
struct Rate {
    tests: f64,
    known: f64,
    kept: f64,
    /// How many results were counted; `None` unless all were.
    counted: Option<f64>,
    /// Sum over the touchpoints of weight squared over count.
    spread: f64,
}

impl Rate {
    fn kept_rate(&self) -> Option<f64> {
        among(self.kept, self.known)
    }

    fn interval(&self) -> Option<(f64, f64)> {
        let rate = self.kept_rate()?;
        self.counted.map(|_| wilson(rate, 1.0 / self.spread))
    }
}
