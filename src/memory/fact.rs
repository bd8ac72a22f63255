//! What can be kept while a journey is walked: each fact is one of a few values before the first moment and after each one.

use super::trails::{BROKEN, KEPT, Layout, Mark, UNKNOWN};

/// A fact, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact {
    /// The first result of a promise: none yet, kept, broken, not known. A known result takes the place of an unknown one.
    First(u32),
    /// Whether some feeling at a touchpoint was at or below a level; what is unknown sets nothing.
    Felt { node: usize, at_most: f64 },
    /// The running mean of the feelings so far: none known, low, middle, high.
    Mood,
}

/// A mean feeling at or below the first level is low, at or above the second one high.
const MOODS: [f64; 2] = [-0.25, 0.25];

impl Fact {
    /// How many values it has.
    pub(super) fn values(&self) -> usize {
        match self {
            Self::First(_) | Self::Mood => 4,
            Self::Felt { .. } => 2,
        }
    }
}

/// What facts need to remember beside their value.
#[derive(Debug, Clone, Copy, Default)]
struct Notes {
    known: f64,
    sum: f64,
}

impl Fact {
    /// Its value after a moment, by its value before.
    fn after(&self, before: usize, mark: &Mark, layout: &Layout, notes: &Notes) -> usize {
        match self {
            Self::First(promise) => {
                let tested = layout.promise_of[mark.node()] == Some(*promise);
                match (before, mark.result()) {
                    (0, UNKNOWN) if tested => UNKNOWN,
                    (0 | UNKNOWN, result @ (KEPT | BROKEN)) if tested => result,
                    _ => before,
                }
            }
            Self::Felt { node, at_most } => {
                let here = mark.node() == *node;
                let felt = here && mark.valence().is_some_and(|valence| valence <= *at_most);
                before.max(usize::from(felt))
            }
            Self::Mood if notes.known > 0.0 => {
                let mean = notes.sum / notes.known;
                1 + usize::from(mean > MOODS[0]) + usize::from(mean >= MOODS[1])
            }
            Self::Mood => 0,
        }
    }
}

/// How many combinations of values some facts have.
pub(super) fn combinations(facts: &[Fact]) -> usize {
    facts.iter().map(Fact::values).product()
}

/// The value of all facts together along a journey: before the first moment, and after each one. The first fact counts in
/// ones.
pub(super) fn label(facts: &[Fact], layout: &Layout, marks: &[Mark], labels: &mut Vec<usize>) {
    labels.clear();
    let mut label = 0;
    labels.push(label);
    let mut notes = Notes::default();
    for mark in marks {
        if let Some(valence) = mark.valence() {
            notes.known += 1.0;
            notes.sum += valence;
        }
        let (mut rest, mut unit, mut next) = (label, 1, 0);
        for fact in facts {
            let values = fact.values();
            next += unit * fact.after(rest % values, mark, layout, &notes);
            rest /= values;
            unit *= values;
        }
        label = next;
        labels.push(label);
    }
}
