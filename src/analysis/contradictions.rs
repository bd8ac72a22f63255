//! What customers are told differently for the same need.

use std::collections::BTreeMap;

use crate::flow::Flow;
use crate::page::said;
use crate::page::words::{name, place, quoted};

/// A need for which channels tell customers different things.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Contradiction {
    /// The need.
    pub need: String,
    /// The different answers, in alphabetical order.
    pub answers: Vec<ConflictingAnswer>,
}

/// What customers are told, and where.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConflictingAnswer {
    /// What is told there.
    pub says: String,
    /// The ids of the touchpoints for this need that tell it, in the order of the map.
    pub touchpoints: Vec<String>,
}

impl Flow {
    /// The needs for which two channels tell customers different things, in the order of their names, with every
    /// answer and the touchpoints that give it. Channels are compared as in [`Flow::channel_consistency`]: by what all
    /// their touchpoints for the need say, where both say something; touchpoints that no journey comes to take no part.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let asks = |id, channel, says: &str| Touchpoint::new(id, Phase::During, channel).need("when").says(says);
    /// let flow = Journey::builder("two answers")
    ///     .touchpoint(asks("page", Channel::Web, "Tuesday"))
    ///     .touchpoint(asks("call", Channel::Phone, "Thursday"))
    ///     .build()?
    ///     .flow()?;
    /// let found = flow.contradictions();
    /// assert_eq!(found[0].answers[0].says, "Thursday");
    /// assert_eq!(found[0].answers[0].touchpoints, ["call"]);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let nodes = self.journey().graph().raw_nodes();
        let needs = self.needs().into_iter().filter_map(|need| {
            // Where any two differ, some differ from the first that says anything.
            let mut saying = need.channels.iter().filter(|one| !one.says.is_empty());
            let first = saying.next()?;
            if !saying.any(|other| first.contradicts(other) == Some(true)) {
                return None;
            }
            let mut told_at: Vec<u32> = need
                .channels
                .iter()
                .flat_map(|channel| channel.touchpoints.iter().copied())
                .collect();
            told_at.sort_unstable();
            let mut answers = BTreeMap::<&str, Vec<String>>::new();
            for touchpoint in told_at {
                let touchpoint = &nodes[touchpoint as usize].weight;
                if let Some(says) = &touchpoint.says {
                    let told_at = answers.entry(says).or_default();
                    told_at.push(touchpoint.id.clone());
                }
            }
            let answers = answers
                .into_iter()
                .map(|(says, touchpoints)| ConflictingAnswer {
                    says: says.to_owned(),
                    touchpoints,
                });
            Some(Contradiction {
                need: need.name.to_owned(),
                answers: answers.collect(),
            })
        });
        needs.collect()
    }
}

said!(Contradiction, sentence);

/// The need with every answer.
fn sentence(known: &Contradiction) -> String {
    let answers: Vec<String> = known.answers.iter().map(answer).collect();
    format!("{}: {}", name(&known.need), answers.join("; "))
}

fn answer(answer: &ConflictingAnswer) -> String {
    let told_at: Vec<String> = answer.touchpoints.iter().map(|id| place(id)).collect();
    format!("{} at {}", quoted(&answer.says), told_at.join(", "))
}
