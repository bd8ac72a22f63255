//! Why it is not known what a fix changes.

use std::collections::BTreeSet;
use std::fmt;

use crate::flow::moments::States;
use crate::flow::solved::Flow;
use crate::journey::{Given, Touchpoint};

/// Why it is not known what a fix changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum NoEffect {
    /// After it customers come to a touchpoint from which no way on is drawn for what they remember then.
    NoWayOn {
        /// The touchpoint's id.
        id: String,
        /// What they remember there, as "delivery is kept"; empty where no way asks about that.
        given: String,
    },
    /// Journeys could never end after it.
    NeverEnds,
    /// Its weights would be beyond what numbers hold.
    TooLarge,
    /// So many fixes of a huge map would have to be solved one by one that it would go on and on.
    TooMuchWork,
}

/// The reason in words, such as `no way on from "review" is drawn where delivery is kept`.
impl fmt::Display for NoEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWayOn { id, given } if given.is_empty() => {
                write!(
                    f,
                    "no way on from {id:?} is drawn for customers who come there then"
                )
            }
            Self::NoWayOn { id, given } => {
                write!(f, "no way on from {id:?} is drawn where {given}")
            }
            Self::NeverEnds => f.write_str("journeys could never end after it"),
            Self::TooLarge => f.write_str("its weights would be beyond what numbers hold"),
            Self::TooMuchWork => f.write_str("computing it would take too long"),
        }
    }
}

impl Flow {
    /// Where customers are stuck after a change who are not now.
    pub(super) fn stuck_after(&self, after: &Self) -> Option<NoEffect> {
        let (now, then) = (self.moments.remembered()?, after.moments.remembered()?);
        let known: BTreeSet<_> = now.stuck().iter().collect();
        let new = then.stuck().iter().find(|place| !known.contains(place));
        let more = then.stuck().len() > now.stuck().len();
        let (touchpoint, remembered) = new.or_else(|| then.stuck().last().filter(|_| more))?;
        let at = after.touchpoint_at(*touchpoint as usize);
        Some(NoEffect::NoWayOn {
            id: at.id.clone(),
            given: after.asked_there(*touchpoint as usize, at, (then, remembered)),
        })
    }

    fn touchpoint_at(&self, position: usize) -> &Touchpoint {
        &self.journey.graph().raw_nodes()[position].weight
    }

    /// What customers remember of all that the ways out of a touchpoint ask about.
    fn asked_there(
        &self,
        position: usize,
        at: &Touchpoint,
        (states, remembered): (&States, &[u16]),
    ) -> String {
        let edges = self.journey.graph().raw_edges().iter();
        let ways = edges.filter(|edge| edge.source().index() == position);
        let given = ways.map(|edge| &edge.weight.given);
        let given = given.chain(at.ends.iter().map(|ending| &ending.given));
        let asked: BTreeSet<&str> = given.flat_map(Given::facts).map(|(fact, _)| fact).collect();
        let memory = states.memory();
        let told = asked.into_iter().filter_map(|name| {
            let fact = memory.position(name)?;
            let value = memory.value(fact, *remembered.get(fact)?);
            Some(format!("{name} is {}", memory.values(fact).get(value)?))
        });
        told.collect::<Vec<_>>().join(" and ")
    }
}
