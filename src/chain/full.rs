//! Components of a few states: `N` itself, as one full matrix.
//!
//! For the states `K` that have been taken so far and the others `T`, the matrix holds
//!
//! ```text
//!   N_K        N_K P_KT                   N_K = (I - P_KK)^-1
//!   P_TK N_K   P_TT + P_TK N_K P_KT
//! ```
//!
//! and nothing in it is ever negative. Taking one more state `k` divides its row by the pivot, the sum of what leads from
//! `k` to the rest of `T` or out, and adds multiples of that row to all others: the steps of Gauss and Jordan without their
//! subtractions. In the end `T` is empty and the matrix is `N`. That is three times the work of an elimination alone, but
//! all of it in whole rows, and values, visits and returns are then there for the asking.
//!
//! Rows are filled up with zeros to whole [`Lane`]s, which the machine takes at once.

/// So many numbers are taken at once.
const LANE: usize = 4;
type Lane = [f64; LANE];

/// Components of at most this many states become full matrices.
pub(super) const LARGEST: usize = 40;
const LANES: usize = LARGEST.div_ceil(LANE);

/// Most have so few that they get by with less room.
const FEW: usize = 8;

/// Numbers from one row to the next.
pub(super) fn stride(states: usize) -> usize {
    states.next_multiple_of(LANE)
}

/// Makes `N` from the transitions in `matrix` (the diagonal is zero) and what leaves the component from every state.
pub(super) fn invert(matrix: &mut [f64], leaks: &mut [f64]) {
    let (lanes, _) = matrix.as_chunks_mut::<LANE>();
    match lanes.len() / leaks.len().max(1) {
        1 => invert_rows::<1>(lanes, leaks),
        2 => invert_rows::<2>(lanes, leaks),
        3 => invert_rows::<3>(lanes, leaks),
        4 => invert_rows::<4>(lanes, leaks),
        5 => invert_rows::<5>(lanes, leaks),
        6 => invert_rows::<6>(lanes, leaks),
        7 => invert_rows::<7>(lanes, leaks),
        8 => invert_rows::<8>(lanes, leaks),
        9 => invert_rows::<9>(lanes, leaks),
        _ => invert_rows::<LANES>(lanes, leaks),
    }
}

/// The same for rows of `C` lanes.
fn invert_rows<const C: usize>(lanes: &mut [Lane], leaks: &mut [f64]) {
    let (rows, _) = lanes.as_chunks_mut::<C>();
    for k in 0..leaks.len() {
        let (lane, place) = (k / LANE, k % LANE);
        let pivot = leaks[k] + sum_after(&rows[k], lane, place);
        let (returns, leak) = (1.0 / pivot, leaks[k] / pivot);
        let mut row = rows[k];
        for entry in row.as_flattened_mut() {
            *entry /= pivot;
        }
        for (other, leaks) in rows.iter_mut().zip(leaks.iter_mut()) {
            // Asking whether there is anything to do pays for longer rows only.
            let share = other[lane][place];
            if C > 2 && share == 0.0 {
                continue;
            }
            // What this puts into column `k` is written over.
            for (entries, throughs) in other.iter_mut().zip(&row) {
                for (entry, through) in entries.iter_mut().zip(throughs) {
                    *entry += share * through;
                }
            }
            other[lane][place] = share * returns;
            *leaks += share * leak;
        }
        rows[k] = row;
        rows[k][lane][place] = returns;
    }
}

/// The sum of a row after the place in the lane.
fn sum_after(row: &[Lane], lane: usize, place: usize) -> f64 {
    let mut sums = [0.0; LANE];
    for terms in &row[lane + 1..] {
        for (sum, term) in sums.iter_mut().zip(terms) {
            *sum += term;
        }
    }
    let rest: f64 = row[lane][place + 1..].iter().sum();
    rest + ((sums[0] + sums[1]) + (sums[2] + sums[3]))
}

/// `x := N x`.
pub(super) fn values<const W: usize>(matrix: &[f64], x: &mut [[f64; W]]) {
    if x.len() <= FEW {
        multiply::<W, FEW>(matrix, x);
    } else {
        multiply::<W, LARGEST>(matrix, x);
    }
}

/// The same, with room for `ROOM` states.
fn multiply<const W: usize, const ROOM: usize>(matrix: &[f64], x: &mut [[f64; W]]) {
    let mut given = [[0.0; W]; ROOM];
    let given = &mut given[..x.len()];
    given.copy_from_slice(x);
    for (row, result) in matrix.chunks_exact(stride(x.len())).zip(x) {
        let mut sums = [0.0; W];
        for (entry, lanes) in row.iter().zip(&*given) {
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += entry * lane;
            }
        }
        *result = sums;
    }
}

/// `x := x N`.
pub(super) fn visits(matrix: &[f64], x: &mut [f64]) {
    let mut sums = [[0.0; LANE]; LANES];
    let stride = stride(x.len());
    for (row, &share) in matrix.chunks_exact(stride).zip(&*x) {
        for (sums, terms) in sums.iter_mut().zip(row.as_chunks::<LANE>().0) {
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum += share * term;
            }
        }
    }
    x.copy_from_slice(&sums.as_flattened()[..x.len()]);
}

/// `N_kk`, state by state.
pub(super) fn diagonal(matrix: &[f64], states: usize) -> impl Iterator<Item = &f64> {
    matrix.iter().step_by(stride(states) + 1).take(states)
}
