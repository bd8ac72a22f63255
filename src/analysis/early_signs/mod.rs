//! What announces an ending, how surely, and how early.

mod lead;
mod lift;
mod told;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use self::lead::{ZERO, lead, merits, rounded};
use crate::flow::{Basis, Flow, Moment, RAREST, mean_of};
use crate::journey::{CountedFigure, CountedName, Outcome, PromiseResult, Touchpoint};
use crate::statistics::of_difference;

/// What announces that journeys end with an outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EarlySigns {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of all journeys that end so, in 0..=1.
    pub probability: f64,
    /// Every touchpoint that journeys come to, and every result of a promise that they find there: the leading ones
    /// first, and in both parts those of greatest coverage first, then of greatest lift, then the earliest, then in the order
    /// of the map. Empty where no journey ends with the outcome, or fewer than one in 1e290: so rare a condition has lost digits.
    pub signs: Vec<EarlySign>,
}

/// One sign: that a journey comes to a touchpoint, or what it finds of a promise there.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EarlySign {
    /// The touchpoint's id.
    pub id: String,
    /// What is found of the promise; `None` where the sign is coming there at all.
    pub result: Option<PromiseResult>,
    /// Share of journeys that show the sign at least once, in 0..=1; `None` where the flow's [solver](Flow::solver)
    /// says that groups of touchpoints were solved by iteration and this is one of them.
    pub reach: Option<f64>,
    /// Chance of the outcome once the sign is seen, in 0..=1.
    pub probability: f64,
    /// Journeys that it was counted on: those that show the sign; `None` where it was not counted.
    pub journeys: Option<u64>,
    /// Whether that chance, and with it reach, lift and coverage, was counted. What is found
    /// of a promise was counted where it is put to the test only here, and at most once on a journey.
    pub basis: Basis,
    /// That chance over the chance of the outcome for all journeys: above 1 the sign announces it, below 1 it speaks
    /// against it.
    pub lift: f64,
    /// The lower end of the lift's 95 % interval: those who show the sign against those who do not, each share with its own interval.
    /// `None` where it was not counted, and where all journeys show the sign, whose lift is 1.
    pub lift_low: Option<f64>,
    /// The upper end.
    pub lift_high: Option<f64>,
    /// Those who came as far, without the sign; `None` where it was not counted, of a sign that is a promise's result, and where
    /// half or more of the journeys that come here begin here, as nobody comes as far then.
    pub as_far: Option<AsFar>,
    /// Share of the journeys with the outcome that show the sign, in 0..=1: reach times lift, which is also the removal
    /// effect of attribution models.
    pub coverage: Option<f64>,
    /// Expected number of moments left when the sign first appears, that one included.
    pub moments_left: f64,
    /// Expected total of the known waits left when the sign first appears, in seconds; `None` where customers go by no way that
    /// states one.
    pub wait_left_s: Option<f64>,
    /// Whether what is left was counted, which is so of coming to a touchpoint and not of what is found of its promise.
    pub left_basis: Basis,
    /// Whether this is a leading indicator: it announces the outcome (lift above 1, where it was counted its whole interval), and no other sign that does so is at
    /// least as good in lift, in coverage and in moments left and better in one of them. Figures that agree to nine digits count as
    /// equal.
    pub leading: bool,
}

/// Those who came as far as a sign and went on without it: the fair comparison, since who comes far at all may differ from who does
/// not.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AsFar {
    /// The touchpoint from which most journeys first come to the sign's.
    pub before: String,
    /// Journeys that come there and never to the sign's touchpoint.
    pub journeys: u64,
    /// Share of these that end with the outcome, in 0..=1.
    pub probability: f64,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The share of those who show the sign less this one, -1 to 1.
    pub difference: f64,
    /// The lower end of its 95 % interval (Newcombe's, from both intervals): where it holds 0, the sign may tell nothing.
    pub difference_low: Option<f64>,
    /// The upper end.
    pub difference_high: Option<f64>,
}

impl AsFar {
    /// Held against the share of those who show the sign and its interval.
    fn beside(
        before: &str,
        figure: &CountedFigure,
        value: f64,
        interval: Option<(f64, f64)>,
    ) -> Self {
        let other = figure.low.zip(figure.high);
        let ends = interval
            .zip(other)
            .map(|(interval, other)| of_difference((value, interval), (figure.value, other)));
        Self {
            before: before.to_owned(),
            journeys: figure.journeys,
            probability: figure.value,
            low: figure.low,
            high: figure.high,
            difference: value - figure.value,
            difference_low: ends.map(|(low, _)| low.max(-1.0)),
            difference_high: ends.map(|(_, high)| high.min(1.0)),
        }
    }

    /// Whether the interval of the difference holds no 0.
    pub(crate) fn is_clear(&self) -> bool {
        self.difference_low.is_some_and(|low| low > 0.0)
            || self.difference_high.is_some_and(|high| high < 0.0)
    }
}

impl EarlySign {
    /// What was left behind the first visit, where it was counted; the visit counts too.
    fn count_left(&mut self, flow: &Flow) {
        if let Some(left) = flow.counted_value(CountedName::Lead, &[&self.id]) {
            self.moments_left = left + 1.0;
            let waits = flow.counted_value(CountedName::LeadSeconds, &[&self.id]);
            // Where no way states a wait, 0 would tell that nobody waits.
            self.wait_left_s = self.wait_left_s.and(waits);
            self.left_basis = Basis::Counted;
        }
    }
}

/// A lift that is greater than 1 by more than rounding.
const ABOVE: f64 = 1.0 + 1e-12;

/// Of so many endings a report tells what announces them.
const MOST_ENDINGS: usize = 16;

impl Flow {
    /// What announces each stated ending, in the order of their names; the 16 most frequent ones where there are more.
    pub(crate) fn signs_of_endings(&self) -> Vec<EarlySigns> {
        let mut endings = self.outcomes();
        endings.retain(|known| known.outcome != Outcome::Unstated && known.probability > 0.0);
        endings.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        endings.truncate(MOST_ENDINGS);
        endings.sort_by(|a, b| a.outcome.as_str().cmp(b.outcome.as_str()));
        endings
            .iter()
            .map(|known| self.early_signs(&known.outcome))
            .collect()
    }

    /// What announces that journeys end with an outcome: for every touchpoint, and for every promise result found there, the
    /// chance of the outcome from then on, how much more likely than usual that is, how many of the journeys that end so
    /// show it, and how early.
    ///
    /// A good sign has a high lift, a high coverage, and comes early. These are three figures and there is no right way
    /// to add them up; [`EarlySign::leading`] names the signs to choose from, those that no other sign beats.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web))
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(3.0).broken(1.0))
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .transition("order", "delivery", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let signs = flow.early_signs(&Outcome::Churn).signs;
    /// assert_eq!((signs[0].id.as_str(), signs[0].result), ("delivery", Some(PromiseResult::Broken)));
    /// assert_eq!((signs[0].lift, signs[0].coverage), (4.0, Some(1.0)));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Complexity
    /// About O(m) look-ups in the selected inverse that is there already, and O(n log n) for the ranking.
    #[must_use]
    pub fn early_signs(&self, outcome: &Outcome) -> EarlySigns {
        let position = self.outcome_position(outcome);
        let all = position.map_or(0.0, |position| self.outcome_probability(position));
        let mut signs = Vec::new();
        if let Some(position) = position.filter(|_| all >= RAREST) {
            let reached = self.moments_reached();
            let as_far = self.came_as_far(outcome);
            for (touchpoint, at) in self.journey().touchpoints().enumerate() {
                if !self.is_visited(touchpoint) {
                    continue;
                }
                let sign = |result, reach: Option<f64>, chance: Chance, left: (f64, f64)| {
                    let Chance {
                        probability,
                        basis,
                        lift: interval,
                        journeys,
                        ..
                    } = chance;
                    let lift = probability / all;
                    EarlySign {
                        id: at.id.clone(),
                        result,
                        reach,
                        probability,
                        journeys,
                        basis,
                        lift,
                        lift_low: interval.map(|(low, _)| low),
                        lift_high: interval.map(|(_, high)| high),
                        as_far: None,
                        coverage: reach.map(|reach| (reach * lift).min(1.0)),
                        moments_left: left.0,
                        wait_left_s: self
                            .wait_s()
                            .map(|_| left.1)
                            .filter(|wait| wait.is_finite()),
                        left_basis: Basis::Modelled,
                        leading: false,
                    }
                };
                let chance = self.chance_of_coming(touchpoint, position);
                let range = chance.range;
                let mut coming = sign(
                    None,
                    self.reach_told(touchpoint),
                    chance,
                    self.left_from(touchpoint),
                );
                coming.as_far = as_far
                    .get(at.id.as_str())
                    .filter(|_| self.is_come_to(touchpoint))
                    .map(|(before, figure)| {
                        AsFar::beside(before, figure, coming.probability, range)
                    });
                coming.count_left(self);
                signs.push(coming);
                for &result in PromiseResult::ALL.iter().filter(|_| at.promise.is_some()) {
                    let Some(found) = self.found(touchpoint, result, position, &reached) else {
                        continue;
                    };
                    let (reach, chance) = self
                        .counted_result(at, touchpoint, Some(result), outcome)
                        .unwrap_or((found.reach, Chance::modelled(found.chance)));
                    signs.push(sign(Some(result), reach, chance, found.left));
                }
            }
        }
        lead(&mut signs);
        signs.sort_by_cached_key(|sign| {
            let [lift, coverage, left] = merits(sign).unwrap_or([rounded(sign.lift), ZERO, ZERO]);
            (
                !sign.leading,
                Reverse(coverage),
                Reverse(lift),
                Reverse(left),
            )
        });
        EarlySigns {
            outcome: outcome.clone(),
            probability: all,
            signs,
        }
    }

    /// The chance of an outcome for journeys that come to a touchpoint.
    fn chance_of_coming(&self, touchpoint: usize, outcome: usize) -> Chance {
        let id = &self.journey().graph().raw_nodes()[touchpoint].weight.id;
        let name = self.moments().outcomes()[outcome].as_str();
        let counted = self.counted(CountedName::OutcomeAfterVisit, &[id, name]);
        let modelled = || Chance::modelled(self.chance_told(touchpoint, outcome).0);
        let outcome = &self.moments().outcomes()[outcome];
        counted.map_or_else(modelled, |counted| {
            Chance::counted(counted, self.interval_of_lift(counted, outcome))
        })
    }

    /// By touchpoint: those who came as far and did not meet it.
    fn came_as_far(&self, outcome: &Outcome) -> BTreeMap<&str, (&str, &CountedFigure)> {
        let figures = self.counted_as_far();
        let of_this = figures.filter(|([.., ending], _)| *ending == outcome.as_str());
        of_this
            .map(|([id, before, _], figure)| (id, (before, figure)))
            .collect()
    }

    /// Journeys that find a result at a touchpoint, at the first visit that does; `None` where none does.
    fn found(
        &self,
        touchpoint: usize,
        result: PromiseResult,
        outcome: usize,
        reached: &[Option<f64>],
    ) -> Option<Found> {
        let is_so = |moment: &Moment<'_>| moment.result == Some(result);
        let mut here = self.moments_at(touchpoint).filter(is_so);
        let (first, others) = (here.next()?, here.next());
        if others.is_none() {
            return Some(Found {
                reach: reached[first.position],
                chance: self.chance_after(&first, outcome).min(1.0),
                left: self.left_after(&first),
            });
        }
        let met = self.first_of_kind(touchpoint, |moment| {
            if is_so(moment) {
                [1.0, 0.0]
            } else {
                [0.0, 1.0]
            }
        })?;
        let sum = |figure: &dyn Fn(&Moment<'_>) -> f64| {
            let parts = met.iter().map(|(moment, share)| share * figure(moment));
            parts.fold(0.0, |sum, part| sum + part)
        };
        let reach = sum(&|_| 1.0);
        let mean = |figure: &dyn Fn(&Moment<'_>) -> f64| mean_of(sum(figure), reach);
        Some(Found {
            reach: Some(reach.min(1.0)),
            chance: mean(&|moment| self.chance_after(moment, outcome))?.min(1.0),
            left: (
                mean(&|moment| self.left_after(moment).0)?,
                mean(&|moment| self.left_after(moment).1)?,
            ),
        })
    }

    /// How many journeys find this result, and how they end, where that was counted: of a promise that is tested here alone, and
    /// at most once on a journey, so that its first result is its only one.
    fn counted_result(
        &self,
        at: &Touchpoint,
        touchpoint: usize,
        result: Option<PromiseResult>,
        outcome: &Outcome,
    ) -> Option<(Option<f64>, Chance)> {
        let name = match result? {
            PromiseResult::Kept => CountedName::OutcomeWhenKept,
            PromiseResult::Broken => CountedName::OutcomeWhenBroken,
            PromiseResult::Unknown => return None,
        };
        let promise = at.promise.as_ref()?;
        let counted = self.counted(name, &[&promise.name, outcome.as_str()])?;
        let once = self.repeats_told(touchpoint)? <= ABOVE;
        let tests = self.journey().touchpoints();
        let mut tests = tests.filter_map(|other| other.promise.as_ref());
        let here_alone =
            once && tests.all(|other| other.name != promise.name || std::ptr::eq(other, promise));
        let reach = self.counted_among(counted);
        let interval = self.interval_of_lift(counted, outcome);
        here_alone.then_some((Some(reach), Chance::counted(counted, interval)))
    }

    /// Expected moments left after a visit has turned out to be this moment, which is included, and the known waits.
    fn left_after(&self, moment: &Moment<'_>) -> (f64, f64) {
        let moments = 1.0 + moment.expected_next(|to| self.left_at(to).0);
        let waits = moment
            .ways
            .iter()
            .map(|way| way.p * self.known_wait(way).unwrap_or(0.0));
        let waits = waits.fold(
            moment.expected_next(|to| self.left_at(to).1),
            |sum, wait| sum + wait,
        );
        (moments, waits)
    }
}

/// How likely the outcome is once a sign is seen, and how sure that is.
struct Chance {
    probability: f64,
    basis: Basis,
    /// The 95 % interval of `probability`.
    range: Option<(f64, f64)>,
    /// The 95 % interval of the lift.
    lift: Option<(f64, f64)>,
    journeys: Option<u64>,
}

impl Chance {
    fn modelled(probability: f64) -> Self {
        Self {
            probability,
            basis: Basis::Modelled,
            range: None,
            lift: None,
            journeys: None,
        }
    }

    fn counted(figure: &CountedFigure, lift: Option<(f64, f64)>) -> Self {
        Self {
            probability: figure.value,
            basis: Basis::Counted,
            range: figure.low.zip(figure.high),
            lift,
            journeys: Some(figure.journeys),
        }
    }
}

/// Journeys that find a result.
struct Found {
    reach: Option<f64>,
    /// Of an outcome.
    chance: f64,
    /// Moments and known waits.
    left: (f64, f64),
}
