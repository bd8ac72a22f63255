//! A journey under way: where it began, where it is, and when that was.

/// Stands for an outcome that nobody stated.
pub(in crate::events) const UNSTATED: u32 = u32::MAX;

/// How many journeys are expected at a time.
pub(in crate::events) const EXPECTED: usize = 32;

/// One visit on its way into the counts.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::events) struct Step {
    /// Where, and with which promise result, as one number.
    pub(in crate::events) moment: u32,
    pub(in crate::events) outcome: u32,
    pub(in crate::events) time: Option<i64>,
    pub(in crate::events) sequence: Option<i64>,
}

/// By what an event comes too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events) struct Backwards {
    pub(in crate::events) by_sequence: bool,
    pub(in crate::events) before: i64,
    pub(in crate::events) now: i64,
}

/// What is known of the time between two visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events) enum Wait {
    Unknown,
    Contradicted,
    Known(u64),
}

/// The state of a journey under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events) struct Ends {
    /// Where it began.
    pub(in crate::events) first: u32,
    /// Where it is, and what it found of the promise there, as one number.
    pub(in crate::events) last: u32,
    pub(in crate::events) outcome: u32,
    /// Whether the first event states its time, and whether the last one does.
    pub(in crate::events) timed: (bool, bool),
    /// The first and the last time that events state.
    pub(in crate::events) times: Option<(i64, i64)>,
    /// The same of sequence numbers.
    pub(in crate::events) sequences: Option<(i64, i64)>,
}

impl Ends {
    pub(in crate::events) fn begin(step: &Step) -> Self {
        let timed = step.time.is_some();
        Self {
            first: step.moment >> 2,
            last: step.moment,
            outcome: step.outcome,
            timed: (timed, timed),
            times: step.time.map(|time| (time, time)),
            sequences: step.sequence.map(|number| (number, number)),
        }
    }

    /// From the first event to the last one, where both state a time and do not go back.
    pub(in crate::events) fn lasted_ms(&self) -> Option<u64> {
        let (first, last) = self.times.filter(|_| self.timed == (true, true))?;
        (last >= first).then(|| last.abs_diff(first))
    }

    /// Goes on to the next visit; tells how long that took.
    pub(in crate::events) fn advance(&mut self, step: &Step) -> Result<Wait, Backwards> {
        let numbered = match (self.sequences, step.sequence) {
            (Some((_, before)), Some(now)) if now < before => {
                return Err(Backwards {
                    by_sequence: true,
                    before,
                    now,
                });
            }
            (before, now) => before.is_some() && now.is_some(),
        };
        let wait = match (self.times, step.time) {
            (Some((_, before)), Some(now)) if now < before && !numbered => {
                return Err(Backwards {
                    by_sequence: false,
                    before,
                    now,
                });
            }
            (Some((_, before)), Some(now)) if now < before => Wait::Contradicted,
            (Some((_, before)), Some(now)) if self.timed.1 => Wait::Known(now.abs_diff(before)),
            _ => Wait::Unknown,
        };
        let later = |ends: Option<(i64, i64)>, now: Option<i64>| match (ends, now) {
            (Some((first, _)), Some(now)) => Some((first, now)),
            (None, Some(now)) => Some((now, now)),
            (ends, None) => ends,
        };
        self.times = later(self.times, step.time);
        self.sequences = later(self.sequences, step.sequence);
        self.timed.1 = step.time.is_some();
        self.last = step.moment;
        if step.outcome != UNSTATED {
            self.outcome = step.outcome;
        }
        Ok(wait)
    }

    /// How the step from here to the first visit of a later part would go, and whether the first time that the part states,
    /// be it of a later visit, contradicts the sequence.
    pub(in crate::events) fn meets(&self, later: &Self) -> Result<(Wait, bool), Backwards> {
        let mut probe = *self;
        let wait = probe.advance(&Step {
            moment: later.first << 2,
            outcome: UNSTATED,
            time: later.times.map(|(first, _)| first),
            sequence: later.sequences.map(|(first, _)| first),
        })?;
        let contradicted = wait == Wait::Contradicted;
        let wait = if later.timed.0 { wait } else { Wait::Unknown };
        Ok((wait, contradicted))
    }

    /// This journey and its later part as one.
    pub(in crate::events) fn followed_by(&self, later: &Self) -> Self {
        let span = |a: Option<(i64, i64)>, b: Option<(i64, i64)>| match (a, b) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (one, other) => one.or(other),
        };
        Self {
            first: self.first,
            last: later.last,
            outcome: if later.outcome == UNSTATED {
                self.outcome
            } else {
                later.outcome
            },
            timed: (self.timed.0, later.timed.1),
            times: span(self.times, later.times),
            sequences: span(self.sequences, later.sequences),
        }
    }
}
