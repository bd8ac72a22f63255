//! One small language for what people ask of journeys: its text, its meaning on moments, and the automaton that answers.

mod automaton;
mod check;
mod error;
mod known;
mod lex;
mod named;
mod parse;
mod place;
mod print;
mod resolve;
mod syntax;
mod walk;

use std::str::FromStr;

pub(crate) use automaton::{Automaton, Budget, Landing, Subsets};
pub(crate) use check::Seen;
pub use error::{PatternError, PatternProblem};
pub use known::Tested;
pub(crate) use known::{Asks, Told};
pub(crate) use place::Place;
pub(crate) use resolve::Resolved;
use syntax::{Chain, Name};
pub(crate) use walk::{Reader, Standing};

/// A question about journeys: what must follow what.
///
/// ```text
/// payment => *{feels < 0}                        somebody pays and later feels bad
/// notice{promise = broken} =[not call]=> end     the promise is broken and nobody calls until the end
/// start -> (web | app) => end(churn)             who begins online and leaves for good
/// ```
///
/// `->` is the very next moment, `=>` some later one, `=[not M]=>` some later one with no M strictly between. The
/// [page about patterns](crate::docs::patterns) has the whole language. `Display` writes a text that reads back as the
/// same pattern; with serde a pattern is its text.
///
/// ```
/// use customer_journey::Pattern;
///
/// let pattern: Pattern = "a=>(b|c){feels<-0.25}->end( churn )".parse()?;
/// assert_eq!(pattern.to_string(), "a => (b | c){feels < -0.25} -> end(churn)");
/// assert_eq!(pattern.to_string().parse::<Pattern>()?, pattern);
/// # Ok::<(), customer_journey::pattern::PatternError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pattern {
    pub(crate) chains: Vec<Chain>,
    /// As it was written, for messages that point.
    text: String,
}

/// Equal are patterns that are written alike but for blanks and quotes.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.chains == other.chains
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    /// Reads a pattern.
    ///
    /// # Errors
    /// Every problem of the text with its place.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pattern = Self {
            chains: parse::parse(text)?,
            text: text.to_owned(),
        };
        parse::printable(text, &pattern.to_string())?;
        Ok(pattern)
    }
}

impl Pattern {
    /// Whether it tests how long something took, which is known of journeys that happened and not of maps.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        let steps = self.chains.iter().flat_map(|chain| &chain.items);
        let mut steps = steps.filter_map(|item| match item {
            syntax::Item::Step(step) => Some(step),
            _ => None,
        });
        steps.any(syntax::Step::is_timed)
    }

    /// The keys of all tests of words: properties of touchpoints, or facts that customers remember.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let steps = self.chains.iter().flat_map(|chain| {
            let items = chain.items.iter().filter_map(|item| match item {
                syntax::Item::Step(step) => Some(step),
                _ => None,
            });
            let denied = chain.arrows.iter().filter_map(|arrow| match arrow {
                syntax::Arrow::Without(step) => Some(step),
                _ => None,
            });
            items.chain(denied)
        });
        steps.flat_map(syntax::Step::keys).collect()
    }

    /// Whether no journey can match it twice without overlap.
    pub(crate) fn chains_match_once(&self) -> bool {
        let ends = |chain: &Chain| matches!(chain.items.last(), Some(syntax::Item::End(_)));
        match self.chains.as_slice() {
            [only] => only.is_tied() || ends(only),
            chains => chains.iter().all(ends),
        }
    }

    /// The first step of each chain alone, tied where it must be the very first moment; none where a chain has no step,
    /// as every journey begins it.
    pub(crate) fn first_steps(&self) -> Option<Self> {
        self.chains
            .iter()
            .map(Chain::first_step)
            .collect::<Option<Vec<_>>>()
            .map(|chains| self.with(chains))
    }

    /// The pattern without its ending, and the outcomes that the ending names; none where chains name different ones.
    pub(crate) fn before_ending(&self) -> Option<(Self, Vec<&str>)> {
        let parts: Option<Vec<_>> = self.chains.iter().map(Chain::before_ending).collect();
        let parts = parts?;
        let outcomes = |names: &[Name]| {
            let mut words: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let (_, first) = parts.first()?;
        let named = outcomes(first);
        if parts.iter().any(|(_, names)| outcomes(names) != named) {
            return None;
        }
        let names = first.iter().map(|name| name.text.as_str()).collect();
        let chains = parts.into_iter().map(|(chain, _)| chain).collect();
        Some((self.with(chains), names))
    }

    fn with(&self, chains: Vec<Chain>) -> Self {
        Self {
            chains,
            text: self.text.clone(),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Pattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text =
            <std::borrow::Cow<'de, str> as serde::Deserialize<'de>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
