//! A feeling from its name, and the feeling that somebody probably meant.

use std::str::FromStr;

use thiserror::Error;

use super::Feeling;
use crate::journey::nearest::{DidYouMean, Quoted, fold, nearest};

/// Words that are no name here, and the name to suggest for each.
///
/// Forms that share their beginning with the name ("happy") are found without this list, unless
/// they are often misspelt.
const OTHER_WORDS: &[(&str, Feeling)] = &[
    ("afraid", Feeling::Fear),
    ("angry", Feeling::Anger),
    ("annoyed", Feeling::Annoyance),
    ("anxious", Feeling::Anxiety),
    ("appreciated", Feeling::Valued),
    ("comfortable", Feeling::Comfort),
    ("confused", Feeling::Confusion),
    ("content", Feeling::Contentment),
    ("curious", Feeling::Curiosity),
    ("disappointed", Feeling::Disappointment),
    ("dissatisfied", Feeling::Dissatisfaction),
    ("eager", Feeling::Anticipation),
    ("embarrassed", Feeling::Embarrassment),
    ("enraged", Feeling::Outrage),
    ("envious", Feeling::Envy),
    ("excited", Feeling::Excitement),
    ("exhausted", Feeling::Fatigue),
    ("exploratory", Feeling::Curiosity),
    ("frustrated", Feeling::Frustration),
    ("furious", Feeling::Outrage),
    ("glad", Feeling::Happiness),
    ("grateful", Feeling::Gratitude),
    ("helped", Feeling::Gratitude),
    ("helpful", Feeling::Gratitude),
    ("horrified", Feeling::Horror),
    ("ignored", Feeling::Neglected),
    ("impatience", Feeling::Hurried),
    ("impatient", Feeling::Hurried),
    ("impressed", Feeling::Admiration),
    ("irritated", Feeling::Irritation),
    ("jealous", Feeling::Envy),
    ("jealousy", Feeling::Envy),
    ("pleased", Feeling::Pleasure),
    ("proud", Feeling::Pride),
    ("reassured", Feeling::Relief),
    ("relaxed", Feeling::Calmness),
    ("relieved", Feeling::Relief),
    ("rushed", Feeling::Hurried),
    ("satisfied", Feeling::Satisfaction),
    ("scared", Feeling::Fear),
    ("skeptical", Feeling::Doubt),
    ("suspicion", Feeling::Distrust),
    ("suspicious", Feeling::Distrust),
    ("terrified", Feeling::Horror),
    ("thankful", Feeling::Gratitude),
    ("thrilled", Feeling::Excitement),
    ("tired", Feeling::Fatigue),
    ("unsatisfied", Feeling::Dissatisfaction),
    ("upset", Feeling::Unhappiness),
    ("worried", Feeling::Worry),
];

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
        name.eq(letters.iter().copied())
    }

    fn nearest(name: &str) -> Option<Self> {
        let letters = fold(name);
        let names = Self::ALL.iter().map(|feeling| (feeling.as_str(), *feeling));
        let words = names
            .chain(OTHER_WORDS.iter().copied())
            .filter(|(word, _)| !denies(&letters, word));
        let found = nearest(name, words.clone().map(|(word, _)| word))?;
        words
            .into_iter()
            .find_map(|(word, feeling)| (word == found).then_some(feeling))
    }
}

/// Whether the letters seem to say "dis-" or "un-" and then the word: comfort is near to
/// discomfort only on paper.
fn denies(letters: &[char], word: &str) -> bool {
    ["dis", "un"].into_iter().any(|no| {
        let beginning: Vec<char> = no.chars().chain(word.chars().take(3)).collect();
        letters.starts_with(&beginning)
    })
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
