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
    /// Sums of A^3, A^2 B, A B^2 and B^3; 0 where nobody added them up, which leaves the interval as if scores were not skewed.
    pub(crate) cubes: [f64; 4],
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

    /// The skewness of the scores A - f B, which are 0 on average.
    pub(crate) fn skewness(&self) -> f64 {
        /// Scores that are so small beside what they come from have lost their digits.
        const DIGITS: f64 = 1e-8;
        let f = self.value();
        let spread = self.above_squared - 2.0 * f * self.product + f * f * self.below_squared;
        if spread <= DIGITS * self.above_squared {
            return 0.0;
        }
        let [aaa, aab, abb, bbb] = self.cubes;
        let cubes = aaa - 3.0 * f * aab + 3.0 * f * f * abb - f * f * f * bbb;
        cubes / self.clusters / (spread / self.clusters).powf(1.5)
    }

    /// f -+ t(C-1) SE, for scores that are skewed.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        let error = self.standard_error()?;
        Some(with_skew(
            self.value(),
            error,
            self.skewness(),
            self.clusters,
        ))
    }
}

/// The 95 % interval of a figure with this standard error, from scores of so many clusters with this skewness: f -+ t(C-1) SE where that is
/// 0. Else (f - truth) / SE is skewed as well, and is not once it is transformed (Hall 1992, On the removal of skewness by
/// transformation): with a = skewness / (6 sqrt C)
///
/// ```text
/// g(T) = T + a + 2 a T^2 + 4/3 a^2 T^3 = a + ((1 + 2 a T)^3 - 1) / (6 a)
/// ```
///
/// lies between -t and t, which is turned back.
pub(crate) fn with_skew(value: f64, error: f64, skewness: f64, clusters: f64) -> (f64, f64) {
    let t = student(clusters - 1.0);
    let a = skewness / (6.0 * clusters.sqrt());
    if !a.is_finite() || a.abs() < 1e-9 {
        return (value - t * error, value + t * error);
    }
    let back = |g: f64| ((1.0 + 6.0 * a * (g - a)).cbrt() - 1.0) / (2.0 * a);
    (value - error * back(t), value - error * back(-t))
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
    use super::{Ratio, clustered_wilson, newcombe, of_ratio, wilson, with_skew};
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

    /// By hand: waits of 1, 1, 1 and 5 have the mean 2, scores -1, -1, -1 and 3, the variance 3, the skewness 6 / 3^1.5, and SE 1.
    #[test]
    fn a_skewed_mean_reaches_further_to_the_long_side() {
        let ratio = Ratio {
            above: 8.0,
            above_squared: 28.0,
            product: 8.0,
            below: 4.0,
            below_squared: 4.0,
            cubes: [128.0, 28.0, 8.0, 4.0],
            clusters: 4.0,
        };
        assert!((ratio.skewness() - 6.0 / 27.0_f64.sqrt()).abs() < 1e-12);
        let (low, high) = ratio.interval().unwrap_or_default();
        let a = 0.096_225_044_864_937_63_f64;
        let g = |t: f64| t + a + 2.0 * a * t * t + 4.0 / 3.0 * a * a * t * t * t;
        assert!((g(2.0 - low) - 3.182_446_305).abs() < 1e-8, "{low}");
        assert!((g(2.0 - high) + 3.182_446_305).abs() < 1e-8, "{high}");
        assert!(high - 2.0 > 2.0 * (2.0 - low), "{low} {high}");
        let plain = with_skew(2.0, 1.0, 0.0, 4.0);
        assert!((plain.1 - 5.182_446_305).abs() < 1e-8);
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
            ..Ratio::default()
        };
        let error = ratio.standard_error();
        assert!(error.is_some_and(|error| (error - 0.050_251_890_762_960_6).abs() < 1e-15));
        let (low, high) = clustered_wilson(&ratio);
        let (expected_low, expected_high) = wilson(0.5, 99.0);
        assert!((low - expected_low).abs() < 1e-12 && (high - expected_high).abs() < 1e-12);
    }
}
