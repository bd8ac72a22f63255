//! Faults that only weaken the answer.

mod find;

use std::fmt;

use super::problem::list_as;

/// Something in a journey that can be computed with and weakens the answer. Touchpoints are named by id, in the
/// order of the map.
///
/// `Display` says what it is and what to do about it, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// No journey can come to these touchpoints; they do not take part in any figure.
    Unreachable {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// For no visit at these touchpoints the emotion is known; figures of feeling leave them out.
    NoEmotion {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// For some visits at these touchpoints the emotion is unknown; figures of feeling leave these visits out.
    SomeEmotion {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// A promise that is made and that no touchpoint puts to the test.
    NeverTested {
        /// The promise.
        promise: String,
        /// The touchpoints that make it.
        made_at: Vec<String>,
    },
    /// A promise that is tested and that no touchpoint makes: an expectation nobody owned up to.
    NeverMade {
        /// The promise.
        promise: String,
        /// The touchpoints that test it.
        tested_at: Vec<String>,
    },
    /// A need that is met in a single channel, so that there is nothing to compare. A touchpoint whose need is called
    /// like itself does not claim that there is: learned journeys name their needs so.
    SingleChannel {
        /// The need.
        need: String,
        /// The channel.
        channel: String,
    },
    /// After some visits at these touchpoints no way is open; the journey ends there with its outcome `unstated`.
    DeadEnd {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// No touchpoint states `starts`, and journeys begin at several that no other one leads to.
    AssumedStarts {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// Names that differ only in capitals, blanks or characters without width are taken as different ones.
    SimilarNames {
        /// What they name: `touchpoint`, `channel`, `outcome`, `need` or `promise`.
        what: &'static str,
        /// The names.
        names: Vec<String>,
    },
    /// The map was edited after journeys were counted for it, so that their figures no longer tell of it: every answer is
    /// derived from the map.
    EditedAfterCounting {
        /// Journeys counted.
        journeys: u64,
    },
    /// An outcome that is spelt nearly as another one: figures take them for two endings.
    NearOutcome {
        /// The outcome.
        outcome: String,
        /// The one that it is near to: one that the map names too, or one of the known words.
        near: String,
    },
    /// An emotion for a promise result that visits at these touchpoints never have.
    IdleEmotion {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// Ways onward or endings of these touchpoints are open after a promise result that visits there never have; no journey
    /// goes by them.
    IdleWay {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// Ways, endings, starts, feelings or promises of these touchpoints depend on what customers never remember there.
    NeverGiven {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// Customers remember these facts, and nothing depends on them.
    IdleFact {
        /// Their names.
        facts: Vec<String>,
    },
    /// These touchpoints state the same ending several times; its weights count together.
    RepeatedEnding {
        /// Their ids.
        touchpoints: Vec<String>,
    },
    /// An outcome has a value and no touchpoint ends with it, so that the value counts nowhere.
    IdleValue {
        /// The outcome.
        outcome: String,
    },
    /// A warning that was read from a report document, which holds no more than its sentence.
    Reported {
        /// The sentence.
        sentence: String,
    },
    /// All transitions between phases lead back: journeys run from after to during to before.
    BackwardPhases {
        /// The touchpoints that they lead from.
        touchpoints: Vec<String>,
    },
}

/// How a sentence writes what other people chose.
pub(crate) struct Written<'a> {
    /// The id of a touchpoint, in quotation marks.
    pub(crate) place: &'a dyn Fn(&str) -> String,
    /// Another name in quotation marks.
    pub(crate) quoted: &'a dyn Fn(&str) -> String,
    /// A name as it stands.
    pub(crate) bare: &'a dyn Fn(&str) -> String,
}

impl Warning {
    /// The sentence, with a way to write what other people chose.
    #[expect(clippy::too_many_lines, reason = "an arm for each kind of warning")]
    pub(crate) fn sentence(&self, names: &Written<'_>) -> String {
        let list = |ids: &[String]| list_as(ids, names.place);
        let quoted = names.quoted;
        match self {
            Self::Reported { sentence } => (names.bare)(sentence),
            Self::Unreachable { touchpoints } => format!(
                "no journey can come to {}, so that it counts in no figure; draw a transition to it or give it `starts`",
                list(touchpoints)
            ),
            Self::NoEmotion { touchpoints } => format!(
                "nobody says what customers feel at {}; figures of feeling leave these touchpoints out",
                list(touchpoints)
            ),
            Self::SomeEmotion { touchpoints } => format!(
                "what customers feel is known for some visits only at {}; figures of feeling leave the others out",
                list(touchpoints)
            ),
            Self::NeverTested { promise, made_at } => format!(
                "promise {}, made at {}, is never tested: no touchpoint says whether it is kept",
                quoted(promise),
                list(made_at)
            ),
            Self::NeverMade { promise, tested_at } => format!(
                "promise {}, tested at {}, is never made: no touchpoint has it in `makes`",
                quoted(promise),
                list(tested_at)
            ),
            Self::SingleChannel { need, channel } => format!(
                "need {} is met in one channel only ({}); there is nothing to compare",
                quoted(need),
                (names.bare)(channel.as_str())
            ),
            Self::DeadEnd { touchpoints } => format!(
                "{} {} no way on and no ending, for some visits or for all; journeys that stop there count as `unstated`; add `ends` or a transition",
                list(touchpoints),
                if touchpoints.len() == 1 {
                    "has"
                } else {
                    "have"
                }
            ),
            Self::AssumedStarts { touchpoints } => format!(
                "no touchpoint states `starts`, so journeys begin equally often at each that no other one leads to: \
                 {}; if one of them is no beginning, a transition to it is missing",
                list(touchpoints)
            ),
            Self::SimilarNames {
                what,
                names: similar,
            } => format!(
                "{what} names {} differ only in capitals, blanks or characters without width and count as different ones",
                list_as(similar, quoted)
            ),
            Self::EditedAfterCounting { journeys } => format!(
                "the map was edited after {journeys} journeys were counted for it; their figures do not tell of it any more, and \
                 every answer is derived from the map; learn it again to have counted ones"
            ),
            Self::IdleWay { touchpoints } => format!(
                "{} {} a transition or ending with a `when` that never happens there: that result has no weight, so nobody goes that way",
                list(touchpoints),
                if touchpoints.len() == 1 {
                    "has"
                } else {
                    "have"
                }
            ),
            Self::NeverGiven { touchpoints } => format!(
                "{} {} a `given` that never holds: customers never come there with what it asks for",
                list(touchpoints),
                if touchpoints.len() == 1 {
                    "has"
                } else {
                    "have"
                }
            ),
            Self::IdleFact { facts } => format!(
                "customers remember {}, and no `given` asks for {}, so that no figure depends on it",
                list_as(facts, quoted),
                if facts.len() == 1 { "it" } else { "them" }
            ),
            Self::RepeatedEnding { touchpoints } => format!(
                "{} {} the same ending several times; its weights are added up",
                list(touchpoints),
                if touchpoints.len() == 1 {
                    "states"
                } else {
                    "state"
                }
            ),
            Self::IdleValue { outcome } => format!(
                "outcome {} has a value and no touchpoint ends with it, so that the value counts nowhere; is it spelled as in `ends`?",
                quoted(outcome)
            ),
            Self::BackwardPhases { touchpoints } => format!(
                "every transition between phases leads back to an earlier one (from {}); are `before`, `during` and `after` mixed up?",
                list(touchpoints)
            ),
            Self::NearOutcome { outcome, near } => format!(
                "outcome {outcome:?} is spelt nearly as {near:?}, and journeys that end so count as another ending; did you mean {near:?}?"
            ),
            Self::IdleEmotion { touchpoints } => format!(
                "{} {} an emotion for a promise result that {} visits never have",
                list(touchpoints),
                if touchpoints.len() == 1 {
                    "states"
                } else {
                    "state"
                },
                if touchpoints.len() == 1 {
                    "its"
                } else {
                    "their"
                }
            ),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marked = |name: &str| format!("{name:?}");
        f.write_str(&self.sentence(&Written {
            place: &marked,
            quoted: &marked,
            bare: &str::to_owned,
        }))
    }
}

/// Shown by its sentence.
#[cfg(feature = "serde")]
impl serde::Serialize for Warning {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read back as its sentence.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Warning {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sentence = <String as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self::Reported { sentence })
    }
}
