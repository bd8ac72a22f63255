//! A pattern against the places of a journey: names become positions, tests become what holds of a moment.

use std::collections::{BTreeMap, BTreeSet};

use super::Pattern;
use super::error::{Findings, PatternError, PatternProblem};
use super::syntax::{Arrow, Chain, Comparison, Item, Name, Step, Subject, Test};
use crate::journey::{Ability, Channel, Outcome, Phase, PromiseResult, Touchpoint};

/// What patterns can say of a place where customers and provider meet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place<'a> {
    pub(crate) id: &'a str,
    /// What several places may share: the touchpoint's name without its channel.
    pub(crate) name: Option<&'a str>,
    /// The same of a learned place, whose id is the touchpoint, ` @ ` and the channel.
    pub(crate) learned_as: Option<&'a str>,
    pub(crate) channel: Option<&'a str>,
    pub(crate) phase: Option<Phase>,
    pub(crate) stage: Option<&'a str>,
    pub(crate) owner: Option<&'a str>,
    pub(crate) need: Option<&'a str>,
    /// The promise that is tested there.
    pub(crate) promise: Option<&'a str>,
    pub(crate) makes: Vec<&'a str>,
    pub(crate) can: Vec<Ability>,
}

impl<'a> From<&'a Touchpoint> for Place<'a> {
    fn from(touchpoint: &'a Touchpoint) -> Self {
        Self {
            id: &touchpoint.id,
            name: touchpoint.name.as_deref(),
            learned_as: touchpoint
                .id
                .strip_suffix(touchpoint.channel.as_str())
                .and_then(|id| id.strip_suffix(" @ ")),
            channel: Some(touchpoint.channel.as_str()),
            phase: Some(touchpoint.phase),
            stage: touchpoint.stage.as_deref(),
            owner: touchpoint.owner.as_deref(),
            need: touchpoint.need.as_deref(),
            promise: touchpoint
                .promise
                .as_ref()
                .map(|promise| promise.name.as_str()),
            makes: touchpoint.makes.iter().map(String::as_str).collect(),
            can: touchpoint.can.clone(),
        }
    }
}

/// What is known of a moment beside its time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// Position of its place.
    pub(crate) place: usize,
    pub(crate) result: Option<PromiseResult>,
    pub(crate) valence: Option<f64>,
    /// By fact, the position of the value that it has on leaving the moment; empty where nothing is known of facts.
    pub(crate) facts: &'a [usize],
}

/// A pattern whose names are positions.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// What steps ask of a moment; equal steps share one.
    pub(super) checks: Vec<Check>,
    pub(super) chains: Vec<ResolvedChain>,
}

#[derive(Debug)]
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

/// What holds of a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    Always,
    /// At one of these places, by position.
    Places(Vec<bool>),
    Result(PromiseResult),
    Fact(usize, Vec<bool>),
    Feels(Comparison, f64),
    FeelsUnknown,
    Wait(f64),
    Not(Box<Check>),
    All(Vec<Check>),
    Any(Vec<Check>),
}

impl Check {
    /// Whether it holds of a moment that comes so many seconds after the step before.
    pub(super) fn holds(&self, seen: &Seen<'_>, wait: Option<f64>) -> bool {
        match self {
            Self::Always => true,
            Self::Places(places) => places.get(seen.place) == Some(&true),
            Self::Result(result) => seen.result == Some(*result),
            Self::Fact(fact, values) => {
                let value = seen.facts.get(*fact);
                value.is_some_and(|&value| values.get(value) == Some(&true))
            }
            Self::Feels(comparison, bound) => seen
                .valence
                .is_some_and(|valence| comparison.holds(valence, *bound)),
            Self::FeelsUnknown => seen.valence.is_none(),
            Self::Wait(most) => wait.is_some_and(|wait| wait <= *most),
            Self::Not(check) => !check.holds(seen, wait),
            Self::All(checks) => checks.iter().all(|check| check.holds(seen, wait)),
            Self::Any(checks) => checks.iter().any(|check| check.holds(seen, wait)),
        }
    }

    fn any(&self, of: fn(&Self) -> bool) -> bool {
        of(self)
            || match self {
                Self::Not(check) => check.any(of),
                Self::All(checks) | Self::Any(checks) => checks.iter().any(|check| check.any(of)),
                _ => false,
            }
    }
}

impl Resolved {
    /// Finds the names of a pattern among places and outcomes.
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
        let chains = pattern.chains.iter().map(|chain| resolver.chain(chain));
        let chains = chains.collect();
        let Resolver {
            checks, problems, ..
        } = resolver;
        problems.check(&pattern.text)?;
        Ok(Self {
            checks: checks.into_iter().map(|(_, check)| check).collect(),
            chains,
        })
    }

    /// Whether some step tests a feeling.
    pub(crate) fn asks_feelings(&self) -> bool {
        let feels = |check: &Check| matches!(check, Check::Feels(..) | Check::FeelsUnknown);
        self.checks.iter().any(|check| check.any(feels))
    }

    /// Which of the checks hold of a moment whose times are not known.
    pub(crate) fn truths(&self, seen: &Seen<'_>) -> Vec<bool> {
        let checks = self.checks.iter();
        checks.map(|check| check.holds(seen, None)).collect()
    }
}

const KEYS: [&str; 10] = [
    "channel", "phase", "stage", "owner", "need", "makes", "can", "promise", "feels", "wait",
];

struct Resolver<'a> {
    places: &'a [Place<'a>],
    outcomes: &'a [Outcome],
    facts: &'a [(&'a str, Vec<String>)],
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
            ids: ids.map(|(position, place)| (place.id, position)).collect(),
            names,
            checks: Vec::new(),
            problems: Findings::default(),
        }
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
        let problem = PatternProblem::new(name.at.clone(), message);
        self.problems.push(problem.near(&name.text, known));
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

fn not_if(differs: bool, check: Check) -> Check {
    if differs {
        Check::Not(Box::new(check))
    } else {
        check
    }
}
