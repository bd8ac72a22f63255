//! Whole paths of a drawn journey, one after the other: all of them where there are no loops, or walked at random.

use crate::generate::Rng;
use crate::moments::Chain;
use std::collections::BTreeMap;

/// One journey of a customer.
pub(crate) struct Path<'a> {
    /// Probability, or 1 for a walk.
    pub(crate) weight: f64,
    /// Moments, each with the way by which it is left; the last has none.
    pub(crate) steps: &'a [(usize, Option<usize>)],
    pub(crate) outcome: usize,
}

/// Hands every path to `tell`; gives up, and says so, after `most`.
pub(crate) fn enumerate(chain: &Chain<'_>, most: usize, tell: &mut dyn FnMut(Path<'_>)) -> bool {
    let mut left = most;
    let mut steps = Vec::new();
    let starts = chain.starts.iter().enumerate();
    starts
        .filter(|&(_, &share)| share > 0.0)
        .all(|(spot, &share)| arrive(chain, spot, share, &mut steps, &mut left, tell))
}

fn arrive(
    chain: &Chain<'_>,
    spot: usize,
    chance: f64,
    steps: &mut Vec<(usize, Option<usize>)>,
    left: &mut usize,
    tell: &mut dyn FnMut(Path<'_>),
) -> bool {
    for &x in &chain.of_spot[spot] {
        let moment = &chain.moments[x];
        steps.push((x, None));
        for &(outcome, p) in &moment.ends {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            let weight = chance * moment.chance * p;
            tell(Path {
                weight,
                steps,
                outcome,
            });
        }
        for &(way, p) in &moment.onward {
            steps.last_mut().unwrap().1 = Some(way);
            let chance = chance * moment.chance * p;
            if !arrive(chain, chain.to(way), chance, steps, left, tell) {
                return false;
            }
        }
        steps.pop();
    }
    true
}

/// Hands one journey, walked at random, to `tell`.
pub(crate) fn walk(chain: &Chain<'_>, rng: &mut Rng, tell: &mut dyn FnMut(Path<'_>)) {
    let mut steps = Vec::new();
    let mut spot = rng.draw(chain.starts.iter().copied().enumerate());
    loop {
        let here = chain.of_spot[spot].iter();
        let x = rng.draw(here.map(|&x| (x, chain.moments[x].chance)));
        let moment = &chain.moments[x];
        let ways = moment.onward.iter().map(|&(way, p)| (Ok(way), p));
        let ends = moment.ends.iter().map(|&(outcome, p)| (Err(outcome), p));
        match rng.draw(ways.chain(ends)) {
            Ok(way) => {
                steps.push((x, Some(way)));
                spot = chain.to(way);
            }
            Err(outcome) => {
                steps.push((x, None));
                tell(Path {
                    weight: 1.0,
                    steps: &steps,
                    outcome,
                });
                return;
            }
        }
    }
}

/// Figures that are one sum over paths divided by another.
#[derive(Clone, Default)]
pub(crate) struct Ratios(pub(crate) BTreeMap<String, (f64, f64)>);

impl Ratios {
    /// Adds `weight` to what the figure is divided by, and `weight` times `value` to what is divided.
    pub(crate) fn add(&mut self, name: &str, weight: f64, value: f64) {
        let (over, under) = self.0.entry(name.to_owned()).or_default();
        *over += weight * value;
        *under += weight;
    }

    /// Adds to a share: whether something is so.
    pub(crate) fn count(&mut self, name: &str, weight: f64, is_so: bool) {
        self.add(name, weight, f64::from(u8::from(is_so)));
    }

    pub(crate) fn figures(&self) -> BTreeMap<String, Option<f64>> {
        let ratio = |&(over, under): &(f64, f64)| (under > 0.0).then(|| over / under);
        let figures = self.0.iter();
        figures
            .map(|(name, sums)| (name.clone(), ratio(sums)))
            .collect()
    }
}

/// Compares figures with batches of walks, whose scatter tells the standard error; how many were compared. Seeds are fixed, so this
/// passes always or never.
pub(crate) fn assert_simulated(got: &BTreeMap<String, Option<f64>>, batches: &[Ratios]) -> usize {
    /// Standard errors.
    const ERRORS: f64 = 5.0;
    /// What happens this seldom may happen in no walk, and then has no scatter.
    const FEW: f64 = 30.0;
    let mut compared = 0;
    let names: std::collections::BTreeSet<&String> =
        batches.iter().flat_map(|batch| batch.0.keys()).collect();
    for name in names {
        let sums: Vec<(f64, f64)> = batches
            .iter()
            .map(|batch| batch.0.get(name).copied().unwrap_or_default())
            .collect();
        let under: f64 = sums.iter().map(|(_, under)| under).sum();
        if under < 20.0 * FEW {
            continue;
        }
        let ratio = sums.iter().map(|(over, _)| over).sum::<f64>() / under;
        let spread: f64 = sums.iter().map(|(o, u)| (o - ratio * u).powi(2)).sum();
        let n = batches.len() as f64;
        let error = (spread * n / (n - 1.0)).sqrt() / under;
        let Some(value) = got.get(name).copied().flatten() else {
            // Lists may leave out what does not occur.
            assert!(ratio.abs() <= 0.0, "{name} is missing, simulated {ratio}");
            continue;
        };
        assert!(
            (value - ratio).abs() <= ERRORS * error + FEW / under * ratio.abs().max(1.0),
            "{name}: {value}, simulated {ratio} +- {error}"
        );
        compared += 1;
    }
    compared
}
