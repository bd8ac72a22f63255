//! Questions about a journey's structure that need no numbers: where it begins, who can be reached, who is trapped.

use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::{Dfs, EdgeFiltered, EdgeRef, Reversed, VisitMap, Visitable};

use super::journey::Journey;
use super::promise::PromiseResult;
use super::touchpoint::Touchpoint;
use super::transition::Transition;

type Visited = <petgraph::graph::DiGraph<Touchpoint, Transition> as Visitable>::Map;

impl Journey {
    /// The touchpoints where journeys begin, each with its weight: those that state `starts` above 0, or, where no
    /// touchpoint states it, those without a transition from another touchpoint, with weight 1 each.
    pub fn starts(&self) -> impl Iterator<Item = (&Touchpoint, f64)> + '_ {
        self.start_nodes()
            .into_iter()
            .map(|(node, weight)| (&self.graph()[node], weight))
    }

    /// The touchpoints that no journey can come to, in the order of the map. Takes O(n + m).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let journey = Journey::builder("draft")
    ///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web).starts(1.0))
    ///     .touchpoint(Touchpoint::new("fair", Phase::Before, Channel::Store))
    ///     .build()?;
    /// let lonely: Vec<_> = journey.unreachable().map(|touchpoint| touchpoint.id.as_str()).collect();
    /// assert_eq!(lonely, ["fair"]);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn unreachable(&self) -> impl Iterator<Item = &Touchpoint> + '_ {
        let reachable = self.reachable();
        self.nodes()
            .filter(move |node| !reachable.is_visited(node))
            .map(|node| &self.graph()[node])
    }

    /// The touchpoints that journeys can come to and never end from, in the order of the map. A journey has a
    /// [`flow`](Journey::flow) only if there are none. Takes O(n + m).
    pub fn traps(&self) -> impl Iterator<Item = &Touchpoint> + '_ {
        let reachable = self.reachable();
        let ending = self.can_end();
        self.nodes()
            .filter(move |node| reachable.is_visited(node) && !ending.is_visited(node))
            .map(|node| &self.graph()[node])
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeIndex> + use<> {
        self.graph().node_indices()
    }

    pub(crate) fn start_nodes(&self) -> Vec<(NodeIndex, f64)> {
        let graph = self.graph();
        let stated = graph
            .node_weights()
            .any(|touchpoint| touchpoint.start_weight().is_some());
        if stated {
            return self
                .nodes()
                .filter_map(|node| Some((node, graph[node].start_weight()?)))
                .filter(|&(_, weight)| weight > 0.0)
                .collect();
        }
        let mut entered = graph.visit_map();
        for edge in graph.raw_edges() {
            if edge.source() != edge.target() {
                entered.visit(edge.target());
            }
        }
        self.nodes()
            .filter(|node| !entered.is_visited(node))
            .map(|node| (node, 1.0))
            .collect()
    }

    /// Where journeys can come to.
    pub(crate) fn reachable(&self) -> Visited {
        let open = EdgeFiltered::from_fn(self.graph(), |way: EdgeReference<'_, Transition>| {
            self.is_open(&way)
        });
        let mut search = Dfs::empty(&open);
        search.stack = self
            .start_nodes()
            .into_iter()
            .map(|(node, _)| node)
            .collect();
        while search.next(&open).is_some() {}
        search.discovered
    }

    /// From where journeys can end.
    fn can_end(&self) -> Visited {
        let open = EdgeFiltered::from_fn(self.graph(), |way: EdgeReference<'_, Transition>| {
            self.is_open(&way)
        });
        let mut search = Dfs::empty(&open);
        search.stack = self.nodes().filter(|&node| self.ends_at(node)).collect();
        while search.next(Reversed(&open)).is_some() {}
        search.discovered
    }

    /// Whether customers ever go this way.
    fn is_open(&self, way: &EdgeReference<'_, Transition>) -> bool {
        let Transition { weight, when, .. } = way.weight();
        *weight > 0.0 && self.happens(way.source(), *when)
    }

    /// Whether visits at a touchpoint ever have this promise result.
    fn happens(&self, node: NodeIndex, when: Option<PromiseResult>) -> bool {
        when.is_none_or(|when| {
            let touchpoint = &self.graph()[node];
            let given = touchpoint.promise_given.iter();
            let mut given = given.map(|fares| fares.promise.weight(when));
            let mut results = touchpoint.results();
            results.any(|(result, _)| result == Some(when)) || given.any(|weight| weight > 0.0)
        })
    }

    /// Whether some visits at a touchpoint are the last of their journey: by an ending, or for want of an open way.
    fn ends_at(&self, node: NodeIndex) -> bool {
        let touchpoint = &self.graph()[node];
        let ends = touchpoint
            .ends
            .iter()
            .any(|ending| ending.weight > 0.0 && self.happens(node, ending.when));
        ends || self.dead_ends(node).next().is_some()
    }

    /// The promise results at a touchpoint after which no way is open, so that the journey ends with its outcome
    /// unstated.
    pub(crate) fn dead_ends(
        &self,
        node: NodeIndex,
    ) -> impl Iterator<Item = Option<PromiseResult>> + '_ {
        let touchpoint = &self.graph()[node];
        touchpoint
            .results()
            .map(|(result, _)| result)
            .filter(move |&result| {
                let agrees = |when: Option<PromiseResult>| when.is_none() || when == result;
                let leaves = self
                    .graph()
                    .edges(node)
                    .any(|way| way.weight().weight > 0.0 && agrees(way.weight().when));
                let ends = touchpoint
                    .ends
                    .iter()
                    .any(|ending| ending.weight > 0.0 && agrees(ending.when));
                !leaves && !ends
            })
    }
}
