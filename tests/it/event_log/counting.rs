use std::collections::BTreeSet;

use super::naive::{self, estimate, journeys, pairs};
use super::{events, log_of};
use customer_journey::events::Event;
use customer_journey::journey::Clusters;
use customer_journey::{LearnOptions, Phase};

/// Every touchpoint in one channel, so that its name is its id.
fn plain_events(seed: u64, journeys: usize, customers: bool) -> Vec<Event> {
    let mut events = events(seed, journeys, false);
    for event in &mut events {
        let channel = match event.touchpoint.as_str() {
            "order" => Some("web"),
            "delivery" => Some("courier"),
            "call" => Some("phone"),
            _ => None,
        };
        event.channel = channel.map(str::to_owned);
        event.promise_name = None;
        if event.touchpoint == "order" {
            event.promise = None;
        }
        event.customer = event.customer.take().filter(|_| customers);
    }
    events
}

#[test]
fn every_figure_is_that_of_plain_loops() {
    let mut compared = 0;
    for seed in 1..=24 {
        let customers = seed % 2 == 0;
        let given = plain_events(seed, 40, customers);
        let told = journeys(&given);
        let testing: BTreeSet<String> = given
            .iter()
            .filter(|event| event.promise.is_some())
            .map(|event| event.touchpoint.clone())
            .collect();
        let options = LearnOptions::new().other_phases(Phase::During);
        let learned = log_of(&given).learn(&options).unwrap();
        let counted = learned.journey.counted().unwrap();
        assert_eq!(counted.journeys, told.len() as u64);
        let by = if customers {
            Clusters::Customers
        } else {
            Clusters::Journeys
        };
        assert_eq!(counted.clusters, by);
        let cluster = |journey: usize| {
            let same = told
                .iter()
                .position(|other| other.customer == told[journey].customer);
            if customers { same.unwrap() } else { journey }
        };
        let touchpoints = learned.journey.touchpoints();
        let map: Vec<&str> = touchpoints.map(|at| at.id.as_str()).collect();
        let mut expected = pairs(&told, &testing);
        expected.append(&mut naive::as_far(&told, &map));
        for ((figure, of), pairs) in &expected {
            let of: Vec<&str> = of.iter().map(String::as_str).collect();
            let (mut value, mut error, n) = estimate(pairs, cluster);
            if figure == "swing" {
                value = value.sqrt();
                error = error.map(|error| error / (2.0 * value));
            }
            let found = counted.figure(figure, &of);
            let found = found.unwrap_or_else(|| unreachable!("{seed}: {figure} {of:?} is missing"));
            let close = (found.value - value).abs() < 1e-9;
            assert!(close, "{seed}: {figure} {of:?} {} {value}", found.value);
            assert_eq!(found.journeys, n, "{seed}: {figure} {of:?}");
            let (known, error) = (found.standard_error.unwrap_or(-1.0), error.unwrap_or(-1.0));
            assert!(
                (known - error).abs() < 1e-9,
                "{seed}: {figure} {of:?} {known} {error}"
            );
            let (low, high) = (found.low, found.high);
            assert!(
                low.is_none_or(|low| low <= value + 1e-12),
                "{figure} {of:?}"
            );
            assert!(
                high.is_none_or(|high| high >= value - 1e-12),
                "{figure} {of:?}"
            );
            compared += 1;
        }
        // And nothing else is counted but what the other tests look at.
        let others = [
            "length_sd",
            "wait",
            "wait_total",
            "wait_total_mean",
            "lasted",
            "lasted_mean",
            "recovery_time",
            "recovery_time_mean",
            "answered_within",
            "variant",
            "variant_unseen",
            "variant_outcome",
            "both",
            "outcome_after_good",
            "hand_overs",
            "no_hand_over",
            "hand_over_change",
            "begun_again",
            "outcome_by_tries",
            "lead",
            "lead_s",
            "announced",
            "recognised",
            "recognised_difference",
        ];
        // Nobody is asked here, so that nothing goes with an answer.
        let ratios = counted
            .figures
            .iter()
            .filter(|figure| !others.contains(&figure.figure.as_str()));
        assert_eq!(ratios.count(), expected.len(), "{seed}");
    }
    assert!(compared > 2500, "{compared}");
}

#[test]
fn answers_go_with_feelings_as_plain_loops_say() {
    let mut compared = 0;
    for seed in 50..60 {
        let customers = seed % 2 == 0;
        let given = plain_events(seed, 200, customers);
        let told = journeys(&given);
        let options = LearnOptions::new()
            .other_phases(Phase::During)
            .measurement("review");
        let learned = log_of(&given).learn(&options).unwrap();
        let counted = learned.journey.counted().unwrap();
        let units: BTreeSet<&str> = told.iter().map(|one| one.customer.as_str()).collect();
        for id in ["order", "delivery", "call"] {
            let both = naive::answers(&told, id, "review");
            let n = both.len() as f64;
            let mean = |of: fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>() / n;
            let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
            let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
                both.iter().map(|pair| of(pair.0 - x, pair.1 - y)).sum()
            };
            let squares = sum(&|x, _| x * x) * sum(&|_, y| y * y);
            let correlation = sum(&|x, y| x * y) / squares.sqrt();
            let found = counted.figure("goes_with", &[id]).unwrap();
            assert_eq!(found.journeys, both.len() as u64, "{seed}: {id}");
            assert!((found.value - correlation).abs() < 1e-9, "{seed}: {id}");
            // Fisher's interval, of no more independent journeys than customers.
            let half = 1.959_963_984_540_054 / (n.min(units.len() as f64) - 3.0).sqrt();
            let ends = [correlation.atanh() - half, correlation.atanh() + half];
            for (end, known) in ends.iter().zip([found.low, found.high]) {
                assert!((known.unwrap() - end.tanh()).abs() < 1e-9, "{seed}: {id}");
            }
            compared += 1;
        }
        assert!(counted.figure("goes_with", &["review"]).is_none());
    }
    assert_eq!(compared, 30);
}

#[test]
fn lengths_waits_and_variants_are_those_of_plain_loops() {
    for seed in 30..40 {
        let given = plain_events(seed, 60, false);
        let told = journeys(&given);
        let options = LearnOptions::new().other_phases(Phase::During);
        let learned = log_of(&given).learn(&options).unwrap();
        let counted = learned.journey.counted().unwrap();
        let n = told.len() as f64;
        let lengths: Vec<f64> = told
            .iter()
            .map(|journey| journey.moments.len() as f64)
            .collect();
        let mean = lengths.iter().sum::<f64>() / n;
        let variance = lengths.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / n;
        let found = counted.figure("length_sd", &[]).unwrap();
        assert!((found.value - variance.sqrt()).abs() < 1e-9);
        let scores = lengths
            .iter()
            .map(|l| ((l - mean).powi(2) - variance) / (2.0 * variance.sqrt()));
        let error = (n / (n - 1.0) * scores.map(|score| score * score).sum::<f64>()).sqrt() / n;
        assert!((found.standard_error.unwrap() - error).abs() < 1e-9);

        let mut totals = Vec::new();
        let mut order = Vec::new();
        for journey in &told {
            let waits: Vec<f64> = journey
                .moments
                .windows(2)
                .filter_map(|pair| Some(pair[1].time_ns? - pair[0].time_ns?))
                .filter(|&wait| wait >= 0)
                .map(|wait| wait as f64 / 1e9)
                .collect();
            if !waits.is_empty() {
                totals.push(waits.iter().sum::<f64>());
            }
            for pair in journey.moments.windows(2) {
                if let Some((a, b)) = pair[0].time_ns.zip(pair[1].time_ns)
                    && b >= a
                    && (pair[0].id.as_str(), pair[1].id.as_str()) == ("order", "call")
                {
                    order.push((b - a) as f64 / 1e9);
                }
            }
        }
        for (mut waits, figure, of) in [
            (totals, "wait_total", vec![]),
            (order, "wait", vec!["order", "call"]),
        ] {
            waits.sort_by(f64::total_cmp);
            for p in [0.1, 0.25, 0.5, 0.75, 0.9] {
                let (mut of, p_text) = (of.clone(), p.to_string());
                of.push(&p_text);
                let Some(found) = counted.figure(figure, &of) else {
                    assert!(waits.is_empty());
                    continue;
                };
                let reached =
                    |x: f64| waits.iter().filter(|w| **w <= x).count() as f64 / waits.len() as f64;
                let value = waits.iter().copied().find(|&x| reached(x) >= p).unwrap();
                assert!((found.value - value).abs() < 1e-9, "{figure} {of:?}");
            }
        }

        let path = |journey: &naive::Told| -> Vec<String> {
            journey
                .moments
                .iter()
                .map(|moment| moment.id.clone())
                .collect()
        };
        let paths: Vec<Vec<String>> = told.iter().map(path).collect();
        let times = |path: &Vec<String>| paths.iter().filter(|other| *other == path).count();
        let once = paths.iter().filter(|path| times(path) == 1).count() as f64 / n;
        assert!((counted.figure("variant_unseen", &[]).unwrap().value - once).abs() < 1e-12);
        let most = paths.iter().map(&times).max().unwrap() as f64 / n;
        let listed: Vec<_> = counted
            .figures
            .iter()
            .filter(|figure| figure.figure.as_str() == "variant")
            .collect();
        assert!((listed[0].value - most).abs() < 1e-12);
        for variant in listed {
            let path: Vec<String> = variant.of.iter().map(ToString::to_string).collect();
            assert!(
                (variant.value - times(&path) as f64 / n).abs() < 1e-12,
                "{path:?}"
            );
        }
    }
}
