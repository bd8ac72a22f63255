//! What a step asks of a moment, its names resolved.

use super::syntax::Comparison;
use crate::journey::PromiseResult;

/// What is known of a moment beside its time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// Position of its place.
    pub(crate) place: usize,
    pub(crate) result: Option<PromiseResult>,
    pub(crate) valence: Option<f64>,
    /// By fact, the position of the value that it has on leaving the moment; empty where nothing is known of facts.
    pub(crate) facts: &'a [usize],
}

/// What holds of a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    Always,
    /// At one of these places, by position.
    Places(Vec<bool>),
    Result(PromiseResult),
    /// A fact, by value whether it may be that, and the value that says that it is not known.
    Fact(usize, Vec<bool>, Option<usize>),
    Feels(Comparison, f64),
    FeelsUnknown,
    Wait(f64),
    Not(Box<Check>),
    All(Vec<Check>),
    Any(Vec<Check>),
}

impl Check {
    /// Whether it holds of a moment that comes so many seconds after the step before.
    pub(super) fn holds(&self, seen: &Seen<'_>, wait: Option<f64>) -> bool {
        match self {
            Self::Always => true,
            Self::Places(places) => places.get(seen.place) == Some(&true),
            Self::Result(result) => seen.result == Some(*result),
            Self::Fact(fact, values, _) => {
                let value = seen.facts.get(*fact);
                value.is_some_and(|&value| values.get(value) == Some(&true))
            }
            Self::Feels(comparison, bound) => seen
                .valence
                .is_some_and(|valence| comparison.holds(valence, *bound)),
            Self::FeelsUnknown => seen.valence.is_none(),
            Self::Wait(most) => wait.is_some_and(|wait| wait <= *most),
            Self::Not(check) => !check.holds(seen, wait),
            Self::All(checks) => checks.iter().all(|check| check.holds(seen, wait)),
            Self::Any(checks) => checks.iter().any(|check| check.holds(seen, wait)),
        }
    }

    pub(super) fn any(&self, of: fn(&Self) -> bool) -> bool {
        of(self)
            || match self {
                Self::Not(check) => check.any(of),
                Self::All(checks) | Self::Any(checks) => checks.iter().any(|check| check.any(of)),
                _ => false,
            }
    }
}

/// The opposite of a check, where the test is one of difference.
pub(super) fn not_if(differs: bool, check: Check) -> Check {
    if differs {
        Check::Not(Box::new(check))
    } else {
        check
    }
}
