//! What journeys cost to serve, and what their endings are worth.

mod told;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use crate::flow::{CoverageChange, Flow, Worth};
use crate::journey::{Change, Phase};

/// Cost to serve and value of the endings, expected of a journey, in the journey's currency.
///
/// What is not stated is unknown and never zero: sums are over what is stated, `None` where nothing is (and where a sum
/// is beyond what a number holds), and every sum has its coverage. A sum with a coverage below 1 leaves something
/// out.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Money {
    /// Cost to serve: what the visits of a journey cost the provider.
    pub cost: Option<f64>,
    /// Share of visits at touchpoints that state a cost, in 0..=1.
    pub cost_coverage: f64,
    /// What the ending of a journey is worth to the provider; may be negative.
    pub value: Option<f64>,
    /// Share of journeys that end with an outcome whose value is stated, in 0..=1.
    pub value_coverage: f64,
    /// What the sums are counted in.
    pub currency: Option<String>,
    /// Share of the cost that is spent before the interaction, in 0..=1; what is spent during and after it is the
    /// rest. `None` where no cost is known or it is 0.
    pub spent_before: Option<f64>,
    /// Cost by phase: before, during and after.
    pub phases: Vec<PhaseSpending>,
    /// Cost by who answers for it, the greatest first, unknown ones last, then by name; touchpoints without an owner are a
    /// group of their own, after the named ones of the same cost.
    pub owners: Vec<OwnerSpending>,
}

/// What the visits of one phase cost.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PhaseSpending {
    /// The phase.
    pub phase: Phase,
    /// Expected visits of a journey.
    pub visits: f64,
    /// What they cost.
    pub cost: Option<f64>,
    /// Share of these visits at touchpoints that state a cost, in 0..=1; `None` where there are no visits.
    pub coverage: Option<f64>,
    /// What the fixes of this phase together would add to what a journey's ending is worth: every promise that is tested in it kept,
    /// every feeling below 0 lifted. Exact, on the map. 0 where there is nothing to put right; `None` where no worth is stated, and
    /// where journeys could no longer end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub keeps: Option<f64>,
    /// How much of the journeys has an ending of stated worth, before and after: where both differ, part of `keeps` is that more or
    /// less is counted.
    #[cfg_attr(feature = "serde", serde(default))]
    pub keeps_coverage: Option<CoverageChange>,
    /// What would be kept for each unit of money that the phase costs: `keeps` by `cost`; `None` where one is unknown or nothing is
    /// spent.
    #[cfg_attr(feature = "serde", serde(default))]
    pub keeps_per_money: Option<f64>,
}

/// What the visits cost that somebody answers for.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OwnerSpending {
    /// Who answers for it; `None` for the touchpoints without an owner.
    pub owner: Option<String>,
    /// Expected visits of a journey.
    pub visits: f64,
    /// What they cost.
    pub cost: Option<f64>,
    /// Share of these visits at touchpoints that state a cost, in 0..=1; `None` where there are no visits.
    pub coverage: Option<f64>,
}

impl Flow {
    /// What a journey costs to serve, by phase and owner, and what its ending is worth. Takes O(n log n).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let money = Journey::builder("Repair")
    ///     .currency("EUR")
    ///     .value(Outcome::Loyalty, 200.0)
    ///     .touchpoint(Touchpoint::new("call", Phase::Before, Channel::Phone).cost(6.0).ends(Outcome::Churn, 1.0))
    ///     .touchpoint(Touchpoint::new("visit", Phase::During, Channel::Store).cost(40.0).ends(Outcome::Loyalty, 1.0))
    ///     .transition("call", "visit", 3.0)
    ///     .build()?
    ///     .flow()?
    ///     .money();
    /// assert_eq!(money.cost, Some(36.0)); // 6 + 3/4 of 40
    /// assert_eq!(money.value, Some(150.0));
    /// assert_eq!(money.value_coverage, 0.75); // what churn costs, nobody says
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn money(&self) -> Money {
        let all = self.cost_to_serve();
        let mut phases = BTreeMap::<Phase, Worth>::new();
        let mut owners = BTreeMap::<Option<&str>, Worth>::new();
        let touchpoints = self.journey().touchpoints().zip(self.costs()).enumerate();
        for (position, (touchpoint, cost)) in touchpoints {
            let visits = self.visits_at(position);
            let phase = phases.entry(touchpoint.phase).or_default();
            let owner = owners.entry(touchpoint.owner.as_deref()).or_default();
            for worth in [phase, owner] {
                worth.add(visits, cost);
            }
        }
        let endings = self.worth_of_endings();
        let worth_of = |phase: Phase| phases.get(&phase).copied().unwrap_or_default();
        let cost = all.sum();
        let before = worth_of(Phase::Before).sum().unwrap_or(0.0);
        let mut owners: Vec<OwnerSpending> = owners
            .into_iter()
            .map(|(owner, worth)| OwnerSpending {
                owner: owner.map(str::to_owned),
                visits: worth.weight,
                cost: worth.sum(),
                coverage: worth.coverage(),
            })
            .collect();
        owners.sort_by(|a, b| {
            let greatest = |owner: &OwnerSpending| Reverse(owner.cost.map(OrderedFloat));
            let named = |owner: &OwnerSpending| owner.owner.is_none();
            let by_cost = greatest(a).cmp(&greatest(b));
            by_cost.then_with(|| (named(a), &a.owner).cmp(&(named(b), &b.owner)))
        });
        Money {
            cost,
            cost_coverage: all.coverage().unwrap_or(0.0),
            value: endings.sum(),
            value_coverage: endings.coverage().unwrap_or(0.0),
            currency: self.journey().currency().map(str::to_owned),
            spent_before: cost
                .filter(|&cost| cost > 0.0)
                .map(|cost| (before / cost).min(1.0)),
            phases: Phase::ALL
                .iter()
                .map(|&phase| {
                    let worth = worth_of(phase);
                    let kept = self.kept_by_fixes(phase, endings);
                    let cost = worth.sum();
                    PhaseSpending {
                        phase,
                        visits: worth.weight,
                        cost,
                        coverage: worth.coverage(),
                        keeps: kept.map(|(keeps, _)| keeps),
                        keeps_coverage: kept.map(|(_, coverage)| coverage),
                        keeps_per_money: kept
                            .zip(cost)
                            .filter(|&(_, cost)| cost > 0.0)
                            .map(|((keeps, _), cost)| keeps / cost),
                    }
                })
                .collect(),
            owners,
        }
    }

    /// What all fixes of a phase together add to what endings are worth.
    fn kept_by_fixes(&self, phase: Phase, now: Worth) -> Option<(f64, CoverageChange)> {
        let value = now.sum()?;
        let mut changes = Vec::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            if at.phase != phase || at.measurement {
                continue;
            }
            if self.broken_at(position) > 0.0 {
                changes.push(Change::keep(&at.id));
            }
            if self.hurt_at(position) > 0.0 {
                changes.push(Change::lift(&at.id));
            }
        }
        if changes.is_empty() {
            return Some((0.0, CoverageChange::stays(now.coverage()?)));
        }
        let fixed = self.journey().with_changes(&changes).ok()?.flow().ok()?;
        let then = fixed.modelled().worth_of_endings();
        Some((then.sum()? - value, CoverageChange::between(now, then)))
    }
}
