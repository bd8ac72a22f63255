use crate::journey::{Feeling, Phase, PromiseResult};

/// What a customer felt, as an event says it: a feeling of the catalogue, or a number on the scale that
/// [`TallyOptions::scale`](super::TallyOptions::scale) declares (from -1 to 1 unless set).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum EventEmotion {
    /// A feeling of the catalogue.
    Feeling(Feeling),
    /// A number on the declared scale.
    Rating(f64),
}

impl From<Feeling> for EventEmotion {
    fn from(feeling: Feeling) -> Self {
        Self::Feeling(feeling)
    }
}

impl From<f64> for EventEmotion {
    fn from(rating: f64) -> Self {
        Self::Rating(rating)
    }
}

/// Something that happened to a customer on a journey, with its texts borrowed: recording it allocates nothing.
///
/// ```
/// use customer_journey::{EventRef, Feeling, PromiseResult};
/// let event = EventRef::new("c-17", "delay notice")
///     .channel("sms")
///     .time_ms(1_360_000_000_000)
///     .promise(PromiseResult::Broken)
///     .emotion(Feeling::Anger);
/// assert_eq!(event.channel, Some("sms"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EventRef<'a> {
    /// Which journey it belongs to: the case.
    pub journey: &'a str,
    /// What happened, or where customer and provider met.
    pub touchpoint: &'a str,
    /// Through which channel. Blank counts as not stated, here and in the texts below.
    pub channel: Option<&'a str>,
    /// Before, during or after the interaction.
    pub phase: Option<Phase>,
    /// When it happened, in milliseconds since any moment that all events of the log share.
    pub time_ms: Option<i64>,
    /// Its position among the events of its journey. It decides over the time; gaps and ties are fine.
    pub sequence: Option<i64>,
    /// What the customer felt.
    pub emotion: Option<EventEmotion>,
    /// What the customer found of the promise that is put to the test here.
    pub promise: Option<PromiseResult>,
    /// The promise's name.
    pub promise_name: Option<&'a str>,
    /// How the journey ends, as far as this event tells. The last one stated on a journey counts.
    pub outcome: Option<&'a str>,
    /// Who answers for the touchpoint.
    pub owner: Option<&'a str>,
    /// Which group of customers the journey belongs to.
    pub segment: Option<&'a str>,
    /// Which customer made the journey: one customer can make several. Counted figures then take customers as the unit of
    /// their error bars; a [`Tally`](super::Tally) does not ask.
    pub customer: Option<&'a str>,
    /// Nanoseconds beyond the millisecond of its time, below 1,000,000. An [`EventLog`](super::EventLog) keeps them; a
    /// [`Tally`](super::Tally) counts in milliseconds.
    pub nanos: u32,
}

impl<'a> EventRef<'a> {
    /// An event of which only the place is known.
    #[must_use]
    pub const fn new(journey: &'a str, touchpoint: &'a str) -> Self {
        Self {
            journey,
            touchpoint,
            channel: None,
            phase: None,
            time_ms: None,
            sequence: None,
            emotion: None,
            promise: None,
            promise_name: None,
            outcome: None,
            owner: None,
            segment: None,
            customer: None,
            nanos: 0,
        }
    }

    /// Sets the channel.
    #[must_use]
    pub const fn channel(mut self, channel: &'a str) -> Self {
        self.channel = Some(channel);
        self
    }

    /// Sets the phase.
    #[must_use]
    pub const fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Sets the time, in milliseconds.
    #[must_use]
    pub const fn time_ms(mut self, time_ms: i64) -> Self {
        self.time_ms = Some(time_ms);
        self
    }

    /// Sets the position among the events of the journey.
    #[must_use]
    pub const fn sequence(mut self, sequence: i64) -> Self {
        self.sequence = Some(sequence);
        self
    }

    /// Sets what the customer felt: a feeling, or a number on the declared scale.
    #[must_use]
    pub fn emotion(mut self, emotion: impl Into<EventEmotion>) -> Self {
        self.emotion = Some(emotion.into());
        self
    }

    /// Sets what the customer found of the promise that is put to the test here.
    #[must_use]
    pub const fn promise(mut self, result: PromiseResult) -> Self {
        self.promise = Some(result);
        self
    }

    /// Sets the promise's name; a promise without one is called like its touchpoint.
    #[must_use]
    pub const fn promise_name(mut self, name: &'a str) -> Self {
        self.promise_name = Some(name);
        self
    }

    /// Sets how the journey ends.
    #[must_use]
    pub const fn outcome(mut self, outcome: &'a str) -> Self {
        self.outcome = Some(outcome);
        self
    }

    /// Sets who answers for the touchpoint.
    #[must_use]
    pub const fn owner(mut self, owner: &'a str) -> Self {
        self.owner = Some(owner);
        self
    }

    /// Sets the group of customers.
    #[must_use]
    pub const fn segment(mut self, segment: &'a str) -> Self {
        self.segment = Some(segment);
        self
    }

    /// Sets the customer who made the journey.
    #[must_use]
    pub const fn customer(mut self, customer: &'a str) -> Self {
        self.customer = Some(customer);
        self
    }

    /// Sets the time in nanoseconds since 1970.
    ///
    /// ```
    /// use customer_journey::EventRef;
    /// let event = EventRef::new("c1", "search").time_ns(-1);
    /// assert_eq!((event.time_ms, event.nanos), (Some(-1), 999_999));
    /// ```
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a remainder below a million"
    )]
    pub const fn time_ns(mut self, time_ns: i64) -> Self {
        self.time_ms = Some(time_ns.div_euclid(1_000_000));
        self.nanos = time_ns.rem_euclid(1_000_000) as u32;
        self
    }
}

/// Something that happened to a customer on a journey, with texts of its own: what serde reads from lines of JSON,
/// from a database row or from any other source. Its fields are those of [`EventRef`], which it lends.
///
/// Only `journey` and `touchpoint` are required; an emotion is a feeling's name or a number, a promise result one of
/// `kept`, `broken` and `unknown` or a truth value. Keys that an event does not have are skipped.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use customer_journey::events::Event;
/// use customer_journey::{PromiseResult, Tally};
/// let lines = r#"
///     {"journey": "c1", "touchpoint": "notice", "channel": "sms", "promise": false, "emotion": "anger"}
///     {"journey": "c1", "touchpoint": "call", "channel": "phone", "emotion": -0.4, "outcome": "churn"}"#;
/// let mut tally = Tally::default();
/// for event in serde_json::Deserializer::from_str(lines).into_iter::<Event>() {
///     tally.record(&event?)?;
/// }
/// assert_eq!(tally.events(), 2);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Event {
    /// Which journey it belongs to: the case.
    #[cfg_attr(feature = "serde", serde(alias = "case"))]
    pub journey: String,
    /// What happened, or where customer and provider met.
    #[cfg_attr(feature = "serde", serde(alias = "activity"))]
    pub touchpoint: String,
    /// Through which channel.
    #[cfg_attr(feature = "serde", serde(default))]
    pub channel: Option<String>,
    /// Before, during or after the interaction.
    #[cfg_attr(
        feature = "serde",
        serde(default, alias = "stage", deserialize_with = "super::wire::phase")
    )]
    pub phase: Option<Phase>,
    /// When it happened, in milliseconds.
    #[cfg_attr(feature = "serde", serde(default))]
    pub time_ms: Option<i64>,
    /// Its position among the events of its journey.
    #[cfg_attr(feature = "serde", serde(default, alias = "seq"))]
    pub sequence: Option<i64>,
    /// What the customer felt.
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "super::wire::mood")
    )]
    pub emotion: Option<EventEmotion>,
    /// What the customer found of the promise that is put to the test here.
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            alias = "promise_kept",
            deserialize_with = "super::wire::result"
        )
    )]
    pub promise: Option<PromiseResult>,
    /// The promise's name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub promise_name: Option<String>,
    /// How the journey ends, as far as this event tells.
    #[cfg_attr(feature = "serde", serde(default))]
    pub outcome: Option<String>,
    /// Who answers for the touchpoint.
    #[cfg_attr(feature = "serde", serde(default))]
    pub owner: Option<String>,
    /// Which group of customers the journey belongs to.
    #[cfg_attr(feature = "serde", serde(default))]
    pub segment: Option<String>,
    /// The customer who made the journey.
    #[cfg_attr(feature = "serde", serde(default))]
    pub customer: Option<String>,
    /// Nanoseconds beyond the millisecond of its time, below 1,000,000.
    #[cfg_attr(feature = "serde", serde(default))]
    pub nanos: u32,
}

impl<'a> From<&'a Event> for EventRef<'a> {
    fn from(event: &'a Event) -> Self {
        Self {
            journey: &event.journey,
            touchpoint: &event.touchpoint,
            channel: event.channel.as_deref(),
            phase: event.phase,
            time_ms: event.time_ms,
            sequence: event.sequence,
            emotion: event.emotion,
            promise: event.promise,
            promise_name: event.promise_name.as_deref(),
            outcome: event.outcome.as_deref(),
            owner: event.owner.as_deref(),
            segment: event.segment.as_deref(),
            customer: event.customer.as_deref(),
            nanos: event.nanos,
        }
    }
}

/// Takes the texts along.
impl From<EventRef<'_>> for Event {
    fn from(event: EventRef<'_>) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Self {
            journey: event.journey.to_owned(),
            touchpoint: event.touchpoint.to_owned(),
            channel: own(event.channel),
            phase: event.phase,
            time_ms: event.time_ms,
            sequence: event.sequence,
            emotion: event.emotion,
            promise: event.promise,
            promise_name: own(event.promise_name),
            outcome: own(event.outcome),
            owner: own(event.owner),
            segment: own(event.segment),
            customer: own(event.customer),
            nanos: event.nanos,
        }
    }
}
