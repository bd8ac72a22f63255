//! What single fixes change, as the journeys themselves tell it.

use crate::journey::Outcome;

/// What can be put right at one touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum FixKind {
    /// Always keep the promise that is tested there: what was broken is kept.
    KeepPromise,
    /// Lift the negative feelings there to neutral.
    LiftEmotion,
    /// Raise the feelings there to what is [intended](crate::Touchpoint::intended), where they are less: what is designed to feel
    /// good does. Always of the map.
    Raise,
    /// Let customers say there what went wrong, and hear it: the ability `listen`.
    Listen,
}

impl FixKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::KeepPromise,
        Self::LiftEmotion,
        Self::Raise,
        Self::Listen,
    ];
}

impl std::fmt::Display for FixKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::KeepPromise => "keep the promise",
            Self::LiftEmotion => "lift the bad feelings",
            Self::Raise => "raise the feelings to what is meant",
            Self::Listen => "listen",
        })
    }
}

/// The change of the chance of one outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OutcomeChange {
    /// The outcome.
    pub outcome: Outcome,
    /// Its chance after minus before, in -1..=1.
    pub change: f64,
    /// Standard error of the change, where all weights are counts of real visits.
    pub standard_error: Option<f64>,
}

impl OutcomeChange {
    /// The outcome whose chance changes most.
    pub(crate) fn greatest(changes: &[Self]) -> Option<&Self> {
        changes
            .iter()
            .max_by(|a, b| a.change.abs().total_cmp(&b.change.abs()))
    }

    pub(crate) fn new(outcome: &Outcome, change: f64, standard_error: Option<f64>) -> Self {
        Self {
            outcome: outcome.clone(),
            change,
            standard_error,
        }
    }
}

/// What a single fix changes: computed on the whole journeys that a map was learned from, in a chain that carries the fact which
/// the fix acts through. For a promise that is its first result, for a feeling whether it was bad at that touchpoint.
///
/// The map itself forgets such facts, and would tell that a promise kept yesterday changes nothing tomorrow.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedFix {
    /// The touchpoint's id.
    pub id: String,
    /// What is put right there.
    #[cfg_attr(feature = "serde", serde(rename = "fix"))]
    pub kind: FixKind,
    /// What it changes, after minus before; `None` where journeys could never end after it.
    pub effect: Option<CountedEffect>,
    /// Of a lifted feeling: the same, with customers held only against others whose feelings so far had the same mean (low,
    /// middle, high, or none known). What differs between customers in good and in bad mood is then not taken for an effect.
    pub adjusted: Option<CountedEffect>,
}

impl CountedFix {
    pub(crate) fn new(
        id: &str,
        kind: FixKind,
        effect: Option<CountedEffect>,
        adjusted: Option<CountedEffect>,
    ) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            effect,
            adjusted,
        }
    }
}

/// What a fix changes in the figures of a journey, with standard errors that take journeys, or customers, as the unit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedEffect {
    /// The chance of each outcome, in the order of their names.
    pub outcomes: Vec<OutcomeChange>,
    /// Mean valence over all moments; `None` where no feeling is known.
    pub mean: Option<CountedChange>,
    /// Mean valence of the last moment; `None` where it is never known.
    pub end: Option<CountedChange>,
    /// Sum of negative valences of a journey, as a positive number.
    pub hurt: CountedChange,
    /// The same as a share of the hurt before, -1 where it would all be gone; `None` where nothing hurts, and in documents of
    /// before this was counted.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub hurt_share: Option<CountedChange>,
    /// Visits that the fix is about: promises found broken there, or journeys that felt -0.25 or less there.
    pub cases: u64,
    /// Those of them that have nothing to be compared with: no journey that came there with the same past found the promise
    /// kept, or felt better. Of how these would go on nothing is claimed: they go on as they did.
    pub without_comparison: u64,
}

impl CountedEffect {
    pub(crate) fn new(
        outcomes: Vec<OutcomeChange>,
        [mean, end]: [Option<CountedChange>; 2],
        (hurt, hurt_share): (CountedChange, Option<CountedChange>),
        [cases, without_comparison]: [u64; 2],
    ) -> Self {
        Self {
            outcomes,
            mean,
            end,
            hurt,
            hurt_share,
            cases,
            without_comparison,
        }
    }

    /// The change of the chance of one outcome; `None` for an outcome that no journey had.
    #[must_use]
    pub fn outcome(&self, outcome: &Outcome) -> Option<&OutcomeChange> {
        self.outcomes.iter().find(|known| known.outcome == *outcome)
    }
}

/// A change with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountedChange {
    /// After minus before.
    pub change: f64,
    /// Its standard error; `None` where all journeys are of one customer.
    pub standard_error: Option<f64>,
}

impl CountedChange {
    pub(crate) fn new(change: f64, standard_error: Option<f64>) -> Self {
        Self {
            change,
            standard_error,
        }
    }
}
