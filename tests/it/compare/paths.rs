//! Divergence, bounds and deviations against all paths, one by one.

use std::collections::BTreeMap;

use super::{close, journey_q, plan_abc};
use crate::ask::journey_w;
use crate::generate::{Rng, Taste, drawing};
use customer_journey::Flow;
use customer_journey::compare::Side;
use customer_journey::journey::{Journey, JourneyKind, Touchpoint};

/// Every path of touchpoints with its ending, and its chance, down to where the rest is negligible.
fn paths(flow: &Flow, least: f64, longest: usize) -> BTreeMap<Vec<String>, f64> {
    let journey = flow.journey();
    let mut rows = BTreeMap::<String, Vec<(Option<String>, String, f64)>>::new();
    for touchpoint in journey.touchpoints() {
        let all: f64 = touchpoint.ends.iter().map(|end| end.weight).sum::<f64>()
            + journey
                .transitions()
                .filter(|(from, ..)| from.id == touchpoint.id)
                .map(|(.., way)| way.weight)
                .sum::<f64>();
        let row = rows.entry(touchpoint.id.clone()).or_default();
        for end in &touchpoint.ends {
            row.push((None, end.outcome.as_str().to_owned(), end.weight / all));
        }
        for (_, to, way) in journey
            .transitions()
            .filter(|(from, ..)| from.id == touchpoint.id)
        {
            row.push((Some(to.id.clone()), String::new(), way.weight / all));
        }
    }
    let starts: Vec<(&Touchpoint, f64)> = journey.starts().collect();
    let all: f64 = starts.iter().map(|(_, weight)| weight).sum();
    let mut open: Vec<(Vec<String>, f64)> = starts
        .iter()
        .map(|(touchpoint, weight)| (vec![touchpoint.id.clone()], weight / all))
        .collect();
    let mut done = BTreeMap::new();
    while let Some((path, chance)) = open.pop() {
        if chance < least || path.len() > longest {
            continue;
        }
        for (to, outcome, p) in &rows[path.last().unwrap()] {
            let mut longer = path.clone();
            match to {
                Some(to) => {
                    longer.push(to.clone());
                    open.push((longer, chance * p));
                }
                None => {
                    longer.push(format!("end {outcome}"));
                    *done.entry(longer).or_default() += chance * p;
                }
            }
        }
    }
    done
}

#[test]
fn bits_and_bounds_are_those_of_all_paths() {
    let (w, q) = (journey_w(), journey_q());
    let (of_w, of_q) = (paths(&w, 1e-9, 99), paths(&q, 1e-9, 99));
    let mut bits = 0.0;
    let mut roots = 0.0;
    let mut apart = 0.0;
    for (path, p) in &of_w {
        let q = of_q.get(path).copied().unwrap_or(0.0);
        if q > 0.0 {
            bits += p * (p / q).log2();
            roots += (p * q).sqrt();
        }
        apart += (p - q).abs() / 2.0;
    }
    apart += of_q
        .iter()
        .filter(|(path, _)| !of_w.contains_key(*path))
        .map(|(_, q)| q / 2.0)
        .sum::<f64>();
    let comparison = w.compare(&q);
    let known = comparison.divergence.unwrap();
    close(known.bits, bits, 1e-5);
    close(known.affinity, roots, 1e-4);
    close(apart, 0.2100, 5e-5);
    assert!(known.tv_low <= apart && apart <= known.tv_high);
}

/// Touchpoints added and left out, by the table of all beginnings.
fn deviations(path: &[String], plan: &[&str]) -> usize {
    let mut row: Vec<usize> = (0..=plan.len()).collect();
    for (at, id) in path.iter().enumerate() {
        let mut next = vec![at + 1];
        for (place, planned) in plan.iter().enumerate() {
            next.push(if planned == id {
                row[place]
            } else {
                1 + row[place + 1].min(next[place])
            });
        }
        row = next;
    }
    row[plan.len()]
}

fn distribution(flow: &Flow, plan: &[&str], (least, longest): (f64, usize)) -> Vec<f64> {
    let mut chances = vec![0.0; 9];
    for (path, p) in paths(flow, least, longest) {
        chances[deviations(&path[..path.len() - 1], plan).min(8)] += p;
    }
    chances
}

#[test]
fn deviations_are_those_of_all_paths() {
    let found = super::plan::against(&plan_abc(), &journey_w());
    for (found, expected) in found.deviations.unwrap().iter().zip(distribution(
        &journey_w(),
        &["a", "b", "c"],
        (1e-9, 99),
    )) {
        close(*found, expected, 1e-5);
    }
}

/// Random maps with loops against lines of some of their touchpoints in any order.
#[test]
fn deviations_of_random_maps() {
    let mut rng = Rng::new(16);
    for _ in 0..20 {
        let mut at = |id: &str, end: f64| super::at(id).starts(0.2 + rng.unit()).ends("done", end);
        let ids = ["p", "q", "r", "s"];
        let mut builder = Journey::builder("random");
        for id in ids {
            builder = builder.touchpoint(at(id, 1.0));
        }
        for from in ids {
            for to in ids {
                if rng.chance(0.5) {
                    builder = builder.transition(from, to, 0.1 + 0.5 * rng.unit());
                }
            }
        }
        let real = builder.build().unwrap().flow().unwrap();
        let mut line = ids.to_vec();
        let last = rng.below(4);
        line.swap(0, last);
        line.truncate(2 + rng.below(3));
        let mut plan = Journey::builder("plan").kind(JourneyKind::Planned);
        for (place, id) in line.iter().enumerate() {
            let point = super::at(id).starts(f64::from(u8::from(place == 0)));
            plan = plan.touchpoint(if place + 1 == line.len() {
                point.ends("done", 1.0)
            } else {
                point
            });
        }
        for pair in line.windows(2) {
            plan = plan.transition(pair[0], pair[1], 1.0);
        }
        let plan = plan.build().unwrap().flow().unwrap();
        let figures = super::plan::against(&plan, &real);
        // A journey of more than eight moments has more than four deviations from a plan of four.
        for (found, expected) in figures
            .deviations
            .as_ref()
            .unwrap()
            .iter()
            .zip(distribution(&real, &line, (0.0, 8)).into_iter().take(5))
        {
            close(*found, expected, 1e-12);
        }
        // Those that deviate in nothing follow the plan.
        close(
            figures.deviations.as_ref().unwrap()[0],
            figures.follows,
            1e-12,
        );
        let first: f64 = figures
            .first_deviations
            .iter()
            .map(|one| one.probability)
            .sum();
        close(figures.follows + first, 1.0, 1e-12);
    }
}

/// On random maps of every kind, the bounds enclose, and both ways of asking agree.
#[test]
fn bounds_hold_on_random_maps() {
    let mut rng = Rng::new(61);
    let mut judged = 0;
    for round in 0..60 {
        let taste = Taste {
            spots: 2 + round % 6,
            ways: 1.8,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let Ok(a) = drawing.journey().flow() else {
            continue;
        };
        let b = if round % 3 == 0 {
            a.clone()
        } else {
            let mut other = drawing.clone();
            for way in &mut other.ways {
                way.weight *= 0.5 + rng.unit();
            }
            let Ok(b) = other.journey().flow() else {
                continue;
            };
            b
        };
        let (there, back) = (
            Side::of_flow("A", &a).compare(&Side::of_flow("B", &b)),
            Side::of_flow("B", &b).compare(&Side::of_flow("A", &a)),
        );
        let (there, back) = (there.divergence.unwrap(), back.divergence.unwrap());
        close(there.affinity, back.affinity, 1e-9);
        close(there.affinity + there.tv_low, 1.0, 1e-9);
        assert_eq!(there.bits.is_some(), back.bits_back.is_some());
        if let Some(bits) = there.bits {
            close(back.bits_back, bits, 1e-9);
            // Bretagnolle and Huber, and Pinsker.
            assert!(there.tv_low <= (bits * std::f64::consts::LN_2 / 2.0).sqrt() + 1e-9);
            assert!(bits >= -1e-12);
        }
        judged += 1;
    }
    assert!(judged > 30, "{judged}");
}
