//! Components left to iteration, against the same chains eliminated.

use super::{Chain, KINDS, Kind, assert_close, random_chain, small};

#[test]
fn iteration_agrees_with_elimination_within_its_bound() {
    for kind in KINDS {
        for (n, seed) in [(13, 1), (60, 2), (120, 3)] {
            let chain = random_chain(kind, n, seed);
            let (direct, swept) = (chain.factor(), chain.iterated());
            assert!(direct.account().iterated.is_empty());
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
    assert!(!swept.account().iterated.is_empty());
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
