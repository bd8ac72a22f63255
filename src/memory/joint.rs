//! What journeys remember at each moment, several facts together, as one number.

use super::trails::Trails;

/// The value of one fact along all journeys, one after the other: before the first moment, and after each one.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) values: usize,
    pub(crate) labels: Vec<u16>,
}

/// All facts together: combinations that occur have numbers.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    pub(super) values: usize,
    /// By journey: what it begins with.
    pub(super) starts: Vec<u32>,
    /// Before and after a moment: pairs that occur have numbers.
    pub(super) pairs: Vec<(u32, u32)>,
    /// By moment.
    pub(super) of: Vec<u32>,
}

const NEW: u32 = u32::MAX;

impl Joint {
    /// Of journeys that remember nothing.
    pub(super) fn nothing(trails: &Trails) -> Self {
        Self {
            values: 1,
            starts: vec![0; trails.count()],
            pairs: vec![(0, 0)],
            of: vec![0; trails.moments()],
        }
    }

    /// With one more fact.
    pub(super) fn with(&self, trails: &Trails, column: &Column) -> Self {
        let mut numbers = vec![NEW; self.values * column.values];
        let mut pair_numbers = vec![NEW; self.pairs.len() * column.values * column.values];
        let mut joint = Self {
            values: 0,
            starts: Vec::with_capacity(self.starts.len()),
            pairs: Vec::new(),
            of: Vec::with_capacity(self.of.len()),
        };
        let (mut journey, mut label) = (0, 0);
        trails.each(|marks| {
            let Some((place, marks)) = marks else { return };
            let start = self.starts[journey];
            journey += 1;
            let mut value = usize::from(column.labels[label]);
            let number = joint.number(&mut numbers, start, value, column.values);
            joint.starts.push(number);
            for at in place..place + marks.len() {
                label += 1;
                let next = usize::from(column.labels[label]);
                let pair = self.of[at] as usize;
                let key = (pair * column.values + value) * column.values + next;
                if pair_numbers[key] == NEW {
                    let (before, after) = self.pairs[pair];
                    let before = joint.number(&mut numbers, before, value, column.values);
                    let after = joint.number(&mut numbers, after, next, column.values);
                    pair_numbers[key] = u32::try_from(joint.pairs.len()).unwrap_or(NEW);
                    joint.pairs.push((before, after));
                }
                joint.of.push(pair_numbers[key]);
                value = next;
            }
            label += 1;
        });
        joint
    }

    fn number(&mut self, numbers: &mut [u32], joint: u32, value: usize, values: usize) -> u32 {
        let number = &mut numbers[joint as usize * values + value];
        if *number == NEW {
            *number = u32::try_from(self.values).unwrap_or(NEW);
            self.values += 1;
        }
        *number
    }
}
