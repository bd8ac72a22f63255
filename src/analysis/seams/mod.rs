//! Seams: where customers are handed over between owners, between channels, and between what is digital and what is human.

mod find;
mod told;

use crate::flow::Basis;
use crate::journey::{Channel, SeamKind};

/// Where customers are handed over, and what nobody answers for.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Seams {
    /// The hand-overs between owners, between channels, and between digital and human, in this order.
    pub kinds: Vec<SeamFigures>,
    /// Expected number of times that a customer begins all over again: handed over to another owner or channel, turning to the
    /// provider there, and not [recognised](crate::Ability::Recognise). Where a letter, an e-mail or a text message just arrives,
    /// nobody begins again. `None` where a map that was counted throughout does not say what is possible at touchpoints.
    pub begun_again: Option<f64>,
    /// Its standard error, where it was counted on whole journeys.
    pub begun_again_standard_error: Option<f64>,
    /// Whether it was counted.
    pub basis: Basis,
    /// Where customers begin all over again, the most often first, then in the order of the map.
    pub begins_again: Vec<BeginsAgain>,
    /// Share of a journey's visits to touchpoints that nobody answers for, in 0..=1; `None` where there are no visits, and on a counted
    /// map of which no event names an owner.
    pub unowned: Option<f64>,
    /// The touchpoints that nobody answers for and that journeys come to, the most visited first.
    pub unowned_touchpoints: Vec<Unowned>,
    /// Expected broken promises of a journey that are met where nobody may put them right: the touchpoint cannot
    /// [resolve](crate::Ability::Resolve). `None` where a map that was counted throughout does not say what touchpoints can.
    pub unresolvable: Option<f64>,
    /// Their share of all broken promises, in 0..=1; `None` where none is broken.
    pub unresolvable_share: Option<f64>,
    /// The touchpoints where that happens, the most often first, then in the order of the map.
    pub no_mandate: Vec<NoMandate>,
    /// Hurt by owner, the greatest first, then by name; the touchpoints without an owner are a group of their own.
    pub owners: Vec<OwnerHurt>,
    /// In which channels each need is met, by name.
    pub needs: Vec<NeedChannels>,
}

/// How often customers are handed over between two sides of one kind.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SeamFigures {
    /// Between whom.
    pub kind: SeamKind,
    /// Expected hand-overs of a journey, over the moves whose both sides are known; `None` where those of no move are.
    pub expected: Option<f64>,
    /// Standard error of `expected`, where it was counted on whole journeys.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Share of the moves from touchpoint to touchpoint whose both sides are known, in 0..=1; `None` where nobody moves.
    pub coverage: Option<f64>,
    /// The chance that a journey is never handed over, in 0..=1; moves of unknown sides count as none. `None` where no
    /// move's both sides are known, and where it is not proven exactly enough.
    pub none: Option<f64>,
    /// The 95 % interval of `none`, where it was counted.
    pub none_interval: Option<(f64, f64)>,
    /// Whether `expected` and `none` were counted.
    pub basis: Basis,
    /// From which side to which, the most frequent first, then by name: the matrix of hand-overs without its empty cells.
    pub hand_overs: Vec<HandOver>,
}

/// The hand-overs from one side to another.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HandOver {
    /// The side that is left: an owner, a channel, `digital` or `human`.
    pub from: String,
    /// The side that is come to.
    pub to: String,
    /// Expected number of times on a journey.
    pub flow: f64,
    /// Its standard error, where it was counted on whole journeys.
    pub standard_error: Option<f64>,
    /// Mean change of valence over it, behind minus before, where both are known.
    pub change: Option<f64>,
    /// Its standard error, where it was counted on whole journeys.
    pub change_standard_error: Option<f64>,
    /// Whether the change was counted.
    pub basis: Basis,
    /// Of these times, those after which the customer begins all over again; `None` as of the whole.
    pub begun_again: Option<f64>,
}

/// A touchpoint at which customers begin all over again.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BeginsAgain {
    /// The touchpoint's id.
    pub id: String,
    /// Expected number of times on a journey.
    pub times: f64,
    /// Mean valence there less mean valence of the moments left for it, over such hand-overs where both are known.
    pub change: Option<f64>,
}

/// A touchpoint that nobody answers for.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unowned {
    /// The touchpoint's id.
    pub id: String,
    /// Expected visits of a journey.
    pub visits: f64,
}

/// A touchpoint at which a promise is found broken and nobody may put it right.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NoMandate {
    /// The touchpoint's id.
    pub id: String,
    /// The promise.
    pub promise: String,
    /// Who answers for the touchpoint.
    pub owner: Option<String>,
    /// Expected number of times on a journey.
    pub broken: f64,
}

/// What hurts where somebody answers.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OwnerHurt {
    /// Who answers; `None` for the touchpoints without an owner.
    pub owner: Option<String>,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of these visits whose feeling is known, in 0..=1; `None` where there are no visits.
    pub coverage: Option<f64>,
    /// Expected negative valence of a journey there; `None` where no feeling is known.
    pub hurt: Option<f64>,
    /// Its share of the hurt of the whole journey, in 0..=1; `None` where that is unknown or nothing hurts.
    pub share: Option<f64>,
}

/// The channels in which a need is met.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NeedChannels {
    /// The need.
    pub need: String,
    /// The channels that meet it, by name.
    pub channels: Vec<Channel>,
    /// The channels that journeys come to elsewhere and that do not meet it, by name.
    pub missing: Vec<Channel>,
}
