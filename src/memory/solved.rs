//! The chain of some counts, as it is or with a fix: visits, and what lies ahead.

use std::sync::Arc;

use super::altered::{Altered, Group, Mended};
use super::expanded::{Expanded, Felt};
use super::trails::To;
use crate::chain::{Factor, Structure};

/// Columns after those of the outcomes: pleasure, hurt and known visits of all moments, and of the last ones.
pub(super) const SUMS: usize = 6;
pub(super) const FELT: usize = 0;
pub(super) const LAST: usize = 3;

/// What is not proven to be as exact as this is not told.
const GREATEST_ERROR: f64 = 1e-9;

/// How the last feeling of a visit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    AsFelt,
    /// What was bad is neutral.
    Calm,
    /// It was bad, is neutral now, and is known.
    Neutral,
}

/// Who can follow whom, and which of these ways each way of each cell is.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) structure: Arc<Structure>,
    /// Where the successors of each arrival begin; one more than there are arrivals.
    offsets: Vec<usize>,
    pub(super) successors: Vec<u32>,
    /// Cell by cell, for each onward way of its moment: where the successor is.
    pub(super) slots: Vec<usize>,
}

impl Pattern {
    pub(super) fn new(expanded: &Expanded<'_>) -> Self {
        let (mut offsets, mut successors, mut slots) = (vec![0], Vec::new(), Vec::new());
        let mut slot_of = vec![usize::MAX; expanded.arrivals.len()];
        for arrival in &expanded.arrivals {
            let begin = successors.len();
            for cell in arrival.cells.clone() {
                for next in onward(expanded, cell).map(|(next, _)| next) {
                    let known = slot_of[next];
                    let is_known = (begin..successors.len()).contains(&known)
                        && successors[known] as usize == next;
                    if !is_known {
                        slot_of[next] = successors.len();
                        successors.push(u32::try_from(next).unwrap_or(u32::MAX));
                    }
                    slots.push(slot_of[next]);
                }
            }
            offsets.push(successors.len());
        }
        Self {
            structure: Arc::new(Structure::new(&offsets, &successors)),
            offsets,
            successors,
            slots,
        }
    }

    fn of(&self, arrival: usize) -> std::ops::Range<usize> {
        self.offsets[arrival]..self.offsets[arrival + 1]
    }
}

/// The arrivals that can follow a cell, with their chances.
fn onward<'a>(expanded: &'a Expanded<'_>, cell: usize) -> impl Iterator<Item = (usize, f64)> + 'a {
    let moment = &expanded.moments[expanded.cells[cell].moment];
    expanded.ways[moment.ways.clone()]
        .iter()
        .filter_map(move |way| match way.to {
            To::Node(next) => Some((next as usize, way.count / moment.visits)),
            To::End(_) => None,
        })
}

/// A chain solved.
#[derive(Debug)]
pub(super) struct Solved<'a> {
    pub(super) expanded: &'a Expanded<'a>,
    pub(super) altered: Option<&'a Altered>,
    /// The chance of each cell of its arrival, moved visits included.
    pub(super) chances: Vec<f64>,
    /// Expected visits to each arrival.
    pub(super) visits: Vec<f64>,
    pub(super) width: usize,
    /// On arriving, row by row.
    pub(super) ahead: Vec<f64>,
}

impl<'a> Solved<'a> {
    /// `None` where journeys could never end, or where the solution is not exact enough.
    pub(super) fn new(
        expanded: &'a Expanded<'a>,
        pattern: &Pattern,
        altered: Option<&'a Altered>,
    ) -> Option<Self> {
        let width = expanded.trails.layout.outcomes + SUMS;
        let mut solved = Self {
            expanded,
            altered,
            chances: expanded.chances(),
            visits: Vec::new(),
            width,
            ahead: Vec::new(),
        };
        for group in altered.iter().flat_map(|altered| &altered.groups) {
            let share = (group.moved + group.as_these) / group.as_these;
            for &cell in &group.to {
                solved.chances[cell] *= share;
            }
            for &cell in &group.from {
                solved.chances[cell] = 0.0;
            }
        }
        let (p, exit) = solved.chain(pattern)?;
        let factor = Factor::new(pattern.structure.clone(), &p, &exit);
        let journeys = expanded.trails.count() as f64;
        let starts = expanded.arrivals.iter();
        solved.visits = starts.map(|arrival| arrival.starts / journeys).collect();
        let mut bound = factor.solve_transposed(&mut solved.visits);
        let mut ahead = vec![0.0; expanded.arrivals.len() * width];
        for (arrival, row) in ahead.chunks_exact_mut(width).enumerate() {
            solved.earn(arrival, &[], row);
        }
        bound = bound.max(factor.solve(&mut ahead, width));
        solved.ahead = ahead;
        let is_finite = solved
            .visits
            .iter()
            .chain(&solved.ahead)
            .all(|x| x.is_finite());
        (is_finite && bound <= GREATEST_ERROR).then_some(solved)
    }

    /// The chances of going on and of ending; `None` where some journeys could never end.
    fn chain(&self, pattern: &Pattern) -> Option<(Vec<f64>, Vec<f64>)> {
        let arrivals = &self.expanded.arrivals;
        let mut p = vec![0.0; pattern.successors.len()];
        let mut exit = vec![0.0; arrivals.len()];
        let mut slots = pattern.slots.iter();
        for (arrival, exit) in arrivals.iter().zip(&mut exit) {
            for cell in arrival.cells.clone() {
                let chance = self.chances[cell];
                for ((_, on), &slot) in onward(self.expanded, cell).zip(slots.by_ref()) {
                    p[slot] += chance * on;
                }
                *exit += chance * self.ends(self.expanded.cells[cell].moment);
            }
        }
        let reached = self.reached(pattern, &p);
        let ending = ending(pattern, &p, &exit);
        for (arrival, exit) in exit.iter_mut().enumerate() {
            if !ending[arrival] {
                if reached[arrival] {
                    return None;
                }
                // Nobody comes here any more.
                *exit = 1.0;
            }
        }
        Some((p, exit))
    }

    /// The arrivals that can be reached.
    fn reached(&self, pattern: &Pattern, p: &[f64]) -> Vec<bool> {
        let starts = self.expanded.arrivals.iter();
        let mut reached: Vec<bool> = starts.map(|arrival| arrival.starts > 0.0).collect();
        let mut open: Vec<usize> = (0..reached.len()).filter(|&at| reached[at]).collect();
        while let Some(at) = open.pop() {
            for slot in pattern.of(at).filter(|&slot| p[slot] > 0.0) {
                let next = pattern.successors[slot] as usize;
                if !reached[next] {
                    reached[next] = true;
                    open.push(next);
                }
            }
        }
        reached
    }

    /// The chance that a moment ends the journey.
    fn ends(&self, moment: usize) -> f64 {
        let moment = &self.expanded.moments[moment];
        let ways = self.expanded.ways[moment.ways.clone()].iter();
        let ends = ways.filter(|way| matches!(way.to, To::End(_)));
        ends.map(|way| way.count).sum::<f64>() / moment.visits
    }

    /// How the last feelings of visits to a touchpoint count that go on as they were found.
    pub(super) fn last(&self, node: usize) -> Last {
        if self.lifts(node) {
            Last::Calm
        } else {
            Last::AsFelt
        }
    }

    pub(super) fn lifts(&self, node: usize) -> bool {
        let is_lifted =
            |altered: &&Altered| altered.node == node && altered.mended == Mended::Feeling;
        self.altered.as_ref().is_some_and(is_lifted)
    }

    /// What is felt on the visits of a cell, as a mean of them.
    pub(super) fn felt(&self, cell: usize) -> Felt {
        let found = &self.expanded.cells[cell];
        let mut felt = found.felt;
        if self.lifts(self.expanded.moments[found.moment].node) {
            felt.hurt = 0.0;
        }
        felt.pleasure /= found.visits;
        felt.hurt /= found.visits;
        felt.known /= found.visits;
        felt
    }

    /// Adds what a moment is worth with all that follows it, times a factor. No values ahead stand for 0.
    pub(super) fn follow(
        &self,
        moment: usize,
        ahead: &[f64],
        last: Last,
        factor: f64,
        row: &mut [f64],
    ) {
        let outcomes = self.width - SUMS;
        let moment = &self.expanded.moments[moment];
        for way in &self.expanded.ways[moment.ways.clone()] {
            let chance = factor * way.count / moment.visits;
            match way.to {
                To::Node(next) if !ahead.is_empty() => {
                    let next = next as usize * self.width;
                    for (sum, value) in row.iter_mut().zip(&ahead[next..next + self.width]) {
                        *sum += chance * value;
                    }
                }
                To::Node(_) => {}
                To::End(outcome) => {
                    if let Some(sum) = row[..outcomes].get_mut(outcome as usize) {
                        *sum += chance;
                    }
                    let felt = last_felt(way.last, way.count, last).columns();
                    for (sum, felt) in row[outcomes + LAST..].iter_mut().zip(felt) {
                        *sum += chance * felt;
                    }
                }
            }
        }
    }

    /// Adds what an arrival earns, with values ahead or without them.
    pub(super) fn earn(&self, arrival: usize, ahead: &[f64], row: &mut [f64]) {
        let at = &self.expanded.arrivals[arrival];
        let mut plain: Vec<f64> = self.chances[at.cells.clone()].to_vec();
        for group in self.groups(arrival) {
            if self.lifts(at.node) {
                for &cell in &group.to {
                    plain[cell - at.cells.start] = self.expanded.cells[cell].visits / at.visits;
                }
                self.lifted(group, ahead, group.moved / at.visits, row);
            }
        }
        let last = self.last(at.node);
        for (cell, chance) in at.cells.clone().zip(plain) {
            if chance > 0.0 {
                self.add_felt(self.felt(cell), chance, row);
                let moment = self.expanded.cells[cell].moment;
                self.follow(moment, ahead, last, chance, row);
            }
        }
    }

    pub(super) fn groups(&self, arrival: usize) -> impl Iterator<Item = &'a Group> {
        let groups = self.altered.into_iter().flat_map(|altered| &altered.groups);
        groups.filter(move |group| group.arrival == arrival)
    }

    /// Adds what lifted visits of a group earn: a neutral feeling, and what follows on the others.
    pub(super) fn lifted(&self, group: &Group, ahead: &[f64], factor: f64, row: &mut [f64]) {
        self.add_felt(Felt::of(Some(0.0)), factor, row);
        for &cell in &group.to {
            let cell = &self.expanded.cells[cell];
            let share = factor * cell.visits / group.as_these;
            self.follow(cell.moment, ahead, Last::Neutral, share, row);
        }
    }

    fn add_felt(&self, felt: Felt, factor: f64, row: &mut [f64]) {
        let felt = felt.columns();
        for (sum, felt) in row[self.width - SUMS + FELT..].iter_mut().zip(felt) {
            *sum += factor * felt;
        }
    }

    /// What a journey adds up.
    pub(super) fn totals(&self) -> Vec<f64> {
        let journeys = self.expanded.trails.count() as f64;
        let mut totals = vec![0.0; self.width];
        let rows = self.ahead.chunks_exact(self.width);
        for (arrival, row) in self.expanded.arrivals.iter().zip(rows) {
            for (total, value) in totals.iter_mut().zip(row) {
                *total += arrival.starts / journeys * value;
            }
        }
        totals
    }
}

/// The last feeling of journeys that end so, as a mean of them.
pub(super) fn last_felt(sum: Felt, count: f64, last: Last) -> Felt {
    match last {
        Last::Neutral => Felt::of(Some(0.0)),
        Last::AsFelt | Last::Calm => Felt {
            pleasure: sum.pleasure / count,
            hurt: if last == Last::Calm {
                0.0
            } else {
                sum.hurt / count
            },
            known: sum.known / count,
            bad: 0.0,
        },
    }
}

/// The arrivals from which journeys can end.
fn ending(pattern: &Pattern, p: &[f64], exit: &[f64]) -> Vec<bool> {
    let mut ending: Vec<bool> = exit.iter().map(|&exit| exit > 0.0).collect();
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); exit.len()];
    for arrival in 0..exit.len() {
        for slot in pattern.of(arrival).filter(|&slot| p[slot] > 0.0) {
            let next = pattern.successors[slot] as usize;
            before[next].push(u32::try_from(arrival).unwrap_or(u32::MAX));
        }
    }
    let mut open: Vec<usize> = (0..exit.len()).filter(|&at| ending[at]).collect();
    while let Some(at) = open.pop() {
        for &from in &before[at] {
            if !std::mem::replace(&mut ending[from as usize], true) {
                open.push(from as usize);
            }
        }
    }
    ending
}
