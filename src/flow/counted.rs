//! What was counted on whole journeys, found by name. Questions answer with it where it is there.

use std::collections::BTreeMap;

use super::moments::as_u32;
use super::solved::Flow;
use crate::journey::{
    Counted, CountedFigure, CountedFix, CountedName, CountedPart, FixKind, words,
};

words! {
    /// Where a figure comes from.
    pub enum Basis as "basis" {
        /// Counted on whole journeys: what happened.
        Counted = "counted",
        /// Computed from the map, which forgets how customers came.
        Modelled = "modelled",
    }
}

#[cfg(feature = "serde")]
impl Basis {
    /// Of a report that does not say.
    pub(crate) fn of_the_map() -> Self {
        Self::Modelled
    }
}

/// Where each counted figure stands in the list of the journey, by its name and what it is of.
#[derive(Debug)]
pub(super) struct Places(BTreeMap<String, usize>);

impl Places {
    pub(super) fn of(counted: &Counted) -> Self {
        let place = |(place, figure): (usize, &CountedFigure)| {
            let parts = figure.of.iter().map(ToString::to_string);
            (key(figure.figure, parts), place)
        };
        Self(counted.figures.iter().enumerate().map(place).collect())
    }
}

/// Ids may hold any letter, so that lengths tell them apart.
fn key(figure: CountedName, of: impl Iterator<Item = impl AsRef<str>>) -> String {
    let start = figure.as_str().to_owned();
    of.fold(start, |key, part| {
        let part = part.as_ref();
        format!("{key} {} {part}", part.len())
    })
}

impl Flow {
    /// The flow of the map alone, without what was counted on whole journeys: every question there answers with what the map
    /// says. Takes O(1); both flows share all that is computed.
    ///
    /// ```
    /// use customer_journey::flow::Basis;
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// let mut log = EventLog::default();
    /// for name in ["counter", "form", "counter", "desk"] {
    ///     log.record(EventRef::new("one journey", name))?;
    /// }
    /// let flow = log.learn(&LearnOptions::new().other_phases(Phase::During))?.journey.flow()?;
    /// assert_eq!((flow.basis(), flow.reach("form")), (Basis::Counted, Some(1.0)));
    /// // The map has forgotten at the counter whether the form was there before.
    /// let map = flow.modelled();
    /// assert_eq!((map.basis(), map.reach("form")), (Basis::Modelled, Some(0.5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn modelled(&self) -> Self {
        Self {
            counts: None,
            ..self.clone()
        }
    }

    /// Whether questions answer with what was counted on whole journeys, wherever that was: the journey was
    /// [learned](crate::EventLog::learn) from them and is [as it was learned](crate::Journey::counted). Reports say with each
    /// figure that can be either which it is.
    #[must_use]
    pub fn basis(&self) -> Basis {
        if self.counts.is_some() {
            Basis::Counted
        } else {
            Basis::Modelled
        }
    }

    /// All that was counted, where questions answer with it.
    pub(crate) fn counts(&self) -> Option<&Counted> {
        self.counts.as_ref()?;
        self.journey.counted()
    }

    /// A counted figure; `None` also of the map alone.
    pub(crate) fn counted(&self, figure: CountedName, of: &[&str]) -> Option<&CountedFigure> {
        let place = self.counts.as_ref()?.0.get(&key(figure, of.iter()))?;
        self.journey.counted()?.figures.get(*place)
    }

    /// What a fix changes as whole journeys tell it; `None` also of the map alone.
    pub(crate) fn counted_fix(&self, id: &str, kind: FixKind) -> Option<&CountedFix> {
        self.counts()?.fix(id, kind)
    }

    pub(crate) fn counted_value(&self, figure: CountedName, of: &[&str]) -> Option<f64> {
        self.counted(figure, of).map(|counted| counted.value)
    }

    /// A counted figure that the map tells exactly, as it is linear in visits and ways: where it does not agree with `modelled`,
    /// what it was counted by (an owner, what is meant) was edited since, and it does not answer.
    pub(crate) fn counted_alike(
        &self,
        figure: CountedName,
        of: &[&str],
        modelled: Option<f64>,
    ) -> Option<&CountedFigure> {
        const ROUNDING: f64 = 1e-9;
        let counted = self.counted(figure, of)?;
        let off = (counted.value - modelled?).abs();
        (off <= ROUNDING * (1.0 + counted.value.abs())).then_some(counted)
    }

    /// The journeys that a counted figure rests on, as a share of all.
    pub(crate) fn counted_among(&self, figure: &CountedFigure) -> f64 {
        let all = self.counts().map_or(0, |counted| counted.journeys);
        (figure.journeys as f64 / all.max(1) as f64).min(1.0)
    }

    /// What was counted of those who came as far as a touchpoint and went on without it: that touchpoint, the one before it, the
    /// outcome, and the share that ended so.
    pub(crate) fn counted_as_far(&self) -> impl Iterator<Item = ([&str; 3], &CountedFigure)> {
        let figures = self.counts().map_or(&[][..], |counted| &counted.figures);
        let figures = figures
            .iter()
            .filter(|figure| figure.figure == CountedName::OutcomeAsFar);
        figures.filter_map(|figure| match figure.of.as_slice() {
            [
                CountedPart::Name(id),
                CountedPart::Name(before),
                CountedPart::Name(outcome),
            ] => Some(([id.as_str(), before, outcome], figure)),
            _ => None,
        })
    }

    /// Whether more than half of the journeys that come to a touchpoint come from another one: else nobody came as far as it.
    pub(crate) fn is_come_to(&self, touchpoint: usize) -> bool {
        let states = self.moments.states_of(touchpoint);
        let begins: f64 = states.map(|state| self.starts[state]).sum();
        self.reach_told(touchpoint)
            .is_some_and(|reach| begins < 0.5 * reach)
    }

    /// Whether nearly all visits to a touchpoint end there, so that what is felt there is a verdict on the ending.
    pub(crate) fn ends_nearly_always(&self, id: &str) -> bool {
        const NEARLY_ALL: f64 = 0.95;
        let ends = self.journey.node(id).map(|node| {
            let moments = self.moments_at(node.index());
            let ends = moments.map(|moment| moment.share * moment.ends());
            ends.sum::<f64>()
        });
        ends.is_some_and(|ends| ends >= NEARLY_ALL)
    }

    /// Of the journeys that end with the outcome of this figure, the share that are of its kind, where both are counts.
    pub(crate) fn counted_coverage(&self, figure: &CountedFigure, outcome: &str) -> Option<f64> {
        let all = self.counted(CountedName::Outcome, &[outcome])?;
        let number = |known: &CountedFigure| (known.value * known.journeys as f64).round();
        (number(all) > 0.0).then(|| (number(figure) / number(all)).min(1.0))
    }

    fn counted_reach(&self, touchpoint: usize) -> Option<&CountedFigure> {
        self.counts.as_ref()?;
        let node = self.journey.graph().raw_nodes().get(touchpoint)?;
        self.counted(CountedName::Reach, &[&node.weight.id])
    }

    /// Whether who comes to a touchpoint was counted.
    pub(crate) fn basis_of_reach(&self, touchpoint: usize) -> Basis {
        if self.counted_reach(touchpoint).is_some() {
            Basis::Counted
        } else {
            Basis::Modelled
        }
    }

    /// The share of journeys that come to a touchpoint: counted, or else what the map says where its solver knows it for all
    /// touchpoints at once.
    pub(crate) fn reach_told(&self, touchpoint: usize) -> Option<f64> {
        let counted = self.counted_reach(touchpoint).map(|counted| counted.value);
        counted.or_else(|| self.reach_at(touchpoint))
    }

    /// The same, and where the solver does not know it, by a chain of its own.
    pub(crate) fn reach_asked(&self, touchpoint: usize) -> Option<f64> {
        self.reach_told(touchpoint).or_else(|| {
            let states = self.states_at(&[as_u32(touchpoint)]);
            self.meets_any(&states).proven()
        })
    }

    /// Standard errors of the reach of every touchpoint, in their order.
    pub(crate) fn errors_of_reach_told(&self) -> Vec<Option<f64>> {
        let touchpoints = 0..self.touchpoint_count();
        let counted = |touchpoint| self.counted_reach(touchpoint);
        if self.counts.is_some() {
            return touchpoints
                .map(|touchpoint| counted(touchpoint)?.standard_error)
                .collect();
        }
        self.errors_of_reach().to_vec()
    }

    /// Moments from a touchpoint to the end, itself included, and the known waits: counted from the first visit, or else what the
    /// map says of any; `None` where nobody comes.
    pub(crate) fn left_told(&self, touchpoint: usize) -> Option<(f64, Option<f64>, Basis)> {
        let id = &self.journey.graph().raw_nodes().get(touchpoint)?.weight.id;
        if let Some(after) = self.counted_value(CountedName::Lead, &[id]) {
            let waits = self.counted_value(CountedName::LeadSeconds, &[id]);
            return Some((after + 1.0, waits, Basis::Counted));
        }
        let left = self
            .is_visited(touchpoint)
            .then(|| self.left_from(touchpoint));
        left.map(|(moments, waits)| (moments, Some(waits), Basis::Modelled))
    }

    /// Visits of a journey that comes to a touchpoint at all.
    pub(crate) fn repeats_told(&self, touchpoint: usize) -> Option<f64> {
        match self.counted_reach(touchpoint) {
            Some(reach) => {
                (reach.value > 0.0).then(|| (self.visits_at(touchpoint) / reach.value).max(1.0))
            }
            None => self.repeats_at(touchpoint),
        }
    }

    /// The chance of an outcome, by its position, for journeys that come to a touchpoint.
    pub(crate) fn chance_told(&self, touchpoint: usize, outcome: usize) -> (f64, Basis) {
        let id = &self.journey.graph().raw_nodes()[touchpoint].weight.id;
        let name = self.moments.outcomes()[outcome].as_str();
        match self.counted_value(CountedName::OutcomeAfterVisit, &[id, name]) {
            Some(counted) => (counted, Basis::Counted),
            None => (self.chance_ahead(touchpoint, outcome), Basis::Modelled),
        }
    }

    /// Standard error of the chance of an outcome of all journeys, by its position.
    pub(crate) fn error_of_outcome(&self, position: usize) -> Option<f64> {
        let name = self.moments.outcomes()[position].as_str();
        match self.counted(CountedName::Outcome, &[name]) {
            Some(counted) => counted.standard_error,
            None => self.errors().and_then(|errors| errors.outcomes[position]),
        }
    }
}
