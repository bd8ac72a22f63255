//! Extremes over all paths and loops, by thinning the flow level by level.
//!
//! Put the levels of valence in an order, from harmless to extreme, and follow only the journeys that have met
//! nothing beyond level k. The chance that k is the most extreme level of a journey is
//!
//! ```text
//! sum over moments x of u(x) f_k(x) g_k(onward from x)
//!
//! P_k                        chain of journeys that have met nothing beyond level k
//! u = s (I - P_(k-1))^-1     visits of journeys that have met nothing beyond level k - 1
//! f_k(x)                     chance that moment x has level k exactly
//! g_k                        chance of ending without ever meeting anything beyond level k
//! ```
//!
//! because a journey meets level k for the first time exactly once. Unlike the difference of two distribution
//! functions this subtracts nothing, so that rare extremes are as exact as frequent ones. One elimination for each
//! level serves this g and the next u.

use std::cmp::Reverse;

use super::stopped::is_proven;
use crate::flow::measures::conditions::RAREST;
use crate::flow::measures::valences::Valences;
use crate::flow::moments::{Kept, Moment, as_u32};
use crate::flow::solved::Flow;

/// The exact distribution of the most extreme valence that a journey meets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extremes {
    /// Chance of each level, ascending by valence, given that some emotion on the journey is known; empty where
    /// none ever is.
    pub(crate) distribution: Valences,
    /// The proven bound on the relative error that iteration leaves in it.
    pub(crate) error_bound: f64,
}

impl Extremes {
    /// The expected extreme; `None` where no emotion is known.
    pub(crate) fn mean(&self) -> Option<f64> {
        self.distribution.felt().mean()
    }
}

/// The extremes of a journey by three orders of its levels.
pub(crate) struct AllExtremes {
    pub(crate) best: Extremes,
    pub(crate) worst: Extremes,
    /// By intensity, negative above positive at a tie.
    pub(crate) peak: Extremes,
    /// The grid to which levels were rounded, where there are too many to take each by itself.
    pub(crate) rounded_to: Option<f64>,
}

/// To the nearest multiple of a grid; never to a zero with a sign.
fn round(level: f64, grid: f64) -> f64 {
    (level / grid).round() * grid + 0.0
}

/// The part of each moment's distribution that is not beyond the level reached so far.
struct Within {
    within: Vec<f64>,
    beyond: Vec<f64>,
}

/// A moment at which a level is felt.
#[derive(Debug, Clone, Copy)]
struct Met {
    touchpoint: usize,
    /// Its position.
    moment: usize,
    /// Shares of its visits that feel the level, and what is beyond it.
    share: f64,
    beyond: f64,
}

/// The levels of valence that extremes are told apart by.
pub(crate) struct Levels {
    /// Ascending.
    pub(crate) valences: Vec<f64>,
    /// For each level of the moments, which of these it counts as.
    class: Vec<usize>,
    /// The grid to which the moments' levels were rounded; `None` where each stands for itself.
    pub(crate) rounded_to: Option<f64>,
}

impl Levels {
    /// Which of these a level of the moments counts as.
    pub(crate) fn class(&self, level: u32) -> usize {
        self.class[level as usize]
    }

    /// From the calmest to the most intense; of two as intense the negative one is beyond the positive one.
    pub(crate) fn by_intensity(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.valences.len()).rev().collect();
        // Stable, so that the positive one stays first.
        order.sort_by(|&a, &b| self.valences[a].abs().total_cmp(&self.valences[b].abs()));
        order
    }
}

/// So many multiplications and steps may go into one of the extremes; some seconds' work. Beyond that, levels are
/// rounded to the finest of the grids that keeps within it, or to the last.
const BUDGET: f64 = 3e9;
const GRIDS: [f64; 4] = [0.01, 0.05, 0.1, 0.25];

impl Flow {
    /// The levels of the map, or their roundings where the map is so large and its levels so many that taking each
    /// by itself would go on and on.
    pub(crate) fn levels_of_extremes(&self) -> Levels {
        let levels = self.moments.levels();
        let everywhere: Vec<u32> = (0..self.starts.len()).map(as_u32).collect();
        let work = self.meeting_work(&everywhere) + self.moments.way_count() as f64;
        let fits = |levels: &Vec<f64>| levels.len() as f64 * work <= BUDGET;
        let exact = levels.to_vec();
        if fits(&exact) {
            return Levels {
                class: (0..exact.len()).collect(),
                valences: exact,
                rounded_to: None,
            };
        }
        let rounded = |grid: f64| {
            let mut valences: Vec<f64> = levels.iter().map(|level| round(*level, grid)).collect();
            valences.dedup_by(|a, b| a.total_cmp(b).is_eq());
            valences
        };
        let finest = GRIDS.into_iter().find(|&grid| fits(&rounded(grid)));
        let grid = finest.unwrap_or(GRIDS[GRIDS.len() - 1]);
        let valences = rounded(grid);
        let class = levels
            .iter()
            .map(|level| valences.partition_point(|known| *known < round(*level, grid)))
            .collect();
        Levels {
            valences,
            class,
            rounded_to: Some(grid),
        }
    }

    /// Best, worst and peak.
    pub(crate) fn all_extremes(&self) -> AllExtremes {
        let levels = self.levels_of_extremes();
        let ascending: Vec<usize> = (0..levels.valences.len()).collect();
        let descending: Vec<usize> = ascending.iter().rev().copied().collect();
        AllExtremes {
            best: self.extremes(&levels, &ascending),
            worst: self.extremes(&levels, &descending),
            peak: self.extremes(&levels, &levels.by_intensity()),
            rounded_to: levels.rounded_to,
        }
    }

    /// The mean of the most intense valence that journeys meet; of two as intense the negative one counts. `None` where no
    /// emotion is known.
    pub(crate) fn peak_valence(&self) -> Option<f64> {
        let levels = self.levels_of_extremes();
        self.extremes(&levels, &levels.by_intensity()).mean()
    }

    /// The distribution of the extreme by an order of the levels: positions of levels, from harmless to extreme.
    pub(crate) fn extremes(&self, levels: &Levels, order: &[usize]) -> Extremes {
        let moments = &self.moments;
        let mut position_of = vec![0; order.len()];
        for (position, &level) in order.iter().enumerate() {
            position_of[level] = position;
        }
        let rank: Vec<usize> = levels
            .class
            .iter()
            .map(|&level| position_of[level])
            .collect();
        let by_rank = self.moments_by_rank(&rank, order.len());
        let mut parts = Within::before_any(self);
        let mut chance = vec![0.0; order.len()];
        let mut error_bound = 0.0_f64;
        let mut stopped = self.stopped(|moment| parts.kept(moment));
        let met = by_rank.iter().rposition(|moments| !moments.is_empty());
        for (position, here) in by_rank
            .iter()
            .enumerate()
            .filter(|(_, here)| !here.is_empty())
        {
            let before = stopped.visits_from_start();
            error_bound = error_bound.max(before.error_bound);
            parts.admit(here);
            let quiet = if Some(position) == met {
                vec![1.0; self.starts.len()]
            } else {
                stopped.restart(|moment| parts.kept(moment));
                let ends = self.per_visit(|moment| parts.within[moment.position] * moment.ends());
                let quiet = stopped.values(ends, 1);
                error_bound = error_bound.max(quiet.error_bound);
                quiet.values
            };
            chance[order[position]] = here
                .iter()
                .map(|met| {
                    let moment = moments.moment(met.moment);
                    let onward = moment.expected(|to| quiet[to], |_| 1.0);
                    before.values[met.touchpoint] * moment.share * met.share * onward
                })
                .sum();
        }
        let known: f64 = chance.iter().sum();
        // What is not proven is not answered.
        let distribution = if known >= RAREST && is_proven(error_bound) {
            let chances = chance.into_iter().map(|p| p / known);
            Valences::of(levels.valences.iter().copied().zip(chances))
        } else {
            Valences::default()
        };
        Extremes {
            distribution,
            error_bound,
        }
    }

    /// For each rank the moments of reachable touchpoints that have its level. O(s log s) for s shades.
    fn moments_by_rank(&self, rank: &[usize], ranks: usize) -> Vec<Vec<Met>> {
        let mut by_rank = vec![Vec::new(); ranks];
        let mut shades: Vec<(usize, f64)> = Vec::new();
        for (touchpoint, moment) in self.visited() {
            shades.clear();
            shades.extend(
                moment
                    .shades
                    .iter()
                    .map(|&(level, share)| (rank[level as usize], share)),
            );
            // What lies beyond a level is added up from the extreme end, so that it is never a difference.
            shades.sort_by_key(|&(rank, _)| Reverse(rank));
            let mut beyond = 0.0;
            for same in shades.chunk_by(|a, b| a.0 == b.0) {
                let share = same.iter().fold(0.0, |sum, (_, share)| sum + share);
                by_rank[same[0].0].push(Met {
                    touchpoint,
                    moment: moment.position,
                    share,
                    beyond,
                });
                beyond += share;
            }
        }
        by_rank
    }
}

impl Within {
    /// Only visits of unknown emotion pass.
    fn before_any(flow: &Flow) -> Self {
        let moments = || (0..flow.moments.len()).map(|moment| flow.moments.moment(moment));
        Self {
            within: moments().map(|moment| moment.unknown).collect(),
            beyond: moments().map(|moment| moment.known()).collect(),
        }
    }

    /// Lets one more level pass at the moments that have it.
    fn admit(&mut self, here: &[Met]) {
        for met in here {
            self.within[met.moment] += met.share;
            self.beyond[met.moment] = met.beyond;
        }
    }

    fn kept(&self, moment: &Moment<'_>) -> Kept {
        Kept {
            on: self.within[moment.position],
            out: self.beyond[moment.position],
        }
    }
}
