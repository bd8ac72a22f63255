//! One event into the counts of a tally.

use super::journeys::Awaited;
use super::levels::Level;
use super::under_way::{Backwards, Ends, Step, UNSTATED, Wait};
use super::visits::{UNFELT, Visited, Visits};
use super::{Place, Tally, slot};
use crate::events::error::{EventFault, EventPart};
use crate::events::event::{EventEmotion, EventRef};
use crate::events::index::Names;
use crate::journey::{Feeling, Phase, PromiseResult};

/// An event with its names looked up.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::events) struct Visit {
    pub(in crate::events) step: Step,
    /// The number of what was felt, or [`UNFELT`].
    pub(in crate::events) level: u32,
    /// Numbers of labels, or [`UNSTATED`], as in the step.
    pub(in crate::events) owner: u32,
    pub(in crate::events) promise: u32,
    pub(in crate::events) phase: Option<Phase>,
    /// Whether it states owner, promise or phase.
    pub(in crate::events) detailed: bool,
    /// Nanoseconds beyond the millisecond of its time.
    pub(in crate::events) nanos: u32,
    /// The number of its segment, which only a log keeps.
    pub(in crate::events) segment: u32,
    /// Its place among events of equal time.
    pub(in crate::events) batch: u32,
}

impl Visit {
    /// What orders events of one millisecond.
    #[inline(always)]
    pub(in crate::events) fn within_ms(&self) -> u64 {
        u64::from(self.nanos) << 32 | u64::from(self.batch)
    }
}

/// An event with its texts as bytes, of which only new names need to be checked.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Raw<'a> {
    pub(in crate::events) journey: &'a [u8],
    pub(in crate::events) touchpoint: &'a [u8],
    pub(in crate::events) channel: &'a [u8],
    pub(in crate::events) phase: Option<Phase>,
    pub(in crate::events) time: Option<i64>,
    pub(in crate::events) nanos: u32,
    /// Its place among events of equal time.
    pub(in crate::events) batch: u32,
    pub(in crate::events) sequence: Option<i64>,
    pub(in crate::events) feeling: Option<Feeling>,
    pub(in crate::events) rating: Option<f64>,
    /// From -1 to 1, whatever the scale of ratings.
    pub(in crate::events) valence: Option<f64>,
    pub(in crate::events) promise: Option<PromiseResult>,
    pub(in crate::events) promise_name: &'a [u8],
    pub(in crate::events) outcome: &'a [u8],
    pub(in crate::events) owner: &'a [u8],
    pub(in crate::events) segment: &'a [u8],
    pub(in crate::events) customer: &'a [u8],
}

impl<'a> From<EventRef<'a>> for Raw<'a> {
    #[inline]
    fn from(event: EventRef<'a>) -> Self {
        let text = |text: Option<&'a str>| text.unwrap_or_default().as_bytes();
        Self {
            journey: event.journey.as_bytes(),
            touchpoint: event.touchpoint.as_bytes(),
            channel: text(event.channel),
            phase: event.phase,
            time: event.time_ms,
            nanos: event.nanos,
            batch: 0,
            sequence: event.sequence,
            feeling: match event.emotion {
                Some(EventEmotion::Feeling(feeling)) => Some(feeling),
                _ => None,
            },
            rating: match event.emotion {
                Some(EventEmotion::Rating(rating)) => Some(rating),
                _ => None,
            },
            valence: None,
            promise: event.promise,
            promise_name: text(event.promise_name),
            outcome: text(event.outcome),
            owner: text(event.owner),
            segment: text(event.segment),
            customer: text(event.customer),
        }
    }
}

impl Tally {
    #[inline]
    pub(in crate::events) fn take(&mut self, event: &Raw<'_>) -> Result<(), EventFault> {
        let Some(visit) = self.prepare(event)? else {
            return Ok(());
        };
        let awaited = self.open.await_by(event.journey);
        self.visit(event.journey, &awaited, &visit)?;
        self.go_all()
    }

    /// Counts a visit but for the way that led to it, which [`go_all`](Self::go_all) counts.
    #[inline(always)]
    pub(in crate::events) fn visit(
        &mut self,
        journey: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        self.advance(journey, awaited, &visit.step)?;
        self.count(visit)?;
        self.round_if_many();
        Ok(())
    }

    /// As [`visit`](Self::visit), where events of one millisecond have an order.
    #[cfg(feature = "csv")]
    #[inline(never)]
    pub(in crate::events) fn visit_within(
        &mut self,
        journey: &[u8],
        awaited: &Awaited,
        visit: &Visit,
    ) -> Result<(), EventFault> {
        let (step, now) = (&visit.step, visit.within_ms());
        if let (Some(ms), None) = (step.time, step.sequence)
            && let Some((at, before)) = self.open.last_time(journey)
            && at == ms
            && now < before
        {
            let nanoseconds = |within: u64| (within >> 32) as u32;
            return Err(EventFault::BackWithin {
                ms,
                before: nanoseconds(before),
                now: nanoseconds(now),
            });
        }
        self.visit(journey, awaited, visit)?;
        self.open.set_within(journey, now);
        Ok(())
    }

    /// Looks up the names of an event, without counting anything; `None` where it is of another segment.
    #[inline]
    pub(in crate::events) fn prepare(
        &mut self,
        event: &Raw<'_>,
    ) -> Result<Option<Visit>, EventFault> {
        if let Some(segment) = &self.options.segment
            && segment.as_bytes() != event.segment
        {
            self.left_out = self.left_out.saturating_add(1);
            return Ok(None);
        }
        let level = match (event.rating, event.feeling) {
            (Some(rating), _) => self.levels.number_of_rating(rating, self.options.scale)?,
            (None, Some(feeling)) => self.levels.number_of_feeling(feeling)?,
            (None, None) => match event.valence {
                Some(valence) => self.levels.number_of_valence(valence)?,
                None => UNFELT,
            },
        };
        let place = self.place(event.touchpoint, event.channel)?;
        let outcome = self.label(event.outcome)?;
        let step = Step {
            moment: place << 2 | u32::from(slot(event.promise)),
            outcome,
            time: event.time,
            sequence: event.sequence,
        };
        let owner = self.label(event.owner)?;
        let promise = self.label(event.promise_name)?;
        Ok(Some(Visit {
            step,
            level,
            owner,
            promise,
            phase: event.phase,
            nanos: event.nanos,
            segment: UNSTATED,
            detailed: owner != UNSTATED || promise != UNSTATED || event.phase.is_some(),
            batch: event.batch,
        }))
    }

    /// Follows a journey to its next visit; [`go_all`](Self::go_all) counts the way there.
    #[inline(always)]
    pub(in crate::events) fn advance(
        &mut self,
        journey: &[u8],
        awaited: &Awaited,
        step: &Step,
    ) -> Result<(), EventFault> {
        if let Some(moved) = self.open.advance_plainly(awaited, journey, step) {
            self.moves.push(moved);
            return Ok(());
        }
        self.advance_or_begin(journey, awaited, step)
    }

    #[inline(never)]
    fn advance_or_begin(
        &mut self,
        journey: &[u8],
        awaited: &Awaited,
        step: &Step,
    ) -> Result<(), EventFault> {
        match self.open.advance(awaited, journey, step)? {
            Some(moved) => {
                self.contradictions += u64::from(moved.wait == Wait::Contradicted);
                self.moves.push(moved);
            }
            None => self.begin(journey, step)?,
        }
        Ok(())
    }

    /// Counts ways that were put off.
    #[inline]
    pub(in crate::events) fn go_all(&mut self) -> Result<(), EventFault> {
        let gone = self.ways.go_all(&mut self.moves);
        gone.ok_or(EventFault::TooMany(EventPart::Way))
    }

    fn begin(&mut self, journey: &[u8], step: &Step) -> Result<(), EventFault> {
        checked(EventPart::Journey, journey)?;
        self.open
            .insert(journey, Ends::begin(step))
            .ok_or(EventFault::TooMany(EventPart::Journey))
    }

    /// Counts a visit, whatever its journey; the caller [rounds](Self::round_if_many) then.
    #[inline(always)]
    pub(in crate::events) fn count(&mut self, visit: &Visit) -> Result<(), EventFault> {
        if self
            .visits
            .add_one(visit.step.moment, visit.level)
            .is_none()
        {
            return Err(EventFault::TooMany(EventPart::Emotion));
        }
        if visit.detailed {
            self.count_details(visit)?;
        }
        if let Some(time) = visit.step.time {
            let (first, last) = self.span;
            self.span = (first.min(time), last.max(time));
        }
        self.events += 1;
        Ok(())
    }

    #[inline(never)]
    fn count_details(&mut self, visit: &Visit) -> Result<(), EventFault> {
        let at = visit.step.moment >> 2;
        if let Some(phase) = visit.phase {
            self.places[at as usize].phases[phase as usize] += 1;
        }
        if visit.owner != UNSTATED {
            let added = self.owners.add(at, visit.owner, 1);
            added.ok_or(EventFault::TooMany(EventPart::Owner))?;
        }
        if visit.promise != UNSTATED {
            let added = self.promises.add(at, visit.promise, 1);
            added.ok_or(EventFault::TooMany(EventPart::Promise))?;
        }
        Ok(())
    }

    /// Rounds the valences counted so far.
    pub(in crate::events) fn round(&mut self) {
        let before: Vec<Level> = self.levels.iter().collect();
        self.levels.round(self.seed);
        self.renumber(&before);
    }

    /// Rounds valences once there are too many to be told apart. Events whose emotions are known are counted by then.
    #[inline]
    pub(in crate::events) fn round_if_many(&mut self) {
        if self.levels.overflows() {
            self.round_unless_uncounted();
        }
    }

    #[cold]
    fn round_unless_uncounted(&mut self) {
        // Events that were refused leave their emotions behind.
        let before: Vec<Level> = self.levels.iter().collect();
        self.levels.clear(self.seed);
        self.renumber(&before);
        if self.levels.overflows() {
            self.round();
        }
    }

    /// Counts emotions under the numbers that they have now.
    fn renumber(&mut self, before: &[Level]) {
        let visits = std::mem::replace(&mut self.visits, Visits::new(self.seed));
        for visited in visits.all() {
            let Visited { moment, count, .. } = visited;
            // There are no more levels now than before, so that the numbers suffice.
            let level = visited.level.and_then(|level| {
                let level = before.get(level as usize).copied();
                self.levels.number(level?)
            });
            let _ = self.visits.add(moment, level.unwrap_or(UNFELT), count);
        }
    }

    /// The number of a touchpoint in a channel.
    #[inline]
    pub(in crate::events) fn place(
        &mut self,
        touchpoint: &[u8],
        channel: &[u8],
    ) -> Result<u32, EventFault> {
        match self.spots.recall(touchpoint, channel) {
            Some(at) => Ok(at),
            None => self.find_place(touchpoint, channel),
        }
    }

    #[inline(never)]
    fn find_place(&mut self, touchpoint: &[u8], channel: &[u8]) -> Result<u32, EventFault> {
        if let Some(there) = self.touchpoints.find(touchpoint)
            && let Some(by) = self.channels.find(channel)
            && let Some(at) = self.spots.find(there, by)
        {
            return Ok(at);
        }
        let there = new(&mut self.touchpoints, EventPart::Touchpoint, touchpoint)?;
        // A channel that is written as blanks alone is the one without a name, which is number 0.
        let by = new_or(&mut self.channels, EventPart::Channel, channel)?.unwrap_or(0);
        if let Some(at) = self.spots.find(there, by) {
            return Ok(at);
        }
        self.add_place(there, by)
    }

    fn add_place(&mut self, touchpoint: u32, channel: u32) -> Result<u32, EventFault> {
        // Three bits beside a place's number are taken by the promise result and a mark.
        if self.places.len() >= 1 << 29 {
            return Err(EventFault::TooMany(EventPart::Touchpoint));
        }
        let at = self.spots.add(
            (touchpoint, self.touchpoints.name(touchpoint)),
            (channel, self.channels.name(channel)),
        );
        let at = at.ok_or(EventFault::TooMany(EventPart::Touchpoint))?;
        self.ways.make_room(at);
        self.places.push(Place {
            touchpoint,
            channel,
            ..Place::default()
        });
        Ok(at)
    }

    /// The number of an owner, a promise or an outcome; [`UNSTATED`] where it is blank.
    #[inline]
    pub(in crate::events) fn label(&mut self, label: &[u8]) -> Result<u32, EventFault> {
        if label.is_empty() {
            return Ok(UNSTATED);
        }
        self.some_label(label)
    }

    fn some_label(&mut self, label: &[u8]) -> Result<u32, EventFault> {
        if let Some(number) = self.labels.find(label) {
            return Ok(number);
        }
        let number = new_or(&mut self.labels, EventPart::Label, label)?;
        Ok(number.unwrap_or(UNSTATED))
    }
}

/// A name that was checked: text, and not blank.
pub(in crate::events) fn checked(what: EventPart, name: &[u8]) -> Result<&str, EventFault> {
    let text = std::str::from_utf8(name).map_err(|_| EventFault::NotText(what))?;
    if text.trim().is_empty() {
        return Err(EventFault::Blank(what));
    }
    Ok(text)
}

fn new(names: &mut Names, what: EventPart, name: &[u8]) -> Result<u32, EventFault> {
    let name = checked(what, name)?;
    names.intern(name).ok_or(EventFault::TooMany(what))
}

/// As [`new`], but a blank name is none.
fn new_or(names: &mut Names, what: EventPart, name: &[u8]) -> Result<Option<u32>, EventFault> {
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
