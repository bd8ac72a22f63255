//! The seams of a flow.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;

use super::{
    BeginsAgain, HandOver, NeedChannels, NoMandate, OwnerHurt, SeamFigures, Seams, Unowned,
};
use crate::flow::{Basis, Flow, Moved, among, mean_of};
use crate::journey::{Ability, Channel, CountedFigure, CountedName, SeamKind, begins_again};

/// What goes from one place to another.
#[derive(Debug, Clone, Copy, Default)]
struct Passed {
    flow: f64,
    begun_again: f64,
    /// Of the flow, what is felt before and behind, where both are known.
    known: f64,
    change: f64,
}

impl Passed {
    fn add(&mut self, step: &Moved<'_>) {
        self.flow += step.flow;
        self.known += step.known;
        self.change += step.change;
        if begins_again(step.from, step.to) {
            self.begun_again += step.flow;
        }
    }

    fn mean_change(&self) -> Option<f64> {
        mean_of(self.change, self.known)
    }
}

impl Flow {
    /// Where customers are handed over, how feelings change there, where they begin all over again, and what nobody answers for.
    ///
    /// With v the visits and T the chances of the ways between touchpoints: `sum v_i T_ij` over the ways whose sides differ. The
    /// chance of none is that of ending on the chain without those ways; one elimination for each kind. Takes O(m log m) besides,
    /// for m ways.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Move")
    ///     .touchpoint(Touchpoint::new("shop", Phase::Before, Channel::Web).owner("Sales").feels(0.5))
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).owner("Service").feels(-0.3)
    ///         .ends(Outcome::Churn, 1.0))
    ///     .transition("shop", "call", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let seams = flow.seams();
    /// let owners = &seams.kinds[0];
    /// assert_eq!((owners.expected, owners.none), (Some(1.0), Some(0.0)));
    /// assert_eq!(owners.hand_overs[0].change, Some(-0.8));
    /// assert_eq!(seams.begun_again, Some(1.0)); // at the call nobody knows who is calling
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn seams(&self) -> Seams {
        let moves = self.moved();
        let kinds = SeamKind::ALL.iter().map(|&kind| self.seam(kind, &moves));
        let kinds = kinds.collect();
        let mut again = BTreeMap::<usize, Passed>::new();
        for step in moves.iter().filter(|step| begins_again(step.from, step.to)) {
            again.entry(step.to_position).or_default().add(step);
        }
        let says_abilities = self.said().abilities;
        if !says_abilities {
            again.clear();
        }
        let begun_again = 0.0 + again.values().map(|passed| passed.flow).sum::<f64>();
        let begun_again = says_abilities.then_some(begun_again);
        let counted = self.counted_alike(CountedName::BegunAgain, &[], begun_again);
        let nodes = self.journey().graph().raw_nodes();
        let mut begins_again: Vec<BeginsAgain> = again
            .into_iter()
            .map(|(at, passed)| BeginsAgain {
                id: nodes[at].weight.id.clone(),
                times: passed.flow,
                change: passed.mean_change(),
            })
            .collect();
        begins_again.sort_by_key(|known| Reverse(OrderedFloat(known.times)));
        let (unresolvable, unresolvable_share, no_mandate) = self.no_mandate();
        let unowned_touchpoints = self.unowned();
        // The sum of nothing is -0.
        let visits = |all: &Vec<Unowned>| 0.0 + all.iter().map(|at| at.visits).sum::<f64>();
        let unowned = unowned_touchpoints.as_ref().map(visits);
        Seams {
            kinds,
            begun_again: counted.map_or(begun_again, |counted| Some(counted.value)),
            begun_again_standard_error: counted.and_then(|counted| counted.standard_error),
            basis: basis(counted),
            begins_again,
            unowned: unowned.and_then(|unowned| among(unowned, self.length())),
            unowned_touchpoints: unowned_touchpoints.unwrap_or_default(),
            unresolvable,
            unresolvable_share,
            no_mandate,
            owners: self.hurt_by_owner(),
            needs: self.channels_of_needs(),
        }
    }

    fn seam(&self, kind: SeamKind, moves: &[Moved<'_>]) -> SeamFigures {
        let mut crossed = BTreeMap::<(&str, &str), Passed>::new();
        let (mut all, mut known) = (0.0, 0.0);
        for step in moves {
            all += step.flow;
            let Some((from, to)) = kind.side(step.from).zip(kind.side(step.to)) else {
                continue;
            };
            known += step.flow;
            if from != to {
                crossed.entry((from, to)).or_default().add(step);
            }
        }
        let expected = 0.0 + crossed.values().map(|passed| passed.flow).sum::<f64>();
        // Counted only if every single hand-over is as it was counted: else somebody has edited an owner since.
        let times = |((from, to), passed): (&(&str, &str), &Passed)| {
            let of = [kind.as_str(), from, to];
            self.counted_alike(CountedName::HandOvers, &of, Some(passed.flow))
        };
        let alike = crossed.iter().all(|passed| times(passed).is_some());
        let hand_over = |((from, to), passed): ((&str, &str), Passed)| {
            let of = [kind.as_str(), from, to];
            let counted = self.counted(CountedName::HandOverChange, &of);
            let counted = counted.filter(|_| alike);
            let times = times((&(from, to), &passed)).filter(|_| alike);
            HandOver {
                from: from.to_owned(),
                to: to.to_owned(),
                flow: passed.flow,
                standard_error: times.and_then(|times| times.standard_error),
                change: counted.map_or(passed.mean_change(), |counted| Some(counted.value)),
                change_standard_error: counted.and_then(|counted| counted.standard_error),
                basis: basis(counted),
                begun_again: self.said().abilities.then_some(passed.begun_again),
            }
        };
        let mut hand_overs: Vec<HandOver> = crossed
            .iter()
            .map(|(&of, &passed)| hand_over((of, passed)))
            .collect();
        hand_overs.sort_by_key(|known| Reverse(OrderedFloat(known.flow)));
        let nodes = self.journey().graph().raw_nodes();
        let crosses =
            |from: usize, to: usize| kind.is_crossed(&nodes[from].weight, &nodes[to].weight);
        let of = [kind.as_str()];
        let counted = self.counted_alike(CountedName::HandOvers, &of, Some(expected));
        let counted = counted.filter(|_| alike);
        let none = self.counted(CountedName::NoHandOver, &of);
        let none = none.filter(|_| counted.is_some());
        let coverage = among(known, all);
        let nobody_says = coverage == Some(0.0);
        SeamFigures {
            kind,
            expected: counted
                .map_or(Some(expected), |counted| Some(counted.value))
                .filter(|_| !nobody_says),
            standard_error: counted.and_then(|counted| counted.standard_error),
            interval: counted.and_then(interval),
            coverage,
            none: match none {
                Some(none) => Some(none.value),
                None if nobody_says => None,
                None => self.never_crosses(|from, to| crosses(from, to) == Some(true)),
            },
            none_interval: none.and_then(interval),
            basis: basis(counted),
            hand_overs,
        }
    }

    /// The touchpoints that nobody answers for; `None` where events name no owner, who then is not known.
    fn unowned(&self) -> Option<Vec<Unowned>> {
        if !self.said().owners {
            return None;
        }
        let nobody = self.touchpoints_where(|at| at.owner.is_none());
        let nodes = self.journey().graph().raw_nodes();
        let unowned = |position: u32| Unowned {
            id: nodes[position as usize].weight.id.clone(),
            visits: self.visits_at(position as usize),
        };
        let mut all: Vec<Unowned> = nobody.into_iter().map(unowned).collect();
        all.sort_by_key(|at| Reverse(OrderedFloat(at.visits)));
        Some(all)
    }

    /// Broken promises where nobody may put them right: how many, their share of all, and where.
    fn no_mandate(&self) -> (Option<f64>, Option<f64>, Vec<NoMandate>) {
        if !self.said().abilities {
            return (None, None, Vec::new());
        }
        let (mut all, mut here) = (0.0, 0.0);
        let mut places = Vec::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            let broken = self.broken_at(position);
            all += broken;
            let tested = at.promise.as_ref().filter(|_| broken > 0.0);
            let Some(promise) = tested.filter(|_| !at.is_able_to(Ability::Resolve)) else {
                continue;
            };
            here += broken;
            places.push(NoMandate {
                id: at.id.clone(),
                promise: promise.name.clone(),
                owner: at.owner.clone(),
                broken,
            });
        }
        places.sort_by_key(|place| Reverse(OrderedFloat(place.broken)));
        (Some(here), among(here, all), places)
    }

    fn hurt_by_owner(&self) -> Vec<OwnerHurt> {
        let mut owners = BTreeMap::<(bool, Option<&str>), [f64; 3]>::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            let owner = at.owner.as_deref();
            let visits = self.visits_at(position);
            let [all, known, hurt] = owners.entry((owner.is_none(), owner)).or_default();
            *all += visits;
            *known += visits * self.arriving(position).felt.known;
            *hurt += self.hurt_at(position);
        }
        let total = self.hurt();
        let of = |((_, owner), [visits, known, hurt]): ((bool, Option<&str>), [f64; 3])| {
            let hurt = (known > 0.0).then_some(hurt);
            OwnerHurt {
                owner: owner.map(str::to_owned),
                visits,
                coverage: among(known, visits),
                hurt,
                share: hurt.and_then(|hurt| among(hurt, total)),
            }
        };
        let mut owners: Vec<OwnerHurt> = owners.into_iter().map(of).collect();
        owners.sort_by_key(|known| Reverse(known.hurt.map(OrderedFloat)));
        owners
    }

    fn channels_of_needs(&self) -> Vec<NeedChannels> {
        let mut all = BTreeSet::<&Channel>::new();
        for position in self.touchpoints_where(|_| true) {
            all.insert(
                &self.journey().graph().raw_nodes()[position as usize]
                    .weight
                    .channel,
            );
        }
        let needs = self.needs().into_iter().map(|need| {
            let met: Vec<Channel> = need
                .channels
                .iter()
                .filter(|channel| channel.exposure > 0.0)
                .map(|channel| channel.channel.clone())
                .collect();
            let missing = all.iter().filter(|channel| !met.contains(channel));
            NeedChannels {
                need: need.name.to_owned(),
                missing: missing.map(|&channel| channel.clone()).collect(),
                channels: met,
            }
        });
        needs.collect()
    }
}

fn basis(counted: Option<&CountedFigure>) -> Basis {
    if counted.is_some() {
        Basis::Counted
    } else {
        Basis::Modelled
    }
}

fn interval(counted: &CountedFigure) -> Option<(f64, f64)> {
    counted.low.zip(counted.high)
}
