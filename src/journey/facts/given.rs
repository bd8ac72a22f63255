use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::journey::feelings::Emotion;
use crate::journey::promise::{Promise, PromiseResult};

/// What customers must remember for something to hold: of each named fact one of some values, and all of it at once.
/// Empty, it always holds.
///
/// ```
/// use customer_journey::facts::Given;
/// let late = Given::is("delivery", "broken").and("complained", false);
/// assert_eq!(late.to_string(), "complained is no and delivery is broken");
/// let calm = Given::is("delivery", ["none", "kept"]);
/// assert_eq!(calm.to_string(), "delivery is kept or none");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Given {
    // Boxed, so that the ways of maps without facts stay small.
    conditions: Option<Box<Conditions>>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Conditions(BTreeMap<String, BTreeSet<String>>);

/// Values of a fact, of which one must hold: a word, `true` or `false` for "yes" and "no", or several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactValues(BTreeSet<String>);

impl Given {
    /// A fact has this value, or one of these.
    #[must_use]
    pub fn is(fact: impl Into<String>, values: impl Into<FactValues>) -> Self {
        Self::default().and(fact, values)
    }

    /// And another fact has this value, or one of these. Of the same fact, both must hold.
    #[must_use]
    pub fn and(mut self, fact: impl Into<String>, values: impl Into<FactValues>) -> Self {
        let FactValues(values) = values.into();
        let Conditions(conditions) = &mut **self.conditions.get_or_insert_default();
        match conditions.entry(fact.into()) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(values);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                entry.get_mut().retain(|value| values.contains(value));
            }
        }
        self
    }

    /// The same without what it says of a fact.
    pub(crate) fn without(&self, fact: &str) -> Self {
        let Some(conditions) = &self.conditions else {
            return Self::default();
        };
        let mut conditions = conditions.clone();
        conditions.0.remove(fact);
        Self {
            conditions: (!conditions.0.is_empty()).then_some(conditions),
        }
    }

    /// Whether it always holds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conditions.is_none()
    }

    /// The facts in the order of their names, each with the values of which one must hold, in order.
    pub fn facts(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str> + Clone)> {
        let conditions = self.conditions.iter().flat_map(|held| &held.0);
        conditions.map(|(fact, values)| (fact.as_str(), values.iter().map(String::as_str)))
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (fact, values)) in self.facts().enumerate() {
            let values: Vec<&str> = values.collect();
            let and = if number > 0 { " and " } else { "" };
            write!(f, "{and}{fact} is {}", values.join(" or "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.facts();
        let facts: BTreeMap<&str, Vec<&str>> = facts
            .map(|(fact, values)| (fact, values.collect()))
            .collect();
        fmt::Debug::fmt(&facts, f)
    }
}

impl From<&str> for FactValues {
    fn from(value: &str) -> Self {
        Self(BTreeSet::from([value.to_owned()]))
    }
}

impl From<String> for FactValues {
    fn from(value: String) -> Self {
        Self(BTreeSet::from([value]))
    }
}

impl From<PromiseResult> for FactValues {
    fn from(result: PromiseResult) -> Self {
        result.as_str().into()
    }
}

/// "yes" or "no".
impl From<bool> for FactValues {
    fn from(value: bool) -> Self {
        super::yes_no(value).into()
    }
}

impl<S: Into<String>, const N: usize> From<[S; N]> for FactValues {
    fn from(values: [S; N]) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl<S: Into<String>> From<Vec<S>> for FactValues {
    fn from(values: Vec<S>) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

/// What customers feel at a touchpoint who remember something.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EmotionGiven {
    /// What they remember on arriving.
    pub given: Given,
    /// After which result of the promise that is tested there; after any if `None`.
    pub when: Option<PromiseResult>,
    /// What they feel.
    pub emotion: Emotion,
}

impl EmotionGiven {
    /// After whatever result.
    #[must_use]
    pub fn new(given: Given, emotion: impl Into<Emotion>) -> Self {
        Self {
            given,
            when: None,
            emotion: emotion.into(),
        }
    }

    /// Only after this result of the touchpoint's promise.
    #[must_use]
    pub fn when(mut self, result: PromiseResult) -> Self {
        self.when = Some(result);
        self
    }
}

/// How a promise fares with customers who remember something.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PromiseGiven {
    /// What they remember on arriving.
    pub given: Given,
    /// The same promise with the weights of their visits by result.
    pub promise: Promise,
}

impl PromiseGiven {
    /// The promise has the name of that which the touchpoint tests.
    #[must_use]
    pub fn new(given: Given, promise: Promise) -> Self {
        Self { given, promise }
    }
}

/// How many journeys of some customers begin at a touchpoint.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StartGiven {
    /// Which customers these are, by the facts that are [shares of journeys](super::StartOf::Shares).
    pub given: Given,
    /// How many of their journeys begin here, in proportion to the other places where they begin.
    pub weight: f64,
}

impl StartGiven {
    /// A weight, finite and at least 0.
    #[must_use]
    pub fn new(given: Given, weight: f64) -> Self {
        Self { given, weight }
    }
}
