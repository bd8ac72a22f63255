//! Facts that customers remember, and what depends on them, as a document says it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::write::{EmotionForm, Plain, PromiseObject};
use crate::journey::facts::{
    EmotionGiven, Fact, FactKind, FeltLevel, Given, PromiseGiven, StartGiven, StartOf,
};
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;

/// A fact as the list `remembers` has it.
impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("fact", &self.name)?;
        match &self.kind {
            FactKind::First { promise } => {
                map.serialize_entry("first", &One("promise", promise))?;
            }
            FactKind::Start(start) => map.serialize_entry("start", &StartForm(start))?,
            FactKind::Visited { touchpoint } => map.serialize_entry("visited", touchpoint)?,
            FactKind::Times { touchpoint } => map.serialize_entry("times", touchpoint)?,
            FactKind::Felt { touchpoint, level } => {
                map.serialize_entry("felt", &FeltForm(touchpoint.as_deref(), *level))?;
            }
            FactKind::Lowest { levels } => map.serialize_entry("lowest", &plain(levels))?,
            FactKind::Highest { levels } => map.serialize_entry("highest", &plain(levels))?,
            FactKind::Broken => map.serialize_entry("broken", &true)?,
            FactKind::Moments { from } => map.serialize_entry("moments", from)?,
            FactKind::Mood => map.serialize_entry("mood", &true)?,
        }
        map.end()
    }
}

fn plain(numbers: &[f64]) -> Vec<Plain> {
    numbers.iter().copied().map(Plain).collect()
}

/// An object with a single key.
struct One<'a, T>(&'a str, T);

impl<T: Serialize> Serialize for One<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, &self.1)?;
        map.end()
    }
}

struct StartForm<'a>(&'a StartOf);

impl Serialize for StartForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            StartOf::Channel(named) if named.is_empty() => serializer.serialize_str("channel"),
            StartOf::Touchpoint(named) if named.is_empty() => {
                serializer.serialize_str("touchpoint")
            }
            StartOf::Segment(named) => One("segment", named).serialize(serializer),
            StartOf::Channel(named) => One("channel", named).serialize(serializer),
            StartOf::Touchpoint(named) => One("touchpoint", named).serialize(serializer),
            StartOf::Shares(groups) => One("of", GroupsForm(groups)).serialize(serializer),
        }
    }
}

struct GroupsForm<'a>(&'a [(String, f64)]);

impl Serialize for GroupsForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.0.iter();
        serializer.collect_map(groups.map(|(group, weight)| (group, Plain(*weight))))
    }
}

struct FeltForm<'a>(Option<&'a str>, FeltLevel);

impl Serialize for FeltForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(touchpoint) = self.0 {
            map.serialize_entry("touchpoint", touchpoint)?;
        }
        match self.1 {
            FeltLevel::AtMost(level) => map.serialize_entry("at_most", &Plain(level))?,
            FeltLevel::AtLeast(level) => map.serialize_entry("at_least", &Plain(level))?,
        }
        map.end()
    }
}

/// An object of facts with their values.
impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.facts().map(|(fact, values)| {
            let mut values: Vec<Word<'_>> = values.map(Word).collect();
            match values.len() {
                1 => (fact, Words::One(values.remove(0))),
                _ => (fact, Words::Several(values)),
            }
        }))
    }
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Words<'a> {
    One(Word<'a>),
    Several(Vec<Word<'a>>),
}

struct Word<'a>(&'a str);

impl Serialize for Word<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            "yes" => serializer.serialize_bool(true),
            "no" => serializer.serialize_bool(false),
            word => serializer.serialize_str(word),
        }
    }
}

/// Where journeys begin: one weight, or one for each group of customers.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum StartsForm<'a> {
    One(Plain),
    Groups(Vec<StartObject<'a>>),
}

impl<'a> StartsForm<'a> {
    pub(super) fn of(touchpoint: &'a Touchpoint) -> Option<Self> {
        if touchpoint.starts_given.is_empty() {
            return touchpoint.starts.map(Plain).map(Self::One);
        }
        let groups = touchpoint.starts_given.iter();
        Some(Self::Groups(groups.map(StartObject::from).collect()))
    }
}

#[derive(serde::Serialize)]
pub(super) struct StartObject<'a> {
    weight: Plain,
    #[serde(skip_serializing_if = "Given::is_empty")]
    given: &'a Given,
}

impl<'a> From<&'a StartGiven> for StartObject<'a> {
    fn from(start: &'a StartGiven) -> Self {
        Self {
            weight: Plain(start.weight),
            given: &start.given,
        }
    }
}

#[derive(serde::Serialize)]
pub(super) struct EmotionGivenObject<'a> {
    given: &'a Given,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<PromiseResult>,
    emotion: EmotionForm<'a>,
}

impl<'a> From<&'a EmotionGiven> for EmotionGivenObject<'a> {
    fn from(felt: &'a EmotionGiven) -> Self {
        Self {
            given: &felt.given,
            when: felt.when,
            emotion: EmotionForm(&felt.emotion),
        }
    }
}

#[derive(serde::Serialize)]
pub(super) struct PromiseGivenObject<'a> {
    given: &'a Given,
    promise: PromiseObject<'a>,
}

impl<'a> From<&'a PromiseGiven> for PromiseGivenObject<'a> {
    fn from(fares: &'a PromiseGiven) -> Self {
        Self {
            given: &fares.given,
            promise: PromiseObject::from(&fares.promise),
        }
    }
}
