//! The figures that two reports are compared by.

use crate::journey::CountedName;
use crate::page::number::{amount, cell, duration, feeling, share, size};

macro_rules! figures {
    ($( $(#[$about:meta])* $variant:ident = $word:literal, $text:literal, $unit:ident, $better:ident; )+) => {
        /// A figure by which two reports are compared.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Figure {
            $( $(#[$about])* $variant, )+
        }

        impl Figure {
            /// Every figure, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The word for it in documents.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }

            /// What people call it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                }
            }

            /// What it is measured in.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self {
                    $( Self::$variant => Unit::$unit, )+
                }
            }

            /// Whether more or less of it is better.
            #[must_use]
            pub const fn direction(self) -> Direction {
                match self {
                    $( Self::$variant => Direction::$better, )+
                }
            }
        }
    };
}

figures! {
    /// Chance of an outcome; which one is better depends on the outcome.
    Probability = "probability", "journeys that end so", Share, Depends;
    /// Expected negative valence of a journey.
    Hurt = "hurt", "hurt per journey", Intensity, Less;
    /// Mean valence over all moments.
    Mean = "mean", "mean feeling", Valence, More;
    /// Mean valence of the last moment.
    End = "end", "feeling at the end", Valence, More;
    /// Mean of the lowest valence that a journey meets.
    Worst = "worst", "worst moment", Valence, More;
    /// Mean of the highest valence that a journey meets.
    Best = "best", "best moment", Valence, More;
    /// Mean of the most intense valence that a journey meets.
    Peak = "peak", "most intense moment", Valence, More;
    /// The mean of peak and end.
    PeakEnd = "peak_end", "peak and end", Valence, More;
    /// What is likely to be remembered.
    Remembered = "remembered", "what is remembered", Valence, More;
    /// Root mean square change of valence from one moment to the next.
    Swing = "swing", "swing of feelings", Intensity, Depends;
    /// Share of moments whose emotion is known.
    Coverage = "coverage", "moments of known feeling", Share, Depends;
    /// Expected broken promises of a journey.
    Broken = "broken", "broken promises per journey", Times, Less;
    /// Share of tests of known result that find a promise kept.
    KeptRate = "kept_rate", "tests that find it kept", Share, More;
    /// Share of journeys that meet a promise broken at least once.
    MeetsBroken = "meets_broken", "journeys that it fails", Share, Less;
    /// Of the journeys on which a promise is made, the share that later meet it broken.
    BrokenAfterMade = "broken_after_made", "promised, then broken", Share, Less;
    /// Expected tests of a promise on a journey.
    Tests = "tests", "tests per journey", Times, Depends;
    /// Share of journeys that meet an unhappy moment.
    Unhappy = "unhappy", "unhappy journeys", Share, Less;
    /// Share of journeys that end in churn after an unhappy moment and without being heard.
    SilentChurn = "silent_churn", "unheard and lost", Share, Less;
    /// How differently customers are treated by channel.
    Inconsistency = "inconsistency", "inconsistency", Intensity, Less;
    /// Expected number of moments of a journey.
    Length = "length", "moments per journey", Times, Depends;
    /// Expected total of the known waits.
    WaitS = "wait_s", "known waits", Seconds, Less;
    /// What the visits of a journey cost the provider.
    Cost = "cost", "cost to serve", Money, Less;
    /// Share of visits whose cost is stated.
    CostCoverage = "cost_coverage", "visits of known cost", Share, Depends;
    /// What the ending of a journey is worth to the provider.
    Value = "value", "value of the ending", Money, More;
    /// Share of journeys that end with an outcome whose value is stated.
    ValueCoverage = "value_coverage", "endings of known value", Share, Depends;
    /// Share of journeys that come to a touchpoint or phase.
    Reach = "reach", "journeys that come", Share, Depends;
    /// Expected visits of a journey.
    Visits = "visits", "visits per journey", Times, Depends;
}

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// A valence, -1 to 1.
    Valence,
    /// An amount of feeling or of difference, 0 or more.
    Intensity,
    /// A share of journeys or moments, 0 to 1.
    Share,
    /// How often on a journey, 0 or more.
    Times,
    /// Seconds.
    Seconds,
    /// Money in the journey's currency.
    Money,
}

impl Unit {
    /// The unit of a counted figure. All are named here, so that a new one has to say its own.
    pub(crate) fn of_counted(name: CountedName) -> Self {
        use CountedName as Name;
        match name {
            Name::Curve
            | Name::Mean
            | Name::End
            | Name::Worst
            | Name::Best
            | Name::Peak
            | Name::DeliveryGap
            | Name::ExpectationGap
            | Name::HandOverChange
            | Name::FeelingWhenKept
            | Name::FeelingWhenBroken
            | Name::FeltByFate
            | Name::RecognisedDifference => Self::Valence,
            Name::Hurt | Name::Swing | Name::GoesWith => Self::Intensity,
            Name::Visits
            | Name::Length
            | Name::LengthSd
            | Name::FirstPainAfter
            | Name::HandOvers
            | Name::BegunAgain
            | Name::Lead
            | Name::VisitsAfterAnswer => Self::Times,
            Name::Wait
            | Name::WaitTotal
            | Name::WaitTotalMean
            | Name::Lasted
            | Name::LastedMean
            | Name::RecoveryTime
            | Name::RecoveryTimeMean
            | Name::LeadSeconds => Self::Seconds,
            Name::Reach
            | Name::UnderWay
            | Name::WorstAtMost
            | Name::BestAtLeast
            | Name::Unhappy
            | Name::KeptRate
            | Name::MeetsBroken
            | Name::Tries
            | Name::Outcome
            | Name::OutcomeWhenKept
            | Name::OutcomeWhenBroken
            | Name::OutcomeAfterVisit
            | Name::OutcomeAfterBad
            | Name::OutcomeAfterGood
            | Name::OutcomeAfterOther
            | Name::OutcomeByStart
            | Name::OutcomeAsFar
            | Name::OutcomeByTries
            | Name::OutcomeByFate
            | Name::Both
            | Name::AnsweredWithin
            | Name::Variant
            | Name::VariantOutcome
            | Name::VariantUnseen
            | Name::FirstPain
            | Name::FirstPainAt
            | Name::NoHandOver
            | Name::Announced
            | Name::Recognised
            | Name::Complained
            | Name::HeardAt
            | Name::AnsweredAt
            | Name::AnsweredOfHeard
            | Name::ComplaintFate
            | Name::PublicByFate => Self::Share,
        }
    }

    /// A value as reports write it, rounded for people: `+0.39`, `24 of 100`, `8 h 24 min`. Money is a bare amount.
    ///
    /// ```
    /// use customer_journey::report::Figure;
    /// assert_eq!(Figure::Unhappy.unit().in_words(0.25), "25 of 100");
    /// assert_eq!(Figure::Mean.unit().in_words(-0.2667), "-0.27");
    /// ```
    #[must_use]
    pub fn in_words(self, value: f64) -> String {
        match self {
            Self::Valence => feeling(value),
            Self::Intensity => size(value),
            Self::Share => share(value),
            Self::Times => cell(value),
            Self::Seconds => duration(value),
            Self::Money => amount(value),
        }
    }

    /// How far a value moved, with its sign, as reports write it.
    ///
    /// ```
    /// use customer_journey::report::Figure;
    /// assert_eq!(Figure::Mean.unit().change_in_words(0.25), "+0.25");
    /// assert_eq!(Figure::WaitS.unit().change_in_words(-720.0), "-12 min");
    /// ```
    #[must_use]
    pub fn change_in_words(self, change: f64) -> String {
        let moved = match self {
            Self::Valence => size(change),
            _ => self.in_words(change.abs()),
        };
        // A sign does not go with words.
        let moved = moved.replace("fewer than ", "<").replace("less than ", "<");
        let sign = if change < 0.0 { "-" } else { "+" };
        format!("{sign}{}", moved.replace("more than ", ">"))
    }
}

/// Whether more or less of a figure is better: of feelings and waits for the customer, of money for the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Direction {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// It depends on what is behind it.
    Depends,
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Figure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <String as serde::Deserialize>::deserialize(deserializer)?;
        let known = Self::ALL
            .iter()
            .copied()
            .find(|figure| figure.as_str() == word);
        known.ok_or_else(|| serde::de::Error::custom(format!("{word:?} is not a figure")))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.label())
    }
}
