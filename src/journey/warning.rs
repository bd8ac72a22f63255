//! Faults that only weaken the answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::channel::Channel;
use super::journey::Journey;
use super::outcome::Outcome;
use super::problem::list_as;
use super::touchpoint::Touchpoint;

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
    /// For some or all visits at these touchpoints the emotion is unknown; figures of feeling leave them out.
    NoEmotion {
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
    /// Names that differ only in capitals or blanks are taken as different ones.
    SimilarNames {
        /// What they name: `channel`, `outcome`, `need` or `promise`.
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
    /// An emotion for a promise result that visits at these touchpoints never have.
    IdleEmotion {
        /// Their ids.
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
    pub(crate) fn sentence(&self, names: &Written<'_>) -> String {
        let list = |ids: &[String]| list_as(ids, names.place);
        let quoted = names.quoted;
        match self {
            Self::Unreachable { touchpoints } => format!(
                "no journey can come to {}, so that it counts in no figure; draw a transition to it or give it `starts`",
                list(touchpoints)
            ),
            Self::NoEmotion { touchpoints } => format!(
                "the emotion is not known for all visits at {}; figures of feeling leave those visits out",
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
                "{what} names {} differ only in capitals or blanks and count as different ones",
                list_as(similar, quoted)
            ),
            Self::EditedAfterCounting { journeys } => format!(
                "the map was edited after {journeys} journeys were counted for it; their figures do not tell of it any more, and \
                 every answer is derived from the map; learn it again to have counted ones"
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

impl Journey {
    /// Everything in this journey that weakens the answer, the gravest kinds first. Takes O((n + m) log n).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let journey = Journey::builder("draft")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).makes("fresh bread"))
    ///     .build()?;
    /// let warnings: Vec<_> = journey.warnings().iter().map(ToString::to_string).collect();
    /// assert_eq!(warnings.len(), 3); // never tested, no emotion, no stated ending
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.counted().is_none()
            && let Some(counted) = self.stated_counts()
        {
            let journeys = counted.journeys;
            warnings.push(Warning::EditedAfterCounting { journeys });
        }
        let mut about = |touchpoints: Vec<String>, warning: fn(Vec<String>) -> Warning| {
            if !touchpoints.is_empty() {
                warnings.push(warning(touchpoints));
            }
        };
        let starts = self.start_nodes();
        if !starts.is_empty() {
            about(ids(self.unreachable()), |touchpoints| {
                Warning::Unreachable { touchpoints }
            });
        }
        if starts.len() > 1 && self.touchpoints().all(|t| t.starts.is_none()) {
            let assumed = starts.iter().map(|&(node, _)| &self.graph()[node]);
            about(ids(assumed), |touchpoints| Warning::AssumedStarts {
                touchpoints,
            });
        }
        let dead_ends = self
            .nodes()
            .filter(|&node| self.dead_ends(node).next().is_some());
        about(
            ids(dead_ends.map(|node| &self.graph()[node])),
            |touchpoints| Warning::DeadEnd { touchpoints },
        );
        about(
            ids(self.touchpoints().filter(|t| lacks_emotion(t))),
            |touchpoints| Warning::NoEmotion { touchpoints },
        );
        about(
            ids(self.touchpoints().filter(|t| has_idle_emotion(t))),
            |touchpoints| Warning::IdleEmotion { touchpoints },
        );
        warnings.extend(self.promise_warnings());
        warnings.extend(self.need_warnings());
        warnings.extend(self.name_warnings());
        warnings
    }

    fn promise_warnings(&self) -> Vec<Warning> {
        let (mut made, mut tested) = (
            BTreeMap::<&str, Vec<String>>::new(),
            BTreeMap::<&str, Vec<String>>::new(),
        );
        for touchpoint in self.touchpoints() {
            for promise in &touchpoint.makes {
                made.entry(promise).or_default().push(touchpoint.id.clone());
            }
            if let Some(promise) = &touchpoint.promise {
                tested
                    .entry(&promise.name)
                    .or_default()
                    .push(touchpoint.id.clone());
            }
        }
        let never_tested = made
            .iter()
            .filter(|(promise, _)| !tested.contains_key(*promise))
            .map(|(promise, made_at)| Warning::NeverTested {
                promise: (*promise).to_owned(),
                made_at: made_at.clone(),
            });
        let never_made = tested
            .iter()
            .filter(|(promise, _)| !made.contains_key(*promise))
            .map(|(promise, tested_at)| Warning::NeverMade {
                promise: (*promise).to_owned(),
                tested_at: tested_at.clone(),
            });
        never_tested.chain(never_made).collect()
    }

    fn need_warnings(&self) -> Vec<Warning> {
        let mut met = BTreeMap::<&str, Vec<&Touchpoint>>::new();
        for touchpoint in self.touchpoints() {
            if let Some(need) = &touchpoint.need {
                met.entry(need).or_default().push(touchpoint);
            }
        }
        let single = |(need, met): (&str, Vec<&Touchpoint>)| {
            let (first, others) = met.split_first()?;
            let channel = &first.channel;
            if others.iter().any(|other| other.channel != *channel) {
                return None;
            }
            let itself = first.id == need || first.label() == need;
            (!others.is_empty() || !itself).then(|| Warning::SingleChannel {
                need: need.to_owned(),
                channel: channel.as_str().to_owned(),
            })
        };
        met.into_iter().filter_map(single).collect()
    }

    fn name_warnings(&self) -> Vec<Warning> {
        let mut spellings = BTreeMap::<(&'static str, String), BTreeSet<&str>>::new();
        let mut note = |what, name| {
            let key = (what, str::trim(name).to_lowercase());
            spellings.entry(key).or_default().insert(name);
        };
        for touchpoint in self.touchpoints() {
            note("channel", touchpoint.channel.as_str());
            for ending in &touchpoint.ends {
                note("outcome", ending.outcome.as_str());
            }
            if let Some(need) = &touchpoint.need {
                note("need", need);
            }
            let tested = touchpoint.promise.iter().map(|promise| &promise.name);
            for promise in tested.chain(&touchpoint.makes) {
                note("promise", promise);
            }
        }
        let known = Channel::KNOWN
            .iter()
            .map(|known| ("channel", known.as_str()));
        let known = known.chain(
            Outcome::KNOWN
                .iter()
                .map(|known| ("outcome", known.as_str())),
        );
        for (what, name) in known {
            // A known word takes part where the map has another spelling of it.
            if let Some(names) = spellings.get_mut(&(what, name.to_owned())) {
                names.insert(name);
            }
        }
        spellings
            .into_iter()
            .filter(|(_, names)| names.len() > 1)
            .map(|((what, _), names)| Warning::SimilarNames {
                what,
                names: names.into_iter().map(str::to_owned).collect(),
            })
            .collect()
    }
}

fn ids<'a>(touchpoints: impl Iterator<Item = &'a Touchpoint>) -> Vec<String> {
    touchpoints
        .map(|touchpoint| touchpoint.id.clone())
        .collect()
}

fn lacks_emotion(touchpoint: &Touchpoint) -> bool {
    touchpoint.results().any(|(result, _)| {
        touchpoint
            .emotion_after(result)
            .is_none_or(|felt| felt.coverage() < 1.0)
    })
}

fn has_idle_emotion(touchpoint: &Touchpoint) -> bool {
    use super::promise::PromiseResult::{Broken, Unknown};
    let never = |wanted| {
        touchpoint
            .results()
            .all(|(result, _)| result != Some(wanted))
    };
    (touchpoint.emotion_when_broken.is_some() && never(Broken))
        || (touchpoint.emotion_when_unknown.is_some() && never(Unknown))
}
