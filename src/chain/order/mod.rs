//! The order of elimination inside one strongly connected component.
//!
//! Eliminating state `k` connects each remaining predecessor with each remaining successor. Markowitz (1957): take next
//! the state for which that makes the fewest connections. The pattern stays directed: a symmetric minimum-degree order
//! fills much more where journeys mostly lead forwards.
//!
//! | symbol | meaning |
//! |---|---|
//! | `R(k)` | remaining successors of `k` when `k` is eliminated: the pattern of its row of `U` |
//! | `C(k)` | remaining predecessors of `k` then: the pattern of its column of `L` |
//! | level | fewest transitions from a state where journeys through the component seem to begin |
//! | `F` | states with a *long way back*, a transition that leads down by [`LONG`] levels or more |
//!
//! Greed alone is short-sighted where few long ways back close a large component: it shortcuts everywhere at once, and the
//! shortcuts meet in one huge full matrix. So the states of `F` are put off until all others are gone, and do not count
//! as neighbours before: without them the component is nearly acyclic, and its ends can be eliminated with little fill.
//! The key of a state is `|C \ F| |R \ F|`, then `|C| |R|`, then its number.
//!
//! Once the remaining states are so few, or so densely connected, that lists cost more than they save, the search stops
//! and leaves them as a *tail* that is eliminated as one full matrix.

mod given;
mod lists;
mod sets;
mod tournament;

pub(super) use given::plan_as;
use lists::Lists;
pub(super) use lists::narrow;
use sets::Sets;
use tournament::Tournament;

/// How much elimination may cost before a component is left to iteration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// Multiplications of one numeric elimination of a component.
    pub(crate) work: f64,
    /// Numbers stored for one component.
    pub(crate) entries: usize,
}

impl Default for Budget {
    /// One or two seconds and a quarter of a gigabyte for one component.
    fn default() -> Self {
        Self {
            work: 2e9,
            entries: 30_000_000,
        }
    }
}

/// The search itself gives up after so many steps along lists.
const SEARCH: usize = 200_000_000;

/// Looking through a list is so many times faster than marking its members.
const SCAN: usize = 4;

/// So few remaining states become the tail.
const FINISH: usize = 12;

/// Remaining states become the tail when this share of the pairs of them are connected.
const DENSE: f64 = 0.3;

/// A way back is long when it leads down by this many levels.
const LONG: u32 = 4;

/// So many states are tried as the beginning of the levels, in components of at least so many states.
const STARTS: usize = 16;
const LARGE: usize = 256;

/// States with a long way back are put off if they are at most this fraction of the component.
const FEW: usize = 8;

/// Elimination planned for one component, in the component's own numbering.
pub(super) struct Plan {
    /// The states in the order of elimination; those from `pivots` on are the tail.
    pub(super) sequence: Vec<u32>,
    /// How many states are eliminated one by one.
    pub(super) pivots: usize,
    /// `R(k)`, by state.
    pub(super) rows: Lists,
    /// `C(k)`, by state.
    pub(super) columns: Lists,
    /// Multiplications of one numeric elimination.
    pub(super) work: f64,
}

/// Plans the elimination of a component, or gives `None` where it would exceed the budget.
///
/// `edges` are the pairs (from, to), sorted by `from`, with `from != to`; duplicates are harmless.
///
/// Also says how many steps the search took.
pub(super) fn plan(states: usize, edges: &[(u32, u32)], budget: Budget) -> (Option<Plan>, usize) {
    let mut search = Search::new(states, edges);
    let mut sequence = Vec::with_capacity(states);
    let (mut work, mut entries) = (0.0, 0);
    // Remaining entries may still become fewer, but hardly to a quarter: beyond this the tail alone exceeds the budget.
    let crowded = 4.0 * DENSE * (3.0 * budget.work).powf(2.0 / 3.0);
    while !search.is_dense() {
        let Some(k) = search.best.winner() else { break };
        let (row, column) = search.eliminate(k);
        sequence.push(narrow(k));
        work += (row * column) as f64;
        entries += row + column;
        if work > budget.work
            || entries > budget.entries
            || search.effort > SEARCH
            || search.entries as f64 > crowded
        {
            return (None, search.effort);
        }
    }
    let pivots = sequence.len();
    let tail = states - pivots;
    sequence.extend((0..states).filter(|&k| !search.gone[k]).map(narrow));
    work += (tail as f64).powi(3) / 3.0;
    entries += tail * tail;
    let steps = search.effort;
    let affordable = work <= budget.work && entries <= budget.entries;
    let plan = affordable.then_some(Plan {
        sequence,
        pivots,
        rows: search.rows,
        columns: search.columns,
        work,
    });
    (plan, steps)
}

/// Whether so many states with so many connections are better eliminated as one full matrix.
pub(super) fn is_dense(entries: usize, states: usize) -> bool {
    let all = states as f64 * states as f64;
    states <= FINISH || entries as f64 >= DENSE * all
}

/// The remaining pattern while states are eliminated from it.
struct Search {
    /// Successors and predecessors; those that are gone stay listed until the list is used.
    rows: Lists,
    columns: Lists,
    /// How many successors and predecessors remain, and how many of them are not in `F`.
    row_counts: Vec<Count>,
    column_counts: Vec<Count>,
    /// The states of `F`.
    deferred: Vec<bool>,
    best: Tournament,
    gone: Vec<bool>,
    remaining: usize,
    entries: usize,
    /// The same as sets, where there are not too many states.
    known: Option<Sets>,
    /// Steps along lists so far.
    effort: usize,
    /// Stamps that tell the members of a row.
    seen: Vec<u32>,
    stamp: u32,
    /// Room for `R(k)` and `C(k)`.
    neighbours: (Vec<u32>, Vec<u32>),
}

impl Search {
    fn new(states: usize, edges: &[(u32, u32)]) -> Self {
        let mut seen = vec![u32::MAX; states];
        let mut pairs = Vec::with_capacity(edges.len());
        for &(from, to) in edges {
            if seen[to as usize] != from {
                seen[to as usize] = from;
                pairs.push((from, to));
            }
        }
        let known = Sets::new(states).map(|mut known| {
            for &(from, to) in &pairs {
                known.add(from as usize, to as usize);
            }
            known
        });
        let rows = Lists::new(states, pairs.iter().copied());
        let columns = Lists::new(states, pairs.iter().map(|&(from, to)| (to, from)));
        let deferred = long_ways_back(states, &rows);
        let count = |list: &[u32]| Count {
            all: narrow(list.len()),
            free: narrow(
                list.iter()
                    .filter(|&&other| !deferred[other as usize])
                    .count(),
            ),
        };
        let mut search = Self {
            row_counts: (0..states).map(|k| count(rows.get(k))).collect(),
            column_counts: (0..states).map(|k| count(columns.get(k))).collect(),
            rows,
            columns,
            deferred,
            best: Tournament::new(std::iter::empty()),
            gone: vec![false; states],
            remaining: states,
            entries: pairs.len(),
            known,
            effort: 0,
            seen: vec![0; states],
            stamp: 0,
            neighbours: (Vec::new(), Vec::new()),
        };
        search.best = Tournament::new((0..states).map(|k| search.key(k)));
        search
    }

    fn is_dense(&self) -> bool {
        is_dense(self.entries, self.remaining)
    }

    fn key(&self, k: usize) -> u64 {
        let (row, column) = (self.row_counts[k], self.column_counts[k]);
        let capped = |a: u32, b: u32, bits: u32| (u64::from(a) * u64::from(b)).min((1 << bits) - 1);
        let free = capped(row.free, column.free, 31);
        let all = capped(row.all, column.all, 32);
        u64::from(self.deferred[k]) << 63 | free << 32 | all
    }

    /// Eliminates `k`; gives the sizes of `R(k)` and `C(k)`, whose lists stay as they are now.
    fn eliminate(&mut self, k: usize) -> (usize, usize) {
        let (mut row, mut column) = std::mem::take(&mut self.neighbours);
        for (neighbours, lists) in [(&mut row, &mut self.rows), (&mut column, &mut self.columns)] {
            lists.retain(k, |other| !self.gone[other as usize]);
            neighbours.clear();
            neighbours.extend_from_slice(lists.get(k));
        }
        self.gone[k] = true;
        self.remaining -= 1;
        self.best.retire(k);
        self.entries -= row.len() + column.len();
        let free = !self.deferred[k];
        let mut theirs = 0;
        for &j in &row {
            let count = &mut self.column_counts[j as usize];
            count.lose(free);
            tidy(&mut self.columns, j, *count, &self.gone);
            theirs += self.columns.get(j as usize).len();
        }
        for &i in &column {
            let count = &mut self.row_counts[i as usize];
            count.lose(free);
            tidy(&mut self.rows, i, *count, &self.gone);
            self.connect(i, &row, theirs);
        }
        for &state in row.iter().chain(&column) {
            let key = self.key(state as usize);
            self.best.set(state as usize, key);
        }
        let sizes = (row.len(), column.len());
        self.neighbours = (row, column);
        sizes
    }

    /// Makes all of `row` successors of `i`; the columns of `row` have `theirs` members together.
    fn connect(&mut self, i: u32, row: &[u32], theirs: usize) {
        if let Some(mut known) = self.known.take() {
            self.effort += row.len();
            for &j in row {
                if i != j && known.add(i as usize, j as usize) {
                    self.add(i, j);
                }
            }
            self.known = Some(known);
            return;
        }
        let own = self.rows.get(i as usize);
        // A long row takes longer to mark than columns to look through.
        let by_columns = theirs < SCAN * own.len();
        self.effort += row.len();
        if !by_columns {
            self.effort += own.len();
            self.stamp += 1;
            self.seen[i as usize] = self.stamp;
            for &j in own {
                self.seen[j as usize] = self.stamp;
            }
        }
        for &j in row {
            let known = if by_columns && i != j {
                let column = self.columns.get(j as usize);
                self.effort += column.len() / SCAN;
                column.contains(&i)
            } else {
                i == j || self.seen[j as usize] == self.stamp
            };
            if !known {
                self.add(i, j);
            }
        }
    }

    fn add(&mut self, i: u32, j: u32) {
        self.rows.push(i as usize, j);
        self.columns.push(j as usize, i);
        self.row_counts[i as usize].gain(!self.deferred[j as usize]);
        self.column_counts[j as usize].gain(!self.deferred[i as usize]);
        self.entries += 1;
    }
}

/// Drops those that are gone from a list that holds more of them than of others.
fn tidy(lists: &mut Lists, owner: u32, count: Count, gone: &[bool]) {
    if lists.get(owner as usize).len() > 2 * count.all as usize {
        lists.retain(owner as usize, |other| !gone[other as usize]);
    }
}

/// How many neighbours remain on one side.
#[derive(Clone, Copy)]
struct Count {
    all: u32,
    free: u32,
}

impl Count {
    fn gain(&mut self, free: bool) {
        self.all += 1;
        self.free += u32::from(free);
    }

    fn lose(&mut self, free: bool) {
        self.all -= 1;
        self.free -= u32::from(free);
    }
}

/// The states of `F`, or nobody where they would be many.
///
/// Whether a way leads back depends on where levels begin, and the caller's numbering does not tell where journeys do. In a
/// large component some states are tried as the beginning, and the one that leaves the fewest long ways back is kept.
fn long_ways_back(states: usize, rows: &Lists) -> Vec<bool> {
    let mut levels = Levels::default();
    let mut fewest = vec![false; states];
    let mut count = states / FEW + 1;
    let starts = if states < LARGE { 1 } else { STARTS };
    for start in (0..states).step_by(states.div_ceil(starts)) {
        levels.fill(start, states, rows);
        let back = (0..states)
            .filter(|&state| levels.lead_far_back(state, rows))
            .take(count)
            .count();
        if back < count {
            count = back;
            for (state, deferred) in fewest.iter_mut().enumerate() {
                *deferred = levels.lead_far_back(state, rows);
            }
        }
    }
    fewest
}

/// Fewest transitions from one state to each.
#[derive(Default)]
struct Levels {
    levels: Vec<u32>,
    queue: Vec<u32>,
}

impl Levels {
    fn fill(&mut self, start: usize, states: usize, rows: &Lists) {
        self.levels.clear();
        self.levels.resize(states, u32::MAX);
        self.levels[start] = 0;
        // Whether a state is new is hard to guess, so nothing is decided: the next one is written over those that are not.
        self.queue.resize(states + 1, 0);
        self.queue[0] = narrow(start);
        let (mut head, mut end) = (0, 1);
        while head < end {
            let state = self.queue[head] as usize;
            head += 1;
            let below = self.levels[state] + 1;
            for &next in rows.get(state) {
                let level = &mut self.levels[next as usize];
                self.queue[end] = next;
                end += usize::from(*level == u32::MAX);
                *level = below.min(*level);
            }
        }
    }

    fn lead_far_back(&self, state: usize, rows: &Lists) -> bool {
        let targets = rows.get(state).iter();
        let lowest = targets.fold(u32::MAX, |lowest, &next| {
            lowest.min(self.levels[next as usize])
        });
        self.levels[state] >= lowest.saturating_add(LONG)
    }
}
