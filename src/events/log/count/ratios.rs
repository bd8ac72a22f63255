//! Ratios that are added up journey by journey, from lists that a map may leave empty or that grow while counting.

use std::collections::BTreeMap;

use super::estimates::{mean, share};
use super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, CountedPart};

/// A figure: the sum of A over journeys by the sum of B.
struct Entry {
    name: CountedName,
    of: Vec<CountedPart>,
    /// Its own denominator; none where that is all journeys.
    below: Option<Below>,
    above: Above,
    is_share: bool,
}

pub(super) struct Ratios {
    sums: Sums,
    /// All journeys.
    whole: Below,
    entries: Vec<Entry>,
    /// A and B of the journey that is open, by entry.
    open: BTreeMap<usize, (f64, f64)>,
}

impl Ratios {
    pub(super) fn new() -> Self {
        let mut sums = Sums::default();
        Self {
            whole: sums.denominator(),
            sums,
            entries: Vec::new(),
            open: BTreeMap::new(),
        }
    }

    /// Another figure with a denominator of its own; its number.
    pub(super) fn add(&mut self, name: CountedName, of: &[&str], is_share: bool) -> usize {
        let below = self.sums.denominator();
        self.list(name, of, Some(below), is_share)
    }

    /// Another figure per journey; its number. It may come when journeys have been added already, which gave nothing to it.
    pub(super) fn per_journey(&mut self, name: CountedName, of: &[&str], is_share: bool) -> usize {
        self.list(name, of, None, is_share)
    }

    fn list(
        &mut self,
        name: CountedName,
        of: &[&str],
        below: Option<Below>,
        is_share: bool,
    ) -> usize {
        let above = self.sums.figure(below.unwrap_or(self.whole));
        self.entries.push(Entry {
            name,
            of: of.iter().map(|&part| part.into()).collect(),
            below,
            above,
            is_share,
        });
        self.entries.len() - 1
    }

    /// Adds to A and B of the journey that is open; B counts for nothing where the figure is per journey.
    pub(super) fn give(&mut self, entry: usize, a: f64, b: f64) {
        let open = self.open.entry(entry).or_default();
        open.0 += a;
        open.1 += b;
    }

    /// Ends a journey.
    pub(super) fn end(&mut self) {
        self.sums.add_below(self.whole, 1.0);
        while let Some((entry, (a, b))) = self.open.pop_first() {
            let Some(entry) = self.entries.get(entry) else {
                continue;
            };
            match entry.below {
                None => self.sums.add(entry.above, a),
                Some(below) if b > 0.0 => {
                    self.sums.add_below(below, b);
                    self.sums.add(entry.above, a);
                }
                Some(_) => {}
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
