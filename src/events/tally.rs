use super::error::{EventError, EventFault, What};
use super::event::{EventRef, Mood};
use super::index::{Counts, Keys, Names, Seed, pair};
use super::levels::Levels;
use super::open::{Backwards, EXPECTED, Open, Opens, Step, UNKNOWN, UNSTATED, Wait};
use super::ways::{Moved, Ways};
use crate::journey::{Phase, PromiseResult, Scale};

/// How events are read into a [`Tally`].
///
/// ```
/// use customer_journey::{Scale, TallyOptions};
/// let options = TallyOptions::new().scale(Scale::ONE_TO_FIVE).segment("business");
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct TallyOptions {
    pub(super) scale: Scale,
    pub(super) segment: Option<String>,
}

impl TallyOptions {
    /// Emotions that are numbers lie between -1 and 1, higher is better; events of all segments count.
    pub fn new() -> Self {
        Self {
            scale: Scale::MINUS_ONE_TO_ONE,
            segment: None,
        }
    }

    /// Declares the scale of emotions that are numbers.
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = scale;
        self
    }

    /// Counts events of one segment only. All others, those without a segment among them, are left out and their
    /// number is told. State the segment on every event of a journey: those without it are left out singly.
    pub fn segment(mut self, segment: impl Into<String>) -> Self {
        self.segment = Some(segment.into());
        self
    }
}

impl Default for TallyOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// What was counted at a touchpoint in a channel.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) touchpoint: u32,
    /// 0 where no channel is stated.
    pub(super) channel: u32,
    /// By [`slot`] of the promise result.
    pub(super) visits: [u64; 4],
    /// Visits that state the phase.
    pub(super) phases: [u64; 3],
    /// Closed journeys that began here.
    pub(super) starts: u64,
}

impl Place {
    /// The visits. No sum of counts overflows: none is above the number of events.
    pub(super) fn total(&self) -> u64 {
        self.visits.iter().sum()
    }
}

/// The position of a promise result among counts; 0 stands for an event that states none.
pub(super) fn slot(result: Option<PromiseResult>) -> u8 {
    match result {
        None => 0,
        Some(PromiseResult::Kept) => 1,
        Some(PromiseResult::Broken) => 2,
        Some(PromiseResult::Unknown) => 3,
    }
}

/// The promise result at a position.
pub(super) fn result_at(slot: u8) -> Option<PromiseResult> {
    match slot {
        1 => Some(PromiseResult::Kept),
        2 => Some(PromiseResult::Broken),
        3 => Some(PromiseResult::Unknown),
        _ => None,
    }
}

/// Counts of events on their way to a journey.
///
/// Journeys may interleave in any way: each is followed by its name. The events of one journey come in their order:
/// by sequence number where two that follow each other both have one, else by time where both have one, else as they
/// are given. Equal numbers and times keep the order given. Where the sequence goes on and the time goes back, the
/// sequence counts, the wait is taken as unknown, and [`Summary::contradictions`](super::Summary::contradictions)
/// tells how often that was. Events in another order are refused; [`Backlog`](super::Backlog) sorts them.
///
/// Recording takes expected O(1) and allocates nothing once names are known. Memory grows with the journeys under way
/// (about 80 bytes each, and the name where it is longer than 16 bytes), with touchpoints and the ways between them,
/// and never with events. Of more than 1024 different valences all are rounded to steps of 0.002.
///
/// Tallies are values: equal when they hold the same counts and the same journeys under way, whatever the order in which
/// these came.
#[derive(Debug, Clone)]
pub struct Tally {
    pub(super) options: TallyOptions,
    pub(super) seed: Seed,
    pub(super) touchpoints: Names,
    pub(super) channels: Names,
    /// Owners, promises and outcomes.
    pub(super) labels: Names,
    pub(super) place_keys: Keys,
    pub(super) places: Vec<Place>,
    pub(super) levels: Levels,
    /// (place and result, level).
    pub(super) emotions: Counts,
    /// (place, label).
    pub(super) owners: Counts,
    /// (place, label).
    pub(super) promises: Counts,
    /// (place and result, place).
    pub(super) ways: Ways,
    pub(super) open: Opens,
    /// Closed journeys: (place and result, outcome).
    pub(super) ended: Counts,
    pub(super) events: u64,
    pub(super) left_out: u64,
    pub(super) contradictions: u64,
    /// First and last time stated.
    pub(super) span: Option<(i64, i64)>,
    /// Events given so far, refused ones among them.
    offered: u64,
}

/// An event with its names looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) step: Step,
    phase: Option<Phase>,
    level: Option<u32>,
    owner: Option<u32>,
    promise: Option<u32>,
}

/// An event with its texts as bytes, of which only new names need to be checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    pub(super) journey: &'a [u8],
    pub(super) touchpoint: &'a [u8],
    pub(super) channel: &'a [u8],
    pub(super) phase: Option<Phase>,
    pub(super) time: Option<i64>,
    pub(super) sequence: Option<i64>,
    pub(super) emotion: Option<Mood>,
    pub(super) promise: Option<PromiseResult>,
    pub(super) promise_name: &'a [u8],
    pub(super) outcome: &'a [u8],
    pub(super) owner: &'a [u8],
    pub(super) segment: &'a [u8],
}

impl<'a> From<&EventRef<'a>> for Raw<'a> {
    #[inline]
    fn from(event: &EventRef<'a>) -> Self {
        let text = |text: Option<&'a str>| text.unwrap_or_default().as_bytes();
        Self {
            journey: event.journey.as_bytes(),
            touchpoint: event.touchpoint.as_bytes(),
            channel: text(event.channel),
            phase: event.phase,
            time: event.time_ms,
            sequence: event.sequence,
            emotion: event.emotion,
            promise: event.promise,
            promise_name: text(event.promise_name),
            outcome: text(event.outcome),
            owner: text(event.owner),
            segment: text(event.segment),
        }
    }
}

impl Tally {
    /// A tally of nothing.
    #[must_use]
    pub fn new(options: TallyOptions) -> Self {
        let seed = Seed::new();
        let mut channels = Names::new(seed);
        let mut touchpoints = Names::new(seed);
        // Number 0: no channel, and a touchpoint that nothing is counted at.
        channels.intern("");
        touchpoints.intern("");
        Self {
            options,
            seed,
            touchpoints,
            channels,
            labels: Names::new(seed),
            place_keys: Keys::new(seed),
            places: Vec::new(),
            levels: Levels::new(seed),
            emotions: Counts::new(seed),
            owners: Counts::new(seed),
            promises: Counts::new(seed),
            ways: Ways::new(seed),
            open: Opens::new(seed),
            ended: Counts::new(seed),
            events: 0,
            left_out: 0,
            contradictions: 0,
            span: None,
            offered: 0,
        }
    }

    /// Counts one event.
    ///
    /// # Errors
    /// [`EventError`] names the event and what is wrong with it: it goes back in time, its rating is off the scale, or
    /// it lacks a name. The tally is as it was before; the caller may go on.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let mut tally = Tally::default();
    /// tally.record(EventRef::new("c1", "search").time_ms(20))?;
    /// let error = tally.record(EventRef::new("c1", "buy").time_ms(10)).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "event 2 (journey \"c1\", touchpoint \"buy\") goes back in time, from 20 ms to 10 ms; \
    ///      the events of a journey come in their order, or are sorted first",
    /// );
    /// # Ok::<(), customer_journey::EventError>(())
    /// ```
    pub fn record<'a>(&mut self, event: impl Into<EventRef<'a>>) -> Result<(), EventError> {
        let event = event.into();
        self.offered = self.offered.saturating_add(1);
        match self.take(&Raw::from(&event)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(EventError::new(self.offered, &event, fault)),
        }
    }

    /// Counts events up to the first one that is refused.
    ///
    /// # Errors
    /// As [`Tally::record`]; the events before it are counted.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let log = [("c1", "search"), ("c2", "search"), ("c1", "buy")];
    /// let mut tally = Tally::default();
    /// tally.record_all(log.map(|(journey, touchpoint)| EventRef::new(journey, touchpoint)))?;
    /// assert_eq!((tally.events(), tally.journeys()), (3, 2));
    /// # Ok::<(), customer_journey::EventError>(())
    /// ```
    pub fn record_all<'a, E: Into<EventRef<'a>>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(), EventError> {
        let mut events = events.into_iter().map(Into::into);
        let mut batch: Vec<EventRef<'a>> = Vec::with_capacity(EXPECTED);
        let mut moves = Vec::with_capacity(EXPECTED);
        loop {
            batch.clear();
            batch.extend(events.by_ref().take(EXPECTED));
            if batch.is_empty() {
                return Ok(());
            }
            let journeys = batch.iter().map(|event| event.journey.as_bytes());
            let expected = self.open.expect(journeys);
            let mut fault = None;
            for (event, expected) in batch.iter().zip(expected) {
                self.offered = self.offered.saturating_add(1);
                match self.visit(&Raw::from(event), expected) {
                    Ok(moved) => moves.extend(moved),
                    Err(found) => {
                        fault = Some(EventError::new(self.offered, event, found));
                        break;
                    }
                }
            }
            if let (Err(found), Some(event)) = (self.go_all(&mut moves), batch.last()) {
                return Err(EventError::new(self.offered, event, found));
            }
            if let Some(fault) = fault {
                return Err(fault);
            }
        }
    }

    /// Events counted.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Journeys counted, those under way and those closed.
    #[must_use]
    pub fn journeys(&self) -> u64 {
        let closed: u64 = self.places.iter().map(|place| place.starts).sum();
        closed + self.open.len() as u64
    }

    /// Takes all journeys under way as ended where they are and forgets their names, so that the tally takes no more
    /// memory than its counts. Learning gives the same journey; but an event of a forgotten journey begins a new one,
    /// and a later part can no longer be [joined](Tally::join).
    #[must_use]
    pub fn closed(mut self) -> Self {
        for (_, open) in self.open.iter() {
            if let Some(place) = self.places.get_mut(open.first as usize) {
                place.starts += 1;
            }
            // As many endings as there are places, results and outcomes: the numbers suffice.
            let _ = self.ended.add(open.place_and_result(), open.outcome, 1);
        }
        self.open.clear();
        self
    }

    /// This tally with other options for the events to come.
    #[must_use]
    pub fn with(mut self, options: TallyOptions) -> Self {
        self.options = options;
        self
    }

    #[inline]
    pub(super) fn take(&mut self, event: &Raw<'_>) -> Result<(), EventFault> {
        let moved = self.visit(event, UNKNOWN)?;
        moved.map_or(Ok(()), |moved| self.go(moved))
    }

    /// Counts an event but for the way that led to it, which is handed on.
    #[inline]
    pub(super) fn visit(
        &mut self,
        event: &Raw<'_>,
        expected: u32,
    ) -> Result<Option<Moved>, EventFault> {
        let Some(visit) = self.prepare(event)? else {
            return Ok(None);
        };
        let moved = self.advance(event.journey, expected, visit.step)?;
        self.count(&visit)?;
        Ok(moved)
    }

    /// Looks up the names of an event, without counting anything; `None` where it is of another segment.
    #[inline]
    pub(super) fn prepare(&mut self, event: &Raw<'_>) -> Result<Option<Visit>, EventFault> {
        if let Some(segment) = &self.options.segment
            && segment.as_bytes() != event.segment
        {
            self.left_out = self.left_out.saturating_add(1);
            return Ok(None);
        }
        let level = match event.emotion {
            Some(mood) => Some(self.level(mood)?),
            None => None,
        };
        let place = self.place(event.touchpoint, event.channel)?;
        let outcome = self.label(event.outcome)?.unwrap_or(UNSTATED);
        let step = Step {
            place,
            result: slot(event.promise),
            outcome,
            time: event.time,
            sequence: event.sequence,
        };
        Ok(Some(Visit {
            step,
            phase: event.phase,
            level,
            owner: self.label(event.owner)?,
            promise: self.label(event.promise_name)?,
        }))
    }

    /// Follows a journey to its next visit.
    #[inline]
    pub(super) fn advance(
        &mut self,
        journey: &[u8],
        expected: u32,
        step: Step,
    ) -> Result<Option<Moved>, EventFault> {
        let Some(open) = self.open.find_near(expected, journey) else {
            self.begin(journey, step)?;
            return Ok(None);
        };
        let from = open.place_and_result();
        let wait = open.advance(step)?;
        let to = step.place;
        Ok(Some(Moved { from, to, wait }))
    }

    /// Counts the way that a journey went.
    #[inline]
    pub(super) fn go(&mut self, moved: Moved) -> Result<(), EventFault> {
        self.contradictions += u64::from(moved.wait == Wait::Contradicted);
        let gone = self.ways.go(moved);
        gone.ok_or(EventFault::TooMany(What::Way))
    }

    /// Counts ways that were put off, so that many of them wait for memory at a time.
    pub(super) fn go_all(&mut self, moves: &mut Vec<Moved>) -> Result<(), EventFault> {
        self.ways.expect(moves);
        moves.drain(..).try_for_each(|moved| self.go(moved))
    }

    fn begin(&mut self, journey: &[u8], step: Step) -> Result<(), EventFault> {
        checked(What::Journey, journey)?;
        self.open
            .insert(journey, Open::begin(step))
            .ok_or(EventFault::TooMany(What::Journey))
    }

    /// Counts a visit, whatever its journey.
    #[inline]
    pub(super) fn count(&mut self, visit: &Visit) -> Result<(), EventFault> {
        let step = visit.step;
        let place = &mut self.places[step.place as usize];
        place.visits[usize::from(step.result)] += 1;
        if let Some(phase) = visit.phase {
            place.phases[phase as usize] += 1;
        }
        if let Some(level) = visit.level {
            let moment = step.place << 2 | u32::from(step.result);
            let added = self.emotions.add(moment, level, 1);
            added.ok_or(EventFault::TooMany(What::Emotion))?;
            if self.levels.overflows() {
                self.round();
            }
        }
        if let Some(owner) = visit.owner {
            let added = self.owners.add(step.place, owner, 1);
            added.ok_or(EventFault::TooMany(What::Owner))?;
        }
        if let Some(promise) = visit.promise {
            let added = self.promises.add(step.place, promise, 1);
            added.ok_or(EventFault::TooMany(What::Promise))?;
        }
        if let Some(time) = step.time {
            let (first, last) = self.span.unwrap_or((time, time));
            self.span = Some((first.min(time), last.max(time)));
        }
        self.events += 1;
        Ok(())
    }

    #[inline]
    fn level(&mut self, mood: Mood) -> Result<u32, EventFault> {
        let level = Levels::level_of(mood, self.options.scale).map_err(EventFault::Rating)?;
        let number = self.levels.number(level);
        number.ok_or(EventFault::TooMany(What::Emotion))
    }

    /// Rounds the valences counted so far.
    pub(super) fn round(&mut self) {
        let before: Vec<_> = self.levels.iter().collect();
        self.levels.round(self.seed);
        let counts = std::mem::replace(&mut self.emotions, Counts::new(self.seed));
        for (moment, level, count) in counts.iter() {
            // There are fewer levels now than before, so that the numbers suffice.
            let level = before.get(level as usize).copied();
            if let Some(level) = level.and_then(|level| self.levels.number(level)) {
                let _ = self.emotions.add(moment, level, count);
            }
        }
    }

    /// The number of a touchpoint in a channel.
    #[inline]
    pub(super) fn place(&mut self, touchpoint: &[u8], channel: &[u8]) -> Result<u32, EventFault> {
        let touchpoint = match self.touchpoints.find(touchpoint) {
            // Number 0 is the blank name.
            Some(number) if number > 0 => number,
            _ => new(&mut self.touchpoints, What::Touchpoint, touchpoint)?,
        };
        let channel = match self.channels.find(channel) {
            Some(number) => number,
            None => new_or(&mut self.channels, What::Channel, channel)?.unwrap_or(0),
        };
        let key = pair(touchpoint, channel);
        if let Some(at) = self.place_keys.find(key) {
            return Ok(at);
        }
        // Two bits of a place's number are taken by the promise result.
        if self.places.len() >= 1 << 30 {
            return Err(EventFault::TooMany(What::Touchpoint));
        }
        let at = self.place_keys.enter(key);
        self.places.push(Place {
            touchpoint,
            channel,
            ..Place::default()
        });
        at.ok_or(EventFault::TooMany(What::Touchpoint))
    }

    /// The number of an owner, a promise or an outcome; `None` where it is blank.
    #[inline]
    pub(super) fn label(&mut self, label: &[u8]) -> Result<Option<u32>, EventFault> {
        if label.is_empty() {
            return Ok(None);
        }
        match self.labels.find(label) {
            Some(number) => Ok(Some(number)),
            None => new_or(&mut self.labels, What::Label, label),
        }
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self::new(TallyOptions::new())
    }
}

/// A name that was checked: text, and not blank.
pub(super) fn checked(what: What, name: &[u8]) -> Result<&str, EventFault> {
    let text = std::str::from_utf8(name).map_err(|_| EventFault::NotText(what))?;
    if text.trim().is_empty() {
        return Err(EventFault::Blank(what));
    }
    Ok(text)
}

fn new(names: &mut Names, what: What, name: &[u8]) -> Result<u32, EventFault> {
    let name = checked(what, name)?;
    names.intern(name).ok_or(EventFault::TooMany(what))
}

/// As [`new`], but a blank name is none.
fn new_or(names: &mut Names, what: What, name: &[u8]) -> Result<Option<u32>, EventFault> {
    match new(names, what, name) {
        Ok(number) => Ok(Some(number)),
        Err(EventFault::Blank(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl From<Backwards> for EventFault {
    fn from(backwards: Backwards) -> Self {
        let Backwards { before, now, .. } = backwards;
        if backwards.by_sequence {
            Self::SequenceBack { before, now }
        } else {
            Self::TimeBack { before, now }
        }
    }
}
