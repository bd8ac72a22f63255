//! Standard errors and 95 % intervals of ratios of sums over clusters.

use super::quantiles::{Z, student};

/// A ratio of two sums over clusters (journeys, or the customers who made them): what its error needs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Ratio {
    /// Sum of the numerators A, of their squares, and of A times B.
    pub(crate) above: f64,
    pub(crate) above_squared: f64,
    pub(crate) product: f64,
    /// Sum of the denominators B, and of their squares.
    pub(crate) below: f64,
    pub(crate) below_squared: f64,
    /// Clusters with B above 0.
    pub(crate) clusters: f64,
}

impl Ratio {
    /// The ratio, for B above 0.
    pub(crate) fn value(&self) -> f64 {
        self.above / self.below
    }

    /// SE^2 = C/(C-1) sum (A - f B)^2 / (sum B)^2 over clusters (Cochran 1977, section 6.4); `None` below two clusters.
    pub(crate) fn standard_error(&self) -> Option<f64> {
        if self.clusters < 2.0 {
            return None;
        }
        let f = self.value();
        let spread = self.above_squared - 2.0 * f * self.product + f * f * self.below_squared;
        let correction = self.clusters / (self.clusters - 1.0);
        Some((correction * spread.max(0.0)).sqrt() / self.below)
    }

    /// f +- t(C-1) SE.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        let half = student(self.clusters - 1.0) * self.standard_error()?;
        Some((self.value() - half, self.value() + half))
    }
}

/// Wilson's 95 % interval of a share found among `n` (Wilson 1927), for a finite rate in 0..=1 and n > 0.
///
/// Its ends are the roots of `(1 + a) p^2 - (2 rate + a) p + rate^2` with `a = Z^2 / n`. The upper end is a sum, and the
/// lower one the product of both over the upper one, so that a small end loses no digits.
pub(crate) fn wilson(rate: f64, n: f64) -> (f64, f64) {
    wilson_at(rate, n, Z)
}

/// The interval of `value - other` from the intervals of both, each around its value and independent of the other: the distances
/// to the ends are put together (Newcombe 1998, Statistics in Medicine 17, method 10; Zou and Donner 2008). So shares of 0 and 1
/// have one too.
pub(crate) fn of_difference(
    (value, (low, high)): (f64, (f64, f64)),
    (other, (other_low, other_high)): (f64, (f64, f64)),
) -> (f64, f64) {
    let difference = value - other;
    (
        difference - (value - low).hypot(other_high - other),
        difference + (high - value).hypot(other - other_low),
    )
}

/// The interval of `value / other`, of shares above 0 whose intervals are independent: that of the difference of their logarithms (Zou and
/// Donner 2008). Where one of both is 0 the ends are taken that lie farthest apart; infinite where `other` may be 0.
pub(crate) fn of_ratio(
    (value, (low, high)): (f64, (f64, f64)),
    (other, (other_low, other_high)): (f64, (f64, f64)),
) -> (f64, f64) {
    if value <= 0.0 {
        return (0.0, high / other_low);
    }
    if other <= 0.0 {
        return (low / other_high, f64::INFINITY);
    }
    let logs = |value: f64, (low, high): (f64, f64)| (value.ln(), (low.ln(), high.ln()));
    let (from, to) = of_difference(
        logs(value, (low, high)),
        logs(other, (other_low, other_high)),
    );
    (from.exp(), to.exp())
}

/// The interval of the difference of two independent shares, each with the number that it was found among, so many standard
/// deviations wide: from Wilson's of both.
pub(crate) fn newcombe((a, n): (f64, f64), (b, m): (f64, f64), z: f64) -> (f64, f64) {
    let (low, high) = of_difference((a, wilson_at(a, n, z)), (b, wilson_at(b, m, z)));
    (low.max(-1.0), high.min(1.0))
}

fn wilson_at(rate: f64, n: f64, z: f64) -> (f64, f64) {
    let a = z * z / n;
    // 1 / (1 + a) and a / (1 + a), where n may be as large or as small as numbers are.
    let (trust, doubt) = (1.0 / (1.0 + a), 1.0 / (1.0 + n / (z * z)));
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

/// The interval of a share whose observations come in clusters: Wilson's, with as many observations as independent ones
/// would give this standard error, and never more than there are. Where all or none are counted, clusters are.
pub(crate) fn clustered_wilson(ratio: &Ratio) -> (f64, f64) {
    let f = ratio.value().clamp(0.0, 1.0);
    let spread = f * (1.0 - f);
    let n = match ratio.standard_error() {
        Some(error) if spread > 0.0 && error > 0.0 => ratio.below.min(spread / (error * error)),
        _ => ratio.clusters,
    };
    wilson(f, n)
}

#[cfg(test)]
mod tests {
    use super::{Ratio, clustered_wilson, newcombe, of_ratio, wilson};
    use crate::statistics::Z;

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
        // 0 of 100 reaches to 3.7 %.
        assert!((wilson(0.0, 100.0).1 - 0.037).abs() < 5e-4);
    }

    /// Those of Newcombe 1998, Statistics in Medicine 17, pages 873 to 890, table II, method 10.
    #[test]
    fn published_intervals_of_differences() {
        for (a, n, b, m, lower, upper) in [
            (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339),
            (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090),
            (5.0, 56.0, 0.0, 29.0, -0.0381, 0.1926),
            (10.0, 10.0, 0.0, 10.0, 0.6075, 1.0),
        ] {
            let (low, high) = newcombe((a / n, n), (b / m, m), Z);
            assert!((low - lower).abs() < 0.5e-4, "{a}/{n} {b}/{m}: {low}");
            assert!((high - upper).abs() < 0.5e-4, "{a}/{n} {b}/{m}: {high}");
        }
    }

    /// By hand: Wilson's intervals of 20 of 50 and 10 of 100 are 0.2761 to 0.5382 and 0.0552 to 0.1744, and the logarithm of 4 lies
    /// between 0.6682 below it (0.3708 and 0.5560 put together) and 0.6637 above it (0.2967 and 0.5937).
    #[test]
    fn a_ratio_has_the_interval_of_its_logarithm() {
        let (a, b) = ((0.4, wilson(0.4, 50.0)), (0.1, wilson(0.1, 100.0)));
        let (low, high) = of_ratio(a, b);
        assert!(
            (low - 2.0504).abs() < 5e-5 && (high - 7.7679).abs() < 5e-5,
            "{low} {high}"
        );
        let (low, high) = of_ratio(a, (0.0, wilson(0.0, 100.0)));
        assert!(low > 7.0 && high.is_infinite());
        let (low, high) = of_ratio((0.0, wilson(0.0, 50.0)), b);
        assert!(low <= 0.0 && high > 1.0 && high.is_finite());
    }

    #[test]
    fn counts_beyond_measure_leave_no_doubt_and_no_counts_leave_all() {
        assert_eq!(wilson(0.25, f64::INFINITY), (0.25, 0.25));
        let (low, high) = wilson(0.25, f64::MIN_POSITIVE);
        assert!(low < 1e-300 && high > 1.0 - 1e-12, "{low} {high}");
    }

    /// Ten observations in each of a hundred clusters that agree among themselves are a hundred observations.
    #[test]
    fn observations_that_repeat_each_other_count_once() {
        let ratio = Ratio {
            above: 500.0,
            above_squared: 50.0 * 100.0,
            product: 50.0 * 100.0,
            below: 1000.0,
            below_squared: 100.0 * 100.0,
            clusters: 100.0,
        };
        let error = ratio.standard_error();
        assert!(error.is_some_and(|error| (error - 0.050_251_890_762_960_6).abs() < 1e-15));
        let (low, high) = clustered_wilson(&ratio);
        let (expected_low, expected_high) = wilson(0.5, 99.0);
        assert!((low - expected_low).abs() < 1e-12 && (high - expected_high).abs() < 1e-12);
    }
}
