use std::collections::BTreeMap;

use crate::flow::{Flow, To};
use crate::journey::Outcome;

/// Where journeys are at their first, second, third moment, and where they go from there: the step matrix of the map.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Steps {
    /// Moment by moment, from the first one on.
    pub steps: Vec<StepFigures>,
}

/// Where journeys are at one moment. With `ended`, the shares sum to 1.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StepFigures {
    /// Which moment, from 1.
    pub moment: usize,
    /// Share of journeys that are over before it, in 0..=1.
    pub ended: f64,
    /// Where the others are, in the order of the map; touchpoints where nobody is are left out.
    pub touchpoints: Vec<StepShare>,
    /// Where they go next, by from and to in the order of the map.
    pub ways: Vec<StepWay>,
    /// Those that end here, by touchpoint in the order of the map and by outcome.
    pub ends: Vec<StepEnd>,
}

/// Journeys at a touchpoint.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StepShare {
    /// The touchpoint's id.
    pub id: String,
    /// Its name, or the id where it has none.
    pub name: String,
    /// Share of all journeys, in 0..=1.
    pub share: f64,
}

/// Journeys that go from a touchpoint to another one.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StepWay {
    /// Id of the touchpoint that is left.
    pub from: String,
    /// Id of the touchpoint that comes next.
    pub to: String,
    /// Share of all journeys, in 0..=1.
    pub share: f64,
}

/// Journeys that end.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StepEnd {
    /// Id of the touchpoint that is the last.
    pub from: String,
    /// How they end.
    pub outcome: Outcome,
    /// Share of all journeys, in 0..=1.
    pub share: f64,
}

impl Flow {
    /// Where journeys are at each of their first moments, `moments` of them or as many as any journey has: s T^k, from the map.
    /// Takes O(m) a moment.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Retry")
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).starts(1.0).ends(Outcome::Loyalty, 1.0))
    ///     .transition("call", "call", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let steps = flow.steps(3);
    /// assert_eq!((steps.steps[2].ended, steps.steps[2].touchpoints[0].share), (0.75, 0.25));
    /// assert!(steps.svg().to_string().contains("ended"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn steps(&self, moments: usize) -> Steps {
        let mut steps = Vec::new();
        let mut here = self.starts().to_vec();
        let mut ended = 0.0;
        while steps.len() < moments && here.iter().any(|&share| share > 0.0) {
            let step = self.step_figures(steps.len() + 1, &here, ended);
            ended += step.ends.iter().map(|end| end.share).sum::<f64>();
            steps.push(step);
            here = self.step(&here);
        }
        Steps { steps }
    }

    fn step_figures(&self, moment: usize, here: &[f64], ended: f64) -> StepFigures {
        let nodes = self.journey().graph().raw_nodes();
        // Those who remember different things at a touchpoint are told together.
        let (mut met, mut gone, mut ends) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (state, &share) in here.iter().enumerate().filter(|&(_, &share)| share > 0.0) {
            let position = self.moments().touchpoint(state);
            *met.entry(position).or_insert(0.0) += share;
            for way in self.likely_ways(state) {
                let share = share * way.p;
                match way.to {
                    To::State(to) => {
                        let to = self.moments().touchpoint(to as usize);
                        *gone.entry((position, to)).or_insert(0.0) += share;
                    }
                    To::End(outcome) => *ends.entry((position, outcome)).or_insert(0.0) += share,
                }
            }
        }
        let touchpoints = met.into_iter().map(|(at, share)| StepShare {
            id: nodes[at].weight.id.clone(),
            name: nodes[at].weight.label().to_owned(),
            share,
        });
        let touchpoints = touchpoints.collect();
        let ways = gone.into_iter().map(|((from, to), share)| StepWay {
            from: nodes[from].weight.id.clone(),
            to: nodes[to].weight.id.clone(),
            share,
        });
        let ways = ways.collect();
        let outcomes = self.moments().outcomes();
        let ends = ends.into_iter().map(|((from, outcome), share)| StepEnd {
            from: nodes[from].weight.id.clone(),
            outcome: outcomes[outcome as usize].clone(),
            share,
        });
        StepFigures {
            moment,
            ended: ended.min(1.0),
            touchpoints,
            ways,
            ends: ends.collect(),
        }
    }
}
