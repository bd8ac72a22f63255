#![expect(
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]
use crate::generate::Rng;
use customer_journey::time::Waits;
use customer_journey::{EventRef, LearnOptions, Phase, Tally};

/// Times over seven orders of magnitude, in milliseconds.
fn times(rng: &mut Rng, n: usize) -> Vec<i64> {
    (0..n)
        .map(|_| {
            let size = 10_f64.powf(7.0 * rng.unit());
            size.floor() as i64
        })
        .collect()
}

/// The first of the sorted times at which a share of them is reached.
fn sorted_quantile(times: &[i64], p: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let reached = |at: usize| (at + 1) as f64 / sorted.len() as f64;
    let at = (0..sorted.len()).find(|&at| reached(at) >= p).unwrap();
    sorted[at] as f64 / 1000.0
}

fn tally(times: &[i64], from: usize) -> Tally {
    let mut tally = Tally::default();
    for (number, &ms) in (from..).zip(times) {
        let name = format!("j{number}");
        tally
            .record(EventRef::new(&name, "order").time_ms(0))
            .unwrap();
        tally
            .record(EventRef::new(&name, "delivery").time_ms(ms))
            .unwrap();
    }
    tally
}

fn waits(tally: &Tally) -> Waits {
    let learned = tally
        .learn(&LearnOptions::new().other_phases(Phase::During))
        .unwrap();
    let (_, _, way) = learned.journey.transitions().next().unwrap();
    way.wait_spread.clone().unwrap()
}

#[test]
fn quantiles_are_those_of_the_sorted_times_to_two_per_cent() {
    let mut rng = Rng::new(1);
    for n in [1, 2, 7, 100, 5000] {
        let times = times(&mut rng, n);
        let counted = waits(&tally(&times, 0));
        assert_eq!(counted.count(), n as u64);
        for p in [0.1, 0.25, 0.5, 0.75, 0.9, 1.0] {
            let expected = sorted_quantile(&times, p);
            let found = counted.quantile(p).unwrap();
            assert!(
                (found - expected).abs() <= 0.0219 * expected,
                "{n} {p}: {found} {expected}"
            );
        }
        let all = n as f64;
        let mean = times.iter().map(|&ms| ms as f64).sum::<f64>() / all / 1000.0;
        let squares = times.iter().map(|&ms| (ms as f64 / 1000.0 - mean).powi(2));
        let sd = (squares.sum::<f64>() / all).sqrt();
        assert!((counted.mean_s().unwrap() - mean).abs() <= 1e-12 * mean);
        assert!((counted.sd_s().unwrap() - sd).abs() <= 1e-9 * sd.max(1.0));
    }
}

/// Merged, joined, closed and written down, the buckets are those of all events.
#[test]
fn parts_of_a_tally_are_the_tally() {
    let mut rng = Rng::new(2);
    let times = times(&mut rng, 300);
    let whole = tally(&times, 0);
    let mut merged = Tally::default();
    for (part, times) in times.chunks(77).enumerate() {
        merged.merge(&tally(times, 77 * part)).unwrap();
    }
    assert_eq!(merged, whole);
    assert_eq!(
        (waits(&merged), merged.lasted()),
        (waits(&whole), whole.lasted())
    );
    assert_eq!(waits(&whole.clone().closed()), waits(&whole));
    assert_eq!(whole.clone().closed().lasted(), whole.lasted());
    assert_eq!(whole.lasted().unwrap(), waits(&whole));
    let (mut first, mut second) = (Tally::default(), Tally::default());
    for (number, &ms) in times.iter().enumerate() {
        let name = format!("j{number}");
        first
            .record(EventRef::new(&name, "order").time_ms(0))
            .unwrap();
        second
            .record(EventRef::new(&name, "delivery").time_ms(ms))
            .unwrap();
    }
    first.join(&second).unwrap();
    assert_eq!(first, whole);
    #[cfg(feature = "serde")]
    {
        let closed = whole.clone().closed();
        for tally in [whole, closed] {
            let text = serde_json::to_string(&tally).unwrap();
            let read: Tally = serde_json::from_str(&text).unwrap();
            assert_eq!((&read, read.lasted()), (&tally, tally.lasted()));
            assert_eq!(waits(&read), waits(&tally));
        }
    }
}

/// A document keeps the spread; a spread that contradicts itself is refused at its place.
#[cfg(feature = "serde")]
#[test]
fn documents_keep_how_waits_spread() {
    use customer_journey::Journey;
    let learned = tally(&[1000, 2000, 2000, 90_000], 0);
    let learned = learned
        .learn(&LearnOptions::new().other_phases(Phase::During))
        .unwrap();
    let text = serde_json::to_string(&learned.journey).unwrap();
    assert_eq!(
        serde_json::from_str::<Journey>(&text).unwrap(),
        learned.journey
    );
    for (right, wrong) in [
        ("[160,1]", "[160,0]"),
        ("[160,1]", "[9999,1]"),
        ("[160,1]", "[160]"),
        ("\"sd_s\":", "\"sd\":"),
        ("\"mean_s\":", "\"mean_s\":-"),
    ] {
        assert!(text.contains(right), "{text}");
        let refused = serde_json::from_str::<Journey>(&text.replace(right, wrong)).unwrap_err();
        let message = refused.to_string();
        assert!(
            message.contains("wait_spread") && message.contains("transition"),
            "{message}"
        );
    }
}
