//! Random chains of all kinds against dense oracles.

use super::{Chain, KINDS, Kind, Lcg, assert_all_close, assert_close, oracle, random_chain, small};
use crate::chain::dense;

/// Equal up to what Gauss and Jordan themselves lose on these chains; they do not know an exact zero either.
#[track_caller]
fn assert_near(found: f64, expected: f64) {
    if found != 0.0 || expected.abs() > 1e-14 {
        assert_close(found, expected, 1e-10);
    }
}

const SIZES: [usize; 6] = [1, 2, 7, 13, 40, 90];

fn for_all_chains(check: impl Fn(&Chain, &[Vec<f64>])) {
    for kind in KINDS {
        for n in SIZES {
            for seed in 0..2 {
                let chain = random_chain(kind, n, seed);
                check(&chain, &oracle::inverse(&chain));
            }
        }
    }
}

#[test]
fn values_of_any_number_of_right_hand_sides() {
    for_all_chains(|chain, inverse| {
        let (n, width) = (chain.states(), 7);
        let mut lcg = Lcg(3);
        let rhs: Vec<f64> = (0..n * width).map(|_| lcg.unit()).collect();
        let mut found = rhs.clone();
        assert_close(chain.factor().solve(&mut found, width), 0.0, 0.0);
        for i in 0..n {
            for lane in 0..width {
                let expected: f64 = (0..n).map(|j| inverse[i][j] * rhs[j * width + lane]).sum();
                assert_near(found[i * width + lane], expected);
            }
        }
    });
}

#[test]
fn visits_of_any_start() {
    for_all_chains(|chain, inverse| {
        let n = chain.states();
        let start: Vec<f64> = (0..n)
            .map(|i| if i % 3 == 0 { 1.0 / n as f64 } else { 0.0 })
            .collect();
        let mut found = start.clone();
        chain.factor().solve_transposed(&mut found);
        for j in 0..n {
            let expected: f64 = (0..n).map(|i| start[i] * inverse[i][j]).sum();
            assert_near(found[j], expected);
        }
    });
}

#[test]
fn the_selected_inverse_against_the_whole() {
    for_all_chains(|chain, inverse| {
        let factor = chain.factor();
        let returns = factor.returns();
        for (k, row) in inverse.iter().enumerate() {
            let diagonal = returns.diagonal(k).unwrap_or(f64::NAN);
            assert_near(diagonal, row[k]);
            assert_close(factor.return_visits(k).values[0], diagonal, 1e-13);
            for &(j, _) in &chain.rows[k] {
                let found = returns.entry(&factor, j, k).unwrap_or(f64::NAN);
                assert!(
                    (found - inverse[j][k]).abs() <= 1e-10 * diagonal,
                    "{found:e}, not {:e}",
                    inverse[j][k]
                );
            }
        }
    });
}

#[test]
fn hits_against_closed_chains() {
    for_all_chains(|chain, inverse| {
        let n = chain.states();
        let factor = chain.factor();
        let everybody: Vec<u32> = (0..n).map(small).collect();
        for size in [1, 2, 5] {
            let mut targets = Lcg(size as u64).shuffled(n);
            targets.truncate(size);
            let closed = oracle::inverse(&oracle::closed(chain, &targets));
            let names: Vec<u32> = targets.iter().map(|&target| small(target)).collect();
            let found = factor.hitting(&names, &everybody);
            for (row, &found) in closed.iter().zip(&found.values) {
                assert_near(found, targets.iter().map(|&target| row[target]).sum());
            }
            let start: Vec<f64> = (0..n).map(|i| f64::from(small(i % 2)) / n as f64).collect();
            let sum = |matrix: &[Vec<f64>], j: usize| {
                (0..n).map(|i| start[i] * matrix[i][j]).sum::<f64>()
            };
            let visits: Vec<f64> = (0..n).map(|j| sum(inverse, j)).collect();
            let found = factor.first_hits(&start, &visits, &names);
            for (&target, &found) in targets.iter().zip(&found.values) {
                assert_near(found, sum(&closed, target));
            }
        }
    });
}

#[test]
fn visits_among_some_states_against_the_whole() {
    for_all_chains(|chain, inverse| {
        let n = chain.states();
        for size in [1, 3, 4, 9] {
            let mut states = Lcg(size as u64).shuffled(n);
            states.truncate(size);
            let names: Vec<u32> = states.iter().map(|&state| small(state)).collect();
            let found = chain.factor().visits_among(&names).unwrap_or_default();
            assert_eq!(found.len(), states.len() * states.len());
            for (row, &i) in found.chunks_exact(states.len()).zip(&states) {
                for (&found, &j) in row.iter().zip(&states) {
                    assert_near(found, inverse[i][j]);
                }
            }
        }
        let everybody: Vec<u32> = (0..n).map(small).collect();
        let summary = chain.iterated().summary();
        let iterated = chain.iterated().visits_among(&everybody);
        assert_eq!(iterated.is_none(), !summary.iterated.is_empty());
    });
    assert_eq!(
        random_chain(Kind::Full, 5, 1).factor().visits_among(&[]),
        Some(Vec::new())
    );
}

#[test]
fn hits_of_nobody_and_by_nobody() {
    let factor = random_chain(Kind::Closed, 30, 1).factor();
    assert_all_close(&factor.hitting(&[], &[0, 1]).values, &[0.0, 0.0], 0.0);
    assert!(factor.hitting(&[3], &[]).values.is_empty());
    assert!(factor.first_hits(&[], &[], &[]).values.is_empty());
}

#[test]
fn a_target_named_twice_counts_once() {
    let chain = random_chain(Kind::Forward, 50, 2);
    let factor = chain.factor();
    assert_eq!(
        factor.hitting(&[9, 9, 20], &[0, 1]),
        factor.hitting(&[20, 9], &[0, 1])
    );
}

#[test]
fn another_chain_in_the_same_place() {
    for kind in KINDS {
        let (one, mut two) = (random_chain(kind, 90, 5), random_chain(kind, 90, 5));
        let mut lcg = Lcg(9);
        for (row, exit) in two.rows.iter_mut().zip(&mut two.exit) {
            for (_, p) in row {
                *p *= lcg.unit();
            }
            *exit = 0.5;
        }
        let mut factor = one.factor();
        factor.refill(&two.probabilities(), &two.exit);
        let (mut found, mut expected) = (vec![1.0; 90], vec![1.0; 90]);
        factor.solve(&mut found, 1);
        two.factor().solve(&mut expected, 1);
        assert_eq!(found, expected);
        // The exits are what is stated, whether or not they complete the transitions.
        assert_near(found[0], oracle_with_outflows(&two));
    }
}

/// The first of the values of ones, where the pivots are sums of outflows and not one minus the loop.
fn oracle_with_outflows(chain: &Chain) -> f64 {
    let mut scaled = chain.clone();
    let mut worth = Vec::new();
    for (i, row) in scaled.rows.iter_mut().enumerate() {
        row.retain(|&(to, _)| to != i);
        let outflow = chain.exit[i] + row.iter().map(|&(_, p)| p).sum::<f64>();
        for (_, p) in row {
            *p /= outflow;
        }
        worth.push(1.0 / outflow);
    }
    let inverse = oracle::inverse(&scaled);
    inverse[0]
        .iter()
        .zip(&worth)
        .map(|(entry, worth)| entry * worth)
        .sum()
}

#[test]
fn full_matrices_of_several_panels() {
    for t in [1, 5, 48, 49, 130, 200] {
        let chain = random_chain(Kind::Full, t, 4);
        let mut a: Vec<f64> = chain.rows.iter().flatten().map(|&(_, p)| p).collect();
        let (mut leaks, mut pivots, mut z) = (chain.exit.clone(), vec![0.0; t], vec![0.0; t * t]);
        dense::eliminate(&mut a, &mut leaks, &mut pivots);
        dense::invert(&a, &pivots, &mut z);
        let expected: Vec<f64> = oracle::inverse(&chain).concat();
        for (&z, &expected) in z.iter().zip(&expected) {
            assert_near(z, expected);
        }
    }
}

#[test]
fn the_names_of_states_do_not_matter() {
    for kind in KINDS {
        let chain = random_chain(kind, 120, 6);
        let names = Lcg(8).shuffled(120);
        let (mut found, mut expected) = (vec![0.0; 120], vec![0.0; 120]);
        found[names[5]] = 1.0;
        expected[5] = 1.0;
        let renamed = chain.renamed(&names).factor();
        renamed.solve_transposed(&mut found);
        chain.factor().solve_transposed(&mut expected);
        for i in 0..120 {
            assert_close(found[names[i]], expected[i], 1e-13);
        }
    }
}
