//! Figures by adding up whole paths, one after the other: enumerated with their probabilities, or walked at random.

use crate::counts::{Counts, Figures};
use crate::generate::Rng;
use crate::moments::Chain;
use customer_journey::{Phase, PromiseResult};

/// One moment of a path.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    moment: usize,
    /// The valence drawn there, by its level.
    level: Option<usize>,
    /// The way by which it is left; `None` at the end.
    way: Option<usize>,
}

pub(crate) struct Tally<'a, 'd> {
    chain: &'a Chain<'d>,
    counts: Counts,
    total: f64,
    pub(crate) paths: usize,
}

impl<'a, 'd> Tally<'a, 'd> {
    pub(crate) fn new(chain: &'a Chain<'d>) -> Self {
        Self {
            chain,
            counts: Counts::new(chain),
            total: 0.0,
            paths: 0,
        }
    }

    pub(crate) fn figures(&self) -> Figures {
        self.counts.figures(self.chain, self.total)
    }

    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// Adds a path of this weight.
    fn add(&mut self, weight: f64, steps: &[Step], outcome: usize) {
        let (chain, counts) = (self.chain, &mut self.counts);
        self.total += weight;
        self.paths += 1;
        counts.outcome[outcome] += weight;
        let mut visited = 0_u64;
        let mut met = Vec::new();
        let mut waiting = 0.0;
        for (k, step) in steps.iter().enumerate().rev() {
            let moment = &chain.moments[step.moment];
            let i = moment.spot;
            let valence = step.level.map(|level| chain.levels[level]);
            counts.visits[i] += weight;
            counts.visits_then[i][outcome] += weight;
            counts.remaining[i] += weight * (steps.len() - k) as f64;
            if visited & (1 << i) == 0 {
                counts.reach[i] += weight;
                counts.journeys_then[i][outcome] += weight;
                visited |= 1 << i;
            }
            if let Some(level) = step.level {
                counts.felt[i][level] += weight;
                met.push(level);
            }
            match moment.result {
                Some(PromiseResult::Kept) => counts.kept[i] += weight,
                Some(PromiseResult::Broken) => counts.broken[i] += weight,
                _ => {}
            }
            if let Some(way) = step.way {
                counts.way_flow[way] += weight;
                waiting += chain.drawing.ways[way].wait_s.unwrap_or(0.0);
                let after = steps[k + 1].level.map(|level| chain.levels[level]);
                if let Some(v) = valence {
                    counts.way_left[way].add(weight, v);
                }
                if let Some(v) = after {
                    counts.way_arrived[way].add(weight, v);
                }
                if let Some((before, after)) = valence.zip(after) {
                    counts.swing.add(weight, (after - before).powi(2));
                }
            } else {
                counts.end_flow[i][outcome] += weight;
                if let Some(v) = valence {
                    counts.end.add(weight, v);
                }
            }
            counts.remaining_wait[i] += weight * waiting;
        }
        if counts.curve.len() < steps.len() {
            counts.curve.resize(steps.len(), Default::default());
        }
        for (step, (travelling, felt)) in steps.iter().zip(&mut counts.curve) {
            *travelling += weight;
            if let Some(level) = step.level {
                felt.add(weight, chain.levels[level]);
            }
        }
        if let Some(&worst) = met.iter().min() {
            let best = *met.iter().max().unwrap();
            counts.worst[worst] += weight;
            counts.best[best] += weight;
            let (low, high) = (chain.levels[worst], chain.levels[best]);
            counts
                .peak
                .add(weight, if -low >= high { low } else { high });
        }
        let meets = |spots: &[usize]| spots.iter().any(|&i| visited & (1 << i) != 0);
        for (p, phase) in Phase::ALL.iter().enumerate() {
            let spots = chain.drawing.spots.iter().enumerate();
            let mut here = spots.filter(|(_, spot)| spot.phase == *phase);
            if here.any(|(i, _)| meets(&[i])) {
                counts.phase_reach[p] += weight;
            }
        }
        for (&(a, b), both) in &mut counts.both {
            if meets(&chain.groups[a].2) && meets(&chain.groups[b].2) {
                *both += weight;
            }
        }
    }

    /// Adds every path of a journey without loops; gives up, and says so, after `most` paths.
    pub(crate) fn enumerate(&mut self, most: usize) -> bool {
        for (i, &share) in self.chain.starts.iter().enumerate() {
            if share > 0.0 && !self.arrive(i, share, &mut Vec::new(), most) {
                return false;
            }
        }
        true
    }

    fn arrive(&mut self, i: usize, chance: f64, steps: &mut Vec<Step>, most: usize) -> bool {
        let chain = self.chain;
        for &x in &chain.of_spot[i] {
            let moment = &chain.moments[x];
            let unknown = [(usize::MAX, 1.0)];
            let mix = if moment.mix.is_empty() {
                &unknown[..]
            } else {
                &moment.mix
            };
            for &(level, share) in mix {
                let here = chance * moment.chance * share;
                let step = Step {
                    moment: x,
                    level: (level != usize::MAX).then_some(level),
                    way: None,
                };
                steps.push(step);
                for &(outcome, p) in &moment.ends {
                    self.add(here * p, steps, outcome);
                }
                for &(way, p) in &moment.onward {
                    steps.last_mut().unwrap().way = Some(way);
                    if !self.arrive(chain.to(way), here * p, steps, most) {
                        return false;
                    }
                }
                steps.pop();
            }
        }
        self.paths <= most
    }

    /// Adds one journey, walked at random.
    pub(crate) fn walk(&mut self, rng: &mut Rng, steps: &mut Vec<Step>) {
        let chain = self.chain;
        steps.clear();
        let mut i = rng.draw(chain.starts.iter().copied().enumerate());
        loop {
            let here = &chain.of_spot[i];
            let results = here.iter().map(|&x| (x, chain.moments[x].chance));
            let x = rng.draw(results);
            let moment = &chain.moments[x];
            let level = (!moment.mix.is_empty()).then(|| rng.draw(moment.mix.iter().copied()));
            let ways = moment.onward.iter().map(|&(way, p)| (Ok(way), p));
            let ends = moment.ends.iter().map(|&(outcome, p)| (Err(outcome), p));
            let onward = rng.draw(ways.chain(ends));
            steps.push(Step {
                moment: x,
                level,
                way: onward.ok(),
            });
            match onward {
                Ok(way) => i = chain.to(way),
                Err(outcome) => return self.add(1.0, steps, outcome),
            }
        }
    }
}
