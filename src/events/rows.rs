//! Rows that a database or a distributed engine has counted.

use super::event::EventEmotion;
use crate::journey::{Phase, PromiseResult};

/// How many visits there were with these properties: a row of `select touchpoint, channel, ..., count(*) group by all`.
///
/// ```
/// use customer_journey::events::VisitRow;
/// use customer_journey::{Phase, PromiseResult};
/// let row = VisitRow::new("notice", 65).channel("sms").phase(Phase::During).promise(PromiseResult::Broken);
/// assert_eq!(row.count, 65);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct VisitRow {
    /// The touchpoint visited.
    pub touchpoint: String,
    /// Its channel.
    #[cfg_attr(feature = "serde", serde(default))]
    pub channel: Option<String>,
    /// The phase that the events state.
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "super::wire::phase")
    )]
    pub phase: Option<Phase>,
    /// The owner that they state.
    #[cfg_attr(feature = "serde", serde(default))]
    pub owner: Option<String>,
    /// The result of the promise; `None` where the events state none.
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "super::wire::result")
    )]
    pub promise: Option<PromiseResult>,
    /// The promise's name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub promise_name: Option<String>,
    /// The emotion.
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "super::wire::mood")
    )]
    pub emotion: Option<EventEmotion>,
    /// How many visits.
    pub count: u64,
}

impl VisitRow {
    /// Visits of which only the touchpoint is known.
    #[must_use]
    pub fn new(touchpoint: impl Into<String>, count: u64) -> Self {
        Self {
            touchpoint: touchpoint.into(),
            count,
            ..Self::default()
        }
    }

    /// Sets the channel.
    #[must_use]
    pub fn channel(mut self, channel: impl Into<String>) -> Self {
        self.channel = Some(channel.into());
        self
    }

    /// Sets the phase.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Sets the owner.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<String>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// Sets the result of the promise.
    #[must_use]
    pub fn promise(mut self, result: PromiseResult) -> Self {
        self.promise = Some(result);
        self
    }

    /// Sets the promise's name.
    #[must_use]
    pub fn promise_name(mut self, name: impl Into<String>) -> Self {
        self.promise_name = Some(name.into());
        self
    }

    /// Sets the emotion.
    #[must_use]
    pub fn emotion(mut self, emotion: impl Into<EventEmotion>) -> Self {
        self.emotion = Some(emotion.into());
        self
    }
}

/// How many journeys went this way: a step, a beginning (`from` is `None`) or an end (`to` is `None`).
///
/// ```
/// use customer_journey::events::MoveRow;
/// use customer_journey::PromiseResult;
/// let step = MoveRow::step("notice", "call", 60).from_channel("sms").to_channel("phone")
///     .promise(PromiseResult::Broken).waits(50, 3_000_000);
/// assert_eq!(step.wait_ms, 3_000_000);
/// let ends = [MoveRow::start("notice", 100), MoveRow::end("call", 60).outcome("churn")];
/// # let _ = ends;
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct MoveRow {
    /// The touchpoint that is left; `None` where journeys begin.
    #[cfg_attr(feature = "serde", serde(default))]
    pub from: Option<String>,
    /// Its channel.
    #[cfg_attr(feature = "serde", serde(default))]
    pub from_channel: Option<String>,
    /// The result of the promise at the touchpoint that is left.
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "super::wire::result")
    )]
    pub promise: Option<PromiseResult>,
    /// The touchpoint that is entered; `None` where journeys end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub to: Option<String>,
    /// Its channel.
    #[cfg_attr(feature = "serde", serde(default))]
    pub to_channel: Option<String>,
    /// How the journeys end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub outcome: Option<String>,
    /// How many journeys.
    pub count: u64,
    /// Of how many of them the time of the step is known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub timed: u64,
    /// The sum of those times, in milliseconds.
    #[cfg_attr(feature = "serde", serde(default))]
    pub wait_ms: u64,
}

impl MoveRow {
    /// Journeys that begin at a touchpoint.
    #[must_use]
    pub fn start(to: impl Into<String>, count: u64) -> Self {
        Self {
            to: Some(to.into()),
            count,
            ..Self::default()
        }
    }

    /// Steps from one touchpoint to the next.
    #[must_use]
    pub fn step(from: impl Into<String>, to: impl Into<String>, count: u64) -> Self {
        Self {
            from: Some(from.into()),
            ..Self::start(to, count)
        }
    }

    /// Journeys that end at a touchpoint.
    #[must_use]
    pub fn end(from: impl Into<String>, count: u64) -> Self {
        Self {
            from: Some(from.into()),
            count,
            ..Self::default()
        }
    }

    /// Sets the channel of the touchpoint that is left.
    #[must_use]
    pub fn from_channel(mut self, channel: impl Into<String>) -> Self {
        self.from_channel = Some(channel.into());
        self
    }

    /// Sets the channel of the touchpoint that is entered.
    #[must_use]
    pub fn to_channel(mut self, channel: impl Into<String>) -> Self {
        self.to_channel = Some(channel.into());
        self
    }

    /// Sets the result of the promise at the touchpoint that is left.
    #[must_use]
    pub fn promise(mut self, result: PromiseResult) -> Self {
        self.promise = Some(result);
        self
    }

    /// Sets how the journeys end.
    #[must_use]
    pub fn outcome(mut self, outcome: impl Into<String>) -> Self {
        self.outcome = Some(outcome.into());
        self
    }

    /// Sets of how many steps the time is known, and the sum of those times in milliseconds.
    #[must_use]
    pub fn waits(mut self, timed: u64, wait_ms: u64) -> Self {
        (self.timed, self.wait_ms) = (timed, wait_ms);
        self
    }
}
