//! What a map that was drawn from events does not say. Events tell what happened: nothing of what staff may do, of who answers for a
//! touchpoint, or of who promised something. Where a map is counted throughout and says none of it, it is not known, and
//! nobody may take it for a lack.

use super::evidence::Evidence;
use super::journey::Journey;
use super::outcome::Outcome;
use super::touchpoint::Touchpoint;

impl Journey {
    /// Whether the map says anything of what is possible at its touchpoints: that staff may resolve, that customers are heard,
    /// answered or recognised.
    pub(crate) fn says_abilities(&self) -> bool {
        self.says(|touchpoint| !touchpoint.can.is_empty())
    }

    /// Whether it says who answers for any touchpoint.
    pub(crate) fn says_owners(&self) -> bool {
        self.says(|touchpoint| touchpoint.owner.is_some())
    }

    /// Whether it says who makes any promise.
    pub(crate) fn says_makers(&self) -> bool {
        self.says(|touchpoint| !touchpoint.makes.is_empty())
    }

    /// Whether it says how any journey ends.
    pub(crate) fn says_endings(&self) -> bool {
        self.says(|touchpoint| {
            let mut ends = touchpoint.ends.iter();
            ends.any(|ending| ending.outcome != Outcome::Unstated)
        })
    }

    /// Whether every touchpoint was counted.
    pub(crate) fn is_counted_throughout(&self) -> bool {
        self.touchpoints()
            .all(|touchpoint| touchpoint.evidence == Evidence::Observed)
    }

    fn says(&self, what: impl Fn(&Touchpoint) -> bool) -> bool {
        !self.is_counted_throughout() || self.touchpoints().any(what)
    }
}
