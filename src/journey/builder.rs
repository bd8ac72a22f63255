use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};

use super::check::check;
use super::journey::{About, Journey, JourneyParts};
use super::outcome::Outcome;
use super::problem::{Invalid, Problem};
use super::promise::PromiseResult;
use super::touchpoint::Touchpoint;
use super::transition::Transition;
use super::words::JourneyKind;

/// A journey being drawn. Nothing is checked until [`build`](JourneyBuilder::build), which reports everything that
/// is wrong at once.
///
/// Where no touchpoint states `starts`, the touchpoints without a transition from another one share the start
/// equally.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
///
/// let error = Journey::builder("draft")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels("angr"))
///     .transition("call", "cal", -1.0)
///     .build()
///     .unwrap_err();
/// assert_eq!(error.problems().len(), 3);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct JourneyBuilder {
    pub(super) about: About,
    pub(super) touchpoints: Vec<Touchpoint>,
    pub(super) transitions: Vec<Link>,
    pub(super) unread: Unread,
}

/// What the reader of documents could not make out. It leaves something harmless in the place of it, so that the
/// check does not report a fault twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Unread {
    /// Why, in the order of the document.
    pub(super) problems: Vec<Problem>,
    /// The list of touchpoints as a whole.
    pub(super) touchpoints: bool,
    /// The ids of these touchpoints, by position.
    pub(super) ids: BTreeSet<usize>,
    /// What these transitions say in `when`, by position.
    pub(super) whens: BTreeSet<usize>,
}

/// A transition that names its touchpoints, as far as the names could be read.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) transition: Transition,
}

impl JourneyBuilder {
    pub(super) fn new(name: impl Into<String>) -> Self {
        let mut builder = Self::default();
        builder.about.name = name.into();
        builder
    }

    /// Adds a touchpoint.
    pub fn touchpoint(mut self, touchpoint: Touchpoint) -> Self {
        self.touchpoints.push(touchpoint);
        self
    }

    /// Adds several touchpoints.
    pub fn touchpoints(mut self, touchpoints: impl IntoIterator<Item = Touchpoint>) -> Self {
        self.touchpoints.extend(touchpoints);
        self
    }

    /// Adds a way that is always open, between two touchpoints named by their ids.
    pub fn transition(self, from: impl Into<String>, to: impl Into<String>, weight: f64) -> Self {
        self.connect(from, to, Transition::new(weight))
    }

    /// Adds a way that is open only after this result of the promise that `from` tests.
    pub fn transition_when(
        self,
        result: PromiseResult,
        from: impl Into<String>,
        to: impl Into<String>,
        weight: f64,
    ) -> Self {
        self.connect(from, to, Transition::new(weight).when(result))
    }

    /// Adds a way with everything that a [`Transition`] can say.
    pub fn connect(
        mut self,
        from: impl Into<String>,
        to: impl Into<String>,
        transition: Transition,
    ) -> Self {
        self.transitions.push(Link {
            from: Some(from.into()),
            to: Some(to.into()),
            transition,
        });
        self
    }

    /// Adds the touchpoints and transitions of a graph.
    pub fn graph(mut self, graph: DiGraph<Touchpoint, Transition>) -> Self {
        let (nodes, edges) = graph.into_nodes_edges();
        let id = |node: NodeIndex| nodes.get(node.index()).map(|node| node.weight.id.clone());
        self.transitions.extend(edges.into_iter().map(|edge| Link {
            from: id(edge.source()),
            to: id(edge.target()),
            transition: edge.weight,
        }));
        self.touchpoints
            .extend(nodes.into_iter().map(|node| node.weight));
        self
    }

    /// States whether the journey is planned or experienced; experienced unless set.
    pub fn kind(mut self, kind: JourneyKind) -> Self {
        self.about.kind = kind;
        self
    }

    /// States what an ending is worth to the provider; may be negative.
    pub fn value(mut self, outcome: impl Into<Outcome>, value: f64) -> Self {
        self.about.values.push((outcome.into(), value));
        self
    }

    /// Sets the label for money.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.about.currency = Some(currency.into());
        self
    }

    /// Says who travels.
    pub fn persona(mut self, persona: impl Into<String>) -> Self {
        self.about.persona = Some(persona.into());
        self
    }

    /// Says in which situation.
    pub fn scenario(mut self, scenario: impl Into<String>) -> Self {
        self.about.scenario = Some(scenario.into());
        self
    }

    /// Sets free text.
    pub fn notes(mut self, notes: impl Into<String>) -> Self {
        self.about.notes = Some(notes.into());
        self
    }

    /// Checks the drawing and makes the journey. Takes O((n + m) log n) for n touchpoints and m transitions.
    ///
    /// # Errors
    /// [`Invalid`] with every problem of the drawing, in the order of the touchpoints and then of the transitions.
    pub fn build(self) -> Result<Journey, Invalid> {
        let checked = check(self)?;
        let mut graph =
            DiGraph::with_capacity(checked.touchpoints.len(), checked.transitions.len());
        for touchpoint in checked.touchpoints {
            graph.add_node(touchpoint);
        }
        for (from, to, transition) in checked.transitions {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), transition);
        }
        Ok(Journey::from_checked(JourneyParts {
            about: checked.about,
            graph,
            by_id: checked.by_id.into_iter().map(NodeIndex::new).collect(),
            counts_hold: false,
        }))
    }
}
