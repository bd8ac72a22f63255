//! Quantiles of times compared: whole days, ties and gaps, which intervals of quantiles are wrong for.

use super::counted::side;
use crate::generate::Rng;
use customer_journey::compare::{CompareOptions, Comparison, Side, Verdict};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, Report};

const DAY: i64 = 86_400_000;

/// Orders of customers with one to three each. Most come after whole days, few of them; the others after weeks, with a gap between. What
/// one customer waits goes together.
fn orders(rng: &mut Rng, customers: usize, longer: i64) -> EventLog {
    let mut log = EventLog::default();
    for customer in 0..customers {
        let name = format!("c{customer}");
        let is_far = rng.chance(0.25);
        for order in 0..=rng.below(3) {
            let journey = format!("{name}-{order}");
            let days = if is_far && rng.chance(0.9) {
                21 + rng.below(3) as i64
            } else {
                1 + rng.below(4) as i64 / 2
            };
            let mut time = 0;
            for (step, (touchpoint, wait)) in [
                ("order", 0),
                ("deliver", days + longer),
                ("review", rng.below(2) as i64),
            ]
            .into_iter()
            .enumerate()
            {
                time += wait * DAY;
                let event = EventRef::new(&journey, touchpoint)
                    .customer(&name)
                    .channel("web")
                    .phase(Phase::During)
                    .sequence(step as i64)
                    .time_ms(time);
                log.record(event).unwrap();
            }
        }
    }
    log
}

fn compared(seed: u64, customers: usize, longer: i64) -> Comparison {
    let mut rng = Rng::new(seed);
    let (a, b) = (
        orders(&mut rng, customers, 0),
        orders(&mut rng, customers, longer),
    );
    let options = CompareOptions::new().permutations(199);
    side("A", &a).compare_with(&side("B", &b), &options)
}

/// Where nothing differs, a figure is called different in at most 5 of 100 comparisons; and none whose interval holds 0.
#[test]
fn whole_days_with_gaps_call_nothing_different() {
    let mut called = 0;
    for seed in 0..100 {
        let comparison = compared(2_000 + seed, 80, 0);
        called += u32::from(comparison.different().next().is_some());
        for figure in comparison.different() {
            let holds = figure.low.unwrap() <= 0.0 && figure.high.unwrap() >= 0.0;
            assert!(!holds, "{figure}");
        }
    }
    assert!(called <= 5, "{called}");
}

/// Two days more are found, in the waits and in the whole.
#[test]
fn two_days_more_are_found() {
    let comparison = compared(3, 200, 2);
    for (figure, of) in [
        ("wait", vec!["order", "deliver", "0.5"]),
        ("wait_total", vec!["0.5"]),
        ("lasted", vec!["0.25"]),
    ] {
        let known = comparison.figure(figure, &of).unwrap();
        assert_eq!(known.verdict, Some(Verdict::Different), "{known}");
        assert!(known.low.unwrap() > 0.0, "{known}");
    }
    // Times are told as times.
    for figure in ["lasted_mean", "wait_total_mean"] {
        let mean = comparison.figure(figure, &[]).unwrap().to_string();
        assert!(mean.contains("day") && !mean.contains("of 100"), "{mean}");
    }
    let told = comparison.to_string();
    assert!(told.contains("whole wait, half within"), "{told}");
}

/// Reports have no times: no quantile differs that the intervals of both do not part.
#[test]
fn stored_reports_claim_no_more_than_their_intervals() {
    let mut called = 0;
    for seed in 0..40 {
        let mut rng = Rng::new(4_000 + seed);
        let report = |rng: &mut Rng| -> Report {
            let log = orders(rng, 60, 0);
            let learned = log.learn(&LearnOptions::new()).unwrap();
            learned.journey.flow().unwrap().report()
        };
        let (a, b) = (report(&mut rng), report(&mut rng));
        let comparison = Side::of_report("A", a).compare(&Side::of_report("B", b));
        called += u32::from(comparison.different().next().is_some());
    }
    assert!(called <= 2, "{called}");
}
