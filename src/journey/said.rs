//! What a map says at all. Events tell what happened: nothing of what staff may do, of who answers for a touchpoint, or of who
//! promised something. Where a map is counted throughout and says none of it, it is not known, and nobody may take it for a
//! lack.

use petgraph::visit::VisitMap;

use super::journey::Journey;
use super::outcome::Outcome;
use super::words::Evidence;

/// Of which things a map says anything. What nobody comes to, such as a plan's touchpoint that nobody visited, says nothing of the
/// others.
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    /// Every touchpoint that journeys come to was counted.
    pub(crate) is_counted: bool,
    /// What is possible at touchpoints: that staff may resolve, that customers are heard, answered or recognised.
    pub(crate) abilities: bool,
    /// Who answers for a touchpoint.
    pub(crate) owners: bool,
    /// Who makes a promise.
    pub(crate) makers: bool,
    /// How journeys end.
    pub(crate) endings: bool,
}

impl Journey {
    /// Of which things the map says anything; where it is not counted throughout, silence says something too. Takes O(n + m).
    pub(crate) fn said(&self) -> Said {
        let reachable = self.reachable();
        let met = || {
            let nodes = self.nodes().filter(|node| reachable.is_visited(node));
            nodes.filter_map(|node| self.graph().node_weight(node))
        };
        let is_counted = met().all(|touchpoint| touchpoint.evidence == Evidence::Observed);
        Said {
            is_counted,
            abilities: !is_counted || met().any(|touchpoint| !touchpoint.can.is_empty()),
            owners: !is_counted || met().any(|touchpoint| touchpoint.owner.is_some()),
            makers: !is_counted || met().any(|touchpoint| !touchpoint.makes.is_empty()),
            endings: !is_counted
                || met()
                    .flat_map(|touchpoint| &touchpoint.ends)
                    .any(|ending| ending.outcome != Outcome::Unstated),
        }
    }
}
