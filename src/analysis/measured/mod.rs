//! What is measured, how early it comes, and what decides: survey measures beside the moments of truth.

mod score;
mod told;

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::Flow;
use crate::journey::{Outcome, Phase, SurveyKind};
pub use score::Score;

/// What is measured on a journey, and what decides it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Measured {
    /// The survey measures, in the order of the map, and of each touchpoint.
    pub surveys: Vec<MeasuredSurvey>,
    /// The touchpoints that decide how journeys end and where nothing is measured, the most decisive first, then in the order of
    /// the map: moments of truth without a measure. Those that move every ending by less than 0.01 are left out.
    pub unmeasured: Vec<Unmeasured>,
    /// The names of the measures by which nobody says that anything is decided, in the order of the map.
    pub without_decision: Vec<String>,
}

/// A survey measure with its score, and how early it comes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MeasuredSurvey {
    /// The touchpoint where it is asked.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What kind it is.
    pub kind: SurveyKind,
    /// The promise that it is about.
    pub promise: Option<String>,
    /// The phase that it is about.
    pub phase: Option<Phase>,
    /// The lowest and the highest answer that may be given.
    pub scale: Option<(f64, f64)>,
    /// From which answer on customers count as satisfied.
    pub from: Option<f64>,
    /// The score.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub score: Score,
    /// What is decided by it.
    pub decides: Option<String>,
    /// Expected moments from the touchpoint to the end, itself not included: how early the measure comes. `None` where no journey
    /// comes there.
    pub lead: Option<f64>,
    /// Expected total of the known waits from there to the end, in seconds.
    pub lead_s: Option<f64>,
    /// Whether it leads: fewer than half of the visits there are the last moment. A lagging measure tells of what is over.
    pub is_leading: Option<bool>,
    /// Of the journeys with each ending, the share that are asked before it, in the order of the outcomes' names.
    pub announces: Vec<Announced>,
}

/// How much of an ending a measure comes before.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Announced {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of the journeys that end so which come by the touchpoint, in 0..=1; `None` where it is known only on request.
    pub share: Option<f64>,
}

/// A touchpoint that decides and where nothing is measured.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unmeasured {
    /// The touchpoint's id.
    pub id: String,
    /// The outcome that it decides most about.
    pub outcome: Outcome,
    /// How far the chance of that outcome moves here, up or down, expected over a whole journey.
    pub decides: f64,
}

/// What decides less is no moment of truth.
const DECIDES: f64 = 0.01;

/// From this share of last moments on a measure lags.
const LAGS: f64 = 0.5;

impl Flow {
    /// What is measured and how early, and which touchpoints decide without being measured. Takes O(n w) for w outcomes.
    ///
    /// ```
    /// use customer_journey::measures::{SurveyKind, SurveyMeasure};
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let nps = SurveyMeasure::new("NPS", SurveyKind::Nps).answers([(10.0, 5), (3.0, 2)]);
    /// let measured = Journey::builder("coin")
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone))
    ///     .touchpoint(Touchpoint::new("mail", Phase::After, Channel::Email).measure(nps).ends(Outcome::Loyalty, 1.0))
    ///     .touchpoint(Touchpoint::new("silence", Phase::After, "none").ends(Outcome::Churn, 1.0))
    ///     .transition("call", "mail", 1.0)
    ///     .transition("call", "silence", 1.0)
    ///     .build()?
    ///     .flow()?
    ///     .measured();
    /// let nps = &measured.surveys[0];
    /// assert_eq!((nps.is_leading, nps.score.is_few), (Some(false), true));
    /// assert_eq!((measured.unmeasured[0].id.as_str(), measured.unmeasured[0].decides), ("call", 0.5));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn measured(&self) -> Measured {
        let mut measured = Measured {
            surveys: Vec::new(),
            unmeasured: Vec::new(),
            without_decision: Vec::new(),
        };
        for (position, at) in self.journey().touchpoints().enumerate() {
            for survey in &at.measures {
                if survey.decides.is_none() {
                    measured.without_decision.push(survey.name.clone());
                }
                let left = self.is_visited(position).then(|| self.left_from(position));
                let knows_waits = self.wait_s().is_some();
                measured.surveys.push(MeasuredSurvey {
                    id: at.id.clone(),
                    name: survey.name.clone(),
                    kind: survey.kind,
                    promise: survey.promise.clone(),
                    phase: survey.phase,
                    scale: survey.bounds(),
                    from: survey.from,
                    score: survey.score(),
                    decides: survey.decides.clone(),
                    lead: left.map(|(moments, _)| (moments - 1.0).max(0.0)),
                    lead_s: left.filter(|_| knows_waits).map(|(_, wait)| wait),
                    is_leading: left.map(|_| self.ends_at(position) < LAGS),
                    announces: self.announces(position),
                });
            }
            if at.measures.is_empty() {
                measured.unmeasured.extend(self.decides_most(position));
            }
        }
        let most = |at: &Unmeasured| Reverse(OrderedFloat(at.decides));
        measured.unmeasured.sort_by_key(most);
        measured
    }

    /// The chance that a visit is the last moment of a journey.
    fn ends_at(&self, position: usize) -> f64 {
        let moments = self.moments_at(position);
        moments.map(|moment| moment.share * moment.ends()).sum()
    }

    fn announces(&self, position: usize) -> Vec<Announced> {
        let outcomes = self.moments().outcomes();
        let announced = |(column, _): (usize, f64)| {
            let (chance, _) = self.chance_told(position, column);
            let lift = crate::flow::mean_of(chance, self.outcome_probability(column));
            let reach = self.reach_told(position);
            Announced {
                outcome: outcomes[column].clone(),
                share: lift.zip(reach).map(|(lift, reach)| (lift * reach).min(1.0)),
            }
        };
        let chances = self.chances_ahead(position).into_iter();
        chances.map(announced).collect()
    }

    /// The outcome that a touchpoint decides most about, if that is enough.
    fn decides_most(&self, position: usize) -> Option<Unmeasured> {
        let outcomes = self.moments().outcomes();
        let decided = self.chances_ahead(position).into_iter().map(|(column, _)| {
            let decides = self.visits_at(position) * self.decided_per_visit(position, column);
            (column, decides)
        });
        let (column, decides) =
            decided.min_by_key(|&(_, decides)| Reverse(OrderedFloat(decides)))?;
        (decides >= DECIDES).then(|| Unmeasured {
            id: self.journey().graph().raw_nodes()[position]
                .weight
                .id
                .clone(),
            outcome: outcomes[column].clone(),
            decides,
        })
    }
}
