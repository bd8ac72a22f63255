//! The standing memory of a map: which facts its customers remember.

use super::expanded::{Expanded, Labels, room};
use super::gate::gate;
use super::goals::{Among, endings};
use super::joint::{Column, Joint};
use super::solved::{Pattern, Solved};
use super::trails::Trails;

/// A figure that the map should tell as it was counted: the share of some journeys that end so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GoalFigure {
    pub(crate) among: Among,
    /// The position of the outcome.
    pub(crate) outcome: usize,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// What its distance counts for: the share of the journeys that it concerns, or 1.
    pub(crate) weight: f64,
}

/// A fact that may be remembered.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The figures that alone decide on it, by position; where there are none, it stands for election with the others.
    pub(crate) own: Vec<usize>,
}

/// A fact that was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chosen {
    /// Its position among the candidates.
    pub(crate) candidate: usize,
    /// How far the figures were off before and with it: the worst one, in points beyond its interval times its weight.
    pub(crate) before: f64,
    pub(crate) after: f64,
    /// States with it.
    pub(crate) states: usize,
}

/// What was chosen, and how it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Choice {
    pub(crate) chosen: Vec<Chosen>,
    /// How far the worst figure is off at first and at last, in points beyond its interval times its weight.
    pub(crate) before: f64,
    pub(crate) after: f64,
}

/// Within so many points nothing more is chosen.
const ENOUGH: f64 = 1.0;
/// Sums that differ by less of them are equal but for rounding.
const SAME: f64 = 1e-9;
/// A fact must lower the weighted sum by so much of it.
const LEAST_GAIN: f64 = 0.1;
const MOST_FACTS: usize = 8;
/// A fact counts only where chance explains it less often than this, over all candidates.
const CHANCE: f64 = 0.05;
const FEWEST_STATES: usize = 1024;
const ROOM: usize = 1 << 22;
/// So many candidates are solved in a round, those that chance explains least.
const MOST_TRIED: usize = 24;

/// How far each figure is off, in points beyond its interval times its weight, and how many states it took.
struct Standing {
    off: Vec<f64>,
    states: usize,
}

impl Standing {
    fn worst(&self) -> f64 {
        self.off.iter().copied().fold(0.0, f64::max)
    }

    fn sum(&self) -> f64 {
        self.off.iter().fold(0.0, |sum, off| sum + off)
    }
}

fn standing(trails: &Trails, joint: &Joint, goals: &[GoalFigure]) -> Option<Standing> {
    let most = (8 * trails.nodes()).max(FEWEST_STATES);
    if room(trails, joint.values, joint.pairs.len()) > ROOM {
        return None;
    }
    let expanded = Expanded::new(trails, Labels::Joint(joint));
    let states = expanded.arrivals.len();
    if states > most {
        return None;
    }
    let pattern = Pattern::new(&expanded);
    let solved = Solved::new(&expanded, &pattern, None)?;
    let mut factor = pattern.factor(states);
    let mut off = Vec::with_capacity(goals.len());
    let mut known: Option<(Among, Option<Vec<f64>>)> = None;
    for goal in goals {
        if known.as_ref().is_none_or(|(among, _)| *among != goal.among) {
            let found = endings(&expanded, &pattern, &solved, &mut factor, goal.among);
            known = Some((goal.among, found));
        }
        let share = known.as_ref().and_then(|(_, found)| found.as_ref());
        let share = share.and_then(|shares| shares.get(goal.outcome));
        off.push(share.map_or(0.0, |&share| {
            100.0 * goal.weight * (share - goal.high).max(goal.low - share).max(0.0)
        }));
    }
    Some(Standing { off, states })
}

/// Chooses among candidates: first those with figures of their own, then greedily the one that lowers the weighted distance of all
/// figures most. Every one must pass the gate: that a permutation of its values among journeys seldom does as well. `column` walks a candidate along all journeys.
pub(crate) fn choose(
    trails: &Trails,
    goals: &[GoalFigure],
    candidates: &[Candidate],
    column: &dyn Fn(usize) -> Option<Column>,
) -> Choice {
    let mut joint = Joint::nothing(trails);
    let Some(mut now) = standing(trails, &joint, goals) else {
        return Choice::default();
    };
    let mut choice = Choice {
        before: now.worst(),
        after: now.worst(),
        chosen: Vec::new(),
    };
    if now.worst() <= ENOUGH {
        return choice;
    }
    let chances: Vec<f64> = (0..candidates.len())
        .map(|at| {
            let known = column(at).map(|column| gate(trails, &column));
            known.unwrap_or(1.0) * candidates.len() as f64
        })
        .collect();
    let mut open: Vec<usize> = (0..candidates.len())
        .filter(|&at| chances[at] < CHANCE)
        .collect();
    open.sort_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    for (at, candidate) in candidates.iter().enumerate() {
        let own = &candidate.own;
        let is_off = own.iter().any(|&figure| now.off[figure] > ENOUGH);
        if !is_off || !open.contains(&at) {
            continue;
        }
        let Some(column) = column(at) else { continue };
        let with = joint.with(trails, &column);
        if let Some(then) = standing(trails, &with, goals) {
            choice.take(at, &now, &then);
            open.retain(|&other| other != at);
            (now, joint) = (then, with);
        }
    }
    open.retain(|&at| candidates[at].own.is_empty());
    while now.worst() > ENOUGH && choice.chosen.len() < MOST_FACTS {
        let sum = now.sum();
        // Of facts that do as well, the one that tells fewest states apart; of these the first of the candidates.
        let better = |a: (f64, usize, usize), b: (f64, usize, usize)| {
            let as_well = (a.0 - b.0).abs() <= SAME * sum;
            (!as_well && a.0 < b.0) || (as_well && (a.1, a.2) < (b.1, b.2))
        };
        let mut best: Option<(f64, usize, Standing, Joint)> = None;
        for &at in open.iter().take(MOST_TRIED) {
            let Some(column) = column(at) else { continue };
            let with = joint.with(trails, &column);
            let Some(then) = standing(trails, &with, goals) else {
                continue;
            };
            let left = then.sum();
            let rank = (left, then.states, at);
            let is_better = |(least, known, standing, _): &(f64, usize, Standing, Joint)| {
                better(rank, (*least, standing.states, *known))
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((left, at, then, with));
            }
        }
        let Some((left, at, then, with)) = best else {
            break;
        };
        if left > (1.0 - LEAST_GAIN) * sum {
            break;
        }
        choice.take(at, &now, &then);
        open.retain(|&other| other != at);
        (now, joint) = (then, with);
    }
    choice
}

impl Choice {
    fn take(&mut self, candidate: usize, now: &Standing, then: &Standing) {
        self.after = then.worst();
        self.chosen.push(Chosen {
            candidate,
            before: now.worst(),
            after: then.worst(),
            states: then.states,
        });
    }
}
