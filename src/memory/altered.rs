//! Which visits a fix leads on as others.

use super::expanded::Expanded;
use super::trails::{BROKEN, KEPT};

/// What is put right at a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mended {
    /// What was broken is kept: it feels, and goes on, like what was kept on the same arrival.
    Promise,
    /// Bad feelings become neutral: such visits go on like the others of the same arrival and the same result.
    Feeling,
}

/// Some cells of an arrival that go on as others of it.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) arrival: usize,
    pub(super) from: Vec<usize>,
    pub(super) to: Vec<usize>,
    /// Visits counted in both.
    pub(super) moved: f64,
    pub(super) as_these: f64,
}

/// A fix at a touchpoint, on the cells of a chain.
#[derive(Debug)]
pub(super) struct Altered {
    pub(super) node: usize,
    pub(super) mended: Mended,
    pub(super) groups: Vec<Group>,
    /// Visits that the fix is about, and those of them on whose arrival nobody shows what follows once it is put right.
    pub(super) cases: f64,
    pub(super) without: f64,
    /// What every cell becomes: the position of its group.
    pub(super) group_of: Vec<Option<usize>>,
}

impl Altered {
    /// The first of the chain's facts is that of the fix.
    pub(super) fn new(expanded: &Expanded<'_>, node: usize, mended: Mended) -> Self {
        let mut altered = Self {
            node,
            mended,
            groups: Vec::new(),
            cases: 0.0,
            without: 0.0,
            group_of: vec![None; expanded.cells.len()],
        };
        let here = |arrival: &usize| expanded.arrivals[*arrival].node == node;
        for arrival in (0..expanded.arrivals.len()).filter(here) {
            match mended {
                Mended::Promise => altered.keep(expanded, arrival),
                Mended::Feeling => altered.lift(expanded, arrival),
            }
        }
        altered
    }

    fn keep(&mut self, expanded: &Expanded<'_>, arrival: usize) {
        let found = |wanted: usize| {
            let cells = expanded.arrivals[arrival].cells.clone();
            cells.filter(move |&cell| expanded.cells[cell].result == wanted)
        };
        self.put(
            expanded,
            arrival,
            found(BROKEN).collect(),
            found(KEPT).collect(),
        );
    }

    fn lift(&mut self, expanded: &Expanded<'_>, arrival: usize) {
        let values = expanded.labels.first().map_or(1, super::fact::Fact::values);
        // Whoever felt bad here before does not arrive like that any more.
        if expanded.arrivals[arrival].before % values == 1 {
            return;
        }
        let is_bad = |cell: usize| expanded.cells[cell].after % values == 1;
        let cells: Vec<usize> = expanded.arrivals[arrival].cells.clone().collect();
        for same in cells.chunk_by(|&a, &b| expanded.cells[a].result == expanded.cells[b].result) {
            let (from, to) = same.iter().partition(|&&cell| is_bad(cell));
            self.put(expanded, arrival, from, to);
        }
    }

    fn put(&mut self, expanded: &Expanded<'_>, arrival: usize, from: Vec<usize>, to: Vec<usize>) {
        let visits = |cells: &[usize]| cells.iter().map(|&cell| expanded.cells[cell].visits).sum();
        let (moved, as_these): (f64, f64) = (visits(&from), visits(&to));
        self.cases += moved;
        if to.is_empty() {
            self.without += moved;
            return;
        }
        if from.is_empty() {
            return;
        }
        for &cell in from.iter().chain(&to) {
            self.group_of[cell] = Some(self.groups.len());
        }
        self.groups.push(Group {
            arrival,
            from,
            to,
            moved,
            as_these,
        });
    }
}
