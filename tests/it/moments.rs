//! The moments of a drawn journey, made naively from the definitions: nothing here comes from the crate. A moment whose
//! feeling is known of some visits only is two moments, one felt and one not, with the same ways from both.

use crate::generate::{Drawing, Rng, Spot, Taste, drawing};
use customer_journey::PromiseResult;
use std::collections::BTreeSet;

/// A touchpoint together with the result of its promise.
pub(crate) struct Moment {
    pub(crate) spot: usize,
    pub(crate) result: Option<PromiseResult>,
    /// Its probability on entering the touchpoint.
    pub(crate) chance: f64,
    /// (position in `Chain::levels`, probability); empty where the emotion is unknown.
    pub(crate) mix: Vec<(usize, f64)>,
    /// (position of the way, probability).
    pub(crate) onward: Vec<(usize, f64)>,
    /// (position in `Chain::outcomes`, probability).
    pub(crate) ends: Vec<(usize, f64)>,
}

pub(crate) struct Chain<'a> {
    pub(crate) drawing: &'a Drawing,
    pub(crate) moments: Vec<Moment>,
    /// The moments of each touchpoint.
    pub(crate) of_spot: Vec<Vec<usize>>,
    /// Probability of beginning at each touchpoint.
    pub(crate) starts: Vec<f64>,
    /// Names, sorted, with `unstated` always among them.
    pub(crate) outcomes: Vec<String>,
    /// All valences of the map, ascending.
    pub(crate) levels: Vec<f64>,
    /// (need, channel), sorted, with the touchpoints that have both.
    pub(crate) groups: Vec<(&'static str, &'static str, Vec<usize>)>,
}

impl<'a> Chain<'a> {
    pub(crate) fn new(drawing: &'a Drawing) -> Self {
        let mut outcomes: BTreeSet<String> = BTreeSet::from(["unstated".to_owned()]);
        let mut levels = Vec::new();
        let mut groups = BTreeSet::new();
        for spot in &drawing.spots {
            outcomes.extend(spot.ends.iter().map(|(outcome, ..)| outcome.clone()));
            levels.extend(spot.feels.iter().flatten().flatten().map(|&(v, _)| v));
            groups.extend(spot.need.map(|need| (need, spot.channel)));
        }
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let mut chain = Self {
            drawing,
            moments: Vec::new(),
            of_spot: Vec::new(),
            starts: starts(drawing),
            outcomes: outcomes.into_iter().collect(),
            levels,
            groups: groups
                .into_iter()
                .map(|(need, channel)| {
                    let here = |&i: &usize| {
                        let spot: &Spot = &drawing.spots[i];
                        spot.need == Some(need) && spot.channel == channel
                    };
                    let members = (0..drawing.spots.len()).filter(here).collect();
                    (need, channel, members)
                })
                .collect(),
        };
        for (i, spot) in drawing.spots.iter().enumerate() {
            let first = chain.moments.len();
            match spot.promise {
                None => chain.push(i, None, 1.0),
                Some(weights) => {
                    let results = [
                        PromiseResult::Kept,
                        PromiseResult::Broken,
                        PromiseResult::Unknown,
                    ];
                    for (result, weight) in results.into_iter().zip(weights) {
                        if weight > 0.0 {
                            let chance = weight / weights.iter().sum::<f64>();
                            chain.push(i, Some(result), chance);
                        }
                    }
                }
            }
            chain.of_spot.push((first..chain.moments.len()).collect());
        }
        chain
    }

    fn push(&mut self, i: usize, result: Option<PromiseResult>, chance: f64) {
        let spot = &self.drawing.spots[i];
        let own = match result {
            Some(PromiseResult::Broken) => spot.felt(1),
            Some(PromiseResult::Unknown) => spot.felt(2),
            _ => spot.felt(0),
        };
        let (shades, silent) = own.or(spot.felt(0)).unwrap_or_default();
        let total: f64 = shades.iter().map(|&(_, weight)| weight).sum();
        let level = |v: f64| self.levels.iter().position(|&l| l == v).unwrap();
        let mix: Vec<(usize, f64)> = shades
            .iter()
            .filter(|&&(_, weight)| weight > 0.0)
            .map(|&(v, weight)| (level(v), weight / total))
            .collect();

        let open = |when: Option<PromiseResult>| when.is_none() || when == result;
        let ways = self.drawing.ways.iter().enumerate();
        let mut onward: Vec<(usize, f64)> = ways
            .filter(|(_, way)| way.from == i && open(way.when) && way.weight > 0.0)
            .map(|(at, way)| (at, way.weight))
            .collect();
        let named = |name: &str| self.outcomes.iter().position(|o| o == name).unwrap();
        let mut ends: Vec<(usize, f64)> = spot
            .ends
            .iter()
            .filter(|(_, weight, when)| open(*when) && *weight > 0.0)
            .map(|(outcome, weight, _)| (named(outcome), *weight))
            .collect();
        let sum: f64 = onward.iter().chain(&ends).map(|&(_, weight)| weight).sum();
        if sum > 0.0 {
            for (_, weight) in onward.iter_mut().chain(&mut ends) {
                *weight /= sum;
            }
        } else {
            ends.push((named("unstated"), 1.0));
        }
        let split = if mix.is_empty() {
            vec![(mix, 1.0)]
        } else {
            let all = total + silent;
            vec![(mix, total / all), (Vec::new(), silent / all)]
        };
        for (mix, part) in split.into_iter().filter(|(_, part)| *part > 0.0) {
            self.moments.push(Moment {
                spot: i,
                result,
                chance: chance * part,
                mix,
                onward: onward.clone(),
                ends: ends.clone(),
            });
        }
    }

    /// The touchpoint that a way leads to.
    pub(crate) fn to(&self, way: usize) -> usize {
        self.drawing.ways[way].to
    }

    /// Where ways lead to, touchpoint to touchpoint: Warshall's closure.
    fn leads(&self) -> Vec<Vec<bool>> {
        let n = self.drawing.spots.len();
        let mut leads = vec![vec![false; n]; n];
        for moment in &self.moments {
            leads[moment.spot][moment.spot] = true;
            for &(way, _) in &moment.onward {
                leads[moment.spot][self.to(way)] = true;
            }
        }
        for k in 0..n {
            let onward = leads[k].clone();
            for row in leads.iter_mut().filter(|row| row[k]) {
                for (leads, on) in row.iter_mut().zip(&onward) {
                    *leads |= on;
                }
            }
        }
        leads
    }

    /// Whether journeys can come to each touchpoint.
    pub(crate) fn reachable(&self) -> Vec<bool> {
        let leads = self.leads();
        let starts = self.starts.iter().enumerate();
        let starts: Vec<usize> = starts.filter(|&(_, &s)| s > 0.0).map(|(i, _)| i).collect();
        (0..self.starts.len())
            .map(|i| starts.iter().any(|&s| leads[s][i]))
            .collect()
    }

    /// Whether some reachable touchpoint can never end.
    pub(crate) fn has_trap(&self) -> bool {
        let (leads, n) = (self.leads(), self.starts.len());
        let ends = |i: usize| {
            self.of_spot[i]
                .iter()
                .any(|&x| !self.moments[x].ends.is_empty())
        };
        let can_end = |i: usize| (0..n).any(|j| leads[i][j] && ends(j));
        let reachable = self.reachable();
        (0..n).any(|i| reachable[i] && !can_end(i))
    }
}

/// `starts`, or an equal share for those without a transition from another touchpoint.
fn starts(drawing: &Drawing) -> Vec<f64> {
    let stated = drawing.spots.iter().any(|spot| spot.starts.is_some());
    let entered = |i: usize| {
        let mut ways = drawing.ways.iter();
        ways.any(|way| way.to == i && way.from != i)
    };
    let weights: Vec<f64> = drawing
        .spots
        .iter()
        .enumerate()
        .map(|(i, spot)| match (stated, spot.starts) {
            (true, weight) => weight.unwrap_or(0.0),
            (false, _) => f64::from(u8::from(!entered(i))),
        })
        .collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// A random drawing on which every journey can end: the first one that has no trap.
pub(crate) fn without_trap(rng: &mut Rng, taste: Taste) -> Drawing {
    loop {
        let drawing = drawing(rng, taste);
        if !Chain::new(&drawing).has_trap() {
            return drawing;
        }
    }
}
