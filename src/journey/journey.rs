use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};

use super::builder::JourneyBuilder;
use super::counted::Counted;
use super::facts::{Fact, Memory};
use super::numbers::fingerprint;
use super::outcome::Outcome;
use super::problem::Invalid;
use super::touchpoint::Touchpoint;
use super::transition::Transition;
use super::words::JourneyKind;

/// A customer journey: touchpoints and the ways between them, checked, immutable, cheap to clone.
///
/// Drawn with [`Journey::builder`], read from a document with serde, or made from a petgraph graph. What it means
/// is asked of its [`flow`](Journey::flow).
///
/// ```
/// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
///
/// let journey = Journey::builder("Two steps")
///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web).feels(Feeling::Hope))
///     .touchpoint(Touchpoint::new("visit", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0))
///     .transition("search", "visit", 1.0)
///     .build()?;
/// assert_eq!(journey.graph().node_count(), 2);
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Journey {
    drawn: Arc<JourneyParts>,
}

/// What a journey consists of.
#[derive(Debug)]
pub(super) struct JourneyParts {
    pub(super) about: About,
    pub(super) graph: DiGraph<Touchpoint, Transition>,
    /// Nodes sorted by the id of their touchpoint.
    pub(super) by_id: Vec<NodeIndex>,
    /// Whether what was counted was counted for this map.
    pub(super) counts_hold: bool,
}

/// What a journey says about itself as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct About {
    pub(super) name: String,
    pub(super) kind: JourneyKind,
    pub(super) values: Vec<(Outcome, f64)>,
    pub(super) currency: Option<String>,
    pub(super) persona: Option<String>,
    pub(super) scenario: Option<String>,
    pub(super) notes: Option<String>,
    /// What customers remember.
    pub(super) remembers: Vec<Fact>,
    /// What was counted on the journeys that it was learned from.
    pub(super) counted: Option<Arc<Counted>>,
}

impl Journey {
    /// Begins to draw a journey.
    pub fn builder(name: impl Into<String>) -> JourneyBuilder {
        JourneyBuilder::new(name)
    }

    pub(super) fn about(&self) -> &About {
        &self.drawn.about
    }

    pub(super) fn from_checked(drawn: JourneyParts) -> Self {
        let mut journey = Self {
            drawn: Arc::new(drawn),
        };
        let map = journey.about().counted.as_ref().map(|counted| &counted.map);
        let holds = map.is_some_and(|map| *map == fingerprint(&journey));
        if let Some(drawn) = Arc::get_mut(&mut journey.drawn) {
            drawn.counts_hold = holds;
        }
        journey
    }

    /// What was counted on whole journeys, where this map was learned from an [`EventLog`](crate::EventLog) and is as it was
    /// learned: touchpoints, ways, feelings and promises unchanged, whatever was edited beside them. `None` for a map that was
    /// drawn, learned from a [`Tally`](crate::Tally), or edited afterwards.
    #[must_use]
    pub fn counted(&self) -> Option<&Counted> {
        let counted = self.about().counted.as_deref();
        counted.filter(|_| self.drawn.counts_hold)
    }

    /// What was counted, whether or not the map is still the one that it was counted for.
    pub(super) fn stated_counts(&self) -> Option<&Counted> {
        self.about().counted.as_deref()
    }

    /// This map with what was counted on the journeys that it was learned from.
    pub(crate) fn with_counted(&self, mut counted: Counted) -> Self {
        counted.map = fingerprint(self);
        Self::from_checked(JourneyParts {
            about: About {
                counted: Some(Arc::new(counted)),
                ..self.drawn.about.clone()
            },
            graph: self.drawn.graph.clone(),
            by_id: self.drawn.by_id.clone(),
            counts_hold: true,
        })
    }

    /// A drawing that says the same of itself as a whole, under another name and around another graph.
    pub(crate) fn redrawn(
        &self,
        name: String,
        graph: DiGraph<Touchpoint, Transition>,
    ) -> JourneyBuilder {
        let mut builder = JourneyBuilder::new("").graph(graph);
        builder.about = About {
            name,
            ..self.drawn.about.clone()
        };
        builder
    }

    /// The journey's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.drawn.about.name
    }

    /// Planned or experienced.
    #[must_use]
    pub fn kind(&self) -> JourneyKind {
        self.drawn.about.kind
    }

    /// What each ending is worth to the provider, as stated; may be negative.
    #[must_use]
    pub fn values(&self) -> &[(Outcome, f64)] {
        &self.drawn.about.values
    }

    /// The label for money.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.drawn.about.currency.as_deref()
    }

    /// Who travels.
    #[must_use]
    pub fn persona(&self) -> Option<&str> {
        self.drawn.about.persona.as_deref()
    }

    /// In which situation.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        self.drawn.about.scenario.as_deref()
    }

    /// Free text.
    #[must_use]
    pub fn notes(&self) -> Option<&str> {
        self.drawn.about.notes.as_deref()
    }

    /// The facts that customers remember, as stated; see [`facts`](crate::facts).
    #[must_use]
    pub fn remembers(&self) -> &[Fact] {
        &self.drawn.about.remembers
    }

    /// The values that a fact can have, in their order; `None` for a fact that customers do not remember.
    #[must_use]
    pub fn fact_values(&self, fact: &str) -> Option<Vec<String>> {
        let mut facts = self.remembers().iter();
        let fact = facts.find(|known| known.name == fact)?;
        Some(fact.values(self.touchpoints()))
    }

    /// The facts, ready to be walked along a journey.
    pub(crate) fn memory(&self) -> Memory {
        let nodes = self.graph().raw_nodes().iter();
        Memory::new(self.remembers(), &nodes.map(|node| &node.weight))
    }

    /// The graph, on which every petgraph algorithm runs: touchpoints in the order in which they were drawn, with
    /// transitions as edges in theirs. Two transitions with different `when` are two parallel edges.
    ///
    /// ```
    /// # use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// use customer_journey::petgraph::algo::is_cyclic_directed;
    /// # let journey = Journey::builder("one")
    /// #     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store)).build()?;
    /// assert!(!is_cyclic_directed(journey.graph()));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Touchpoint, Transition> {
        &self.drawn.graph
    }

    /// The touchpoint with this id.
    #[must_use]
    pub fn touchpoint(&self, id: &str) -> Option<&Touchpoint> {
        self.graph().node_weight(self.node(id)?)
    }

    /// The node of the touchpoint with this id, for use with [`Journey::graph`]. Takes O(log n).
    #[must_use]
    pub fn node(&self, id: &str) -> Option<NodeIndex> {
        let id_of = |node: &NodeIndex| self.graph().node_weight(*node).map(|t| t.id.as_str());
        let found = self
            .drawn
            .by_id
            .binary_search_by(|node| id_of(node).cmp(&Some(id)))
            .ok()?;
        self.drawn.by_id.get(found).copied()
    }

    /// The touchpoints in the order in which they were drawn.
    #[must_use]
    pub fn touchpoints(&self) -> impl ExactSizeIterator<Item = &Touchpoint> + '_ {
        self.graph().raw_nodes().iter().map(|node| &node.weight)
    }

    /// The transitions in the order in which they were drawn: from, to, and the transition.
    #[must_use]
    pub fn transitions(
        &self,
    ) -> impl ExactSizeIterator<Item = (&Touchpoint, &Touchpoint, &Transition)> + '_ {
        let graph = self.graph();
        graph
            .raw_edges()
            .iter()
            .map(|edge| (&graph[edge.source()], &graph[edge.target()], &edge.weight))
    }
}

impl PartialEq for Journey {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.drawn, &other.drawn)
            || (self.drawn.about == other.drawn.about
                && self.touchpoints().eq(other.touchpoints())
                && self.graph().raw_edges().len() == other.graph().raw_edges().len()
                && self
                    .graph()
                    .raw_edges()
                    .iter()
                    .zip(other.graph().raw_edges())
                    .all(|(a, b)| {
                        a.source() == b.source() && a.target() == b.target() && a.weight == b.weight
                    }))
    }
}

/// The graph becomes a journey without a name; [`JourneyBuilder::graph`] gives it one.
impl TryFrom<DiGraph<Touchpoint, Transition>> for Journey {
    type Error = Invalid;

    fn try_from(graph: DiGraph<Touchpoint, Transition>) -> Result<Self, Invalid> {
        Self::builder("").graph(graph).build()
    }
}

/// The graph becomes a journey without a name whose customers remember these facts.
impl TryFrom<(Vec<Fact>, DiGraph<Touchpoint, Transition>)> for Journey {
    type Error = Invalid;

    fn try_from(
        (facts, graph): (Vec<Fact>, DiGraph<Touchpoint, Transition>),
    ) -> Result<Self, Invalid> {
        let builder = Self::builder("").graph(graph);
        facts
            .into_iter()
            .fold(builder, JourneyBuilder::remember)
            .build()
    }
}
