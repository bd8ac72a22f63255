//! By how much the figures change with each count: their gradient, with or without a fix.
//!
//! | symbol | meaning |
//! |---|---|
//! | `v_a`, `n_a` | expected and counted visits of arrival a |
//! | `y_a`, `Y_m` | what lies ahead on arriving, and after a moment |
//! | `X_c` | what a visit in cell c earns and is worth afterwards |
//!
//! ```text
//! start at a                         (y_a - F) / journeys
//! visit of a in cell c               v_a (X_c - y_a) / n_a
//! ... whose visits go on as a group  v_a (M - y_a) / n_a                       M the mean of the group's cells
//! ... of that group                  the second line, and v_a (moved / n_a) (X_c - M) / (visits of the group)
//! way t from moment m                v_m (worth of t - Y_m) / n_m
//! ```
//!
//! X has what this visit felt in it, so that each journey is held against what was expected of it.

use super::altered::Mended;
use super::expanded::Felt;
use super::solved::{FELT, LAST, Last, SUMS, Solved, last_felt};
use super::trails::To;

/// Figures after those of the outcomes.
pub(super) const MEAN: usize = 0;
pub(super) const END: usize = 1;
pub(super) const HURT: usize = 2;
pub(super) const FIGURES: usize = 3;

/// A mean valence: what it is, and how many known visits a journey has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Valence {
    pub(super) value: Option<f64>,
    known: f64,
}

impl Valence {
    fn of(sums: &[f64]) -> Self {
        let known = sums[2];
        Self {
            value: (known > 0.0).then(|| (sums[0] - sums[1]) / known),
            known,
        }
    }

    /// What some feelings add to it, by its derivative.
    fn slope(self, felt: Felt) -> f64 {
        self.value.map_or(0.0, |value| {
            (felt.pleasure - felt.hurt - value * felt.known) / self.known
        })
    }
}

/// What a whole journey adds up to, as figures.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    pub(super) outcomes: Vec<f64>,
    pub(super) mean: Valence,
    pub(super) end: Valence,
    pub(super) hurt: f64,
}

impl Figures {
    pub(super) fn of(totals: &[f64]) -> Self {
        let (outcomes, sums) = totals.split_at(totals.len() - SUMS);
        Self {
            outcomes: outcomes.to_vec(),
            mean: Valence::of(&sums[FELT..FELT + 3]),
            end: Valence::of(&sums[LAST..LAST + 3]),
            hurt: sums[FELT + 1],
        }
    }

    /// A row of columns as one of figures.
    fn reduce(&self, row: &[f64]) -> Vec<f64> {
        let (outcomes, sums) = row.split_at(row.len() - SUMS);
        let felt = |at: usize| Felt {
            pleasure: sums[at],
            hurt: sums[at + 1],
            known: sums[at + 2],
            bad: 0.0,
        };
        let mut figures = outcomes.to_vec();
        figures.push(self.mean.slope(felt(FELT)));
        figures.push(self.end.slope(felt(LAST)));
        figures.push(sums[FELT + 1]);
        figures
    }
}

/// Slopes of all figures by all counts.
#[derive(Debug)]
pub(super) struct Slopes<'a> {
    solved: &'a Solved<'a>,
    pub(super) figures: &'a Figures,
    pub(super) width: usize,
    starts: Vec<f64>,
    cells: Vec<f64>,
    /// By cell: how much of what this visit felt counts.
    feels: Vec<f64>,
    ways: Vec<f64>,
    /// By moment: how much of the last feeling counts, as it was felt.
    ends: Vec<f64>,
}

impl<'a> Slopes<'a> {
    pub(super) fn new(solved: &'a Solved<'a>, figures: &'a Figures) -> Self {
        let expanded = solved.expanded;
        let width = figures.outcomes.len() + FIGURES;
        let mut slopes = Self {
            solved,
            figures,
            width,
            starts: vec![0.0; expanded.arrivals.len() * width],
            cells: vec![0.0; expanded.cells.len() * width],
            feels: vec![0.0; expanded.cells.len()],
            ways: vec![0.0; expanded.ways.len() * width],
            ends: vec![0.0; expanded.moments.len()],
        };
        let mut plain = vec![0.0; expanded.moments.len()];
        let mut lifted = vec![0.0; expanded.moments.len()];
        let ahead: Vec<Vec<f64>> = solved
            .ahead
            .chunks_exact(solved.width)
            .map(|row| figures.reduce(row))
            .collect();
        slopes.derive_starts(&ahead);
        for (arrival, ahead) in ahead.iter().enumerate() {
            slopes.derive_arrival(arrival, ahead, &mut plain, &mut lifted);
        }
        slopes.derive_ways(&ahead, &plain, &lifted);
        slopes
    }

    fn derive_starts(&mut self, ahead: &[Vec<f64>]) {
        let journeys = self.solved.expanded.trails.count() as f64;
        let mut total = vec![0.0; self.width];
        for (arrival, row) in self.solved.expanded.arrivals.iter().zip(ahead) {
            for (total, value) in total.iter_mut().zip(row) {
                *total += arrival.starts / journeys * value;
            }
        }
        for (slopes, row) in self.starts.chunks_exact_mut(self.width).zip(ahead) {
            for ((slope, value), total) in slopes.iter_mut().zip(row).zip(&total) {
                *slope = (value - total) / journeys;
            }
        }
    }

    /// The slopes by what is found on an arrival; adds up who comes to each moment.
    fn derive_arrival(
        &mut self,
        arrival: usize,
        ahead: &[f64],
        plain: &mut [f64],
        lifted: &mut [f64],
    ) {
        let solved = self.solved;
        let at = &solved.expanded.arrivals[arrival];
        let rate = solved.visits[arrival] / at.visits;
        let last = solved.last(at.node);
        for cell in at.cells.clone() {
            let found = &solved.expanded.cells[cell];
            let worth = self.worth(cell, last);
            add(self.row(cell), rate, &worth, ahead);
            self.feels[cell] += rate;
            plain[found.moment] += rate * found.visits;
        }
        for group in solved.groups(arrival) {
            let lifts = solved.lifts(at.node);
            let mean = self.mean_of(group, lifts);
            for &cell in &group.from {
                let moment = solved.expanded.cells[cell].moment;
                plain[moment] -= rate * solved.expanded.cells[cell].visits;
                self.row(cell).fill(0.0);
                self.feels[cell] = 0.0;
                add(self.row(cell), rate, &mean, ahead);
            }
            let more = rate * group.moved / group.as_these;
            for &cell in &group.to {
                let found = &solved.expanded.cells[cell];
                if lifts {
                    let worth = self.worth_lifted(cell);
                    add(self.row(cell), more, &worth, &mean);
                    lifted[found.moment] += more * found.visits;
                } else {
                    let worth = self.worth(cell, last);
                    add(self.row(cell), more, &worth, &mean);
                    self.feels[cell] += more;
                    plain[found.moment] += more * found.visits;
                }
            }
        }
    }

    fn row(&mut self, cell: usize) -> &mut [f64] {
        &mut self.cells[cell * self.width..(cell + 1) * self.width]
    }

    /// What follows a cell. What is felt there comes from each visit itself.
    fn worth(&self, cell: usize, last: Last) -> Vec<f64> {
        let solved = self.solved;
        let mut row = vec![0.0; solved.width];
        let moment = solved.expanded.cells[cell].moment;
        solved.follow(moment, &solved.ahead, last, 1.0, &mut row);
        self.figures.reduce(&row)
    }

    /// What a lifted visit is worth that goes on like a cell.
    fn worth_lifted(&self, cell: usize) -> Vec<f64> {
        let mut worth = self.worth(cell, Last::Neutral);
        let outcomes = self.figures.outcomes.len();
        worth[outcomes + MEAN] += self.figures.mean.slope(Felt::of(Some(0.0)));
        worth
    }

    /// What moved visits are worth in the mean.
    fn mean_of(&self, group: &super::altered::Group, lifts: bool) -> Vec<f64> {
        let solved = self.solved;
        let mut row = vec![0.0; solved.width];
        if lifts {
            solved.lifted(group, &solved.ahead, 1.0, &mut row);
        } else {
            for &cell in &group.to {
                let found = &solved.expanded.cells[cell];
                let share = found.visits / group.as_these;
                let felt = solved.felt(cell).columns();
                for (sum, felt) in row[solved.width - SUMS..].iter_mut().zip(felt) {
                    *sum += share * felt;
                }
                solved.follow(found.moment, &solved.ahead, Last::AsFelt, share, &mut row);
            }
        }
        self.figures.reduce(&row)
    }

    fn derive_ways(&mut self, ahead: &[Vec<f64>], plain: &[f64], lifted: &[f64]) {
        let solved = self.solved;
        let outcomes = self.figures.outcomes.len();
        for (at, moment) in solved.expanded.moments.iter().enumerate() {
            let as_felt = solved.last(moment.node);
            let flows = [(plain[at], as_felt), (lifted[at], Last::Neutral)];
            self.ends[at] = plain[at] / moment.visits;
            for (visits, last) in flows.into_iter().filter(|&(visits, _)| visits > 0.0) {
                let rate = visits / moment.visits;
                let mut mean = vec![0.0; solved.width];
                solved.follow(at, &solved.ahead, last, 1.0, &mut mean);
                let mean = self.figures.reduce(&mean);
                for number in moment.ways.clone() {
                    let way = &solved.expanded.ways[number];
                    let mut worth = vec![0.0; self.width];
                    match way.to {
                        To::Node(next) => worth.clone_from(&ahead[next as usize]),
                        To::End(outcome) => {
                            if let Some(worth) = worth[..outcomes].get_mut(outcome as usize) {
                                *worth = 1.0;
                            }
                            if last == Last::Neutral {
                                let felt = last_felt(way.last, way.count, last);
                                worth[outcomes + END] = self.figures.end.slope(felt);
                            }
                        }
                    }
                    let slopes = &mut self.ways[number * self.width..(number + 1) * self.width];
                    add(slopes, rate, &worth, &mean);
                }
            }
        }
    }

    /// Adds the slopes of a journey's start, times a factor.
    pub(super) fn start(&self, arrival: usize, factor: f64, score: &mut [f64]) {
        let row = &self.starts[arrival * self.width..(arrival + 1) * self.width];
        for (score, slope) in score.iter_mut().zip(row) {
            *score += factor * slope;
        }
    }

    /// Adds the slopes of one visit and of the way that it takes, times a factor.
    pub(super) fn visit(
        &self,
        cell: usize,
        way: usize,
        felt: Felt,
        factor: f64,
        score: &mut [f64],
    ) {
        let expanded = self.solved.expanded;
        let moment = expanded.cells[cell].moment;
        let mut felt = felt;
        if self.solved.lifts(expanded.moments[moment].node) {
            felt.hurt = 0.0;
        }
        let cells = &self.cells[cell * self.width..(cell + 1) * self.width];
        let ways = &self.ways[way * self.width..(way + 1) * self.width];
        for ((score, cell), way) in score.iter_mut().zip(cells).zip(ways) {
            *score += factor * (cell + way);
        }
        let outcomes = self.figures.outcomes.len();
        let counts = factor * self.feels[cell];
        score[outcomes + MEAN] += counts * self.figures.mean.slope(felt);
        score[outcomes + HURT] += counts * felt.hurt;
        if matches!(expanded.ways[way].to, To::End(_)) {
            score[outcomes + END] += factor * self.ends[moment] * self.figures.end.slope(felt);
        }
    }

    pub(super) fn is_mended(&self) -> bool {
        let moves = |altered: &&super::altered::Altered| {
            !altered.groups.is_empty() || altered.mended == Mended::Feeling
        };
        self.solved.altered.as_ref().is_some_and(moves)
    }
}

/// Adds a rate times a difference.
fn add(slopes: &mut [f64], rate: f64, worth: &[f64], than: &[f64]) {
    for ((slope, worth), than) in slopes.iter_mut().zip(worth).zip(than) {
        *slope += rate * (worth - than);
    }
}
