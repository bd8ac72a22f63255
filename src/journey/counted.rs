//! What was counted on whole journeys, carried by the journey that was learned from them.

mod channels;
mod fixes;
mod memory;
mod memory_tests;

use std::fmt;

pub use channels::CountedChannels;
pub use fixes::{CountedChange, CountedEffect, CountedFix, FixKind, OutcomeChange};
pub use memory::{CountedFact, CountedMemory};
pub use memory_tests::{MemoryOf, MemoryTest};

/// Figures counted on whole journeys: what happened, and how sure that is. A journey learned from an
/// [`EventLog`](crate::EventLog) carries them ([`Journey::counted`](crate::Journey::counted)), in its document under the key
/// `counted`.
///
/// They are figures of all journeys together. No journey, no customer and no time of an event is in them.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Counted {
    /// Journeys counted.
    pub journeys: u64,
    /// What the error bars take as independent.
    pub clusters: Clusters,
    /// How many of them there are.
    pub units: u64,
    /// The map that these figures were counted for, as a number in hexadecimal: a map that was edited has another one.
    pub map: String,
    /// The figures, in the order of [`CountedName::ALL`], and of the touchpoints of the map.
    pub figures: Vec<CountedFigure>,
    /// What single fixes change, in the order of the map, and of [`FixKind::ALL`]; those beyond what could be computed are
    /// not among them.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub fixes: Vec<CountedFix>,
    /// What the customers of the map were chosen to remember; `None` where nobody chose.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub memory: Option<CountedMemory>,
    /// Where what journeys do next hangs on how they came: touchpoints in the order of the map, then endings.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub memory_tests: Vec<MemoryTest>,
    /// How feelings in every two channels of a need compare: by need in the order of the map, then by the names of the channels.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub channels: Vec<CountedChannels>,
}

impl Counted {
    /// Of a map that is still to be named.
    pub(crate) fn new(
        journeys: u64,
        clusters: Clusters,
        units: u64,
        figures: Vec<CountedFigure>,
        fixes: Vec<CountedFix>,
        memory_tests: Vec<MemoryTest>,
    ) -> Self {
        Self {
            journeys,
            clusters,
            units,
            map: String::new(),
            figures,
            fixes,
            memory: None,
            memory_tests,
            channels: Vec::new(),
        }
    }

    /// What a fix at a touchpoint changes. Takes O(n).
    #[must_use]
    pub fn fix(&self, id: &str, kind: FixKind) -> Option<&CountedFix> {
        self.fixes
            .iter()
            .find(|fix| fix.kind == kind && fix.id == id)
    }

    /// A figure by its name and by what it is of: ids, names and numbers, as [`CountedFigure::of`] lists them. Takes O(n).
    ///
    /// ```
    /// # use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// # let mut log = EventLog::default();
    /// # log.record(EventRef::new("c1", "search"))?;
    /// # let journey = log.learn(&LearnOptions::new().other_phases(Phase::During))?.journey;
    /// let counted = journey.counted().expect("learned from whole journeys");
    /// assert_eq!(counted.figure("reach", &["search"]).map(|figure| figure.value), Some(1.0));
    /// assert_eq!(counted.figure("length", &[]).map(|figure| figure.value), Some(1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn figure(&self, figure: &str, of: &[&str]) -> Option<&CountedFigure> {
        self.figures
            .iter()
            .find(|counted| counted.figure.as_str() == figure && counted.is_of(of))
    }
}

/// What error bars take as independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Clusters {
    /// Journeys.
    Journeys,
    /// Customers, each with all journeys of theirs: events name them.
    Customers,
}

/// One figure counted on whole journeys: the sum of something over journeys by the sum of something else.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedFigure {
    /// Which figure.
    pub figure: CountedName,
    /// What it is of: ids of touchpoints, names, numbers.
    pub of: Vec<CountedPart>,
    /// The figure.
    pub value: f64,
    /// The lower end of its 95 % interval; `None` where too little was counted to tell.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// Journeys that it rests on.
    pub journeys: u64,
}

impl CountedFigure {
    pub(crate) fn new(
        figure: CountedName,
        of: Vec<CountedPart>,
        value: f64,
        interval: Option<(f64, f64)>,
        standard_error: Option<f64>,
        journeys: u64,
    ) -> Self {
        Self {
            figure,
            of,
            value,
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            standard_error,
            journeys,
        }
    }

    /// Whether it is of these.
    #[must_use]
    pub fn is_of(&self, of: &[&str]) -> bool {
        self.of.len() == of.len()
            && self.of.iter().zip(of).all(|(part, wanted)| match part {
                CountedPart::Name(name) => name == wanted,
                number @ CountedPart::Number(_) => number.to_string() == *wanted,
            })
    }

    /// Whether a value lies within the interval.
    #[must_use]
    pub fn covers(&self, value: f64) -> bool {
        self.low
            .zip(self.high)
            .is_none_or(|(low, high)| low <= value && value <= high)
    }
}

impl CountedName {
    /// Whether it is a quantile: the last of what it is of is then its share.
    pub(crate) fn is_quantile(self) -> bool {
        matches!(
            self,
            Self::Wait | Self::WaitTotal | Self::Lasted | Self::RecoveryTime
        )
    }
}

/// A name or a number that a figure is of. `Display` writes it plainly, whole numbers as `2`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CountedPart {
    /// The id of a touchpoint, an outcome, a promise, a channel, a need.
    Name(String),
    /// A position, a level, a probability.
    Number(f64),
}

impl From<&str> for CountedPart {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<f64> for CountedPart {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl fmt::Display for CountedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

macro_rules! names {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// The figures that are counted on whole journeys. v stands for valence; the definitions are on the method page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum CountedName {
            $(
                $(#[$doc])*
                #[cfg_attr(feature = "serde", serde(rename = $text))]
                $variant,
            )*
        }

        impl CountedName {
            /// Every figure, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its key.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

names! {
    /// Share of journeys that visit a touchpoint.
    Reach = "reach",
    /// Visits to a touchpoint per journey.
    Visits = "visits",
    /// Moments per journey.
    Length = "length",
    /// Standard deviation of the number of moments.
    LengthSd = "length_sd",
    /// Share of journeys with at least so many moments.
    UnderWay = "under_way",
    /// Mean valence of the moment at a position, where it is known.
    Curve = "curve",
    /// Mean of all known valences.
    Mean = "mean",
    /// Sum of negative valences per journey, as a positive number.
    Hurt = "hurt",
    /// Mean valence of the last moment, where it is known.
    End = "end",
    /// Mean of the lowest valence of a journey, where any is known.
    Worst = "worst",
    /// Mean of the highest valence.
    Best = "best",
    /// Mean of the most intense valence; of two as intense the negative one counts.
    Peak = "peak",
    /// Share of journeys whose lowest valence is at most this.
    WorstAtMost = "worst_at_most",
    /// Share of journeys whose highest valence is at least this.
    BestAtLeast = "best_at_least",
    /// Root mean square of the changes of valence between consecutive moments.
    Swing = "swing",
    /// Share of journeys with a valence of -0.25 or less.
    Unhappy = "unhappy",
    /// Share of a promise's known results that are kept, over all channels or in one.
    KeptRate = "kept_rate",
    /// Share of journeys that meet this promise broken.
    MeetsBroken = "meets_broken",
    /// Share of journeys that meet no, one, or two and more broken promises.
    Tries = "tries",
    /// Share of journeys that end so.
    Outcome = "outcome",
    /// Share that end so of the journeys whose first known result of this promise is kept.
    OutcomeWhenKept = "outcome_when_kept",
    /// Share that end so of the journeys whose first known result of this promise is broken.
    OutcomeWhenBroken = "outcome_when_broken",
    /// Share that end so of the journeys which visit a touchpoint.
    OutcomeAfterVisit = "outcome_after_visit",
    /// Share that end so of the journeys which feel -0.25 or less at a touchpoint.
    OutcomeAfterBad = "outcome_after_bad",
    /// Share that end so of the journeys which feel better than 0.1 at a touchpoint.
    OutcomeAfterGood = "outcome_after_good",
    /// Share that end so of the journeys which begin in a channel.
    OutcomeByStart = "outcome_by_start",
    /// Share of journeys that meet a need in both channels.
    Both = "both",
    /// Quantile of the seconds from one touchpoint to the next.
    Wait = "wait",
    /// Quantile of the known seconds of a journey.
    WaitTotal = "wait_total",
    /// Mean of the known seconds of a journey.
    WaitTotalMean = "wait_total_mean",
    /// Quantile of the seconds from the first moment of a journey to its last one, where both have a time.
    Lasted = "lasted",
    /// Mean of these seconds.
    LastedMean = "lasted_mean",
    /// Quantile of the seconds from the first broken promise to the first later touchpoint that can resolve, where there is one.
    RecoveryTime = "recovery_time",
    /// Mean of these seconds.
    RecoveryTimeMean = "recovery_time_mean",
    /// Share of the journeys on which somebody who has been unhappy (-0.25 or less) comes to a touchpoint that can listen, that
    /// come to one that can answer, there or later, within so many seconds.
    AnsweredWithin = "answered_within",
    /// Share of journeys that visit exactly these touchpoints, for the ten most frequent ones.
    Variant = "variant",
    /// Share of journeys to come that are expected to be unlike all so far (Good 1953): those seen once.
    VariantUnseen = "variant_unseen",
    /// Share of journeys with a valence below 0.
    FirstPain = "first_pain",
    /// Share of journeys whose first valence below 0 is at this touchpoint.
    FirstPainAt = "first_pain_at",
    /// Moments before the first valence below 0, where there is one.
    FirstPainAfter = "first_pain_after",
    /// How much greater the share of visits is that are meant to feel good than that of those which do: over all visits, or of a
    /// touchpoint, phase, owner or channel.
    DeliveryGap = "delivery_gap",
    /// Mean of what is felt less what is expected, likewise.
    ExpectationGap = "expectation_gap",
    /// Hand-overs of a journey between owners, between channels, or between digital and human; or from one side to another. Not
    /// counted where no move tells both sides.
    HandOvers = "hand_overs",
    /// Share of journeys without such a hand-over; not counted where no move tells both sides.
    NoHandOver = "no_hand_over",
    /// Mean change of valence over the hand-overs from one side to another, where both are known.
    HandOverChange = "hand_over_change",
    /// Times on a journey that a customer is handed over, turns to the provider and is not recognised.
    BegunAgain = "begun_again",
    /// Share that end so of the journeys whose feeling at a touchpoint is known and never -0.25 or less: what
    /// `outcome_after_bad` is held against.
    OutcomeAfterOther = "outcome_after_other",
    /// Correlation of what is felt at a touchpoint (the mean of a journey's visits) with the last answer at a
    /// [measurement](crate::Touchpoint::measurement).
    GoesWith = "goes_with",
    /// Share that end so of the journeys that come to the touchpoint from which most first come to another one (named first),
    /// and do not meet that other one.
    OutcomeAsFar = "outcome_as_far",
    /// Share that end so of the journeys that meet no, one, or two and more broken promises (named first).
    OutcomeByTries = "outcome_by_tries",
    /// Moments after the first visit to a touchpoint, where journeys come there.
    Lead = "lead",
    /// Known seconds after the first visit to a touchpoint, over the journeys where any is known or nothing follows. Not counted
    /// where no journey tells a time of what follows.
    LeadSeconds = "lead_s",
    /// Of the journeys that end so (named second), the share that come to a touchpoint.
    Announced = "announced",
    /// Of the visits on which customers turn to the provider, the share at touchpoints that recognise them. Not
    /// counted where the map says nothing of what is possible at touchpoints.
    Recognised = "recognised",
    /// How much better customers feel where they turn to the provider and are not recognised than where they are
    /// (`visits`), or how feelings change where they begin all over again less how they change where they are handed over
    /// and recognised (`again`).
    RecognisedDifference = "recognised_difference",
    /// Share of journeys on which somebody who has been unhappy (-0.25 or less) comes to a touchpoint that can listen.
    Complained = "complained",
    /// Of these complaints, the share that a touchpoint hears first.
    HeardAt = "heard_at",
    /// Of these complaints, the share that a touchpoint answers first.
    AnsweredAt = "answered_at",
    /// Of the complaints that a touchpoint hears first, the share that are answered.
    AnsweredOfHeard = "answered_of_heard",
    /// Of these complaints, the share with this fate: answered within a day, later, at an unknown time, never.
    ComplaintFate = "complaint_fate",
    /// Share that end so (named second) of the complaints with a fate; all complaints are named `all`.
    OutcomeByFate = "outcome_by_fate",
    /// Mean valence of the last moment of complaints with a fate; where a complaint is heard (`heard`) and where it is answered
    /// (`answered`).
    FeltByFate = "felt_by_fate",
    /// Of the complaints with a fate, the share told in public: a touchpoint in the channel `social`, since they were unhappy. Of
    /// those who are unhappy at all: `unhappy`.
    PublicByFate = "public_by_fate",
    /// Visits to a touchpoint from the answer on, per answered complaint.
    VisitsAfterAnswer = "visits_after_answer",
    /// Mean valence, from the moment of this promise's first known result on, of the journeys on which that is kept.
    FeelingWhenKept = "feeling_when_kept",
    /// Mean valence, from the moment of this promise's first known result on, of the journeys on which that is broken.
    FeelingWhenBroken = "feeling_when_broken",
    /// Share that end so (named first) of the journeys that visit exactly these touchpoints, for the ten most frequent sequences;
    /// endings that none of them have are left out.
    VariantOutcome = "variant_outcome",
}

#[cfg(feature = "serde")]
mod document {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};

    use super::CountedPart;

    impl Serialize for CountedPart {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            const EXACT: f64 = 9_007_199_254_740_992.0;
            match self {
                Self::Name(name) => serializer.serialize_str(name),
                &Self::Number(number) if number.fract() == 0.0 && number.abs() < EXACT =>
                {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "a whole number below 2^53"
                    )]
                    serializer.serialize_i64(number as i64)
                }
                Self::Number(number) => serializer.serialize_f64(*number),
            }
        }
    }

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Form {
        Name(String),
        Number(f64),
    }

    impl<'de> Deserialize<'de> for CountedPart {
        fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
            Ok(match Form::deserialize(source)? {
                Form::Name(name) => Self::Name(name),
                Form::Number(number) => Self::Number(number),
            })
        }
    }
}
