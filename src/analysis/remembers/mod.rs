//! What customers remember, and what that changes.

mod others;
mod told;

use crate::flow::{Basis, Flow, FlowError, OutcomeShare};

/// What customers remember of a [fact](crate::facts) when their journeys end, and how these end.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FactFigures {
    /// The fact's name.
    pub fact: String,
    /// What it remembers, in words.
    pub remembers: String,
    /// Its values, in their order; empty where keeping it to the end would tell too many states apart.
    pub values: Vec<FactValueFigures>,
}

/// The journeys at whose end a fact has a value.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FactValueFigures {
    /// The value.
    pub value: String,
    /// Their share of all journeys, in 0..=1.
    pub share: f64,
    /// How they end, in the order of the outcomes' names; empty where there are none of them.
    pub outcomes: Vec<OutcomeShare>,
    /// Whether `outcomes` was counted: of a promise's first result, of a touchpoint that was visited, and of a feeling of -0.25 or
    /// less at a touchpoint.
    #[cfg_attr(feature = "serde", serde(default = "Basis::of_the_map"))]
    pub basis: Basis,
    /// How many journeys were counted; `None` where it is modelled.
    #[cfg_attr(feature = "serde", serde(default))]
    pub journeys: Option<u64>,
    /// Those that they are to be held against: journeys with another value that came as far. `None` where there are none, and
    /// for values of those who came nowhere yet ("none", "0").
    #[cfg_attr(feature = "serde", serde(default))]
    pub others: Option<FactOthers>,
}

/// The journeys that those with a value are held against: who comes far at all differs from who does not, so that all others are no
/// fair comparison.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FactOthers {
    /// Their values.
    pub values: Vec<String>,
    /// The touchpoint that they came to, by its id, where the fact is of what happens after it or there; `None` where every journey
    /// with these values came as far.
    pub before: Option<String>,
    /// Whether they came as far. False where only the map tells who visited a touchpoint: then a difference may tell no more than
    /// who came far.
    pub came_as_far: bool,
    /// How many journeys were counted; `None` where it is modelled.
    pub journeys: Option<u64>,
    /// Whether it was counted.
    pub basis: Basis,
    /// How they end, in the order of the outcomes' names.
    pub outcomes: Vec<OutcomeShare>,
}

impl Flow {
    /// What customers remember of each fact when their journeys end, and how these end, in the order in which the facts are
    /// stated. One flow for each fact, which keeps it to the end.
    ///
    /// ```
    /// use customer_journey::facts::{Fact, Given};
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Help")
    ///     .remember(Fact::start_channel("came by"))
    ///     .touchpoint(Touchpoint::new("form", Phase::Before, Channel::Web).starts(3.0))
    ///     .touchpoint(Touchpoint::new("call", Phase::Before, Channel::Phone).starts(1.0))
    ///     .touchpoint(Touchpoint::new("answer", Phase::After, Channel::Email)
    ///         .ends(Outcome::Loyalty, 1.0)
    ///         .ends_given(Given::is("came by", "web"), Outcome::Churn, 1.0))
    ///     .transition("form", "answer", 1.0)
    ///     .transition("call", "answer", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let came_by = &flow.facts()[0];
    /// assert_eq!((came_by.values[2].value.as_str(), came_by.values[2].share), ("web", 0.75));
    /// assert_eq!(came_by.values[2].outcomes[0].probability, 0.5);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn facts(&self) -> Vec<FactFigures> {
        let facts = self.journey().remembers().iter().enumerate();
        let mut all: Vec<FactFigures> = facts
            .map(|(position, fact)| {
                let mut values = self.values_at_the_end(position).unwrap_or_default();
                others::compare(&fact.kind, &mut values);
                FactFigures {
                    fact: fact.name.clone(),
                    remembers: fact.kind.to_string(),
                    values,
                }
            })
            .collect();
        self.count_facts(&mut all);
        all
    }

    fn values_at_the_end(&self, fact: usize) -> Result<Vec<FactValueFigures>, FlowError> {
        let flow = self.keeping(&[fact])?;
        let outcomes = flow.moments().outcomes();
        let Some(states) = flow.moments().remembered() else {
            return Ok(Vec::new());
        };
        let values = states.memory().values(fact);
        let mut ends = vec![vec![0.0; outcomes.len()]; values.len()];
        for (state, moment) in flow.visited() {
            let met = flow.visits_to(state) * moment.share;
            let value = states.value_after(moment.position, fact);
            for (outcome, p) in moment.endings() {
                ends[value][outcome] += met * p;
            }
        }
        let figures = values.iter().zip(ends).map(|(value, ends)| {
            let all: f64 = ends.iter().fold(0.0, |sum, share| sum + share);
            let shares = outcomes.iter().zip(&ends);
            let shares = shares.map(|(outcome, ending)| OutcomeShare {
                outcome: outcome.clone(),
                probability: (ending / all).min(1.0),
                standard_error: None,
            });
            FactValueFigures {
                value: value.clone(),
                share: all.min(1.0),
                outcomes: if all > 0.0 {
                    shares.collect()
                } else {
                    Vec::new()
                },
                basis: Basis::Modelled,
                journeys: None,
                others: None,
            }
        });
        Ok(figures.collect())
    }
}
