//! The words of tests and endings: which places, values and outcomes they mean.

use std::collections::BTreeSet;

use super::check::Check;
use super::error::PatternProblem;
use super::place::Place;
use super::resolve::{KEYS, Resolver};
use super::syntax::Name;
use crate::journey::{Ability, Channel, Outcome, Phase, PromiseResult};

/// Whether a word means this value of a fact: as documents have it, `true` is yes and `false` is no.
fn is_value(value: &str, word: &str) -> bool {
    value == word || matches!((value, word), ("yes", "true") | ("no", "false"))
}

impl<'a> Resolver<'a> {
    pub(super) fn fact(&mut self, fact: usize, names: &[Name]) -> Check {
        let facts = self.facts;
        let (known_as, values) = &facts[fact];
        for name in names {
            if !values.iter().any(|value| is_value(value, &name.text)) {
                let message = format!("{known_as} is never {name}");
                self.missing(name, message, values.iter().map(String::as_str));
            }
        }
        let wanted = |value: &String| names.iter().any(|name| is_value(value, &name.text));
        let unknown = PromiseResult::Unknown.as_str();
        let unknown = values.iter().position(|value| value == unknown);
        Check::Fact(fact, values.iter().map(wanted).collect(), unknown)
    }

    pub(super) fn word(&mut self, key: &Name, names: &[Name]) -> Check {
        if let Some(fact) = self.fact_of(&key.text) {
            return self.fact(fact, names);
        }
        if !self.is_told(key) {
            return Check::Always;
        }
        let mut any = Vec::new();
        for name in names {
            any.push(match key.text.as_str() {
                "channel" => self.having(name, "channel", |place| place.channel.into_iter()),
                "stage" => self.having(name, "stage", |place| place.stage.into_iter()),
                "owner" => self.having(name, "owner", |place| place.owner.into_iter()),
                "need" => self.having(name, "need", |place| place.need.into_iter()),
                "makes" => self.having(name, "made promise", |place| place.makes.iter().copied()),
                "phase" => {
                    let phase = self.known(name, "phase", Phase::ALL, Phase::as_str);
                    self.places_where(|place| phase.is_some() && place.phase == phase)
                }
                "can" => {
                    let can = self.known(name, "ability", Ability::ALL, Ability::as_str);
                    self.places_where(|place| can.is_some_and(|can| place.can.contains(&can)))
                }
                _ => {
                    self.no_key(key);
                    return Check::Always;
                }
            });
        }
        Check::Any(any)
    }

    fn no_key(&mut self, key: &Name) {
        let what = if self.of_events {
            "; what customers remember is asked of the map that is learned from these events"
        } else {
            ", and nothing of this name is remembered"
        };
        let message = format!("no test is called {key}{what} (known: {})", KEYS.join(", "));
        self.missing(key, message, KEYS);
    }

    /// Whether it is told at all what is tested; a problem if not.
    fn is_told(&mut self, key: &Name) -> bool {
        if !self.of_events {
            let silent = key.text == "can" && !self.says_abilities;
            if silent {
                let message = "`can` is stated of no touchpoint, and events do not tell it";
                let problem = PatternProblem::new(key.at.clone(), message.to_owned());
                self.problems.push(problem);
            }
            return !silent;
        }
        let message = match key.text.as_str() {
            "stage" | "makes" | "can" => {
                "is known of maps and not of events; ask the map that is learned from them"
            }
            "phase" if self.places.iter().all(|place| place.phase.is_none()) => {
                "is stated by none of the events; ask the map that is learned from them"
            }
            _ => return true,
        };
        let problem = PatternProblem::new(key.at.clone(), format!("`{}` {message}", key.text));
        self.problems.push(problem);
        false
    }

    fn places_where(&self, has: impl Fn(&Place<'a>) -> bool) -> Check {
        Check::Places(self.places.iter().map(has).collect())
    }

    /// The places that have a word; one that no place has is a problem, unless every journey knows it.
    pub(super) fn having<I: Iterator<Item = &'a str>>(
        &mut self,
        name: &Name,
        what: &str,
        words: impl Fn(&'a Place<'a>) -> I,
    ) -> Check {
        let has = |place: &'a Place<'a>| words(place).any(|word| word == name.text);
        let places: Vec<bool> = self.places.iter().map(has).collect();
        let usual = what == "channel"
            && Channel::KNOWN
                .iter()
                .any(|known| known.as_str() == name.text);
        if !usual && !places.contains(&true) {
            let known: BTreeSet<&str> = self.places.iter().flat_map(words).collect();
            let message = format!("no touchpoint has the {what} {name}");
            self.missing(name, message, known);
        }
        Check::Places(places)
    }

    /// A word of a closed vocabulary.
    fn known<T: Copy>(
        &mut self,
        name: &Name,
        what: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|&one| word(one) == name.text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|&one| word(one)).collect();
            let article = if what.starts_with('a') { "an" } else { "a" };
            let message = format!(
                "{name} is not {article} {what} (known: {})",
                words.join(", ")
            );
            self.missing(name, message, words);
        }
        found
    }

    pub(super) fn outcomes(&mut self, names: &[Name]) -> Vec<bool> {
        let mut wanted = vec![false; self.outcomes.len()];
        for name in names {
            let position = self
                .outcomes
                .iter()
                .position(|known| known.as_str() == name.text);
            if let Some(position) = position {
                wanted[position] = true;
            } else if !Outcome::KNOWN
                .iter()
                .any(|known| known.as_str() == name.text)
            {
                let message = format!("no journey ends with {name}");
                let outcomes = self.outcomes;
                self.missing(name, message, outcomes.iter().map(Outcome::as_str));
            }
        }
        wanted
    }
}
