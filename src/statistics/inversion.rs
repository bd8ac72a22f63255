//! From the Laplace transform of a distribution to the distribution.

use std::ops::{Add, Mul};

/// A complex number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Complex {
    pub(crate) re: f64,
    pub(crate) im: f64,
}

impl Complex {
    pub(crate) const ONE: Self = Self { re: 1.0, im: 0.0 };

    pub(crate) fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }

    pub(crate) fn scaled(self, by: f64) -> Self {
        Self::new(self.re * by, self.im * by)
    }

    /// e to the power of it.
    pub(crate) fn exp(self) -> Self {
        let size = self.re.exp();
        let (sin, cos) = self.im.sin_cos();
        Self::new(size * cos, size * sin)
    }

    pub(crate) fn size(self) -> f64 {
        self.re.hypot(self.im)
    }

    /// This by another one, which is not 0.
    pub(crate) fn over(self, other: Self) -> Self {
        let square = other.re * other.re + other.im * other.im;
        let turned = Self::new(other.re, -other.im);
        (self * turned).scaled(1.0 / square)
    }
}

impl Add for Complex {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.re + other.re, self.im + other.im)
    }
}

impl Mul for Complex {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

/// The error of the method is about `exp(-A)`, and roundings are blown up by `exp(A / 2)`.
const A: f64 = 18.4;
/// Terms before the averaging begins: a step in the distribution is seen as sharp as one part in so many of the time.
const TERMS: u32 = 40;
/// Partial sums that are averaged, with their binomial weights.
const WEIGHTS: [f64; 13] = [
    1.0, 12.0, 66.0, 220.0, 495.0, 792.0, 924.0, 792.0, 495.0, 220.0, 66.0, 12.0, 1.0,
];

/// The share of a distribution up to a time, from its transform E[exp(-z T)] by Euler summation (Abate and Whitt 1995): for
/// times above 0, and times T of at least 0. `None` where the transform is not known.
pub(crate) fn share_up_to(
    time: f64,
    mut transform: impl FnMut(Complex) -> Option<Complex>,
) -> Option<f64> {
    let mut term = |k: u32| {
        let z = Complex::new(A, 2.0 * f64::from(k) * std::f64::consts::PI).scaled(0.5 / time);
        let value = transform(z)?.over(z).re;
        let sign = if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        Some(sign * value)
    };
    let mut sum = term(0)? / 2.0;
    for k in 1..TERMS {
        sum += term(k)?;
    }
    let mut averaged = 0.0;
    for (k, weight) in (TERMS..).zip(WEIGHTS) {
        sum += term(k)?;
        averaged += weight * sum;
    }
    let total: f64 = WEIGHTS.iter().sum();
    Some(((A / 2.0).exp() / time * averaged / total).clamp(0.0, 1.0))
}

/// For each of some shares in order, the time up to which that share lies, for a distribution with this mean and standard
/// deviation; 0 where so many take no time at all. `None` as above.
pub(crate) fn quantiles(
    shares: &[f64],
    (mean, sd): (f64, f64),
    mut up_to: impl FnMut(f64) -> Option<f64>,
) -> Option<Vec<f64>> {
    /// Between the times that are looked at first lies a factor of this.
    const STEP: f64 = 1.5;
    /// So near is a quantile found, as a factor.
    const NEAR: f64 = 1.0005;
    let mut longest = mean + 3.0 * sd;
    let last = shares.last().copied().unwrap_or(0.0);
    let mut known: Vec<(f64, f64)> = Vec::new();
    // No more than one in 400 takes longer than mean and twenty deviations (Chebyshev).
    while known.last().is_none_or(|&(_, share)| share < last) && longest <= mean + 40.0 * sd {
        known.push((longest, up_to(longest)?));
        longest *= STEP;
    }
    let first = shares.first().copied().unwrap_or(1.0);
    let mut shortest = (mean + 3.0 * sd) / STEP;
    while known.first().is_some_and(|&(_, share)| share >= first) && shortest > 1e-9 * mean {
        known.insert(0, (shortest, up_to(shortest)?));
        shortest /= STEP;
    }
    let mut found = Vec::new();
    for &share in shares {
        let above = known.partition_point(|&(_, reached)| reached < share);
        let &(mut high, _) = known.get(above)?;
        let Some(&(mut low, _)) = above.checked_sub(1).and_then(|below| known.get(below)) else {
            found.push(0.0);
            continue;
        };
        while high > NEAR * low {
            let middle = (low * high).sqrt();
            if up_to(middle)? < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        found.push((low * high).sqrt());
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{Complex, quantiles, share_up_to};

    /// The sum of two exponential times of mean 1 (Erlang): F(t) = 1 - (1 + t) exp(-t).
    #[test]
    fn a_known_distribution_comes_back() {
        let transform = |z: Complex| {
            let one = Complex::ONE.over(Complex::ONE + z);
            Some(one * one)
        };
        for t in [0.1_f64, 0.5, 1.0, 2.0, 5.0, 12.0] {
            let expected = 1.0 - (1.0 + t) * (-t).exp();
            let found = share_up_to(t, transform);
            assert!(
                found.is_some_and(|found| (found - expected).abs() < 1e-7),
                "{t}: {found:?}"
            );
        }
        let found = quantiles(&[0.5, 0.9], (2.0, 2.0_f64.sqrt()), |t| {
            share_up_to(t, transform)
        });
        let Some([median, late]) = found.as_deref() else {
            unreachable!("two were asked for");
        };
        assert!(
            (median / 1.678_346_990_016_661 - 1.0).abs() < 1e-3,
            "{median}"
        );
        assert!((late / 3.889_720_169_867_429 - 1.0).abs() < 1e-3, "{late}");
    }
}
