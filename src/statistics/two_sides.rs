//! Values of two sides from units that may be on either side or on both: how far apart the sides are, and how often chance alone does as much.

use super::draws::Stream;

/// The values of a unit on one side and on the other, as positions in a list of values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sided {
    pub(crate) a: Vec<u32>,
    pub(crate) b: Vec<u32>,
}

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TwoSides {
    /// Mean of one side less mean of the other.
    pub(crate) mean_difference: f64,
    /// Its 90 % interval, by resampling units.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Area between the distribution functions, less what chance makes of it on average; 0 or more.
    pub(crate) effect: f64,
    /// How often chance makes it as large.
    pub(crate) p: f64,
}

/// Numbers of values by position, on both sides.
struct Counts<'a> {
    values: &'a [f64],
    a: Vec<f64>,
    b: Vec<f64>,
}

impl<'a> Counts<'a> {
    fn new(values: &'a [f64]) -> Self {
        let none = vec![0.0; values.len()];
        Self {
            values,
            a: none.clone(),
            b: none,
        }
    }

    fn clear(&mut self) {
        self.a.fill(0.0);
        self.b.fill(0.0);
    }

    fn add(&mut self, unit: &Sided, turned: bool) {
        let (a, b) = if turned {
            (&unit.b, &unit.a)
        } else {
            (&unit.a, &unit.b)
        };
        for (side, positions) in [(&mut self.a, a), (&mut self.b, b)] {
            for &position in positions {
                if let Some(count) = side.get_mut(position as usize) {
                    *count += 1.0;
                }
            }
        }
    }

    /// The area between the distribution functions of both sides, and the difference of their means; `None` where one side is empty.
    fn apart(&self) -> Option<(f64, f64)> {
        let (all_a, all_b) = (self.a.iter().sum::<f64>(), self.b.iter().sum::<f64>());
        if all_a <= 0.0 || all_b <= 0.0 {
            return None;
        }
        let (mut ahead, mut area, mut difference) = (0.0_f64, 0.0, 0.0);
        let mut before: Option<f64> = None;
        for ((value, a), b) in self.values.iter().zip(&self.a).zip(&self.b) {
            area += before.map_or(0.0, |before| ahead.abs() * (value - before));
            ahead += a / all_a - b / all_b;
            difference += value * (a / all_a - b / all_b);
            before = Some(*value);
        }
        Some((area, difference))
    }
}

/// Compares the two sides of some units; `values` ascend. Units on both sides have their sides turned round or not, each as likely, and those
/// on one side are dealt anew to the two sides, each keeping its number of them. `None` where a side has no values.
pub(crate) fn two_sides(
    values: &[f64],
    units: &[Sided],
    deals: u32,
    stream: &mut Stream,
) -> Option<TwoSides> {
    let mut counts = Counts::new(values);
    for unit in units {
        counts.add(unit, false);
    }
    let (observed, mean_difference) = counts.apart()?;
    let (both, mut one): (Vec<&Sided>, Vec<&Sided>) = units
        .iter()
        .partition(|unit| !unit.a.is_empty() && !unit.b.is_empty());
    let on_a = one.iter().filter(|unit| !unit.a.is_empty()).count();
    let (mut sum, mut as_far, mut dealt) = (0.0, 0.0, 0.0);
    for _ in 0..deals {
        counts.clear();
        for unit in &both {
            counts.add(unit, stream.below(2) == 1);
        }
        stream.shuffle(&mut one);
        for (place, unit) in one.iter().enumerate() {
            counts.add(unit, unit.a.is_empty() == (place < on_a));
        }
        if let Some((area, _)) = counts.apart() {
            dealt += 1.0;
            sum += area;
            // Deals that are as far apart may differ by rounding.
            if area >= observed * (1.0 - 1e-12) {
                as_far += 1.0;
            }
        }
    }
    let mut differences = Vec::new();
    for _ in 0..deals {
        counts.clear();
        for _ in units {
            let drawn = usize::try_from(stream.below(units.len() as u64)).unwrap_or(0);
            if let Some(unit) = units.get(drawn) {
                counts.add(unit, false);
            }
        }
        differences.extend(counts.apart().map(|(_, difference)| difference));
    }
    differences.sort_by(f64::total_cmp);
    let outside = ((differences.len() + 1) / 20).saturating_sub(1);
    let end = |place: usize| differences.get(place).copied().unwrap_or(mean_difference);
    Some(TwoSides {
        mean_difference,
        low: end(outside),
        high: end(differences.len().saturating_sub(outside + 1)),
        effect: (observed - sum / f64::max(dealt, 1.0)).max(0.0),
        p: (1.0 + as_far) / (1.0 + dealt),
    })
}

#[cfg(test)]
mod tests {
    use super::{Sided, two_sides};
    use crate::statistics::Stream;

    const VALUES: [f64; 3] = [-0.5, 0.0, 0.5];

    fn unit(a: &[u32], b: &[u32]) -> Sided {
        Sided {
            a: a.to_vec(),
            b: b.to_vec(),
        }
    }

    /// By hand: 2 and 0.5 of -0.5, 0, 0.5 on one side, and the means are 0.5 and -0.5.
    #[test]
    fn sides_that_never_meet_are_one_apart() {
        let units = [vec![unit(&[2, 2], &[]); 6], vec![unit(&[], &[0]); 6]].concat();
        let mut stream = Stream::new(1, &["two"]);
        let found = two_sides(&VALUES, &units, 999, &mut stream);
        let found = found.unwrap_or_else(|| unreachable!("both sides have values"));
        assert!((found.mean_difference - 1.0).abs() < 1e-12);
        assert!((found.low - 1.0).abs() < 1e-12 && (found.high - 1.0).abs() < 1e-12);
        // Of the 924 ways of dealing twelve units to two sides, two are as far apart.
        assert!(found.p < 0.01 && found.effect > 0.5, "{found:?}");
        assert_eq!(two_sides(&VALUES, &units[..6], 999, &mut stream), None);
    }

    /// Three units on both sides: of the eight ways of turning them round, one and its mirror are as far apart.
    #[test]
    fn units_on_both_sides_are_turned_round() {
        let units = vec![unit(&[2], &[0]); 3];
        let mut stream = Stream::new(2, &["two"]);
        let found = two_sides(&VALUES, &units, 9_999, &mut stream);
        let p = found.map_or(0.0, |found| found.p);
        assert!((p - 0.25).abs() < 0.02, "{p}");
    }

    /// Units that say the same ten times over, on one side each: where nothing differs, about 5 of 100 find something.
    #[test]
    fn what_repeats_itself_counts_once() {
        let mut found = 0;
        for seed in 0..200 {
            let mut stream = Stream::new(seed, &["null"]);
            let units: Vec<Sided> = (0..40)
                .map(|number| {
                    let same = [u32::try_from(stream.below(3)).unwrap_or(0); 10];
                    if number % 2 == 0 {
                        unit(&same, &[])
                    } else {
                        unit(&[], &same)
                    }
                })
                .collect();
            let p = two_sides(&VALUES, &units, 99, &mut stream).map_or(1.0, |found| found.p);
            found += u32::from(p <= 0.05);
        }
        assert!((3..=20).contains(&found), "{found} of 200");
    }
}
