//! Figures of a chain that the standing memory of a map is chosen by: how journeys end, given something.

use std::sync::Arc;

use super::expanded::Expanded;
use super::solved::{Pattern, Solved};
use super::trails::{BROKEN, KEPT, To};
use crate::chain::Factor;

/// Which journeys a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    /// Those whose first known result of a promise is kept, or broken.
    First { promise: u32, kept: bool },
    /// Those that begin in a channel.
    Start(u32),
    /// Those that visit a touchpoint.
    Visit(usize),
    /// Those that feel bad there.
    Bad(usize),
}

/// How the journeys of some kind end on the chain, as shares of them, by position of the outcome; `None` where there are none.
pub(super) fn endings(
    expanded: &Expanded<'_>,
    pattern: &Pattern,
    solved: &Solved<'_>,
    factor: &mut Factor,
    among: Among,
) -> Option<Vec<f64>> {
    let layout = &expanded.trails.layout;
    // The share of the visits of a cell at which a journey is found to be one of them, and at which it is known not to.
    let found = |cell: usize| -> (f64, f64) {
        let found = &expanded.cells[cell];
        let node = expanded.moments[found.moment].node;
        match among {
            Among::First { promise, kept } => {
                if layout.promise_of[node] != Some(promise) {
                    return (0.0, 0.0);
                }
                match found.result {
                    KEPT => (f64::from(u8::from(kept)), f64::from(u8::from(!kept))),
                    BROKEN => (f64::from(u8::from(!kept)), f64::from(u8::from(kept))),
                    _ => (0.0, 0.0),
                }
            }
            Among::Bad(at) if node == at => (found.felt.bad / found.visits, 0.0),
            _ => (0.0, 0.0),
        }
    };
    let outcomes = layout.outcomes;
    let mut sums = vec![0.0; outcomes];
    let mut all = 0.0;
    match among {
        Among::Start(channel) => {
            let journeys = expanded.trails.count() as f64;
            for (arrival, row) in rows(expanded, solved) {
                let at = &expanded.arrivals[arrival];
                if layout.channel_of[at.node] == channel {
                    all += at.starts / journeys;
                    add(&mut sums, at.starts / journeys, row);
                }
            }
        }
        Among::Visit(node) => {
            let here = |arrival: usize| expanded.arrivals[arrival].node == node;
            let visits = thinned(expanded, pattern, factor, |arrival, _| {
                if here(arrival) { 0.0 } else { 1.0 }
            })?;
            for (arrival, row) in rows(expanded, solved).filter(|&(arrival, _)| here(arrival)) {
                all += visits[arrival];
                add(&mut sums, visits[arrival], row);
            }
        }
        Among::First { .. } | Among::Bad(_) => {
            let visits = thinned(expanded, pattern, factor, |_, cell| {
                let (is, is_not) = found(cell);
                1.0 - is - is_not
            })?;
            let mut row = vec![0.0; solved.width];
            for (arrival, at) in expanded.arrivals.iter().enumerate() {
                for cell in at.cells.clone() {
                    let share = visits[arrival] * solved.chances[cell] * found(cell).0;
                    if share > 0.0 {
                        all += share;
                        row.fill(0.0);
                        let (moment, last) = (expanded.cells[cell].moment, solved.last(at.node));
                        solved.follow(moment, &solved.ahead, last, share, &mut row);
                        add(&mut sums, 1.0, &row);
                    }
                }
            }
        }
    }
    (all > 0.0).then(|| sums.iter().map(|sum| sum / all).collect())
}

fn rows<'a>(
    expanded: &'a Expanded<'_>,
    solved: &'a Solved<'_>,
) -> impl Iterator<Item = (usize, &'a [f64])> {
    let rows = solved.ahead.chunks_exact(solved.width);
    (0..expanded.arrivals.len()).zip(rows)
}

fn add(sums: &mut [f64], factor: f64, row: &[f64]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// Expected visits of journeys that are followed only as far as cells keep them.
fn thinned(
    expanded: &Expanded<'_>,
    pattern: &Pattern,
    factor: &mut Factor,
    keep: impl Fn(usize, usize) -> f64,
) -> Option<Vec<f64>> {
    let (p, exit) = pattern.thinned(expanded, keep);
    factor.refill(&p, &exit);
    let journeys = expanded.trails.count() as f64;
    let starts = expanded.arrivals.iter();
    let mut visits: Vec<f64> = starts.map(|arrival| arrival.starts / journeys).collect();
    factor.solve_transposed(&mut visits);
    visits.iter().all(|x| x.is_finite()).then_some(visits)
}

impl Pattern {
    /// The chances of going on, and of not doing so, where cells keep only a part of their visits.
    fn thinned(
        &self,
        expanded: &Expanded<'_>,
        keep: impl Fn(usize, usize) -> f64,
    ) -> (Vec<f64>, Vec<f64>) {
        let mut p = vec![0.0; self.successors.len()];
        let mut exit = vec![0.0; expanded.arrivals.len()];
        let mut slots = self.slots.iter();
        for (arrival, at) in expanded.arrivals.iter().enumerate() {
            for cell in at.cells.clone() {
                let found = &expanded.cells[cell];
                let share = found.visits / at.visits;
                let on = share * keep(arrival, cell);
                exit[arrival] += share - on;
                let moment = &expanded.moments[found.moment];
                for way in &expanded.ways[moment.ways.clone()] {
                    let chance = on * way.count / moment.visits;
                    match way.to {
                        To::Node(_) => {
                            if let Some(&slot) = slots.next() {
                                p[slot] += chance;
                            }
                        }
                        To::End(_) => exit[arrival] += chance,
                    }
                }
            }
        }
        (p, exit)
    }

    /// A factor to be filled.
    pub(super) fn factor(&self, states: usize) -> Factor {
        let p = vec![0.0; self.successors.len()];
        Factor::new(Arc::clone(&self.structure), &p, &vec![1.0; states])
    }
}
