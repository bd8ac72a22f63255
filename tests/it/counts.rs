//! What two naive ways of computing (enumerating or simulating paths, and dense linear algebra) have in common:
//! expected counts of a journey, and the figures that the definitions make of them, each under a name.

use crate::moments::Chain;
use customer_journey::{Evidence, Phase};
use std::collections::BTreeMap;

/// Figures by name, such as `visits/t3`. `None` stands for what is not known.
pub(crate) type Figures = BTreeMap<String, Option<f64>>;

/// A sum over known cases and how many these are.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) sum: f64,
    pub(crate) number: f64,
}

impl Known {
    pub(crate) fn add(&mut self, weight: f64, value: f64) {
        self.sum += weight * value;
        self.number += weight;
    }

    pub(crate) fn mean(self) -> Option<f64> {
        ratio(self.sum, self.number)
    }
}

pub(crate) fn ratio(a: f64, b: f64) -> Option<f64> {
    (b > 0.0).then(|| a / b)
}

/// Expectations over one journey.
#[derive(Clone)]
pub(crate) struct Counts {
    pub(crate) outcome: Vec<f64>,
    pub(crate) visits: Vec<f64>,
    pub(crate) reach: Vec<f64>,
    /// By touchpoint and level of valence.
    pub(crate) felt: Vec<Vec<f64>>,
    pub(crate) kept: Vec<f64>,
    pub(crate) broken: Vec<f64>,
    /// By touchpoint and outcome: visits followed by the outcome, and journeys that come by and have it.
    pub(crate) visits_then: Vec<Vec<f64>>,
    pub(crate) journeys_then: Vec<Vec<f64>>,
    /// Summed over visits.
    pub(crate) remaining: Vec<f64>,
    pub(crate) remaining_wait: Vec<f64>,
    pub(crate) way_flow: Vec<f64>,
    pub(crate) way_left: Vec<Known>,
    pub(crate) way_arrived: Vec<Known>,
    /// By touchpoint and outcome: journeys that end here.
    pub(crate) end_flow: Vec<Vec<f64>>,
    pub(crate) end: Known,
    pub(crate) phase_reach: [f64; 3],
    /// (under way, what they feel).
    pub(crate) curve: Vec<(f64, Known)>,
    pub(crate) worst: Vec<f64>,
    pub(crate) best: Vec<f64>,
    pub(crate) peak: Known,
    /// Squared changes of valence.
    pub(crate) swing: Known,
    /// By pair of groups.
    pub(crate) both: BTreeMap<(usize, usize), f64>,
}

impl Counts {
    pub(crate) fn new(chain: &Chain<'_>) -> Self {
        let spots = chain.drawing.spots.len();
        let (ways, outcomes) = (chain.drawing.ways.len(), chain.outcomes.len());
        let levels = chain.levels.len();
        Self {
            outcome: vec![0.0; outcomes],
            visits: vec![0.0; spots],
            reach: vec![0.0; spots],
            felt: vec![vec![0.0; levels]; spots],
            kept: vec![0.0; spots],
            broken: vec![0.0; spots],
            visits_then: vec![vec![0.0; outcomes]; spots],
            journeys_then: vec![vec![0.0; outcomes]; spots],
            remaining: vec![0.0; spots],
            remaining_wait: vec![0.0; spots],
            way_flow: vec![0.0; ways],
            way_left: vec![Known::default(); ways],
            way_arrived: vec![Known::default(); ways],
            end_flow: vec![vec![0.0; outcomes]; spots],
            end: Known::default(),
            phase_reach: [0.0; 3],
            curve: Vec::new(),
            worst: vec![0.0; levels],
            best: vec![0.0; levels],
            peak: Known::default(),
            swing: Known::default(),
            both: pairs(chain).into_iter().map(|pair| (pair, 0.0)).collect(),
        }
    }

    /// The figures, for expectations that are `total` times too great.
    pub(crate) fn figures(&self, chain: &Chain<'_>, total: f64) -> Figures {
        let mut figures = Figures::new();
        let mut put = |name: String, value: Option<f64>| {
            assert!(figures.insert(name.clone(), value).is_none(), "{name}");
        };
        let length: f64 = self.visits.iter().sum();
        put("length".into(), Some(length / total));
        // A wait that nobody has is not known of this journey.
        let mut ways = chain.drawing.ways.iter().zip(&self.way_flow);
        let timed = ways.any(|(way, flow)| way.wait_s.is_some() && *flow > 0.0);
        let ways = chain.drawing.ways.iter().zip(&self.way_flow);
        let wait: f64 = ways.map(|(way, f)| f * way.wait_s.unwrap_or(0.0)).sum();
        put("wait_s".into(), timed.then_some(wait / total));
        for (name, &share) in chain.outcomes.iter().zip(&self.outcome) {
            put(format!("outcome/{name}"), Some(share / total));
        }
        for grade in Evidence::ALL {
            let spots = chain.drawing.spots.iter().zip(&self.visits);
            let on: f64 = spots
                .filter(|(spot, _)| spot.evidence == *grade)
                .map(|(_, v)| v)
                .sum();
            put(format!("evidence/{grade}"), ratio(on, length));
        }
        self.touchpoints(chain, total, timed, &mut put);
        self.trajectory(chain, total, &mut put);
        self.needs(chain, total, &mut put);
        figures
    }

    fn touchpoints(
        &self,
        chain: &Chain<'_>,
        total: f64,
        timed: bool,
        put: &mut impl FnMut(String, Option<f64>),
    ) {
        let hurt = |i: usize| -> f64 {
            let felt = chain.levels.iter().zip(&self.felt[i]);
            felt.map(|(v, f)| f64::max(0.0, -v) * f).sum()
        };
        let all: f64 = (0..self.visits.len()).map(hurt).sum();
        for (i, spot) in chain.drawing.spots.iter().enumerate() {
            let (id, visits) = (&spot.id, self.visits[i]);
            put(format!("visits/{id}"), Some(visits / total));
            put(format!("reach/{id}"), Some(self.reach[i] / total));
            let is_felt = visits <= 0.0 || self.felt[i].iter().any(|felt| *felt > 0.0);
            put(format!("hurt/{id}"), is_felt.then(|| hurt(i) / total));
            put(format!("broken/{id}"), Some(self.broken[i] / total));
            put(format!("repeats/{id}"), ratio(visits, self.reach[i]));
            put(format!("remaining/{id}"), ratio(self.remaining[i], visits));
            let wait = ratio(self.remaining_wait[i], visits);
            put(format!("remaining_wait/{id}"), wait.filter(|_| timed));
            let h = |j: usize, w: usize| ratio(self.visits_then[j][w], self.visits[j]);
            for (w, name) in chain.outcomes.iter().enumerate() {
                let Some(here) = h(i, w) else { continue };
                put(format!("then/{id}/{name}"), Some(here));
                let share = self.outcome[w] / total;
                put(format!("lift/{id}/{name}"), ratio(here, share));
                put(
                    format!("coverage/{id}/{name}"),
                    ratio(self.journeys_then[i][w], self.outcome[w]),
                );
                let mut decides = 0.0;
                for (way, flow) in chain.drawing.ways.iter().zip(&self.way_flow) {
                    if way.from == i && *flow > 0.0 {
                        decides += flow * (h(way.to, w).unwrap() - here).abs();
                    }
                }
                for (u, flow) in self.end_flow[i].iter().enumerate() {
                    decides += flow * (f64::from(u8::from(u == w)) - here).abs();
                }
                put(format!("decides/{id}/{name}"), Some(decides / total));
            }
            if hurt(i) > 0.0 || self.broken[i] > 0.0 {
                let mean = self.feel(chain, &[i]).mean();
                // Of a touchpoint of which no feeling is known, no share is.
                put(format!("pain/{id}/share"), mean.and(ratio(hurt(i), all)));
                put(format!("pain/{id}/mean"), mean);
            }
        }
    }

    /// Valence at these touchpoints.
    fn feel(&self, chain: &Chain<'_>, spots: &[usize]) -> Known {
        let mut known = Known::default();
        for &i in spots {
            for (v, f) in chain.levels.iter().zip(&self.felt[i]) {
                known.add(*f, *v);
            }
        }
        known
    }

    fn trajectory(&self, chain: &Chain<'_>, total: f64, put: &mut impl FnMut(String, Option<f64>)) {
        let all: Vec<usize> = (0..self.visits.len()).collect();
        for (p, phase) in Phase::ALL.iter().enumerate() {
            let here: Vec<usize> = all
                .iter()
                .copied()
                .filter(|&i| chain.drawing.spots[i].phase == *phase)
                .collect();
            let moments: f64 = here.iter().map(|&i| self.visits[i]).sum();
            let known = self.feel(chain, &here);
            let share = |of: &dyn Fn(f64) -> f64| {
                let mut sum = 0.0;
                for &i in &here {
                    for (v, f) in chain.levels.iter().zip(&self.felt[i]) {
                        sum += f * of(*v);
                    }
                }
                ratio(sum, known.number)
            };
            let is = |yes: bool| f64::from(u8::from(yes));
            let mean = known.mean();
            let variance = share(&|v| (v - mean.unwrap_or(0.0)).powi(2));
            put(format!("{phase}/reach"), Some(self.phase_reach[p] / total));
            put(format!("{phase}/moments"), Some(moments / total));
            put(format!("{phase}/coverage"), ratio(known.number, moments));
            put(format!("{phase}/mean"), mean);
            put(format!("{phase}/sd"), variance.map(f64::sqrt));
            put(format!("{phase}/positive"), share(&|v| is(v > 0.1)));
            put(
                format!("{phase}/neutral"),
                share(&|v| is((-0.1..=0.1).contains(&v))),
            );
            put(format!("{phase}/negative"), share(&|v| is(v < -0.1)));
        }
        for (k, (travelling, felt)) in self.curve.iter().take(50).enumerate() {
            if *travelling <= 0.0 || (k >= 3 && travelling / total < 0.01) {
                break;
            }
            put(format!("curve/{k}/travelling"), Some(travelling / total));
            put(format!("curve/{k}/mean"), felt.mean());
        }
        let known = self.feel(chain, &all);
        let (mean, end, peak) = (known.mean(), self.end.mean(), self.peak.mean());
        let peak_end = peak.zip(end).map(|(peak, end)| f64::midpoint(peak, end));
        put("mean".into(), mean);
        put(
            "coverage".into(),
            ratio(known.number, self.visits.iter().sum()),
        );
        put("end".into(), end);
        put("end_coverage".into(), Some(self.end.number / total));
        put("peak".into(), peak);
        put("peak_end".into(), peak_end);
        let remembered = peak_end.zip(mean).map(|(p, m)| f64::midpoint(p, m));
        put("remembered".into(), remembered);
        put("swing".into(), self.swing.mean().map(f64::sqrt));
        for (name, extreme) in [("worst", &self.worst), ("best", &self.best)] {
            let mut mean = Known::default();
            for (v, p) in chain.levels.iter().zip(extreme) {
                // Where no emotion is ever known, there is no distribution and nothing is listed.
                if let Some(p) = ratio(*p, self.peak.number) {
                    put(format!("{name}/{v}"), Some(p));
                }
                mean.add(*p, *v);
            }
            put(format!("{name}/mean"), mean.mean());
        }
        for (w, way) in chain.drawing.ways.iter().enumerate() {
            let change = self.way_arrived[w].mean().zip(self.way_left[w].mean());
            let Some(change) = change.map(|(after, before)| after - before) else {
                continue;
            };
            if change.abs() > 1e-9 && self.way_flow[w] > 0.0 {
                let spots = &chain.drawing.spots;
                let when = way.when.map_or("-", |result| result.as_str());
                let name = format!("turn/{}/{}/{when}", spots[way.from].id, spots[way.to].id);
                put(format!("{name}/flow"), Some(self.way_flow[w] / total));
                put(format!("{name}/change"), Some(change));
            }
        }
    }

    fn needs(&self, chain: &Chain<'_>, total: f64, put: &mut impl FnMut(String, Option<f64>)) {
        let exposure = |g: usize| -> f64 {
            let spots = &chain.groups[g].2;
            spots.iter().map(|&i| self.visits[i]).sum()
        };
        let mut needs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for g in (0..chain.groups.len()).filter(|&g| exposure(g) > 0.0) {
            needs.entry(chain.groups[g].0).or_default().push(g);
        }
        let mut journey = Known::default();
        for (need, groups) in needs.into_iter().filter(|(_, groups)| groups.len() > 1) {
            let all: f64 = groups.iter().map(|&g| exposure(g)).sum();
            put(format!("need/{need}/exposure"), Some(all / total));
            let mut whole = Known::default();
            for (at, &a) in groups.iter().enumerate() {
                let channel = chain.groups[a].1;
                let name = format!("channel/{need}/{channel}");
                put(format!("{name}/exposure"), Some(exposure(a) / total));
                put(format!("{name}/mean"), self.group(chain, a).mean);
                put(format!("{name}/kept"), self.group(chain, a).kept);
                for &b in &groups[at + 1..] {
                    let weight = exposure(a) * exposure(b);
                    if let Some(mean) = self.pair(chain, a, b, total, put) {
                        whole.add(weight, mean);
                    }
                }
            }
            put(format!("need/{need}/inconsistency"), whole.mean());
            if let Some(mean) = whole.mean() {
                journey.add(all, mean);
            }
        }
        put("inconsistency".into(), journey.mean());
    }

    fn group<'c>(&self, chain: &Chain<'c>, g: usize) -> Group<'c> {
        let (spots, levels) = (&chain.groups[g].2, chain.levels.len());
        let felt = self.feel(chain, spots);
        let share = |level| {
            let on: f64 = spots.iter().map(|&i| self.felt[i][level]).sum();
            ratio(on, felt.number)
        };
        let kept: f64 = spots.iter().map(|&i| self.kept[i]).sum();
        let broken: f64 = spots.iter().map(|&i| self.broken[i]).sum();
        let met = spots.iter().filter(|&&i| self.visits[i] > 0.0);
        let mut says: Vec<&str> = met.filter_map(|&i| chain.drawing.spots[i].says).collect();
        says.sort_unstable();
        says.dedup();
        Group {
            mean: felt.mean(),
            shares: (0..levels).map(share).collect(),
            kept: ratio(kept, kept + broken),
            says,
        }
    }

    /// Puts the figures of a pair of channels and gives the mean of the known components of inconsistency.
    fn pair(
        &self,
        chain: &Chain<'_>,
        a: usize,
        b: usize,
        total: f64,
        put: &mut impl FnMut(String, Option<f64>),
    ) -> Option<f64> {
        let name = format!(
            "pair/{}/{}/{}",
            chain.groups[a].0, chain.groups[a].1, chain.groups[b].1
        );
        let both = self.both[&(a, b)] / total;
        let (a, b) = (self.group(chain, a), self.group(chain, b));
        let distance = a.mean.and(b.mean).map(|_| {
            // The area between the distribution functions.
            let (mut ahead, mut area) = (0.0, 0.0);
            for level in 0..chain.levels.len() - 1 {
                ahead += a.shares[level].unwrap() - b.shares[level].unwrap();
                area += f64::abs(ahead) * (chain.levels[level + 1] - chain.levels[level]);
            }
            area / 2.0
        });
        let kept = a.kept.zip(b.kept).map(|(a, b)| a - b);
        let speak = !a.says.is_empty() && !b.says.is_empty();
        let contradiction = speak.then(|| f64::from(u8::from(a.says != b.says)));
        let mut mean = Known::default();
        for part in [distance, kept.map(f64::abs), contradiction]
            .into_iter()
            .flatten()
        {
            mean.add(1.0, part);
        }
        let difference = a.mean.zip(b.mean).map(|(a, b)| a - b);
        put(format!("{name}/mean_difference"), difference);
        put(format!("{name}/distance"), distance);
        put(format!("{name}/kept_rate_difference"), kept);
        put(format!("{name}/contradiction"), contradiction);
        put(format!("{name}/both"), Some(both));
        put(format!("{name}/inconsistency"), mean.mean());
        mean.mean()
    }
}

/// What one channel does for a need.
struct Group<'a> {
    mean: Option<f64>,
    shares: Vec<Option<f64>>,
    kept: Option<f64>,
    says: Vec<&'a str>,
}

/// Pairs of groups of the same need.
pub(crate) fn pairs(chain: &Chain<'_>) -> Vec<(usize, usize)> {
    let groups = &chain.groups;
    (0..groups.len())
        .flat_map(|a| (a + 1..groups.len()).map(move |b| (a, b)))
        .filter(|&(a, b)| groups[a].0 == groups[b].0)
        .collect()
}
