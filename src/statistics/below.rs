//! Quantiles of two sides compared by how many lie at or below a common cut.

use super::intervals::Ratio;
use super::verdict::Measured;

/// The position of the first of n sorted values (at least one) at which the share of those up to it reaches p.
pub(crate) fn first_reaching(p: f64, n: usize) -> usize {
    let (mut low, mut high) = (0, n - 1);
    while low < high {
        let middle = usize::midpoint(low, high);
        if ((middle + 1) as f64 / n as f64) < p {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The share of values at or below a cut, as a ratio of sums over clusters. Values of one cluster stand together.
pub(crate) fn ratio_below(values: &[(f64, u32)], cut: f64) -> Ratio {
    let mut ratio = Ratio::default();
    for same in values.chunk_by(|a, b| a.1 == b.1) {
        let b = same.len() as f64;
        let a = same.iter().filter(|&&(value, _)| value <= cut).count() as f64;
        ratio.above += a;
        ratio.above_squared += a * a;
        ratio.product += a * b;
        ratio.below += b;
        ratio.below_squared += b * b;
        ratio.clusters += 1.0;
    }
    ratio
}

/// The shares of both sides at or below the p-quantile of all values together, each with the error of its clusters; `None` where a side
/// has none. Where both sides are alike these shares differ by chance alone, however the values lie: also where they are whole days, or
/// where none lie between an hour and a day. Takes O(n).
pub(crate) fn at_common_quantile(
    p: f64,
    a: &[(f64, u32)],
    b: &[(f64, u32)],
) -> Option<[Measured; 2]> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut all: Vec<f64> = a.iter().chain(b).map(|&(value, _)| value).collect();
    let at = first_reaching(p, all.len());
    let (_, cut, _) = all.select_nth_unstable_by(at, f64::total_cmp);
    let cut = *cut;
    Some([a, b].map(|side| measured(&ratio_below(side, cut))))
}

/// The share at or below a value that somebody says is the p-quantile, beside p.
pub(crate) fn at_said(p: f64, values: &[(f64, u32)], said: f64) -> Option<[Measured; 2]> {
    let stated = Measured {
        value: p,
        standard_error: None,
        interval: None,
        counted: None,
    };
    (!values.is_empty()).then(|| [measured(&ratio_below(values, said)), stated])
}

fn measured(ratio: &Ratio) -> Measured {
    let value = ratio.value();
    let is_split = value > 0.0 && value < 1.0;
    Measured {
        value,
        standard_error: ratio.standard_error(),
        interval: None,
        // Where all or none are below, clusters are counted.
        counted: Some(if is_split {
            ratio.below
        } else {
            ratio.clusters
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{at_common_quantile, first_reaching};

    #[test]
    fn shares_by_hand() {
        // Together 1 1 1 2 2 2 3 4 4 9: the median is 2.
        let a = [(1.0, 0), (2.0, 0), (9.0, 1), (1.0, 2), (4.0, 3)];
        let b = [(4.0, 0), (2.0, 1), (1.0, 2), (2.0, 3), (3.0, 3)];
        let found = at_common_quantile(0.5, &a, &b);
        assert_eq!(
            found.map(|sides| sides.map(|side| side.value)),
            Some([0.6, 0.6])
        );
        // Of a: two of two, none of one, one of one, none of one. 4/3 of the sum of (above - 0.6 times)^2, its root by 5.
        let expected = (4.0 / 3.0 * (0.64 + 0.36 + 0.16 + 0.36_f64)).sqrt() / 5.0;
        let error = found.and_then(|[a, _]| a.standard_error);
        assert!(error.is_some_and(|error| (error - expected).abs() < 1e-12));
        assert_eq!(first_reaching(0.5, 10), 4);
        assert!(at_common_quantile(0.5, &[], &[(1.0, 0)]).is_none());
    }
}
