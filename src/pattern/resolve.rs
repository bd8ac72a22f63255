//! A pattern against the places of a journey: names become positions, tests become what holds of a moment.

use std::collections::{BTreeMap, BTreeSet};

use super::Pattern;
use super::check::{Check, Seen, not_if};
use super::error::{Findings, PatternError, PatternProblem};
use super::known::{Asks, Tested, Told};
use super::place::Place;
use super::syntax::{Arrow, Chain, Item, Name, Step, Subject, Test};
use crate::journey::Outcome;

/// A pattern whose names are positions.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// What steps ask of a moment; equal steps share one.
    pub(super) checks: Vec<Check>,
    pub(super) chains: Vec<ResolvedChain>,
    /// What is asked that may not be known, in the order of the checks, and then of endings.
    pub(super) asks: Vec<Asks>,
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
    /// Finds the names of a pattern among touchpoints, outcomes and the facts that customers remember. Where nothing is said of
    /// what is possible at touchpoints, tests of it are refused.
    ///
    /// # Errors
    /// Every name that is not found, with the nearest one.
    pub(crate) fn new(
        pattern: &Pattern,
        places: &[Place<'_>],
        outcomes: &[Outcome],
        facts: &[(&str, Vec<String>)],
        says_abilities: bool,
    ) -> Result<Self, PatternError> {
        let mut resolver = Resolver::new(places, outcomes);
        resolver.facts = facts;
        resolver.says_abilities = says_abilities;
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

    /// Refuses a pattern that asks about what is nowhere known.
    ///
    /// # Errors
    /// Each test of which nothing is known.
    pub(crate) fn answerable(
        &self,
        pattern: &Pattern,
        told: &[Told],
        promises: bool,
    ) -> Result<(), PatternError> {
        self.untold(told, promises).check(&pattern.text)
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

pub(super) const KEYS: [&str; 10] = [
    "channel", "phase", "stage", "owner", "need", "makes", "can", "promise", "feels", "wait",
];

pub(super) struct Resolver<'a> {
    pub(super) places: &'a [Place<'a>],
    pub(super) outcomes: &'a [Outcome],
    pub(super) facts: &'a [(&'a str, Vec<String>)],
    /// Whether places are those of events, of which less is known than of touchpoints.
    pub(super) of_events: bool,
    /// Whether it is said what is possible at touchpoints, be it by silence.
    pub(super) says_abilities: bool,
    ids: BTreeMap<&'a str, usize>,
    names: BTreeMap<&'a str, Vec<usize>>,
    checks: Vec<(Step, Check)>,
    asks: Vec<Asks>,
    /// Of the chain that is read.
    number: usize,
    pub(super) problems: Findings,
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
            says_abilities: true,
            ids: ids
                .filter_map(|(position, place)| Some((place.id?, position)))
                .collect(),
            names,
            checks: Vec::new(),
            asks: Vec::new(),
            number: 0,
            problems: Findings::default(),
        }
    }

    fn resolved(mut self, pattern: &Pattern) -> Result<Resolved, PatternError> {
        let chains = self.chains(pattern);
        std::mem::take(&mut self.problems).check(&pattern.text)?;
        Ok(self.into_resolved(chains))
    }

    fn into_resolved(mut self, chains: Vec<ResolvedChain>) -> Resolved {
        // Steps before endings.
        self.asks.sort_by_key(|asks| asks.check.is_none());
        let checks = self.checks.into_iter();
        Resolved {
            checks: checks.map(|(_, check)| check).collect(),
            chains,
            asks: self.asks,
        }
    }

    fn chains(&mut self, pattern: &Pattern) -> Vec<ResolvedChain> {
        let chains = pattern.chains.iter().enumerate();
        chains
            .map(|(number, chain)| {
                self.number = number;
                self.chain(chain)
            })
            .collect()
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
                    self.asks_endings(item, names.as_deref());
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
            self.asked_again(|asks| asks.check == Some(known));
            return known;
        }
        let check = self.step(step);
        let number = self.checks.len();
        let is_fact = |key: &str| self.fact_of(key).is_some();
        for (tested, at) in step.tested(&is_fact) {
            self.asks.push(Asks {
                check: Some(number),
                tested,
                step: step.to_string(),
                at,
                chains: vec![self.number],
            });
        }
        self.checks.push((step.clone(), check));
        number
    }

    fn asks_endings(&mut self, item: &Item, names: Option<&[Name]>) {
        let stated = |name: &&Name| name.text != Outcome::Unstated.as_str();
        let Some(first) = names.into_iter().flatten().find(stated) else {
            return;
        };
        let step = item.to_string();
        if !self.asked_again(|asks| asks.check.is_none() && asks.step == step) {
            self.asks.push(Asks {
                check: None,
                tested: Tested::End,
                step,
                at: first.at.clone(),
                chains: vec![self.number],
            });
        }
    }

    /// Notes that this chain asks the same; whether any does.
    fn asked_again(&mut self, same: impl Fn(&Asks) -> bool) -> bool {
        let mut any = false;
        for asks in self.asks.iter_mut().filter(|asks| same(asks)) {
            any = true;
            if asks.chains.last() != Some(&self.number) {
                asks.chains.push(self.number);
            }
        }
        any
    }

    /// The position of a fact; keys of the language come first.
    pub(super) fn fact_of(&self, key: &str) -> Option<usize> {
        let fact = self.facts.iter().position(|(fact, _)| *fact == key);
        fact.filter(|_| !KEYS.contains(&key))
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

    pub(super) fn missing<'k>(
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
                ..
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
                ..
            } => Check::Feels(*comparison, *valence),
            Test::FeelsUnknown => Check::FeelsUnknown,
            Test::Wait { number, unit, .. } => Check::Wait(number * unit.seconds()),
        }
    }
}
