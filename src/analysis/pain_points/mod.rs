//! Where it hurts, and why.

mod activation;
mod told;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use activation::Activation;
pub(crate) use activation::{first_by_activation, foremost, hidden_by_volume};

use crate::flow::{Basis, Flow, Moment, NEUTRAL, To, among};
use crate::journey::{Ability, Channel, Outcome, Phase, PromiseResult, words};

/// Which pain points to list. Small, `Copy`, with a default for everything.
///
/// ```
/// use customer_journey::analysis::PainOptions;
/// let three_worst = PainOptions::new().limit(3);
/// # let _ = three_worst;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct PainOptions {
    top: usize,
}

impl PainOptions {
    /// All pain points.
    pub fn new() -> Self {
        Self { top: usize::MAX }
    }

    /// Lists only so many, the worst.
    pub fn limit(mut self, most: usize) -> Self {
        self.top = most;
        self
    }
}

impl Default for PainOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// A touchpoint where customers hurt or promises break. `Display` explains it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PainPoint {
    /// The touchpoint's id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Before, during or after.
    pub phase: Phase,
    /// Where it happens.
    pub channel: Channel,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Expected negative valence of a journey here: how bad, times how often. Visits of unknown emotion add nothing;
    /// `None` where no emotion is known here.
    pub hurt: Option<f64>,
    /// Its share of the hurt of the whole journey, in 0..=1; `None` where no emotion is known here.
    pub share: Option<f64>,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of journeys that come here, in 0..=1.
    pub reach: Option<f64>,
    /// Whether `reach`, `repeats` and `churn_after` were counted.
    pub basis: Basis,
    /// Mean valence here, -1 to 1, over visits of known emotion.
    pub mean: Option<f64>,
    /// Share of visits whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Negative activation of a visit, 0 to 1: how strongly what is felt here moves people to act, whoever few or many they
    /// are; see [`Touchpoint::negative_activation`](crate::Touchpoint::negative_activation). `None` where bad feelings are known as numbers only.
    pub activation: Option<f64>,
    /// Its place by `activation` among all pain points of the journey, from 1; of equals the greater hurt comes first. `None`
    /// where the activation is not known.
    pub activation_rank: Option<usize>,
    /// Expected broken promises of a journey here.
    pub broken: f64,
    /// Visits of a journey that comes here at all.
    pub repeats: Option<f64>,
    /// Chance that a customer who comes here leaves for good in the end; `None` where the map has no ending
    /// `churn`.
    pub churn_after: Option<f64>,
    /// Why it hurts, in the order of [`PainCauseKind`].
    pub causes: Vec<PainCause>,
    /// The promise that is put to the test here.
    pub promise: Option<String>,
    /// Where that promise was made on the way here, at most 100 places in the order of the map, of the first 8,192
    /// that the map has: a broken promise is prevented there and cured here.
    pub promise_made_at: Vec<String>,
    /// Whether the map says who makes promises; one that was learned from events does not.
    #[cfg_attr(feature = "serde", serde(default))]
    pub makers_stated: bool,
    /// What happens here, how often, what it weighs, and where the promise was made, in plain words.
    pub explanation: String,
}

/// A cause of pain with its figure.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PainCause {
    /// The cause.
    #[cfg_attr(feature = "serde", serde(rename = "cause"))]
    pub kind: PainCauseKind,
    /// Its figure, as the cause says.
    pub figure: f64,
}

words! {
    /// Why a touchpoint hurts.
    pub enum PainCauseKind as "cause of pain" {
        /// Customers feel bad. Figure: expected negative valence of a visit, in 0..=1; visits of unknown emotion add
        /// nothing.
        NegativeEmotion = "negative emotion",
        /// The promise tested here is broken. Figure: share of visits that find it so, in 0..=1.
        BrokenPromise = "broken promise",
        /// The promise may be broken and nobody here may put things right. Figure: share of visits that find it
        /// broken, in 0..=1.
        NoMandate = "no mandate",
        /// The promise is kept and the feeling is not positive. Figure: mean valence of visits that find it kept, as
        /// far as it is known, at most 0.1.
        KeptButCold = "kept but cold",
        /// Customers come back to the same touchpoint, at least one in ten of them. Figure: visits of a journey that
        /// comes here at all.
        Repetition = "repetition",
        /// Customers turn to the company here, coming from another touchpoint of the same need, and are not recognised, so
        /// that they begin all over again. A letter, text message or e-mail that can do nothing for them arrives; nobody
        /// turns to it. Figure: share of visits that come that way, at least 0.05.
        NotRecognised = "not recognised",
        /// Customers are told something else in another channel for the same need. Figure: share of this need's visits
        /// in other channels that are told something else, in 0..=1.
        Contradiction = "contradiction",
        /// Journeys end here in churn or without a stated outcome. Figure: share of visits that end so, at least 0.05.
        DropOff = "drop-off",
    }
}

/// From so many visits of a journey that comes here at all, coming back is a cause.
const REPEATED: f64 = 1.1;
/// From this share of visits on, dropping off and beginning again are causes.
const NOTABLE: f64 = 0.05;

impl Flow {
    /// Where it hurts: the touchpoints with hurt or broken promises, the greatest hurt first, then the id, each with
    /// its figures and causes. Where no feeling is known of the whole journey, no hurt is known either, and those
    /// that break most promises come first.
    ///
    /// ```
    /// use customer_journey::analysis::{PainCauseKind, PainOptions};
    /// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("call")
    ///     .touchpoint(Touchpoint::new("queue", Phase::During, Channel::Phone).feels(Feeling::Boredom).starts(1.0))
    ///     .transition("queue", "queue", 1.0)
    ///     .transition("queue", "answer", 1.0)
    ///     .touchpoint(Touchpoint::new("answer", Phase::During, Channel::Phone).ends(Outcome::Loyalty, 1.0))
    ///     .build()?
    ///     .flow()?;
    /// let pains = flow.pain_points(&PainOptions::new());
    /// assert_eq!(pains.len(), 1);
    /// assert_eq!(pains[0].hurt, Some(2.0 * 0.64)); // two visits on average
    /// assert_eq!(pains[0].causes[1].kind, PainCauseKind::Repetition);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn pain_points(&self, options: &PainOptions) -> Vec<PainPoint> {
        let nodes = self.journey().graph().raw_nodes();
        let hurt = |touchpoint: usize| self.hurt_at(touchpoint);
        let broken = |touchpoint: usize| self.broken_at(touchpoint);
        let total = self.hurt();
        let mut ranked: Vec<usize> = (0..nodes.len())
            .filter(|&touchpoint| hurt(touchpoint) > 0.0 || broken(touchpoint) > 0.0)
            .filter(|&touchpoint| !nodes[touchpoint].weight.measurement)
            .collect();
        let something_is_felt = self.mean_valence().is_some();
        let pain = |touchpoint: usize| {
            Reverse(OrderedFloat(if something_is_felt {
                hurt(touchpoint)
            } else {
                broken(touchpoint)
            }))
        };
        ranked.sort_by(|&a, &b| {
            let by_pain = pain(a).cmp(&pain(b));
            by_pain.then_with(|| nodes[a].weight.id.cmp(&nodes[b].weight.id))
        });
        let activations = self.activations(&ranked);
        ranked.truncate(options.top);
        if ranked.is_empty() {
            return Vec::new();
        }
        let makers = self.makers();
        let surroundings = Surroundings::new(self);
        let churn = self.outcome_position(&Outcome::Churn);
        let point = |(position, activation): (usize, Activation)| {
            let touchpoint = &nodes[position].weight;
            let arriving = &self.arriving(position).felt;
            let made_at = makers
                .of(position)
                .iter()
                .map(|&maker| nodes[maker as usize].weight.id.clone());
            let mut pain = PainPoint {
                id: touchpoint.id.clone(),
                label: touchpoint.label().to_owned(),
                phase: touchpoint.phase,
                channel: touchpoint.channel.clone(),
                owner: touchpoint.owner.clone(),
                hurt: (arriving.known > 0.0).then(|| hurt(position)),
                share: (arriving.known > 0.0).then(|| {
                    if total > 0.0 {
                        (hurt(position) / total).min(1.0)
                    } else {
                        0.0
                    }
                }),
                visits: self.visits_at(position),
                reach: self.reach_told(position),
                basis: self.basis_of_reach(position),
                mean: arriving.mean(),
                coverage: arriving.known.min(1.0),
                activation: activation.figure,
                activation_rank: activation.rank,
                broken: broken(position),
                repeats: self.repeats_told(position),
                churn_after: churn.map(|churn| self.chance_told(position, churn).0),
                causes: self.causes(position, &surroundings),
                promise: touchpoint
                    .promise
                    .as_ref()
                    .map(|promise| promise.name.clone()),
                promise_made_at: made_at.collect(),
                makers_stated: self.said().makers,
                explanation: String::new(),
            };
            pain.explanation = pain.to_string();
            pain
        };
        ranked.into_iter().zip(activations).map(point).collect()
    }

    fn causes(&self, position: usize, surroundings: &Surroundings) -> Vec<PainCause> {
        let touchpoint = &self.journey().graph().raw_nodes()[position].weight;
        let arriving = self.arriving(position);
        let when = |condition: bool, figure: f64| condition.then_some(figure);
        let kept = self
            .moments_at(position)
            .filter(|moment| moment.result == Some(PromiseResult::Kept));
        let feeling_when_kept = self.mean_felt(kept);
        let dropped: f64 = self
            .moments_at(position)
            .map(|moment| self.drops(&moment))
            .sum();
        let told_otherwise = surroundings.contradicted.get(&position).copied();
        let begun_again = surroundings
            .same_need
            .get(&position)
            .and_then(|flow| among(*flow, self.visits_at(position)));
        // Nobody can be blamed for a lack that nobody stated.
        let unable = |ability| !touchpoint.is_able_to(ability) && self.said().abilities;
        let causes = [
            (
                PainCauseKind::NegativeEmotion,
                when(arriving.felt.hurt > 0.0, arriving.felt.hurt),
            ),
            (
                PainCauseKind::BrokenPromise,
                when(arriving.broken > 0.0, arriving.broken),
            ),
            (
                PainCauseKind::NoMandate,
                when(
                    arriving.broken > 0.0 && unable(Ability::Resolve),
                    arriving.broken,
                ),
            ),
            (
                PainCauseKind::KeptButCold,
                feeling_when_kept.filter(|&mean| mean <= NEUTRAL),
            ),
            (
                PainCauseKind::Repetition,
                self.repeats_told(position)
                    .filter(|&repeats| repeats >= REPEATED),
            ),
            (
                PainCauseKind::NotRecognised,
                begun_again.filter(|&share| {
                    share >= NOTABLE && unable(Ability::Recognise) && touchpoint.is_turned_to()
                }),
            ),
            (
                PainCauseKind::Contradiction,
                told_otherwise.filter(|&share| share > 0.0),
            ),
            (PainCauseKind::DropOff, when(dropped >= NOTABLE, dropped)),
        ];
        causes
            .into_iter()
            .filter_map(|(kind, figure)| {
                Some(PainCause {
                    kind,
                    figure: figure?,
                })
            })
            .collect()
    }

    /// The share of a touchpoint's visits that are this moment and end in churn or without a stated outcome; records that state
    /// none tell of no loss.
    fn drops(&self, moment: &Moment<'_>) -> f64 {
        let counted = self.said().is_counted;
        let lost = |way: To| match way {
            To::End(outcome) => match self.moments().outcomes()[outcome as usize] {
                Outcome::Churn => true,
                Outcome::Unstated => !counted,
                _ => false,
            },
            To::State(_) => false,
        };
        moment.share
            * moment
                .ways
                .iter()
                .filter(|way| lost(way.to()))
                .map(|way| way.p)
                .sum::<f64>()
    }
}

/// What other touchpoints of the same need do to each touchpoint, where they do anything.
struct Surroundings {
    /// Expected visits that come from another touchpoint of the same need.
    same_need: BTreeMap<usize, f64>,
    /// Share of the need's visits in other channels that are told something else.
    contradicted: BTreeMap<usize, f64>,
}

impl Surroundings {
    fn new(flow: &Flow) -> Self {
        let nodes = flow.journey().graph().raw_nodes();
        let need = |touchpoint: usize| nodes[touchpoint].weight.need.as_deref();
        let mut same_need = BTreeMap::new();
        for (state, moment) in flow.visited() {
            for way in moment.ways {
                let To::State(to) = way.to() else {
                    continue;
                };
                let to = flow.moments().touchpoint(to as usize);
                let from = flow.moments().touchpoint(state);
                if to != from && need(from).is_some() && need(from) == need(to) {
                    *same_need.entry(to).or_insert(0.0) +=
                        flow.visits_to(state) * moment.share * way.p;
                }
            }
        }
        let mut contradicted = BTreeMap::new();
        for need in flow.needs() {
            for here in &need.channels {
                let others = || {
                    need.channels
                        .iter()
                        .filter(|other| other.channel != here.channel)
                };
                let elsewhere: f64 = others().map(|other| other.exposure).sum();
                let otherwise: f64 = others()
                    .filter(|other| here.contradicts(other) == Some(true))
                    .map(|other| other.exposure)
                    .sum();
                if let Some(share) = among(otherwise, elsewhere) {
                    contradicted.extend(
                        here.touchpoints
                            .iter()
                            .map(|&touchpoint| (touchpoint as usize, share)),
                    );
                }
            }
        }
        Self {
            same_need,
            contradicted,
        }
    }
}
