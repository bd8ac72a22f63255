//! What a log holds, as borrowed views.

use std::borrow::Cow;
use std::fmt;

use super::kinds::Kind;
use super::order::Order;
use super::times::NEVER;
use super::{EventLog, Moment};
use crate::events::event::EventEmotion;
use crate::events::tally::levels::Level;
use crate::events::tally::result_at;
use crate::events::tally::under_way::UNSTATED;
use crate::journey::{Phase, PromiseResult};

/// A journey of a log.
#[derive(Clone, Copy)]
pub struct LoggedJourney<'a> {
    log: &'a EventLog,
    order: &'a Order,
    number: u32,
}

impl<'a> LoggedJourney<'a> {
    pub(super) fn new(log: &'a EventLog, order: &'a Order, number: u32) -> Self {
        Self { log, order, number }
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn customer_number(&self) -> Option<u32> {
        self.log.customer_of.get(self.number)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        self.log.cases.name(self.number)
    }

    /// The customer that its events name.
    #[must_use]
    pub fn customer(&self) -> Option<Cow<'a, str>> {
        let customer = self.log.customer_of.get(self.number)?;
        Some(self.log.customers.name(customer))
    }

    /// The segment that its events name.
    #[must_use]
    pub fn segment(&self) -> Option<&'a str> {
        let segment = self.log.segment_of.get(self.number)?;
        Some(self.log.names.labels.name(segment))
    }

    /// How it ended: the last outcome that is stated on it.
    #[must_use]
    pub fn outcome(&self) -> Option<&'a str> {
        let outcome = self.outcome_number();
        (outcome != UNSTATED).then(|| self.log.names.labels.name(outcome))
    }

    /// The number of the last outcome stated, or [`UNSTATED`].
    pub(super) fn outcome_number(&self) -> u32 {
        let stated = self.kinds().map(|kind| kind.outcome);
        stated
            .filter(|&outcome| outcome != UNSTATED)
            .last()
            .unwrap_or(UNSTATED)
    }

    /// How many moments it has.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no journey is empty")]
    pub fn len(&self) -> usize {
        self.order.range(self.number).len()
    }

    /// Its moments in their order.
    #[must_use]
    pub fn moments(
        &self,
    ) -> impl DoubleEndedIterator<Item = LoggedMoment<'a>> + ExactSizeIterator + use<'a> {
        let (log, order) = (self.log, self.order);
        order.range(self.number).map(move |place| {
            let at = order.position(place);
            LoggedMoment { log, at }
        })
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &'a Kind> + use<'a> {
        self.moments().filter_map(|moment| moment.kind())
    }
}

impl fmt::Debug for LoggedJourney<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moments: Vec<_> = self.moments().collect();
        f.debug_struct("LoggedJourney")
            .field("name", &self.name())
            .field("outcome", &self.outcome())
            .field("moments", &moments)
            .finish_non_exhaustive()
    }
}

/// A moment of a journey of a log.
#[derive(Clone, Copy)]
pub struct LoggedMoment<'a> {
    log: &'a EventLog,
    at: u32,
}

impl<'a> LoggedMoment<'a> {
    fn moment(&self) -> Option<&'a Moment> {
        self.log.moments.get(self.at as usize)
    }

    pub(super) fn kind(&self) -> Option<&'a Kind> {
        self.log.kinds.get(self.moment()?.kind)
    }

    pub(super) fn kind_number(&self) -> u32 {
        self.moment().map_or(UNSTATED, |moment| moment.kind)
    }

    /// Whether it says the same as a moment of another log.
    pub(super) fn says(&self, other: &LoggedMoment<'_>) -> bool {
        (
            self.touchpoint(),
            self.channel(),
            self.phase(),
            self.promise(),
        ) == (
            other.touchpoint(),
            other.channel(),
            other.phase(),
            other.promise(),
        ) && (self.promise_name(), self.owner(), self.outcome())
            == (other.promise_name(), other.owner(), other.outcome())
            && self.emotion() == other.emotion()
            && (self.time_ns(), self.sequence()) == (other.time_ns(), other.sequence())
    }

    fn label(&self, number: impl Fn(&Kind) -> u32) -> Option<&'a str> {
        let number = number(self.kind()?);
        (number != UNSTATED).then(|| self.log.names.labels.name(number))
    }

    /// The touchpoint that was visited.
    #[must_use]
    pub fn touchpoint(&self) -> &'a str {
        let names = &self.log.names;
        let place = self
            .kind()
            .and_then(|kind| names.places.get(kind.place() as usize));
        place.map_or("", |place| names.touchpoints.name(place.touchpoint))
    }

    /// The channel that is stated.
    #[must_use]
    pub fn channel(&self) -> Option<&'a str> {
        let names = &self.log.names;
        let place = names.places.get(self.kind()?.place() as usize)?;
        (place.channel != 0).then(|| names.channels.name(place.channel))
    }

    /// The phase that is stated.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        self.kind()?.phase
    }

    /// The result of the promise; `None` where none is stated.
    #[must_use]
    pub fn promise(&self) -> Option<PromiseResult> {
        result_at(self.kind()?.slot())
    }

    /// The promise's name, where it is stated.
    #[must_use]
    pub fn promise_name(&self) -> Option<&'a str> {
        self.label(|kind| kind.promise)
    }

    /// Who answers for the touchpoint, where that is stated.
    #[must_use]
    pub fn owner(&self) -> Option<&'a str> {
        self.label(|kind| kind.owner)
    }

    /// The outcome that is stated here; that of the journey is [`LoggedJourney::outcome`].
    #[must_use]
    pub fn outcome(&self) -> Option<&'a str> {
        self.label(|kind| kind.outcome)
    }

    fn level(&self) -> Option<Level> {
        self.log.names.levels.get(self.kind()?.level()?)
    }

    /// What was felt: a feeling, or the valence that a rating stands for; `None` where it is unknown.
    #[must_use]
    pub fn emotion(&self) -> Option<EventEmotion> {
        Some(match self.level()? {
            Level::Feeling(feeling) => EventEmotion::Feeling(feeling),
            Level::Valence(valence) => EventEmotion::Rating(valence),
        })
    }

    /// The valence of what was felt, -1 to 1; `None` where it is unknown.
    #[must_use]
    pub fn valence(&self) -> Option<f64> {
        Some(self.level()?.valence())
    }

    /// When it happened, in nanoseconds since 1970; `None` where no time is stated.
    #[must_use]
    pub fn time_ns(&self) -> Option<i128> {
        self.log
            .times
            .nanos(self.moment().map_or(NEVER, |moment| moment.time))
    }

    /// Its sequence number, where it states one.
    #[must_use]
    pub fn sequence(&self) -> Option<i64> {
        self.log.sequences.get(self.at as usize)
    }
}

impl fmt::Debug for LoggedMoment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggedMoment")
            .field("touchpoint", &self.touchpoint())
            .field("channel", &self.channel())
            .field("promise", &self.promise())
            .field("emotion", &self.emotion())
            .field("time_ns", &self.time_ns())
            .finish_non_exhaustive()
    }
}
