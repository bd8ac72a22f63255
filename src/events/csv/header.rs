//! Which column feeds which field.

use std::fmt;

use super::time::TimeUnit;

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
    /// Beginnings are left out and [counted](crate::CsvRead::incomplete) instead of paired with their completions: a pair
    /// says how long a visit took, and a journey knows the waits between visits alone. A completion is one visit with
    /// its beginning as without, and two that overlap would not say which beginning is whose.
    Lifecycle,
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
    ];

    /// The headers that feed this field unless the caller says otherwise, the preferred one first. Capitals, blanks,
    /// `_`, `-`, `:` and `.` do not count, so that `Case ID`, `case_id` and `caseId` are one; a prefix before a colon
    /// may be missing or be another one.
    ///
    /// Columns that name a person (`customer_id`, `userId`, ...) are never taken for a journey: a person can make several.
    /// Name such a column where one person is one journey.
    #[must_use]
    pub const fn headers(self) -> &'static [&'static str] {
        match self {
            Self::Journey => &[
                "case:concept:name",
                "case_id",
                "case",
                "_case_key",
                "journey_id",
                "journey",
                "trace_id",
                "context.registration",
                "session_id",
                "ga_session_id",
                "domain_sessionid",
            ],
            Self::Touchpoint => &[
                "concept:name",
                "activity",
                "activity_name",
                "activity_en",
                "touchpoint",
                "event",
                "event_name",
                "event_type",
                "type",
                "verb.id",
            ],
            Self::Time => &[
                "time:timestamp",
                "timestamp",
                "eventtime",
                "event_time",
                "end_time",
                "time",
                "originalTimestamp",
                "derived_tstamp",
                "dvce_created_tstamp",
                "collector_tstamp",
                "event_timestamp",
                "date",
                "timestamp_ms",
                "time_ms",
                "timestamp_us",
                "time_us",
                "timestamp_s",
                "time_s",
            ],
            Self::Sequence => &[
                "sequence",
                "seq",
                "sequence_number",
                "event_index",
                "event_number",
            ],
            Self::Channel => &[
                "channel",
                "channel_name",
                "touchpoint_channel",
                "medium",
                "platform",
            ],
            Self::Phase => &["phase", "stage", "section"],
            Self::Emotion => &[
                "emotion",
                "sentiment",
                "mood",
                "experience",
                "rating",
                "score",
                "empathyScore",
                "result.score.scaled",
            ],
            Self::Promise => &[
                "promise_kept",
                "kept",
                "fulfilled",
                "sla_met",
                "result.success",
                "promise",
            ],
            Self::PromiseName => &["promise_name"],
            Self::Outcome => &["outcome"],
            Self::Owner => &[
                "owner",
                "department",
                "org:group",
                "org:role",
                "org:resource",
                "resource",
                "agent",
                "actor",
            ],
            Self::Segment => &["segment", "persona"],
            Self::Customer => PERSONS,
            Self::Lifecycle => &["lifecycle:transition"],
        }
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
        }
    }
}

impl fmt::Display for CsvField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Which column feeds a field. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvColumn {
    /// The field.
    pub field: CsvField,
    /// The column's header, as the table writes it.
    pub header: String,
    /// The column's position, from 1.
    pub column: usize,
    /// Whether the caller named the column.
    pub stated: bool,
    /// Why the column may not mean what its header says.
    pub caution: Option<&'static str>,
}

impl fmt::Display for CsvColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from column {:?}", self.field, self.header)?;
        if let Some(caution) = self.caution {
            write!(f, " ({caution})")?;
        }
        Ok(())
    }
}

/// Headers of persons, to be named in an error.
const PERSONS: &[&str] = &[
    "customer",
    "customer_id",
    "user_id",
    "anonymousId",
    "user_pseudo_id",
    "domain_userid",
    "subject",
];
/// Headers of collectors of web events, where a channel is the place of the call.
const COLLECTORS: &[&str] = &["anonymousId", "messageId", "originalTimestamp", "sentAt"];

const CALL: &str = "collectors of web events write here where the call was made, which is not a channel to customers";

/// Why the header line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderFault {
    /// No column for a field that events need, and the columns that name persons.
    Missing(CsvField, Vec<String>),
    /// The column that the caller named is not there.
    Unknown(CsvField, String),
    /// It is there more than once.
    Twice(CsvField, String),
}

/// What the caller says about a field.
pub(super) type Stated<'a> = &'a [(CsvField, Option<String>)];

/// Finds the column of every field.
pub(super) fn feed(headers: &[String], stated: Stated<'_>) -> Result<Vec<CsvColumn>, HeaderFault> {
    let mut fed: Vec<CsvColumn> = Vec::new();
    for &field in CsvField::ALL {
        let last = stated.iter().rev().find(|(of, _)| *of == field);
        if let Some((_, Some(name))) = last {
            let column = named(headers, name).map_err(|found| match found {
                0 => HeaderFault::Unknown(field, name.clone()),
                _ => HeaderFault::Twice(field, name.clone()),
            })?;
            fed.push(CsvColumn {
                field,
                header: headers[column].clone(),
                column: column + 1,
                stated: true,
                caution: None,
            });
        }
    }
    for &field in CsvField::ALL {
        if stated.iter().any(|(of, _)| *of == field) {
            continue;
        }
        // What chooses events, such as a channel, still says what it says.
        let taken =
            |fed: &CsvColumn, column| fed.field != CsvField::Segment && fed.column == column + 1;
        let free = |column: usize| !fed.iter().any(|fed| taken(fed, column));
        if let Some(column) = by_alias(headers, field, free) {
            let caution = caution(field, headers, column);
            fed.push(CsvColumn {
                field,
                header: headers[column].clone(),
                column: column + 1,
                stated: false,
                caution,
            });
        }
    }
    fed.sort_by_key(|fed| fed.field);
    for field in [CsvField::Journey, CsvField::Touchpoint] {
        if fed.iter().all(|fed| fed.field != field) {
            let person = |header: &&String| PERSONS.iter().any(|known| alike(known, header));
            let persons = headers.iter().filter(person).cloned();
            let persons = persons.filter(|_| field == CsvField::Journey).collect();
            return Err(HeaderFault::Missing(field, persons));
        }
    }
    Ok(fed)
}

/// The column that the caller means: with this header, or else with one that is alike. The error tells how many
/// there are.
fn named(headers: &[String], name: &str) -> Result<usize, usize> {
    let exact: Vec<usize> = positions(headers, |header| header == name.trim());
    let found = if exact.is_empty() {
        positions(headers, |header| alike(header, name))
    } else {
        exact
    };
    match found.as_slice() {
        [one] => Ok(*one),
        several => Err(several.len()),
    }
}

fn positions(headers: &[String], is: impl Fn(&str) -> bool) -> Vec<usize> {
    let all = headers.iter().enumerate();
    all.filter(|(_, header)| is(header))
        .map(|(column, _)| column)
        .collect()
}

fn by_alias(headers: &[String], field: CsvField, free: impl Fn(usize) -> bool) -> Option<usize> {
    let find = |is: &dyn Fn(&str, &str) -> bool| {
        field.headers().iter().find_map(|alias| {
            (0..headers.len()).find(|&column| free(column) && is(&headers[column], alias))
        })
    };
    // `cx:channel` feeds the channel, unless there is a column that is called so outright.
    let bare = |header: &str, alias: &str| {
        let tail = |text: &str| text.rsplit(':').next().map(normal);
        header.contains(':') && tail(header) == Some(normal(alias))
    };
    find(&alike).or_else(|| find(&bare))
}

fn caution(field: CsvField, headers: &[String], column: usize) -> Option<&'static str> {
    if field != CsvField::Channel {
        return None;
    }
    let collector = COLLECTORS
        .iter()
        .any(|known| headers.iter().any(|header| alike(known, header)));
    (collector || alike(&headers[column], "platform")).then_some(CALL)
}

/// The unit that a header states for bare numbers.
pub(super) fn unit_of(header: &str) -> Option<TimeUnit> {
    // Google Analytics documents its integers as microseconds.
    if alike(header, "event_timestamp") {
        return Some(TimeUnit::Microseconds);
    }
    let (_, unit) = header.trim().rsplit_once(['_', ' ', '-', '.', ':'])?;
    match unit.to_lowercase().as_str() {
        "ms" => Some(TimeUnit::Milliseconds),
        "us" => Some(TimeUnit::Microseconds),
        "s" => Some(TimeUnit::Seconds),
        _ => None,
    }
}

fn alike(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

fn normal(header: &str) -> String {
    let letters = header.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
