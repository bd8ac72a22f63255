//! A pattern against the places of a journey: names become positions, tests become what holds of a moment.

use std::collections::{BTreeMap, BTreeSet};

use super::Pattern;
use super::check::{Check, Seen, not_if};
use super::error::{Findings, PatternError, PatternProblem};
use super::place::Place;
use super::syntax::{Arrow, Chain, Item, Name, Step, Subject, Test};
use crate::journey::{Ability, Channel, Outcome, Phase};

/// A pattern whose names are positions.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// What steps ask of a moment; equal steps share one.
    pub(super) checks: Vec<Check>,
    pub(super) chains: Vec<ResolvedChain>,
}

#[derive(Debug, Clone)]
pub(super) struct ResolvedChain {
    /// Whether it begins before the first moment, with an arrow from there.
    pub(super) tied: bool,
    /// The items behind the start, each with the arrow that leads to it; none leads to the first of an untied chain.
    pub(super) items: Vec<(Option<Via>, Target)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Via {
    Next,
    Later,
    Without(usize),
}

#[derive(Debug, Clone)]
pub(super) enum Target {
    /// Position of a check.
    Step(usize),
    /// By outcome, whether the ending may be it; any if `None`.
    End(Option<Vec<bool>>),
}

impl Resolved {
    /// Finds the names of a pattern among touchpoints, outcomes and the facts that customers remember.
    ///
    /// # Errors
    /// Every name that is not found, with the nearest one.
    pub(crate) fn new(
        pattern: &Pattern,
        places: &[Place<'_>],
        outcomes: &[Outcome],
        facts: &[(&str, Vec<String>)],
    ) -> Result<Self, PatternError> {
        let mut resolver = Resolver::new(places, outcomes);
        resolver.facts = facts;
        resolver.resolved(pattern)
    }

    /// The same among what events name.
    ///
    /// # Errors
    /// As [`Resolved::new`], and where events do not tell what is tested.
    pub(crate) fn of_events(
        pattern: &Pattern,
        places: &[Place<'_>],
        outcomes: &[Outcome],
    ) -> Result<Self, PatternError> {
        let mut resolver = Resolver::new(places, outcomes);
        resolver.of_events = true;
        resolver.resolved(pattern)
    }

    /// What the pattern asks of moments at one place, number 0. Names of other places are taken for names that come later, and
    /// nothing is known of outcomes.
    pub(crate) fn at(pattern: &Pattern, place: &Place<'_>) -> Self {
        let places = std::slice::from_ref(place);
        let mut resolver = Resolver::new(places, &[]);
        let chains = resolver.chains(pattern);
        resolver.into_resolved(chains)
    }

    /// Whether some step tests a feeling.
    pub(crate) fn asks_feelings(&self) -> bool {
        let feels = |check: &Check| matches!(check, Check::Feels(..) | Check::FeelsUnknown);
        self.checks.iter().any(|check| check.any(feels))
    }

    /// Whether some step tests a wait.
    pub(super) fn asks_waits(&self) -> bool {
        let waits = |check: &Check| matches!(check, Check::Wait(_));
        self.checks.iter().any(|check| check.any(waits))
    }

    /// Which of the checks hold of a moment whose times are not known.
    pub(crate) fn truths(&self, seen: &Seen<'_>) -> Vec<bool> {
        let checks = self.checks.iter();
        checks.map(|check| check.holds(seen, None)).collect()
    }
}

/// So many names are told where none is near.
const SOME: usize = 8;

const KEYS: [&str; 10] = [
    "channel", "phase", "stage", "owner", "need", "makes", "can", "promise", "feels", "wait",
];

struct Resolver<'a> {
    places: &'a [Place<'a>],
    outcomes: &'a [Outcome],
    facts: &'a [(&'a str, Vec<String>)],
    /// Whether places are those of events, of which less is known than of touchpoints.
    of_events: bool,
    ids: BTreeMap<&'a str, usize>,
    names: BTreeMap<&'a str, Vec<usize>>,
    checks: Vec<(Step, Check)>,
    problems: Findings,
}

impl<'a> Resolver<'a> {
    fn new(places: &'a [Place<'a>], outcomes: &'a [Outcome]) -> Self {
        let mut names = BTreeMap::<_, Vec<usize>>::new();
        for (position, place) in places.iter().enumerate() {
            let learned = place.learned_as.filter(|name| place.name != Some(*name));
            for name in place.name.into_iter().chain(learned) {
                names.entry(name).or_default().push(position);
            }
        }
        let ids = places.iter().enumerate();
        Self {
            places,
            outcomes,
            facts: &[],
            of_events: false,
            ids: ids
                .filter_map(|(position, place)| Some((place.id?, position)))
                .collect(),
            names,
            checks: Vec::new(),
            problems: Findings::default(),
        }
    }

    fn resolved(mut self, pattern: &Pattern) -> Result<Resolved, PatternError> {
        let chains = self.chains(pattern);
        std::mem::take(&mut self.problems).check(&pattern.text)?;
        Ok(self.into_resolved(chains))
    }

    fn into_resolved(self, chains: Vec<ResolvedChain>) -> Resolved {
        let checks = self.checks.into_iter();
        Resolved {
            checks: checks.map(|(_, check)| check).collect(),
            chains,
        }
    }

    fn chains(&mut self, pattern: &Pattern) -> Vec<ResolvedChain> {
        let chains = pattern.chains.iter();
        chains.map(|chain| self.chain(chain)).collect()
    }

    fn chain(&mut self, chain: &Chain) -> ResolvedChain {
        let mut items = Vec::new();
        for (at, item) in chain.items.iter().enumerate() {
            let arrow = at
                .checked_sub(1)
                .and_then(|before| chain.arrows.get(before));
            let via = arrow.map(|arrow| match arrow {
                Arrow::Next => Via::Next,
                Arrow::Later => Via::Later,
                Arrow::Without(step) => Via::Without(self.check(step)),
            });
            match item {
                Item::Start => {}
                Item::Step(step) => items.push((via, Target::Step(self.check(step)))),
                Item::End(names) => {
                    let outcomes = names.as_ref().map(|names| self.outcomes(names));
                    items.push((via, Target::End(outcomes)));
                }
            }
        }
        ResolvedChain {
            tied: chain.is_tied(),
            items,
        }
    }

    /// The position of a step's check.
    fn check(&mut self, step: &Step) -> usize {
        if let Some(known) = self.checks.iter().position(|(known, _)| known == step) {
            return known;
        }
        let check = self.step(step);
        self.checks.push((step.clone(), check));
        self.checks.len() - 1
    }

    fn step(&mut self, step: &Step) -> Check {
        let mut parts = match &step.subject {
            Subject::Any => Vec::new(),
            Subject::Named(name) => vec![self.place(name)],
            Subject::OneOf(steps) => {
                vec![Check::Any(
                    steps.iter().map(|step| self.step(step)).collect(),
                )]
            }
        };
        parts.extend(step.tests.iter().map(|test| self.test(test)));
        let check = match parts.len() {
            0 => Check::Always,
            1 => parts.remove(0),
            _ => Check::All(parts),
        };
        if step.negated {
            Check::Not(Box::new(check))
        } else {
            check
        }
    }

    fn place(&mut self, name: &Name) -> Check {
        let mut places = vec![false; self.places.len()];
        if let Some(&position) = self.ids.get(name.text.as_str()) {
            places[position] = true;
        } else if let Some(positions) = self.names.get(name.text.as_str()) {
            for &position in positions {
                places[position] = true;
            }
        } else {
            let known = self.ids.keys().chain(self.names.keys()).copied();
            let known: BTreeSet<&str> = known.collect();
            let message = format!("no touchpoint is called {name}");
            self.missing(name, message, known);
        }
        Check::Places(places)
    }

    fn missing<'k>(
        &mut self,
        name: &Name,
        message: String,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let problem = PatternProblem::new(name.at.clone(), message);
        let mut problem = problem.near(&name.text, known.iter().copied());
        if problem.nearest.is_none() && !problem.message.contains("(known: ") && !known.is_empty() {
            let more = if known.len() > SOME { ", ..." } else { "" };
            let some = known.iter().take(SOME);
            let some: Vec<String> = some
                .map(|known| known.replace(char::is_control, " "))
                .collect();
            problem.message += &format!(" (known: {}{more})", some.join(", "));
        }
        self.problems.push(problem);
    }

    fn test(&mut self, test: &Test) -> Check {
        match test {
            Test::Word {
                key,
                differs,
                names,
            } => not_if(*differs, self.word(key, names)),
            Test::Promise {
                name,
                differs,
                result,
            } => {
                let mut parts = vec![Check::Result(*result)];
                if let Some(name) = name {
                    parts.push(self.having(name, "promise", |place| place.promise.into_iter()));
                }
                not_if(*differs, Check::All(parts))
            }
            Test::Feels {
                comparison,
                valence,
            } => Check::Feels(*comparison, *valence),
            Test::FeelsUnknown => Check::FeelsUnknown,
            Test::Wait { number, unit } => Check::Wait(number * unit.seconds()),
        }
    }

    fn fact(&mut self, fact: usize, names: &[Name]) -> Check {
        let facts = self.facts;
        let (known_as, values) = &facts[fact];
        for name in names {
            if !values.contains(&name.text) {
                let message = format!("{known_as} is never {name}");
                self.missing(name, message, values.iter().map(String::as_str));
            }
        }
        let wanted = |value: &String| names.iter().any(|name| name.text == *value);
        Check::Fact(fact, values.iter().map(wanted).collect())
    }

    fn word(&mut self, key: &Name, names: &[Name]) -> Check {
        let fact = self.facts.iter().position(|(fact, _)| *fact == key.text);
        if let Some(fact) = fact.filter(|_| !KEYS.contains(&key.text.as_str())) {
            return self.fact(fact, names);
        }
        if self.of_events && !self.told_by_events(key) {
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
                    let message = format!(
                        "no test is called {key}, and nothing of this name is remembered (known: {})",
                        KEYS.join(", ")
                    );
                    self.missing(key, message, KEYS);
                    return Check::Always;
                }
            });
        }
        Check::Any(any)
    }

    /// Whether events tell what is tested; a problem if not.
    fn told_by_events(&mut self, key: &Name) -> bool {
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
    fn having<I: Iterator<Item = &'a str>>(
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

    fn outcomes(&mut self, names: &[Name]) -> Vec<bool> {
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
