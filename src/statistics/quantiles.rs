//! Quantiles of the distributions that intervals need.

/// Standard deviations of the normal distribution between which 95 of 100 lie.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// Student's t between which 95 of 100 lie, for so many degrees of freedom (at least 1).
///
/// Newton's method on the distribution function, which is an incomplete beta function by its continued fraction (Press et
/// al., Numerical Recipes, section 6.4); right to about 1e-12.
pub(crate) fn student(freedom: f64) -> f64 {
    if freedom > 1e9 {
        return Z;
    }
    // Between the normal quantile and that of one degree, where the tail is 0.025.
    let (mut low, mut high) = (Z, 12.8);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if student_tail(middle, freedom) > 0.025 {
            low = middle;
        } else {
            high = middle;
        }
        if high - low < 1e-14 * high {
            break;
        }
    }
    f64::midpoint(low, high)
}

/// Standard deviations of the normal distribution beyond which, on both sides together, this share lies, in 0..1.
pub(crate) fn normal_beyond(share: f64) -> f64 {
    // A square of it is a chi-square of one degree.
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if chi_square_tail(middle * middle, 1.0) > share {
            low = middle;
        } else {
            high = middle;
        }
        if high - low < 1e-14 * high {
            break;
        }
    }
    f64::midpoint(low, high)
}

/// The chance that Student's t is above a positive value, for so many degrees of freedom (at least 1).
pub(crate) fn student_tail(t: f64, freedom: f64) -> f64 {
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5) / 2.0
}

/// The chance that a chi-square of so many degrees of freedom is at least this large.
///
/// An incomplete gamma function, by its series below the middle and its continued fraction above (Press et al., Numerical
/// Recipes, section 6.2).
pub(crate) fn chi_square_tail(x: f64, freedom: f64) -> f64 {
    let (a, x) = (freedom / 2.0, x / 2.0);
    if x <= 0.0 || a <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for step in 1..=10_000_u32 {
            term *= x / (a + f64::from(step));
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut value = d;
    for step in 1..=10_000_u32 {
        let i = f64::from(step);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    (front * value).clamp(0.0, 1.0)
}

/// The regularised incomplete beta function `I_x(a, b)`.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// Its continued fraction, by Lentz's method.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const SMALLEST: f64 = 1e-300;
    let away = |number: f64| {
        if number.abs() < SMALLEST {
            SMALLEST
        } else {
            number
        }
    };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..=500_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function by Lanczos' series (g = 7, nine terms), for positive arguments.
fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Reflection keeps the series where it converges.
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let mut sum = TERMS[0];
    for (place, term) in (1_u32..).zip(&TERMS[1..]) {
        sum += term / (x + f64::from(place));
    }
    let t = x + 7.5;
    0.5 * std::f64::consts::TAU.ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::{Z, chi_square_tail, normal_beyond, student};

    /// Tables of chi-square (Fisher and Yates 1963), and the rain at Alofi: 26.095752 of 12 degrees.
    #[test]
    fn published_tails() {
        for (x, freedom, expected) in [
            (3.841_458_821, 1.0, 0.05),
            (6.634_896_601, 1.0, 0.01),
            (18.307_038_053, 10.0, 0.05),
            (124.342_113_4, 100.0, 0.05),
            (26.095_752, 12.0, 0.010_404),
        ] {
            let found = chi_square_tail(x, freedom);
            assert!((found - expected).abs() < 1e-6, "{x} {freedom}: {found}");
        }
    }

    #[test]
    fn published_normal_quantiles() {
        for (share, expected) in [(0.05, Z), (0.01, 2.575_829_304), (0.001, 3.290_526_731)] {
            let found = normal_beyond(share);
            assert!((found - expected).abs() < 1e-8, "{share}: {found}");
        }
    }

    /// Tables of Student's distribution (Fisher and Yates 1963).
    #[test]
    fn published_quantiles() {
        for (freedom, expected) in [
            (1.0, 12.706_204_736),
            (2.0, 4.302_652_730),
            (5.0, 2.570_581_836),
            (30.0, 2.042_272_456),
            (99.0, 1.984_216_952),
            (1000.0, 1.962_339_081),
        ] {
            let found = student(freedom);
            assert!((found - expected).abs() < 1e-8, "{freedom}: {found}");
        }
        assert!((student(1e8) - Z).abs() < 1e-7);
    }
}
