//! Ratios that are added up journey by journey, from lists that a map may leave empty.

use std::collections::BTreeMap;

use super::estimates::{mean, share};
use super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, CountedPart};

/// A figure: the sum of A over journeys by the sum of B.
struct Entry {
    name: CountedName,
    of: Vec<CountedPart>,
    below: Below,
    above: Above,
    is_share: bool,
}

#[derive(Default)]
pub(super) struct Ratios {
    sums: Sums,
    entries: Vec<Entry>,
    /// A and B of the journey that is open, by entry.
    open: BTreeMap<usize, (f64, f64)>,
}

impl Ratios {
    /// Another figure with a denominator of its own; its number.
    pub(super) fn add(&mut self, name: CountedName, of: &[&str], is_share: bool) -> usize {
        let below = self.sums.denominator();
        let above = self.sums.figure(below);
        self.entries.push(Entry {
            name,
            of: of.iter().map(|&part| part.into()).collect(),
            below,
            above,
            is_share,
        });
        self.entries.len() - 1
    }

    /// Adds to A and B of the journey that is open.
    pub(super) fn give(&mut self, entry: usize, a: f64, b: f64) {
        let open = self.open.entry(entry).or_default();
        open.0 += a;
        open.1 += b;
    }

    /// Ends a journey.
    pub(super) fn end(&mut self) {
        while let Some((entry, (a, b))) = self.open.pop_first() {
            if let Some(entry) = self.entries.get(entry).filter(|_| b > 0.0) {
                self.sums.add_below(entry.below, b);
                self.sums.add(entry.above, a);
            }
        }
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        self.sums.close();
    }

    /// The figures that rest on any journey.
    pub(super) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        let figure = |entry: &Entry| {
            let ratio = self.sums.ratio(entry.above)?;
            let of = entry.of.clone();
            Some(if entry.is_share {
                share(entry.name, of, ratio, by_customer)
            } else {
                mean(entry.name, of, ratio)
            })
        };
        self.entries.iter().filter_map(figure).collect()
    }
}
