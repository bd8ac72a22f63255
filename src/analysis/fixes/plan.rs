//! A few fixes for a sum of money.

use ordered_float::OrderedFloat;

use super::{FixEffect, FixOptions, Goal, NOTHING, RankedFix};
use crate::flow::{Basis, Flow};
use crate::journey::{FixKind, Journey};

/// Fixes for a sum of money, chosen one after the other.
///
/// The choice is *greedy*: at each step the fix is taken that gains most on top of those already taken, and once more
/// with the most gain for the money; the better of the two sets counts. That is usually good and not always the best
/// set that there is. The effect of the set that was chosen is exact.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FixPlan {
    /// The goal.
    pub goal: Goal,
    /// The money that may be spent.
    pub budget: f64,
    /// The money that is spent.
    pub spent: f64,
    /// What the whole set gains, in the goal's unit; 0 where nothing was chosen.
    pub gain: f64,
    /// What the whole set changes, after minus before; `None` where nothing was chosen.
    pub effect: Option<FixEffect>,
    /// The fixes in the order in which they were chosen.
    pub steps: Vec<FixStep>,
    /// How many fixes could not be chosen because their cost is not stated.
    pub without_cost: usize,
    /// Where the effects of this journey's single fixes come from. Those of a plan come from the map always, which forgets how
    /// customers came: several fixes together were never seen.
    pub singles: Basis,
    /// The journey with the whole set, ready for every question.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub journey: Journey,
}

/// One step of a [`FixPlan`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FixStep {
    /// The touchpoint's id.
    pub id: String,
    /// What is put right there.
    #[cfg_attr(feature = "serde", serde(rename = "fix"))]
    pub kind: FixKind,
    /// What it costs.
    pub cost: f64,
    /// What it gains on top of the steps before it, in the goal's unit.
    pub gain: f64,
}

/// Sums of decimals are right to a few units in the 16th digit; so much beyond the budget is still within it.
const ROUNDING: f64 = 1e-12;

impl Flow {
    /// A few fixes for a sum of money: those that together come furthest towards a goal, by greedy choice, with the exact
    /// effect of the whole set. Only fixes whose cost the options state can be chosen. A budget that is not a number buys
    /// nothing: it is taken as 0.
    ///
    /// # Complexity
    /// All single fixes and one new flow for each step, twice.
    ///
    /// # Sources
    /// Taking the better of two greedy choices: Khuller, Moss, Naor 1999, *The budgeted maximum coverage problem*.
    ///
    /// ```
    /// use customer_journey::analysis::FixOptions;
    /// use customer_journey::{Channel, FixKind, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(80.0).broken(20.0))
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .build()?
    ///     .flow()?;
    /// let costs = FixOptions::new().cost("delivery", FixKind::KeepPromise, 800.0);
    /// let plan = flow.best_fixes(&Goal::Reduce(Outcome::Churn), 1_000.0, &costs);
    /// assert_eq!((plan.steps.len(), plan.spent), (1, 800.0));
    /// assert_eq!(plan.journey.flow()?.probability(&Outcome::Churn), 0.0);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn best_fixes(&self, goal: &Goal, budget: f64, options: &FixOptions) -> FixPlan {
        if self.basis() == Basis::Counted {
            let mut plan = self.modelled().best_fixes(goal, budget, options);
            plan.singles = Basis::Counted;
            return plan;
        }
        let budget = if budget.is_nan() { 0.0 } else { budget };
        let by_gain = self.greedy(goal, budget, options, |fix| fix.gain);
        // What costs nothing comes first of all.
        let by_price = self.greedy(goal, budget, options, |fix| {
            fix.gain_per_cost.or(fix.cost.map(|_| f64::INFINITY))
        });
        let is_better = (by_price.gain, -by_price.spent) > (by_gain.gain, -by_gain.spent);
        if is_better { by_price } else { by_gain }
    }

    fn greedy(
        &self,
        goal: &Goal,
        budget: f64,
        options: &FixOptions,
        merit: impl Fn(&RankedFix) -> Option<f64>,
    ) -> FixPlan {
        let mut plan = FixPlan {
            goal: goal.clone(),
            budget,
            spent: 0.0,
            gain: 0.0,
            effect: None,
            steps: Vec::new(),
            without_cost: 0,
            singles: Basis::Modelled,
            journey: self.journey().clone(),
        };
        let most = budget + ROUNDING * budget.abs();
        let mut changed: Option<Flow> = None;
        loop {
            let now = changed.as_ref().unwrap_or(self);
            let ranked = now.fixes_with(goal, options).ranked;
            if plan.steps.is_empty() {
                plan.without_cost = ranked.iter().filter(|fix| fix.cost.is_none()).count();
            }
            if plan.steps.len() >= options.most() {
                break;
            }
            let candidates = ranked.iter().filter_map(|fix| {
                let (gain, cost) = fix.gain.zip(fix.cost)?;
                (gain > NOTHING && plan.spent + cost <= most).then_some((fix, gain, cost))
            });
            // The first of those equally good: the ranking has told them apart.
            let best = candidates
                .rev()
                .max_by_key(|(fix, ..)| merit(fix).map(OrderedFloat));
            let Some((fix, gain, cost)) = best else {
                break;
            };
            let Some(next) = now.with_fix(&fix.id, fix.kind) else {
                break;
            };
            plan.spent = (plan.spent + cost).min(budget);
            plan.steps.push(FixStep {
                id: fix.id.clone(),
                kind: fix.kind,
                cost,
                gain,
            });
            changed = Some(next);
        }
        if let Some(after) = &changed {
            let changes = self.changes_to(after, goal.needs_peak());
            let effect =
                FixEffect::new(self, changes, None, self.costs().any(|cost| cost.is_some()));
            plan.gain = goal.gain(&effect).unwrap_or(0.0);
            plan.effect = Some(effect);
            plan.journey = after.journey().clone();
        }
        plan
    }
}
