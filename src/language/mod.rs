//! Words of feelings, phases, channels, headings and pictures in several languages.
//!
//! The library speaks English. Pictures, the short answer on a page and spreadsheets speak English, norsk and svenska, and any other
//! [`Language`] that a caller brings. The rest of a report stays English.

mod english;
mod figures;
mod norwegian;
mod norwegian_answer;
mod norwegian_map;
mod norwegian_phrases;
mod swedish;
mod swedish_answer;
mod swedish_map;
mod swedish_phrases;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::journey::{Feeling, Phase, fold};

type Text = Cow<'static, str>;

/// What pictures and spreadsheets say, in one language: plain data, which a caller can change or bring.
///
/// ```
/// use customer_journey::Feeling;
/// use customer_journey::language::Language;
///
/// let norsk = Language::norwegian();
/// assert_eq!(norsk.feeling(Feeling::Frustration), "frustrasjon");
/// assert_eq!(norsk.feeling_named("lettet"), Some(Feeling::Relief));
///
/// let mut deutsch = Language::new("de", "Deutsch");
/// deutsch.feelings.insert(Feeling::Anger, "Wut".into());
/// deutsch.words.insert("phase.before".into(), vec!["vorher".into(), "davor".into()]);
/// assert_eq!(deutsch.word("phase.before"), "vorher");
/// // What it does not have is said in English.
/// assert_eq!(deutsch.word("phase.after"), "after");
/// assert_eq!(deutsch.feeling(Feeling::Joy), "joy");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Language {
    /// The tag of BCP 47, such as `nb`, for browsers and screen readers.
    pub tag: Text,
    /// What the language calls itself.
    pub name: Text,
    /// Whether numbers have a decimal comma. Tables then part their cells with semicolons.
    pub decimal_comma: bool,
    /// The word for each feeling.
    pub feelings: BTreeMap<Feeling, Text>,
    /// Further words that people type for feelings, adjectives most of all, in small letters.
    pub other_feelings: BTreeMap<Text, Feeling>,
    /// What is said for each key: the word that is written first, then others that are read as well. A key is a namespace and the
    /// English word (`phase.before`, `channel.email`, `column.owner`), or an English phrase of a picture or of the short answer, with
    /// `{}` where a figure or a name stands. [`Language::norwegian`] has all keys.
    pub words: BTreeMap<Text, Vec<Text>>,
}

impl Language {
    /// A language of which only the name is known; the rest is English until it is filled in.
    #[must_use]
    pub fn new(tag: impl Into<Text>, name: impl Into<Text>) -> Self {
        Self {
            tag: tag.into(),
            name: name.into(),
            decimal_comma: false,
            feelings: BTreeMap::new(),
            other_feelings: BTreeMap::new(),
            words: BTreeMap::new(),
        }
    }

    fn made_of(
        mut self,
        feelings: &[(Feeling, &'static str, &[&'static str])],
        words: &[(&'static str, &[&'static str])],
        phrases: &[&[(&'static str, &'static str)]],
    ) -> Self {
        for (feeling, word, others) in feelings {
            self.feelings.insert(*feeling, Cow::Borrowed(word));
            for other in *others {
                self.other_feelings.insert(Cow::Borrowed(other), *feeling);
            }
        }
        for (key, said) in words {
            let said = said.iter().map(|word| Cow::Borrowed(*word)).collect();
            self.words.insert(Cow::Borrowed(key), said);
        }
        for (key, said) in phrases.iter().copied().flatten() {
            self.words
                .insert(Cow::Borrowed(key), vec![Cow::Borrowed(said)]);
        }
        self
    }

    /// English, with a decimal point and commas between cells.
    #[must_use]
    pub fn english() -> Self {
        Self::new("en", "English").made_of(&[], english::WORDS, &[])
    }

    /// Norsk (bokmål), with a decimal comma and semicolons between cells.
    #[must_use]
    pub fn norwegian() -> Self {
        Self {
            decimal_comma: true,
            ..Self::new("nb", "norsk")
        }
        .made_of(
            norwegian::FEELINGS,
            norwegian::WORDS,
            &[
                norwegian_phrases::PHRASES,
                norwegian_answer::PHRASES,
                norwegian_map::PHRASES,
            ],
        )
    }

    /// Svenska, with a decimal comma and semicolons between cells.
    #[must_use]
    pub fn swedish() -> Self {
        Self {
            decimal_comma: true,
            ..Self::new("sv", "svenska")
        }
        .made_of(
            swedish::FEELINGS,
            swedish::WORDS,
            &[
                swedish_phrases::PHRASES,
                swedish_answer::PHRASES,
                swedish_map::PHRASES,
            ],
        )
    }

    /// The languages that the library speaks: English, norsk, svenska.
    #[must_use]
    pub fn all() -> Vec<Self> {
        vec![Self::english(), Self::norwegian(), Self::swedish()]
    }

    /// A language by its tag or name: `en`, `english`, `nb`, `no`, `norsk`, `bokmål`, `sv`, `svenska` and the like.
    ///
    /// ```
    /// use customer_journey::language::Language;
    /// assert_eq!(Language::named("no").map(|language| language.tag), Some("nb".into()));
    /// assert_eq!(Language::named("klingon"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().as_str() {
            "en" | "en-gb" | "en-us" | "english" | "engelsk" | "engelska" => Some(Self::english()),
            "no" | "nb" | "nb-no" | "no-no" | "norsk" | "bokmål" | "norwegian" | "norska" => {
                Some(Self::norwegian())
            }
            "sv" | "se" | "sv-se" | "svenska" | "swedish" | "svensk" => Some(Self::swedish()),
            _ => None,
        }
    }

    /// What is said for a key: the word of this language, or the English one.
    #[must_use]
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        let said = self.words.get(key).and_then(|words| words.first());
        said.map_or_else(|| in_english(key), AsRef::as_ref)
    }

    /// The word for a phase.
    pub(crate) fn phase(&self, phase: Phase) -> &str {
        self.word(match phase {
            Phase::Before => "phase.before",
            Phase::During => "phase.during",
            Phase::After => "phase.after",
        })
    }

    /// The same as [`Language::word`] with something put into each `{}`, in their order.
    ///
    /// ```
    /// use customer_journey::language::Language;
    /// let english = Language::english();
    /// assert_eq!(english.say("{} of 100 journeys", &["12"]), "12 of 100 journeys");
    /// ```
    #[must_use]
    pub fn say(&self, key: &str, parts: &[&str]) -> String {
        let mut said = String::new();
        let mut parts = parts.iter();
        for (number, text) in self.word(key).split("{}").enumerate() {
            if number > 0 {
                said.push_str(parts.next().copied().unwrap_or_default());
            }
            said.push_str(text);
        }
        said
    }

    /// The word for a feeling.
    #[must_use]
    pub fn feeling(&self, feeling: Feeling) -> Cow<'_, str> {
        match self.feelings.get(&feeling) {
            Some(word) => Cow::Borrowed(word),
            None => Cow::Owned(feeling.to_string()),
        }
    }

    /// The feeling that a word of this language names, whatever its capitals, blanks and hyphens.
    #[must_use]
    pub fn feeling_named(&self, word: &str) -> Option<Feeling> {
        let letters = fold(word);
        let named = self.feelings.iter();
        named
            .map(|(feeling, known)| (known, *feeling))
            .chain(
                self.other_feelings
                    .iter()
                    .map(|(known, feeling)| (known, *feeling)),
            )
            .find_map(|(known, feeling)| (fold(known) == letters).then_some(feeling))
    }

    /// All words for feelings that it reads.
    #[cfg(feature = "serde")]
    pub(crate) fn words_of_feelings(&self) -> impl Iterator<Item = &str> {
        let others = self.other_feelings.keys();
        self.feelings.values().chain(others).map(AsRef::as_ref)
    }

    /// The words that it reads for a key, the written one first; the English one where it has none.
    #[cfg(feature = "serde")]
    pub(crate) fn words_for<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let known = self.words.get(key).map_or(&[][..], Vec::as_slice);
        let fallback = known.is_empty().then(|| in_english(key));
        known.iter().map(AsRef::as_ref).chain(fallback)
    }
}

/// English is what is said where nothing else is known.
impl Default for Language {
    fn default() -> Self {
        Self::english()
    }
}

/// The English word of a key: what follows its namespace, or the phrase that it is.
fn in_english(key: &str) -> &str {
    let known = english::WORDS.iter().find(|(known, _)| *known == key);
    if let Some(word) = known.and_then(|(_, words)| words.first()) {
        return word;
    }
    match key.split_once('.') {
        Some((namespace, word)) if NAMESPACES.contains(&namespace) => word,
        _ => key,
    }
}

/// The namespaces of keys that are no phrase.
const NAMESPACES: [&str; 12] = [
    "id", "phase", "channel", "outcome", "ability", "evidence", "kind", "result", "unit", "word",
    "column", "row",
];
