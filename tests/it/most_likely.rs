//! The most likely paths against the enumeration of all paths down to a probability.

use crate::counts::Known;
use crate::figures;
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use customer_journey::Flow;
use customer_journey::analysis::TrajectoryOptions;

/// A product of at most some hundred factors, each right to 1e-16.
const EXACT: f64 = 1e-12;

/// A path by touchpoints, naively: its probability, and what is felt along it.
struct Path {
    spots: Vec<usize>,
    probability: f64,
    outcome: usize,
    valences: Vec<Option<f64>>,
}

/// The chance of going from a touchpoint by some of its moments' ways, and what is felt there by those who do.
fn leaving(chain: &Chain<'_>, i: usize, by: &dyn Fn(usize) -> f64) -> (f64, Option<f64>) {
    let (mut chance, mut felt) = (0.0, Known::default());
    for &x in &chain.of_spot[i] {
        let moment = &chain.moments[x];
        let flow = moment.chance * by(x);
        chance += flow;
        for &(level, share) in &moment.mix {
            felt.add(flow * share, chain.levels[level]);
        }
    }
    (chance, felt.mean())
}

fn extend(chain: &Chain<'_>, path: &mut Path, least: f64, found: &mut Vec<Path>) {
    let here = *path.spots.last().unwrap();
    let (before, felt) = (path.probability, path.valences.len());
    for outcome in 0..chain.outcomes.len() {
        let (chance, valence) = leaving(chain, here, &|x| {
            let ends = chain.moments[x].ends.iter();
            ends.filter(|&&(w, _)| w == outcome).map(|&(_, p)| p).sum()
        });
        if before * chance >= least {
            let mut valences = path.valences.clone();
            valences.push(valence);
            found.push(Path {
                spots: path.spots.clone(),
                probability: before * chance,
                outcome,
                valences,
            });
        }
    }
    for next in 0..chain.drawing.spots.len() {
        let (chance, valence) = leaving(chain, here, &|x| {
            let ways = chain.moments[x].onward.iter();
            ways.filter(|&&(way, _)| chain.to(way) == next)
                .map(|&(_, p)| p)
                .sum()
        });
        if before * chance >= least {
            path.spots.push(next);
            path.valences.push(valence);
            path.probability = before * chance;
            extend(chain, path, least, found);
            path.spots.pop();
            path.valences.truncate(felt);
            path.probability = before;
        }
    }
}

/// Every path at least this likely, the most likely first.
fn all(chain: &Chain<'_>, least: f64) -> Vec<Path> {
    let mut found = Vec::new();
    for (i, &start) in chain.starts.iter().enumerate() {
        if start >= least {
            let mut path = Path {
                spots: vec![i],
                probability: start,
                outcome: 0,
                valences: Vec::new(),
            };
            extend(chain, &mut path, least, &mut found);
        }
    }
    found.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    found
}

fn compare(flow: &Flow, drawing: &Drawing, most: usize) -> usize {
    let chain = Chain::new(drawing);
    let options = TrajectoryOptions::new().path_limit(most);
    let trajectory = flow.trajectory_with(&options);
    let listed = &trajectory.paths;
    let Some(last) = listed.last() else {
        panic!("no path: {drawing:?}");
    };
    // A little below the last one, so that rounding loses no tie of it.
    let least = last.probability * (1.0 - 1e-9);
    let expected = all(&chain, least);
    assert!(listed.len() <= most && listed.len() <= expected.len());
    // Listed are the most likely ones, in the order of their probabilities.
    for (got, wanted) in listed.iter().zip(&expected) {
        let error = (got.probability / wanted.probability - 1.0).abs();
        assert!(
            error <= EXACT,
            "{got:?} is not the next path of {drawing:?}"
        );
    }
    // Each of them once, with its own probability and feelings.
    let mut sum = 0.0;
    for (rank, got) in listed.iter().enumerate() {
        let same = |path: &&Path| {
            let ids = path.spots.iter().map(|&i| &drawing.spots[i].id);
            ids.eq(&got.touchpoints) && chain.outcomes[path.outcome] == got.outcome.as_str()
        };
        let wanted = expected.iter().find(same).unwrap();
        let error = (got.probability / wanted.probability - 1.0).abs();
        assert!(error <= EXACT, "{got:?}");
        assert_eq!(got.valences.len(), wanted.valences.len());
        for (a, b) in got.valences.iter().zip(&wanted.valences) {
            match (a, b) {
                (Some(a), Some(b)) => assert!((a - b).abs() < EXACT, "{got:?}"),
                _ => assert_eq!(a, b, "{got:?} {drawing:?}"),
            }
        }
        let again = |other: &customer_journey::analysis::LikelyPath| {
            (&other.touchpoints, &other.outcome) == (&got.touchpoints, &got.outcome)
        };
        assert!(!listed[..rank].iter().any(again), "{got:?} twice");
        sum += got.probability;
    }
    assert!((trajectory.paths_coverage - sum).abs() < EXACT);
    assert!(
        listed.len() == most || (sum - 1.0).abs() < EXACT,
        "only {} paths of {drawing:?}",
        listed.len()
    );
    listed
        .iter()
        .map(|path| path.touchpoints.len())
        .max()
        .unwrap()
}

#[test]
fn the_listed_paths_are_the_most_likely_of_all() {
    let mut rng = Rng::new(6);
    let (mut judged, mut longest) = (0, 0);
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
        let most = [1, 10, 25][round % 3];
        longest = longest.max(compare(&flow, &drawing, most));
        // The report has ten.
        let report = figures::figures(&flow.report());
        assert!(!report.is_empty() && flow.report().trajectory.paths.len() <= 10);
        judged += 1;
    }
    assert!(judged > 80 && longest > 8, "{judged} {longest}");
}

#[test]
fn of_a_loop_each_number_of_rounds_is_a_path() {
    // call -> call with 1/2, ends with 1/2: n calls with 1/2^n.
    let mut drawing = Drawing::default();
    let mut call = crate::generate::Spot::new("call");
    call.starts = Some(1.0);
    call.ends.push(("loyalty".into(), 3.0, None));
    drawing.spots.push(call);
    drawing.ways.push(crate::generate::Way {
        from: 0,
        to: 0,
        weight: 3.0,
        when: None,
        wait_s: None,
    });
    let flow = drawing.journey().flow().unwrap();
    let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(12));
    assert_eq!(trajectory.paths.len(), 12);
    for (path, n) in trajectory.paths.iter().zip(1..) {
        assert_eq!(path.touchpoints, vec!["call"; n]);
        assert!((path.probability * f64::powi(2.0, i32::try_from(n).unwrap()) - 1.0).abs() < EXACT);
    }
    assert!((trajectory.paths_coverage - (1.0 - 1.0 / 4096.0)).abs() < EXACT);
    // None wanted, none given.
    let none = flow.trajectory_with(&TrajectoryOptions::new().path_limit(0));
    assert!(none.paths.is_empty());
    assert_eq!(none.paths_coverage, 0.0);
}
