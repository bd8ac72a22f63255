//! Journeys under way: where each began, where it is, and when that was.

use std::hint::black_box;

use super::index::{Index, Seed, same};

/// Stands for an outcome that nobody stated.
pub(super) const UNSTATED: u32 = u32::MAX;

/// How many journeys are expected at a time.
pub(super) const EXPECTED: usize = 32;

/// Where journeys seem to be.
pub(super) type Expected = [u32; EXPECTED];

/// Stands for a journey that was not expected.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// How long a journey's name can be to be kept beside its state.
const INLINE: usize = 16;
/// The length of a name that is kept elsewhere.
const LONG: u8 = 17;

/// One visit on its way into the counts.
#[derive(Debug, Clone, Copy)]
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
    name: [u8; INLINE],
    length: u8,
    marks: u8,
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
        self.last = step.place << 2 | u32::from(step.result & 3);
        if step.outcome != UNSTATED {
            self.outcome = step.outcome;
        }
        Ok(wait)
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

/// All journeys under way.
#[derive(Debug, Clone)]
pub(super) struct Opens {
    seed: Seed,
    index: Index,
    open: Vec<Open>,
    /// The names that are too long to be kept beside the state.
    long: Vec<u8>,
}

impl Opens {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            open: Vec::new(),
            long: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    #[inline]
    pub(super) fn find(&mut self, name: &[u8]) -> Option<&mut Open> {
        self.find_near(UNKNOWN, name)
    }

    /// As [`find`](Self::find), and faster where the journey is where it was expected.
    #[inline]
    pub(super) fn find_near(&mut self, expected: u32, name: &[u8]) -> Option<&mut Open> {
        let at = if self.is(expected, name) {
            expected
        } else {
            let hash = self.seed.text(name);
            self.index.find(hash, |at| self.is(at, name))?
        };
        self.open.get_mut(at as usize)
    }

    /// Fetches the states of journeys that are asked for next, [`EXPECTED`] at most, and tells where they seem to be.
    /// Where a log holds a million journeys, each look-up waits for memory twice; here many wait at once.
    #[inline]
    pub(super) fn foresee<'a>(&self, names: impl Iterator<Item = &'a [u8]>) -> Expected {
        let mut hashes = [0; EXPECTED];
        let mut expected = 0;
        for (hash, name) in hashes.iter_mut().zip(names) {
            *hash = self.seed.text(name);
            self.index.fetch(*hash);
            expected += 1;
        }
        let mut found = [UNKNOWN; EXPECTED];
        for (found, hash) in found.iter_mut().zip(hashes).take(expected) {
            // Two names with one hash are rare: the first one found will do.
            if let Some(at) = self.index.find(hash, |_| true) {
                *found = at;
                black_box(self.open.get(at as usize).map(|open| open.marks));
            }
        }
        found
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<&Open> {
        let hash = self.seed.text(name);
        let at = self.index.find(hash, |at| self.is(at, name))?;
        self.open.get(at as usize)
    }

    /// Adds a journey that is not there yet; `None` where there are too many.
    pub(super) fn insert(&mut self, name: &[u8], mut open: Open) -> Option<()> {
        let number = u32::try_from(self.open.len()).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        if let Some(inline) = open.name.get_mut(..name.len()) {
            inline.copy_from_slice(name);
            // At most sixteen.
            open.length = u8::try_from(name.len()).unwrap_or(LONG);
        } else {
            let at = (self.long.len() as u64).to_le_bytes();
            let length = (name.len() as u64).to_le_bytes();
            for (slot, byte) in open.name.iter_mut().zip(at.into_iter().chain(length)) {
                *slot = byte;
            }
            open.length = LONG;
            self.long.extend_from_slice(name);
        }
        self.open.push(open);
        self.index.insert(self.seed.text(name), number);
        Some(())
    }

    #[inline]
    fn is(&self, at: u32, name: &[u8]) -> bool {
        self.open
            .get(at as usize)
            .is_some_and(|open| same(self.name(open), name))
    }

    #[inline]
    fn name<'a>(&'a self, open: &'a Open) -> &'a [u8] {
        if open.length == LONG {
            self.long_name(open)
        } else {
            open.name
                .get(..usize::from(open.length))
                .unwrap_or_default()
        }
    }

    #[cold]
    fn long_name(&self, open: &Open) -> &[u8] {
        let wide = u128::from_le_bytes(open.name);
        let part = |bits: u128| usize::try_from(bits & u128::from(u64::MAX)).unwrap_or(0);
        let (at, length) = (part(wide), part(wide >> 64));
        self.long.get(at..at + length).unwrap_or_default()
    }

    /// Every journey with its name, in the order of first appearance.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Open)> + '_ {
        self.open.iter().map(|open| {
            let name = std::str::from_utf8(self.name(open)).unwrap_or_default();
            (name, open)
        })
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.seed);
    }
}
