//! The smallest, the longest and the impossible.

use super::{Chain, Kind, Lcg, assert_all_close, assert_close, random_chain, small};
use crate::chain::Structure;

#[test]
fn no_states() {
    let factor = Chain::default().factor();
    assert_close(factor.solve(&mut [], 3), 0.0, 0.0);
    assert_close(factor.solve_transposed(&mut []), 0.0, 0.0);
    factor.returns();
    assert!(factor.hitting(&[], &[]).values.is_empty());
    assert_eq!(factor.summary().components, 0);
    assert_eq!(Structure::new(&[0], &[]).states(), 0);
}

#[test]
fn one_state() {
    let factor = Chain::new(&[0.25], &[(0, 0, 0.75)]).factor();
    let mut x = [1.0];
    factor.solve(&mut x, 1);
    assert_all_close(&x, &[4.0], 0.0);
    assert_eq!(factor.returns().diagonal(0), Some(4.0));
    assert_all_close(&factor.hitting(&[0], &[0]).values, &[1.0], 0.0);
    assert_all_close(&factor.first_hits(&[1.0], &[4.0], &[0]).values, &[1.0], 0.0);
}

#[test]
fn no_right_hand_side() {
    assert_close(
        random_chain(Kind::Forward, 20, 1)
            .factor()
            .solve(&mut [], 0),
        0.0,
        0.0,
    );
}

#[test]
fn states_without_transitions() {
    let factor = Chain::new(&[1.0; 5], &[]).factor();
    let mut x = [1.0, 2.0, 3.0, 4.0, 5.0];
    factor.solve_transposed(&mut x);
    assert_all_close(&x, &[1.0, 2.0, 3.0, 4.0, 5.0], 0.0);
    assert_eq!(factor.summary().components, 5);
}

#[test]
fn self_loops_only() {
    let factor = Chain::new(
        &[0.5, 0.25, 1e-18],
        &[(0, 0, 0.5), (1, 1, 0.75), (2, 2, 1.0)],
    )
    .factor();
    let mut x = [1.0; 3];
    factor.solve(&mut x, 1);
    assert_all_close(&x, &[2.0, 4.0, 1e18], 1e-15);
}

#[test]
fn transitions_named_twice_add_up() {
    let n = 30;
    let mut twice = random_chain(Kind::Closed, n, 3);
    let once = twice.clone();
    for row in &mut twice.rows {
        let halves: Vec<_> = row.iter().map(|&(to, p)| (to, p / 2.0)).collect();
        *row = [halves.clone(), halves].concat();
    }
    let (mut found, mut expected) = (vec![1.0; n], vec![1.0; n]);
    twice.factor().solve(&mut found, 1);
    once.factor().solve(&mut expected, 1);
    assert_all_close(&found, &expected, 1e-14);
}

#[test]
fn a_line_of_two_hundred_thousand_states() {
    let n = 200_000;
    let names = Lcg(1).shuffled(n);
    let steps: Vec<_> = (0..n - 1).map(|i| (i, i + 1, 0.999)).collect();
    let factor = Chain::new(&vec![0.001; n], &steps).renamed(&names).factor();
    let mut ones = vec![1.0; n];
    factor.solve(&mut ones, 1);
    assert_close(
        ones[names[0]],
        1000.0 * (1.0 - 0.999_f64.powi(200_000)),
        1e-12,
    );
    let ends = [small(names[600_000 / 6]), small(names[n - 1])];
    let found = factor.hitting(&ends, &[small(names[0])]).values[0];
    assert_close(found, 0.999_f64.powi(100_000), 1e-10);
}

#[test]
fn a_long_line_there_and_back() {
    // One component of 200,000 states, found without recursion and eliminated without fill.
    let n = 200_000;
    let mut steps: Vec<_> = (0..n - 1).map(|i| (i, i + 1, 0.5)).collect();
    steps.extend((1..n).map(|i| (i, i - 1, 0.25)));
    let factor = Chain::new(&vec![0.25; n], &steps).factor();
    let summary = factor.summary();
    assert_eq!((summary.components, summary.largest), (1, n));
    assert!(summary.entries < 4 * n, "{summary:?}");
    // Far from both ends, x = 1 + x / 2 + x / 4.
    let mut ones = vec![1.0; n];
    factor.solve(&mut ones, 1);
    assert_close(ones[n / 2], 4.0, 1e-14);
}

#[test]
fn a_hub_that_everything_passes_through() {
    // The hub leads to each of m spokes, and each spoke back: ordering this must not take m steps for each spoke.
    let m = 50_000;
    let mut exit = vec![0.5; m + 1];
    exit[m] = 0.25;
    let mut steps: Vec<_> = (0..m).map(|i| (i, m, 0.5)).collect();
    steps.extend((0..m).map(|i| (m, i, 0.75 / m as f64)));
    let factor = Chain::new(&exit, &steps).factor();
    assert!(factor.summary().entries < 4 * m);
    // Back at the hub after two steps with probability 3/8, so 8/5 visits there and 3/4 of them to all spokes together.
    let mut visits = vec![0.0; m + 1];
    visits[m] = 1.0;
    factor.solve_transposed(&mut visits);
    assert_close(visits[m], 1.6, 1e-11);
    assert_close(visits[7], 1.2 / m as f64, 1e-11);
}

#[test]
fn results_too_small_for_a_number_are_zero_and_not_wrong() {
    let n = 3000;
    let steps: Vec<_> = (0..n - 1).map(|i| (i, i + 1, 0.5)).collect();
    let factor = Chain::new(&vec![0.5; n], &steps).factor();
    let mut start = vec![0.0; n];
    start[0] = 1.0;
    factor.solve_transposed(&mut start);
    assert_close(start[1000], 0.5_f64.powi(1000), 0.0);
    assert_close(start[2999], 0.0, 0.0);
}

#[test]
fn chains_that_cannot_end_still_come_to_an_end() {
    for n in [1, 5, 20, 100] {
        let steps: Vec<_> = (0..n)
            .flat_map(|i| [(i, (i + 1) % n, 0.5), (i, (i * 7 + 3) % n, 0.5)])
            .collect();
        let chain = Chain::new(&vec![0.0; n], &steps);
        for factor in [chain.factor(), chain.iterated()] {
            factor.solve(&mut vec![1.0; n], 1);
            factor.solve_transposed(&mut vec![1.0; n]);
            factor.returns();
            factor.hitting(&[0], &[small(n - 1)]);
            factor.return_visits(0);
        }
    }
}

#[test]
fn components_are_numbered_along_the_transitions() {
    for seed in 0..20 {
        let chain = random_chain(Kind::Forward, 100, seed).renamed(&Lcg(seed).shuffled(100));
        let factor = chain.factor();
        let structure = factor.structure();
        for (i, row) in chain.rows.iter().enumerate() {
            for &(to, _) in row {
                assert!(structure.component_of(i) <= structure.component_of(to));
            }
        }
        let last = (0..100).map(|i| structure.component_of(i)).max();
        assert_eq!(last, Some(structure.blocks.len() - 1));
    }
}

#[test]
fn more_has_to_be_done_where_targets_are_further_apart_or_lie_in_larger_components() {
    for structure in [
        random_chain(Kind::Forward, 2000, 1).factor(),
        random_chain(Kind::Forward, 2000, 1).iterated(),
    ]
    .map(|factor| factor.structure().clone())
    {
        let mut states: Vec<u32> = (0..2000).collect();
        states.sort_by_key(|&state| structure.component_of(state as usize));
        assert_close(structure.closing_work(&[]), 0.0, 0.0);
        let alone = |state: u32| {
            let own = structure.component_of(state as usize);
            let others = (0..2000).filter(|&other| structure.component_of(other) == own);
            others.count() == 1
        };
        let ends = states.iter().enumerate().skip(1).step_by(17);
        let mut before = 0.0;
        for (place, &end) in ends.filter(|&(_, &end)| alone(end)) {
            let work = structure.closing_work(&[states[0], end]);
            assert!(work > before, "{place}: {work} after {before}");
            assert!(work >= place as f64);
            let again = structure.closing_work(&[end, states[0], states[0]]);
            assert_close(again, work, 0.0);
            assert!(structure.closing_work(&states[..=place]) >= work);
            before = work;
        }
        assert!(before > 2000.0);
    }
    for kind in [Kind::Closed, Kind::Full] {
        let work = |n| {
            random_chain(kind, n, 2)
                .factor()
                .structure()
                .closing_work(&[0])
        };
        assert!(work(20) < work(40) && work(40) < work(200));
    }
    let chain = random_chain(Kind::Full, 60, 2);
    let (direct, swept) = (chain.factor(), chain.iterated());
    assert!(direct.structure().closing_work(&[0]) >= 60.0_f64.powi(3) / 3.0);
    assert!(swept.structure().closing_work(&[0]) >= 100.0 * 60.0 * 60.0);
}
