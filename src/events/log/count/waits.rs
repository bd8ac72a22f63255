//! Quantiles of waits.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::journeys::Walk;
use crate::journey::{CountedFigure, CountedName, CountedPart};
use crate::statistics::{first_reaching, ratio_below, student};

const CHANCES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// Ways whose waits have figures of their own: the most frequent ones.
const MOST_WAYS: usize = 2000;

/// What is timed: a figure, and of what.
type Timed = (CountedName, Vec<String>);

/// Seconds, the cluster and the journey that waited.
pub(super) type Waited = (f64, u32, u32);

/// Times as they were counted, by the figure that tells quantiles of them and by what it is of: each in seconds, with its cluster. Those
/// of one cluster stand together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    of: BTreeMap<Timed, Vec<(f64, u32)>>,
}

impl Times {
    pub(super) fn put(&mut self, name: CountedName, of: &[CountedPart], waits: &[Waited]) {
        let of = of.iter().map(ToString::to_string).collect();
        let times = waits.iter().map(|&(wait, cluster, _)| (wait, cluster));
        self.of.insert((name, of), times.collect());
    }

    /// The share for which a figure is the quantile, and the times that it is of; `None` for all other figures. The last of what
    /// quantiles are of is their share.
    pub(crate) fn of(&self, name: CountedName, of: &[CountedPart]) -> Option<(f64, &[(f64, u32)])> {
        let (CountedPart::Number(p), of) = of.split_last()? else {
            return None;
        };
        let of = of.iter().map(ToString::to_string).collect();
        Some((*p, self.of.get(&(name, of))?))
    }
}

/// Waits by way and over whole journeys.
#[derive(Debug, Default)]
pub(super) struct Waits {
    by_way: BTreeMap<(u32, u32), Vec<Waited>>,
    whole: Vec<Waited>,
    journeys: u32,
}

impl Waits {
    pub(super) fn add(&mut self, walk: &Walk, cluster: u32) {
        self.journeys = self.journeys.saturating_add(1);
        let mut total = None;
        for pair in walk.steps.windows(2) {
            if let [from, to] = pair
                && let Some(wait) = to.wait
            {
                total = Some(total.unwrap_or(0.0) + wait);
                let way = self.by_way.entry((from.node, to.node)).or_default();
                way.push((wait, cluster, self.journeys));
            }
        }
        if let Some(total) = total {
            self.whole.push((total, cluster, self.journeys));
        }
    }

    /// The times themselves.
    pub(super) fn times(self, ground: &Ground<'_>, times: &mut Times) {
        let id = |node: u32| {
            let id = ground.ids.get(node as usize).copied();
            CountedPart::from(id.unwrap_or(""))
        };
        for ((from, to), waits) in self.by_way {
            times.put(CountedName::Wait, &[id(from), id(to)], &waits);
        }
        times.put(CountedName::WaitTotal, &[], &self.whole);
    }

    pub(super) fn figures(self, ground: &Ground<'_>) -> Vec<CountedFigure> {
        let id =
            |node: u32| CountedPart::from(ground.ids.get(node as usize).copied().unwrap_or(""));
        let mut ways: Vec<_> = self.by_way.into_iter().collect();
        if ways.len() > MOST_WAYS {
            ways.sort_by_key(|(way, waits)| (std::cmp::Reverse(waits.len()), *way));
            ways.truncate(MOST_WAYS);
            ways.sort_by_key(|(way, _)| *way);
        }
        let mut figures = Vec::new();
        for ((from, to), waits) in ways {
            let of = [id(from), id(to)];
            figures.extend(quantiles(CountedName::Wait, &of, waits));
        }
        figures.extend(quantiles(CountedName::WaitTotal, &[], self.whole));
        figures
    }
}

/// The first x with F(x) >= p, and Woodruff's interval (1952): the interval of the share F(x), inverted.
pub(super) fn quantiles(
    name: CountedName,
    of: &[CountedPart],
    mut waits: Vec<(f64, u32, u32)>,
) -> Vec<CountedFigure> {
    if waits.is_empty() {
        return Vec::new();
    }
    // By cluster first, so that clusters can be added up; their order stays when waits are sorted by value.
    let mut journeys: Vec<u32> = waits.iter().map(|&(_, _, journey)| journey).collect();
    journeys.dedup();
    let pairs = waits.iter().map(|&(wait, cluster, _)| (wait, cluster));
    let mut by_cluster: Vec<(f64, u32)> = pairs.collect();
    by_cluster.sort_by_key(|&(_, cluster)| cluster);
    waits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = waits.len();
    let at = |p: f64| {
        waits
            .get(first_reaching(p, n))
            .map_or(0.0, |&(wait, _, _)| wait)
    };
    CHANCES
        .into_iter()
        .map(|p| {
            let value = at(p);
            let ratio = ratio_below(&by_cluster, value);
            let t = student(ratio.clusters - 1.0);
            let interval = ratio
                .standard_error()
                .map(|error| (at(p - t * error), at(p + t * error)));
            let error = interval.map(|(low, high)| (high - low) / (2.0 * t));
            let mut of = of.to_vec();
            of.push(p.into());
            CountedFigure::new(name, of, value, interval, error, journeys.len() as u64)
        })
        .collect()
}
