//! What makes the difference: the touchpoints of one journey put in the place of the other's, one at a time.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::matching::{Law, Matching};
use crate::flow::Flow;
use crate::journey::{CountedPart, Fact, Journey, Outcome};

/// A figure of both journeys, and how much of its difference each touchpoint makes.
///
/// Each part is the exact effect of putting the touchpoint of B (its ways and endings, feelings, promise) in the place of that of A,
/// with everything else as in A. Parts do not add up, since what one touchpoint changes hangs on the others;
/// [`left_over`](Self::left_over) says by how much. All are figures of the maps alone.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MadeDifference {
    /// Which figure: `outcome`, `length`, `mean`, `end` or `hurt`.
    pub figure: String,
    /// What it is of: the outcome.
    pub of: Vec<CountedPart>,
    /// The figure of B minus that of A, both of the map alone.
    pub difference: f64,
    /// What each touchpoint makes of it: how journeys begin first, and then the touchpoints that both have, in the order of A.
    pub parts: Vec<MadePart>,
    /// What the parts leave of the difference; `None` where some part is not known.
    pub left_over: Option<f64>,
}

/// What a touchpoint makes of a difference.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MadePart {
    /// The touchpoint's id; `None` for how journeys begin.
    pub id: Option<String>,
    /// The figure of A with this touchpoint of B, minus that of A; `None` where journeys could then never end, or where what is
    /// remembered on one side has no meaning on the other.
    pub effect: Option<f64>,
}

/// Each part is a flow of its own; maps of more touchpoints have no parts.
pub(super) const MOST: usize = 300;

/// The figures that are taken apart, of both sides and of what lies between them.
type Figures = Vec<Option<f64>>;

fn figures(flow: &Flow, outcomes: &[Outcome]) -> Figures {
    let shares = outcomes
        .iter()
        .map(|outcome| Some(flow.probability(outcome)));
    let others = [
        Some(flow.length()),
        flow.mean_valence(),
        flow.end_valence(),
        flow.mean_valence().map(|_| flow.hurt()),
    ];
    shares.chain(others).collect()
}

/// What makes the difference, figure by figure; empty where both are alike, or have too many touchpoints.
pub(super) fn makes(a: &Flow, b: &Flow, matching: &Matching) -> Vec<MadeDifference> {
    if matching.len() > MOST {
        return Vec::new();
    }
    let (a, b) = (&a.modelled(), &b.modelled());
    let mut outcomes: Vec<Outcome> = a.moments().outcomes().to_vec();
    outcomes.extend(b.moments().outcomes().iter().cloned());
    outcomes.sort();
    outcomes.dedup();
    let (of_a, of_b) = (figures(a, &outcomes), figures(b, &outcomes));
    let Some(facts) = remembered(a.journey(), b.journey(), matching) else {
        return Vec::new();
    };
    let between = Between::new(a, b, (matching, facts));
    let both = matching.places.iter().enumerate();
    let both = both.filter_map(|(number, places)| {
        let (Some(place), Some(_)) = places else {
            return None;
        };
        (a.visits_at(*place) > 0.0).then_some(number)
    });
    let replaced: Vec<Option<usize>> = std::iter::once(None).chain(both.map(Some)).collect();
    let parts: Vec<Option<Figures>> = replaced
        .iter()
        .map(|&number| Some(figures(&between.flow(number)?, &outcomes)))
        .collect();
    let names = outcomes
        .iter()
        .map(|outcome| ("outcome", vec![CountedPart::from(outcome.as_str())]))
        .chain(["length", "mean", "end", "hurt"].map(|name| (name, Vec::new())));
    let figure = |(at, (figure, of)): (usize, (&str, Vec<CountedPart>))| {
        let before = of_a.get(at).copied().flatten()?;
        let difference = of_b.get(at).copied().flatten()? - before;
        let part = |(number, part): (&Option<usize>, &Option<Figures>)| {
            let after = part
                .as_ref()
                .and_then(|part| part.get(at).copied().flatten());
            MadePart {
                id: number.map(|number| matching.id(number).to_owned()),
                effect: after.map(|after| after - before),
            }
        };
        let parts: Vec<MadePart> = replaced.iter().zip(&parts).map(part).collect();
        let effects = parts.iter().map(|part| part.effect);
        let left_over = effects.sum::<Option<f64>>().map(|sum| difference - sum);
        Some(MadeDifference {
            figure: figure.to_owned(),
            of,
            difference,
            parts,
            left_over,
        })
    };
    names.enumerate().filter_map(figure).collect()
}

/// What customers of a journey between both remember: the facts of both sides. `None` where they cannot be put together: where one
/// name means two things, or where who somebody is decides where a journey begins.
fn remembered(a: &Journey, b: &Journey, matching: &Matching) -> Option<Vec<Fact>> {
    let begins = |journey: &Journey| {
        let mut touchpoints = journey.touchpoints();
        touchpoints.any(|touchpoint| !touchpoint.starts_given.is_empty())
    };
    let mut facts = a.remembers().to_vec();
    if (facts.is_empty() && b.remembers().is_empty()) || begins(a) || begins(b) {
        return (facts.is_empty() && b.remembers().is_empty()).then_some(facts);
    }
    if !matching.renamed(b).is_empty() {
        // Facts and their values may name touchpoints.
        return None;
    }
    for fact in b.remembers() {
        match facts.iter().find(|known| known.name == fact.name) {
            Some(known) if known != fact => return None,
            Some(_) => {}
            None => facts.push(fact.clone()),
        }
    }
    Some(facts)
}

/// Both journeys as one map, from which those between them are drawn.
struct Between<'a> {
    a: &'a Flow,
    b: &'a Flow,
    matching: &'a Matching,
    facts: Vec<Fact>,
    starts_a: BTreeMap<usize, f64>,
    starts_b: BTreeMap<usize, f64>,
}

impl<'a> Between<'a> {
    fn new(a: &'a Flow, b: &'a Flow, (matching, facts): (&'a Matching, Vec<Fact>)) -> Self {
        Self {
            starts_a: Law::new(a, &matching.of_a).starts(),
            starts_b: Law::new(b, &matching.of_b).starts(),
            a,
            b,
            matching,
            facts,
        }
    }

    /// The flow of A with one touchpoint of B, or with how journeys begin there. Touchpoints that only B has are as in B.
    fn flow(&self, replaced: Option<usize>) -> Option<Flow> {
        let (journey_a, journey_b) = (self.a.journey(), self.b.journey());
        let starts = match replaced {
            Some(_) => &self.starts_a,
            None => &self.starts_b,
        };
        let mut graph = petgraph::graph::DiGraph::new();
        // From which side each touchpoint is, and where it is there.
        let mut sources = Vec::new();
        for (number, &(in_a, in_b)) in self.matching.places.iter().enumerate() {
            let from_b = in_a.is_none() || Some(number) == replaced;
            let (journey, place) = if from_b {
                (journey_b, in_b?)
            } else {
                (journey_a, in_a?)
            };
            let node = journey.graph().raw_nodes().get(place)?;
            let mut touchpoint = node.weight.clone();
            self.matching.id(number).clone_into(&mut touchpoint.id);
            touchpoint.starts = Some(starts.get(&number).copied().unwrap_or(0.0));
            graph.add_node(touchpoint);
            sources.push((from_b, place));
        }
        for (number, (from_b, place)) in sources.into_iter().enumerate() {
            let (journey, number_of) = if from_b {
                (journey_b, &self.matching.of_b)
            } else {
                (journey_a, &self.matching.of_a)
            };
            let mut ways: Vec<_> = journey.graph().edges(NodeIndex::new(place)).collect();
            // In the order in which they were drawn.
            ways.sort_by_key(EdgeRef::id);
            for way in ways {
                let to = NodeIndex::new(*number_of.get(way.target().index())?);
                graph.add_edge(NodeIndex::new(number), to, way.weight().clone());
            }
        }
        let journey = Journey::try_from((self.facts.clone(), graph));
        journey.ok()?.flow().ok()
    }
}
