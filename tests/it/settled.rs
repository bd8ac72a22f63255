//! What once did not hold: ties and tight loops in likely paths, zeros with a sign, feelings without a bound.

use crate::counts::Figures;
use crate::figures::figures;
use crate::generate::{Rng, Taste, drawing};
use crate::moments::Chain;
use customer_journey::analysis::{EmotionalArc, PainOptions, TrajectoryOptions};
use customer_journey::{Channel, Feeling, Journey, Phase, Promise, Report, Touchpoint};

/// A customer who calls, all but always, again; `leak` of them at a time go elsewhere.
fn lengths_of_likely_paths(leak: f64) -> Vec<usize> {
    let flow = Journey::builder("again")
        .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).starts(1.0))
        .touchpoint(Touchpoint::new("rare", Phase::After, Channel::Web).ends("other", 1.0))
        .transition("call", "call", 1.0)
        .transition("call", "rare", leak)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(10));
    let paths = trajectory.paths.iter();
    paths.map(|path| path.touchpoints.len()).collect()
}

/// Each further call is less likely by a factor 1 / (1 + leak): the most likely paths are the shortest ones. Where
/// numbers cannot tell them apart, "of equally likely ones the shorter first" says the same.
#[test]
fn the_shortest_ways_out_of_a_tight_loop_are_the_most_likely() {
    let expected: Vec<usize> = (2..12).collect();
    for leak in [1e-3, 1e-6, 1e-9, 1e-12] {
        assert_eq!(lengths_of_likely_paths(leak), expected, "{leak:e}");
    }
}

/// The same, where the search goes round the loop for some twenty million steps before it lists anything.
#[test]
fn a_loop_that_is_all_but_closed_does_not_hang_the_search() {
    let begun = std::time::Instant::now();
    let lengths = lengths_of_likely_paths(1e-16);
    assert_eq!(lengths, (2..12).collect::<Vec<usize>>());
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
}

/// "Of equally likely ones the shorter first": also where products of the same factors differ in the last digit.
#[test]
fn of_equally_likely_paths_the_shorter_comes_first() {
    let mut rng = Rng::new(6);
    for round in 0..120 {
        let taste = Taste {
            spots: 1 + round % 7,
            ways: 1.0 + (round % 3) as f64 / 2.0,
            loops: round % 4 != 0,
        };
        let drawing = drawing(&mut rng, taste);
        if Chain::new(&drawing).has_trap() {
            continue;
        }
        let flow = drawing.journey().flow().unwrap();
        let options = TrajectoryOptions::new().path_limit(100);
        let paths = flow.trajectory_with(&options).paths;
        for pair in paths.windows(2) {
            let tie = (pair[0].probability / pair[1].probability - 1.0).abs() < 1e-14;
            assert!(
                !tie || pair[0].touchpoints.len() <= pair[1].touchpoints.len(),
                "{pair:#?}"
            );
        }
    }
}

/// The reports of random journeys with loops, of 2 to 10 touchpoints; drawings with a trap are left out.
fn reports_with_loops(seed: u64, rounds: usize) -> impl Iterator<Item = Report> {
    let mut rng = Rng::new(seed);
    (0..rounds).filter_map(move |round| {
        let taste = Taste {
            spots: 2 + round % 9,
            ways: 2.0,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let sound = !Chain::new(&drawing).has_trap();
        sound.then(|| drawing.journey().flow().unwrap().report())
    })
}

/// A figure of nothing is 0 and not -0, which prints as such.
#[test]
fn no_figure_is_a_negative_zero() {
    let mut negative = Figures::new();
    for report in reports_with_loops(2, 100) {
        let figures = figures(&report);
        negative.extend(figures.into_iter().filter(|(_, figure)| {
            figure.is_some_and(|figure| figure == 0.0 && figure.is_sign_negative())
        }));
    }
    assert!(negative.is_empty(), "{negative:?}");
}

/// Where no emotion is ever known there is no best and no worst moment, and none has a chance, not even 0.
#[test]
fn nothing_is_the_extreme_where_nothing_is_known() {
    let trajectory = Journey::builder("blank")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web).starts(1.0))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web).feels(0.5))
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .trajectory();
    assert_eq!(trajectory.worst.mean, None);
    assert_eq!(trajectory.worst.distribution, []);
    assert_eq!(trajectory.best.distribution, []);
}

#[test]
fn what_is_not_a_number_neither_panics_nor_spreads() {
    for strange in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308] {
        for n in 1..6 {
            let mut valences = vec![0.5; n];
            valences[n / 2] = strange;
            valences[0] = -strange;
            let arc = EmotionalArc::of(&valences);
            let confidence = arc.and_then(|arc| arc.confidence);
            assert!(
                confidence.is_none_or(|c| (0.0..=1.0).contains(&c)),
                "{valences:?}: {arc:?}"
            );
        }
    }
}
/// "The share of journeys that end so, in 0..=1": to the last digit, so that it can be fed to whatever takes a
/// probability.
#[test]
fn no_probability_exceeds_one() {
    let mut above = Vec::new();
    for report in reports_with_loops(11, 2000) {
        let ends = report.outcomes.iter().map(|share| share.probability);
        let seen = report.touchpoints.iter().flat_map(|t| &t.outcomes);
        let all = ends.chain(seen.map(|figures| figures.probability));
        above.extend(all.filter(|p| *p > 1.0));
    }
    assert!(above.is_empty(), "{above:?}");
}

/// As long as no feeling is known of the whole journey, hurt is not known either, and cannot say what is worst.
#[test]
fn where_nothing_is_felt_the_most_broken_promise_is_the_worst_pain() {
    let ranked = |felt: bool| {
        let tests = |id: &str, broken: f64| {
            let promise = Promise::new(id).kept(1.0 - broken).broken(broken);
            Touchpoint::new(id, Phase::During, Channel::Web).promise(promise)
        };
        let mut last = Touchpoint::new("d", Phase::After, Channel::Web).ends("over", 1.0);
        if felt {
            last = last.feels(Feeling::Joy);
        }
        let journey = Journey::builder("x")
            .touchpoint(tests("a", 0.25).starts(1.0))
            .touchpoint(tests("b", 0.5))
            .touchpoint(tests("c", 0.25))
            .touchpoint(last)
            .transition("a", "b", 1.0)
            .transition("b", "c", 1.0)
            .transition("c", "d", 1.0)
            .build()
            .unwrap();
        let pains = journey.flow().unwrap().pain_points(&PainOptions::new());
        pains.into_iter().map(|pain| pain.id).collect::<Vec<_>>()
    };
    assert_eq!(ranked(false), ["b", "a", "c"]);
    // Without hurt, though feelings are known, ids decide.
    assert_eq!(ranked(true), ["a", "b", "c"]);
}
