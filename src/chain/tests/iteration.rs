//! Components left to iteration, against the same chains eliminated.

use super::{Chain, KINDS, Kind, Lcg, assert_close, random_chain, small};

#[test]
fn iteration_agrees_with_elimination_within_its_bound() {
    for kind in KINDS {
        for (n, seed) in [(13, 1), (60, 2), (120, 3)] {
            let chain = random_chain(kind, n, seed);
            let (direct, swept) = (chain.factor(), chain.iterated());
            assert!(direct.summary().iterated.is_empty());
            let mut rhs: Vec<f64> = (0..2 * n)
                .map(|i| if i % 7 == 0 { 1.0 } else { 0.0 })
                .collect();
            let mut expected = rhs.clone();
            direct.solve(&mut expected, 2);
            let bound = swept.solve(&mut rhs, 2);
            // The roundings of a row count, and here rows may be full.
            let promised = if kind == Kind::Full { 1e-9 } else { 1e-12 };
            assert!(bound <= promised, "{kind:?} {n}: {bound:e}");
            check(&rhs, &expected, bound);
            let mut visits: Vec<f64> = (0..n).map(|i| if i == 0 { 1.0 } else { 0.0 }).collect();
            let mut expected = visits.clone();
            direct.solve_transposed(&mut expected);
            let bound = swept.solve_transposed(&mut visits);
            assert!(bound <= promised, "{kind:?} {n}: {bound:e}");
            check(&visits, &expected, bound);
        }
    }
}

fn check(found: &[f64], expected: &[f64], bound: f64) {
    for (&found, &expected) in found.iter().zip(expected) {
        assert_close(found, expected, bound + 1e-14);
    }
}

#[test]
fn hits_and_returns_where_nothing_is_eliminated() {
    let chain = random_chain(Kind::Closed, 200, 4);
    let (direct, swept) = (chain.factor(), chain.iterated());
    assert!(!swept.summary().iterated.is_empty());
    let everybody: Vec<u32> = (0..200).map(small).collect();
    let (expected, found) = (
        direct.hitting(&[50, 120], &everybody),
        swept.hitting(&[50, 120], &everybody),
    );
    assert!(found.bound <= 1e-11);
    check(&found.values, &expected.values, found.bound);
    let mut start = vec![0.0; 200];
    start[0] = 1.0;
    let mut visits = start.clone();
    direct.solve_transposed(&mut visits);
    let expected = direct.first_hits(&start, &visits, &[120, 50, 51]);
    let found = swept.first_hits(&start, &visits, &[120, 50, 51]);
    check(&found.values, &expected.values, found.bound);
    let (all, none) = (direct.returns(), swept.returns());
    let mut unknown = 0;
    for k in 0..200 {
        let expected = all.diagonal(k).unwrap_or(f64::NAN);
        if let Some(found) = none.diagonal(k) {
            assert_close(found, expected, 1e-14);
        } else {
            unknown += 1;
            assert_eq!(none.entry(&swept, k, k), None);
            let found = swept.return_visits(k);
            assert_close(found.values[0], expected, found.bound + 1e-14);
        }
    }
    assert!(unknown > 100);
}

#[test]
fn the_bound_is_honest_where_sweeps_crawl() {
    // A circle of a hundred states that is left once in 256 rounds: slow, but still proven. With leak q in state 0,
    // it is 100 / q steps from state 1 and 99 fewer from state 0.
    let (n, q) = (100, 1.0 / 256.0);
    let mut exit = vec![0.0; n];
    exit[0] = q;
    let steps: Vec<_> = (0..n)
        .map(|i| (i, (i + 1) % n, if i == 0 { 1.0 - q } else { 1.0 }))
        .collect();
    let swept = Chain::new(&exit, &steps).iterated();
    let mut ones = vec![1.0; n];
    let bound = swept.solve(&mut ones, 1);
    assert!(bound < 1e-8, "{bound:e}");
    assert_close(ones[0], 25_600.0 - 99.0, bound + 1e-14);
    assert_close(ones[1], 25_600.0, bound + 1e-14);
}

#[test]
fn without_a_proof_the_bound_is_infinite() {
    // Nothing ever leaves: no solution, no proof, and an end to it all the same.
    let n = 30;
    let steps: Vec<_> = (0..n).map(|i| (i, (i + 1) % n, 1.0)).collect();
    let swept = Chain::new(&vec![0.0; n], &steps).iterated();
    let mut ones = vec![1.0; n];
    assert!(swept.solve(&mut ones, 1).is_infinite());
}

#[test]
fn values_at_the_end_of_the_range_of_numbers_do_not_spoil_the_others() {
    // Forty states in a row that are passed with one chance in 1e10 each, and a way back from each: down to 1e-400.
    let n = 40;
    let mut steps = Vec::new();
    for i in 0..n {
        steps.push((i, (i + 1) % n, 1e-10));
        if i > 0 {
            steps.push((i, 0, 0.5));
        }
    }
    let swept = Chain::new(&vec![0.5; n], &steps).iterated();
    let mut visits = vec![0.0; n];
    visits[0] = 1.0;
    let bound = swept.solve_transposed(&mut visits);
    assert!(bound < 1e-12, "{bound:e}");
    // A state is left with certainty, up to 1e-10 that are stated nowhere.
    assert_close(visits[1] / visits[0], 1e-10, 1e-9);
}

/// A ring with two random ways more from every state, and a single exit of the same weight.
fn slow_leak(n: usize, seed: u64) -> Chain {
    let mut lcg = Lcg(seed);
    let mut exit = vec![0.0; n];
    let mut steps = Vec::new();
    for i in 0..n {
        let share = if i + 1 == n { 0.25 } else { 1.0 / 3.0 };
        steps.push((i, (i + 1) % n, share));
        steps.push((i, lcg.below(n), share));
        steps.push((i, lcg.below(n), share));
    }
    exit[n - 1] = 0.25;
    Chain::new(&exit, &steps)
}

#[test]
fn what_hardly_leaks_is_solved_as_well() {
    let n = 2_000;
    let chain = slow_leak(n, 5);
    let (direct, swept) = (chain.factor(), chain.iterated());
    assert!(direct.summary().iterated.is_empty());
    assert!(!swept.summary().iterated.is_empty());
    // Steps; the outcome; something here and there; something once.
    let mut values: Vec<f64> = (0..n)
        .flat_map(|i| {
            let here = f64::from(small(i % 7));
            let once = if i == 1_003 { 1.0 } else { 0.0 };
            [1.0, chain.exit[i], here, once]
        })
        .collect();
    let mut expected = values.clone();
    direct.solve(&mut expected, 4);
    let bound = swept.solve(&mut values, 4);
    assert!(bound <= 1e-12, "{bound:e}");
    // Elimination has its own roundings.
    check(&values, &expected, bound + 1e-12);
    for outcome in values.chunks(4).map(|lanes| lanes[1]) {
        assert_close(outcome, 1.0, bound + 1e-14);
    }
    let mut visits = vec![0.0; n];
    visits[0] = 1.0;
    let mut expected = visits.clone();
    direct.solve_transposed(&mut expected);
    let bound = swept.solve_transposed(&mut visits);
    assert!(bound <= 1e-12, "{bound:e}");
    check(&visits, &expected, bound + 1e-12);
    assert_close(visits[n - 1] * 0.25, 1.0, bound + 1e-14);
}

#[test]
fn a_large_ring_with_random_ways_has_one_outcome() {
    let n = 10_000;
    let chain = slow_leak(n, 7);
    let swept = chain.iterated();
    let mut outcome = chain.exit.clone();
    let bound = swept.solve(&mut outcome, 1);
    assert!(bound <= 1e-12, "{bound:e}");
    for outcome in outcome {
        assert_close(outcome, 1.0, bound + 1e-14);
    }
}

#[test]
fn several_slow_modes_are_no_hindrance() {
    // Four such components, each hardly leading to the next and back, and an exit from the last.
    let (n, parts) = (300, 4);
    let mut lcg = Lcg(3);
    let mut exit = vec![0.0; n * parts];
    let mut steps = Vec::new();
    for (i, exit) in exit.iter_mut().enumerate() {
        let first = i / n * n;
        let share = if i % n == 0 { 0.33 } else { 1.0 / 3.0 };
        steps.push((i, first + (i + 1 - first) % n, share));
        for _ in 0..2 {
            steps.push((i, first + lcg.below(n), share));
        }
        if i % n == 0 {
            if first > 0 {
                steps.push((i, first - n, 0.002));
            }
            if i + n < n * parts {
                steps.push((i, first + n, 0.008));
            } else {
                *exit = 0.008;
            }
        }
    }
    let chain = Chain::new(&exit, &steps);
    let (direct, swept) = (chain.factor(), chain.iterated());
    let mut values = vec![1.0; n * parts];
    let mut expected = values.clone();
    direct.solve(&mut expected, 1);
    let bound = swept.solve(&mut values, 1);
    assert!(bound <= 1e-11, "{bound:e}");
    check(&values, &expected, bound + 1e-11);
    assert!(values[0] > 1e5);
}
