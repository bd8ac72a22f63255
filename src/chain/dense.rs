//! Full matrices: the same elimination and the same inverse where every entry is there.
//!
//! A matrix of `t` rows is a slice of `t * t` numbers, row after row. Both algorithms go by panels of [`PANEL`] pivots, so
//! that nearly all the work is [`multiply_add`], which runs from the fast memory; a small matrix is a single panel. For a
//! panel `K` and what comes after it, `T`:
//!
//! ```text
//!   A_TT += L_TK U_KT                                       elimination
//!   Z_KT  = (D - U_KK)^-1 U_KT Z_TT                          inverse, Z = (D - U)^-1 (I - L)^-1
//!   Z_TK  = Z_TT L_TK (I - L_KK)^-1
//! ```
//!
//! and entry by entry inside the panel. Only sums, products and quotients of non-negative numbers occur.

/// Pivots in a panel.
const PANEL: usize = 48;

/// Columns, and terms, that [`multiply_add`] takes at once.
const TILE: usize = 256;
const TERMS: usize = 32;

/// Eliminates the states of a full matrix in their order.
///
/// On entry `a` holds the transitions (the diagonal is not read) and `leaks` what leaves the matrix from every state. On
/// return `a` holds `L` below and `U` above the diagonal, `pivots` the pivots, and `leaks` is used up.
pub(super) fn eliminate(a: &mut [f64], leaks: &mut [f64], pivots: &mut [f64]) {
    let t = pivots.len();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for start in (0..t).step_by(PANEL) {
        let end = t.min(start + PANEL);
        eliminate_panel(a, leaks, pivots, start, end);
        if end == t {
            break;
        }
        left.clear();
        right.clear();
        for i in end..t {
            left.extend_from_slice(&a[i * t + start..i * t + end]);
        }
        for k in start..end {
            right.extend_from_slice(&a[k * t + end..(k + 1) * t]);
        }
        let (width, rest) = (end - start, t - end);
        multiply_add(
            &mut a[end * t + end..],
            &left,
            &right,
            [t, width, rest],
            [rest, width, rest],
        );
    }
}

/// Eliminates `start..end`: in full from the panel's own rows, from later rows only in the panel's columns.
fn eliminate_panel(a: &mut [f64], leaks: &mut [f64], pivots: &mut [f64], start: usize, end: usize) {
    let t = pivots.len();
    for k in start..end {
        let (done, rest) = a.split_at_mut((k + 1) * t);
        let row = &done[k * t + k + 1..];
        let leak = leaks[k];
        let pivot = leak + sum(row);
        pivots[k] = pivot;
        for (i, other) in (k + 1..t).zip(rest.chunks_exact_mut(t)) {
            if other[k] > 0.0 {
                let share = other[k] / pivot;
                other[k] = share;
                leaks[i] += share * leak;
                let stop = if i < end { t } else { end };
                for (entry, &through) in other[k + 1..stop].iter_mut().zip(row) {
                    *entry += share * through;
                }
            }
        }
    }
}

/// The inverse `(D - U)^-1 (I - L)^-1` from what [`eliminate`] left, into `z`.
pub(super) fn invert(a: &[f64], pivots: &[f64], z: &mut [f64]) {
    let t = pivots.len();
    let mut scratch = Vec::new();
    for start in (0..t).step_by(PANEL).rev() {
        let end = t.min(start + PANEL);
        if end < t {
            invert_right(a, pivots, z, start, end);
            invert_below(a, z, t, start, end, &mut scratch);
        }
        invert_panel(a, pivots, z, start, end, &mut scratch);
    }
}

/// `Z_KT = (D - U_KK)^-1 U_KT Z_TT`.
fn invert_right(a: &[f64], pivots: &[f64], z: &mut [f64], start: usize, end: usize) {
    let t = pivots.len();
    let rest = t - end;
    let (above, below) = z.split_at_mut(end * t);
    for k in start..end {
        above[k * t + end..(k + 1) * t].fill(0.0);
    }
    multiply_add(
        &mut above[start * t + end..],
        &a[start * t + end..],
        &below[end..],
        [t, t, t],
        [end - start, rest, rest],
    );
    for k in (start..end).rev() {
        let (head, tail) = above.split_at_mut((k + 1) * t);
        let row = &mut head[k * t + end..];
        for (later, &through) in tail.chunks_exact(t).zip(&a[k * t + k + 1..k * t + end]) {
            add_scaled(row, through, &later[end..]);
        }
        for entry in row {
            *entry /= pivots[k];
        }
    }
}

/// `Z_TK = Z_TT L_TK (I - L_KK)^-1`.
fn invert_below(
    a: &[f64],
    z: &mut [f64],
    t: usize,
    start: usize,
    end: usize,
    scratch: &mut Vec<f64>,
) {
    let (width, rest) = (end - start, t - end);
    scratch.clear();
    scratch.resize(rest * width, 0.0);
    multiply_add(
        scratch,
        &z[end * t + end..],
        &a[end * t + start..],
        [width, t, t],
        [rest, rest, width],
    );
    for (row, target) in scratch
        .chunks_exact_mut(width)
        .zip(z[end * t..].chunks_exact_mut(t))
    {
        for k in (0..width).rev() {
            let mut entry = row[k];
            for later in k + 1..width {
                entry += row[later] * a[(start + later) * t + start + k];
            }
            row[k] = entry;
        }
        target[start..end].copy_from_slice(row);
    }
}

/// `Z_KK`, entry by entry, given `Z_KT`, `Z_TK` and `Z_TT`.
fn invert_panel(
    a: &[f64],
    pivots: &[f64],
    z: &mut [f64],
    start: usize,
    end: usize,
    scratch: &mut Vec<f64>,
) {
    let t = pivots.len();
    for k in (start..end).rev() {
        scratch.clear();
        scratch.extend((k + 1..t).map(|i| a[i * t + k]));
        let (head, tail) = z.split_at_mut((k + 1) * t);
        let row = &mut head[k * t + k..k * t + end];
        row.fill(0.0);
        row[0] = 1.0;
        let throughs = &a[k * t + k + 1..(k + 1) * t];
        for (place, (later, &through)) in tail.chunks_exact_mut(t).zip(throughs).enumerate() {
            if k + 1 + place < end {
                later[k] = dot(&later[k + 1..], scratch);
            }
            add_scaled(row, through, &later[k..end]);
        }
        for entry in row {
            *entry /= pivots[k];
        }
    }
}

/// `c += a b`, where `strides` lead from row to row of `c`, `a` and `b`, and `sizes` are the rows, terms and columns.
fn multiply_add(c: &mut [f64], a: &[f64], b: &[f64], strides: [usize; 3], sizes: [usize; 3]) {
    let [c_row, a_row, b_row] = strides;
    let [rows, inner, columns] = sizes;
    for left in (0..columns).step_by(TILE) {
        let width = TILE.min(columns - left);
        for from in (0..inner).step_by(TERMS) {
            let terms = TERMS.min(inner - from);
            for i in 0..rows {
                let target = &mut c[i * c_row + left..][..width];
                let factors = a[i * a_row + from..][..terms].chunks(4);
                for (place, factors) in factors.enumerate() {
                    let row = |k: usize| &b[(from + 4 * place + k) * b_row + left..][..width];
                    if let &[f0, f1, f2, f3] = factors {
                        let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3));
                        for j in 0..width {
                            target[j] += (f0 * r0[j] + f1 * r1[j]) + (f2 * r2[j] + f3 * r3[j]);
                        }
                    } else {
                        for (k, &factor) in factors.iter().enumerate() {
                            add_scaled(target, factor, row(k));
                        }
                    }
                }
            }
        }
    }
}

/// `target += factor * row`.
fn add_scaled(target: &mut [f64], factor: f64, row: &[f64]) {
    for (entry, &term) in target.iter_mut().zip(row) {
        *entry += factor * term;
    }
}

/// Sum of a row, in four strands that do not wait for one another.
fn sum(row: &[f64]) -> f64 {
    let mut strands = [0.0; 4];
    let chunks = row.chunks_exact(4);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (strand, &term) in strands.iter_mut().zip(chunk) {
            *strand += term;
        }
    }
    strands.iter().sum::<f64>() + rest
}

/// Inner product, in four strands.
fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut strands = [0.0; 4];
    let (lefts, rights) = (left.chunks_exact(4), right.chunks_exact(4));
    let rest: f64 = lefts
        .remainder()
        .iter()
        .zip(rights.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (a, b) in lefts.zip(rights) {
        for (strand, (a, b)) in strands.iter_mut().zip(a.iter().zip(b)) {
            *strand += a * b;
        }
    }
    strands.iter().sum::<f64>() + rest
}
