//! Whether customers are recognised where they turn to the company, and what goes with it where they are not.

mod told;

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Basis, Felt, Flow, Moved, among, mean_of};
use crate::journey::{CountedFigure, CountedName, begins_again, is_handed_over};

/// Whether customers are recognised, how often they start anew, and what each costs in feeling.
///
/// A visit counts on which the customer [turns to](crate::Touchpoint::is_turned_to) the provider, and is recognised where the touchpoint
/// can [recognise](crate::Ability::Recognise). What customers themselves say of it is the index of the survey measures whose
/// [`part_of`](crate::measures::SurveyMeasure::part_of) is `recognition`; see [`Flow::measured`](crate::Flow::measured).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Recognition {
    /// Expected visits of a journey on which the customer turns to the provider.
    pub turned_to: f64,
    /// Of these, the share that are recognised, in 0..=1; `None` where there are none, and where a map that was counted throughout
    /// does not say what is possible at touchpoints: nobody knows then who is recognised.
    pub recognised: Option<f64>,
    /// Its standard error, where it was counted on whole journeys.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Whether it was counted.
    pub basis: Basis,
    /// Expected number of times that a customer starts anew: handed over, and not recognised. `None` where nobody says who is
    /// recognised.
    pub begun_again: Option<f64>,
    /// Its standard error, where it was counted.
    pub begun_again_standard_error: Option<f64>,
    /// What is felt at visits that are not recognised, beside those that are.
    pub visits: RecognitionDifference,
    /// How feelings change where a customer starts anew, beside hand-overs to somebody who recognises.
    pub again: RecognitionDifference,
    /// The touchpoints that customers turn to, the most visited first, then in the order of the map; none where nobody says who is
    /// recognised.
    pub places: Vec<RecognitionPlace>,
}

/// What goes with not being recognised: a comparison within what happened, which need not come from it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RecognitionDifference {
    /// The mean where customers are not recognised, as the map tells it; `None` where nothing is known.
    pub unrecognised: Option<f64>,
    /// The mean where they are.
    pub recognised: Option<f64>,
    /// The first less the second: below 0 where not being recognised goes with feeling worse.
    pub difference: Option<f64>,
    /// Its standard error, where it was counted: journeys may give to both sides.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Whether the difference was counted.
    pub basis: Basis,
}

/// A touchpoint that customers turn to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RecognitionPlace {
    /// The touchpoint's id.
    pub id: String,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Whether customers are recognised there.
    pub recognises: bool,
    /// Mean valence there, where it is known.
    pub mean: Option<f64>,
}

/// Nothing is known.
impl Default for Recognition {
    fn default() -> Self {
        let nothing = RecognitionDifference::between(None, None);
        Self {
            turned_to: 0.0,
            recognised: None,
            standard_error: None,
            interval: None,
            basis: Basis::Modelled,
            begun_again: None,
            begun_again_standard_error: None,
            visits: nothing.clone(),
            again: nothing,
            places: Vec::new(),
        }
    }
}

impl Flow {
    /// The share of visits on which customers are recognised, how often they start anew, and how much worse it feels. Takes O(n + m).
    ///
    /// ```
    /// use customer_journey::{Ability, Channel, Journey, Phase, Touchpoint};
    /// let recognition = Journey::builder("Move")
    ///     .touchpoint(Touchpoint::new("app", Phase::Before, Channel::App).can(Ability::Recognise).feels(0.3))
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels(-0.3))
    ///     .transition("app", "call", 1.0)
    ///     .build()?
    ///     .flow()?
    ///     .recognition();
    /// assert_eq!((recognition.recognised, recognition.begun_again), (Some(0.5), Some(1.0)));
    /// assert_eq!(recognition.visits.difference, Some(-0.6));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn recognition(&self) -> Recognition {
        let is_said = self.said().abilities;
        let (mut turned_to, mut known) = (0.0, 0.0);
        let (mut with, mut without) = (Felt::default(), Felt::default());
        let mut places = Vec::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            let visits = self.visits_at(position);
            if !at.is_turned_to() || at.measurement || visits <= 0.0 {
                continue;
            }
            let recognises = at.recognises();
            let felt = &self.arriving(position).felt;
            turned_to += visits;
            if !is_said {
                continue;
            }
            if recognises {
                known += visits;
                with.join(visits, felt);
            } else {
                without.join(visits, felt);
            }
            places.push(RecognitionPlace {
                id: at.id.clone(),
                visits,
                recognises,
                mean: felt.mean(),
            });
        }
        places.sort_by_key(|place| Reverse(OrderedFloat(place.visits)));
        if !is_said {
            return Recognition {
                turned_to,
                ..Recognition::default()
            };
        }
        let moved = self.moved();
        let begun_again = moved.iter().filter(|way| begins_again(way.from, way.to));
        let begun_again = begun_again.fold(0.0, |sum, way| sum + way.flow);
        let again = self.counted_alike(CountedName::BegunAgain, &[], Some(begun_again));
        let recognised = among(known, turned_to);
        let counted = self.counted_alike(CountedName::Recognised, &[], recognised);
        let mut visits = RecognitionDifference::between(without.mean(), with.mean());
        let difference = visits.difference;
        visits.count(self.counted_alike(
            CountedName::RecognisedDifference,
            &["visits"],
            difference,
        ));
        let mut change = changes(&moved);
        // What feelings change by from moment to moment a map tells only of feelings that do not depend on each other.
        let counted_change = self.counted(CountedName::RecognisedDifference, &["again"]);
        change.count(counted_change.filter(|_| again.is_some() && counted.is_some()));
        Recognition {
            turned_to,
            recognised: counted.map_or(recognised, |counted| Some(counted.value)),
            standard_error: counted.and_then(|counted| counted.standard_error),
            interval: counted.and_then(|counted| counted.low.zip(counted.high)),
            basis: basis(counted),
            begun_again: again.map_or(Some(begun_again), |again| Some(again.value)),
            begun_again_standard_error: again.and_then(|again| again.standard_error),
            visits,
            again: change,
            places,
        }
    }
}

/// How feelings change where customers are handed over and turn to the provider: not recognised, and recognised.
fn changes(moved: &[Moved<'_>]) -> RecognitionDifference {
    let mut sums = [(0.0, 0.0); 2];
    for way in moved {
        if way.to.is_turned_to() && !way.to.measurement && is_handed_over(way.from, way.to) {
            let side = usize::from(way.to.recognises());
            sums[side].0 += way.change;
            sums[side].1 += way.known;
        }
    }
    let [without, with] = sums.map(|(change, known)| mean_of(change, known));
    RecognitionDifference::between(without, with)
}

impl RecognitionDifference {
    fn between(unrecognised: Option<f64>, recognised: Option<f64>) -> Self {
        Self {
            unrecognised,
            recognised,
            difference: unrecognised
                .zip(recognised)
                .map(|(without, with)| without - with),
            standard_error: None,
            interval: None,
            basis: Basis::Modelled,
        }
    }

    fn count(&mut self, counted: Option<&CountedFigure>) {
        if let Some(counted) = counted {
            self.difference = Some(counted.value);
            self.standard_error = counted.standard_error;
            self.interval = counted.low.zip(counted.high);
        }
        self.basis = basis(counted);
    }
}

fn basis(counted: Option<&CountedFigure>) -> Basis {
    if counted.is_some() {
        Basis::Counted
    } else {
        Basis::Modelled
    }
}
