//! Whole journeys compared: by hand, by simulation of logs with and without a difference, and plans counted.

use super::{close, plan_abc};
use crate::generate::Rng;
use customer_journey::compare::{CompareOptions, Comparison, Side, Verdict};
use customer_journey::flow::Basis;
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult};

/// Journeys of two hidden kinds of customers through a, b and c, as W goes or with another chance from a to b. The hidden kind makes
/// what a journey does go together.
pub(super) fn log(rng: &mut Rng, journeys: usize, to_b: f64) -> EventLog {
    let mut log = EventLog::default();
    for number in 0..journeys {
        let name = format!("j{number}");
        let touchy = rng.chance(0.5);
        let (mut at, mut step) = ("a", 0);
        loop {
            step += 1;
            let felt = (rng.below(5) as f64 - 2.0) / 4.0 - if touchy { 0.25 } else { 0.0 };
            let mut event = EventRef::new(&name, at)
                .channel("web")
                .phase(Phase::During)
                .sequence(step)
                .emotion(felt);
            if at == "c" {
                let kept = rng.chance(if touchy { 0.6 } else { 0.9 });
                event = event.promise(if kept {
                    PromiseResult::Kept
                } else {
                    PromiseResult::Broken
                });
            }
            let u = rng.unit();
            let next = match at {
                "a" if u < to_b => Some("b"),
                "a" if u < 0.9 => Some("c"),
                "b" if u < if touchy { 0.4 } else { 0.1 } => Some("a"),
                "b" if u < 0.7 => Some("c"),
                "c" if u < if touchy { 0.3 } else { 0.05 } => Some("b"),
                _ => None,
            };
            if next.is_none() {
                event = event.outcome(if rng.chance(0.3) { "churn" } else { "loyal" });
            }
            log.record(event).unwrap();
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
    }
    log
}

pub(super) fn side(label: &str, log: &EventLog) -> Side {
    Side::of_log(label, log, &LearnOptions::new()).unwrap()
}

fn compared(seed: u64, journeys: usize, to_b: f64) -> Comparison {
    let mut rng = Rng::new(seed);
    let (a, b) = (log(&mut rng, journeys, 0.6), log(&mut rng, journeys, to_b));
    let options = CompareOptions::new().permutations(199);
    side("A", &a).compare_with(&side("B", &b), &options)
}

/// Where there is no difference, one is called in at most 5 of 100 comparisons (13 of the 600 from seed 1,000 on), and p is below
/// 0.05 about as often as it says.
#[test]
fn nothing_is_called_different_where_nothing_differs() {
    let (mut called, mut parted) = (0, 0);
    for seed in 0..200 {
        let comparison = compared(1_000 + seed, 120, 0.6);
        called += u32::from(comparison.different().next().is_some());
        let p = comparison.same_process.unwrap().p.unwrap();
        parted += u32::from(p <= 0.05);
    }
    assert!(called <= 10, "{called}");
    assert!(parted <= 20, "{parted}");
}

/// A planted difference is found, at its place.
#[test]
fn a_planted_difference_is_found_where_it_is() {
    let comparison = compared(7, 1_000, 0.3);
    let reach = comparison.figure("reach", &["b"]).unwrap();
    assert_eq!(reach.verdict, Some(Verdict::Different), "{reach}");
    assert!(reach.low.unwrap() < reach.difference.unwrap());
    let same = comparison.same_process.as_ref().unwrap();
    assert!(same.p.unwrap() < 0.01);
    let first = same
        .touchpoints
        .iter()
        .min_by(|x, y| x.p_adjusted.unwrap().total_cmp(&y.p_adjusted.unwrap()))
        .unwrap();
    assert_eq!(first.id.as_deref(), Some("a"));
    let apart: Vec<_> = same
        .touchpoints
        .iter()
        .filter(|table| table.p_adjusted.unwrap() < 0.05)
        .map(|table| table.id.as_deref())
        .collect();
    assert_eq!(apart, [Some("a")]);
    assert!(
        comparison.to_string().contains("They are not one process"),
        "{comparison}"
    );
}

/// 40 of 200 against 80 of 400 with other values: by the formulas of both samples.
#[test]
fn standard_errors_and_intervals_by_hand() {
    let calls = |n: u32, lost: u32| {
        let mut log = EventLog::default();
        for number in 0..n {
            let outcome = if number < lost { "leaves" } else { "stays" };
            let name = number.to_string();
            let event = EventRef::new(&name, "call")
                .phase(Phase::During)
                .outcome(outcome);
            log.record(event).unwrap();
        }
        side("x", &log)
    };
    let comparison = calls(80, 48).compare(&calls(70, 56));
    let leaves = comparison.figure("outcome", &["leaves"]).unwrap();
    close(leaves.difference, 0.2, 1e-12);
    let error = (0.6 * 0.4 / 79.0_f64 + 0.8 * 0.2 / 69.0).sqrt();
    close(leaves.standard_error, error, 1e-12);
    // Newcombe 1998, method 10.
    close(leaves.low, 0.0524, 5e-5);
    close(leaves.high, 0.3339, 5e-5);
    assert_eq!(comparison.counted, [Some(80), Some(70)]);
    // Nobody comes to what one log does not have.
    let gone = calls(80, 80).compare(&calls(70, 0));
    let stays = gone.figure("outcome", &["stays"]).unwrap();
    assert_eq!(
        (stays.a, stays.b, stays.verdict),
        (Some(0.0), Some(1.0), Some(Verdict::Different))
    );
}

/// The plan a, b, c against journeys that are stated one by one.
#[test]
fn a_plan_is_counted_on_whole_journeys() {
    let mut log = EventLog::default();
    let ways = [
        ("abc", 27),
        ("ac", 30),
        ("abac", 10),
        ("a", 10),
        ("cb", 3),
        ("abcx", 20),
    ];
    let mut number = 0;
    for (way, times) in ways {
        for _ in 0..times {
            number += 1;
            for (step, letter) in (0..).zip(way.chars()) {
                let (name, id) = (number.to_string(), letter.to_string());
                let event = EventRef::new(&name, &id)
                    .phase(Phase::During)
                    .sequence(step);
                log.record(event).unwrap();
            }
        }
    }
    let comparison = Side::of_flow("plan", &plan_abc()).compare(&side("real", &log));
    let (figures, basis) = (comparison.plan.unwrap(), comparison.plan_basis.unwrap());
    assert_eq!((basis.basis, basis.journeys), (Basis::Counted, Some(100)));
    close(figures.follows, 0.27, 1e-12);
    close(
        basis.follows_standard_error,
        (0.27 * 0.73 / 99.0_f64).sqrt(),
        1e-12,
    );
    let first: Vec<_> = figures
        .first_deviations
        .iter()
        .map(|one| {
            (
                one.from.as_deref(),
                one.to.as_deref(),
                (100.0 * one.probability).round(),
            )
        })
        .collect();
    let expected = [
        (Some("a"), Some("c"), 30.0),
        (Some("c"), Some("x"), 20.0),
        (Some("a"), None, 10.0),
        (Some("b"), Some("a"), 10.0),
        (None, Some("c"), 3.0),
    ];
    assert_eq!(first, expected);
    let missing: Vec<f64> = figures
        .missing
        .iter()
        .map(|one| one.missing.unwrap())
        .collect();
    for (found, expected) in missing.iter().zip([0.03, 0.40, 0.10]) {
        close(*found, expected, 1e-12);
    }
    close(figures.ad_hoc.any, 0.2, 1e-12);
    close(figures.ad_hoc.touchpoints[0].visits, 0.2, 1e-12);
    let early: Vec<f64> = figures
        .out_of_order
        .iter()
        .map(|pair| pair.probability.unwrap())
        .collect();
    // b without a before it: 3; c before b: those without b, and those of c first.
    for (found, expected) in early.iter().zip([0.03, 0.33]) {
        close(*found, expected, 1e-12);
    }
    // abc 0; ac 1; abac 1; a 2; cb: a added, and one of both moved, 1 + 2; abcx 1.
    for (found, expected) in figures
        .deviations
        .unwrap()
        .iter()
        .zip([0.27, 0.60, 0.10, 0.03, 0.0])
    {
        close(*found, expected, 1e-12);
    }
}
