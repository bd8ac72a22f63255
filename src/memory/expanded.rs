//! What was counted of touchpoint and fact.
//!
//! A journey *arrives* at a touchpoint with a fact. It finds a result there and feels something, after which the fact is
//! another one perhaps: that is a *cell* of the arrival. By touchpoint, result and the fact afterwards (a *moment*) it takes
//! its *way*, to the next arrival or to an end.

use std::ops::Range;

use super::fact::{Fact, combinations, label};
use super::joint::Joint;
use super::trails::{Mark, RESULTS, To, Trails};

/// Stands for what did not occur.
const NOWHERE: u32 = u32::MAX;

/// Sums over some visits: positive valences, negative ones as positive numbers, and how many are known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Felt {
    pub(super) pleasure: f64,
    pub(super) hurt: f64,
    pub(super) known: f64,
    /// How many are bad.
    pub(super) bad: f64,
}

/// From here down a feeling is a bad one.
pub(super) const BAD: f64 = -0.25;

impl Felt {
    pub(super) fn of(valence: Option<f64>) -> Self {
        valence.map_or(Self::default(), |valence| Self {
            pleasure: valence.max(0.0),
            hurt: (-valence).max(0.0),
            known: 1.0,
            bad: f64::from(u8::from(valence <= BAD)),
        })
    }

    fn add(&mut self, other: Self) {
        self.pleasure += other.pleasure;
        self.hurt += other.hurt;
        self.known += other.known;
        self.bad += other.bad;
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

/// What is walked along with journeys.
#[derive(Debug)]
pub(super) enum Labels<'a> {
    /// Facts that are found while walking.
    Facts(Vec<Fact>),
    /// What was found before.
    Joint(&'a Joint),
}

impl Labels<'_> {
    /// The first of the facts.
    pub(super) fn first(&self) -> Option<&Fact> {
        match self {
            Self::Facts(facts) => facts.first(),
            Self::Joint(_) => None,
        }
    }

    fn values(&self) -> usize {
        match self {
            Self::Facts(facts) => combinations(facts),
            Self::Joint(joint) => joint.values,
        }
    }

    /// What a moment can be between: before and after.
    fn pairs(&self) -> Vec<(usize, usize)> {
        match self {
            Self::Facts(_) => {
                let values = self.values();
                let before = 0..values;
                before
                    .flat_map(|before| (0..values).map(move |after| (before, after)))
                    .collect()
            }
            Self::Joint(joint) => {
                let pairs = joint.pairs.iter();
                pairs
                    .map(|&(before, after)| (before as usize, after as usize))
                    .collect()
            }
        }
    }

    /// What the moments of a journey are between, by number of the pair.
    fn walk(&self, trails: &Trails, place: usize, marks: &[Mark], walked: &mut Walked) {
        walked.pairs.clear();
        match self {
            Self::Facts(facts) => {
                let values = self.values();
                label(facts, &trails.layout, marks, &mut walked.labels);
                let around = walked.labels.windows(2);
                walked
                    .pairs
                    .extend(around.map(|around| around[0] * values + around[1]));
            }
            Self::Joint(joint) => {
                let pairs = joint.of[place..place + marks.len()].iter();
                walked.pairs.extend(pairs.map(|&pair| pair as usize));
            }
        }
    }
}

/// Room for what is walked along with one journey.
#[derive(Debug, Default)]
pub(super) struct Walked {
    labels: Vec<usize>,
    pairs: Vec<usize>,
}

/// All counts of the chain that carries some facts.
#[derive(Debug)]
pub(super) struct Expanded<'a> {
    pub(super) trails: &'a Trails,
    pub(super) labels: Labels<'a>,
    values: usize,
    /// Before and after.
    pairs: Vec<(usize, usize)>,
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

/// How many numbers counting with so many values, and pairs of them, takes: an estimate.
pub(super) fn room(trails: &Trails, values: usize, pairs: usize) -> usize {
    let cells = (trails.nodes() * RESULTS).saturating_mul(pairs.max(values));
    cells.saturating_add(trails.ways.len().saturating_mul(values))
}

impl<'a> Expanded<'a> {
    /// Walks all journeys once.
    pub(super) fn new(trails: &'a Trails, labels: Labels<'a>) -> Self {
        let values = labels.values();
        let mut expanded = Self {
            trails,
            pairs: labels.pairs(),
            labels,
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
        let mut cells = Counts::new(moments * expanded.pairs.len());
        let mut ways = Counts::new(trails.ways.len() * values);
        let mut starts = vec![0.0; trails.nodes() * values];
        let mut walked = Walked::default();
        trails.each(|marks| {
            let Some((place, marks)) = marks else { return };
            expanded.labels.walk(trails, place, marks, &mut walked);
            if let (Some(first), Some(&pair)) = (marks.first(), walked.pairs.first()) {
                starts[first.node() * values + expanded.pairs[pair].0] += 1.0;
            }
            for (mark, &pair) in marks.iter().zip(&walked.pairs) {
                let felt = Felt::of(mark.valence());
                cells.add(expanded.cell_number(mark, pair), felt);
                ways.add(mark.way as usize * values + expanded.pairs[pair].1, felt);
            }
        });
        expanded.arrange(&cells, &ways, &starts);
        expanded
    }

    fn cell_number(&self, mark: &Mark, pair: usize) -> usize {
        mark.moment as usize * self.pairs.len() + pair
    }

    /// Gives numbers to all that occurred: by touchpoint, what is remembered on arriving, result, and what is remembered then.
    fn arrange(&mut self, cells: &Counts, ways: &Counts, starts: &[f64]) {
        let values = self.values;
        let mut moment_at = vec![NOWHERE; self.trails.nodes() * RESULTS * values];
        self.cell_at = vec![NOWHERE; cells.visits.len()];
        let mut found: Vec<(usize, usize, usize, usize)> = cells
            .occurred()
            .map(|at| {
                let (moment, (before, after)) =
                    (at / self.pairs.len(), self.pairs[at % self.pairs.len()]);
                let arrival = moment / RESULTS * values + before;
                (arrival, moment % RESULTS, after, at)
            })
            .collect();
        found.sort_unstable();
        for (at_arrival, result, after, at) in found {
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

    /// The cell and the way of each moment of a journey, after where it arrives first.
    pub(super) fn places<'b>(
        &'b self,
        place: usize,
        marks: &'b [Mark],
        walked: &'b mut Walked,
    ) -> (
        Option<usize>,
        impl Iterator<Item = (&'b Mark, usize, usize)> + 'b,
    ) {
        self.labels.walk(self.trails, place, marks, walked);
        let pairs: &'b [usize] = &walked.pairs;
        let first = marks.first().zip(pairs.first()).map(|(mark, &pair)| {
            let arrival = mark.node() * self.values + self.pairs[pair].0;
            self.arrival_at[arrival] as usize
        });
        let each = marks.iter().zip(pairs).map(|(mark, &pair)| {
            let cell = self.cell_at[self.cell_number(mark, pair)];
            let way = self.way_at[mark.way as usize * self.values + self.pairs[pair].1];
            (mark, cell as usize, way as usize)
        });
        (first, each)
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
