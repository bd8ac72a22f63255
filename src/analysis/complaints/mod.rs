//! From a complaint to its answer: who hears, who answers, how fast, and what becomes of it.

mod counted;
mod find;
mod told;

use crate::flow::Basis;
use crate::journey::{Channel, Fate, Outcome};

/// From a complaint to its answer, and what becomes of it.
///
/// A customer complains who has been unhappy (a valence of -0.25 or less) and, then or later, comes to a touchpoint that can
/// [listen](crate::Ability::Listen): the first such moment hears the complaint. The first one that can
/// [answer](crate::Ability::Answer), there or later, answers it. In time is an answer within a day.
///
/// Groups are told apart by what happened to them, and nobody was assigned to an answer: differences between them need not come
/// from it. All is `None` or empty where no touchpoint can listen, or no feeling is known.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Complaints {
    /// Whether the shares and endings here were counted on whole journeys.
    pub basis: Basis,
    /// Share of journeys that are unhappy at some moment, in 0..=1.
    pub unhappy: Option<f64>,
    /// Of the unhappy, the share that tell it in public afterwards: they come to a touchpoint in the channel `social` at their first
    /// unhappy moment or later.
    pub unhappy_in_public: Option<f64>,
    /// Share of journeys that complain, in 0..=1.
    pub complain: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub complain_interval: Option<(f64, f64)>,
    /// Journeys with a complaint, where they were counted.
    pub journeys: Option<u64>,
    /// Of the complaints, the share that are answered sometime.
    pub answered: Option<f64>,
    /// Of the complaints, the share told in public, as above.
    pub in_public: Option<f64>,
    /// Of the complaints, the share answered within an hour, a day and a week; empty where that is not known.
    pub within: Vec<ComplaintWithin>,
    /// Mean valence at the moment that hears a complaint.
    pub at_complaint: Option<f64>,
    /// Mean valence at the moment that answers it.
    pub at_answer: Option<f64>,
    /// Who hears, the most complaints first, then in the order of the map.
    pub heard_by: Vec<ComplaintHeard>,
    /// Who answers, likewise.
    pub answered_by: Vec<ComplaintAnswered>,
    /// By the channel that hears, by name.
    pub channels: Vec<ComplaintChannel>,
    /// What becomes of complaints: answered in time, late, at an unknown time, never; those that do not occur are left out.
    pub fates: Vec<FateFigures>,
    /// What answers cost beside what they keep; `None` where no such cost and no worth is known.
    pub compensation: Option<Compensation>,
}

/// The share of complaints that are answered within a time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComplaintWithin {
    /// The time, in seconds.
    pub seconds: f64,
    /// The share, in 0..=1. Counted: of the complaints of which it is known when they were answered.
    pub share: f64,
    /// The lower end of its 95 % interval, where it was counted.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// A touchpoint that hears complaints first.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComplaintHeard {
    /// The touchpoint's id.
    pub id: String,
    /// Where it happens.
    pub channel: Channel,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its share of the complaints, in 0..=1.
    pub share: f64,
    /// Of these, the share that are answered sometime, here or elsewhere; `None` where it hears none.
    pub answered: Option<f64>,
}

/// A touchpoint that answers complaints first.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComplaintAnswered {
    /// The touchpoint's id.
    pub id: String,
    /// Where it happens.
    pub channel: Channel,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Of all complaints, the share that it answers, in 0..=1.
    pub share: f64,
}

/// The complaints that one channel hears.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComplaintChannel {
    /// The channel.
    pub channel: Channel,
    /// Its share of the complaints, in 0..=1.
    pub share: f64,
    /// Of these, the share that are answered sometime, in whatever channel.
    pub answered: Option<f64>,
    /// Of these, the share answered within an hour, a day and a week; empty where that is not known.
    pub within: Vec<ComplaintWithin>,
}

/// What becomes of the complaints of one fate.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FateFigures {
    /// Whether and how soon they were answered.
    pub fate: Fate,
    /// Their share of all complaints, in 0..=1.
    pub share: f64,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// How these journeys end, in the order of the outcomes' names.
    pub outcomes: Vec<FateOutcome>,
    /// Of these journeys, the share told in public; `None` where a map does not tell it of one fate alone.
    pub in_public: Option<f64>,
    /// Mean valence of their last moment; `None` also where a map does not tell it of one fate alone.
    pub end: Option<f64>,
    /// What their endings are worth to the provider, of what is stated: sales after an answer, where endings state them.
    pub worth: Option<f64>,
    /// Share of them that end with an outcome whose worth is stated.
    pub worth_coverage: Option<f64>,
}

/// How often journeys of one fate end so.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FateOutcome {
    /// The outcome.
    pub outcome: Outcome,
    /// The share, in 0..=1.
    pub probability: f64,
    /// The lower end of its 95 % interval, where it was counted.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// What answers cost, and what they keep, per answered complaint, in the journey's currency.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Compensation {
    /// What the visits from the answer on cost, the answering one included, of what is stated.
    pub cost: Option<f64>,
    /// Share of these visits at touchpoints that state a cost.
    pub cost_coverage: Option<f64>,
    /// What endings are worth after an answer less what they are worth where none came; `None` unless the worth of every ending of
    /// both is stated.
    pub keeps: Option<f64>,
    /// The lesser share of both whose ending has a stated worth.
    pub worth_coverage: Option<f64>,
    /// What is kept for each unit of money: `keeps` by `cost`; `None` where one is unknown, or nothing is spent.
    pub per_money: Option<f64>,
    /// What the sums are counted in.
    pub currency: Option<String>,
}

/// Nothing is known.
impl Default for Complaints {
    fn default() -> Self {
        Self {
            basis: Basis::Modelled,
            unhappy: None,
            unhappy_in_public: None,
            complain: None,
            complain_interval: None,
            journeys: None,
            answered: None,
            in_public: None,
            within: Vec::new(),
            at_complaint: None,
            at_answer: None,
            heard_by: Vec::new(),
            answered_by: Vec::new(),
            channels: Vec::new(),
            fates: Vec::new(),
            compensation: None,
        }
    }
}
