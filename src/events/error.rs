use std::fmt;

use super::event::EventRef;
use crate::journey::{Invalid, OutOfRange, list, nearest};

/// Why an event was not counted, and which one it is.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("event {number} (journey {journey:?}, touchpoint {touchpoint:?}) {fault}")]
#[non_exhaustive]
pub struct EventError {
    /// Its position among the events given to the tally, from 1.
    pub number: u64,
    /// The journey it belongs to.
    pub journey: String,
    /// The touchpoint it names.
    pub touchpoint: String,
    /// What is wrong with it.
    pub fault: EventFault,
}

impl EventError {
    #[cold]
    pub(super) fn of(number: u64, journey: &[u8], touchpoint: &[u8], fault: EventFault) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Self {
            number,
            journey: text(journey),
            touchpoint: text(touchpoint),
            fault,
        }
    }

    #[cold]
    pub(super) fn new(number: u64, event: &EventRef<'_>, fault: EventFault) -> Self {
        Self {
            number,
            journey: event.journey.to_owned(),
            touchpoint: event.touchpoint.to_owned(),
            fault,
        }
    }
}

/// What is wrong with an event.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EventFault {
    /// It is earlier than the event of its journey before it.
    #[error(
        "goes back in time, from {before} ms to {now} ms; the events of a journey come in their order, or are sorted first"
    )]
    TimeBack {
        /// The time of the event before it.
        before: i64,
        /// Its time.
        now: i64,
    },
    /// Its sequence number is smaller than that of the event of its journey before it.
    #[error(
        "goes back in its sequence, from {before} to {now}; the events of a journey come in their order, or are sorted first"
    )]
    SequenceBack {
        /// The number of the event before it.
        before: i64,
        /// Its number.
        now: i64,
    },
    /// It is earlier than the event before it, within one millisecond.
    #[error(
        "goes back in time within the millisecond {ms}, from nanosecond {before} to {now}; the events of a journey come in their order, or are sorted first"
    )]
    BackWithin {
        /// The time of both, in milliseconds.
        ms: i64,
        /// Nanoseconds of the event before it.
        before: u32,
        /// Its nanoseconds.
        now: u32,
    },
    /// The emotion is a number that is not on the declared scale.
    #[error("has an emotion off the declared scale: {0}")]
    Rating(OutOfRange),
    /// A name that must say something is blank.
    #[error("has a blank {0}; it needs at least one character that is not a blank")]
    Blank(EventPart),
    /// A name is not UTF-8 text.
    #[error("has a {0} that is not UTF-8 text")]
    NotText(EventPart),
    /// There are more of something than can be told apart.
    #[error("has one {0} too many; about four thousand million can be told apart")]
    TooMany(EventPart),
}

/// A part of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventPart {
    /// The journey's name.
    Journey,
    /// The touchpoint's name.
    Touchpoint,
    /// The channel's name.
    Channel,
    /// The emotion.
    Emotion,
    /// The customer's name.
    Customer,
    /// The owner's name.
    Owner,
    /// The promise's name.
    Promise,
    /// The name of an owner, a promise or an outcome.
    Label,
    /// A way from one touchpoint to the next.
    Way,
}

impl fmt::Display for EventPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Journey => "journey",
            Self::Touchpoint => "touchpoint",
            Self::Channel => "channel",
            Self::Emotion => "emotion",
            Self::Customer => "customer",
            Self::Owner => "owner",
            Self::Promise => "promise",
            Self::Label => "name",
            Self::Way => "transition",
        })
    }
}

/// Why two tallies were not put together. Both are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// A journey is under way in both, so that they do not hold different journeys.
    #[error(
        "journey {journey:?} is under way in both tallies; merge takes tallies of different journeys, and join takes consecutive parts of the same ones"
    )]
    Shared {
        /// The journey.
        journey: String,
    },
    /// The part that is meant to be the later one begins a journey before the earlier one leaves it.
    #[error(
        "journey {journey:?} goes back in the part that is joined, from {before} to {now}; join takes the later part as its argument"
    )]
    Earlier {
        /// The journey.
        journey: String,
        /// Its last time, or sequence number, in the earlier part.
        before: i64,
        /// Its first one in the later part.
        now: i64,
    },
    /// They count different segments, or one of them a segment and the other everybody.
    #[error(
        "one tally counts {} and the other {}; only tallies of the same segment can be put together",
        counted(ours.as_deref()),
        counted(theirs.as_deref())
    )]
    Segments {
        /// The segment of the tally that was to take in the other; `None` where it counts all.
        ours: Option<String>,
        /// The segment of the other.
        theirs: Option<String>,
    },
    /// The sum of the counts is beyond what can be counted.
    #[error("together the tallies hold more than can be counted")]
    TooLarge,
}

fn counted(segment: Option<&str>) -> String {
    segment.map_or("all segments".to_owned(), |name| {
        format!("segment {name:?}")
    })
}

/// Why no journey was learned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LearnError {
    /// There is no event to learn from.
    #[error("there is no event to learn from; a journey needs at least one")]
    NoEvents,
    /// Neither events nor options say in which phase these touchpoints are.
    #[error(
        "the phase of {} is stated nowhere; give events a phase, or say it in the options: before, during or after",
        list(touchpoints)
    )]
    NoPhase {
        /// Their names, in alphabetical order.
        touchpoints: Vec<String>,
    },
    /// The options name touchpoints that no event visits and that are not in the plan.
    #[error("{}", Unknown(.0))]
    UnknownTouchpoints(Vec<UnknownTouchpoint>),
    /// A tally is asked for facts that customers remember.
    #[error(
        "a tally counts steps and forgets how customers came; learn from a log of whole journeys to remember {}",
        list(facts)
    )]
    Forgotten {
        /// The names of the facts.
        facts: Vec<String>,
    },
    /// A name in the options is not one that a journey can have.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The tallies of several parts cannot be counted together.
    #[error(transparent)]
    Merge(#[from] MergeError),
}

/// A touchpoint that the options name and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTouchpoint {
    /// The name, as the options give it.
    pub name: String,
    /// The touchpoint with the nearest name, if one is near.
    pub nearest: Option<String>,
}

impl UnknownTouchpoint {
    pub(super) fn new<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            name: name.to_owned(),
            nearest: nearest(name, known).map(str::to_owned),
        }
    }
}

struct Unknown<'a>(&'a [UnknownTouchpoint]);

impl fmt::Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, unknown) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            write!(
                f,
                "the options name the touchpoint {:?}, which no event visits",
                unknown.name
            )?;
            if let Some(nearest) = &unknown.nearest {
                write!(f, "; did you mean {nearest:?}?")?;
            }
        }
        Ok(())
    }
}
