//! Bright spots: where customers feel best, which promises are kept with warmth, and what raising feelings to what is meant would do.

mod find;
mod told;

use crate::flow::{Basis, OutcomeChange};
use crate::journey::{Channel, Outcome, Phase};

/// Where customers feel best, and what would make more of it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BrightSpots {
    /// Expected positive valence of a journey: how good its good moments are, added up. `None` where no feeling is known.
    pub pleasure: Option<f64>,
    /// Share of moments whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// The touchpoints at which some feel good, a valence above 0.1, the greatest pleasure first, then by id. Where customers are only asked what they
    /// felt ([`measurement`](crate::Touchpoint::measurement)) is none of them.
    pub spots: Vec<BrightSpot>,
    /// The promises that are kept, by touchpoint in the order of the map, with what is felt where they are.
    pub kept: Vec<KeptPromise>,
    /// What raising the feelings of each touchpoint to what is [intended](crate::Touchpoint::intended) there would do, for those at
    /// which some feel less, in the order of the map.
    pub raises: Vec<RaisedFeeling>,
    /// A designed peak and a designed end compared; `None` where raising moves neither.
    pub peak_or_end: Option<PeakOrEnd>,
}

/// A touchpoint at which something good is felt. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BrightSpot {
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
    /// Expected positive valence of a journey here.
    pub pleasure: f64,
    /// Its share of the pleasure of the whole journey, in 0..=1.
    pub share: f64,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of journeys that come here, in 0..=1; `None` where the flow's [solver](crate::Flow::solver) knows it only on request.
    pub reach: Option<f64>,
    /// Whether the reach was counted.
    pub basis: Basis,
    /// Mean valence here, over visits of known emotion.
    pub mean: Option<f64>,
    /// Share of visits whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Of these, the share that feels good: a valence above 0.1.
    pub positive: Option<f64>,
    /// What feeling good here goes with: how journeys end, in the order of the outcomes' names.
    pub goes_with: Vec<GoesWith>,
}

/// How journeys end that felt good somewhere, beside all that come there. What goes with it need not come from it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct GoesWith {
    /// The outcome.
    pub outcome: Outcome,
    /// Its chance for journeys that feel good there, in 0..=1. Counted: on some visit. A map that forgets knows of no difference but
    /// through the result of the promise that is tested there. `None` where nobody is known to feel good.
    pub after_good: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Its chance for all journeys that come there, in 0..=1.
    pub after_visit: f64,
    /// Whether both were counted.
    pub basis: Basis,
}

/// A promise that is kept at a touchpoint, with what is felt there.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct KeptPromise {
    /// The touchpoint that tests it.
    pub id: String,
    /// The promise.
    pub promise: String,
    /// Expected number of times on a journey that it is kept there.
    pub kept: f64,
    /// Mean valence of these visits, where it is known.
    pub mean: Option<f64>,
    /// Whether it is kept with warmth: that mean is above 0.1. Otherwise it is kept, and leaves customers cold.
    pub is_warm: Option<bool>,
}

/// What raising the feelings of a touchpoint would do.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RaisedFeeling {
    /// The touchpoint's id.
    pub id: String,
    /// The valence to which its feelings are raised where they are less.
    pub intended: f64,
    /// Mean valence there now.
    pub mean: Option<f64>,
    /// What it changes; `None` where so many would have to be solved one by one that it would go on and on.
    pub effect: Option<RaiseEffect>,
}

/// What a raise changes, after minus before: exact, over all paths and loops.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RaiseEffect {
    /// Mean valence over all moments.
    pub mean: Option<f64>,
    /// Mean valence of the last moment.
    pub end: Option<f64>,
    /// Mean valence of the most intense moment.
    pub peak: Option<f64>,
    /// Valence that is likely to be remembered, half peak-end and half mean.
    pub remembered: Option<f64>,
    /// Expected negative valence of a journey.
    pub hurt: f64,
    /// The chance of each outcome: a map changes them only where customers remember what they felt.
    pub outcomes: Vec<OutcomeChange>,
}

/// The raise that moves the peak most, and the one that moves the end most: what is designed to be the high point, or the last
/// impression.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PeakOrEnd {
    /// The touchpoint whose raise moves the mean of the most intense moment up most; `None` where none does.
    pub peak: Option<Design>,
    /// The touchpoint whose raise moves the last moment up most; `None` where none does.
    pub end: Option<Design>,
}

/// A touchpoint that is designed to feel as it is meant to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Design {
    /// The touchpoint's id.
    pub id: String,
    /// What it adds to the most intense moment (of a designed peak) or to the last one (of a designed end).
    pub gain: f64,
    /// What it adds to what is likely to be remembered.
    pub remembered: Option<f64>,
}
