//! Which table and columns hold the events, and what is wanted of them.

use crate::journey::Scale;

/// What the column of times holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Time {
    /// The engine's own type for moments.
    #[default]
    Timestamp,
    /// Seconds, whole or with a fraction.
    Seconds,
    /// Whole milliseconds.
    Milliseconds,
    /// Whole microseconds.
    Microseconds,
}

/// The table that holds the events, a row an event, and which column feeds what. The names are the engine's own; they are quoted.
///
/// ```
/// use customer_journey::sql::{Columns, Time};
/// let columns = Columns::new("events", "case", "touchpoint")
///     .time("at", Time::Timestamp)
///     .sequence("seq")
///     .customer("user");
/// # let _ = columns;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Columns {
    pub(super) table: Vec<String>,
    pub(super) journey: String,
    pub(super) touchpoint: String,
    pub(super) time: Option<(String, Time)>,
    pub(super) sequence: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) phase: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) emotion: Option<String>,
    pub(super) promise: Option<String>,
    pub(super) promise_name: Option<String>,
    pub(super) outcome: Option<String>,
    pub(super) segment: Option<String>,
    pub(super) customer: Option<String>,
}

macro_rules! column {
    ($( $(#[$about:meta])* $name:ident, )+) => {$(
        $(#[$about])*
        pub fn $name(mut self, column: impl Into<String>) -> Self {
            self.$name = Some(column.into());
            self
        }
    )+};
}

impl Columns {
    /// The table (parts of its name separated by points, such as `shop.events`), the column that says whose journey a row
    /// belongs to, and the column that says what happened. Nothing else is known unless stated.
    pub fn new(table: &str, journey: impl Into<String>, touchpoint: impl Into<String>) -> Self {
        Self {
            table: table.split('.').map(str::to_owned).collect(),
            journey: journey.into(),
            touchpoint: touchpoint.into(),
            time: None,
            sequence: None,
            channel: None,
            phase: None,
            owner: None,
            emotion: None,
            promise: None,
            promise_name: None,
            outcome: None,
            segment: None,
            customer: None,
        }
    }

    /// When it happened. It orders the events of a journey where no sequence is stated.
    pub fn time(mut self, column: impl Into<String>, holds: Time) -> Self {
        self.time = Some((column.into(), holds));
        self
    }

    column! {
        /// The position among the events of the journey. It decides over the time.
        sequence,
        /// The channel.
        channel,
        /// `before`, `during` or `after`.
        phase,
        /// Who answers for the touchpoint.
        owner,
        /// What the customer felt: a number, or the name of a feeling.
        emotion,
        /// Whether the promise was kept: a truth value, or a word such as `kept`, `yes`, `1`, `broken`, `no`, `0`, `unknown`.
        promise,
        /// The promise's name.
        promise_name,
        /// How the journey ends, on any of its rows; the last one stated counts.
        outcome,
        /// The group of customers. Every row then says of which group it counts, so that one run serves all groups.
        segment,
        /// Who travels, where one customer can have several journeys. Standard errors then take customers as units.
        customer,
    }
}

/// What is wanted beside the plain counts.
///
/// ```
/// use customer_journey::Scale;
/// use customer_journey::sql::Options;
/// let options = Options::new().scale(Scale::ONE_TO_FIVE).buckets(32);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Options {
    pub(super) scale: Option<Scale>,
    pub(super) buckets: Option<u32>,
    pub(super) window_days: Option<u32>,
    pub(super) unhappy_at_most: f64,
}

impl Options {
    /// No buckets and no windows; feelings are taken as texts, so that `figures` holds none of them; a customer is unhappy from a
    /// valence of -0.25 down.
    pub fn new() -> Self {
        Self {
            scale: None,
            buckets: None,
            window_days: None,
            unhappy_at_most: -0.25,
        }
    }

    /// The column of feelings holds numbers on this scale: `figures` then counts feelings too, and `checks` counts what is off the
    /// scale.
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = Some(scale);
        self
    }

    /// Counts in so many buckets of journeys, so that standard errors can be told from the rows alone; 32 is enough. None unless
    /// set, and at least one.
    pub fn buckets(mut self, buckets: u32) -> Self {
        self.buckets = Some(buckets.max(1));
        self
    }

    /// Counts by windows of so many days, by the start of the journey. The rows' column `window` numbers them from the beginning of
    /// 1970. Needs times; at least one day.
    pub fn windows(mut self, days: u32) -> Self {
        self.window_days = Some(days.max(1));
        self
    }

    /// Sets from which valence down a moment is an unhappy one; -0.25 unless set.
    pub fn unhappy_at_most(mut self, valence: f64) -> Self {
        self.unhappy_at_most = valence;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
