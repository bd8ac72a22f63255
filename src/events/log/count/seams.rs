//! Where customers were handed over.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::journeys::{Step, Walk};
use super::ratios::Ratios;
use crate::journey::{CountedFigure, CountedName, SeamKind, Touchpoint, begins_again};

/// The hand-overs of each kind, how feelings changed there, and where customers began again.
pub(super) struct Seams<'a> {
    ratios: Ratios,
    /// By kind: how many, and whether none.
    kinds: Vec<(SeamKind, usize, usize)>,
    /// By kind: whether both sides of some move are known. Where none is, nobody knows whether customers are handed over.
    known: Vec<bool>,
    begun_again: Option<usize>,
    /// By kind and sides: how many, and how feelings change.
    sides: BTreeMap<(SeamKind, &'a str, &'a str), (usize, usize)>,
}

impl<'a> Seams<'a> {
    pub(super) fn new(says_abilities: bool) -> Self {
        let mut ratios = Ratios::new();
        let kinds = SeamKind::ALL.iter().map(|&kind| {
            let of = [kind.as_str()];
            (
                kind,
                ratios.per_journey(CountedName::HandOvers, &of, false),
                ratios.per_journey(CountedName::NoHandOver, &of, true),
            )
        });
        let kinds: Vec<_> = kinds.collect();
        Self {
            known: vec![false; kinds.len()],
            begun_again: says_abilities
                .then(|| ratios.per_journey(CountedName::BegunAgain, &[], false)),
            kinds,
            sides: BTreeMap::new(),
            ratios,
        }
    }

    /// Adds a journey.
    pub(super) fn add(&mut self, ground: &Ground<'a>, walk: &Walk) {
        let at = |step: &Step| ground.touchpoints.get(step.node as usize).copied();
        let mut crossed = vec![0.0; self.kinds.len()];
        for pair in walk.steps.windows(2) {
            let [before, after] = pair else { continue };
            let Some((from, to)) = at(before).zip(at(after)) else {
                continue;
            };
            if let Some(begun_again) = self.begun_again.filter(|_| begins_again(from, to)) {
                self.ratios.give(begun_again, 1.0, 1.0);
            }
            let change = before.valence.zip(after.valence);
            let change = change.map(|(was, is)| is - was);
            for (place, crossed) in crossed.iter_mut().enumerate() {
                if self.hand_over(place, (from, to), change) {
                    *crossed += 1.0;
                }
            }
        }
        for (&(_, times, none), crossed) in self.kinds.iter().zip(crossed) {
            self.ratios.give(times, crossed, 1.0);
            let none_of_them = f64::from(u8::from(crossed < 1.0));
            self.ratios.give(none, none_of_them, 1.0);
        }
        self.ratios.end();
    }

    /// Whether a kind of hand-over lies between two touchpoints, and if so counts it.
    fn hand_over(
        &mut self,
        place: usize,
        (from, to): (&'a Touchpoint, &'a Touchpoint),
        change: Option<f64>,
    ) -> bool {
        let Some(&(kind, ..)) = self.kinds.get(place) else {
            return false;
        };
        let Some((left, met)) = kind.side(from).zip(kind.side(to)) else {
            return false;
        };
        if let Some(known) = self.known.get_mut(place) {
            *known = true;
        }
        if left == met {
            return false;
        }
        let ratios = &mut self.ratios;
        let entry = self.sides.entry((kind, left, met));
        let &mut (times, changes) = entry.or_insert_with(|| {
            let of = [kind.as_str(), left, met];
            (
                ratios.per_journey(CountedName::HandOvers, &of, false),
                ratios.add(CountedName::HandOverChange, &of, false),
            )
        });
        ratios.give(times, 1.0, 1.0);
        if let Some(change) = change {
            ratios.give(changes, change, 1.0);
        }
        true
    }

    pub(super) fn close(&mut self) {
        self.ratios.close();
    }

    /// What was counted, hand-overs from side to side as they first came. Nothing of a kind of which no move tells both sides.
    pub(super) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        let mut figures = self.ratios.figures(by_customer);
        let kinds = self.kinds.iter().zip(&self.known);
        let unknown: Vec<&str> = kinds
            .filter(|(_, known)| !**known)
            .map(|((kind, ..), _)| kind.as_str())
            .collect();
        figures.retain(|figure| !is_of(figure, &unknown));
        figures
    }
}

/// Whether a figure is of hand-overs of one of these kinds.
fn is_of(figure: &CountedFigure, kinds: &[&str]) -> bool {
    let of = figure.of.first().map(ToString::to_string);
    let is_kind = of.is_some_and(|of| kinds.contains(&of.as_str()));
    is_kind
        && matches!(
            figure.figure,
            CountedName::HandOvers | CountedName::NoHandOver
        )
}
