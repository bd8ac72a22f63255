//! Errors where only the sums of buckets of units are at hand, and not the units.

use super::homogeneity::{Likelihood, likelihood};

/// Fewer buckets say nothing of an error.
pub(crate) const FEWEST: usize = 8;

/// The standard error of a ratio of sums by leaving out one bucket at a time, and the number of buckets: SE^2 = (B-1)/B sum (f_(-b) -
/// mean)^2 over those whose denominator is above 0 (Efron and Stein 1981). `None` below 8 of them, and where all buckets agree on a
/// ratio other than 0 and 1, which says that they are no buckets of independent units.
pub(crate) fn jackknife(parts: &[(f64, f64)]) -> Option<(f64, f64)> {
    let parts: Vec<(f64, f64)> = parts.iter().copied().filter(|part| part.1 > 0.0).collect();
    if parts.len() < FEWEST {
        return None;
    }
    let (above, below) = parts
        .iter()
        .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let without: Vec<f64> = parts
        .iter()
        .map(|part| (above - part.0) / (below - part.1))
        .collect();
    let n = parts.len() as f64;
    let error = spread(&without).sqrt();
    let value = above / below;
    let is_fixed = value.abs() <= f64::EPSILON || (value - 1.0).abs() <= f64::EPSILON;
    (error > 0.0 || is_fixed).then_some((error, n))
}

/// The standard error of any figure, from its values with one of the buckets left out at a time.
pub(crate) fn of_left_out(values: &[f64]) -> f64 {
    spread(values).sqrt()
}

/// (B-1)/B times the sum of the squared distances from the mean.
fn spread(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (n - 1.0) / n
        * values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
}

/// A table of two groups, each counted in buckets: G2, and the factor by which moves of one unit that go together make it larger
/// than independent ones would (the mean of the generalised design effects: Rao and Scott 1981), 1 or more. `None` where one of
/// both has fewer than 8 buckets with any move.
pub(crate) fn in_buckets(groups: [&[Vec<f64>]; 2]) -> (Likelihood, Option<f64>) {
    let columns = groups
        .iter()
        .flat_map(|group| group.iter())
        .map(Vec::len)
        .max()
        .unwrap_or(0);
    let at = |row: &Vec<f64>, column: usize| row.get(column).copied().unwrap_or(0.0);
    let sums = groups.map(|group| -> Vec<f64> {
        (0..columns)
            .map(|column| group.iter().map(|row| at(row, column)).sum())
            .collect()
    });
    let found = likelihood(&sums);
    if found.freedom == 0 {
        return (found, None);
    }
    let totals = sums.each_ref().map(|sums| sums.iter().sum::<f64>());
    let all: f64 = totals.iter().sum();
    let unit: f64 = totals.iter().map(|total| 1.0 / total).sum();
    let mut trace = 0.0;
    for column in 0..columns {
        let share = sums.iter().filter_map(|sums| sums.get(column)).sum::<f64>() / all;
        if share <= 0.0 {
            continue;
        }
        for group in groups {
            let parts: Vec<(f64, f64)> = group
                .iter()
                .map(|row| (at(row, column), row.iter().sum::<f64>()))
                .filter(|part| part.1 > 0.0)
                .collect();
            if parts.len() < FEWEST {
                return (found, None);
            }
            let (above, below) = parts
                .iter()
                .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
            let without: Vec<f64> = parts
                .iter()
                .map(|part| (above - part.0) / (below - part.1))
                .collect();
            trace += spread(&without) / (share * unit);
        }
    }
    (found, Some((trace / found.freedom as f64).max(1.0)))
}

#[cfg(test)]
mod tests {
    use super::{in_buckets, jackknife};

    /// By hand: buckets of equal size are a sample of their ratios, whose mean has the error sd / sqrt(B).
    #[test]
    fn of_equal_buckets_the_jackknife_is_the_error_of_their_mean() {
        let ratios = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        let parts = ratios.map(|ratio| (10.0 * ratio, 10.0));
        let (error, buckets) = jackknife(&parts).unwrap_or_default();
        let variance = ratios
            .iter()
            .map(|ratio: &f64| (ratio - 0.45).powi(2))
            .sum::<f64>()
            / 7.0;
        assert!((error - (variance / 8.0).sqrt()).abs() < 1e-12 && (buckets - 8.0).abs() < 1e-12);
        assert_eq!(jackknife(&parts[..7]), None);
        assert_eq!(jackknife(&[(1.0, 2.0); 9]), None);
        assert_eq!(jackknife(&[(0.0, 2.0); 9]), Some((0.0, 9.0)));
    }

    /// Units that make each move ten times over: the factor is about ten.
    #[test]
    fn moves_that_go_together_count_once() {
        let mut stream = crate::statistics::Stream::new(3, &["buckets"]);
        let mut group = || -> Vec<Vec<f64>> {
            let mut bucket = |_| {
                let kept = (0..50).filter(|_| stream.below(10) < 3).count() as f64;
                vec![10.0 * kept, 10.0 * (50.0 - kept)]
            };
            (0..32).map(&mut bucket).collect()
        };
        let mut sum = 0.0;
        for _ in 0..40 {
            let (a, b) = (group(), group());
            sum += in_buckets([&a, &b]).1.unwrap_or(0.0);
        }
        assert!((sum / 40.0 - 10.0).abs() < 1.0, "{}", sum / 40.0);
    }
}
