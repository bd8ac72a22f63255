//! Facts that customers remember: what steers a journey besides the touchpoint that they are at.

mod check;
mod drawing;
mod fault;
mod given;
mod memory;
mod met;
mod possible;

use std::collections::BTreeSet;
use std::fmt;

use super::promise::PromiseResult;
use super::touchpoint::Touchpoint;
pub(super) use check::{KnownFacts, check_facts};
pub use fault::FactFault;
pub use given::{EmotionGiven, FactValues, Given, PromiseGiven, StartGiven};
pub(crate) use memory::{Memory, Remembered, Resolved};
pub use met::Met;

/// So many facts may a map remember.
pub(crate) const MOST_FACTS: usize = 16;

/// Something that customers remember: a name, and what sets it.
///
/// A fact has a value at each moment of a journey, one of a few words. Ways, endings, feelings and promises may depend on
/// it with [`Given`]. It is updated by each moment, after what is felt there and before the ways out.
///
/// ```
/// use customer_journey::facts::{Fact, Given};
/// use customer_journey::{Channel, Journey, Outcome, Phase, Promise, Touchpoint};
///
/// let flow = Journey::builder("Shop")
///     .remember(Fact::first("delivery", "on time"))
///     .touchpoint(Touchpoint::new("delivered", Phase::During, "courier").promise(Promise::new("on time").kept(90.0).broken(10.0)))
///     .touchpoint(
///         Touchpoint::new("review", Phase::After, Channel::Email)
///             .ends_given(Given::is("delivery", "broken"), "bad review", 60.0)
///             .ends_given(Given::is("delivery", "broken"), "good review", 40.0)
///             .ends_given(Given::is("delivery", "kept"), "bad review", 10.0)
///             .ends_given(Given::is("delivery", "kept"), "good review", 90.0),
///     )
///     .transition("delivered", "review", 1.0)
///     .build()?
///     .flow()?;
/// assert!((flow.probability(&"bad review".into()) - (0.1 * 0.6 + 0.9 * 0.1)).abs() < 1e-12);
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fact {
    /// Unique in its journey; [`Given`] names it.
    pub name: String,
    /// What sets it.
    pub kind: FactKind,
}

/// What sets a [`Fact`], and which values it has.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FactKind {
    /// The first result of a promise: "none" before it is tested, then "kept" or "broken" for good. It is "unknown" from a visit of
    /// unknown result on, until one is known.
    First {
        /// The promise's name.
        promise: String,
    },
    /// Where or as whom the journey began.
    Start(StartOf),
    /// Whether a touchpoint was visited: "no" or "yes".
    Visited {
        /// The touchpoint's id.
        touchpoint: String,
    },
    /// How often a touchpoint was visited: "0", "1" or "2+".
    Times {
        /// The touchpoint's id.
        touchpoint: String,
    },
    /// Whether a feeling was met: "no" or "yes". A visit of unknown feeling sets nothing.
    Felt {
        /// At which touchpoint, by its id; anywhere if `None`.
        touchpoint: Option<String>,
        /// Which feeling.
        level: FeltLevel,
    },
    /// The lowest valence so far, in classes: "none" before any feeling is known, then for levels a < b "up to a", "up to b"
    /// and "above b".
    Lowest {
        /// Valences between the classes, ascending.
        levels: Vec<f64>,
    },
    /// The highest valence so far, in classes as those of the lowest.
    Highest {
        /// Valences between the classes, ascending.
        levels: Vec<f64>,
    },
    /// How many promises were broken: "0", "1" or "2+".
    Broken,
    /// How many moments the journey has had, in classes: for 3 and 6 they are "0-2", "3-5" and "6+". A learned map tells them one by one
    /// up to the last class, where that begins at 20 or before: else it would not have the counted law.
    Moments {
        /// Where classes begin, ascending, each above 0.
        from: Vec<u32>,
    },
    /// The running mean of the feelings so far: "none" before any is known, then "low" (up to -0.25), "middle", or "high" (from 0.25).
    /// It is kept to twentieths, and from the twentieth feeling on each new one counts as a twentieth.
    Mood,
}

/// Which feeling a fact looks out for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FeltLevel {
    /// A valence of so much or less.
    AtMost(f64),
    /// A valence of so much or more.
    AtLeast(f64),
}

/// What a fact remembers of how a journey began.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StartOf {
    /// The channel of the first touchpoint. With names, only these are told apart and all others are "other"; without, all are.
    Channel(Vec<String>),
    /// The first touchpoint, by its id; names as with channels.
    Touchpoint(Vec<String>),
    /// The customer's segment, which a log of journeys knows: where a map is [learned](crate::EventLog::learn) it becomes groups
    /// with their shares. Names as with channels; a journey without one is "not stated". No map that is drawn can have it.
    Segment(Vec<String>),
    /// Groups of customers, each with its share of the journeys as a weight. Where they begin may depend on it with
    /// [`StartGiven`].
    Shares(Vec<(String, f64)>),
}

/// What stands for every start that is not named.
pub(crate) const OTHER: &str = "other";
/// Of what has not happened yet.
pub(crate) const NONE: &str = "none";

pub(crate) fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

impl Fact {
    /// A fact of any kind.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: FactKind) -> Self {
        Self {
            name: name.into(),
            kind,
        }
    }

    /// The first result of a promise.
    #[must_use]
    pub fn first(name: impl Into<String>, promise: impl Into<String>) -> Self {
        let promise = promise.into();
        Self::new(name, FactKind::First { promise })
    }

    /// The channel in which the journey began.
    #[must_use]
    pub fn start_channel(name: impl Into<String>) -> Self {
        Self::new(name, FactKind::Start(StartOf::Channel(Vec::new())))
    }

    /// The touchpoint at which the journey began.
    #[must_use]
    pub fn start_touchpoint(name: impl Into<String>) -> Self {
        Self::new(name, FactKind::Start(StartOf::Touchpoint(Vec::new())))
    }

    /// The customer's segment, of a map that is learned from a log of journeys: see [`StartOf::Segment`].
    #[must_use]
    pub fn start_segment(name: impl Into<String>) -> Self {
        Self::new(name, FactKind::Start(StartOf::Segment(Vec::new())))
    }

    /// Groups of customers with their shares of the journeys, as weights.
    #[must_use]
    pub fn shares<S: Into<String>>(
        name: impl Into<String>,
        of: impl IntoIterator<Item = (S, f64)>,
    ) -> Self {
        let shares = of.into_iter().map(|(value, weight)| (value.into(), weight));
        Self::new(name, FactKind::Start(StartOf::Shares(shares.collect())))
    }

    /// Whether a touchpoint was visited.
    #[must_use]
    pub fn visited(name: impl Into<String>, touchpoint: impl Into<String>) -> Self {
        let touchpoint = touchpoint.into();
        Self::new(name, FactKind::Visited { touchpoint })
    }

    /// How often a touchpoint was visited.
    #[must_use]
    pub fn times(name: impl Into<String>, touchpoint: impl Into<String>) -> Self {
        let touchpoint = touchpoint.into();
        Self::new(name, FactKind::Times { touchpoint })
    }

    /// Whether a feeling was met at a touchpoint.
    #[must_use]
    pub fn felt_at(
        name: impl Into<String>,
        touchpoint: impl Into<String>,
        level: FeltLevel,
    ) -> Self {
        let touchpoint = Some(touchpoint.into());
        Self::new(name, FactKind::Felt { touchpoint, level })
    }

    /// Whether a feeling was met anywhere.
    #[must_use]
    pub fn felt(name: impl Into<String>, level: FeltLevel) -> Self {
        let touchpoint = None;
        Self::new(name, FactKind::Felt { touchpoint, level })
    }

    /// Whether it is which group of customers somebody is of.
    pub(crate) fn is_group(&self) -> bool {
        matches!(self.kind, FactKind::Start(StartOf::Shares(_)))
    }

    /// The values that it can have on a map with these touchpoints, in their order.
    pub(crate) fn values<'a>(
        &self,
        touchpoints: impl Iterator<Item = &'a Touchpoint>,
    ) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        match &self.kind {
            FactKind::First { .. } => {
                let results = PromiseResult::ALL.iter().map(|result| result.as_str());
                [NONE]
                    .into_iter()
                    .chain(results)
                    .map(str::to_owned)
                    .collect()
            }
            FactKind::Start(StartOf::Shares(shares)) => {
                shares.iter().map(|(value, _)| value.clone()).collect()
            }
            FactKind::Start(StartOf::Channel(named)) if named.is_empty() => {
                let channels = touchpoints.map(|touchpoint| touchpoint.channel.as_str().to_owned());
                channels.collect::<BTreeSet<_>>().into_iter().collect()
            }
            FactKind::Start(StartOf::Touchpoint(named)) if named.is_empty() => touchpoints
                .map(|touchpoint| touchpoint.id.clone())
                .collect(),
            FactKind::Start(
                StartOf::Channel(named) | StartOf::Touchpoint(named) | StartOf::Segment(named),
            ) => named.iter().cloned().chain([OTHER.to_owned()]).collect(),
            FactKind::Visited { .. } | FactKind::Felt { .. } => words(&["no", "yes"]),
            FactKind::Times { .. } | FactKind::Broken => words(&["0", "1", "2+"]),
            FactKind::Lowest { levels } | FactKind::Highest { levels } => classes(levels),
            FactKind::Moments { from } => buckets(from),
            FactKind::Mood => words(&[NONE, "low", "middle", "high"]),
        }
    }
}

/// The classes between levels of valence.
fn classes(levels: &[f64]) -> Vec<String> {
    let up_to = levels.iter().map(|level| format!("up to {level}"));
    let above = levels.last().map(|level| format!("above {level}"));
    [NONE.to_owned()]
        .into_iter()
        .chain(up_to)
        .chain(above)
        .collect()
}

/// The classes of a number of moments.
fn buckets(from: &[u32]) -> Vec<String> {
    let begins = [0].into_iter().chain(from.iter().copied());
    let ends = from.iter().map(Some).chain([None]);
    let bucket = |(begin, end): (u32, Option<&u32>)| match end {
        Some(&end) if end.saturating_sub(begin) <= 1 => begin.to_string(),
        Some(end) => format!("{begin}-{}", end.saturating_sub(1)),
        None => format!("{begin}+"),
    };
    begins.zip(ends).map(bucket).collect()
}

/// What it remembers, in words.
impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First { promise } => write!(f, "the first result of the promise {promise:?}"),
            Self::Start(StartOf::Channel(_)) => {
                f.write_str("the channel in which the journey began")
            }
            Self::Start(StartOf::Touchpoint(_)) => {
                f.write_str("the touchpoint at which the journey began")
            }
            Self::Start(StartOf::Segment(_)) => f.write_str("the segment of the customer"),
            Self::Start(StartOf::Shares(_)) => f.write_str("who the customer is"),
            Self::Visited { touchpoint } => write!(f, "whether {touchpoint:?} was visited"),
            Self::Times { touchpoint } => write!(f, "how often {touchpoint:?} was visited"),
            Self::Felt { touchpoint, level } => {
                match level {
                    FeltLevel::AtMost(level) => {
                        write!(f, "whether a feeling of {level} or less was met")?;
                    }
                    FeltLevel::AtLeast(level) => {
                        write!(f, "whether a feeling of {level} or more was met")?;
                    }
                }
                match touchpoint {
                    Some(touchpoint) => write!(f, " at {touchpoint:?}"),
                    None => Ok(()),
                }
            }
            Self::Lowest { .. } => f.write_str("the worst feeling so far"),
            Self::Highest { .. } => f.write_str("the best feeling so far"),
            Self::Broken => f.write_str("how many promises were broken"),
            Self::Moments { .. } => f.write_str("how many moments the journey has had"),
            Self::Mood => f.write_str("the mean of the feelings so far"),
        }
    }
}
