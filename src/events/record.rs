//! One event into the counts of a tally.

use super::error::{EventFault, What};
use super::event::{EventRef, Mood};
use super::hash::{Name, Wide, same};
use super::index::Names;
use super::levels::Level;
use super::open::{Backwards, Open, Step, UNSTATED, Wait};
use super::opens::Awaited;
use super::tally::{Place, Tally, slot};
use super::ways::Moved;
use crate::journey::{Feeling, Phase, PromiseResult};

/// An event with its names looked up.
#[derive(Debug, Clone, Copy, Default)]
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
    pub(super) feeling: Option<Feeling>,
    pub(super) rating: Option<f64>,
    pub(super) promise: Option<PromiseResult>,
    pub(super) promise_name: &'a [u8],
    pub(super) outcome: &'a [u8],
    pub(super) owner: &'a [u8],
    pub(super) segment: &'a [u8],
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
            sequence: event.sequence,
            feeling: match event.emotion {
                Some(Mood::Feeling(feeling)) => Some(feeling),
                _ => None,
            },
            rating: match event.emotion {
                Some(Mood::Rating(rating)) => Some(rating),
                _ => None,
            },
            promise: event.promise,
            promise_name: text(event.promise_name),
            outcome: text(event.outcome),
            owner: text(event.owner),
            segment: text(event.segment),
        }
    }
}

impl Tally {
    #[inline]
    pub(super) fn take(&mut self, event: &Raw<'_>) -> Result<(), EventFault> {
        let awaited = self.open.await_by(event.journey);
        let moved = self.visit(event, &awaited)?;
        moved.map_or(Ok(()), |moved| self.go(moved))
    }

    /// Counts an event but for the way that led to it, which is handed on.
    #[inline]
    pub(super) fn visit(
        &mut self,
        event: &Raw<'_>,
        awaited: &Awaited,
    ) -> Result<Option<Moved>, EventFault> {
        let Some(visit) = self.prepare(event)? else {
            return Ok(None);
        };
        let moved = self.advance(event.journey, awaited, visit.step)?;
        self.count(&visit)?;
        self.round_if_many();
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
        let level = match (event.rating, event.feeling) {
            (Some(rating), _) => Some(self.levels.number_of_rating(rating, self.options.scale)?),
            (None, Some(feeling)) => Some(self.levels.number_of_feeling(feeling)?),
            (None, None) => None,
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
        awaited: &Awaited,
        step: Step,
    ) -> Result<Option<Moved>, EventFault> {
        let Some(open) = self.open.find_awaited(awaited, journey) else {
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
    #[inline]
    pub(super) fn go_all(&mut self, moves: &mut Vec<Moved>) -> Result<(), EventFault> {
        for moved in &*moves {
            self.ways.fetch(moved);
        }
        moves.drain(..).try_for_each(|moved| self.go(moved))
    }

    fn begin(&mut self, journey: &[u8], step: Step) -> Result<(), EventFault> {
        checked(What::Journey, journey)?;
        self.open
            .insert(journey, Open::begin(step))
            .ok_or(EventFault::TooMany(What::Journey))
    }

    /// Counts a visit, whatever its journey; the caller [rounds](Self::round_if_many) then.
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

    /// Rounds the valences counted so far.
    pub(super) fn round(&mut self) {
        let before: Vec<Level> = self.levels.iter().collect();
        self.levels.round(self.seed);
        self.renumber(&before);
    }

    /// Rounds valences once there are too many to be told apart.
    #[inline]
    pub(super) fn round_if_many(&mut self) {
        if self.levels.overflows() {
            self.round();
        }
    }

    /// The number of a touchpoint in a channel.
    #[inline]
    pub(super) fn place(&mut self, touchpoint: &[u8], channel: &[u8]) -> Result<u32, EventFault> {
        let (there, by) = (Wide::of(touchpoint), self.seed.key(channel));
        let hash = self.seed.texts((&there, touchpoint), by);
        let names = (there, by.name);
        let known = self.place_index.find(hash, |at| {
            let same_names = self.place_names.get(at as usize) == Some(&names);
            let long = there.is_long() || by.name.is_long();
            same_names && (!long || self.is_place(at, touchpoint, channel))
        });
        match known {
            Some(at) => Ok(at),
            None => self.new_place(hash, names, touchpoint, channel),
        }
    }

    fn is_place(&self, at: u32, touchpoint: &[u8], channel: &[u8]) -> bool {
        self.places.get(at as usize).is_some_and(|place| {
            same(
                self.touchpoints.name(place.touchpoint).as_bytes(),
                touchpoint,
            ) && same(self.channels.name(place.channel).as_bytes(), channel)
        })
    }

    fn new_place(
        &mut self,
        hash: u32,
        names: (Wide, Name),
        touchpoint: &[u8],
        channel: &[u8],
    ) -> Result<u32, EventFault> {
        let unnamed = channel.is_empty();
        let touchpoint = match self.touchpoints.find(touchpoint) {
            // Number 0 is the blank name.
            Some(number) if number > 0 => number,
            _ => new(&mut self.touchpoints, What::Touchpoint, touchpoint)?,
        };
        let channel = match self.channels.find(channel) {
            Some(number) => number,
            None => new_or(&mut self.channels, What::Channel, channel)?.unwrap_or(0),
        };
        // A channel that is written as blanks alone is the one without a name.
        if channel == 0 && !unnamed {
            let touchpoint = self.touchpoints.name(touchpoint).to_owned();
            return self.place(touchpoint.as_bytes(), b"");
        }
        let at = u32::try_from(self.places.len()).ok();
        // Two bits of a place's number are taken by the promise result.
        let at = at.filter(|&at| at < 1 << 30);
        let at = at.ok_or(EventFault::TooMany(What::Touchpoint))?;
        self.places.push(Place {
            touchpoint,
            channel,
            ..Place::default()
        });
        self.place_names.push(names);
        self.place_index.insert(hash, at);
        Ok(at)
    }

    /// The number of an owner, a promise or an outcome; `None` where it is blank.
    #[inline]
    pub(super) fn label(&mut self, label: &[u8]) -> Result<Option<u32>, EventFault> {
        if label.is_empty() {
            return Ok(None);
        }
        self.some_label(label)
    }

    fn some_label(&mut self, label: &[u8]) -> Result<Option<u32>, EventFault> {
        match self.labels.find(label) {
            Some(number) => Ok(Some(number)),
            None => new_or(&mut self.labels, What::Label, label),
        }
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
