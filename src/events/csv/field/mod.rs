//! The parts of an event that columns feed, and the headers by which they are found.

mod aliases;
mod details;

use std::fmt;

pub(super) use details::PERSONS;

/// A part of an event that a column can feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CsvField {
    /// The journey: the case.
    Journey,
    /// The touchpoint: the activity.
    ///
    /// Of xAPI statements it is the verb alone. An object is one item of very many (this video, that page), and a
    /// touchpoint for each item is no map; where verb and object belong together, put both in one column.
    Touchpoint,
    /// When it happened.
    Time,
    /// Its position among the events of its journey.
    Sequence,
    /// The channel.
    Channel,
    /// Before, during or after.
    Phase,
    /// What the customer felt.
    Emotion,
    /// Whether the promise was kept.
    Promise,
    /// The promise's name.
    PromiseName,
    /// How the journey ends.
    Outcome,
    /// Who answers for the touchpoint.
    Owner,
    /// The group of customers.
    Segment,
    /// The customer who made the journey; a tally does not ask for it.
    Customer,
    /// Whether the event is the beginning or the completion of something. Only completions count.
    ///
    /// Beginnings are left out and [counted](crate::events::CsvRead::incomplete) instead of paired with their completions: a pair
    /// says how long a visit took, and a journey knows the waits between visits alone. A completion is one visit with
    /// its beginning as without, and two that overlap would not say which beginning is whose.
    Lifecycle,
    /// When what the event tells of began, where [`CsvField::Time`] is its end. It stands in where the end is not stated.
    Start,
    /// The time of the day, where [`CsvField::Time`] is a date alone.
    TimeOfDay,
    /// Whose journey it is, where journeys are numbered for each person: both together name the journey.
    Person,
    /// The other part of who that is, where it stands in two columns.
    PersonPart,
    /// The zone of the time, as +02:00, where the time itself states none.
    Zone,
    /// The position among events of equal time.
    Batch,
    /// What tells one event from all others, so that an event that was written twice is known.
    EventId,
    /// A label of the step, such as Awareness or Consideration, that is no [phase](CsvField::Phase).
    Stage,
    /// The time of the day of [`CsvField::Start`], where that is a date alone; without it, that of the beginning on the
    /// date of [`CsvField::Time`].
    StartTimeOfDay,
    /// The position of the batch of an event among those of equal time, where [`CsvField::Batch`] is its position in it.
    BatchOrder,
}

impl CsvField {
    /// Every field, in order.
    pub const ALL: &'static [Self] = &[
        Self::Journey,
        Self::Touchpoint,
        Self::Time,
        Self::Sequence,
        Self::Channel,
        Self::Phase,
        Self::Emotion,
        Self::Promise,
        Self::PromiseName,
        Self::Outcome,
        Self::Owner,
        Self::Segment,
        Self::Customer,
        Self::Lifecycle,
        Self::Start,
        Self::TimeOfDay,
        Self::Person,
        Self::PersonPart,
        Self::Zone,
        Self::Batch,
        Self::EventId,
        Self::Stage,
        Self::StartTimeOfDay,
        Self::BatchOrder,
    ];

    /// The headers that feed this field unless the caller says otherwise, the preferred one first. Capitals, blanks,
    /// `_`, `-`, `:` and `.` do not count, so that `Case ID`, `case_id` and `caseId` are one; a prefix before a colon
    /// may be missing or be another one.
    ///
    /// Columns that name a person (`customer_id`, `userId`, ...) are never taken for a journey: a person can make several.
    /// Name such a column where one person is one journey. Beside numbers of sessions that begin anew for each person, they
    /// are taken [along](CsvField::Person).
    #[must_use]
    pub const fn headers(self) -> &'static [&'static str] {
        aliases::headers(self)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Journey => "journey",
            Self::Touchpoint => "touchpoint",
            Self::Time => "time",
            Self::Sequence => "sequence",
            Self::Channel => "channel",
            Self::Phase => "phase",
            Self::Emotion => "emotion",
            Self::Promise => "promise",
            Self::PromiseName => "promise name",
            Self::Outcome => "outcome",
            Self::Owner => "owner",
            Self::Segment => "segment",
            Self::Customer => "customer",
            Self::Lifecycle => "lifecycle",
            Self::Start => "start",
            Self::TimeOfDay => "time of day",
            Self::Person => "person",
            Self::PersonPart => "other part of the person",
            Self::Zone => "zone of the time",
            Self::Batch => "place in a batch",
            Self::EventId => "event id",
            Self::Stage => "stage",
            Self::BatchOrder => "order of batches",
            Self::StartTimeOfDay => "time of day of the start",
        }
    }
}

impl fmt::Display for CsvField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
