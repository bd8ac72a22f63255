//! Judges the facts of a drawing, and what depends on them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fact, FactFault, FactKind, FeltLevel, Given, MOST_FACTS, StartOf};
use crate::journey::check::Findings;
use crate::journey::problem::{Fault, Place, brief};
use crate::journey::touchpoint::Touchpoint;
use crate::journey::words::nearest;

/// So many values a fact may have.
const MOST_VALUES: usize = 1000;
/// So many classes, and no more.
const MOST_LEVELS: usize = 20;
/// Moments are told apart up to so many.
const MOST_MOMENTS: u32 = 1000;

/// The facts of a drawing by name, with their values.
pub(in crate::journey) struct KnownFacts<'a>(BTreeMap<&'a str, (&'a FactKind, Vec<String>)>);

/// Judges what facts say of themselves.
pub(in crate::journey) fn check_facts<'a>(
    facts: &'a [Fact],
    touchpoints: &[Touchpoint],
    findings: &mut Findings,
) -> KnownFacts<'a> {
    findings.place = Place::Journey;
    if facts.len() > MOST_FACTS {
        findings.report(Fault::Fact(FactFault::TooMany {
            number: facts.len(),
            most: MOST_FACTS,
        }));
    }
    let mut known = BTreeMap::new();
    for (number, fact) in (1..).zip(facts) {
        findings.not_empty(|| format!("the name of fact {number}"), &fact.name);
        check_kind(fact, touchpoints, findings);
        let values = fact.values(touchpoints.iter());
        if values.len() > MOST_VALUES {
            findings.report(Fault::Fact(FactFault::TooManyValues {
                fact: brief(&fact.name),
                number: values.len(),
                most: MOST_VALUES,
            }));
        }
        if known
            .insert(fact.name.as_str(), (&fact.kind, values))
            .is_some()
        {
            findings.report(Fault::Fact(FactFault::Taken {
                fact: brief(&fact.name),
            }));
        }
    }
    KnownFacts(known)
}

fn check_kind(fact: &Fact, touchpoints: &[Touchpoint], findings: &mut Findings) {
    let name = || brief(&fact.name);
    let ids = || touchpoints.iter().map(|touchpoint| touchpoint.id.as_str());
    let promises = || {
        touchpoints
            .iter()
            .filter_map(|touchpoint| touchpoint.promise.as_ref())
    };
    let unknown = |what: &'static str, named: &str, near: Option<&str>| FactFault::UnknownName {
        fact: name(),
        what,
        name: brief(named),
        nearest: near.map(str::to_owned),
    };
    let place = |id: &str| {
        let is_known = ids().any(|known| known == id);
        (!is_known).then(|| unknown("touchpoint", id, nearest(id, ids())))
    };
    let is_level = |level: f64| (-1.0..=1.0).contains(&level);
    let fault = match &fact.kind {
        FactKind::First { promise } => {
            let names = || promises().map(|promise| promise.name.as_str());
            let is_tested = names().any(|tested| tested == promise);
            (!is_tested).then(|| FactFault::UnknownPromise {
                fact: name(),
                promise: brief(promise),
                nearest: nearest(promise, names()).map(str::to_owned),
            })
        }
        FactKind::Broken => {
            let fact = name();
            promises()
                .next()
                .is_none()
                .then_some(FactFault::NothingTested { fact })
        }
        FactKind::Visited { touchpoint } | FactKind::Times { touchpoint } => place(touchpoint),
        FactKind::Felt { touchpoint, level } => {
            let (FeltLevel::AtMost(value) | FeltLevel::AtLeast(value)) = *level;
            if !is_level(value) {
                let key = "felt";
                findings.report(Fault::Valence { key, value });
            }
            touchpoint.as_deref().and_then(place)
        }
        FactKind::Lowest { levels } | FactKind::Highest { levels } => {
            let ascends = levels
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a < b));
            let fits = (1..=MOST_LEVELS).contains(&levels.len());
            let is_good = ascends && fits && levels.iter().all(|&level| is_level(level));
            (!is_good).then(|| FactFault::Levels { fact: name() })
        }
        FactKind::Moments { from } => {
            let ascends = from.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
            let fits = (1..=MOST_LEVELS).contains(&from.len());
            let is_good = ascends && fits && from.iter().all(|of| (1..=MOST_MOMENTS).contains(of));
            (!is_good).then(|| FactFault::Moments { fact: name() })
        }
        FactKind::Start(start) => {
            check_names(fact, start, findings);
            match start {
                StartOf::Touchpoint(named) => named.iter().find_map(|id| place(id)),
                StartOf::Channel(named) => {
                    let channels = || touchpoints.iter().map(|it| it.channel.as_str());
                    let is_missing = |name: &&String| channels().all(|known| known != *name);
                    let missing = named.iter().find(is_missing);
                    missing.map(|name| unknown("channel", name, nearest(name, channels())))
                }
                StartOf::Segment(_) => Some(FactFault::Segment { fact: name() }),
                StartOf::Shares(_) => None,
            }
        }
        FactKind::Mood => None,
    };
    if let Some(fault) = fault {
        findings.report(Fault::Fact(fault));
    }
}

/// Names of groups and starts say something and differ, and groups have weight.
fn check_names(fact: &Fact, start: &StartOf, findings: &mut Findings) {
    let (names, has_weight): (Vec<&String>, bool) = match start {
        StartOf::Channel(named) | StartOf::Touchpoint(named) | StartOf::Segment(named) => {
            (named.iter().collect(), true)
        }
        StartOf::Shares(shares) => {
            for (group, weight) in shares {
                findings.amount(|| format!("the weight of {group:?}"), *weight);
            }
            let names = shares.iter().map(|(name, _)| name);
            (
                names.collect(),
                shares.iter().any(|&(_, weight)| weight > 0.0),
            )
        }
    };
    let different: BTreeSet<&String> = names.iter().copied().collect();
    let says = names.iter().all(|name| !name.trim().is_empty());
    if !says || !has_weight || different.len() < names.len() {
        findings.report(Fault::Fact(FactFault::Names {
            fact: brief(&fact.name),
        }));
    }
}

impl KnownFacts<'_> {
    /// Judges a condition, where `what` has it.
    pub(in crate::journey) fn check_given(
        &self,
        given: &Given,
        what: impl Fn() -> String,
        findings: &mut Findings,
    ) {
        for (fact, values) in given.facts() {
            let Some((_, known)) = self.0.get(fact) else {
                findings.report(Fault::Fact(FactFault::UnknownFact {
                    what: what(),
                    fact: brief(fact),
                    nearest: nearest(fact, self.0.keys().copied()).map(str::to_owned),
                }));
                continue;
            };
            if values.clone().next().is_none() {
                findings.report(Fault::Fact(FactFault::NoValue {
                    what: what(),
                    fact: brief(fact),
                }));
            }
            for value in values.filter(|value| known.iter().all(|known| known != value)) {
                let near = nearest(value, known.iter().map(String::as_str));
                findings.report(Fault::Fact(FactFault::UnknownValue {
                    what: what(),
                    fact: brief(fact),
                    value: brief(value),
                    nearest: near.map(str::to_owned),
                    known: known.clone(),
                }));
            }
        }
    }

    /// Judges what at a touchpoint depends on facts.
    pub(in crate::journey) fn check_touchpoint(
        &self,
        touchpoint: &mut Touchpoint,
        findings: &mut Findings,
    ) {
        for (number, ending) in (1..).zip(&touchpoint.ends) {
            self.check_given(&ending.given, || format!("ending {number}"), findings);
        }
        self.check_starts(touchpoint, findings);
        self.check_promises(touchpoint, findings);
        for (number, felt) in (1..).zip(&mut touchpoint.emotion_given) {
            let what = || format!("item {number} of `emotion_given`");
            self.check_given(&felt.given, what, findings);
            crate::journey::check::check_emotion("emotion_given", &mut felt.emotion, findings);
            if let (Some(when), None) = (felt.when, &touchpoint.promise) {
                findings.report(Fault::WhenWithoutPromise {
                    what: what(),
                    when,
                    touchpoint: brief(&touchpoint.id),
                });
            }
        }
    }

    fn check_starts(&self, touchpoint: &Touchpoint, findings: &mut Findings) {
        if touchpoint.starts.is_some() && !touchpoint.starts_given.is_empty() {
            findings.report(Fault::Fact(FactFault::StartsTwice));
        }
        for (number, start) in (1..).zip(&touchpoint.starts_given) {
            let what = || format!("item {number} of `starts`");
            findings.amount(|| format!("`weight` in {}", what()), start.weight);
            self.check_given(&start.given, what, findings);
            for (fact, _) in start.given.facts() {
                let kind = self.0.get(fact).map(|(kind, _)| *kind);
                if !matches!(kind, None | Some(FactKind::Start(StartOf::Shares(_)))) {
                    findings.report(Fault::Fact(FactFault::NotKnownAtStart {
                        what: what(),
                        fact: brief(fact),
                    }));
                }
            }
        }
    }

    fn check_promises(&self, touchpoint: &Touchpoint, findings: &mut Findings) {
        for (number, fares) in (1..).zip(&touchpoint.promise_given) {
            let what = || format!("item {number} of `promise_given`");
            self.check_given(&fares.given, what, findings);
            let tested = touchpoint.promise.as_ref().map(|promise| &promise.name);
            if tested != Some(&fares.promise.name) {
                findings.report(Fault::Fact(FactFault::OtherPromise {
                    what: what(),
                    promise: brief(&fares.promise.name),
                    tested: tested.map(|tested| brief(tested)),
                }));
            }
            crate::journey::check::check_results(&fares.promise, &what(), findings);
        }
    }
}
