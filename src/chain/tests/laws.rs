//! Laws that hold in every chain.

use super::{Chain, assert_close, oracle, small};
use crate::steady::cases;
use proptest::prelude::*;

/// Up to forty states, few or many transitions, and exits down to one in 1e15.
fn chains() -> impl Strategy<Value = Chain> {
    (1_usize..40).prop_flat_map(|n| {
        let row = proptest::collection::btree_map(0..n, 1e-3_f64..1.0, 0..5);
        let exit = prop_oneof![0.01_f64..0.5, 1e-15_f64..1e-9];
        proptest::collection::vec((row, exit), n).prop_map(|rows| {
            let mut chain = Chain::default();
            for (row, exit) in rows {
                let total: f64 = row.values().sum();
                chain.exit.push(if row.is_empty() { 1.0 } else { exit });
                chain.rows.push(
                    row.into_iter()
                        .map(|(to, weight)| (to, weight / total * (1.0 - exit)))
                        .collect(),
                );
            }
            chain
        })
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn visits_and_values_are_adjoint(chain in chains(), pick in any::<[prop::sample::Index; 2]>()) {
        let n = chain.states();
        let factor = chain.factor();
        let (mut s, mut b) = (vec![0.0; n], vec![0.0; n]);
        s[pick[0].index(n)] = 1.0;
        b[pick[1].index(n)] = 1.0;
        factor.solve_transposed(&mut s);
        factor.solve(&mut b, 1);
        assert_close(s[pick[1].index(n)], b[pick[0].index(n)], 1e-13);
    }

    #[test]
    fn every_journey_ends_somewhere(chain in chains()) {
        let mut ends = chain.exit.clone();
        chain.factor().solve(&mut ends, 1);
        for end in ends {
            assert_close(end, 1.0, 1e-13);
        }
    }

    #[test]
    fn iteration_keeps_its_promise(chain in chains()) {
        let (direct, swept) = (chain.factor(), chain.iterated());
        let mut gentle = chain.exit.iter().all(|&exit| exit > 1e-3);
        gentle |= swept.summary().iterated.is_empty();
        if gentle {
            let (mut found, mut expected) = (chain.exit.clone(), chain.exit.clone());
            let bound = swept.solve(&mut found, 1);
            direct.solve(&mut expected, 1);
            prop_assert!(bound < 1e-10);
            for (found, expected) in found.into_iter().zip(expected) {
                assert_close(found, expected, bound + 1e-14);
            }
        }
    }

    #[test]
    fn visits_to_a_state_are_its_reach_times_its_returns(chain in chains(), pick in any::<[prop::sample::Index; 2]>()) {
        let n = chain.states();
        let (start, k) = (pick[0].index(n), pick[1].index(n));
        let factor = chain.factor();
        let mut visits = vec![0.0; n];
        visits[start] = 1.0;
        let begin = visits.clone();
        factor.solve_transposed(&mut visits);
        let reach = factor.hitting(&[small(k)], &[small(start)]).values[0];
        let first = factor.first_hits(&begin, &visits, &[small(k)]).values[0];
        let returns = factor.returns().diagonal(k).unwrap_or(f64::NAN);
        assert_close(reach * returns, visits[k], 1e-12);
        assert_close(first, reach, 1e-12);
    }

    #[test]
    fn first_hits_add_up_to_the_chance_of_a_hit(chain in chains(), picks in any::<[prop::sample::Index; 4]>()) {
        let n = chain.states();
        let mut targets: Vec<u32> = picks.iter().map(|pick| small(pick.index(n))).collect();
        targets.sort_unstable();
        targets.dedup();
        let factor = chain.factor();
        let mut start = vec![0.0; n];
        start[0] = 1.0;
        let mut visits = start.clone();
        factor.solve_transposed(&mut visits);
        let first: f64 = factor.first_hits(&start, &visits, &targets).values.iter().sum();
        assert_close(first, factor.hitting(&targets, &[0]).values[0], 1e-12);
    }

    #[test]
    fn small_chains_equal_their_spanning_forests(chain in chains()) {
        if chain.states() <= 5 {
            let expected = oracle::forests(&chain);
            let returns = chain.factor().returns();
            for (k, row) in expected.iter().enumerate() {
                assert_close(returns.diagonal(k).unwrap_or(f64::NAN), row[k], 1e-13);
            }
        }
    }
}
