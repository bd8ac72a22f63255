//! Which fixes have a bar.

use crate::analysis::{Fixes, Goal, RankedFix};
use crate::journey::FixKind;

/// Gains up to this are rounding: the fix changes nothing.
const NOTHING: f64 = 1e-12;

/// The fixes as bars, the greatest gain first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FixBars {
    pub(crate) goal: Goal,
    pub(crate) unit: GainUnit,
    /// Those that change something towards the goal or away from it, and those of which it is not known.
    pub(crate) bars: Vec<FixBar>,
    /// What there is to say where no fix could have a bar.
    pub(crate) no_bars: Option<NoBars>,
    /// Whether some bar has an interval.
    pub(crate) has_intervals: bool,
    /// Fixes that would have a bar and are beyond those asked for.
    pub(crate) left_out: usize,
    /// Fixes that change nothing about the goal.
    pub(crate) without_effect: usize,
}

/// A fix with its gain.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FixBar {
    /// The touchpoint's id.
    pub(crate) id: String,
    pub(crate) kind: FixKind,
    /// In the unit of the goal; `None` where it is not known.
    pub(crate) gain: Option<f64>,
    /// Whether it leads towards the goal.
    pub(crate) is_gain: bool,
    /// The 95 % interval of the gain.
    pub(crate) interval: Option<(f64, f64)>,
}

/// What gains count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GainUnit {
    FewerJourneys,
    MoreJourneys,
    LessHurt,
    MoreMoney,
    MoreValence,
}

/// Why there is no bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoBars {
    NothingToFix,
    NothingHelps,
}

impl FixBars {
    /// At most `top` bars.
    pub(crate) fn of(fixes: &Fixes, top: usize) -> Self {
        let changes = |fix: &&RankedFix| fix.gain.is_none_or(|gain| gain.abs() > NOTHING);
        let changing: Vec<&RankedFix> = fixes.ranked.iter().filter(changes).collect();
        let bars: Vec<FixBar> = changing.iter().take(top).map(|fix| bar(fix)).collect();
        Self {
            goal: fixes.goal.clone(),
            unit: unit(&fixes.goal),
            no_bars: if fixes.ranked.is_empty() {
                Some(NoBars::NothingToFix)
            } else {
                changing.is_empty().then_some(NoBars::NothingHelps)
            },
            has_intervals: bars.iter().any(|bar| bar.interval.is_some()),
            left_out: changing.len() - bars.len(),
            without_effect: fixes.ranked.len() - changing.len(),
            bars,
        }
    }
}

fn bar(ranked: &RankedFix) -> FixBar {
    FixBar {
        id: ranked.id.clone(),
        kind: ranked.kind,
        gain: ranked.gain,
        is_gain: ranked.gain.is_some_and(|gain| gain > 0.0),
        interval: ranked.interval,
    }
}

fn unit(goal: &Goal) -> GainUnit {
    match goal {
        Goal::Reduce(_) | Goal::ReduceSilentChurn => GainUnit::FewerJourneys,
        Goal::Raise(_) => GainUnit::MoreJourneys,
        Goal::ReduceHurt => GainUnit::LessHurt,
        Goal::RaiseValue => GainUnit::MoreMoney,
        Goal::RaiseEnd | Goal::RaiseMean | Goal::RaiseRemembered => GainUnit::MoreValence,
    }
}
