//! Laws that hold for every journey.

mod fit;

use crate::counts::Figures;
use crate::figures::{assert_close, differences, figures};
use crate::generate::{Drawing, Rng, Spot, Taste, Way, drawing};
use crate::moments::Chain;
use crate::steady::cases;
use customer_journey::analysis::PainCauseKind;
use customer_journey::{Evidence, Phase, Report};
use fit::fits;
use proptest::prelude::*;

/// The same quantity computed in another order: some hundred roundings, and what a mean loses.
const SAME: f64 = 1e-11;

/// Random journeys of which all touchpoints can end.
fn journeys(loops: bool) -> impl Strategy<Value = Drawing> {
    let parts = (any::<u64>(), 1..10_usize, 1..4_usize);
    parts.prop_filter_map("no trap", move |(seed, spots, ways)| {
        let taste = Taste {
            spots,
            ways: ways as f64,
            loops,
        };
        let drawing = drawing(&mut Rng::new(seed), taste);
        (!Chain::new(&drawing).has_trap()).then_some(drawing)
    })
}

fn report(drawing: &Drawing) -> Report {
    drawing.journey().flow().unwrap().report()
}

/// All figures, with causes, makers of promises and probabilities of paths.
fn all(drawing: &Drawing) -> Figures {
    let report = report(drawing);
    let mut figures = figures(&report);
    for pain in &report.pain_points {
        let id = &pain.id;
        for cause in &pain.causes {
            // At its threshold a cause comes and goes with the last digit.
            let threshold = match cause.kind {
                PainCauseKind::Repetition => 1.1,
                PainCauseKind::KeptButCold => 0.1,
                PainCauseKind::DropOff | PainCauseKind::NotRecognised => 0.05,
                _ => 0.0,
            };
            if (cause.figure - threshold).abs() > 1e-9 {
                let name = format!("cause/{id}/{:?}", cause.kind);
                figures.insert(name, Some(cause.figure));
            }
        }
        for maker in &pain.promise_made_at {
            figures.insert(format!("made/{id}/{maker}"), Some(1.0));
        }
    }
    for (rank, path) in report.trajectory.paths.iter().enumerate() {
        figures.insert(format!("path/{rank}"), Some(path.probability));
    }
    figures
}

/// The figures under these first names.
fn only(figures: &Figures, names: &[&str]) -> Figures {
    let first = |name: &str| name.split('/').next().map(str::to_owned);
    figures
        .iter()
        .filter(|(name, _)| names.contains(&first(name).unwrap().as_str()))
        .map(|(name, value)| (name.clone(), *value))
        .collect()
}

fn shuffle<T>(rng: &mut Rng, items: &mut [T]) {
    for i in (1..items.len()).rev() {
        items.swap(i, rng.below(i + 1));
    }
}

/// The same map drawn in another order.
fn reordered(drawing: &Drawing, rng: &mut Rng) -> Drawing {
    let mut order: Vec<usize> = (0..drawing.spots.len()).collect();
    shuffle(rng, &mut order);
    let place = |i: usize| order.iter().position(|&old| old == i).unwrap();
    let mut ways: Vec<Way> = drawing
        .ways
        .iter()
        .map(|way| Way {
            from: place(way.from),
            to: place(way.to),
            ..way.clone()
        })
        .collect();
    shuffle(rng, &mut ways);
    let mut spots: Vec<Spot> = order.iter().map(|&i| drawing.spots[i].clone()).collect();
    for spot in &mut spots {
        shuffle(rng, &mut spot.ends);
    }
    Drawing {
        spots,
        ways,
        ..Drawing::default()
    }
}

/// Figures that a touchpoint which is only passed, where nothing is felt, leaves alone.
const KEPT: [&str; 24] = [
    "visits",
    "reach",
    "hurt",
    "broken",
    "repeats",
    "outcome",
    "then",
    "lift",
    "coverage",
    "decides",
    "pain",
    "wait_s",
    "remaining_wait",
    "worst",
    "best",
    "peak",
    "mean",
    "end",
    "end_coverage",
    "inconsistency",
    "need",
    "channel",
    "pair",
    "made",
];

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn the_order_of_drawing_changes_no_figure(drawing in journeys(true), seed in any::<u64>()) {
        let other = reordered(&drawing, &mut Rng::new(seed));
        assert_close(&all(&other), &all(&drawing), SAME, &drawing);
    }

    #[test]
    fn names_of_touchpoints_change_no_figure(drawing in journeys(true)) {
        // Reversed in their alphabetical order.
        let renamed = |id: &str| -> Option<String> {
            let number: usize = id.strip_prefix('t')?.parse().ok()?;
            Some(format!("z{:03}", 500 - number))
        };
        let mut other = drawing.clone();
        for spot in &mut other.spots {
            spot.id = renamed(&spot.id).unwrap();
        }
        let expected: Figures = all(&drawing)
            .into_iter()
            .map(|(name, value)| {
                let parts = name.split('/').map(|part| renamed(part).unwrap_or_else(|| part.to_owned()));
                (parts.collect::<Vec<_>>().join("/"), value)
            })
            .collect();
        assert_close(&all(&other), &expected, 0.0, &drawing);
    }

    #[test]
    fn weights_are_proportions(drawing in journeys(true), seed in any::<u64>()) {
        let mut rng = Rng::new(seed);
        let mut other = drawing.clone();
        // A power of two is exact; the others are not.
        let factors = [3.0, 0.1, 1e-200, 1e200, 1.0 / 1024.0];
        for (i, spot) in other.spots.iter_mut().enumerate() {
            let (outflow, promise) = (rng.pick(&factors), rng.pick(&factors));
            for (_, weight, _) in &mut spot.ends {
                *weight *= outflow;
            }
            for way in other.ways.iter_mut().filter(|way| way.from == i) {
                way.weight *= outflow;
            }
            for weight in spot.promise.iter_mut().flatten() {
                *weight *= promise;
            }
            for (mix, silent) in spot.feels.iter_mut().zip(&mut spot.silent) {
                let factor = rng.pick(&factors);
                for (_, weight) in mix.iter_mut().flatten() {
                    *weight *= factor;
                }
                *silent *= factor;
            }
        }
        let factor = rng.pick(&factors);
        for start in other.spots.iter_mut().filter_map(|spot| spot.starts.as_mut()) {
            *start *= factor;
        }
        assert_close(&all(&other), &all(&drawing), SAME, &drawing);
    }

    #[test]
    fn an_ending_may_be_stated_in_parts(drawing in journeys(true)) {
        let mut other = drawing.clone();
        for spot in &mut other.spots {
            let halves: Vec<_> = spot.ends.iter().map(|(o, w, when)| (o.clone(), w / 2.0, *when)).collect();
            spot.ends = [halves.clone(), halves].concat();
        }
        assert_close(&all(&other), &all(&drawing), SAME, &drawing);
    }

    #[test]
    fn what_nobody_comes_to_changes_nothing(drawing in journeys(true), seed in any::<u64>()) {
        let mut rng = Rng::new(seed);
        let mut other = drawing.clone();
        let n = drawing.spots.len();
        // Journeys with loops state where they begin. A ring without an end leads into the journey, and to a trap.
        for k in 0..3 {
            let mut spot = Spot::new(format!("x{k}"));
            spot.channel = rng.pick(&["web", "phone", "nowhere"]);
            spot.need = rng.pick(&[Some("info"), Some("refund"), Some("none")]);
            spot.says = Some("maybe");
            spot.phase = rng.pick(Phase::ALL);
            spot.feels[0] = Some(vec![(-0.9, 1.0), (0.33, 1.0)]);
            spot.silent[0] = 3.0;
            spot.promise = Some([1.0, 1.0, 0.0]);
            spot.makes = true;
            spot.evidence = rng.pick(Evidence::ALL);
            spot.starts = rng.pick(&[None, Some(0.0)]);
            other.spots.push(spot);
        }
        for (from, to) in [(n, n + 1), (n + 1, n), (n, rng.below(n)), (n + 1, n + 2), (n + 2, n + 2)] {
            other.ways.push(Way { from, to, weight: 1.0, when: None, wait_s: Some(7.0) });
        }
        // A way of weight 0 leads nowhere either.
        other.ways.push(Way { from: rng.below(n), to: n, weight: 0.0, when: None, wait_s: Some(7.0) });
        let mut figures = all(&other);
        for name in ["visits", "reach", "hurt", "broken"] {
            for k in 0..3 {
                prop_assert_eq!(figures.remove(&format!("{name}/x{k}")), Some(Some(0.0)));
            }
        }
        // But for their own figures; above all, no promise tested by others is made there.
        figures.retain(|name, _| name.starts_with("made/t") || !name.split('/').any(|part| part.starts_with('x')));
        assert_close(&figures, &all(&drawing), SAME, &drawing);
    }

    #[test]
    fn a_touchpoint_that_is_only_passed_changes_nothing_else(drawing in journeys(true), at in any::<prop::sample::Index>()) {
        let i = at.index(drawing.spots.len());
        let mut other = drawing.clone();
        let pass = other.spots.len();
        let mut spot = Spot::new("pass");
        spot.phase = drawing.spots[i].phase;
        spot.starts = other.spots[i].starts.take();
        other.spots.push(spot);
        for way in other.ways.iter_mut().filter(|way| way.to == i) {
            way.to = pass;
        }
        other.ways.push(Way { from: pass, to: i, weight: 3.0, when: None, wait_s: None });
        let mut expected = only(&all(&drawing), &KEPT);
        let mut got = only(&all(&other), &KEPT);
        let visits = got.remove("visits/pass").unwrap();
        let there = expected[&format!("visits/t{i}")];
        prop_assert!((visits.unwrap() - there.unwrap()).abs() < SAME);
        let reach = got.remove("reach/pass").unwrap();
        let there = expected[&format!("reach/t{i}")];
        prop_assert!((reach.unwrap() - there.unwrap()).abs() < SAME);
        // The share of moments whose emotion is known is another one.
        expected.remove("coverage");
        got.retain(|name, _| name != "coverage" && !name.contains("/pass"));
        assert_close(&got, &expected, SAME, &drawing);
    }

    #[test]
    fn figures_fit_together(drawing in journeys(true)) {
        let report = report(&drawing);
        fits(&report);
        // From the start onward, and backward from the ends.
        let chain = Chain::new(&drawing);
        for share in &report.outcomes {
            let seen: f64 = report.touchpoints.iter().zip(&chain.starts).map(|(figures, start)| {
                let mut outcomes = figures.outcomes.iter();
                start * outcomes.find(|o| o.outcome == share.outcome).unwrap().probability
            }).sum();
            prop_assert!((seen - share.probability).abs() < SAME);
        }
        let remaining: f64 = report.touchpoints.iter().zip(&chain.starts)
            .map(|(figures, start)| start * figures.remaining.unwrap_or(0.0)).sum();
        prop_assert!((remaining / report.length - 1.0).abs() < SAME);
    }

    #[test]
    fn the_same_journey_has_the_same_report(drawing in journeys(true)) {
        prop_assert_eq!(report(&drawing), report(&drawing));
        let journey = drawing.journey();
        prop_assert_eq!(&journey, &drawing.journey());
        let flow = journey.flow().unwrap();
        // Asked in another order.
        let channels = flow.channel_consistency();
        let trajectory = flow.trajectory();
        let report = flow.report();
        prop_assert_eq!(channels, report.channels);
        prop_assert_eq!(trajectory, report.trajectory);
        prop_assert_eq!(flow.touchpoints(), report.touchpoints);
        prop_assert_eq!(flow.outcomes(), report.outcomes);
    }

    #[test]
    fn who_says_the_same_everywhere_contradicts_nobody(drawing in journeys(true)) {
        let before = report(&drawing).channels;
        let mut other = drawing.clone();
        for spot in &mut other.spots {
            spot.says = Some("the same");
        }
        let after = report(&other).channels;
        prop_assert_eq!(before.needs.len(), after.needs.len());
        for (before, after) in before.needs.iter().zip(&after.needs) {
            for (before, after) in before.pairs.iter().zip(&after.pairs) {
                prop_assert_ne!(after.contradiction, Some(true));
                prop_assert_eq!(before.distance, after.distance);
                if before.contradiction == Some(true) {
                    prop_assert_eq!(after.contradiction, Some(false));
                    prop_assert!(after.inconsistency() < before.inconsistency());
                }
            }
        }
    }

    #[test]
    fn what_is_unknown_stays_unknown(drawing in journeys(true)) {
        let mut blank = drawing.clone();
        for spot in &mut blank.spots {
            spot.feels = [None, None, None];
        }
        let blank = report(&blank);
        let trajectory = &blank.trajectory;
        let unknown = [
            trajectory.mean, trajectory.end, trajectory.peak, trajectory.peak_end, trajectory.remembered,
            trajectory.swing, trajectory.best.mean, trajectory.worst.mean, trajectory.worst.at_most(1.0),
        ];
        prop_assert_eq!(unknown, [None; 9]);
        prop_assert_eq!(trajectory.coverage, 0.0);
        prop_assert!(trajectory.curve.iter().all(|point| point.mean.is_none()));
        prop_assert!(trajectory.phases.iter().all(|phase| phase.mean.is_none() && phase.sd.is_none()));
        prop_assert!(trajectory.paths.iter().all(|path| path.arc.is_none()));
        prop_assert!(trajectory.falls.is_empty() && trajectory.rises.is_empty());
        prop_assert!(blank.pain_points.iter().all(|pain| pain.mean.is_none()));
        for need in &blank.channels.needs {
            prop_assert!(need.pairs.iter().all(|pair| pair.distance.is_none()));
        }
        // What has nothing to do with feelings is the same.
        let names = ["visits", "reach", "outcome", "decides", "coverage/t0", "wait_s", "length"];
        let expected = only(&figures(&report(&drawing)), &names);
        assert_close(&only(&figures(&blank), &names), &expected, 0.0, &drawing);
    }

    #[test]
    fn who_feels_better_is_not_worse_off(drawing in journeys(true)) {
        let before = report(&drawing);
        let mut other = drawing.clone();
        for (v, _) in other.spots.iter_mut().flat_map(|spot| spot.feels.iter_mut().flatten().flatten()) {
            *v = f64::midpoint(*v, 1.0);
        }
        let after = report(&other);
        let (old, new) = (&before.trajectory, &after.trajectory);
        for (old, new) in [
            (old.mean, new.mean),
            (old.end, new.end),
            (old.worst.mean, new.worst.mean),
            (old.best.mean, new.best.mean),
        ] {
            prop_assert_eq!(old.is_some(), new.is_some());
            prop_assert!(new.unwrap_or(0.0) >= old.unwrap_or(0.0) - SAME);
            // A half of the way to 1.
            if let (Some(old), Some(new)) = (old, new) {
                prop_assert!((new - f64::midpoint(old, 1.0)).abs() < SAME);
            }
        }
        if let (Some(old), Some(new)) = (old.swing, new.swing) {
            prop_assert!((new - old / 2.0).abs() < SAME);
        }
        for (old, new) in before.touchpoints.iter().zip(&after.touchpoints) {
            prop_assert_eq!(new.hurt.is_some(), old.hurt.is_some());
            prop_assert!(new.hurt.unwrap_or(0.0) <= old.hurt.unwrap_or(0.0) + SAME);
        }
    }

    #[test]
    fn the_mirror_swaps_worst_and_best(drawing in journeys(true)) {
        let mut other = drawing.clone();
        for (v, _) in other.spots.iter_mut().flat_map(|spot| spot.feels.iter_mut().flatten().flatten()) {
            *v = 0.0 - *v;
        }
        let (one, two) = (report(&drawing).trajectory, report(&other).trajectory);
        let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < SAME,
            _ => a == b,
        };
        let minus = |v: Option<f64>| v.map(|v| -v);
        prop_assert!(close(one.worst.mean, minus(two.best.mean)));
        prop_assert!(close(one.best.mean, minus(two.worst.mean)));
        prop_assert!(close(one.mean, minus(two.mean)));
        prop_assert!(close(one.end, minus(two.end)));
        prop_assert!(close(one.swing, two.swing));
        prop_assert_eq!(one.falls.len(), two.rises.len());
    }
}

/// The comparison that the laws rest on sees a difference.
#[test]
fn a_difference_is_seen() {
    let mut rng = Rng::new(9);
    let taste = Taste {
        spots: 6,
        ways: 2.0,
        loops: false,
    };
    let drawing = drawing(&mut rng, taste);
    let mut other = drawing.clone();
    let way = other.ways.iter_mut().find(|way| way.weight > 0.0).unwrap();
    way.weight *= 1.0 + 1e-6;
    assert!(!differences(&all(&other), &all(&drawing), SAME).is_empty());
    assert!(differences(&all(&drawing), &all(&drawing), 0.0).is_empty());
}
