//! What single fixes change, as whole journeys tell it. The oracle follows shares of customers through a chain of text and numbers
//! that is counted with a weight for each journey; errors come from nudging each weight.

use std::collections::BTreeMap;

use crate::generate::Rng;
use customer_journey::journey::{CountedEffect, CountedFix};
use customer_journey::{
    EventLog, EventRef, FixKind, Journey, LearnOptions, Outcome, Phase, PromiseResult,
};

#[derive(Clone, Copy)]
struct Step {
    touchpoint: &'static str,
    /// Stated only where the touchpoint tests a promise.
    result: Option<PromiseResult>,
    valence: Option<f64>,
}

struct Trip {
    customer: usize,
    steps: Vec<Step>,
    outcome: &'static str,
}

const TOUCHPOINTS: [&str; 4] = ["call", "delivery", "help", "second delivery"];
const OUTCOMES: [&str; 3] = ["churn", "stays", "tells"];

fn tests(touchpoint: &str) -> bool {
    touchpoint.contains("delivery")
}

/// Journeys on which results and feelings depend on how things went before, and some customers make several of them.
fn trips(seed: u64, number: usize) -> Vec<Trip> {
    let mut rng = Rng::new(seed);
    let mut trips = Vec::new();
    for trip in 0..number {
        let (mut steps, mut bad) = (Vec::new(), 0);
        let mut at = rng.below(2);
        loop {
            let touchpoint = TOUCHPOINTS[at];
            let result = tests(touchpoint).then(|| match rng.below(10) {
                0 => PromiseResult::Unknown,
                r if r < 5 + bad => PromiseResult::Broken,
                _ => PromiseResult::Kept,
            });
            bad += usize::from(result == Some(PromiseResult::Broken));
            let valence = (rng.below(4) > 0).then(|| {
                let base = if bad > 0 { 5 } else { 9 };
                (rng.below(base) as f64 - 3.0) / 5.0
            });
            steps.push(Step {
                touchpoint,
                result,
                valence,
            });
            if rng.below(5) < 2 || steps.len() > 9 {
                break;
            }
            at = (at + 1 + rng.below(2) + bad) % TOUCHPOINTS.len();
        }
        trips.push(Trip {
            customer: trip / 2,
            steps,
            outcome: OUTCOMES[if bad > 1 { 0 } else { rng.below(3) }],
        });
    }
    trips
}

fn learned(trips: &[Trip], by_customer: bool) -> Journey {
    let mut log = EventLog::default();
    for (number, trip) in trips.iter().enumerate() {
        let name = format!("trip {number}");
        let customer = format!("customer {}", trip.customer);
        for (place, step) in (1..).zip(&trip.steps) {
            let mut event = EventRef::new(&name, step.touchpoint).sequence(place);
            if by_customer {
                event = event.customer(&customer);
            }
            if let Some(result) = step.result {
                event = event.promise(result).promise_name("on time");
            }
            if let Some(valence) = step.valence {
                event = event.emotion(valence);
            }
            if place == trip.steps.len() as i64 {
                event = event.outcome(trip.outcome);
            }
            log.record(event).unwrap();
        }
    }
    let options = LearnOptions::new().other_phases(Phase::During);
    log.learn(&options).unwrap().journey
}

/// What is asked: the fix, and whether customers are held against those in the same mood only.
#[derive(Clone, Copy)]
struct Ask {
    touchpoint: &'static str,
    kind: FixKind,
    adjusted: bool,
}

/// The fact before the first moment and after each one.
fn facts(trip: &Trip, ask: Ask) -> Vec<String> {
    let mut first = "none";
    let mut bad = false;
    let mut felt: Vec<f64> = Vec::new();
    let mut facts = vec![];
    for step in std::iter::once(None).chain(trip.steps.iter().map(Some)) {
        if let Some(step) = step {
            match step.result {
                Some(PromiseResult::Unknown) if first == "none" => first = "unknown",
                Some(PromiseResult::Kept) if ["none", "unknown"].contains(&first) => first = "kept",
                Some(PromiseResult::Broken) if ["none", "unknown"].contains(&first) => {
                    first = "broken";
                }
                _ => {}
            }
            bad |= step.touchpoint == ask.touchpoint && step.valence.is_some_and(|v| v <= -0.25);
            felt.extend(step.valence);
        }
        let mean = felt.iter().sum::<f64>() / felt.len() as f64;
        let mood = match () {
            () if felt.is_empty() => "unknown",
            () if mean <= -0.25 => "low",
            () if mean < 0.25 => "middle",
            () => "high",
        };
        facts.push(match (ask.kind, ask.adjusted) {
            (FixKind::KeepPromise, _) => first.to_owned(),
            (_, false) => format!("bad {bad}"),
            (_, true) => format!("bad {bad}, mood {mood}"),
        });
    }
    facts
}

/// Where a customer is: on arriving (touchpoint, fact), or past a moment (touchpoint, result, fact).
type Arrival = (&'static str, String);
type Past = (&'static str, Option<PromiseResult>, String);

#[derive(Default)]
struct Felt {
    visits: f64,
    sum: f64,
    hurt: f64,
    known: f64,
}

impl Felt {
    fn add(&mut self, weight: f64, valence: Option<f64>) {
        self.visits += weight;
        if let Some(valence) = valence {
            self.sum += weight * valence;
            self.hurt += weight * (-valence).max(0.0);
            self.known += weight;
        }
    }
}

#[derive(Default)]
struct Chain {
    starts: BTreeMap<Arrival, f64>,
    found: BTreeMap<Arrival, BTreeMap<Past, Felt>>,
    next: BTreeMap<Past, BTreeMap<Arrival, f64>>,
    ends: BTreeMap<Past, BTreeMap<&'static str, Felt>>,
    weight: f64,
}

fn chain(trips: &[Trip], ask: Ask, weights: &[f64]) -> Chain {
    let mut chain = Chain::default();
    for (trip, &weight) in trips.iter().zip(weights) {
        let facts = facts(trip, ask);
        let arrival = |place: usize| (trip.steps[place].touchpoint, facts[place].clone());
        *chain.starts.entry(arrival(0)).or_default() += weight;
        chain.weight += weight;
        for (place, step) in trip.steps.iter().enumerate() {
            let past = (step.touchpoint, step.result, facts[place + 1].clone());
            let found = chain.found.entry(arrival(place)).or_default();
            found
                .entry(past.clone())
                .or_default()
                .add(weight, step.valence);
            if place + 1 < trip.steps.len() {
                let next = chain.next.entry(past).or_default();
                *next.entry(arrival(place + 1)).or_default() += weight;
            } else {
                let ends = chain.ends.entry(past).or_default();
                ends.entry(trip.outcome)
                    .or_default()
                    .add(weight, step.valence);
            }
        }
    }
    chain
}

/// What was found there, who goes on as whom, and what is felt then: share, past, and the feelings of a visit; `None` as they
/// were at the end.
type Route = (f64, Past, [f64; 3], Option<[f64; 2]>);

fn routes(chain: &Chain, arrival: &Arrival, ask: Option<Ask>) -> Vec<Route> {
    let found = &chain.found[arrival];
    let visits: f64 = found.values().map(|felt| felt.visits).sum();
    let here = ask.filter(|ask| ask.touchpoint == arrival.0);
    let is_moved = |past: &Past| {
        here.is_some_and(|ask| match ask.kind {
            FixKind::KeepPromise => past.1 == Some(PromiseResult::Broken),
            _ => past.2.contains("bad true") && arrival.1.contains("bad false"),
        })
    };
    let is_like = |past: &Past, other: &Past| {
        here.is_some_and(|ask| match ask.kind {
            FixKind::KeepPromise => other.1 == Some(PromiseResult::Kept),
            _ => other.1 == past.1,
        }) && !is_moved(other)
    };
    let lifts = here.is_some_and(|ask| ask.kind == FixKind::LiftEmotion);
    let mut routes = Vec::new();
    for (past, felt) in found {
        let share = felt.visits / visits;
        let calm = |felt: &Felt| {
            let hurt = if lifts { 0.0 } else { felt.hurt };
            // What was negative is 0 now.
            let sum = felt.sum + felt.hurt - hurt;
            [sum, hurt, felt.known].map(|sum| sum / felt.visits)
        };
        let like: Vec<_> = found
            .iter()
            .filter(|(other, _)| is_moved(past) && is_like(past, other))
            .collect();
        if like.is_empty() {
            routes.push((share, past.clone(), calm(felt), None));
            continue;
        }
        let all: f64 = like.iter().map(|(_, felt)| felt.visits).sum();
        for (other, theirs) in like {
            let share = share * theirs.visits / all;
            routes.push(if lifts {
                (share, other.clone(), [0.0, 0.0, 1.0], Some([0.0, 1.0]))
            } else {
                (share, other.clone(), calm(theirs), None)
            });
        }
    }
    routes
}

/// The chance of each outcome, then mean, end and hurt.
fn figures(chain: &Chain, ask: Option<Ask>) -> Vec<f64> {
    let mut here: BTreeMap<Arrival, f64> = chain.starts.clone();
    for share in here.values_mut() {
        *share /= chain.weight;
    }
    let mut ended: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut sums, mut last) = ([0.0; 3], [0.0; 2]);
    let all: BTreeMap<&Arrival, Vec<Route>> = chain
        .found
        .keys()
        .map(|arrival| (arrival, routes(chain, arrival, ask)))
        .collect();
    while here.values().sum::<f64>() > 1e-15 {
        let mut next: BTreeMap<Arrival, f64> = BTreeMap::new();
        for (arrival, mass) in here {
            for (share, past, felt, at_end) in &all[&arrival] {
                let mass = mass * share;
                for (sum, felt) in sums.iter_mut().zip(felt) {
                    *sum += mass * felt;
                }
                let on = chain.next.get(past);
                let out = chain.ends.get(past);
                let ways: f64 = on.into_iter().flat_map(|on| on.values()).sum();
                let ends: f64 = out
                    .into_iter()
                    .flat_map(|out| out.values())
                    .map(|felt| felt.visits)
                    .sum();
                for (to, weight) in on.into_iter().flatten() {
                    *next.entry(to.clone()).or_default() += mass * weight / (ways + ends);
                }
                let calm = ask.is_some_and(|ask| {
                    ask.kind == FixKind::LiftEmotion && ask.touchpoint == past.0
                });
                for (outcome, felt) in out.into_iter().flatten() {
                    let mass = mass / (ways + ends);
                    *ended.entry(outcome).or_default() += mass * felt.visits;
                    match at_end {
                        Some(neutral) => {
                            last[0] += mass * felt.visits * neutral[0];
                            last[1] += mass * felt.visits * neutral[1];
                        }
                        None => {
                            last[0] += mass * (felt.sum + if calm { felt.hurt } else { 0.0 });
                            last[1] += mass * felt.known;
                        }
                    }
                }
            }
        }
        here = next;
    }
    let mut figures: Vec<f64> = OUTCOMES
        .iter()
        .map(|outcome| ended.get(outcome).copied().unwrap_or(0.0))
        .collect();
    figures.extend([sums[0] / sums[2], last[0] / last[1], sums[1]]);
    figures
}

fn changes(trips: &[Trip], ask: Ask, weights: &[f64]) -> Vec<f64> {
    let chain = chain(trips, ask, weights);
    let (was, is) = (figures(&chain, None), figures(&chain, Some(ask)));
    is.iter().zip(&was).map(|(is, was)| is - was).collect()
}

/// By how much the changes follow the weight of each journey, added up over clusters.
fn errors(trips: &[Trip], ask: Ask, cluster: impl Fn(usize) -> usize) -> Vec<f64> {
    const NUDGE: f64 = 1e-4;
    let mut scores: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    let mut weights = vec![1.0; trips.len()];
    for place in 0..trips.len() {
        weights[place] = 1.0 + NUDGE;
        let more = changes(trips, ask, &weights);
        weights[place] = 1.0 - NUDGE;
        let less = changes(trips, ask, &weights);
        weights[place] = 1.0;
        let score = scores
            .entry(cluster(place))
            .or_insert_with(|| vec![0.0; more.len()]);
        for ((score, more), less) in score.iter_mut().zip(more).zip(less) {
            *score += (more - less) / (2.0 * NUDGE);
        }
    }
    let clusters = scores.len() as f64;
    (0..6)
        .map(|figure| {
            let squares: f64 = scores.values().map(|score| score[figure].powi(2)).sum();
            (clusters / (clusters - 1.0) * squares).sqrt()
        })
        .collect()
}

fn told(effect: &CountedEffect) -> Vec<(f64, Option<f64>)> {
    let outcome = |name: &&str| {
        let known = effect.outcome(&Outcome::from(*name)).unwrap();
        (known.change, known.standard_error)
    };
    let mut told: Vec<_> = OUTCOMES.iter().map(outcome).collect();
    let others = [effect.mean.unwrap(), effect.end.unwrap(), effect.hurt];
    told.extend(others.map(|change| (change.change, change.standard_error)));
    told
}

fn all_fixes(journey: &Journey) -> Vec<CountedFix> {
    journey.counted().unwrap().fixes.clone()
}

fn holds_for(trips: &[Trip], by_customer: bool, with_errors: bool) {
    let journey = learned(trips, by_customer);
    let fixes = all_fixes(&journey);
    // Every touchpoint has bad feelings, two of them a promise that is broken.
    assert_eq!(fixes.len(), 6);
    let weights = vec![1.0; trips.len()];
    for fix in &fixes {
        let touchpoint = TOUCHPOINTS.into_iter().find(|at| *at == fix.id).unwrap();
        for (effect, adjusted) in [(&fix.effect, false), (&fix.adjusted, true)] {
            let ask = Ask {
                touchpoint,
                kind: fix.kind,
                adjusted,
            };
            if fix.kind == FixKind::KeepPromise && adjusted {
                assert!(effect.is_none());
                continue;
            }
            let told = told(effect.as_ref().unwrap());
            let expected = changes(trips, ask, &weights);
            for (place, ((found, _), expected)) in told.iter().zip(&expected).enumerate() {
                assert!(
                    (found - expected).abs() < 1e-12,
                    "{} {:?} {adjusted}, figure {place}: {found} {expected}",
                    fix.id,
                    fix.kind
                );
            }
            if !with_errors || touchpoint != "delivery" {
                continue;
            }
            let expected = errors(trips, ask, |place| {
                if by_customer {
                    trips[place].customer
                } else {
                    place
                }
            });
            for (place, ((_, found), expected)) in told.iter().zip(&expected).enumerate() {
                let found = found.unwrap();
                assert!(
                    (found - expected).abs() < 1e-6 * expected.max(1e-3),
                    "{} {:?} {adjusted}, error {place}: {found} {expected}",
                    fix.id,
                    fix.kind
                );
            }
        }
    }
}

#[test]
fn every_fix_is_computed_in_the_chain_of_its_own_fact() {
    for seed in 0..6 {
        holds_for(&trips(seed, 150), false, false);
    }
}

#[test]
fn errors_of_fixes_take_journeys_or_customers_as_the_unit() {
    holds_for(&trips(11, 30), false, true);
    holds_for(&trips(12, 30), true, true);
}
