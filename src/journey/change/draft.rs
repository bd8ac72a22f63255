//! A journey being changed.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use super::given::{promise_of, set_emotion};
use super::plan::{Plan, Setting, Slot, plan};
use crate::journey::builder::{JourneyBuilder, Link, Unread};
use crate::journey::check::Findings;
use crate::journey::facts::{Fact, Given};
use crate::journey::feelings::Emotion;
use crate::journey::journey::{About, Journey};
use crate::journey::outcome::{Ending, Outcome};
use crate::journey::problem::{Fault, Invalid, Place, brief};
use crate::journey::promise::{Promise, PromiseResult};
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;

/// When a way is open: after which promise result, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Open {
    pub(super) when: Option<PromiseResult>,
    pub(super) given: Given,
}

impl Open {
    pub(super) fn of(transition: &Transition) -> Self {
        Self {
            when: transition.when,
            given: transition.given.clone(),
        }
    }

    fn is_of(&self, ending: &Ending) -> bool {
        ending.when == self.when && ending.given == self.given
    }
}

/// Where a way leads to and when it is open.
pub(super) type Key = (usize, Open);

impl Journey {
    /// This journey with some things done differently; all changes at once, so that their order makes no difference.
    ///
    /// What no change names stays as it is, and so does where journeys begin: if the map states
    /// no `starts` and the changes would move the touchpoints that nobody leads to, the new map states the old ones.
    ///
    /// `evidence` stays too. What a figure of the new map rests on is then what was counted or told, and the change, of
    /// which nobody knows how sure it is; error bars count it as certain.
    ///
    /// **Removed touchpoints** go last. A way of weight w to a removed touchpoint becomes ways to where it leads, of
    /// weight w times the share of customers who leave it there, over its promise results and however often they
    /// go round at it first; its endings become endings of those before it; `starts` go to those after it. So visits and
    /// chances of all others are what they were. Where there is such a way already, the weights add up. A
    /// wait is the sum of those that it takes the place of, or their mean weighted by customers; it is unknown where
    /// one of these is, and waits on the way to an ending are gone with the touchpoint.
    ///
    /// Takes O((n + m + c) log(n + m + c)) for c changes, and for each removed touchpoint the product of the ways to
    /// it and the ways from it; beyond 4,000,000 of these the changes are refused.
    ///
    /// ```
    /// use customer_journey::{Change, Channel, Journey, Outcome, Phase, Touchpoint};
    /// let journey = Journey::builder("Call")
    ///     .touchpoint(Touchpoint::new("dial", Phase::Before, Channel::Phone))
    ///     .touchpoint(Touchpoint::new("menu", Phase::During, Channel::Phone).ends(Outcome::Churn, 20.0))
    ///     .touchpoint(Touchpoint::new("agent", Phase::During, Channel::Phone).ends(Outcome::Loyalty, 1.0))
    ///     .transition("dial", "menu", 100.0)
    ///     .transition("menu", "agent", 80.0)
    ///     .build()?;
    /// let direct = journey.with_changes(&[Change::remove("menu")])?;
    /// let (_, to, way) = direct.transitions().next().unwrap();
    /// assert_eq!((to.id.as_str(), way.weight), ("agent", 80.0));
    ///
    /// let error = journey.with_changes(&[Change::keep("agent"), Change::remove("manu")]).unwrap_err();
    /// assert_eq!(error.problems().len(), 2); // no promise to keep; did you mean "menu"?
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Invalid`] with every problem of the changes in their order: a touchpoint or transition that is not there, a
    /// transition that is there already, a promise that is not tested, a number out of range, two changes that set
    /// the same thing differently, and touchpoints that can not be removed. Changes that are all right by themselves
    /// can still leave a map without a [`flow`](Journey::flow).
    pub fn with_changes(&self, changes: &[Change]) -> Result<Self, Invalid> {
        if changes.is_empty() {
            return Ok(self.clone());
        }
        let mut draft = Draft::new(self);
        let plan = plan(self, changes, &draft)?;
        draft.carry_out(plan, changes)?;
        draft.build(self)
    }
}

/// The touchpoints and ways of a journey, by the positions that the touchpoints have there.
pub(super) struct Draft {
    /// `None` once removed.
    pub(super) touchpoints: Vec<Option<Touchpoint>>,
    /// The ways that leave each touchpoint.
    pub(super) ways: Vec<BTreeMap<Key, DraftWay>>,
    /// From where ways come to each touchpoint; also from where some came that are gone.
    pub(super) into: Vec<BTreeSet<usize>>,
    /// Weights of journeys that begin at each touchpoint, the assumed ones too.
    pub(super) starts: Vec<Option<f64>>,
    /// What customers remember.
    pub(super) remembers: Vec<Fact>,
    /// Whether the starts are the builder's assumption.
    assumed: bool,
    /// How many ways have been drawn.
    drawn: usize,
}

/// A way and its place in the order in which ways are drawn.
pub(super) struct DraftWay {
    pub(super) transition: Transition,
    pub(super) place: usize,
}

impl Draft {
    pub(super) fn new(journey: &Journey) -> Self {
        let graph = journey.graph();
        let count = graph.node_count();
        let mut draft = Self {
            touchpoints: journey.touchpoints().cloned().map(Some).collect(),
            ways: std::iter::repeat_with(BTreeMap::new).take(count).collect(),
            into: vec![BTreeSet::new(); count],
            starts: journey.touchpoints().map(|t| t.starts).collect(),
            remembers: journey.remembers().to_vec(),
            assumed: journey.touchpoints().all(|t| t.start_weight().is_none()),
            drawn: 0,
        };
        if draft.assumed {
            for (node, weight) in journey.start_nodes() {
                draft.starts[node.index()] = Some(weight);
            }
        }
        for edge in graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            draft.draw(from, to, edge.weight.clone());
        }
        draft
    }

    /// Draws a way, in the place of the one that is there.
    pub(super) fn draw(&mut self, from: usize, to: usize, transition: Transition) {
        let key = (to, Open::of(&transition));
        let place = self.ways[from]
            .get(&key)
            .map_or(self.drawn, |drawn| drawn.place);
        self.ways[from].insert(key, DraftWay { transition, place });
        self.into[to].insert(from);
        self.drawn += 1;
    }

    pub(super) fn way(&self, from: usize, to: usize, open: &Open) -> Option<&Transition> {
        let key = (to, open.clone());
        Some(&self.ways.get(from)?.get(&key)?.transition)
    }

    /// When the ways from one touchpoint to another are open.
    pub(super) fn opens(&self, from: usize, to: usize) -> Vec<Open> {
        let ways = self.ways[from].range((to, Open::default())..);
        let there = ways.map(|(key, _)| key).take_while(|key| key.0 == to);
        there.map(|(_, open)| open.clone()).collect()
    }

    /// Sets everything that is planned, removals last.
    pub(super) fn carry_out(&mut self, plan: Plan, changes: &[Change]) -> Result<(), Invalid> {
        let mut findings = Findings::new(Vec::new());
        let mut removed = Vec::new();
        for (slot, (change, setting)) in plan {
            match slot {
                Slot::Touchpoint(at) => removed.push((at, change)),
                Slot::Way(from, to, open) => self.set_way(from, &(to, open), setting),
                Slot::Fact(fact) => match setting {
                    Setting::Fact(fact) => self.remembers.push(fact),
                    _ => {
                        if let Err(at) = self.forget(&fact) {
                            if let Some(asked) = changes.get(change) {
                                findings.place = Place::change(change + 1, asked);
                            }
                            let touchpoint = self.touchpoints.get(at).and_then(Option::as_ref);
                            findings.report(Fault::BeyondNumbers {
                                touchpoint: touchpoint.map_or_else(String::new, |it| brief(&it.id)),
                            });
                        }
                    }
                },
                Slot::Starts(at) => {
                    if let Setting::Number(weight) = setting {
                        self.starts[at] = Some(weight);
                        self.assumed = false;
                        if let Some(touchpoint) = &mut self.touchpoints[at] {
                            touchpoint.starts_given.clear();
                        }
                    }
                }
                Slot::KeepRate(at)
                | Slot::KeepRateGiven(at, _)
                | Slot::Emotion(at, _)
                | Slot::EmotionGiven(at, _)
                | Slot::Ending(at, _, _)
                | Slot::Ability(at, _)
                | Slot::Makes(at, _) => {
                    if let Some(touchpoint) = &mut self.touchpoints[at]
                        && set(touchpoint, slot, setting).is_err()
                    {
                        if let Some(asked) = changes.get(change) {
                            findings.place = Place::change(change + 1, asked);
                        }
                        findings.report(Fault::BeyondNumbers {
                            touchpoint: brief(&touchpoint.id),
                        });
                    }
                }
            }
        }
        findings.into_result()?;
        self.pass_on(&removed, changes)
    }

    fn set_way(&mut self, from: usize, key: &Key, setting: Setting) {
        match setting {
            Setting::Number(weight) => {
                if let Some(drawn) = self.ways[from].get_mut(key) {
                    drawn.transition.weight = weight;
                }
            }
            Setting::Transition(transition) => self.draw(from, key.0, transition),
            _ => {
                self.ways[from].remove(key);
            }
        }
    }

    /// The changed journey.
    pub(super) fn build(mut self, journey: &Journey) -> Result<Journey, Invalid> {
        if !(self.assumed && self.would_assume_the_same()) {
            for (touchpoint, starts) in self.touchpoints.iter_mut().zip(&self.starts) {
                if let Some(touchpoint) = touchpoint {
                    touchpoint.starts = *starts;
                }
            }
        }
        let id = |touchpoint: usize| Some(self.touchpoints[touchpoint].as_ref()?.id.clone());
        let mut links = Vec::new();
        for (from, ways) in self.ways.into_iter().enumerate() {
            for ((to, _), drawn) in ways {
                let link = Link {
                    from: id(from),
                    to: id(to),
                    transition: drawn.transition,
                };
                links.push((drawn.place, link));
            }
        }
        links.sort_by_key(|(place, _)| *place);
        let builder = JourneyBuilder {
            about: About {
                remembers: self.remembers,
                ..journey.about().clone()
            },
            touchpoints: self.touchpoints.into_iter().flatten().collect(),
            transitions: links.into_iter().map(|(_, link)| link).collect(),
            unread: Unread::default(),
        };
        builder.build()
    }

    /// Whether the starts are those that would be assumed of the changed map if it stated none.
    fn would_assume_the_same(&self) -> bool {
        let mut entered = vec![false; self.touchpoints.len()];
        for (from, ways) in self.ways.iter().enumerate() {
            for (to, _) in ways.keys().filter(|(to, _)| *to != from) {
                entered[*to] = true;
            }
        }
        let there = self.touchpoints.iter().zip(&self.starts).zip(entered);
        there
            .filter(|((touchpoint, _), _)| touchpoint.is_some())
            .all(|((_, starts), entered)| match starts {
                Some(weight) => !entered && weight.total_cmp(&1.0).is_eq(),
                None => entered,
            })
    }
}

/// What arithmetic on weights may lose by rounding.
const ROUNDING: f64 = 1e-9;

/// A number that became too large or too small.
pub(super) struct Beyond;

/// The sum of two weights.
pub(super) fn add(a: f64, b: f64) -> Result<f64, Beyond> {
    let sum = a + b;
    if sum.is_finite() {
        Ok(sum)
    } else {
        Err(Beyond)
    }
}

/// Keeps a promise at a rate.
fn keep(promise: &mut Promise, rate: f64) -> Result<(), Beyond> {
    let (kept, broken) = (promise.kept, promise.broken);
    promise.kept = add(kept * rate, broken * rate)?;
    promise.broken = add(kept * (1.0 - rate), broken * (1.0 - rate))?;
    // The smallest weights can not be divided.
    let right = |now: f64| (now - rate).abs() <= ROUNDING;
    if promise.kept_rate().is_some_and(right) {
        Ok(())
    } else {
        Err(Beyond)
    }
}

/// Sets something about a single touchpoint.
fn set(touchpoint: &mut Touchpoint, slot: Slot, setting: Setting) -> Result<(), Beyond> {
    match (slot, setting) {
        (Slot::KeepRate(_), Setting::Number(rate)) => {
            if let Some(promise) = &mut touchpoint.promise {
                keep(promise, rate)?;
            }
            for fares in &mut touchpoint.promise_given {
                // Where of no visit it is known there is nothing to keep.
                if fares.promise.kept_rate().is_some() {
                    keep(&mut fares.promise, rate)?;
                }
            }
        }
        (Slot::KeepRateGiven(_, given), Setting::Number(rate)) => {
            if let Some(promise) = promise_of(touchpoint, given) {
                keep(promise, rate)?;
            }
        }
        (Slot::EmotionGiven(_, open), Setting::Emotion(emotion)) => {
            set_emotion(touchpoint, open, emotion);
        }
        (Slot::Emotion(_, after), setting) => {
            let emotion = match after {
                Some(PromiseResult::Broken) => &mut touchpoint.emotion_when_broken,
                Some(PromiseResult::Unknown) => &mut touchpoint.emotion_when_unknown,
                Some(PromiseResult::Kept) | None => &mut touchpoint.emotion,
            };
            match setting {
                Setting::Emotion(other) => *emotion = Some(other),
                Setting::Raised(to) => {
                    *emotion = emotion.as_ref().map(|felt| felt.raised(to));
                    for felt in &mut touchpoint.emotion_given {
                        felt.emotion = felt.emotion.raised(to);
                    }
                }
                _ => {
                    *emotion = emotion.as_ref().map(Emotion::lifted);
                    // Whatever is lifted is lifted for all, however often it is set.
                    for felt in &mut touchpoint.emotion_given {
                        felt.emotion = felt.emotion.lifted();
                    }
                }
            }
        }
        (Slot::Ending(_, outcome, open), Setting::Number(weight)) => {
            set_ending(&mut touchpoint.ends, &outcome, open, weight);
        }
        (Slot::Ability(_, ability), setting) => {
            let able = touchpoint.is_able_to(ability);
            match setting {
                Setting::Present if !able => touchpoint.can.push(ability),
                Setting::Present => {}
                _ => touchpoint.can.retain(|able| *able != ability),
            }
        }
        (Slot::Makes(_, promise), _) if !touchpoint.makes.contains(&promise) => {
            touchpoint.makes.push(promise);
        }
        _ => {}
    }
    Ok(())
}

/// Gives an ending its weight; where the map lists it several times, it is listed once after that.
fn set_ending(ends: &mut Vec<Ending>, outcome: &Outcome, open: Open, weight: f64) {
    let is_meant = |ending: &Ending| ending.outcome == *outcome && open.is_of(ending);
    let Some(first) = ends.iter().position(is_meant) else {
        let mut ending = Ending::new(outcome.clone(), weight);
        ending.when = open.when;
        ending.given = open.given;
        ends.push(ending);
        return;
    };
    let mut place = 0..;
    ends.retain(|ending| place.next() == Some(first) || !is_meant(ending));
    if let Some(ending) = ends.get_mut(first) {
        ending.weight = weight;
    }
}
