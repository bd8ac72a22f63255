//! How the short answer speaks a language: shares of journeys, names in rows, figures in words.

use crate::journey::{Channel, Feeling, Outcome};
use crate::language::Language;
use crate::page::words::name;
use crate::render::number::{is_all, share};

/// What shares are shares of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Journeys,
    Moments,
    Visits,
}

/// One sentence for one of something, another for several: languages differ in their verbs.
pub(super) type Verb = (&'static str, &'static str);

/// A language that speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speech<'a>(pub(super) &'a Language);

impl<'a> Speech<'a> {
    pub(super) fn word(self, phrase: &'static str) -> &'a str {
        self.0.word(phrase)
    }

    pub(super) fn say(self, phrase: &'static str, parts: &[&str]) -> String {
        self.0.say(phrase, parts)
    }

    /// A figure that was put into words: "29 of 100", "2 days 3 h".
    pub(super) fn figure(self, text: &str) -> String {
        self.0.figure(text)
    }

    /// A share with its noun: "33 of 100 journeys", "every journey", "no journey".
    pub(super) fn among(self, part: f64, of: Of) -> String {
        let (none, all, some) = match of {
            Of::Journeys => ("no journey", "every journey", "{} journeys"),
            Of::Moments => ("no moment", "every moment", "{} moments"),
            Of::Visits => ("no visit", "every visit", "{} visits"),
        };
        if part <= 0.0 {
            self.word(none).to_owned()
        } else if is_all(part) {
            self.word(all).to_owned()
        } else {
            self.say(some, &[&self.figure(&share(part))])
        }
    }

    /// A sentence about a share: its subject is the first place of the phrase, as `subject` shows it.
    pub(super) fn that(
        self,
        part: f64,
        of: Of,
        (one, several): Verb,
        subject: impl Fn(&str) -> String,
        others: &[&str],
    ) -> String {
        let is_one = part <= 0.0 || is_all(part) || share(part).starts_with("1 ");
        let subject = subject(&self.among(part, of));
        let mut parts = vec![subject.as_str()];
        parts.extend(others);
        self.say(if is_one { one } else { several }, &parts)
    }

    /// "a, b and c"; of more than `most`, those first and how many there are besides.
    pub(super) fn list(self, items: &[String], most: usize) -> String {
        let (shown, hidden) = items.split_at(items.len().min(most));
        if !hidden.is_empty() {
            let more = self.say("and {} more", &[&hidden.len().to_string()]);
            return format!("{} {more}", shown.join(", "));
        }
        match shown {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.say("{} and {}", &[&first.join(", "), last]),
        }
    }

    /// Feelings by name, any of them.
    pub(super) fn any_of(self, feelings: &[Feeling], most: usize) -> String {
        let names = self.names(feelings);
        let (shown, hidden) = names.split_at(names.len().min(most));
        if !hidden.is_empty() {
            let more = self.say("or {} more", &[&hidden.len().to_string()]);
            return format!("{} {more}", shown.join(", "));
        }
        match shown {
            [first @ .., last] if !first.is_empty() => {
                self.say("{} or {}", &[&first.join(", "), last])
            }
            _ => shown.concat(),
        }
    }

    /// Feelings by name.
    pub(super) fn feelings(self, feelings: &[Feeling], most: usize) -> String {
        self.list(&self.names(feelings), most)
    }

    fn names(self, feelings: &[Feeling]) -> Vec<String> {
        let names = feelings.iter();
        names
            .map(|feeling| self.0.feeling(*feeling).replace('_', " "))
            .collect()
    }

    /// A channel, by the word of the language where it is one of the known ones.
    pub(super) fn channel(self, channel: &Channel) -> String {
        match channel {
            Channel::Other(named) => name(named),
            known => name(self.0.word(&format!("channel.{}", known.as_str()))),
        }
    }

    /// How a journey ends, as people say it.
    pub(super) fn outcome(self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Unstated => self.word("not stated on the map").to_owned(),
            Outcome::Other(named) => name(named),
            known => name(self.0.word(&format!("outcome.{}", known.as_str()))),
        }
    }
}
