//! How much is known of what a pattern tests. A test of what is not known does not hold, so that an answer says as much as is
//! known, and where nothing is known there is none.

use std::ops::Range;

use super::check::{Check, Seen};
use super::error::{Findings, PatternProblem};
use super::resolve::Resolved;
use super::syntax::{Step, Subject, Test};
use crate::journey::{PromiseResult, words};

words! {
    /// What a test asks about that may not be known.
    pub enum Tested as "kind of test" {
        /// What is felt.
        Feels = "feels",
        /// The result of a promise.
        Promise = "promise",
        /// How long it took.
        Wait = "wait",
        /// A fact that customers remember.
        Fact = "fact",
        /// How the journey ends.
        End = "end",
    }
}

/// A step that asks about something which may not be known, or an ending that names an outcome.
#[derive(Debug, Clone)]
pub(crate) struct Asks {
    /// Position of the step's check; none of an ending.
    pub(super) check: Option<usize>,
    pub(crate) tested: Tested,
    /// As it is printed.
    pub(crate) step: String,
    pub(super) at: Range<usize>,
    /// The chains that have it, by number.
    pub(super) chains: Vec<usize>,
}

/// At how many moments something is asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    /// All else leaves it open whether the step holds.
    pub(crate) open: f64,
    /// There is something to be known: of promises, one is put to the test.
    pub(crate) asked: f64,
    pub(crate) known: f64,
}

impl Told {
    pub(crate) fn add(&mut self, more: &Self) {
        self.open += more.open;
        self.asked += more.asked;
        self.known += more.known;
    }
}

/// A moment, as a step looks at it.
struct Sight<'a> {
    seen: &'a Seen<'a>,
    wait: Option<f64>,
    /// Whether a promise is put to the test, whatever came of it.
    promised: bool,
    /// What is taken as unknown.
    hidden: Tested,
}

impl Check {
    /// Whether it holds, where that can be told.
    fn tells(&self, sight: &Sight<'_>) -> Option<bool> {
        match self {
            Self::Result(wanted) if sight.promised => match sight.seen.result {
                _ if sight.hidden == Tested::Promise => None,
                Some(PromiseResult::Unknown) | None if *wanted != PromiseResult::Unknown => None,
                result => Some(result == Some(*wanted)),
            },
            Self::Fact(..) if sight.hidden == Tested::Fact => None,
            Self::Fact(..) if self.is_in_the_dark(sight.seen) => None,
            Self::Feels(..) | Self::FeelsUnknown if sight.hidden == Tested::Feels => None,
            Self::Feels(..) if sight.seen.valence.is_none() => None,
            Self::Wait(_) if sight.hidden == Tested::Wait || sight.wait.is_none() => None,
            Self::Not(check) => check.tells(sight).map(|holds| !holds),
            Self::All(checks) => every(checks.iter().map(|check| check.tells(sight))),
            Self::Any(checks) => {
                let fails = checks.iter().map(|check| Some(!check.tells(sight)?));
                every(fails).map(|fails| !fails)
            }
            _ => Some(self.holds(sight.seen, sight.wait)),
        }
    }

    /// Whether it asks about a fact whose value is not known, and does not ask for just that.
    fn is_in_the_dark(&self, seen: &Seen<'_>) -> bool {
        let Self::Fact(fact, wanted, Some(unknown)) = self else {
            return false;
        };
        seen.facts.get(*fact) == Some(unknown) && wanted.get(*unknown) != Some(&true)
    }

    /// Whether what is tested is known of a moment.
    fn is_told(&self, tested: Tested, seen: &Seen<'_>, wait: Option<f64>) -> bool {
        match tested {
            Tested::Feels => seen.valence.is_some(),
            Tested::Promise => {
                let result = seen.result;
                result.is_some_and(|result| result != PromiseResult::Unknown)
            }
            Tested::Wait => wait.is_some(),
            Tested::Fact => !self.some(&|check| check.is_in_the_dark(seen)),
            Tested::End => true,
        }
    }

    fn some(&self, of: &impl Fn(&Self) -> bool) -> bool {
        of(self)
            || match self {
                Self::Not(check) => check.some(of),
                Self::All(checks) | Self::Any(checks) => checks.iter().any(|check| check.some(of)),
                _ => false,
            }
    }
}

/// Whether all hold: one that does not settles it, whatever is not known of the others.
fn every(mut all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let open = Some(true);
    all.try_fold(open, |so_far, one| match one {
        Some(false) => Err(Some(false)),
        Some(true) => Ok(so_far),
        None => Ok(None),
    })
    .unwrap_or_else(|settled| settled)
}

impl Step {
    /// What it tests that may not be known, each with the place of the first such test.
    pub(super) fn tested(&self, is_fact: &impl Fn(&str) -> bool) -> Vec<(Tested, Range<usize>)> {
        let mut found: Vec<(Tested, Range<usize>)> = Vec::new();
        let mut add = |tested: Tested, at: &Range<usize>| {
            if found.iter().all(|(known, _)| *known != tested) {
                found.push((tested, at.clone()));
            }
        };
        if let Subject::OneOf(steps) = &self.subject {
            for (tested, at) in steps.iter().flat_map(|step| step.tested(is_fact)) {
                add(tested, &at);
            }
        }
        for test in &self.tests {
            match test {
                Test::Feels { at, .. } => add(Tested::Feels, &at.0),
                Test::Promise { result, at, .. } if *result != PromiseResult::Unknown => {
                    add(Tested::Promise, &at.0);
                }
                Test::Wait { at, .. } => add(Tested::Wait, &at.0),
                Test::Word { key, .. } if is_fact(&key.text) => add(Tested::Fact, &key.at),
                Test::FeelsUnknown | Test::Promise { .. } | Test::Word { .. } => {}
            }
        }
        found.sort_by_key(|(tested, _)| *tested);
        found
    }
}

impl Resolved {
    /// What the pattern asks about that may not be known.
    pub(crate) fn asks(&self) -> &[Asks] {
        &self.asks
    }

    /// Whether something is asked about waits at this check; of all moments, where it is none.
    pub(super) fn is_timed(&self, check: usize) -> bool {
        self.checks[check].any(|check| matches!(check, Check::Wait(_)))
    }

    /// Adds a moment to what is told: to all that is asked by untimed steps, or by one timed step that is reached now.
    pub(crate) fn tell(
        &self,
        told: &mut [Told],
        at: Option<(usize, Option<f64>)>,
        (seen, promised): (&Seen<'_>, bool),
        weight: f64,
    ) {
        for (told, asks) in told.iter_mut().zip(&self.asks) {
            let Some(number) = asks.check else { continue };
            let wait = match at {
                None if self.is_timed(number) => continue,
                Some((reached, _)) if reached != number => continue,
                None => None,
                Some((_, wait)) => wait,
            };
            let check = &self.checks[number];
            let of_promise = asks.tested == Tested::Promise;
            let sight = Sight {
                seen,
                wait,
                promised: promised || of_promise,
                hidden: asks.tested,
            };
            if check.tells(&sight).is_some() {
                continue;
            }
            told.open += weight;
            if promised || !of_promise {
                told.asked += weight;
                if check.is_told(asks.tested, seen, wait) {
                    told.known += weight;
                }
            }
        }
    }

    /// Adds journeys, of which some are known to end in a stated way.
    pub(crate) fn tell_endings(&self, told: &mut [Told], journeys: f64, stated: f64) {
        for (told, asks) in told.iter_mut().zip(&self.asks) {
            if asks.tested == Tested::End {
                told.add(&Told {
                    open: journeys,
                    asked: journeys,
                    known: stated,
                });
            }
        }
    }

    /// What is asked and nowhere known, if that is so in every chain: to answer that nobody matches would be a guess. Where
    /// promises are told of, a touchpoint that puts none to the test is known to put none to the test.
    pub(super) fn untold(&self, told: &[Told], promises: bool) -> Findings {
        let asks = self.asks.iter().zip(told);
        let untold = asks.filter(|(asks, told)| {
            let is_settled = asks.tested == Tested::Promise && promises && told.asked <= 0.0;
            told.open > 0.0 && told.known <= 0.0 && !is_settled
        });
        let untold: Vec<(&Asks, &Told)> = untold.collect();
        let is_hopeless = |chain| untold.iter().any(|(asks, _)| asks.chains.contains(&chain));
        let mut problems = Findings::default();
        if (0..self.chains.len()).all(is_hopeless) {
            for (asks, told) in untold {
                let message = asks.tested.nowhere_known(told.asked > 0.0);
                problems.push(PatternProblem::new(asks.at.clone(), message.to_owned()));
            }
        }
        problems
    }
}

impl Tested {
    /// What is said where it is known of no moment that is asked about.
    fn nowhere_known(self, is_there: bool) -> &'static str {
        match self {
            Self::Feels => {
                "no feeling is known of any moment that this asks about; `feels = unknown` asks for such moments"
            }
            Self::Promise if is_there => {
                "no result of a promise is known of any moment that this asks about; `promise = unknown` asks for such moments"
            }
            Self::Promise => "no promise is put to the test at any moment that this asks about",
            Self::Wait => {
                "no time is known of any moment that this asks about, so that nobody knows how long it took"
            }
            Self::Fact => "the fact is unknown at every moment that this asks about",
            Self::End => {
                "no journey states how it ends; `end` asks for all endings, and `end(unstated)` for those that are not stated"
            }
        }
    }
}
