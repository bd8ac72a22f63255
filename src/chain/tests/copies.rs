//! Chains of copies, eliminated in the order of the chain that they are copies of, against an order of their own.

use super::{Chain, Factor, Kind, Lcg, assert_all_close, random_chain, small};
use crate::chain::Structure;
use std::sync::Arc;

/// Three copies of a chain, between which journeys change at some of its states; `None` of some copies, which lose those
/// who would come there.
fn copies(chain: &Chain, lcg: &mut Lcg) -> (Chain, Vec<u32>) {
    const COPIES: usize = 3;
    let n = chain.states();
    let there: Vec<bool> = (0..COPIES * n).map(|_| lcg.below(8) > 0).collect();
    let changes: Vec<usize> = (0..n).map(|_| lcg.below(5)).collect();
    let mut number = vec![None; COPIES * n];
    let mut copied = Vec::new();
    for state in (0..COPIES * n).filter(|&state| there[state]) {
        number[state] = Some(copied.len());
        copied.push(small(state % n));
    }
    let mut product = Chain::default();
    for state in (0..COPIES * n).filter(|&state| there[state]) {
        let (copy, from) = (state / n, state % n);
        let copy = match changes[from] {
            0 => (copy + 1) % COPIES,
            1 => 0,
            _ => copy,
        };
        let (mut row, mut exit) = (Vec::new(), chain.exit[from]);
        for &(to, p) in &chain.rows[from] {
            match number[copy * n + to] {
                Some(to) => row.push((to, p)),
                None => exit += p,
            }
        }
        product.rows.push(row);
        product.exit.push(exit);
    }
    (product, copied)
}

#[test]
fn the_order_of_another_chain_gives_the_same() {
    let mut lcg = Lcg(15);
    for kind in [Kind::Forward, Kind::Closed, Kind::Scattered, Kind::Full] {
        for n in [30, 60, 130, 260] {
            let chain = random_chain(kind, n, 3);
            let order = chain.factor().structure().clone();
            let (product, copied) = copies(&chain, &mut lcg);
            let (mut offsets, mut targets) = (vec![0], Vec::new());
            for row in &product.rows {
                targets.extend(row.iter().map(|&(to, _)| small(to)));
                offsets.push(targets.len());
            }
            let given =
                Structure::of_copies(&offsets, &targets, &order, |state| copied[state as usize]);
            assert!(!given.is_iterated());
            let large = kind != Kind::Forward && n > 60;
            assert!(!large || given.planning() == 0.0, "{kind:?} {n}");
            let given = Factor::new(Arc::new(given), &product.probabilities(), &product.exit);
            let own = product.factor();
            let start: Vec<f64> = (0..product.states()).map(|_| lcg.unit()).collect();
            let (mut found, mut expected) = (start.clone(), start.clone());
            given.solve_transposed(&mut found);
            own.solve_transposed(&mut expected);
            assert_all_close(&found, &expected, 1e-12);
            let (mut found, mut expected) = (start.clone(), start);
            given.solve(&mut found, 1);
            own.solve(&mut expected, 1);
            assert_all_close(&found, &expected, 1e-12);
        }
    }
}
