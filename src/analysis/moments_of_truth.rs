//! Where the ending is decided.

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Basis, Flow};
use crate::journey::Outcome;
use crate::page::number::{share, size};
use crate::page::words::place;
use crate::page::{Cell, Question, Section, Table, number, said, text};

/// How much is decided at a touchpoint about one outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MomentOfTruth {
    /// The touchpoint's id.
    pub id: String,
    /// How far the chance of the outcome moves here, up or down, expected over a whole journey: 0 where nothing is
    /// decided. Visits count each time, so it can exceed 1.
    pub decides: f64,
    /// The same for a single visit, in 0..=1.
    pub decides_per_visit: f64,
    /// The chance of the outcome for a journey that comes here, in 0..=1.
    pub probability: f64,
    /// Whether that chance was counted; how much is decided is always modelled.
    pub basis: Basis,
}

/// Below this a chance has not moved: the chances that it compares are right to a few units in the 16th digit.
const NOTHING: f64 = 1e-12;

impl Flow {
    /// The touchpoints at which it is decided whether journeys end with an outcome, the most decisive first, then in
    /// the order of the map; those that decide nothing are left out. The field's "moments of truth".
    ///
    /// With h the chance of the outcome on arriving at a touchpoint, and 1 or 0 at an end, a touchpoint decides the
    /// sum over its ways onward of flow times |h where the way leads - h here|.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("coin")
    ///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web))
    ///     .touchpoint(
    ///         Touchpoint::new("call", Phase::During, Channel::Phone)
    ///             .ends(Outcome::Churn, 1.0)
    ///             .ends(Outcome::Loyalty, 1.0),
    ///     )
    ///     .transition("search", "call", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let moments = flow.moments_of_truth(&Outcome::Churn);
    /// assert_eq!((moments[0].id.as_str(), moments[0].decides), ("call", 0.5));
    /// assert_eq!(moments.len(), 1);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn moments_of_truth(&self, outcome: &Outcome) -> Vec<MomentOfTruth> {
        let Some(position) = self.outcome_position(outcome) else {
            return Vec::new();
        };
        let decided = self
            .journey()
            .touchpoints()
            .enumerate()
            .map(|(touchpoint, at)| {
                let (probability, basis) = self.chance_told(touchpoint, position);
                let decides_per_visit = self.decided_per_visit(touchpoint, position);
                MomentOfTruth {
                    id: at.id.clone(),
                    decides: self.visits_at(touchpoint) * decides_per_visit,
                    decides_per_visit,
                    probability,
                    basis,
                }
            });
        let mut moments: Vec<_> = decided
            .filter(|moment| moment.decides_per_visit > NOTHING)
            .collect();
        moments.sort_by_key(|moment| Reverse(OrderedFloat(moment.decides)));
        moments
    }
}

impl Question for Vec<MomentOfTruth> {
    fn sections(&self) -> Vec<Section> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut section = Section::new("decided", "Moments of truth: where the ending is decided");
        let noun = ("touchpoint", "touchpoints");
        let table = Table::of(
            self,
            "Where the ending is decided, the most decisive first",
            noun,
        )
        .brief("id", text("touchpoint"), |moment| Cell::place(&moment.id))
        .brief(
            "probability",
            number("of those who\narrive, end so"),
            |moment| Cell::share(moment.probability),
        )
        .brief(
            "decides_per_visit",
            number("how far a visit\nmoves that,\non average"),
            |moment| Cell::share(moment.decides_per_visit),
        )
        .brief(
            "decides",
            number("how far a\njourney's\nvisits do"),
            |moment| Cell::size(moment.decides),
        );
        section.put(table.done());
        vec![section]
    }
}

said!(MomentOfTruth, sentence);

/// How far the outcome is decided there.
fn sentence(moment: &MomentOfTruth) -> String {
    format!(
        "{}: of those who arrive, {} end so; what happens here moves that by {} on average, by {} over a whole journey",
        place(&moment.id),
        share(moment.probability),
        share(moment.decides_per_visit),
        size(moment.decides),
    )
}
