//! Closed vocabularies: enums whose members are single words of the document.

/// Declares an enum of words with `ALL`, `as_str`, `Display`, `FromStr` and serde in one place, so that the list
/// of words cannot drift between them.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident as $what:literal {
            $( $(#[$vmeta:meta])* $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
        }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The word that documents use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }

            /// The word found where this vocabulary is expected, as a fault of a map.
            pub(crate) const WHAT: &'static str = $what;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::journey::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|known| known.as_str() == word)
                    .ok_or_else(|| $crate::journey::UnknownWord::new(
                        Self::WHAT,
                        word,
                        Self::ALL.iter().map(|known| known.as_str()),
                    ))
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;

use super::nearest::{DidYouMean, Quoted};

/// A word that is not in the vocabulary of its place, such as a phase called `midway`.
///
/// ```
/// use customer_journey::Phase;
///
/// let error = "durring".parse::<Phase>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     r#""durring" is not a phase; did you mean "during"? (known: before, during, after)"#,
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownWord {
    /// What was expected, for example `phase`.
    pub what: &'static str,
    /// The word that was found.
    pub word: String,
    /// The known word that is nearest in spelling, if one is near.
    pub nearest: Option<String>,
    /// All known words.
    pub known: Vec<&'static str>,
}

impl UnknownWord {
    pub(crate) fn new(
        what: &'static str,
        word: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        Self {
            what,
            word: word.to_owned(),
            nearest: super::nearest::nearest(word, known.iter().copied()).map(str::to_owned),
            known,
        }
    }
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let article = if self.what.starts_with(['a', 'e', 'i', 'o', 'u']) {
            "an"
        } else {
            "a"
        };
        write!(
            f,
            "{} is not {article} {}{} (known: {})",
            Quoted(&self.word),
            self.what,
            DidYouMean(self.nearest.as_deref()),
            self.known.join(", ")
        )
    }
}

impl std::error::Error for UnknownWord {}
