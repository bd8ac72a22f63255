//! What customers remember, and what that changes.

use crate::flow::{Flow, FlowError, OutcomeShare};
use crate::page::number::{JOURNEYS, among as among_100, share};
use crate::page::words::{name, strong};
use crate::page::{Block, Cell, Question, Section, Table, number, text};

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
        facts
            .map(|(position, fact)| FactFigures {
                fact: fact.name.clone(),
                remembers: fact.kind.to_string(),
                values: self.values_at_the_end(position).unwrap_or_default(),
            })
            .collect()
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
            }
        });
        Ok(figures.collect())
    }
}

/// So few journeys are no group to speak of.
const FEW: f64 = 0.01;

/// Differences that differ by less are equal but for rounding.
const SAME: f64 = 1e-12;

impl Question for Vec<FactFigures> {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("facts", "What customers remember, and what that changes");
        let told = self.iter().map(FactFigures::sentence).collect();
        section.put(Block::list(told, ("fact", "facts")));
        let rows: Vec<_> = self.iter().flat_map(FactFigures::rows).collect();
        section.put(
            Table::of(
                &rows,
                "How journeys end, by what is remembered then",
                ("row", "rows"),
            )
            .key("facts")
            .full("fact", text("fact"), |(fact, ..)| {
                Cell::name(fact.fact.as_str())
            })
            .full("value", text("value"), |(_, value, _)| {
                Cell::name(value.value.as_str())
            })
            .full("share", number("of 100\njourneys"), |(_, value, _)| {
                Cell::of_100(value.share)
            })
            .full("outcome", text("outcome"), |(.., ending)| {
                Cell::name(ending.outcome.as_str())
            })
            .full("probability", number("of 100 of\nthese"), |(.., ending)| {
                Cell::of_100(ending.probability)
            })
            .done(),
        );
        vec![section]
    }

    /// Of most maps nothing is remembered.
    fn is_worth_telling(&self) -> bool {
        !self.is_empty()
    }
}

impl FactFigures {
    fn rows(&self) -> impl Iterator<Item = (&Self, &FactValueFigures, &OutcomeShare)> {
        let values = self.values.iter();
        values.flat_map(move |value| {
            value
                .outcomes
                .iter()
                .map(move |ending| (self, value, ending))
        })
    }

    /// What it is, and where it makes the greatest difference.
    fn sentence(&self) -> String {
        let what = format!("{}: {}", strong(&name(&self.fact)), self.remembers);
        let mut greatest: Option<(f64, &FactValueFigures, &OutcomeShare, f64)> = None;
        for (_, value, ending) in self.rows() {
            if value.share < FEW || value.share > 1.0 - FEW {
                continue;
            }
            let others = self.others(&value.value, ending);
            let difference = (ending.probability - others).abs();
            let more = |&(known, other, ..): &(f64, &FactValueFigures, &OutcomeShare, f64)| {
                // Of two that differ as much, the smaller group is the one to speak of.
                difference > known + SAME
                    || (difference > known - SAME && value.share < other.share)
            };
            if greatest.as_ref().is_none_or(more) {
                greatest = Some((difference, value, ending, others));
            }
        }
        match greatest.filter(|(difference, ..)| *difference > 0.0) {
            None => format!("{what}; it makes no difference to how journeys end."),
            Some((_, value, ending, others)) => format!(
                "{what}. Where it is {} ({}), {} end in {}; of all others {}.",
                name(&value.value),
                among_100(value.share, JOURNEYS),
                share(ending.probability),
                name(ending.outcome.as_str()),
                share(others),
            ),
        }
    }

    /// The share of all journeys with another value that end so.
    fn others(&self, value: &str, ending: &OutcomeShare) -> f64 {
        let (mut all, mut so) = (0.0, 0.0);
        for (_, other, known) in self.rows().filter(|(_, other, _)| other.value != value) {
            all += other.share * known.probability;
            if known.outcome == ending.outcome {
                so += other.share * known.probability;
            }
        }
        if all > 0.0 { (so / all).min(1.0) } else { 0.0 }
    }
}
