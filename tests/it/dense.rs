//! Figures by dense linear algebra over moments, straight from the definitions: slow, and right to about 1e-12 on
//! small journeys that are not nearly singular.

use crate::counts::{Counts, Known, pairs};
use crate::moments::Chain;
use customer_journey::PromiseResult;

/// Solves a x = b by elimination with partial pivoting.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for k in 0..n {
        let size = |&i: &usize| a[i][k].abs();
        let pivot = (k..n).max_by(|i, j| size(i).total_cmp(&size(j))).unwrap();
        a.swap(k, pivot);
        b.swap(k, pivot);
        for i in k + 1..n {
            let factor = a[i][k] / a[k][k];
            if factor != 0.0 {
                let (above, below) = a.split_at_mut(i);
                for (x, y) in below[0][k..].iter_mut().zip(&above[k][k..]) {
                    *x -= factor * y;
                }
                b[i] -= factor * b[k];
            }
        }
    }
    for k in (0..n).rev() {
        let done: f64 = (k + 1..n).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - done) / a[k][k];
    }
    b
}

struct Dense<'a, 'd> {
    chain: &'a Chain<'d>,
    /// P, moment to moment.
    p: Vec<Vec<f64>>,
    start: Vec<f64>,
}

impl Dense<'_, '_> {
    /// (I - P)^-1 gain, for rows and columns of P weighted by `keep`.
    fn value(&self, keep: &dyn Fn(usize) -> f64, gain: &[f64]) -> Vec<f64> {
        let n = self.p.len();
        let a = (0..n)
            .map(|x| {
                (0..n)
                    .map(|y| f64::from(u8::from(x == y)) - self.p[x][y] * keep(y))
                    .collect()
            })
            .collect();
        solve(a, gain.to_vec())
    }

    /// Expected total from the start.
    fn total(&self, keep: &dyn Fn(usize) -> f64, gain: &[f64]) -> f64 {
        let value = self.value(keep, gain);
        let starts = self.start.iter().enumerate();
        starts.map(|(x, s)| s * keep(x) * value[x]).sum()
    }

    /// Probability that a journey meets one of these touchpoints: a journey stops on arriving there.
    fn hit(&self, wanted: &dyn Fn(usize) -> bool) -> f64 {
        let moments = &self.chain.moments;
        let is = |x: usize| wanted(moments[x].spot);
        let n = self.p.len();
        let gain: Vec<f64> = (0..n)
            .map(|x| (0..n).filter(|&y| is(y)).map(|y| self.p[x][y]).sum())
            .collect();
        let later = self.total(&|x| f64::from(u8::from(!is(x))), &gain);
        let at_once: f64 = (0..n).filter(|&x| is(x)).map(|x| self.start[x]).sum();
        later + at_once
    }

    /// Probability that every known emotion on the journey lies in a set of levels.
    fn within(&self, set: &dyn Fn(usize) -> bool) -> f64 {
        let moments = &self.chain.moments;
        let keep = |x: usize| -> f64 {
            let mix = &moments[x].mix;
            if mix.is_empty() {
                return 1.0;
            }
            let inside = mix.iter().filter(|&&(level, _)| set(level));
            inside.map(|&(_, share)| share).sum()
        };
        let ends: Vec<f64> = moments
            .iter()
            .map(|moment| moment.ends.iter().map(|&(_, p)| p).sum())
            .collect();
        self.total(&keep, &ends)
    }
}

/// The expected counts of a journey.
pub(crate) fn counts(chain: &Chain<'_>) -> Counts {
    let moments = &chain.moments;
    let n = moments.len();
    let mut p = vec![vec![0.0; n]; n];
    let mut start = vec![0.0; n];
    let reachable = chain.reachable();
    for (x, moment) in moments.iter().enumerate() {
        start[x] = chain.starts[moment.spot] * moment.chance;
        if !reachable[moment.spot] {
            // There may be traps where nobody comes.
            continue;
        }
        for &(way, chance) in &moment.onward {
            for &y in &chain.of_spot[chain.to(way)] {
                p[x][y] += chance * moments[y].chance;
            }
        }
    }
    let dense = Dense { chain, p, start };
    let transposed = (0..n)
        .map(|x| {
            (0..n)
                .map(|y| f64::from(u8::from(x == y)) - dense.p[y][x])
                .collect()
        })
        .collect();
    let mut visits = solve(transposed, dense.start.clone());
    // Pivoting leaves rounding where nobody comes.
    for (v, moment) in visits.iter_mut().zip(moments) {
        *v *= f64::from(u8::from(reachable[moment.spot]));
    }

    let mut counts = Counts::new(chain);
    for (x, moment) in moments.iter().enumerate() {
        visit(&mut counts, &dense, x, visits[x]);
        if moment.result == Some(PromiseResult::Kept) {
            counts.kept[moment.spot] += visits[x];
        }
        if moment.result == Some(PromiseResult::Broken) {
            counts.broken[moment.spot] += visits[x];
        }
    }
    ahead(&mut counts, &dense);
    for i in 0..chain.drawing.spots.len() {
        counts.reach[i] = dense.hit(&|j| j == i);
        for w in 0..chain.outcomes.len() {
            if counts.visits[i] > 0.0 {
                // Strong Markov property.
                counts.journeys_then[i][w] =
                    counts.reach[i] * counts.visits_then[i][w] / counts.visits[i];
            }
        }
    }
    for (phase, reach) in customer_journey::Phase::ALL
        .iter()
        .zip(&mut counts.phase_reach)
    {
        *reach = dense.hit(&|j| chain.drawing.spots[j].phase == *phase);
    }
    for (a, b) in pairs(chain) {
        let [one, other] = [&chain.groups[a].2, &chain.groups[b].2];
        let either = dense.hit(&|j| one.contains(&j) || other.contains(&j));
        let both = dense.hit(&|j| one.contains(&j)) + dense.hit(&|j| other.contains(&j)) - either;
        counts.both.insert((a, b), both);
    }
    extremes(&mut counts, &dense);
    curve(&mut counts, &dense);
    counts
}

fn mean(chain: &Chain<'_>, x: usize) -> Option<f64> {
    let mut known = Known::default();
    for &(level, share) in &chain.moments[x].mix {
        known.add(share, chain.levels[level]);
    }
    known.mean()
}

/// What v visits of moment x add.
fn visit(counts: &mut Counts, dense: &Dense<'_, '_>, x: usize, v: f64) {
    let (chain, moment) = (dense.chain, &dense.chain.moments[x]);
    let i = moment.spot;
    counts.visits[i] += v;
    for &(level, share) in &moment.mix {
        counts.felt[i][level] += v * share;
    }
    for &(w, chance) in &moment.ends {
        counts.outcome[w] += v * chance;
        counts.end_flow[i][w] += v * chance;
        if let Some(mean) = mean(chain, x) {
            counts.end.add(v * chance, mean);
        }
    }
    for &(way, chance) in &moment.onward {
        let flow = v * chance;
        counts.way_flow[way] += flow;
        if let Some(mean) = mean(chain, x) {
            counts.way_left[way].add(flow, mean);
        }
        for &y in &chain.of_spot[chain.to(way)] {
            let flow = flow * chain.moments[y].chance;
            if let Some(mean) = mean(chain, y) {
                counts.way_arrived[way].add(flow, mean);
            }
            for &(before, p) in &moment.mix {
                for &(after, q) in &chain.moments[y].mix {
                    let change = chain.levels[after] - chain.levels[before];
                    counts.swing.add(flow * p * q, change * change);
                }
            }
        }
    }
}

/// What lies ahead, summed over visits.
fn ahead(counts: &mut Counts, dense: &Dense<'_, '_>) {
    let (chain, moments) = (dense.chain, &dense.chain.moments);
    let arriving = |value: &[f64], i: usize| -> f64 {
        let here = chain.of_spot[i].iter();
        here.map(|&x| moments[x].chance * value[x]).sum()
    };
    let always = |_: usize| 1.0;
    for w in 0..chain.outcomes.len() {
        let gain: Vec<f64> = moments
            .iter()
            .map(|moment| {
                let ends = moment.ends.iter().filter(|&&(u, _)| u == w);
                ends.map(|&(_, p)| p).sum()
            })
            .collect();
        let value = dense.value(&always, &gain);
        for i in 0..counts.visits.len() {
            counts.visits_then[i][w] = counts.visits[i] * arriving(&value, i);
        }
    }
    let value = dense.value(&always, &vec![1.0; moments.len()]);
    let waits: Vec<f64> = moments
        .iter()
        .map(|moment| {
            let ways = moment.onward.iter();
            ways.map(|&(way, p)| p * chain.drawing.ways[way].wait_s.unwrap_or(0.0))
                .sum()
        })
        .collect();
    let waiting = dense.value(&always, &waits);
    for i in 0..counts.visits.len() {
        counts.remaining[i] = counts.visits[i] * arriving(&value, i);
        counts.remaining_wait[i] = counts.visits[i] * arriving(&waiting, i);
    }
}

fn extremes(counts: &mut Counts, dense: &Dense<'_, '_>) {
    let levels = &dense.chain.levels;
    let none = dense.within(&|_| false);
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let below = |order: &[usize]| -> Vec<f64> {
        let upto = |k: usize| {
            let set = &order[..k];
            dense.within(&|level| set.contains(&level))
        };
        (0..order.len()).map(|k| upto(k + 1) - upto(k)).collect()
    };
    counts.best = below(&order);
    order.reverse();
    counts.worst = below(&order);
    counts.worst.reverse();
    // Intensity; the negative one above the positive one.
    order.sort_by(|&a, &b| {
        let key = |level: usize| (levels[level].abs(), -levels[level]);
        key(a).partial_cmp(&key(b)).unwrap()
    });
    counts.peak.number = 1.0 - none;
    let chances = below(&order);
    counts.peak.sum = order.iter().zip(chances).map(|(&l, p)| levels[l] * p).sum();
    if counts.peak.number < 1e-12 {
        // No emotion can be met: what is left is rounding.
        counts.peak = Known::default();
    }
}

fn curve(counts: &mut Counts, dense: &Dense<'_, '_>) {
    let mut here = dense.start.clone();
    for _ in 0..50 {
        let mut felt = Known::default();
        for (x, &share) in here.iter().enumerate() {
            if let Some(mean) = mean(dense.chain, x) {
                felt.add(share, mean);
            }
        }
        counts.curve.push((here.iter().sum(), felt));
        let mut next = vec![0.0; here.len()];
        for (x, share) in here.iter().enumerate() {
            for (y, p) in dense.p[x].iter().enumerate() {
                next[y] += share * p;
            }
        }
        here = next;
    }
}
