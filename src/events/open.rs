//! Journeys under way: where each began, where it is, and when that was.

use super::hash::INLINE;

/// Stands for an outcome that nobody stated.
pub(super) const UNSTATED: u32 = u32::MAX;

/// How many journeys are expected at a time.
pub(super) const EXPECTED: usize = 32;

/// One visit on its way into the counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) place: u32,
    pub(super) result: u8,
    pub(super) outcome: u32,
    pub(super) time: Option<i64>,
    pub(super) sequence: Option<i64>,
}

/// The state of a journey under way: 64 bytes, its name included where that is short, so that an event touches one
/// line of memory here.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Open {
    /// Where it is kept, for a long one.
    pub(super) name: [u8; INLINE],
    pub(super) length: u8,
    pub(super) marks: u8,
    pub(super) first: u32,
    last: u32,
    pub(super) outcome: u32,
    first_time: i64,
    last_time: i64,
    first_sequence: i64,
    last_sequence: i64,
}

/// The first event states its time.
const FIRST_TIMED: u8 = 1;
/// The last event states its time.
const LAST_TIMED: u8 = 2;
/// Some event states its time.
const TIMED: u8 = 4;
/// Some event states its sequence number.
const NUMBERED: u8 = 8;

/// By what an event comes too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Backwards {
    pub(super) by_sequence: bool,
    pub(super) before: i64,
    pub(super) now: i64,
}

/// What is known of the time between two visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    Unknown,
    Contradicted,
    Known(u64),
}

/// The states of journeys as plain numbers, to write and to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ends {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) result: u8,
    pub(super) outcome: u32,
    pub(super) first_timed: bool,
    pub(super) last_timed: bool,
    pub(super) times: Option<(i64, i64)>,
    pub(super) sequences: Option<(i64, i64)>,
}

impl Open {
    pub(super) fn new(ends: Ends) -> Self {
        let (first_time, last_time) = ends.times.unwrap_or_default();
        let (first_sequence, last_sequence) = ends.sequences.unwrap_or_default();
        let mark = |set: bool, mark: u8| if set { mark } else { 0 };
        Self {
            name: [0; INLINE],
            length: 0,
            marks: mark(ends.first_timed, FIRST_TIMED)
                | mark(ends.last_timed, LAST_TIMED)
                | mark(ends.times.is_some(), TIMED)
                | mark(ends.sequences.is_some(), NUMBERED),
            first: ends.first,
            last: ends.last << 2 | u32::from(ends.result & 3),
            outcome: ends.outcome,
            first_time,
            last_time,
            first_sequence,
            last_sequence,
        }
    }

    pub(super) fn begin(step: Step) -> Self {
        Self::new(Ends {
            first: step.place,
            last: step.place,
            result: step.result,
            outcome: step.outcome,
            first_timed: step.time.is_some(),
            last_timed: step.time.is_some(),
            times: step.time.map(|time| (time, time)),
            sequences: step.sequence.map(|number| (number, number)),
        })
    }

    pub(super) fn ends(&self) -> Ends {
        Ends {
            first: self.first,
            last: self.place(),
            result: self.result(),
            outcome: self.outcome,
            first_timed: self.marked(FIRST_TIMED),
            last_timed: self.marked(LAST_TIMED),
            times: self
                .marked(TIMED)
                .then_some((self.first_time, self.last_time)),
            sequences: self
                .marked(NUMBERED)
                .then_some((self.first_sequence, self.last_sequence)),
        }
    }

    #[inline]
    fn marked(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// Where the journey is.
    #[inline]
    pub(super) fn place(&self) -> u32 {
        self.last >> 2
    }

    /// What it found of the promise there.
    #[inline]
    pub(super) fn result(&self) -> u8 {
        (self.last & 3) as u8
    }

    /// Where the journey is and what it found, as one number.
    #[inline]
    pub(super) fn place_and_result(&self) -> u32 {
        self.last
    }

    /// Goes on to the next visit; tells how long that took.
    #[inline]
    pub(super) fn advance(&mut self, step: Step) -> Result<Wait, Backwards> {
        // Most logs state a time with each event, and nothing else that orders them.
        if let (Some(now), None) = (step.time, step.sequence)
            && self.marks & (TIMED | LAST_TIMED) == TIMED | LAST_TIMED
            && now >= self.last_time
        {
            let wait = now.abs_diff(self.last_time);
            self.last_time = now;
            self.settle(step);
            return Ok(Wait::Known(wait));
        }
        self.advance_by_marks(step)
    }

    /// Whatever the events before stated.
    fn advance_by_marks(&mut self, step: Step) -> Result<Wait, Backwards> {
        let numbered = match step.sequence {
            Some(now) if self.marked(NUMBERED) => {
                if now < self.last_sequence {
                    return Err(Backwards {
                        by_sequence: true,
                        before: self.last_sequence,
                        now,
                    });
                }
                true
            }
            _ => false,
        };
        let mut wait = Wait::Unknown;
        if let Some(now) = step.time {
            let early = self.marked(TIMED) && now < self.last_time;
            if early && !numbered {
                return Err(Backwards {
                    by_sequence: false,
                    before: self.last_time,
                    now,
                });
            }
            wait = match (early, self.marked(LAST_TIMED)) {
                (true, _) => Wait::Contradicted,
                (false, true) => Wait::Known(now.abs_diff(self.last_time)),
                (false, false) => Wait::Unknown,
            };
            if !self.marked(TIMED) {
                self.first_time = now;
            }
            self.last_time = now;
            self.marks |= TIMED | LAST_TIMED;
        } else {
            self.marks &= !LAST_TIMED;
        }
        if let Some(now) = step.sequence {
            if !self.marked(NUMBERED) {
                self.first_sequence = now;
            }
            self.last_sequence = now;
            self.marks |= NUMBERED;
        }
        self.settle(step);
        Ok(wait)
    }

    #[inline]
    fn settle(&mut self, step: Step) {
        self.last = step.place << 2 | u32::from(step.result & 3);
        if step.outcome != UNSTATED {
            self.outcome = step.outcome;
        }
    }

    /// How the step from here to the first visit of a later part would go.
    pub(super) fn meets(&self, later: &Ends) -> Result<Wait, Backwards> {
        let mut probe = *self;
        probe
            .advance(Step {
                place: later.first,
                result: 0,
                outcome: UNSTATED,
                time: later.times.map(|(first, _)| first),
                sequence: later.sequences.map(|(first, _)| first),
            })
            .map(|wait| {
                if later.first_timed {
                    wait
                } else {
                    Wait::Unknown
                }
            })
    }

    /// This journey and its later part as one.
    pub(super) fn followed_by(&self, later: &Ends) -> Ends {
        let earlier = self.ends();
        let span = |a: Option<(i64, i64)>, b: Option<(i64, i64)>| match (a, b) {
            (Some((first, _)), Some((_, last))) => Some((first, last)),
            (one, other) => one.or(other),
        };
        Ends {
            first: earlier.first,
            last: later.last,
            result: later.result,
            outcome: if later.outcome == UNSTATED {
                earlier.outcome
            } else {
                later.outcome
            },
            first_timed: earlier.first_timed,
            last_timed: later.last_timed,
            times: span(earlier.times, later.times),
            sequences: span(earlier.sequences, later.sequences),
        }
    }

    pub(super) fn replace(&mut self, ends: Ends) {
        let (name, length) = (self.name, self.length);
        *self = Self::new(ends);
        (self.name, self.length) = (name, length);
    }
}
