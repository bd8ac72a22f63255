//! What was counted of touchpoint and fact.
//!
//! A journey *arrives* at a touchpoint with a fact. It finds a result there and feels something, after which the fact is
//! another one perhaps: that is a *cell* of the arrival. By touchpoint, result and the fact afterwards (a *moment*) it takes
//! its *way*, to the next arrival or to an end.

use std::ops::Range;

use super::fact::{Fact, combinations, label};
use super::trails::{Mark, RESULTS, To, Trails};

/// Stands for what did not occur.
const NOWHERE: u32 = u32::MAX;

/// Sums over some visits: positive valences, negative ones as positive numbers, and how many are known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Felt {
    pub(super) pleasure: f64,
    pub(super) hurt: f64,
    pub(super) known: f64,
}

impl Felt {
    pub(super) fn of(valence: Option<f64>) -> Self {
        valence.map_or(Self::default(), |valence| Self {
            pleasure: valence.max(0.0),
            hurt: (-valence).max(0.0),
            known: 1.0,
        })
    }

    fn add(&mut self, other: Self) {
        self.pleasure += other.pleasure;
        self.hurt += other.hurt;
        self.known += other.known;
    }

    pub(super) fn columns(self) -> [f64; 3] {
        [self.pleasure, self.hurt, self.known]
    }
}

#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub(super) node: usize,
    /// The facts on arriving.
    pub(super) before: usize,
    pub(super) starts: f64,
    pub(super) visits: f64,
    pub(super) cells: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) result: usize,
    /// The fact afterwards.
    pub(super) after: usize,
    pub(super) moment: usize,
    pub(super) visits: f64,
    pub(super) felt: Felt,
}

#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) node: usize,
    pub(super) visits: f64,
    pub(super) ways: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Way {
    /// The position of the arrival, or of the outcome.
    pub(super) to: To,
    pub(super) count: f64,
    /// What was felt last, where it ends the journey.
    pub(super) last: Felt,
}

/// All counts of the chain that carries some facts.
#[derive(Debug)]
pub(super) struct Expanded<'a> {
    pub(super) trails: &'a Trails,
    pub(super) facts: Vec<Fact>,
    values: usize,
    pub(super) arrivals: Vec<Arrival>,
    pub(super) cells: Vec<Cell>,
    pub(super) moments: Vec<Moment>,
    pub(super) ways: Vec<Way>,
    cell_at: Vec<u32>,
    way_at: Vec<u32>,
    arrival_at: Vec<u32>,
}

/// Counts by a number that may be anything up to a bound.
struct Counts {
    visits: Vec<f64>,
    felt: Vec<Felt>,
}

impl Counts {
    fn new(length: usize) -> Self {
        Self {
            visits: vec![0.0; length],
            felt: vec![Felt::default(); length],
        }
    }

    fn add(&mut self, at: usize, felt: Felt) {
        self.visits[at] += 1.0;
        self.felt[at].add(felt);
    }

    fn occurred(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.visits.len()).filter(|&at| self.visits[at] > 0.0)
    }
}

/// How many numbers counting with so many combinations of facts takes: an estimate.
pub(super) fn room(trails: &Trails, facts: &[Fact]) -> usize {
    let values = combinations(facts);
    let moments = (trails.nodes() * RESULTS).saturating_mul(values);
    let cells = moments.saturating_mul(values);
    cells.saturating_add(trails.ways.len().saturating_mul(values))
}

impl<'a> Expanded<'a> {
    /// Walks all journeys once.
    pub(super) fn new(trails: &'a Trails, facts: Vec<Fact>) -> Self {
        let values = combinations(&facts);
        let mut expanded = Self {
            trails,
            facts,
            values,
            arrivals: Vec::new(),
            cells: Vec::new(),
            moments: Vec::new(),
            ways: Vec::new(),
            cell_at: Vec::new(),
            way_at: Vec::new(),
            arrival_at: vec![NOWHERE; trails.nodes() * values],
        };
        let moments = trails.nodes() * RESULTS;
        let mut cells = Counts::new(moments * values * values);
        let mut ways = Counts::new(trails.ways.len() * values);
        let mut starts = vec![0.0; trails.nodes() * values];
        let mut labels = Vec::new();
        trails.each(|marks| {
            let Some(marks) = marks else { return };
            label(&expanded.facts, &trails.layout, marks, &mut labels);
            if let (Some(first), Some(label)) = (marks.first(), labels.first()) {
                starts[first.node() * values + label] += 1.0;
            }
            for (mark, around) in marks.iter().zip(labels.windows(2)) {
                let felt = Felt::of(mark.valence());
                cells.add(expanded.cell_number(mark, around[0], around[1]), felt);
                ways.add(mark.way as usize * values + around[1], felt);
            }
        });
        expanded.arrange(&cells, &ways, &starts);
        expanded
    }

    fn cell_number(&self, mark: &Mark, before: usize, after: usize) -> usize {
        let arrival = mark.node() * self.values + before;
        (arrival * RESULTS + mark.result()) * self.values + after
    }

    /// Gives numbers to all that occurred, in the order of the map.
    fn arrange(&mut self, cells: &Counts, ways: &Counts, starts: &[f64]) {
        let values = self.values;
        let mut moment_at = vec![NOWHERE; self.trails.nodes() * RESULTS * values];
        self.cell_at = vec![NOWHERE; cells.visits.len()];
        for at in cells.occurred() {
            let (after, found) = (at % values, at / values);
            let (result, at_arrival) = (found % RESULTS, found / RESULTS);
            let node = at_arrival / values;
            if self.arrival_at[at_arrival] == NOWHERE {
                self.arrival_at[at_arrival] = number(self.arrivals.len());
                self.arrivals.push(Arrival {
                    node,
                    before: at_arrival % values,
                    starts: starts[at_arrival],
                    visits: 0.0,
                    cells: self.cells.len()..self.cells.len(),
                });
            }
            let moment = (node * RESULTS + result) * values + after;
            if moment_at[moment] == NOWHERE {
                moment_at[moment] = number(self.moments.len());
                self.moments.push(Moment {
                    node,
                    visits: 0.0,
                    ways: 0..0,
                });
            }
            self.cell_at[at] = number(self.cells.len());
            self.cells.push(Cell {
                result,
                after,
                moment: moment_at[moment] as usize,
                visits: cells.visits[at],
                felt: cells.felt[at],
            });
            self.moments[moment_at[moment] as usize].visits += cells.visits[at];
            if let Some(arrival) = self.arrivals.last_mut() {
                arrival.visits += cells.visits[at];
                arrival.cells.end = self.cells.len();
            }
        }
        self.arrange_ways(ways, &moment_at);
    }

    fn arrange_ways(&mut self, counts: &Counts, moment_at: &[u32]) {
        let values = self.values;
        let mut ways: Vec<(usize, usize)> = counts
            .occurred()
            .map(|at| {
                let (from, _) = self.trails.ways[at / values];
                let moment = from as usize * values + at % values;
                (moment_at[moment] as usize, at)
            })
            .collect();
        ways.sort_unstable();
        self.way_at = vec![NOWHERE; counts.visits.len()];
        for (moment, at) in ways {
            let (to, last) = match self.trails.ways[at / values].1 {
                To::Node(node) => {
                    let arrival = self.arrival_at[node as usize * values + at % values];
                    (To::Node(arrival), Felt::default())
                }
                end @ To::End(_) => (end, counts.felt[at]),
            };
            self.way_at[at] = number(self.ways.len());
            let known = &mut self.moments[moment].ways;
            if known.start == known.end {
                known.start = self.ways.len();
            }
            known.end = self.ways.len() + 1;
            self.ways.push(Way {
                to,
                count: counts.visits[at],
                last,
            });
        }
    }

    /// Where a journey arrives first; no fact depends on how journeys begin.
    pub(super) fn start(&self, marks: &[Mark]) -> Option<usize> {
        let first = marks.first()?.node() * self.values;
        Some(self.arrival_at[first] as usize)
    }

    /// The cell and the way of each moment of a journey.
    pub(super) fn places<'b>(
        &'b self,
        marks: &'b [Mark],
        labels: &'b mut Vec<usize>,
    ) -> impl Iterator<Item = (&'b Mark, usize, usize)> + 'b {
        label(&self.facts, &self.trails.layout, marks, labels);
        let labels: &'b [usize] = labels;
        marks.iter().zip(labels.windows(2)).map(|(mark, around)| {
            let cell = self.cell_at[self.cell_number(mark, around[0], around[1])];
            let way = self.way_at[mark.way as usize * self.values + around[1]];
            (mark, cell as usize, way as usize)
        })
    }

    /// The chance of each cell of its arrival.
    pub(super) fn chances(&self) -> Vec<f64> {
        let mut chances = vec![0.0; self.cells.len()];
        for arrival in &self.arrivals {
            for at in arrival.cells.clone() {
                chances[at] = self.cells[at].visits / arrival.visits;
            }
        }
        chances
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NOWHERE)
}
