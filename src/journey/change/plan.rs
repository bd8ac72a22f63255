//! What changes set, judged one by one and against each other.
//!
//! Each change sets one thing or several, its slots. Two changes that set a slot to the same are one; two that set it
//! differently are a conflict, so that the order of the changes can not matter.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use petgraph::graph::NodeIndex;

use super::Change;
use super::draft::{Draft, Open};
use crate::journey::check::{Findings, check_emotion};
use crate::journey::facts::{Fact, FactFault, Given};
use crate::journey::feelings::{Emotion, Shade};
use crate::journey::journey::Journey;
use crate::journey::outcome::Outcome;
use crate::journey::problem::{Fault, Invalid, Place, brief};
use crate::journey::promise::{Promise, PromiseResult};
use crate::journey::transition::Transition;
use crate::journey::words::{Ability, Suggestions, nearest};

/// One thing that a change can set. Touchpoints are given by position; removals come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    KeepRate(usize),
    /// Of some customers: after it is set for all.
    KeepRateGiven(usize, Given),
    /// The emotion after a promise result, or the one that holds unless another is stated.
    Emotion(usize, Option<PromiseResult>),
    /// Of some customers: after it is lifted for all.
    EmotionGiven(usize, Open),
    Way(usize, usize, Open),
    Ending(usize, Outcome, Open),
    Ability(usize, Ability),
    Makes(usize, String),
    Starts(usize),
    /// By its name.
    Fact(String),
    Touchpoint(usize),
}

/// What it is set to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Setting {
    Number(f64),
    Emotion(Emotion),
    Lifted,
    Raised(f64),
    Transition(Transition),
    Fact(Fact),
    Present,
    Absent,
}

/// What is to be set, and by which change.
pub(super) type Plan = BTreeMap<Slot, (usize, Setting)>;

/// Judges the changes and makes a plan of them.
pub(super) fn plan(journey: &Journey, changes: &[Change], draft: &Draft) -> Result<Plan, Invalid> {
    let mut judge = Judge {
        journey,
        draft,
        suggestions: Suggestions::from(journey.touchpoints().map(|t| t.id.as_str())),
        findings: Findings::new(Vec::new()),
    };
    let mut plan = Plan::new();
    for (number, change) in changes.iter().enumerate() {
        judge.findings.place = Place::change(number + 1, change);
        let before = judge.findings.count();
        let settings = judge.settings(change).unwrap_or_default();
        if judge.findings.count() == before {
            let conflict = settings
                .into_iter()
                .filter_map(|(slot, setting)| claim(&mut plan, slot, setting, number))
                .min();
            if let Some((first, other)) =
                conflict.and_then(|first| Some((first, changes.get(first)?)))
            {
                judge.findings.report(Fault::ConflictingChange {
                    first: first + 1,
                    change: other.to_string(),
                });
            }
        }
    }
    if (0..journey.touchpoints().len()).all(|t| plan.contains_key(&Slot::Touchpoint(t))) {
        judge.findings.place = Place::Journey;
        judge.findings.report(Fault::NoTouchpointLeft);
    }
    judge.findings.into_result()?;
    Ok(plan)
}

/// Puts a setting into the plan, unless another change sets the same differently: then that one's position.
fn claim(plan: &mut Plan, slot: Slot, setting: Setting, change: usize) -> Option<usize> {
    match plan.entry(slot) {
        Entry::Vacant(free) => {
            free.insert((change, setting));
            None
        }
        Entry::Occupied(taken) => {
            let (first, known) = taken.get();
            (*known != setting).then_some(*first)
        }
    }
}

fn open(when: Option<PromiseResult>, given: &Given) -> Open {
    Open {
        when,
        given: given.clone(),
    }
}

struct Judge<'a> {
    journey: &'a Journey,
    draft: &'a Draft,
    suggestions: Suggestions<'a>,
    findings: Findings,
}

impl Judge<'_> {
    /// What a change sets; `None` where it names something that is not there. Everything that is wrong with it is
    /// reported.
    #[expect(clippy::too_many_lines, reason = "an arm for each kind of change")]
    fn settings(&mut self, change: &Change) -> Option<Vec<(Slot, Setting)>> {
        let settings = match change {
            Change::KeepRate { at, given, rate } => {
                let at = self.find("touchpoint", at);
                if !(0.0..=1.0).contains(rate) {
                    self.findings.report(Fault::KeepRate { value: *rate });
                }
                self.promise_is_known(at?, given);
                let slot = if given.is_empty() {
                    Slot::KeepRate(at?)
                } else {
                    Slot::KeepRateGiven(at?, given.clone())
                };
                vec![(slot, Setting::Number(*rate))]
            }
            Change::Feels {
                at,
                given,
                after,
                emotion,
            } => {
                let at = self.find("touchpoint", at);
                let mut emotion = emotion.clone();
                let key = match after {
                    _ if !given.is_empty() => "emotion_given",
                    Some(PromiseResult::Broken) => "emotion_when_broken",
                    Some(PromiseResult::Unknown) => "emotion_when_unknown",
                    Some(PromiseResult::Kept) | None => "emotion",
                };
                check_emotion(key, &mut emotion, &mut self.findings);
                let whole = given.is_empty();
                let after = after.filter(|result| !whole || *result != PromiseResult::Kept);
                if after.is_some() {
                    self.tests_a_promise(at?);
                }
                let slot = if whole {
                    Slot::Emotion(at?, after)
                } else {
                    Slot::EmotionGiven(at?, open(after, given))
                };
                vec![(slot, Setting::Emotion(emotion))]
            }
            &Change::Raise { ref at, to } => {
                let at = self.find("touchpoint", at);
                let mut reached = Emotion::from(Shade::valence(to));
                check_emotion("emotion", &mut reached, &mut self.findings);
                let at = at?;
                [
                    None,
                    Some(PromiseResult::Broken),
                    Some(PromiseResult::Unknown),
                ]
                .map(|after| (Slot::Emotion(at, after), Setting::Raised(to)))
                .into()
            }
            Change::Lift { at } => {
                let at = self.find("touchpoint", at)?;
                [
                    None,
                    Some(PromiseResult::Broken),
                    Some(PromiseResult::Unknown),
                ]
                .map(|after| (Slot::Emotion(at, after), Setting::Lifted))
                .into()
            }
            Change::Weight { .. }
            | Change::AddTransition { .. }
            | Change::RemoveTransition { .. } => {
                return self.settings_of_way(change);
            }
            Change::Ends {
                at,
                outcome,
                when,
                given,
                weight,
            } => {
                let at = self.find("touchpoint", at);
                self.findings
                    .not_empty(|| "`outcome`".to_owned(), outcome.as_str());
                self.findings.amount(|| "`weight`".to_owned(), *weight);
                self.is_open_after(at?, "the ending", *when);
                let open = open(*when, given);
                let slot = Slot::Ending(at?, outcome.clone(), open);
                vec![(slot, Setting::Number(*weight))]
            }
            Change::Remove { touchpoint } => {
                let at = self.find("touchpoint", touchpoint)?;
                vec![(Slot::Touchpoint(at), Setting::Absent)]
            }
            Change::Can { at, ability } => {
                let at = self.find("touchpoint", at)?;
                vec![(Slot::Ability(at, *ability), Setting::Present)]
            }
            Change::Cannot { at, ability } => {
                let at = self.find("touchpoint", at)?;
                vec![(Slot::Ability(at, *ability), Setting::Absent)]
            }
            Change::Makes { at, promise } => {
                let at = self.find("touchpoint", at);
                self.findings
                    .not_empty(|| "the promise".to_owned(), promise);
                vec![(Slot::Makes(at?, promise.clone()), Setting::Present)]
            }
            Change::Starts { at, weight } => {
                let at = self.find("touchpoint", at);
                self.findings.amount(|| "`starts`".to_owned(), *weight);
                vec![(Slot::Starts(at?), Setting::Number(*weight))]
            }
            Change::Remember { fact } => {
                if self.facts().any(|known| known == fact.name) {
                    let fact = brief(&fact.name);
                    self.findings.report(Fault::Fact(FactFault::Taken { fact }));
                }
                vec![(Slot::Fact(fact.name.clone()), Setting::Fact(fact.clone()))]
            }
            Change::Forget { fact } => {
                self.can_be_forgotten(fact);
                vec![(Slot::Fact(fact.clone()), Setting::Absent)]
            }
        };
        Some(settings)
    }

    /// The names of the facts.
    fn facts(&self) -> impl Iterator<Item = &str> {
        let facts = self.journey.remembers().iter();
        facts.map(|fact| fact.name.as_str())
    }

    fn can_be_forgotten(&mut self, fact: &str) {
        let fault = if self.facts().all(|known| known != fact) {
            let near = nearest(fact, self.facts());
            FactFault::UnknownFact {
                what: "the change".to_owned(),
                fact: brief(fact),
                nearest: near.map(str::to_owned),
            }
        } else if let (None, Some(touchpoint)) =
            (self.journey.stated_counts(), self.draft.depending_on(fact))
        {
            FactFault::StillAsked {
                fact: brief(fact),
                touchpoint: brief(touchpoint),
            }
        } else {
            return;
        };
        self.findings.report(Fault::Fact(fault));
    }

    /// What a change of a transition sets.
    fn settings_of_way(&mut self, change: &Change) -> Option<Vec<(Slot, Setting)>> {
        let settings = match change {
            Change::Weight {
                from,
                to,
                when,
                given,
                weight,
            } => {
                let ends = self.find_both(from, to);
                self.findings.amount(|| "`weight`".to_owned(), *weight);
                let (from, to) = ends?;
                let meant = open(*when, given);
                self.has_way(from, to, |drawn| *drawn == meant);
                vec![(Slot::Way(from, to, meant), Setting::Number(*weight))]
            }
            Change::AddTransition {
                from,
                to,
                transition,
            } => {
                let ends = self.find_both(from, to);
                self.findings
                    .amount(|| "`weight`".to_owned(), transition.weight);
                if let Some(wait) = transition.wait_s {
                    self.findings.amount(|| "`wait_s`".to_owned(), wait);
                }
                let (from, to) = ends?;
                self.is_open_after(from, "it", transition.when);
                let open = Open::of(transition);
                if let Some(drawn) = self.draft.way(from, to, &open) {
                    let weight = drawn.weight;
                    self.findings.report(Fault::TransitionExists { weight });
                }
                let slot = Slot::Way(from, to, open);
                vec![(slot, Setting::Transition(transition.clone()))]
            }
            Change::RemoveTransition { from, to, when } => {
                let (from, to) = self.find_both(from, to)?;
                let is_meant = |drawn: &Open| when.is_none() || drawn.when == *when;
                self.has_way(from, to, is_meant);
                let slots = self.draft.opens(from, to);
                slots
                    .into_iter()
                    .filter(is_meant)
                    .map(|drawn| (Slot::Way(from, to, drawn), Setting::Absent))
                    .collect()
            }
            _ => return None,
        };
        Some(settings)
    }

    fn find(&mut self, end: &'static str, id: &str) -> Option<usize> {
        let found = self.journey.node(id).map(NodeIndex::index);
        if found.is_none() {
            self.findings.report(Fault::UnknownTouchpoint {
                end,
                id: brief(id),
                nearest: self.suggestions.nearest_to(id).map(str::to_owned),
            });
        }
        found
    }

    fn find_both(&mut self, from: &str, to: &str) -> Option<(usize, usize)> {
        let (from, to) = (self.find("from", from), self.find("to", to));
        from.zip(to)
    }

    fn id(&self, touchpoint: usize) -> String {
        let nodes = self.journey.graph().raw_nodes();
        nodes
            .get(touchpoint)
            .map_or_else(String::new, |node| brief(&node.weight.id))
    }

    fn promise(&self, touchpoint: usize) -> Option<&Promise> {
        let node = self.journey.graph().raw_nodes().get(touchpoint)?;
        node.weight.promise.as_ref()
    }

    fn tests_a_promise(&mut self, at: usize) {
        if self.promise(at).is_none() {
            let touchpoint = self.id(at);
            self.findings.report(Fault::NoPromise { touchpoint });
        }
    }

    fn promise_is_known(&mut self, at: usize, given: &Given) {
        self.tests_a_promise(at);
        let known = |promise: &Promise| promise.kept + promise.broken > 0.0;
        let nodes = self.journey.graph().raw_nodes();
        let meant = nodes.get(at).and_then(|node| {
            let stated = &mut node.weight.promise_given.iter();
            let stated = stated.find(|fares| fares.given == *given);
            stated.map_or(node.weight.promise.as_ref(), |fares| Some(&fares.promise))
        });
        if meant.is_some_and(|promise| !known(promise)) {
            let touchpoint = self.id(at);
            self.findings.report(Fault::NothingKnown { touchpoint });
        }
    }

    fn is_open_after(&mut self, at: usize, what: &str, when: Option<PromiseResult>) {
        if let (Some(when), None) = (when, self.promise(at)) {
            let touchpoint = self.id(at);
            self.findings.report(Fault::WhenWithoutPromise {
                what: what.to_owned(),
                when,
                touchpoint,
            });
        }
    }

    /// Whether one of the ways between the two is meant.
    fn has_way(&mut self, from: usize, to: usize, is_meant: impl Fn(&Open) -> bool) {
        let drawn = self.draft.opens(from, to);
        if !drawn.iter().any(is_meant) {
            let mut others: Vec<_> = drawn.into_iter().map(|open| open.when).collect();
            others.dedup();
            self.findings.report(Fault::NoTransition { others });
        }
    }
}
