//! The figures of a plan, counted on whole journeys.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AdHoc, AdHocTouchpoint, Failed, FailedTouchpoint, OutOfOrder, PlanBasis, PlanFigures, Planned,
    ROUNDING, ranked,
};
use crate::compare::alignment::{Common, MANY};
use crate::compare::matching::Target;
use crate::events::{Walked, WalkedJourney};
use crate::flow::Basis;
use crate::journey::{Outcome, PromiseResult};
use crate::statistics::Ratio;

/// What a journey can do or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Follows,
    Leaves(Option<usize>, Target),
    Meets(usize),
    AdHoc,
    Before(usize, usize),
    Fails(usize),
    FailsAnywhere,
    Deviates(usize),
}

/// How many journeys do each, by clusters.
#[derive(Debug, Default)]
struct Tally {
    sums: BTreeMap<Event, Ratio>,
    open: BTreeMap<Event, f64>,
    all: Ratio,
    size: f64,
}

impl Tally {
    /// Adds a journey with all that it does, each once.
    fn add(&mut self, events: BTreeSet<Event>) {
        self.size += 1.0;
        for event in events {
            *self.open.entry(event).or_default() += 1.0;
        }
    }

    fn close(&mut self) {
        let size = std::mem::take(&mut self.size);
        self.all.below += size;
        self.all.below_squared += size * size;
        self.all.clusters += 1.0;
        for (event, times) in std::mem::take(&mut self.open) {
            let sum = self.sums.entry(event).or_default();
            sum.above += times;
            sum.above_squared += times * times;
            sum.product += times * size;
        }
    }

    /// A share with its standard error.
    fn share(&self, event: &Event) -> (f64, Option<f64>) {
        let known = self.sums.get(event).copied().unwrap_or_default();
        let ratio = Ratio {
            above: known.above,
            above_squared: known.above_squared,
            product: known.product,
            ..self.all
        };
        if ratio.below <= 0.0 {
            return (0.0, None);
        }
        (ratio.value(), ratio.standard_error())
    }
}

impl Planned<'_> {
    pub(super) fn counted(&self, walked: &Walked) -> (PlanFigures, PlanBasis) {
        let mut tally = Tally::default();
        let mut visits = BTreeMap::<usize, f64>::new();
        let meant: BTreeMap<usize, Option<f64>> = self
            .failing()
            .into_iter()
            .map(|(number, _, intended)| (number, intended))
            .collect();
        for same in walked.journeys.chunk_by(|a, b| a.cluster == b.cluster) {
            for journey in same.iter().filter(|journey| !journey.moments.is_empty()) {
                let numbers: Vec<usize> = journey
                    .moments
                    .iter()
                    .map(|moment| self.real.number(moment.touchpoint as usize))
                    .collect();
                for &number in &numbers {
                    *visits.entry(number).or_default() += 1.0;
                }
                let ending = journey
                    .outcome
                    .and_then(|at| walked.outcomes.get(at as usize));
                let ending = ending.cloned().unwrap_or(Outcome::Unstated);
                tally.add(self.events(journey, &numbers, ending, &meant));
            }
            tally.close();
        }
        (self.figures(&tally, &visits), self.basis(&tally))
    }

    fn events(
        &self,
        journey: &WalkedJourney,
        numbers: &[usize],
        ending: Outcome,
        meant: &BTreeMap<usize, Option<f64>>,
    ) -> BTreeSet<Event> {
        let mut events = BTreeSet::new();
        events.insert(self.leaves(numbers, ending));
        let mut met = BTreeSet::new();
        for (&number, moment) in numbers.iter().zip(&journey.moments) {
            if met.insert(number) {
                events.insert(Event::Meets(number));
                // A pair is out of order where the later one comes while the first one was not met.
                let pairs = self.order.before.iter().filter(|pair| pair.1 == number);
                let early = pairs.filter(|(first, _)| !met.contains(first));
                events.extend(early.map(|&(first, then)| Event::Before(first, then)));
            }
            if !self.is_planned(number) {
                events.insert(Event::AdHoc);
            }
            let Some(intended) = meant.get(&number) else {
                continue;
            };
            let below = intended
                .zip(moment.valence)
                .is_some_and(|(intended, felt)| felt < intended - ROUNDING);
            if below || moment.result == Some(PromiseResult::Broken) {
                events.insert(Event::Fails(number));
                events.insert(Event::FailsAnywhere);
            }
        }
        if let Some(line) = &self.line {
            let common = numbers.iter().fold(Common::default(), |common, &number| {
                common.and(number, line)
            });
            let deviations = line.deviations(numbers.len(), common);
            events.insert(Event::Deviates(deviations.min(MANY)));
        }
        events
    }

    /// Where a journey leaves the plan first, or that it follows it.
    fn leaves(&self, numbers: &[usize], ending: Outcome) -> Event {
        if let Some(&first) = numbers.first().filter(|&&first| !self.starts(first)) {
            return Event::Leaves(None, Target::Touchpoint(first));
        }
        let onward = numbers.iter().skip(1).copied().map(Target::Touchpoint);
        let onward = onward.chain(std::iter::once(Target::End(ending)));
        let mut ways = numbers.iter().copied().zip(onward);
        match ways.find(|(from, to)| !self.allows(*from, to)) {
            Some((from, to)) => Event::Leaves(Some(from), to),
            None => Event::Follows,
        }
    }

    fn figures(&self, tally: &Tally, visits: &BTreeMap<usize, f64>) -> PlanFigures {
        let first = tally.sums.keys().filter_map(|event| match event {
            Event::Leaves(from, to) => {
                Some(self.first_deviation((*from, to.clone()), tally.share(event)))
            }
            _ => None,
        });
        let reach = |number: usize| {
            let (reach, error) = tally.share(&Event::Meets(number));
            (Some(reach), error)
        };
        let journeys = tally.all.below.max(1.0);
        let ad_hoc = self.unplanned().filter_map(|(number, _)| {
            let &visits = visits.get(&number)?;
            let (reach, standard_error) = reach(number);
            Some(AdHocTouchpoint {
                id: self.matching.id(number).to_owned(),
                reach,
                visits: visits / journeys,
                standard_error,
            })
        });
        let (any_ad_hoc, error_ad_hoc) = tally.share(&Event::AdHoc);
        let (any_failed, error_failed) = tally.share(&Event::FailsAnywhere);
        let failed = self.failing().into_iter().map(|(number, ..)| {
            let (probability, standard_error) = tally.share(&Event::Fails(number));
            FailedTouchpoint {
                id: self.matching.id(number).to_owned(),
                probability: Some(probability),
                standard_error,
            }
        });
        let pairs = self.order.before.iter().map(|&(first, then)| {
            let (probability, standard_error) = tally.share(&Event::Before(first, then));
            OutOfOrder {
                first: self.matching.id(first).to_owned(),
                then: self.matching.id(then).to_owned(),
                probability: Some(probability),
                standard_error,
            }
        });
        PlanFigures {
            follows: tally.share(&Event::Follows).0,
            first_deviations: ranked(first.collect()),
            missing: self
                .planned()
                .map(|number| self.missing(number, reach(number)))
                .collect(),
            ad_hoc: AdHoc {
                any: Some(any_ad_hoc),
                standard_error: error_ad_hoc,
                touchpoints: ad_hoc.collect(),
            },
            out_of_order: pairs.collect(),
            failed: Failed {
                any: Some(any_failed),
                standard_error: error_failed,
                touchpoints: failed.collect(),
            },
            deviations: self.line.as_ref().map(|_| {
                let shares = (0..=MANY).map(|number| tally.share(&Event::Deviates(number)).0);
                shares.collect()
            }),
        }
    }

    fn basis(&self, tally: &Tally) -> PlanBasis {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count that was added up"
        )]
        let journeys = tally.all.below as u64;
        let errors = (0..=MANY).map(|number| tally.share(&Event::Deviates(number)).1);
        PlanBasis {
            plan: 0,
            basis: Basis::Counted,
            journeys: Some(journeys),
            follows_standard_error: tally.share(&Event::Follows).1,
            deviations_standard_errors: self
                .line
                .as_ref()
                .and_then(|_| errors.collect::<Option<Vec<f64>>>()),
        }
    }
}
