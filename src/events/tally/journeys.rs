//! All journeys under way, by their names.
//!
//! A log that interleaves many journeys looks up a place in memory at random with each event. What an event has to see
//! of a journey is half a line of memory, and journeys lie in the order of their first appearance: those that are under
//! way at the same time lie close together. What is asked for rarely lies elsewhere.

use std::borrow::Cow;
use std::hint::black_box;

use super::under_way::{Backwards, Ends, Step, UNSTATED, Wait};
use super::ways::Moved;
use crate::events::hash::{Key, Name, Seed};
use crate::events::index::Index;

/// What an event sees of its journey.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Open {
    name: Name,
    /// The last time that an event stated.
    time: i64,
    /// Where it is and what it found there, and above that whether the last event states its time.
    last: u32,
    outcome: u32,
}

/// Marks [`Open::last`]: the last event states its time. Numbers of places and results stay below.
const LAST_TIMED: u32 = 1 << 31;

/// What most events do not ask for.
#[derive(Debug, Clone, Copy)]
struct Rest {
    first_time: i64,
    first: u32,
    marks: u8,
}

/// The first event states its time.
const FIRST_TIMED: u8 = 1;
/// Some event states its time.
const TIMED: u8 = 2;
/// Some event states its sequence number.
const NUMBERED: u8 = 4;

/// How many journeys are remembered as recent: four times as many as there are, but not more than this.
const MOST_RECENT: usize = 1 << 17;
const FEWEST_RECENT: usize = 1 << 6;

/// Stands for a journey of which nobody knows where it is.
const UNKNOWN: u32 = u32::MAX;

/// A journey that is asked for next.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Awaited {
    pub(in crate::events) key: Key,
    /// Where it seems to be.
    pub(in crate::events) at: u32,
}

impl Awaited {
    pub(in crate::events) fn new(key: Key) -> Self {
        Self { key, at: UNKNOWN }
    }
}

impl Default for Awaited {
    fn default() -> Self {
        Self {
            key: Key::default(),
            at: UNKNOWN,
        }
    }
}

/// The names that are too long to be kept beside the state.
#[derive(Debug, Clone, Default)]
pub(in crate::events) struct LongNames {
    /// One after the other.
    text: Vec<u8>,
    /// By journey: where its name ends, which is where the one before does if it is not long. Later journeys have none.
    ends: Vec<usize>,
}

impl LongNames {
    pub(in crate::events) fn push(&mut self, at: usize, name: &[u8]) {
        self.ends.resize(at, self.text.len());
        self.text.extend_from_slice(name);
        self.ends.push(self.text.len());
    }

    #[inline]
    pub(in crate::events) fn get(&self, at: usize) -> Option<&[u8]> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    /// Fetches the beginning of a name.
    #[inline]
    fn fetch(&self, at: usize) {
        black_box(self.get(at).and_then(<[u8]>::first).copied());
    }
}

/// All journeys under way, in the order of their first appearance.
#[derive(Debug, Clone)]
pub(in crate::events) struct Opens {
    seed: Seed,
    index: Index,
    /// The journey that was asked for last of those with the same short hash. Of a million journeys in a log, some ten
    /// thousand are under way at a time: these stay near the processor, and all others out of its way.
    recent: Vec<u32>,
    open: Vec<Open>,
    rest: Vec<Rest>,
    /// First and last sequence number, as far as journeys have any.
    sequences: Vec<(i64, i64)>,
    long: LongNames,
    /// By journey: what orders its last event within a millisecond; later journeys have nothing of that.
    #[cfg(feature = "csv")]
    within: Vec<u64>,
}

impl Opens {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            seed,
            index: Index::default(),
            recent: vec![UNKNOWN; FEWEST_RECENT],
            open: Vec::new(),
            rest: Vec::new(),
            sequences: Vec::new(),
            long: LongNames::default(),
            #[cfg(feature = "csv")]
            within: Vec::new(),
        }
    }

    pub(in crate::events) fn len(&self) -> usize {
        self.open.len()
    }

    /// A journey that is asked for soon.
    #[inline]
    pub(in crate::events) fn await_by(&self, name: &[u8]) -> Awaited {
        let key = self.seed.key(name);
        Awaited { key, at: UNKNOWN }
    }

    /// Looks where journeys seem to be, and fetches their states. Where a log holds a million journeys, each look-up
    /// waits for memory twice; here many of them wait at once.
    #[inline]
    pub(in crate::events) fn foresee(&mut self, awaited: &mut [Awaited]) {
        for awaited in &mut *awaited {
            let recent = self.recent.get(self.short(awaited.key));
            awaited.at = recent.copied().unwrap_or(UNKNOWN);
        }
        // No branch: none could be foreseen before the memory answers.
        let mut others = 0_u64;
        for (bit, awaited) in awaited.iter().enumerate() {
            let open = self.open.get(awaited.at as usize);
            let known = open.map_or(Name::default(), |open| open.name) == awaited.key.name;
            others |= u64::from(!known) << bit;
        }
        let mut left = others;
        while let Some(awaited) = awaited.get(left.trailing_zeros() as usize) {
            self.index.fetch(awaited.key.hash());
            left &= left - 1;
        }
        while let Some(awaited) = awaited.get_mut(others.trailing_zeros() as usize) {
            // Two names with one hash are rare: the first one found will do.
            let at = self.index.find(awaited.key.hash(), |_| true);
            awaited.at = at.unwrap_or(UNKNOWN);
            if let Some(at) = at {
                let short = self.short(awaited.key);
                self.recent[short] = at;
                black_box(self.open.get(at as usize).map_or(0, |open| open.last));
            }
            others &= others - 1;
        }
        for awaited in awaited.iter().filter(|awaited| awaited.key.name.is_long()) {
            self.long.fetch(awaited.at as usize);
        }
    }

    /// Where a journey is among the recent ones.
    #[inline]
    fn short(&self, key: Key) -> usize {
        key.hash() as usize & self.recent.len().wrapping_sub(1)
    }

    /// Follows a journey to its next visit, if it is where it seems to be, and if both visits state their time and nothing
    /// else orders them: most logs are like that.
    // Everything is inlined, as packing the way into a value and unpacking it again would take as long as all the rest.
    #[inline(always)]
    pub(in crate::events) fn advance_plainly(
        &mut self,
        awaited: &Awaited,
        name: &[u8],
        step: &Step,
    ) -> Option<Moved> {
        let (at, key) = (awaited.at as usize, awaited.key.name);
        if key.is_long() && self.long.get(at) != Some(name) {
            return None;
        }
        let open = self.open.get_mut(at)?;
        let now = step.time?;
        let plain = open.name == key
            && open.last & LAST_TIMED != 0
            && now >= open.time
            && step.sequence.is_none();
        if !plain {
            return None;
        }
        let from = open.last & !LAST_TIMED;
        let wait = Wait::Known(now.abs_diff(open.time));
        open.time = now;
        open.last = step.moment | LAST_TIMED;
        if step.outcome != UNSTATED {
            open.outcome = step.outcome;
        }
        Some(Moved::new(from, step.moment >> 2, wait))
    }

    /// Follows a journey to its next visit, whatever is known of both; `None` where it is not under way.
    #[inline(never)]
    pub(in crate::events) fn advance(
        &mut self,
        awaited: &Awaited,
        name: &[u8],
        step: &Step,
    ) -> Result<Option<Moved>, Backwards> {
        let at = if self.is(awaited.at, awaited.key.name, name) {
            awaited.at as usize
        } else if let Some(at) = self.find(awaited.key, name) {
            at as usize
        } else {
            return Ok(None);
        };
        let mut ends = self.ends_at(at);
        let from = ends.last;
        let wait = ends.advance(step)?;
        self.put(at, ends);
        Ok(Some(Moved::new(from, step.moment >> 2, wait)))
    }

    /// The state of a journey, if it is under way.
    pub(in crate::events) fn get(&self, name: &[u8]) -> Option<Ends> {
        let at = self.find(self.seed.key(name), name)?;
        Some(self.ends_at(at as usize))
    }

    /// The number of a journey that is under way, in the order of first appearance.
    pub(in crate::events) fn number(&self, name: &[u8]) -> Option<u32> {
        self.find(self.seed.key(name), name)
    }

    /// Whether events of one millisecond have an order.
    #[cfg(feature = "csv")]
    #[inline(always)]
    pub(in crate::events) fn has_within(&self) -> bool {
        !self.within.is_empty()
    }

    /// The last time of a journey that times order, and what orders that within a millisecond.
    #[cfg(feature = "csv")]
    pub(in crate::events) fn last_time(&self, name: &[u8]) -> Option<(i64, u64)> {
        let at = self.find(self.seed.key(name), name)? as usize;
        let ends = self.ends_at(at);
        let (_, last) = ends.times.filter(|_| ends.sequences.is_none())?;
        Some((last, self.within.get(at).copied().unwrap_or(0)))
    }

    /// Keeps what orders the last event of a journey within a millisecond.
    #[cfg(feature = "csv")]
    pub(in crate::events) fn set_within(&mut self, name: &[u8], within: u64) {
        if let Some(at) = self.find(self.seed.key(name), name) {
            let at = at as usize;
            if self.within.len() <= at {
                self.within.resize(at + 1, 0);
            }
            self.within[at] = within;
        }
    }

    /// Replaces the state of a journey that is under way.
    pub(in crate::events) fn replace(&mut self, name: &[u8], ends: Ends) {
        if let Some(at) = self.find(self.seed.key(name), name) {
            self.put(at as usize, ends);
        }
    }

    /// Adds a journey that is not there yet; `None` where there are too many.
    pub(in crate::events) fn insert(&mut self, name: &[u8], ends: Ends) -> Option<()> {
        let at = self.open.len();
        let number = u32::try_from(at).ok()?;
        if number >= u32::MAX - 1 {
            return None;
        }
        let key = self.seed.key(name);
        if key.name.is_long() {
            self.long.push(at, name);
        }
        self.open.push(Open {
            name: key.name,
            time: 0,
            last: 0,
            outcome: UNSTATED,
        });
        self.rest.push(Rest {
            first_time: 0,
            first: 0,
            marks: 0,
        });
        self.put(at, ends);
        self.index.insert(key.hash(), number);
        if at > self.recent.len() / 4 && self.recent.len() < MOST_RECENT {
            self.recent = vec![UNKNOWN; 2 * self.recent.len()];
        }
        let short = self.short(key);
        self.recent[short] = number;
        Some(())
    }

    #[inline]
    fn find(&self, key: Key, name: &[u8]) -> Option<u32> {
        let is = |at| self.is(at, key.name, name);
        self.index.find(key.hash(), is)
    }

    #[inline]
    fn is(&self, at: u32, key: Name, name: &[u8]) -> bool {
        let at = at as usize;
        let alike = self.open.get(at).is_some_and(|open| open.name == key);
        alike && (!key.is_long() || self.long.get(at) == Some(name))
    }

    fn ends_at(&self, at: usize) -> Ends {
        let (open, rest) = (&self.open[at], &self.rest[at]);
        let numbered = rest.marks & NUMBERED != 0;
        Ends {
            first: rest.first,
            last: open.last & !LAST_TIMED,
            outcome: open.outcome,
            timed: (rest.marks & FIRST_TIMED != 0, open.last & LAST_TIMED != 0),
            times: (rest.marks & TIMED != 0).then_some((rest.first_time, open.time)),
            sequences: self.sequences.get(at).copied().filter(|_| numbered),
        }
    }

    fn put(&mut self, at: usize, ends: Ends) {
        let (first_time, time) = ends.times.unwrap_or_default();
        let mark = |set: bool, mark: u8| if set { mark } else { 0 };
        let open = &mut self.open[at];
        open.time = time;
        open.last = ends.last | if ends.timed.1 { LAST_TIMED } else { 0 };
        open.outcome = ends.outcome;
        self.rest[at] = Rest {
            first_time,
            first: ends.first,
            marks: mark(ends.timed.0, FIRST_TIMED)
                | mark(ends.times.is_some(), TIMED)
                | mark(ends.sequences.is_some(), NUMBERED),
        };
        if let Some(sequences) = ends.sequences {
            if self.sequences.len() <= at {
                self.sequences.resize(at + 1, (0, 0));
            }
            self.sequences[at] = sequences;
        }
    }

    /// Every journey with its name.
    pub(in crate::events) fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Cow<'_, str>, Ends)> + '_ {
        self.open.iter().enumerate().map(|(at, open)| {
            let name = match self.long.get(at) {
                Some(name) if open.name.is_long() => String::from_utf8_lossy(name),
                _ => Cow::Owned(open.name.text()),
            };
            (name, self.ends_at(at))
        })
    }

    /// The states alone.
    pub(in crate::events) fn states(&self) -> impl Iterator<Item = Ends> + '_ {
        (0..self.open.len()).map(|at| self.ends_at(at))
    }

    pub(in crate::events) fn clear(&mut self) {
        *self = Self::new(self.seed);
    }
}
