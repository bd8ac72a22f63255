//! Sequence numbers of events, as far as any are stated.

/// Stands for a number that is not stated.
const NONE: i32 = i32::MIN;

/// The sequence numbers of events by their position: nothing as long as none states one, four bytes each as long as all
/// numbers are small.
#[derive(Debug, Clone, Default)]
pub(super) enum Sequences {
    #[default]
    Unstated,
    Small(Vec<i32>),
    Large(Vec<Option<i64>>),
}

impl Sequences {
    /// Keeps the number of the event after `events` others.
    #[inline]
    pub(super) fn push(&mut self, events: usize, sequence: Option<i64>) {
        match (&mut *self, sequence) {
            (Self::Unstated, None) => {}
            (Self::Small(numbers), None) => super::push(numbers, NONE),
            (Self::Small(numbers), Some(sequence)) => match small(sequence) {
                Some(number) => super::push(numbers, number),
                None => self.widen(events, sequence),
            },
            (Self::Large(numbers), sequence) => super::push(numbers, sequence),
            (Self::Unstated, Some(sequence)) => self.widen(events, sequence),
        }
    }

    /// Makes room for a number that there was none for.
    #[cold]
    fn widen(&mut self, events: usize, sequence: i64) {
        *self = match (std::mem::take(self), small(sequence)) {
            (Self::Unstated, Some(number)) => {
                let mut numbers = vec![NONE; events];
                numbers.push(number);
                Self::Small(numbers)
            }
            (before, _) => {
                let mut numbers: Vec<Option<i64>> =
                    (0..events).map(|event| before.get(event)).collect();
                numbers.push(Some(sequence));
                Self::Large(numbers)
            }
        };
    }

    #[inline]
    pub(super) fn get(&self, event: usize) -> Option<i64> {
        match self {
            Self::Unstated => None,
            Self::Small(numbers) => {
                let number = *numbers.get(event)?;
                (number != NONE).then_some(i64::from(number))
            }
            Self::Large(numbers) => numbers.get(event).copied().flatten(),
        }
    }

    pub(super) fn stated(&self) -> bool {
        !matches!(self, Self::Unstated)
    }
}

fn small(sequence: i64) -> Option<i32> {
    i32::try_from(sequence)
        .ok()
        .filter(|&number| number != NONE)
}

#[cfg(test)]
mod tests {
    use super::Sequences;

    #[test]
    fn numbers_of_all_sizes_come_back() {
        let numbers = [
            None,
            Some(3),
            None,
            Some(i64::from(i32::MIN)),
            Some(i64::MAX),
            Some(0),
        ];
        let mut sequences = Sequences::default();
        for (at, &number) in numbers.iter().enumerate() {
            sequences.push(at, number);
            for (before, &expected) in numbers[..=at].iter().enumerate() {
                assert_eq!(sequences.get(before), expected);
            }
        }
        assert_eq!(sequences.get(numbers.len()), None);
    }
}
