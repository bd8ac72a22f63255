//! Whether what customers remember has to do with where they go next: how seldom chance alone does as well, where the values of the fact
//! are dealt anew among whole journeys.

use super::joint::Column;
use super::trails::Trails;

/// How often chance alone does as well as a fact. At each moment (touchpoint and result) its value on leaving is held against where
/// the journey goes, over the first visits of journeys, and over their last ones where some come again; all permutations of the values
/// among these journeys are chance. Where customers forget, the way that is taken last depends on the past as little as the first one.
/// Moments are put together as by Benjamini and Hochberg (1995).
pub(super) fn gate(trails: &Trails, column: &Column) -> f64 {
    let values = column.values;
    let moments = trails.ways.iter().map(|&(moment, _)| moment as usize + 1);
    let moments = moments.max().unwrap_or(0);
    let mut first = vec![0.0; trails.ways.len() * values];
    let mut last = first.clone();
    let mut seen = vec![usize::MAX; moments];
    let mut again = vec![false; moments];
    // Of the journey that is walked: the moments that it came to, and how it left each of them last.
    let mut met: Vec<usize> = Vec::new();
    let mut left = vec![0; moments];
    let (mut label, mut journey) = (0, 0);
    trails.each(|marks| {
        let Some((_, marks)) = marks else { return };
        for mark in marks {
            label += 1;
            let moment = mark.moment as usize;
            left[moment] = mark.way as usize * values + usize::from(column.labels[label]);
            if std::mem::replace(&mut seen[moment], journey) == journey {
                again[moment] = true;
            } else {
                first[left[moment]] += 1.0;
                met.push(moment);
            }
        }
        for moment in met.drain(..) {
            last[left[moment]] += 1.0;
        }
        label += 1;
        journey += 1;
    });
    let mut tables: Vec<Vec<&[f64]>> = vec![Vec::new(); 2 * moments];
    let counted = first.chunks_exact(values).zip(last.chunks_exact(values));
    for (&(moment, _), (first, last)) in trails.ways.iter().zip(counted) {
        tables[2 * moment as usize].push(first);
        if again[moment as usize] {
            tables[2 * moment as usize + 1].push(last);
        }
    }
    let mut chances: Vec<f64> = tables.iter().filter_map(|table| chance(table)).collect();
    chances.sort_by(f64::total_cmp);
    let tested = chances.len() as f64;
    let ranked = chances.iter().enumerate();
    let adjusted = ranked.map(|(rank, chance)| chance * tested / (rank + 1) as f64);
    adjusted.fold(1.0, f64::min)
}

/// How often a table of way by fact is as uneven by chance: Pearson's statistic has this mean and this variance over all
/// permutations (Dawson 1954), and about a gamma distribution. `None` where either takes one value only, or too few journeys
/// come there.
fn chance(table: &[&[f64]]) -> Option<f64> {
    let values = table.first()?.len();
    let sum_of = |value: usize| table.iter().map(|way| way[value]).sum::<f64>();
    let facts: Vec<f64> = (0..values).map(sum_of).collect();
    let ways: Vec<f64> = table.iter().map(|way| way.iter().sum()).collect();
    let all: f64 = ways.iter().sum();
    let mut statistic = -all;
    for (way, &sum) in table.iter().zip(&ways) {
        for (count, fact) in way.iter().zip(&facts) {
            if *fact > 0.0 && sum > 0.0 {
                statistic += all * count * count / (sum * fact);
            }
        }
    }
    let (mean, variance) = moments(&facts, &ways, all)?;
    Some(tail(statistic.max(0.0), mean, variance))
}

/// Mean and variance of Pearson's statistic over all permutations of a table with these margins.
fn moments(facts: &[f64], ways: &[f64], all: f64) -> Option<(f64, f64)> {
    let kinds = |margin: &[f64]| margin.iter().filter(|&&count| count > 0.0).count() as f64;
    let (r, c) = (kinds(facts), kinds(ways));
    if r < 2.0 || c < 2.0 || all < 5.0 {
        return None;
    }
    let parts = |margin: &[f64], kinds: f64| {
        let inverse = margin.iter().filter(|&&count| count > 0.0);
        let inverse: f64 = inverse.map(|count| 1.0 / count).sum();
        let v = (kinds - 1.0) * (all - kinds) / (all - 1.0);
        let w = (all * inverse - kinds * kinds) / (all - 2.0);
        (v, w)
    };
    let ((v1, w1), (v2, w2)) = (parts(facts, r), parts(ways, c));
    let mean = all * (r - 1.0) * (c - 1.0) / (all - 1.0);
    let variance =
        2.0 * all / (all - 3.0) * (v1 - w1) * (v2 - w2) + all * all / (all - 1.0) * w1 * w2;
    (variance > 0.0).then_some((mean, variance))
}

/// The chance that a gamma variable of this mean and variance exceeds a value (Wilson and Hilferty 1931).
fn tail(value: f64, mean: f64, variance: f64) -> f64 {
    let ninth = variance / (9.0 * mean * mean);
    let z = ((value / mean).cbrt() - (1.0 - ninth)) / ninth.sqrt();
    beyond(z)
}

/// The chance that a normal variable exceeds z (Abramowitz and Stegun 1964, 26.2.17, right to 1e-7; far out its leading term).
fn beyond(z: f64) -> f64 {
    const SERIES: [f64; 5] = [
        0.319_381_530,
        -0.356_563_782,
        1.781_477_937,
        -1.821_255_978,
        1.330_274_429,
    ];
    let at = z.abs();
    let density = (-at * at / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let upper = if at > 4.0 {
        density / at
    } else {
        let t = 1.0 / (1.0 + 0.231_641_9 * at);
        density * SERIES.iter().rev().fold(0.0, |sum, part| t * (part + sum))
    };
    if z >= 0.0 { upper } else { 1.0 - upper }
}

#[cfg(test)]
mod tests {
    use super::{beyond, moments};

    /// All permutations of four small margins, one by one.
    #[test]
    fn moments_are_those_of_all_permutations() {
        for (facts, ways) in [
            (vec![2, 5], vec![0, 0, 0, 1, 1, 1, 1]),
            (vec![1, 2, 4], vec![0, 0, 1, 1, 1, 2, 2]),
        ] {
            let all: usize = facts.iter().sum();
            let values: Vec<usize> = facts
                .iter()
                .enumerate()
                .flat_map(|(value, &count)| vec![value; count])
                .collect();
            let margin = |of: &[usize]| -> Vec<f64> {
                let most = of.iter().max().copied().unwrap_or(0);
                let count = |kind| of.iter().filter(|&&other| other == kind).count() as f64;
                (0..=most).map(count).collect()
            };
            let (rows, columns) = (margin(&values), margin(&ways));
            let statistic = |order: &[usize]| {
                let mut counts = vec![vec![0.0_f64; columns.len()]; rows.len()];
                for (place, &at) in order.iter().enumerate() {
                    counts[values[at]][ways[place]] += 1.0;
                }
                let n = all as f64;
                let mut sum = -n;
                for (row, counts) in rows.iter().zip(&counts) {
                    for (column, count) in columns.iter().zip(counts) {
                        sum += n * count * count / (row * column);
                    }
                }
                sum
            };
            let mut found = Vec::new();
            let mut order: Vec<usize> = (0..all).collect();
            permute(&mut order, 0, &mut |order| found.push(statistic(order)));
            let n = found.len() as f64;
            let mean = found.iter().sum::<f64>() / n;
            let variance = found.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
            let (m, v) = moments(&rows, &columns, all as f64).unwrap_or_default();
            assert!((mean - m).abs() < 1e-9, "{mean} {m}");
            assert!((variance - v).abs() < 1e-9, "{variance} {v}");
        }
    }

    fn permute(order: &mut Vec<usize>, from: usize, take: &mut impl FnMut(&[usize])) {
        if from == order.len() {
            take(order);
        }
        for at in from..order.len() {
            order.swap(from, at);
            permute(order, from + 1, take);
            order.swap(from, at);
        }
    }

    #[test]
    fn normal_tails_are_those_of_tables() {
        for (z, expected) in [
            (0.0, 0.5),
            (1.959_964, 0.025),
            (3.0, 0.001_349_9),
            (-1.0, 0.841_345),
        ] {
            assert!((beyond(z) - expected).abs() < 1e-6, "{z}");
        }
    }
}
