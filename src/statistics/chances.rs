//! Probabilities of whole numbers, binomial and hypergeometric, in the saddle-point form of Loader (2000); and the exact test
//! that adds them up.

/// The two-sided p of Fisher's exact test that two groups share a rate: the chance, given how many are marked in both, of any
/// division that is as unlikely as the one found or unlikelier. Takes about as many steps as the lesser number marked.
pub(crate) fn fisher(one: (u64, u64), other: (u64, u64)) -> f64 {
    // In one order, so that both ways of asking give the same digits.
    let ((marked_a, a), (marked_b, b)) = (one.min(other), one.max(other));
    let (marked, all) = (marked_a + marked_b, a + b);
    if marked == 0 || marked == all || a == 0 || b == 0 {
        return 1.0;
    }
    let chance = |k| hypergeometric(k, marked, all, a);
    let found = chance(marked_a) * (1.0 + 1e-7);
    let (low, high) = ((marked + a).saturating_sub(all), marked.min(a));
    let unlikely = (low..=high).map(chance).filter(|&chance| chance <= found);
    unlikely.sum::<f64>().min(1.0)
}

/// `a * b / c`, rounded down.
pub(super) fn share_of(a: u64, b: u64, c: u64) -> u64 {
    let share = u128::from(a) * u128::from(b) / u128::from(c);
    u64::try_from(share).unwrap_or(u64::MAX)
}

pub(super) fn ratio((a, b): (u64, u64), (c, d): (u64, u64)) -> f64 {
    (a as f64 / c as f64) * (b as f64 / d as f64)
}

/// The probability that `marked` of `all` things give `k` among `drawn` that are not put back.
pub(super) fn hypergeometric(k: u64, marked: u64, all: u64, drawn: u64) -> f64 {
    let (p, q) = (drawn as f64 / all as f64, (all - drawn) as f64 / all as f64);
    // Whatever p is, the product is the same; this one keeps all three factors moderate.
    binomial(k, marked, p, q) * binomial(drawn - k, all - marked, p, q) / binomial(drawn, all, p, q)
}

/// The probability of `k` successes in `n` trials of chance `p`, with `q` what p leaves of 1.
pub(super) fn binomial(k: u64, n: u64, p: f64, q: f64) -> f64 {
    let (x, size) = (k as f64, n as f64);
    if n == 0 {
        return 1.0;
    }
    if k == 0 || k >= n {
        let each = if k == 0 { (q, p) } else { (p, q) };
        return (size * log_of(each)).exp();
    }
    let rest = size - x;
    let log = correction(n)
        - correction(k)
        - correction(n - k)
        - deviance(x, size * p)
        - deviance(rest, size * q);
    (size / (std::f64::consts::TAU * x * rest)).sqrt() * log.exp()
}

/// The logarithm of the first of two that sum to 1.
fn log_of((of, rest): (f64, f64)) -> f64 {
    if rest < 0.5 { (-rest).ln_1p() } else { of.ln() }
}

/// What Stirling's formula leaves out: `ln n! - (n + 1/2) ln n + n - ln(2 pi) / 2`.
fn correction(n: u64) -> f64 {
    let x = n as f64;
    if n < 16 {
        let factorial: f64 = (2..=n).map(|k| (k as f64).ln()).sum();
        return factorial - (x + 0.5) * x.ln() + x - std::f64::consts::TAU.ln() / 2.0;
    }
    let square = x * x;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0) / square) / square) / square) / x
}

/// `x ln(x / mean) + mean - x`, also where x is near the mean.
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - difference;
    }
    let v = difference / (x + mean);
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    // Each term is at most a hundredth of the one before.
    for odd in [3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0, 19.0] {
        power *= v * v;
        sum += power / odd;
    }
    sum
}
