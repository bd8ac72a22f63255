//! The figures of the flow itself: visits, reach, endings, length, waits, and what lies ahead.

use crate::flow::moments::To;
use crate::flow::solved::Flow;
use crate::journey::{Outcome, Touchpoint};

/// How often journeys end with an outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OutcomeShare {
    /// The outcome.
    pub outcome: Outcome,
    /// The share of journeys that end so, in 0..=1.
    pub probability: f64,
    /// Standard error of the probability, where all weights are counts of real visits; see [`Flow::error_bars`].
    pub standard_error: Option<f64>,
}

/// How many customers come to a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Traffic<'a> {
    /// The touchpoint.
    pub touchpoint: &'a Touchpoint,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of journeys that visit it at least once, in 0..=1; `None` where the flow's
    /// [solver](Flow::solver) says that it is known only on request, by [`Flow::reach`].
    pub reach: Option<f64>,
}

/// What lies ahead of a customer who arrives at a touchpoint.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AheadFigures {
    /// The chance of each outcome of the journey, in the order of their names.
    pub outcomes: Vec<(Outcome, f64)>,
    /// Expected number of moments still to come, this one included.
    pub moments: f64,
    /// Expected total of the known waits still to come, in seconds; `None` where customers go by no way
    /// that states one.
    pub wait_s: Option<f64>,
}

impl AheadFigures {
    /// The chance of one outcome; 0 for an outcome that the journey does not have.
    #[must_use]
    pub fn chance_of(&self, outcome: &Outcome) -> f64 {
        self.outcomes
            .iter()
            .find(|(known, _)| known == outcome)
            .map_or(0.0, |&(_, chance)| chance)
    }
}

impl Flow {
    /// Expected number of moments of a journey: how many touchpoints a customer meets, repetitions counted.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.visits.iter().sum()
    }

    /// Expected total of the known waits of a journey, in seconds; `None` where customers go by no way
    /// that states one.
    #[must_use]
    pub fn wait_s(&self) -> Option<f64> {
        let wait = self.outlook.totals[self.moments.outcomes().len() + 1];
        self.outlook.knows_waits.then_some(wait)
    }

    /// How journeys end: every outcome that the map names, in the order of their names. The probabilities sum to 1.
    #[must_use]
    pub fn outcomes(&self) -> Vec<OutcomeShare> {
        let share = |(position, outcome): (usize, &Outcome)| OutcomeShare {
            outcome: outcome.clone(),
            probability: self.outcome_probability(position),
            standard_error: self.error_of_outcome(position),
        };
        self.moments
            .outcomes()
            .iter()
            .enumerate()
            .map(share)
            .collect()
    }

    /// The share of journeys that end with an outcome, in 0..=1; 0 for one that the map does not name.
    #[must_use]
    pub fn probability(&self, outcome: &Outcome) -> f64 {
        self.outcome_position(outcome)
            .map_or(0.0, |position| self.outcome_probability(position))
    }

    /// Visits and reach of every touchpoint, in the order of the map.
    ///
    /// ```
    /// # use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// # let flow = Journey::builder("one").touchpoint(
    /// #     Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0)).build()?.flow()?;
    /// for traffic in flow.traffic() {
    ///     println!("{}: {} visits", traffic.touchpoint.label(), traffic.visits);
    /// }
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn traffic(&self) -> impl ExactSizeIterator<Item = Traffic<'_>> + '_ {
        let touchpoints = self.journey.graph().raw_nodes().iter().enumerate();
        touchpoints.map(|(position, node)| Traffic {
            touchpoint: &node.weight,
            visits: self.visits_at(position),
            reach: self.reach_told(position),
        })
    }

    /// Expected visits of a journey to a touchpoint; `None` for an id that is not in the map.
    #[must_use]
    pub fn visits(&self, id: &str) -> Option<f64> {
        Some(self.visits_at(self.journey.node(id)?.index()))
    }

    /// The share of journeys that visit a touchpoint at least once, in 0..=1, [counted](Flow::basis) where it was; `None` for
    /// an id that is not in the map.
    #[must_use]
    pub fn reach(&self, id: &str) -> Option<f64> {
        self.reach_asked(self.journey.node(id)?.index())
    }

    /// What lies ahead of a customer who arrives at a touchpoint, before its promise is tested; `None` for an id
    /// that is not in the map and for a touchpoint that no journey comes to.
    #[must_use]
    pub fn ahead(&self, id: &str) -> Option<AheadFigures> {
        let touchpoint = self.journey.node(id)?.index();
        self.is_visited(touchpoint)
            .then(|| self.ahead_at(touchpoint))
    }

    fn ahead_at(&self, touchpoint: usize) -> AheadFigures {
        let outcomes = self.moments.outcomes().iter().enumerate();
        let chance = |(position, outcome): (usize, &Outcome)| {
            (outcome.clone(), self.chance_ahead(touchpoint, position))
        };
        let (moments, wait) = self.left_from(touchpoint);
        AheadFigures {
            outcomes: outcomes.map(chance).collect(),
            moments,
            wait_s: self.outlook.knows_waits.then_some(wait),
        }
    }

    pub(crate) fn outcome_position(&self, outcome: &Outcome) -> Option<usize> {
        self.moments.outcomes().binary_search(outcome).ok()
    }

    pub(crate) fn outcome_probability(&self, position: usize) -> f64 {
        self.outlook.totals[position].min(1.0)
    }

    /// The chance of an outcome, by its position, on arriving at a state.
    pub(crate) fn chance_from(&self, state: usize, outcome: usize) -> f64 {
        self.outlook.chance(state, outcome).min(1.0)
    }

    /// Expected moments and known waits still to come on arriving at a state.
    pub(crate) fn left_at(&self, state: usize) -> (f64, f64) {
        self.outlook.left(state)
    }

    /// How far the chance of an outcome moves on leaving a touchpoint, up or down, expected over a visit.
    pub(crate) fn decided_per_visit(&self, touchpoint: usize, outcome: usize) -> f64 {
        let parts = self.parts_of(touchpoint);
        let decided = parts.map(|(state, part)| part * self.decided_at(state, outcome));
        decided.fold(0.0, |sum, decided| sum + decided)
    }

    fn decided_at(&self, state: usize, outcome: usize) -> f64 {
        let here = self.chance_from(state, outcome);
        let there = |to: To| match to {
            To::State(next) => self.chance_from(next as usize, outcome),
            To::End(ending) if ending as usize == outcome => 1.0,
            To::End(_) => 0.0,
        };
        let moments = self.moments.at(state).filter(|_| self.is_reached(state));
        let moved = moments.flat_map(|moment| {
            moment
                .ways
                .iter()
                .map(move |way| moment.share * way.p * (there(way.to()) - here).abs())
        });
        moved.sum()
    }
}
