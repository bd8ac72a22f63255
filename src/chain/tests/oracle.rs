//! Two ways to `N` that share nothing with the module, and the questions about hits answered from them.

use super::Chain;

/// `N` by Gauss and Jordan with pivoting: for chains that are not nearly singular.
pub(super) fn inverse(chain: &Chain) -> Vec<Vec<f64>> {
    let n = chain.states();
    let mut a = vec![vec![0.0; 2 * n]; n];
    for (i, row) in chain.rows.iter().enumerate() {
        a[i][i] = 1.0;
        a[i][n + i] = 1.0;
        for &(to, p) in row {
            a[i][to] -= p;
        }
    }
    for k in 0..n {
        let best = (k..n)
            .max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))
            .unwrap_or(k);
        a.swap(k, best);
        let pivot = a[k].clone();
        for (i, row) in a.iter_mut().enumerate() {
            let factor = if i == k {
                1.0 - 1.0 / pivot[k]
            } else {
                row[k] / pivot[k]
            };
            for (entry, &above) in row.iter_mut().zip(&pivot) {
                *entry -= factor * above;
            }
        }
    }
    a.into_iter().map(|row| row[n..].to_vec()).collect()
}

/// `N` by the matrix-tree theorem, for a handful of states and any conditioning: `det(I - P)` is the weight of all ways
/// to give each state one exit or one transition to another state without closing a circle, and `N_ij det(I - P)` that of
/// the ways in which `j` has none and `i` leads to `j`. Nothing is subtracted.
pub(super) fn forests(chain: &Chain) -> Vec<Vec<f64>> {
    let n = chain.states();
    let choices: Vec<Vec<(Option<usize>, f64)>> = (0..n)
        .map(|i| {
            let ways = chain.rows[i]
                .iter()
                .filter(|&&(to, _)| to != i)
                .map(|&(to, p)| (Some(to), p));
            ways.chain([(None, chain.exit[i])]).collect()
        })
        .collect();
    let mut determinant = 0.0;
    let mut sums = vec![vec![0.0; n]; n];
    for root in 0..=n {
        let mut pick = vec![0; n];
        loop {
            let next = |i: usize| {
                if i == root {
                    None
                } else {
                    choices[i][pick[i]].0
                }
            };
            let ends: Vec<Option<usize>> = (0..n).map(|i| end(i, n, next)).collect();
            if ends.iter().all(Option::is_some) {
                let weight: f64 = (0..n)
                    .filter(|&i| i != root)
                    .map(|i| choices[i][pick[i]].1)
                    .product();
                if root == n {
                    determinant += weight;
                } else {
                    for (row, _) in sums
                        .iter_mut()
                        .zip(&ends)
                        .filter(|(_, end)| **end == Some(root))
                    {
                        row[root] += weight;
                    }
                }
            }
            let Some(turn) = (0..n).find(|&i| i != root && pick[i] + 1 < choices[i].len()) else {
                break;
            };
            pick[turn] += 1;
            pick[..turn].fill(0);
        }
    }
    for entry in sums.iter_mut().flatten() {
        *entry /= determinant;
    }
    sums
}

/// Where the way from `i` ends, or `None` if it runs in a circle.
fn end(mut i: usize, n: usize, next: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    for _ in 0..=n {
        match next(i) {
            Some(to) => i = to,
            None => return Some(i),
        }
    }
    None
}

/// The chain that ends at the targets.
pub(super) fn closed(chain: &Chain, targets: &[usize]) -> Chain {
    let mut closed = chain.clone();
    for &target in targets {
        closed.rows[target].clear();
        closed.exit[target] = 1.0;
    }
    closed
}
