//! Which touchpoints and channels an ending is owed to.

mod told;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use crate::flow::{Flow, RAREST, is_proven};
use crate::journey::{Channel, Outcome, Touchpoint};

/// To which touchpoints and channels an outcome is owed, by the removal effect and, for comparison, by the usual rules.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Attribution {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of all journeys that end so, in 0..=1.
    pub probability: f64,
    /// Share of all journeys that end otherwise, in 0..=1: the "null" of attribution models.
    pub null: f64,
    /// Share of the journeys with the outcome that meet nothing to which it could be attributed, in 0..=1; 0 where all
    /// touchpoints may have credit, `None` where no journey ends with the outcome, or fewer than one in 1e290, and where it can not be
    /// proven to be exact in a map so entangled that it is solved by iteration; there is no credit then.
    pub unattributed: Option<f64>,
    /// The touchpoints that may have credit and that journeys come to, those of the greatest removal effect first, then
    /// in the order of the map. One without effect is listed with 0. Empty where no journey ends with the outcome.
    pub touchpoints: Vec<Credit>,
    /// Their channels, ordered in the same way, then by name.
    pub channels: Vec<Credit>,
    /// The proven bound on the relative error of these figures; 0 where the chain was eliminated, and only rounding
    /// remains. See [`Flow::solver`].
    pub error_bound: f64,
}

/// What is owed to a touchpoint or to a channel.
///
/// Each of `credit`, `first_touch`, `last_touch` and `linear` sums to the share of the outcome's journeys that is not
/// [`unattributed`](Attribution::unattributed). None of them is ever negative.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Credit {
    /// The touchpoint's id, or the channel's name.
    pub name: String,
    /// The removal effect, in 0..=1: which share of the outcome would be lost if every journey that comes here were lost. It
    /// is the share of the outcome's journeys that come here. `None` where the map is so large and entangled that it is not
    /// known for all.
    pub removal: Option<f64>,
    /// The removal effect, divided by the sum of all; `None` where one of these is unknown.
    pub credit: Option<f64>,
    /// Share of the outcome's journeys that meet this first.
    pub first_touch: f64,
    /// Share of the outcome's journeys that meet this last.
    pub last_touch: f64,
    /// Share of the outcome's journeys that is owed to this if each of them is shared out equally among its visits to what
    /// may have credit. `None` where that would take too much work, or can not be proven to be exact.
    pub linear: Option<f64>,
}

/// So many multiplications and steps may go into the linear rule and the removal effects of channels; some ten seconds'
/// work.
const BUDGET: f64 = 2e10;

impl Flow {
    /// To which touchpoints and channels an outcome is owed.
    ///
    /// The removal effect follows Anderl et al. 2016, here exactly and without drawing random journeys: a journey that comes to
    /// what is removed is lost. First touch, last touch and linear stand beside it for comparison.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Campaign")
    ///     .touchpoint(Touchpoint::new("advert", Phase::Before, Channel::Social).ends("lost", 1.0))
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Web).starts(1.0).ends("sale", 1.0))
    ///     .touchpoint(Touchpoint::new("letter", Phase::Before, Channel::Post).starts(1.0))
    ///     .transition("advert", "shop", 1.0)
    ///     .transition("letter", "shop", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let attribution = flow.attribution(&Outcome::from("sale"));
    /// assert_eq!(attribution.touchpoints[0].name, "shop");
    /// assert_eq!(attribution.touchpoints[0].removal, Some(1.0));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Complexity
    /// O(n + m) for the touchpoints, and for each channel one elimination of the groups of touchpoints on common loops that
    /// it has touchpoints in. The linear rule takes ten eliminations, and ten more for each doubling of the length of
    /// journeys. Beyond a budget of some ten seconds' work, it and the removal effects of channels are left out.
    #[must_use]
    pub fn attribution(&self, outcome: &Outcome) -> Attribution {
        self.attribution_among(outcome, |_| true)
    }

    /// The same, with credit only for the touchpoints for which `attributable` says so: paid campaigns, or what one
    /// department answers for. What journeys reach without meeting any of them is
    /// [`unattributed`](Attribution::unattributed). One elimination of the chain and one solution more.
    #[must_use]
    pub fn attribution_among(
        &self,
        outcome: &Outcome,
        attributable: impl Fn(&Touchpoint) -> bool,
    ) -> Attribution {
        let column = self.outcome_position(outcome);
        let chance = |column| self.outcome_probability(column);
        let all = column.map_or(0.0, chance);
        let others = (0..self.moments().outcomes().len()).filter(|&other| Some(other) != column);
        let mut attribution = Attribution {
            outcome: outcome.clone(),
            probability: all,
            null: others.map(chance).fold(0.0, |sum, p| sum + p).min(1.0),
            unattributed: None,
            touchpoints: Vec::new(),
            channels: Vec::new(),
            error_bound: 0.0,
        };
        if let Some(column) = column.filter(|_| all >= RAREST) {
            let among = self.touchpoints_where(attributable);
            self.attribute(&mut attribution, column, &among);
        }
        attribution
    }

    fn attribute(&self, attribution: &mut Attribution, outcome: usize, touchpoints: &[u32]) {
        let all = attribution.probability;
        let among = &self.states_at(touchpoints)[..];
        let first = self.first_met(among);
        let visited = self.states_where(|_| true).len();
        // The chance of ending so without meeting any of them from here on.
        let never = (among.len() < visited).then(|| {
            let mut layer = self.layer();
            layer.restart(among, |_| true);
            layer.values(layer.ending_with(outcome), 1)
        });
        let bound = |never: &crate::flow::Proven| never.error_bound;
        let error_bound = first.error_bound + never.as_ref().map_or(0.0, bound);
        if !is_proven(error_bound) {
            return;
        }
        attribution.error_bound = error_bound;
        let never_from = |to: usize| never.as_ref().map_or(0.0, |never| never.values[to]);
        let starts = self.starts().iter().enumerate();
        let without = starts.fold(0.0, |sum, (at, share)| sum + share * never_from(at));
        attribution.unattributed = Some((without / all).min(1.0));
        let h = |state: u32| self.chance_from(state as usize, outcome);
        let mut left = BUDGET - self.sharing_work();
        let linear = (left >= 0.0).then(|| self.equal_shares(among, outcome));
        let linear = linear.filter(|shares| is_proven(shares.error_bound));
        if let Some(shares) = &linear {
            attribution.error_bound = attribution.error_bound.max(shares.error_bound);
        } else {
            left = BUDGET;
        }
        let nodes = self.journey().graph().raw_nodes();
        let mut channels = BTreeMap::<&Channel, (Vec<u32>, Credit)>::new();
        // The credit of each state goes to its touchpoint.
        let mut left_over = among.iter().zip(first.values).enumerate().peekable();
        for &position in touchpoints {
            let touchpoint = &nodes[position as usize].weight;
            let mut credit = Credit {
                removal: self.reach_at(position as usize).map(|reach| {
                    (reach * (self.chance_ahead(position as usize, outcome) / all)).min(1.0)
                }),
                ..Credit::none(touchpoint.id.clone())
            };
            let of = self.moments().states_of(position as usize);
            while let Some((place, (&state, first))) =
                left_over.next_if(|(_, (state, _))| of.contains(&(**state as usize)))
            {
                let last = self
                    .moments()
                    .at(state as usize)
                    .map(|moment| moment.share * moment.chance_of(outcome, never_from));
                credit.first_touch += first * h(state) / all;
                let last = last.fold(0.0, |sum, p| sum + p);
                credit.last_touch += self.visits_to(state as usize) * last / all;
                let shared = linear.as_ref().map(|shares| shares.values[place] / all);
                credit.linear = credit.linear.zip(shared).map(|(sum, share)| sum + share);
            }
            let (members, sum) = channels.entry(&touchpoint.channel).or_insert_with(|| {
                let name = touchpoint.channel.as_str().to_owned();
                (Vec::new(), Credit::none(name))
            });
            members.push(position);
            sum.first_touch += credit.first_touch;
            sum.last_touch += credit.last_touch;
            sum.linear = sum.linear.zip(credit.linear).map(|(a, b)| a + b);
            attribution.touchpoints.push(credit);
        }
        for (members, mut credit) in channels.into_values() {
            let members = self.states_at(&members);
            left -= self.meeting_work(&members);
            if left >= 0.0 {
                let first = self.first_met(&members);
                if is_proven(first.error_bound) {
                    attribution.error_bound = attribution.error_bound.max(first.error_bound);
                    let met = members.iter().zip(first.values);
                    let met = met.fold(0.0, |sum, (&at, first)| sum + first * h(at));
                    credit.removal = Some((met / all).min(1.0));
                }
            }
            attribution.channels.push(credit);
        }
        share_out(&mut attribution.touchpoints);
        share_out(&mut attribution.channels);
    }
}

impl Credit {
    fn none(name: String) -> Self {
        Self {
            name,
            removal: None,
            credit: None,
            first_touch: 0.0,
            last_touch: 0.0,
            linear: Some(0.0),
        }
    }
}

/// Brings removal effects to the sum of what is attributed, and everything into its order.
fn share_out(credits: &mut [Credit]) {
    let attributed = credits.iter().map(|credit| credit.first_touch);
    let attributed = attributed.fold(0.0, |sum, share| sum + share).min(1.0);
    let mut removals = credits.iter().map(|credit| credit.removal);
    let removals = removals.try_fold(0.0, |sum, removal| Some(sum + removal?));
    let part = |one: f64, of: f64| {
        if of > 0.0 {
            (attributed * (one / of)).min(1.0)
        } else {
            0.0
        }
    };
    for credit in credits.iter_mut() {
        credit.credit = credit
            .removal
            .zip(removals)
            .map(|(removal, all)| part(removal, all));
        credit.linear = credit.linear.map(|share| share.min(1.0));
        credit.first_touch = credit.first_touch.min(1.0);
        credit.last_touch = credit.last_touch.min(1.0);
    }
    credits.sort_by_key(|credit| Reverse(OrderedFloat(credit.removal.unwrap_or(0.0))));
}
