//! The words of a cell in the language of its sheet, and in English.

use super::error::SpreadsheetProblem;
use super::written::number::{self, Marks, NotANumber};
use crate::journey::{Channel, Feeling, Outcome, PromiseResult, fold, nearest};
use crate::language::Language;

/// The language of a sheet, and how its numbers are written.
#[derive(Clone, Copy)]
pub(super) struct Spoken<'a> {
    pub(super) language: &'a Language,
    pub(super) english: &'a Language,
    pub(super) marks: Marks,
}

/// The seconds of each unit, the longest first.
pub(super) const UNITS: [(&str, f64); 5] = [
    ("unit.week", 604_800.0),
    ("unit.day", 86_400.0),
    ("unit.hour", 3_600.0),
    ("unit.minute", 60.0),
    ("unit.second", 1.0),
];

impl<'a> Spoken<'a> {
    fn languages(self) -> [&'a Language; 2] {
        [self.language, self.english]
    }

    /// Whether a word is one of those for a key.
    pub(super) fn is(self, key: &str, word: &str) -> bool {
        let letters = fold(word);
        self.languages()
            .iter()
            .any(|language| language.words_for(key).any(|known| fold(known) == letters))
    }

    /// The member of a vocabulary that a word names: in the language of the sheet, else in English.
    fn member(self, namespace: &str, members: &[&'static str], word: &str) -> Option<&'static str> {
        let letters = fold(word);
        self.languages().iter().find_map(|language| {
            members.iter().copied().find(|member| {
                let key = format!("{namespace}.{member}");
                language.words_for(&key).any(|known| fold(known) == letters)
                    || fold(member) == letters
            })
        })
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<W: std::str::FromStr>(
        self,
        namespace: &str,
        members: &[&'static str],
        word: &str,
    ) -> Result<W, SpreadsheetProblem> {
        let member = self.member(namespace, members, word);
        member
            .and_then(|member| member.parse().ok())
            .ok_or_else(|| {
                let key = |member: &&str| {
                    self.language
                        .word(&format!("{namespace}.{member}"))
                        .to_owned()
                };
                let known: Vec<String> = members.iter().map(key).collect();
                let near = nearest(word, known.iter().map(String::as_str));
                SpreadsheetProblem::UnknownWord {
                    word: word.to_owned(),
                    nearest: near.map(str::to_owned),
                    known,
                }
            })
    }

    /// Yes, or no, which nothing means too.
    pub(super) fn yes_or_no(self, word: &str) -> Result<bool, SpreadsheetProblem> {
        if word.is_empty() || self.is("word.no", word) {
            return Ok(false);
        }
        if self.is("word.yes", word) {
            return Ok(true);
        }
        Err(SpreadsheetProblem::UnknownWord {
            word: word.to_owned(),
            nearest: None,
            known: ["word.yes", "word.no"]
                .map(|key| self.language.word(key).to_owned())
                .to_vec(),
        })
    }

    /// A channel, whatever the capitals of its word.
    pub(super) fn channel(self, word: &str) -> Channel {
        let known: Vec<&'static str> = Channel::KNOWN.iter().map(known_channel).collect();
        self.member("channel", &known, word)
            .map_or_else(|| Channel::from(word), Channel::from)
    }

    /// An outcome, whatever the capitals of its word.
    pub(super) fn outcome(self, word: &str) -> Outcome {
        const KNOWN: [&str; 4] = ["advocacy", "loyalty", "churn", "unstated"];
        self.member("outcome", &KNOWN, word)
            .map_or_else(|| Outcome::from(word), Outcome::from)
    }

    /// The result of a promise that a condition names: "if kept".
    pub(super) fn condition(self, words: &str) -> Option<PromiseResult> {
        let mut results = PromiseResult::ALL.iter().copied();
        results.find(|result| self.is(&format!("result.{}", result.as_str()), words))
    }

    /// The seconds of a unit.
    pub(super) fn unit(self, word: &str) -> Option<f64> {
        let found = UNITS.iter().find(|(key, _)| self.is(key, word));
        found.map(|(_, seconds)| *seconds)
    }

    pub(super) fn number(self, text: &str) -> Result<(f64, bool), SpreadsheetProblem> {
        number::read(text, self.marks).map_err(|not| {
            let found = text.to_owned();
            match not {
                NotANumber::None => SpreadsheetProblem::NotANumber { found },
                NotANumber::Ambiguous => SpreadsheetProblem::AmbiguousNumber { found },
            }
        })
    }

    pub(super) fn feeling(self, word: &str) -> Result<Feeling, SpreadsheetProblem> {
        if let Some(feeling) = self.language.feeling_named(word) {
            return Ok(feeling);
        }
        if self.is_false_friend(word) {
            return Err(SpreadsheetProblem::TwoLanguages {
                word: word.to_owned(),
                language: self.language.name.to_string(),
                advice: self.both_meanings(word),
            });
        }
        word.parse()
            .or_else(|unknown: crate::journey::UnknownFeeling| {
                if let Some(feeling) = Feeling::meant_by(word) {
                    return Ok(feeling);
                }
                let near = nearest(word, self.language.words_of_feelings());
                let near = near.or(unknown.nearest.map(Feeling::as_str));
                // "Very angry": one of several words is a feeling.
                let near = near.or_else(|| self.feeling_within(word));
                Err(SpreadsheetProblem::UnknownFeeling {
                    word: word.to_owned(),
                    nearest: near.map(str::to_owned),
                })
            })
    }

    /// The word for a feeling among several words; its strength goes into brackets behind it.
    fn feeling_within(self, words: &str) -> Option<&'a str> {
        let mut words = words
            .split_whitespace()
            .filter(|word| word.len() < words.len());
        words.find_map(|word| {
            let named = self.language.feeling_named(word);
            let feeling = named
                .or_else(|| word.parse().ok())
                .or_else(|| Feeling::meant_by(word))?;
            let known = self.language.feelings.get(&feeling);
            Some(known.map_or(feeling.as_str(), AsRef::as_ref))
        })
    }

    fn is_false_friend(self, word: &str) -> bool {
        let key = "word.false_friend";
        let letters = fold(word);
        let known = self.language.words.get(key).map_or(&[][..], Vec::as_slice);
        known.iter().any(|known| fold(known) == letters)
    }

    /// What to write for a word that means one thing in English and another one here.
    fn both_meanings(self, word: &str) -> String {
        let english = word.parse::<Feeling>().ok();
        let english = english.map(|feeling| self.language.feeling(feeling).into_owned());
        let own = self.language.words.get("word.false_friend_means");
        let own = own.and_then(|words| words.first()).map(ToString::to_string);
        let either: Vec<String> = english.into_iter().chain(own).collect();
        either.join(" or ")
    }
}

/// The name of a channel that has one of its own.
fn known_channel(channel: &Channel) -> &'static str {
    match channel {
        Channel::Web => "web",
        Channel::App => "app",
        Channel::Email => "email",
        Channel::Sms => "sms",
        Channel::Chat => "chat",
        Channel::Phone => "phone",
        Channel::Store => "store",
        Channel::Social => "social",
        Channel::Post => "post",
        Channel::Kiosk => "kiosk",
        _ => "partner",
    }
}
