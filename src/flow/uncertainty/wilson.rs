//! How sure one can be of a share that was counted.

/// Standard deviations of the normal distribution between which 95 of 100 lie.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share found among `n` (Wilson 1927), for a finite rate in 0..=1 and n > 0.
///
/// Its ends are the roots of `(1 + a) p^2 - (2 rate + a) p + rate^2` with `a = Z^2 / n`. The upper end is a sum, and the
/// lower one the product of both over the upper one, so that a small end loses no digits.
pub(crate) fn wilson(rate: f64, n: f64) -> (f64, f64) {
    let a = Z * Z / n;
    // 1 / (1 + a) and a / (1 + a), where n may be as large or as small as numbers are.
    let (trust, doubt) = (1.0 / (1.0 + a), 1.0 / (1.0 + n / (Z * Z)));
    let spread = trust * doubt * rate * (1.0 - rate) + doubt * doubt / 4.0;
    let upper = rate * trust + doubt / 2.0 + spread.sqrt();
    let lower = if rate > 0.0 {
        rate * (rate / upper) * trust
    } else {
        0.0
    };
    // With everything kept, the upper end is 1 but for rounding.
    let upper = if rate < 1.0 { upper.min(1.0) } else { 1.0 };
    (lower.min(upper), upper)
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// The first four are those of Newcombe 1998, Statistics in Medicine 17; the last mirrors 0 of 29.
    #[test]
    fn published_intervals() {
        for (k, n, lower, upper) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
            (29.0, 29.0, 0.8830, 1.0),
        ] {
            let (low, high) = wilson(k / n, n);
            assert!((low - lower).abs() < 0.5e-4, "{k} of {n}: {low}");
            assert!((high - upper).abs() < 0.5e-4, "{k} of {n}: {high}");
        }
    }

    #[test]
    fn counts_beyond_measure_leave_no_doubt_and_no_counts_leave_all() {
        assert_eq!(wilson(0.25, f64::INFINITY), (0.25, 0.25));
        let (low, high) = wilson(0.25, f64::MIN_POSITIVE);
        assert!(low < 1e-300 && high > 1.0 - 1e-12, "{low} {high}");
    }
}
