//! The flow against naive computations that share nothing with it but the definitions.

use crate::counts::Figures;
use crate::dense;
use crate::figures::{assert_close, figures};
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use crate::tally::Tally;
use customer_journey::Touchpoint;
use std::collections::BTreeMap;

/// Both sides add up some thousand probabilities, each right to 1e-16.
const EXACT: f64 = 1e-12;

/// The dense solver subtracts and loses up to three digits on these journeys.
const DENSE: f64 = 1e-10;

fn report(drawing: &Drawing) -> Figures {
    figures(&drawing.journey().flow().unwrap().report())
}

#[test]
fn journeys_without_loops_agree_with_the_enumeration_of_all_paths() {
    let mut rng = Rng::new(1);
    let (mut judged, mut paths, mut unknown, mut several) = (0, 0, 0, 0);
    for round in 0..150 {
        let taste = Taste {
            spots: 1 + round % 8,
            ways: 1.9,
            loops: false,
        };
        let drawing = drawing(&mut rng, taste);
        let chain = Chain::new(&drawing);
        let mut tally = Tally::new(&chain);
        if !tally.enumerate(20_000) {
            continue;
        }
        assert!((tally.total() - 1.0).abs() < EXACT);
        let expected = tally.figures();
        assert_close(&report(&drawing), &expected, EXACT, &drawing);
        // The dense solver is itself on trial here.
        assert_close(
            &dense::counts(&chain).figures(&chain, 1.0),
            &expected,
            DENSE,
            &drawing,
        );
        judged += 1;
        paths += tally.paths;
        unknown += usize::from(expected["coverage"].is_some_and(|known| known < 1.0));
        several += usize::from(chain.starts.iter().filter(|&&s| s > 0.0).count() > 1);
    }
    // The generator makes journeys worth judging.
    assert!(judged > 130, "{judged}");
    assert!(paths > 10_000, "{paths}");
    assert!(unknown > 60 && several > 40, "{unknown} {several}");
}

#[test]
fn journeys_with_loops_agree_with_dense_algebra_over_moments() {
    let mut rng = Rng::new(2);
    let (mut judged, mut long, mut trapped, mut contradictions, mut partly) = (0, 0, 0, 0, 0);
    for round in 0..150 {
        let taste = Taste {
            spots: 2 + round % 9,
            ways: 1.5 + (round % 3) as f64,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let chain = Chain::new(&drawing);
        if chain.has_trap() {
            assert!(drawing.journey().flow().is_err(), "{drawing:#?}");
            trapped += 1;
            continue;
        }
        let expected = dense::counts(&chain).figures(&chain, 1.0);
        assert_close(&report(&drawing), &expected, DENSE, &drawing);
        judged += 1;
        long += usize::from(expected["length"].unwrap() > 4.0);
        let known = drawing.journey();
        let mut known = known.touchpoints().map(Touchpoint::emotion_coverage);
        partly += usize::from(known.any(|share| 0.0 < share && share < 1.0));
        contradictions += usize::from(
            expected
                .iter()
                .any(|(name, value)| name.ends_with("contradiction") && *value == Some(1.0)),
        );
    }
    assert!(judged > 110 && trapped > 3, "{judged} {trapped}");
    assert!(long > 20 && contradictions > 10, "{long} {contradictions}");
    assert!(partly > 80, "{partly}");
}

/// Walks many journeys in batches, whose scatter gives the standard error of each figure.
#[test]
fn journeys_with_loops_agree_with_simulation() {
    const BATCHES: usize = 40;
    const WALKS: usize = 5_000;
    /// Standard errors; the seeds are fixed, so this passes always or never.
    const ERRORS: f64 = 5.0;
    /// What happens this seldom may happen in no walk at all, and then has no scatter.
    const SELDOM: f64 = 30.0 / (BATCHES * WALKS) as f64;
    /// Figures that are plain means over journeys; ratios of them are biased in a batch.
    const SIMULATED: [&str; 13] = [
        "length", "wait_s", "visits", "reach", "outcome", "worst", "best", "curve", "swing",
        "both", "end", "before", "peak",
    ];
    let (mut compared, mut judged) = (0, 0);
    for seed in 3.. {
        let mut rng = Rng::new(seed);
        let taste = Taste {
            spots: 7,
            ways: 2.0,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let chain = Chain::new(&drawing);
        if chain.has_trap() {
            continue;
        }
        judged += 1;
        let mut samples: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut steps = Vec::new();
        for _ in 0..BATCHES {
            let mut tally = Tally::new(&chain);
            for _ in 0..WALKS {
                tally.walk(&mut rng, &mut steps);
            }
            for (name, value) in tally.figures() {
                samples.entry(name).or_default().extend(value);
            }
        }
        for (name, value) in report(&drawing) {
            let wanted = SIMULATED
                .iter()
                .any(|prefix| name.split('/').any(|s| s == *prefix));
            let Some(sample) = samples.get(&name).filter(|s| s.len() == BATCHES && wanted) else {
                continue;
            };
            let n = BATCHES as f64;
            let mean = sample.iter().sum::<f64>() / n;
            let spread: f64 = sample.iter().map(|x| (x - mean).powi(2)).sum();
            let error = (spread / (n - 1.0) / n).sqrt();
            let value = value.unwrap();
            assert!(
                (value - mean).abs() <= ERRORS * error + SELDOM,
                "seed {seed}, {name}: {value}, simulated {mean} +- {error}"
            );
            compared += 1;
        }
        if judged == 4 {
            break;
        }
    }
    assert!(compared > 200, "{compared}");
}
