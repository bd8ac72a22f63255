//! Loops that are hardly ever left, against closed forms.

use super::{Chain, Lcg, assert_close, oracle};
use crate::chain::Factor;

const TIGHT: f64 = 4e-15;

fn visits(factor: &Factor, start: usize) -> Vec<f64> {
    let mut s = vec![0.0; factor.structure().states()];
    s[start] = 1.0;
    factor.solve_transposed(&mut s);
    s
}

#[test]
fn two_states_that_retry_each_other() {
    // Left from A with probability e, from B with probability f: 1 - (1 - e)(1 - f) = e + (1 - e) f.
    for (e, f) in [
        (0.0, 1e-15),
        (1e-15, 3e-15),
        (1e-18, 0.25),
        (1e-18, 1e-12),
        (0.5, 0.5),
        (0.0, 5e-300),
    ] {
        let chain = Chain::new(&[e, f], &[(0, 1, 1.0 - e), (1, 0, 1.0 - f)]);
        let factor = chain.factor();
        let escape = e + (1.0 - e) * f;
        let found = visits(&factor, 0);
        assert_close(found[0], 1.0 / escape, TIGHT);
        assert_close(found[1], (1.0 - e) / escape, TIGHT);
        let mut ends = [e, 0.0, 0.0, f];
        factor.solve(&mut ends, 2);
        assert_close(ends[0], e / escape, TIGHT);
        assert_close(ends[1], (1.0 - e) * f / escape, TIGHT);
        assert_close(ends[0] + ends[1], 1.0, TIGHT);
        let returns = factor.returns();
        assert_close(returns.diagonal(0).unwrap_or(f64::NAN), 1.0 / escape, TIGHT);
        assert_close(
            returns.entry(&factor, 1, 0).unwrap_or(f64::NAN),
            (1.0 - f) / escape,
            TIGHT,
        );
        assert_close(factor.return_visits(1).values[0], 1.0 / escape, TIGHT);
    }
}

#[test]
fn a_self_loop_is_never_read() {
    let chain = Chain::new(&[1e-18, 1.0], &[(0, 0, 1.0), (0, 1, 1e-18)]);
    let found = visits(&chain.factor(), 0);
    assert_close(found[0], 5e17, TIGHT);
    assert_close(found[1], 0.5, TIGHT);
}

#[test]
fn circles_of_every_size_that_leak_in_one_place() {
    // Each round passes each state once and ends with probability e.
    for n in [2, 3, 12, 13, 40, 300, 5000] {
        for e in [1e-3, 1e-15, 1e-18] {
            let mut exit = vec![0.0; n];
            exit[n / 2] = e;
            let p = |i: usize| if i == n / 2 { 1.0 - e } else { 1.0 };
            let steps: Vec<_> = (0..n).map(|i| (i, (i + 1) % n, p(i))).collect();
            let factor = Chain::new(&exit, &steps).factor();
            let returns = factor.returns();
            let found = visits(&factor, 0);
            for (k, &found) in found.iter().enumerate() {
                let expected = if k <= n / 2 { 1.0 / e } else { (1.0 - e) / e };
                assert_close(found, expected, TIGHT);
                assert_close(returns.diagonal(k).unwrap_or(f64::NAN), 1.0 / e, TIGHT);
            }
        }
    }
}

#[test]
fn a_climb_that_falls_back_to_the_ground() {
    // Up with 1/2, else back to state 0: 2^(n + 1) - 2 steps to climb n; state k is visited 2^(n - k) times.
    for n in [5_i32, 14, 60, 1000] {
        let size = n.unsigned_abs() as usize;
        let mut steps = Vec::new();
        for i in 0..size {
            steps.push((i, 0, 0.5));
            if i + 1 < size {
                steps.push((i, i + 1, 0.5));
            }
        }
        let mut exit = vec![0.0; size];
        exit[size - 1] = 0.5;
        let factor = Chain::new(&exit, &steps).factor();
        let mut ones = vec![1.0; size];
        factor.solve(&mut ones, 1);
        assert_close(ones[0], 2.0_f64.powi(n + 1) - 2.0, 1e-13);
        for (k, found) in (0_i32..).zip(visits(&factor, 0)) {
            assert_close(found, 2.0_f64.powi(n - k), 1e-13);
        }
    }
}

#[test]
fn a_fair_walk_between_two_exits() {
    // Positions 1..m, exits at 0 and m: N_ij = 2 min(i, j) (m - max(i, j)) / m, and i (m - i) steps.
    for m in [3_usize, 14, 100, 3001] {
        let n = m - 1;
        let mut steps = Vec::new();
        for i in 0..n {
            if i > 0 {
                steps.push((i, i - 1, 0.5));
            }
            if i + 1 < n {
                steps.push((i, i + 1, 0.5));
            }
        }
        let mut exit = vec![0.0; n];
        exit[0] += 0.5;
        exit[n - 1] += 0.5;
        let chain = Chain::new(&exit, &steps).renamed(&Lcg(7).shuffled(n));
        let names = Lcg(7).shuffled(n);
        let green =
            |i: usize, j: usize| 2.0 * ((i.min(j) + 1) * (m - 1 - i.max(j))) as f64 / m as f64;
        let factor = chain.factor();
        let returns = factor.returns();
        let mut ones = vec![1.0; n];
        factor.solve(&mut ones, 1);
        for i in 0..n {
            assert_close(ones[names[i]], ((i + 1) * (m - 1 - i)) as f64, 1e-12);
            assert_close(
                returns.diagonal(names[i]).unwrap_or(f64::NAN),
                green(i, i),
                1e-12,
            );
            if i + 1 < n {
                assert_close(
                    returns
                        .entry(&factor, names[i + 1], names[i])
                        .unwrap_or(f64::NAN),
                    green(i + 1, i),
                    1e-12,
                );
            }
        }
        let found = visits(&factor, names[0]);
        for j in 0..n {
            assert_close(found[names[j]], green(0, j), 1e-12);
        }
    }
}

#[test]
fn a_few_states_of_any_conditioning_against_spanning_forests() {
    for seed in 0..300 {
        let mut lcg = Lcg(seed);
        let n = 2 + lcg.below(4);
        let mut chain = Chain::default();
        for _ in 0..n {
            let tiny = |lcg: &mut Lcg| {
                10.0_f64.powi(-i32::try_from(lcg.below(19)).unwrap_or(0)) * lcg.unit()
            };
            chain
                .rows
                .push((0..n).map(|to| (to, tiny(&mut lcg))).collect());
            chain.exit.push(1e-6 * tiny(&mut lcg));
        }
        let expected = oracle::forests(&chain);
        let factor = chain.factor();
        let returns = factor.returns();
        for (i, expected) in expected.iter().enumerate() {
            for (j, &found) in visits(&factor, i).iter().enumerate() {
                assert_close(found, expected[j], 1e-14);
                assert_close(
                    returns.entry(&factor, i, j).unwrap_or(f64::NAN),
                    expected[j],
                    1e-14,
                );
            }
        }
    }
}

#[test]
fn near_traps_one_after_another() {
    // Ten circles of twenty states, each left once in 1e15 rounds, to the next one or for good with even chances.
    let (circles, size, leak) = (10, 20, 1e-15);
    let mut steps = Vec::new();
    let mut exit = vec![0.0; circles * size];
    for (i, exit) in exit.iter_mut().enumerate() {
        let first = i / size * size;
        if i % size + 1 < size {
            steps.push((i, i + 1, 1.0));
        } else {
            let onwards = i + 1 < circles * size;
            steps.push((i, first, 1.0 - leak));
            *exit = if onwards { leak / 2.0 } else { leak };
            if onwards {
                steps.push((i, i + 1, leak / 2.0));
            }
        }
    }
    let factor = Chain::new(&exit, &steps).factor();
    let found = visits(&factor, 0);
    for (i, &found) in found.iter().enumerate() {
        assert_close(
            found,
            0.5_f64.powi(i32::try_from(i / size).unwrap_or(0)) / leak,
            1e-14,
        );
    }
    let last = super::small(circles * size - 1);
    assert_close(
        factor.hitting(&[last], &[0]).values[0],
        0.5_f64.powi(9),
        1e-14,
    );
}

#[test]
fn full_matrices_of_every_size_of_any_conditioning() {
    // A walk to and fro that is hardly ever left, and mostly at the far end.
    for n in 2..=41 {
        for leak in [0.25, 1e-9, 1e-18] {
            let chain = {
                let mut steps = Vec::new();
                for i in 1..n {
                    steps.push((i - 1, i, 0.5));
                    steps.push((i, i - 1, 0.25));
                    steps.push((i, 0, 0.25 * leak));
                }
                let mut exit = vec![0.0; n];
                exit[n - 1] = leak;
                exit[0] = 1e-3 * leak;
                Chain::new(&exit, &steps)
            };
            // What arrives leaves: the exits are the only way out, so that their values are one.
            let factor = chain.factor();
            let mut ends = chain.exit.clone();
            factor.solve(&mut ends, 1);
            let returns = factor.returns();
            for (i, &end) in ends.iter().enumerate() {
                assert_close(end, 1.0, 1e-14);
                let visits = visits(&factor, i);
                let left: f64 = visits.iter().zip(&chain.exit).map(|(v, e)| v * e).sum();
                assert_close(left, 1.0, 1e-14);
                assert_close(visits[i], returns.diagonal(i).unwrap_or(f64::NAN), 1e-14);
            }
        }
    }
}

#[test]
fn two_and_three_states_in_closed_form() {
    // N = adj(I - P) / det(I - P), both written as sums of products of rates.
    let rates = [1.0, 0.3, 1e-8, 1e-17, 1e-200];
    let mut lcg = Lcg(11);
    for _ in 0..2000 {
        let mut rate = || rates[lcg.below(rates.len())] * (0.5 + lcg.unit() / 2.0);
        let (ab, ba, a, b) = (rate(), rate(), rate(), rate());
        let factor = Chain::new(&[a, b], &[(0, 1, ab), (1, 0, ba)]).factor();
        let determinant = a * b + a * ba + ab * b;
        let expected = [
            [(b + ba) / determinant, ab / determinant],
            [ba / determinant, (a + ab) / determinant],
        ];
        compare(&factor, &expected);
        let (ac, ca, bc, cb, c) = (rate(), rate(), rate(), rate(), rate());
        let steps = [
            (0, 1, ab),
            (0, 2, ac),
            (1, 0, ba),
            (1, 2, bc),
            (2, 0, ca),
            (2, 1, cb),
        ];
        let factor = Chain::new(&[a, b, c], &steps).factor();
        // What leads away from two states, without circles among them.
        let two = |x: f64, xy: f64, y: f64, yx: f64| x * y + x * yx + xy * y;
        let (bb, cc) = (b + ba, c + ca);
        let without_a = two(bb, bc, cc, cb);
        let without_b = two(a + ab, ac, c + cb, ca);
        let without_c = two(a + ac, ab, b + bc, ba);
        let determinant =
            a * without_a + ab * (b * cc + bc * c + b * cb) + ac * (c * bb + cb * b + c * bc);
        let expected = [
            [
                without_a,
                ab * (cc + cb) + ac * cb,
                ac * (bb + bc) + ab * bc,
            ],
            [
                ba * (cc + cb) + bc * ca,
                without_b,
                bc * (a + ab + ac) + ba * ac,
            ],
            [
                ca * (bb + bc) + cb * ba,
                cb * (a + ab + ac) + ca * ab,
                without_c,
            ],
        ]
        .map(|row| row.map(|entry| entry / determinant));
        compare(&factor, &expected);
    }
}

/// All of `N`, where the numbers do not leave the range of numbers on the way.
fn compare<const N: usize>(factor: &Factor, expected: &[[f64; N]; N]) {
    let returns = factor.returns();
    for (i, row) in expected.iter().enumerate() {
        for (j, (&expected, found)) in row.iter().zip(visits(factor, i)).enumerate() {
            if expected.is_finite() && expected > 1e-280 {
                assert_close(found, expected, TIGHT);
                let entry = returns.entry(factor, i, j).unwrap_or(f64::NAN);
                assert_close(entry, expected, TIGHT);
            }
        }
    }
}
