//! Journeys that were changed, against journeys that are walked one by one.
#![expect(
    clippy::type_complexity,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers of a test, written as they are told"
)]

use crate::generate::Rng;
use customer_journey::flow::Basis;
use customer_journey::render::Table;
use customer_journey::time::Waits;
use customer_journey::{
    Ability, Change, Channel, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
    Transition,
};

/// Skewed times around a mean.
fn waits(rng: &mut Rng, mean: f64) -> Waits {
    Waits::of((0..4000).map(|_| -mean * (1.0 - rng.unit()).ln()))
}

/// Loops, a promise, and somebody who can resolve; one wait that is not known.
fn shop(rng: &mut Rng) -> Journey {
    let way = |weight: f64, waits: Waits| Transition::new(weight).waits(waits);
    Journey::builder("shop")
        .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web).starts(1.0))
        .touchpoint(
            Touchpoint::new("delivery", Phase::During, Channel::Post)
                .promise(Promise::new("on time").kept(3.0).broken(1.0))
                .feels_when_broken(-0.8)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
        )
        .touchpoint(
            Touchpoint::new("mail", Phase::After, Channel::Email)
                .feels(-0.5)
                .can(Ability::Listen)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::After, Channel::Phone)
                .can(Ability::Resolve)
                .can(Ability::Answer)
                .ends(Outcome::Loyalty, 2.0),
        )
        .connect("order", "delivery", way(1.0, waits(rng, 86_400.0)))
        .connect(
            "delivery",
            "mail",
            way(1.0, waits(rng, 3_600.0)).when(PromiseResult::Broken),
        )
        .connect("mail", "mail", way(1.0, waits(rng, 7_200.0)))
        .connect("mail", "call", way(2.0, waits(rng, 40_000.0)))
        .connect("call", "mail", Transition::new(1.0))
        .build()
        .unwrap()
}

/// A time of a distribution in buckets.
fn draw(rng: &mut Rng, waits: &Waits) -> f64 {
    let mut left = rng.unit() * waits.count() as f64;
    for (low, high, count) in waits.buckets() {
        left -= count as f64;
        if left < 0.0 {
            return low + (high - low) * rng.unit();
        }
    }
    0.0
}

#[derive(Default)]
struct Seen {
    whole: Vec<f64>,
    recovery: Vec<f64>,
    heard: f64,
    answered: Vec<f64>,
}

/// Walks journeys one by one, as the rules of the map say.
fn walk(rng: &mut Rng, journey: &Journey, n: usize) -> Seen {
    let mut seen = Seen::default();
    let pick = |rng: &mut Rng, from: &str, result: Option<PromiseResult>| {
        let touchpoint = journey.touchpoint(from).unwrap();
        let open = |when: Option<PromiseResult>| when.is_none() || when == result;
        let mut ways: Vec<(f64, Option<(String, Option<Waits>)>)> = journey
            .transitions()
            .filter(|(at, _, way)| at.id == from && open(way.when))
            .map(|(_, to, way)| (way.weight, Some((to.id.clone(), way.wait_spread.clone()))))
            .collect();
        let ends = touchpoint.ends.iter().filter(|end| open(end.when));
        ways.extend(ends.map(|end| (end.weight, None)));
        let mut left = rng.unit() * ways.iter().map(|way| way.0).sum::<f64>();
        for (weight, way) in ways {
            left -= weight;
            if left < 0.0 {
                return way;
            }
        }
        None
    };
    for _ in 0..n {
        let (mut at, mut time) = ("order".to_owned(), 0.0);
        let (mut unhappy, mut broken, mut recovered) = (false, None, None);
        let (mut heard, mut answered) = (None, None);
        loop {
            let touchpoint = journey.touchpoint(&at).unwrap();
            if broken.is_some() && recovered.is_none() && touchpoint.is_able_to(Ability::Resolve) {
                recovered = Some(time);
            }
            let mut result = None;
            if let Some(promise) = &touchpoint.promise {
                let is_kept = rng.unit() * (promise.kept + promise.broken) < promise.kept;
                result = Some(if is_kept {
                    PromiseResult::Kept
                } else {
                    PromiseResult::Broken
                });
            }
            if result == Some(PromiseResult::Broken) {
                broken = broken.or(Some(time));
                unhappy = true;
            }
            unhappy |= at == "mail";
            if unhappy && heard.is_none() && touchpoint.is_able_to(Ability::Listen) {
                heard = Some(time);
            }
            if heard.is_some() && answered.is_none() && touchpoint.is_able_to(Ability::Answer) {
                answered = Some(time);
            }
            let Some((to, waits)) = pick(rng, &at, result) else {
                break;
            };
            time += waits.map_or(0.0, |waits| draw(rng, &waits));
            at = to;
        }
        seen.whole.push(time);
        seen.recovery
            .extend(broken.zip(recovered).map(|(from, to)| to - from));
        seen.heard += f64::from(u8::from(heard.is_some()));
        seen.answered
            .extend(heard.zip(answered).map(|(from, to)| to - from));
    }
    seen.whole.sort_by(f64::total_cmp);
    seen.recovery.sort_by(f64::total_cmp);
    seen
}

fn share_up_to(sorted: &[f64], time: f64) -> f64 {
    sorted.partition_point(|&known| known <= time) as f64 / sorted.len() as f64
}

fn compare(flow: &Flow, rng: &mut Rng) {
    const N: usize = 60_000;
    let seen = walk(rng, flow.journey(), N);
    let time = flow.time();
    let whole = time.whole.unwrap();
    assert_eq!(whole.basis, Basis::Modelled);
    let mean = seen.whole.iter().sum::<f64>() / N as f64;
    let squares = seen.whole.iter().map(|time| (time - mean).powi(2));
    let sd = (squares.sum::<f64>() / N as f64).sqrt();
    let exact = whole.sd_s.unwrap();
    assert!((whole.mean_s.unwrap() - mean).abs() < 5.0 * sd / (N as f64).sqrt());
    assert!((exact / sd - 1.0).abs() < 0.03, "{exact} {sd}");
    let near = |share: f64, p: f64, n: usize| {
        let allowed = 4.5 * (p * (1.0 - p) / n as f64).sqrt() + 0.002;
        assert!((share - p).abs() < allowed, "{share} and not {p}");
    };
    assert_eq!(whole.quantiles.len(), 5);
    for known in whole.quantiles {
        near(share_up_to(&seen.whole, known.seconds), known.p, N);
    }
    for known in time.recovery.unwrap().quantiles {
        near(
            share_up_to(&seen.recovery, known.seconds),
            known.p,
            seen.recovery.len(),
        );
    }
    for known in time.answered.unwrap().within {
        let within = seen.answered.iter().filter(|time| **time <= known.seconds);
        near(
            within.count() as f64 / seen.heard,
            known.share,
            seen.heard as usize,
        );
    }
}

#[test]
fn times_of_changed_journeys_are_those_of_journeys_walked_one_by_one() {
    let mut rng = Rng::new(16);
    let drawn = shop(&mut rng);
    compare(&drawn.flow().unwrap(), &mut rng);
    let changed = drawn.with_changes(&[Change::keep_rate("delivery", 0.5)]);
    compare(&changed.unwrap().flow().unwrap(), &mut rng);
}

/// One way alone takes what it takes: the quantiles of the whole are those of the way.
#[test]
fn the_whole_of_one_step_is_the_step() {
    let mut rng = Rng::new(3);
    let step = waits(&mut rng, 500.0);
    let flow = Journey::builder("one step")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web))
        .connect("a", "b", Transition::new(1.0).waits(step.clone()))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let whole = flow.time().whole.unwrap();
    for p in [0.1, 0.25, 0.5, 0.75, 0.9] {
        let (whole, step) = (whole.quantile(p).unwrap(), step.quantile(p).unwrap());
        assert!((whole / step - 1.0).abs() < 0.025, "{p}: {whole} {step}");
    }
    assert!((whole.sd_s.unwrap() / step.sd_s().unwrap() - 1.0).abs() < 1e-9);
    // Programs get the same: a row for each quantile of the whole, and one for the step.
    let report = flow.report();
    let wholes = report.csv(Table::TimeWhole).to_string();
    let rows: Vec<Vec<&str>> = wholes.lines().map(|row| row.split(',').collect()).collect();
    assert_eq!(rows[0][..3], ["what", "p", "seconds"]);
    let seconds: Vec<f64> = rows[1..]
        .iter()
        .map(|row| row[2].parse().unwrap())
        .collect();
    assert_eq!(
        seconds,
        whole
            .quantiles
            .iter()
            .map(|known| known.seconds)
            .collect::<Vec<_>>()
    );
    let steps = report.csv(Table::TimeWays).to_string();
    let (headings, row) = steps.trim_end().split_once("\r\n").unwrap();
    let median = headings
        .split(',')
        .position(|heading| heading == "median")
        .unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    assert_eq!(cells[median].parse::<f64>().ok(), step.quantile(0.5));
    assert_eq!(
        report.csv(Table::TimeAnswered).to_string(),
        "seconds,share,low,high\r\n"
    );
}
