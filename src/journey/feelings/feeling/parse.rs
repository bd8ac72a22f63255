//! A feeling from its name, and the feeling that somebody probably meant.

use std::str::FromStr;

use thiserror::Error;

use super::Feeling;
use super::words::OTHER_WORDS;
use crate::journey::words::{DidYouMean, Quoted, fold, nearest};

/// Words of no more letters are suggested for as they are only, unless they are names.
const SHORT: usize = 5;

/// Case, white space, `_` and `-` do not count.
impl FromStr for Feeling {
    type Err = UnknownFeeling;

    fn from_str(name: &str) -> Result<Self, UnknownFeeling> {
        let letters = fold(name);
        Self::ALL
            .iter()
            .copied()
            .find(|feeling| feeling.is_spelt(&letters))
            .ok_or_else(|| UnknownFeeling {
                name: name.to_owned(),
                nearest: Self::nearest(name),
            })
    }
}

impl Feeling {
    fn is_spelt(self, letters: &[char]) -> bool {
        let name = self.as_str().chars().filter(|&letter| letter != '_');
        name.eq(letters.iter().copied()) || (self == Self::Okay && *letters == ['o', 'k'])
    }

    /// The feeling that an everyday word means, in whatever form.
    #[cfg(feature = "serde")]
    pub(crate) fn meant_by(word: &str) -> Option<Self> {
        let letters = fold(word);
        let mut words = OTHER_WORDS.iter();
        words.find_map(|(known, feeling)| (fold(known) == letters).then_some(*feeling))
    }

    fn nearest(name: &str) -> Option<Self> {
        let letters = fold(name);
        let names = Self::ALL.iter().map(|feeling| (feeling.as_str(), *feeling));
        // A short word that is spelt otherwise is mostly another word: hard is not heard.
        let others = OTHER_WORDS.iter().copied();
        let others = others.filter(|(word, _)| word.len() > SHORT || fold(word) == letters);
        let words = names
            .chain(others)
            .filter(|(word, _)| begins_alike(&letters, &fold(word)) && !denies(&letters, word));
        let found = nearest(name, words.clone().map(|(word, _)| word))?;
        words
            .into_iter()
            .find_map(|(word, feeling)| (word == found).then_some(feeling))
    }
}

/// Whether a word can be a slip or another form of a known one. People seldom get the first letter wrong, and another
/// word with it is mostly another word: heard is not fear, and late is not hate. It may be missing, doubled or swapped.
fn begins_alike(letters: &[char], known: &[char]) -> bool {
    match (letters, known) {
        ([a, ..], [b, ..]) if a == b => true,
        ([_, rest @ ..], known) if rest == known => true,
        (letters, [_, rest @ ..]) if rest == letters => true,
        ([a, b, rest @ ..], [c, d, known @ ..]) => a == d && b == c && rest == known,
        _ => false,
    }
}

/// Whether the letters seem to say the opposite of the word: "dis-" or "un-" before it, or that one of them is full of
/// what the other one is without. Comfort is near to uncomfortable only on paper, and powerful to powerlessness.
fn denies(letters: &[char], word: &str) -> bool {
    let negated = ["dis", "un"].into_iter().any(|no| {
        let beginning: Vec<char> = no.chars().chain(word.chars().take(3)).collect();
        letters.starts_with(&beginning)
    });
    let holds = |part: &str| {
        let part: Vec<char> = part.chars().collect();
        letters.windows(part.len()).any(|window| *window == part)
    };
    negated || holds("ful") && word.contains("less") || holds("less") && word.contains("ful")
}

/// A word that is not the name of a feeling in the table.
///
/// Adjectives are not names: what is written in a map should be what a report prints. They are
/// only suggested, as the names near a misspelt one are.
///
/// ```
/// use customer_journey::Feeling;
///
/// let refused = "angr".parse::<Feeling>().unwrap_err();
/// assert_eq!(refused.name, "angr");
/// assert_eq!(refused.nearest, Some(Feeling::Anger));
/// assert_eq!(refused.to_string(), r#""angr" is not a feeling known here; did you mean "anger"?"#);
///
/// let refused = "weltschmerz".parse::<Feeling>().unwrap_err();
/// assert_eq!(refused.to_string(), r#""weltschmerz" is not a feeling known here"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{} is not a feeling known here{}",
    Quoted(.name), DidYouMean(.nearest.map(Feeling::as_str))
)]
#[non_exhaustive]
pub struct UnknownFeeling {
    /// The word, as it was given.
    pub name: String,
    /// The feeling with the nearest name, if one is near.
    pub nearest: Option<Feeling>,
}

#[cfg(feature = "serde")]
mod document {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error, Visitor};
    use serde::ser::{Serialize, Serializer};

    use super::Feeling;

    impl Serialize for Feeling {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for Feeling {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Name)
        }
    }

    struct Name;

    impl Visitor<'_> for Name {
        type Value = Feeling;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a feeling")
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<Feeling, E> {
            name.parse().map_err(E::custom)
        }
    }
}
