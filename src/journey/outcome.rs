use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use super::facts::Given;
use super::promise::PromiseResult;

/// How a journey ends, seen from the relation: advocacy, loyalty, churn, or any word of your own.
///
/// The order is alphabetical by name.
///
/// ```
/// use customer_journey::Outcome;
/// assert_eq!(Outcome::from("churn"), Outcome::Churn);
/// assert_eq!(Outcome::from("buys again").as_str(), "buys again");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Outcome {
    /// The customer recommends.
    Advocacy,
    /// The customer stays.
    Loyalty,
    /// The customer leaves.
    Churn,
    /// The journey ends and the map does not say how.
    Unstated,
    /// Any other ending, by its name.
    Other(Cow<'static, str>),
}

impl Outcome {
    /// The outcomes that have a name of their own.
    pub const KNOWN: &'static [Self] =
        &[Self::Advocacy, Self::Loyalty, Self::Churn, Self::Unstated];

    /// The outcome's name as documents write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Advocacy => "advocacy",
            Self::Loyalty => "loyalty",
            Self::Churn => "churn",
            Self::Unstated => "unstated",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Outcome {
    fn from(name: &str) -> Self {
        match name {
            "advocacy" => Self::Advocacy,
            "loyalty" => Self::Loyalty,
            "churn" => Self::Churn,
            "unstated" => Self::Unstated,
            other => Self::Other(Cow::Owned(other.to_owned())),
        }
    }
}

impl From<String> for Outcome {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(_), _) | (_, Self::Other(_)) => self.as_str() == other.as_str(),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for Outcome {}

impl PartialOrd for Outcome {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Outcome {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Outcome {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Outcome {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
    }
}

/// A way out of the journey at a touchpoint: with which outcome, how often, and after which promise result.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ending {
    /// How the journey ends.
    pub outcome: Outcome,
    /// How many journeys end so, in proportion to the other ways from here; finite and at least 0.
    pub weight: f64,
    /// The promise result after which this ending is open; always open if `None`.
    pub when: Option<PromiseResult>,
    /// What customers must remember for this ending to be open; always open if empty.
    pub given: Given,
}

impl Ending {
    /// An ending that is always open.
    #[must_use]
    pub fn new(outcome: impl Into<Outcome>, weight: f64) -> Self {
        Self {
            outcome: outcome.into(),
            weight,
            when: None,
            given: Given::default(),
        }
    }

    /// Opens the ending only after this result of the touchpoint's promise.
    #[must_use]
    pub fn when(mut self, result: PromiseResult) -> Self {
        self.when = Some(result);
        self
    }

    /// Opens the ending only to customers who remember something, on leaving the touchpoint.
    #[must_use]
    pub fn given(mut self, given: Given) -> Self {
        self.given = given;
        self
    }
}
