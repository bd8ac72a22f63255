//! Which single fix changes the ending most, and which few of them together.

mod claims;
mod effect;
mod goal;
mod money;
mod options;
mod plan;
mod tables;
pub(crate) mod told;

pub use effect::FixEffect;
pub use goal::Goal;
pub use options::FixOptions;
pub use plan::{FixPlan, FixStep};

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Alteration, Basis, FixKind, Flow, NoEffect, Z};
use crate::journey::Emotion;
use crate::statistics::student;

/// One fix at one touchpoint, with everything that it changes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fix {
    /// The touchpoint's id.
    pub id: String,
    /// What is put right there.
    #[cfg_attr(feature = "serde", serde(rename = "fix"))]
    pub kind: FixKind,
    /// What it changes, after minus before; `None` where that is not known.
    pub effect: Option<FixEffect>,
    /// Why it is not known what it changes.
    #[cfg_attr(feature = "serde", serde(default))]
    pub unknown: Option<NoEffect>,
    /// Whether this is a feeling at a touchpoint with which journeys end nearly always (95 of 100 visits), where whole journeys
    /// were counted: what is felt there may be the ending itself and not its cause, so that reports do not advise to lift it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub verdict: bool,
}

impl Fix {
    /// Whether its effect is computed on whole journeys.
    pub(crate) fn is_counted(&self) -> bool {
        let effect = self.effect.as_ref();
        effect.is_some_and(|effect| effect.basis == Basis::Counted)
    }
}

/// A fix with what it does for a goal.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RankedFix {
    /// The touchpoint's id.
    pub id: String,
    /// What is put right there.
    #[cfg_attr(feature = "serde", serde(rename = "fix"))]
    pub kind: FixKind,
    /// What it changes, after minus before; `None` where [`Fix::effect`] is.
    pub effect: Option<FixEffect>,
    /// Why it is not known what it changes.
    #[cfg_attr(feature = "serde", serde(default))]
    pub unknown: Option<NoEffect>,
    /// How far it comes towards the goal, in the goal's own unit: a chance, a valence, or money. Negative where it leads
    /// away from it; `None` where that is not known.
    pub gain: Option<f64>,
    /// Standard error of the gain, where all weights are counts of real visits; see [`Flow::error_bars`].
    pub standard_error: Option<f64>,
    /// The gain of a lifted feeling among customers of the same mood: see [`FixEffect::adjusted`].
    pub adjusted_gain: Option<f64>,
    /// Its standard error.
    pub adjusted_standard_error: Option<f64>,
    /// The 95 % interval of the gain, from and to; `None` where there is no standard error, or one of 0, since such
    /// counts cannot tell.
    pub interval: Option<(f64, f64)>,
    /// The share of all hurt that would be gone, as whole journeys tell it; negative where more would hurt. `None` where the map answers.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hurt_gone: Option<f64>,
    /// Its own 95 % interval, from and to: not that of the hurt over the hurt, since both are in doubt, and together.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hurt_gone_interval: Option<(f64, f64)>,
    /// What the fix costs, where that is stated.
    pub cost: Option<f64>,
    /// Gain for each unit of money; `None` where the cost is not stated or is 0.
    pub gain_per_cost: Option<f64>,
    /// Whether no other fix of stated cost gains at least as much for at most the same money, one of them strictly
    /// better, and this one gains something. Always `false` where the cost is not stated. Gains that agree to nine digits, or
    /// to 1e-12, count as equal.
    pub is_efficient: bool,
}

/// All single fixes, ranked for a goal.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fixes {
    /// The goal.
    pub goal: Goal,
    /// Where the journey stands now: the chance, valence, hurt or money that the goal is about. 0 for an outcome that no
    /// journey ends with; `None` where it is not known.
    pub now: Option<f64>,
    /// The greatest gain first, then by id and kind of fix; those of unknown gain come last.
    pub ranked: Vec<RankedFix>,
    /// Stated costs that were not used: their touchpoint has nothing of the kind to fix, or they are negative or not a
    /// number.
    pub unused_costs: Vec<String>,
}

/// What all fixes of a journey stand on.
struct Ground {
    /// Whether journeys get lost on the map.
    has_hole: bool,
    /// How many standard errors the 95 % interval of what whole journeys tell reaches to each side.
    wide: f64,
}

impl Ground {
    fn new(flow: &Flow) -> Self {
        let units = flow.counts().map_or(0, |counted| counted.units);
        Self {
            has_hole: flow.journey().has_hole(),
            wide: student(units.saturating_sub(1).max(1) as f64),
        }
    }
}

impl Fixes {
    /// Without feelings that may be the ending itself.
    pub(crate) fn without_verdicts(mut self, fixes: &[Fix]) -> Self {
        let is_verdict = |known: &RankedFix| {
            let same = |fix: &&Fix| fix.id == known.id && fix.kind == known.kind;
            fixes.iter().find(same).is_some_and(|fix| fix.verdict)
        };
        self.ranked.retain(|known| !is_verdict(known));
        self
    }
}

impl RankedFix {
    fn new(fix: Fix, goal: &Goal, options: &FixOptions, ground: &Ground) -> Self {
        // Where journeys get lost on the map, nobody knows what becomes of those that a fix leads there.
        let known = |effect: &&FixEffect| !(ground.has_hole && effect.leads_astray());
        let effect = fix.effect.as_ref().filter(known);
        let gain = effect.and_then(|effect| goal.gain(effect));
        let cost = options.cost_of(&fix.id, fix.kind);
        let standard_error = effect.and_then(|effect| goal.standard_error(effect));
        let (lowest, highest) = goal.bounds();
        let wide = match effect.map(|effect| effect.basis) {
            Some(Basis::Counted) => ground.wide,
            _ => Z,
        };
        let adjusted = effect.and_then(|effect| goal.adjusted(effect.adjusted.as_ref()?));
        let around = |(gain, error): (f64, f64)| {
            let half = wide * error;
            ((gain - half).max(lowest), (gain + half).min(highest))
        };
        let share = effect.and_then(|effect| effect.hurt_share);
        let gone = share.map(|share| -share.change);
        let gone_error = share.and_then(|share| share.standard_error);
        Self {
            hurt_gone: gone,
            hurt_gone_interval: gone
                .zip(gone_error)
                .filter(|&(_, error)| error > 0.0)
                .map(|(gone, error)| (gone - wide * error, (gone + wide * error).min(1.0))),
            gain,
            standard_error,
            adjusted_gain: adjusted.map(|known| known.change),
            adjusted_standard_error: adjusted.and_then(|known| known.standard_error),
            interval: gain
                .zip(standard_error)
                .filter(|&(_, error)| error > 0.0)
                .map(around),
            cost,
            gain_per_cost: gain
                .zip(cost)
                .filter(|&(_, cost)| cost > 0.0)
                .map(|(gain, cost)| gain / cost),
            is_efficient: false,
            id: fix.id,
            kind: fix.kind,
            effect: fix.effect,
            unknown: fix.unknown,
        }
    }
}

impl Flow {
    /// Every single fix of some kinds with its exact effect, in the order of the map: keeping each promise that is tested,
    /// lifting the negative feelings of each touchpoint to neutral, raising the feelings of
    /// each to what is intended there, and listening at each touchpoint where nobody does.
    /// All kinds are in [`FixKind::ALL`]. A journey learned from whole journeys answers with what these tell
    /// ([`FixEffect::basis`]); [`Flow::modelled`] answers from the map.
    ///
    /// # Complexity
    /// A few eliminations for all of them together, and O(width) more for each, where the width counts a touchpoint's
    /// transitions times the map's outcomes. A raise, a fix at a touchpoint that customers hardly ever leave for good, or of a
    /// promise that was never kept, is solved by itself.
    ///
    /// # Sources
    /// Sherman, Morrison 1950; the entries of N that it takes from the selected inverse of Takahashi, Fagan, Chin 1973.
    ///
    /// ```
    /// use customer_journey::{Channel, FixKind, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(80.0).broken(20.0))
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .build()?
    ///     .flow()?;
    /// let fixes = flow.single_fixes(FixKind::ALL);
    /// assert_eq!(fixes[0].kind, FixKind::KeepPromise);
    /// let effect = fixes[0].effect.as_ref().unwrap();
    /// assert!((effect.change_of(&Outcome::Churn) + 0.2).abs() < 1e-12);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn single_fixes(&self, kinds: &[FixKind]) -> Vec<Fix> {
        let mut fixable = self.fixable();
        fixable.retain(|altered| kinds.contains(&altered.kind));
        self.fixes_listed(&fixable, false)
    }

    /// All single fixes, ranked for a goal, with the default options: nothing has a cost.
    ///
    /// See [`Flow::single_fixes`] for what they are and what computing them takes, and [`Flow::fixes_with`].
    ///
    /// ```
    /// use customer_journey::{Channel, FixKind, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(80.0).broken(20.0))
    ///             .feels_when_broken(-0.6)
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .build()?
    ///     .flow()?;
    /// let best = &flow.fixes(&Goal::Reduce(Outcome::Churn)).ranked[0];
    /// assert_eq!((best.id.as_str(), best.kind), ("delivery", FixKind::KeepPromise));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn fixes(&self, goal: &Goal) -> Fixes {
        self.fixes_with(goal, &FixOptions::new())
    }

    /// All single fixes, ranked for a goal: the best first, with gain per cost and the set of those that no other one
    /// beats where costs are stated.
    ///
    /// For the goal [`Goal::RaiseRemembered`] one more elimination for each distinct valence of the map is made.
    #[must_use]
    pub fn fixes_with(&self, goal: &Goal, options: &FixOptions) -> Fixes {
        let fixes = self.fixes_listed(&self.fixable(), goal.needs_peak());
        let fixable: Vec<(&str, FixKind)> = fixes
            .iter()
            .map(|fix| (fix.id.as_str(), fix.kind))
            .collect();
        let ground = Ground::new(self);
        let unused_costs = options.unused(&fixable);
        let mut ranked: Vec<RankedFix> = fixes
            .into_iter()
            .map(|fix| RankedFix::new(fix, goal, options, &ground))
            .collect();
        mark_efficient(&mut ranked);
        ranked.sort_by(|a, b| {
            let key = |fix: &RankedFix| Reverse(fix.gain.map(OrderedFloat));
            let by_gain = key(a).cmp(&key(b));
            by_gain.then_with(|| (&a.id, a.kind).cmp(&(&b.id, b.kind)))
        });
        Fixes {
            goal: goal.clone(),
            now: goal.now(self),
            ranked,
            unused_costs,
        }
    }

    /// A fix that is known with what it does for a goal.
    pub(crate) fn ranked(&self, fix: &Fix, goal: &Goal) -> RankedFix {
        RankedFix::new(fix.clone(), goal, &FixOptions::new(), &Ground::new(self))
    }

    /// What can be fixed, in the order of the map.
    fn fixable(&self) -> Vec<Alteration> {
        let mut fixable = Vec::new();
        let touchpoints = self.journey().touchpoints().enumerate();
        for (touchpoint, at) in touchpoints.filter(|(_, at)| !at.measurement) {
            let moments = || self.moments_at(touchpoint);
            let levels = self.moments().levels();
            let is_negative = |&(level, _): &(u32, f64)| levels[level as usize] < 0.0;
            let intended = at.intended.as_ref().and_then(Emotion::mean);
            let is_less = |&(level, _): &(u32, f64)| {
                intended.is_some_and(|intended| levels[level as usize] < intended)
            };
            let kinds = [
                at.promise.is_some().then_some(FixKind::KeepPromise),
                moments()
                    .any(|moment| moment.shades.iter().any(is_negative))
                    .then_some(FixKind::LiftEmotion),
                moments()
                    .any(|moment| moment.shades.iter().any(is_less))
                    .then_some(FixKind::Raise),
                (!self.listens(touchpoint)).then_some(FixKind::Listen),
            ];
            let at_touchpoint = |kind| Alteration { touchpoint, kind };
            fixable.extend(kinds.into_iter().flatten().map(at_touchpoint));
        }
        fixable
    }

    fn fixes_listed(&self, fixable: &[Alteration], with_peak: bool) -> Vec<Fix> {
        let nodes = self.journey().graph().raw_nodes();
        let states_costs = self.costs().any(|cost| cost.is_some());
        let changes = self.changes(fixable, with_peak);
        let errors = self.errors_of_fixes(fixable);
        let listed = fixable.iter().zip(changes).zip(errors);
        let mut fixes: Vec<Fix> = listed
            .map(|((altered, changes), errors)| Fix {
                id: nodes[altered.touchpoint].weight.id.clone(),
                kind: altered.kind,
                unknown: changes.as_ref().err().cloned(),
                effect: changes
                    .ok()
                    .map(|changes| FixEffect::new(self, changes, errors.as_ref(), states_costs)),
                verdict: false,
            })
            .collect();
        self.count_fixes(&mut fixes);
        fixes
    }

    /// Puts what whole journeys tell in place of what the map says.
    pub(crate) fn count_fixes(&self, fixes: &mut [Fix]) {
        let is_counted = self.counts().is_some();
        for fix in fixes {
            fix.verdict =
                is_counted && fix.kind == FixKind::LiftEmotion && self.ends_nearly_always(&fix.id);
            if let Some(counted) = self.counted_fix(&fix.id, fix.kind) {
                fix.effect = FixEffect::counted(self, counted, fix.effect.take());
                fix.unknown = fix.unknown.take().filter(|_| fix.effect.is_none());
            }
        }
    }
}

/// Marks the fixes of stated cost that no other one beats: the Pareto set of gain and cost.
fn mark_efficient(fixes: &mut [RankedFix]) {
    let mut priced: Vec<(usize, f64, f64)> = Vec::new();
    for (place, fix) in fixes.iter().enumerate() {
        if let Some((gain, cost)) = fix.gain.zip(fix.cost) {
            priced.push((place, gain, cost));
        }
    }
    // The cheapest first, and of those the one that gains most; then only a greater gain is worth more money.
    priced.sort_by_key(|&(_, gain, cost)| (OrderedFloat(cost), Reverse(OrderedFloat(gain))));
    let mut best: Option<(f64, f64)> = None;
    for (place, gain, cost) in priced {
        let worth_more = best.map_or(NOTHING, |(best, _)| best * (1.0 + EQUAL) + NOTHING);
        let as_good =
            |(best, price): (f64, f64)| cost <= price && gain >= best * (1.0 - EQUAL) - NOTHING;
        if gain > worth_more {
            best = Some((gain, cost));
        } else if !best.is_some_and(as_good) {
            continue;
        }
        fixes[place].is_efficient = true;
    }
}

/// A smaller gain is none: figures are right to a few units in the 16th digit.
const NOTHING: f64 = 1e-12;

/// Gains that differ by less, relatively, are equal but for rounding.
const EQUAL: f64 = 1e-9;
